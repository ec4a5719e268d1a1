package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// referenceFinder finds the cross-references of one sentence after the other.
// References into a named law or another document are none.
type referenceFinder struct {
	c     *cutter
	text  string
	s     *Sentence
	index *clauseIndex
	// lawUntil is where the last reference into a law ended: what a mere 、 or
	// "and" joins to it speaks of the same law.
	lawUntil int
}

func (f *referenceFinder) sentence(s *Sentence, t triggers) {
	f.s, f.lawUntil = s, 0
	// A clause's own label is no reference.
	from := max(s.Start, min(f.c.lines[s.Block].words, s.End))
	han := t&hanClauses != 0 || t&quotes != 0 && hasHan(f.text[s.Start:s.End])
	if !han && t&latinClauses == 0 {
		return
	}
	for i := from; i < s.End; {
		b := f.text[i]
		next := i + 1
		switch {
		case b >= 0xE4 && b <= 0xE9:
			next = i + 3
			if han {
				next = f.han(i, from)
			}
		case b >= '0' && b <= '9':
			next = f.digits(i, from, han)
		case isLetter(b):
			next = f.word(i, from, t&latinClauses != 0)
		case b == 0xC2 && strings.HasPrefix(f.text[i:s.End], "§"):
			next = f.sign(i, from)
		}
		i = next
	}
}

func (f *referenceFinder) add(start, end int, target *Clause) {
	f.c.out.References = append(f.c.out.References, &Reference{})
	r := f.c.out.References[len(f.c.out.References)-1]
	r.Start, r.End, r.Target = start, end, target
}

func (f *referenceFinder) clauses() *clauseIndex {
	if f.index == nil {
		f.index = newClauseIndex(f.c.out.Clauses)
	}
	return f.index
}

// han reads a reference that begins with a Chinese character at i and returns
// where to go on.
func (f *referenceFinder) han(i, from int) int {
	text := f.text[:f.s.End]
	switch {
	case strings.HasPrefix(text[i:], "第"):
		return f.ordinal(i, i, from)
	case strings.HasPrefix(text[i:], "本"), strings.HasPrefix(text[i:], "前"), strings.HasPrefix(text[i:], "上"):
		return f.relative(i)
	case strings.HasPrefix(text[i:], "附"):
		var l label
		if !appendixNumber(text, i, &l) || f.ofLaw(i, from) {
			return i + len("附")
		}
		target, end := f.chain(f.clauses().find(&l), l.end, false, true)
		f.add(i, end, target)
		return end
	}
	return i + 3
}

// appendixNumber reads 附件一, 附录2 at i.
func appendixNumber(text string, i int, l *label) bool {
	for _, word := range [...]string{"附件", "附录", "附錄", "附表"} {
		if strings.HasPrefix(text[i:], word) {
			at := i + len(word)
			l.nums[maxParts-1] = int32(word[len("附")+2])
			v, end := numeral(text, at)
			return end > at && v > 0 && single(l, scheduleStyle, int32(v), end)
		}
	}
	return false
}

// part is one member of 第七条第二款第（三）项.
type part struct {
	unit rune
	nums label
}

// readPart reads 第七条, 第3.2条, 第二款, 第（二）项 or a bare （二）项 at i.
func readPart(text string, i int, bare bool) (p part, end int, ok bool) {
	k := i
	if strings.HasPrefix(text[k:], "第") {
		k += len("第")
	} else if !bare {
		return p, i, false
	}
	k = skipBlank(text, k)
	bracket := false
	for _, open := range [...]string{"（", "("} {
		if strings.HasPrefix(text[k:], open) {
			bracket = true
			k += len(open)
		}
	}
	if bare && !bracket && !strings.HasPrefix(text[i:], "第") {
		return p, i, false
	}
	if v, e := chinese(text, k); e > k && v > 0 {
		single(&p.nums, noStyle, int32(v), e)
	} else if !dotted(text, k, &p.nums) || p.nums.end == k {
		return p, i, false
	}
	k = p.nums.end
	if bracket {
		shut := false
		for _, s := range [...]string{"）", ")"} {
			if strings.HasPrefix(text[k:], s) {
				shut = true
				k += len(s)
				break
			}
		}
		if !shut {
			return p, i, false
		}
	}
	k = skipBlank(text, k)
	r, size := utf8.DecodeRuneInString(text[k:])
	switch r {
	case '条', '條':
		p.unit = '条'
	case '项', '項', '目':
		p.unit = '项'
	case '章', '款':
		p.unit = r
	case '节', '節':
		p.unit = '节'
	case '点':
		p.unit = '项'
	default:
		if !bracket {
			return p, i, false
		}
		p.unit = '项'
		return p, k, true
	}
	next, _ := utf8.DecodeRuneInString(text[k+size:])
	if r == '款' && next == '项' || r == '条' && next == '件' || r == '章' && next == '程' {
		return p, i, false // 款项, 条件, 章程
	}
	return p, k + size, true
}

