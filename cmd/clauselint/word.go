package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/document/docx"
	"github.com/clauselint/clauselint/report"
)

// annotate is the command that writes findings into a Word file as comments.
func (c *command) annotate() *cobra.Command {
	var out, least string
	var by report.Signature
	var force bool
	cmd := &cobra.Command{
		Use:   "annotate FILE.docx -o OUT.docx",
		Short: "Write the findings into a copy of a Word file, as comments on the words",
		Long: `annotate lints a Word file and writes a copy of it with a comment on the words of each
finding: the issue, the law, the suggestion. Nothing else in the file changes. Comments
of an earlier run are replaced, those that somebody answered or marked as done stay, and
those of other people are not touched; "clauselint strip" takes ours out again.

The comments bear the time of the run, or that of SOURCE_DATE_EPOCH if it is set.

Exit codes: 0 the copy was written, whatever was found; 2 it was not.`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if c.opts.view != "final" {
				return fmt.Errorf("--view %s: comments are put on the final text", c.opts.view)
			}
			severity, err := commentsFrom(least)
			if err != nil {
				return err
			}
			if by.Date, err = commentDate(); err != nil {
				return err
			}
			return c.rewriteWord(args[0], out, force, func(data []byte) ([]byte, string, error) {
				return c.annotated(args[0], data, by, severity)
			})
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVarP(&out, "output", "o", "", "write the copy to this `file`")
	flags.StringVar(&by.Author, "author", "clauselint", "`name` that signs the comments")
	flags.StringVar(&by.Initials, "initials", "CL", "`initials` of the author")
	flags.StringVar(&least, "from", "note", "comment on findings from this `severity` up: note, warning or error")
	flags.BoolVar(&force, "force", false, "write the copy of a signed file, too; its signature will be broken")
	c.readingFlags(flags)
	return cmd
}

// strip is the command that takes our comments out of a Word file.
func (c *command) strip() *cobra.Command {
	var out string
	var force bool
	cmd := &cobra.Command{
		Use:   "strip FILE.docx -o OUT.docx",
		Short: "Take our comments out of a copy of a Word file",
		Long: `strip writes a copy of a Word file without the comments that annotate put in. A file
that was not saved in between gets back the bytes that its parts had. Comments of other
people stay, and so do ours that somebody answered or marked as done.

Exit codes: 0 the copy is without our comments, 1 some of ours stayed, 2 no copy was written.`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return c.rewriteWord(args[0], out, force, func(data []byte) ([]byte, string, error) {
				stripped, done, err := docx.Strip(data, docx.Limits{})
				said := fmt.Sprintf("%s removed", comments(done.Removed))
				if done.Kept > 0 {
					c.code = exitFindings
					said += fmt.Sprintf("; %s stayed, as somebody answered them or marked them as done", comments(done.Kept))
				}
				return stripped, said, err
			})
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVarP(&out, "output", "o", "", "write the copy to this `file`")
	flags.BoolVar(&force, "force", false, "write the copy of a signed file, too; its signature will be broken")
	return cmd
}

func comments(n int) string {
	if n == 1 {
		return "1 comment"
	}
	return strconv.Itoa(n) + " comments"
}

func commentsFrom(name string) (clauses.Severity, error) {
	for _, s := range []clauses.Severity{clauses.Note, clauses.Warning, clauses.Error} {
		if s.String() == name {
			return s, nil
		}
	}
	return 0, fmt.Errorf("--from %q: want note, warning or error", name)
}

// commentDate is when comments are made, as Word writes it: local time that calls itself
// UTC. https://reproducible-builds.org/specs/source-date-epoch/
func commentDate() (string, error) {
	now := time.Now()
	if epoch := os.Getenv("SOURCE_DATE_EPOCH"); epoch != "" {
		n, err := strconv.ParseInt(epoch, 10, 64)
		if err != nil || n < 0 || n > 253402300799 { // the end of the year 9999
			return "", fmt.Errorf("SOURCE_DATE_EPOCH=%q: want seconds since 1970", epoch)
		}
		now = time.Unix(n, 0).UTC()
	}
	return now.Format("2006-01-02T15:04:05") + "Z", nil
}

// rewriteWord writes what change makes of a Word file to another file, and says what was
// done on stderr.
func (c *command) rewriteWord(path, out string, force bool, change func(data []byte) ([]byte, string, error)) error {
	if err := checkCopy(path, out); err != nil {
		return err
	}
	data, err := c.read(target{path: path})
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	guard, err := docx.Guards(data, docx.Limits{})
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if guard.Signed && !force {
		return fmt.Errorf("%s: it is signed, and any change breaks the signature; annotate the unsigned file, or use --force", path)
	}
	changed, said, err := change(data)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if err := writeFile(out, func(w io.Writer) error {
		_, err := io.Copy(w, bytes.NewReader(changed))
		return err
	}); err != nil {
		return err
	}
	if guard.Signed {
		said += "; the signature is broken"
	}
	if guard.Protected != "" {
		said += fmt.Sprintf("; the document's protection (%s) was left on", guard.Protected)
	}
	fmt.Fprintf(c.stderr, "%s: %s\n", report.Visible(out), report.Visible(said))
	return nil
}

// checkCopy refuses an output that is no other Word file than the input.
func checkCopy(path, out string) error {
	if out == "" {
		return errors.New("no output; name the copy with -o OUT.docx")
	}
	from, to := strings.ToLower(filepath.Ext(path)), strings.ToLower(filepath.Ext(out))
	if from != to && strings.HasPrefix(from, ".do") {
		return fmt.Errorf("-o %s: the copy of a %s file must be called %s, too", out, from, from)
	}
	a, errA := os.Stat(path)
	b, errB := os.Stat(out)
	if errA == nil && errB == nil && os.SameFile(a, b) {
		return fmt.Errorf("-o %s: that is the file itself; name another for the copy", out)
	}
	return nil
}

// annotated is a Word file with the findings as comments.
func (c *command) annotated(path string, data []byte, by report.Signature, least clauses.Severity) ([]byte, string, error) {
	data, earlier, err := docx.Strip(data, docx.Limits{})
	if err != nil {
		return nil, "", err
	}
	settings, err := c.newSettings()
	if err != nil {
		return nil, "", err
	}
	r := c.lintData(path, data, settings)
	if r.Err != nil {
		return nil, "", r.Err
	}
	if r.Doc.Format != document.DOCX {
		return nil, "", fmt.Errorf("it was read as %s; annotate writes comments into Word files", r.Doc.Format)
	}
	run := &report.Run{Libraries: settings.libraries(), Results: []report.Result{r}, Lang: c.opts.lang}
	out, added, err := docx.Annotate(data, report.Comments(run, &run.Results[0], by, least), docx.Limits{})
	said := fmt.Sprintf("%s added", comments(added))
	if earlier.Removed > 0 {
		said += fmt.Sprintf(", %d of an earlier run removed", earlier.Removed)
	}
	if earlier.Kept > 0 {
		said += fmt.Sprintf(", %d left alone, as somebody answered them or marked them as done", earlier.Kept)
	}
	for _, problem := range r.Doc.Problems {
		said += "; problem: " + problem.Message
	}
	return out, said, err
}
