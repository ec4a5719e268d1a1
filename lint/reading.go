package lint

import (
	"math/bits"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/segment"
)

// mention is a phrase of the lexicon in a sentence, or several that together
// say a concept. Offsets are in the folded text.
type mention struct {
	start, end int
	set        conceptSet
	denied     bool // an act under a negation: "may not withdraw"
	not        int  // where that negation begins
	segment    int  // number of the stretch between commas, within the sentence
	parts      []part
}

// part is a member of a composed mention, which is evidence of its own.
type part struct{ start, end int }

// reading is a sentence read as concepts.
type reading struct {
	*segment.Sentence
	index    int
	from, to int // in the folded text
	lang     string
	mentions []mention  // ascending by start
	all      conceptSet // every concept that is mentioned
	object   object     // what it is about, once resolved
	resolved bool
	seed     bool // may be about faces by its own words
	relevant bool // or by what is said around it
	label    bool // names the other cells of its table row, and is read with them
	answered bool // a question that is answered, and says what the answer makes of it
	quoted   bool // states the law or quotes somebody: speaks for no party
}

// reader reads the sentences of one document.
type reader struct {
	*Linter
	doc      *document.Document
	contract *segment.Contract
	fold     *document.Folded
	readings []reading
	uses     []termUse // ascending
	// namesUsed is where the names of defined terms stand, by their folded
	// singular, ascending.
	namesUsed map[string][]document.Span
	lang      string // asked for by the caller; "" for that of each sentence
	// faces is set where the document speaks of faces at all: biometric data in
	// a document about fingerprints is none of our business.
	faces bool
	// skip is the stretch between a lead-in and the item read with it.
	skip document.Span
	// standalone is set for a document that is itself about face processing,
	// such as a face recognition agreement: to accept it is no bundling.
	standalone bool
}

// first is the first mention of c in r at or after offset from, or nil.
func (r *reading) first(c clauses.Concept, from int) *mention {
	if !r.all.has(c) {
		return nil
	}
	for i := range r.mentions {
		if m := &r.mentions[i]; m.start >= from && m.set.has(c) {
			return m
		}
	}
	return nil
}

// has reports whether c is mentioned at all.
func (r *reading) has(c clauses.Concept) bool { return r.all.has(c) }

// asserted is the first mention of c that is not denied, or nil.
func (r *reading) asserted(c clauses.Concept) *mention {
	if !r.all.has(c) {
		return nil
	}
	for i := range r.mentions {
		if m := &r.mentions[i]; m.set.has(c) && !m.denied {
			return m
		}
	}
	return nil
}

// mentions fills in the mentions of r.
func (d *reader) mentions(r *reading, words *lexing) {
	text := d.fold.Text
	words.mentions(r.from, r.to, func(a, b int, set conceptSet) {
		r.mentions = append(r.mentions, mention{start: a, end: b, set: set})
		if text[a] >= utf8.RuneSelf && set.meets(d.content) {
			for _, p := range d.compounds.of(text[a:b]) {
				r.mentions = append(r.mentions, mention{start: a + p.start, end: a + p.end, set: p.set})
			}
		}
	})
	// Chinese and English phrases were found in two passes.
	slices.SortStableFunc(r.mentions, func(a, b mention) int { return a.start - b.start })
}

// analyse finds what the mentions of r say together.
func (d *reader) analyse(r *reading) {
	for k := range r.mentions {
		// "The creator's face": whose it is makes it one.
		if m := &r.mentions[k]; m.set.has(d.vocabulary.FaceWord) && strings.HasSuffix(d.fold.Text[r.from:m.start], "'s ") {
			m.set.add(d.vocabulary.Face)
		}
	}
	d.cut(r)
	r.count()
	if r.has(d.vocabulary.Not) || r.has(d.vocabulary.NotBecause) {
		d.deny(r)
	}
	d.compose(r)
}

// count notes every concept that r mentions.
func (r *reading) count() {
	for i := range r.mentions {
		r.all.merge(r.mentions[i].set)
	}
}

