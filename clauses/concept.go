package clauses

import (
	"fmt"
	"hash/fnv"
	"io"
	"slices"
	"strings"
)

// Concept is an idea that phrases of both languages express: WITHDRAW, USER,
// FACE DATA. It is an index into [Lexicon.Concepts].
type Concept int

// MaxConcepts bounds the number of concepts, so that a set of them is a few
// machine words.
const MaxConcepts = 512

// MaxCompositions bounds the compositions of the first reading, for the same reason.
const MaxCompositions = 512

// Kind is the part of speech of a concept, in the grammar of propositions.
type Kind string

// The kinds of concept.
const (
	ObjectKind  Kind = "object"  // what is granted: face data, likeness, content
	PartyKind   Kind = "party"   // who: user, company, third party
	ActKind     Kind = "act"     // what is done; can be denied ("may not withdraw")
	QualityKind Kind = "quality" // how a grant is: perpetual, irrevocable
	CueKind     Kind = "cue"     // words that steer the reading: not, if, unless

	// The kinds of the second reading, of sentences about face data only: see
	// [Kind.Second].
	DeedKind Kind = "deed" // what is done; can be denied
	WordKind Kind = "word" // anything else
	TermKind Kind = "term" // what a clause lays down; rules ask for it
)

// Second reports whether words of kind k are looked for only once it is known what
// a sentence is about. They do not hide, and are not hidden by, those of the first
// reading; compositions of the first reading cannot hold them.
func (k Kind) Second() bool { return k == DeedKind || k == WordKind || k == TermKind }

// ConceptInfo is a concept as its file declares it.
type ConceptInfo struct {
	Name string // capitals and spaces
	Kind Kind
	// Zh and En name the concept to a reader of a finding.
	Label Text
	// Phrases are the ways of saying it, with alternatives as {a|b} and
	// options as [c]; [ConceptInfo.Expanded] writes them out. English words
	// stand in any inflection; a final * matches any ending, a final ! only
	// the form written.
	Phrases []string
	// Compositions are the ways of saying it by putting concepts together.
	Compositions []Composition
}

// Expanded is the phrases of c, each alternative and option of its own.
func (c *ConceptInfo) Expanded() []string {
	var all []string
	for _, p := range c.Phrases {
		// Load refuses what does not expand.
		more, _ := expand(p)
		all = append(all, more...)
	}
	return all
}

// Composition says a concept through others: "= denied WITHDRAW",
// "= WAIVE > WITHDRAW".
type Composition struct {
	Parts []Part
	// Ordered demands the parts in the order written ("A > B", "A + B");
	// otherwise they may come in any order ("A & B").
	Ordered bool
	// Reach is how far the parts may lie apart.
	Reach Reach
}

// Reach is how far the parts of a composition may lie apart.
type Reach int

// The reaches.
const (
	InSegment   Reach = iota // between two commas or the like: "A > B", "A & B"
	Adjacent                 // with nothing but function words between: "A + B"
	InSentence               // in one sentence: "A >> B", "A && B"
	InPassage                // in one sentence or the one before: "A >>> B", "A &&& B"
	NextSegment              // in one segment or across one comma: "A >, B"
)

// Part is a member of a composition.
type Part struct {
	Concept Concept
	// Denied demands that the act be denied ("may not …"), Asserted that it is
	// not; neither leaves it open.
	Denied, Asserted bool
}

// Lexicon is the concepts of a library.
type Lexicon struct {
	Concepts []ConceptInfo
	// Guards are words that hold a phrase by accident: 每个人 before 脸上, 脸书.
	Guards []string
	// names is the concepts in the order of their names.
	names []Concept
	// print is the fingerprint, 0 if it is not known yet.
	print uint64
}

// Concept is the concept of that name.
func (l *Lexicon) Concept(name string) (Concept, bool) {
	i, ok := l.find(name)
	if !ok {
		return 0, false
	}
	return l.names[i], true
}

// find is the place of name in l.names.
func (l *Lexicon) find(name string) (int, bool) {
	return slices.BinarySearchFunc(l.names, name, func(c Concept, name string) int {
		return strings.Compare(l.Concepts[c].Name, name)
	})
}

// Fingerprint tells lexicons with different words apart: what was made of one
// can be known to fit another.
func (l *Lexicon) Fingerprint() uint64 {
	if l.print != 0 {
		return l.print
	}
	h := fnv.New64a()
	write := func(mark string, words ...string) {
		for _, w := range words {
			// Neither byte occurs in UTF-8 text.
			_, _ = io.WriteString(h, mark+w+"\xFF")
		}
	}
	for i := range l.Concepts {
		write("\xFE", l.Concepts[i].Name, string(l.Concepts[i].Kind))
		write("", l.Concepts[i].Phrases...)
	}
	write("\xFE", l.Guards...)
	return h.Sum64()
}

