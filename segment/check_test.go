package segment

import (
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/clauselint/clauselint/document"
)

// check tests what holds for every document.
func check(t *testing.T, c *Contract) {
	t.Helper()
	text := c.Doc.Text
	last := 0
	for i, s := range c.Sentences {
		block := c.Doc.Blocks[s.Block]
		switch {
		case s.Index != i:
			t.Fatalf("sentence %d has Index %d", i, s.Index)
		case s.Start < last || s.End <= s.Start:
			t.Fatalf("sentence %d is %v after %d", i, s.Span, last)
		case !block.Contains(s.Span):
			t.Fatalf("sentence %v is outside its block %v", s.Span, block.Span)
		case !boundary(text, s.Start) || !boundary(text, s.End):
			t.Fatalf("sentence %v cuts a character", s.Span)
		case strings.TrimSpace(text[s.Start:s.End]) != text[s.Start:s.End]:
			t.Fatalf("sentence %q has white space around it", text[s.Start:s.End])
		case !s.Clause.Contains(s.Span):
			t.Fatalf("sentence %v is outside its clause %q %v", s.Span, s.Clause.Path(), s.Clause.Span)
		}
		last = s.End
	}
	next := 0
	for i, b := range c.Doc.Blocks {
		at := b.Start
		for next < len(c.Sentences) && c.Sentences[next].Block == i {
			s := c.Sentences[next]
			if strings.TrimFunc(text[at:s.Start], unicode.IsSpace) != "" {
				t.Fatalf("%q belongs to no sentence", text[at:s.Start])
			}
			at = s.End
			next++
		}
		if strings.TrimFunc(text[at:b.End], unicode.IsSpace) != "" {
			t.Fatalf("%q belongs to no sentence", text[at:b.End])
		}
	}
	for i, clause := range c.Clauses {
		if clause.Start > clause.End || i > 0 && clause.Start < c.Clauses[i-1].Start {
			t.Fatalf("clause %q is %v", clause.Path(), clause.Span)
		}
		end := clause.Start
		for _, child := range clause.Children {
			if child.Parent != clause || child.Level != clause.Level+1 || !clause.Contains(child.Span) {
				t.Fatalf("clause %q %v under %q %v", child.Path(), child.Span, clause.Path(), clause.Span)
			}
			if child.Start < end {
				t.Fatalf("clause %q %v begins before %d, where its sibling ends", child.Path(), child.Span, end)
			}
			end = child.End
		}
		for _, s := range clause.Sentences {
			if s.Clause != clause {
				t.Fatalf("sentence %v of clause %q says %q", s.Span, clause.Path(), s.Clause.Path())
			}
		}
		if clause.Stem != nil && clause.Stem.End > clause.Start && len(clause.Sentences) > 0 && clause.Stem.End > clause.Sentences[0].Start {
			t.Fatalf("clause %q has a stem behind it", clause.Path())
		}
	}
	for _, term := range c.Terms {
		if text[term.Start:term.End] != term.Name || term.Name == "" || !term.Sentence.Contains(term.Span) {
			t.Fatalf("term %q stands at %v", term.Name, term.Span)
		}
		m := term.Meaning
		if m.Start < 0 || m.End < m.Start || m.End > len(text) || !boundary(text, m.Start) || !boundary(text, m.End) {
			t.Fatalf("term %q has meaning %v", term.Name, m)
		}
	}
	for i, r := range c.References {
		if r.Start >= r.End || !boundary(text, r.Start) || !boundary(text, r.End) || i > 0 && r.Start < c.References[i-1].End {
			t.Fatalf("reference %v", r.Span)
		}
	}
}

func boundary(text string, i int) bool { return i == len(text) || utf8.RuneStart(text[i]) }

func FuzzCut(f *testing.F) {
	for _, s := range []string{goldenZh, goldenEn, "“甲”或“乙”（以下统称“丙”）指：\n（一）丁；（二）戊。\n",
		"1. (a) x; (b) y: (i) z, (ii) w. \n\t- q\n第1.2条第（二）项", "(((((((（（（（“““\"\"\"[[[【【《《", "A. B. C.\n(i)\n(v)\n(x)\nSection 1(a)(i), 2 and 3 of the Act"} {
		f.Add(s, uint8(0))
		f.Add(s, uint8(3))
	}
	f.Fuzz(func(t *testing.T, s string, kinds uint8) {
		d := text(strings.ToValidUTF8(s, "?"))
		d.Format = []document.Format{document.Text, document.Markdown, document.DOCX}[int(kinds)%3]
		for i := range d.Blocks {
			// Kinds in a pattern, so that lists, tables and headings mix.
			if k := (int(kinds) >> 2 * (i + 1)) % 7; k == 1 || k == 2 || k == 3 {
				b := &d.Blocks[i]
				b.Kind, b.Level = document.Kind(k), k%3+1
				if b.Kind == document.Cell {
					b.Level, b.Table, b.Row, b.Col = 0, 1, i/3, i%3+1
				}
				b.Label = []string{"", "1.", "-"}[i%3]
			}
		}
		check(t, Cut(d))
	})
}

func TestHostileTextStaysLinear(t *testing.T) {
	const n = 1 << 18
	for _, unit := range []string{"(", "“", "（", "\"", "(a)", "（以下简称“甲”）", "甲，", "(the \"X\"), ", "1.\n", "(a)\n", "-\n", "称", "稱",
		"第", "第一条", "Section 1 and ", "《", "A.", ".", "；", "，（一）", "(i)\n(a)\n", "\"a", "Section 1(a)(b)(c)(d), "} {
		d := text(strings.Repeat(unit, n/len(unit)))
		start := time.Now()
		Cut(d)
		if took := time.Since(start); took > 3*time.Second {
			t.Errorf("%q repeated to 256 KB took %v", unit, took)
		}
	}
	// One row of very many cells.
	wide := &document.Document{Text: strings.Repeat("a\n", 50000)}
	for i := range 50000 {
		wide.Blocks = append(wide.Blocks, document.Block{Span: document.Span{Start: 2 * i, End: 2*i + 1}, Kind: document.Cell, Table: 1, Row: 1, Col: i + 1})
	}
	start := time.Now()
	Cut(wide)
	if took := time.Since(start); took > 3*time.Second {
		t.Errorf("a row of 50,000 cells took %v", took)
	}
}
