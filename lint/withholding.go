package lint

import (
	"slices"
	"strings"

	"github.com/clauselint/clauselint/document"
)

// denial is the word that withholds a service in r as the consequence of the
// refusal m.
func (d *reader) denial(r *reading, m *mention) *mention {
	v := &d.vocabulary
	for k := range r.mentions {
		x := &r.mentions[k]
		if !x.set.has(v.Deny) && !x.set.has(v.Futile) && !(x.set.has(v.End) && !x.denied && d.ends(r, x)) || x.start < m.end && m.start < x.end {
			continue
		}
		// What the person does himself withholds nothing from him.
		if (x.set.has(v.Withdraw) || x.set.has(v.Decline)) && d.byUser(r, x) {
			continue
		}
		// 不受理其取消授权的申请: the grant stays, which is another fault.
		if d.holdsOn(r, x) {
			continue
		}
		// In Chinese the condition stands first, unless it is an item under a
		// lead-in that states the consequence.
		if r.lang == "zh" && x.start < m.start && !(d.skip.End > 0 && x.end <= d.skip.Start && m.start >= d.skip.End) {
			continue
		}
		if x.start >= m.end && isConjunction(strings.TrimSpace(d.fold.Text[m.end:x.start])) {
			continue // "24 hours after unenrolment or termination": two of a kind
		}
		if w := d.fold.Text[x.start:x.end]; strings.HasPrefix(w, "无须") || strings.HasPrefix(w, "无需") || strings.HasPrefix(w, "不必") {
			continue // 无须办理: nothing is lost
		}
		// 至读者停用脸部登入或借阅证注销时为止: two ends of a period.
		if rest := d.fold.Text[x.end:r.to]; r.lang == "zh" && x.segment == m.segment && (strings.HasPrefix(rest, "时为止") || strings.HasPrefix(rest, "为止") || strings.HasPrefix(rest, "时止") || strings.HasPrefix(rest, "之日止") || strings.HasPrefix(rest, "之日为止")) {
			continue
		}
		if d.entersData(r, x) || d.keepsData(r, x) || d.faceThing(r, x) {
			continue
		}
		// A denial that is itself negated withholds nothing.
		if d.negatedDenial(r, k) {
			continue
		}
		if !d.admission(r, x) && d.serviceNear(r, x, 24) == nil && !d.adverse(r, x, m) {
			continue
		}
		return x
	}
	// 不予……, "will not be …": a consequence in the negative.
	for k := range r.mentions {
		x := &r.mentions[k]
		if x.set.has(v.Not) && len(x.parts) == 0 && !d.partOfRefusal(r, x) && !d.partOfQuality(r, x) && !d.entersData(r, x) && !x.set.has(v.Needless) && !d.faceThing(r, x) && !d.companyForbidden(r, x) && d.consequence(r, m, x) && d.adverse(r, x, m) {
			return x
		}
	}
	return nil
}

// byUser reports whether the last party named before x in its segment is the user,
// as a subject.
func (d *reader) byUser(r *reading, x *mention) bool {
	v := &d.vocabulary
	for k := len(r.mentions) - 1; k >= 0; k-- {
		n := &r.mentions[k]
		if n.end > x.start || n.segment != x.segment || len(n.parts) > 0 || !n.set.has(v.User) && !n.set.has(v.Company) {
			continue
		}
		return n.set.has(v.User) && !possessive(d.fold.Text, n) && d.modalBetween(r, n, x)
	}
	return false
}

// modalBetween reports whether the party n may or can do x.
func (d *reader) modalBetween(r *reading, n, x *mention) bool {
	for k := range r.mentions {
		if a := &r.mentions[k]; a.start >= n.end && a.end <= x.start && a.set.has(d.vocabulary.Able) {
			return true
		}
	}
	return false
}

// companyForbidden reports whether the negation x forbids or rules out something
// to the company: 本馆不得拒绝其入馆, 不得加收费用.
func (d *reader) companyForbidden(r *reading, x *mention) bool {
	v := &d.vocabulary
	w := d.fold.Text[x.start:x.end]
	if !strings.HasPrefix(w, "不得") && !strings.HasPrefix(w, "不应") && !strings.HasPrefix(w, "不会") {
		return false
	}
	for k := len(r.mentions) - 1; k >= 0; k-- {
		n := &r.mentions[k]
		if n.end > x.start || len(n.parts) > 0 {
			continue
		}
		if n.set.has(v.User) && n.segment == x.segment {
			return false
		}
		if n.set.has(v.Company) && !n.set.has(v.User) {
			// Its own prohibition, or one that goes on from the segment before.
			return n.segment == x.segment && d.between(n.end, x.start) <= 2 || n.segment < x.segment && d.forbids(r, n)
		}
	}
	return false
}

