package lint

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// holds reports whether the text asserts the quality m: not denied, not asked
// for in vain, not forbidden to the user, not granted by the company.
func (d *reader) holds(r *reading, m *mention) bool {
	v := &d.vocabulary
	text := d.fold.Text
	if m.denied && m.set.meets(d.acts) {
		return false
	}
	// 任何“不可撤回”的约定, 勾选“长期有效”: words cited, not said.
	if strings.HasSuffix(text[r.from:m.start], "\"") && strings.HasPrefix(text[m.end:r.to], "\"") || d.cited(r, m) {
		return false
	}
	if d.agent(r, m) || d.partDenied(r, m) || d.answeredNo(r, m) {
		return false
	}
	// "Hand it to no other person" keeps nothing to oneself.
	if m.set.has(v.Exclusive) && slices.ContainsFunc(r.mentions, func(n mention) bool {
		return n.set.has(v.PassOn) && n.end <= m.start && d.between(n.end, m.start) <= 2
	}) {
		return false
	}
	if m.set.has(v.Perpetual) && d.lastingRemedy(r, m) {
		return false
	}
	// 效力不因撤回而受影响: the taking back is a reason here, not what is denied.
	if m.set.has(v.Irrevocable) && len(m.parts) == 1 {
		for k := range r.mentions {
			if n := &r.mentions[k]; n.start == m.start && n.set.has(v.Unaffected) && !(n.set.has(v.NotBecause) && !d.gone(r, m)) {
				return false
			}
			// 不因签字而变为不可撤回: two negations.
			if n := &r.mentions[k]; n.start > m.start && n.end == m.end && len(n.parts) == 0 && n.set.has(v.Irrevocable) && !d.holds(r, n) {
				return false
			}
		}
	}
	if m.set.has(v.Sublicensable) && len(m.parts) > 1 && (d.givenToUser(r, m) || d.authorisedPartner(r, m)) {
		return false
	}
	if m.set.has(v.Perpetual) && len(m.parts) > 1 && d.userGoesOn(r, m) {
		return false
	}
	// 同意书不含任何永久授权: what is left out is not said.
	for k := range r.mentions {
		if n := &r.mentions[k]; n.set.has(v.Excludes) && n.end <= m.start && n.segment == m.segment && r.lang == "zh" {
			return false
		}
	}
	// A composed mention begins with its subject; what can deny it stands
	// before its verb.
	at := m.start
	if m.set.has(v.Sublicensable) {
		for _, p := range m.parts {
			at = max(at, p.start)
		}
	}
	for k := range r.mentions {
		n := &r.mentions[k]
		if n.start >= at {
			break
		}
		if n.end > at || n.segment != m.segment {
			continue
		}
		// 签字不等于放弃: what something is not counted as is denied.
		if n.denied && n.set.has(v.Deem) && len(n.parts) == 0 {
			return false
		}
		// "For no other purpose": any under a negation is none, unless it is 法律未
		// 禁止的一切处理.
		if (n.set.has(v.Not) || n.denied) && !(n.denied && n.set.has(v.Not)) && !d.doublyDenied(r, k) && (m.set.has(v.AnyPurpose) || m.set.has(v.AnyForm)) {
			return false
		}
		// "Not irrevocable": the negation meets the quality with no act between.
		if (n.set.has(v.Not) && !n.denied || n.set.has(v.NotBecause)) && !d.spent(r, k, m) && !d.doublyDenied(r, k) {
			return false
		}
		// "We do not ask you to grant us any … right": what an act that is
		// denied governs is denied with it.
		if n.denied && n.set.meets(d.matrix) && len(n.parts) == 0 {
			return false
		}
		if d.userForbidden(r, k, m) {
			return false
		}
	}
	// 不得以永久方式许可他人: what follows is denied, and m with it.
	for k := range r.mentions {
		n := &r.mentions[k]
		if n.start < m.end || n.segment != m.segment {
			continue
		}
		if n.set.meets(d.matrix) && len(n.parts) == 0 {
			if n.denied && n.not < m.start {
				return false
			}
			break
		}
	}
	if (m.set.has(v.AnyPurpose) || m.set.has(v.AnyForm)) && d.ruledOut(r, m) {
		return false
	}
	// 照片的用途完全由您自行决定
	if w := text[m.start:m.end]; m.set.has(v.AnyPurpose) && (strings.Contains(w, "由您") || strings.Contains(w, "由用户") || strings.Contains(w, "by you")) {
		return false
	}
	if m.set.has(v.AnyPurpose) && d.chosenParties(r, m) {
		return false
	}
	// 三种方式均可: any of those that are named.
	if kind, ok := strings.CutSuffix(text[r.from:m.start], "种"); ok && m.set.has(v.AnyForm) {
		if n, _ := utf8.DecodeLastRuneInString(kind); strings.ContainsRune("两二三四五六几23456", n) {
			return false
		}
	}
	if m.set.has(v.Irrevocable) && len(m.parts) > 0 && d.caseOf(r, m) {
		return false
	}
	if d.withoutEffect(r, m) || m.set.has(v.Irrevocable) && d.afterDeletion(r, m) {
		return false
	}
	if m.set.has(v.Sublicensable) && d.orderGoesOn(r, m) {
		return false
	}
	if m.set.has(v.Sublicensable) && d.onlyWithConsent(r, m) {
		return false
	}
	if m.set.has(v.RightsWaived) && d.companyWaives(r, m) {
		return false
	}
	return !d.companyGrants(r, m) && !strings.HasPrefix(text[m.end:r.to], "]")
}

