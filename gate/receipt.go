package gate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"reflect"
	"slices"

	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/report"
)

// ReceiptVersion is the version of the format that this package reads and writes.
const ReceiptVersion = 1

// Receipt is what a verdict was reached on, and the verdict: with it anybody can reach it
// again. It holds no time of the run, so the same run gives the same bytes.
type Receipt struct {
	Version int         `json:"receiptVersion"`
	Tool    ReceiptTool `json:"tool"`
	// Library is the SHA-256 of each part of the rules in use, the built-in ones first.
	Library []ReceiptLibrary `json:"library"`
	// Command is what was asked for.
	Command ReceiptCommand `json:"command"`
	// Today is the day by which waivers were judged, if one of them ends some day.
	Today string `json:"today,omitempty"`
	// Settings are the files that govern the run: configurations, lists of waivers,
	// baselines.
	Settings []ReceiptFile   `json:"settings"`
	Files    []ReceiptResult `json:"files"`
	Summary  report.Summary  `json:"summary"`
	ExitCode int             `json:"exitCode"`
}

// ReceiptTool is the program that reached the verdict.
type ReceiptTool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// ReceiptLibrary is the SHA-256 of the parts of a library, in hexadecimal.
type ReceiptLibrary struct {
	Rules    string `json:"rules"`
	Concepts string `json:"concepts"`
	Statutes string `json:"statutes"`
}

// ReceiptCommand is the arguments and flags that the verdict depends on.
type ReceiptCommand struct {
	Arguments []string `json:"arguments"`
	AsOf      string   `json:"asOf,omitempty"`
	Lang      string   `json:"lang"`
	Kind      string   `json:"kind,omitempty"`
	View      string   `json:"view"`
	Encoding  string   `json:"encoding,omitempty"`
	Config    string   `json:"config,omitempty"`
	Isolated  bool     `json:"isolated,omitempty"`
	Rules     string   `json:"rules,omitempty"`
	Baseline  string   `json:"baseline,omitempty"`
	FailOn    string   `json:"failOn"`
}

// ReceiptFile is a file by its content.
type ReceiptFile struct {
	Path string `json:"path"`
	// SHA256 of its bytes, in hexadecimal; empty if it could not be read.
	SHA256 string `json:"sha256,omitempty"`
}

// ReceiptResult is the verdict on a file.
type ReceiptResult struct {
	ReceiptFile
	Kind     string           `json:"kind,omitempty"`
	Facts    []ReceiptFact    `json:"facts,omitempty"`
	Findings []ReceiptFinding `json:"findings"`
	Waived   []ReceiptFinding `json:"waived,omitempty"`
	Known    []ReceiptFinding `json:"known,omitempty"`
	Withheld []ReceiptFinding `json:"withheld,omitempty"`
	Problems []string         `json:"problems,omitempty"`
	Error    string           `json:"error,omitempty"`
}

// ReceiptFact is an answer that a verdict rests on.
type ReceiptFact struct {
	ID     string `json:"id"`
	Answer string `json:"answer"` // "yes" or "no"
	Owner  string `json:"owner"`
	Date   string `json:"date"`
	Source string `json:"source"`
}

// ReceiptFinding is a finding, with its waiver if it has one.
type ReceiptFinding struct {
	Rule        string `json:"rule"`
	Severity    string `json:"severity"`
	Fingerprint string `json:"fingerprint"`
	Clause      string `json:"clause,omitempty"`
	Line        int    `json:"line"`
	Quote       string `json:"quote"`
	Reason      string `json:"reason,omitempty"`
	By          string `json:"by,omitempty"`
	Until       string `json:"until,omitempty"`
}

// NewReceipt writes down a run. hashes is the SHA-256 of each result's file, in the order
// of the results.
func NewReceipt(run *report.Run, command ReceiptCommand, settings []ReceiptFile, hashes []string, today string, code int) *Receipt {
	out := &Receipt{
		Version: ReceiptVersion, Tool: ReceiptTool{"clauselint", run.Version}, Command: command, Settings: settings,
		Files: []ReceiptResult{}, Summary: run.Summary(), ExitCode: code,
	}
	for _, l := range run.Libraries {
		out.Library = append(out.Library, ReceiptLibrary(l.Hashes()))
	}
	for i, r := range run.Results {
		x := ReceiptResult{ReceiptFile: ReceiptFile{r.Path, hashes[i]}, Kind: string(r.Kind.Kind), Findings: []ReceiptFinding{}, Error: r.Reason()}
		for _, f := range r.Findings {
			x.Findings = append(x.Findings, receiptFinding(&r, &f))
			x.addFacts(&f)
		}
		for _, f := range r.Withheld {
			x.Withheld = append(x.Withheld, receiptFinding(&r, &f))
			x.addFacts(&f)
		}
		for _, f := range r.Known {
			x.Known = append(x.Known, receiptFinding(&r, &f))
		}
		for _, w := range r.Waived {
			f := receiptFinding(&r, &w.Finding)
			f.Reason, f.By, f.Until = w.Waiver.Reason, w.Waiver.By, w.Waiver.Until
			x.Waived = append(x.Waived, f)
			if w.Waiver.Until != "" {
				out.Today = today
			}
		}
		if r.Doc != nil {
			for _, p := range r.Doc.Problems {
				x.Problems = append(x.Problems, p.Message)
			}
		}
		out.Files = append(out.Files, x)
	}
	if slices.ContainsFunc(out.Files, func(x ReceiptResult) bool {
		return slices.ContainsFunc(x.Findings, func(f ReceiptFinding) bool { return f.Rule == expiredWaiver })
	}) {
		out.Today = today
	}
	return out
}

