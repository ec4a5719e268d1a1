package lint

import (
	"slices"
	"strings"
)

// mayRefuse reports whether the refusal is stated as a right of the person:
// 您有权拒绝, "you may refuse".
func (d *reader) mayRefuse(r *reading, m *mention) bool {
	v := &d.vocabulary
	for k := range r.mentions {
		n := &r.mentions[k]
		if n.set.has(v.Able) && n.end <= m.start && n.segment == m.segment && (d.between(n.end, m.start) <= 2 || n.set.has(v.AtAnyTime) && d.between(n.end, m.start) <= 16) && !strings.HasPrefix(d.fold.Text[n.start:], "将") {
			for j := range r.mentions {
				if r.mentions[j].set.has(v.If) && r.mentions[j].start <= n.start && r.mentions[j].segment == n.segment {
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
	if r.lang == "zh" && strings.HasPrefix(d.fold.Text[m.end:], ":") && m.set.has(v.Withdraw) {
		return false // 撤回：随时: the label of a line
	}
	if r.lang == "zh" || m.set.has(v.Otherwise) {
		return true
	}
	for k := range r.mentions {
		if n := &r.mentions[k]; n.start <= m.start && n.segment >= m.segment-1 && (n.set.has(v.If) || n.set.has(v.Unless)) {
			return true
		}
	}
	// "Say no and the app closes."
	if strings.HasPrefix(d.fold.Text[m.end:r.to], " and ") && strings.Trim(d.fold.Text[r.from:m.start], " ") == "" {
		return true
	}
	word := d.fold.Text[m.start:m.end]
	if before := strings.TrimRight(d.fold.Text[r.from:m.start], " "); strings.HasSuffix(before, " has") || strings.HasSuffix(before, " have") || strings.HasSuffix(before, " had") {
		return false // "it has no access to face records"
	}
	return strings.HasPrefix(word, "no ") || strings.HasPrefix(word, "without") || strings.Contains(word, "ing") || strings.HasSuffix(word, "al")
}

// declines reports whether m is the person's not giving his face: refusing, or
// an act of giving that is denied.
func (d *reader) declines(r *reading, m *mention) bool {
	v := &d.vocabulary
	if m.set.has(v.Otherwise) {
		// "Or otherwise" in the middle of a list is no consequence.
		if before := strings.TrimRight(d.fold.Text[max(r.from, m.start-8):m.start], " "); before != "" && strings.Trim(d.fold.Text[m.end:r.to], " .") != "" && !strings.HasSuffix(before, ",") && !strings.HasSuffix(before, ";") && !strings.HasSuffix(before, ".") && !strings.HasSuffix(before, "。") {
			return false
		}
		return r.object.own && r.object.at.Start < m.start || !r.object.own
	}
	if m.set.has(v.Decline) || m.set.has(v.Withdraw) && r.lang == "en" {
		if m.denied {
			// As some texts have it by mistake: 如您不拒绝……，功能将受到限制.
			w := d.fold.Text[m.start:m.end]
			return (strings.HasPrefix(w, "拒绝") || strings.HasPrefix(w, "declin") || strings.HasPrefix(w, "refus")) && d.inCase(r, m) && !modal("", d.fold.Text[m.not:m.end])
		}
		// "You are deemed to have said no": what follows, not the case.
		return !(r.lang == "en" && d.deemedBefore(r, m))
	}
	// "No ID Step, no account": without what the term stands for.
	if at := r.object.at.Start; m.set.has(v.Without) && r.object.own && m.end <= at && d.between(m.end, at) <= 1 {
		return true
	}
	// 未签署人脸采集同意书的候选人
	if m.denied && m.set.has(v.AcceptVerb) && r.lang == "zh" {
		rest := d.fold.Text[m.end:r.to]
		for _, w := range [...]string{"同意书", "授权书", "知情书", "告知书"} {
			if i := strings.Index(rest, w); i >= 0 && units(rest[:i]) <= 12 && !strings.ContainsAny(rest[:i], ",;。") {
				return true
			}
		}
	}
	// "Unless you agree"
	if !m.denied && r.lang == "en" && (m.set.has(v.Consent) || m.set.has(v.Grant) || m.set.has(v.Authorise) || m.set.has(v.Capture)) && d.unlessUser(r, m) {
		return true
	}
	if !m.denied || !(m.set.has(v.Consent) || m.set.has(v.Grant) || m.set.has(v.Authorise) || m.set.has(v.Capture)) {
		return false
	}
	// "… is not consent": a statement, not a refusal, unless it is put as a case.
	if before := strings.TrimRight(d.fold.Text[r.from:max(r.from, m.not)], " "); (strings.HasSuffix(before, " is") || strings.HasSuffix(before, " are")) && !d.inCase(r, m) {
		return false
	}
	// 不向合作商户提供: who passes nothing on declines nothing.
	for k := range r.mentions {
		if n := &r.mentions[k]; n.set.has(v.ThirdParty) && n.start >= m.not && n.end <= m.start {
			return false
		}
	}
	// 受托方按指示操作，不留存样本: the company does not, unless it speaks of those who.
	if r.lang == "zh" && !strings.Contains(d.fold.Text[m.end:min(r.to, m.end+45)], "的") {
		for k := len(r.mentions) - 1; k >= 0; k-- {
			n := &r.mentions[k]
			if n.end > m.not || len(n.parts) > 0 || !n.set.has(v.User) && !n.set.has(v.Company) {
				continue
			}
			if n.set.has(v.Company) && !n.set.has(v.User) && n.segment == m.segment-1 && d.between(r.from, n.start) <= 2 {
				return false
			}
			break
		}
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
		if n.segment == m.segment && n.start <= m.not && (n.set.has(v.Company) && d.apart(n, m) <= 8 || n.start <= m.not && m.not < n.end && (n.set.has(v.Unable) || n.set.has(v.DutyOfUser) && !n.set.has(v.If) && !d.inCase(r, n))) {
			return false
		}
	}
	return true
}

// unlessUser reports whether m is what the user must do by the words "unless you".
func (d *reader) unlessUser(r *reading, m *mention) bool {
	v := &d.vocabulary
	return slices.ContainsFunc(r.mentions, func(u mention) bool {
		return u.set.has(v.Unless) && u.end <= m.start && d.between(u.end, m.start) <= 3 && slices.ContainsFunc(r.mentions, func(n mention) bool {
			return n.set.has(v.User) && n.start >= u.end && n.end <= m.start && !possessive(d.fold.Text, &n)
		})
	})
}

// deemedBefore reports whether a word of deeming stands right before m.
func (d *reader) deemedBefore(r *reading, m *mention) bool {
	return slices.ContainsFunc(r.mentions, func(n mention) bool {
		return n.set.has(d.vocabulary.StrongDeem) && n.start < m.start && d.between(n.end, m.start) <= 2
	})
}

// inCase reports whether a word that puts a case stands before n in its segment:
// "where you do not provide".
func (d *reader) inCase(r *reading, n *mention) bool {
	for k := range r.mentions {
		if x := &r.mentions[k]; x.segment == n.segment && x.end <= n.start && (x.set.has(d.vocabulary.If) || x.set.has(d.vocabulary.Unless)) {
			return true
		}
	}
	return false
}
