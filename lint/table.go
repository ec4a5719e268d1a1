package lint

import (
	"slices"

	"github.com/clauselint/clauselint/document"
)

// labelSize bounds, in words, what the first cell of a row may hold to be the
// label of the others.
const labelSize = 16

// tables reads the cells of tables together with the label of their row and the
// header of their column: "Withdrawal | not available", 能否转授 | 可以.
func (d *reader) tables() {
	for i := range d.readings {
		r := &d.readings[i]
		if len(r.Row) == 0 || d.doc.Blocks[r.Block].HeaderRow {
			continue
		}
		for _, k := range d.labels(i) {
			d.underLabel(r, &d.readings[k])
		}
	}
	d.skip = document.Span{}
}

// labels are the readings that say what the cell at i is: the header of its
// column and the first cell of its row.
func (d *reader) labels(i int) []int {
	r := &d.readings[i]
	block := &d.doc.Blocks[r.Block]
	var out []int
	first := -1
	for _, cell := range r.Row {
		k := d.readingAt(d.fold.Forward(cell).Start)
		if k >= len(d.readings) || k == i {
			continue
		}
		b := &d.doc.Blocks[d.readings[k].Block]
		switch {
		case b.HeaderRow:
			out = append(out, k)
		case b.Col < block.Col && (first < 0 || b.Col < d.doc.Blocks[d.readings[first].Block].Col):
			first = k
		}
	}
	if first >= 0 && units(d.fold.Text[d.readings[first].from:d.readings[first].to]) <= labelSize {
		out = append(out, first)
	}
	return out
}

// underLabel adds to the cell r what it says together with its label.
func (d *reader) underLabel(r, label *reading) {
	text := d.fold.Text
	label.label = !d.doc.Blocks[label.Block].HeaderRow || label.label
	yes, no := answer(text[r.from:r.to])
	both := reading{Sentence: r.Sentence, from: label.from, to: r.to, lang: r.lang}
	for _, m := range label.mentions {
		if len(m.parts) > 0 && no {
			continue
		}
		m.segment = 0
		if no && m.set.meets(d.acts) {
			m.denied, m.not = !m.denied, m.start
		}
		both.mentions = append(both.mentions, m)
	}
	known := len(both.mentions)
	for _, m := range r.mentions {
		if len(m.parts) == 0 {
			both.mentions = append(both.mentions, m)
		}
	}
	if known == 0 || len(both.mentions) == known && !yes && !no {
		return
	}
	d.skip = document.Span{Start: label.to, End: r.from}
	if label.from > r.from {
		return
	}
	// 是否不可撤销 | 否: what is denied is the limb itself, not the taking back.
	stated := no && slices.ContainsFunc(label.mentions, func(m mention) bool {
		return m.set.has(d.vocabulary.Irrevocable) && len(m.parts) == 0
	})
	d.compose(&both)
	for _, m := range both.mentions {
		spans := m.start < r.from && m.end > r.from && len(m.parts) > 1
		// "Withdrawal possible | No" is irrevocable; "Irrevocable | No" is not.
		answers := m.end <= r.from && m.set.meets(d.qualities) && (yes || no && len(m.parts) > 0 && m.set.has(d.vocabulary.Irrevocable))
		if !spans && !answers || stated && m.set.has(d.vocabulary.Irrevocable) {
			continue
		}
		// Its words are those of the cell; the parts say where the rest stands.
		if len(m.parts) == 0 {
			m.parts = []part{{m.start, m.end}}
		}
		m.start, m.end = r.from, max(m.end, min(r.to, r.from+1))
		if answers {
			m.end = r.to
		}
		m.denied = false
		r.mentions = append([]mention{m}, r.mentions...)
		r.all.merge(m.set)
	}
}

// caption is the reading right before the table of the cell r, which says what
// the table is about; nil if there is none.
func (d *reader) caption(r *reading) *reading {
	blocks := d.doc.Blocks
	at := r.Block
	for at > 0 && blocks[at-1].Kind == document.Cell && blocks[at-1].Table == blocks[r.Block].Table {
		at--
	}
	if at == 0 {
		return nil
	}
	for k := r.index - 1; k >= 0; k-- {
		if d.readings[k].Block < at {
			return &d.readings[k]
		}
	}
	return nil
}

// sameTable reports whether a and b stand in rows of one table.
func (d *reader) sameTable(a, b *reading) bool {
	x, y := &d.doc.Blocks[a.Block], &d.doc.Blocks[b.Block]
	return x.Kind == document.Cell && y.Kind == document.Cell && x.Table == y.Table
}
