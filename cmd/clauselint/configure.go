package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/clauselint/clauselint/config"
	"github.com/clauselint/clauselint/report"
)

// configure is the commands about the configuration.
func (c *command) configure() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config show|check",
		Short: "Show what governs a file, or look for mistakes in the configuration",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	show := &cobra.Command{
		Use:   "show FILE",
		Short: "Print what holds for a file, and where each value comes from",
		Args:  cobra.ExactArgs(1),
		RunE:  func(_ *cobra.Command, args []string) error { return c.showConfig(args[0]) },
	}
	c.readingFlags(show.Flags())
	check := &cobra.Command{
		Use:   "check [FILE|DIR ...]",
		Short: "Look for mistakes in the configuration and the waivers of folders (default: this one)",
		Long: `check reads the configuration and the list of waivers that govern each folder or file,
and also names the patterns that match no file.

Exit codes: 0 all is well, 1 a pattern matches nothing, 2 something cannot be read.`,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				args = []string{"."}
			}
			return c.checkConfig(args)
		},
	}
	c.readingFlags(check.Flags())
	cmd.AddCommand(show, check)
	return cmd
}

func (c *command) showConfig(path string) error {
	settings, err := c.newSettings()
	if err != nil {
		return err
	}
	g := settings.governing(path)
	if g.err != nil {
		return g.err
	}
	list := settings.list(filepath.Dir(path))
	if list != nil && list.err != nil {
		return list.err
	}
	w := tabwriter.NewWriter(c.stdout, 0, 0, 2, ' ', 0)
	line := func(name, value, origin string) {
		fmt.Fprintf(w, "%s\t%s\t%s\n", name, report.Visible(value), report.Visible(origin))
	}
	const ours, flag = "default", "command line"
	set := config.Settings{}
	if g.config == nil {
		line("configuration", "none", ours)
	} else {
		set = g.config.For(path)
		line("configuration", g.config.Path, pick(c.opts.config != "", flag, "found"))
		for _, base := range g.config.Extends {
			line("extends", base.Path, g.config.Path)
		}
	}
	if list != nil {
		line("waivers", list.Path, "found")
	}
	switch {
	case c.opts.baseline != "":
		line("baseline", c.opts.baseline, flag)
	case g.config != nil && g.config.Baseline != "":
		line("baseline", g.config.Baseline, g.config.Path)
	}
	switch {
	case c.opts.rules != "":
		line("rules", c.opts.rules, flag)
	case g.config != nil:
		for _, folder := range g.config.Rules {
			line("rules", folder, g.config.Path)
		}
	}
	switch {
	case c.opts.kind != "":
		line("kind", c.opts.kind, flag)
	case set.Kind != "":
		line("kind", string(set.Kind), place(set.KindAt))
	default:
		line("kind", "told by the text", ours)
	}
	for _, id := range slices.Sorted(maps.Keys(set.Severities)) {
		level := set.Severities[id]
		line("severity of "+id, pick(level.Severity == 0, "off", level.Severity.String()), place(level.At))
	}
	for _, id := range slices.Sorted(maps.Keys(set.Facts)) {
		a := set.Facts[id]
		line("fact "+id, fmt.Sprintf("%s (%s, %s, %s)", pick(a.Yes, "yes", "no"), a.Owner, a.Date, a.Source), place(a.At))
	}
	if g.config != nil && g.config.Excludes(path) {
		line("excluded", "from folders, not if it is named", g.config.Path)
	}
	return w.Flush()
}

func place(p config.Place) string { return fmt.Sprintf("%s:%d", p.Path, p.Line) }

