// Package lint finds the clauses of a contract that a rule of the library
// speaks of, and says why.
//
// It reads every sentence as propositions (who grants whom what, over which
// object, with which qualities) and applies the rules to those. It prints
// nothing and cannot fail: errors are for the doors, reading and reporting.
package lint

import (
	"runtime"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/segment"
)

// Linter applies a library to documents. It is safe for concurrent use.
type Linter struct {
	library         *clauses.Library
	vocabulary      vocabulary
	lexer           *lexer
	second          *lexer // for words of the second reading
	first           *firstLetters
	firstSecond     *firstLetters
	latins          latinPool // for the first reading
	latinsSecond    latinPool
	roots           *roots
	compounds       *compounds
	compositions    []composition
	endingIn        [clauses.MaxConcepts]compositionSet // compositions by the concept of their last part
	heeding         [clauses.MaxConcepts]compositionSet // and by every concept that can make a difference to them
	disclosureRules []*clauses.Rule                     // ask what a document lacks
	firstKinds      conceptSet                          // concepts of the first reading
	personal        *roots                              // without which no sentence speaks of personal information
	later           []composition                       // those of the second reading
	acts            conceptSet                          // concepts that can be denied
	deeds           conceptSet                          // those of the second reading
	asked           conceptSet                          // concepts that some rule asks of a term
	content         conceptSet                          // concepts other than cues, whose compounds fall apart
	qualities       conceptSet                          // concepts that some rule asks of a grant
	qualityList     []clauses.Concept
	takings         conceptSet
	limbs3          conceptSet // the three limbs of Article 11
	noService       conceptSet // what a person who refuses is not sorry to miss
	matrix          conceptSet // acts whose denial denies what they govern
	firm            conceptSet // parties, objects and cues: words with boundaries of their own
	// unfilled is the blanks of the fair wordings, by what stands in them; most documents
	// never ask.
	unfilled func() map[string][]blank
}

// Options steer one run. The zero value is the default.
type Options struct {
	// Lang is the language of messages: "zh", "en", or "" or "auto" for the
	// language of each finding's own sentence.
	Lang string
	// AsOf is a day, as YYYY-MM-DD: only rules with a basis in the law on personal
	// information that was in force then speak, and cite only what was. The empty
	// day is that of the newest law of the library.
	AsOf string
	// Excerpt says that the text is part of a document, such as an example of a
	// rule page: what it lacks is not asked.
	Excerpt bool
	// Faces says that the text is part of a document that speaks of face data, so that
	// biometric data are face data also where it does not name them.
	Faces bool
	// Kind is what kind of document it is; empty to find that out.
	Kind clauses.DocumentKind
	// Severities are those that rules have instead of their own, by id; 0 silences one.
	// What makes a finding milder still does.
	Severities map[string]clauses.Severity
	// Facts are the answers to what the text cannot tell, by the id of the fact.
	Facts map[string]Answer
}

// Review is all that is said of a document.
type Review struct {
	Kind KindReading
	// Findings are in reading order.
	Findings []Finding
	// Withheld are those that are no findings, of severity 0, as long as the answer to a
	// question, or the lack of one, leaves nothing of them.
	Withheld []Finding
	// Met is where the document says what a rule asks it to say, in the order of the rules.
	Met []Met
	// Faces reports whether the document speaks of face data, without which most rules
	// have nothing to apply to.
	Faces bool
}

// Met is a sentence that says what a rule asks a document to say.
type Met struct {
	document.Span
	Rule *clauses.Rule
}

