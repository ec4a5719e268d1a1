package report

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/clauselint/clauselint/document"
)

// excerpt is a line of the contract and the marks that go below it.
type excerpt struct{ line, marks string }

// reach is how far from the words a line is looked at, in bytes. A file may be
// one line of many megabytes with a finding in every sentence.
const reach = 2048

// excerpts shows the words of s in their line. Words over several lines show
// the first and the last of them. Each line is at most limit cells wide.
func excerpts(d *document.Document, s document.Span, limit int) []excerpt {
	if s.Len() <= 0 || s.Start < 0 || s.End > len(d.Text) {
		return nil
	}
	first, last := lineAt(d, s.Start), lineAt(d, s.End-1)
	if first.Contains(s) {
		return []excerpt{first.excerpt(s, limit)}
	}
	return []excerpt{
		first.excerpt(document.Span{Start: s.Start, End: max(first.End, s.Start)}, limit),
		last.excerpt(document.Span{Start: min(last.Start, s.End), End: s.End}, limit),
	}
}

// line is a line of the reading text, or the part of it within reach.
type line struct {
	document.Span
	text string
	// cutLeft and cutRight are set if the line goes on there.
	cutLeft, cutRight bool
}

// lineAt is the line that holds the offset: a block, or what lies between two
// line breaks within it.
func lineAt(d *document.Document, offset int) line {
	l := line{Span: document.Span{Start: 0, End: len(d.Text)}}
	if i := d.BlockAt(offset); i >= 0 && d.Blocks[i].Start <= offset && offset < d.Blocks[i].End {
		l.Span = d.Blocks[i].Span
	}
	if from := runeStart(d.Text, offset-reach); from > l.Start {
		l.Start, l.cutLeft = from, true
	}
	if to := runeStart(d.Text, offset+reach); to < l.End {
		l.End, l.cutRight = to, true
	}
	if i := strings.LastIndexByte(d.Text[l.Start:offset], '\n'); i >= 0 {
		l.Start, l.cutLeft = l.Start+i+1, false
	}
	if i := strings.IndexByte(d.Text[offset:l.End], '\n'); i >= 0 {
		l.End, l.cutRight = offset+i, false
	}
	l.text = d.Text[l.Start:l.End]
	return l
}

// runeStart is the offset, or the nearest one before it where a character
// begins; it stays within the text.
func runeStart(text string, offset int) int {
	offset = min(max(offset, 0), len(text))
	for offset > 0 && offset < len(text) && !utf8.RuneStart(text[offset]) {
		offset--
	}
	return offset
}

// excerpt shows the line around the words. A line that is too long loses text
// at its ends; the words stay whole unless they alone are too long.
func (l line) excerpt(words document.Span, limit int) excerpt {
	gs := glyphs(strings.TrimRight(l.text, " \t\r"))
	index := func(offset int) int {
		return sort.Search(len(gs), func(i int) bool { return gs[i].at >= offset-l.Start })
	}
	from, to := index(words.Start), index(words.End)
	// The words may begin inside a glyph, at a combining mark.
	if from > 0 && (from == len(gs) || gs[from].at > words.Start-l.Start) {
		from--
	}
	before, marked, after := gs[:from], gs[from:max(from, to)], gs[max(from, to):]

	left, right := "", ""
	if l.cutLeft {
		left = "…"
	}
	if l.cutRight {
		right = "…"
	}
	if cells(gs)+cells(glyphs(left+right)) > limit {
		if cells(marked) > limit-2 {
			marked, after = marked[:fitting(marked, limit-2)], nil
			right = "…"
		}
		// Half of the room goes to each side, and what one side leaves to the
		// other.
		room := limit - 2 - cells(marked)
		side := min(cells(after), max(room/2, room-cells(before)))
		if n := fitting(after, side); n < len(after) {
			after, right = after[:n], "…"
		}
		room -= cells(after)
		if n := fittingEnd(before, room); n < len(before) {
			before, left = before[len(before)-n:], "…"
		}
	}
	indent := cells(before)
	if left != "" {
		indent++
	}
	return excerpt{
		line:  left + join(before) + join(marked) + join(after) + right,
		marks: strings.Repeat(" ", indent) + strings.Repeat("^", max(1, cells(marked))),
	}
}
