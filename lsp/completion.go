package lsp

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// The kinds of completion: "Value" for a rule, "Reference" for a defined term.
const (
	completionRule = 12
	completionTerm = 18
)

// completion offers the ids of rules inside a directive, and defined terms elsewhere.
func (v *view) completion(p completionParams) (*completionList, error) {
	offset, _ := v.shown.offset(p.Position)
	from, _ := v.shown.line(p.Position.Line)
	before := v.shown.text[from:offset]
	out := &completionList{Items: []completionItem{}}
	if typed, ok := inDirective(before); ok {
		at := v.shown.rangeOf(offset-len(typed), offset)
		for _, r := range v.rules.Library.Rules {
			out.Items = append(out.Items, completionItem{
				Label: r.ID, Kind: completionRule, Detail: r.Title.In(v.words().lang),
				Documentation: &MarkupContent{"plaintext", r.Message.In(v.words().lang)},
				TextEdit:      &TextEdit{at, r.ID},
			})
		}
		return out, nil
	}
	if t := p.Context.TriggerCharacter; t == " " || t == "," {
		return out, nil // they begin a rule, and in prose nothing
	}
	var names []string
	detail := map[string]string{}
	typed := 0
	for _, t := range v.segments().Terms {
		if _, ok := detail[t.Name]; ok || t.Name == "" {
			continue
		}
		names = append(names, t.Name)
		detail[t.Name] = shorten(v.doc.Quote(t.Meaning), 120)
		typed = max(typed, overlap(before, t.Name))
	}
	slices.Sort(names)
	at := v.shown.rangeOf(offset-typed, offset)
	for _, name := range names {
		out.Items = append(out.Items, completionItem{
			Label: name, Kind: completionTerm, Detail: detail[name], TextEdit: &TextEdit{at, name},
		})
	}
	return out, nil
}

// inDirective is what is typed of a rule id where the cursor stands after
// "<!-- clauselint-disable" and the like, before any key="value".
func inDirective(before string) (typed string, ok bool) {
	_, inside, ok := cutLast(before, "<!--")
	inside = strings.TrimLeft(inside, " \t")
	if !ok || !strings.HasPrefix(inside, directivePrefix) || strings.Contains(inside, "-->") || strings.Contains(inside, "=") {
		return "", false
	}
	i := strings.LastIndexAny(inside, " \t,")
	if i < 0 {
		return "", false // still in the name of the directive
	}
	return inside[i+1:], true
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// overlap is the length in bytes of the longest end of typed with which name begins:
// Chinese has no spaces to tell where a word was begun.
func overlap(typed, name string) int {
	for n := min(len(typed), len(name)); n > 0; n-- {
		if utf8.RuneStart(typed[len(typed)-n]) && strings.EqualFold(typed[len(typed)-n:], name[:n]) {
			return n
		}
	}
	return 0
}
