package segment

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clauselint/clauselint/document"
)

// maxName bounds a defined term, in characters.
const maxName = 40

// findDefinitions finds the definitions and the cross-references of the
// document.
func (c *cutter) findDefinitions() {
	f := termFinder{c: c, text: c.text, definitions: map[*Clause]bool{}}
	r := referenceFinder{c: c, text: c.text}
	for _, s := range c.out.Sentences {
		t := triggersOf(c.text[s.Start:s.End])
		if t&(quotes|naming|defining) != 0 && !s.Heading {
			f.sentence(s, t)
		}
		if t&(hanClauses|latinClauses) != 0 || t&quotes != 0 && !s.Heading {
			r.sentence(s, t)
		}
	}
	c.tableTerms()
	f.extend()
}

func sortTerms(terms []*Term) {
	slices.SortStableFunc(terms, func(a, b *Term) int { return a.Start - b.Start })
}

// termFinder finds the definitions of one sentence after the other.
type termFinder struct {
	c    *cutter
	text string
	s    *Sentence
	// words is where the sentence's words begin, behind its label.
	words int
	// definitions remembers which clauses hold definitions by their heading.
	definitions map[*Clause]bool
	names       []document.Span // of one definition: “X”或“Y”
	found       bool            // a definition was found in this sentence
	// named is where the words after the sentence's last definition begin.
	named int
}

func (f *termFinder) sentence(s *Sentence, t triggers) {
	f.s, f.words, f.found, f.named = s, s.Start, false, 0
	if l := &f.c.lines[s.Block]; l.words > s.Start && l.words < s.End {
		f.words = l.words
	} else if own, ok := readLabel(f.text[s.Start:s.End]); ok && s.Clause.Label != "" && s.Clause.Start == s.Start {
		f.words = s.Start + own.next
	}
	text := f.text[:s.End]
	for i := f.words; t&quotes != 0 && i < len(text); {
		name, next, ok := quoted(text, i)
		if !ok {
			break
		}
		f.names = append(f.names[:0], name)
		open := f.opener(name)
		// “X”或“Y”, “X”、“Y”: one definition of several names.
		for len(f.names) < 16 {
			at := joined(text, next)
			if at < 0 {
				break
			}
			more, after, ok := quotedAt(text, at)
			if !ok {
				break
			}
			f.names = append(f.names, more)
			next = after
		}
		if n := len(f.c.out.Terms); f.define(open, next) && len(f.c.out.Terms) > n {
			f.named = f.s.Start + skipCloser(f.text[f.s.Start:f.s.End], next-f.s.Start)
		}
		i = next
	}
	if !f.found {
		f.unquoted()
	}
}

// opener is where the quotation mark before name begins.
func (f *termFinder) opener(name document.Span) int {
	_, size := utf8.DecodeLastRuneInString(f.text[:name.Start])
	return name.Start - size
}

// define tries the forms of definition for the names between open, where the
// first quotation mark opens, and next, just behind the last one.
func (f *termFinder) define(open, next int) bool {
	before := strings.TrimRightFunc(f.text[f.words:open], unicode.IsSpace)
	after := f.text[next:f.s.End]
	if n := definingVerb(after, f.atStart(before)); n > 0 {
		return f.add(document.Span{Start: next + n, End: f.s.End})
	}
	if n := f.bracketVerb(after, before); n > 0 {
		return f.add(document.Span{Start: next + n, End: f.s.End})
	}
	if end, wide, ok := abbreviates(before); ok {
		return f.add(f.meaning(f.words+end, wide))
	}
	if at, wide, ok := f.inBracket(open, next); ok {
		return f.add(f.meaning(at, wide))
	}
	return false
}

// skipCloser is the place behind the bracket that closes at i, if one does.
func skipCloser(text string, i int) int {
	for _, shut := range [...]string{")", "）"} {
		if strings.HasPrefix(text[i:], shut) {
			return i + len(shut)
		}
	}
	return i
}

// add records a definition of every name and reports whether there was one.
func (f *termFinder) add(meaning document.Span) bool {
	meaning = trimmed(f.text, meaning)
	lead := strings.TrimLeft(f.text[meaning.Start:meaning.End], "：:，, \n\u3000\u00a0")
	meaning.Start = meaning.End - len(lead)
	for _, name := range f.names {
		name = unquote(f.text, name)
		if wordless(f.text[name.Start:name.End]) {
			continue
		}
		f.found = true
		f.c.out.Terms = append(f.c.out.Terms, &Term{Name: f.text[name.Start:name.End], Span: name, Meaning: meaning, Sentence: f.s, Scope: f.scope(name.Start)})
	}
	return f.found
}

