package lsp

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// editor is a text as an editor that counts in UTF-16 keeps it. It shares no code with
// the server.
type editor struct {
	units   []uint16
	version int
}

func newEditor(text string) *editor { return &editor{utf16.Encode([]rune(text)), 1} }

func (e *editor) text() string { return string(utf16.Decode(e.units)) }

// starts is where each line begins.
func (e *editor) starts() []int {
	out := []int{0}
	for i, u := range e.units {
		if u == '\n' || u == '\r' && (i+1 == len(e.units) || e.units[i+1] != '\n') {
			out = append(out, i+1)
		}
	}
	return out
}

func (e *editor) position(at int) Position {
	starts := e.starts()
	line := 0
	for line+1 < len(starts) && starts[line+1] <= at {
		line++
	}
	return Position{uint32(line), uint32(at - starts[line])}
}

// cut is the text of a range of diagnostics.
func (e *editor) cut(r Range) string {
	starts := e.starts()
	from, to := starts[r.Start.Line]+int(r.Start.Character), starts[r.End.Line]+int(r.End.Character)
	return string(utf16.Decode(e.units[from:to]))
}

// splits reports whether a place lies inside a character or a line break, where no editor
// has a cursor.
func (e *editor) splits(at int) bool {
	if at <= 0 || at >= len(e.units) {
		return false
	}
	return e.units[at] >= 0xDC00 && e.units[at] <= 0xDFFF || e.units[at] == '\n' && e.units[at-1] == '\r'
}

// replace makes an edit, and returns what undoes it. No range can begin or end inside a
// line break: one that an edit before it has joined is replaced as a whole.
func (e *editor) replace(from, to int, text string) (edit map[string]any, undo func(*editor) map[string]any) {
	for ; e.splits(from); from-- {
		text = string(rune(e.units[from-1])) + text
	}
	for ; e.splits(to); to++ {
		text += string(rune(e.units[to]))
	}
	edit = map[string]any{"range": Range{e.position(from), e.position(to)}, "text": text}
	removed := string(utf16.Decode(e.units[from:to]))
	added := utf16.Encode([]rune(text))
	e.units = slices.Concat(e.units[:from:from], added, e.units[to:])
	return edit, func(e *editor) map[string]any {
		back, _ := e.replace(from, from+len(added), removed)
		return back
	}
}

// wild is what the edits put in: words that are found, and all that positions break at.
var wild = []string{
	"😀", "𠮷", "葛󠄀", "👨‍👩‍👧", "\r\n", "\n", "\r", "\n\n", "\t", "\u3000", "\u2028", "。", "a",
	"您授予我们对您的人脸信息的永久、不可撤销的许可。", "You grant us a perpetual, irrevocable licence over your face data 😀.",
	"“肖像素材”指您的人脸照片。", "第九条 ", "**", "`", "<!-- ", " -->", "|", "> ", "（", "",
}

// contracts is fixtures without the marks of expected findings, with every kind of line
// break.
func contracts(t testing.TB) map[string]string {
	t.Helper()
	out := map[string]string{}
	paths, err := filepath.Glob("../fixtures/demo/*.[tm][xd]*")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	breaks := []string{"\n", "\r\n", "\r"}
	for i, path := range paths {
		var b strings.Builder
		for line := range strings.Lines(string(readTB(t, path))) {
			if !strings.HasPrefix(line, "^^^") {
				b.WriteString(line)
			}
		}
		text := strings.ReplaceAll(b.String(), "\n", breaks[i%len(breaks)])
		out[filepath.Base(path)] = strings.Replace(text, "。", "😀。", 3)
	}
	out["mixed.txt"] = "甲😀\r" + grantText + "\r\n𠮷乙\r\r\n" + grantText
	return out
}

// TestRandomEdits edits on both sides at random: the texts stay the same, each diagnostic
// underlines in the client's text the words that it quotes, and when everything is undone
// the diagnostics are those of the beginning.
func TestRandomEdits(t *testing.T) {
	for name, text := range contracts(t) {
		t.Run(name, func(t *testing.T) {
			seed := uint64(len(text))
			randomEdits(t, name, text, rand.New(rand.NewPCG(seed, 7)), 25)
		})
	}
}

// FuzzEdits is TestRandomEdits with texts and edits of the fuzzer's.
func FuzzEdits(f *testing.F) {
	for name, text := range contracts(f) {
		f.Add(text, uint64(1), strings.HasSuffix(name, ".md"))
	}
	f.Add("a\rb\r\nc😀", uint64(3), false)
	f.Add("\ufeff# 人脸\n", uint64(4), true)
	f.Fuzz(func(t *testing.T, text string, seed uint64, markdown bool) {
		if len(text) > 20_000 || strings.ToValidUTF8(text, "") != text {
			t.Skip()
		}
		name := "a.txt"
		if markdown {
			name = "a.md"
		}
		randomEdits(t, name, text, rand.New(rand.NewPCG(seed, 7)), 6)
	})
}

