package lint

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
)

// passage is the distance between the segment numbers of a sentence and of the one
// that is read with it.
const passage = 1000

// secondReach is how many words may lie between two parts of a composition in the
// second reading. Its words are common ones, which mean something together only
// where they stand close.
var secondReach = [...]int{
	clauses.InSegment:   14,
	clauses.Adjacent:    2,
	clauses.NextSegment: 18,
	clauses.InSentence:  30,
	clauses.InPassage:   60,
}

// tieReach is how many words may lie between what a clause lays down and the face
// data that it is laid down for, where the sentence names them.
const tieReach = 24

// terms builds the propositions of what the agreement lays down about face data in
// any other way than by a grant, a consent or a condition: who gets to know them, when
// they are deleted, who answers for them. Their sentences are read a second time, for
// words that matter only where faces are spoken of.
func (d *reader) terms() []Proposition {
	var out []Proposition
	words := d.secondWords()
	for i := range d.readings {
		if !d.readAgain(i) {
			continue
		}
		if p, ok := d.term(words, i, d.near(i)); ok {
			out = append(out, p)
		}
	}
	d.skip = document.Span{}
	return out
}

// readAgain reports whether reading i lays something down about face data, so that it
// is read a second time.
func (d *reader) readAgain(i int) bool {
	r := &d.readings[i]
	if !r.relevant || r.quoted && !d.bansRights(r) && !d.bansCourt(r) || r.Heading || d.ruleForUser(r) || d.rowSaysNo(r) {
		return false
	}
	o := d.near(i)
	// A label of a list, "Sign-in: by comparing faces", defines nothing for elsewhere.
	for _, l := range o.via {
		if l.term != nil && o.anchor == DefinedAnchor && !d.inQuotes(l.term.Span) {
			return false
		}
	}
	technical := o.anchor == TechnicalAnchor && o.own && d.between(r.from, r.to) <= 2*tieReach
	return (o.plain() || technical) && d.spokenOf(i, o)
}

// inQuotes reports whether s begins or ends at a quotation mark, or lies in a pair of
// them.
func (d *reader) inQuotes(s document.Span) bool {
	text := d.doc.Text
	before, _ := utf8.DecodeLastRuneInString(text[:s.Start])
	first, _ := utf8.DecodeRuneInString(text[s.Start:])
	return strings.ContainsRune("\"“”‘’「」『』《》'", before) || strings.ContainsRune("\"“”‘’「」『』《》'", first)
}

// rowSaysNo reports whether r is a cell of a table row that answers its own item with no.
func (d *reader) rowSaysNo(r *reading) bool {
	b := &d.doc.Blocks[r.Block]
	if b.Kind != document.Cell {
		return false
	}
	for j := r.index + 1; j < len(d.readings) && j <= r.index+4; j++ {
		o := &d.doc.Blocks[d.readings[j].Block]
		if o.Kind != document.Cell || o.Table != b.Table || o.Row != b.Row {
			break
		}
		switch strings.Trim(d.fold.Text[d.readings[j].from:d.readings[j].to], " .。") {
		case "否", "否 no", "no", "无", "none", "无 none", "不", "never", "不允许", "not allowed", "n/a":
			return true
		}
	}
	return false
}

// bansRights reports whether r is an item of what the person must not do, which may be
// to exercise a right: "Owners may not: (a) ask for deletion; (b) go to court".
func (d *reader) bansRights(r *reading) bool {
	stem := leadIn(r.Clause)
	if stem == nil || stem == r.Sentence || r.label || len(r.mentions) == 0 || d.states(r) || d.ofLaw(r) || !d.forbidden(r) {
		return false
	}
	v := &d.vocabulary
	return slices.ContainsFunc(r.mentions, func(m mention) bool {
		return (m.set.has(v.Ask) || m.set.has(v.Claim) || m.set.has(v.Tribunal)) && d.between(r.from, m.start) <= 6
	})
}

// opened reports whether r is an item of a list that a lead-in opens with a colon.
func (d *reader) opened(r *reading) bool {
	s := leadIn(r.Clause)
	return s != nil && s != r.Sentence && strings.HasSuffix(strings.TrimRight(d.fold.Text[d.readings[s.Index].from:d.readings[s.Index].to], " "), ":") && d.stem(r.index) != nil
}

