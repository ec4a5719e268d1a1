// Package revision finds what a new version of a contract changes in law: not which words
// differ, but which faults came or went, which rights were taken out, and what a changed
// definition does to clauses that nobody touched.
package revision

import (
	"cmp"
	"slices"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/segment"
)

// Version is a version of a contract, as it was read.
type Version struct {
	Doc    *document.Document
	Review lint.Review

	contract  *segment.Contract
	sentences []lint.SentenceTrace
}

// Read reads a version of a contract.
func Read(l *lint.Linter, doc *document.Document, opts lint.Options) *Version {
	return &Version{Doc: doc, Review: l.Review(doc, opts), contract: segment.Cut(doc), sentences: l.Trace(doc, opts)}
}

// Kind is what a change does.
type Kind string

// The kinds of change, the gravest first.
const (
	New               Kind = "new"                // a finding that was not there
	Worse             Kind = "worse"              // a finding with another limb, or graver
	RightRemoved      Kind = "right-removed"      // a right, or what the person must be told
	DefinitionWidened Kind = "definition-widened" // a term stands for face data now
	PeriodLengthened  Kind = "period-lengthened"
	ConsentAgain      Kind = "consent-again" // another purpose, method or kind of data: PIPL, Article 14(2)
	Milder            Kind = "milder"
	Fixed             Kind = "fixed" // a finding that is gone
)

var kinds = []Kind{New, Worse, RightRemoved, DefinitionWidened, PeriodLengthened, ConsentAgain, Milder, Fixed}

// Cause is why there is a new finding.
type Cause string

// The causes of a new finding.
const (
	Added     Cause = "added"     // its sentence was not there
	Reworded  Cause = "reworded"  // its sentence was another
	Elsewhere Cause = "elsewhere" // another sentence, on which its proof rests, is new or was another
	Deleted   Cause = "deleted"   // what spoke against it is gone
)

// Change is one change in law.
type Change struct {
	Kind Kind
	// Finding is that of the new version; of the old one where it is fixed. It may be
	// nil for what is no finding.
	Finding *lint.Finding
	// Was is the finding of the old version that Finding stands in the place of.
	Was *lint.Finding
	// Old and New are the words that changed, in either version; empty where there are
	// none.
	Old, New document.Span
	Cause    Cause
	// Rule is what the text that was taken out met; nil for other changes.
	Rule *clauses.Rule
	// Words are the limbs that came or went, or what is new about the processing.
	Words []Word
	// Term is the term that was widened, and Uses are where the new version uses it.
	Term string
	Uses []document.Span
}

// Word is what a change is about, with what it is.
type Word struct {
	Text   string
	Aspect lint.Aspect // for ConsentAgain
}

// Diff is what lies between two versions.
type Diff struct {
	Old, New *Version
	// Changes are the gravest first, each kind in the order of the text.
	Changes []Change
	// Same is how many findings both versions have.
	Same int
}

// Fails reports whether the new version has a fault of that severity or above that the
// old one did not have, or had in a milder form.
func (d *Diff) Fails(from clauses.Severity) bool {
	return slices.ContainsFunc(d.Changes, func(c Change) bool {
		return (c.Kind == New || c.Kind == Worse) && c.Finding.Severity >= from
	})
}

// Compare finds what the new version changes in law. Clauses are known again by what they
// say: moving and renumbering change nothing.
func Compare(old, new *Version) *Diff {
	d := &Diff{Old: old, New: new}
	x := &comparison{Diff: d, pairs: align(old, new)}
	x.findings()
	x.rights()
	x.definitions()
	x.periods()
	x.practices()
	slices.SortStableFunc(d.Changes, func(a, b Change) int {
		return cmp.Or(
			cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)),
			cmp.Compare(a.New.Start, b.New.Start), cmp.Compare(a.Old.Start, b.Old.Start),
		)
	})
	return d
}

// comparison is the work on a Diff.
type comparison struct {
	*Diff
	pairs pairs
}

func (x *comparison) add(c Change) { x.Changes = append(x.Changes, c) }

// sentenceAt is the index of the sentence of v that holds offset at, or -1.
func (v *Version) sentenceAt(at int) int {
	i, _ := slices.BinarySearchFunc(v.sentences, at, func(s lint.SentenceTrace, at int) int {
		switch {
		case s.End <= at:
			return -1
		case s.Start > at:
			return 1
		}
		return 0
	})
	if i < len(v.sentences) && v.sentences[i].Start <= at && at < v.sentences[i].End {
		return i
	}
	return -1
}

