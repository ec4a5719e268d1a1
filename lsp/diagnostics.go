package lsp

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/report"
)

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
	if a.unsettled != nil {
		out = append(out, a.complaint())
	}
	for i := range a.settled.Findings {
		f := &a.settled.Findings[i]
		d := s.diagnostic(uri, a, f)
		if f.Len() == 0 {
			s.fade(&d) // a directive that does nothing
		}
		out = append(out, d)
	}
	if ruling, _ := s.rulingOf(uriPath(uri)); ruling.settings.Withheld {
		out = append(out, s.uncounted(uri, a)...)
	}
	return out
}

// complaint is why it cannot be told what is waived, on the line that the error names if
// that is one of the document: a directive that is half typed, say.
func (a *analysis) complaint() Diagnostic {
	d := Diagnostic{
		Range: firstLine(a.shown), Severity: severityWarning, Code: "waiver", Source: "clauselint", Message: report.Visible(a.unsettled.Error()),
	}
	if rest, ok := strings.CutPrefix(a.unsettled.Error(), a.doc.Name+":"); ok {
		number, message, _ := strings.Cut(rest, ": ")
		if n, err := strconv.Atoi(number); err == nil && n > 0 {
			d.Range = a.shown.rangeOf(a.lineNumbered(n))
			d.Message = report.Visible(message)
		}
	}
	return d
}

// uncounted is what does not count as a finding, as hints: what is waived, what the
// baseline holds, and what an established fact withholds.
func (s *Server) uncounted(uri string, a *analysis) []Diagnostic {
	var out []Diagnostic
	add := func(why string, f *lint.Finding) {
		d := s.diagnostic(uri, a, f)
		d.Severity, d.Message = severityHint, report.Visible(why)+d.Message
		s.fade(&d)
		out = append(out, d)
	}
	words := s.words()
	for i := range a.settled.Waived {
		w := &a.settled.Waived[i]
		add(fmt.Sprintf(words.waived, w.Waiver.By, w.Waiver.Reason), &w.Finding)
	}
	for i := range a.settled.Known {
		add(words.known, &a.settled.Known[i])
	}
	for i := range a.settled.Withheld {
		f := &a.settled.Withheld[i]
		// Where it is the lack of an answer that withholds it, there is nothing to say.
		if slices.ContainsFunc(f.Facts, func(on lint.RestsOn) bool { return on.Answer != nil }) {
			add(words.withheld, f)
		}
	}
	return out
}

// fade has a client that can show text as without effect.
func (s *Server) fade(d *Diagnostic) {
	if slices.Contains(s.client.tags, tagUnnecessary) {
		d.Tags = []int{tagUnnecessary}
	}
}

func firstLine(m *mapper) Range {
	from, to := m.line(0)
	return m.rangeOf(from, to)
}

// diagnostic is a finding as an editor shows it. The message is plain text on one line.
func (s *Server) diagnostic(uri string, a *analysis, f *lint.Finding) Diagnostic {
	d := Diagnostic{
		Range:    a.shown.rangeOf(a.placeOf(f)),
		Severity: map[clauses.Severity]int{clauses.Error: severityError, clauses.Warning: severityWarning}[f.Severity],
		Code:     f.Rule.ID, Source: "clauselint", Message: report.Visible(f.Message),
		Data: &DiagnosticData{f.Fingerprint, a.doc.Quote(f.Span)},
	}
	if d.Severity == 0 {
		d.Severity = severityInformation
	}
	if href := report.RuleURI(f.Rule); href != "" {
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