// withoutEffect reports whether the text says that a term like m leaves the person's
// rights as they are: 约定同意不可撤回的，不影响个人行使该项权利.
func (d *reader) withoutEffect(r *reading, m *mention) bool {
	v := &d.vocabulary
	if r.lang != "zh" {
		return false
	}
	rest := d.fold.Text[m.end:r.to]
	for _, w := range [...]string{"的约定", "的条款", "的表述", "的说法", "的写法"} {
		if i := strings.Index(rest, w); i >= 0 && units(rest[:i]) <= 8 {
			for _, x := range [...]string{"不妨碍", "不影响", "不限制", "无碍", "均属无效", "无效", "不发生效力"} {
				if strings.Contains(rest[i:], x) {
					return true
				}
			}
		}
	}
	cased := false
	for k := range r.mentions {
		n := &r.mentions[k]
		cased = cased || n.set.has(v.If) && n.start >= m.end && n.segment <= m.segment+1 && strings.HasSuffix(d.fold.Text[n.start:n.end], ",")
		if cased && n.set.has(v.Unaffected) && n.start > m.end {
			for j := k + 1; j < len(r.mentions); j++ {
				if r.mentions[j].set.has(v.User) {
					return true
				}
			}
		}
	}
	return false
}

// afterDeletion reports whether it is the deletion spoken of right before that m calls
// irrevocable: "… is permanently deleted. This cannot be undone."
func (d *reader) afterDeletion(r *reading, m *mention) bool {
	v := &d.vocabulary
	if r.index == 0 || d.between(r.from, m.start) > 2 {
		return false
	}
	p := &d.readings[r.index-1]
	if p.Block != r.Block || !p.has(v.Deletion) || p.has(v.Grant) || p.has(v.Consent) {
		return false
	}
	for _, w := range [...]string{"this", "it", "that", "此", "该操作", "其"} {
		if strings.HasPrefix(d.fold.Text[r.from:], w) {
			return true
		}
	}
	return false
}

// givenToUser reports whether it is the user who is allowed something inside the
// composed mention m: "we may allow you to …".
func (d *reader) givenToUser(r *reading, m *mention) bool {
	v := &d.vocabulary
	for k := range r.mentions {
		a := &r.mentions[k]
		if a.start < m.start || a.end > m.end || len(a.parts) > 0 || !a.set.has(v.Allow) {
			continue
		}
		for j := range r.mentions {
			n := &r.mentions[j]
			if n.start >= a.end && n.end <= m.end && n.set.has(v.User) && !n.set.has(v.ThirdParty) && !n.set.has(v.Freely) && !possessive(d.fold.Text, n) && !d.insideThirdParty(r, n) && d.between(a.end, n.start) <= 1 && !strings.HasPrefix(d.fold.Text[n.end:r.to], "、") {
				return true
			}
		}
	}
	return false
}

