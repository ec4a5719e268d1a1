package lint

import (
	"slices"
	"strings"

	"github.com/clauselint/clauselint/clauses"
)

// userGrants reports whether the person grants something in r in so many
// words. A likeness is no face data, so nothing less will do for it.
func (d *reader) userGrants(r *reading) bool {
	v := &d.vocabulary
	for k := range r.mentions {
		g := &r.mentions[k]
		if !g.set.has(v.Grant) || g.denied {
			continue
		}
		for j := k - 1; j >= 0; j-- {
			if u := &r.mentions[j]; u.set.has(v.User) && !possessive(d.fold.Text, u) && d.between(u.end, g.start) <= 8 {
				return true
			}
		}
	}
	return false
}

// agent reports whether the doer of what m says makes it no limb: the user who
// may pass on his own data, or the company that cannot take something back.
func (d *reader) agent(r *reading, m *mention) bool {
	v := &d.vocabulary
	var party *mention
	able, grant := false, false
	if !m.set.meets(d.limbs3) && d.userAsks(r, m) {
		return true
	}
	unless := false
	for k := range r.mentions {
		n := &r.mentions[k]
		if n.segment != m.segment || n.start >= m.end || len(n.parts) > 0 {
			continue
		}
		unless = unless || n.set.has(v.Unless)
		if n.start >= m.start && !(m.set.has(v.Sublicensable) || m.set.has(v.Irrevocable)) {
			break
		}
		switch {
		case (n.set.has(v.User) || n.set.has(v.Company)) && !possessive(d.fold.Text, n) && !n.set.has(v.ThirdParty) && !d.insideThirdParty(r, n):
			party, able, grant = n, false, false
		case n.set.has(v.Able):
			able = true
			// 、可自由流转的: a predicate of its own in a row of them.
			if strings.HasSuffix(d.fold.Text[r.from:n.start], "、") {
				party = nil
			}
		case (n.set.has(v.Grant) || n.set.has(v.Consent)) && n.start < m.start && !n.set.has(v.PassOn):
			grant = true
		}
	}
	if party == nil {
		return m.set.has(v.Irrevocable) && len(m.parts) == 1 && d.byCompany(r, m)
	}
	if m.set.has(v.Irrevocable) && len(m.parts) == 1 {
		// "We cannot reverse": close by, unlike "the permission you grant us … may
		// not be cancelled".
		// 非经学校批准不得撤回: who approves does not take back.
		return party.set.has(v.Company) && !party.set.has(v.User) && !unless && party.end <= m.start && d.between(party.end, m.start) <= 1 || d.byCompany(r, m)
	}
	return !m.set.has(v.Ownership) && !m.set.has(v.Exclusive) && !m.set.has(v.Irrevocable) && !m.set.has(v.Perpetual) && !m.set.has(v.SoftPerpetual) && !m.set.has(v.RightsWaived) &&
		party.set.has(v.User) && !party.set.has(v.Company) && able && !grant && party.end <= m.start+6
}

// insideThirdParty reports whether n is a word of a third party's name: the
// provider of "another provider".
func (d *reader) insideThirdParty(r *reading, n *mention) bool {
	for k := range r.mentions {
		if t := &r.mentions[k]; t.set.has(d.vocabulary.ThirdParty) && len(t.parts) == 0 && t.start <= n.start && n.end <= t.end && t.end-t.start > n.end-n.start {
			return true
		}
	}
	return false
}

// insideThing reports whether p is a word of the name of a thing of kind c: the user
// of "user content".
func insideThing(r *reading, p *mention, c clauses.Concept) bool {
	return slices.ContainsFunc(r.mentions, func(n mention) bool {
		return n.set.has(c) && n.start <= p.start && p.end <= n.end && n.end-n.start > p.end-p.start
	})
}

// userAsks reports whether the user may ask for what m says: 您可以要求我们以任何合
// 理方式…….
func (d *reader) userAsks(r *reading, m *mention) bool {
	v := &d.vocabulary
	user, able := false, false
	for k := range r.mentions {
		n := &r.mentions[k]
		if n.segment != m.segment || n.start >= m.start {
			continue
		}
		switch {
		case n.set.has(v.User) && !possessive(d.fold.Text, n):
			user, able = true, false
		case n.set.has(v.Company) && !able:
			user = false
		case n.set.has(v.Able):
			able = user
		case n.set.has(v.Ask) && user && able && !n.denied:
			return true
		}
	}
	return false
}

