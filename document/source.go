package document

import (
	"sort"
	"strings"
	"sync"
)

// piece says where a stretch of text came from: N units, each TStride bytes of
// text and SStride bytes of source. ASCII is 1:1, a Chinese character from
// GB18030 3:2, "&amp;" one unit of 1:5.
type piece struct {
	Text, Src, N, TStride, SStride int32
}

func (p piece) textEnd() int { return int(p.Text) + int(p.N)*int(p.TStride) }
func (p piece) srcEnd() int  { return int(p.Src) + int(p.N)*int(p.SStride) }

// layer maps a text to its source by pieces in text order. The nil layer is
// the identity. Text between two pieces (a break between two blocks) stands
// for the whole gap between their sources.
type layer []piece

// add appends n units at the end of the text so far, joining them to the last
// piece where they continue it.
func (l *layer) add(text, src, n, tstride, sstride int) {
	if n == 0 || tstride == 0 {
		return
	}
	if tstride == sstride {
		n, tstride, sstride = n*tstride, 1, 1
	}
	if k := len(*l) - 1; k >= 0 {
		p := &(*l)[k]
		if int(p.TStride) == tstride && int(p.SStride) == sstride && p.textEnd() == text && p.srcEnd() == src {
			p.N += int32(n)
			return
		}
	}
	*l = append(*l, piece{int32(text), int32(src), int32(n), int32(tstride), int32(sstride)})
}

// find is the index of the last piece that begins at or before off, or -1.
func (l layer) find(off int) int {
	return sort.Search(len(l), func(i int) bool { return int(l[i].Text) > off }) - 1
}

// start is where the unit that holds text byte off begins in the source.
func (l layer) start(off int) int {
	if l == nil {
		return off
	}
	i := l.find(off)
	if i < 0 {
		return 0
	}
	p := l[i]
	if off >= p.textEnd() {
		return p.srcEnd()
	}
	return int(p.Src) + (off-int(p.Text))/int(p.TStride)*int(p.SStride)
}

// end is where the unit that holds text byte off-1 ends in a source of size
// bytes; off is above 0. It looks at the last byte, not at the next piece,
// which may begin far away.
func (l layer) end(off, size int) int {
	if l == nil {
		return off
	}
	i := l.find(off - 1)
	if i < 0 || off-1 >= l[i].textEnd() {
		if i+1 < len(l) {
			return int(l[i+1].Src)
		}
		return size
	}
	p := l[i]
	return int(p.Src) + ((off-1-int(p.Text))/int(p.TStride)+1)*int(p.SStride)
}

// source is the way back from the reading text to the file.
type source struct {
	// decoded is the file as UTF-8 without byte order mark; in a DOCX it is
	// empty.
	decoded string
	// disk is the file itself; nil where its bytes are those of decoded.
	disk []byte
	// inner leads from the reading text to decoded, outer from there to disk.
	inner, outer layer
	lines        *lineIndex
	word         *wordRuns // set for a DOCX only
}

// lineIndex knows the lines of a text. It is built at the first question, so
// that a document without findings never pays for it.
type lineIndex struct {
	once   sync.Once
	starts []int32 // the offset of each line
	// marks holds the number of UTF-16 units before every markStep bytes: a
	// file that is one long line must not be counted through again and again.
	marks []int32
}

const markStep = 4096

func (x *lineIndex) build(text string) {
	x.starts = append(x.starts, 0)
	for at := 0; at < len(text); {
		end := lineEnd(text, at)
		if end == len(text) {
			break
		}
		at = end + 1
		if strings.HasPrefix(text[end:], "\r\n") {
			at++
		}
		x.starts = append(x.starts, int32(at))
	}
	units := 0
	for at := 0; at < len(text); at += markStep {
		x.marks = append(x.marks, int32(units))
		units += countUnits(text[at:min(at+markStep, len(text))])
	}
}

// utf16Units is the number of UTF-16 units of the rune that begins with a UTF-8
// byte; 0 for a continuation byte.
var utf16Units = func() (t [256]uint8) {
	for c := range t {
		switch {
		case c < 0x80 || c >= 0xC0 && c < 0xF0:
			t[c] = 1
		case c >= 0xF0:
			t[c] = 2
		}
	}
	return t
}()

// units counts the UTF-16 units of text[:off].
func (x *lineIndex) units(text string, off int) int {
	if off == 0 {
		return 0
	}
	m := (off - 1) / markStep
	return int(x.marks[m]) + countUnits(text[m*markStep:off])
}

func countUnits(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		n += int(utf16Units[s[i]])
	}
	return n
}

// position is the line and column, both from 1, of offset off in text.
func (x *lineIndex) position(text string, off int) (line, column int) {
	x.once.Do(func() { x.build(text) })
	line = sort.Search(len(x.starts), func(i int) bool { return int(x.starts[i]) > off })
	start := int(x.starts[line-1])
	if off-start <= markStep {
		return line, countUnits(text[start:off]) + 1
	}
	return line, x.units(text, off) - x.units(text, start) + 1
}

// clamp cuts s to the reading text.
func (d *Document) clamp(s Span) Span {
	s.Start = min(max(s.Start, 0), len(d.Text))
	s.End = min(max(s.End, s.Start), len(d.Text))
	return s
}

// Range is the exact place of s in the file. Its end is where the last byte
// of s ends; a span of the break between two blocks covers all that lies
// between them in the file. A span outside Text is cut to it.
func (d *Document) Range(s Span) Range {
	s = d.clamp(s)
	if d.src.word != nil {
		return d.src.word.rangeOf(d, s)
	}
	text := d.src.decoded
	from, to := d.decodedSpan(s)
	var r Range
	r.Start.Byte, r.End.Byte = d.diskSpan(from, to)
	lines := d.src.lines
	if lines == nil {
		// A Document put together by hand: its text is its own source.
		lines, text = new(lineIndex), d.Text
	}
	r.Start.Line, r.Start.Column = lines.position(text, from)
	r.End.Line, r.End.Column = lines.position(text, to)
	return r
}

func (d *Document) decodedSpan(s Span) (from, to int) {
	from = d.src.inner.start(s.Start)
	if s.Len() == 0 {
		return from, from
	}
	return from, max(from, d.src.inner.end(s.End, len(d.src.decoded)))
}

func (d *Document) diskSpan(from, to int) (int, int) {
	start := d.src.outer.start(from)
	if from == to {
		return start, start
	}
	return start, d.src.outer.end(to, len(d.src.disk))
}

// Source is the bytes of the file under s, markup included, in the file's own
// encoding. In a DOCX, whose parts are not kept, it is the reading text under
// s. The caller must not change it.
func (d *Document) Source(s Span) []byte {
	s = d.clamp(s)
	if d.src.word != nil || d.src.lines == nil {
		return []byte(d.Text[s.Start:s.End])
	}
	from, to := d.decodedSpan(s)
	if d.src.disk == nil {
		return []byte(d.src.decoded[from:to])
	}
	from, to = d.diskSpan(from, to)
	return d.src.disk[from:to]
}
