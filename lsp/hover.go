package lsp

import (
	"fmt"
	"strings"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/report"
)

// hover says what stands under the cursor: a finding, with the rule, the words of the law
// and the evidence, else an article, a clause that is referred to, or a defined term.
func (v *view) hover(p positionParams) (*hover, error) {
	t := &prose{plain: v.client.plainHover}
	offset, _ := v.shown.offset(p.Position)
	var where *Range
	for i := range v.settled.Findings {
		f := &v.settled.Findings[i]
		from, to := v.placeOf(f)
		if offset < from || to < offset {
			continue
		}
		if where == nil {
			r := v.shown.rangeOf(from, to)
			where = &r
		}
		v.hoverFinding(t, f)
	}
	if where != nil {
		return &hover{t.content(), *where}, nil
	}
	at, ok := v.at(p.Position)
	if !ok {
		return nil, nil
	}
	words := v.hoverOther(t, at)
	if words.Len() == 0 {
		return nil, nil
	}
	return &hover{t.content(), v.rangeOf(words)}, nil
}

// quotedArticles is how many articles of a finding are quoted, the chief ones: all the
// words of all of them would fill the screen.
const quotedArticles = 3

// hoverFinding writes a finding.
func (v *view) hoverFinding(t *prose, f *lint.Finding) {
	words, lang := v.words(), f.Lang
	lib := v.rules.Library
	t.heading(fmt.Sprintf("%s (%s, %s)", f.Rule.Title.In(lang), report.SeverityName(f.Severity, lang), f.Rule.ID))
	t.paragraph("", f.Message)
	for i, c := range f.Basis {
		label := ""
		if i == 0 {
			label = words.law
		}
		t.item(label, lib.Cite(c, lang))
		if i < quotedArticles {
			v.articleWords(t, c, lang)
		}
	}
	for i, e := range f.Evidence {
		label := ""
		if i == 0 {
			label = words.evidence
		}
		t.item(label, evidenceLine(lang, v.doc.Quote(e.Span), e))
	}
	for _, q := range f.Facts {
		label := words.open
		if q.Answer != nil {
			label = words.fact
		}
		t.item(label, q.Fact.Question.In(lang)+" ("+q.Fact.ID+")")
	}
	if f.Suggestion != "" {
		t.paragraph(words.instead, "")
		t.quote(f.Suggestion)
	}
}

// articleWords writes the operative words of an article in Chinese, where they were
// checked against a text of the law; to others what they say.
func (v *view) articleWords(t *prose, c clauses.Citation, lang string) {
	ins := v.rules.Library.Instrument(c.Instrument)
	if ins == nil {
		return
	}
	a := ins.Article(c.Article)
	switch {
	case a == nil:
	case lang == "zh" && a.Words != "":
		t.quote(a.Words)
	default:
		t.quote(a.Summary.In(lang))
	}
}

// hoverOther writes what is not a finding, and returns its words; an empty span if there
// is nothing to say.
func (v *view) hoverOther(t *prose, at int) document.Span {
	words := v.words()
	for _, l := range statuteLinks(v.doc, v.rules.Library) {
		if l.Start > at || at > l.End {
			continue
		}
		t.heading(l.instrument.Title.In(words.lang))
		if l.article != nil {
			c := clauses.Citation{Instrument: l.instrument.ID, Article: l.article.Number}
			t.item("", v.rules.Library.Cite(c, words.lang))
			v.articleWords(t, c, words.lang)
		}
		return l.Span
	}
	if r := v.referenceAt(at); r != nil && r.Target != nil {
		t.heading(clauseName(r.Target))
		if len(r.Target.Sentences) > 0 {
			t.quote(v.doc.Quote(r.Target.Sentences[0].Span))
		}
		return r.Span
	}
	name, where := v.termAt(at)
	for _, term := range v.definitions(name, at) {
		t.item(words.defined, clauseName(term.Sentence.Clause))
		t.quote(v.doc.Quote(term.Sentence.Span))
	}
	return where
}

// prose is text for people, in Markdown or plain.
type prose struct {
	plain bool
	b     strings.Builder
}

func (t *prose) content() MarkupContent {
	kind := "markdown"
	if t.plain {
		kind = "plaintext"
	}
	return MarkupContent{kind, strings.TrimSpace(t.b.String())}
}

func (t *prose) heading(s string) {
	if t.b.Len() > 0 {
		t.b.WriteString(map[bool]string{false: "\n---\n\n", true: "\n"}[t.plain])
	}
	t.b.WriteString(t.bold(s) + "\n\n")
}

func (t *prose) bold(s string) string {
	if s = t.escape(s); t.plain || s == "" {
		return s
	}
	return "**" + s + "**"
}

func (t *prose) labelled(label, s string) string {
	switch {
	case label == "":
		return t.escape(s)
	case s == "":
		return t.bold(label)
	}
	return t.bold(label) + " " + t.escape(s)
}

func (t *prose) paragraph(label, s string) {
	if t.b.Len() > 0 && !strings.HasSuffix(t.b.String(), "\n\n") {
		t.b.WriteString("\n") // it is none of the list before it
	}
	t.b.WriteString(t.labelled(label, s) + "\n\n")
}

func (t *prose) item(label, s string) {
	if t.plain {
		t.b.WriteString(t.labelled(label, s) + "\n")
		return
	}
	t.b.WriteString("- " + t.labelled(label, s) + "\n")
}

func (t *prose) quote(s string) {
	if t.plain {
		t.b.WriteString(t.escape(s) + "\n\n")
		return
	}
	if !strings.HasSuffix(t.b.String(), "\n\n") {
		t.b.WriteString("\n")
	}
	for line := range strings.Lines(s) {
		t.b.WriteString("> " + t.escape(strings.TrimRight(line, "\r\n")) + "\n")
	}
	t.b.WriteString("\n")
}

var markdownEscapes = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`,
	"<", `\<`, ">", `\>`, "#", `\#`, "|", `\|`, "~", `\~`, "\r", " ", "\n", " ")

// escape makes the words of a contract words, whatever they would do as Markdown, and
// shows control characters.
func (t *prose) escape(s string) string {
	s = report.Visible(s)
	if t.plain {
		return s
	}
	return markdownEscapes.Replace(s)
}