// byCompany reports whether m is done by the company in the passive: "cannot be
// reversed by us".
func (d *reader) byCompany(r *reading, m *mention) bool {
	for k := range r.mentions {
		n := &r.mentions[k]
		if n.start >= m.end && n.set.has(d.vocabulary.Company) && !n.set.has(d.vocabulary.User) {
			return strings.TrimSpace(d.fold.Text[m.end:n.start]) == "by" || strings.TrimSpace(d.fold.Text[m.end:n.start]) == "by the"
		}
	}
	return false
}

// companyWaives reports whether it is the company that gives rights up.
func (d *reader) companyWaives(r *reading, m *mention) bool {
	v := &d.vocabulary
	for k := len(r.mentions) - 1; k >= 0; k-- {
		n := &r.mentions[k]
		if n.start >= m.start || n.segment != m.segment {
			continue
		}
		// 员工就公司使用该等图像放弃……: the company is spoken about.
		if before := d.fold.Text[r.from:n.start]; strings.HasSuffix(before, "就") || strings.HasSuffix(before, "对") {
			continue
		}
		if n.set.has(v.User) {
			return false
		}
		if n.set.has(v.Company) {
			return true
		}
	}
	return false
}

// companyGrants reports whether the grant that m qualifies runs from the
// company to the user: "we grant you", "our licence of the SDK to you", 我们授予您.
func (d *reader) companyGrants(r *reading, m *mention) bool {
	v := &d.vocabulary
	text := d.fold.Text
	for k := range r.mentions {
		g := &r.mentions[k]
		if !g.set.has(v.Grant) || len(g.parts) > 0 || strings.HasSuffix(text[r.from:g.start], "sub-") || strings.HasSuffix(text[r.from:g.start], "sub ") {
			continue
		}
		// Who grants: the last party named before.
		var from *mention
		for i := k - 1; i >= 0; i-- {
			if p := &r.mentions[i]; p.end <= g.start && p.segment == g.segment && (p.set.has(v.User) || p.set.has(v.Company)) {
				from = p
				break
			}
		}
		// 开发商向您授予: the recipient stands before the verb.
		if from != nil && from.set.has(v.User) {
			for _, w := range [...]string{"向", "给", "为"} {
				if strings.HasSuffix(text[r.from:from.start], w) {
					return true
				}
			}
		}
		if d.supplierGrants(r, g) {
			return true
		}
		byUser := from != nil && from.set.has(v.User) && !from.set.has(v.Company)
		if byUser && !possessive(text, from) && receives(text[from.end:g.start]) {
			return true
		}
		if d.betweenCompanies(r, from, k) {
			return true
		}
		for j := k + 1; j < len(r.mentions); j++ {
			p := &r.mentions[j]
			if p.start < g.end || p.segment != g.segment {
				continue
			}
			if p.set.has(v.Company) && !p.set.has(v.User) {
				break
			}
			if !p.set.has(v.User) || insideThing(r, p, v.Content) || insideThing(r, p, v.OpenParty) || d.insideThirdParty(r, p) || p.set.has(v.Freely) || p.set.has(v.ThirdParty) || possessive(text, p) || strings.HasPrefix(text[p.end:], "人脸") {
				continue
			}
			between := strings.TrimSpace(text[g.end:p.start])
			// 平台授予用户使用…的权利: what follows the recipient is what he may do.
			direct := between == "" && r.lang == "zh" && from != nil && from.set.has(v.Company) && !byUser
			if !direct && d.relative(r, j) {
				break // "the permission you grant us"
			}
			if between == "" || between == "to" || between == "the" || between == "to the" || between == "each" || between == "every" || between == "all" {
				// "Licensor grants Customer": two roles that could both be a
				// person's; who is named after the verb receives.
				if !byUser || role(text[from.start:from.end]) && text[from.start:from.end] != text[p.start:p.end] && r.lang == "en" && isGrantVerb(text[g.start:g.end]) {
					return true
				}
			}
			if !byUser && from != nil && from.set.has(v.Company) && !strings.Contains(between, "without") && (strings.HasSuffix(between, " to") || strings.HasSuffix(between, " to the") || strings.HasSuffix(between, "给") || strings.HasSuffix(between, "予")) {
				return true
			}
		}
	}
	return false
}