// New makes a linter of a library. It panics if the library lacks a concept
// that sentences are read with; [clauses.Builtin] has them all.
func New(lib *clauses.Library) *Linter {
	v, err := newVocabulary(lib.Lexicon)
	if err != nil {
		panic(err)
	}
	l := &Linter{library: lib, vocabulary: v, unfilled: sync.OnceValue(func() map[string][]blank { return blanksOf(lib) })}
	l.lexer, l.second = lexersOf(lib.Lexicon)
	l.first, l.firstSecond = newFirstLetters(&l.lexer.chinese), newFirstLetters(&l.second.chinese)
	l.compounds = &compounds{lexer: l.lexer, first: l.first}
	l.roots = newRoots(anchorRoots)
	l.personal = newRoots(rootsOf(&lib.Lexicon.Concepts[v.PersonalInfo]))
	for _, c := range buildingOrder(lib.Lexicon) {
		info := &lib.Lexicon.Concepts[c]
		if info.Kind.Second() {
			for _, comp := range info.Compositions {
				later := newComposition(comp, c)
				later.reach, later.second = secondReach[comp.Reach], true
				l.later = append(l.later, later)
			}
			if info.Kind == clauses.DeedKind {
				l.deeds.add(c)
			}
			continue
		}
		l.firstKinds.add(c)
		if info.Kind == clauses.ActKind {
			l.acts.add(c)
		}
		if info.Kind != clauses.ActKind && info.Kind != clauses.QualityKind {
			l.firm.add(c)
		}
		if info.Kind != clauses.CueKind {
			l.content.add(c)
		}
		for _, comp := range info.Compositions {
			l.endingIn[comp.Parts[len(comp.Parts)-1].Concept].add(len(l.compositions))
			for _, p := range comp.Parts {
				l.heeding[p.Concept].add(len(l.compositions))
			}
			if c == v.Face {
				l.heeding[v.User].add(len(l.compositions)) // see partyBetween
			}
			l.compositions = append(l.compositions, newComposition(comp, c))
		}
	}
	// Words that deny or point back hold others too: 不提供, 该授权.
	l.content.merge(setOf(v.None, v.Futile, v.Back, v.Separate, v.FeatureOnly, v.Needless, v.InTurn))
	l.takings = setOf(v.Taking)
	l.noService = setOf(v.Face, v.Biometric, v.Photo, v.PersonalInfo, v.Deletion, v.Storage, v.Hinder, v.Unaffected, v.PassOn, v.Withdraw, v.Decline, v.Technique, v.FeatureOnly, v.Harm, v.Capture, v.WayOut, v.ThirdParty, v.Perpetual)
	l.limbs3 = setOf(v.Perpetual, v.SoftPerpetual, v.Irrevocable, v.Sublicensable)
	l.matrix = setOf(v.Ask, v.Grant, v.Consent, v.Use, v.Capture, v.PassOn, v.Technique)
	for _, r := range lib.Rules {
		for _, cond := range r.When {
			if Act(cond.Act) != Grant {
				continue
			}
			for _, alt := range cond.Qualities {
				for _, c := range alt {
					if !l.qualities.has(c) {
						l.qualities.add(c)
						l.qualityList = append(l.qualityList, c)
					}
				}
			}
		}
	}
	l.asked = askedOf(lib.Rules, Term)
	for _, r := range lib.Rules {
		if Act(r.When[0].Act) != Missing {
			continue
		}
		l.disclosureRules = append(l.disclosureRules, r)
	}
	l.qualities.add(v.Freely)
	l.qualityList = append(l.qualityList, v.Freely)
	return l
}

// leadingTo lists the compositions of the second reading that say one of the concepts, or
// a part of what does.
func (l *Linter) leadingTo(concepts conceptSet) []int {
	wanted := concepts
	var out []int
	for i := len(l.later) - 1; i >= 0; i-- {
		if c := &l.later[i]; wanted.has(c.concept) {
			wanted.merge(c.needs)
			out = append(out, i)
		}
	}
	slices.Reverse(out)
	return out
}

// buildingOrder lists the concepts of lex so that those which a composition is
// made of come before what it says, as far as they do not lean on each other.
func buildingOrder(lex *clauses.Lexicon) []clauses.Concept {
	var order []clauses.Concept
	met := make([]bool, len(lex.Concepts))
	var visit func(c clauses.Concept)
	visit = func(c clauses.Concept) {
		if met[c] {
			return
		}
		met[c] = true
		for _, comp := range lex.Concepts[c].Compositions {
			for _, p := range comp.Parts {
				visit(p.Concept)
			}
		}
		order = append(order, c)
	}
	for c := range lex.Concepts {
		visit(clauses.Concept(c))
	}
	return order
}

// Lint reads doc and returns its findings in reading order.
func (l *Linter) Lint(doc *document.Document, opts Options) []Finding {
	return l.Review(doc, opts).Findings
}

