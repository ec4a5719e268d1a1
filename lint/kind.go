package lint

import (
	"strings"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
)

// KindReading is what kind of document it is, and why.
type KindReading struct {
	Kind clauses.DocumentKind
	// Span is the words that tell, in Document.Text; empty if there are none.
	document.Span
	Why KindReason
}

// KindReason says what a kind of document was told by.
type KindReason string

// The reasons.
const (
	KindGiven   KindReason = "given"   // by the options
	KindTitle   KindReason = "title"   // of the document
	KindParties KindReason = "parties" // both are companies
	KindPersons KindReason = "persons" // whose faces it speaks of
	KindNoSign  KindReason = "default" // nothing tells
)

// titleKinds are the kinds by the concept of their title, the most telling first.
func (v *vocabulary) titleKinds() []kindSign {
	return []kindSign{
		{v.MinorsTitle, clauses.Minors}, {v.EmploymentTitle, clauses.Employment}, {v.PropertyTitle, clauses.Property},
		{v.BusinessTitle, clauses.B2B}, {v.Face, clauses.FaceAgreement}, {v.PrivacyTitle, clauses.PrivacyPolicy}, {v.TermsTitle, clauses.UserAgreement},
	}
}

// sectors is how many of titleKinds are of persons or parties, not of contents.
const sectors = 4

type kindSign struct {
	concept clauses.Concept
	kind    clauses.DocumentKind
}

// findKind tells what kind of document it is: by its title, else by its parties or by
// the persons of whose faces it speaks. A title such as "Terms of Use" comes last.
func (d *reader) findKind(given clauses.DocumentKind) KindReading {
	if given != "" {
		return KindReading{Kind: given, Why: KindGiven}
	}
	words := d.secondWords()
	var general KindReading
	for i := 0; i < len(d.readings) && i < 3; i++ {
		r := d.readings[i]
		r.relevant = true
		title := strings.TrimRight(d.fold.Text[r.from:r.to], " ")
		if units(title) > 24 || strings.HasSuffix(title, "。") || strings.ContainsAny(title[max(0, len(title)-1):], ".;:!?,") ||
			strings.Index(title, "《") > 0 { // which names another document
			continue
		}
		some := []reading{r}
		d.lex(0, some)
		t := words.read(d, &some[0])
		for k, sign := range d.vocabulary.titleKinds() {
			m := t.first(sign.concept, 0)
			if m == nil {
				continue
			}
			found := KindReading{Kind: sign.kind, Span: d.fold.Back(document.Span{Start: m.start, End: m.end}), Why: KindTitle}
			if k < sectors {
				return found
			}
			if general.Kind == "" {
				general = found
			}
			break
		}
	}
	if d.business {
		return KindReading{Kind: clauses.B2B, Why: KindParties}
	}
	share := 2 // half of the sentences
	if general.Kind != "" {
		share = 3 // three in four, against what the title says
	}
	if k, ok := d.kindByPersons(share); ok {
		return k
	}
	if general.Kind != "" {
		return general
	}
	return KindReading{Kind: clauses.UserAgreement, Why: KindNoSign}
}

// kindByPersons tells the kind by the persons of whose faces most of the sentences
// about faces speak: that many quarters of all, and two of them, or more in a long text.
func (d *reader) kindByPersons(quarters int) (KindReading, bool) {
	v := &d.vocabulary
	signs := []kindSign{{v.PersonAtSchool, clauses.Minors}, {v.PersonAtWork, clauses.Employment}, {v.PersonAtHome, clauses.Property}}
	first, count, faces := make([]document.Span, len(signs)), make([]int, len(signs)), 0
	words := d.secondWords()
	for i := range d.readings {
		if r := &d.readings[i]; r.relevant && r.has(v.Face) {
			faces++
			t := words.read(d, r)
			for k, sign := range signs {
				if m := t.first(sign.concept, r.from); m != nil {
					if count[k] == 0 {
						first[k] = document.Span{Start: m.start, End: m.end}
					}
					count[k]++
				}
			}
		}
	}
	least := 2 + len(d.readings)/100
	for k, sign := range signs {
		if count[k] >= least && 4*count[k] >= quarters*faces {
			return KindReading{Kind: sign.kind, Span: d.fold.Back(first[k]), Why: KindPersons}, true
		}
	}
	return KindReading{}, false
}
