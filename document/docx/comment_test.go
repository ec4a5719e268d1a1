package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// contents is the parts of a package by name.
func contents(t testing.TB, data []byte) map[string]string {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if zr == nil {
		t.Fatal(err)
	}
	parts := make(map[string]string)
	for _, f := range zr.File {
		rc, err := f.Open()
		if err != nil {
			continue // a method that nobody reads
		}
		text, _ := io.ReadAll(rc)
		rc.Close()
		parts[f.Name] = string(text)
	}
	return parts
}

// words is the bytes of the part from which the first place of the words in a paragraph
// comes.
func words(t testing.TB, f *File, text string) Comment {
	t.Helper()
	for _, p := range f.Paragraphs {
		all := p.Text()
		at := strings.Index(all, text)
		if at < 0 {
			continue
		}
		c := Comment{Part: p.Part, Start: -1, Author: "clauselint", Initials: "cl", Text: []CommentText{{"en", "About " + text}}}
		off := 0
		for _, r := range p.Runs {
			for _, q := range r.Pieces {
				from, to := off+q.Text, off+q.Text+q.Len
				whole := q.Len != q.End-q.Start
				if c.Start < 0 && at < to {
					c.Start = q.Start
					if !whole {
						c.Start += at - from
					}
				}
				if last := at + len(text); last > from && last <= to {
					c.End = q.End
					if !whole {
						c.End = q.Start + last - from
					}
				}
			}
			off += len(r.Text)
		}
		return c
	}
	t.Fatalf("no %q in the document", text)
	return Comment{}
}

