package lint

import (
	"slices"
	"sort"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
)

// limb is a quality that a sentence gives a grant over its object.
type limb struct {
	concept clauses.Concept
	mention *mention
	reading int
}

// grants builds the propositions of granting: sentences that give a quality to
// a grant over some object, gathered by the passage they stand in.
func (d *reader) grants() []Proposition {
	var out []Proposition
	var group []limb
	last := -1
	flush := func() {
		if len(group) > 0 {
			out = append(out, d.grant(group, len(out)))
		}
		group = nil
	}
	for i := range d.readings {
		if !d.readings[i].relevant {
			continue
		}
		limbs := d.limbs(i)
		if len(limbs) == 0 {
			continue
		}
		if last >= 0 && !d.together(last, i) {
			flush()
		}
		group = append(group, limbs...)
		last = i
	}
	flush()
	return out
}

// together reports whether readings i and j, in order, speak of one grant: items
// of one list, or sentences close to each other in one clause.
func (d *reader) together(i, j int) bool {
	a, b := &d.readings[i], &d.readings[j]
	if leadIn(a.Clause) != nil && leadIn(a.Clause) == leadIn(b.Clause) {
		return true
	}
	if j-i <= labelSize && d.sameTable(a, b) {
		return true
	}
	if j-i <= 3 && d.siblings(a, b) && d.specification(a) && d.specification(b) {
		return true
	}
	if a.Clause == b.Clause && a.Clause.Level > 0 || a.Block == b.Block {
		return j-i <= 3
	}
	// A lead-in and its item, or a paragraph that carries on the one before.
	if leadIn(b.Clause) == a.Sentence {
		return true
	}
	o := d.resolve(j)
	return !o.own && o.at.Start >= a.from && o.at.End <= a.to
}

// limbs lists the qualities that reading i gives to a grant over face data or
// a likeness.
func (d *reader) limbs(i int) []limb {
	r := &d.readings[i]
	if r.quoted || !d.anyQuality(r) {
		return nil
	}
	o := d.resolve(i)
	if o.anchor == NoAnchor || !d.granting(i) {
		return nil
	}
	if o.anchor == LikenessAnchor && (!o.own || !d.userGrants(r)) {
		return nil
	}
	if !o.own && (o.depth > 1 && !d.chained(r, o) || d.ownTopic(r) && leadIn(r.Clause) == nil && len(r.Row) == 0 && !r.has(d.vocabulary.Back)) {
		return nil
	}
	// The licence spoken of before was the company's.
	if at := d.readingAt(o.at.Start); !o.own && at < i && d.readings[at].Block == r.Block && d.companyGrants(&d.readings[at], nil) && !d.userGrants(r) {
		return nil
	}
	v := &d.vocabulary
	sublicensable := false
	var out []limb
	for k := range r.mentions {
		m := &r.mentions[k]
		if !m.set.meets(d.qualities) || !d.holds(r, m) || !d.reaches(r, m, o) {
			continue
		}
		for _, c := range d.qualityList {
			if m.set.has(c) && d.bears(r, m, c) && !(c == v.Perpetual && d.userEnds(r, m)) && !(c == v.Irrevocable && d.endsByItself(r, m)) {
				if c == v.RightsWaived && d.withdrawalWaived(r, m) {
					continue
				}
				if (c == v.AnyPurpose || c == v.AnyForm) && d.insidePeriod(r, m) {
					continue
				}
				if !d.limbs3.has(c) && !d.excess(r, m, o) {
					continue
				}
				sublicensable = sublicensable || c == v.Sublicensable
				out = append(out, limb{c, m, i})
			} else if c == v.Perpetual && m.set.has(c) && d.userEnds(r, m) && d.bears(r, m, v.Irrevocable) {
				// "Cannot be ended by you" is a matter of withdrawal.
				out = append(out, limb{v.Irrevocable, m, i})
			}
		}
	}
	if !sublicensable {
		// Freely to do what? Without a passing on it says nothing.
		out = slices.DeleteFunc(out, func(l limb) bool { return l.concept == v.Freely })
	}
	return out
}

// chained reports whether an object carried more than one step stays in the
// paragraph or clause of r, from pronoun to pronoun: "This permission … It …".
func (d *reader) chained(r *reading, o object) bool {
	at := d.readingAt(o.at.Start)
	if at >= len(d.readings) {
		return false
	}
	p := &d.readings[at]
	// 前项许可, given under a heading that says over what.
	if p.Heading && d.thatGrant(r) && p.Clause.Span.Contains(r.Span) {
		return true
	}
	return p.Block == r.Block || leadIn(r.Clause) != nil && leadIn(p.Clause) == leadIn(r.Clause) || p.Clause == r.Clause && r.Clause.Level > 0 && r.has(d.vocabulary.Back)
}

// anyQuality reports whether r says how a grant is.
func (d *reader) anyQuality(r *reading) bool { return r.all.meets(d.qualities) }

