package lsp

import (
	"sort"
	"strings"
	"sync"
	"unicode/utf8"
)

// Encoding is the unit in which a client counts the characters of a line (LSP 3.17,
// "PositionEncodingKind").
type Encoding string

// The encodings that can be agreed on.
const (
	UTF8  Encoding = "utf-8"
	UTF16 Encoding = "utf-16"
	UTF32 Encoding = "utf-32"
)

// marksEvery is how many bytes lie between two places of which the units before them
// are known: a file that is one long line must not be counted through for each position.
const marksEvery = 4 << 10

// mapper converts between byte offsets in a text, which is valid UTF-8, and the
// positions of a client. Lines end with "\n", "\r\n" or "\r" and with nothing else.
// It is safe for concurrent use.
type mapper struct {
	text string
	unit Encoding

	once   sync.Once
	starts []int // the offset of each line

	counted sync.Once // only where there is a long line
	marks   []int     // the units of text[:i*marksEvery]
}

func newMapper(text string, unit Encoding) *mapper { return &mapper{text: text, unit: unit} }

func (m *mapper) build() {
	m.starts = append(m.starts, 0)
	text := m.text
	for at := 0; at < len(text); {
		i := strings.IndexByte(text[at:], '\n')
		end := at + i + 1
		if i < 0 {
			end = len(text)
		}
		// What is left to find in this stretch are lone "\r".
		for {
			k := strings.IndexByte(text[at:end], '\r')
			if k < 0 || strings.HasPrefix(text[at+k:], "\r\n") {
				break
			}
			at += k + 1
			m.starts = append(m.starts, at)
		}
		if i >= 0 {
			m.starts = append(m.starts, end)
		}
		at = end
	}
}

func (m *mapper) mark() {
	units := 0
	for at := 0; at < len(m.text); at += marksEvery {
		m.marks = append(m.marks, units)
		units += m.unit.count(m.text[at:min(at+marksEvery, len(m.text))])
	}
}

// count is the number of units of s. A character counts at its first byte, so that
// parts of a text may be cut anywhere.
func (e Encoding) count(s string) int {
	n := 0
	switch e {
	case UTF8:
		return len(s)
	case UTF32:
		for i := 0; i < len(s); i++ {
			if utf8.RuneStart(s[i]) {
				n++
			}
		}
	default:
		for i := 0; i < len(s); i++ {
			switch c := s[i]; {
			case c >= 0xF0: // a surrogate pair
				n += 2
			case utf8.RuneStart(c):
				n++
			}
		}
	}
	return n
}

// unitsBefore is the number of units of the text before offset.
func (m *mapper) unitsBefore(offset int) int {
	if offset == 0 {
		return 0
	}
	m.counted.Do(m.mark)
	k := (offset - 1) / marksEvery
	return m.marks[k] + m.unit.count(m.text[k*marksEvery:offset])
}

// position is the place of a byte offset, which is cut to the text.
func (m *mapper) position(offset int) Position {
	m.once.Do(m.build)
	offset = min(max(offset, 0), len(m.text))
	line := sort.SearchInts(m.starts, offset+1) - 1
	start := m.starts[line]
	units := 0
	if offset-start <= marksEvery {
		units = m.unit.count(m.text[start:offset])
	} else {
		units = m.unitsBefore(offset) - m.unitsBefore(start)
	}
	return Position{uint32(line), uint32(units)}
}

// rangeOf is the range of text[from:to].
func (m *mapper) rangeOf(from, to int) Range {
	return Range{m.position(from), m.position(max(from, to))}
}

// line is where the line begins and where it ends, without its line break. A line
// beyond the last is the empty one at the end of the text.
func (m *mapper) line(n uint32) (from, to int) {
	m.once.Do(m.build)
	if uint64(n) >= uint64(len(m.starts)) {
		return len(m.text), len(m.text)
	}
	from, to = m.starts[n], len(m.text)
	if int(n)+1 < len(m.starts) {
		to = m.starts[n+1] - 1
		if to > from && m.text[to] == '\n' && m.text[to-1] == '\r' {
			to--
		}
	}
	return from, to
}

// offset is the byte offset of p. A character beyond the end of its line is the end of
// the line, as the specification has it. half is set where p lies between the units of
// one character, the offset then being that of the character.
func (m *mapper) offset(p Position) (offset int, half bool) {
	at, end := m.line(p.Line)
	want := int(p.Character)
	if want == 0 {
		return at, false
	}
	if m.unit == UTF8 {
		if want > end-at {
			return end, false
		}
		at += want
		for !utf8.RuneStart(m.byteAt(at)) {
			at, half = at-1, true
		}
		return at, half
	}
	// Skip what the marks know of.
	if end-at > marksEvery {
		m.counted.Do(m.mark)
		before := m.unitsBefore(at)
		k := sort.Search(len(m.marks), func(i int) bool { return m.marks[i] > before+want }) - 1
		if from := k * marksEvery; from > at {
			if from >= end {
				from = (end - 1) / marksEvery * marksEvery
			}
			for !utf8.RuneStart(m.text[from]) {
				from--
			}
			want -= m.unitsBefore(from) - before
			at = from
		}
	}
	for at < end && want > 0 {
		_, size := utf8.DecodeRuneInString(m.text[at:end])
		units := m.unit.count(m.text[at : at+size])
		if units > want {
			return at, true
		}
		want -= units
		at += size
	}
	return at, false
}

func (m *mapper) byteAt(i int) byte {
	if i >= len(m.text) {
		return 0
	}
	return m.text[i]
}

// apply is the text after a change. Half a character that the change leaves behind
// becomes U+FFFD, which is as long as a lone surrogate: later positions stay right, and
// the rest of the text as the client has it.
func (m *mapper) apply(c contentChange) string {
	text := strings.ToValidUTF8(c.Text, "\uFFFD")
	if c.Range == nil {
		return text
	}
	from, halfFrom := m.offset(c.Range.Start)
	to, halfTo := m.offset(c.Range.End)
	if to < from || to == from && halfFrom && !halfTo {
		from, to, halfFrom, halfTo = to, from, halfTo, halfFrom
	}
	before, after := "", ""
	if halfFrom && m.unit == UTF16 {
		before = "\uFFFD"
	}
	if halfTo {
		_, size := utf8.DecodeRuneInString(m.text[to:])
		to += size
		if m.unit == UTF16 {
			after = "\uFFFD"
		}
	}
	var b strings.Builder
	b.Grow(len(m.text) - (to - from) + len(text) + len(before) + len(after))
	b.WriteString(m.text[:from])
	b.WriteString(before)
	b.WriteString(text)
	b.WriteString(after)
	b.WriteString(m.text[to:])
	return b.String()
}