// authorisedPartner reports whether m takes 授权合作伙伴的, an attribute of something,
// for an act of authorising.
func (d *reader) authorisedPartner(r *reading, m *mention) bool {
	for k := range r.mentions {
		n := &r.mentions[k]
		if n.start >= m.start && n.end <= m.end && n.set.has(d.vocabulary.ThirdParty) && len(n.parts) == 0 &&
			strings.HasSuffix(d.fold.Text[r.from:n.start], "授权") && strings.HasPrefix(d.fold.Text[n.end:r.to], "的") {
			return true
		}
	}
	return false
}

// ruledOut reports whether m is the subject of a denial: 其他任何用途一律不做,
// "any wider use is ruled out".
func (d *reader) ruledOut(r *reading, m *mention) bool {
	v := &d.vocabulary
	for k := range r.mentions {
		n := &r.mentions[k]
		if n.start < m.end || n.segment > m.segment+2 {
			continue
		}
		if n.set.has(v.User) || n.set.has(v.Company) || n.set.has(v.Face) || n.set.has(v.Use) && !n.denied && n.segment == m.segment && r.lang == "zh" {
			return false
		}
		if n.set.has(v.Not) && !strings.HasSuffix(d.fold.Text[r.from:n.start], "or ") || n.set.has(v.RuledOut) {
			return true
		}
	}
	return false
}

// chosenParties reports whether m says which third parties, not which purposes:
// "such partners as it sees fit".
func (d *reader) chosenParties(r *reading, m *mention) bool {
	for k := range r.mentions {
		if n := &r.mentions[k]; n.set.has(d.vocabulary.ThirdParty) && len(n.parts) == 0 && n.end <= m.start && d.between(n.end, m.start) == 0 {
			return true
		}
	}
	return false
}

// caseOf reports whether m only supposes that the person does not take back: 您不
// 取消的. A ban has another word than a plain 不 or 未.
func (d *reader) caseOf(r *reading, m *mention) bool {
	if r.lang != "zh" || len(m.parts) != 1 || modal("", d.fold.Text[m.start:m.end]) {
		return false
	}
	for k := range r.mentions {
		if strings.HasPrefix(d.fold.Text[m.end:r.to], "的") {
			return true // 不来申请退出的家庭
		}
		if n := &r.mentions[k]; n.set.has(d.vocabulary.If) && n.segment == m.segment && (n.start >= m.end && d.between(m.end, n.start) <= 4 && strings.HasSuffix(d.fold.Text[n.start:n.end], ",") || n.end <= m.start && d.between(n.end, m.start) <= 6) {
			return true
		}
	}
	return false
}

// onlyWithConsent reports whether what m passes on is passed on only where the person
// agrees to that by itself: "… only if they agree in a separate signed form".
func (d *reader) onlyWithConsent(r *reading, m *mention) bool {
	v := &d.vocabulary
	return slices.ContainsFunc(r.mentions, func(s mention) bool {
		if !s.set.has(v.Separate) || s.start < m.end || d.negatedAt(r, &s) {
			return false
		}
		between := d.fold.Text[m.start:s.start]
		return strings.Contains(between, "only if") || strings.Contains(between, "only with") || strings.Contains(between, "only where") || strings.Contains(between, "only after") || strings.Contains(between, "unless")
	})
}

