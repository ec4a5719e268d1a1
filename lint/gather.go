package lint

import (
	"slices"
	"strings"

	"github.com/clauselint/clauselint/clauses"
)

// gather joins grants over face data that stand in different clauses and give
// one limb each: one fault, one finding.
func (d *reader) gather(props []Proposition) []Proposition {
	var full clauses.Condition
	found := false
	for _, r := range d.library.Rules {
		for _, c := range r.When {
			if Act(c.Act) == Grant && c.AtLeast > 1 {
				full, found = c, true
			}
		}
	}
	if !found {
		return props
	}
	limb := func(p *Proposition) int {
		if p.Anchor < DefinedAnchor {
			return -1
		}
		one := -1
		for k, alt := range full.Qualities {
			if hasAny(p, alt) {
				if one >= 0 {
					return -1
				}
				one = k
			}
		}
		return one
	}
	drop := map[int]bool{}
	for i := range props {
		kinds := map[int]bool{limb(&props[i]): true}
		if kinds[-1] || drop[i] {
			continue
		}
		var others []int
		for j := i + 1; j < len(props); j++ {
			if k := limb(&props[j]); k >= 0 && !drop[j] && d.sameObject(&props[i], &props[j]) {
				others = append(others, j)
				kinds[k] = true
			}
		}
		if len(kinds) < full.AtLeast {
			continue
		}
		main := &props[i]
		for _, j := range others {
			main.Qualities = append(main.Qualities, props[j].Qualities...)
			main.Evidence = append(main.Evidence, props[j].Evidence...)
			main.Contrary = append(main.Contrary, props[j].Contrary...)
			main.Depth = max(main.Depth, 1)
			drop[j] = true
		}
	}
	kept := props[:0]
	for i := range props {
		if !drop[i] {
			kept = append(kept, props[i])
		}
	}
	return kept
}

// sameObject reports whether two grants can be over the same face data: not if each
// is over another defined term. Face data by a general name is what the term stands
// for, unless several terms do.
func (d *reader) sameObject(p, q *Proposition) bool {
	if p.Object == q.Object {
		return true
	}
	if d.otherPersons(p, q) {
		return false
	}
	if !headsBoth(p, q) || !headsBoth(q, p) {
		return false
	}
	a, b := d.termOf(p), d.termOf(q)
	if a == b {
		return true
	}
	if a != "" && b != "" {
		return false
	}
	for i := range d.uses {
		if d.uses[i].name != d.uses[0].name {
			return false
		}
	}
	return true
}

// otherPersons reports whether p and q name their grantors, and not the same: the
// visitor, the pass holder.
func (d *reader) otherPersons(p, q *Proposition) bool {
	a, b := d.grantors(p), d.grantors(q)
	for _, w := range a {
		if slices.Contains(b, w) {
			return false
		}
	}
	return len(a) > 0 && len(b) > 0
}

// grantors are the persons whom the sentence of p names by a noun of their own: not
// you, nor the user.
func (d *reader) grantors(p *Proposition) []string {
	r := &d.readings[p.Sentence.Index]
	var out []string
	for k := range r.mentions {
		m := &r.mentions[k]
		if !m.set.has(d.vocabulary.User) || len(m.parts) > 0 || m.set.has(d.vocabulary.ThirdParty) {
			continue
		}
		switch w := strings.TrimSuffix(strings.TrimSuffix(d.fold.Text[m.start:m.end], "'s"), "s"); w {
		case "you", "your", "yourself", "i", "my", "me", "user", "person", "people", "individual", "own", "anyone", "everyone", "您", "你", "我", "本人", "个人", "用户", "自然人", "人员":
			return nil
		default:
			out = append(out, w)
		}
	}
	return out
}

// headsBoth reports whether the heading that p has its object from, if it has, stands
// over q as well.
func headsBoth(p, q *Proposition) bool {
	for c := p.Sentence.Clause; c != nil; c = c.Parent {
		if c.HeadingSpan.Overlaps(p.Object) {
			return c.Span.Contains(q.Sentence.Span)
		}
	}
	return true
}

// termOf is the defined term that p is over, folded; "" if p names face data by a
// general name.
func (d *reader) termOf(p *Proposition) string {
	s := d.fold.Forward(p.Object)
	for _, u := range d.usesIn(s) {
		if u.Start == s.Start {
			return u.name
		}
	}
	return ""
}