func randomEdits(t *testing.T, name, text string, r *rand.Rand, rounds int) {
	c := start(t, testOptions(), pulling(), nil)
	uri := "file:///w/" + name
	e := newEditor(text)
	c.open(uri, "plaintext", text)
	first := c.pull(uri, "")
	markdown := strings.HasSuffix(name, ".md")
	checkQuotes(t, e, first, markdown)
	var undo []func(*editor) map[string]any
	send := func(edits []map[string]any) {
		e.version++
		c.notify("textDocument/didChange", change(uri, e.version, edits...))
	}
	for range rounds {
		var edits []map[string]any
		for range 1 + r.IntN(3) {
			from := place(e, r.IntN(len(e.units)+1))
			to := from
			if r.IntN(2) == 0 {
				to = place(e, min(len(e.units), from+r.IntN(12)))
			}
			edit, back := e.replace(from, max(from, to), wild[r.IntN(len(wild))])
			edits, undo = append(edits, edit), append(undo, back)
		}
		send(edits)
		now := c.pull(uri, "")
		if got := c.server.newest(uri).lines.text; got != e.text() {
			t.Fatalf("after %v the server has %q, the client %q", edits, got, e.text())
		}
		checkQuotes(t, e, now, markdown)
	}
	var edits []map[string]any
	for _, back := range slices.Backward(undo) {
		edits = append(edits, back(e))
	}
	send(edits)
	if e.text() != text {
		t.Fatal("the test undoes wrongly")
	}
	c.pull(uri, "")
	if got := c.server.newest(uri).lines.text; got != text {
		t.Fatalf("undone by %v, the server has %q, the client %q", edits, got, text)
	}
	if again := c.pull(uri, first.ResultID); again.Kind != "unchanged" {
		t.Errorf("undone: %+v, want %+v", again.Items, first.Items)
	}
	c.call("shutdown", nil, nil)
	c.notify("exit", nil)
	<-c.exit
}

// place is at, or the next place before it that an editor can have a cursor at.
func place(e *editor, at int) int {
	for e.splits(at) {
		at--
	}
	return at
}

// checkQuotes cuts out of the client's text what each diagnostic underlines.
func checkQuotes(t *testing.T, e *editor, p pulled, markdown bool) {
	t.Helper()
	for _, d := range p.Items {
		if d.Data == nil {
			continue // about the whole document, which may begin with an empty line
		}
		got := e.cut(d.Range)
		if got == "" {
			t.Fatalf("%s underlines nothing at %v", d.Code, d.Range)
		}
		if strings.ContainsRune(got, '\uFFFD') {
			t.Fatalf("%s cuts a surrogate pair at %v", d.Code, d.Range)
		}
		if !(bare(got) == bare(d.Data.Quote) || markdown && aroundMarkup(bare(got), bare(d.Data.Quote))) {
			t.Fatalf("%s underlines %q, quotes %q\nin %q", d.Code, got, d.Data.Quote, e.text())
		}
		for _, r := range d.RelatedInformation {
			if e.cut(r.Location.Range) == "" {
				t.Fatalf("%s: evidence %q underlines nothing", d.Code, r.Message)
			}
		}
	}
}

// aroundMarkup reports whether a text begins and ends as a quote does, and holds all of it
// in order: what stands between is markup, such as a comment.
func aroundMarkup(text, quote string) bool {
	all, words := []rune(text), []rune(quote)
	if len(all) == 0 || len(words) == 0 || all[0] != words[0] || all[len(all)-1] != words[len(words)-1] {
		return false
	}
	for _, r := range all {
		if len(words) > 0 && r == words[0] {
			words = words[1:]
		}
	}
	return len(words) == 0
}

// bare is a text without white space and without what may be markup.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\r\n\u3000\u2028\u0085\u00a0\u200b\ufeff*_`>|#-<!\\", r) {
			return -1
		}
		return r
	}, s)
}

// FuzzMapper compares applying an edit with the server's mapper and with the editor.
func FuzzMapper(f *testing.F) {
	f.Add("a\r\nb😀c\rd", "脸", 3, 5)
	f.Add("", "\r", 0, 0)
	f.Add("\r", "\n", 1, 1)
	f.Fuzz(func(t *testing.T, text, insert string, from, to int) {
		if strings.ToValidUTF8(text+insert, "") != text+insert {
			t.Skip()
		}
		e := newEditor(text)
		if from < 0 || to < from || to > len(e.units) || e.splits(from) || e.splits(to) {
			t.Skip()
		}
		start, end := e.position(from), e.position(to)
		got := newMapper(text, UTF16).apply(contentChange{&Range{start, end}, insert})
		if e.replace(from, to, insert); got != e.text() {
			t.Fatalf("%q with %q at %v-%v is %q, want %q", text, insert, start, end, got, e.text())
		}
		m := newMapper(got, UTF16)
		if p := e.position(len(e.units)); m.position(len(got)) != p {
			t.Fatalf("%q ends at %v, want %v", got, m.position(len(got)), p)
		}
	})
}

// TestHalves sends an edit that leaves half a character behind: lines and characters of
// what comes after it stay right.
func TestHalves(t *testing.T) {
	c := start(t, testOptions(), pulling(), nil)
	text := "😀" + grantText
	c.open(testURI, "plaintext", text)
	before := c.pull(testURI, "")
	c.notify("textDocument/didChange", change(testURI, 2, map[string]any{"range": Range{Position{0, 1}, Position{0, 2}}, "text": ""}))
	after := c.pull(testURI, "")
	if len(after.Items) == 0 || fmt.Sprint(codesOf(after.Items)) != fmt.Sprint(codesOf(before.Items)) {
		t.Errorf("found %q, before %q", codesOf(after.Items), codesOf(before.Items))
	}
}
