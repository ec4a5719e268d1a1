package lint

import (
	"slices"
	"strings"
	"sync"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/segment"
)

// missing builds the propositions of what the law asks a document to say that processes
// face data, and that it does not say.
func (d *reader) missing() []Proposition {
	if len(d.disclosureRules) == 0 || !d.faces || len(d.readings) < 2 || d.statute() {
		return nil
	}
	duties := d.processing()
	if len(duties) == 0 {
		return nil
	}
	checks := make([]check, len(d.disclosureRules))
	for i, rule := range d.disclosureRules {
		checks[i] = check{
			rule: rule, enough: setOf(rule.When[0].Qualities[0]...), unless: setOf(rule.Unless...),
			only: setOf(rule.Only...), looked: setOf(rule.Looked...), asked: len(rule.Only) == 0,
		}
	}
	newDisclosures(d, checks).search()
	elsewhere := d.refersElsewhere()
	var out []Proposition
	for i := range checks {
		c := &checks[i]
		switch {
		case c.met && c.asked:
			d.met = append(d.met, Met{c.where, c.rule})
		case c.asked:
			p := d.lacks(c, duties)
			p.Elsewhere = elsewhere
			out = append(out, p)
		}
	}
	return out
}

// check is the search for one disclosure.
type check struct {
	rule                         *clauses.Rule
	enough, unless, only, looked conceptSet
	asked, met                   bool
	where                        document.Span // what meets it
	near                         []Evidence    // sentences that come near to it
}

// disclosures is the search of a document for what it must say.
type disclosures struct {
	*reader
	checks       []check
	words, stems *secondLexing
	about        bool // the document is about face processing and little else
	// wanted is the concepts that what is still looked for speaks of, and leading the
	// compositions that say them.
	wanted  conceptSet
	leading []int
	// ours and any are what can make a difference in a sentence about the data in question,
	// and in any sentence.
	ours, any aim
	kept      mentionPool // of the sentences that were not read before, a batch at a time
	rest      []reading
}

func newDisclosures(d *reader, checks []check) *disclosures {
	s := &disclosures{reader: d, checks: checks, words: d.secondWords(), stems: d.secondWords(), about: d.mostlyFaces()}
	s.narrow()
	return s
}

// aim is some concepts, with the compositions that say them.
type aim struct {
	concepts conceptSet
	leading  []int
}

// enoughNear is how many sentences that come near to a disclosure are shown.
const enoughNear = 3

// narrow notes what is left to look for.
func (s *disclosures) narrow() {
	s.wanted, s.ours.concepts, s.any.concepts = conceptSet{}, conceptSet{}, conceptSet{}
	for i := range s.checks {
		c := &s.checks[i]
		if c.met {
			continue
		}
		goals := c.enough
		if len(c.near) < enoughNear {
			goals.merge(c.looked)
		}
		if c.rule.Anything {
			s.any.concepts.merge(goals)
		}
		if !c.asked {
			goals.merge(c.only)
		}
		s.ours.concepts.merge(goals)
		s.wanted.merge(goals)
		s.wanted.merge(c.unless)
	}
	s.leading, s.ours.leading, s.any.leading = s.leadingTo(s.wanted), s.leadingTo(s.ours.concepts), s.leadingTo(s.any.concepts)
}

// search reads the sentences of the document for what it must say, also those that are
// far from any face: whom to turn to often stands at the very end. It stops when
// nothing is left to look for.
func (s *disclosures) search() {
	const batch = 1024
	for from := 0; from < len(s.readings); from += batch {
		some := s.readings[from:min(from+batch, len(s.readings))]
		rest := s.unread(some)
		if s.kept == nil && len(rest) > 0 {
			s.kept = make(mentionPool, batch)
		}
		kept := s.kept
		s.lexInto(&kept, rest)
		for i := range some {
			r := &some[i]
			if !r.relevant {
				if len(rest) == 0 || rest[0].index != r.index {
					continue
				}
				r, rest = &rest[0], rest[1:]
			}
			if r.Heading && len(r.mentions) == 0 || s.asks(r) && !r.answered {
				continue
			}
			if !s.compare(r) {
				return
			}
		}
	}
}

// unread is those of some sentences that were not read at all, and that may say what is
// looked for whatever the words of the first reading in them are.
func (s *disclosures) unread(some []reading) []reading {
	may := make([]bool, len(some))
	const fewest = 128 // sentences that are worth a goroutine
	parts := min(s.parts, (len(some)+fewest-1)/fewest)
	var wg sync.WaitGroup
	for p := range parts {
		from, to := p*len(some)/parts, (p+1)*len(some)/parts
		if p == parts-1 {
			s.mayDisclose(s.words, s.stems, some[from:to], may[from:to])
			break
		}
		wg.Go(func() {
			latin := s.latinsSecond.borrow()
			defer s.latinsSecond.Put(latin)
			s.mayDisclose(s.secondLexing(latin), s.secondLexing(latin), some[from:to], may[from:to])
		})
	}
	wg.Wait()
	rest := s.rest[:0]
	for i := range some {
		if may[i] {
			r := some[i]
			r.relevant = true
			rest = append(rest, r)
		}
	}
	s.rest = rest
	return rest
}

