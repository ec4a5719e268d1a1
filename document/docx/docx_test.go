package docx

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"html"
	"slices"
	"strings"
	"testing"
)

const (
	wordNS   = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	relNS    = `xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// parts are the parts of a test file by name.
type parts map[string]string

// zipped packs parts in the order of their names.
func (p parts) zipped(t testing.TB) []byte {
	t.Helper()
	var buf bytes.Buffer
	zw := zip.NewWriter(&buf)
	var names []string
	for name := range p {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		w, err := zw.Create(name)
		if err == nil {
			_, err = w.Write([]byte(p[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func document(body string) string {
	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\r\n" +
		`<w:document ` + wordNS + ` ` + relNS +
		` xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"` +
		` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"` +
		` xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"` +
		` xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:unknown"><w:body>` + body + `</w:body></w:document>`
}

// rels is a .rels part of "id kind target" lines; a target with a colon is
// external.
func rels(lines ...string) string {
	var b strings.Builder
	b.WriteString(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for _, line := range lines {
		f := strings.Fields(line)
		mode := ""
		if strings.Contains(f[2], ":") {
			mode = ` TargetMode="External"`
		}
		fmt.Fprintf(&b, `<Relationship Id="%s" Type="%s%s" Target="%s"%s/>`, f[0], relTypes, f[1], f[2], mode)
	}
	b.WriteString(`</Relationships>`)
	return b.String()
}

// word is a whole file around a body; more replaces or adds parts.
func word(body string, more parts) parts {
	p := parts{
		"_rels/.rels":       rels("r1 officeDocument word/document.xml"),
		"word/document.xml": document(body),
	}
	var lines []string
	for name := range more {
		if kind, ok := strings.CutPrefix(strings.TrimSuffix(name, ".xml"), "word/"); ok && !strings.Contains(kind, "/") {
			lines = append(lines, fmt.Sprintf("x-%s %s %s.xml", kind, strings.TrimRight(kind, "0123456789"), kind))
		}
	}
	slices.Sort(lines)
	p["word/_rels/document.xml.rels"] = rels(lines...)
	for name, text := range more {
		p[name] = text
	}
	return p
}

func mustRead(t testing.TB, p parts) *File {
	t.Helper()
	f, err := Read(p.zipped(t), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	checkPieces(t, p, f)
	return f
}

// checkPieces checks that pieces cover each run's text in order and that the
// bytes they point to say the same.
func checkPieces(t testing.TB, p parts, f *File) {
	t.Helper()
	for _, para := range f.Paragraphs {
		part := p[para.Part]
		for _, r := range para.Runs {
			at, from := 0, 0
			for _, q := range r.Pieces {
				if q.Text != at || q.Len <= 0 || q.Start < from || q.End <= q.Start || q.End > len(part) {
					t.Fatalf("%s paragraph %d: piece %+v after text %d, byte %d", para.Part, para.Index, q, at, from)
				}
				at, from = q.Text+q.Len, q.End
				text, raw := r.Text[q.Text:at], part[q.Start:q.End]
				same := strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ").Replace
				switch {
				case q.Len == q.End-q.Start:
					if text != same(raw) {
						t.Errorf("%s: bytes %q read %q", para.Part, raw, text)
					}
				case raw[0] == '<':
					if raw[len(raw)-1] != '>' {
						t.Errorf("%s: %q is no whole element", para.Part, raw)
					}
				case raw[0] == '&':
					if html.UnescapeString(raw) != text {
						t.Errorf("%s: entity %q read %q", para.Part, raw, text)
					}
				case same(raw) != text:
					t.Errorf("%s: bytes %q read %q", para.Part, raw, text)
				}
			}
			if at != len(r.Text) || r.Text == "" {
				t.Fatalf("%s: pieces cover %d bytes of %q", para.Part, at, r.Text)
			}
		}
	}
}

// texts is what the paragraphs read, labels in brackets.
func texts(f *File) []string {
	var all []string
	for _, p := range f.Paragraphs {
		s := p.Text()
		if p.Label != "" {
			s = "[" + p.Label + "] " + s
		}
		all = append(all, s)
	}
	return all
}

func p(inner string) string { return "<w:p>" + inner + "</w:p>" }
func r(text string) string  { return `<w:r><w:t xml:space="preserve">` + text + "</w:t></w:r>" }

const fieldBegin, fieldSeparate, fieldEnd = `<w:r><w:fldChar w:fldCharType="begin"/></w:r>`,
	`<w:r><w:fldChar w:fldCharType="separate"/></w:r>`, `<w:r><w:fldChar w:fldCharType="end"/></w:r>`

// bodies are the table of TestText and seeds of FuzzRead.
var bodies = []struct {
	name, body string
	want       []string
}{
	{"runs split inside a word", p(r("irrev") + r("ocable")), []string{"irrevocable"}},
	{"empty paragraph is kept", p("") + `<w:p/>` + p(r("a")), []string{"", "", "a"}},
	{"signs", p(`<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:cr></w:cr><w:noBreakHyphen/><w:softHyphen/><w:ptab/></w:r>`),
		[]string{"a\tb\n\n\u2011\u00AD\t"}},
	{"entities", p(r("A&amp;B &lt;&#20154;&#x8138;&gt; &quot;&apos;")), []string{"A&B <人脸> \"'"}},
	{"CDATA, comment and instruction in text", p(r("a<![CDATA[<&amp;>]]>b<!-- no -->c<?no no?>d")), []string{"a<&amp;>bcd"}},
	{"line ends in text are spaces", p(r("a\r\nb\nc\rd")), []string{"a b c d"}},
	{"space without preserve is cut", p("<w:r><w:t>\r\n  face &#32;</w:t></w:r>" + `<w:r><w:t xml:space="preserve"> data </w:t></w:r>`), []string{"face data "}},
	{"nothing but space", p("<w:r><w:t> &#9; </w:t></w:r>" + r("x")), []string{"x"}},
	{"symbols", p(`<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Arial" w:char="2713"/><w:sym w:font="No" w:char="F041"/></w:r>`),
		[]string{"☑α✓\uF041"}},
	{"insertions stay, deletions go", p(r("a") + `<w:ins w:author="A">` + r("b") + `</w:ins><w:del><w:r><w:delText>c</w:delText></w:r></w:del>` +
		`<w:moveFrom>` + r("d") + `</w:moveFrom><w:moveTo>` + r("e") + `</w:moveTo><w:ins><w:del>` + r("f") + `</w:del></w:ins>`), []string{"abe"}},
	{"deleted paragraph mark joins", p(`<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>`+r("a")) + p(`<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>`+r("b")) + p(r("c")) + p(r("d")),
		[]string{"abc", "d"}},
	{"deleted paragraph vanishes", p(`<w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del>`+r("a")+`</w:del>`) + p(r("b")), []string{"b"}},
	{"deleted mark with nothing to join", p(`<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>`+r("a")) + `<w:tbl><w:tr><w:tc>` +
		p(`<w:pPr><w:rPr><w:moveFrom/></w:rPr></w:pPr>`+r("b")) + `</w:tc></w:tr></w:tbl>`, []string{"a", "b"}},
	{"old properties are not current", p(`<w:pPr><w:pPrChange><w:pPr><w:rPr><w:del/></w:rPr></w:pPr></w:pPrChange></w:pPr>`+r("a")) + p(r("b")), []string{"a", "b"}},
	{"field code goes, result stays", p(r("see ") + fieldBegin + `<w:r><w:instrText> REF x </w:instrText></w:r>` + r("no") + fieldSeparate + r("7.2") + fieldEnd + r(".")), []string{"see 7.2."}},
	{"field in a field's code", p(fieldBegin + fieldBegin + fieldSeparate + r("no") + fieldEnd + fieldSeparate + r("yes") + fieldEnd), []string{"yes"}},
	{"field without result", p(fieldBegin + r("no") + fieldEnd + r("yes")), []string{"yes"}},
	{"field over paragraphs", p(fieldBegin+fieldSeparate+r("a")) + p(r("b")+fieldEnd+r("c")), []string{"a", "bc"}},
	{"broken field swallows one paragraph only", p(r("a")+fieldBegin+r("no")) + p(r("b")), []string{"a", "b"}},
	{"simple field", p(`<w:fldSimple w:instr=" PAGE "><w:fldData>AAAA</w:fldData>` + r("3") + `</w:fldSimple>`), []string{"3"}},
	{"first choice", p(`<w:r><mc:AlternateContent><mc:Choice><w:t>a</w:t></mc:Choice><mc:Choice><w:t>b</w:t></mc:Choice><mc:Fallback><w:t>c</w:t></mc:Fallback></mc:AlternateContent></w:r>`), []string{"a"}},
	{"fallback alone", `<mc:AlternateContent><mc:Fallback>` + p(r("a")) + `</mc:Fallback></mc:AlternateContent>`, []string{"a"}},
	{"text box once, after its paragraph", p(r("a")+`<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx><w:txbxContent>`+
		p(r("box"))+`</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>`+
		p(r("again"))+`</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`+r("b")) + p(r("c")), []string{"ab", "box", "c"}},
	{"VML text box", p(`<w:r><w:pict><v:shape><v:textbox><w:txbxContent>` + p(r("box")) + `</w:txbxContent></v:textbox></v:shape></w:pict></w:r>`), []string{"", "box"}},
	{"wrappers are transparent", `<w:sdt><w:sdtPr><w:rPr/></w:sdtPr><w:sdtContent><w:customXml>` +
		p(`<w:smartTag>`+r("a")+`</w:smartTag><w:hyperlink>`+r("b")+`</w:hyperlink><w:sdt><w:sdtContent>`+r("c")+`</w:sdtContent></w:sdt><w:bdo>`+r("d")+`</w:bdo>`) +
		`</w:customXml></w:sdtContent></w:sdt>`, []string{"abcd"}},
	{"ruby", p(`<w:r><w:t>a</w:t><w:ruby><w:rubyPr/><w:rt>` + r("rén") + `</w:rt><w:rubyBase>` + r("人") + `</w:rubyBase></w:ruby><w:t>b</w:t></w:r>`), []string{"a人b"}},
	{"formula", p(`<m:oMathPara><m:oMath><m:r><w:rPr><w:b/></w:rPr><m:t>x</m:t></m:r><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num></m:f></m:oMath></m:oMathPara>`), []string{"x1"}},
	{"comments are not text", p(`<w:commentRangeStart w:id="0"/>` + r("a") + `<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>`), []string{"a"}},
	{"unknown elements are skipped", `<x:a>` + p(r("no")) + `</x:a>` + p(`<x:b>`+r("no")+`</x:b>`+r("a")), []string{"a"}},
}

func TestText(t *testing.T) {
	for _, tt := range bodies {
		t.Run(tt.name, func(t *testing.T) {
			if got := texts(mustRead(t, word(tt.body, nil))); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestPiecesOfEntities(t *testing.T) {
	f := word(p(r("a&amp;b")), nil)
	run := mustRead(t, f).Paragraphs[0].Runs[0]
	at := strings.Index(f["word/document.xml"], "a&amp;b")
	want := []Piece{{0, 1, at, at + 1}, {1, 1, at + 1, at + 6}, {2, 1, at + 6, at + 7}}
	if !slices.Equal(run.Pieces, want) {
		t.Errorf("got %v, want %v", run.Pieces, want)
	}
}

func TestIndexes(t *testing.T) {
	del := `<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>`
	f := mustRead(t, word(
		p(r("one"))+
			p(`<w:r><w:rPr/></w:r><w:del>`+r("no")+`</w:del>`+r("two")+`<w:r><w:pict><w:txbxContent>`+p(r("box"))+`</w:txbxContent></w:pict></w:r>`+r("more"))+
			p(del+r("x")+r("y"))+p(r("z")), nil))
	type place struct {
		text       string
		para, run  int
		where      Place
		wholeIndex int
	}
	var got []place
	for i, para := range f.Paragraphs {
		for _, run := range para.Runs {
			got = append(got, place{run.Text, para.Index, run.Index, para.Place, i})
		}
	}
	want := []place{
		{"one", 1, 1, Body, 0}, {"two", 2, 3, Body, 1}, {"more", 2, 5, Body, 1}, {"box", 3, 1, TextBox, 2},
		{"x", 4, 1, Body, 3}, {"y", 4, 2, Body, 3}, {"z", 4, 3, Body, 3},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestTables(t *testing.T) {
	cell := func(pr, text string) string { return `<w:tc><w:tcPr>` + pr + `</w:tcPr>` + text + `</w:tc>` }
	f := mustRead(t, word(
		`<w:tbl><w:tblPr><w:tblLook w:val="04A0"/></w:tblPr>`+
			`<w:tr>`+cell(`<w:gridSpan w:val="2"/>`, p(r("head")))+cell("", p(r("head 3")))+`</w:tr>`+
			`<w:tr><w:trPr><w:del/></w:trPr>`+cell("", p(r("no")))+`</w:tr>`+
			`<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>`+cell(`<w:cellDel/>`, p(r("no")))+
			`<w:sdt><w:sdtContent>`+cell("", p(r("a"))+`<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>`+cell("", p(r("inner")))+`</w:tr></w:tbl>`+p(r("b")))+`</w:sdtContent></w:sdt></w:tr></w:tbl>`+
			p(r("between"))+
			`<w:tbl><w:tblPr><w:tblLook w:firstRow="0" w:val="0020"/></w:tblPr><w:tr>`+cell("", p(r("last")))+`</w:tr></w:tbl>`, nil))
	var got []string
	for _, p := range f.Paragraphs {
		got = append(got, fmt.Sprintf("%s %d.%d.%d %v", p.Text(), p.Table, p.Row, p.Col, p.HeaderRow))
	}
	want := []string{"head 1.1.1 true", "head 3 1.1.3 true", "a 1.2.2 false", "inner 2.1.1 true", "b 1.2.2 false", "between 0.0.0 false", "last 3.1.1 false"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestFormatting(t *testing.T) {
	styles := `<w:styles ` + wordNS + `><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/><w:color w:val="auto"/></w:rPr></w:rPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="N"/><w:rPr><w:b/><w:color w:val="FF0000"/></w:rPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="C"><w:basedOn w:val="B"/><w:rPr><w:sz w:val="10.5pt"/></w:rPr></w:style>` +
		`<w:style w:type="character" w:styleId="S"><w:rPr><w:b/><w:i/></w:rPr></w:style>` +
		`<w:style w:type="character" w:styleId="L"><w:name w:val="Hyperlink"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="X"><w:pPr><w:pBdr><w:top w:val="single"/><w:bottom w:val="single"/></w:pBdr><w:shd w:val="clear" w:fill="FFFF00"/></w:pPr><w:rPr><w:smallCaps/></w:rPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="loop"><w:basedOn w:val="pool"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="pool"><w:basedOn w:val="loop"/><w:rPr><w:u w:val="single"/></w:rPr></w:style></w:styles>`
	tests := []struct{ name, pPr, rPr, want string }{
		{"defaults", "", "", "21"},
		{"direct", "", `<w:b/><w:i w:val="true"/><w:u w:val="single"/><w:dstrike/><w:highlight w:val="yellow"/><w:vanish/><w:color w:val="00FF00"/><w:sz w:val="30"/>`, "biushv 00FF00 30"},
		{"direct off", `<w:pStyle w:val="B"/>`, `<w:b w:val="0"/><w:u w:val="none"/><w:highlight w:val="none"/><w:color w:val="auto"/>`, "21"},
		{"paragraph style", `<w:pStyle w:val="C"/>`, "", "b FF0000 21"},
		{"toggles of two styles cancel out", `<w:pStyle w:val="B"/>`, `<w:rStyle w:val="S"/>`, "i FF0000 21"},
		{"character style", "", `<w:rStyle w:val="S"/>`, "bi 21"},
		{"paragraph mark is not the text", `<w:rPr><w:b/></w:rPr>`, "", "21"},
		{"circular styles", `<w:pStyle w:val="loop"/>`, "", "u 21"},
		{"unknown style", `<w:pStyle w:val="zz"/>`, "", "21"},
		{"emphasis marks and a frame", "", `<w:em w:val="dot"/><w:bdr w:val="single"/><w:caps/>`, "dxc 21"},
		{"box, shade and small capitals of a style", `<w:pStyle w:val="X"/>`, "", "xc 21 on FFFF00"},
		{"taken back", `<w:pStyle w:val="X"/><w:pBdr/><w:shd w:val="clear" w:fill="auto"/>`, `<w:smallCaps w:val="0"/><w:em w:val="none"/>`, "21"},
		{"box on two sides", `<w:pBdr><w:left w:val="single"/><w:right w:val="single"/></w:pBdr>`, "", "x 21"},
		{"a line above is no box", `<w:pBdr><w:top w:val="single"/><w:bottom w:val="nil"/></w:pBdr>`, "", "21"},
		{"shade of the run over that of the paragraph", `<w:shd w:val="clear" w:fill="00FF00"/>`, `<w:shd w:val="solid" w:color="0000FF" w:fill="00FF00"/>`, "21 on 0000FF"},
		{"a style's name", "", `<w:rStyle w:val="L"/>`, "21 as Hyperlink"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := mustRead(t, word(p(`<w:pPr>`+tt.pPr+`</w:pPr><w:r><w:rPr>`+tt.rPr+`</w:rPr><w:t>x</w:t></w:r>`), parts{"word/styles.xml": styles}))
			run := f.Paragraphs[0].Runs[0]
			got := ""
			for _, b := range []struct {
				on   bool
				sign string
			}{{run.Bold, "b"}, {run.Italic, "i"}, {run.Underline, "u"}, {run.Strike, "s"}, {run.Highlight, "h"}, {run.Hidden, "v"}, {run.Dotted, "d"}, {run.Boxed, "x"}, {run.Capitals, "c"}} {
				if b.on {
					got += b.sign
				}
			}
			got = strings.Join(strings.Fields(fmt.Sprint(got, " ", run.Color, " ", run.HalfPoints)), " ")
			if run.Shade != "" {
				got += " on " + run.Shade
			}
			if run.Style != "" {
				got += " as " + run.Style
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestCellShade(t *testing.T) {
	f := mustRead(t, word(`<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val="clear" w:fill="000000"/></w:tcPr>`+p(r("a"))+`</w:tc><w:tc>`+p(r("b"))+`</w:tc></w:tr></w:tbl>`+p(r("c")), nil))
	got := ""
	for _, para := range f.Paragraphs {
		got += para.Runs[0].Text + ":" + para.Runs[0].Shade + " "
	}
	if want := "a:000000 b: c: "; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestHeadings(t *testing.T) {
	styles := `<w:styles ` + wordNS + `>` +
		`<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="2"><w:name w:val="标题 2"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="3"><w:name w:val="Clause"/><w:basedOn w:val="2"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="4"><w:name w:val="Sub"/><w:pPr><w:outlineLvl w:val="3"/></w:pPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="5"><w:name w:val="heading 5"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>` +
		`</w:styles>`
	for pPr, want := range map[string]int{
		"":                          0,
		`<w:pStyle w:val="1"/>`:     1,
		`<w:pStyle w:val="2"/>`:     2,
		`<w:pStyle w:val="3"/>`:     2,
		`<w:pStyle w:val="4"/>`:     4,
		`<w:pStyle w:val="5"/>`:     0,
		`<w:outlineLvl w:val="8"/>`: 9,
		`<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>`: 0,
	} {
		f := mustRead(t, word(p(`<w:pPr>`+pPr+`</w:pPr>`+r("x")), parts{"word/styles.xml": styles}))
		if got := f.Paragraphs[0].Heading; got != want {
			t.Errorf("%s: heading %d, want %d", cmp.Or(pPr, "plain"), got, want)
		}
	}
}

func TestInsertedAndLinks(t *testing.T) {
	f := word(p(`<w:ins w:id="1" w:author="李四" w:date="2026-01-02T03:04:05Z">`+r("new")+`</w:ins>`+
		`<w:hyperlink r:id="h1" w:anchor="top">`+r("out")+`</w:hyperlink><w:hyperlink w:anchor="_Ref1">`+r("in")+`</w:hyperlink>`), nil)
	f["word/_rels/document.xml.rels"] = rels("h1 hyperlink https://example.com/a")
	runs := mustRead(t, f).Paragraphs[0].Runs
	if c := runs[0].Inserted; c == nil || *c != (Change{"李四", "2026-01-02T03:04:05Z"}) || runs[1].Inserted != nil {
		t.Errorf("inserted: %v, %v", c, runs[1].Inserted)
	}
	if runs[0].Link != "" || runs[1].Link != "https://example.com/a#top" || runs[2].Link != "#_Ref1" {
		t.Errorf("links: %q %q %q", runs[0].Link, runs[1].Link, runs[2].Link)
	}
}

func TestStories(t *testing.T) {
	note := func(kind string) string {
		el := strings.TrimSuffix(kind, "s")
		return `<w:` + kind + ` ` + wordNS + `><w:` + el + ` w:type="separator" w:id="-1">` + p(r("no")) + `</w:` + el + `>` +
			`<w:` + el + ` w:id="1">` + p(`<w:r><w:`+el+`Ref/></w:r>`+r(el+" 1")) + `</w:` + el + `>` +
			`<w:` + el + ` w:id="2">` + p(r(el+" 2")) + `</w:` + el + `>` +
			`<w:` + el + ` w:id="3">` + p(r("not referred to")) + `</w:` + el + `></w:` + kind + `>`
	}
	f := mustRead(t, word(
		p(`<w:pPr><w:sectPr><w:headerReference r:id="x-header2"/><w:footerReference r:id="x-footer1"/></w:sectPr></w:pPr>`+
			r("body")+`<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="1"/></w:r><w:r><w:footnoteReference w:id="1"/></w:r>`)+
			`<w:del>`+p(`<w:r><w:footnoteReference w:id="3"/></w:r>`)+`</w:del>`+
			`<w:sectPr><w:headerReference r:id="x-header1"/><w:headerReference r:id="x-header2"/></w:sectPr>`,
		parts{
			"word/footnotes.xml": note("footnotes"), "word/endnotes.xml": note("endnotes"),
			"word/header1.xml": `<w:hdr ` + wordNS + `>` + p(r("header 1")) + `</w:hdr>`,
			"word/header2.xml": `<w:hdr ` + wordNS + `>` + p(r("header 2")) + `</w:hdr>`,
			"word/header3.xml": `<w:hdr ` + wordNS + `>` + p(r("not shown")) + `</w:hdr>`,
			"word/footer1.xml": `<w:ftr ` + wordNS + `>` + p(r("footer 1")) + `</w:ftr>`,
		}))
	var got []string
	for _, p := range f.Paragraphs {
		got = append(got, fmt.Sprintf("%d %s: %s", p.Place, p.Part, p.Text()))
	}
	want := []string{
		"0 word/document.xml: body",
		"1 word/footnotes.xml: footnote 2", "1 word/footnotes.xml: footnote 1", "2 word/endnotes.xml: endnote 1",
		"3 word/header2.xml: header 2", "3 word/header1.xml: header 1", "4 word/footer1.xml: footer 1",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if len(f.Problems) > 0 {
		t.Errorf("problems: %q", f.Problems)
	}
}

func TestProblems(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"altChunk", `<w:altChunk r:id="r9"/>`, "w:altChunk"},
		{"header is missing", `<w:sectPr><w:headerReference r:id="r9"/></w:sectPr>`, "r9"},
		{"footnotes are missing", p(`<w:r><w:footnoteReference w:id="2"/></w:r>`), "word/footnotes.xml"},
		{"field never ends", p(r("a")) + p(fieldBegin+r("b")), "paragraph 2"},
		{"list is not defined", p(`<w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr>` + r("a")), "numId 4"},
	}
	for _, tt := range tests {
		f := mustRead(t, word(tt.body, nil))
		if len(f.Problems) != 1 || !strings.Contains(f.Problems[0], tt.want) {
			t.Errorf("%s: problems %q, want one with %q", tt.name, f.Problems, tt.want)
		}
	}
}
