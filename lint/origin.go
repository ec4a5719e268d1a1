package lint

import (
	"slices"

	"github.com/clauselint/clauselint/document"
)

// OriginKind says how a finding came into a document with tracked changes.
type OriginKind string

// The kinds of origin.
const (
	Untouched OriginKind = "original" // it was there before the changes
	Inserted  OriginKind = "inserted" // its words, or words of its proof, were inserted
	// Exposed is for words that were there and harmless, or less grave, until a change
	// deleted or altered something else: a way to withdraw, say.
	Exposed OriginKind = "exposed"
)

// Origin is where a finding in a document with tracked changes comes from.
type Origin struct {
	Kind OriginKind
	// Changes are those that it comes from, one for each author and date; of an exposed
	// finding all deletions of the document. At most ten.
	Changes []document.Change
}

// Originate says for the findings of doc, which has its tracked changes accepted, where
// they come from. before is the same file with the changes rejected, and were its findings.
func Originate(findings []Finding, doc *document.Document, were []Finding, before *document.Document) {
	const most = 10
	add := func(list []document.Change, c document.Change) []document.Change {
		if len(list) == most || slices.ContainsFunc(list, func(o document.Change) bool { return o.Author == c.Author && o.Date == c.Date }) {
			return list
		}
		return append(list, c)
	}
	for i := range findings {
		f := &findings[i]
		f.Origin = &Origin{Kind: Exposed}
		if slices.ContainsFunc(were, func(w Finding) bool { return w.Severity >= f.Severity && sameFault(f, doc, &w, before) }) {
			f.Origin.Kind = Untouched
			continue
		}
		spans := []document.Span{f.Span}
		for _, e := range f.Evidence {
			spans = append(spans, e.Span)
		}
		for _, c := range doc.Changes {
			if slices.ContainsFunc(spans, c.Span.Overlaps) {
				f.Origin.Kind = Inserted
				f.Origin.Changes = add(f.Origin.Changes, c)
			}
		}
		if f.Origin.Kind == Inserted {
			continue
		}
		for _, c := range before.Changes {
			if c.Deleted {
				f.Origin.Changes = add(f.Origin.Changes, c)
			}
		}
	}
}

// sameFault reports whether two findings of two versions are one: the same rule over the
// same sentence or words, or over what the whole document lacks.
func sameFault(f *Finding, doc *document.Document, w *Finding, before *document.Document) bool {
	return f.Rule.ID == w.Rule.ID && (f.Fingerprint == w.Fingerprint || f.Scope == DocumentScope || doc.Quote(f.Span) == before.Quote(w.Span))
}
