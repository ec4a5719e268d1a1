package lsp

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/segment"
)

// definition leads from a cross-reference to its clause, and from a defined term to its
// definition.
func (v *view) definition(p positionParams) (any, error) {
	at, ok := v.at(p.Position)
	if !ok {
		return nil, nil
	}
	type target struct{ whole, name document.Span }
	var origin document.Span
	var targets []target
	if r := v.referenceAt(at); r != nil {
		if r.Target == nil {
			return nil, nil
		}
		origin, targets = r.Span, []target{{r.Target.Span, v.title(r.Target)}}
	} else {
		var name string
		name, origin = v.termAt(at)
		for _, t := range v.definitions(name, at) {
			targets = append(targets, target{t.Sentence.Span.Cover(t.Span), t.Span})
		}
	}
	if len(targets) == 0 {
		return nil, nil
	}
	if !v.client.definitionLinks {
		var out []Location
		for _, t := range targets {
			out = append(out, Location{v.file.uri, v.rangeOf(t.name)})
		}
		return out, nil
	}
	var out []LocationLink
	for _, t := range targets {
		out = append(out, LocationLink{v.rangeOf(origin), v.file.uri, v.rangeOf(t.whole), v.rangeOf(t.name)})
	}
	return out, nil
}

// references is where a defined term is used, or a clause is referred to.
func (v *view) references(p referenceParams) ([]Location, error) {
	out := []Location{}
	at, ok := v.at(p.Position)
	if !ok {
		return out, nil
	}
	add := func(s document.Span) { out = append(out, Location{v.file.uri, v.rangeOf(s)}) }
	target := v.clauseTitled(at)
	if r := v.referenceAt(at); r != nil {
		target = r.Target
	}
	if target != nil {
		if p.Context.IncludeDeclaration {
			add(v.title(target))
		}
		for _, r := range v.segments().References {
			if r.Target == target {
				add(r.Span)
			}
		}
		return out, nil
	}
	name, _ := v.termAt(at)
	if name == "" {
		return out, nil
	}
	declared := map[document.Span]bool{}
	for _, t := range v.segments().Terms {
		declared[t.Span] = t.Name == name
	}
	for _, s := range uses(v.doc.Text, name) {
		if p.Context.IncludeDeclaration || !declared[s] {
			add(s)
		}
	}
	return out, nil
}

// referenceAt is the cross-reference at an offset of the reading text, or nil.
func (a *analysis) referenceAt(at int) *segment.Reference {
	for _, r := range a.segments().References {
		if r.Start <= at && at <= r.End {
			return r
		}
	}
	return nil
}

// termAt is the longest defined term that is used at an offset of the reading text, and
// where it stands; empty if there is none.
func (a *analysis) termAt(at int) (name string, where document.Span) {
	text := a.doc.Text
	for _, t := range a.segments().Terms {
		n := len(t.Name)
		if n <= len(name) {
			continue
		}
		from := max(0, at-n)
		for _, s := range uses(text[from:min(len(text), at+n)], t.Name) {
			s.Start, s.End = s.Start+from, s.End+from
			if s.Start <= at && at <= s.End && standsAlone(text, s) {
				name, where = t.Name, s
			}
		}
	}
	return name, where
}

// uses is every place where a term stands as a word of its own.
func uses(text, name string) []document.Span {
	var out []document.Span
	if name == "" {
		return nil
	}
	for at := 0; ; {
		i := strings.Index(text[at:], name)
		if i < 0 {
			return out
		}
		s := document.Span{Start: at + i, End: at + i + len(name)}
		if standsAlone(text, s) {
			out = append(out, s)
		}
		at = s.End
	}
}