// Label names the concept c to a reader in lang.
func (l *Lexicon) Label(c Concept, lang string) string {
	info := l.Concepts[c]
	if t := info.Label.In(lang); t != "" {
		return t
	}
	return strings.ToLower(info.Name)
}

// conceptParser reads concept files into a lexicon.
type conceptParser struct {
	lex      *Lexicon
	base     int      // how many concepts belong to the library that is extended
	declared []string // where each concept is declared, "" for those
	pending  []pendingComposition
}

// parse adds a concept file. The format:
//
//	# a comment
//	NAME: kind | 中文名 | English name
//	    a phrase
//	    {a|b}[c] d*          alternatives, an optional part, any ending
//	    = denied OTHER > NAME
//
// A file named guards.txt holds nothing but guard words, one or more a line.
// Compositions are kept as text until all names are known.
func (p *conceptParser) parse(file, text string) error {
	l := p.lex
	guards := strings.HasSuffix(file, "guards.txt")
	cur := Concept(-1)
	for i, line := range strings.Split(text, "\n") {
		if k := strings.Index(line, "#"); k >= 0 {
			line = line[:k]
		}
		body := strings.TrimSpace(line)
		if body == "" {
			continue
		}
		at := fmt.Sprintf("%s:%d", file, i+1)
		if guards {
			l.Guards = append(l.Guards, strings.Fields(body)...)
			continue
		}
		if indented := line[0] == ' ' || line[0] == '\t'; !indented {
			c, err := p.declare(body, at)
			if err != nil {
				return fmt.Errorf("%s: %w", at, err)
			}
			cur = c
			continue
		}
		if cur < 0 {
			return fmt.Errorf("%s: a phrase before the first concept name", at)
		}
		if rest, ok := strings.CutPrefix(body, "="); ok {
			p.pending = append(p.pending, pendingComposition{cur, strings.TrimSpace(rest), at})
			continue
		}
		if _, err := expand(body); err != nil {
			return fmt.Errorf("%s: %w", at, err)
		}
		l.Concepts[cur].Phrases = append(l.Concepts[cur].Phrases, body)
	}
	return nil
}

func (p *conceptParser) declare(body, at string) (Concept, error) {
	l := p.lex
	fields := strings.Split(body, "|")
	head, afresh := strings.CutPrefix(fields[0], "!")
	name, kind, ok := strings.Cut(head, ":")
	name, kind = strings.TrimSpace(name), strings.TrimSpace(kind)
	if !ok || name == "" || name != strings.ToUpper(name) {
		return 0, fmt.Errorf("%q: a concept begins with its name in capitals, a colon and its kind", body)
	}
	switch Kind(kind) {
	case ObjectKind, PartyKind, ActKind, QualityKind, CueKind, DeedKind, WordKind, TermKind:
	default:
		return 0, fmt.Errorf("%s: no kind %q (object, party, act, quality, cue, deed, word, term)", name, kind)
	}
	place, ok := l.find(name)
	if ok {
		if c := l.names[place]; int(c) < p.base && p.declared[c] == "" {
			return c, p.again(c, Kind(kind), afresh, at)
		}
		return 0, fmt.Errorf("%s is declared twice, first at %s", name, p.declared[l.names[place]])
	}
	if afresh {
		return l.lookup(name) // there is nothing to empty, which lookup says
	}
	if len(l.Concepts) == MaxConcepts {
		return 0, fmt.Errorf("more than %d concepts", MaxConcepts)
	}
	info := ConceptInfo{Name: name, Kind: Kind(kind)}
	if len(fields) == 3 {
		info.Label = Text{Zh: strings.TrimSpace(fields[1]), En: strings.TrimSpace(fields[2])}
	}
	c := Concept(len(l.Concepts))
	l.Concepts = append(l.Concepts, info)
	l.names = slices.Insert(l.names, place, c)
	p.declared = append(p.declared, at)
	return c, nil
}

// again takes up a concept of the library that is extended, with its phrases or, afresh,
// without them.
func (p *conceptParser) again(c Concept, kind Kind, afresh bool, at string) error {
	info := &p.lex.Concepts[c]
	if kind != info.Kind {
		return fmt.Errorf("%s is a %s in the library, not a %s", info.Name, info.Kind, kind)
	}
	if afresh {
		info.Phrases, info.Compositions = nil, nil
	}
	p.declared[c] = at
	return nil
}

type pendingComposition struct {
	concept  Concept
	text, at string
}

