package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word reads "Section 7.2", "clause 4(b)", "Article IV", "paragraph (a)" at i.
func (f *referenceFinder) word(i, from int, latin bool) int {
	text := f.text[:f.s.End]
	end := i + 1
	for end < len(text) && (isLetter(text[end]) || text[end] >= '0' && text[end] <= '9') {
		end++
	}
	if !latin || end-i < 5 || end-i > 13 {
		return end
	}
	s := referenceWord(text[i:end])
	if s == noStyle {
		return end
	}
	k := skipSpace(text, end)
	if k == end {
		return end
	}
	return f.numbers(i, k, end, from, s)
}

// referenceWord is the style that an English word for a clause announces.
func referenceWord(word string) style {
	var buf [13]byte
	for i := 0; i < len(word); i++ {
		buf[i] = word[i] | 0x20
	}
	switch string(buf[:len(word)]) {
	case "section", "sections", "clause", "clauses", "subsection", "subclause", "subsections":
		return sectionStyle
	case "article", "articles":
		return articleStyle
	case "paragraph", "paragraphs":
		return numDot
	case "schedule", "annex", "exhibit", "appendix", "schedules", "annexes", "exhibits", "appendices", "annexure":
		return scheduleStyle
	}
	return noStyle
}

// sign reads § 3 at i.
func (f *referenceFinder) sign(i, from int) int {
	k := i + len("§")
	return f.numbers(i, skipSpace(f.text[:f.s.End], k), k, from, sectionStyle)
}

// numbers reads the number at k and those joined to it; start is where the
// word for them begins, end where it ends. It returns where to go on.
func (f *referenceFinder) numbers(start, k, end, from int, s style) int {
	text := f.text[:f.s.End]
	type found struct {
		start, end int
		l          label
		limbs      []label
	}
	var all [8]found
	word := start
	n := 0
	for n < len(all) {
		x := found{start: start}
		if strings.HasPrefix(text[k:], "(") {
			x.end = k
		} else if !referenceNumber(text, text[word:], k, s, &x.l) {
			break
		} else {
			x.end = x.l.end
		}
		for len(x.limbs) < 4 {
			l, ok := readLabel(text[x.end:min(len(text), x.end+8)])
			if !ok || l.style < numParens || l.style > upperRomanParens {
				break
			}
			x.limbs = append(x.limbs, l)
			x.end += l.end
		}
		if x.l.n == 0 && len(x.limbs) == 0 {
			break
		}
		all[n] = x
		n++
		end = x.end
		next := joinedNumber(text, end)
		if next < 0 {
			break
		}
		start, k = next, next
	}
	if n == 0 || f.foreign(all[0].start, end, from) {
		return end
	}
	for _, x := range all[:n] {
		f.add(x.start, x.end, f.resolve(s, &x.l, x.limbs))
	}
	return end
}

// referenceNumber reads 7.2, IV or B at k.
func referenceNumber(text, word string, k int, s style, l *label) bool {
	if !keywordNumber(text, k, l) {
		return false
	}
	// "Section A" is a clause, "Section I" may be; "Exhibit A" is one.
	l.style = s
	if s == scheduleStyle {
		l.nums[maxParts-1] = scheduleKind(word, text[l.end-1])
	}
	for l.n > 0 && l.end > k && text[l.end-1] == '.' {
		l.end--
	}
	return l.n > 0
}

// joinedNumber is where a further number begins behind end: "7.2 and 7.3".
func joinedNumber(text string, end int) int {
	for _, j := range [...]string{", and ", ", or ", " and ", " or ", " to ", " through ", ", ", "-", "–"} {
		if !strings.HasPrefix(text[end:], j) {
			continue
		}
		k := end + len(j)
		if k < len(text) && (text[k] >= '0' && text[k] <= '9' && (len(j) > 1 && j[0] != 0xE2 || figures(text, end)) || text[k] == '(') {
			return k
		}
		return -1
	}
	return -1
}

// figures reports whether the character before end is a digit: 7.2-7.4 is two
// numbers, C-1 one.
func figures(text string, end int) bool { return text[end-1] >= '0' && text[end-1] <= '9' }

// resolve finds the clause of an English reference.
func (f *referenceFinder) resolve(s style, l *label, limbs []label) *Clause {
	index := f.clauses()
	var target *Clause
	if l.n > 0 {
		target = index.find(l)
	} else {
		// "paragraph (a)": in the clause that holds the sentence or above it.
		for c := f.s.Clause; c != nil && target == nil; c = c.Parent {
			target = index.limb(c, &limbs[0])
		}
		limbs = limbs[1:]
	}
	for i := range limbs {
		if target == nil {
			return nil
		}
		target = index.limb(target, &limbs[i])
	}
	return target
}

// foreign reports whether the words around text[start:end] make the reference
// one into a law or another document.
func (f *referenceFinder) foreign(start, end, from int) bool {
	after := strings.TrimLeft(f.text[end:min(f.s.End, end+80)], " \n\u00a0")
	// Article 6 (1) (f) GDPR, Article 21 para. 1 GDPR.
	for range 4 {
		if k := strings.IndexByte(after[:min(len(after), 8)], ')'); k > 0 && after[0] == '(' {
			after = strings.TrimLeft(after[k+1:], " \n\u00a0")
		} else if rest, ok := cutAny(after, "para. ", "para.\n", "paragraph ", "lit. "); ok {
			after = strings.TrimLeft(rest, "0123456789() abcdef")
		}
	}
	if rest, ok := cutAny(after, "of the ", "of ", "in the ", "under the ", "to the "); ok {
		r, _ := utf8.DecodeRuneInString(rest)
		switch {
		case startsAny(rest, "this ", "these ", "Agreement", "Terms", "Contract", "Policy", "terms", "agreement", "Privacy Policy", "main "):
			return false
		case strings.HasPrefix(after, "of the "):
			return true
		case strings.HasPrefix(after, "of "):
			return unicode.IsUpper(r)
		}
	}
	if after != "" && abbreviated(after) {
		return true // Article 6(1)(f) GDPR
	}
	before := strings.TrimRight(f.text[max(from, start-40):start], " \n\u00a0,'’s(§")
	word := before[strings.LastIndexAny(before, " \n(")+1:]
	switch word {
	case "Act", "Law", "Code", "Regulation", "Directive", "Rules", "Regulations", "Statute", "U.S.C.", "C.F.R.", "Convention":
		return true
	}
	return abbreviated(word) && word != "" && len(before) < 40 && strings.ToUpper(f.text[start:end]) != f.text[start:end]
}

// abbreviated reports whether text begins with the capitals of a law: GDPR.
func abbreviated(text string) bool {
	n := 0
	for n < len(text) && text[n] >= 'A' && text[n] <= 'Z' {
		n++
	}
	return n >= 3 && (n == len(text) || !isLetter(text[n])) && n < 8
}

func cutAny(text string, prefixes ...string) (string, bool) {
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(text, p); ok {
			return rest, true
		}
	}
	return text, false
}

func startsAny(text string, prefixes ...string) bool {
	_, ok := cutAny(text, prefixes...)
	return ok
}
