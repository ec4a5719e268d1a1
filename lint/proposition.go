package lint

import (
	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/segment"
)

// Act is what a proposition says is done.
type Act string

// The acts that rules can speak of.
const (
	Grant     Act = "grant"     // a licence, an authorisation, an entitlement
	Consent   Act = "consent"   // consent is taken, in some manner
	Condition Act = "condition" // something is withheld from who says no
	Term      Act = "term"      // something is laid down about the data or the person
	Missing   Act = "missing"   // the document lacks something that the law asks for
	Unmarked  Act = "unmarked"  // clauses are not pointed out, though other text is
	Blank     Act = "blank"     // a blank of a suggested wording was left as it is
	// Discrepancy is what one language version of a clause gives away and the
	// other does not.
	Discrepancy Act = "discrepancy"
)

// Quality is a way that a grant is: perpetual, irrevocable, sub-licensable.
type Quality struct {
	Concept clauses.Concept
	// Span is the words that say so, in Document.Text.
	document.Span
	Sentence *segment.Sentence
}

// Proposition is what a passage says in law: who grants whom what, over which
// object, with which qualities. Rules are predicates over propositions.
type Proposition struct {
	Act Act
	// Anchor and Object say what it is about, and the words that name it.
	Anchor Anchor
	Object document.Span
	// Qualities of a grant, or the manner of a consent, in reading order.
	Qualities []Quality
	// Words is the words of granting, consenting or refusing.
	Words document.Span
	// Business is set where the grantor is a company rather than a person.
	Business bool
	// Evidence is the other links of the proof: definitions, stems, headings.
	Evidence []Evidence
	// Contrary is a right the person has in the same passage that speaks
	// against the qualities: "you may withdraw at any time".
	Contrary []Evidence
	Sentence *segment.Sentence
	// Depth is the number of links from the sentence to its object.
	Depth int

	// Elsewhere is set where the document refers to another one that may say
	// what is missing.
	Elsewhere bool

	group int        // passages of one group speak of one grant
	said  conceptSet // what else the sentence of a term says, and does not deny
}

// has reports whether the proposition has quality c.
func (p *Proposition) has(c clauses.Concept) bool {
	for _, q := range p.Qualities {
		if q.Concept == c {
			return true
		}
	}
	return false
}
