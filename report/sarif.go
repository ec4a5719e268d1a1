package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
)

// writeSARIF writes a log in the Static Analysis Results Interchange Format 2.1.0, with
// what GitHub's code scanning and the viewers of editors show. It holds no time, machine
// or absolute path that was not asked for: the same input gives the same bytes.
//
// A result is a line. Indented as JSON usually is, a log would be twice as large, and
// services take so many bytes.
func writeSARIF(w io.Writer, run *Run) error {
	s := &sarif{run: run, words: listVocabularies[run.language() == "zh"], artifactAt: map[string]int{}, ruleAt: map[string]int{}}
	for _, r := range run.Results {
		s.file(r) // so that the files come first, in their order
	}
	s.rules()
	summary := run.Summary()
	var results bytes.Buffer
	enc := json.NewEncoder(&results)
	enc.SetEscapeHTML(false)
	for _, r := range run.Results {
		hashes := s.hashes(r)
		for _, l := range r.listed() {
			if results.Len() > 0 {
				results.WriteByte(',')
			}
			if err := enc.Encode(s.result(r, l, hashes, summary)); err != nil {
				return err
			}
		}
	}
	out := sarifRun{
		ColumnKind: "utf16CodeUnits", Language: run.language(), Results: []sarifResult{}, Artifacts: s.artifacts,
		BaseIDs:     map[string]sarifArtifactLocation{sourceRoot: {Description: &sarifMessage{Text: s.words.root}}},
		Invocations: []sarifInvocation{{ExecutionSuccessful: summary.Unreadable == 0, Notifications: s.notifications()}},
	}
	out.Tool.Driver = s.driver()
	var frame bytes.Buffer
	enc = json.NewEncoder(&frame)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(sarifLog{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		Version: "2.1.0", Runs: []sarifRun{out},
	}); err != nil {
		return err
	}
	const end = "]}]}\n" // of the results, the run, the runs and the log: results are the last field
	head := bytes.TrimSuffix(frame.Bytes(), []byte(end))
	for _, part := range [][]byte{head, []byte("\n"), results.Bytes(), []byte(end)} {
		if _, err := w.Write(escapeUnsafe(part)); err != nil {
			return err
		}
	}
	return nil
}

// sarif holds what the parts of a log refer to by index.
type sarif struct {
	run        *Run
	words      listWords
	artifacts  []sarifArtifact
	artifactAt map[string]int // by URI, and for a part of a Word file by both URIs
	described  []sarifRule
	ruleAt     map[string]int
}

// result is a finding.
func (s *sarif) result(r Result, l listed, hashes []string, summary Summary) sarifResult {
	f := l.Finding
	out := sarifResult{
		RuleID: f.Rule.ID, RuleIndex: s.ruleAt[f.Rule.ID], Level: f.Severity.String(),
		Locations:           []sarifLocation{s.primary(r, f)},
		PartialFingerprints: map[string]string{"clauselint/v1": f.Fingerprint},
		Properties: sarifResultProperties{
			Confidence: string(f.Confidence), Scope: string(f.Scope), Quote: Visible(r.Doc.Quote(f.Span)), Suggestion: Visible(f.Suggestion),
		},
	}
	for _, c := range f.Basis {
		out.Properties.Basis = append(out.Properties.Basis, c.String())
	}
	if hash := lineHash(r.Doc, f, hashes); hash != "" {
		out.PartialFingerprints["primaryLocationLineHash"] = hash
	}
	out.Message.Text = s.trace(&out, r, l)
	if summary.Waived > 0 {
		out.Suppressions = &[]sarifSuppression{} // of all results or of none (3.27.23)
	}
	if l.standing == waived {
		out.Suppressions = &[]sarifSuppression{s.suppression(r, l)}
	}
	if summary.Known > 0 {
		out.BaselineState = "new"
	}
	if l.standing == known {
		out.BaselineState = "unchanged"
	}
	return out
}

