package main

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/report"
	"github.com/spf13/cobra"
)

// library is the rules that come with the program and those of the folders.
func (c *command) library(folders ...string) (*clauses.Library, error) {
	lib, err := clauses.Builtin()
	if err != nil {
		return nil, fmt.Errorf("rule library: %w", err)
	}
	for _, dir := range folders {
		if info, err := os.Stat(dir); err != nil {
			return nil, err
		} else if !info.IsDir() {
			return nil, fmt.Errorf("%s: not a folder", dir)
		}
		if lib, err = clauses.Extend(lib, os.DirFS(dir)); err != nil {
			return nil, fmt.Errorf("%s: %w", dir, err)
		}
	}
	return lib, nil
}

// flagLibrary is the library with the rules that the command line names.
func (c *command) flagLibrary() (*clauses.Library, error) {
	if c.opts.rules == "" {
		return c.library()
	}
	return c.library(c.opts.rules)
}

// test is the command that runs the examples of a folder's rules.
func (c *command) test() *cobra.Command {
	return &cobra.Command{
		Use:   "test DIR",
		Short: "Run the examples of the rules in a folder",
		Long: `test lints each example of the rule pages in DIR by itself: its rule must find
those that are flagged and none that is clean. It also runs the examples of the
rules that come with the program, and names those that the folder's words spoil.

Exit codes: 0 all pass, 1 some fail, 2 the folder could not be read.`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			own, err := c.library()
			if err != nil {
				return err
			}
			lib, err := c.library(args[0])
			if err != nil {
				return err
			}
			return c.runExamples(args[0], own, lib)
		},
	}
}

// runExamples prints the examples of lib that fail: all those of the pages of dir, and
// of the others those that pass with the rules of own alone.
func (c *command) runExamples(dir string, own, lib *clauses.Library) error {
	before, after := lint.New(own), lint.New(lib)
	w := bufio.NewWriter(c.stdout)
	rules, examples, failed := 0, 0, 0
	fail := func(place string, line int, what, text string) {
		failed++
		fmt.Fprintf(w, "%s:%d: %s: %s\n", report.Visible(place), line, what, report.Visible(text))
	}
	for _, r := range lib.Rules {
		ours := slices.Contains(own.Rules, r)
		place := r.ID + ".md"
		if !ours {
			rules++
			examples += len(r.Examples)
			place = filepath.Join(dir, place)
			if !slices.ContainsFunc(r.Examples, func(x clauses.Example) bool { return x.Flagged }) {
				fail(place, 1, "no flagged example", "nothing shows that the rule works")
			}
		}
		for _, x := range r.Examples {
			what := "not found"
			if !x.Flagged {
				what = "found, but it is clean"
			}
			if right, err := passes(after, r, x, ours); err != nil {
				return err
			} else if right {
				continue
			}
			if ours {
				if right, err := passes(before, r, x, false); err != nil {
					return err
				} else if !right {
					continue // a gap of ours, whatever the folder says
				}
				what += " any more"
			}
			fail(place, x.Line, what, x.Text)
		}
	}
	fmt.Fprintf(w, "%d rules, %d examples, %d failures\n", rules, examples, failed)
	if failed > 0 {
		c.code = exitFindings
	}
	return w.Flush()
}

// passes reports whether the rule finds the example if it is to be found; with
// absorbed, a rule that absorbs it may speak in its place.
func passes(linter *lint.Linter, r *clauses.Rule, x clauses.Example, absorbed bool) (bool, error) {
	doc, opts, err := lint.ReadExample(x)
	if err != nil {
		return false, err
	}
	found := slices.ContainsFunc(linter.Lint(doc, opts), func(f lint.Finding) bool {
		return f.Rule == r || absorbed && x.Flagged && slices.Contains(f.Rule.Absorbs, r.ID)
	})
	return found == x.Flagged, nil
}

// ruleID is what a rule can be called: its page is a file of that name.
var ruleID = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// newRule is the command that writes a page to start from.
func (c *command) newRule() *cobra.Command {
	return &cobra.Command{
		Use:   "new ID",
		Short: "Write a rule page and its words to start from",
		Long: `new writes ID.md and concepts/ID.txt into the folder of --rules, or the current
one. They are a whole rule, whose examples pass; change it to what you need.`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			id := args[0]
			if !ruleID.MatchString(id) {
				return fmt.Errorf("%q: an id is of small letters, digits and hyphens, such as no-face-photos", id)
			}
			if lib, err := c.library(); err != nil {
				return err
			} else if lib.Rule(id) != nil {
				return fmt.Errorf("%s is a rule of the library; `clauselint explain %s` prints its page to start from", id, id)
			}
			concept := strings.ToUpper(strings.ReplaceAll(id, "-", " "))
			page := filepath.Join(c.opts.rules, id+".md")
			words := filepath.Join(c.opts.rules, "concepts", id+".txt")
			for _, name := range []string{page, words} {
				if _, err := os.Lstat(name); err == nil {
					return fmt.Errorf("%s is there already", name)
				} else if !errors.Is(err, fs.ErrNotExist) {
					return err
				}
			}
			if err := os.MkdirAll(filepath.Dir(words), 0o755); err != nil {
				return err
			}
			fill := strings.NewReplacer("CONCEPT", concept)
			for _, f := range []struct{ name, text string }{{words, starterWords}, {page, starterPage}} {
				if err := writeNew(f.name, fill.Replace(f.text)); err != nil {
					return err
				}
				if _, err := fmt.Fprintln(c.stdout, report.Visible(f.name)); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// writeNew writes a file that is not there yet.
func writeNew(name, text string) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}

// The rule that newRule writes: a firm's rule that faces are not printed on passes.
const (
	starterWords = `# What the rule looks for. A line that is indented is a way to say it.
CONCEPT: term | 印在证件上 | printed on a pass
    {印在|印制于|打印在}{胸卡|工牌|证件|通行证}
    {print*|reproduc*} on [the] {badge|pass|card}
    = WORD OF CONCEPT > OBJECT OF CONCEPT

WORD OF CONCEPT: deed
    {印|打印|印制}
    {print|reproduce}

OBJECT OF CONCEPT: word
    {胸卡|工牌|通行证}
    {badge|visitor pass}
`
	starterPage = "# 人脸印在证件上 / Face printed on a pass\n\n" +
		"```rule\nseverity: warning\nbasis:    pipl:6\nwhen:     term, CONCEPT\n```\n\n" +
		"## 一句话\n该条款要求把{object}印在证件上。\n\n" +
		"## In one sentence\nThe clause has {object} printed on a pass.\n\n" +
		"## 为什么\n在此写明理由。\n\n" +
		"## Why\nSay why here.\n\n" +
		"## 合规写法\n> 证件上只印姓名和编号。\n\n" +
		"## Ask for instead\n> A pass shows a name and a number only.\n\n" +
		"## 例 / Examples\n" +
		"```flagged zh\n员工的人脸照片印在胸卡上。\n\n公司可以把您的人脸图像打印在访客通行证上。\n```\n\n" +
		"```clean zh\n人脸照片仅用于开门。\n\n胸卡上只印姓名，不印人脸照片。\n```\n\n" +
		"```flagged en\nThe face image of the visitor is printed on the badge.\n```\n\n" +
		"```clean en\nThe face image is used to open the door. The badge shows a name.\n\nFace images are not printed on the badge.\n```\n"
)