// mayDisclose notes which of some sentences belong to unread.
func (s *disclosures) mayDisclose(words, stems *secondLexing, some []reading, may []bool) {
	for i := range some {
		r := &some[i]
		if r.relevant {
			continue
		}
		all := words.scan(r)
		if stem := s.readStem(r); stem != nil {
			all.merge(stems.scan(stem))
		}
		at := &s.any
		if s.about || s.personal.in(s.fold.Text[r.from:r.to]) || all.has(s.vocabulary.PersonalInfo) {
			at = &s.ours
		}
		all.merge(s.firstKinds)
		may[i] = s.may(all, at)
	}
	words.of, stems.of = nil, nil
}

// readStem is what r reads on from, if that was read.
func (s *disclosures) readStem(r *reading) *reading {
	if stem := s.stem(r.index); stem != nil && len(stem.mentions) > 0 {
		return stem
	}
	return nil
}

// compare reads r for what is looked for, and reports whether something is left to find.
func (s *disclosures) compare(r *reading) bool {
	stem := s.readStem(r)
	all := s.words.scan(r)
	if stem != nil {
		all.merge(s.stems.scan(stem))
	}
	at := &s.any
	if s.about || all.has(s.vocabulary.PersonalInfo) || s.readings[r.index].relevant {
		at = &s.ours
	}
	if !s.may(all, at) {
		return true
	}
	t := s.words.read(s.reader, r)
	if stem != nil {
		t = s.under(t, s.stems.read(s.reader, stem))
	}
	s.composeFrom(t, s.leading)
	s.skip = document.Span{}
	var said conceptSet
	for k := range t.mentions {
		if m := &t.mentions[k]; m.set.meets(s.wanted) && !m.denied && !s.negatedAt(t, m) {
			said.merge(m.set)
		}
	}
	ours := s.about || t.has(s.vocabulary.PersonalInfo)
	if !ours && s.readings[r.index].relevant && said.meets(s.wanted) {
		o := s.near(r.index)
		ours = o.anchor >= DefinedAnchor
	}
	left, changed := false, false
	for i := range s.checks {
		c := &s.checks[i]
		if c.met {
			continue
		}
		c.asked = c.asked || ours && said.meets(c.only)
		if ours || c.rule.Anything {
			if c.met = said.meets(c.enough) && !said.meets(c.unless); c.met {
				c.where, changed = r.WithoutLabel(s.doc), true
			}
			if !c.met && len(c.near) < enoughNear && !r.Heading && said.meets(c.looked) {
				changed = changed || len(c.near)+1 == enoughNear
				c.near = append(c.near, Evidence{Span: r.WithoutLabel(s.doc), Role: RoleCandidate, Note: s.notEnough(c, said, r.lang)})
			}
		}
		left = left || !c.met
	}
	if changed {
		s.narrow()
	}
	return left
}

// may reports whether a sentence with these concepts can say what is aimed at.
func (s *disclosures) may(all conceptSet, at *aim) bool {
	if all.meets(at.concepts) {
		return true
	}
	for _, i := range at.leading {
		if c := &s.later[i]; c.possible(all) {
			if at.concepts.has(c.concept) {
				return true
			}
			all.add(c.concept)
		}
	}
	return false
}

// lacks builds the proposition that the document does not say what c looks for. It
// stands where the duty to say it arises.
func (d *reader) lacks(c *check, duties []duty) Proposition {
	at := duties[0]
	for _, o := range duties {
		if o.said.meets(setOf(c.rule.Where...)) {
			at = o
			break
		}
	}
	p := Proposition{
		Act:       Missing,
		Anchor:    at.object.anchor,
		Object:    d.fold.Back(at.object.at),
		Sentence:  at.Sentence,
		Words:     d.fold.Back(document.Span{Start: at.act.start, End: at.act.end}),
		Evidence:  append(d.evidence(at.object, at.lang), c.near...),
		Qualities: []Quality{{Concept: c.rule.When[0].Qualities[0][0], Sentence: at.Sentence}},
		group:     -1,
	}
	for _, o := range duties {
		p.said.merge(o.said)
	}
	return p
}

// duty is a sentence by which the operator processes face data.
type duty struct {
	*reading
	object object
	act    *mention
	said   conceptSet
}

// processing lists the sentences by which the operator processes face data, in the order
// of the text.
func (d *reader) processing() []duty {
	v := &d.vocabulary
	words := d.secondWords()
	var out []duty
	for i := range d.readings {
		r := &d.readings[i]
		if !r.relevant || r.quoted || r.Heading || d.ruleForUser(r) || !r.has(v.Use) && !r.has(v.Capture) && !r.has(v.Technique) && !r.has(v.Storage) {
			continue
		}
		o := d.near(i)
		if o.anchor < TechnicalAnchor || !o.own || d.inTitle(r, o.at.Start) {
			continue
		}
		t := words.read(d, r)
		d.composeAgain(t)
		if d.definesSensitive(t) || d.defines(r, o) || d.notDone(r, o) {
			continue
		}
		act := slices.IndexFunc(r.mentions, func(m mention) bool {
			return (m.set.has(v.Use) || m.set.has(v.Capture) || m.set.has(v.Technique) || m.set.has(v.Storage)) && !m.denied && !d.negatedAt(r, &m) && !d.inTitle(r, m.start) &&
				!(m.start < o.at.End && o.at.Start < m.end) && d.apart(&m, &mention{start: o.at.Start, end: o.at.End}) <= tieReach
		})
		if act < 0 {
			continue
		}
		x := duty{reading: r, object: o, act: &r.mentions[act]}
		for k := range t.mentions {
			if m := &t.mentions[k]; !m.denied {
				x.said.merge(m.set)
			}
		}
		out = append(out, x)
	}
	return out
}