// typed is word with the part that says of what type each part is.
func typed(body string, more parts) parts {
	all := word(body, more)
	all["[Content_Types].xml"] = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`
	return all
}

func TestAnnotate(t *testing.T) {
	const (
		preserve = ` xml:space="preserve"`
		begin    = `<w:commentRangeStart w:id="1"/>`
		rangeEnd = `<w:commentRangeEnd w:id="1"/>`

		reference = `<w:r w:rsidR="00C1A5E0"><w:commentReference w:id="1"/></w:r>`
		end       = rangeEnd + reference
	)
	bold := `<w:rPr><w:b/></w:rPr>`
	control := func(inner string) string { return `<w:sdt><w:sdtContent>` + inner + `</w:sdtContent></w:sdt>` }
	for _, tt := range []struct{ name, body, on, want string }{
		{"a run", p(r("abc")), "abc", p(begin + r("abc") + end)},
		{"inside a run", p(`<w:r>` + bold + `<w:t>abcd</w:t></w:r>`), "bc",
			p(`<w:r>` + bold + `<w:t>a</w:t></w:r>` + begin + `<w:r w:rsidR="00C1A5E3">` + bold + `<w:t` + preserve + `>bc</w:t></w:r>` + end +
				`<w:r w:rsidR="00C1A5E3">` + bold + `<w:t` + preserve + `>d</w:t></w:r>`)},
		{"after a space", p(`<w:r><w:t>a bc</w:t></w:r>`), "bc",
			p(`<w:r><w:t` + preserve + `>a </w:t></w:r>` + begin + `<w:r w:rsidR="00C1A5E4"><w:t` + preserve + `>bc</w:t></w:r>` + end)},
		{"space that is dropped is not shown", p(`<w:r><w:t> a bc</w:t></w:r>`), "bc", p(begin + `<w:r><w:t> a bc</w:t></w:r>` + end)},
		{"over runs", p(r("ab") + r("cd") + r("ef")), "bcde",
			p(`<w:r><w:t` + preserve + `>a</w:t></w:r>` + begin + `<w:r w:rsidR="00C1A5E3"><w:t` + preserve + `>b</w:t></w:r>` + r("cd") +
				`<w:r><w:t` + preserve + `>e</w:t></w:r>` + end + `<w:r w:rsidR="00C1A5E3"><w:t` + preserve + `>f</w:t></w:r>`)},
		{"between children of a run", p(`<w:r><w:t>ab</w:t><w:br/><w:t>cd</w:t><w:tab/></w:r>`), "cd",
			p(`<w:r><w:t>ab</w:t><w:br/></w:r>` + begin + `<w:r w:rsidR="00C1A5E2"><w:t>cd</w:t></w:r>` + end + `<w:r w:rsidR="00C1A5E2"><w:tab/></w:r>`)},
		{"a tracked change of formatting", p(`<w:r><w:rPr><w:b/><w:rPrChange w:id="7" w:author="A"><w:rPr/></w:rPrChange></w:rPr><w:t>ab</w:t></w:r>`), "a",
			p(begin + `<w:r><w:rPr><w:b/><w:rPrChange w:id="7" w:author="A"><w:rPr/></w:rPrChange></w:rPr><w:t>a</w:t></w:r>` + end +
				`<w:r w:rsidR="00C1A5E3"><w:rPr><w:b/><w:rPrChange w:id="8" w:author="A"><w:rPr/></w:rPrChange></w:rPr><w:t` + preserve + `>b</w:t></w:r>`)},
		{"an entity", p(`<w:r><w:t>a&amp;b</w:t></w:r>`), "&",
			p(`<w:r><w:t>a</w:t></w:r>` + begin + `<w:r w:rsidR="00C1A5E3"><w:t` + preserve + `>&amp;</w:t></w:r>` + end + `<w:r w:rsidR="00C1A5E3"><w:t` + preserve + `>b</w:t></w:r>`)},
		{"in a link and an insertion", p(`<w:hyperlink w:anchor="x">` + r("ab") + `</w:hyperlink><w:ins w:id="9">` + r("cd") + `</w:ins>`), "abcd",
			p(`<w:hyperlink w:anchor="x">` + begin + r("ab") + `</w:hyperlink><w:ins w:id="9">` + r("cd") + end + `</w:ins>`)},
		{"the whole of a field", p(r("a") + `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + r("bcd") + `<w:r><w:fldChar w:fldCharType="end"/></w:r>` + r("e")), "c",
			p(r("a") + begin + `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + r("bcd") + `<w:r><w:fldChar w:fldCharType="end"/></w:r>` + end + r("e"))},
		{"the whole of a simple field", p(`<w:fldSimple w:instr="X">` + r("bcd") + `</w:fldSimple>`), "c", p(begin + `<w:fldSimple w:instr="X">` + r("bcd") + `</w:fldSimple>` + end)},
		{"the whole of a control", p(`<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>` + r("bcd") + `</w:sdtContent></w:sdt>`), "c",
			p(begin + `<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>` + r("bcd") + `</w:sdtContent></w:sdt>` + end)},
		{"a formula", p(`<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x+y</m:t></m:r></m:oMath>`), "+",
			p(begin + `<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x+y</m:t></m:r></m:oMath>` + end)},
		{"a text box hangs on its run", p(r("a") + `<w:r><w:pict><v:textbox xmlns:v="urn:schemas-microsoft-com:vml"><w:txbxContent>` + p(r("bc")) + `</w:txbxContent></v:textbox></w:pict></w:r>`), "c",
			p(r("a") + begin + `<w:r><w:pict><v:textbox xmlns:v="urn:schemas-microsoft-com:vml"><w:txbxContent>` + p(r("bc")) + `</w:txbxContent></v:textbox></w:pict></w:r>` + end)},
		{"the mark of a note is not parted from its reference", p(r("a") + `<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>*</w:t></w:r>` + r("b")), "*",
			p(r("a") + begin + `<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>*</w:t></w:r>` + end + r("b"))},
		{"the first paragraph of a control has its reference mark in the next", control(p(r("abc"))) + `<w:p/>` + control(p(r("d"))) + p(`<w:pPr><w:jc/></w:pPr>`+r("e")) + p(r("f")), "abc",
			control(p(begin+r("abc")+rangeEnd)) + `<w:p/>` + control(p(r("d"))) + p(`<w:pPr><w:jc/></w:pPr>`+reference+r("e")) + p(r("f"))},
		{"the second paragraph of a control", control(p(r("a"))+p(r("bc"))) + p(r("d")), "bc", control(p(r("a"))+p(begin+r("bc")+end)) + p(r("d"))},
		{"a control with nothing after it", control(p(r("abc"))), "abc", control(p(begin + r("abc") + end))},
		{"another prefix", p(r("abc")), "abc", ""},
		{"a default namespace", `<p xmlns="` + wordMain + `"><r><t>abc</t></r></p>`, "b",
			`<p xmlns="` + wordMain + `"><r><t>a</t></r>` + begin + `<r w:rsidR="00C1A5E3"><t` + preserve + `>b</t></r>` + end + `<r w:rsidR="00C1A5E3"><t` + preserve + `>c</t></r></p>`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc := document(tt.body)
			want := document(tt.want)
			if tt.want == "" {
				doc = strings.ReplaceAll(strings.ReplaceAll(doc, "xmlns:w=", "xmlns:q="), "w:", "q:")
				want = strings.Replace(strings.Replace(doc, "<q:r>", strings.ReplaceAll(begin, "w:", "q:")+"<q:r>", 1), "</q:r>", "</q:r>"+strings.ReplaceAll(end, "w:", "q:"), 1)
			}
			in := typed("", parts{"word/document.xml": doc}).zipped(t)
			f, err := Read(in, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			out, added, err := Annotate(in, []Comment{words(t, f, tt.on)}, Limits{})
			if err != nil || added != 1 {
				t.Fatal(added, err)
			}
			if diff := cmp.Diff(want, contents(t, out)["word/document.xml"]); diff != "" {
				t.Errorf("document (-want +got):\n%s", diff)
			}
			back, done, err := Strip(out, Limits{})
			if err != nil || done != (Stripped{Removed: 1}) {
				t.Fatal(done, err)
			}
			if diff := cmp.Diff(contents(t, in), contents(t, back)); diff != "" {
				t.Errorf("stripped (-before +after):\n%s", diff)
			}
		})
	}
}

// TestAnnotateNothing puts comments where there is a paragraph to hang on, and no text.
func TestAnnotateNothing(t *testing.T) {
	in := typed(`<w:p><w:pPr/></w:p>`, parts{"word/header1.xml": `<w:hdr ` + wordNS + `>` + p(r("ab")) + p(r("cd")) + `</w:hdr>`})
	in["word/document.xml"] = strings.Replace(in["word/document.xml"], "<w:pPr/>", `<w:pPr><w:sectPr><w:headerReference r:id="x-header1"/></w:sectPr></w:pPr>`, 1)
	data := in.zipped(t)
	f, err := Read(data, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	first, second := words(t, f, "ab"), words(t, f, "cd")
	second.Key = 2
	out, _, err := Annotate(data, []Comment{first, second}, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	on := func(id string) string {
		return `<w:commentRangeStart w:id="` + id + `"/><w:commentRangeEnd w:id="` + id + `"/><w:r w:rsidR="00C1A5E0"><w:commentReference w:id="` + id + `"/></w:r>`
	}
	if got := contents(t, out)["word/document.xml"]; !strings.Contains(got, "</w:pPr>"+on("1")+on("2")+"</w:p>") {
		t.Error(got)
	}
	back, _, err := Strip(out, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(contents(t, data), contents(t, back)); diff != "" {
		t.Errorf("stripped (-before +after):\n%s", diff)
	}
}

// TestAnnotateArchivesWithFolders has an archive whose folders are entries, compressed as
// if they were files.
func TestAnnotateArchivesWithFolders(t *testing.T) {
	all := typed(p(r("abc")), nil)
	var buf bytes.Buffer
	zw := zip.NewWriter(&buf)
	w, err := zw.CreateRaw(&zip.FileHeader{Name: "word_", Method: zip.Deflate, CompressedSize64: 2})
	if err == nil {
		_, err = w.Write([]byte{3, 0}) // nothing, deflated
	}
	for name, text := range all {
		if err == nil {
			w, err = zw.Create(name)
		}
		if err == nil {
			_, err = io.WriteString(w, text)
		}
	}
	if err := errors.Join(err, zw.Close()); err != nil {
		t.Fatal(err)
	}
	in := bytes.ReplaceAll(buf.Bytes(), []byte("word_"), []byte("word/"))
	f, err := Read(in, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := Annotate(in, []Comment{words(t, f, "b")}, Limits{}); err != nil {
		t.Error(err)
	}
}

// TestAnnotateAndStrip puts comments on random words of documents with much in them, and
// demands the same text with them and the same bytes after them.
func TestAnnotateAndStrip(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	body := p(`<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">甲方 同意 </w:t><w:tab/><w:t>a &amp; b  c</w:t></w:r>`+`<w:hyperlink w:anchor="q">`+r("link")+`</w:hyperlink>`+r(" 末尾")) +
		p(`<w:ins w:author="A" w:id="4">`+r("inserted text")+`</w:ins><w:del w:id="5"><w:r><w:delText>gone</w:delText></w:r></w:del>`+r("kept")) +
		`<w:tbl><w:tr><w:tc>` + p(r("cell one")) + `</w:tc><w:tc>` + p(`<w:r><w:t> x y </w:t></w:r>`) + `</w:tc></w:tr></w:tbl>` +
		`<w:sdt><w:sdtContent>` + p(r("in a control")) + `</w:sdtContent></w:sdt>` + p(r("last"))
	for _, more := range []parts{nil, {
		"word/comments.xml":            `<w:comments ` + wordNS + `><w:comment w:id="1" w:author="B"><w:p><w:r><w:t>theirs</w:t></w:r></w:p></w:comment></w:comments>`,
		"word/_rels/document.xml.rels": rels(`Id="c" Type="http://x/comments" Target="comments.xml"`),
	}} {
		in := typed(body, more).zipped(t)
		checkAnnotations(t, rng, in, 40)
	}
}

