package lint

import (
	"strings"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/segment"
)

// consents builds the propositions of how consent is taken: bundled with other
// things, or deemed from conduct or silence.
func (d *reader) consents() []Proposition {
	var out []Proposition
	var stem *segment.Sentence
	for i := range d.readings {
		if !d.readings[i].relevant || d.readings[i].quoted || d.readings[i].Heading {
			continue
		}
		if d.ruleForUser(&d.readings[i]) {
			continue // "Don't …" in a list of rules for the user
		}
		r := d.withStem(i)
		if s := leadIn(r.Clause); s != nil && s == stem {
			continue // one list, one finding
		}
		if !r.has(d.vocabulary.Consent) && !r.has(d.vocabulary.Grant) && !r.has(d.vocabulary.Authorise) && !r.has(d.vocabulary.StrongBundle) && !r.has(d.vocabulary.Bundled) &&
			!r.has(d.vocabulary.Silence) && !(r.has(d.vocabulary.AcceptVerb) && r.has(d.vocabulary.Cover)) {
			continue
		}
		o := d.near(i)
		if !o.plain() {
			continue
		}
		r.object = o
		if m, words := d.bundled(r); m != nil {
			out = append(out, d.consent(i, o, d.vocabulary.Bundled, m, words))
			stem = leadIn(r.Clause)
		} else if m, words := d.deemed(r); m != nil {
			out = append(out, d.consent(i, o, d.vocabulary.Deemed, m, words))
			stem = leadIn(r.Clause)
		}
	}
	d.skip = document.Span{}
	return out
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
	for k := range r.mentions {
		n := &r.mentions[k]
		if n.end <= m.start && n.set.has(v.Not) && n.segment == m.segment && d.between(n.end, m.start) <= 6 && !d.found(r, n, m) {
			return true
		}
	}
	return false
}