func pick(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

func (c *command) checkConfig(args []string) error {
	settings, err := c.newSettings()
	if err != nil {
		return err
	}
	var errs []error
	seen := map[string]bool{}
	for _, arg := range args {
		dir := arg
		if info, err := os.Stat(arg); err != nil {
			errs = append(errs, err)
			continue
		} else if !info.IsDir() {
			dir = filepath.Dir(arg)
		}
		g := settings.governing(filepath.Join(dir, "x"))
		switch {
		case g.err != nil:
			errs = append(errs, g.err)
		case g.config == nil:
			fmt.Fprintf(c.stdout, "%s: no configuration\n", report.Visible(arg))
		case !seen[g.config.Path]:
			seen[g.config.Path] = true
			idle := idlePatterns(g.config)
			for _, p := range idle {
				c.code = exitFindings
				fmt.Fprintf(c.stdout, "%s: no file matches %q\n", report.Visible(place(p.At)), p.Pattern)
			}
			if len(idle) == 0 {
				fmt.Fprintf(c.stdout, "%s: in order\n", report.Visible(g.config.Path))
			}
		}
		switch list := settings.list(dir); {
		case list == nil:
		case list.err != nil:
			errs = append(errs, list.err)
		case !seen[list.Path]:
			seen[list.Path] = true
			fmt.Fprintf(c.stdout, "%s: in order, %d waived\n", report.Visible(list.Path), len(list.List))
		}
	}
	return errors.Join(errs...)
}

// idlePatterns are the patterns of a configuration that match no file below its folder.
func idlePatterns(cfg *config.Config) []config.Pattern {
	patterns := cfg.Patterns()
	dir := filepath.Dir(cfg.Path)
	// What cannot be read cannot match.
	_ = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		switch {
		case len(patterns) == 0:
			return filepath.SkipAll
		case err != nil:
			return nil
		case e.IsDir() && path != dir && (e.Name() == modules || e.Name() == ".git"):
			return filepath.SkipDir
		case !e.IsDir():
			patterns = slices.DeleteFunc(patterns, func(p config.Pattern) bool { return cfg.Matches(p, path) })
		}
		return nil
	})
	return patterns
}

// firstConfig is what init writes, by language.
var firstConfig = map[string]string{
	"en": `# yaml-language-server: $schema=https://raw.githubusercontent.com/clauselint/clauselint/main/docs/config.schema.json
# What governs the contracts of this folder. "clauselint config show FILE" prints what holds for a file.
version: 1

# What the files are, where title and parties do not tell: user-agreement, privacy-policy,
# face-agreement, property, employment, minors or b2b.
# kind: user-agreement

# Files that a folder is not searched for.
# exclude: ["archive/**"]

# The severity of a rule instead of its own: error, warning, note or off. "clauselint rules" lists them.
# severities:
#   missing-filing: note

# What no text tells. "clauselint questions FILE" lists what is open.
# facts:
#   other-means-offered:
#     answer: yes
#     owner: Li Wei, Compliance
#     date: 2026-10-01
#     source: Gate inspection report 2026-14, section 3
`,
	"zh": `# yaml-language-server: $schema=https://raw.githubusercontent.com/clauselint/clauselint/main/docs/config.schema.json
# 本文件夹中合同适用的设置。用 “clauselint config show 文件” 查看某一文件适用哪些设置。
version: 1

# 文件的种类，从标题和当事人看不出时填写：user-agreement 用户协议、privacy-policy 隐私政策、
# face-agreement 人脸协议、property 物业、employment 劳动、minors 未成年人、b2b 企业之间。
# kind: user-agreement

# 检查文件夹时跳过的文件。
# exclude: ["archive/**"]

# 改用的严重程度：error、warning、note 或 off。规则列表见 “clauselint rules”。
# severities:
#   missing-filing: note

# 文本之外的事实。待答的问题见 “clauselint questions 文件”。
# facts:
#   other-means-offered:
#     answer: yes
#     owner: 李伟（合规部）
#     date: 2026-10-01
#     source: 门禁检查报告 2026-14 第三节
`,
}

// initialise is the command that writes a first configuration.
func (c *command) initialise() *cobra.Command {
	return &cobra.Command{
		Use:   "init [DIR]",
		Short: "Write a first " + config.Names[0] + " into a folder (default: this one)",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := checkLang(c.opts.lang); err != nil {
				return err
			}
			dir := append(args, ".")[0]
			for _, name := range config.Names {
				if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
					return fmt.Errorf("%s: is there already", filepath.Join(dir, name))
				}
			}
			text := firstConfig[pick(c.opts.lang == "auto", "en", c.opts.lang)]
			path := filepath.Join(dir, config.Names[0])
			if err := writeFile(path, func(w io.Writer) error {
				_, err := io.Copy(w, strings.NewReader(text))
				return err
			}); err != nil {
				return err
			}
			fmt.Fprintf(c.stderr, "%s: written\n", report.Visible(path))
			return nil
		},
	}
}
