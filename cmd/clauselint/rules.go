package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/report"
	"github.com/spf13/cobra"
)

// explain is the command that prints a rule's page, or how a file was read.
func (c *command) explain() *cobra.Command {
	var trace string
	cmd := &cobra.Command{
		Use:   "explain RULE|FACT | explain --trace FILE[:LINE]",
		Short: "Print the page of a rule or fact, or show how the sentences of a file are read",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := checkLang(c.opts.lang); err != nil {
				return err
			}
			lib, err := c.flagLibrary()
			if err != nil {
				return err
			}
			if trace != "" && len(args) == 0 {
				return c.trace(trace)
			}
			if trace != "" || len(args) == 0 {
				return errors.New("explain takes the id of a rule, or --trace FILE[:LINE]")
			}
			if f := lib.Fact(args[0]); f != nil {
				_, err = fmt.Fprint(c.stdout, factPage(lib, f, c.opts.lang))
				return err
			}
			r := lib.Rule(args[0])
			if r == nil {
				return fmt.Errorf("no rule %q; `clauselint rules` lists them", args[0])
			}
			_, err = fmt.Fprint(c.stdout, rulePage(lib, r, c.opts.lang))
			return err
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&trace, "trace", "", "show how the sentences of `FILE[:LINE]` are read: words, object, propositions")
	c.readingFlags(flags)
	return cmd
}

// pageIn is a rule page without the sections and examples in the language that
// was not asked for. With "auto" it is the whole page.
func pageIn(page, lang string) string {
	if lang == "auto" {
		return page
	}
	var b strings.Builder
	section, fence := true, true // whether the section or example at hand is wanted
	inFence := false
	for line := range strings.Lines(page) {
		text := strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(text, "```") && !inFence:
			inFence = true
			words := strings.Fields(text)
			fence = !slices.Contains(words, "zh") && !slices.Contains(words, "en") || slices.Contains(words, lang)
		case strings.HasPrefix(text, "```"):
			inFence = false
			if !fence {
				fence = true
				continue
			}
		case !inFence && strings.HasPrefix(text, "#"):
			zh, en, both := strings.Cut(text, " / ")
			level := text[:strings.IndexFunc(text+" ", func(r rune) bool { return r != '#' })]
			isZh := strings.IndexFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0
			section = both || isZh == (lang == "zh")
			switch {
			case both && lang == "zh":
				line = zh + "\n"
			case both:
				line = level + " " + en + "\n"
			}
		}
		if section && fence {
			b.WriteString(line)
		}
	}
	return b.String()
}

// rulePage is the page of r in Markdown, with the articles that it rests on.
func rulePage(lib *clauses.Library, r *clauses.Rule, lang string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", strings.TrimRight(pageIn(r.Page, lang), "\n"))
	if facts := factsOf(lib, r); len(facts) > 0 {
		fmt.Fprintf(&b, "## %s\n", inLang(lang, " / ", "取决于文本之外的事实", "Rests on facts outside the text"))
		for _, f := range facts {
			fmt.Fprintf(&b, "\n- `%s` %s", f.ID, inLang(lang, " ", f.Question.Zh, f.Question.En))
		}
		b.WriteString("\n\n")
	}
	writeLaw(&b, lib, r.Basis, lang)
	return b.String()
}

// factsOf is the facts that decide on the severity of r.
func factsOf(lib *clauses.Library, r *clauses.Rule) []*clauses.Fact {
	var out []*clauses.Fact
	for _, s := range r.Softer {
		for _, c := range s.Cases {
			if f := lib.Fact(c.Fact); f != nil && !slices.Contains(out, f) {
				out = append(out, f)
			}
		}
	}
	return out
}

// factPage is the page of a fact in Markdown, with the rules that rest on it and the
// articles that make it matter.
func factPage(lib *clauses.Library, f *clauses.Fact, lang string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", inLang(lang, " / ", f.Title.Zh, f.Title.En))
	fmt.Fprintf(&b, "%s\n\n%s\n\n", inLang(lang, "\n\n", f.Question.Zh, f.Question.En), inLang(lang, "\n\n", f.Advice.Zh, f.Advice.En))
	fmt.Fprintf(&b, "## %s\n\n", inLang(lang, " / ", "取决于它的规则", "Rules that rest on it"))
	for _, r := range lib.Rules {
		if slices.Contains(factsOf(lib, r), f) {
			fmt.Fprintf(&b, "- `%s` %s\n", r.ID, inLang(lang, " / ", r.Title.Zh, r.Title.En))
		}
	}
	b.WriteString("\n")
	writeLaw(&b, lib, f.Basis, lang)
	return b.String()
}

