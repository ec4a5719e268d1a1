package lsp

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/report"
)

// repository is where the pages of rules and statutes can be read.
const repository = "https://github.com/clauselint/clauselint/blob/main/"

// builtin is the library that the pages in the repository were made from.
var builtin = sync.OnceValue(func() *clauses.Library {
	lib, err := clauses.Builtin()
	if err != nil {
		return &clauses.Library{}
	}
	return lib
})

// rulePageURL is the page of a rule; empty for a rule of the user's own, which has none.
func rulePageURL(r *clauses.Rule) string {
	if builtin().Rule(r.ID) != r {
		return ""
	}
	return repository + "docs/rules/" + url.PathEscape(r.ID) + ".md"
}

// diagnostics is what an editor shows of an analysis, in the order of the text; not nil.
func (s *Server) diagnostics(uri string, a *analysis) []Diagnostic {
	out := []Diagnostic{}
	if a.err != nil {
		return append(out, Diagnostic{
			Range: firstLine(a.shown), Severity: severityWarning, Code: "unreadable", Source: "clauselint", Message: report.Visible(a.err.Error()),
		})
	}
	for _, p := range a.doc.Problems {
		out = append(out, Diagnostic{
			Range: firstLine(a.shown), Severity: severityInformation, Code: "reading", Source: "clauselint", Message: report.Visible(p.Message),
		})
	}
	for i := range a.review.Findings {
		out = append(out, s.diagnostic(uri, a, &a.review.Findings[i]))
	}
	if ruling, _ := s.rulingOf(uriPath(uri)); ruling.settings.Withheld {
		for i := range a.review.Withheld {
			if !slices.ContainsFunc(a.review.Withheld[i].Facts, func(on lint.RestsOn) bool { return on.Answer != nil }) {
				continue // it is the lack of an answer that withholds it
			}
			d := s.diagnostic(uri, a, &a.review.Withheld[i])
			d.Severity = severityHint
			if slices.Contains(s.client.tags, tagUnnecessary) {
				d.Tags = []int{tagUnnecessary}
			}
			d.Message = s.words().withheld + d.Message
			out = append(out, d)
		}
	}
	return out
}

func firstLine(m *mapper) Range {
	from, to := m.line(0)
	return m.rangeOf(from, to)
}

// diagnostic is a finding as an editor shows it. The message is plain text on one line.
func (s *Server) diagnostic(uri string, a *analysis, f *lint.Finding) Diagnostic {
	d := Diagnostic{
		Range:    a.rangeOf(f.Span),
		Severity: map[clauses.Severity]int{clauses.Error: severityError, clauses.Warning: severityWarning}[f.Severity],
		Code:     f.Rule.ID, Source: "clauselint", Message: report.Visible(f.Message),
		Data: &DiagnosticData{f.Fingerprint, a.doc.Quote(f.Span)},
	}
	if d.Severity == 0 {
		d.Severity = severityInformation
	}
	if href := rulePageURL(f.Rule); href != "" {
		d.CodeDescription = &CodeDescription{href}
	}
	if len(f.Basis) > 0 {
		d.Message += fmt.Sprintf(inLang(f.Lang, "（%s）", " (%s)"), a.rules.Library.Cite(f.Basis[0], f.Lang))
	}
	for _, e := range f.Evidence {
		d.RelatedInformation = append(d.RelatedInformation, RelatedInformation{
			Location: Location{uri, a.rangeOf(e.Span)},
			Message:  report.Visible(evidenceLine(f.Lang, a.doc.Quote(e.Span), e)),
		})
	}
	return d
}

// evidenceLine is `object: "face data" — why it counts`, in the language of the finding.
func evidenceLine(lang, quote string, e lint.Evidence) string {
	line := report.RoleName(e.Role, lang) + inLang(lang, "：", ": ") + shorten(quote, 60)
	if e.Note != "" {
		line += inLang(lang, "——", " — ") + e.Note
	}
	return line
}

// shorten is the first so many characters of a text.
func shorten(s string, most int) string {
	n := 0
	for i := range s {
		if n++; n > most {
			return strings.TrimSpace(s[:i]) + "…"
		}
	}
	return s
}

// inLang is the text in a language: "zh", or else English.
func inLang(lang, zh, en string) string {
	if lang == "zh" {
		return zh
	}
	return en
}
