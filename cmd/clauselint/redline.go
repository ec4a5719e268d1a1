package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/document/docx"
	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/report"
	"github.com/clauselint/clauselint/rewrite"
)

// redline is the command that writes tested rewrites into a Word file as tracked changes.
func (c *command) redline() *cobra.Command {
	var out string
	var by report.Signature
	var force bool
	cmd := &cobra.Command{
		Use:   "redline FILE.docx -o OUT.docx",
		Short: "Write tested rewrites into a copy of a Word file, as tracked changes",
		Long: `redline lints a Word file and writes a copy of it with a tracked change and a comment
for each finding that a rewrite ends: the smallest there is, from taking out the words
that go too far to the wording that the rule proposes. Each is tested: with all changes
accepted the finding is gone and no other has come, else none is offered. Rejecting the
changes gives back the text and its formatting. What a person has to fill in stands in
【 】 or [ ] and is named.

Findings without a tested rewrite are counted; "clauselint annotate" comments on them.

Exit codes: 0 the copy was written, 2 it was not.`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if c.opts.view != "final" {
				return fmt.Errorf("--view %s: changes are made to the final text", c.opts.view)
			}
			var err error
			if by.Date, err = commentDate(); err != nil {
				return err
			}
			return c.rewriteWord(args[0], out, force, func(data []byte) ([]byte, string, error) {
				return c.redlined(args[0], data, by)
			})
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVarP(&out, "output", "o", "", "write the copy to this `file`")
	flags.StringVar(&by.Author, "author", "clauselint", "`name` that signs the changes")
	flags.StringVar(&by.Initials, "initials", "CL", "`initials` of the author")
	flags.BoolVar(&force, "force", false, "write the copy of a signed file, too; its signature will be broken")
	c.readingFlags(flags)
	return cmd
}

// redlined is a Word file with tracked changes that end findings.
func (c *command) redlined(path string, data []byte, by report.Signature) ([]byte, string, error) {
	settings, err := c.newSettings()
	if err != nil {
		return nil, "", err
	}
	// Each rewrite is in the language of its clause: that of the messages may be another.
	settings.ownLanguage = true
	r := c.lintData(path, data, settings)
	if r.Err != nil {
		return nil, "", r.Err
	}
	if r.Doc.Format != document.DOCX {
		return nil, "", fmt.Errorf("it was read as %s; --fix rewrites text and Markdown", r.Doc.Format)
	}
	try := func(edits []document.Edit) ([]lint.Finding, error) {
		out, err := docx.Redline(data, report.Changes(r.Doc, edits, by), docx.Limits{})
		if err != nil {
			return nil, err
		}
		return c.found(path, out, settings)
	}
	proposals := rewrite.Propose(r.Doc, r.Findings, try)
	run := &report.Run{Libraries: settings.libraries(), Results: []report.Result{r}, Lang: c.opts.lang}
	out, err := docx.Redline(data, report.Redline(run, r.Doc, proposals, by), docx.Limits{})
	return out, proposed(proposals, r.Findings), err
}

// found is the findings that count in a file with a rewrite.
func (c *command) found(path string, data []byte, settings *settings) ([]lint.Finding, error) {
	d, review, err := c.readAndCheck(path, data, "final", settings)
	if err != nil {
		return nil, err
	}
	r := report.Result{Path: path, Doc: d, Findings: review.Findings}
	err = settings.settle(&r)
	return r.Findings, err
}

// proposed says how many findings are rewritten, what is left, and what to fill in.
func proposed(proposals []rewrite.Proposal, findings []lint.Finding) string {
	said := fmt.Sprintf("%d rewritten", len(proposals))
	open := 0
	for _, f := range findings {
		if f.Scope == lint.ClauseScope && f.Severity >= clauses.Warning {
			open++
		}
	}
	if open -= len(proposals); open > 0 {
		said += fmt.Sprintf(", %d left as they are or gone with another", open)
	}
	var blanks []string
	for _, p := range proposals {
		blanks = append(blanks, p.Blanks...)
	}
	if len(blanks) > 0 {
		said += "; fill in " + strings.Join(blanks, " ")
	}
	return said
}

// fixAll writes the tested rewrites of text and Markdown files, or prints them as a diff.
// It reports whether there are any.
func (c *command) fixAll(args []string) (bool, error) {
	settings, err := c.newSettings()
	if err != nil {
		return false, err
	}
	settings.ownLanguage = true
	some := false
	var errs []error
	for _, t := range findTargets(args, c.opts.stdinName, settings.excludes) {
		fixed, err := c.fixOne(t, settings)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", t.path, err))
		}
		some = some || fixed
	}
	return some, errors.Join(errs...)
}

func (c *command) fixOne(t target, settings *settings) (bool, error) {
	switch {
	case t.err != nil:
		return false, t.err
	case t.stdin && c.opts.fix:
		return false, errors.New("what is read from - cannot be written back; use --diff")
	}
	data, err := c.read(t)
	if err != nil {
		return false, err
	}
	r := c.lintData(t.path, data, settings)
	switch {
	case r.Err != nil:
		return false, r.Err
	case len(r.Findings) == 0:
		return false, nil
	case r.Doc.Format == document.DOCX:
		return false, errors.New("a Word file is rewritten by `clauselint redline`, with tracked changes in a copy")
	}
	try := func(edits []document.Edit) ([]lint.Finding, error) {
		out, err := r.Doc.Edited(edits)
		if err != nil {
			return nil, err
		}
		return c.found(t.path, out, settings)
	}
	proposals := rewrite.Propose(r.Doc, r.Findings, try)
	if len(proposals) == 0 {
		return false, nil
	}
	var edits []document.Edit
	for _, p := range proposals {
		edits = append(edits, p.Edits...)
	}
	out, err := r.Doc.Edited(edits)
	if err != nil {
		return false, err
	}
	if c.opts.diff {
		_, err := c.stdout.Write(diff.Diff(t.path, data, t.path, out))
		return true, err
	}
	if err := writeFile(t.path, func(w io.Writer) error {
		_, err := w.Write(out)
		return err
	}); err != nil {
		return false, err
	}
	fmt.Fprintf(c.stderr, "%s: %s\n", report.Visible(t.path), report.Visible(proposed(proposals, r.Findings)))
	return true, nil
}
