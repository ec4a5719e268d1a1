package lint

import (
	"strings"

	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/segment"
)

// earshot is how many sentences before or after one about faces may speak of the
// same: what is carried from sentence to sentence goes three steps, three times.
const earshot = 8

// relevant marks the sentences that could be about faces, by their own words or by
// what the text carries over to them. The others, most of a long agreement, are
// not read.
func (d *reader) relevant() {
	d.seedTerms()
	heard := map[*segment.Clause]bool{}
	for _, ref := range d.contract.References {
		if ref.Target == nil {
			continue
		}
		if _, ok := heard[ref.Target]; !ok {
			heard[ref.Target] = d.seeded(ref.Target)
		}
		if heard[ref.Target] {
			d.readings[min(d.readingAt(d.fold.Forward(ref.Span).Start), len(d.readings)-1)].seed = true
		}
	}
	var last *segment.Clause
	for i := range d.readings {
		r := &d.readings[i]
		if !r.seed {
			continue
		}
		for j := max(0, i-earshot); j <= i+earshot && j < len(d.readings); j++ {
			d.readings[j].relevant = true
		}
		if r.Clause != last && r.Clause.Level > 0 {
			last = r.Clause
			d.hear(r.Clause)
			for c := r.Clause; c != nil && leadIn(c) != nil; c = c.Parent {
				d.readings[c.Stem.Index].relevant = true
				if c.Parent != nil && c.Parent.Level > 0 {
					d.hear(c.Parent)
				}
			}
		}
		d.hearTable(r)
	}
	// A title, and what the terms stand for.
	for i := 0; i < len(d.readings) && i < 3; i++ {
		d.readings[i].relevant = true
	}
	for _, t := range d.contract.Terms {
		d.readings[t.Sentence.Index].relevant = true
	}
}

// seeded reports whether a sentence of c may be about faces.
func (d *reader) seeded(c *segment.Clause) bool {
	span := d.fold.Forward(c.Span)
	for i := d.readingAt(span.Start); i < len(d.readings) && d.readings[i].from < span.End; i++ {
		if d.readings[i].seed {
			return true
		}
	}
	return false
}

// seedTerms notes the uses of the terms whose meaning may be about faces, and of
// those that lean on them.
func (d *reader) seedTerms() {
	done := make([]bool, len(d.contract.Terms))
	named := map[string]bool{}
	for changed := true; changed; {
		changed = false
		for k, t := range d.contract.Terms {
			span := d.fold.Forward(t.Meaning)
			if done[k] || !d.seededIn(span) && !d.seededIn(d.fold.Forward(t.Span)) {
				continue
			}
			done[k], changed = true, true
			if name := strings.TrimSpace(document.FoldString(t.Name)); name != "" && !named[name] {
				named[name] = true
				d.eachUse(t, name, func(_ document.Span, r *reading) { r.seed = true })
			}
		}
	}
}

// seededIn reports whether a sentence that overlaps span of the folded text may
// be about faces.
func (d *reader) seededIn(span document.Span) bool {
	for i := d.readingAt(span.Start); i < len(d.readings) && d.readings[i].from < span.End; i++ {
		if d.readings[i].seed {
			return true
		}
	}
	return false
}

// hear marks all sentences of c and of what is under it.
func (d *reader) hear(c *segment.Clause) {
	for _, s := range c.Sentences {
		d.readings[s.Index].relevant = true
	}
	for _, child := range c.Children {
		d.hear(child)
	}
}

// hearTable marks the sentences of the table that r stands in or right before.
func (d *reader) hearTable(r *reading) {
	for _, step := range [...]int{-1, 1} {
		for j := r.index + step; j >= 0 && j < len(d.readings) && (d.sameTable(&d.readings[j], r) || j > r.index && d.doc.Blocks[d.readings[j].Block].Kind == document.Cell && d.doc.Blocks[r.Block].Kind != document.Cell); j += step {
			d.readings[j].relevant = true
		}
	}
}