// cut numbers the stretches between commas. A comma in an English enumeration
// of adjectives or verbs is none: only one that a new subject or conjunction
// follows.
func (d *reader) cut(r *reading) {
	text, n, seg := d.fold.Text, 0, 0
	for i := r.from; i < r.to && n < len(r.mentions); {
		for n < len(r.mentions) && r.mentions[n].start <= i {
			r.mentions[n].segment = seg
			n++
		}
		switch c := text[i]; {
		case c == ';' || c == ':' || c == '!' || c == '?' || c == '|' || c == '\t' || c == 0xE3 && strings.HasPrefix(text[i:], "。"):
			seg++
		case c == ',':
			if d.newClause(r, i, n) {
				seg++
			}
		case c >= 0xE4 && c <= 0xE9:
			i += 2 // a Chinese character
		}
		i++
	}
	for ; n < len(r.mentions); n++ {
		r.mentions[n].segment = seg
	}
}

// newClause reports whether the comma at comma starts a clause with a subject of
// its own; next is the mention after it.
func (d *reader) newClause(r *reading, comma, next int) bool {
	text := d.fold.Text
	before, _ := utf8.DecodeLastRuneInString(text[r.from:comma])
	after, _ := utf8.DecodeRuneInString(text[min(comma+1, r.to):r.to])
	if before >= 0x2E80 || after >= 0x2E80 {
		return true
	}
	v := &d.vocabulary
	for ; next < len(r.mentions); next++ {
		m := &r.mentions[next]
		if m.start < comma {
			continue
		}
		if units(text[comma:m.start]) > 2 {
			return false
		}
		// "In whole or in part, to anyone": no subject.
		if words := strings.Fields(text[comma+1 : m.start]); len(words) > 0 {
			switch {
			case preposition(words[0]) || words[0] == "that":
				return false
			case words[0] == "which" || words[0] == "whereby" || words[0] == "whereupon":
				return true
			}
		}
		if m.set.has(v.User) || m.set.has(v.Company) || m.set.has(v.But) || m.set.has(v.If) && !determiner(text[m.start:m.end]) || m.set.has(v.Unless) {
			return true
		}
	}
	return false
}

// determiner reports whether a word that can put a case is just that of a noun:
// "…, any perpetual right".
func determiner(w string) bool {
	return w == "any" || w == "every" || w == "those" || w == "whose" || w == "who" || w == "whom"
}

func preposition(w string) bool {
	switch w {
	case "to", "of", "for", "with", "by", "from", "in", "on", "at", "through", "including", "against", "between":
		return true
	}
	return false
}