// bansCourt reports whether r names a court only to keep the person from it, and states
// no law: "Residents may not sue over the face gates in any court".
func (d *reader) bansCourt(r *reading) bool {
	v := &d.vocabulary
	if r.label || !r.has(v.Tribunal) || !r.has(v.User) || !r.has(v.DutyOfUser) && !r.has(v.Not) && !r.has(v.Waive) || d.asks(r) || r.has(v.Quote) {
		return false
	}
	return !slices.ContainsFunc(r.mentions, func(m mention) bool { return m.set.has(v.Law) && !m.set.has(v.Tribunal) })
}

// holdsDenied reports whether a deed in m is denied.
func (d *reader) holdsDenied(t *reading, m *mention) bool {
	return slices.ContainsFunc(t.mentions, func(n mention) bool {
		return n.denied && len(n.parts) == 0 && n.start >= m.start && n.end <= m.end && (n.set.meets(d.deeds) || n.set.meets(d.acts))
	})
}

// spokenOf reports whether reading i is about o by its own words or follows right upon
// the sentence that names it: in a long paragraph the talk turns to other things.
func (d *reader) spokenOf(i int, o object) bool {
	if len(d.readings[i].Row) > 0 && !o.own {
		return false
	}
	at := d.readingAt(o.at.Start)
	if o.own {
		return true
	}
	if at >= len(d.readings) {
		return false
	}
	// A sentence that names faces among very much else is about that too.
	brief := d.between(d.readings[at].from, d.readings[at].to)+d.between(d.readings[i].from, d.readings[i].to) <= 5*tieReach
	if d.readings[i].has(d.vocabulary.Back) && at >= i-2 && at <= i+1 && brief {
		return true
	}
	for _, l := range o.via {
		if l.role == RoleStem || l.role == RoleHeading || l.role == RoleDefinition {
			return true
		}
	}
	if at == i+1 {
		return d.readings[at].has(d.vocabulary.AppliesTo)
	}
	return at == i-1 && brief
}

// term builds the proposition of what reading i lays down about o.
func (d *reader) term(words *secondLexing, i int, o object) (Proposition, bool) {
	r := &d.readings[i]
	t := d.again(words, i)
	if d.skip.End > 0 {
		d.denyDeeds(t) // under the negation of the lead-in
	}
	d.composeAgain(t)
	p := Proposition{
		Act:      Term,
		Anchor:   o.anchor,
		Object:   d.fold.Back(o.at),
		Depth:    o.depth,
		Sentence: r.Sentence,
		Evidence: d.evidence(o, r.lang),
		Business: t.has(d.vocabulary.Business),
		group:    -1,
	}
	// "The manager is not liable for: (a) errors of face recognition".
	whole := d.pointsBack(r) || o.own && d.opened(r) && !d.readAgain(d.stem(i).index)
	banned := r.quoted
	for k := range t.mentions {
		m := &t.mentions[k]
		if !m.denied && !d.negatedAt(t, m) && !d.needless(t, m) {
			p.said.merge(m.set)
		}
		if banned && !d.holdsDenied(t, m) {
			continue
		}
		if !m.set.meets(d.asked) || m.start < r.from && m.end <= r.from && !whole || !d.close(t, m, o) || !d.laidDown(t, m) {
			continue
		}
		span := document.Span{Start: m.start, End: m.end}
		if m.start < r.from && units(d.fold.Text[m.start:m.end]) > secondReach[clauses.InPassage] {
			span.Start = r.from // the lead-in is far above: mark what the item says
		}
		for c := range d.asked.each {
			if m.set.has(c) && !p.has(c) {
				p.Qualities = append(p.Qualities, Quality{Concept: c, Span: d.fold.Back(span), Sentence: r.Sentence})
			}
		}
	}
	if d.separate(i) {
		p.said.add(d.vocabulary.Separate)
	}
	return p, len(p.Qualities) > 0
}