// supplierGrants reports whether it is a third party who grants in the verb g: "our
// supplier has granted us a perpetual licence".
func (d *reader) supplierGrants(r *reading, g *mention) bool {
	v := &d.vocabulary
	return r.lang == "en" && slices.ContainsFunc(r.mentions, func(n mention) bool {
		between := strings.TrimSpace(d.fold.Text[n.end:max(n.end, g.start)])
		return n.set.has(v.ThirdParty) && !n.set.has(v.User) && len(n.parts) == 0 && n.end <= g.start && n.segment == g.segment &&
			(between == "has" || between == "have" || between == "" && isGrantVerb(d.fold.Text[g.start:g.end]))
	})
}

// receives reports whether the words between a party and a grant make the party the
// one who is given it: "a customer receives a perpetual licence".
func receives(between string) bool {
	for _, w := range [...]string{" receives ", " receive ", " is granted ", " are granted ", " is given ", " are given ", " obtains ", " obtain ", "获得", "取得", "获授", "获赠"} {
		if strings.Contains(between+" ", w) {
			return true
		}
	}
	return false
}

// betweenCompanies reports whether the grant at k is given by the company from to
// another: "the Vendor grants the Manager".
func (d *reader) betweenCompanies(r *reading, from *mention, k int) bool {
	v := &d.vocabulary
	g := &r.mentions[k]
	if from == nil || !from.set.has(v.Company) || from.set.has(v.User) || d.between(from.end, g.start) > 0 || possessive(d.fold.Text, from) {
		return false
	}
	for i := range r.mentions[:k] {
		if n := &r.mentions[i]; n.segment == g.segment && n.set.has(v.User) {
			return false
		}
	}
	for j := k + 1; j < len(r.mentions); j++ {
		if p := &r.mentions[j]; p.start >= g.end && len(p.parts) == 0 {
			return p.set.has(v.Company) && !p.set.has(v.User) && !p.set.has(v.ThirdParty) && d.between(g.end, p.start) <= 1
		}
	}
	return false
}

// role reports whether a word for who grants says nothing of whether it is a person.
func role(w string) bool {
	return w == "licensor" || w == "grantor" || w == "owner" || w == "contributor"
}

// isGrantVerb reports whether an English word of granting is a verb: what
// stands after a noun ("the licence users give") need not receive.
func isGrantVerb(w string) bool {
	return strings.HasSuffix(w, "s") && w != "rights" && w != "permissions" || strings.HasSuffix(w, "ing")
}

// relative reports whether the party at j is the subject of a clause of its own:
// a word of granting or making available follows at once.
func (d *reader) relative(r *reading, j int) bool {
	v := &d.vocabulary
	p := &r.mentions[j]
	for _, w := range [...]string{" have", " hold", " own", " may have", " possess", " enjoy"} {
		if strings.HasPrefix(d.fold.Text[p.end:r.to], w) {
			return true // "every right you have"
		}
	}
	for k := j + 1; k < len(r.mentions); k++ {
		n := &r.mentions[k]
		if n.start < p.end {
			continue
		}
		return d.between(p.end, n.start) == 0 && (n.set.has(v.Grant) || n.set.has(v.Consent) || n.set.has(v.Capture) || n.set.has(v.Use) || n.set.has(v.Able) || n.set.has(v.LightVerb))
	}
	return false
}

// possessive reports whether the party p owns what follows rather than acts:
// 您的, your.
func possessive(text string, p *mention) bool {
	w := text[p.start:p.end]
	if w == "your" || w == "my" || w == "our" || strings.HasSuffix(w, "'s") {
		return true
	}
	rest := text[p.end:]
	return strings.HasPrefix(rest, "'") || strings.HasPrefix(rest, "的") || strings.HasPrefix(rest, "之") || strings.HasPrefix(rest, "'s") || strings.HasPrefix(rest, "本人的")
}