// checkAnnotations annotates data in tries ways.
func checkAnnotations(t testing.TB, rng *rand.Rand, data []byte, tries int) {
	t.Helper()
	f, err := Read(data, Limits{})
	if err != nil {
		return
	}
	var full []Paragraph
	for _, p := range f.Paragraphs {
		if p.Text() != "" {
			full = append(full, p)
		}
	}
	if len(full) == 0 {
		return
	}
	before := contents(t, data)
	for range tries {
		var comments []Comment
		for n := range 1 + rng.Intn(5) {
			a, b := rng.Intn(len(full)), 0
			b = min(a+rng.Intn(2), len(full)-1)
			from, to := randomByte(rng, &full[a], true), randomByte(rng, &full[b], false)
			if full[a].Part != full[b].Part || to <= from {
				continue
			}
			comments = append(comments, Comment{Part: full[a].Part, Start: from, End: to, Author: "a&\"b", Initials: "x", Date: "2026-01-01T00:00:00Z",
				Key: uint64(n) << 40, Text: []CommentText{{"zh", "问题 <1>"}, {"en", "x\x01"}}})
		}
		out, added, err := Annotate(data, comments, Limits{})
		if errors.Is(err, ErrNoPlace) && comments[0].Part != "word/document.xml" {
			continue // a header over a body without a paragraph to hang on
		}
		if err != nil {
			t.Fatal(err, comments)
		}
		if added != len(comments) {
			t.Fatalf("%d comments added of %d", added, len(comments))
		}
		g, err := Read(out, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(texts(f), texts(g)); diff != "" {
			t.Fatalf("text of %+v (-before +after):\n%s", comments, diff)
		}
		back, done, err := Strip(out, Limits{})
		if err != nil || done.Removed != added || done.Kept != 0 {
			t.Fatal(done, err)
		}
		if diff := cmp.Diff(before, contents(t, back)); diff != "" {
			t.Fatalf("stripped of %+v (-before +after):\n%s", comments, diff)
		}
	}
}

// randomByte is where a random character of a paragraph begins or ends in its part.
func randomByte(rng *rand.Rand, p *Paragraph, begin bool) int {
	for {
		run := p.Runs[rng.Intn(len(p.Runs))]
		if len(run.Pieces) == 0 {
			continue
		}
		q := run.Pieces[rng.Intn(len(run.Pieces))]
		if q.Len != q.End-q.Start {
			if begin {
				return q.Start
			}
			return q.End
		}
		text := run.Text[q.Text : q.Text+q.Len]
		var at []int
		for i := range text {
			at = append(at, q.Start+i)
		}
		at = append(at, q.End)
		if begin {
			return at[rng.Intn(len(at)-1)]
		}
		return at[1+rng.Intn(len(at)-1)]
	}
}

func TestAnsweredCommentsStay(t *testing.T) {
	in := typed(p(r("abc")+r("def")), nil).zipped(t)
	f, err := Read(in, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var comments []Comment
	for i, on := range []string{"abc", "def", "bcde"} {
		c := words(t, f, on)
		c.Key = uint64(i + 1)
		comments = append(comments, c)
	}
	out, _, err := Annotate(in, comments, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	// As Word saves it once somebody answered the first and ticked off the second.
	saved := contents(t, out)
	text := saved["word/comments.xml"]
	for i := range comments {
		text = strings.Replace(text, "<w:p w:rsidR", fmt.Sprintf(`<w:p w14:paraId="0000000%d" w:rsidR`, i+1), 1)
		text = strings.Replace(text, "<w:p w14", "<w:p  w14", 1)
	}
	text = strings.Replace(text, "<w:comments ", `<w:comments xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" `, 1)
	saved["word/comments.xml"] = strings.Replace(text, "</w:comments>", `<w:comment w:id="9" w:author="B"><w:p w14:paraId="00000009"><w:r><w:t>no</w:t></w:r></w:p></w:comment></w:comments>`, 1)
	saved["word/commentsExtended.xml"] = `<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">` +
		`<w15:commentEx w15:paraId="00000001" w15:done="0"/><w15:commentEx w15:paraId="00000009" w15:paraIdParent="00000001" w15:done="0"/>` +
		`<w15:commentEx w15:paraId="00000002" w15:done="1"/><w15:commentEx w15:paraId="00000003" w15:done="0"/></w15:commentsEx>`
	saved["word/_rels/document.xml.rels"] = strings.Replace(saved["word/_rels/document.xml.rels"], "</Relationships>", `<Relationship Id="e" Type="http://schemas.microsoft.com/office/2011/relationships/commentsExtended" Target="commentsExtended.xml"/></Relationships>`, 1)
	again := parts(saved).zipped(t)
	back, done, err := Strip(again, Limits{})
	if err != nil || done != (Stripped{Removed: 1, Kept: 2}) {
		t.Fatal(done, err)
	}
	left := contents(t, back)
	for part, gone := range map[string]string{"word/document.xml": `w:id="3"`, "word/comments.xml": "bcde", "word/commentsExtended.xml": "00000003"} {
		if strings.Contains(left[part], gone) || !strings.Contains(saved[part], gone) {
			t.Errorf("%s still has %s, or never had it:\n%s", part, gone, left[part])
		}
	}
	for _, there := range []string{"About abc", "About def", ">no<"} {
		if !strings.Contains(left["word/comments.xml"], there) {
			t.Errorf("%s is gone", there)
		}
	}
	// A later run adds only what is not there.
	if f, err = Read(back, Limits{}); err != nil {
		t.Fatal(err)
	}
	var next []Comment
	for i, on := range []string{"abc", "def", "bcde"} {
		c := words(t, f, on)
		c.Key = uint64(i + 1)
		next = append(next, c)
	}
	if _, added, err := Annotate(back, next, Limits{}); err != nil || added != 1 {
		t.Errorf("%d added, %v", added, err)
	}
}

// TestCorpus puts comments into every Word file under CLAUSELINT_CORPUS.
func TestCorpus(t *testing.T) {
	root := os.Getenv("CLAUSELINT_CORPUS")
	if root == "" {
		t.Skip("needs CLAUSELINT_CORPUS: a folder with Word files")
	}
	read := 0
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasPrefix(strings.ToLower(filepath.Ext(path)), ".doc") {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if _, err := Read(data, Limits{}); err != nil {
			return nil
		}
		read++
		t.Run(filepath.Base(path), func(t *testing.T) { checkAnnotations(t, rand.New(rand.NewSource(2)), data, 3) })
		return nil
	})
	if err != nil || read == 0 {
		t.Fatalf("%d files read, %v", read, err)
	}
}

// BenchmarkPages reads 200 pages of a contract, as Word writes them, and comments on
// every tenth paragraph; what reading alone takes stands beside it.
func BenchmarkPages(b *testing.B) {
	const clause = "乙方应当按照本合同约定的时间、地点和方式交付货物，并随附产品合格证、说明书和其他必要文件。"
	var body strings.Builder
	for range 200 * 18 {
		body.WriteString(`<w:p w:rsidR="00AB12CD"><w:pPr><w:spacing w:line="360"/></w:pPr>`)
		for _, part := range strings.SplitAfter(clause, "，") {
			body.WriteString(`<w:r w:rsidR="00AB12CD"><w:rPr><w:rFonts w:hint="eastAsia"/><w:sz w:val="21"/></w:rPr><w:t>` + part + `</w:t></w:r>`)
		}
		body.WriteString(`</w:p>`)
	}
	in := typed(body.String(), nil).zipped(b)
	f, err := Read(in, Limits{})
	if err != nil {
		b.Fatal(err)
	}
	var comments []Comment
	for i := 0; i < len(f.Paragraphs); i += 10 {
		q := f.Paragraphs[i].Runs[0].Pieces[0]
		comments = append(comments, Comment{Part: f.Paragraphs[i].Part, Start: q.Start + 3, End: q.Start + 9, Author: "x", Key: uint64(i), Text: []CommentText{{"zh", clause}}})
	}
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			if _, err := Read(in, Limits{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("annotate", func(b *testing.B) {
		for b.Loop() {
			if _, _, err := Annotate(in, comments, Limits{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