// ordinal reads 第七条第二款第（二）项 at i; start is where the reference began.
func (f *referenceFinder) ordinal(start, i, from int) int {
	text := f.text[:f.s.End]
	p, end, ok := readPart(text, i, false)
	if !ok {
		return i + len("第")
	}
	var target *Clause
	law := f.ofLaw(start, from) || f.lawUntil > 0 && joins(text[min(f.lawUntil, start):start])
	if !law {
		switch {
		case p.unit == '款' || p.unit == '项':
			target = f.relativeChild(&p)
		default:
			target = f.clauses().findHan(&p)
		}
	}
	target, end = f.chain(target, end, law, p.unit == '章' || p.unit == '节')
	if law {
		f.lawUntil = end
		return end
	}
	f.lawUntil = 0
	f.add(start, end, target)
	return end
}

// chain follows 第二款第（三）项 behind a reference that ends at end, and 第一条
// behind a chapter or schedule, for which high is set.
func (f *referenceFinder) chain(target *Clause, end int, law, high bool) (*Clause, int) {
	text := f.text[:f.s.End]
	for range 4 {
		p, next, ok := readPart(text, end, true)
		if !ok || p.unit == '章' || p.unit == '条' && !high {
			break
		}
		end, high = next, p.unit == '节'
		if law || target == nil {
			continue
		}
		if p.nums.n > 1 {
			// 附件3第3.8条: the number says it all, if it stands there.
			if c := f.clauses().find(&p.nums); c != nil && target.Contains(c.Span) {
				target = c
			}
			continue
		}
		child := f.clauses().child(target, p.nums.num())
		if child == nil && p.unit == '款' {
			continue // the second unnumbered paragraph is no clause of its own
		}
		target = child
	}
	return target, end
}

// joins reports whether words only join two references.
func joins(words string) bool {
	switch strings.TrimSpace(words) {
	case "、", "和", "与", "及", "或", "至", "到", "，", "以及", "或者", ",", "and", "or", "to", "-", "–", "及其":
		return true
	}
	return false
}

// ofLaw reports whether the words before i name a law or another document:
// 《民法典》, 个人信息保护法.
func (f *referenceFinder) ofLaw(i, from int) bool {
	text := strings.TrimRight(f.text[from:i], " \u3000\n中")
	for range 2 {
		// 个人信息保护法（以下简称“个保法”）第十五条
		if strings.HasSuffix(text, "）") || strings.HasSuffix(text, ")") {
			tail := text[max(0, len(text)-200):]
			_, size := utf8.DecodeLastRuneInString(tail)
			open := lastOpen(tail[:len(tail)-size])
			if open < 0 {
				return false
			}
			text = text[:len(text)-len(tail)+open]
		}
	}
	if strings.HasSuffix(text, "》") {
		k := strings.LastIndex(text[max(0, len(text)-240):], "《")
		if k < 0 {
			return true
		}
		return runeBefore(text, max(0, len(text)-240)+k) != '本'
	}
	for _, law := range [...]string{"法", "条例", "條例", "法典", "办法", "辦法", "司法解释", "解释", "准则", "公约", "规定", "規定"} {
		head, ok := strings.CutSuffix(text, law)
		if !ok {
			continue
		}
		// 本规定, 依法, 本办法 are the document itself or no name.
		r := runeBefore(head, len(head))
		return isHan(r) && !strings.ContainsRune("本依合非违無无该", r)
	}
	return false
}

