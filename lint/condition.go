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
