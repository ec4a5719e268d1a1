package lint

import (
	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/segment"
)

// SentenceTrace shows how a sentence was read: the words that were recognised,
// what the sentence is about, and which of its qualities count. It is for the
// people who write rules and for those who ask why a clause was or was not found.
type SentenceTrace struct {
	*segment.Sentence
	// Mentions are the phrases of the lexicon, in reading order.
	Mentions []MentionTrace
	// Anchor and Object say what the sentence is about; Carried is set where it
	// takes that from elsewhere, over Evidence.
	Anchor   Anchor
	Object   document.Span
	Carried  bool
	Evidence []Evidence
	// Silent is set for a sentence that speaks for no party: a statement of the
	// law, a question, an item of a list of prohibitions.
	Silent bool
	// Propositions are those whose chief sentence this is.
	Propositions []Proposition
}

// MentionTrace is a phrase recognised in a sentence.
type MentionTrace struct {
	document.Span
	Concepts []string // names, as concept files and rule pages write them
	Denied   bool     // an act under a negation
	// Composed is set for a concept put together from several phrases.
	Composed bool
	// Quality is "" for a phrase that is no quality of a grant. Otherwise it is
	// "counts", or why it does not: "denied" (negated, forbidden, granted the
	// other way), "other bearer" (it is said of something else).
	Quality string
}

// Trace reads doc and shows how. It finds nothing; see [Linter.Lint].
func (l *Linter) Trace(doc *document.Document, opts Options) []SentenceTrace {
	d := l.read(doc, opts)
	byChief := map[*segment.Sentence][]Proposition{}
	for _, p := range d.propositions() {
		byChief[p.Sentence] = append(byChief[p.Sentence], p)
	}
	words := d.secondWords()
	out := make([]SentenceTrace, len(d.readings))
	for i := range d.readings {
		r := &d.readings[i]
		o := d.resolve(i)
		t := SentenceTrace{Sentence: r.Sentence, Anchor: o.anchor, Silent: r.quoted, Propositions: byChief[r.Sentence]}
		if o.anchor != NoAnchor {
			t.Object, t.Carried, t.Evidence = d.fold.Back(o.at), !o.own, d.evidence(o, r.lang)
		}
		if d.readAgain(i) || d.faces && len(d.disclosureRules) > 0 {
			r = words.read(d, r)
			d.composeAgain(r)
		}
		for k := range r.mentions {
			t.Mentions = append(t.Mentions, d.traceMention(r, &r.mentions[k]))
		}
		out[i] = t
	}
	return out
}

func (d *reader) traceMention(r *reading, m *mention) MentionTrace {
	t := MentionTrace{Span: d.fold.Back(document.Span{Start: m.start, End: m.end}), Denied: m.denied, Composed: len(m.parts) > 0}
	for c := range d.library.Lexicon.Concepts {
		if m.set.has(clauses.Concept(c)) {
			t.Concepts = append(t.Concepts, d.library.Lexicon.Concepts[c].Name)
		}
	}
	for _, c := range d.qualityList {
		if !m.set.has(c) {
			continue
		}
		switch {
		case t.Quality == "counts":
		case !d.holds(r, m):
			t.Quality = "denied"
		case !d.bears(r, m, c):
			t.Quality = "other bearer"
		default:
			t.Quality = "counts"
		}
	}
	return t
}

// String names the anchor as a reader of a trace wants it.
func (a Anchor) String() string {
	switch a {
	case LikenessAnchor:
		return "a likeness"
	case DefinedAnchor:
		return "face data by definition"
	case TechnicalAnchor:
		return "a picture that is recognised"
	case DirectAnchor:
		return "face data by name"
	}
	return "nothing of ours"
}
