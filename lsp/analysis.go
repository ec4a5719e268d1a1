package lsp

import (
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/report"
	"github.com/clauselint/clauselint/segment"
)

// analysis is a text with all that the linter says of it. It is immutable but for what
// is computed on demand, and safe for concurrent use.
type analysis struct {
	doc    *document.Document // nil where the file cannot be read: err says why
	rules  Rules
	review lint.Review
	err    error
	// settled has the findings that stand, and what became of the others. unsettled says
	// why that could not be told; then all of them stand.
	settled   report.Result
	unsettled error
	// shown is the text that the client's positions are in, place where in it a span of
	// the reading text stands, and back what of the reading text stands at a byte of it.
	shown *mapper
	place func(document.Span) (from, to int)
	back  func(offset int) (int, bool)

	cut      sync.Once
	contract *segment.Contract
	own      sync.Once
	ownWords []lint.Finding // see ownLanguage
	fixes    fixes
}

// analyseText lints the text of a document that is called name. This is the one place
// where a text becomes a review, and it is called for the texts of a file one after the
// other.
func analyseText(name string, lines *mapper, rules Rules) *analysis {
	a := &analysis{rules: rules, shown: lines}
	if a.doc, a.err = document.Read(name, []byte(lines.text), document.Options{Encoding: "utf-8"}); a.err != nil {
		return a
	}
	a.place = func(s document.Span) (from, to int) {
		r := a.doc.Range(s)
		return r.Start.Byte, r.End.Byte
	}
	a.back = a.doc.At
	a.review = rules.Linter.Review(a.doc, rules.Options)
	a.settle()
	return a
}

// settle takes out of the findings those that do not count.
func (a *analysis) settle() {
	result := func() report.Result {
		return report.Result{
			Path: a.doc.Name, Doc: a.doc, Languages: a.doc.Languages(), Kind: a.review.Kind,
			Findings: slices.Clone(a.review.Findings), Withheld: a.review.Withheld, Met: a.review.Met, Faces: a.review.Faces,
		}
	}
	a.settled = result()
	if a.rules.Settle == nil {
		return
	}
	if a.unsettled = a.rules.Settle(&a.settled); a.unsettled != nil {
		a.settled = result()
	}
}

// placeOf is where in the shown text a finding stands. One about a comment, which is none
// of the reading text, stands on the line of the last directive before its place.
func (a *analysis) placeOf(f *lint.Finding) (from, to int) {
	if f.Len() > 0 {
		return a.place(f.Span)
	}
	for _, r := range slices.Backward(a.doc.Remarks) {
		if r.At <= f.Start && strings.HasPrefix(r.Text, directivePrefix) {
			return a.lineNumbered(r.Line)
		}
	}
	from, _ = a.place(f.Span)
	return a.shown.line(a.shown.position(from).Line)
}

// lineNumbered is the line of that number, from 1, without the white space around it.
func (a *analysis) lineNumbered(n int) (from, to int) {
	from, to = a.shown.line(uint32(n - 1))
	line := a.shown.text[from:to]
	return from + len(line) - len(strings.TrimLeft(line, " \t")), from + len(strings.TrimRight(line, " \t"))
}

// analyseFile lints a file as it lies on disk. Places in it are lines and characters of the
// text that an editor would show.
func analyseFile(path string, data []byte, rules Rules, unit Encoding) *analysis {
	if isWord(path) {
		return analyseWord(path, data, rules, unit)
	}
	d, err := document.Read(path, data, document.Options{})
	if err != nil {
		return &analysis{rules: rules, shown: newMapper("", unit), err: err}
	}
	// An editor shows the text decoded, and without the byte order mark.
	return analyseText(readingName("", path, ""), newMapper(d.Decoded(), unit), rules)
}

