// Package flow looks at the texts that a person meets on the way to a consent, one after
// the other: a pop-up, agreements, boxes and buttons. Each may be in order by itself and
// the way as a whole not.
package flow

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/config"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/segment"
)

// Step is a step of a flow, as it was read.
type Step struct {
	config.Step
	Doc       *document.Document
	review    lint.Review
	sentences []lint.SentenceTrace
	titles    []string // what the document calls itself, as [plainTitle] has it
}

// Read reads a step: doc is its file, or a document of the words on the screen.
func Read(l *lint.Linter, s config.Step, doc *document.Document, opts lint.Options) *Step {
	out := &Step{Step: s, Doc: doc, review: l.Review(doc, opts), sentences: l.Trace(doc, opts)}
	if s.Kind == config.FileStep {
		out.titles = titlesOf(doc)
	}
	return out
}

// Check lists what is wrong with a flow as a whole. Each finding stands at a step of the
// configuration, whose text is d, and its message names both places. Answered are the
// facts that hold for all files of the configuration.
func Check(d *document.Document, f config.Flow, steps []*Step, lib *clauses.Library, answered map[string]lint.Answer, lang string) []lint.Finding {
	if lang != "zh" && lang != "en" {
		lang = languageOf(steps)
	}
	c := &check{doc: d, flow: f, steps: steps, library: lib, lang: lang}
	if at, ok := c.processing(); ok {
		c.consents(at, answered)
		c.preTicked(at)
	}
	c.contradictions()
	c.absent()
	c.precedence()
	return c.out
}

// check is the work on one flow.
type check struct {
	doc     *document.Document
	flow    config.Flow
	steps   []*Step
	library *clauses.Library
	lang    string
	out     []lint.Finding
}

// languageOf is the language of most of the steps.
func languageOf(steps []*Step) string {
	n := 0
	for _, s := range steps {
		for _, l := range s.Doc.Languages()[:min(1, len(s.Doc.Languages()))] {
			if l == "zh" {
				n++
			} else {
				n--
			}
		}
	}
	if n > 0 {
		return "zh"
	}
	return "en"
}

// fault reports a fault of the flow at a step, with the places that its message names.
func (c *check) fault(rule string, at config.Place, places map[string]string) {
	r := c.library.Rule(rule)
	if r == nil {
		return // a library of one's own may do without
	}
	blanks := []string{"{flow}", c.flow.Name}
	for _, name := range []string{"a", "b", "prevails"} {
		blanks = append(blanks, "{"+name+"}", places[name])
	}
	message := strings.TrimSpace(strings.NewReplacer(blanks...).Replace(r.Message.In(c.lang)))
	sum := sha256.Sum256([]byte(strings.Join([]string{rule, c.flow.Name, places["a"], places["b"]}, "\x00")))
	f := lint.Finding{
		Span: c.doc.Line(at.Line), Rule: r, Severity: r.Severity, Confidence: lint.High, Scope: lint.DocumentScope, Lang: c.lang,
		Message: message, Clause: &segment.Clause{}, Basis: r.Basis, Suggestion: r.Rewrite.In(c.lang), Fingerprint: hex.EncodeToString(sum[:8]),
	}
	if !slices.ContainsFunc(c.out, func(o lint.Finding) bool { return o.Fingerprint == f.Fingerprint }) {
		c.out = append(c.out, f)
	}
}

// word is a wording of this package in the language of the check.
func (c *check) word(zh, en string) string { return clauses.Text{Zh: zh, En: en}.In(c.lang) }

// place is words of a step with where they stand: user-agreement.md:12 “…”.
func (c *check) place(s *Step, at document.Span) string {
	quote := "“" + shorten(s.Doc.Quote(at), 60) + "”"
	if s.Kind == config.FileStep {
		return fmt.Sprintf("%s:%d %s", s.Text, s.Doc.Range(at).Start.Line, quote)
	}
	return fmt.Sprintf("%s:%d %s", s.At.Path, s.At.Line, quote)
}

func shorten(s string, runes int) string {
	r := []rune(s)
	if len(r) <= runes {
		return s
	}
	return string(r[:runes-1]) + "…"
}

// passage is a sentence of a step.
type passage struct {
	*Step
	sentence *lint.SentenceTrace
}

// processing is the first sentence by which a document of the flow processes face data.
func (c *check) processing() (passage, bool) {
	for _, s := range c.steps {
		if s.Kind != config.FileStep && s.Kind != config.TextStep {
			continue
		}
		for i := range s.sentences {
			t := &s.sentences[i]
			if slices.ContainsFunc(t.Practices(s.Doc), func(p lint.Practice) bool { return p.Aspect == lint.Method && !p.Denied }) {
				return passage{s, t}, true
			}
		}
	}
	return passage{}, false
}

// accepts reports whether a person says yes at the step.
func (s *Step) accepts() bool {
	switch s.Kind {
	case config.TickStep:
		return true
	case config.ButtonStep:
		return slices.ContainsFunc(s.sentences, func(t lint.SentenceTrace) bool {
			return t.SaysAny([]string{"CONSENT", "ACCEPT VERB", "GRANT", "AGREE TO"})
		})
	}
	return false
}

// consents looks for a consent to the processing of face data alone.
func (c *check) consents(at passage, answered map[string]lint.Answer) {
	if answered["separate-consent-taken"].Yes || answered["required-by-law"].Yes {
		return
	}
	var shown []*Step // since the last yes
	var last *Step
	for _, s := range c.steps {
		if !s.accepts() {
			shown = append(shown, s)
			continue
		}
		if apart(s, shown) {
			return
		}
		last, shown = s, nil
	}
	if last == nil {
		c.fault("flow-one-consent", c.flow.At, map[string]string{"a": c.word("流程中没有勾选或者同意的步骤", "no step asks for consent at all"), "b": c.place(at.Step, at.sentence.Span)})
		return
	}
	c.fault("flow-one-consent", last.At, map[string]string{"a": c.place(last, document.Span{Start: 0, End: len(last.Doc.Text)}), "b": c.place(at.Step, at.sentence.Span)})
}

// apart reports whether a yes is to the processing of face data alone: its label names
// that and nothing else, or names nothing and follows texts that are about nothing else.
func apart(s *Step, shown []*Step) bool {
	face, other := false, false
	for _, t := range s.sentences {
		face = face || t.Anchor > lint.LikenessAnchor
		other = other || t.SaysAny([]string{"PACKAGE", "OTHER PERMISSION"})
	}
	for _, title := range namesIn(s.Doc) {
		face = face || aboutFaces(title)
		other = other || !aboutFaces(title)
	}
	if face || other {
		return face && !other
	}
	if len(shown) == 0 {
		return false
	}
	return !slices.ContainsFunc(shown, func(d *Step) bool { return d.review.Kind.Kind != clauses.FaceAgreement })
}

// preTicked looks for boxes that are ticked before the person does.
func (c *check) preTicked(at passage) {
	for _, s := range c.steps {
		if s.Kind == config.TickStep && s.Ticked {
			c.fault("flow-pre-ticked", s.At, map[string]string{"a": c.place(s, document.Span{Start: 0, End: len(s.Doc.Text)}), "b": c.place(at.Step, at.sentence.Span)})
		}
	}
}
