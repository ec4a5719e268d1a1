// Package clauses is the library of clauses worth a second look: concepts
// (words), rules (pages) and the statutes they rest on.
//
// A clause in this package is something a lawyer looks for; a clause in a
// contract is a segment.Clause.
package clauses

import "slices"

// Severity is how bad a finding is. The zero value is not a severity.
type Severity int

// The severities, mildest first.
const (
	Note    Severity = iota + 1 // a weak signal or an unclear disclosure
	Warning                     // probably unlawful, or lawful only if facts outside the text are right
	Error                       // void or unlawful on its face
)

// String is the severity's name in lower case, as in reports and rule pages.
func (s Severity) String() string {
	switch s {
	case Note:
		return "note"
	case Warning:
		return "warning"
	case Error:
		return "error"
	}
	return "none"
}

// Text is a wording in both languages.
type Text struct{ Zh, En string }

// In is the wording in lang ("zh" or "en"), or the other one if that is empty.
func (t Text) In(lang string) string {
	if lang == "zh" && t.Zh != "" || t.En == "" {
		return t.Zh
	}
	return t.En
}

// Citation names an article of an instrument: "spc-frt-2021:11" or, with a
// paragraph, "pipl:15(1)".
type Citation struct{ Instrument, Article string }

// String is the citation as rule pages write it.
func (c Citation) String() string { return c.Instrument + ":" + c.Article }

// Example is a clause from a rule page, with what the rule must make of it.
type Example struct {
	Text    string
	Lang    string // "zh" or "en"
	Flagged bool   // the rule must find it; otherwise it must stay silent
	Line    int    // in the page, from 1
	// Markdown is set where the text is read as Markdown, not as plain text.
	Markdown bool
	// Kind and Facts are what is known besides the text.
	Kind  DocumentKind
	Facts []Given
}

// Given is a fact with its answer.
type Given struct {
	Fact string
	Yes  bool
}

// Rule is one page of the library: a fault that a clause can have.
type Rule struct {
	// ID is the page's file name without ".md".
	ID       string
	Title    Text
	Severity Severity // before softening
	Basis    []Citation
	// When holds the conditions; one of them must be met.
	When []Condition
	// Softer holds the cases in which the finding is milder.
	Softer []Softening
	// Unless names the concepts that, said in the same sentence, leave nothing
	// to report: "with your separate consent".
	Unless []Concept
	// Only names the concepts of which the document must speak for a check of
	// what it lacks to run; Where those that mark the clause which makes the
	// duty arise; Looked those of sentences that come near to what is lacking.
	Only, Where, Looked []Concept
	// Anything is set for a disclosure that need not speak of face data or
	// personal information to be enough.
	Anything bool
	// Absorbs names the rules that are silent where this one speaks of the
	// same proposition: one fault, one finding.
	Absorbs []string
	// Message is the reason in one sentence; Why is the explanation; Rewrite
	// is the compliant wording, with blanks in 【 】 or [ ].
	Message, Why, Rewrite Text
	Examples              []Example
	// Page is the Markdown page itself.
	Page string
}

// Textual reports whether the rule speaks of the text of one document, as all do but those
// about waivers and about the texts of a flow. Without a law is a rule about waivers only.
func (r *Rule) Textual() bool { return slices.Contains(textActs, r.When[0].Act) }

// Condition is a predicate over propositions: an act and how many of some
// qualities it must have. That is all it can say: it knows no words, no order
// and no distance; those are the business of the engine that builds the
// propositions.
type Condition struct {
	Act string // "grant", "consent", "condition", "term", "missing" …
	// Qualities lists the qualities asked for, each as alternatives of which
	// one suffices. At least AtLeast of them must be present.
	Qualities [][]Concept
	AtLeast   int
}

// Softening makes a finding milder, or silent, where all its cases hold.
type Softening struct {
	Cases []Case
	To    Severity // 0 is silence
}

// Case is something on which the severity of a finding depends.
type Case struct {
	When     CaseKind
	Concepts []Concept    // for WhenLacks
	Kind     DocumentKind // for WhenIn and WhenOutside
	// Fact and Answer are for WhenFact: the answer is "yes", "no" or "unknown".
	Fact, Answer string
}

// CaseKind says what a [Case] looks at.
type CaseKind string

// The kinds of case, as rule pages write them.
const (
	WhenLikeness CaseKind = "likeness" // the object is a portrait, with no recognition
	WhenDefined  CaseKind = "defined"  // the object is face data only through a definition
	WhenContrary CaseKind = "contrary" // the person has the contrary right nearby
	WhenBusiness CaseKind = "business" // the grantor is a company
	WhenLacks    CaseKind = "lacks"    // none of the qualities is present
	// WhenElsewhere is where the document refers to another one that may say it.
	WhenElsewhere CaseKind = "elsewhere"
	WhenIn        CaseKind = "in"      // the document is of that kind
	WhenOutside   CaseKind = "outside" // it is not
	WhenFact      CaseKind = "fact"    // the answer to a question is that, or not known
)

// Library is a set of rules with the concepts they speak of. It is immutable
// and safe for concurrent use.
type Library struct {
	// Rules in the order of their ids.
	Rules   []*Rule
	Lexicon *Lexicon
	// Facts are what the text cannot tell, in the order of their ids.
	Facts []*Fact
	// Instruments are the statutes, in the order of their ids.
	Instruments []*Instrument
}

// Instrument is the statute with that id, or nil.
func (l *Library) Instrument(id string) *Instrument {
	for _, i := range l.Instruments {
		if i.ID == id {
			return i
		}
	}
	return nil
}

// Rule is the rule with that id, or nil.
func (l *Library) Rule(id string) *Rule {
	for _, r := range l.Rules {
		if r.ID == id {
			return r
		}
	}
	return nil
}

// RuleIDs are the ids of the rules.
func (l *Library) RuleIDs() []string {
	ids := make([]string, len(l.Rules))
	for i, r := range l.Rules {
		ids[i] = r.ID
	}
	return ids
}
