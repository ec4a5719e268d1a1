package document

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// builder puts the reading text together, block by block, with the way back.
type builder struct {
	d *Document
	// base is where the builder's source begins in the decoded file.
	base   int
	text   []byte
	at     layer
	blocks []Block
	cur    Block // Start is set at the first byte written
	opened bool  // between begin and end
	wrote  bool  // something is written in this block
	tables int
	look   Look // of what is written next
	styles []Styled
}

// begin opens a block, closing the one before.
func (b *builder) begin(kind Block) {
	b.end()
	b.cur, b.opened = kind, true
}

// end closes the open block, if there is one. A block without text is none.
func (b *builder) end() {
	if b.opened && b.wrote {
		text := string(b.text[b.cur.Start:])
		span := trim(text, Span{0, len(text)})
		if span.Len() > 0 {
			b.split(text, span)
		}
	}
	b.opened, b.wrote = false, false
}

// split adds the block with that text, as several where clauses stand line
// under line: Markdown would run them together.
func (b *builder) split(text string, span Span) {
	blk := b.cur
	add := func(s Span) {
		s = trim(text, s)
		blk.Span = Span{b.cur.Start + s.Start, b.cur.Start + s.End}
		b.blocks = append(b.blocks, blk)
		blk.Label = ""
		if blk.Kind == Item {
			blk.Kind = Paragraph
		}
	}
	if blk.Kind == Paragraph || blk.Kind == Item {
		for i := span.Start; ; {
			k := strings.IndexByte(text[i:span.End], '\n')
			if k < 0 {
				break
			}
			i += k + 1
			if l, _ := lineAt(text, i); l.Len() > 0 && startsClause(text[l.Start:l.End]) {
				add(Span{span.Start, i - 1})
				span.Start = l.Start
			}
		}
	}
	add(span)
}

// fresh reports whether the open block has no text yet.
func (b *builder) fresh() bool { return !b.wrote }

func (b *builder) lastByte() byte { return b.text[len(b.text)-1] }

// first prepares for the first byte of a block.
func (b *builder) first() {
	if b.wrote {
		return
	}
	if len(b.text) > 0 {
		b.text = append(b.text, '\n')
	}
	b.cur.Start, b.wrote = len(b.text), true
}

// copy writes buf[from:to] of v byte for byte.
func (b *builder) copy(v view, from, to int) {
	if from >= to {
		return
	}
	b.first()
	if b.look != 0 {
		defer b.style(len(b.text))
	}
	if v.at == nil {
		b.at.add(len(b.text), b.base+from, to-from, 1, 1)
		b.text = append(b.text, v.buf[from:to]...)
		return
	}
	for i := v.at.find(from); from < to; i++ {
		end := min(to, v.at[i].textEnd())
		b.at.add(len(b.text), b.base+v.at.start(from), end-from, 1, 1)
		b.text = append(b.text, v.buf[from:end]...)
		from = end
	}
}

// whole writes s for buf[from:to] of v as one unit.
func (b *builder) whole(s string, v view, from, to int) {
	b.first()
	start, end := v.at.start(from), v.at.end(to, len(v.buf))
	b.at.add(len(b.text), b.base+start, 1, len(s), end-start)
	b.text = append(b.text, s...)
	if b.look != 0 {
		b.style(len(b.text) - len(s))
	}
}

// style notes the look of the text written since offset from.
func (b *builder) style(from int) {
	b.styles = restyle(b.styles, b.cur.Start, Span{from, len(b.text)}, b.look)
}

// newline writes a line break that stands for whatever lies between its
// neighbours in the source.
func (b *builder) newline() {
	if b.wrote {
		b.text = append(b.text, '\n')
	}
}

// unescape writes buf[from:to] of v with entities and, in Markdown, backslash
// escapes resolved.
func (b *builder) unescape(v view, from, to int, backslash bool) {
	done := from
	for i := from; i < to; {
		k := bytes.IndexAny(v.buf[i:to], `&\`)
		if k < 0 {
			break
		}
		i += k
		if v.buf[i] == '\\' {
			if backslash && i+1 < to && util.IsPunct(v.buf[i+1]) {
				b.copy(v, done, i)
				b.whole(string(v.buf[i+1:i+2]), v, i, i+2)
				i += 2
				done = i
			} else {
				i++
			}
			continue
		}
		s, n := entity(v.buf[i:to])
		if n == 0 {
			i++
			continue
		}
		b.copy(v, done, i)
		b.whole(s, v, i, i+n)
		i += n
		done = i
	}
	b.copy(v, done, to)
}

// entity decodes the HTML entity that s begins with and says how long it is;
// 0 if there is none. (CommonMark 0.31, 2.5.)
func entity(s []byte) (text string, size int) {
	const longest = 40
	end := bytes.IndexByte(s[:min(len(s), longest)], ';')
	if end < 2 {
		return "", 0
	}
	name := string(s[1:end])
	if name[0] != '#' {
		e, ok := util.LookUpHTML5EntityByName(name)
		if !ok || len(e.Characters) == 0 {
			return "", 0
		}
		return string(e.Characters), end + 1
	}
	digits, base := name[1:], 10
	if strings.HasPrefix(digits, "x") || strings.HasPrefix(digits, "X") {
		digits, base = digits[1:], 16
	}
	if strings.HasPrefix(digits, "+") || strings.HasPrefix(digits, "-") {
		return "", 0
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil {
		return "", 0
	}
	r := rune(utf8.RuneError)
	if n > 0 && n <= utf8.MaxRune && utf8.ValidRune(rune(n)) {
		r = rune(n)
	}
	return string(r), end + 1
}

// unread reports that the source after buf[at] of v was not read.
func (b *builder) unread(v view, at int, what string) {
	line, _ := b.d.src.lines.position(b.d.src.decoded, b.base+v.at.start(at))
	b.d.problem("line %d: nothing closes %s, so the text after it was not read; close it", line, what)
}

// remark notes buf[from:to] of v if it is a comment.
func (b *builder) remark(v view, from, to int) {
	text, ok := bytes.CutPrefix(v.buf[from:to], []byte(markupPairs[0].open))
	if !ok {
		return
	}
	text = bytes.TrimSpace(bytes.TrimSuffix(text, []byte(markupPairs[0].close)))
	line, _ := b.d.src.lines.position(b.d.src.decoded, b.base+v.at.start(from))
	b.d.Remarks = append(b.d.Remarks, Remark{At: len(b.text), Text: string(text), Line: line})
}

// done hands text and blocks to the document.
func (b *builder) done() {
	b.end()
	b.d.Text, b.d.Blocks = string(b.text), b.blocks
	if b.styles != nil {
		body := 0
		for _, blk := range b.blocks {
			if blk.Kind != Heading {
				body += blk.Len()
			}
		}
		b.d.Styles = withoutBody(b.styles, body)
	}
	b.d.src.inner = b.at
	if b.at == nil {
		b.d.src.inner = layer{}
	}
}
