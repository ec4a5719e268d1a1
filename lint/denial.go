package lint

import (
	"slices"
	"strings"
)

// deny marks the acts under a negation. A negation reaches the next act in its
// segment, and on through a coordination: "cannot be cancelled or rescinded".
func (d *reader) deny(r *reading) {
	because := r.has(d.vocabulary.NotBecause)
	for i := range r.mentions {
		act := &r.mentions[i]
		if !act.set.meets(d.acts) {
			continue
		}
		denied, not := act.denied, act.not
		d.denyAct(r, i, because)
		if act.denied != denied || act.not != not {
			r.fresh.merge(act.set)
		}
	}
}

// denyAct marks the act at i if it is under a negation. With because, one in r gives
// a reason.
func (d *reader) denyAct(r *reading, i int, because bool) {
	v, text, act := &d.vocabulary, d.fold.Text, &r.mentions[i]
	// 不得以……为由拒绝、停用: what is denied is all that follows the reason.
	if because {
		if k := d.reasoned(r, i); k >= 0 {
			act.denied, act.not = true, r.mentions[k].start
			return
		}
	}
	if k := d.mannered(r, i); k >= 0 {
		act.denied, act.not = true, r.mentions[k].start
		return
	}
	if r.lang == "en" {
		if k := d.serviceless(r, i); k >= 0 {
			act.denied, act.not = true, r.mentions[k].start
			return
		}
		if k := d.nothingBefore(r, i); k >= 0 {
			act.denied, act.not = true, r.mentions[k].start
			return
		}
	}
	if k := d.deniedAbout(r, i); k >= 0 {
		act.denied, act.not = true, r.mentions[k].start
		return
	}
	for j := i - 1; j >= 0 && r.mentions[j].segment == act.segment; j-- {
		m := &r.mentions[j]
		if m.end > act.start {
			continue
		}
		if m.set.has(v.NotBecause) {
			// 不以任何方式撤销 gives no reason and denies the first act.
			act.denied, act.not = !d.reasonAfter(r, i), m.start
			break
		}
		if m.set.has(v.Not) && d.disposal(m.end) {
			// 不得将……转授权: what is denied is what is done with the object.
			act.denied, act.not = true, m.start
			break
		}
		// A verb of its own, unless it is "No seat will be assigned".
		if w := text[m.start:m.end]; m.set.has(v.Not) && r.lang == "en" && (w == "not" || !strings.HasPrefix(w, "no")) && ownVerb(text[m.end:act.start], "") {
			break // "who has not written will be counted as"
		}
		if m.set.has(v.Not) && (newSubject(text[m.end:act.start]) || affirmedAgain(text[m.end:act.start], r.lang)) {
			break // "you no longer want it and we switch it off"
		}
		if m.set.has(v.Not) && r.lang == "en" && (d.ofObject(r, j) && relative(text[m.end:act.start]) || strings.Contains(text[m.end:act.start], " who have ") || strings.Contains(text[m.end:act.start], " who has ")) {
			break // "we provide no services to users who refuse"
		}
		if m.set.has(v.Not) && (d.insideRefusal(r, j) || strings.HasSuffix(text[r.from:m.end], "whether or not")) {
			continue // "say no and the app closes"
		}
		if m.set.has(v.Not) && d.sparesHarm(r, j, act) {
			break // "at no charge and with access"
		}
		if m.set.has(v.Not) {
			act.denied = !d.negated(r, j) && !(m.end-m.start == 3 && strings.Contains(text[m.end:act.start], "、")) && d.between(m.end, act.start) <= 14
			act.not = m.start
			break
		}
		if m.set.has(v.But) {
			break
		}
		if m.set.meets(d.acts) && (d.place(r, m) || d.insideNegation(r, j) || d.disposedBefore(r, j) || d.nominal(r, j) && m.end < act.start) {
			continue
		}
		if m.set.meets(d.acts) && !m.set.has(v.Ask) && !m.set.has(v.LightVerb) {
			// A conjunct shares the negation; any other act takes it.
			// "Refuse, suspend or close": in English a comma too.
			// So does what one is not entitled to.
			if gap := strings.Trim(text[m.end:act.start], " "); isConjunction(gap) || gap == "," || gap == "to" && m.set.has(v.Able) {
				act.denied, act.not = m.denied, m.not
			}
			break
		}
	}
}