// inTitle reports whether offset o of the folded text stands in the title of a document
// that r names: 详见《人脸信息处理规则》 processes nothing.
func (d *reader) inTitle(r *reading, o int) bool {
	before := d.fold.Text[r.from:o]
	return strings.LastIndex(before, "《") > strings.LastIndex(before, "》")
}

// defines reports whether r only says what a term means, and o stands in that.
func (d *reader) defines(r *reading, o object) bool {
	return slices.ContainsFunc(d.contract.Terms, func(t *segment.Term) bool {
		return t.Sentence == r.Sentence && d.fold.Forward(t.Meaning).Overlaps(o.at)
	})
}

// definesSensitive reports whether t only lists face data among the kinds of sensitive
// information.
func (d *reader) definesSensitive(t *reading) bool {
	return t.has(d.vocabulary.DefinesSensitive) && !t.has(d.vocabulary.Company)
}

// notDone reports whether a sentence names the technique of face recognition only to say
// what is not done with it: "we will not extract or mine facial recognition information".
func (d *reader) notDone(r *reading, o object) bool {
	v := &d.vocabulary
	for k := range r.mentions {
		not := &r.mentions[k]
		if !not.set.has(v.Not) || len(not.parts) > 0 || not.end > o.at.Start || d.between(not.end, o.at.Start) > 8 {
			continue
		}
		if between := d.fold.Text[not.end:o.at.Start]; strings.ContainsAny(between, ",;:") || newSubject(between) || affirmedAgain(between, r.lang) {
			continue
		}
		return !slices.ContainsFunc(r.mentions, func(m mention) bool {
			participle := strings.HasSuffix(d.fold.Text[m.start:m.end], "ed") // "patterns used to identify"
			return (m.set.has(v.Use) || m.set.has(v.Capture)) && !m.denied && !participle && (m.start >= o.at.End || m.end <= not.start) && !d.negatedAt(r, &m)
		})
	}
	return false
}

// mostlyFaces reports whether the document is about face processing and little else, so
// that what it says of "the information" it says of face data.
func (d *reader) mostlyFaces() bool {
	if d.standalone {
		return true
	}
	n := 0
	for i := range d.readings {
		if r := &d.readings[i]; r.relevant && r.has(d.vocabulary.Face) {
			n++
		}
	}
	return 5*n >= len(d.readings)
}

// statute reports whether the document is a law and no agreement: its title says so, and
// it addresses nobody.
func (d *reader) statute() bool {
	for i := 0; i < len(d.readings) && i < 3; i++ {
		r := &d.readings[i]
		title := strings.TrimRight(d.fold.Text[r.from:r.to], " #*")
		if units(title) > 60 {
			continue
		}
		for _, w := range [...]string{"法", "条例", "若干规定", "若干问题的规定", "若干问题的解释", "解释", "修正案", "管理办法", "编", "law", "regulations", "act"} {
			if strings.HasSuffix(title, w) && !slices.ContainsFunc(d.readings, func(r reading) bool {
				return slices.ContainsFunc(r.mentions, func(m mention) bool {
					switch d.fold.Text[m.start:m.end] {
					case "我们", "本公司", "您", "我司", "we", "you", "our", "your":
						return true
					}
					return false
				})
			}) {
				return true
			}
		}
	}
	return false
}

// refersElsewhere reports whether the document says that another one, which it names,
// has more: 《隐私政策》, "our Privacy Policy".
func (d *reader) refersElsewhere() bool {
	text := d.fold.Text
	for _, w := range [...]string{"《隐私政策》", "《隐私权政策》", "《个人信息保护政策》", "《隐私协议》", "《隐私声明》", "《人脸信息处理规则》", "privacy policy", "privacy notice", "privacy statement", "face data notice"} {
		if at := strings.Index(text, w); at > 0 && d.readingAt(at) > 2 {
			return true
		}
	}
	return false
}

// notEnough says why a sentence that said so much does not meet a check.
func (d *reader) notEnough(c *check, said conceptSet, lang string) string {
	if said.meets(c.enough) {
		for _, other := range c.rule.Unless {
			if said.has(other) {
				return clauses.Text{Zh: "说的是", En: "is about "}.In(lang) + d.library.Lexicon.Label(other, lang)
			}
		}
	}
	return clauses.Text{Zh: "没有写明", En: "does not state "}.In(lang) + d.library.Lexicon.Label(c.rule.When[0].Qualities[0][0], lang)
}
