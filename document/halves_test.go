package document

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// checkHalves reads Markdown whole and, if it has a seam, in halves, and wants the same.
func checkHalves(t *testing.T, data []byte) (cut bool) {
	t.Helper()
	whole, err := Read("a.md", data, Options{})
	if err != nil || whole.Format != Markdown {
		return false
	}
	d := &Document{Name: "a.md", Format: Markdown, Encoding: whole.Encoding, src: whole.src}
	d.src.inner, d.src.lines = nil, new(lineIndex)
	w := &markdownReader{b: &builder{d: d}}
	w.b.cur.Kind = Paragraph
	w.html.b = w.b
	w.src = loneReturns(d.src.decoded)
	if n := w.frontMatter(); n > 0 {
		w.src, w.b.base = w.src[n:], n
	}
	at := seam(w.src)
	if at == 0 {
		return false
	}
	if err := w.halves(at); err != nil {
		t.Fatal(err)
	}
	w.b.done()
	d.Problems = append(append([]Problem(nil), whole.Problems[:len(whole.Problems)-min(len(whole.Problems), len(d.Problems))]...), d.Problems...)
	whole.src.lines, d.src.lines = nil, nil
	if !reflect.DeepEqual(whole, d) {
		t.Fatalf("cut at %d of\n%s\nhalves: %+v\nwhole: %+v", at, data, d, whole)
	}
	return true
}

func TestHalvesReadAsTheWhole(t *testing.T) {
	cut := 0
	for _, s := range []string{
		"---\ntitle: x\n---\n# 甲\n\nan *emphatic* and **strong** beginning\n\n# 乙\n\n- d **f** &amp; \\*\n",
		"# A\n\n| a | b |\n|-|-|\n| c | d |\n| long | row |\n\n## B\n\n| a | b |\n|-|-|\n| e | **f** |\n",
		"- a\n\n  b\n\n- c\n\n# D\n\n- e\n",
		"> # a\n>\n> b\n\n# c\n\n> d\n",
		"<div>a\n\n<b>c</b>\n\n# d\n\n</div>\n\ne\n",
		"a word\r\n\r\n**b**\r\n\r\n# c\r\n\r\nd\r\n",
		"\n\n\n\n\n\n\n\n# a\n",
		"a long one\n\nb\n\n# \n\n&lt;",
	} {
		if !checkHalves(t, []byte(s)) {
			t.Errorf("no seam in %q", s)
		}
	}
	for _, s := range []string{"# a\n\n```\n\n# b\n\n```\n", "# a\n\n[x]\n\n# b\n\n[x]: y\n", "<!-- a\n\n# b\n\n-->\n", "<pre>\n\n# b\n\n</pre>\n", "a\n# b\n"} {
		if checkHalves(t, []byte(s)) {
			t.Errorf("a seam in %q", s)
		}
	}
	files, err := filepath.Glob("../fixtures/*/*.md")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if checkHalves(t, data) {
			cut++
			all.Write(data)
			all.WriteString("\n\n")
		}
	}
	if 3*cut < len(files) || !checkHalves(t, []byte(all.String())) {
		t.Errorf("only %d of %d files have a seam", cut, len(files))
	}
}

func FuzzHalves(f *testing.F) {
	f.Add([]byte("# 甲\n\n*乙*\n\n## 丙\n\n|a|\n|-|\n|b|\n"))
	f.Add([]byte("- a\n\n# b\n\n    c\n"))
	f.Add([]byte("<ul><li>a\n\n# b\n\n</ul>"))
	f.Fuzz(func(t *testing.T, data []byte) { checkHalves(t, data) })
}