// mannered is the negation of a manner that reaches the act at i right behind it: 不得
// 以永久、不可撤销的方式提供. -1 if there is none.
func (d *reader) mannered(r *reading, i int) int {
	act := &r.mentions[i]
	text := d.fold.Text
	if r.lang != "zh" || !slices.ContainsFunc([]string{"方式", "形式", "任何理由", "任何原因", "任何事由", "任何借口", "任何名义", "等理由", "等原因"}, func(w string) bool { return strings.HasSuffix(text[r.from:act.start], w) }) {
		return -1
	}
	for k := i - 1; k >= 0 && r.mentions[k].segment == act.segment; k-- {
		m := &r.mentions[k]
		if !m.set.has(d.vocabulary.Not) && !m.set.has(d.vocabulary.NotBecause) {
			continue
		}
		if w := text[m.start:m.end]; strings.HasSuffix(w, "以") || strings.HasPrefix(text[m.end:], "以") {
			return k
		}
	}
	return -1
}

// deniedAbout is the negation that says before a comma about what the act at i is not
// done: 不就其运用脸部资料之方式，主张肖像权. -1 if there is none, or another act stands
// before it in its stretch.
func (d *reader) deniedAbout(r *reading, i int) int {
	v := &d.vocabulary
	act := &r.mentions[i]
	if r.lang != "zh" || !act.set.has(v.Claim) && !act.set.has(v.Ask) && !act.set.has(v.Withdraw) {
		return -1
	}
	for k := i - 1; k >= 0; k-- {
		m := &r.mentions[k]
		if m.segment == act.segment && m.end <= act.start && m.set.meets(d.acts) {
			return -1
		}
		if m.segment != act.segment-1 || !m.set.has(v.Not) || len(m.parts) > 0 {
			continue
		}
		if rest := d.fold.Text[m.start:]; strings.HasPrefix(rest, "不就") || strings.HasPrefix(rest, "不对") || strings.HasPrefix(rest, "不得就") || strings.HasPrefix(rest, "不得对") {
			return k
		}
	}
	return -1
}

// newSubject reports whether the English words between begin another main clause.
func newSubject(between string) bool {
	for _, w := range [...]string{" and we ", " and you ", " but we ", " but you ", " so we ", " and they ", " and it "} {
		if strings.Contains(between, w) {
			return true
		}
	}
	return false
}

// affirmedAgain reports whether the words between a negation and a deed begin a statement
// of what is done all the same: 不予识别并立即删除, "are not recognised and are deleted".
func affirmedAgain(between, lang string) bool {
	if lang == "en" {
		for _, w := range [...]string{" and are ", " and is ", " and will ", " but are ", " but is "} {
			if at := strings.Index(between, w); at > 0 && !strings.Contains(between[at:], " not ") {
				return true
			}
		}
		return false
	}
	for _, w := range [...]string{"立即", "随即", "马上", "当即", "即从", "即予", "即行", "即将其"} {
		at := strings.Index(between, w)
		if at <= 0 {
			continue
		}
		before := strings.TrimRight(between[:at], " ")
		if !strings.HasSuffix(w, "即") && !strings.HasSuffix(w, "上") { // 即 joins by itself
			return true
		}
		for _, c := range [...]string{"并", "并且", "而", "且", "或者", "或", "而是"} {
			if strings.HasSuffix(before, c) && len(before) > len(c) {
				return true
			}
		}
	}
	return false
}

// serviceless is the "no" right after the verb at i that gives no service, as
// in "provides no services": -1 if there is none.
func (d *reader) serviceless(r *reading, i int) int {
	for j := i + 1; j < len(r.mentions); j++ {
		if m := &r.mentions[j]; m.start > r.mentions[i].end+1 {
			break
		} else if m.set.has(d.vocabulary.Not) && d.ofObject(r, j) && r.mentions[i].end+1 == m.start && r.mentions[i].set.has(d.vocabulary.Serve) {
			return j
		}
	}
	return -1
}

