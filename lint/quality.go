package lint

import (
	"slices"
	"strings"

	"github.com/clauselint/clauselint/clauses"
)

// reaches reports whether the quality m can be said of the object o: they stand
// near each other, or the sentence is one long grant by the user.
func (d *reader) reaches(r *reading, m *mention, o object) bool {
	if o.own && d.otherPart(r, m, o) {
		return false
	}
	if !o.own || d.apart(m, &mention{start: o.at.Start, end: o.at.End}) <= 50 {
		return true
	}
	v := &d.vocabulary
	for k := range r.mentions {
		if g := &r.mentions[k]; g.set.has(v.Grant) && !g.denied && g.start < m.end+400 {
			for j := k - 1; j >= 0; j-- {
				if u := &r.mentions[j]; u.set.has(v.User) && d.apart(u, g) <= 6 {
					return true
				}
			}
		}
	}
	return false
}

// otherPart reports whether a semicolon parts m from the object o, and m's part
// of the sentence has something else to speak of.
func (d *reader) otherPart(r *reading, m *mention, o object) bool {
	text := d.fold.Text
	lo, hi := min(m.start, o.at.Start), max(m.end, o.at.End)
	if !strings.Contains(text[lo:hi], ";") {
		return false
	}
	v := &d.vocabulary
	from := r.from + strings.LastIndexByte(text[r.from:m.start], ';') + 1
	to := r.to
	if i := strings.IndexByte(text[m.end:r.to], ';'); i >= 0 {
		to = m.end + i
	}
	for k := range r.mentions {
		n := &r.mentions[k]
		if n.start >= from && n.end <= to && n.set.has(v.Back) && (n.set.has(v.Grant) || d.thatGrant(r)) {
			return false // "…; your permission is locked in"
		}
		if n.start >= from && n.end <= to && (n.set.has(v.Photo) || n.set.has(v.Content) || n.set.has(v.OtherBearer) || n.set.has(v.PersonalInfo)) {
			return true
		}
	}
	return false
}

// withdrawalWaived reports whether the right that m waives is that to withdraw,
// which is a limb of its own.
func (d *reader) withdrawalWaived(r *reading, m *mention) bool {
	for k := range r.mentions {
		n := &r.mentions[k]
		if n.set.has(d.vocabulary.Irrevocable) && len(n.parts) > 1 && n.start < m.end && m.start < n.end {
			return true
		}
		// 不得主张终止 claims nothing but the end.
		if n.set.has(d.vocabulary.Withdraw) && len(n.parts) == 0 && n.start == m.end {
			return true
		}
	}
	return false
}

// insidePeriod reports whether m is part of the words of a period: "as long as
// we see fit" sets no purpose.
func (d *reader) insidePeriod(r *reading, m *mention) bool {
	for k := range r.mentions {
		n := &r.mentions[k]
		if (n.set.has(d.vocabulary.SoftPerpetual) || n.set.has(d.vocabulary.Perpetual)) && n.start < m.end && m.start < n.end {
			return true
		}
	}
	return false
}

// excess reports whether a quality beyond the three limbs (any purpose, any
// form, exclusive) is close to the object and to a word of granting or using.
func (d *reader) excess(r *reading, m *mention, o object) bool {
	v := &d.vocabulary
	if m.set.has(v.Freely) {
		return true
	}
	if o.own {
		at := &mention{start: o.at.Start, end: o.at.End}
		if d.apart(m, at) > 40 {
			return false
		}
	} else if at := d.readingAt(o.at.Start); !r.has(v.Back) && leadIn(r.Clause) == nil && len(r.Row) == 0 && d.readings[min(at, len(d.readings)-1)].Block != r.Block {
		return false
	}
	for k := range r.mentions {
		n := &r.mentions[k]
		if n.start >= m.start && n.end <= m.end && len(m.parts) == 0 && !n.set.has(v.Use) {
			continue
		}
		if !n.denied && (n.set.has(v.Grant) || n.set.has(v.Consent) || n.set.has(v.Use) || n.set.has(v.Waive) || n.set.has(v.Scope) || n.set.has(v.Taking)) && d.apart(n, m) <= 24 {
			return true
		}
	}
	// "使用目的 | 不限": said together with the label of its row.
	if len(m.parts) > 0 && m.parts[0].start < r.from {
		return true
	}
	// "The manager may use the records for: … (d) any other end".
	if s := leadIn(r.Clause); s != nil && s != r.Sentence {
		if stem := &d.readings[s.Index]; !stem.quoted && (stem.asserted(v.Use) != nil || stem.asserted(v.Grant) != nil || stem.asserted(v.Consent) != nil) {
			return true
		}
	}
	return m.set.has(v.Ownership) || m.set.has(v.RightsWaived) || m.set.has(v.Exclusive) && o.own
}

