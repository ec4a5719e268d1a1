package main

import (
	"fmt"
	"strings"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/report"
)

// trace prints how the sentences of a file are read, or those of one line.
func (c *command) trace(where string) error {
	path, line := fileAndLine(where)
	data, err := c.read(target{path: path})
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	doc, err := document.Read(path, data, document.Options{Encoding: c.opts.encoding})
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	settings, err := c.newSettings()
	if err != nil {
		return err
	}
	rules, opts, err := settings.of(path)
	if err != nil {
		return err
	}
	var b strings.Builder
	if line == 0 {
		writeKind(&b, doc, rules.linter.Review(doc, opts).Kind)
	}
	for _, t := range rules.linter.Trace(doc, opts) {
		at := doc.Range(t.Span)
		if line > 0 && (at.Start.Line > line || at.End.Line < line) {
			continue
		}
		writeTrace(&b, rules.library, doc, &t, at)
	}
	if b.Len() == 0 {
		return fmt.Errorf("%s: no sentence on line %d", path, line)
	}
	_, err = fmt.Fprint(c.stdout, b.String())
	return err
}

// kindReasons says in a word or two what a kind of document was told by.
var kindReasons = map[lint.KindReason]string{
	lint.KindGiven: "given", lint.KindTitle: "by its title", lint.KindParties: "by its parties",
	lint.KindPersons: "by whose faces it speaks of", lint.KindNoSign: "nothing tells another",
}

func writeKind(b *strings.Builder, doc *document.Document, k lint.KindReading) {
	fmt.Fprintf(b, "kind       %s: %s", k.Kind, kindReasons[k.Why])
	if k.Len() > 0 {
		fmt.Fprintf(b, ", %q", report.Visible(doc.Quote(k.Span)))
	}
	fmt.Fprint(b, "\n\n")
}

func writeTrace(b *strings.Builder, lib *clauses.Library, doc *document.Document, t *lint.SentenceTrace, at document.Range) {
	quote := func(s document.Span) string { return report.Visible(doc.Quote(s)) }
	fmt.Fprintf(b, "%d:%d  %s\n", at.Start.Line, at.Start.Column, quote(t.Span))
	if label := t.Clause.Path(); label != "" || t.Clause.Heading != "" {
		fmt.Fprintf(b, "  clause   %s\n", strings.TrimSpace(label+" "+report.Visible(t.Clause.Heading)))
	}
	if t.Silent {
		fmt.Fprintln(b, "  silent   states the law, asks, or forbids: it speaks for no party")
	}
	fmt.Fprintf(b, "  object   %s", t.Anchor)
	if t.Anchor != lint.NoAnchor {
		fmt.Fprintf(b, ": %q", quote(t.Object))
		if t.Carried {
			fmt.Fprint(b, ", carried over")
		}
	}
	fmt.Fprintln(b)
	for _, e := range t.Evidence {
		fmt.Fprintf(b, "           %s %q %s\n", e.Role, quote(e.Span), report.Visible(e.Note))
	}
	for _, m := range t.Mentions {
		mark := ""
		if m.Denied {
			mark += " (denied)"
		}
		if m.Composed {
			mark += " (composed)"
		}
		if m.Quality != "" {
			mark += " -> " + m.Quality
		}
		fmt.Fprintf(b, "  word     %q %s%s\n", quote(m.Span), strings.Join(m.Concepts, ", "), mark)
	}
	for _, p := range t.Propositions {
		fmt.Fprintf(b, "  says     %s over %s", p.Act, p.Anchor)
		for _, q := range p.Qualities {
			fmt.Fprintf(b, "; %s %q", lib.Lexicon.Concepts[q.Concept].Name, quote(q.Span))
		}
		fmt.Fprintln(b)
		for _, e := range p.Contrary {
			fmt.Fprintf(b, "           contrary %q\n", quote(e.Span))
		}
	}
	fmt.Fprintln(b)
}