// ofObject reports whether the negation at j is the "no" of "provides no
// services": right between a verb of giving and what would be given.
func (d *reader) ofObject(r *reading, j int) bool {
	v := &d.vocabulary
	m := &r.mentions[j]
	if d.fold.Text[m.start:m.end] != "no" {
		return false
	}
	before, after := false, false
	for k := range r.mentions {
		n := &r.mentions[k]
		if len(n.parts) > 0 || n.segment != m.segment {
			continue
		}
		before = before || n.end+1 == m.start && n.set.has(v.Serve)
		after = after || n.start >= m.end && n.set.has(v.Service) && d.between(m.end, n.start) <= 1
	}
	return before && after
}

// relative reports whether the English words between begin a relative clause.
func relative(between string) bool {
	return strings.Contains(between, " who ") || strings.Contains(between, " that ") || strings.Contains(between, " whoever ") || strings.Contains(between, " which ")
}

// insideRefusal reports whether the negation at j is a word of a refusal that is
// longer: "say no".
func (d *reader) insideRefusal(r *reading, j int) bool {
	m := &r.mentions[j]
	for k := range r.mentions {
		if n := &r.mentions[k]; k != j && n.set.has(d.vocabulary.Decline) && len(n.parts) == 0 && n.start < m.start && m.end <= n.end {
			return true
		}
	}
	return false
}

// sparesHarm reports whether the negation at j is that of a harm named right
// after it, before act.
func (d *reader) sparesHarm(r *reading, j int, act *mention) bool {
	for k := j + 1; k < len(r.mentions); k++ {
		if n := &r.mentions[k]; n.start >= r.mentions[j].end && n.start < act.start && n.set.has(d.vocabulary.Harm) && d.between(r.mentions[j].end, n.start) == 0 && !n.set.meets(d.acts) {
			return true
		}
	}
	return false
}

// nothingBefore is the "nothing in …" that denies the act at i, whatever else is
// named in what it is that nothing stands in; -1 if there is none.
func (d *reader) nothingBefore(r *reading, i int) int {
	act := &r.mentions[i]
	if !act.set.meets(d.matrix) {
		return -1
	}
	for k := i - 1; k >= 0 && r.mentions[k].segment == act.segment; k-- {
		n := &r.mentions[k]
		if n.set.has(d.vocabulary.Not) && strings.HasPrefix(d.fold.Text[n.start:], "nothing ") && d.between(n.end, act.start) <= 8 {
			return k
		}
	}
	return -1
}

// place reports whether m is part of the words for a place or time, which a
// negation passes over: 未在安全帽发放处登记.
func (d *reader) place(r *reading, m *mention) bool {
	if r.lang != "zh" {
		return false
	}
	text := d.fold.Text
	at := strings.LastIndex(text[r.from:m.start], "在")
	if at < 0 || d.between(r.from+at, m.start) > 8 || strings.ContainsAny(text[r.from+at:m.start], ",;、") {
		return false
	}
	for _, w := range [...]string{"处", "时", "里", "内", "中", "上", "前", "后", "期间", "地点", "场所", "现场", "窗口"} {
		if strings.HasPrefix(text[m.end:r.to], w) {
			return true
		}
	}
	return false
}

// insideNegation reports whether the act at j is part of the words that negate:
// "not open to withdrawal" opens nothing.
func (d *reader) insideNegation(r *reading, j int) bool {
	m := &r.mentions[j]
	for k := range r.mentions {
		if n := &r.mentions[k]; k != j && n.set.has(d.vocabulary.Not) && n.start <= m.start && m.end <= n.end {
			return true
		}
	}
	return false
}