// runeBefore is the character of text before offset i, 0 if there is none.
func runeBefore(text string, i int) rune {
	if i <= 0 {
		return 0
	}
	r, _ := utf8.DecodeLastRuneInString(text[max(0, i-4):i])
	return r
}

// relative reads 本条, 前款, 上款, 前条, 前项 at i with what follows.
func (f *referenceFinder) relative(i int) int {
	text := f.text[:f.s.End]
	which, size := utf8.DecodeRuneInString(text[i:])
	k := i + size
	r, size := utf8.DecodeRuneInString(text[k:])
	if !strings.ContainsRune("条條款项項", r) {
		return k
	}
	end := k + size
	next, _ := utf8.DecodeRuneInString(text[end:])
	if r == '条' && (next == '款' || next == '件' || next == '例') || r == '款' && (next == '项' || next == '式') || r == '项' && next == '目' {
		return end // 本条款 is the whole document
	}
	target := f.s.Clause
	switch {
	case r == '条' || r == '條':
		target = article(f.s.Clause)
		if which != '本' {
			target = f.clauses().before(target)
		}
	case which != '本':
		// The paragraph before is a clause only if it is numbered.
		if previous := f.clauses().before(f.s.Clause); previous != nil {
			target = previous
		}
	}
	target, end = f.chain(target, end, false, false)
	f.add(i, end, target)
	return end
}

// article is the 条 that holds c, or the outermost numbered clause if the
// document has none.
func article(c *Clause) *Clause {
	var top *Clause
	for ; c != nil; c = c.Parent {
		if c.label.style == articleStyle {
			return c
		}
		if c.label.n > 0 && c.label.style != bullet {
			top = c
		}
	}
	return top
}

// relativeChild resolves 第（二）项 or 第二款 without 条: in the clause that
// holds the sentence or the nearest one above it.
func (f *referenceFinder) relativeChild(p *part) *Clause {
	if p.nums.n > 1 {
		return f.clauses().find(&p.nums)
	}
	for c := f.s.Clause; c != nil && c.Level > 0; c = c.Parent {
		if child := f.clauses().child(c, p.nums.num()); child != nil {
			return child
		}
		if c.label.style == articleStyle {
			if p.unit == '款' {
				return c
			}
			break
		}
	}
	return nil
}

// digits reads 3.2款, 3.2条 and 对2.3“内容” at i.
func (f *referenceFinder) digits(i, from int, han bool) int {
	text := f.text[:f.s.End]
	end := i + 1
	for end < len(text) && (text[end] >= '0' && text[end] <= '9' || text[end] == '.') {
		end++
	}
	if !han || end-i > 12 {
		return end
	}
	var l label
	if !dotted(text, i, &l) || l.end != end {
		return end
	}
	k := skipBlank(text, end)
	unit, size := utf8.DecodeRuneInString(text[k:])
	switch unit {
	case '条', '條', '款', '节', '節', '项', '項', '章':
		next, _ := utf8.DecodeRuneInString(text[k+size:])
		if next == '件' || next == '项' || f.ofLaw(i, from) || l.n == 1 && !refers(runeBefore(text, len(strings.TrimRight(text[:i], " ")))) {
			return end // 3条意见 is a count
		}
		target := f.clauses().find(&l)
		target, end = f.chain(target, k+size, false, false)
		f.add(i, end, target)
	case '“', '「':
		if l.n > 1 && refers(runeBefore(text, len(strings.TrimRight(text[:i], " ")))) {
			f.add(i, end, f.clauses().find(&l))
		}
	}
	return end
}

// refers reports whether a number after r refers to a clause.
func refers(r rune) bool {
	return strings.ContainsRune("对對见見按照据據依与和及或、在除至到的反", r)
}

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