// found reports whether the negation not has found its act before m.
func (d *reader) found(r *reading, not, m *mention) bool {
	for k := range r.mentions {
		if n := &r.mentions[k]; n.start >= not.end && n.end <= m.start && n.denied && n.set.meets(d.acts) && len(n.parts) == 0 {
			return true
		}
	}
	return false
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

// bundled finds the words that bundle face consent with other things in
// r, and the words of consent; nil if it does not.
func (d *reader) bundled(r *reading) (manner, words *mention) {
	v := &d.vocabulary
	if d.separate(r.index) {
		return nil, nil
	}
	// Consent that cannot be given or refused on its own.
	if m := r.first(v.Bundled, 0); m != nil && !d.negatedAt(r, m) && !(len(m.parts) > 2 && r.has(v.Sublicensable)) {
		if c := d.consentWord(r, 0, m); c != nil && !c.denied {
			return m, c
		}
		return m, m
	}
	if m := r.first(v.StrongBundle, 0); m != nil && !d.negatedAt(r, m) {
		c := d.consentWord(r, 0, m)
		if c == nil {
			c = r.asserted(v.Consent) // "agreement to the policy and to face capture"
		}
		if c != nil && !c.denied {
			return m, c
		}
	}
	if m, words := d.coordinate(r); m != nil {
		return m, words
	}
	if m, words := d.sweeping(r); m != nil {
		return m, words
	}
	// Accepting the package means consent to face processing.
	if a := d.acceptance(r); a != nil && !d.standalone {
		if c := d.consentWord(r, a.end, nil); c != nil && d.tied(r, a, c) && !d.rejected(r, c) && d.faceAfter(r, a.end) && !d.promise(r, c) {
			return a, c
		}
	}
	// Consent to several things at once, face data among them.
	if w := r.first(v.WeakBundle, 0); w != nil && r.has(v.OtherPermission) && !d.negatedAt(r, w) {
		c := d.consentWord(r, 0, w)
		if c == nil && w.set.has(v.OtherPermission) && (d.acceptance(r) != nil || r.asserted(v.AcceptVerb) != nil) {
			c = w // a term that is itself several permissions: "all Core Permissions"
		}
		if c != nil && !d.rejected(r, c) && r.object.own {
			return w, c
		}
	}
	return nil, nil
}

// sweeping finds an act of assent that reaches further than face data, and the
// words that say how far: "one signature covers the handbook, payroll deductions
// and the capture of your face".
func (d *reader) sweeping(r *reading) (manner, words *mention) {
	v := &d.vocabulary
	assents := setOf(v.Consent, v.AcceptVerb, v.AcceptPackage, v.StrongBundle)
	for k := range r.mentions {
		c := &r.mentions[k]
		if !c.set.has(v.Cover) || c.denied || d.negatedAt(r, c) || !d.faceAfter(r, c.end) || !r.object.own && leadIn(r.Clause) == nil || d.limited(r, c) {
			continue
		}
		var a *mention
		for j := range r.mentions[:k] {
			if n := &r.mentions[j]; (n.set.meets(assents) && !n.set.has(v.LightVerb) || d.doingSo(r, n)) && !n.denied && n.end <= c.start && d.between(n.end, c.start) <= 14 && !d.negatedAt(r, n) {
				a = n
			}
		}
		if a == nil || d.rejected(r, a) {
			continue
		}
		for j := range r.mentions {
			n := &r.mentions[j]
			if n.start < a.start || n.start < c.end && !n.set.has(v.Package) {
				continue
			}
			other := n.set.has(v.OtherPermission) || n.set.has(v.Package) && !d.standalone ||
				a.set.has(v.StrongBundle) && n.start >= c.end && d.anchorOf(n) < DefinedAnchor && n.set.meets(d.content) && d.listed(n)
			if other && !d.excluded(r, n) && !(n.start <= c.start && c.end <= n.end) {
				return a, c
			}
		}
		if d.amongOthers(r) || d.foreignItem(r, c) {
			return a, c
		}
	}
	return nil, nil
}

// limited reports whether what c covers is limited to what is named: "covers the
// terms only", 仅涵盖.
func (d *reader) limited(r *reading, c *mention) bool {
	text := d.fold.Text
	if strings.HasSuffix(text[r.from:c.start], "仅") || strings.HasSuffix(text[r.from:c.start], "只") {
		return true
	}
	rest := text[c.end:r.to]
	if i := strings.IndexAny(rest, ",;:."); i >= 0 {
		rest = rest[:i]
	}
	return strings.Contains(rest, " only")
}

// foreignItem reports whether what c covers is an enumeration in which some items
// are no data at all: 号卡服务、套餐推介以及人像比对.
func (d *reader) foreignItem(r *reading, c *mention) bool {
	v := &d.vocabulary
	rest := d.fold.Text[c.end:r.to]
	if i := strings.IndexAny(rest, ";.。:"); i >= 0 {
		rest = rest[:i]
	}
	data, foreign := 0, 0
	for at := c.end; at < c.end+len(rest); {
		item, next := cutItem(d.fold.Text[at : c.end+len(rest)])
		to := at + item
		named := false
		for k := range r.mentions {
			n := &r.mentions[k]
			named = named || n.start >= at && n.end <= to && (d.anchorOf(n) >= DefinedAnchor || n.set.has(v.DataNoun) || n.set.has(v.Photo) || n.set.has(v.Use) || n.set.has(v.Technique))
		}
		if named {
			data++
		} else if units(d.fold.Text[at:to]) >= 2 {
			foreign++
		}
		at += next
	}
	return data > 0 && foreign > 0 && data+foreign > 2
}

// cutItem is the length of the first item of an enumeration, and where the next
// one begins.
func cutItem(s string) (item, next int) {
	item, next = len(s), len(s)
	for _, sep := range [...]string{"、", ",", "以及", " and ", "和"} {
		if i := strings.Index(s, sep); i >= 0 && i < item {
			item, next = i, i+len(sep)
		}
	}
	return item, next
}

// amongOthers reports whether r is an item of a list that has items of something
// else to permit or accept.
func (d *reader) amongOthers(r *reading) bool {
	v := &d.vocabulary
	if leadIn(r.Clause) == nil || r.Clause.Parent == nil {
		return false
	}
	for _, sib := range r.Clause.Parent.Children {
		if leadIn(sib) != leadIn(r.Clause) || sib == r.Clause {
			continue
		}
		for _, s := range sib.Sentences {
			if o := &d.readings[s.Index]; o.has(v.OtherPermission) || o.has(v.Package) && !d.standalone {
				return true
			}
		}
	}
	return false
}

// coordinate finds the acceptance of a package in whose row of objects face data
// stands: 同意《服务协议》《隐私政策》以及人脸信息采集授权.
func (d *reader) coordinate(r *reading) (manner, words *mention) {
	v := &d.vocabulary
	if !r.object.own || d.standalone {
		return nil, nil
	}
	for k := range r.mentions {
		a := &r.mentions[k]
		if !a.set.has(v.AcceptPackage) || len(a.parts) < 2 || a.denied || d.negatedAt(r, a) {
			continue
		}
		for j := range r.mentions {
			o := &r.mentions[j]
			if o.start < a.end || o.segment != a.segment || d.anchorOf(o) < DefinedAnchor || d.between(a.end, o.start) > 16 {
				continue
			}
			between := d.fold.Text[a.end:o.start]
			if strings.ContainsAny(between, "、") || strings.Contains(between, "及") || strings.Contains(between, "和") || strings.Contains(between, "与") || strings.Contains(between, " and, with it,") || strings.Contains(between, " and to ") {
				if c := d.consentWord(r, a.start, nil); c != nil && c.denied {
					return nil, nil
				}
				return a, a
			}
		}
	}
	return nil, nil
}

// doingSo reports whether n points back to an acceptance in the sentence before:
// "Tap Continue to create your account. Doing so …".
func (d *reader) doingSo(r *reading, n *mention) bool {
	if !strings.HasPrefix(d.fold.Text[n.start:], "doing so") || r.index == 0 {
		return false
	}
	p := &d.readings[r.index-1]
	return p.Block == r.Block && p.asserted(d.vocabulary.AcceptPackage) != nil
}

// listed reports whether a comma or a conjunction follows n soon, as an item of
// an enumeration.
func (d *reader) listed(n *mention) bool {
	rest := d.fold.Text[n.end:]
	for i, r := range rest {
		switch {
		case i > 40 || r == '.' || r == '。' || r == ';':
			return false
		case r == ',' || r == '、':
			return true
		}
	}
	return false
}

// acceptance is the words that accept a package as a whole: signing the
// agreement, registering.
func (d *reader) acceptance(r *reading) *mention {
	v := &d.vocabulary
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.set.has(v.AcceptPackage) && !m.denied && !d.negatedAt(r, m) && !d.silentAfter(r, m) {
			return m
		}
	}
	return nil
}

