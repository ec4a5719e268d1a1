package report

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"io"
	"path"
	"path/filepath"

	"github.com/clauselint/clauselint/clauses"
)

// An entry of a code quality report, https://docs.gitlab.com/ci/testing/code_quality/.
type (
	gitlabEntry struct {
		Description string         `json:"description"`
		CheckName   string         `json:"check_name"`
		Fingerprint string         `json:"fingerprint"`
		Severity    string         `json:"severity"`
		Location    gitlabLocation `json:"location"`
	}
	gitlabLocation struct {
		Path  string      `json:"path"`
		Lines gitlabLines `json:"lines"`
	}
	gitlabLines struct {
		Begin int `json:"begin"`
		End   int `json:"end,omitempty"`
	}
)

// gitlabSeverities is the severities in GitLab's words. "blocker" is for files that
// could not be read: of them nothing is known.
var gitlabSeverities = map[clauses.Severity]string{clauses.Error: "critical", clauses.Warning: "major", clauses.Note: "minor"}

// writeGitLab writes a code quality report for GitLab. In a Word file the line is the
// paragraph. What is waived or known, and what was read with doubt, is of severity "info".
func writeGitLab(w io.Writer, run *Run) error {
	words := listVocabularies[run.language() == "zh"]
	out := []gitlabEntry{}
	seen := map[string]int{}
	add := func(r Result, check, severity, text, identity string, lines gitlabLines) {
		// GitLab shows one of several entries with the same fingerprint, and one clause
		// may stand in several files.
		name := path.Clean(filepath.ToSlash(r.Path))
		key := name + "\x00" + check + "\x00" + identity
		seen[key]++
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", key, seen[key]))
		out = append(out, gitlabEntry{
			text, check, fmt.Sprintf("%x", sum[:16]), severity, gitlabLocation{validPath(name), lines},
		})
	}
	for _, r := range run.Results {
		if r.Err != nil {
			add(r, "unreadable", "blocker", Visible(fmt.Sprintf(words.unreadable, r.Reason())), "", gitlabLines{Begin: 1})
		}
		for _, l := range r.listed() {
			severity := cmp.Or(gitlabSeverities[l.Severity], "info")
			if l.standing != counted {
				severity = "info"
			}
			at := r.Doc.Range(l.Span)
			lines := gitlabLines{Begin: at.Start.Line}
			if at.End.Line > at.Start.Line {
				lines.End = at.End.Line
			}
			add(r, l.Rule.ID, severity, run.sentence(r.Doc, l), l.Fingerprint, lines)
		}
		if r.Doc != nil {
			for _, p := range r.Doc.Problems {
				add(r, "problem", "info", Visible(fmt.Sprintf(words.problem, p.Message)), p.Message, gitlabLines{Begin: 1})
			}
		}
	}
	return encodeJSON(w, out)
}
