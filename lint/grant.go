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

// userGrants reports whether the person grants something in r in so many
// words. A likeness is no face data, so nothing less will do for it.
// chained reports whether an object carried more than one step stays in the
// paragraph or clause of r, from pronoun to pronoun: "This permission … It …".
func (d *reader) chained(r *reading, o object) bool {
	at := d.readingAt(o.at.Start)
	if at >= len(d.readings) {
		return false
	}
	p := &d.readings[at]
	return p.Block == r.Block || leadIn(r.Clause) != nil && leadIn(p.Clause) == leadIn(r.Clause) || p.Clause == r.Clause && r.Clause.Level > 0 && r.has(d.vocabulary.Back)
}

// reaches reports whether the quality m can be said of the object o: they stand
// near each other, or the sentence is one long grant by the user.
// otherPart reports whether a semicolon parts m from the object o, and m's part
// of the sentence has something else to speak of.
// withdrawalWaived reports whether the right that m waives is that to withdraw,
// which is a limb of its own.
// insidePeriod reports whether m is part of the words of a period: "as long as
// we see fit" sets no purpose.
// excess reports whether a quality beyond the three limbs (any purpose, any
// form, exclusive) is close to the object and to a word of granting or using.
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

// holds reports whether the text asserts the quality m: not denied, not asked
// for in vain, not forbidden to the user, not granted by the company.
// agent reports whether the doer of what m says makes it no limb: the user who
// may pass on his own data, or the company that cannot take something back.
// byCompany reports whether m is done by the company in the passive: "cannot be
// reversed by us".
// companyWaives reports whether it is the company that gives rights up.
// spent reports whether the negation at k does not reach the quality m: it
// stands too far off, or has found an act of its own before m.
// userForbidden reports whether a prohibition on the user at k governs m:
// "the user must not license others in perpetuity".
// companyGrants reports whether the grant that m qualifies runs from the
// company to the user: "we grant you", "our licence of the SDK to you", 我们授予您.
// isGrantVerb reports whether an English word of granting is a verb: what
// stands after a noun ("the licence users give") need not receive.
// relative reports whether the party at j is the subject of a clause of its own:
// a word of granting or making available follows at once.
// possessive reports whether the party p owns what follows rather than acts:
// 您的, your.
// bears reports whether the quality c, said by m, belongs to a grant rather
// than to a payment order, a deletion or an employment contract.
// predicate reports whether what follows before is said of a subject: "… is
// irrevocable", ……即不可撤销.
// otherSubject reports whether the segment of m begins with something that can
// be irrevocable without being a grant: "A payment approved by face is …".
// adverbial reports whether what precedes after is only a time: 劳动合同存续期间.
// userRight reports whether what m calls endless is a right of the person, such
// as having the data erased.
// userEnds reports whether m is a denied ending whose agent is the user, which
// makes a grant irrevocable rather than endless: "cannot be terminated by you".
// modal reports whether a denied act is forbidden or impossible rather than just
// not so; before is the text before its negation.
// endsByItself reports whether m denies that the grant ends, rather than that
// somebody ends it, by a word that could mean both: 亦不终止.
// gap is the distance between two offsets, other qualities left out: in
// "irrevocable, worldwide and perpetual licence" the licence is near.
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
			if m.set.has(v.Business) && m.start < l.mention.start && !m.set.has(v.ThirdParty) && !d.personBefore(r, m) {
				p.Business = true
			}
		}
	}
	p.Qualities = distinct(p.Qualities)
	p.Contrary = d.contrary(limbs)
	return p
}

// personBefore reports whether a natural person is named in r before m, who then
// grants something to it.
func (d *reader) personBefore(r *reading, m *mention) bool {
	for k := range r.mentions {
		if n := &r.mentions[k]; n.end <= m.start && (n.set.has(d.vocabulary.User) && !n.set.has(d.vocabulary.Business) || n.set.has(d.vocabulary.Grant) && d.between(n.end, m.start) == 0) {
			return true
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
	for i := max(0, lo-3); i < len(d.readings) && i <= hi+3; i++ {
		r := &d.readings[i]
		if r.quoted || i != lo && d.readings[lo].Clause != r.Clause && r.Clause.Parent != d.readings[lo].Clause.Parent {
			continue
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
			if m.segment == w.segment && m.set.has(v.Not) {
				able = false
				break
			}
		}
		if user && able && (r.has(v.AtAnyTime) || d.resolve(i).anchor != NoAnchor) {
			out = append(out, Evidence{Span: d.fold.Back(document.Span{Start: w.start, End: w.end}), Role: RoleContrary})
		}
	}
	return out
}