// Review reads doc and returns its findings, what kind of document it is, and the
// questions that its text leaves open.
func (l *Linter) Review(doc *document.Document, opts Options) Review {
	// Folding shows a root that capitals or traditional characters hide.
	if !l.roots.in(doc.Text) && !l.roots.in(doc.Fold().Text) {
		return Review{Kind: KindReading{Kind: opts.Kind, Why: KindGiven}}
	}
	d := l.read(doc, opts)
	defer l.latinsSecond.Put(d.latin)
	review := Review{Kind: d.kind}
	props := d.propositions()
	findings, withheld := d.match(props)
	more, _ := d.match(d.unmarked(props, findings))
	findings = append(findings, more...)
	sortFindings(findings)
	sortFindings(withheld)
	review.Findings, review.Withheld = d.versions(findings), withheld
	review.Met, review.Faces = d.met, d.faces
	d.stamp(review.Findings)
	d.stamp(review.Withheld)
	return review
}

// Concerns reports whether a text can speak of faces at all. That of which it is false has
// no words for them.
func (l *Linter) Concerns(text string) bool { return l.roots.in(document.FoldString(text)) }

// sortFindings puts findings into reading order.
func sortFindings(findings []Finding) {
	sort.SliceStable(findings, func(i, j int) bool {
		if findings[i].Start != findings[j].Start {
			return findings[i].Start < findings[j].Start
		}
		return findings[i].Rule.ID < findings[j].Rule.ID
	})
}

// propositions lists what the passages of the document say in law, grants first.
func (d *reader) propositions() []Proposition {
	props := d.gather(d.grants())
	differ := d.discrepancies(props)
	props = append(props, d.consents()...)
	props = append(props, d.conditions()...)
	props = append(props, d.terms()...)
	if !d.excerpt {
		props = append(props, d.missing()...)
	}
	props = append(props, d.blanks()...)
	return append(props, differ...)
}

// read reads every sentence of doc: its mentions, the terms it defines, and
// whether it speaks for a party at all.
func (l *Linter) read(doc *document.Document, opts Options) *reader {
	fold, contract := foldAndCut(doc)
	d := &reader{Linter: l, latin: l.latinsSecond.borrow(), doc: doc, fold: fold, contract: contract, lang: opts.Lang, asOf: opts.AsOf, excerpt: opts.Excerpt, given: opts.Facts, levels: opts.Severities}
	d.readings = make([]reading, len(d.contract.Sentences))
	d.parts = min(runtime.GOMAXPROCS(0), len(fold.Text)/shortText+1)
	for i, s := range d.contract.Sentences {
		d.readings[i].Sentence, d.readings[i].index = s, i
	}
	d.eachSome(d.begin)
	d.findNames()
	d.relevant()
	d.parties()
	d.eachSome(d.lex)
	for i := range d.readings {
		d.faces = d.faces || d.readings[i].has(l.vocabulary.Face)
	}
	d.faces = d.faces || opts.Faces || d.onlyBiometric()
	d.define()
	d.answers()
	d.tables()
	d.bans()
	for i := range d.readings {
		r := &d.readings[i]
		r.quoted = r.label || d.states(r) || d.forbidden(r) || d.ofLaw(r)
	}
	d.standalone = d.aboutFaces()
	d.kind = d.findKind(opts.Kind)
	return d
}

// onlyBiometric reports whether the text is about biometric data and names no trait in
// particular: the face is what is meant, more often than not.
func (d *reader) onlyBiometric() bool {
	n := 0
	for i := range d.readings {
		if d.readings[i].has(d.vocabulary.Biometric) {
			n++
		}
	}
	return n > 0 && 10*n >= len(d.readings) && !slices.ContainsFunc(otherTraits, func(w string) bool { return strings.Contains(d.fold.Text, w) })
}

// otherTraits are the traits besides the face that biometric data may be of.
var otherTraits = []string{"fingerprint", "voice", "iris", "palm", "retina", "vein", "dna", "genetic", "指纹", "声纹", "虹膜", "掌纹", "基因", "静脉"}

// foldAndCut folds a document and cuts it, side by side where it is long.
func foldAndCut(doc *document.Document) (*document.Folded, *segment.Contract) {
	if len(doc.Text) < 4*shortText {
		return doc.Fold(), segment.Cut(doc)
	}
	cut := make(chan *segment.Contract, 1)
	go func() { cut <- segment.Cut(doc) }()
	return doc.Fold(), <-cut
}

// shortText is how much folded text one goroutine reads as fast as several.
const shortText = 32 << 10

