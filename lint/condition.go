package lint

import (
	"strings"

	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/segment"
)

// conditions builds the propositions that withhold something from who does not
// let his face be processed.
func (d *reader) conditions() []Proposition {
	v := &d.vocabulary
	var out []Proposition
	var stem *segment.Sentence
	for i := range d.readings {
		if d.readings[i].quoted || d.readings[i].Heading {
			continue
		}
		r := d.withStem(i)
		if !r.has(v.Deny) && !r.has(v.Precondition) || !r.has(v.Service) && !r.has(v.Admit) {
			continue
		}
		if s := leadIn(r.Clause); s != nil && s == stem {
			continue // one list, one finding
		}
		o := d.near(i)
		if !o.plain() {
			continue
		}
		r.object = o
		refusal, words := d.withheld(r)
		if refusal == nil || d.wayOut(r, words) {
			continue
		}
		stem = leadIn(r.Clause)
		p := Proposition{
			Act:      Condition,
			Anchor:   o.anchor,
			Object:   d.fold.Back(o.at),
			Depth:    o.depth,
			Sentence: r.Sentence,
			Words:    d.fold.Back(document.Span{Start: words.start, End: words.end}),
			Evidence: d.evidence(o, r.lang),
			Business: r.has(v.Business),
			group:    -1,
		}
		p.Evidence = append(p.Evidence, Evidence{Span: d.fold.Back(document.Span{Start: refusal.start, End: refusal.end}), Role: RoleCondition})
		out = append(out, p)
	}
	d.skip = document.Span{}
	return out
}

// withheld finds the refusal in r ("if you do not enrol your face") and
// what follows from it ("entry will be refused"); nil if there is neither.
func (d *reader) withheld(r *reading) (refusal, words *mention) {
	v := &d.vocabulary
	for k := range r.mentions {
		m := &r.mentions[k]
		if !d.declines(r, m) || d.unwithdrawable(r, m) || d.mayRefuse(r, m) || !d.supposed(r, m) || r.object.own && !m.set.has(v.Otherwise) && !d.beside(r, m) {
			continue
		}
		if x := d.denial(r, m); x != nil {
			return m, x
		}
	}
	// Face processing is the condition of the whole.
	if m := r.asserted(v.Precondition); m != nil && !d.negatedAt(r, m) && !d.noCondition(r, m) && r.object.own {
		s := d.serviceNear(r, m, 24)
		if s == nil || r.has(v.FeatureOnly) {
			return nil, nil
		}
		// "Entry only after face enrolment", but not "faces are processed only
		// when the service needs them".
		if strings.HasPrefix(d.fold.Text[m.start:], "only") && (s.start > m.start || r.object.at.Start < m.end) {
			return nil, nil
		}
		return m, s
	}
	return nil, nil
}

// noCondition reports whether the text says that m is no condition: 不以……为条件.
func (d *reader) noCondition(r *reading, m *mention) bool {
	for k := range r.mentions {
		if n := &r.mentions[k]; n.set.has(d.vocabulary.NotBecause) && n.segment == m.segment && n.start < m.start {
			return true
		}
	}
	return false
}

// beside reports whether the object that r names stands by the refusal m: in
// its segment or the one before or after.
func (d *reader) beside(r *reading, m *mention) bool {
	for k := range r.mentions {
		n := &r.mentions[k]
		if n.segment >= m.segment-1 && n.segment <= m.segment && (d.anchorOf(n) >= DefinedAnchor || r.object.at.Start >= n.start && r.object.at.End <= n.end) {
			return d.apart(n, m) <= 24
		}
	}
	// A defined term is no mention of the lexicon.
	at := r.object.at
	return d.apart(&mention{start: at.Start, end: at.End}, m) <= 24
}

// unwithdrawable reports whether m is the withdrawal that the text rules out, as
// in "withdrawal: not permitted", rather than a case it supposes.
func (d *reader) unwithdrawable(r *reading, m *mention) bool {
	for k := range r.mentions {
		if n := &r.mentions[k]; len(n.parts) > 0 && n.set.has(d.vocabulary.Irrevocable) && n.start <= m.start && m.end <= n.end {
			return true
		}
	}
	return false
}

// mayRefuse reports whether the refusal is stated as a right of the person:
// 您有权拒绝, "you may refuse".
func (d *reader) mayRefuse(r *reading, m *mention) bool {
	v := &d.vocabulary
	for k := range r.mentions {
		n := &r.mentions[k]
		if n.set.has(v.Able) && n.end <= m.start && n.segment == m.segment && (d.between(n.end, m.start) <= 2 || n.set.has(v.AtAnyTime) && d.between(n.end, m.start) <= 16) && !strings.HasPrefix(d.fold.Text[n.start:], "将") {
			for j := range r.mentions {
				if r.mentions[j].set.has(v.If) && r.mentions[j].start < n.start && r.mentions[j].segment == n.segment {
					return false
				}
			}
			return true
		}
	}
	return false
}