// answeredNo reports whether m is the label of a line whose value says no: 转授权：
// 无, "Sub-licensing: none".
func (d *reader) answeredNo(r *reading, m *mention) bool {
	value, ok := strings.CutPrefix(strings.TrimLeft(d.fold.Text[m.end:r.to], " "), ":")
	if !ok {
		return false
	}
	value = strings.TrimLeft(value, " ")
	for _, no := range [...]string{"无", "否", "没有", "不适用", "不允许", "不授予", "none", "no", "nil", "n/a", "not applicable", "not permitted", "not allowed", "never"} {
		rest, ok := strings.CutPrefix(value, no)
		if next, _ := utf8.DecodeRuneInString(rest); ok && (rest == "" || !unicode.IsLetter(next) && next != ' ' || next == ' ' && no != "no") {
			return true
		}
	}
	return false
}

// cited reports whether m stands inside quotation marks as the wording of some
// other text: 约定“永久使用人脸信息”的, 与该条不符; 印有“不得撤回”字样; "earlier forms
// stated that '…'".
func (d *reader) cited(r *reading, m *mention) bool {
	text := d.fold.Text
	from := strings.LastIndexByte(text[r.from:m.start], '"')
	to := strings.IndexByte(text[m.end:r.to], '"')
	if from < 0 || to < 0 || strings.Count(text[r.from:m.start], "\"")%2 == 0 {
		return false
	}
	before := strings.TrimRight(text[r.from:r.from+from], " :,")
	after := text[m.end+to+1 : r.to]
	for _, w := range [...]string{"之类", "字样", "等字样", "等语", "一语", "的表述", "等表述", "的说法", "等说法", "等措辞", "的措辞"} {
		if strings.HasPrefix(after, w) {
			return true
		}
	}
	for _, w := range [...]string{" stated that", " stated", " said that", " said", " read", " which read", " wording", " the words", " the phrase"} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	if !strings.HasPrefix(after, "的") {
		return false
	}
	for _, w := range [...]string{"约定", "写明", "载明", "规定", "写有", "含有", "表述为", "所谓", "类似", "诸如", "称", "写成", "载有"} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return false
}

// partDenied reports whether a negation stands right before a later part of the
// composed mention m: 范围也不由我们单方确定.
func (d *reader) partDenied(r *reading, m *mention) bool {
	parts := slices.SortedFunc(slices.Values(m.parts), func(a, b part) int { return a.start - b.start })
	for i := 1; i < len(parts); i++ {
		for k := range r.mentions {
			n := &r.mentions[k]
			if n.set.has(d.vocabulary.Not) && n.start >= parts[i-1].end && n.end <= parts[i].start && d.between(n.end, parts[i].start) <= 1 {
				return true
			}
		}
	}
	return false
}

// gone reports whether a reason ends after m, so that m belongs to it: 不以撤回为由.
func (d *reader) gone(r *reading, m *mention) bool {
	for k := range r.mentions {
		if n := &r.mentions[k]; n.start >= m.end && n.segment == m.segment && n.set.has(d.vocabulary.ReasonGiven) {
			return true
		}
	}
	return false
}

// userGoesOn reports whether it is the user who goes on after the end: 期满后，您仍
// 可使用.
func (d *reader) userGoesOn(r *reading, m *mention) bool {
	last := m.parts[len(m.parts)-1]
	// "If you are still there when it ends".
	if before := d.fold.Text[r.from:m.start]; strings.HasSuffix(before, "you are ") || strings.HasSuffix(before, "you remain ") {
		return true
	}
	for k := range r.mentions {
		n := &r.mentions[k]
		if n.start >= m.parts[0].end && n.end <= last.start && n.set.has(d.vocabulary.User) && !n.set.has(d.vocabulary.Company) && !possessive(d.fold.Text, n) && d.between(n.end, last.start) <= 3 {
			return true
		}
	}
	return false
}

// orderGoesOn reports whether m carries on an order to the user that an exception
// interrupts: 请不要在未经本人同意的情况下，把照片转让给别人.
func (d *reader) orderGoesOn(r *reading, m *mention) bool {
	v := &d.vocabulary
	order, unless := false, false
	for k := range r.mentions {
		n := &r.mentions[k]
		if n.segment == m.segment-1 {
			order = order || n.set.has(v.Not) && n.set.has(v.DutyOfUser)
			unless = unless || n.set.has(v.Unless) || strings.HasPrefix(d.fold.Text[n.start:], "未经")
		}
		if n.segment == m.segment && n.start < m.start && (n.set.has(v.User) && !possessive(d.fold.Text, n) && !d.insideThirdParty(r, n) || n.set.has(v.Company)) {
			return false
		}
	}
	return order && unless
}