// eachSome calls f for the sentences, each by itself, in as many goroutines as the
// text has parts. These are of one length, and numbered.
func (d *reader) eachSome(f func(part int, some []reading)) {
	all := d.contract.Sentences
	var wg sync.WaitGroup
	for p, from := 0, 0; p < d.parts; p++ {
		end := (p + 1) * len(d.doc.Text) / d.parts
		to := sort.Search(len(all), func(i int) bool { return all[i].End > end })
		if p == d.parts-1 {
			to = len(all)
		}
		some := d.readings[from:to]
		from = to
		switch {
		case len(some) == 0:
		case p == d.parts-1:
			f(p, some)
		default:
			wg.Go(func() { f(p, some) })
		}
	}
	wg.Wait()
}

// begin notes what can be said of some sentences before their words are known.
func (d *reader) begin(_ int, some []reading) {
	for i := range some {
		r := &some[i]
		folded := d.fold.Forward(r.Span)
		r.from, r.to = folded.Start, folded.End
		text := d.fold.Text[r.from:r.to]
		r.lang, r.seed = languageOf(text), d.roots.in(text)
	}
}

// lex finds what the relevant ones of some sentences mention, one after the other.
func (d *reader) lex(_ int, some []reading) {
	d.lexInto(new(mentionPool), some)
}

// lexInto is lex with the place where the mentions are kept.
func (d *reader) lexInto(kept *mentionPool, some []reading) {
	latin := d.latins.borrow()
	defer d.latins.Put(latin)
	words := newLexing(d.lexer, d.first, latin, d.fold.Text, some, d.vocabulary.Nothing, d.firm)
	var buf []mention
	for i := range some {
		r := &some[i]
		if !r.relevant {
			continue
		}
		r.mentions = buf[:0]
		d.mentions(r, words)
		d.analyse(r)
		buf = r.mentions
		r.mentions = kept.keep(buf)
	}
}

// readingAt is the index of the reading that holds offset o of the folded
// text, or the next one after it.
func (d *reader) readingAt(o int) int {
	return sort.Search(len(d.readings), func(i int) bool { return d.readings[i].to > o })
}

// readingsIn is the readings that overlap span of the folded text.
func (d *reader) readingsIn(span document.Span) []reading {
	from := d.readingAt(span.Start)
	to := from
	for to < len(d.readings) && d.readings[to].from < span.End {
		to++
	}
	return d.readings[from:to]
}

// languageOf is the language that most of a folded sentence is in.
func languageOf(s string) string {
	han, latin := 0, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z':
			latin++
		case c >= 0xE4 && c <= 0xE9 || c == 0xE3 && s[i+1] >= 0x90: // U+3400 to U+9FFF
			han++
			i += 2
		}
	}
	// A Chinese character says about as much as four letters.
	if han*4 >= latin && han > 0 {
		return "zh"
	}
	return "en"
}

// states reports whether r states the law or quotes somebody rather than
// binding the parties: nobody in it is addressed, and it speaks of articles,
// courts or nullity.
func (d *reader) states(r *reading) bool {
	v := &d.vocabulary
	// A question asserts nothing.
	if r.first(v.Quote, 0) != nil || d.asks(r) && !r.answered || d.elsewhere(r) {
		return true
	}
	text := d.fold.Text
	if !d.speaksOfLaw(r) {
		return false
	}
	strict := r.has(v.Tribunal)
	for k := range r.mentions {
		m := &r.mentions[k]
		if !m.set.has(v.User) && !m.set.has(v.Company) {
			continue
		}
		if possessive(text, m) {
			continue
		}
		if d.namesParty(m) && !strict {
			return false
		}
		// "To the extent permitted by law, the policyholder relinquishes …".
		if m.set.has(v.User) && !strict && slices.ContainsFunc(r.mentions, func(n mention) bool {
			return n.start >= m.end && d.between(m.end, n.start) <= 1 && !n.denied && n.set.has(v.Waive) && len(n.parts) == 0
		}) {
			return false
		}
		// Before a court everybody is somebody else.
		if w := text[m.start:m.end]; strict && w != "您" && w != "我们" && w != "you" && w != "we" && w != "us" && w != "本公司" && w != "本人" {
			continue
		}
		switch text[m.start:m.end] {
		case "您", "你", "我们", "我方", "本公司", "用户", "本人", "平台", "公司", "业主", "员工", "you", "we", "us", "i", "the company", "company", "user", "employee", "本行", "我行", "会员", "学校", "阁下", "customer", "member", "resident", "residents", "employees", "members", "users":
			return false
		}
	}
	return true
}