// needless reports whether t says that there is no need of m: 无须再次取得您的同意.
func (d *reader) needless(t *reading, m *mention) bool {
	v := &d.vocabulary
	if !t.has(v.Needless) && !t.has(v.Without) && !t.has(v.StrongDeem) {
		return false
	}
	return slices.ContainsFunc(t.mentions, func(n mention) bool {
		return (n.set.has(v.Needless) || n.set.has(v.Without) || n.set.has(v.StrongDeem)) && n.end <= m.start && n.segment == m.segment && d.between(n.end, m.start) <= 5
	})
}

// again is reading i, with the words of the second reading and whatever is read with
// it: the lead-in of its list, or else the sentence before it in its paragraph.
func (d *reader) again(words *secondLexing, i int) *reading {
	r := words.read(d, &d.readings[i])
	d.skip = document.Span{}
	if stem := d.stem(i); stem != nil {
		return d.under(r, words.read(d, stem))
	}
	if i == 0 {
		return r
	}
	before := &d.readings[i-1]
	if before.Block != r.Block || before.quoted || before.Heading || !before.relevant {
		return r
	}
	t := *r
	b := words.read(d, before)
	t.all.merge(b.all)
	t.from = b.from
	t.mentions = make([]mention, 0, len(b.mentions)+len(r.mentions))
	t.mentions = append(t.mentions, b.mentions...)
	for _, m := range r.mentions {
		m.segment += passage
		t.mentions = append(t.mentions, m)
	}
	return &t
}

// pointsBack reports whether r does no more than say what the sentence before it is
// about: "Such data includes your faceprint".
func (d *reader) pointsBack(r *reading) bool {
	v := &d.vocabulary
	if r.index == 0 || units(d.fold.Text[r.from:r.to]) > 30 || d.readings[r.index-1].Block != r.Block {
		return false
	}
	if o := d.near(r.index - 1); o.own && o.plain() {
		return false
	}
	back := slices.ContainsFunc(r.mentions, func(m mention) bool { return m.set.has(v.Back) && d.between(r.from, m.start) <= 1 })
	return back && (r.has(v.AppliesTo) || r.has(v.Cover))
}

// composeAgain adds the mentions that several others make together in the second
// reading, for rules about terms.
func (d *reader) composeAgain(t *reading) { d.composeFrom(t, nil) }

// composeFrom adds the mentions that the given compositions of the second reading find;
// all of them, if some is nil.
func (d *reader) composeFrom(t *reading, some []int) {
	var buf [8]mention
	try := func(c *composition) {
		if c.possible(t.all) && d.insert(t, c, d.find(t, c, buf[:0])) {
			t.all.add(c.concept)
		}
	}
	if some == nil {
		for i := range d.later {
			try(&d.later[i])
		}
		return
	}
	for _, i := range some {
		try(&d.later[i])
	}
}

// close reports whether m stands close enough to the object o, if t names it. A picture
// that is face data by what is done with it is so by other words than those of m:
// "images and training materials" are no faces that are used for training.
func (d *reader) close(t *reading, m *mention, o object) bool {
	if o.anchor == TechnicalAnchor && slices.ContainsFunc(o.via, func(l link) bool { return l.at.Start < m.end && m.start < l.at.End }) {
		return false
	}
	if !o.own || o.at.Start < t.from || d.between(t.from, t.to) <= 2*tieReach {
		return true
	}
	reach := tieReach
	if d.between(t.from, t.to) > 5*tieReach {
		reach /= 2 // rather a table than a sentence
	}
	for k := range t.mentions {
		n := &t.mentions[k]
		if (d.anchorOf(n) >= DefinedAnchor || n.start <= o.at.Start && o.at.End <= n.end) && d.apart(n, m) <= reach {
			return true
		}
	}
	return d.apart(&mention{start: o.at.Start, end: o.at.End}, m) <= reach
}

// laidDown reports whether t says what m says of the parties, rather than deny it, put
// it as a case, or forbid it to the user.
func (d *reader) laidDown(t *reading, m *mention) bool {
	for _, w := range [...]string{"不属于", "不属", "并非", "不是", "不构成"} {
		if at := strings.LastIndex(d.fold.Text[t.from:m.start], w); at >= 0 && d.between(t.from+at+len(w), m.start) <= 8 && !strings.ContainsAny(d.fold.Text[t.from+at:m.start], ",;。") {
			return false
		}
	}
	if t.lang == "en" && saysNone(d.fold.Text[m.start:m.end], d.fold.Text[m.end:max(m.end, t.to)]) {
		return false
	}
	return !d.negatedAt(t, m) && !d.disposedOf(t, m) && !d.onlyACase(t, m) && !d.answeredNo(t, m)
}