func receiptFinding(r *report.Result, f *lint.Finding) ReceiptFinding {
	out := ReceiptFinding{Rule: f.Rule.ID, Severity: f.Severity.String(), Fingerprint: f.Fingerprint, Line: r.Doc.Range(f.Span).Start.Line, Quote: r.Doc.Quote(f.Span)}
	if f.Clause != nil {
		out.Clause = f.Clause.Path()
	}
	return out
}

func (x *ReceiptResult) addFacts(f *lint.Finding) {
	for _, q := range f.Facts {
		if q.Answer == nil || slices.ContainsFunc(x.Facts, func(o ReceiptFact) bool { return o.ID == q.Fact.ID }) {
			continue
		}
		answer := "no"
		if q.Answer.Yes {
			answer = "yes"
		}
		x.Facts = append(x.Facts, ReceiptFact{q.Fact.ID, answer, q.Answer.Owner, q.Answer.Date, q.Answer.Source})
	}
}

// Write writes the receipt.
func (r *Receipt) Write(w io.Writer) error {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(r); err != nil {
		return err
	}
	_, err := w.Write(buf.Bytes())
	return err
}

// ReadReceipt reads a receipt. Its errors begin with the path.
func ReadReceipt(path string) (*Receipt, error) {
	f, err := os.Open(path)
	if err != nil {
		if system, ok := errors.AsType[*fs.PathError](err); ok {
			err = system.Err
		}
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	defer f.Close()
	var r Receipt
	dec := json.NewDecoder(io.LimitReader(f, maxBaseline))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&r); err != nil {
		return nil, fmt.Errorf("%s: no receipt (%w)", path, err)
	}
	if r.Version != ReceiptVersion {
		return nil, fmt.Errorf("%s: version %d; this program reads version %d", path, r.Version, ReceiptVersion)
	}
	return &r, nil
}

// Differences says where a second run differs from the first, the causes before what
// follows from them; nothing if it reached the same verdict on the same grounds.
func (r *Receipt) Differences(again *Receipt) []string {
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if r.Tool != again.Tool {
		say("the program is %s, and was %s", again.Tool.Version, r.Tool.Version)
	}
	if !reflect.DeepEqual(r.Library, again.Library) {
		say("the library of rules, concepts or statutes is another")
	}
	if r.Today != again.Today {
		say("waivers end by the day, which is %q and was %q", again.Today, r.Today)
	}
	compareFiles(r.Settings, again.Settings, say)
	compareFiles(filesOf(r.Files), filesOf(again.Files), say)
	for _, was := range r.Files {
		i := slices.IndexFunc(again.Files, func(x ReceiptResult) bool { return x.Path == was.Path })
		if i < 0 {
			continue
		}
		is := again.Files[i]
		for _, list := range []struct {
			name    string
			was, is []ReceiptFinding
		}{{"findings", was.Findings, is.Findings}, {"waived findings", was.Waived, is.Waived}, {"known findings", was.Known, is.Known}, {"withheld findings", was.Withheld, is.Withheld}} {
			for _, f := range list.was {
				if !slices.Contains(list.is, f) {
					say("%s: not among the %s any more: %s %s at line %d", was.Path, list.name, f.Severity, f.Rule, f.Line)
				}
			}
			for _, f := range list.is {
				if !slices.Contains(list.was, f) {
					say("%s: new among the %s: %s %s at line %d", was.Path, list.name, f.Severity, f.Rule, f.Line)
				}
			}
		}
		if !reflect.DeepEqual(was.Facts, is.Facts) {
			say("%s: the answers to questions differ", was.Path)
		}
		if was.Error != is.Error || was.Kind != is.Kind || !slices.Equal(was.Problems, is.Problems) {
			say("%s: it was read in another way", was.Path)
		}
	}
	if r.ExitCode != again.ExitCode {
		say("the exit code is %d, and was %d", again.ExitCode, r.ExitCode)
	}
	return out
}

func filesOf(results []ReceiptResult) []ReceiptFile {
	var out []ReceiptFile
	for _, r := range results {
		out = append(out, r.ReceiptFile)
	}
	return out
}

func compareFiles(was, is []ReceiptFile, say func(string, ...any)) {
	for _, f := range was {
		switch i := slices.IndexFunc(is, func(x ReceiptFile) bool { return x.Path == f.Path }); {
		case i < 0:
			say("%s: it is not read any more", f.Path)
		case is[i].SHA256 != f.SHA256:
			say("%s: its content is another", f.Path)
		}
	}
	for _, f := range is {
		if !slices.ContainsFunc(was, func(x ReceiptFile) bool { return x.Path == f.Path }) {
			say("%s: it was not read then", f.Path)
		}
	}
}