// partOfRefusal reports whether the negation x is a part of a word of refusing:
// the 不 of 不同意.
func (d *reader) partOfRefusal(r *reading, x *mention) bool {
	for k := range r.mentions {
		if n := &r.mentions[k]; n.set.has(d.vocabulary.Decline) && len(n.parts) == 0 && n.start <= x.start && x.end <= n.end {
			return true
		}
	}
	return false
}

// partOfQuality reports whether the negation x is a part of a word for how a grant
// is: the 无 of 无期限限制.
func (d *reader) partOfQuality(r *reading, x *mention) bool {
	return slices.ContainsFunc(r.mentions, func(n mention) bool {
		return n.set.meets(d.qualities) && n.start <= x.start && x.end < n.end
	})
}

// faceThing reports whether what is withheld is a thing that works by faces: "the face
// clock will not open for you".
func (d *reader) faceThing(r *reading, x *mention) bool {
	if r.lang != "en" {
		return false
	}
	for k := range r.mentions {
		n := &r.mentions[k]
		if gap := d.between(n.end, x.start); n.set.has(d.vocabulary.FaceWord) && n.end <= x.start && gap >= 1 && gap <= 2 && d.fold.Text[n.end-4:n.end] == "face" {
			return strings.HasSuffix(d.fold.Text[r.from:n.end], "the face") && !strings.Contains(d.fold.Text[n.end:x.start], "data")
		}
	}
	return false
}

// keepsData reports whether what x does not give is face data under a term: "we do
// not hand Scan Data to cities".
func (d *reader) keepsData(r *reading, x *mention) bool {
	for _, u := range d.usesIn(document.Span{Start: x.start, End: r.to}) {
		if u.anchor >= DefinedAnchor && r.lang == "en" && d.between(x.end, u.Start) <= 2 {
			return true
		}
	}
	return false
}

// forbids reports whether a negation of the same kind follows the party n at once.
func (d *reader) forbids(r *reading, n *mention) bool {
	rest := d.fold.Text[n.end:r.to]
	return strings.HasPrefix(rest, "不得") || strings.HasPrefix(rest, "不应") || strings.HasPrefix(rest, "不会") || strings.HasPrefix(rest, "也不")
}

// ends reports whether what the word x ends is something else than a consent or
// what was taken: "an offer of employment lapses".
func (d *reader) ends(r *reading, x *mention) bool {
	v := &d.vocabulary
	for k := range r.mentions {
		if n := &r.mentions[k]; n.segment == x.segment && n.end <= x.start && d.between(n.end, x.start) <= 8 && (n.set.has(v.Consent) || n.set.has(v.Grant) || n.set.has(v.Face) || n.set.has(v.DataNoun) && !n.set.has(v.Service) || n.set.has(v.Back)) {
			return false
		}
	}
	return true
}

// holdsOn reports whether the denial x is part of words that make a grant
// irrevocable.
func (d *reader) holdsOn(r *reading, x *mention) bool {
	for k := range r.mentions {
		if n := &r.mentions[k]; len(n.parts) > 1 && n.set.has(d.vocabulary.Irrevocable) && n.start <= x.start && x.end <= n.end {
			return true
		}
	}
	return false
}

// consequence reports whether the negation x stands in the part of r that says
// what follows from the refusal m, not in that of the refusal.
func (d *reader) consequence(r *reading, m, x *mention) bool {
	text := d.fold.Text
	if m.denied && x.start < m.end && m.not <= x.start || x.start >= m.start && x.start < m.end {
		return false
	}
	if x.start > m.start {
		if x.segment != m.segment {
			return true
		}
		// "Residents who do not enrol will not be admitted", "unless you enrol we
		// are unable to": a verb or a subject of its own.
		if r.lang == "en" {
			return ownVerb(text[m.end:x.start], text[x.start:x.end]) || d.partyAfter(r, m, x)
		}
		return d.before(r, m, x)
	}
	// "Entry will not be possible unless …": the main clause first.
	return d.skip.End > 0 && x.end <= d.skip.Start && m.start >= d.skip.End || r.lang == "en" && d.supposedFrom(r, x, m) < r.to
}

// ownVerb reports whether the negation x, between is the text before it, belongs to
// another verb than the one before: "… may not", "… cannot".
func ownVerb(between, x string) bool {
	for _, w := range [...]string{" will ", " may ", " shall ", " can ", " would ", " must ", " could "} {
		if strings.Contains(between, w) {
			return true
		}
	}
	return strings.HasPrefix(x, "cannot") || strings.HasPrefix(x, "can't") || strings.HasPrefix(x, "won't")
}