// granting reports whether reading i speaks of a right to process: in its own
// words, or as the continuation of words that do.
func (d *reader) granting(i int) bool {
	r := &d.readings[i]
	v := &d.vocabulary
	rights := setOf(v.Grant, v.Consent, v.Use, v.PassOn, v.Withdraw, v.Technique, v.Capture, v.Scope)
	for k := range r.mentions {
		if r.mentions[k].set.meets(rights) || r.mentions[k].set.meets(d.takings) {
			return true
		}
	}
	o := d.resolve(i)
	return r.has(v.Ownership) || !o.own || i > 0 && d.beginsBack(r) && d.neighbours(&d.readings[i-1], r) && (d.readings[i-1].has(v.Consent) || d.readings[i-1].has(v.Grant))
}

// grant makes one proposition of the limbs of a passage.
func (d *reader) grant(limbs []limb, group int) Proposition {
	v := &d.vocabulary
	p := Proposition{Act: Grant, group: group}
	sort.SliceStable(limbs, func(i, j int) bool { return limbs[i].mention.start < limbs[j].mention.start })
	seen := map[int]bool{}
	for _, l := range limbs {
		r := &d.readings[l.reading]
		p.Qualities = append(p.Qualities, Quality{
			Concept:  l.concept,
			Span:     d.fold.Back(document.Span{Start: l.mention.start, End: l.mention.end}),
			Sentence: r.Sentence,
		})
		if seen[l.reading] {
			continue
		}
		seen[l.reading] = true
		o := d.resolve(l.reading)
		if p.Sentence == nil || o.own && o.anchor > p.Anchor {
			p.Sentence = r.Sentence
			p.Object = d.fold.Back(o.at)
			p.Depth = o.depth
			p.Evidence = d.evidence(o, r.lang)
		}
		p.Anchor = max(p.Anchor, o.anchor)
		for k := range r.mentions {
			m := &r.mentions[k]
			if (m.set.has(v.Grant) || m.set.has(v.Consent)) && !m.denied && p.Words.Len() == 0 {
				p.Words = d.fold.Back(document.Span{Start: m.start, End: m.end})
			}
			// The business must be the one who grants.
			if m.set.has(v.Business) && m.start < l.mention.start && !m.set.has(v.ThirdParty) && !d.personGrants(r, m) {
				p.Business = true
			}
		}
	}
	p.Qualities = distinct(p.Qualities)
	p.Contrary = d.contrary(limbs)
	return p
}

// personGrants reports whether it is not the business m but a natural person who
// grants: named before it, or between it and the grant ("Customer shall procure
// that each user grants …").
func (d *reader) personGrants(r *reading, m *mention) bool {
	v := &d.vocabulary
	for k := range r.mentions {
		n := &r.mentions[k]
		person := n.set.has(v.User) && !n.set.has(v.Business)
		if n.end <= m.start && (person || n.set.has(v.Grant) && d.between(n.end, m.start) == 0) {
			return true
		}
		if n.start < m.end || !person || possessive(d.fold.Text, n) {
			continue
		}
		for j := k + 1; j < len(r.mentions); j++ {
			if g := &r.mentions[j]; g.start >= n.end && (g.set.has(v.Grant) || g.set.has(v.Consent)) && !g.denied {
				return d.between(n.end, g.start) <= 8
			}
		}
	}
	return false
}

// distinct keeps of the overlapping ways in which one quality is said the
// longest.
func distinct(qs []Quality) []Quality {
	var out []Quality
	for _, q := range qs {
		at := slices.IndexFunc(out, func(o Quality) bool { return o.Concept == q.Concept && o.Overlaps(q.Span) })
		switch {
		case at < 0:
			out = append(out, q)
		case q.Len() > out[at].Len():
			out[at] = q
		}
	}
	return out
}

// contrary looks in the passage and beside it for a right of the person that
// speaks against the limbs: "you may withdraw at any time".
func (d *reader) contrary(limbs []limb) []Evidence {
	v := &d.vocabulary
	lo, hi := limbs[0].reading, limbs[len(limbs)-1].reading
	var out []Evidence
	for i := range d.readings {
		r := &d.readings[i]
		if r.quoted || !r.has(v.Withdraw) {
			continue
		}
		near := lo-3 <= i && i <= hi+3 && (d.readings[lo].Clause == r.Clause || r.Clause.Parent == d.readings[lo].Clause.Parent)
		if !near && !d.standalone {
			// Far away it must say itself that it is about face data.
			if o := d.resolve(i); o.anchor < DefinedAnchor || !o.own {
				continue
			}
		}
		w := r.asserted(v.Withdraw)
		if w == nil || r.has(v.Deem) {
			continue
		}
		user, able := false, false
		for k := range r.mentions {
			m := &r.mentions[k]
			if m.start >= w.start {
				break
			}
			user = user || m.set.has(v.User)
			able = able || m.set.has(v.Able)
			if m.set.has(v.Company) && m.segment == w.segment {
				user, able = false, false // 我们可以停用您的账户
			}
			if m.segment == w.segment && m.set.has(v.Not) {
				able = false
				break
			}
		}
		what := slices.ContainsFunc(r.mentions, func(m mention) bool { return m.start >= w.start && (m.set.has(v.Consent) || m.set.has(v.Grant)) })
		if user && able && (near || what) && (r.has(v.AtAnyTime) || d.resolve(i).anchor != NoAnchor) {
			out = append(out, Evidence{Span: d.fold.Back(document.Span{Start: w.start, End: w.end}), Role: RoleContrary})
		}
	}
	return out
}