// saysNone reports whether English words, followed by rest, deny by their object what they
// seem to say, or limit it to a number or a case: "we give it to no third party", "collects
// only one photograph of the face", "recognised by face only after consenting".
func saysNone(words, rest string) bool {
	for _, none := range [...]string{" to no third ", " to no other ", " to no outside ", " with no third ", " with no other ", " to nobody", " with nobody", " to no one", " with no one", " only one ", " only a ", " only two ", " only three "} {
		if strings.Contains(words, none) {
			return true
		}
	}
	if !strings.HasSuffix(words, " only") || !strings.Contains(words, "fac") {
		return false
	}
	// "Face data for payment only" is for nothing else.
	if at := strings.LastIndex(words, " for "); at >= 0 && !strings.Contains(words[at+1:], " by ") {
		return true
	}
	if !strings.HasSuffix(words, "face only") && !strings.HasSuffix(words, "faces only") && !strings.HasSuffix(words, "recognition only") {
		return false
	}
	for _, limit := range [...]string{" after ", " if ", " when ", " once ", " upon ", " where "} {
		if strings.HasPrefix(rest, limit) {
			return true
		}
	}
	return false
}

// disposedOf reports whether a negation says, over its object, that m is not done:
// 不会将人脸识别作为唯一的验证方式, "shall not make face recognition the only way".
func (d *reader) disposedOf(t *reading, m *mention) bool {
	text := d.fold.Text
	for k := range t.mentions {
		n := &t.mentions[k]
		if !n.set.has(d.vocabulary.Not) || n.end > m.start || n.segment != m.segment {
			continue
		}
		rest := strings.TrimLeft(text[n.end:m.start], " ")
		if d.disposal(n.end) || strings.HasPrefix(rest, "会将") || strings.HasPrefix(rest, "会把") || strings.HasPrefix(rest, "会以") ||
			strings.HasPrefix(rest, "make ") || strings.HasPrefix(rest, "treat ") || strings.HasPrefix(rest, "regard ") || strings.HasPrefix(rest, "use ") {
			return true
		}
	}
	return false
}

// onlyACase reports whether all of m stands in the case that the sentence supposes:
// "if a child's face was captured without consent, we delete it".
func (d *reader) onlyACase(t *reading, m *mention) bool {
	v := &d.vocabulary
	text := d.fold.Text
	last := m.segment
	for k := range t.mentions {
		n := &t.mentions[k]
		if n.start >= m.start && n.end <= m.end && n.segment > m.segment {
			return false // it goes on to what follows
		}
		if n.segment/passage == m.segment/passage {
			last = max(last, n.segment)
		}
	}
	if last == m.segment || !strings.ContainsAny(text[m.end:max(m.end, t.to)], ",;") {
		return false
	}
	for k := range t.mentions {
		n := &t.mentions[k]
		if n.set.has(v.If) && n.segment == m.segment && n.end <= m.start && !determiner(text[n.start:n.end]) && text[n.start:n.end] != "until" && text[n.start:n.end] != "while" {
			return true
		}
		// 发现……的，
		if n.set.has(v.If) && n.start >= m.end && d.between(m.end, n.start) == 0 && text[n.start:n.end] == "的," {
			return true
		}
	}
	return false
}

// secondLexing finds the words of the second reading.
type secondLexing struct {
	*lexing
	first   *firstLetters
	found   []occurrence
	spelled []mention // those in Latin script
	// of is the sentence that was scanned last, and all its concepts.
	of  *reading
	all conceptSet
	// slots hold what was read last and before that: a sentence and its lead-in.
	slots [2]reading
	turn  int
}

func (d *reader) secondWords() *secondLexing { return d.secondLexing(d.latin) }

