package report

import (
	"encoding/xml"
	"fmt"
	"io"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
)

// The format of Checkstyle 4.3, which reviewdog and most editors and servers read.
type (
	checkstyleReport struct {
		XMLName xml.Name         `xml:"checkstyle"`
		Version string           `xml:"version,attr"`
		Files   []checkstyleFile `xml:"file"`
	}
	checkstyleFile struct {
		Name   string            `xml:"name,attr"`
		Errors []checkstyleError `xml:"error"`
	}
	checkstyleError struct {
		Line     int    `xml:"line,attr"`
		Column   int    `xml:"column,attr,omitempty"`
		Severity string `xml:"severity,attr"`
		Message  string `xml:"message,attr"`
		Source   string `xml:"source,attr"`
	}
)

// checkstyleSeverities is the severities in Checkstyle's words.
var checkstyleSeverities = map[clauses.Severity]string{clauses.Error: "error", clauses.Warning: "warning", clauses.Note: "info"}

// writeCheckstyle writes a <file> for each file and an <error> for each finding. What is
// waived or known is of severity "info". In a Word file the line is the paragraph.
func writeCheckstyle(w io.Writer, run *Run) error {
	words := listVocabularies[run.language() == "zh"]
	out := checkstyleReport{Version: "4.3", Files: []checkstyleFile{}}
	for _, r := range run.Results {
		f := checkstyleFile{Name: visibleXML(r.Path)}
		if r.Err != nil {
			f.Errors = append(f.Errors, checkstyleError{1, 0, "error", visibleXML(fmt.Sprintf(words.unreadable, r.Reason())), "clauselint.unreadable"})
		}
		for _, l := range r.listed() {
			at := r.Doc.Range(l.Span).Start
			e := checkstyleError{at.Line, at.Column, checkstyleSeverities[l.Severity], visibleXML(run.sentence(r.Doc, l)), "clauselint." + l.Rule.ID}
			if l.standing != counted || e.Severity == "" {
				e.Severity = "info"
			}
			f.Errors = append(f.Errors, e)
		}
		if r.Doc != nil {
			for _, p := range r.Doc.Problems {
				f.Errors = append(f.Errors, checkstyleError{1, 0, "info", visibleXML(fmt.Sprintf(words.problem, p.Message)), "clauselint.problem"})
			}
		}
		out.Files = append(out.Files, f)
	}
	return writeXML(w, out)
}

// sentence is a finding on one line, for formats that have room for no more: what is
// wrong, the law, why it does not count, and in a Word file the paragraph.
func (run *Run) sentence(d *document.Document, l listed) string {
	v, words := vocabularies[l.Lang == "zh"], listVocabularies[l.Lang == "zh"]
	s := l.said()
	if law := v.citations(run.articles(l.Basis, l.Lang)); law != "" {
		s += fmt.Sprintf(v.brackets, law)
	}
	if l.standing == waived {
		s += v.dash + l.excuse()
	}
	if d.Format == document.DOCX {
		s += fmt.Sprintf(v.brackets, words.at(d, l.Span))
	}
	return Visible(s)
}