// standsAlone reports whether no Latin letter or digit goes on on either side of s, but
// for the s of a plural. Chinese has no spaces between words.
func standsAlone(text string, s document.Span) bool {
	latin := func(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' || b >= '0' && b <= '9' }
	if latin(text[s.Start]) && s.Start > 0 && latin(text[s.Start-1]) {
		return false
	}
	rest := text[s.End:]
	if !latin(text[s.End-1]) || rest == "" || !latin(rest[0]) {
		return true
	}
	return rest[0] == 's' && (len(rest) == 1 || !latin(rest[1]))
}

// definitions is the definitions of a term that hold at an offset: those for the clause
// around it, if there are any, else those for the document.
func (a *analysis) definitions(name string, at int) []*segment.Term {
	var scoped, general []*segment.Term
	for _, t := range a.segments().Terms {
		switch {
		case name == "" || t.Name != name:
		case t.Scope == nil:
			general = append(general, t)
		case t.Scope.Start <= at && at <= t.Scope.End:
			scoped = append(scoped, t)
		}
	}
	if len(scoped) > 0 {
		return scoped
	}
	return general
}

// title is where a clause is named: its heading, or else its first words.
func (a *analysis) title(c *segment.Clause) document.Span {
	if c.HeadingSpan.Len() > 0 {
		return c.HeadingSpan
	}
	text := a.doc.Text[c.Start:c.End]
	if label := c.Label; label != "" && strings.HasPrefix(text, label) {
		return document.Span{Start: c.Start, End: c.Start + len(label)}
	}
	if len(c.Sentences) > 0 && c.Contains(c.Sentences[0].Span) {
		return c.Sentences[0].Span
	}
	_, size := utf8.DecodeRuneInString(text)
	return document.Span{Start: c.Start, End: c.Start + size}
}

// clauseTitled is the clause whose title or number stands at an offset, or nil.
func (a *analysis) clauseTitled(at int) *segment.Clause {
	for _, c := range a.segments().Clauses[1:] {
		if s := a.title(c); c.Start <= at && at <= s.End && s != spanOfFirst(c) {
			return c
		}
	}
	return nil
}

// spanOfFirst is the first sentence of a clause, which is no title.
func spanOfFirst(c *segment.Clause) document.Span {
	if len(c.Sentences) == 0 || c.HeadingSpan.Len() > 0 {
		return document.Span{Start: -1}
	}
	return c.Sentences[0].Span
}

// clauseName is what a reader calls a clause.
func clauseName(c *segment.Clause) string {
	return strings.TrimSpace(c.Path() + " " + c.Heading)
}

// symbols is the clause tree. Clients of old get it as a list.
func (v *view) symbols(documentParams) (any, error) {
	root := v.segments().Clauses[0]
	if v.client.symbolTree {
		return v.symbolsUnder(root), nil
	}
	out := []symbolInformation{}
	for _, c := range v.segments().Clauses[1:] {
		s := symbolInformation{Name: symbolName(v.doc, c), Kind: symbolKind, Location: Location{v.file.uri, v.rangeOf(c.Span)}}
		if c.Parent != root {
			s.ContainerName = symbolName(v.doc, c.Parent)
		}
		out = append(out, s)
	}
	return out, nil
}

// symbolKind is "Namespace": the nearest that the protocol has to a clause.
const symbolKind = 3

func (v *view) symbolsUnder(c *segment.Clause) []documentSymbol {
	out := []documentSymbol{}
	for _, child := range c.Children {
		s := documentSymbol{
			Name: symbolName(v.doc, child), Kind: symbolKind,
			Range: v.rangeOf(child.Span), SelectionRange: v.rangeOf(v.title(child)),
			Children: v.symbolsUnder(child),
		}
		// The range must hold that of the title, also where a footnote stands in between.
		if less(s.SelectionRange.Start, s.Range.Start) || less(s.Range.End, s.SelectionRange.End) {
			s.SelectionRange = Range{s.Range.Start, s.Range.Start}
		}
		out = append(out, s)
	}
	return out
}

func less(a, b Position) bool {
	return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Character, b.Character)) < 0
}

// symbolName is the number and heading of a clause, or how it begins: a name is never
// empty.
func symbolName(d *document.Document, c *segment.Clause) string {
	if name := strings.TrimSpace(c.Label + " " + c.Heading); c.Heading != "" {
		return name
	}
	return cmp.Or(beginning(d, c.Span), c.Label, "…")
}

// folding is the lines of each clause that has more than one.
func (v *view) folding(documentParams) ([]foldingRange, error) {
	out := []foldingRange{}
	for _, c := range v.segments().Clauses[1:] {
		if r := v.rangeOf(c.Span); r.End.Line > r.Start.Line {
			out = append(out, foldingRange{r.Start.Line, r.End.Line})
		}
	}
	slices.SortStableFunc(out, func(a, b foldingRange) int { return cmp.Compare(a.StartLine, b.StartLine) })
	return slices.Compact(out), nil
}

// beginning is the first words under a span.
func beginning(d *document.Document, s document.Span) string {
	s.End = min(s.End, s.Start+400)
	return shorten(strings.ToValidUTF8(d.Quote(s), ""), 30)
}
