package lsp

import (
	"slices"
	"strings"

	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/gate"
	"github.com/clauselint/clauselint/lint"
)

// directivePrefix begins the directives that a comment in a Markdown contract can hold.
const directivePrefix = "clauselint-"

// waiver is the directive that lets a finding of a rule stand in the clause below it. The
// reason and the name are for a person to fill in.
func waiver(rule string) string { return gate.Directive(rule, "…", "…") }

// waive is the edit that puts a waiver on a line of its own before the clause of a
// finding, or before the table that it is in. It is nil where there is no place for one.
func (v *view) waive(f *lint.Finding) *TextEdit {
	i := v.doc.BlockAt(f.Start)
	if v.doc.Format != document.Markdown || v.file.word || i < 0 || f.Len() == 0 ||
		v.doc.Blocks[i].Kind == document.Code || v.doc.Blocks[i].Place != document.Body {
		return nil
	}
	if table := v.doc.Blocks[i].Table; table > 0 { // a line in it would cut it in two
		i = slices.IndexFunc(v.doc.Blocks, func(b document.Block) bool { return b.Table == table })
	}
	from, _ := v.place(document.Span{Start: v.doc.Blocks[i].Start, End: v.doc.Blocks[i].Start})
	start, _ := v.shown.line(v.shown.position(from).Line)
	before := v.shown.text[start:from]
	// What stands before the words on their line is repeated where it is indentation or
	// a quotation, so that the comment stays in the same block of the Markdown.
	indent := before[:len(before)-len(strings.TrimLeft(before, " \t>"))]
	at := v.shown.position(start)
	return &TextEdit{Range{at, at}, indent + waiver(f.Rule.ID) + v.lineBreak()}
}

// lineBreak is the line break that the text has.
func (a *analysis) lineBreak() string {
	text := a.shown.text
	i := strings.IndexAny(text, "\r\n")
	switch {
	case i < 0 || text[i] == '\n':
		return "\n"
	case strings.HasPrefix(text[i:], "\r\n"):
		return "\r\n"
	}
	return "\r"
}
