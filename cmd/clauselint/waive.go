package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/clauselint/clauselint/config"
	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/report"
)

// waive is the command that writes waivers for findings.
func (c *command) waive() *cobra.Command {
	var w config.Waiver
	var write bool
	cmd := &cobra.Command{
		Use:   "waive FILE[:LINE] [RULE] --reason WHY --by NAME",
		Short: "Print or add the waiver of a finding, with who answers for it and why",
		Long: `waive lints a file and prints a waiver for each of its findings on the line and of the
rule given, in the form of ` + config.WaiversName + `. With --write it adds them to the
list that governs the file, or begins one in the file's folder.

A waiver holds for the words that the clause has now, and until the day given if any.

Exit codes: 0 the waivers were printed or added, 2 there is no such finding.`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 2 {
				w.Rule = args[1]
			}
			if w.Reason == "" || w.By == "" {
				return errors.New("a waiver needs --reason WHY and --by NAME")
			}
			if _, err := time.Parse(time.DateOnly, w.Until); err != nil && w.Until != "" {
				return fmt.Errorf("--until %q: want a day as 2026-12-31", w.Until)
			}
			return c.waiveFindings(args[0], w, write)
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&w.Reason, "reason", "", "`why` the clause may stand")
	flags.StringVar(&w.By, "by", "", "`name` of who answers for it")
	flags.StringVar(&w.Until, "until", "", "last `day` on which the waiver holds, as YYYY-MM-DD (default: for as long as the clause keeps its words)")
	flags.BoolVarP(&write, "write", "w", false, "add the waivers to the list that governs the file")
	c.readingFlags(flags)
	return cmd
}

func (c *command) waiveFindings(where string, w config.Waiver, write bool) error {
	path, line := fileAndLine(where)
	data, err := c.read(target{path: path})
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	settings, err := c.newSettings()
	if err != nil {
		return err
	}
	rules, _, err := settings.of(path)
	if err != nil {
		return err
	}
	if w.Rule != "" && rules.library.Rule(w.Rule) == nil {
		return fmt.Errorf("no rule %q; `clauselint rules` lists them", w.Rule)
	}
	r := c.lintData(path, data, settings)
	if r.Err != nil {
		return fmt.Errorf("%s: %s", path, r.Reason())
	}
	var found []lint.Finding
	for _, f := range r.Findings {
		at := r.Doc.Range(f.Span)
		if f.Rule.Textual() && (w.Rule == "" || f.Rule.ID == w.Rule) && (line == 0 || at.Start.Line <= line && line <= at.End.Line) {
			found = append(found, f)
		}
	}
	if len(found) == 0 {
		return fmt.Errorf("%s: no such finding; `clauselint %s` lists what there is", where, path)
	}
	dir := filepath.Dir(path)
	list, err := config.FindWaivers(dir)
	if err != nil {
		return err
	}
	if list == "" {
		list = filepath.Join(dir, config.WaiversName)
	}
	var entries strings.Builder
	for _, f := range found {
		w.Rule, w.Fingerprint, w.Quote = f.Rule.ID, f.Fingerprint, r.Doc.Quote(f.Span)
		w.File = relative(list, path)
		writeWaiver(&entries, w)
	}
	if !write {
		_, err := io.WriteString(c.stdout, entries.String())
		return err
	}
	before, err := os.ReadFile(list)
	if errors.Is(err, fs.ErrNotExist) {
		before = fmt.Appendf(nil, "version: %d\nwaivers:\n", config.Version)
	} else if err != nil {
		return err
	}
	if !bytes.HasSuffix(before, []byte("\n")) {
		before = append(before, '\n')
	}
	after := append(before, entries.String()...)
	if _, err := config.ParseWaivers(list, after, rules.known()); err != nil {
		return fmt.Errorf("%w; the waivers cannot be added at its end, so print them without --write and put them in their place", err)
	}
	if err := writeFile(list, func(out io.Writer) error {
		_, err := out.Write(after)
		return err
	}); err != nil {
		return err
	}
	fmt.Fprintf(c.stderr, "%s: %s waived\n", report.Visible(list), findings(len(found)))
	return nil
}

// fileAndLine takes FILE:LINE apart, unless there is a file of that name; line 0 is all.
func fileAndLine(where string) (path string, line int) {
	if _, err := os.Stat(where); err != nil {
		if i := strings.LastIndexByte(where, ':'); i > 0 {
			if n, err := strconv.Atoi(where[i+1:]); err == nil && n > 0 {
				return where[:i], n
			}
		}
	}
	return where, 0
}

// relative is the path of a file from the folder of another, with slashes.
func relative(from, file string) string {
	folder, err := filepath.Abs(filepath.Dir(from))
	if err == nil {
		if abs, err := filepath.Abs(file); err == nil {
			if rel, err := filepath.Rel(folder, abs); err == nil {
				return filepath.ToSlash(rel)
			}
		}
	}
	return filepath.ToSlash(file)
}

// writeWaiver writes a waiver as an item of a list.
func writeWaiver(b *strings.Builder, w config.Waiver) {
	sign := "  - "
	for _, f := range [][2]string{
		{"fingerprint", w.Fingerprint}, {"rule", w.Rule}, {"file", w.File}, {"quote", w.Quote},
		{"reason", w.Reason}, {"by", w.By}, {"until", w.Until},
	} {
		if f[1] == "" {
			continue
		}
		var value bytes.Buffer // JSON is YAML
		enc := json.NewEncoder(&value)
		enc.SetEscapeHTML(false)
		// Strings can be encoded.
		_ = enc.Encode(report.Visible(f[1]))
		fmt.Fprintf(b, "%s%s: %s", sign, f[0], value.String())
		sign = "    "
	}
}