// supposedFrom is where, after the negation x, the words begin that put the
// refusal m as a case; the end of r if they do not come after x.
func (d *reader) supposedFrom(r *reading, x, m *mention) int {
	v := &d.vocabulary
	for k := range r.mentions {
		n := &r.mentions[k]
		if n.start > x.end && n.start <= m.start && (n.set.has(v.Unless) || n.set.has(v.If) || n.set.has(v.Without) || n.set.has(v.Otherwise)) {
			return n.start
		}
	}
	return r.to
}

// partyAfter reports whether a party is named between the refusal m, its object
// and the negation x, as the subject of x.
func (d *reader) partyAfter(r *reading, m, x *mention) bool {
	v := &d.vocabulary
	for k := range r.mentions {
		n := &r.mentions[k]
		if n.start >= m.end && n.end <= x.start && (n.set.has(v.Company) || n.set.has(v.User)) && !possessive(d.fold.Text, n) && d.between(n.end, x.start) <= 2 {
			return true
		}
	}
	return false
}

// before reports whether the refusal m is put as a time that has not come,
// which the negation x in the same stretch follows: 同意采集之前不会被受理.
func (d *reader) before(r *reading, m, x *mention) bool {
	for k := range r.mentions {
		if n := &r.mentions[k]; n.set.has(d.vocabulary.Before) && n.end <= x.start && n.end >= m.end-3 {
			return true
		}
	}
	return false
}

// adverse reports whether what x denies, or does not do, is something that the
// person who refuses as in m would have: anything but the processing of his face
// and its harms.
func (d *reader) adverse(r *reading, x, m *mention) bool {
	v := &d.vocabulary
	to := r.to
	if x.start < m.start {
		to = d.supposedFrom(r, x, m)
	}
	for k := range r.mentions {
		n := &r.mentions[k]
		if n.segment == x.segment && n.start >= x.end && n.end <= to && n.set.meets(d.noService) && !n.set.has(v.Service) && !n.set.has(v.Admit) {
			return false
		}
		// 不收取费用: a fee that is not taken is no loss.
		if n.segment == x.segment && n.start >= x.end && n.set.has(v.Harm) && strings.Contains(d.fold.Text[x.end:n.start], "收") {
			return false
		}
		// 删除后无法恢复.
		if n.segment == x.segment && n.end <= x.start && n.set.has(v.Deletion) && d.between(n.end, x.start) <= 3 {
			return false
		}
	}
	// Nor is it a loss that what is known of one's face is not done something with.
	for _, u := range d.usesIn(document.Span{Start: x.end, End: to}) {
		if u.anchor >= DefinedAnchor && d.between(x.end, u.Start) <= 8 {
			return false
		}
	}
	// "Guests who refuse will be turned away."
	if r.lang == "en" && x.set.has(v.Deny) && d.ofWhoRefuses(r, m, x) {
		return true
	}
	// "… will have their shops taken down"
	if r.lang == "en" && x.start > m.end && strings.Contains(d.fold.Text[m.end:x.start], " have their ") {
		return true
	}
	return d.between(x.end, to) > 0
}

// ofWhoRefuses reports whether the subject of x, a verb in the passive, is the person of
// whom a relative clause says that he refuses as in m.
func (d *reader) ofWhoRefuses(r *reading, m, x *mention) bool {
	v := &d.vocabulary
	if x.start < m.end || !strings.HasSuffix(d.fold.Text[m.end:x.start], " be ") && !strings.HasSuffix(d.fold.Text[m.end:x.start], " are ") && !strings.HasSuffix(d.fold.Text[m.end:x.start], " is ") {
		return false
	}
	return slices.ContainsFunc(r.mentions, func(n mention) bool {
		return n.set.has(v.If) && n.end <= m.start && strings.HasPrefix(d.fold.Text[n.start:], "who") && d.between(n.end, m.start) <= 1 && !slices.ContainsFunc(r.mentions, func(s mention) bool {
			// "Where users who decline are few, the feature will be closed."
			return s.start >= m.end && s.end <= x.start && s.segment != m.segment
		})
	})
}

// admission reports whether the denial x is of an act that is a service by
// itself: "may not enter".
func (d *reader) admission(r *reading, x *mention) bool {
	return slices.ContainsFunc(r.mentions, func(m mention) bool {
		return m.set.has(d.vocabulary.Admit) && m.start >= x.start && m.end <= x.end
	})
}

// entersData reports whether what x does not let in is no person: 打码后的部分不进入素材.
func (d *reader) entersData(r *reading, x *mention) bool {
	v := &d.vocabulary
	return r.lang == "zh" && slices.ContainsFunc(r.mentions, func(a mention) bool {
		return a.set.has(v.Admit) && a.start >= x.start && a.start <= x.end && slices.ContainsFunc(r.mentions, func(m mention) bool {
			return m.start == a.end && (m.set.has(v.Content) || m.set.has(v.DataNoun))
		})
	})
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
