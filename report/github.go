package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
)

// annotation is a workflow command that makes GitHub write a note at a line.
type annotation struct {
	level      string // "error", "warning" or "notice"
	rank       int    // what comes first
	file       string
	at         document.Range
	lines      bool // whether the file has the lines
	title, say string
}

// writeGitHub writes a workflow command for each finding and each file that could not be
// read. GitHub shows ten of a step of each level, so the worst come first, and what is
// waived or known last, as notices.
func writeGitHub(w io.Writer, run *Run) error {
	words := listVocabularies[run.language() == "zh"]
	var all []annotation
	for _, r := range run.Results {
		if r.Err != nil {
			all = append(all, annotation{
				level: "error", file: r.Path, title: words.unreadableName, say: Visible(fmt.Sprintf(words.unreadable, r.Reason())),
			})
		}
		for _, l := range r.listed() {
			all = append(all, run.annotation(r, l))
		}
		if r.Doc != nil {
			for _, p := range r.Doc.Problems {
				all = append(all, annotation{
					level: "warning", rank: int(clauses.Error), file: r.Path, title: words.problemName,
					say: Visible(fmt.Sprintf(words.problem, p.Message)),
				})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b annotation) int { return cmp.Compare(a.rank, b.rank) })
	buf := bufio.NewWriter(w)
	for _, a := range all {
		buf.WriteString(a.command())
	}
	return buf.Flush()
}

func (run *Run) annotation(r Result, l listed) annotation {
	const last = int(clauses.Error) + 1
	a := annotation{
		level: "notice", rank: 1 + int(clauses.Error) - int(l.Severity), file: r.Path,
		at: r.Doc.Range(l.Span), lines: r.Doc.Format != document.DOCX, title: l.Rule.ID,
	}
	switch {
	case l.standing != counted:
		a.rank = last + int(l.standing)
	case l.Severity == clauses.Error:
		a.level = "error"
	case l.Severity == clauses.Warning:
		a.level = "warning"
	}
	if clause := clausePath(l.Finding); clause != "" {
		a.title += vocabularies[l.Lang == "zh"].comma + clause
	}
	a.say = strings.Join(run.lines(r.Doc, l), "\n")
	return a
}

// command is the annotation as @actions/core writes it. Columns are for words in one
// line only; a Word file has no lines.
func (a annotation) command() string {
	var b strings.Builder
	fmt.Fprintf(&b, "::%s file=%s", a.level, commandProperty(Visible(path.Clean(filepath.ToSlash(a.file)))))
	if a.lines {
		fmt.Fprintf(&b, ",line=%d,endLine=%d", a.at.Start.Line, a.at.End.Line)
		if a.at.Start.Line == a.at.End.Line {
			fmt.Fprintf(&b, ",col=%d,endColumn=%d", a.at.Start.Column, a.at.End.Column)
		}
	}
	fmt.Fprintf(&b, ",title=%s::%s\n", commandProperty("clauselint: "+Visible(a.title)), commandData(a.say))
	return b.String()
}

// commandData is text after the last "::" of a workflow command.
func commandData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// commandProperty is the value of a property of a workflow command.
func commandProperty(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