// elsewhere reports whether r tells what others do, or what was done before, and
// goes on that we do not: "some apps demand a perpetual licence; ours does not".
func (d *reader) elsewhere(r *reading) bool {
	v := &d.vocabulary
	m := r.first(v.Elsewhere, 0)
	if m == nil || d.between(r.from, m.start) > 2 {
		return false
	}
	if u := r.first(v.User, 0); u != nil && u.start < m.start {
		return false // "you let some apps"
	}
	if not := d.disowned(r, m.end); not != nil {
		// What follows is our own again.
		for k := range r.mentions {
			if n := &r.mentions[k]; n.start >= not.end && (n.set.meets(d.qualities) || n.set.has(v.Grant)) && !n.denied && !d.negatedAt(r, n) && d.holds(r, n) {
				return false
			}
		}
		return true
	}
	if r.index+1 == len(d.readings) || d.readings[r.index+1].Block != r.Block {
		return false
	}
	next := &d.readings[r.index+1]
	not := d.disowned(next, 0)
	return not != nil && d.between(next.from, not.start) <= 3
}

// disowned is the first mention in r, from offset from on, that we do not do so.
// "We do not" is one if nothing follows: "we do not supervise them" is not.
func (d *reader) disowned(r *reading, from int) *mention {
	m := r.first(d.vocabulary.Disowned, from)
	if m == nil {
		return nil
	}
	w := d.fold.Text[m.start:m.end]
	if !strings.HasSuffix(w, "not") && !strings.HasSuffix(w, "n't") {
		return m
	}
	if after := strings.TrimLeft(d.fold.Text[m.end:r.to], " "); after == "" || strings.IndexByte(".,;:!)", after[0]) >= 0 {
		return m
	}
	return nil
}

// speaksOfLaw reports whether r names the law, a court or nullity. That something
// is done 根据 our needs is no law.
func (d *reader) speaksOfLaw(r *reading) bool {
	for k := range r.mentions {
		m := &r.mentions[k]
		if !m.set.has(d.vocabulary.Law) {
			continue
		}
		switch d.fold.Text[m.start:m.end] {
		case "根据", "依据", "依照", "按照", "under the", "无效":
		default:
			return true
		}
	}
	return false
}

// ofLaw reports whether r is an item under a lead-in that states the law.
func (d *reader) ofLaw(r *reading) bool {
	s := leadIn(r.Clause)
	return s != nil && s != r.Sentence && d.states(&d.readings[s.Index])
}

// forbidden reports whether r is an item of a list of prohibitions: "You must
// not: …". An item that takes back or ends is not: to forbid that is a limb.
func (d *reader) forbidden(r *reading) bool {
	v := &d.vocabulary
	for k := range r.mentions {
		if m := &r.mentions[k]; m.set.has(v.Withdraw) && !m.denied && d.between(r.from, m.start) <= 8 {
			return false
		}
	}
	for c := r.Clause; c != nil; c = c.Parent {
		if leadIn(c) == nil || leadIn(c) == r.Sentence {
			continue
		}
		stem := &d.readings[leadIn(c).Index]
		if slices.ContainsFunc(stem.mentions, func(n mention) bool { return n.set.has(v.Not) && d.usesFor(r, stem, &n) }) {
			return true
		}
		if stem.has(v.Deny) && stem.has(v.Service) {
			return false // "We refuse entry to whoever:" states a consequence
		}
		acts := 0
		for k := len(stem.mentions) - 1; k >= 0; k-- {
			m := &stem.mentions[k]
			if w := d.fold.Text[m.start:m.end]; m.set.has(v.Not) && (strings.HasPrefix(w, "不予") || strings.HasPrefix(w, "概不") || strings.HasPrefix(w, "恕不")) {
				return false // 有下列情形之一的，快递柜不予开箱: a consequence too
			}
			if (m.set.has(v.Not) || m.set.has(v.DutyOfUser)) && !d.spentOn(stem, m) && !d.insideRefusal(stem, k) {
				return acts == 0 || stem.to-m.start < 60
			}
			if m.set.has(v.Grant) || m.set.has(v.Consent) {
				acts++
			}
		}
	}
	return d.doc.Blocks[r.Block].Kind == document.Item && d.headedByBan(r.Clause)
}