// takesConsentBack reports whether the words of m themselves say that it is a consent
// which is taken back: "requests to withdraw consent will not be entertained".
func (d *reader) takesConsentBack(r *reading, m *mention) bool {
	v := &d.vocabulary
	return r.lang == "en" && slices.ContainsFunc(r.mentions, func(n mention) bool {
		return n.set.has(v.Consent) && len(n.parts) == 0 && n.start >= m.start && n.end <= m.end
	})
}

// bears reports whether the quality c, said by m, belongs to a grant rather
// than to a payment order, a deletion or an employment contract.
func (d *reader) bears(r *reading, m *mention, c clauses.Concept) bool {
	v := &d.vocabulary
	text := d.fold.Text
	good := setOf(v.Grant, v.Consent, v.Use, v.Technique)
	good.merge(d.takings)
	bad := setOf(v.OtherBearer, v.Deletion, v.Storage)
	if c == v.Perpetual || c == v.SoftPerpetual {
		// 终身会员, "permanent members"
		for k := range r.mentions {
			if n := &r.mentions[k]; n.start >= m.end && strings.Trim(text[m.end:n.start], " ") == "" && len(m.parts) == 0 &&
				(n.set.has(v.User) || n.set.has(v.Service)) && !n.set.meets(good) {
				return false
			}
		}
	}
	if (c == v.Perpetual || c == v.SoftPerpetual || c == v.Irrevocable && r.lang == "zh") && d.dutyLasts(r, m) {
		return false
	}
	// The period of some right is a period of this grant: 著作权的整个存续期间.
	period := strings.HasSuffix(text[m.start:m.end], "期间") || strings.HasSuffix(text[m.start:m.end], "期限")
	var right, left, anyGood *mention
	rightGap, leftGap := 1<<20, 1<<20
	for k := range r.mentions {
		n := &r.mentions[k]
		if n.start >= m.start && n.end <= m.end || n.start <= m.start && n.end >= m.end {
			continue
		}
		if !n.set.meets(good) && (!n.set.meets(bad) || n.denied && n.set.meets(d.acts) || d.promises(r, n) || n.set.has(v.ThirdParty) || n.set.has(v.User)) {
			continue
		}
		if n.set.meets(good) && (n.end <= m.start || n.segment == m.segment) {
			anyGood = n
		}
		switch {
		case n.start >= m.end && n.segment == m.segment:
			if gap := d.gap(r, m.end, n.start); gap < rightGap {
				right, rightGap = n, gap
			}
		case n.end <= m.start && !(period && n.set.has(v.OtherBearer) && d.between(n.end, m.start) <= 1):
			if gap := d.between(n.end, m.start); gap <= leftGap {
				left, leftGap = n, gap
			}
		}
	}
	if (c == v.Ownership || c == v.Exclusive || c == v.Perpetual || c == v.Sublicensable || c == v.AnyPurpose || c == v.AnyForm) && d.product(r, m) {
		return false
	}
	if c != v.Irrevocable && c != v.Perpetual && c != v.SoftPerpetual {
		// What is passed on or used for any purpose is the data, not a bearer.
		return right == nil || rightGap > 3 || right.set.meets(good)
	}
	if len(m.parts) > 0 {
		// 公寓方概不受理取消: its subject is who refuses.
		refused := slices.ContainsFunc(r.mentions, func(n mention) bool {
			return n.set.has(v.Futile) && n.start >= m.start && n.end <= m.end
		})
		if !refused && d.otherSubject(r, m, bad) || c == v.Perpetual && d.userRight(r, m) {
			return false
		}
		// "May not withdraw your balance".
		if c == v.Irrevocable && r.lang == "en" && d.withdrawsOther(r, m) {
			return false
		}
		// 不得停用出入权限: what is stopped is a service.
		if r.lang == "zh" && c == v.Irrevocable && slices.ContainsFunc(r.mentions, func(n mention) bool {
			return n.start == m.end && n.set.has(v.Admit) && !n.set.meets(good)
		}) {
			return false
		}
		// 一直处理: the use that goes on is part of the words.
		if c == v.Perpetual && slices.ContainsFunc(r.mentions, func(n mention) bool {
			return n.set.has(v.Use) && !n.denied && len(n.parts) == 0 && n.start > m.start && n.end == m.end && n.end-n.start < m.end-m.start && r.lang == "zh"
		}) {
			return true
		}
		// What ends or is taken back need not be the grant; it is enough that
		// a grant is spoken of and nothing else follows at once.
		if right != nil && rightGap <= 4 {
			return right.set.meets(good)
		}
		return anyGood != nil || left == nil || c == v.Irrevocable && d.takesConsentBack(r, m)
	}
	// 永久存储并比对: what is kept in order to be used is used as long.
	if right != nil && right.set.has(v.Storage) {
		for k := range r.mentions {
			if n := &r.mentions[k]; n.start >= right.end && n.set.has(v.Use) && isConjunction(strings.TrimSpace(text[right.end:n.start])) {
				right = n
				break
			}
		}
	}
	// 长期有效居民身份证: the noun follows at once.
	if right != nil && rightGap <= 2 && right.set.has(v.OtherBearer) && !right.set.meets(good) && r.lang == "zh" {
		return false
	}
	// An adjective stands before its noun; a predicate after.
	bearer := left
	if right != nil && (rightGap <= 8 && leftGap != 0 && !(left != nil && predicate(text[r.from:m.start])) || left == nil || rightGap < leftGap && !predicate(text[r.from:m.start])) {
		bearer = right
	}
	if bearer == left && left != nil && d.otherSubject(r, m, bad) {
		return false
	}
	if c == v.Perpetual && d.userRight(r, m) {
		return false
	}
	if bearer == nil {
		return r.has(v.Back) || !d.resolve(r.index).own
	}
	return bearer.set.meets(good)
}

