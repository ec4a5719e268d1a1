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
