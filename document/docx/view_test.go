package docx

import (
	"strings"
	"testing"
)

func TestViews(t *testing.T) {
	ins := func(body string) string {
		return `<w:ins w:id="1" w:author="A" w:date="2026-01-02T03:04:05Z">` + body + `</w:ins>`
	}
	del := func(text string) string {
		return `<w:del w:id="2" w:author="B"><w:r><w:delText xml:space="preserve">` + text + `</w:delText></w:r></w:del>`
	}
	mark := func(change, body string) string {
		return `<w:p><w:pPr><w:rPr><w:` + change + ` w:id="3"/></w:rPr></w:pPr>` + body + `</w:p>`
	}
	row := func(change, text string) string {
		return `<w:tr><w:trPr>` + change + `</w:trPr><w:tc>` + p(r(text)) + `</w:tc></w:tr>`
	}
	for _, tt := range []struct{ name, body, final, original, current string }{
		{"nothing", p(r("a")), "a", "a", "a"},
		{"text", p(r("a") + ins(r("b")) + del("c") + r("d")), "abd", "acd", "abcd"},
		{"a deleted insertion", p(r("a") + ins(del("b")) + r("c")), "ac", "ac", "abc"},
		{"a move", p(`<w:moveFrom w:id="1">` + r("a") + `</w:moveFrom>` + r("b") + `<w:moveTo w:id="2">` + r("a") + `</w:moveTo>`), "ba", "ab", "aba"},
		{"an inserted paragraph", mark("ins", ins(r("a"))) + p(r("b")), "a|b", "b", "a|b"},
		{"a paragraph cut in two", mark("ins", r("a")) + p(r("b")), "a|b", "ab", "a|b"},
		{"two paragraphs made one", mark("del", r("a")) + p(r("b")), "ab", "a|b", "a|b"},
		{"rows", `<w:tbl>` + row("", "a") + row(`<w:ins w:id="1"/>`, "b") + row(`<w:del w:id="2"/>`, "c") + `</w:tbl>`, "a|b", "a|c", "a|b|c"},
		{"deleted text outside of a deletion", p(r("a") + `<w:r><w:delText>b</w:delText></w:r>`), "a", "a", "a"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			data := word(tt.body, nil).zipped(t)
			for view, want := range map[View]string{Final: tt.final, Original: tt.original, Current: tt.current} {
				f, err := ReadView(data, view, Limits{})
				if err != nil {
					t.Fatal(err)
				}
				var got []string
				for _, para := range f.Paragraphs {
					got = append(got, para.Text())
				}
				if text := strings.Join(got, "|"); text != want {
					t.Errorf("view %d: %q, want %q", view, text, want)
				}
				if plain := tt.final == tt.current && tt.original == tt.current; f.Tracked == plain {
					t.Errorf("view %d: tracked %v", view, f.Tracked)
				}
			}
		})
	}
}

func TestChangesSayWho(t *testing.T) {
	data := word(p(`<w:ins w:id="1" w:author="A" w:date="2026-01-02T03:04:05Z">`+r("b")+`</w:ins><w:del w:id="2" w:author="B"><w:r><w:delText>c</w:delText></w:r></w:del>`+r("d")), nil).zipped(t)
	f, err := ReadView(data, Current, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	runs := f.Paragraphs[0].Runs
	if i := runs[0].Inserted; i == nil || *i != (Change{"A", "2026-01-02T03:04:05Z"}) || runs[0].Deleted != nil {
		t.Errorf("inserted: %+v", runs[0])
	}
	if d := runs[1].Deleted; d == nil || *d != (Change{"B", ""}) || runs[1].Inserted != nil {
		t.Errorf("deleted: %+v", runs[1])
	}
	if runs[2].Inserted != nil || runs[2].Deleted != nil {
		t.Errorf("neither: %+v", runs[2])
	}
}