func (d *reader) secondLexing(latin *latinWords) *secondLexing {
	return &secondLexing{lexing: &lexing{lexer: d.second, text: d.fold.Text, nothing: d.vocabulary.Nothing, latin: latin}, first: d.firstSecond}
}

// scan finds the words of the second reading in r and returns the concepts of both
// readings, those of words among them that a longer one hides.
func (l *secondLexing) scan(r *reading) conceptSet {
	h := hanWords{occurrences: l.found[:0]}
	h.find(&l.lexer.chinese, l.first, l.text[:r.to], r.from)
	l.found, l.spelled, l.of, l.all = h.occurrences, l.spelled[:0], r, r.all
	for _, o := range l.found {
		l.all.merge(l.sets[o.value])
	}
	words := l.latin.words(l.lexer, l.text, r.from, r.to)
	for i := range words {
		found, _ := l.matches(words[i:])
		for _, m := range found {
			l.spelled = append(l.spelled, mention{start: words[i].start, end: words[i+m.words-1].end, set: m.set})
			l.all.merge(m.set)
		}
	}
	return l.all
}

// read is r with the words of the second reading among its mentions, and the deeds
// among them denied that a negation reaches. It holds until the next but one is read.
func (l *secondLexing) read(d *reader, r *reading) *reading {
	if l.of != r {
		l.scan(r)
	}
	l.of = nil // r may change before it is read again
	l.turn = 1 - l.turn
	t := &l.slots[l.turn]
	buf := t.mentions[:0]
	*t = *r
	t.mentions = append(buf, r.mentions...)
	for i, o := range l.found {
		// A longer phrase of a concept hides the shorter ones in it.
		hidden := slices.ContainsFunc(l.found[max(0, i-8):min(len(l.found), i+8)], func(p occurrence) bool {
			return p.start <= o.start && o.end <= p.end && p.end-p.start > o.end-o.start && l.sets[p.value].holds(l.sets[o.value])
		})
		if !hidden {
			t.mentions = append(t.mentions, mention{start: int(o.start), end: int(o.end), set: l.sets[o.value]})
			t.all.merge(l.sets[o.value])
		}
	}
	for _, m := range l.spelled {
		t.mentions = append(t.mentions, m)
		t.all.merge(m.set)
	}
	inOrder(t.mentions)
	d.undate(t.mentions)
	d.cut(t)
	d.denyDeeds(t)
	return t
}

// denyDeeds marks the deeds under a negation. It reaches all of them up to the next
// finite verb: "we do not sell, rent or use it for advertising".
func (d *reader) denyDeeds(t *reading) {
	v := &d.vocabulary
	for i := range t.mentions {
		deed := &t.mentions[i]
		if !deed.set.meets(d.deeds) {
			continue
		}
		// What the first reading found denied is.
		if k := slices.IndexFunc(t.mentions, func(m mention) bool {
			return m.denied && m.start == deed.start && len(m.parts) == 0 && m.set.meets(d.acts)
		}); k >= 0 {
			deed.denied, deed.not = true, t.mentions[k].not
			continue
		}
		for j := i - 1; j >= 0 && t.mentions[j].segment >= deed.segment-2; j-- {
			m := &t.mentions[j]
			if m.end > deed.start || len(m.parts) > 0 {
				continue
			}
			if m.set.has(v.But) && m.segment == deed.segment {
				break
			}
			if !m.set.has(v.Not) && !m.set.has(v.NotBecause) {
				continue
			}
			if d.denies(t, j, i) {
				deed.denied, deed.not = !d.negated(t, j), m.start
			}
			break
		}
	}
}

