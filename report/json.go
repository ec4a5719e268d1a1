package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
)

// The JSON report is a contract with other programs, written down in
// docs/findings.schema.json. Its types are its own, so that a change inside
// the linter cannot change it unnoticed. A new optional field keeps
// schemaVersion; anything else raises it.
const schemaVersion = 1

type jsonRun struct {
	SchemaVersion int        `json:"schemaVersion"`
	Tool          jsonTool   `json:"tool"`
	ColumnUnit    string     `json:"columnUnit"`
	Files         []jsonFile `json:"files"`
	Summary       Summary    `json:"summary"`
}

type jsonTool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type jsonFile struct {
	Path      string        `json:"path"`
	Format    string        `json:"format,omitempty"`
	Encoding  string        `json:"encoding,omitempty"`
	Languages []string      `json:"languages"`
	Kind      *jsonKind     `json:"kind,omitempty"`
	Findings  []jsonFinding `json:"findings"`
	Withheld  []jsonFinding `json:"withheld,omitempty"`
	Waived    []jsonFinding `json:"waived,omitempty"`
	Known     []jsonFinding `json:"known,omitempty"`
	Met       []jsonMet     `json:"met,omitempty"`
	Problems  []jsonMessage `json:"problems"`
	Errors    []jsonMessage `json:"errors"`
}

type jsonMessage struct {
	Message string `json:"message"`
}

type jsonKind struct {
	Name  string     `json:"name"`
	Why   string     `json:"why"`
	Quote string     `json:"quote,omitempty"`
	Range *jsonRange `json:"range,omitempty"`
}

type jsonFact struct {
	ID     string `json:"id"`
	Answer string `json:"answer"`
	IfYes  string `json:"ifYes"`
	IfNo   string `json:"ifNo"`
	Owner  string `json:"owner,omitempty"`
	Date   string `json:"date,omitempty"`
	Source string `json:"source,omitempty"`
}

type jsonFinding struct {
	Rule        string         `json:"rule"`
	Severity    string         `json:"severity"`
	Confidence  string         `json:"confidence"`
	Scope       string         `json:"scope"`
	Message     string         `json:"message"`
	Quote       string         `json:"quote"`
	Clause      jsonClause     `json:"clause"`
	Range       jsonRange      `json:"range"`
	Evidence    []jsonEvidence `json:"evidence"`
	Facts       []jsonFact     `json:"facts,omitempty"`
	Origin      *jsonOrigin    `json:"origin,omitempty"`
	Basis       []string       `json:"basis"`
	Suggestion  string         `json:"suggestion"`
	Fingerprint string         `json:"fingerprint"`
	Waiver      *jsonWaiver    `json:"waiver,omitempty"`
}

type jsonWaiver struct {
	Reason string `json:"reason"`
	By     string `json:"by"`
	Until  string `json:"until,omitempty"`
	Path   string `json:"path"`
	Line   int    `json:"line"`
}

type jsonMet struct {
	Rule  string    `json:"rule"`
	Quote string    `json:"quote"`
	Range jsonRange `json:"range"`
}

type jsonOrigin struct {
	Kind    string       `json:"kind"`
	Changes []jsonChange `json:"changes"`
}

type jsonChange struct {
	Author string `json:"author"`
	Date   string `json:"date"`
}

type jsonClause struct {
	Label   string `json:"label"`
	Heading string `json:"heading"`
}

type jsonEvidence struct {
	Role  string    `json:"role"`
	Quote string    `json:"quote"`
	Note  string    `json:"note"`
	Range jsonRange `json:"range"`
}

type jsonRange struct {
	Start jsonPosition `json:"start"`
	End   jsonPosition `json:"end"`
}