// nominal reports whether the act at j stands as a thing that was named before:
// "that permission", 该授权. A negation passes over it to the verb.
func (d *reader) nominal(r *reading, j int) bool {
	m := &r.mentions[j]
	text := d.fold.Text
	if !m.set.has(d.vocabulary.Grant) && !m.set.has(d.vocabulary.Consent) {
		return false
	}
	if j > 0 {
		if b := &r.mentions[j-1]; b.set.has(d.vocabulary.Back) && b.end <= m.start && strings.Trim(text[b.end:m.start], " ") == "" {
			return true
		}
	}
	for _, w := range [...]string{"the ", "this ", "that ", "such ", "your ", "our ", "本", "该", "此", "上述", "前述"} {
		if strings.HasSuffix(text[r.from:m.start], w) {
			return true
		}
	}
	return false
}

// disposal reports whether the object of a disposal construction begins at o of
// the folded text: 将, 把.
func (d *reader) disposal(o int) bool {
	return strings.HasPrefix(d.fold.Text[o:], "将") || strings.HasPrefix(d.fold.Text[o:], "把")
}

// disposedBefore reports whether a negation with a disposal construction
// stands before j in its segment.
func (d *reader) disposedBefore(r *reading, j int) bool {
	for k := j - 1; k >= 0 && r.mentions[k].segment == r.mentions[j].segment; k-- {
		if m := &r.mentions[k]; m.set.has(d.vocabulary.Not) && d.disposal(m.end) {
			return true
		}
	}
	return false
}

// reasoned is the negation that gives a reason before the act at i in its
// segment, where the reason ends before the act; -1 if there is none.
func (d *reader) reasoned(r *reading, i int) int {
	v := &d.vocabulary
	ended := false
	since := d.sinceThen(r, i)
	for k := i - 1; k >= 0 && r.mentions[k].segment >= r.mentions[i].segment-1; k-- {
		// 不能因为……，就认定…….
		if m := &r.mentions[k]; since && m.set.has(v.NotBecause) && m.segment <= r.mentions[i].segment && strings.HasSuffix(d.fold.Text[m.start:m.end], "因为") {
			return k
		}
		if since {
			continue
		}
		if r.mentions[k].segment < r.mentions[i].segment && !ended && !(r.mentions[k].set.has(v.ReasonGiven) && r.lang == "zh" && strings.HasPrefix(d.fold.Text[r.mentions[k].end:], ",")) {
			return -1
		}
		if r.mentions[k].set.has(v.ReasonGiven) {
			ended = true
		}
		if r.mentions[k].set.has(v.NotBecause) {
			if ended {
				return k
			}
			return -1
		}
	}
	return -1
}

// sinceThen reports whether the act at i is the first of a segment that begins with
// 就, what somebody might conclude.
func (d *reader) sinceThen(r *reading, i int) bool {
	// 不会因为没有回复就推定其同意
	if strings.HasSuffix(d.fold.Text[r.from:r.mentions[i].start], "就") {
		return true
	}
	at := strings.LastIndexByte(d.fold.Text[r.from:r.mentions[i].start], ',')
	return at >= 0 && strings.HasPrefix(d.fold.Text[r.from+at+1:], "就")
}

// reasonAfter reports whether a reason ends after the act at i in its segment,
// so that the act belongs to the reason.
func (d *reader) reasonAfter(r *reading, i int) bool {
	for k := i + 1; k < len(r.mentions) && r.mentions[k].segment == r.mentions[i].segment; k++ {
		if r.mentions[k].set.has(d.vocabulary.ReasonGiven) {
			return true
		}
	}
	return false
}

// negated reports whether the negation at j is itself negated: 不得不.
func (d *reader) negated(r *reading, j int) bool {
	return j > 0 && r.mentions[j-1].set.has(d.vocabulary.Not) && r.mentions[j-1].end == r.mentions[j].start
}

// isConjunction reports whether s, the words between two acts, only coordinates them.
func isConjunction(s string) bool {
	switch strings.Trim(s, ", ") {
	case "or", "and", "nor", "和", "或", "及", "与", "、", "或者", "并", "and/or", "且", "以及":
		return true
	}
	return false
}