// product reports whether the face that r names is only a word of the name of a
// product: who owns the face recognition algorithm owns no face.
func (d *reader) product(r *reading, m *mention) bool {
	v := &d.vocabulary
	o := d.resolve(r.index)
	owned := m.set.has(v.Ownership) || m.set.has(v.Exclusive)
	if !owned && (!o.own || o.at.Start >= m.start) {
		return false
	}
	for k := range r.mentions {
		n := &r.mentions[k]
		// SDK、人脸模型及文档: one in a row of products.
		if owned && n.set.has(v.Algorithm) && d.fold.Text[n.end:max(n.end, o.at.Start)] == "、" {
			return true
		}
		reach := 2
		if strings.HasSuffix(d.fold.Text[o.at.End:max(o.at.End, n.start)], "的") {
			reach = 4 // 刷脸机具的软件
		}
		if n.start < o.at.End || !d.within(o.at.End, n.start, reach) {
			continue
		}
		if owned && n.set.has(v.Algorithm) {
			return true
		}
		if (n.set.has(v.Algorithm) || n.set.has(v.OtherBearer)) && n.end <= m.start {
			return !slices.ContainsFunc(r.mentions, func(x mention) bool {
				return x.start > n.end && x.end <= m.start && !x.set.has(v.Algorithm) && !d.afterAlgorithm(r, &x) && (d.anchorOf(&x) >= DefinedAnchor || x.set.has(v.Photo) || x.set.has(v.DataNoun) && !x.set.has(v.OtherBearer))
			})
		}
	}
	return false
}

// afterAlgorithm reports whether x is the 模型 of 算法模型, a product too.
func (d *reader) afterAlgorithm(r *reading, x *mention) bool {
	return slices.ContainsFunc(r.mentions, func(n mention) bool { return n.set.has(d.vocabulary.Algorithm) && n.end == x.start })
}

// withdrawsOther reports whether what m does not let one take back is named right
// after it, and is no grant: "… your balance".
func (d *reader) withdrawsOther(r *reading, m *mention) bool {
	v := &d.vocabulary
	other := false
	for k := range r.mentions {
		n := &r.mentions[k]
		if n.start < m.end || len(n.parts) > 0 || n.set.has(v.User) {
			continue
		}
		if d.between(m.end, n.start) > 5 {
			break
		}
		if n.set.has(v.Consent) || n.set.has(v.Grant) || n.set.has(v.Back) || n.set.has(v.Face) || n.set.has(v.FaceWord) {
			return false
		}
		other = other || (n.set.has(v.Service) || n.set.has(v.OtherBearer)) && strings.TrimSpace(d.fold.Text[m.end:n.start]) == "your"
	}
	return other
}