// findings compares the findings of the versions.
func (x *comparison) findings() {
	olds := x.Old.Review.Findings
	taken := make([]bool, len(olds))
	take := func(f *lint.Finding, like func(old *lint.Finding) bool) *lint.Finding {
		for i := range olds {
			if !taken[i] && olds[i].Rule.ID == f.Rule.ID && like(&olds[i]) {
				taken[i] = true
				return &olds[i]
			}
		}
		return nil
	}
	news := x.New.Review.Findings
	was := make([]*lint.Finding, len(news))
	// The surest ties first, so that a moved clause does not take what is another's.
	for _, like := range []func(f, old *lint.Finding) bool{
		func(f, old *lint.Finding) bool { return f.Fingerprint == old.Fingerprint },
		x.paired,
		x.sharing,
		func(f, old *lint.Finding) bool {
			return f.Scope == lint.DocumentScope && old.Scope == lint.DocumentScope
		},
	} {
		for i := range news {
			if was[i] == nil {
				was[i] = take(&news[i], func(old *lint.Finding) bool { return like(&news[i], old) })
			}
		}
	}
	// A grant that gained a limb may break another rule than before.
	for i := range news {
		for k := range olds {
			if was[i] == nil && !taken[k] && x.paired(&news[i], &olds[k]) && kin(news[i].Rule, olds[k].Rule) {
				was[i], taken[k] = &olds[k], true
			}
		}
	}
	for i := range news {
		f := &news[i]
		if was[i] == nil {
			if x.touched(f, nil) {
				x.newFinding(f)
			} else {
				x.Same++
			}
			continue
		}
		more, less := apart(limbs(x.New, f), limbs(x.Old, was[i])), apart(limbs(x.Old, was[i]), limbs(x.New, f))
		c := Change{Finding: f, Was: was[i], New: f.Span, Old: was[i].Span}
		switch {
		case !x.touched(f, was[i]):
			x.Same++
			continue
		case f.Severity > was[i].Severity, f.Severity == was[i].Severity && len(more) > 0:
			c.Kind, c.Words = Worse, more
		case f.Severity < was[i].Severity, len(less) > 0:
			c.Kind, c.Words = Milder, less
		default:
			x.Same++
			continue
		}
		x.add(c)
	}
	for k := range olds {
		if !taken[k] && x.touched(nil, &olds[k]) {
			x.add(Change{Kind: Fixed, Finding: &olds[k], Old: olds[k].Span})
		}
	}
}

// paired reports whether a new finding stands in the sentence that an old one stood in.
func (x *comparison) paired(f, old *lint.Finding) bool {
	i := x.New.sentenceAt(f.Start)
	return i >= 0 && x.pairs.old[i] >= 0 && x.pairs.old[i] == x.Old.sentenceAt(old.Start)
}

// sharing reports whether a new finding rests on a sentence that an old one rested on: a
// fault in several clauses is told where the first of them stands.
func (x *comparison) sharing(f, old *lint.Finding) bool {
	var olds []int
	for _, at := range proof(old) {
		olds = append(olds, x.Old.sentenceAt(at))
	}
	return slices.ContainsFunc(proof(f), func(at int) bool {
		i := x.New.sentenceAt(at)
		return i >= 0 && x.pairs.old[i] >= 0 && slices.Contains(olds, x.pairs.old[i])
	})
}

// proof is where the words stand that make a finding.
func proof(f *lint.Finding) []int {
	out := []int{f.Start}
	for _, e := range f.Evidence {
		switch e.Role {
		case lint.RoleGrant, lint.RoleQuality, lint.RoleManner, lint.RoleCondition:
			out = append(out, e.Start)
		}
	}
	return out
}

// kin reports whether one of the rules speaks for the other.
func kin(a, b *clauses.Rule) bool {
	return slices.Contains(a.Absorbs, b.ID) || slices.Contains(b.Absorbs, a.ID)
}

// limbs are the qualities that a finding rests on.
func limbs(v *Version, f *lint.Finding) []Word {
	var out []Word
	for _, e := range f.Evidence {
		if e.Role == lint.RoleQuality || e.Role == lint.RoleManner {
			w := Word{Text: e.Note}
			if w.Text == "" {
				w.Text = v.Doc.Quote(e.Span)
			}
			if !slices.Contains(out, w) {
				out = append(out, w)
			}
		}
	}
	return out
}

