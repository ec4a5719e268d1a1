// Package gate decides which findings stand against a document: a waiver lets one pass
// with a reason, a baseline holds those that were there before.
package gate

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/report"
	"github.com/clauselint/clauselint/segment"
)

// Waiver lets findings of a rule pass.
type Waiver struct {
	report.Waiver
	Rule string
	// Fingerprint is that of the one finding; empty for those of the places below.
	Fingerprint string
	// Quote is the words that were waived, for people.
	Quote string
	// where are the places in the document that a directive holds for, and anchor is
	// what follows it.
	where  []document.Span
	anchor document.Span
}

// lets reports whether w speaks of f.
func (w *Waiver) lets(f *lint.Finding) bool {
	if f.Rule.ID != w.Rule {
		return false
	}
	if w.Fingerprint != "" {
		return f.Fingerprint == w.Fingerprint
	}
	return slices.ContainsFunc(w.where, func(s document.Span) bool { return s.Start <= f.Start && f.Start < s.End })
}

// expired reports whether w held until a day before today.
func (w *Waiver) expired(today string) bool { return w.Until != "" && w.Until < today }

// Waive moves the findings of r that waivers let pass from Findings to Waived. A waiver
// that is over lets nothing pass. It reports which waivers speak of some finding.
func Waive(r *report.Result, waivers []Waiver, today string) (used []bool) {
	used = make([]bool, len(waivers))
	if len(waivers) == 0 {
		return used
	}
	var left []lint.Finding
	for i := range r.Findings {
		f := r.Findings[i]
		by := -1
		for k := range waivers {
			if w := &waivers[k]; w.lets(&f) {
				used[k] = true
				if by < 0 && !w.expired(today) {
					by = k
				}
			}
		}
		if by < 0 {
			left = append(left, f)
		} else {
			r.Waived = append(r.Waived, report.Waived{Finding: f, Waiver: waivers[by].Waiver})
		}
	}
	r.Findings = left
	return used
}

// The names of the rules that speak of waivers.
const (
	unusedWaiver  = "unused-waiver"
	expiredWaiver = "expired-waiver"
)

// Stale lists the findings about directives of d that let nothing pass, or are over.
// used is what [Waive] said of them.
func Stale(d *document.Document, waivers []Waiver, used []bool, today string, lib *clauses.Library, lang string) []lint.Finding {
	var out []lint.Finding
	for i := range waivers {
		if w := &waivers[i]; w.Fingerprint == "" {
			out = append(out, stale(d, w, w.anchor, used[i], today, lib, lang)...)
		}
	}
	return out
}

// Listed is a waiver of a list, and whether it speaks of some finding.
type Listed struct {
	Waiver
	Used bool
}

// StaleListed lists the findings about waivers of a list that let nothing pass, or are
// over. d is the list itself, which they point into.
func StaleListed(d *document.Document, waivers []Listed, today string, lib *clauses.Library, lang string) []lint.Finding {
	var out []lint.Finding
	for i := range waivers {
		w := &waivers[i]
		out = append(out, stale(d, &w.Waiver, d.Line(w.Line), w.Used, today, lib, lang)...)
	}
	return out
}

// stale is what is to be said of a waiver that stands at a place of d.
func stale(d *document.Document, w *Waiver, at document.Span, used bool, today string, lib *clauses.Library, lang string) []lint.Finding {
	id := unusedWaiver
	switch {
	case w.expired(today):
		id = expiredWaiver
	case used:
		return nil
	}
	rule := lib.Rule(id)
	if rule == nil {
		return nil // a library of one's own may do without
	}
	if lang != "zh" && lang != "en" {
		lang = "en"
		if languages := d.Languages(); len(languages) > 0 {
			lang = languages[0]
		}
	}
	place := fmt.Sprintf("%s:%d", w.Path, w.Line)
	message := strings.NewReplacer("{rule}", w.Rule, "{place}", place, "{by}", w.By, "{until}", w.Until, "{reason}", w.Reason).Replace(rule.Message.In(lang))
	sum := sha256.Sum256([]byte(strings.Join([]string{id, w.Rule, w.Fingerprint, w.Reason, w.By, w.Until}, "\x00")))
	return []lint.Finding{{
		Span: at, Rule: rule, Severity: rule.Severity, Confidence: lint.High, Scope: lint.DocumentScope, Lang: lang,
		Message: message, Clause: &segment.Clause{}, Suggestion: rule.Rewrite.In(lang), Fingerprint: hex.EncodeToString(sum[:8]),
	}}
}
