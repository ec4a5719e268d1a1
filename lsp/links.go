package lsp

import (
	"regexp"
	"slices"
	"strings"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/report"
)

// statuteLink is a mention of a statute, and of one of its articles if the library has it.
type statuteLink struct {
	document.Span
	instrument *clauses.Instrument
	article    *clauses.Article
}

var (
	// 《个人信息保护法》第十五条, also with a remark or "的" in between.
	chineseCitation = regexp.MustCompile(`《([^《》]{2,60})》(?:（[^（）]{1,40}）)?(?:的)?(?:第([一二三四五六七八九十百千零〇0-9]+)[条條])?`)
	// PIPL art. 15, Article 15 of the PIPL
	englishCitation = regexp.MustCompile(`(?i)\b(?:article|art\.)\s+([0-9]+)(?:\([0-9]+\))?\s+(?:of\s+)?(?:the\s+)?`)
)

// republic is what official titles begin with and everyday ones do not.
const republic = "中华人民共和国"

// statuteLinks is the mentions of statutes of the library, in the order of the text.
func statuteLinks(d *document.Document, lib *clauses.Library) []statuteLink {
	var out []statuteLink
	for _, m := range chineseCitation.FindAllStringSubmatchIndex(d.Text, -1) {
		title := d.Text[m[2]:m[3]]
		i := slices.IndexFunc(lib.Instruments, func(i *clauses.Instrument) bool {
			return strings.TrimPrefix(title, republic) == strings.TrimPrefix(i.Title.Zh, republic) || title == i.Short.Zh
		})
		if i < 0 {
			continue
		}
		l := statuteLink{Span: document.Span{Start: m[0], End: m[1]}, instrument: lib.Instruments[i]}
		if m[4] >= 0 {
			l.article = articleNumbered(lib, l.instrument, d.Text[m[4]:m[5]])
		}
		out = append(out, l)
	}
	for _, m := range englishCitation.FindAllStringSubmatchIndex(d.Text, -1) {
		rest := d.Text[m[1]:]
		for _, ins := range lib.Instruments {
			name := ins.Short.En
			if name == "" || !strings.HasPrefix(rest, name) {
				if name = ins.Title.En; name == "" || !strings.HasPrefix(rest, name) {
					continue
				}
			}
			out = append(out, statuteLink{document.Span{Start: m[0], End: m[1] + len(name)}, ins, ins.Article(d.Text[m[2]:m[3]])})
			break
		}
	}
	slices.SortFunc(out, func(a, b statuteLink) int { return a.Start - b.Start })
	return out
}

// articleNumbered is the article whose number is written so, in figures or in Chinese as
// the library cites it.
func articleNumbered(lib *clauses.Library, ins *clauses.Instrument, number string) *clauses.Article {
	if a := ins.Article(number); a != nil {
		return a
	}
	for i := range ins.Articles {
		a := &ins.Articles[i]
		if strings.Contains(lib.Cite(clauses.Citation{Instrument: ins.ID, Article: a.Number}, "zh"), "》第"+number+"条") {
			return a
		}
	}
	return nil
}

// links leads from mentions of statutes to their pages.
func (v *view) links(documentParams) ([]documentLink, error) {
	out := []documentLink{}
	for _, l := range statuteLinks(v.doc, v.rules.Library) {
		target := report.StatuteURI(l.instrument, l.article)
		if target == "" {
			continue
		}
		tooltip := l.instrument.Title.In(v.words().lang)
		if l.article != nil {
			tooltip = v.rules.Library.Cite(clauses.Citation{Instrument: l.instrument.ID, Article: l.article.Number}, v.words().lang)
		}
		out = append(out, documentLink{v.rangeOf(l.Span), target, tooltip})
	}
	return out, nil
}
