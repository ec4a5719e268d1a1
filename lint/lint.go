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