// dutyLasts reports whether what goes on is a duty of the company: "the duty to
// keep face records confidential is perpetual".
func (d *reader) dutyLasts(r *reading, m *mention) bool {
	v := &d.vocabulary
	for k := range r.mentions {
		if n := &r.mentions[k]; n.set.has(v.Duty) && n.segment == m.segment && n.start < m.end && d.between(n.end, m.start) <= 12 {
			return true
		}
	}
	// 负有保密义务，该义务长期有效，不因协议终止而解除: the subject goes on.
	if r.lang != "zh" {
		return false
	}
	for k := len(r.mentions) - 1; k >= 0; k-- {
		n := &r.mentions[k]
		if n.end > m.start || n.segment == m.segment || len(n.parts) > 0 {
			continue
		}
		if n.set.has(v.Duty) && strings.HasPrefix(d.fold.Text[n.start:], "保密") {
			return true
		}
		if n.set.has(v.Grant) || n.set.has(v.Consent) || n.set.has(v.User) {
			return false
		}
	}
	return false
}

// promises reports whether n is a verb of promising rather than a promise: 承诺不
// 行使, "undertake never to".
func (d *reader) promises(r *reading, n *mention) bool {
	v := &d.vocabulary
	if !n.set.has(v.Warrant) {
		return false
	}
	for k := len(r.mentions) - 1; k >= 0; k-- {
		// The company's promise is not the user's grant.
		if p := &r.mentions[k]; p.end <= n.start && p.segment == n.segment && (p.set.has(v.User) || p.set.has(v.Company)) {
			if !p.set.has(v.User) {
				return false
			}
			break
		}
	}
	after := strings.TrimLeft(d.fold.Text[n.end:r.to], " ")
	for _, w := range [...]string{"never", "not", "to ", "that "} {
		if strings.HasPrefix(after, w) {
			return true
		}
	}
	reach := 3
	if w := d.fold.Text[n.start:n.end]; w == "承诺" || w == "保证" {
		reach = 8 // 承诺在网期间不……
	}
	for k := range r.mentions {
		if x := &r.mentions[k]; x.start >= n.end && d.between(n.end, x.start) <= reach && (x.set.has(v.Not) || x.set.has(v.NotBecause) || x.set.has(v.Waive)) {
			return true
		}
	}
	return false
}

// predicate reports whether what follows before is said of a subject: "… is
// irrevocable", ……即不可撤销.
func predicate(before string) bool {
	before = strings.TrimRight(before, " ")
	for _, w := range [...]string{" is", " are", " be", " was", " becomes", " become", " remains", " remain", "即", "均", "为", "是", "系", "皆"} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return false
}

// otherSubject reports whether the segment of m begins with something that can
// be irrevocable without being a grant: "A payment approved by face is …".
func (d *reader) otherSubject(r *reading, m *mention, bad conceptSet) bool {
	v := &d.vocabulary
	// 就刷脸付款所作之同意并无届满之日: the nearest noun is the subject.
	if slices.ContainsFunc(r.mentions, func(n mention) bool {
		return (n.set.has(v.Consent) || n.set.has(v.Grant)) && n.end == m.start && len(n.parts) == 0 && r.lang == "zh"
	}) {
		return false
	}
	start := -1
	for k := range r.mentions {
		n := &r.mentions[k]
		if n.segment != m.segment {
			continue
		}
		if start < 0 {
			start = n.start
		}
		if n.start >= m.start || d.between(start, n.start) > 3 {
			return false
		}
		if n.set.has(v.OtherBearer) && adverbial(d.fold.Text[n.end:r.to]) {
			continue
		}
		if n.set.has(v.Service) && (d.describesUser(r, k) || adverbial(d.fold.Text[n.end:r.to]) || r.lang == "en" && afterPreposition(d.fold.Text[r.from:n.start])) {
			continue
		}
		if n.set.has(v.Service) && !n.set.has(v.User) && !n.set.has(v.Use) && m.set.has(v.Irrevocable) && m.segment == n.segment && !d.rightBefore(r, m) {
			return true
		}
		if n.set.has(v.OtherBearer) {
			return !n.set.has(v.Grant) && !n.set.has(v.User) && !d.promises(r, n)
		}
		if n.set.has(v.User) || n.set.has(v.Company) || n.set.has(v.Grant) || n.set.has(v.Consent) || n.set.has(v.Back) || n.set.has(v.Face) {
			return false
		}
	}
	return false
}

// afterPreposition reports whether the last words before a noun make it a time or
// place rather than a subject: "during the contract".
func afterPreposition(before string) bool {
	words := strings.Fields(before)
	for i := len(words) - 1; i >= 0 && i >= len(words)-3; i-- {
		switch words[i] {
		case "during", "throughout", "within", "for", "in", "at", "on", "under", "after", "before", "upon", "until", "from", "of", "by":
			return true
		}
	}
	return false
}