// supposed reports whether the refusal m stands as a case: "if you decline",
// "residents who do not enrol", 未录入的. In Chinese the particle 的 does this and
// says little, so any refusal counts there.
func (d *reader) supposed(r *reading, m *mention) bool {
	v := &d.vocabulary
	if r.lang == "zh" || m.set.has(v.Otherwise) {
		return true
	}
	for k := range r.mentions {
		if n := &r.mentions[k]; n.start <= m.start && n.segment >= m.segment-1 && (n.set.has(v.If) || n.set.has(v.Unless)) {
			return true
		}
	}
	word := d.fold.Text[m.start:m.end]
	return strings.Contains(word, "ing") || strings.HasSuffix(word, "al")
}

// declines reports whether m is the person's not giving his face: refusing, or
// an act of giving that is denied.
func (d *reader) declines(r *reading, m *mention) bool {
	v := &d.vocabulary
	if m.set.has(v.Otherwise) {
		// "Or otherwise" in the middle of a list is no consequence.
		if before := strings.TrimRight(d.fold.Text[max(r.from, m.start-8):m.start], " "); before != "" && !strings.HasSuffix(before, ",") && !strings.HasSuffix(before, ";") && !strings.HasSuffix(before, ".") && !strings.HasSuffix(before, "。") {
			return false
		}
		return r.object.own && r.object.at.Start < m.start || !r.object.own
	}
	if m.set.has(v.Decline) {
		return !m.denied
	}
	if !m.denied || !(m.set.has(v.Consent) || m.set.has(v.Grant) || m.set.has(v.Authorise) || m.set.has(v.Capture)) {
		return false
	}
	// "… is not consent": a statement, not a refusal.
	if before := strings.TrimRight(d.fold.Text[r.from:max(r.from, m.not)], " "); strings.HasSuffix(before, " is") || strings.HasSuffix(before, " are") {
		return false
	}
	// 不会、绝不 promise; who refuses says 不 or 未.
	for _, w := range [...]string{"不会", "绝不", "从不", "决不", "概不", "恕不", "不再", "永不", "并不"} {
		if strings.HasPrefix(d.fold.Text[m.not:], w) {
			return false
		}
	}
	// "We cannot provide" is the consequence, not the refusal.
	for k := range r.mentions {
		n := &r.mentions[k]
		if n.segment == m.segment && n.start <= m.not && (n.set.has(v.Company) && d.apart(n, m) <= 8 || n.start <= m.not && m.not < n.end && (n.set.has(v.Unable) || n.set.has(v.DutyOfUser) && !n.set.has(v.If))) {
			return false
		}
	}
	return true
}

// denial is the word that withholds a service in r as the consequence of the
// refusal m.
func (d *reader) denial(r *reading, m *mention) *mention {
	v := &d.vocabulary
	for k := range r.mentions {
		x := &r.mentions[k]
		if !x.set.has(v.Deny) || x.start < m.end && m.start < x.end {
			continue
		}
		// In Chinese the condition stands first, unless it is an item under a
		// lead-in that states the consequence.
		if r.lang == "zh" && x.start < m.start && !(d.skip.End > 0 && x.end <= d.skip.Start && m.start >= d.skip.End) {
			continue
		}
		// A denial that is itself negated withholds nothing.
		if d.negatedDenial(r, k) {
			continue
		}
		if !d.admission(r, x) && d.serviceNear(r, x, 24) == nil {
			continue
		}
		return x
	}
	return nil
}

// admission reports whether the denial x is of an act that is a service by
// itself: "may not enter".
func (d *reader) admission(r *reading, x *mention) bool {
	for k := range r.mentions {
		if m := &r.mentions[k]; m.set.has(d.vocabulary.Admit) && m.start >= x.start && m.end <= x.end {
			return true
		}
	}
	return false
}

// negatedDenial reports whether mention k, itself a negative, is negated: "not
// without consent" demands consent.
func (d *reader) negatedDenial(r *reading, k int) bool {
	x := &r.mentions[k]
	if x.set.has(d.vocabulary.Not) {
		return false
	}
	return x.denied || d.negatedAt(r, x)
}

// serviceNear is the service nearest to x within reach words, in its segment or the
// next one.
func (d *reader) serviceNear(r *reading, x *mention, reach int) *mention {
	v := &d.vocabulary
	var best *mention
	for k := range r.mentions {
		s := &r.mentions[k]
		if !s.set.has(v.Service) || s.start == x.start {
			continue
		}
		if s.segment < x.segment-1 || s.segment > x.segment+1 {
			continue
		}
		if gap := d.apart(x, s); gap < reach {
			best, reach = s, gap
		}
	}
	return best
}

// wayOut reports whether only the face feature is lost, or another way is
// named, in the sentence of the refusal or right after it.
func (d *reader) wayOut(r *reading, words *mention) bool {
	v := &d.vocabulary
	i := r.index
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.set.has(v.FeatureOnly) && m.start >= words.start-80 && m.start <= words.end+80 {
			return true
		}
	}
	for j := max(0, i-1); j <= i+2 && j < len(d.readings); j++ {
		n := &d.readings[j]
		if j != i && !d.neighbours(n, r) {
			continue
		}
		for k := range n.mentions {
			m := &n.mentions[k]
			if !m.set.has(v.WayOut) || d.negatedAt(n, m) || j < i && n.Block != r.Block {
				continue
			}
			// A card that is withheld is no other way in.
			if j == i && m.set.has(v.Service) && d.apart(m, words) <= 10 {
				continue
			}
			return true
		}
	}
	return false
}