// apart is what a has and b has not.
func apart(a, b []Word) []Word {
	return slices.DeleteFunc(slices.Clone(a), func(w Word) bool { return slices.Contains(b, w) })
}

// touched reports whether something was changed that a finding can come from, be gone by,
// or be another by: a sentence near its own, in either version, or one about face data or
// terms. That clauses stand in another order is no such thing.
func (x *comparison) touched(f, old *lint.Finding) bool {
	var news, olds []int // the sentences that the findings rest on
	if f != nil {
		for _, at := range proof(f) {
			if i := x.New.sentenceAt(at); i >= 0 {
				news, olds = append(news, i), append(olds, x.pairs.old[i])
			}
		}
	}
	if old != nil {
		for _, at := range proof(old) {
			if i := x.Old.sentenceAt(at); i >= 0 {
				olds, news = append(olds, i), append(news, x.pairs.new[i])
			}
		}
	}
	beside := func(of []int, i int) bool {
		const near = 3 // sentences
		return slices.ContainsFunc(of, func(k int) bool { return k >= 0 && k-near <= i && i <= k+near })
	}
	for i := range x.New.sentences {
		if s := &x.New.sentences[i]; !x.pairs.same[i] && (s.AboutFaces() || x.New.defines(s) || beside(news, i)) {
			return true
		}
	}
	for i := range x.Old.sentences {
		if s := &x.Old.sentences[i]; x.pairs.new[i] < 0 && (s.AboutFaces() || x.Old.defines(s) || beside(olds, i)) {
			return true
		}
	}
	return false
}

// newFinding tells a finding that was not there, with what brought it about.
func (x *comparison) newFinding(f *lint.Finding) {
	c := Change{Kind: New, Finding: f, New: f.Span, Cause: Added}
	i := x.New.sentenceAt(f.Start)
	switch {
	case i < 0 || x.pairs.old[i] < 0:
	case !x.pairs.same[i]:
		c.Cause, c.Old = Reworded, x.Old.sentences[x.pairs.old[i]].Span
	default:
		c.Cause = Deleted
		for _, e := range f.Evidence {
			k := x.New.sentenceAt(e.Start)
			if k >= 0 && k != i && !x.pairs.same[k] && e.Role != lint.RoleCandidate {
				c.Cause, c.New = Elsewhere, x.New.sentences[k].Span
				if o := x.pairs.old[k]; o >= 0 {
					c.Old = x.Old.sentences[o].Span
				}
				break
			}
		}
	}
	if f.Scope == lint.DocumentScope {
		for _, m := range x.Old.Review.Met {
			if m.Rule.ID == f.Rule.ID {
				c.Cause, c.Old, c.Rule = Deleted, m.Span, m.Rule
			}
		}
	}
	x.add(c)
}

// rights tells what the old version said for the person and the new one does not, where
// that is no finding already.
func (x *comparison) rights() {
	told := func(s document.Span) bool {
		return slices.ContainsFunc(x.Changes, func(c Change) bool { return c.Old.Overlaps(s) })
	}
	for _, m := range x.Old.Review.Met {
		still := func(rule string) bool {
			return slices.ContainsFunc(x.New.Review.Met, func(n lint.Met) bool { return n.Rule.ID == rule }) ||
				slices.ContainsFunc(x.New.Review.Findings, func(f lint.Finding) bool { return f.Rule.ID == rule })
		}
		if !still(m.Rule.ID) && x.New.Review.Faces && x.gone(m.Span) && !told(m.Span) {
			x.add(Change{Kind: RightRemoved, Old: m.Span, Rule: m.Rule})
		}
	}
	for i := range x.Old.sentences {
		s := &x.Old.sentences[i]
		if x.pairs.new[i] < 0 && right(s) && !told(s.Span) {
			x.add(Change{Kind: RightRemoved, Old: s.Span})
		}
	}
}

// gone reports whether no sentence of the new version is like the old one at s.
func (x *comparison) gone(s document.Span) bool {
	i := x.Old.sentenceAt(s.Start)
	return i < 0 || x.pairs.new[i] < 0 || !x.pairs.same[x.pairs.new[i]]
}

// right reports whether a sentence gives the person a right over face data.
func right(s *lint.SentenceTrace) bool {
	return s.AboutFaces() && s.Says("USER") && (s.Says("ABLE") || s.Says("RIGHT NAMED")) &&
		(s.Says("TAKE BACK") || s.Says("INSPECT") || s.Says("WITHDRAWAL RIGHT") || s.Says("RIGHT NAMED"))
}
