package document

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/clauselint/clauselint/document/docx"
)

// wordRuns says which run of which part each stretch of text came from.
type wordRuns struct {
	runs  []wordRun
	parts []string
}

type wordRun struct {
	text           int32 // where the run begins in the reading text
	part           int32 // in wordRuns.parts
	block          int32 // in Document.Blocks
	paragraph, run int32 // as package docx numbers them
}

// fromWord makes a document of a Word file, one block for each paragraph that
// has text.
func fromWord(name string, file *docx.File) *Document {
	d := &Document{Name: name, Format: DOCX, Encoding: "utf-8", Tracked: file.Tracked}
	w := &wordRuns{}
	d.src = source{word: w, inner: layer{}}
	for _, p := range file.Problems {
		d.Problems = append(d.Problems, Problem{p})
	}
	var text []byte
	body, size := bodyOf(file), 0
	parts := make(map[string]int32)
	for i := range file.Paragraphs {
		p := &file.Paragraphs[i]
		if emptyParagraph(p) {
			continue
		}
		part, ok := parts[p.Part]
		if !ok {
			part = int32(len(w.parts))
			parts[p.Part] = part
			w.parts = append(w.parts, p.Part)
		}
		if len(text) > 0 {
			text = append(text, '\n')
		}
		blk := wordBlock(p)
		blk.Start = len(text)
		for j := range p.Runs {
			r := &p.Runs[j]
			if r.Text == "" {
				continue
			}
			at := len(text)
			w.runs = append(w.runs, wordRun{int32(at), part, int32(len(d.Blocks)), int32(p.Index), int32(r.Index)})
			for _, q := range r.Pieces {
				if q.Len == q.End-q.Start {
					d.src.inner.add(at+q.Text, q.Start, q.Len, 1, 1)
				} else {
					d.src.inner.add(at+q.Text, q.Start, 1, q.Len, q.End-q.Start)
				}
			}
			text = append(text, r.Text...)
			d.change(Span{at, len(text)}, r)
			if look := body.look(p, r); look != 0 {
				d.Styles = restyle(d.Styles, blk.Start, Span{at, len(text)}, look)
			}
			if p.Heading == 0 {
				size += len(r.Text)
			}
		}
		blk.End = len(text)
		trimmed := string(text[blk.Start:])
		s := trim(trimmed, Span{0, len(trimmed)})
		blk.Span = Span{blk.Start + s.Start, blk.Start + s.End}
		d.Blocks = append(d.Blocks, blk)
	}
	d.Text = string(text)
	d.hiddenText()
	d.Styles = withoutBody(d.Styles, size)
	return d
}

// hiddenText says that there is text which the file hides from its reader.
func (d *Document) hiddenText() {
	size, first := 0, -1
	for _, s := range d.Styles {
		if text := trim(d.Text, s.Span); s.Look&Concealed != 0 && text.Len() > 0 {
			size += utf8.RuneCountInString(d.Text[text.Start:text.End])
			if first < 0 {
				first = d.BlockAt(s.Start)
			}
		}
	}
	if size > 0 {
		d.problem("paragraph %d: hidden text, which was read, too (in all %d characters); in Word, Ctrl+Shift+8 shows it", first+1, size)
	}
}

// change notes the tracked change that a run belongs to. What one person inserted and
// another deletes is deleted.
func (d *Document) change(s Span, r *docx.Run) {
	by, deleted := r.Inserted, false
	if r.Deleted != nil {
		by, deleted = r.Deleted, true
	}
	if by == nil {
		return
	}
	c := Change{s, deleted, by.Author, by.Date}
	if n := len(d.Changes) - 1; n >= 0 {
		last := d.Changes[n]
		if c.Span = last.Span; last == c && s.Start <= last.End+1 {
			d.Changes[n].End = s.End
			return
		}
		c.Span = s
	}
	d.Changes = append(d.Changes, c)
}

func emptyParagraph(p *docx.Paragraph) bool {
	for _, r := range p.Runs {
		if trim(r.Text, Span{0, len(r.Text)}).Len() > 0 {
			return false
		}
	}
	return true
}

