package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/clauselint/clauselint/lint"
)

// The JUnit report keeps to what Jenkins' schema (xunit-plugin, junit-10.xsd) knows; it has
// no times, which are optional there.
type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Name     string       `xml:"name,attr"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Errors   int          `xml:"errors,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name      string      `xml:"name,attr"`
		Tests     int         `xml:"tests,attr"`
		Failures  int         `xml:"failures,attr"`
		Errors    int         `xml:"errors,attr"`
		Skipped   int         `xml:"skipped,attr"`
		File      string      `xml:"file,attr"`
		Cases     []junitCase `xml:"testcase"`
		SystemOut *xmlLines   `xml:"system-out"`
	}
	junitCase struct {
		Name      string     `xml:"name,attr"`
		ClassName string     `xml:"classname,attr"`
		Skipped   *junitNote `xml:"skipped"`
		Error     *junitNote `xml:"error"`
		Failure   *junitNote `xml:"failure"`
	}
	junitNote struct {
		Type    string `xml:"type,attr,omitempty"`
		Message string `xml:"message,attr"`
		xmlLines
	}
)

// writeJUnit writes a test suite for each file: a failed test for each finding, a skipped
// one for each that is waived or known, an error for a file that could not be read, and a
// passed one for a file without any of these.
func writeJUnit(w io.Writer, run *Run) error {
	out := junitSuites{Name: "clauselint", Suites: []junitSuite{}}
	for _, r := range run.Results {
		s := run.junitSuite(r)
		out.Tests += s.Tests
		out.Failures += s.Failures
		out.Errors += s.Errors
		out.Suites = append(out.Suites, s)
	}
	return writeXML(w, out)
}

func (run *Run) junitSuite(r Result) junitSuite {
	words := listVocabularies[run.language() == "zh"]
	path := visibleXML(r.Path)
	s := junitSuite{Name: path, File: path}
	add := func(c junitCase) {
		c.ClassName = path
		s.Cases = append(s.Cases, c)
	}
	if r.Err != nil {
		reason := visibleXML(r.Reason())
		s.Errors++
		add(junitCase{Name: words.unreadableName, Error: &junitNote{Type: "unreadable", Message: fmt.Sprintf(words.unreadable, reason)}})
	}
	for _, l := range r.listed() {
		c := junitCase{Name: junitName(l.Finding)}
		lines := newXMLLines(run.lines(r.Doc, l))
		if l.standing == counted {
			s.Failures++
			c.Failure = &junitNote{l.Severity.String(), visibleXML(l.said()), lines}
		} else {
			s.Skipped++
			c.Skipped = &junitNote{"", visibleXML(l.excuse()), lines}
		}
		add(c)
	}
	if len(s.Cases) == 0 {
		add(junitCase{Name: words.nothing})
	}
	if r.Doc != nil && len(r.Doc.Problems) > 0 {
		var lines []string
		for _, p := range r.Doc.Problems {
			lines = append(lines, fmt.Sprintf(words.problem, p.Message))
		}
		out := newXMLLines(lines)
		s.SystemOut = &out
	}
	s.Tests = len(s.Cases)
	return s
}

// junitName is the name of a test: Jenkins tells by it how long a test has failed, so it
// must outlast the moving of a clause, and differ from all others of the file.
func junitName(f lint.Finding) string {
	clause := ""
	if f.Clause != nil && f.Clause.Label != "" {
		clause = " " + f.Clause.Path()
	}
	return strings.TrimSpace(visibleXML(f.Rule.ID + clause + " #" + f.Fingerprint))
}
