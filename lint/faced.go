package lint

import (
	"sort"
	"strings"

	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/segment"
)

// facedUse is a place that names persons who, by the definition of their name, have
// given their faces: "Verified Member".
type facedUse struct {
	document.Span               // in the folded text
	face          document.Span // the word of the definition that makes them so
	term          *segment.Term
	reading       *reading
}

// facedUses lists where such names are used, in the order of the text.
func (d *reader) facedUses() []facedUse {
	v := &d.vocabulary
	var out []facedUse
	for _, t := range d.contract.Terms {
		name := strings.TrimSpace(document.FoldString(t.Name))
		if name == "" {
			continue
		}
		own, person, given := d.fold.Forward(t.Span), false, false
		d.eachMention(own, func(_ *reading, m *mention) { person = person || m.set.has(v.User) && m.end >= own.End-1 })
		if !person {
			continue
		}
		var face document.Span
		d.eachMention(d.fold.Forward(t.Meaning), func(r *reading, m *mention) {
			given = given || !m.denied && (m.set.has(v.Consent) || m.set.has(v.Grant) || m.set.has(v.Authorise) || m.set.has(v.Capture))
			if d.anchorOf(m) == DirectAnchor && !d.excluded(r, m) {
				face = document.Span{Start: m.start, End: m.end}
			}
		})
		if !given || face.Len() == 0 {
			continue
		}
		d.eachUse(t, name, func(s document.Span, r *reading) {
			if !s.Overlaps(own) && !s.Overlaps(d.fold.Forward(t.Meaning)) {
				out = append(out, facedUse{Span: s, face: face, term: t, reading: r})
			}
		})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Start < out[j].Start })
	return out
}

// onlyFaced is the service that the sentence of u keeps for the persons u names: "only
// Verified Members may order", 非实脸用户不得使用. Nil if it keeps none.
func (d *reader) onlyFaced(u *facedUse) *mention {
	v := &d.vocabulary
	r := u.reading
	before, after := d.fold.Text[r.from:u.Start], d.fold.Text[u.End:r.to]
	only := false
	for _, w := range [...]string{"only ", "仅", "仅限", "仅向", "只有", "仅供", "仅对", "只向", "只对"} {
		only = only || strings.HasSuffix(before, w)
	}
	for _, w := range [...]string{" only", " alone", "方可", "才可", "才能", "方能"} {
		only = only || strings.HasPrefix(after, w)
	}
	if not := strings.HasSuffix(before, "非") || strings.HasSuffix(before, "non-"); not {
		for k := range r.mentions {
			n := &r.mentions[k]
			only = only || n.start >= u.End && (n.set.has(v.Not) || n.set.has(v.Deny)) && d.between(u.End, n.start) <= 2
		}
	}
	if !only {
		return nil
	}
	return d.serviceNear(r, &mention{start: u.Start, end: u.End}, 24)
}
