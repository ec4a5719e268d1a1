package document

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Quote is the text under s on one line: a run of white space and line breaks
// becomes nothing between two CJK characters and one space elsewhere.
func (d *Document) Quote(s Span) string {
	s = d.clamp(s)
	return foldSpace(d.Text[s.Start:s.End])
}

func foldSpace(s string) string {
	s = strings.TrimSpace(s)
	if strings.IndexFunc(s, unicode.IsSpace) < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	last, gap := rune(0), false
	for _, r := range s {
		if unicode.IsSpace(r) {
			gap = true
			continue
		}
		if gap && !(tight(last) && tight(r)) {
			b.WriteByte(' ')
		}
		gap, last = false, r
		b.WriteRune(r)
	}
	return b.String()
}

// tight reports whether r is written without spaces around it: Han
// characters, CJK punctuation and full-width forms.
func tight(r rune) bool {
	return r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFFEF || r >= 0x2E80 && unicode.Is(unicode.Han, r)
}

// BlockAt is the index of the block that holds offset, or of the nearest one
// before it; -1 if there is none.
func (d *Document) BlockAt(offset int) int {
	return sort.Search(len(d.Blocks), func(i int) bool { return d.Blocks[i].Start > offset }) - 1
}

// Languages are the languages that the text is written in, the main one
// first: "zh" where Han characters are a noticeable share, "en" where there
// are enough Latin words. A long text is sampled.
func (d *Document) Languages() []string {
	const windows, size = 64, 4096
	han, words := 0, 0
	if len(d.Text) <= windows*size {
		han, words = countScripts(d.Text)
	} else {
		step := len(d.Text) / windows
		for i := range windows {
			h, w := countScripts(d.Text[i*step : i*step+size])
			han, words = han+h, words+w
		}
	}
	total := han + words
	zh := han > 0 && han*20 >= total
	en := words > 0 && words*10 >= total && (words >= 8 || han == 0)
	switch {
	case zh && en && words*2 > han: // an English word says as much as two characters
		return []string{"en", "zh"}
	case zh && en:
		return []string{"zh", "en"}
	case zh:
		return []string{"zh"}
	case en:
		return []string{"en"}
	}
	return nil
}

// countScripts counts Han characters, by the lead bytes of U+4000 to U+9FFF,
// and words of at least two Latin letters.
func countScripts(s string) (han, words int) {
	run := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c|0x20 >= 'a' && c|0x20 <= 'z' {
			if run++; run == 2 {
				words++
			}
			continue
		}
		run = 0
		if c >= 0xE4 && c <= 0xE9 && i+2 < len(s) && utf8.RuneStart(c) {
			han++
			i += 2
		}
	}
	return han, words
}