// scope is the clause that a definition of the name at the offset is for, by the words
// before it; nil for the whole document.
func (f *termFinder) scope(name int) *Clause {
	if name < f.words || name-f.words > 90 {
		return nil
	}
	before := strings.ToLower(f.text[f.words:name])
	contains := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(before, w) })
	}
	c := f.s.Clause
	switch {
	case contains("本款", "本项", "本項", "this paragraph", "this sub-clause", "this subsection"):
		return c
	case contains("本条", "本條", "this section", "this clause", "this article"):
		// The article, not the paragraph of it: a chapter stands above both.
		for c.Parent != nil && c.Parent.Level > 0 && c.Parent.Label != "" && rank(c.Parent.label.style) >= articleRank {
			c = c.Parent
		}
		return c
	case contains("本章", "本节", "本節", "this chapter", "this part", "this schedule", "本附件"):
		for c.Parent != nil && c.Parent.Level > 0 {
			c = c.Parent
		}
		return c
	}
	return nil
}

// quoted finds the next name between quotation marks in text from i on; next
// is just behind the closing mark.
func quoted(text string, i int) (name document.Span, next int, ok bool) {
	for i < len(text) {
		switch text[i] {
		case '"', 0xE2, 0xE3: // the first bytes of all quotation marks
			if name, next, ok = quotedAt(text, i); ok {
				return name, next, true
			}
		}
		i++
	}
	return name, i, false
}

// quotedAt reads a quoted name that opens at i.
func quotedAt(text string, i int) (name document.Span, next int, ok bool) {
	if i >= len(text) {
		return name, i, false
	}
	r, size := utf8.DecodeRuneInString(text[i:])
	var shut string
	switch r {
	case '"':
		shut = "\""
	case '“':
		shut = "”"
	case '”':
		shut = "”" // typists type ”X” as well
	case '「':
		shut = "」"
	case '『':
		shut = "』"
	case '【':
		shut = "】"
	default:
		return name, i, false
	}
	start := i + size
	end := start
	for n := 0; end < len(text); n++ {
		if n > maxName {
			return name, i, false
		}
		r, size := utf8.DecodeRuneInString(text[end:])
		if strings.HasPrefix(text[end:], shut) || shut == "”" && r == '"' || shut == "\"" && r == '”' {
			if end == start {
				return name, i, false
			}
			return document.Span{Start: start, End: end}, end + size, true
		}
		if strings.ContainsRune("。；;“「『【\n", r) && r != '\n' {
			return name, i, false
		}
		end += size
	}
	return name, i, false
}

// joined is where the next name of a group begins behind i, -1 if no other
// name belongs to it.
func joined(text string, i int) int {
	k := skipSpace(text, i)
	for _, word := range [...]string{"或者", "或", "、", "/", "／", "及", "和", "与", "與", ",", "，", "or", "and"} {
		if rest, ok := strings.CutPrefix(text[k:], word); ok {
			k = skipSpace(text, len(text)-len(rest))
			for _, filler := range [...]string{"or ", "and ", "the ", "our ", "简称", "collectively, the ", "或"} {
				if strings.HasPrefix(text[k:], filler) {
					k += len(filler)
				}
			}
			return k
		}
	}
	if strings.HasPrefix(text[k:], "“") || strings.HasPrefix(text[k:], "「") {
		return k
	}
	return -1
}

// atStart reports whether a name with these words before it opens the
// sentence, so that a weak verb may define it.
func (f *termFinder) atStart(before string) bool {
	before = strings.TrimRight(before, " ,，:：")
	for _, word := range [...]string{"", "所称", "所稱", "所指", "中", "中的", "前述", "上述", "term", "the", "The", "terms", "expression", "this Agreement", "these Terms", "herein", "here"} {
		if word == "" && before == "" || word != "" && strings.HasSuffix(before, word) {
			return true
		}
	}
	return false
}