type jsonPosition struct {
	Byte      int    `json:"byte"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	Part      string `json:"part,omitempty"`
	Paragraph int    `json:"paragraph,omitempty"`
	Run       int    `json:"run,omitempty"`
}

// writeJSON writes the report for programs.
func writeJSON(w io.Writer, run *Run) error {
	out := jsonRun{
		SchemaVersion: schemaVersion,
		Tool:          jsonTool{Name: "clauselint", Version: run.Version},
		ColumnUnit:    "utf-16",
		Files:         []jsonFile{},
		Summary:       run.Summary(),
	}
	if len(run.Results) == 0 {
		return encodeJSON(w, out)
	}
	var frame bytes.Buffer
	if err := encodeJSON(&frame, out); err != nil {
		return err
	}
	// A thousand files have their places computed and are encoded side by side, each as
	// it stands in the list.
	files, err := inParallel(run.Results, func(r Result) ([]byte, error) {
		var buf bytes.Buffer
		err := encodeIndented(&buf, newJSONFile(r), "    ")
		return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), err
	})
	if err != nil {
		return err
	}
	head, tail, _ := bytes.Cut(frame.Bytes(), []byte(`"files": []`))
	for _, part := range [][]byte{head, []byte("\"files\": [\n    "), bytes.Join(files, []byte(",\n    ")), []byte("\n  ]"), tail} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// inParallel is f of each of the list, in its order.
func inParallel[A, B any](list []A, f func(A) (B, error)) ([]B, error) {
	out, errs := make([]B, len(list)), make([]error, len(list))
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(list)) {
		group.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(list)); i = next.Add(1) - 1 {
				out[i], errs[i] = f(list[i])
			}
		})
	}
	group.Wait()
	return out, errors.Join(errs...)
}

// encodeJSON writes v for programs, and so that a terminal can show it.
func encodeJSON(w io.Writer, v any) error { return encodeIndented(w, v, "") }

// encodeIndented is encodeJSON of a value that stands that far in.
func encodeIndented(w io.Writer, v any, prefix string) error {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent(prefix, "  ")
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(escapeUnsafe(buf.Bytes()))
	return err
}

func newJSONFile(r Result) jsonFile {
	f := jsonFile{
		Path:      validPath(r.Path),
		Languages: append([]string{}, r.Languages...),
		Findings:  []jsonFinding{},
		Problems:  []jsonMessage{},
		Errors:    []jsonMessage{},
	}
	if r.Err != nil {
		f.Errors = append(f.Errors, jsonMessage{r.Reason()})
	}
	if r.Doc == nil {
		return f
	}
	f.Format, f.Encoding = string(r.Doc.Format), r.Doc.Encoding
	for _, p := range r.Doc.Problems {
		f.Problems = append(f.Problems, jsonMessage{p.Message})
	}
	if r.Kind.Kind != "" {
		f.Kind = &jsonKind{Name: string(r.Kind.Kind), Why: string(r.Kind.Why)}
		if r.Kind.Len() > 0 {
			at := newJSONRange(r.Doc.Range(r.Kind.Span))
			f.Kind.Quote, f.Kind.Range = r.Doc.Quote(r.Kind.Span), &at
		}
	}
	for _, finding := range sorted(r.Findings) {
		f.Findings = append(f.Findings, newJSONFinding(r.Doc, finding))
	}
	for _, finding := range sorted(r.Withheld) {
		f.Withheld = append(f.Withheld, newJSONFinding(r.Doc, finding))
	}
	for _, w := range r.Waived {
		finding := newJSONFinding(r.Doc, w.Finding)
		finding.Waiver = &jsonWaiver{w.Waiver.Reason, w.Waiver.By, w.Waiver.Until, validPath(w.Waiver.Path), w.Waiver.Line}
		f.Waived = append(f.Waived, finding)
	}
	for _, finding := range sorted(r.Known) {
		f.Known = append(f.Known, newJSONFinding(r.Doc, finding))
	}
	for _, m := range r.Met {
		f.Met = append(f.Met, jsonMet{m.Rule.ID, r.Doc.Quote(m.Span), newJSONRange(r.Doc.Range(m.Span))})
	}
	return f
}

func newJSONFinding(d *document.Document, f lint.Finding) jsonFinding {
	out := jsonFinding{
		Rule:        f.Rule.ID,
		Severity:    f.Severity.String(),
		Confidence:  string(f.Confidence),
		Scope:       string(f.Scope),
		Message:     f.Message,
		Quote:       d.Quote(f.Span),
		Range:       newJSONRange(d.Range(f.Span)),
		Evidence:    []jsonEvidence{},
		Basis:       []string{},
		Suggestion:  f.Suggestion,
		Fingerprint: f.Fingerprint,
	}
	if f.Clause != nil {
		out.Clause = jsonClause{Label: f.Clause.Path(), Heading: f.Clause.Heading}
	}
	for _, e := range f.Evidence {
		out.Evidence = append(out.Evidence, jsonEvidence{
			Role: string(e.Role), Quote: d.Quote(e.Span), Note: e.Note, Range: newJSONRange(d.Range(e.Span)),
		})
	}
	for _, q := range f.Facts {
		x := jsonFact{ID: q.Fact.ID, Answer: "unknown", IfYes: q.Yes.String(), IfNo: q.No.String()}
		if a := q.Answer; a != nil {
			x.Answer, x.Owner, x.Date, x.Source = "no", a.Owner, a.Date, a.Source
			if a.Yes {
				x.Answer = "yes"
			}
		}
		out.Facts = append(out.Facts, x)
	}
	if o := f.Origin; o != nil {
		out.Origin = &jsonOrigin{Kind: string(o.Kind), Changes: []jsonChange{}}
		for _, c := range o.Changes {
			out.Origin.Changes = append(out.Origin.Changes, jsonChange{c.Author, c.Date})
		}
	}
	for _, c := range f.Basis {
		out.Basis = append(out.Basis, c.String())
	}
	return out
}

func newJSONRange(r document.Range) jsonRange {
	position := func(p document.Position) jsonPosition {
		return jsonPosition{Byte: p.Byte, Line: p.Line, Column: p.Column, Part: p.Part, Paragraph: p.Paragraph, Run: p.Run}
	}
	return jsonRange{Start: position(r.Start), End: position(r.End)}
}

// validPath writes the bytes of a path that are not UTF-8 as \xff; JSON has no
// other way to hold them.
func validPath(path string) string {
	var b strings.Builder
	for i := 0; i < len(path); {
		r, n := utf8.DecodeRuneInString(path[i:])
		if r == utf8.RuneError && n == 1 {
			fmt.Fprintf(&b, `\x%02x`, path[i])
		} else {
			b.WriteString(path[i : i+n])
		}
		i += n
	}
	return b.String()
}

// escapeUnsafe writes as \u202e what encoding/json leaves alone and a terminal
// would obey. Such characters stand inside strings only, and the value of the
// string stays the same.
func escapeUnsafe(data []byte) []byte {
	unsafe := func(r rune) bool { return r != '\n' && isUnsafe(r) }
	if bytes.IndexFunc(data, unsafe) < 0 {
		return data
	}
	var b bytes.Buffer
	for _, r := range string(data) {
		if unsafe(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.Bytes()
}