// bans reads what a list forbids the user: under "You must not:", an item that takes
// the permission back makes it irrevocable.
func (d *reader) bans() {
	v := &d.vocabulary
	for i := range d.readings {
		r := &d.readings[i]
		stem := leadIn(r.Clause)
		if stem == nil || stem == r.Sentence || len(r.mentions) == 0 || !r.mentions[0].set.has(v.Withdraw) || r.mentions[0].denied || d.between(r.from, r.mentions[0].start) > 1 {
			continue
		}
		s := &d.readings[stem.Index]
		for k := range s.mentions {
			n := &s.mentions[k]
			if n.set.has(v.DutyOfUser) && (n.set.has(v.Not) || n.set.has(v.Unable)) && d.between(n.end, s.to) <= 2 && !(s.has(v.Company) && !s.has(v.User)) {
				w := r.mentions[0]
				m := mention{start: w.start, end: w.end, set: setOf(v.Irrevocable), parts: []part{{n.start, n.end}, {w.start, w.end}}}
				r.mentions = slices.Insert(r.mentions, 0, m)
				r.all.add(v.Irrevocable)
				break
			}
		}
	}
}

// usesFor reports whether the negation not forbids the user to use something for the
// ends that the items name: "you will not use the services: – to categorise people".
func (d *reader) usesFor(r, stem *reading, not *mention) bool {
	v := &d.vocabulary
	first := r
	if len(r.Clause.Sentences) > 0 {
		first = &d.readings[r.Clause.Sentences[0].Index] // what follows explains it
	}
	words := strings.TrimLeft(d.fold.Text[first.from:first.to], " 0123456789.()-*")
	if !strings.HasPrefix(words, "to ") && !strings.HasPrefix(words, "for ") && !strings.HasPrefix(words, "based on") && !strings.HasPrefix(words, "in ") {
		return false
	}
	user := slices.ContainsFunc(stem.mentions, func(n mention) bool {
		return n.set.has(v.User) && n.end <= not.start && d.between(n.end, not.start) <= 2
	})
	return user && slices.ContainsFunc(stem.mentions, func(n mention) bool {
		return n.set.has(v.Use) && n.denied && n.start >= not.end && d.between(not.end, n.start) <= 1
	})
}

// headedByBan reports whether the nearest heading above a list forbids what it
// names: "10 不得有下列行为".
func (d *reader) headedByBan(c *segment.Clause) bool {
	v := &d.vocabulary
	for ; c != nil; c = c.Parent {
		if c.Heading == "" {
			continue
		}
		ban := false
		d.eachMention(d.fold.Forward(c.HeadingSpan), func(_ *reading, m *mention) {
			ban = ban || m.set.has(v.DutyOfUser) && m.set.has(v.Not)
		})
		words := document.FoldString(c.Heading)
		return ban && (strings.Contains(words, "下列") || strings.Contains(words, "以下") || strings.Contains(words, "行为")) ||
			strings.Contains(words, "禁止行为") || strings.Contains(words, "prohibited") || strings.Contains(words, "must not") || strings.Contains(words, "may not do")
	}
	return false
}

// spentOn reports whether the negation not has an act of its own in r, as in
// "tenants who have not enrolled will:".
func (d *reader) spentOn(r *reading, not *mention) bool {
	for k := range r.mentions {
		if n := &r.mentions[k]; n.start >= not.end && n.denied && n.not <= not.start && len(n.parts) == 0 {
			return true
		}
	}
	return false
}

// gather joins grants over face data that stand in different clauses and give
// one limb each: one fault, one finding.
func (d *reader) gather(props []Proposition) []Proposition {
	var full clauses.Condition
	found := false
	for _, r := range d.library.Rules {
		for _, c := range r.When {
			if Act(c.Act) == Grant && c.AtLeast > 1 {
				full, found = c, true
			}
		}
	}
	if !found {
		return props
	}
	limb := func(p *Proposition) int {
		if p.Anchor < DefinedAnchor {
			return -1
		}
		one := -1
		for k, alt := range full.Qualities {
			if hasAny(p, alt) {
				if one >= 0 {
					return -1
				}
				one = k
			}
		}
		return one
	}
	drop := map[int]bool{}
	for i := range props {
		kinds := map[int]bool{limb(&props[i]): true}
		if kinds[-1] || drop[i] {
			continue
		}
		var others []int
		for j := i + 1; j < len(props); j++ {
			if k := limb(&props[j]); k >= 0 && !drop[j] && d.sameObject(&props[i], &props[j]) {
				others = append(others, j)
				kinds[k] = true
			}
		}
		if len(kinds) < full.AtLeast {
			continue
		}
		main := &props[i]
		for _, j := range others {
			main.Qualities = append(main.Qualities, props[j].Qualities...)
			main.Evidence = append(main.Evidence, props[j].Evidence...)
			main.Contrary = append(main.Contrary, props[j].Contrary...)
			main.Depth = max(main.Depth, 1)
			drop[j] = true
		}
	}
	kept := props[:0]
	for i := range props {
		if !drop[i] {
			kept = append(kept, props[i])
		}
	}
	return kept
}

