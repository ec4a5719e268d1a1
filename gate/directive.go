package gate

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/report"
)

// The directives, as the comments of a Markdown file begin.
const (
	forNext = "clauselint-disable-next-line" // the block that follows; a table as a whole
	forRest = "clauselint-disable"           // from here to an enabling one, or the end
	endRest = "clauselint-enable"
	forFile = "clauselint-disable-file"
)

var directives = []string{forNext, forRest, endRest, forFile}

// Directive is the comment that waives a finding of a rule in the block below it, as
// [Directives] reads it.
func Directive(rule, reason, by string) string {
	safe := strings.NewReplacer(`"`, "'", "--", "-", "\n", " ", "\r", " ")
	return fmt.Sprintf(`<!-- %s %s reason="%s" by="%s" -->`, forNext, rule, safe.Replace(reason), safe.Replace(by))
}

// Directives reads the waivers that stand as comments in a Markdown file, in order. An
// error begins with the file and the line, and says what helps.
func Directives(d *document.Document, rules []string) ([]Waiver, error) {
	var out []Waiver
	open := map[string]int{} // by rule, the index of a waiver that goes on
	for _, remark := range d.Remarks {
		verb, rest := remark.Text, ""
		if i := strings.IndexFunc(verb, unicode.IsSpace); i >= 0 {
			verb, rest = verb[:i], verb[i:]
		}
		if !strings.HasPrefix(verb, "clauselint-") {
			continue
		}
		fail := func(format string, args ...any) error {
			return fmt.Errorf("%s:%d: %s", d.Name, remark.Line, fmt.Sprintf(format, args...))
		}
		if !slices.Contains(directives, verb) {
			return nil, fail("no directive %s; %s", verb, suggest(verb, directives))
		}
		x, err := parseDirective(rest, rules)
		if err != nil {
			return nil, fail("%s in %s", err, verb)
		}
		if verb == endRest {
			for _, id := range x.rules {
				i, ok := open[id]
				if !ok {
					return nil, fail("nothing to enable: %s is not disabled before; take the comment away", id)
				}
				out[i].where[0].End = remark.At
				delete(open, id)
			}
			continue
		}
		switch {
		case x.reason == "":
			return nil, fail(`no reason in %s; say why, as in reason="…"`, verb)
		case x.by == "":
			return nil, fail(`no name in %s; say who answers for it, as in by="…"`, verb)
		}
		where, anchor := reach(d, verb, remark.At)
		for _, id := range x.rules {
			w := Waiver{
				Waiver: report.Waiver{Reason: x.reason, By: x.by, Until: x.until, Path: d.Name, Line: remark.Line},
				Rule:   id, where: slices.Clone(where), anchor: anchor,
			}
			if verb == forRest {
				if _, again := open[id]; again {
					return nil, fail("%s is disabled already; take one of the two away", id)
				}
				open[id] = len(out)
			}
			out = append(out, w)
		}
	}
	return out, nil
}

// reach is where a directive holds that stands at offset at, and the beginning of what
// follows it.
func reach(d *document.Document, verb string, at int) (where []document.Span, anchor document.Span) {
	next := slices.IndexFunc(d.Blocks, func(b document.Block) bool { return b.Start >= at })
	anchor = document.Span{Start: len(d.Text), End: len(d.Text)}
	if next >= 0 {
		anchor = document.Span{Start: d.Blocks[next].Start, End: d.Blocks[next].Start}
	}
	switch {
	case verb == forFile:
		return []document.Span{{Start: 0, End: len(d.Text)}}, anchor
	case verb == forRest:
		return []document.Span{{Start: at, End: len(d.Text)}}, anchor
	case next < 0:
		return nil, anchor
	}
	span := d.Blocks[next].Span
	for _, b := range d.Blocks[next:] {
		if b.Table == 0 || b.Table != d.Blocks[next].Table {
			break
		}
		span = span.Cover(b.Span)
	}
	return []document.Span{span}, anchor
}

// directive is what a directive says.
type directive struct {
	rules             []string
	reason, by, until string
}

// quotes are the signs that a value may stand in, with those that end it. A word
// processor makes curly ones of straight ones.
var quotes = map[rune]string{'"': `"”`, '\'': `'’`, '“': `”"`, '‘': `’'`}

// parseDirective reads `rule-id, rule-id reason="…" by="…" until=2026-12-31`.
func parseDirective(s string, known []string) (x directive, err error) {
	given := map[string]bool{}
	for {
		s = strings.TrimLeftFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == '，' || r == '、' })
		if s == "" {
			break
		}
		end := strings.IndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",，、=", r) })
		if end < 0 {
			end = len(s)
		}
		word := s[:end]
		if end == len(s) || s[end] != '=' {
			if !slices.Contains(known, word) {
				return x, fmt.Errorf("unknown rule %q (%s)", word, suggest(word, known))
			}
			x.rules = append(x.rules, word)
			s = s[end:]
			continue
		}
		value, rest, err := directiveValue(s[end+1:])
		if err != nil {
			return x, fmt.Errorf("%s=: %w", word, err)
		}
		s = rest
		if given[word] {
			return x, fmt.Errorf("%s stands there twice", word)
		}
		given[word] = true
		switch word {
		case "reason":
			x.reason = value
		case "by":
			x.by = value
		case "until":
			if _, err := time.Parse(time.DateOnly, value); err != nil {
				return x, fmt.Errorf("until=%q is no day as 2026-12-31", value)
			}
			x.until = value
		default:
			return x, fmt.Errorf("unknown word %q (%s)", word, suggest(word, []string{"reason", "by", "until"}))
		}
	}
	if len(x.rules) == 0 {
		return x, fmt.Errorf("no rule; name the rules that it is for")
	}
	return x, nil
}

// directiveValue reads a value, in quotes or up to the next space.
func directiveValue(s string) (value, rest string, err error) {
	first, size := utf8.DecodeRuneInString(s)
	if closing, ok := quotes[first]; ok {
		end := strings.IndexAny(s[size:], closing)
		if end < 0 {
			return "", "", fmt.Errorf("nothing closes %c", first)
		}
		_, after := utf8.DecodeRuneInString(s[size+end:])
		return strings.Join(strings.Fields(s[size:size+end]), " "), s[size+end+after:], nil
	}
	end := strings.IndexFunc(s, unicode.IsSpace)
	if end < 0 {
		end = len(s)
	}
	return s[:end], s[end:], nil
}

// suggest says what a wrong name may have meant.
func suggest(name string, known []string) string {
	if best := clauses.Nearest(name, known); best != "" {
		return fmt.Sprintf("did you mean %q?", best)
	}
	if len(known) > 8 {
		return "`clauselint rules` lists them"
	}
	return "want one of " + strings.Join(known, ", ")
}