// writeLaw writes the articles that a rule or fact rests on.
func writeLaw(b *strings.Builder, lib *clauses.Library, basis []clauses.Citation, lang string) {
	if len(basis) == 0 {
		return
	}
	fmt.Fprintf(b, "## %s\n", inLang(lang, " / ", "法律依据", "The law"))
	seen := map[*clauses.Article]bool{}
	for _, c := range basis {
		ins := lib.Instrument(c.Instrument)
		a := ins.Article(c.Article)
		if seen[a] {
			continue
		}
		seen[a] = true
		whole := clauses.Citation{Instrument: c.Instrument, Article: a.Number}
		fmt.Fprintf(b, "\n### %s\n\n", inLang(lang, " / ", lib.Cite(whole, "zh"), lib.Cite(whole, "en")))
		fmt.Fprintf(b, "%s\n", inLang(lang, " ",
			ins.Title.Zh+"，"+ins.Effective+"起施行。"+map[bool]string{true: "原文已核对。"}[a.Verified && !a.Partly],
			"In force since "+ins.Effective+"."+map[bool]string{true: " The wording was verified."}[a.Verified && !a.Partly]))
		switch {
		case a.Partly:
			fmt.Fprintf(b, "%s %s\n", inLang(lang, " ", "原文只核对了一部分。", "The wording was verified in part:"), a.Note)
		case !a.Verified:
			fmt.Fprintf(b, "%s %s\n", inLang(lang, " ", "原文未经核对。", "The wording was not verified:"), a.Note)
		}
		if ins.Repealed != "" {
			fmt.Fprintf(b, "%s\n", inLang(lang, " ", ins.Repealed+"起失效。", "Repealed from "+ins.Repealed+"."))
		}
		if a.Words != "" {
			fmt.Fprintf(b, "\n> %s\n", strings.ReplaceAll(a.Words, "\n", "\n> "))
		}
		fmt.Fprintf(b, "\n%s\n", inLang(lang, "\n\n", a.Summary.Zh, a.Summary.En))
	}
}

// inLang is the text in lang, or with "auto" both.
func inLang(lang, between, zh, en string) string {
	switch lang {
	case "zh":
		return zh
	case "en":
		return en
	}
	return zh + between + en
}

// The JSON of `clauselint rules -f json`.
type (
	jsonRules struct {
		SchemaVersion int        `json:"schemaVersion"`
		Rules         []jsonRule `json:"rules"`
	}
	jsonRule struct {
		ID       string    `json:"id"`
		Severity string    `json:"severity"`
		Title    jsonTitle `json:"title"`
		Basis    []string  `json:"basis"`
	}
	jsonTitle struct {
		Zh string `json:"zh"`
		En string `json:"en"`
	}
)

// rules is the command that lists the rules.
func (c *command) rules() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "List the rules: id, severity, title, legal basis",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if err := checkLang(c.opts.lang); err != nil {
				return err
			}
			lib, err := c.flagLibrary()
			if err != nil {
				return err
			}
			switch format {
			case "pretty":
				return c.listRules(lib)
			case "json":
				return c.listRulesJSON(lib)
			}
			return fmt.Errorf("--format %q: want json or pretty", format)
		},
	}
	cmd.Flags().StringVarP(&format, "format", "f", "pretty", "`name` of the format: json or pretty")
	cmd.AddCommand(c.newRule())
	return cmd
}

func (c *command) listRules(lib *clauses.Library) error {
	longest := 0
	for _, r := range lib.Rules {
		longest = max(longest, len(r.ID))
	}
	w := bufio.NewWriter(c.stdout)
	for _, r := range lib.Rules {
		title := r.Title.In(c.opts.lang)
		if c.opts.lang == "auto" {
			title = r.Title.Zh + " / " + r.Title.En
		}
		law := ""
		if len(r.Basis) > 0 {
			law = "  (" + strings.Join(basis(r), ", ") + ")"
		}
		fmt.Fprintf(w, "%-*s  %-7s  %s%s\n", longest, r.ID, r.Severity, report.Visible(title), law)
	}
	return w.Flush()
}

func (c *command) listRulesJSON(lib *clauses.Library) error {
	out := jsonRules{SchemaVersion: 1, Rules: []jsonRule{}}
	for _, r := range lib.Rules {
		out.Rules = append(out.Rules, jsonRule{r.ID, r.Severity.String(), jsonTitle{r.Title.Zh, r.Title.En}, basis(r)})
	}
	enc := json.NewEncoder(c.stdout)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

func basis(r *clauses.Rule) []string {
	out := []string{}
	for _, c := range r.Basis {
		out = append(out, c.String())
	}
	return out
}