// definingVerb is the length of the verb that defines, with what stands
// between it and the name; 0 if after begins with none. Only at the start of a
// sentence do 为, 包括, "includes" and a colon define.
func definingVerb(after string, start bool) int {
	i := skipSpace(after, 0)
	if strings.HasPrefix(after[i:], "一词") || strings.HasPrefix(after[i:], "一詞") {
		i += len("一词")
	}
	for _, comma := range [...]string{"，", ",", "：", ":"} {
		if strings.HasPrefix(after[i:], comma) {
			if v := zhVerb(after[i+len(comma):]); v > 0 {
				return i + len(comma) + v
			}
			// 所称“X”，包括……
			if rest := after[i+len(comma):]; start && (strings.HasPrefix(rest, "包括") || strings.HasPrefix(rest, "包含")) {
				return i + len(comma) + len("包括")
			}
		}
	}
	if v := zhVerb(after[i:]); v > 0 {
		return i + v
	}
	if v := enVerb(after[i:], start); v > 0 {
		return i + v
	}
	if !start {
		return 0
	}
	for _, weak := range [...]string{"为", "為", "包括但不限于", "包括但不限於", "包括", "包含", "：", ":", "即", "是"} {
		if strings.HasPrefix(after[i:], weak) && len(after) > i+len(weak) {
			if weak == "包括但不限于" || weak == "包括但不限於" {
				return i // the meaning is what is included
			}
			return i + len(weak)
		}
	}
	return 0
}

// zhVerb is the length of 是指, 指 and their kin at the start of text.
func zhVerb(text string) int {
	i := skipSpace(text, 0)
	for _, adverb := range [...]string{"均", "应当", "应", "應", "仅", "特", "统一", "在本协议中", "在本政策中", "在此"} {
		if strings.HasPrefix(text[i:], adverb) {
			i += len(adverb)
		}
	}
	for _, v := range [...]string{"是指代", "是指", "系指", "係指", "指的是", "意指", "意为", "是为", "指代", "指"} {
		rest, ok := strings.CutPrefix(text[i:], v)
		if !ok {
			continue
		}
		if v == "指" {
			// 指定, 指示, 指引 are other words.
			if r, _ := utf8.DecodeRuneInString(rest); strings.ContainsRune("定示引南向导導令派标標出责望纹紋明认認", r) {
				return 0
			}
		}
		return i + len(v)
	}
	return 0
}

// enVerb is the length of "means" and its kin at the start of text.
func enVerb(text string, start bool) int {
	// A "Member" is one who …
	for _, is := range [...]string{"is ", "are "} {
		if rest, ok := strings.CutPrefix(text, is); ok && describesPerson(rest) {
			return len(is) - 1
		}
	}
	for _, v := range [...]string{"means and includes", "means", "mean", "shall mean", "shall have the meaning", "will mean",
		"has the meaning", "have the meaning", "has the same meaning", "shall refer to", "refers to", "refer to", "is defined as",
		"are defined as", "collectively means", "shall include", "includes", "include"} {
		rest, ok := strings.CutPrefix(text, v)
		if !ok || rest != "" && isLetter(rest[0]) {
			continue
		}
		if !start && strings.HasSuffix(v, "include") || !start && v == "includes" {
			return 0
		}
		return len(v)
	}
	return 0
}

// describesPerson reports whether text begins with a person and what makes him one of
// a kind: "one who", "a user who".
func describesPerson(text string) bool {
	words := strings.SplitN(text, " ", 4)
	for i, w := range words[:min(3, len(words))] {
		if w == "who" || w == "whose" {
			return i > 0
		}
	}
	return false
}

// bracketVerb finds the verb behind a bracket: “X”（下称“Y”）指…, "X" (or "Y")
// means…; the length runs to the verb's end.
func (f *termFinder) bracketVerb(after, before string) int {
	i := skipSpace(after, 0)
	shut := ""
	switch {
	case strings.HasPrefix(after[i:], "（"):
		shut = "）"
	case strings.HasPrefix(after[i:], "("):
		shut = ")"
	default:
		return 0
	}
	end := strings.Index(after[i:min(len(after), i+150)], shut)
	if end < 0 {
		return 0
	}
	end += i + len(shut)
	if n := definingVerb(after[end:], f.atStart(before)); n > 0 {
		return end + n
	}
	return 0
}

// extend lets the meaning of a term run on over the list that its sentence
// introduces.
func (f *termFinder) extend() {
	ends := map[*Sentence]int{}
	for _, clause := range f.c.out.Clauses {
		if clause.Stem != nil {
			ends[clause.Stem] = max(ends[clause.Stem], clause.End)
		}
	}
	for _, t := range f.c.out.Terms {
		if end := ends[t.Sentence]; end > t.Meaning.End && t.Meaning.End == t.Sentence.End {
			t.Meaning = trimmed(f.text, document.Span{Start: t.Meaning.Start, End: end})
		}
	}
}