// trace gives a result its related locations and code flow, and returns its message: in
// a text file with links to the evidence, as no reader can follow one into an archive.
func (s *sarif) trace(out *sarifResult, r Result, l listed) string {
	inWord := r.Doc.Format == document.DOCX
	relate := func(at sarifLocation, text string) int {
		at.ID = len(out.RelatedLocations) + 1
		at.Message = &sarifMessage{Text: sarifText(text)}
		out.RelatedLocations = append(out.RelatedLocations, at)
		return at.ID
	}
	step := func(at sarifLocation, text, kind string) sarifStep {
		at.Message = &sarifMessage{Text: sarifText(text)}
		return sarifStep{at, []string{kind}}
	}
	if inWord {
		relate(s.exact(r, l.Span), shorten(r.Doc.Quote(l.Span), quotedCells))
	}
	var steps []sarifStep
	text := []string{sarifText(l.said())}
	for i, d := range s.run.details(r.Doc, l) {
		switch {
		case i == 0 && !inWord: // the place, which the location says
		case d.evidence == 0:
			text = append(text, sarifText(d.String()))
		default:
			e := l.Evidence[d.evidence-1]
			at := s.exact(r, e.Span)
			steps = append(steps, step(at, d.text, string(e.Role)))
			if id := relate(at, d.text); inWord {
				text = append(text, sarifText(d.String()))
			} else {
				text = append(text, fmt.Sprintf("%s[%s](%d)", d.label, sarifLinkText(d.text), id))
			}
		}
	}
	if len(steps) > 0 {
		steps = append(steps, step(s.exact(r, l.Span), l.said(), "finding"))
		out.CodeFlows = []sarifCodeFlow{{[]sarifThreadFlow{{steps}}}}
	}
	return strings.Join(text, "\n")
}

func (s *sarif) suppression(r Result, l listed) sarifSuppression {
	out := sarifSuppression{Kind: "external", Status: "accepted", Justification: l.excuse()}
	if l.waiver.Path == r.Path {
		out.Kind = "inSource"
	}
	if l.waiver.Path != "" {
		at := named(l.waiver.Path)
		if i, ok := s.artifactAt[at.URI]; ok {
			at.Index = &i
		}
		out.Location = &sarifLocation{Physical: &sarifPhysical{Artifact: at}}
		if l.waiver.Line > 0 {
			out.Location.Physical.Region = &sarifRegion{StartLine: l.waiver.Line}
		}
	}
	return out
}

// notifications says which files were not read, or not wholly.
func (s *sarif) notifications() []sarifNotification {
	out := []sarifNotification{}
	note := func(r Result, id, level, text string) {
		out = append(out, sarifNotification{
			Descriptor: sarifReference{id}, Level: level, Message: sarifMessage{Text: sarifText(Visible(r.Path + ": " + text))},
			Locations: []sarifLocation{{Physical: &sarifPhysical{Artifact: s.file(r)}}},
		})
	}
	for _, r := range s.run.Results {
		if r.Err != nil {
			note(r, "unreadable", "error", fmt.Sprintf(s.words.unreadable, r.Reason()))
		}
		if r.Doc != nil {
			for _, p := range r.Doc.Problems {
				note(r, "problem", "warning", fmt.Sprintf(s.words.problem, p.Message))
			}
		}
	}
	return out
}

// semantic is a version as semantic versioning writes it, after a "v".
var semantic = regexp.MustCompile(`^v(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?)$`)

func (s *sarif) driver() sarifDriver {
	d := sarifDriver{
		Name: "clauselint", Version: s.run.Version, InformationURI: projectURI, Rules: s.described,
		Notifications: []sarifDescriptor{
			{ID: "unreadable", Short: sarifMessage{Text: s.words.unreadableName}}, {ID: "problem", Short: sarifMessage{Text: s.words.problemName}},
		},
	}
	if m := semantic.FindStringSubmatch(s.run.Version); m != nil {
		d.SemanticVersion = m[1]
	}
	return d
}

// sarifText is text in a message: it holds no placeholder (3.11.5), and no link that a
// contract or file name wrote (3.11.6).
func sarifText(s string) string {
	return strings.NewReplacer("{", "{{", "}", "}}", "](", "] (").Replace(s)
}

// sarifLinkText is text within the brackets of a link.
func sarifLinkText(s string) string {
	return strings.NewReplacer("{", "{{", "}", "}}", `\`, `\\`, "[", `\[`, "]", `\]`).Replace(s)
}

// precision is a confidence in GitHub's words.
var precision = map[lint.Confidence]string{lint.High: "high", lint.Medium: "medium", lint.Low: "low"}

// problemSeverity is a severity in GitHub's words.
var problemSeverity = map[clauses.Severity]string{clauses.Error: "error", clauses.Warning: "warning", clauses.Note: "recommendation"}
