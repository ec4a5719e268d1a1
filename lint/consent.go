package lint

import (
	"slices"
	"strings"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/segment"
)

// consents builds the propositions of how consent is taken: bundled with other
// things, or deemed from conduct or silence.
func (d *reader) consents() []Proposition {
	var out []Proposition
	var list *segment.Sentence // the lead-in of the last one
	for i := range d.readings {
		if !d.readings[i].relevant || d.readings[i].quoted || d.readings[i].Heading {
			continue
		}
		if d.ruleForUser(&d.readings[i]) {
			continue // "Don't …" in a list of rules for the user
		}
		r, stem := &d.readings[i], d.stem(i)
		if s := leadIn(r.Clause); s != nil && s == list {
			continue // one list, one finding
		}
		if !d.assents(said(r, stem)) {
			continue
		}
		o := d.near(i)
		if !o.plain() {
			continue
		}
		r = d.under(r, stem)
		r.object = o
		if m, words := d.bundled(r); m != nil && !d.takenTo(r, m) {
			out = append(out, d.consent(i, o, d.vocabulary.Bundled, m, words))
			list = leadIn(r.Clause)
		} else if m, words := d.deemed(r); m != nil {
			out = append(out, d.consent(i, o, d.vocabulary.Deemed, m, words))
			list = leadIn(r.Clause)
		}
	}
	d.skip = document.Span{}
	return out
}

// takenTo reports whether the bundling m is what somebody is taken to have agreed to:
// "… is taken to have agreed to everything done under this Section".
func (d *reader) takenTo(r *reading, m *mention) bool {
	v := &d.vocabulary
	return !r.has(v.OtherPermission) && !slices.ContainsFunc(r.mentions, func(n mention) bool {
		return n.set.has(v.Package) && (n.end <= m.start || n.start >= m.end)
	}) && slices.ContainsFunc(r.mentions, func(n mention) bool {
		return n.set.has(v.StrongDeem) && !n.denied && n.end <= m.start && d.between(n.end, m.start) <= 2
	})
}

// assents reports whether a sentence with these concepts may take consent.
func (d *reader) assents(all conceptSet) bool {
	v := &d.vocabulary
	return all.has(v.Consent) || all.has(v.Grant) || all.has(v.Authorise) || all.has(v.StrongBundle) || all.has(v.Bundled) ||
		all.has(v.Silence) || all.has(v.AcceptVerb) && all.has(v.Cover)
}

// consent builds the proposition that reading i takes consent to o in the given
// manner, which m and words show.
func (d *reader) consent(i int, o object, manner clauses.Concept, m, words *mention) Proposition {
	r := &d.readings[i]
	p := Proposition{
		Act:      Consent,
		Anchor:   o.anchor,
		Object:   d.fold.Back(o.at),
		Depth:    o.depth,
		Sentence: r.Sentence,
		Words:    d.fold.Back(document.Span{Start: words.start, End: words.end}),
		Evidence: d.evidence(o, r.lang),
		group:    -1,
	}
	p.Qualities = []Quality{{Concept: manner, Span: d.fold.Back(document.Span{Start: m.start, End: m.end}), Sentence: r.Sentence}}
	p.Business = r.has(d.vocabulary.Business)
	return p
}

// separate reports whether the passage of reading i takes consent separately.
func (d *reader) separate(i int) bool {
	v := &d.vocabulary
	// "Schedule A is a sheet of its own. By signing it the rider: (a) …".
	if stem := leadIn(d.readings[i].Clause); stem != nil && stem.Index < i && d.separate(stem.Index) {
		return true
	}
	for j := max(0, i-1); j <= i+1 && j < len(d.readings); j++ {
		r := &d.readings[j]
		if j != i && (!d.neighbours(r, &d.readings[i]) || r.Block != d.readings[i].Block) {
			continue
		}
		if m := r.first(v.Separate, 0); m != nil && !d.negatedAt(r, m) && !d.dispensed(r, m) && !d.deemedSeparate(r, m) {
			return true
		}
	}
	return false
}

// dispensed reports whether the text does without the separate consent m: it is
// part of words that bundle, 我们不设单独的同意栏.
func (d *reader) dispensed(r *reading, m *mention) bool {
	for k := range r.mentions {
		if n := &r.mentions[k]; n.set.has(d.vocabulary.Bundled) && n.start <= m.start && m.end <= n.end {
			return true
		}
	}
	return false
}

