package lint

import (
	"slices"
	"strings"
)

// bundled finds the words that bundle face consent with other things in
// r, and the words of consent; nil if it does not.
func (d *reader) bundled(r *reading) (manner, words *mention) {
	v := &d.vocabulary
	if d.separate(r.index) {
		return nil, nil
	}
	// Consent that cannot be given or refused on its own.
	if m := r.first(v.Bundled, 0); m != nil && !d.negatedAt(r, m) && !(len(m.parts) > 2 && r.has(v.Sublicensable)) && !d.nothingWithout(r, m) && !d.unlessInside(r, m) {
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
	if m := r.first(v.StrongBundle, 0); m != nil && !d.negatedAt(r, m) && d.mixedItems(r) {
		if a := r.first(v.AcceptVerb, m.start); a != nil && !a.denied {
			return m, a
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
	// 一并作出对本协议以及第四条授权的同意.
	if w := r.first(v.WeakBundle, 0); w != nil && !d.standalone && !d.negatedAt(r, w) && len(d.references(r)) > 0 {
		c := d.consentWord(r, w.end, w)
		named := c != nil && slices.ContainsFunc(r.mentions, func(n mention) bool {
			return n.set.has(v.Package) && n.start >= w.end && n.end <= c.start
		})
		if named && !d.rejected(r, c) {
			return w, c
		}
	}
	return nil, nil
}

// mixedItems reports whether r introduces a list of which some items are about faces
// and others about something else.
func (d *reader) mixedItems(r *reading) bool {
	faces, others := false, false
	for _, c := range r.Clause.Children {
		if leadIn(c) != r.Sentence {
			continue
		}
		face := false
		for _, s := range c.Sentences {
			face = face || d.own(&d.readings[s.Index]).anchor >= DefinedAnchor
		}
		faces, others = faces || face, others || !face
	}
	// （1）读取剪贴板；（2）采集人脸信息: in its own paragraph.
	if d.opensList(r) {
		others = others || d.own(r).anchor < DefinedAnchor && strings.HasSuffix(strings.TrimRight(d.fold.Text[r.from:r.to], " "), ";")
		for j := r.index + 1; j < len(d.readings) && j <= r.index+8 && d.readings[j].Block == r.Block; j++ {
			face := d.own(&d.readings[j]).anchor >= DefinedAnchor
			faces, others = faces || face, others || !face
		}
	}
	return faces && others
}

// nothingWithout reports whether m is a "without separate consent" under which
// nothing is done: "… we give your picture to nobody".
func (d *reader) nothingWithout(r *reading, m *mention) bool {
	return strings.HasPrefix(d.fold.Text[m.start:m.end], "without") && slices.ContainsFunc(r.mentions, func(n mention) bool {
		return n.set.has(d.vocabulary.Not) && len(n.parts) == 0 && (n.start >= m.end && n.segment <= m.segment+1 || n.end <= m.start && n.segment == m.segment)
	})
}

// unlessInside reports whether m is a case that an "unless" sets aside: "we do not …
// unless you have agreed separately".
func (d *reader) unlessInside(r *reading, m *mention) bool {
	return slices.ContainsFunc(r.mentions, func(n mention) bool {
		return n.set.has(d.vocabulary.Unless) && (n.start > m.start && n.end < m.end || len(m.parts) < 2 && n.segment == m.segment && n.end <= m.start)
	})
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
			if strings.ContainsAny(between, "、") || strings.Contains(between, "及") || strings.Contains(between, "和") || strings.Contains(between, "与") || strings.Contains(between, " and, with it,") || strings.Contains(between, " and our ") || strings.Contains(between, " and to ") {
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