// denies reports whether the negation at j denies the deed at i.
func (d *reader) denies(t *reading, j, i int) bool {
	v := &d.vocabulary
	not, deed := &t.mentions[j], &t.mentions[i]
	between := d.fold.Text[not.end:deed.start]
	// "To prevent misuse and ensure safety" denies the misuse.
	if w := d.fold.Text[not.start:not.end]; (strings.HasPrefix(w, "prevent") || strings.HasPrefix(w, "exclud") || strings.HasPrefix(w, "forbid") || strings.HasPrefix(w, "preclud")) && d.between(not.end, deed.start) > 2 {
		return false
	}
	if affirmedAgain(between, t.lang) {
		return false
	}
	if not.segment != deed.segment {
		// "You may not: (a) ask …"
		if d.skip.End > 0 && not.end <= d.skip.Start && deed.start >= d.skip.End && d.between(not.end, d.skip.Start) <= 1 && d.between(d.skip.End, deed.start) <= 8 {
			return true
		}
		// 不会未经您同意，将其提供给他人
		if rest := between[strings.LastIndexByte(between, ',')+1:]; t.lang == "zh" && (strings.Contains(between, "未经") || strings.Contains(between, "未获") || strings.Contains(between, "擅自")) &&
			(strings.HasPrefix(rest, "将") || strings.HasPrefix(rest, "把") || strings.HasPrefix(rest, "向")) {
			return true
		}
		// "We do not sell, rent or lend": a list of verbs, in Chinese with 、 or 或.
		gap := strings.TrimSpace(between[strings.LastIndexByte(between, ',')+1:])
		return t.lang == "en" && (gap == "" || isConjunction(gap)) && d.between(not.end, deed.start) <= 14
	}
	if not.set.has(v.NotBecause) && t.lang == "zh" {
		return d.between(not.end, deed.start) <= 40 // 不因您拒绝而收费
	}
	if strings.Contains(between, ")") && !strings.Contains(between, "(") && d.fold.Text[not.start:not.end] != "nor" {
		return false // "you (and not the vendor) are responsible"
	}
	reach, nor := 24, false
	if t.lang == "zh" {
		reach = 40 // characters, not words
	}
	if w := d.fold.Text[not.start:not.end]; w == "neither" || w == "nor" {
		reach, nor = 48, true // "neither you nor anyone with whom you have contracted may use …"
	}
	if before := strings.TrimRight(between, " "); t.lang == "zh" && (strings.HasSuffix(before, "或") || strings.HasSuffix(before, "或者") || strings.HasSuffix(before, "、") || strings.HasSuffix(before, "及")) {
		reach = 48 // 不会用于其他目的、或提供给第三方
	}
	if d.between(not.end, deed.start) > reach {
		return false
	}
	// "Those who never agreed to it bear the burden": the clause of who is over.
	if before := d.fold.Text[max(t.from, not.start-24):not.start]; t.lang == "en" && strings.Contains(before, " who ") && d.between(not.end, deed.start) > 3 {
		return false
	}
	if strings.Contains(between, ";") || newSubject(between) || t.lang == "en" && relative(between) {
		return false
	}
	for k := j + 1; k < i; k++ {
		m := &t.mentions[k]
		if m.start < not.end || m.end > deed.start {
			continue
		}
		// Nothing is denied of what nobody is released from.
		if m.set.has(v.Relieve) {
			return false
		}
		// What is refused is not what follows: 不会拒绝删除.
		if t.lang == "zh" && (m.set.has(v.Decline) || m.set.has(v.Deny) && !m.set.meets(d.deeds)) {
			return false
		}
		// Another finite verb: 未录入人脸的员工须缴费, "who has not enrolled will be charged".
		if !nor && m.set.has(v.Able) && m.start > not.end && d.between(not.end, m.start) >= 1 && (t.lang == "en" || d.between(m.end, deed.start) <= 4) && modalWord(d.fold.Text[m.start:m.end]) {
			return false
		}
		if t.lang == "zh" && (m.set.has(v.User) || m.set.has(v.Company)) && strings.HasSuffix(d.fold.Text[not.end:m.start], "的") {
			return false
		}
	}
	return true
}

// modalWord reports whether w is a finite verb that another one follows.
func modalWord(w string) bool {
	switch w {
	case "may", "shall", "will", "must", "can", "should", "将", "应", "应当", "须", "必须", "可", "可以", "有权", "会", "需":
		return true
	}
	return false
}

// askedOf is the concepts that rules ask of an act.
func askedOf(rules []*clauses.Rule, act Act) conceptSet {
	var s conceptSet
	for _, r := range rules {
		for _, c := range r.When {
			if Act(c.Act) != act {
				continue
			}
			for _, alt := range c.Qualities {
				s.merge(setOf(alt...))
			}
		}
	}
	return s
}
