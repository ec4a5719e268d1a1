// Package report writes findings out, one file a format.
//
// A report computes nothing about contracts: it is a function from a [Run] to
// bytes, and the same run gives the same bytes.
package report

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
)

// Result is what became of one file.
type Result struct {
	// Path is the file's name as the user gave it. It may hold control
	// characters and invalid UTF-8: a file name is input like any other.
	Path string
	// Doc is the file as it was read; nil if Err is set. For a file without
	// findings it may lack its text, which only the HTML report needs.
	Doc *document.Document
	// Languages of the document, "zh" or "en", the chief one first.
	Languages []string
	Kind      lint.KindReading
	Findings  []lint.Finding
	// Withheld is what questions outside the text leave nothing of.
	Withheld []lint.Finding
	// Waived are findings that somebody answers for. They do not count.
	Waived []Waived
	// Known are findings that the baseline holds. They do not count.
	Known []lint.Finding
	// Met is where the document says what a rule asks it to say; Faces, whether it
	// speaks of face data at all.
	Met   []lint.Met
	Faces bool
	// Library is whose rules were applied, where that is known; Off are the ids of those
	// that the configuration silences for the file.
	Library *clauses.Library
	Off     []string
	// Settings is set for a file that is no contract but has findings of its own: a
	// configuration with flows, a list of waivers.
	Settings bool
	// Err says why there is no verdict on the file.
	Err error
}

// Waived is a finding with the waiver that lets it pass.
type Waived struct {
	lint.Finding
	Waiver Waiver
}

// Waiver is the decision of a person to let a finding stand.
type Waiver struct {
	// Reason is why, By who answers for it. Until is the last day on which it holds, as
	// YYYY-MM-DD; empty for always.
	Reason, By, Until string
	// Path and Line, from 1, are where it is written.
	Path string
	Line int
}

// Run is everything a report may say.
type Run struct {
	// Version of the tool, as in "v0.1.0".
	Version string
	// Libraries name the articles of law. Without one they stay in short form.
	Libraries []*clauses.Library
	Results   []Result
	// Lang is the language of the report's own words: "zh" or "en". Anything
	// else means the chief language of most documents. A finding always speaks
	// its own language.
	Lang string
	// AsOf is the day whose law applies, as YYYY-MM-DD; empty for the newest law of the
	// libraries.
	AsOf string

	// Color, Width and Quiet serve the pretty report alone. Width is in
	// terminal cells; 0 means 100. Quiet leaves one line for each error.
	Color bool
	Width int
	Quiet bool
}

// Writer writes a run in one format. Its errors are those of the io.Writer.
// It may be called from several goroutines at once.
type Writer func(io.Writer, *Run) error

// Formats is every format by the name that users give it.
var Formats = map[string]Writer{
	"checkstyle":     writeCheckstyle,
	"github":         writeGitHub,
	"github-summary": writeGitHubSummary,
	"gitlab":         writeGitLab,
	"html":           writeHTML,
	"json":           writeJSON,
	"junit":          writeJUnit,
	"pretty":         writePretty,
	"sarif":          writeSARIF,
}

// Summary counts a run.
type Summary struct {
	// Files is how many files were asked for; Unreadable how many of them have
	// no verdict.
	Files      int `json:"files"`
	Findings   int `json:"findings"`
	Errors     int `json:"errors"`
	Warnings   int `json:"warnings"`
	Notes      int `json:"notes"`
	Unreadable int `json:"unreadable"`
	// Withheld is how many more there would be but for the answers given, Waived but
	// for the waivers, Known but for the baseline.
	Withheld int `json:"withheld"`
	Waived   int `json:"waived"`
	Known    int `json:"known"`
}

// Summary counts the files and findings of the run.
func (run *Run) Summary() Summary {
	s := Summary{Files: len(run.Results)}
	for _, r := range run.Results {
		if r.Err != nil {
			s.Unreadable++
		}
		s.Waived += len(r.Waived)
		s.Known += len(r.Known)
		for _, f := range r.Withheld {
			if slices.ContainsFunc(f.Facts, func(on lint.RestsOn) bool { return on.Answer != nil }) {
				s.Withheld++
			}
		}
		for _, f := range r.Findings {
			s.Findings++
			switch f.Severity {
			case clauses.Error:
				s.Errors++
			case clauses.Warning:
				s.Warnings++
			case clauses.Note:
				s.Notes++
			}
		}
	}
	return s
}

// language is the language of the report's own words.
func (run *Run) language() string {
	if run.Lang == "zh" || run.Lang == "en" {
		return run.Lang
	}
	zh, en := 0, 0
	for _, r := range run.Results {
		switch {
		case len(r.Languages) == 0:
		case r.Languages[0] == "zh":
			zh++
		default:
			en++
		}
	}
	if zh > en {
		return "zh"
	}
	return "en"
}

// cite is an article as a reader of lang calls it.
func (run *Run) cite(c clauses.Citation, lang string) string {
	for _, lib := range run.Libraries {
		if lib.Instrument(c.Instrument) != nil {
			return lib.Cite(c, lang)
		}
	}
	return c.String()
}

// articles is the citations as a reader of lang calls them.
func (run *Run) articles(basis []clauses.Citation, lang string) []string {
	var out []string
	for _, c := range basis {
		out = append(out, run.cite(c, lang))
	}
	return out
}

// sorted is the findings in the order of the text: by start, end and rule.
func sorted(findings []lint.Finding) []lint.Finding {
	out := slices.Clone(findings)
	slices.SortStableFunc(out, func(a, b lint.Finding) int {
		return cmp.Or(
			cmp.Compare(a.Start, b.Start),
			cmp.Compare(a.End, b.End),
			strings.Compare(a.Rule.ID, b.Rule.ID),
		)
	})
	return out
}

// Reason says why there is no verdict on r, without the path that errors begin
// with; empty if there is a verdict.
func (r Result) Reason() string {
	if r.Err == nil {
		return ""
	}
	// "open x.md: no such file" names a path and a system call that the reader
	// of the report has no use for.
	if pe, ok := errors.AsType[*fs.PathError](r.Err); ok && pe == r.Err {
		return pe.Err.Error()
	}
	return strings.TrimPrefix(r.Err.Error(), r.Path+": ")
}
