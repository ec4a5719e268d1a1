package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/lint"
)

const (
	projectURI = "https://github.com/clauselint/clauselint"
	// GitHub shows ten tags of a rule and takes twenty; it takes 1024 characters as
	// the full description.
	maxTags        = 20
	maxDescription = 1000
)

// helpURI is the page of a rule; empty for a rule of the user's own.
func helpURI(r *clauses.Rule) string {
	if lib, err := clauses.Builtin(); err != nil || lib.Rule(r.ID) == nil {
		return ""
	}
	return projectURI + "/blob/main/docs/rules/" + r.ID + ".md"
}

// rules describes the rules that the findings name, in the order of their ids.
func (s *sarif) rules() {
	by := map[string]*clauses.Rule{}
	least := map[string]lint.Confidence{} // of the rule's findings here
	for _, r := range s.run.Results {
		for _, l := range r.listed() {
			id := l.Rule.ID
			if by[id] == nil {
				by[id] = l.Rule
			}
			if c, ok := least[id]; !ok || sureness[l.Confidence] < sureness[c] {
				least[id] = l.Confidence
			}
		}
	}
	for id, r := range by {
		d := s.rule(r)
		d.Properties.Precision = precision[least[id]]
		s.described = append(s.described, d)
	}
	slices.SortFunc(s.described, func(a, b sarifRule) int { return strings.Compare(a.ID, b.ID) })
	for i, d := range s.described {
		s.ruleAt[d.ID] = i
	}
	if s.described == nil {
		s.described = []sarifRule{}
	}
}

// sureness orders confidences.
var sureness = map[lint.Confidence]int{lint.Low: 1, lint.Medium: 2, lint.High: 3}

// rule is the description of a rule in the language of the report.
func (s *sarif) rule(r *clauses.Rule) sarifRule {
	lang := s.run.language()
	title := cmp.Or(r.Title.In(lang), r.ID)
	why, rewrite := r.Why.In(lang), r.Rewrite.In(lang)
	law := s.run.articles(r.Basis, lang)
	first, _, _ := strings.Cut(cmp.Or(why, title), "\n\n")

	text, page := []string{title}, []string{"# " + escapeMarkdown(title)}
	if why != "" {
		text = append(text, why)
		page = append(page, "## "+s.words.why, escapeMarkdown(why))
	}
	if rewrite != "" {
		text = append(text, s.words.instead+"\n"+rewrite)
		page = append(page, "## "+s.words.instead, "> "+strings.ReplaceAll(escapeMarkdown(rewrite), "\n", "\n> "))
	}
	if len(law) > 0 {
		v := vocabularies[lang == "zh"]
		text = append(text, v.basis+v.citations(law))
		page = append(page, "## "+s.words.law, "- "+escapeMarkdown(strings.Join(law, "\n- ")))
	}
	d := sarifRule{
		ID: r.ID, HelpURI: helpURI(r),
		Short: sarifMessage{Text: sarifText(title)},
		Full:  sarifMessage{Text: sarifText(runesUpTo(first, maxDescription))},
		Help:  sarifMessage{Text: sarifText(strings.Join(text, "\n\n")), Markdown: doubleBraces(strings.Join(page, "\n\n"))},
	}
	d.Default.Level = cmp.Or(r.Severity, clauses.Warning).String() // SARIF's own default
	d.Properties.ProblemSeverity = problemSeverity[r.Severity]
	for _, c := range r.Basis[:min(len(r.Basis), maxTags)] {
		d.Properties.Tags = append(d.Properties.Tags, c.String())
	}
	return d
}

// runesUpTo is the beginning of text, with … for the rest.
func runesUpTo(text string, n int) string {
	if rs := []rune(text); len(rs) > n {
		return string(rs[:n]) + "…"
	}
	return text
}

// doubleBraces keeps text from being read as a placeholder of SARIF.
func doubleBraces(s string) string { return strings.NewReplacer("{", "{{", "}", "}}").Replace(s) }
