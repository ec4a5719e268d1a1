package lsp

import (
	"strings"

	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
)

// directivePrefix begins the directives that a comment in a Markdown contract can hold.
const directivePrefix = "clauselint-"

// waiver is the directive that lets a finding of a rule stand in the clause below it. The
// reason and the name are for a person to fill in.
func waiver(rule string) string {
	return "<!-- " + directivePrefix + "disable-next-line " + rule + ` reason="…" by="…" -->`
}

// waive is the edit that puts a waiver on a line of its own before the clause of a
// finding, nil where there is no place for one: in a file that is not Markdown, and in a
// table, which the line would cut in two.
func (v *view) waive(f *lint.Finding) *TextEdit {
	if v.doc.Format != document.Markdown || v.file.word {
		return nil
	}
	i := v.doc.BlockAt(f.Start)
	if i < 0 || v.doc.Blocks[i].Kind == document.Cell || v.doc.Blocks[i].Kind == document.Code || v.doc.Blocks[i].Place != document.Body {
		return nil
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
