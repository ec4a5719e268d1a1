package document

import (
	"strings"
	"testing"

	"github.com/clauselint/clauselint/document/docx"
)

func TestReadFormats(t *testing.T) {
	for name, want := range map[string]Format{
		"a.txt": Text, "a": Text, "A.MD": Markdown, "a.markdown": Markdown, "a.mdx": Markdown, "a.htm": Markdown, `c:\x.y\a`: Text, "a.docx": DOCX,
	} {
		d, err := Read(name, nil, Options{})
		if err != nil || d.Format != want || d.Text != "" || len(d.Blocks) != 0 || d.Name != name {
			t.Errorf("empty %s: %+v, %v", name, d, err)
			continue
		}
		if r := d.Range(Span{0, 0}); r.Start.Line != 1 || r.Start.Column != 1 || r.End != r.Start {
			t.Errorf("empty %s: range %+v", name, r)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	for _, c := range []struct{ name, data, want string }{
		{"a.txt", "%PDF-1.7", ".docx"},
		{"a.md", "{\\rtf1", ".docx"},
		{"a.txt", "\x7fELF\x00\x00\x01\x02\x00\x00", "binary"},
		{"a.txt", "abc\x00def", "binary"},
		{"a.txt", "\xFF\xFE\x00\x00a\x00\x00\x00", "UTF-32"},
	} {
		_, err := Read(c.name, []byte(c.data), Options{})
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), c.name) {
			t.Errorf("%q: error %v", c.data, err)
		}
	}
}

func TestWordParagraphs(t *testing.T) {
	const main, notes = "word/document.xml", "word/footnotes.xml"
	d := fromWord("a.docx", &docx.File{Problems: []string{"odd"}, Paragraphs: []docx.Paragraph{
		{Part: main, Index: 1, Heading: 2, Label: "第一条", Runs: []docx.Run{
			{Text: "授", Index: 1, Pieces: []docx.Piece{{Text: 0, Len: 3, Start: 100, End: 103}}},
			{Text: "权&书", Index: 2, Pieces: []docx.Piece{{Text: 0, Len: 3, Start: 150, End: 153}, {Text: 3, Len: 1, Start: 153, End: 158}, {Text: 4, Len: 3, Start: 158, End: 161}}},
		}},
		{Part: main, Index: 2, Runs: []docx.Run{{Text: " ", Index: 1}}},
		{Part: main, Index: 3, Table: 1, Row: 2, Col: 3, HeaderRow: true, Runs: []docx.Run{{Text: "😀格", Index: 4, Pieces: []docx.Piece{{Text: 0, Len: 7, Start: 300, End: 307}}}}},
		{Part: notes, Index: 1, ListLevel: 2, Runs: []docx.Run{{Text: "注", Index: 1, Hidden: true, Pieces: []docx.Piece{{Text: 0, Len: 3, Start: 20, End: 23}}}}},
	}})
	if d.Text != "授权&书\n😀格\n注" || len(d.Problems) != 2 || !strings.Contains(d.Problems[1].Message, "paragraph 3: hidden text") {
		t.Fatalf("text %q, problems %v", d.Text, d.Problems)
	}
	if b := d.Blocks[0]; b.Kind != Heading || b.Level != 2 || b.Label != "第一条" || b.Span != (Span{0, 10}) {
		t.Errorf("heading %+v", b)
	}
	if b := d.Blocks[1]; b.Kind != Cell || b.Table != 1 || b.Row != 2 || b.Col != 3 || !b.HeaderRow {
		t.Errorf("cell %+v", b)
	}
	if b := d.Blocks[2]; b.Kind != Item || b.Level != 2 || !b.Hidden {
		t.Errorf("item %+v", b)
	}
	for words, want := range map[string]Range{
		"授权":   {Position{100, 1, 1, main, 1, 1}, Position{153, 1, 3, main, 1, 2}},
		"&":    {Position{153, 1, 3, main, 1, 2}, Position{158, 1, 4, main, 1, 2}},
		"书":    {Position{158, 1, 4, main, 1, 2}, Position{161, 1, 5, main, 1, 2}},
		"格":    {Position{304, 2, 3, main, 3, 4}, Position{307, 2, 4, main, 3, 4}},
		"格\n注": {Position{304, 2, 3, main, 3, 4}, Position{23, 3, 2, notes, 1, 1}},
	} {
		at := strings.Index(d.Text, words)
		if got := d.Range(Span{at, at + len(words)}); got != want {
			t.Errorf("%q lies at\n%+v, want\n%+v", words, got, want)
		}
	}
}

func TestWordPlacesAreOurs(t *testing.T) {
	for word, want := range map[docx.Place]Place{
		docx.Body: Body, docx.Footnote: Footnote, docx.Endnote: Endnote, docx.Header: Header, docx.Footer: Footer, docx.TextBox: TextBox,
	} {
		if got := wordBlock(&docx.Paragraph{Place: word}).Place; got != want {
			t.Errorf("place %d of package docx became %d, want %d", word, got, want)
		}
	}
}
