package lsp

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/segment"
)

// lenses says at each clause how many findings it has. A lens explains the worst of them.
func (v *view) lenses(documentParams) ([]codeLens, error) {
	out := []codeLens{}
	of := map[*segment.Clause][]*lint.Finding{}
	var order []*segment.Clause
	for i := range v.settled.Findings {
		f := &v.settled.Findings[i]
		if f.Len() == 0 {
			continue // about a comment, which is in no clause
		}
		if of[f.Clause] == nil {
			order = append(order, f.Clause)
		}
		of[f.Clause] = append(of[f.Clause], f)
	}
	for _, c := range order {
		at := v.rangeOf(v.title(c))
		out = append(out, codeLens{Range{at.Start, at.Start}, v.lens(of[c])})
	}
	return out, nil
}

func (v *view) lens(of []*lint.Finding) Command {
	words := v.words()
	worst := of[0]
	counts := map[clauses.Severity]int{}
	for _, f := range of {
		counts[f.Severity]++
		if f.Severity > worst.Severity {
			worst = f
		}
	}
	var said []string
	for i, s := range []clauses.Severity{clauses.Error, clauses.Warning, clauses.Note} {
		if counts[s] > 0 {
			said = append(said, fmt.Sprintf(words.counts[i], counts[s]))
		}
	}
	return Command{strings.Join(said, words.comma), commandExplain, []any{worst.Rule.ID, v.file.uri}}
}

// inlayHints says behind each cross-reference what the clause is called that it leads to.
func (v *view) inlayHints(p rangeParams) ([]inlayHint, error) {
	out := []inlayHint{}
	from, _ := v.shown.offset(p.Range.Start)
	to, _ := v.shown.offset(p.Range.End)
	for _, r := range v.segments().References {
		if r.Target == nil {
			continue
		}
		if _, end := v.place(r.Span); from <= end && end <= to {
			words := v.firstWords(r.Target)
			out = append(out, inlayHint{v.shown.position(end), "→ " + cmp.Or(r.Target.Heading, shorten(words, 16)), true, shorten(words, 200)})
		}
	}
	return out, nil
}

// firstWords is the first sentence of a clause that is no heading, without its number.
func (a *analysis) firstWords(c *segment.Clause) string {
	for _, s := range c.Sentences {
		if !s.Heading {
			return a.doc.Quote(s.WithoutLabel(a.doc))
		}
	}
	return clauseName(c)
}
