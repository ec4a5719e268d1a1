package report

import "github.com/clauselint/clauselint/clauses"

// style is a terminal style as parameters of ECMA-48 SGR.
type style string

// The styles of the pretty report.
const (
	plain  style = ""
	bold   style = "1"
	faint  style = "2"
	red    style = "1;31"
	yellow style = "1;33"
	blue   style = "1;34"
	green  style = "32"
)

// paint is s in a style, if the run has colour.
func (run *Run) paint(st style, s string) string {
	if !run.Color || st == plain || s == "" {
		return s
	}
	return "\x1b[" + string(st) + "m" + s + "\x1b[0m"
}

// severityStyle is the colour of a severity.
func severityStyle(s clauses.Severity) style {
	switch s {
	case clauses.Error:
		return red
	case clauses.Warning:
		return yellow
	}
	return blue
}