// analyseWord lints a Word file. Where it has tracked changes, they are accepted, and
// each finding says where it comes from.
func analyseWord(path string, data []byte, rules Rules, unit Encoding) *analysis {
	a := &analysis{rules: rules, shown: newMapper("", unit)}
	if a.doc, a.err = document.Read(path, data, document.Options{}); a.err != nil {
		return a
	}
	if a.doc.Format != document.DOCX {
		// A text that is called .docx: its places are those of its reading text.
		a.shown = newMapper(a.doc.Text, unit)
		a.place = func(s document.Span) (from, to int) { return s.Start, s.End }
		a.back = func(offset int) (int, bool) { return offset, offset >= 0 && offset < len(a.doc.Text) }
	} else {
		a.asLines(unit)
	}
	a.review = rules.Linter.Review(a.doc, rules.Options)
	if a.doc.Tracked {
		before, err := document.Read(path, data, document.Options{View: "original"})
		if err != nil {
			a.doc, a.review, a.err = nil, lint.Review{}, err
			return a
		}
		lint.Originate(a.review.Findings, a.doc, rules.Linter.Lint(before, rules.Options), before)
	}
	a.settle()
	return a
}

// asLines shows the reading text of a Word file one paragraph a line, each with the number
// that Word gives it. So a paragraph stands in the line that document.Position counts it as.
func (a *analysis) asLines(unit Encoding) {
	var b strings.Builder
	blocks := a.doc.Blocks
	starts := make([]int, len(blocks)) // of the paragraphs, in what is shown
	// A line break inside a paragraph would move all lines below it.
	oneLine := strings.NewReplacer("\n", " ", "\r", " ")
	for i, block := range blocks {
		if block.Label != "" {
			b.WriteString(oneLine.Replace(block.Label) + " ")
		}
		starts[i] = b.Len()
		b.WriteString(oneLine.Replace(a.doc.Text[block.Start:block.End]))
		b.WriteByte('\n')
	}
	offset := func(at int) int {
		i := a.doc.BlockAt(at)
		if i < 0 {
			return 0
		}
		return starts[i] + min(at, blocks[i].End) - blocks[i].Start
	}
	a.shown = newMapper(b.String(), unit)
	a.place = func(s document.Span) (from, to int) {
		from = offset(s.Start)
		if s.Len() == 0 {
			return from, from
		}
		return from, offset(s.End-1) + 1
	}
	a.back = func(at int) (int, bool) {
		i := sort.SearchInts(starts, at+1) - 1
		if i < 0 || at-starts[i] >= blocks[i].Len() {
			return 0, false
		}
		return blocks[i].Start + at - starts[i], true
	}
}

// rangeOf is where the client sees a span of the reading text.
func (a *analysis) rangeOf(s document.Span) Range {
	from, to := a.place(s)
	return a.shown.rangeOf(from, to)
}

// at is the offset in the reading text of a place, false where there is none of it.
func (a *analysis) at(p Position) (int, bool) {
	offset, _ := a.shown.offset(p)
	if at, ok := a.back(offset); ok {
		return at, true
	}
	// Behind the last character of a word the cursor still belongs to it.
	if at, ok := a.back(offset - 1); ok {
		return at + 1, true
	}
	return 0, false
}

// segments is the clauses, terms and references of the document.
func (a *analysis) segments() *segment.Contract {
	a.cut.Do(func() { a.contract = segment.Cut(a.doc) })
	return a.contract
}

// ownLanguage is the findings with each message and suggestion in the language of its
// clause, as it is edited.
func (a *analysis) ownLanguage() []lint.Finding {
	if l := a.rules.Options.Lang; l == "" || l == "auto" {
		return a.review.Findings
	}
	a.own.Do(func() {
		opts := a.rules.Options
		opts.Lang = "auto"
		a.ownWords = a.rules.Linter.Lint(a.doc, opts)
	})
	return a.ownWords
}

// readingName is the name that tells the reader of documents which format to expect: that
// of the file, unless only the language of the editor knows.
func readingName(uri, path, language string) string {
	name := path
	if name == "" {
		name = uri[strings.LastIndexAny(uri, ":/")+1:]
	}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".md", ".markdown", ".mdx", ".html", ".htm", ".xhtml", ".txt":
		return name
	}
	switch language {
	case "markdown":
		return name + ".md"
	case "html":
		return name + ".html"
	}
	return name + ".txt"
}