// doublyDenied reports whether the negation at k is followed by another that it
// denies: 未明文禁止.
func (d *reader) doublyDenied(r *reading, k int) bool {
	for j := k + 1; j < len(r.mentions); j++ {
		if n := &r.mentions[j]; n.start >= r.mentions[k].end {
			return n.set.has(d.vocabulary.Not) && n.denied && d.between(r.mentions[k].end, n.start) <= 4
		}
	}
	return false
}

// lastingRemedy reports whether it is a remedy of the user that m calls lasting:
// "permanently erased", "no time limit on your right to object".
func (d *reader) lastingRemedy(r *reading, m *mention) bool {
	v := &d.vocabulary
	text := d.fold.Text
	for k := range r.mentions {
		n := &r.mentions[k]
		if n.segment != m.segment || len(n.parts) > 0 {
			continue
		}
		if n.set.has(v.Deletion) && n.start >= m.end && d.between(m.end, n.start) <= 2 && !strings.Contains(text[m.end:n.start], ",") {
			return true
		}
		if !n.set.has(v.Grant) || k == 0 || !r.mentions[k-1].set.has(v.User) && !strings.HasSuffix(text[r.from:m.start], "的权利") {
			continue
		}
		for j := range r.mentions {
			x := &r.mentions[j]
			if x.segment != m.segment || len(x.parts) > 0 {
				continue
			}
			// 您要求停止使用的权利没有期限限制; "your right to object".
			if r.lang == "en" && x.start >= n.end && (x.set.has(v.Decline) || x.set.has(v.Withdraw) || x.set.has(v.Deletion)) &&
				strings.TrimSpace(text[n.end:x.start]) == "to" && m.end <= n.start ||
				r.lang != "en" && x.end <= n.start && n.end == m.start && (x.set.has(v.Ask) || x.set.has(v.Withdraw) || x.set.has(v.Decline)) &&
					j > 0 && r.mentions[j-1].set.has(v.User) {
				return true
			}
		}
	}
	return false
}

// spent reports whether the negation at k does not reach the quality m: it
// stands too far off, or has found an act of its own before m.
func (d *reader) spent(r *reading, k int, m *mention) bool {
	not := &r.mentions[k]
	if d.between(not.end, m.start) > 8 {
		return true
	}
	for j := range r.mentions {
		n := &r.mentions[j]
		if n.start >= m.start {
			break
		}
		if n.start >= not.end && n.denied && n.set.meets(d.acts) {
			return true
		}
	}
	return false
}

// userForbidden reports whether a prohibition on the user at k governs m:
// "the user must not license others in perpetuity".
func (d *reader) userForbidden(r *reading, k int, m *mention) bool {
	v := &d.vocabulary
	n := &r.mentions[k]
	if !n.set.has(v.DutyOfUser) {
		return false
	}
	for j := k + 1; j < len(r.mentions); j++ {
		a := &r.mentions[j]
		if a.start < n.end || !a.set.meets(d.acts) {
			continue
		}
		if a.start >= m.end {
			return false
		}
		if a.set.has(v.Withdraw) || a.set.has(v.End) || a.set.has(v.Decline) {
			return false
		}
		return a.denied && a.segment == m.segment
	}
	return false
}

// modal reports whether a denied act is forbidden or impossible rather than just
// not so; before is the text before its negation.
func modal(before, denied string) bool {
	for _, w := range [...]string{"不得", "不可", "不能", "无权", "无法", "不予", "不许", "不准", "cannot", "can't"} {
		if strings.HasPrefix(denied, w) {
			return true
		}
	}
	before = strings.TrimRight(before, " ")
	return strings.HasSuffix(before, " may") || strings.HasSuffix(before, " shall") || strings.HasSuffix(before, " must") || strings.HasSuffix(before, " can")
}
