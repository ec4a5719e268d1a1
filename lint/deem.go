package lint

import (
	"slices"
	"strings"
)

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

// deemed finds the conduct or silence that r counts as consent.
func (d *reader) deemed(r *reading) (manner, words *mention) {
	v := &d.vocabulary
	// "Only after you have signed": consent is taken, not deemed.
	if m := r.asserted(v.Precondition); m != nil && (strings.HasPrefix(d.fold.Text[m.start:], "only") || strings.HasPrefix(d.fold.Text[m.start:], "只有")) {
		return nil, nil
	}
	if d.separate(r.index) || strings.Contains(d.fold.Text[r.from:r.to], " only after you ") {
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
			if !x.set.has(v.Deem) || x.denied || d.negatedAt(r, x) || d.undeemed(r, x) || x.start < m.end && !(silence && x.end <= m.start) && !d.following(r, x, m) {
				continue
			}
			if c := d.consentWord(r, x.end, nil); c != nil && !d.rejected(r, c) && d.between(x.end, c.start) <= 14 {
				return x, c
			}
		}
		// silence … consent, with no word of deeming: 未提出异议的，按同意处理
		if silence {
			if c := d.consentWord(r, m.end, m); c != nil && !d.rejected(r, c) && r.has(v.Deem) && !d.undeemedBetween(r, m, c) && d.between(m.end, c.start) <= 14 && !r.has(v.Decline) {
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
			if c := &r.mentions[j]; c.start >= m.end && (c.segment > m.segment || r.lang == "en") && c.set.has(v.Capture) && c.set.has(v.Use) && !c.denied && !c.set.has(v.Serve) && !d.refused(r, c) && d.between(m.end, c.start) <= 14 && d.sameStretch(r, c) && !d.undeemedBetween(r, m, c) {
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
		if !x.set.has(v.StrongDeem) || x.denied || d.negatedAt(r, x) || d.undeemed(r, x) {
			continue
		}
		if c := d.consentWord(r, x.end, nil); c != nil && !d.rejected(r, c) && d.between(x.end, c.start) <= 12 {
			return x, c
		}
	}
	// 同意视为已作出: the consent first, then the deeming.
	for k := range r.mentions {
		x := &r.mentions[k]
		if !x.set.has(v.StrongDeem) || x.denied || d.negatedAt(r, x) || d.undeemed(r, x) {
			continue
		}
		if c := d.consentWord(r, r.from, nil); c != nil && c.end <= x.start && d.between(c.end, x.start) <= 16 && !d.rejected(r, c) && (r.has(v.Conduct) || r.has(v.Silence) || !r.has(v.AcceptVerb) && !r.has(v.AcceptPackage) && d.madeAfter(x)) {
			return x, c
		}
	}
	// 视为您不反对, "is not treated as having refused": a refusal denied is consent.
	for k := range r.mentions {
		x := &r.mentions[k]
		if !x.set.has(v.Deem) || !r.has(v.Silence) && !r.has(v.Conduct) {
			continue
		}
		not := x.denied || d.negatedAt(r, x)
		for j := range r.mentions {
			c := &r.mentions[j]
			if c.start >= x.end && d.between(x.end, c.start) <= 4 && (c.set.has(v.Object) || c.set.has(v.Decline)) && !c.set.has(v.Silence) && !c.set.has(v.Withdraw) && c.denied != not && len(c.parts) == 0 && (r.lang == "en" || c.denied) {
				return x, c
			}
		}
	}
	// 默认同意, "implied consent"
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.set.has(v.Deemed) && !d.negatedAt(r, m) {
			if c := d.consentWord(r, m.start, nil); c != nil && !d.rejected(r, c) {
				return m, c
			} else if c == nil && r.has(v.Silence) {
				return m, m // 未取消的，以已同意论
			}
		}
	}
	return nil, nil
}

// undeemedBetween reports whether the silence m is said not to count as the consent c.
func (d *reader) undeemedBetween(r *reading, m, c *mention) bool {
	for k := range r.mentions {
		if x := &r.mentions[k]; x.set.has(d.vocabulary.Deem) && x.start >= m.end && x.end <= c.start && (x.denied || d.negatedAt(r, x)) {
			return true
		}
	}
	return false
}

// undeemed reports whether a longer or earlier wording of the deeming x is denied:
// "nobody is taken to have consented".
func (d *reader) undeemed(r *reading, x *mention) bool {
	return slices.ContainsFunc(r.mentions, func(n mention) bool {
		return n.denied && n.set.has(d.vocabulary.Deem) && n.start < x.start && x.start <= n.end+1
	})
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