// silentAfter reports whether silence, not the acceptance m, is what r counts as
// consent.
func (d *reader) silentAfter(r *reading, m *mention) bool {
	s := r.first(d.vocabulary.Silence, m.end)
	return s != nil && r.first(d.vocabulary.Deem, s.end) != nil
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

// tied reports whether accepting at a is said to be consenting at c: by a word
// of deeming or adding between them, or, in English, by standing close ("By
// signing you consent").
func (d *reader) tied(r *reading, a, c *mention) bool {
	v := &d.vocabulary
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.start >= a.end && m.start <= c.end && (m.set.has(v.Deem) && !m.denied || m.set.has(v.WeakBundle)) {
			return d.apart(a, c) <= 40
		}
	}
	return r.lang == "en" && d.apart(a, c) <= 10 && c.segment <= a.segment+1
}

// byDoing reports whether what follows before is a means: "by going on using".
func byDoing(before string) bool {
	words := strings.Fields(before)
	for i := len(words) - 1; i >= 0 && i >= len(words)-3; i-- {
		switch words[i] {
		case "by", "through":
			return true
		}
	}
	return false
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

// accepting reports whether m is the accepting of a package rather than a
// consent to something.
func (d *reader) accepting(r *reading, m *mention) bool {
	for k := range r.mentions {
		if n := &r.mentions[k]; n.set.has(d.vocabulary.AcceptPackage) && len(n.parts) > 0 && n.start <= m.start && m.end <= n.end {
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

// deemed finds the conduct or silence that r counts as consent.
func (d *reader) deemed(r *reading) (manner, words *mention) {
	v := &d.vocabulary
	// "Only after you have signed": consent is taken, not deemed.
	if m := r.asserted(v.Precondition); m != nil && (strings.HasPrefix(d.fold.Text[m.start:], "only") || strings.HasPrefix(d.fold.Text[m.start:], "只有")) {
		return nil, nil
	}
	if d.separate(r.index) {
		return nil, nil
	}
	for k := range r.mentions {
		m := &r.mentions[k]
		silence := m.set.has(v.Silence)
		if !silence && !m.set.has(v.Conduct) {
			continue
		}
		if m.denied && !silence {
			continue
		}
		// conduct … is deemed … consent
		for j := range r.mentions {
			x := &r.mentions[j]
			if !x.set.has(v.Deem) || x.denied || d.negatedAt(r, x) || x.start < m.end && !(silence && x.end <= m.start) && !d.following(r, x, m) {
				continue
			}
			if c := d.consentWord(r, x.end, nil); c != nil && !d.rejected(r, c) && d.between(x.end, c.start) <= 14 {
				return x, c
			}
		}
		// silence … consent, with no word of deeming: 未提出异议的，按同意处理
		if silence {
			if c := d.consentWord(r, m.end, m); c != nil && !d.rejected(r, c) && r.has(v.Deem) && d.between(m.end, c.start) <= 14 && !r.has(v.Decline) {
				return m, c
			}
		}
	}
	// "Ticked by default, and unless you untick it your face will be captured".
	for k := range r.mentions {
		m := &r.mentions[k]
		if !m.set.has(v.Silence) || d.negatedAt(r, m) || modal(d.fold.Text[r.from:m.start], d.fold.Text[m.start:m.end]) {
			continue
		}
		for j := range r.mentions {
			if c := &r.mentions[j]; c.start >= m.end && (c.segment > m.segment || r.lang == "en") && c.set.has(v.Capture) && c.set.has(v.Use) && !c.denied && !c.set.has(v.Serve) && !d.refused(r, c) && d.between(m.end, c.start) <= 14 && d.sameStretch(r, c) {
				return m, c
			}
		}
	}
	// "A resident agrees … by any of the following: walking through the lobby".
	if s := leadIn(r.Clause); s != nil && d.skip.End > 0 && d.byList(&d.readings[s.Index]) {
		for k := range r.mentions {
			m := &r.mentions[k]
			if m.start >= d.skip.End && (m.set.has(v.Conduct) || m.set.has(v.Silence)) && !m.set.has(v.AcceptVerb) && (!m.denied || m.set.has(v.Silence)) {
				if c := d.consentWord(r, r.from, nil); c != nil && c.end <= d.skip.Start && !d.rejected(r, c) {
					return m, c
				}
			}
		}
	}
	// "If you go on visiting us, you accept …"
	for k := range r.mentions {
		m := &r.mentions[k]
		if !m.set.has(v.Conduct) || m.set.has(v.AcceptVerb) || m.set.has(v.Consent) || m.denied || r.lang != "en" || !d.supposed(r, m) || d.anchoredBefore(r, m) {
			continue
		}
		if c := d.consentWord(r, m.end, nil); c != nil && c.segment == m.segment+1 && d.sayYou(r, c) && !d.rejected(r, c) && !d.promise(r, c) && d.faceAfter(r, m.end) {
			return m, c
		}
	}
	// "By using the app you agree to …"
	for k := range r.mentions {
		m := &r.mentions[k]
		if !m.set.has(v.Conduct) || m.set.has(v.AcceptVerb) || m.set.has(v.Consent) || m.denied || !byDoing(d.fold.Text[r.from:m.start]) {
			continue
		}
		if c := d.consentWord(r, m.end, nil); c != nil && !d.rejected(r, c) && !d.promise(r, c) && d.between(m.end, c.start) <= 12 && d.faceAfter(r, m.end) {
			return m, c
		}
	}
	// Whatever it was: 视为同意, with no act of agreeing before it.
	for k := range r.mentions {
		x := &r.mentions[k]
		if (x.set.has(v.AcceptVerb) || x.set.has(v.AcceptPackage)) && !x.set.has(v.StrongDeem) {
			break
		}
		if !x.set.has(v.StrongDeem) || x.denied || d.negatedAt(r, x) {
			continue
		}
		if c := d.consentWord(r, x.end, nil); c != nil && !d.rejected(r, c) && d.between(x.end, c.start) <= 12 {
			return x, c
		}
	}
	// 同意视为已作出: the consent first, then the deeming.
	for k := range r.mentions {
		x := &r.mentions[k]
		if !x.set.has(v.StrongDeem) || x.denied || d.negatedAt(r, x) {
			continue
		}
		if c := d.consentWord(r, r.from, nil); c != nil && c.end <= x.start && d.between(c.end, x.start) <= 16 && !d.rejected(r, c) && (r.has(v.Conduct) || r.has(v.Silence) || !r.has(v.AcceptVerb) && !r.has(v.AcceptPackage) && d.madeAfter(x)) {
			return x, c
		}
	}
	// 默认同意, "implied consent"
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.set.has(v.Deemed) && !d.negatedAt(r, m) {
			if c := d.consentWord(r, m.start, nil); c != nil && !d.rejected(r, c) {
				return m, c
			}
		}
	}
	return nil, nil
}

// refused reports whether a refusal is spoken of in the segment of c: silence is
// a no, and nothing is captured.
func (d *reader) refused(r *reading, c *mention) bool {
	for k := range r.mentions {
		if n := &r.mentions[k]; n.segment == c.segment && n.set.has(d.vocabulary.Decline) && !n.denied && !n.set.has(d.vocabulary.Silence) {
			return true
		}
	}
	return false
}

// byList reports whether the lead-in r says by what means: "by any of the
// following".
func (d *reader) byList(r *reading) bool {
	text := strings.TrimRight(d.fold.Text[r.from:r.to], " :")
	for _, w := range [...]string{" by", " by any of the following", " by the following", " by any one of the following", " by doing any of the following", " through", "通过以下方式", "以下列方式", "以下列任一方式", "以下任一方式"} {
		if strings.HasSuffix(text, w) {
			return true
		}
	}
	return false
}

// madeAfter reports whether the words of deeming x go on to say that something has
// been given: 被推定已经作出.
func (d *reader) madeAfter(x *mention) bool {
	rest := d.fold.Text[x.end:]
	for _, w := range [...]string{"已", "作出", "给出", "取得", "成立", "为已", " given", " to have been given", " as given", " made"} {
		if strings.HasPrefix(rest, w) {
			return true
		}
	}
	return false
}

// following reports whether the conduct m stands in the list that the words of
// deeming x announce: "any of these means you agree: …".
func (d *reader) following(r *reading, x, m *mention) bool {
	return x.end <= m.start && strings.Contains(d.fold.Text[x.end:m.start], ":")
}

// sameStretch reports whether r names its object in the segment of c, or takes
// it from elsewhere.
func (d *reader) sameStretch(r *reading, c *mention) bool {
	if !r.object.own {
		return true
	}
	for k := range r.mentions {
		if n := &r.mentions[k]; n.segment == c.segment && (d.anchorOf(n) >= DefinedAnchor || n.set.has(d.vocabulary.DataNoun) || n.set.has(d.vocabulary.Back)) {
			return true
		}
	}
	return false
}

// anchoredBefore reports whether face data is named in the segment of m: who
// uses the face feature does more than turn up.
func (d *reader) anchoredBefore(r *reading, m *mention) bool {
	for k := range r.mentions {
		if n := &r.mentions[k]; n.segment == m.segment && d.anchorOf(n) >= DefinedAnchor {
			return true
		}
	}
	return false
}

// sayYou reports whether the person is the subject of the consent c: "you accept".
func (d *reader) sayYou(r *reading, c *mention) bool {
	for k := range r.mentions {
		if n := &r.mentions[k]; n.set.has(d.vocabulary.User) && !possessive(d.fold.Text, n) && n.end <= c.start && d.between(n.end, c.start) <= 2 {
			return true
		}
	}
	return false
}
