package report

import (
	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/lint"
)

// RoleName is what a reader of lang, "zh" or else English, calls the part that a piece of
// evidence plays.
func RoleName(role lint.Role, lang string) string {
	return vocabularies[lang == "zh"].role(role)
}

func (v vocabulary) role(role lint.Role) string {
	if name, ok := v.roles[role]; ok {
		return name
	}
	return string(role)
}

// SeverityName is what a reader of lang, "zh" or else English, calls a severity.
func SeverityName(s clauses.Severity, lang string) string {
	return vocabularies[lang == "zh"].severity(s)
}

// RuleURI is the page of a rule; empty for a rule of the user's own.
func RuleURI(r *clauses.Rule) string { return helpURI(r) }

// StatuteURI is the page of a statute, at an article if there is one; empty for a statute
// of the user's own.
func StatuteURI(i *clauses.Instrument, a *clauses.Article) string {
	if lib, err := clauses.Builtin(); err != nil || lib.Instrument(i.ID) == nil {
		return ""
	}
	uri := projectURI + "/blob/main/clauses/statutes/" + i.ID + ".md"
	if a != nil {
		uri += "#" + a.Number
	}
	return uri
}
