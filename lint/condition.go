package lint

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/segment"
)

// conditions builds the propositions that withhold something from who does not
// let his face be processed.
func (d *reader) conditions() []Proposition {
	v := &d.vocabulary
	var out []Proposition
	var list *segment.Sentence // the lead-in of the last one
	for i := range d.readings {
		if !d.readings[i].relevant || d.readings[i].quoted && !d.bannedWithout(&d.readings[i]) || d.readings[i].Heading {
			continue
		}
		if d.ruleForUser(&d.readings[i]) {
			continue // "Don't …" in a list of rules for the user
		}
		r, stem := &d.readings[i], d.stem(i)
		if all := said(r, stem); !all.has(v.Deny) && !all.has(v.Precondition) && !all.has(v.Not) {
			continue
		}
		if s := leadIn(r.Clause); s != nil && s == list {
			continue // one list, one finding
		}
		o := d.near(i)
		if !o.plain() || !o.own && len(d.readings[i].Row) > 0 {
			continue
		}
		r = d.under(r, stem)
		r.object = o
		refusal, words := d.withheld(r)
		if refusal == nil {
			refusal, words = d.inThatEvent(r)
		}
		if refusal == nil || d.wayOut(r, words) {
			continue
		}
		list = leadIn(r.Clause)
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
	return append(out, d.keptForFaced()...)
}

// keptForFaced builds the propositions that keep a service for persons who by the name
// they are called have given their faces.
func (d *reader) keptForFaced() []Proposition {
	var out []Proposition
	for _, u := range d.facedUses() {
		service := d.onlyFaced(&u)
		if service == nil || u.reading.quoted || u.reading.Heading || d.wayOut(u.reading, service) {
			continue
		}
		o := object{anchor: DirectAnchor, at: u.face, depth: 1, via: []link{{role: RoleDefinition, at: u.face, term: &term{Term: u.term}}}}
		out = append(out, Proposition{
			Act:      Condition,
			Anchor:   o.anchor,
			Object:   d.fold.Back(o.at),
			Depth:    o.depth,
			Sentence: u.reading.Sentence,
			Words:    d.fold.Back(u.Span),
			Evidence: append(d.evidence(o, u.reading.lang), Evidence{Span: d.fold.Back(document.Span{Start: service.start, End: service.end}), Role: RoleCondition}),
			Business: u.reading.has(d.vocabulary.Business),
			group:    -1,
		})
	}
	return out
}

// inThatEvent is the refusal that the sentence before speaks of, as a right of the
// person, and the word in r that says what follows: "You may say no to the face check.
// In that event we shall be unable to open an account."
func (d *reader) inThatEvent(r *reading) (refusal, words *mention) {
	if r.index == 0 {
		return nil, nil
	}
	words0, v0 := d.fold.Text[r.from:r.to], &d.vocabulary
	after := false
	for k := range r.mentions {
		m := &r.mentions[k]
		// 关闭之后，会籍即告终止.
		after = after || (m.set.has(v0.Decline) || m.set.has(v0.Withdraw)) && !m.denied && d.between(r.from, m.start) <= 1 &&
			(strings.HasPrefix(d.fold.Text[m.end:], "之后") || strings.HasPrefix(d.fold.Text[m.end:], "后") || strings.HasPrefix(d.fold.Text[m.end:], "的,"))
	}
	if !after && !slices.ContainsFunc([]string{"in that event", "in that case", "in such a case", "in such event", "in this case", "if so", "if you do", "should you do so", "关闭之后", "关闭后", "拒绝后", "撤回后", "取消后", "停用后", "届时", "此时", "此种情形下", "如此", "在此情况下", "在此情形下"}, func(w string) bool { return strings.HasPrefix(words0, w) }) {
		return nil, nil
	}
	v := &d.vocabulary
	p := &d.readings[r.index-1]
	if p.Block != r.Block || p.quoted || d.own(p).anchor < DefinedAnchor {
		return nil, nil
	}
	for k := range p.mentions {
		m := &p.mentions[k]
		if !m.set.has(v.Decline) && !m.set.has(v.Withdraw) || m.denied {
			continue
		}
		for j := range r.mentions {
			x := &r.mentions[j]
			if (x.set.has(v.Deny) || x.set.has(v.End)) && !x.denied && d.serviceNear(r, x, 24) != nil && !d.byUser(r, x) {
				return m, x
			}
		}
	}
	return nil, nil
}

// bannedWithout reports whether r is an item of what the user must not do that he
// may do once his face is enrolled: "(c) open any paper without having enrolled".
func (d *reader) bannedWithout(r *reading) bool {
	v := &d.vocabulary
	return leadIn(r.Clause) != nil && d.forbidden(r) && slices.ContainsFunc(r.mentions, func(m mention) bool {
		words := d.fold.Text[m.start:m.end]
		return m.set.has(v.Decline) && len(m.parts) > 0 && (strings.HasPrefix(words, "without having") || strings.HasPrefix(words, "without first"))
	})
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
		if x := d.denial(r, m); x != nil && !noGround(d.fold.Text[m.end:r.to]) && !d.ownChoice(r, m, x) {
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
		if w := d.fold.Text[m.start:m.end]; strings.HasSuffix(w, " only") && (s.start > m.start || r.object.at.Start < m.start) {
			return nil, nil
		}
		if d.onlyThose(r, m) {
			return m, s
		}
		if d.forProcessing(r, m) {
			return nil, nil
		}
		if w := d.fold.Text[m.start:m.end]; strings.HasSuffix(w, "为") && utf8.RuneCountInString(w) <= 3 && !d.personAfter(r, m) {
			return nil, nil // 目的仅为入场核验 is a purpose, 仅为刷脸的用户开门 a condition
		}
		if strings.HasPrefix(d.fold.Text[m.start:], "only") && (s.start > m.start || r.object.at.Start < m.end) {
			return nil, nil
		}
		return m, s
	}
	return nil, nil
}

// forProcessing reports whether what comes only under a condition is the processing of
// faces itself: 只有您另行同意，我们才会使用您的人脸照片, 同意后才会被刷脸识别.
func (d *reader) forProcessing(r *reading, m *mention) bool {
	if r.lang != "zh" {
		return false
	}
	text := d.fold.Text
	for k := range r.mentions {
		n := &r.mentions[k]
		if n.start < m.start || n.segment > m.segment+1 || !strings.HasPrefix(text[n.start:], "才会") {
			continue
		}
		o := r.object.at
		return o.Start >= n.end && d.between(n.end, o.Start) <= 8 && !strings.ContainsAny(text[n.end:o.Start], ",;。")
	}
	return false
}

// personAfter reports whether a person is named after m in its segment.
func (d *reader) personAfter(r *reading, m *mention) bool {
	v := &d.vocabulary
	return slices.ContainsFunc(r.mentions, func(n mention) bool {
		return n.segment == m.segment && n.start >= m.end && n.set.has(v.User)
	})
}

// ownChoice reports whether what seems to be withheld after a refusal is what the person
// does: 您拒绝的，可以关闭刷脸, "when you withdraw, close your account or leave, we delete".
func (d *reader) ownChoice(r *reading, refusal, x *mention) bool {
	v := &d.vocabulary
	text := d.fold.Text
	if x.start < refusal.end {
		return false
	}
	if r.lang == "zh" {
		// 撤回后我们立即停止使用并删除: what stops is the processing.
		for _, w := range [...]string{"使用并", "使用和", "使用,", "处理", "采集", "收集", "识别", "存储", "分析", "比对"} {
			if strings.HasPrefix(text[x.end:], w) {
				return true
			}
		}
		// What is closed is the recognition itself.
		before := text[refusal.end:x.start]
		return (strings.HasSuffix(before, "可以") || strings.HasSuffix(before, "可") || strings.HasSuffix(before, "可随时")) &&
			slices.ContainsFunc(r.mentions, func(n mention) bool {
				return n.start >= x.end && d.between(x.end, n.start) == 0 && (n.set.has(v.Technique) || n.set.has(v.Face) || n.set.has(v.Algorithm))
			})
	}
	// One verb of several in the case, before a main clause of ours.
	own := strings.TrimRight(text[refusal.end:x.start], " ")
	if own != "," && own != " or" && own != ", or" && own != "or" {
		return false
	}
	return slices.ContainsFunc(r.mentions, func(n mention) bool {
		return n.set.has(v.Company) && n.segment > x.segment && strings.HasSuffix(strings.TrimRight(text[:n.start], " "), ",")
	})
}

// noGround reports whether the words after a refusal say that it has no consequence:
// "declining a face check is never a ground for cancellation".
func noGround(after string) bool {
	for _, w := range [...]string{"never a ground", "not a ground", "no ground for", "never a reason", "not a reason", "no reason for", "不构成", "不作为"} {
		if strings.Contains(after, w) {
			return true
		}
	}
	return false
}

// onlyThose reports whether m names the persons who may, by their faces: "only
// residents who have enrolled a face may use the pool".
func (d *reader) onlyThose(r *reading, m *mention) bool {
	v := &d.vocabulary
	if !strings.HasPrefix(d.fold.Text[m.start:], "only") {
		return false
	}
	who := m
	for k := range r.mentions {
		n := &r.mentions[k]
		switch {
		case n.start < m.start || n.segment != m.segment:
		case n.set.has(v.User) && d.between(m.start, n.start) <= 3:
			who = n
		case n.set.has(v.Able) && n.start >= who.end:
			return (who != m || strings.Contains(d.fold.Text[m.start:m.end], "those")) && r.object.at.Start >= m.start && r.object.at.End <= n.start
		}
	}
	return false
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
		if n := &r.mentions[k]; len(n.parts) > 0 && n.set.has(d.vocabulary.Irrevocable) && n.start <= m.start && m.end <= n.end && !d.caseOf(r, n) {
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
	for j := i; j <= i+2 && j < len(d.readings); j++ {
		n := &d.readings[j]
		// The other items of a list of cases offer nothing.
		if j != i && (!d.neighbours(n, r) || leadIn(r.Clause) != nil && leadIn(n.Clause) == leadIn(r.Clause)) {
			continue
		}
		for k := range n.mentions {
			m := &n.mentions[k]
			if !m.set.has(v.WayOut) || d.negatedAt(n, m) || j < i && n.Block != r.Block || elsewhereOffered(d.fold.Text[m.start:n.to]) || faceAfterAll(d.fold.Text[m.end:n.to]) || strings.HasSuffix(d.fold.Text[n.from:m.start], "must ") {
				continue
			}
			// "Access cards of households that do not agree will be switched off."
			if j == i && n.lang == "en" && m.end <= words.start && m.segment == words.segment && d.between(n.from, m.start) <= 1 {
				continue
			}
			// 不安排其他核验途径
			if slices.ContainsFunc(n.mentions, func(a mention) bool {
				return a.denied && (a.set.has(v.Serve) || a.set.has(v.Allow)) && a.end <= m.start && d.between(a.end, m.start) <= 1
			}) {
				continue
			}
			// 读者证予以注销, 前台不发放钥匙: what is taken away or does the taking is
			// no way out.
			if d.deniedNear(n, m, j != i) {
				continue
			}
			// 暂停其号码的语音、短信及流量服务: in a row of services that are withheld.
			if j == i && m.start > words.start && m.segment == words.segment && slices.ContainsFunc(n.mentions, func(s mention) bool {
				gap := d.fold.Text[m.end:max(m.end, s.start)]
				return s.set.has(v.Service) && s.start >= m.end && d.between(m.end, s.start) <= 4 && (strings.HasPrefix(gap, "、") || strings.HasPrefix(gap, "及") || strings.HasPrefix(gap, "和"))
			}) {
				continue
			}
			// A card that is withheld is no other way in.
			if j == i && (m.set.has(v.Service) && d.apart(m, words) <= 10 || m.segment == words.segment && m.start > words.start && d.apart(m, words) <= 4 && !strings.HasPrefix(d.fold.Text[m.start:m.end], "only")) {
				continue
			}
			return true
		}
	}
	return false
}

// elsewhereOffered reports whether the way that the words after offer is somebody
// else's: 也可以选择其他支付机构.
func elsewhereOffered(after string) bool {
	if i := strings.IndexAny(after, ",;.。"); i >= 0 {
		after = after[:i]
	}
	for _, w := range [...]string{"其他支付机构", "其他机构", "其他公司", "其他平台", "其他商家", "其他银行", "其他服务商", "其他学校", "其他单位", "other providers", "another provider", "another company", "other companies", "elsewhere", "another platform"} {
		if strings.Contains(after, w) {
			return true
		}
	}
	return false
}

// faceAfterAll reports whether the way offered asks for the face again: 惟仍须完成脸部
// 比对.
func faceAfterAll(after string) bool {
	for _, w := range [...]string{"仍须完成", "仍需完成", "仍应完成", "仍须进行", "仍需进行", "仍应进行", "but must still", "must still complete"} {
		if i := strings.Index(after, w); i >= 0 {
			rest := after[i:]
			return strings.Contains(rest, "脸") || strings.Contains(rest, "面部") || strings.Contains(rest, "比对") || strings.Contains(rest, "face")
		}
	}
	return false
}

// deniedNear reports whether something is withheld in the segment of m: after m
// at once, or, with far, anywhere.
func (d *reader) deniedNear(r *reading, m *mention, far bool) bool {
	for k := range r.mentions {
		if n := &r.mentions[k]; n.segment == m.segment && n.set.has(d.vocabulary.Deny) && !n.denied && !d.negatedDenial(r, k) && (far || n.start >= m.end && d.between(m.end, n.start) <= 2) {
			return true
		}
	}
	return false
}