// sameObject reports whether two grants can be over the same face data: not if each
// is over another defined term. Face data by a general name is what the term stands
// for, unless several terms do.
func (d *reader) sameObject(p, q *Proposition) bool {
	if p.Object == q.Object {
		return true
	}
	if d.otherPersons(p, q) {
		return false
	}
	if !headsBoth(p, q) || !headsBoth(q, p) {
		return false
	}
	a, b := d.termOf(p), d.termOf(q)
	if a == b {
		return true
	}
	if a != "" && b != "" {
		return false
	}
	for i := range d.uses {
		if d.uses[i].name != d.uses[0].name {
			return false
		}
	}
	return true
}

// otherPersons reports whether p and q name their grantors, and not the same: the
// visitor, the pass holder.
func (d *reader) otherPersons(p, q *Proposition) bool {
	a, b := d.grantors(p), d.grantors(q)
	for _, w := range a {
		if slices.Contains(b, w) {
			return false
		}
	}
	return len(a) > 0 && len(b) > 0
}

// grantors are the persons whom the sentence of p names by a noun of their own: not
// you, nor the user.
func (d *reader) grantors(p *Proposition) []string {
	r := &d.readings[p.Sentence.Index]
	var out []string
	for k := range r.mentions {
		m := &r.mentions[k]
		if !m.set.has(d.vocabulary.User) || len(m.parts) > 0 || m.set.has(d.vocabulary.ThirdParty) {
			continue
		}
		switch w := strings.TrimSuffix(strings.TrimSuffix(d.fold.Text[m.start:m.end], "'s"), "s"); w {
		case "you", "your", "yourself", "i", "my", "me", "user", "person", "people", "individual", "own", "anyone", "everyone", "您", "你", "我", "本人", "个人", "用户", "自然人", "人员":
			return nil
		default:
			out = append(out, w)
		}
	}
	return out
}

// headsBoth reports whether the heading that p has its object from, if it has, stands
// over q as well.
func headsBoth(p, q *Proposition) bool {
	for c := p.Sentence.Clause; c != nil; c = c.Parent {
		if c.HeadingSpan.Overlaps(p.Object) {
			return c.Span.Contains(q.Sentence.Span)
		}
	}
	return true
}

// termOf is the defined term that p is over, folded; "" if p names face data by a
// general name.
func (d *reader) termOf(p *Proposition) string {
	s := d.fold.Forward(p.Object)
	for _, u := range d.usesIn(s) {
		if u.Start == s.Start {
			return u.name
		}
	}
	return ""
}

// sentenceOf is the sentence in which f starts.
func (d *reader) sentenceOf(f *Finding) *segment.Sentence {
	i := sort.Search(len(d.contract.Sentences), func(i int) bool { return d.contract.Sentences[i].End > f.Start })
	return d.contract.Sentences[min(i, len(d.contract.Sentences)-1)]
}

// aboutFaces reports whether the title of the document says that it is about
// face processing: one of its first lines, short, naming faces and a text.
func (d *reader) aboutFaces() bool {
	v := &d.vocabulary
	for i := 0; i < len(d.readings) && i < 3; i++ {
		r := &d.readings[i]
		text := strings.TrimRight(d.fold.Text[r.from:r.to], " ")
		if units(text) > 24 || strings.HasSuffix(text, "。") || strings.HasSuffix(text, ".") || strings.HasSuffix(text, ";") {
			continue
		}
		if r.has(v.Face) && (r.has(v.Package) || r.has(v.Grant) || r.has(v.Consent) || strings.HasSuffix(text, "规则") || strings.HasSuffix(text, "notice") || strings.HasSuffix(text, "政策")) {
			return true
		}
	}
	return false
}
