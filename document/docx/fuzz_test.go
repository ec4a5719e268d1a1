package docx

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzRead reads main parts and lists, and whole files, of any content. What
// is read must be valid text that its pieces cover.
func FuzzRead(f *testing.F) {
	for _, tt := range bodies {
		f.Add([]byte(nil), document(tt.body), "")
	}
	for _, tt := range lists {
		f.Add([]byte(nil), document(tt.body), tt.numbering)
	}
	for _, v := range variants {
		f.Add(v.zipped(f), "", "")
	}
	for _, b := range broken(f) {
		if len(b.data) < 1<<16 {
			f.Add(b.data, "", "")
		}
	}
	limits := Limits{PartBytes: 1 << 20, TotalBytes: 2 << 20}
	f.Fuzz(func(t *testing.T, data []byte, main, numbering string) {
		if len(data) == 0 {
			files := listFile(numbering, "", "")
			files["word/document.xml"] = main
			file, err := Read(files.zipped(t), limits)
			checkRead(t, file, err)
			utf16 := strings.HasPrefix(main, "\xFF\xFE") || strings.HasPrefix(main, "\xFE\xFF") || strings.HasPrefix(main, "<\x00") || strings.HasPrefix(main, "\x00<")
			if err == nil && !utf16 {
				checkPieces(t, files, file)
			}
			return
		}
		file, err := Read(data, limits)
		checkRead(t, file, err)
	})
}

func checkRead(t *testing.T, file *File, err error) {
	t.Helper()
	if err != nil {
		if msg := err.Error(); !utf8.ValidString(msg) || strings.ContainsAny(msg, "\r\n") {
			t.Errorf("error %q", msg)
		}
		return
	}
	for _, p := range file.Paragraphs {
		if !utf8.ValidString(p.Text()) || !utf8.ValidString(p.Label) || p.Index < 1 {
			t.Errorf("paragraph %d: %q %q", p.Index, p.Label, p.Text())
		}
	}
}

// FuzzAnnotate puts a comment on the first words of a part and takes it out again.
func FuzzAnnotate(f *testing.F) {
	for _, body := range []string{
		p(r("abc")), p(`<w:r><w:rPr><w:b/></w:rPr><w:t> a &amp; b </w:t><w:tab/></w:r>`),
		p(`<w:hyperlink>`+r("a")+`</w:hyperlink><w:ins w:id="1">`+r("b")+`</w:ins>`) + `<w:tbl><w:tr><w:tc>` + p(r("c")) + `</w:tc></w:tr></w:tbl>`,
		p(`<w:r><w:fldChar w:fldCharType="begin"/><w:t>a</w:t><w:fldChar w:fldCharType="end"/></w:r>`),
	} {
		f.Add(body, 0, 1)
		f.Add(body, 1, 2)
	}
	f.Fuzz(func(t *testing.T, body string, from, size int) {
		in := typed(body, nil).zipped(t)
		file, err := Read(in, Limits{})
		if err != nil {
			return
		}
		c, text := firstWords(file)
		if c.End == 0 {
			return
		}
		if n := c.End - c.Start; n == len(text) && from > 0 && size > 0 && from < n && size < n-from && utf8.RuneStart(text[from]) && utf8.RuneStart(text[from+size]) {
			c.Start, c.End = c.Start+from, c.Start+from+size
		}
		out, _, err := Annotate(in, []Comment{c}, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		again, err := Read(out, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if strings.Join(texts(again), "|") != strings.Join(texts(file), "|") {
			t.Fatalf("text %q became %q", texts(file), texts(again))
		}
		back, done, err := Strip(out, Limits{})
		if err != nil || done.Removed != 1 {
			t.Fatal(done, err)
		}
		if got := contents(t, back)["word/document.xml"]; got != document(body) {
			t.Fatalf("%s became %s", body, got)
		}
		if _, err := Redline(in, []Replacement{{Comment: c, Text: "x"}}, Limits{}); err != nil && !errors.Is(err, ErrNoPlace) {
			t.Fatal(err)
		}
	})
}

// firstWords is a comment on the first piece of text, and that text.
func firstWords(file *File) (c Comment, text string) {
	for _, para := range file.Paragraphs {
		for _, run := range para.Runs {
			if len(run.Pieces) > 0 {
				q := run.Pieces[0]
				return Comment{Part: para.Part, Start: q.Start, End: q.End, Author: "a", Text: []CommentText{{"en", "b"}}}, run.Text[q.Text : q.Text+q.Len]
			}
		}
	}
	return c, ""
}