// describesUser reports whether the mention at k only says what kind of person
// follows: 住院患者.
func (d *reader) describesUser(r *reading, k int) bool {
	for j := k + 1; j < len(r.mentions); j++ {
		if n := &r.mentions[j]; n.start >= r.mentions[k].end {
			return n.set.has(d.vocabulary.User) && d.between(r.mentions[k].end, n.start) == 0
		}
	}
	return false
}

// rightBefore reports whether a grant or a consent is named in the segment of m
// before it.
func (d *reader) rightBefore(r *reading, m *mention) bool {
	v := &d.vocabulary
	for k := range r.mentions {
		if n := &r.mentions[k]; n.segment == m.segment && n.end <= m.start && (n.set.has(v.Grant) || n.set.has(v.Consent) || n.set.has(v.Back) || n.set.has(v.Face)) {
			return true
		}
	}
	return false
}

// adverbial reports whether what precedes after is only a time: 劳动合同存续期间.
func adverbial(after string) bool {
	for _, w := range [...]string{"存续", "期间", "期限", "期内", "内", "中", "时", "后", "前"} {
		if strings.HasPrefix(after, w) {
			return true
		}
	}
	return false
}

// userRight reports whether what m calls endless is a right of the person, such
// as having the data erased.
func (d *reader) userRight(r *reading, m *mention) bool {
	v := &d.vocabulary
	back := false
	for k := range r.mentions {
		n := &r.mentions[k]
		back = back || n.set.has(v.Back) && n.segment == m.segment && n.start < m.start
	}
	alone := true // nothing in m's segment could be a right of the company
	for k := range r.mentions {
		n := &r.mentions[k]
		alone = alone && !(n.segment == m.segment && (n.set.has(v.Consent) || n.set.has(v.Use) || n.set.has(v.Company)))
	}
	erases := func(p *reading, before int) bool {
		for k := range p.mentions {
			n := &p.mentions[k]
			if p == r && n.segment != m.segment && !back && !alone {
				continue
			}
			if n.start < before && !n.denied && len(n.parts) == 0 && (n.set.has(v.Deletion) || n.set.has(v.Withdraw) && !n.set.has(v.End)) {
				return true
			}
		}
		return false
	}
	if erases(r, m.start) {
		return true
	}
	if !r.has(v.Back) || r.index == 0 || d.resolve(r.index).own {
		return false
	}
	p := &d.readings[r.index-1]
	return d.neighbours(p, r) && erases(p, p.to)
}

// userEnds reports whether m is a denied ending whose agent is the user, which
// makes a grant irrevocable rather than endless: "cannot be terminated by you".
func (d *reader) userEnds(r *reading, m *mention) bool {
	v := &d.vocabulary
	if len(m.parts) != 1 {
		return false
	}
	ends, both := false, false
	for k := range r.mentions {
		n := &r.mentions[k]
		if n.end == m.end && n.denied && n.set.has(v.End) {
			ends, both = true, n.set.has(v.Withdraw)
		}
	}
	if !ends {
		return false
	}
	// 亦不终止 says that it goes on, 不得终止 that nobody may end it.
	if both && modal(d.fold.Text[r.from:m.start], d.fold.Text[m.start:m.end]) {
		return true
	}
	for k := range r.mentions {
		n := &r.mentions[k]
		if n.set.has(v.User) && n.segment == m.segment && !possessive(d.fold.Text, n) &&
			(n.end <= m.start && (d.between(n.end, m.start) <= 1 || r.lang == "zh" && d.between(n.end, m.start) <= 3) ||
				n.start >= m.end && strings.HasPrefix(strings.TrimLeft(d.fold.Text[m.end:r.to], " "), "by ") && d.between(m.end, n.start) <= 3) {
			return true
		}
	}
	return false
}

// endsByItself reports whether m denies that the grant ends, rather than that
// somebody ends it, by a word that could mean both: 亦不终止.
func (d *reader) endsByItself(r *reading, m *mention) bool {
	v := &d.vocabulary
	if len(m.parts) != 1 {
		return false
	}
	for k := range r.mentions {
		if n := &r.mentions[k]; n.end == m.end && n.denied && n.set.has(v.End) && n.set.has(v.Withdraw) {
			return !d.userEnds(r, m)
		}
	}
	return false
}

// gap is the distance between two offsets, other qualities left out: in
// "irrevocable, worldwide and perpetual licence" the licence is near.
func (d *reader) gap(r *reading, from, to int) int {
	n := d.between(from, to)
	for k := range r.mentions {
		if m := &r.mentions[k]; m.start >= from && m.end <= to && m.set.meets(d.qualities) && len(m.parts) == 0 {
			n -= d.between(m.start, m.end)
		}
	}
	return n
}
