package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/clauselint/clauselint/report"
	"github.com/clauselint/clauselint/revision"
)

// diff is the command that compares versions of contracts.
func (c *command) diff() *cobra.Command {
	var format, since, failOn string
	cmd := &cobra.Command{
		Use:   "diff OLD NEW | diff --since REV FILE|DIR|GLOB ...",
		Short: "Tell what a new version of a contract changes in law",
		Long: `diff compares two versions of a contract, and tells not which words differ but what that
does: findings that are new or gone, a grant that gained a limb, a right that was taken
out, a definition that now covers face data, a longer period, a processing for which
consent must be taken again. Clauses are known again by what they say; moving and
renumbering are no change.

OLD and NEW are files; either may be REV:PATH, a file in a revision of git. With --since
each file is compared with itself in that revision.

Exit codes: 0 no finding is new or worse, 1 one is (see --fail-on), 2 there is no verdict.`,
		Example: `  clauselint diff agreement-v3.docx agreement-v4.docx
  clauselint diff --since origin/main contracts/`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			write, ok := report.ChangeFormats[format]
			if !ok {
				return fmt.Errorf("--format %q: want pretty or json", format)
			}
			threshold, ok := severities[failOn]
			if !ok {
				return fmt.Errorf("--fail-on %q: want error, warning, note or never", failOn)
			}
			settings, err := c.prepare()
			if err != nil {
				return err
			}
			var list []report.Comparison
			switch {
			case since != "":
				list = c.compareSince(since, args, settings)
			case len(args) == 2:
				list = []report.Comparison{c.compare(args[0], args[1], settings)}
			default:
				return errors.New("diff wants two versions, or --since REV and the files")
			}
			run := &report.Run{Version: buildVersion(), Libraries: settings.libraries(), Lang: c.opts.lang}
			for _, x := range list {
				switch {
				case x.Err != nil:
					c.code = exitNone
				case x.Diff.Fails(threshold) && c.code == exitClean:
					c.code = exitFindings
				}
				if x.Err == nil {
					run.Results = append(run.Results, report.Result{Languages: x.Diff.New.Doc.Languages()})
				}
			}
			run.Color, run.Width = c.terminal()
			if err := write(c.stdout, run, list); err != nil {
				return fmt.Errorf("stdout: %w", err)
			}
			return nil
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVarP(&format, "format", "f", "pretty", "write in this `format`: json or pretty")
	flags.StringVar(&since, "since", "", "compare each file with what it was in this `revision` of git")
	flags.StringVar(&failOn, "fail-on", "note", "exit 1 for what is new or worse from this `severity` up: error, warning, note or never")
	c.readingFlags(flags)
	return cmd
}

// compare compares the contents of two places.
func (c *command) compare(old, new string, settings *settings) report.Comparison {
	x := report.Comparison{OldPath: old, Path: new}
	from, err := c.version(old, settings)
	if err == nil {
		var to *revision.Version
		if to, err = c.version(new, settings); err == nil {
			x.Diff = revision.Compare(from, to)
			return x
		}
	} else {
		x.Path = old
	}
	x.Err = err
	return x
}

// compareSince compares the files with what they were in a revision. One that was not
// there is compared with nothing.
func (c *command) compareSince(rev string, args []string, settings *settings) []report.Comparison {
	var out []report.Comparison
	for _, t := range findTargets(args, c.opts.stdinName, settings.excludes) {
		x := report.Comparison{Path: t.path, Err: t.err}
		if t.stdin {
			x.Err = errors.New("what is read from - has no revisions")
		}
		if x.Err == nil {
			x.OldPath = rev + ":" + t.path
			x.Diff, x.Err = c.diffSince(rev, t.path, settings)
		}
		out = append(out, x)
	}
	return out
}

func (c *command) diffSince(rev, path string, settings *settings) (*revision.Diff, error) {
	new, err := c.version(path, settings)
	if err != nil {
		return nil, err
	}
	data, err := gitShow(rev, path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		data = nil
	case err != nil:
		return nil, err
	}
	old, err := c.readVersion(path, data, settings)
	if err != nil {
		if data != nil {
			return nil, fmt.Errorf("in %s: %w", rev, err)
		}
		if old, err = c.readVersion("new.txt", nil, settings); err != nil {
			return nil, err
		}
	}
	return revision.Compare(old, new), nil
}

// version reads a version of a contract: a file, or REV:PATH.
func (c *command) version(place string, settings *settings) (*revision.Version, error) {
	rev, path, inGit := strings.Cut(place, ":")
	if _, err := os.Stat(place); err == nil || !inGit || len(rev) == 1 && filepath.VolumeName(place) != "" {
		data, err := c.read(target{path: place})
		if err != nil {
			return nil, err
		}
		return c.readVersion(place, data, settings)
	}
	data, err := gitShow(rev, path)
	if err != nil {
		return nil, err
	}
	return c.readVersion(path, data, settings)
}

// readVersion reads a version from the content of a file. What is waived in it, or in the
// baseline, counts in neither version.
func (c *command) readVersion(path string, data []byte, settings *settings) (v *revision.Version, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = crash(p)
		}
	}()
	d, _, err := c.readAndCheck(path, data, c.opts.view, settings)
	if err != nil {
		return nil, err
	}
	rules, opts, err := settings.of(path)
	if err != nil {
		return nil, err
	}
	v = revision.Read(rules.linter, d, opts)
	r := report.Result{Path: path, Doc: d, Findings: v.Review.Findings}
	if err := settings.settle(&r); err != nil {
		return nil, err
	}
	v.Review.Findings = r.Findings
	return v, nil
}

// gitShow is the content of a file in a revision; [fs.ErrNotExist] if it was not there.
func gitShow(rev, path string) ([]byte, error) {
	if strings.HasPrefix(rev, "-") {
		return nil, fmt.Errorf("%q is no revision", rev)
	}
	git := func(args ...string) ([]byte, string, error) {
		cmd := exec.Command("git", args...)
		cmd.Dir = filepath.Dir(path)
		var out, said bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &said
		err := cmd.Run()
		if errors.Is(err, exec.ErrNotFound) {
			return nil, "", errors.New("git is not installed; compare two files instead")
		}
		first, _, _ := strings.Cut(strings.TrimSpace(said.String()), "\n")
		return out.Bytes(), strings.TrimPrefix(first, "fatal: "), err
	}
	if _, said, err := git("rev-parse", "--quiet", "--verify", "--end-of-options", rev+"^{commit}"); err != nil {
		if said == "" {
			said = "no such revision in the repository of " + path
		}
		return nil, fmt.Errorf("git: %s: %s", rev, said)
	}
	object := rev + ":./" + filepath.Base(path)
	if _, _, err := git("cat-file", "-e", object); err != nil {
		return nil, fmt.Errorf("%s: %w", object, fs.ErrNotExist)
	}
	data, said, err := git("cat-file", "blob", object)
	if err != nil {
		return nil, fmt.Errorf("git: %s: %s", object, said)
	}
	if len(data) > maxFile {
		return nil, fmt.Errorf("%s: larger than %d MB", object, maxFile>>20)
	}
	return data, nil
}