// deny marks the acts under a negation. A negation reaches the next act in its
// segment, and on through a coordination: "cannot be cancelled or rescinded".
func (d *reader) deny(r *reading) {
	v := &d.vocabulary
	text := d.fold.Text
	because := r.has(v.NotBecause)
	for i := range r.mentions {
		act := &r.mentions[i]
		if !act.set.meets(d.acts) {
			continue
		}
		// 不得以……为由拒绝、停用: what is denied is all that follows the reason.
		if because {
			if k := d.reasoned(r, i); k >= 0 {
				act.denied, act.not = true, r.mentions[k].start
				continue
			}
		}
		if r.lang == "en" {
			if k := d.nothingBefore(r, i); k >= 0 {
				act.denied, act.not = true, r.mentions[k].start
				continue
			}
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
			if m.set.has(v.Not) && newSubject(text[m.end:act.start]) {
				break // "you no longer want it and we switch it off"
			}
			if m.set.has(v.Not) && d.insideRefusal(r, j) {
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
		if m := &r.mentions[k]; since && m.set.has(v.NotBecause) && m.segment < r.mentions[i].segment && strings.HasSuffix(d.fold.Text[m.start:m.end], "因为") {
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

func isConjunction(s string) bool {
	switch strings.Trim(s, ", ") {
	case "or", "and", "nor", "和", "或", "及", "与", "、", "或者", "并", "and/or", "且", "以及":
		return true
	}
	return false
}

// compose adds the mentions that several others make together, in the order
// of the lexicon, so that a composition may build on an earlier one.
func (d *reader) compose(r *reading) {
	if len(r.mentions) == 0 {
		return
	}
	r.count()
	// Those that end in a concept that is mentioned, in the order of the lexicon;
	// what one says may let a later one follow.
	var left compositionSet
	for c := range r.all.each {
		left.merge(&d.endingIn[c])
	}
	for i := left.next(0); i >= 0; i = left.next(i + 1) {
		c := &d.compositions[i]
		if !c.possible(r.all) || !d.apply(r, c) || r.all.has(c.concept) {
			continue
		}
		r.all.add(c.concept)
		left.merge(&d.endingIn[c.concept])
	}
}

// compositionSet is a set of indices of Linter.compositions.
type compositionSet [maxCompositions / 64]uint64

// maxCompositions bounds the compositions of a lexicon. New refuses more.
const maxCompositions = 512

func (s *compositionSet) add(i int) { s[i/64] |= 1 << (i % 64) }

func (s *compositionSet) merge(t *compositionSet) {
	for i := range s {
		s[i] |= t[i]
	}
}

// next is the first index in s from i on, or -1.
func (s *compositionSet) next(i int) int {
	for w := i / 64; w < len(s); w++ {
		word := s[w]
		if w == i/64 {
			word &^= 1<<(i%64) - 1
		}
		if word != 0 {
			return w*64 + bits.TrailingZeros64(word)
		}
	}
	return -1
}

// composition is a clauses.Composition with the concept that it says.
type composition struct {
	clauses.Composition
	concept clauses.Concept
	needs   conceptSet // the concepts of its parts
}

func newComposition(c clauses.Composition, says clauses.Concept) composition {
	out := composition{Composition: c, concept: says}
	for _, p := range c.Parts {
		out.needs.add(p.Concept)
	}
	return out
}

// possible reports whether a sentence with these concepts may hold c.
func (c *composition) possible(all conceptSet) bool {
	return all.holds(c.needs)
}

// maxReach is how many words may lie between two parts of a composition
// within a segment. It is generous: relative clauses stand between subject and
// verb.
const maxReach = 34

// apply adds c wherever it stands in r and reports whether it did.
func (d *reader) apply(r *reading, c *composition) bool {
	var found []mention
	for i := range r.mentions {
		m := &r.mentions[i]
		if !fits(c.Parts[0], m) {
			continue
		}
		if len(c.Parts) == 1 {
			if !m.set.has(c.concept) {
				p := extent(c.Parts[0], m)
				found = append(found, mention{start: p.start, end: p.end, segment: m.segment, parts: []part{p}})
			}
			continue
		}
		if hit, ok := d.complete(r, c, i); ok {
			found = append(found, hit)
		}
	}
	for _, m := range found {
		m.set.add(c.concept)
		if d.said(r, &m, c.concept) {
			continue
		}
		at := sort.Search(len(r.mentions), func(i int) bool { return r.mentions[i].start > m.start })
		r.mentions = append(r.mentions, mention{})
		copy(r.mentions[at+1:], r.mentions[at:])
		r.mentions[at] = m
	}
	return len(found) > 0
}

// said reports whether r has a composed mention of c in the very words of m.
func (d *reader) said(r *reading, m *mention, c clauses.Concept) bool {
	for k := range r.mentions {
		if n := &r.mentions[k]; n.start == m.start && n.end == m.end && len(n.parts) == len(m.parts) && n.set.has(c) {
			return true
		}
	}
	return false
}

// complete looks for the other parts of c around the mention at i.
func (d *reader) complete(r *reading, c *composition, i int) (mention, bool) {
	hit := r.mentions[i]
	first := extent(c.Parts[0], &hit)
	hit.set, hit.denied = conceptSet{}, false
	hit.start = first.start
	hit.parts = []part{first}
	prev := &r.mentions[i]
	for _, p := range c.Parts[1:] {
		best, bestGap := -1, maxReach+1
		for j := range r.mentions {
			m := &r.mentions[j]
			if !fits(p, m) || m.start == prev.start && m.end == prev.end || m.start < prev.end && prev.start < m.end {
				continue
			}
			if c.Ordered && m.start < prev.end {
				continue
			}
			if c.Reach == clauses.InSegment && m.segment != prev.segment {
				continue
			}
			if c.Reach == clauses.NextSegment && m.segment != prev.segment && m.segment != prev.segment+1 {
				continue
			}
			gap := d.between(min(prev.end, m.end), max(prev.start, m.start))
			if c.Reach == clauses.Adjacent && gap > 2 && gap <= 4 && strings.Contains(d.textBetween(min(prev.end, m.end), max(prev.start, m.start)), ":") {
				gap = 2 // "revocation by the client: not permitted"
			}
			if c.Reach == clauses.Adjacent && (gap > 2 || strings.ContainsAny(d.textBetween(min(prev.end, m.end), max(prev.start, m.start)), ",;.()、。")) {
				continue
			}
			if c.Reach == clauses.Adjacent && c.concept == d.vocabulary.Face && d.partyBetween(r, prev, m) {
				continue
			}
			if gap < bestGap || c.Reach == clauses.InSentence && best < 0 {
				best, bestGap = j, gap
			}
		}
		if best < 0 {
			return hit, false
		}
		prev = &r.mentions[best]
		next := extent(p, prev)
		hit.start, hit.end = min(hit.start, next.start), max(hit.end, next.end)
		hit.parts = append(hit.parts, next)
	}
	return hit, true
}

func fits(p clauses.Part, m *mention) bool {
	return m.set.has(p.Concept) && !(p.Denied && !m.denied) && !(p.Asserted && m.denied)
}

// partyBetween reports whether a party is named between a and b: in "the
// problems our customers face" the face belongs to nobody.
func (d *reader) partyBetween(r *reading, a, b *mention) bool {
	if a.start > b.start {
		a, b = b, a
	}
	for k := range r.mentions {
		if m := &r.mentions[k]; m.set.has(d.vocabulary.User) && m.start >= a.end && m.end <= b.start {
			return true
		}
	}
	return false
}

// extent is the words of m that say p: a denied act says it together with the
// negation.
func extent(p clauses.Part, m *mention) part {
	if p.Denied {
		return part{min(m.not, m.start), m.end}
	}
	return part{m.start, m.end}
}

// apart is the number of words between two mentions, 0 if they touch or overlap.
func (d *reader) apart(a, b *mention) int {
	if a.start > b.start {
		a, b = b, a
	}
	return d.between(a.end, b.start)
}

// between is the number of words from one offset of the folded text to a later
// one; where a lead-in is read together with an item of its list, what lies
// between the two counts nothing.
func (d *reader) between(from, to int) int {
	if from >= to {
		return 0
	}
	return units(d.textBetween(from, to))
}

// textBetween is the folded text from one offset to a later one, without what
// lies between a lead-in and its item.
func (d *reader) textBetween(from, to int) string {
	if from <= d.skip.Start && to >= d.skip.End && d.skip.End > 0 {
		return d.fold.Text[from:d.skip.Start] + " " + d.fold.Text[d.skip.End:to]
	}
	return d.fold.Text[from:to]
}

// leadIn is the sentence that the clause c continues as an item of a list; nil
// for a section with a heading of its own, although "the parties agree as
// follows:" may stand before the first of them.
func leadIn(c *segment.Clause) *segment.Sentence {
	if c.Stem == nil || len(c.Sentences) > 0 && c.Sentences[0].Heading {
		return nil
	}
	return c.Stem
}

// withStem is reading i together with the lead-in of its list, if it has one:
// "Entry is refused to whoever: (a) has not enrolled his face".
func (d *reader) withStem(i int) *reading {
	r := &d.readings[i]
	d.skip = document.Span{}
	if labels := d.labels(i); len(labels) > 0 {
		return d.under(r, &d.readings[labels[len(labels)-1]])
	}
	if leadIn(r.Clause) == nil || leadIn(r.Clause) == r.Sentence {
		return r
	}
	stem := &d.readings[leadIn(r.Clause).Index]
	if stem.quoted || stem.index >= i {
		return r
	}
	return d.under(r, stem)
}

// under is r read on from stem: a lead-in, or the label of a table row.
func (d *reader) under(r, stem *reading) *reading {
	if stem.from >= r.from {
		return r
	}
	both := *r
	both.all.merge(stem.all)
	both.from = stem.from
	both.mentions = append([]mention(nil), stem.mentions...)
	last := 0
	for k := range both.mentions {
		last = max(last, both.mentions[k].segment)
	}
	for _, m := range r.mentions {
		m.segment += last + 1
		both.mentions = append(both.mentions, m)
	}
	d.skip = document.Span{Start: stem.to, End: r.from}
	return &both
}
