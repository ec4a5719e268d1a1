package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clauselint/clauselint/document"
)

type headingKind uint8

const (
	noHeading headingKind = iota
	wholeLine             // the block is a heading
	inline                // a heading opens the block: "Term. This clause …"
)

const (
	hanTitle   = 30 // characters of the longest Chinese heading
	latinTitle = 80 // and of the longest English one
)

// heading finds the heading of block i. An unnumbered block that looks like a
// heading gets its style for a label.
func (c *cutter) heading(i int) (headingKind, document.Span) {
	b, l := &c.doc.Blocks[i], &c.lines[i]
	rest := trimmed(c.text, document.Span{Start: l.words, End: l.End})
	words := c.text[rest.Start:rest.End]
	switch {
	case b.Kind == document.Heading:
		return wholeLine, rest
	case words == "" || b.Kind == document.Cell && b.HeaderRow:
		if words == "" && l.label.style > noStyle && l.label.style <= articleStyle {
			return wholeLine, document.Span{} // 第七条 on a line of its own
		}
		return noHeading, document.Span{}
	case l.label.style == bullet:
		return noHeading, document.Span{}
	case l.label.n == 0:
		if s := c.looksLikeTitle(i, words); s != noStyle {
			l.label = label{style: s}
			return wholeLine, rest
		}
		return noHeading, document.Span{}
	}
	if c.titleLine(i, words) {
		return wholeLine, rest
	}
	if n := inlineHeading(words, l.label.style); n > 0 {
		return inline, trimmed(c.text, unbracket(c.text, document.Span{Start: rest.Start, End: rest.Start + n}))
	}
	return noHeading, document.Span{}
}

// unbracket takes 【 】 off a heading.
func unbracket(text string, s document.Span) document.Span {
	if inner := text[s.Start:s.End]; strings.HasPrefix(inner, "【") && strings.HasSuffix(inner, "】") && len(inner) > 6 {
		return document.Span{Start: s.Start + 3, End: s.End - 3}
	}
	return s
}

// titleLine reports whether the words behind a number are its heading and
// nothing else.
func (c *cutter) titleLine(i int, words string) bool {
	l := &c.lines[i]
	if len(words) > 3*latinTitle || strings.IndexByte(words, '\n') >= 0 {
		return false
	}
	if last, _ := utf8.DecodeLastRuneInString(words); strings.ContainsRune("。．.；;，,：:？?！!、—_", last) {
		// FAQ headings end in a question mark, and are still headings.
		if last != '？' && last != '?' {
			return false
		}
	}
	first, _ := utf8.DecodeRuneInString(words)
	if hasHan(words) {
		if utf8.RuneCountInString(words) > hanTitle || strings.ContainsAny(words, "。；;") || promises(words) {
			return false
		}
	} else if len(words) > latinTitle || !unicode.IsUpper(first) && !unicode.IsDigit(first) || strings.Count(words, " ") > 11 ||
		strings.Contains(words, ". ") || strings.Contains(words, "; ") || promises(words) {
		return false
	}
	switch s := l.label.style; s {
	case scheduleStyle, partStyle, chapterStyle, divisionStyle, articleStyle, sectionStyle:
		return true
	case numParens, numParen, circled, alphaParens, romanParens, upperParens, upperRomanParens,
		alphaParen, romanParen, upperParen, alphaDot, romanDot, otherLabel:
		return false
	}
	// Short lines 1. 2. 3. one after another are a list; a heading has words
	// of its own below it.
	if l.next == 0 || c.lines[l.next].label.after(&l.label) {
		return false
	}
	if k := i - 1; k >= 0 && l.label.after(&c.lines[k].label) && c.lines[k].End-c.lines[k].words < len(words)+hanTitle && !ends(c.text[:c.lines[k].End]) {
		// Then the short line before is a heading, or this is none either.
		top := c.tree.top()
		return top.title && top.clause.label.same(&l.label)
	}
	return true
}

// ends reports whether text ends as a sentence does.
func ends(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune("。．.；;！!", r)
}

// promises reports whether a short line is a sentence without its full stop.
func promises(words string) bool {
	for _, p := range [...]string{" shall ", " agree", " grant ", " must ", " may not ", " will ", " hereby ",
		"同意我们", "不得", "应当", "有权", "承诺", "授予", "您同意", "用户同意", "您授权", "用户授权", "视为"} {
		if strings.Contains(words, p) {
			return true
		}
	}
	return false
}

