package segment

import (
	"strings"
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