// resolve parses the compositions once all concepts have names.
func (p *conceptParser) resolve() error {
	for _, c := range p.pending {
		comp, err := p.lex.composition(c.text)
		if err != nil {
			return fmt.Errorf("%s: %w", c.at, err)
		}
		info := &p.lex.Concepts[c.concept]
		for _, part := range comp.Parts {
			if of := &p.lex.Concepts[part.Concept]; of.Kind.Second() && !info.Kind.Second() {
				return fmt.Errorf("%s: %s is read before %s, a %s, is looked for", c.at, info.Name, of.Name, of.Kind)
			}
		}
		info.Compositions = append(info.Compositions, comp)
	}
	n := 0
	for i := range p.lex.Concepts {
		if c := &p.lex.Concepts[i]; !c.Kind.Second() {
			n += len(c.Compositions)
		}
	}
	if n > MaxCompositions {
		return fmt.Errorf("%d compositions of the first reading; there is room for %d", n, MaxCompositions)
	}
	return nil
}

func (l *Lexicon) composition(text string) (Composition, error) {
	var comp Composition
	sep := ""
	for _, s := range []string{">>>", "&&&", ">>", "&&", ">,", ">", "&", "+"} {
		if strings.Contains(text, s) {
			sep = s
			break
		}
	}
	comp.Ordered = sep != "" && sep[0] != '&'
	switch {
	case sep == "+":
		comp.Reach = Adjacent
	case sep == ">,":
		comp.Reach = NextSegment
	case len(sep) == 3:
		comp.Reach = InPassage
	case len(sep) == 2:
		comp.Reach = InSentence
	}
	parts := []string{text}
	if sep != "" {
		parts = strings.Split(text, sep)
	}
	for _, s := range parts {
		s = strings.TrimSpace(s)
		var part Part
		if rest, ok := strings.CutPrefix(s, "denied "); ok {
			part.Denied, s = true, rest
		} else if rest, ok := strings.CutPrefix(s, "asserted "); ok {
			part.Asserted, s = true, rest
		}
		c, err := l.lookup(s)
		if err != nil {
			return comp, err
		}
		part.Concept = c
		comp.Parts = append(comp.Parts, part)
	}
	return comp, nil
}

// lookup is the concept of that name, or an error that names the nearest one.
func (l *Lexicon) lookup(name string) (Concept, error) {
	if c, ok := l.Concept(name); ok {
		return c, nil
	}
	names := make([]string, len(l.Concepts))
	for i, info := range l.Concepts {
		names[i] = info.Name
	}
	return 0, fmt.Errorf("no concept %q%s", name, nearest(name, names))
}

// expand writes out the alternatives {a|b} and options [c] of a phrase; they
// may nest.
func expand(s string) ([]string, error) {
	p := expander{s: s}
	out, err := p.sequence()
	if err == nil && p.i < len(s) {
		err = fmt.Errorf("%q: a bracket that was never opened", s)
	}
	if err != nil {
		return nil, err
	}
	for i, phrase := range out {
		out[i] = strings.Join(strings.Fields(phrase), " ")
	}
	return out, nil
}

// maxExpansion bounds the forms of one phrase, so that a slip fills no memory.
const maxExpansion = 10000

type expander struct {
	s string
	i int
}

func (p *expander) sequence() ([]string, error) {
	out := []string{""}
	for p.i < len(p.s) {
		var alts []string
		switch c := p.s[p.i]; c {
		case '{', '[':
			p.i++
			closing := byte('}')
			if c == '[' {
				closing = ']'
				alts = append(alts, "")
			}
			for {
				more, err := p.sequence()
				if err != nil {
					return nil, err
				}
				alts = append(alts, more...)
				if p.i == len(p.s) {
					return nil, fmt.Errorf("%q: no %c", p.s, closing)
				}
				p.i++
				if p.s[p.i-1] == closing {
					break
				}
				if p.s[p.i-1] != '|' {
					return nil, fmt.Errorf("%q: %c instead of %c", p.s, p.s[p.i-1], closing)
				}
			}
		case '|', '}', ']':
			return out, nil
		default:
			n := strings.IndexAny(p.s[p.i:], "{[|}]")
			if n < 0 {
				n = len(p.s) - p.i
			}
			alts = []string{p.s[p.i : p.i+n]}
			p.i += n
		}
		if len(out)*len(alts) > maxExpansion {
			return nil, fmt.Errorf("%q: more than %d ways to say it; make it several phrases", p.s, maxExpansion)
		}
		next := make([]string, 0, len(out)*len(alts))
		for _, o := range out {
			for _, a := range alts {
				next = append(next, o+a)
			}
		}
		out = next
	}
	return out, nil
}