// looksLikeTitle finds out whether an unnumbered block is a heading by its
// looks, and by which.
func (c *cutter) looksLikeTitle(i int, words string) style {
	l, b := &c.lines[i], &c.doc.Blocks[i]
	if b.Kind != document.Paragraph || b.Level > 0 || l.listed || l.next == 0 || len(words) > latinTitle+hanTitle || strings.IndexByte(words, '\n') >= 0 {
		return noStyle
	}
	last, _ := utf8.DecodeLastRuneInString(words)
	if strings.ContainsRune("。．.；;，,：:！!、—_)）>", last) || strings.ContainsAny(words, "@_|=<>") || strings.Contains(words, "://") {
		return noStyle
	}
	alone := c.doc.Format != document.Markdown && c.apart(i)
	if hasHan(words) {
		return c.hanTitle(i, words, alone)
	}
	if len(words) > latinTitle {
		return noStyle
	}
	upper, lower, letters := 0, 0, 0
	for _, r := range words {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	switch {
	case letters < 4 || strings.Count(words, " ") > 11 || strings.ContainsAny(words, "\"“”0123456789"):
		return noStyle
	case lower == 0:
		return capsHeading
	case alone && upper > 0 && titleCase(words):
		return titleHeading
	}
	return noStyle
}

// apart reports whether blank lines set block i off on both sides.
func (c *cutter) apart(i int) bool {
	before := i == 0 || strings.Count(c.text[c.lines[i-1].End:c.lines[i].Start], "\n") > 1
	return before && i+1 < len(c.lines) && strings.Count(c.text[c.lines[i].End:max(c.lines[i+1].Start, c.lines[i].End)], "\n") > 1
}

// hanTitle decides for a Chinese line without number.
func (c *cutter) hanTitle(i int, words string, alone bool) style {
	if strings.HasPrefix(words, "【") && strings.HasSuffix(words, "】") && utf8.RuneCountInString(words) <= 20 {
		return hanHeading
	}
	below := &c.lines[c.lines[i].next]
	// A title stands over something longer; lines of a form do not.
	if !alone || utf8.RuneCountInString(words) > 20 || strings.ContainsAny(words, "0123456789") || strings.ContainsAny(words, "，“”") ||
		below.Len() < 2*len(words) && below.label.n == 0 || promises(words) {
		return noStyle
	}
	if c.tree.numbered() && !c.tree.has(hanHeading) {
		return noStyle
	}
	return hanHeading
}

// titleCase reports whether every word but the small ones is capitalised.
func titleCase(words string) bool {
	for word := range strings.FieldsSeq(words) {
		r, _ := utf8.DecodeRuneInString(word)
		if unicode.IsLower(r) {
			switch word {
			case "a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "your", "our", "we", "you":
			default:
				return false
			}
		}
	}
	return true
}

// inlineHeading is the length of the heading that opens a numbered paragraph,
// 0 if there is none: 使用期限：自…, Term. This clause…, 【定义】本协议….
func inlineHeading(words string, s style) int {
	if rest, ok := strings.CutPrefix(words, "【"); ok {
		if end := strings.Index(rest[:min(len(rest), 60)], "】"); end > 0 {
			return end + 6
		}
		return 0
	}
	if first, _ := utf8.DecodeRuneInString(words); isHan(first) {
		return inlineHan(words, s)
	}
	return inlineLatin(words)
}

// inlineHan looks for a colon within twenty characters, or behind 第七条 for a
// wide gap.
func inlineHan(words string, s style) int {
	n := 0
	for i, r := range words {
		switch {
		case r == '：' || r == ':':
			if strings.TrimSpace(words[i+utf8.RuneLen(r):]) == "" || leads(words[:i]) {
				return 0
			}
			return i
		case unicode.IsSpace(r) && s == articleStyle && i > 0:
			if r == '\u3000' || strings.HasPrefix(words[i:], "  ") || r == '\t' {
				return i
			}
			return 0
		}
		switch r {
		case '，', '。', '；', ';', '？', '！', '“', '”', '"', '「', '」', '《', '》', ',', '\n':
			return 0
		}
		if n++; n > 20 {
			return 0
		}
	}
	return 0
}

// leads reports whether the words before a colon are a lead-in and no title.
func leads(words string) bool {
	for _, w := range [...]string{"如下", "下列", "以下", "包括", "包含", "同意", "应当", "不得", "例如", "方式为"} {
		if strings.Contains(words, w) {
			return true
		}
	}
	return false
}

// inlineLatin looks for up to six words before a full stop or colon that a
// sentence follows.
func inlineLatin(words string) int {
	first, _ := utf8.DecodeRuneInString(words)
	if !unicode.IsUpper(first) {
		return 0
	}
	spaces := 0
	for i := 0; i < len(words) && i < latinTitle; i++ {
		switch words[i] {
		case ' ', '\n':
			if spaces++; spaces > 5 {
				return 0
			}
		case ';', '(', '"', '?', '!':
			return 0
		case '.', ':':
			if i+2 >= len(words) || words[i+1] > ' ' {
				return 0
			}
			next, _ := utf8.DecodeRuneInString(words[skipSpace(words, i+1):])
			if unicode.IsLower(next) || speaks(words[:i]) {
				return 0
			}
			return i
		}
	}
	return 0
}

// speaks reports whether words are a sentence rather than a title.
func speaks(words string) bool {
	for word := range strings.FieldsSeq(words) {
		switch strings.ToLower(word) {
		case "you", "we", "they", "it", "this", "these", "that", "is", "are", "shall", "will", "may", "must", "can", "agree",
			"agrees", "grant", "grants", "has", "have", "means", "was", "see", "following", "does", "do", "please", "cannot":
			return true
		}
	}
	return false
}
