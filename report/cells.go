package report

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// tabStop is the distance of tab stops in cells.
const tabStop = 4

// glyph is what one or more characters look like on a terminal.
type glyph struct {
	text  string
	cells int
	// at is the byte offset of the glyph in the line it was made from.
	at int
}

// glyphs is the line as a terminal shows it: tabs are spaces, controls are
// visible, and a mark without width belongs to the character before it.
func glyphs(line string) []glyph {
	out := make([]glyph, 0, utf8.RuneCountInString(line))
	column, joined := 0, false
	for i := 0; i < len(line); {
		r, n := utf8.DecodeRuneInString(line[i:])
		raw := line[i : i+n]
		g := glyph{text: raw, at: i}
		i += n
		switch safe := visibleRune(raw, r); {
		case r == '\t':
			g.cells = tabStop - column%tabStop
			g.text = strings.Repeat(" ", g.cells)
		case r == '\u00ad':
			continue // a soft hyphen within a line is not printed
		case safe != raw:
			g.text, g.cells = safe, len(safe)
		default:
			g.cells = runeCells(r)
		}
		// The parts of a joined emoji (a family, a skin tone) share its cells.
		if len(out) > 0 && (g.cells == 0 || joined || isSkinTone(r) && out[len(out)-1].cells == 2) {
			last := &out[len(out)-1]
			last.text += g.text
			// Variation selector 16 asks for the emoji form of a narrow sign.
			if r == '\ufe0f' && last.cells == 1 {
				last.cells, column = 2, column+1
			}
			joined = r == '\u200d' && last.cells == 2
			continue
		}
		joined = false
		column += g.cells
		out = append(out, g)
	}
	return out
}

func isSkinTone(r rune) bool { return 0x1f3fb <= r && r <= 0x1f3ff }

// runeCells is the width of r on a terminal: 2 for wide and fullwidth
// characters (UAX #11; emoji are among them), 0 for marks, otherwise 1.
// Characters of ambiguous width, curly quotes among them, count 1, as they do
// on terminals that follow UAX #11 outside East Asian legacy locales.
func runeCells(r rune) int {
	if r >= 0x4E00 && r <= 0x9FFF {
		return 2 // most of a Chinese contract
	}
	if r < 0x7f {
		return 1
	}
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) || 0x1160 <= r && r <= 0x11ff {
		return 0 // U+1160–11FF: Hangul vowels and finals join the initial
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// cells is the width of a run of glyphs.
func cells(gs []glyph) int {
	n := 0
	for _, g := range gs {
		n += g.cells
	}
	return n
}

// join is the text of a run of glyphs.
func join(gs []glyph) string {
	size := 0
	for _, g := range gs {
		size += len(g.text)
	}
	var b strings.Builder
	b.Grow(size)
	for _, g := range gs {
		b.WriteString(g.text)
	}
	return b.String()
}

// Characters that must not begin a line and those that must not end one.
const (
	noStart = "，。；：、！？）】》〉」』”’…—·％%,.;:!?)]}"
	noEnd   = "（【《〈「『“‘([{"
)

// wrap cuts text into lines of at most limit cells: at spaces, and between
// Chinese characters where no punctuation forbids it. A word longer than a
// line is cut. Line breaks in the text stay.
func wrap(text string, limit int) []string {
	var lines []string
	for para := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		gs := glyphs(strings.TrimRight(para, " \t\r"))
		for cells(gs) > limit {
			cut := breakBefore(gs, limit)
			lines = append(lines, strings.TrimRight(join(gs[:cut]), " "))
			gs = gs[cut:]
			for len(gs) > 0 && gs[0].text == " " {
				gs = gs[1:]
			}
		}
		lines = append(lines, join(gs))
	}
	return lines
}

// breakBefore is the index of the glyph that begins the next line.
func breakBefore(gs []glyph, limit int) int {
	fit, used := 0, 0
	for fit < len(gs) && used+gs[fit].cells <= limit {
		used += gs[fit].cells
		fit++
	}
	for i := fit; i > 0; i-- {
		if mayBreak(gs[i-1], gs[i]) {
			return i
		}
	}
	return max(fit, 1)
}

func mayBreak(before, after glyph) bool {
	if before.text == " " || after.text == " " {
		return true
	}
	if strings.Contains(noEnd, before.text) || strings.Contains(noStart, after.text) {
		return false
	}
	return before.cells == 2 || after.cells == 2
}

// shorten keeps the beginning and the end of text and writes … for the middle,
// so that the whole is at most limit cells. Line breaks become spaces.
func shorten(text string, limit int) string {
	if len(text) > 2*reach { // the middle goes in any case
		text = text[:runeStart(text, reach)] + text[runeStart(text, len(text)-reach):]
	}
	gs := glyphs(strings.Join(strings.Fields(text), " "))
	if cells(gs) <= limit {
		return join(gs)
	}
	head := fitting(gs, limit*2/3)
	tail := fittingEnd(gs[head:], limit-1-cells(gs[:head]))
	return join(gs[:head]) + "…" + join(gs[len(gs)-tail:])
}

// fitting is how many of the glyphs fit into limit cells.
func fitting(gs []glyph, limit int) int {
	used := 0
	for i, g := range gs {
		if used += g.cells; used > limit {
			return i
		}
	}
	return len(gs)
}

// fittingEnd is how many of the last glyphs fit into limit cells.
func fittingEnd(gs []glyph, limit int) int {
	used := 0
	for i := len(gs) - 1; i >= 0; i-- {
		if used += gs[i].cells; used > limit {
			return len(gs) - 1 - i
		}
	}
	return len(gs)
}