func wordBlock(p *docx.Paragraph) Block {
	blk := Block{Label: p.Label, Place: Place(p.Place), Hidden: true}
	switch {
	case p.Heading > 0:
		blk.Kind, blk.Level = Heading, p.Heading
	case p.Table > 0:
		blk.Kind = Cell
	case p.ListLevel > 0:
		blk.Kind, blk.Level = Item, p.ListLevel
	}
	blk.Table, blk.Row, blk.Col, blk.HeaderRow = p.Table, p.Row, p.Col, p.HeaderRow
	for _, r := range p.Runs {
		blk.Hidden = blk.Hidden && (r.Hidden || trim(r.Text, Span{0, len(r.Text)}).Len() == 0)
	}
	return blk
}

// rangeOf is Document.Range for a Word file.
func (w *wordRuns) rangeOf(d *Document, s Span) Range {
	r := Range{Start: w.position(d, s.Start, s.Start)}
	r.End = r.Start
	if s.Len() > 0 {
		// The end is looked for at the last character, because the next one
		// may stand in another run or even part.
		r.End = w.position(d, s.End, s.End-1)
	}
	return r
}

// position is the place of text offset off by the character at text offset
// holder, which is off or the byte before it.
func (w *wordRuns) position(d *Document, off, holder int) Position {
	i := sort.Search(len(w.runs), func(i int) bool { return int(w.runs[i].text) > holder }) - 1
	if i < 0 {
		return Position{Line: 1, Column: 1}
	}
	run := w.runs[i]
	p := Position{
		Line: int(run.block) + 1, Column: 1,
		Part: w.parts[run.part], Paragraph: int(run.paragraph), Run: int(run.run),
	}
	if from := d.Blocks[run.block].Start; off > from {
		p.Column += countUnits(d.Text[from:off])
	}
	if k := d.src.inner.find(holder); k >= 0 {
		q := d.src.inner[k]
		switch {
		case holder >= q.textEnd():
			p.Byte = q.srcEnd() // the break after a paragraph: no bytes of its own
		case off > holder:
			p.Byte = d.src.inner.end(off, 0)
		default:
			p.Byte = d.src.inner.start(off)
		}
	}
	return p
}

// bodyStyle is what most text of a Word file's body looks like.
type bodyStyle struct {
	halfPoints int
	colour     rgb
}

func bodyOf(file *docx.File) bodyStyle {
	sizes, colours := make(map[int]int), make(map[string]int)
	for i := range file.Paragraphs {
		p := &file.Paragraphs[i]
		if p.Place != docx.Body || p.Heading > 0 {
			continue
		}
		for j := range p.Runs {
			sizes[sizeOf(&p.Runs[j])] += len(p.Runs[j].Text)
			colours[p.Runs[j].Color] += len(p.Runs[j].Text)
		}
	}
	colour, _ := parseRGB(mostOf(colours))
	return bodyStyle{mostOf(sizes), colour}
}

// sizeOf is the size of a run in half-points.
func sizeOf(r *docx.Run) int {
	const word = 20 // what Word takes where a file says nothing (17.3.2.38)
	if r.HalfPoints == 0 {
		return word
	}
	return r.HalfPoints
}

// look is how a run differs from the body. A size differs where a reader notices:
// between 五号 (21) and 小五 (18), say.
func (s bodyStyle) look(p *docx.Paragraph, r *docx.Run) (look Look) {
	const noticed = 3 // half-points
	set := func(l Look, has bool) {
		if has {
			look |= l
		}
	}
	link := r.Link != "" || strings.HasSuffix(strings.ToLower(r.Style), "hyperlink")
	set(Bold, r.Bold)
	set(Italic, r.Italic)
	set(Underline, r.Underline && !link || r.Dotted)
	set(Highlighted, r.Highlight)
	set(Boxed, r.Boxed)
	set(Capitals, r.Capitals)
	set(Concealed, r.Hidden)
	set(Larger, sizeOf(r) >= s.halfPoints+noticed)
	// Tables, notes and margins are set smaller by custom.
	set(Smaller, sizeOf(r) <= s.halfPoints-noticed && p.Place == docx.Body && p.Table == 0)
	colour, ok := parseRGB(r.Color)
	ground, shaded := parseRGB(r.Shade)
	if !shaded {
		ground = white
	}
	switch {
	case link, r.Highlight, p.HeaderRow: // whose ground is not known
	case ok, shaded:
		look |= ink(colour, s.colour, ground)
	}
	return look
}
