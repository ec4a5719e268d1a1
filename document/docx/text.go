package docx

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// pieces is text under construction, tied to the bytes of a part.
type pieces struct {
	text []byte
	list []Piece
}

// add appends text that comes from bytes start to end as a whole.
func (p *pieces) add(text string, start, end int) {
	p.list = append(p.list, Piece{len(p.text), len(text), start, end})
	p.text = append(p.text, text...)
}

// addBytes appends bytes of the part that start at start, as they are.
func (p *pieces) addBytes(text []byte, start int) {
	if len(text) == 0 {
		return
	}
	if n := len(p.list) - 1; n >= 0 {
		last := &p.list[n]
		if last.End == start && last.Len == last.End-last.Start {
			last.Len += len(text)
			last.End += len(text)
			p.text = append(p.text, text...)
			return
		}
	}
	p.list = append(p.list, Piece{len(p.text), len(text), start, start + len(text)})
	p.text = append(p.text, text...)
}

// addXML appends character data or a CDATA section, which the decoder has
// found well-formed, as it reads.
func (p *pieces) addXML(raw []byte, start int) {
	if inner, ok := bytes.CutPrefix(raw, []byte("<![CDATA[")); ok {
		p.addLines(bytes.TrimSuffix(inner, []byte("]]>")), start+len(raw)-len(inner))
		return
	}
	for len(raw) > 0 {
		amp := bytes.IndexByte(raw, '&')
		if amp < 0 {
			p.addLines(raw, start)
			return
		}
		p.addLines(raw[:amp], start)
		raw, start = raw[amp:], start+amp
		n := bytes.IndexByte(raw, ';') + 1
		if n == 0 {
			n = len(raw)
		}
		p.add(entity(raw[:n]), start, start+n)
		raw, start = raw[n:], start+n
	}
}

// addLines appends text without markup. A line end reads as a space.
func (p *pieces) addLines(raw []byte, start int) {
	for len(raw) > 0 {
		end := bytes.IndexAny(raw, "\r\n")
		if end < 0 {
			p.addBytes(raw, start)
			return
		}
		p.addBytes(raw[:end], start)
		n := 1
		if raw[end] == '\r' && end+1 < len(raw) && raw[end+1] == '\n' {
			n = 2
			p.add(" ", start+end, start+end+2)
		} else {
			p.addBytes([]byte(" "), start+end)
		}
		raw, start = raw[end+n:], start+end+n
	}
}

// entity is what "&amp;", "&#38;" and the like stand for.
func entity(ref []byte) string {
	switch string(ref) {
	case "&amp;":
		return "&"
	case "&lt;":
		return "<"
	case "&gt;":
		return ">"
	case "&quot;":
		return `"`
	case "&apos;":
		return "'"
	}
	digits, base := bytes.TrimSuffix(bytes.TrimPrefix(ref, []byte("&#")), []byte(";")), 10
	if hex, ok := bytes.CutPrefix(digits, []byte("x")); ok {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(string(digits), base, 32)
	if err != nil || !utf8.ValidRune(rune(n)) {
		return "\uFFFD"
	}
	return string(rune(n))
}

// mark is a place in pieces, to come back to.
type mark struct{ text, list int }

func (p *pieces) mark() mark { return mark{len(p.text), len(p.list)} }

// trim cuts white space off both ends of what was added since m, where
// addBytes began a piece of its own.
func (p *pieces) trim(m mark) {
	const space = " \t"
	for len(p.list) > m.list {
		last := &p.list[len(p.list)-1]
		keep := len(bytes.TrimRight(p.text[last.Text:], space))
		cut := last.Len - keep
		if cut == 0 {
			break
		}
		p.text = p.text[:last.Text+keep]
		if keep > 0 {
			last.Len -= cut
			last.End -= cut
			break
		}
		p.list = p.list[:len(p.list)-1]
	}
	lead := len(p.text[m.text:]) - len(bytes.TrimLeft(p.text[m.text:], space))
	if lead == 0 {
		return
	}
	p.text = append(p.text[:m.text], p.text[m.text+lead:]...)
	kept := p.list[:m.list]
	for _, q := range p.list[m.list:] {
		switch {
		case q.Text+q.Len <= m.text+lead:
			continue // all of it is cut
		case q.Text < m.text+lead:
			cut := m.text + lead - q.Text
			q.Start += cut
			q.Len -= cut
			q.Text = m.text
		default:
			q.Text -= lead
		}
		kept = append(kept, q)
	}
	p.list = kept
}
