package lint

import (
	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/segment"
)

// Confidence says how sure the linter is of a finding. It follows from the
// weakest link of the evidence.
type Confidence string

// The levels of confidence.
const (
	High   Confidence = "high"
	Medium Confidence = "medium"
	Low    Confidence = "low"
)

// Scope says whether a finding speaks of words that stand in the document or
// of something the document lacks.
type Scope string

// The scopes of a finding.
const (
	ClauseScope   Scope = "clause"
	DocumentScope Scope = "document"
)

// Role is the part that a piece of evidence plays in the proof.
type Role string

// The roles of evidence.
const (
	RoleGrant      Role = "grant"       // the words of granting, consenting, licensing
	RoleObject     Role = "object"      // the words that make it face data
	RoleQuality    Role = "quality"     // perpetual, irrevocable, sub-licensable …
	RoleManner     Role = "manner"      // deemed, bundled
	RoleCondition  Role = "condition"   // the refusal that is made a condition
	RoleDefinition Role = "definition"  // the definition of a term that stands for face data
	RoleStem       Role = "stem"        // the lead-in of a list
	RoleHeading    Role = "heading"     // the heading that a clause stands under
	RoleContrary   Role = "contrary"    // a right the user has elsewhere, which speaks against
	RoleCandidate  Role = "candidate"   // a sentence that was read for what is missing, and does not say it
	RoleVersion    Role = "version"     // the same clause in the document's other language
	RoleUnmarked   Role = "unmarked"    // a clause that is not pointed out
	RolePlayedDown Role = "played down" // one in small, pale or hidden print
	RoleMarked     Role = "marked"      // other text, which stands out
	RoleKind       Role = "kind"        // what tells the kind of document, where the severity follows it
)

// Evidence is one link in the proof of a finding.
type Evidence struct {
	document.Span
	Role Role
	// Note says in the finding's language what the words prove, for example
	// `人脸信息，来自第 1.2 条定义的“用户内容”`. Empty where the quote speaks for itself.
	Note string
}

// Finding is a clause that a rule of the library speaks of. It is a plain
// value: it prints nothing and knows no output format.
type Finding struct {
	// Span is the words to underline, in Document.Text, always inside Clause.
	document.Span
	Rule       *clauses.Rule
	Severity   clauses.Severity
	Confidence Confidence
	Scope      Scope
	// Lang is the language of the finding's words, "zh" or "en".
	Lang string
	// Message is the reason in one sentence, in Lang.
	Message string
	// Clause is where the finding stands; never nil.
	Clause   *segment.Clause
	Evidence []Evidence
	// Facts are the questions outside the text on which the verdict rests, open ones
	// and answered ones.
	Facts []RestsOn
	// Origin is set by [Originate] for a document with tracked changes; else nil.
	Origin *Origin
	// Basis is the law that the finding rests on, the chief article first.
	Basis []clauses.Citation
	// Suggestion is a compliant wording in Lang.
	Suggestion string
	// Fingerprint identifies the finding over moving, renumbering and
	// re-wrapping its clause: 16 hexadecimal digits.
	Fingerprint string
}