// deemedSeparate reports whether what is called separate consent is only deemed
// to be one: 使用即构成单独同意.
func (d *reader) deemedSeparate(r *reading, m *mention) bool {
	for k := range r.mentions {
		if n := &r.mentions[k]; n.set.has(d.vocabulary.StrongDeem) && !n.denied && n.segment == m.segment && n.end <= m.start {
			return true
		}
	}
	return false
}

// negatedAt reports whether a negation stands right before m, or governs it in
// its segment with no act between.
func (d *reader) negatedAt(r *reading, m *mention) bool {
	v := &d.vocabulary
	if !r.has(v.Not) {
		return false
	}
	for k := range r.mentions {
		n := &r.mentions[k]
		if n.end <= m.start && n.set.has(v.Not) && n.segment == m.segment && d.between(n.end, m.start) <= 6 && !d.found(r, n, m) {
			return true
		}
	}
	return false
}

// found reports whether the negation not has found its act before m, or is a part of a
// word for refusing: "who will not have a face scan".
func (d *reader) found(r *reading, not, m *mention) bool {
	return slices.ContainsFunc(r.mentions, func(n mention) bool {
		if n.end > m.start || len(n.parts) > 0 {
			return false
		}
		return n.start >= not.end && n.denied && n.set.meets(d.acts) ||
			n.set.has(d.vocabulary.Decline) && n.start <= not.start && not.end <= n.end
	})
}

// rejected reports whether the sentence denies that consent follows: "entering
// is not treated as consent", 视为不同意, "we never infer consent".
func (d *reader) rejected(r *reading, consent *mention) bool {
	v := &d.vocabulary
	if consent.denied {
		return true
	}
	// "The face recognition terminals are deemed accepted."
	if r.object.own {
		for k := range r.mentions {
			if m := &r.mentions[k]; m.set.has(v.Algorithm) && m.start >= r.object.at.End && m.end <= consent.start && d.between(r.object.at.End, m.start) <= 1 && d.between(m.end, consent.start) <= 4 {
				return true
			}
		}
	}
	// Consent and face data in different parts of the sentence have no tie.
	if r.object.own {
		lo, hi := min(consent.start, r.object.at.Start), max(consent.end, r.object.at.End)
		between := d.fold.Text[lo:hi]
		if lo < d.skip.Start && d.skip.End < hi {
			between = d.fold.Text[lo:d.skip.Start] + d.fold.Text[d.skip.End:hi]
		}
		if strings.Contains(between, ";") {
			return true
		}
	}
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.set.has(v.Deem) && m.denied && m.segment == consent.segment {
			return true
		}
		if m.start < consent.start && m.denied && m.set.has(v.Ask) && !d.silent(r, m) {
			return true
		}
	}
	return false
}

// silent reports whether the denied asking m is itself a silence: 不申请退出.
func (d *reader) silent(r *reading, m *mention) bool {
	for k := range r.mentions {
		if n := &r.mentions[k]; n.set.has(d.vocabulary.Silence) && n.start <= m.start && m.end <= n.end {
			return true
		}
	}
	return false
}

// consentWord is the first asserted word of consent or grant at or after from,
// other than skip.
func (d *reader) consentWord(r *reading, from int, skip *mention) *mention {
	v := &d.vocabulary
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.start < from || skip != nil && m.start < skip.end && skip.start < m.end {
			continue
		}
		if (m.set.has(v.Consent) || m.set.has(v.Authorise)) && len(m.parts) == 0 && !d.accepting(r, m) {
			return m
		}
	}
	return nil
}

// promise reports whether what is agreed to is a duty of the user: "you agree
// that you will not upload faces of others".
func (d *reader) promise(r *reading, c *mention) bool {
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.start >= c.end && m.start < r.object.at.Start && m.denied && m.set.meets(d.matrix) {
			return true
		}
	}
	return false
}

// faceAfter reports whether the sentence names its object at or after from, or
// takes it from elsewhere.
func (d *reader) faceAfter(r *reading, from int) bool {
	if !r.object.own {
		return true
	}
	for k := range r.mentions {
		if m := &r.mentions[k]; m.start >= from && d.anchorOf(m) >= DefinedAnchor {
			return true
		}
	}
	return r.object.at.Start >= from
}
