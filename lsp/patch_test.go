package lsp

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// patchable is a server and a long agreement, linted as a whole and ready to be patched.
func patchable(tb testing.TB, text string) (*Server, *base, Rules) {
	tb.Helper()
	opts := testOptions()
	governor, err := opts.Configure(Settings{})
	if err != nil {
		tb.Fatal(err)
	}
	rules, err := governor("agreement.md")
	if err != nil {
		tb.Fatal(err)
	}
	s := newServer(new(strings.Builder), os.Stderr, opts)
	a := analyseText("agreement.md", newMapper(text, UTF16), rules)
	b := s.newBase(testURI, a, s.diagnostics(testURI, a))
	if b == nil {
		tb.Fatal("not to be patched")
	}
	return s, b, rules
}

// typed is what random edits put into a text, or nothing; the first more often.
var typed = []string{
	"a", "。", "，", "用户", "人脸信息", " ", "永久", "不可撤销", "the", "third parties", "face data ", "; ", "(", "not ", "",
	"您同意我们永久使用您的人脸信息。", "\n", "本协议所称“平台”，是指用户。", "\n\n## 9 ", "(the \"Company\") ", "第3条", "\n\n7.2 我们可以公开您的人脸照片。\n\n",
}

// A patch says what linting the new text as a whole says, wherever somebody types.
func TestPatchSaysWhatTheWholeSays(t *testing.T) {
	text := longAgreement(100_000)
	s, b, rules := patchable(t, text)
	source := rand.New(rand.NewPCG(1, 2))
	patched := 0
	const places, keystrokes = 60, 5
	for place := range places {
		now, at := text, source.IntN(len(text))
		if place%2 == 0 { // at a finding
			d := b.diagnostics[source.IntN(len(b.diagnostics))]
			at, _ = b.shown.offset(d.Range.Start)
		}
		for range keystrokes {
			at = min(len(now), max(0, at+source.IntN(24)-8))
			to := min(len(now), at+source.IntN(2)*source.IntN(12))
			for !boundary(now, at) {
				at--
			}
			for !boundary(now, to) {
				to++
			}
			now = now[:at] + typed[min(source.IntN(len(typed)), source.IntN(2*len(typed)))] + now[to:]
			lines := newMapper(now, UTF16)
			got, certain := b.patched(lines)
			if got == nil {
				continue
			}
			patched++
			for _, d := range got {
				if words := cut(now, d.Range); strings.Join(strings.Fields(words), "") != strings.Join(strings.Fields(d.Data.Quote), "") {
					t.Fatalf("%s is at %q and quotes %q", d.Code, words, d.Data.Quote)
				}
			}
			want := s.diagnostics(testURI, analyseText("agreement.md", lines, rules))
			if !certain {
				got, want = aboutClauses(got), aboutClauses(want)
			}
			if g, w := string(encode(got)), string(encode(want)); g != w {
				t.Fatalf("after an edit at %d of %d:\n%s\ngot  %s\nwant %s", at, len(now), now[max(0, at-200):min(len(now), at+200)], g, w)
			}
		}
	}
	if 3*patched < places*keystrokes {
		t.Errorf("only %d of %d texts were patched", patched, places*keystrokes)
	}
}

// aboutClauses is those diagnostics that are neither about what the document lacks or marks
// nor about grants, the limbs of which may stand in several clauses.
func aboutClauses(all []Diagnostic) []Diagnostic {
	return slices.DeleteFunc(all, func(d Diagnostic) bool {
		return strings.HasPrefix(d.Code, "missing-") || d.Code == "not-highlighted" || strings.HasSuffix(d.Code, "-grant")
	})
}

func boundary(s string, i int) bool { return i == len(s) || utf8.RuneStart(s[i]) }

// Who types in a long agreement sees at once what the clause says, and in the end all that
// the new text as a whole says.
func TestTypingInALongAgreement(t *testing.T) {
	text := longAgreement(100_000)
	const sentence = "平台还可以将您的人脸信息提供给合作方用于营销，您不得撤回同意。"
	words := "\n13.1 " // before the first clause about faces that the operator processes
	now := strings.Replace(text, words, words+sentence, 1)
	s, _, rules := patchable(t, now)
	want := s.diagnostics(testURI, analyseText("a.md", newMapper(now, UTF16), rules))
	line, char := utf16Position(text[:strings.Index(text, words)+len(words)])

	typeAll := func(c *testClient, each func()) {
		for i, r := range []rune(sentence) {
			at := Position{uint32(line), uint32(char + i)}
			c.notify("textDocument/didChange", change(testURI, i+2, map[string]any{"range": Range{at, at}, "text": string(r)}))
			each()
		}
	}
	t.Run("pushed", func(t *testing.T) {
		c := start(t, testOptions(), modern(), nil)
		c.open(testURI, "markdown", text)
		c.pushed(testURI, versioned(1))
		typeAll(c, func() {})
		c.pushed(testURI, func(p published) bool { return string(encode(p.Diagnostics)) == string(encode(want)) })
	})
	t.Run("pulled", func(t *testing.T) {
		c := start(t, testOptions(), pulling(), nil)
		c.open(testURI, "markdown", text)
		c.pull(testURI, "")
		var last pulled
		typeAll(c, func() { last = c.pull(testURI, "") })
		for string(encode(last.Items)) != string(encode(want)) {
			c.wait("workspace/diagnostic/refresh", func(json.RawMessage) bool { return true })
			c.forget()
			last = c.pull(testURI, "")
		}
	})
}

// What others lean on is never patched.
func TestPatchKeepsToTheClause(t *testing.T) {
	text := longAgreement(60_000)
	_, b, _ := patchable(t, text)
	for _, edit := range []struct{ name, old, new string }{
		{"title", "用户协议", "隐私政策"},
		{"definition", "平台另行收费的功能", "平台采集的人脸信息"},
		{"another definition", "20.2 ", "20.2 本条所称“数据”，是指人脸信息。"},
		{"number", "\n20.2 ", "\n21.2 "},
		{"new clause", "\n20.2 ", "\n\n## 第二十条之一 人脸\n\n20.2 "},
	} {
		now := strings.Replace(text, edit.old, edit.new, 1)
		if now == text {
			t.Fatalf("%s: nothing to edit", edit.name)
		}
		if d, _ := b.patched(newMapper(now, UTF16)); d != nil {
			t.Errorf("%s: patched", edit.name)
		}
	}
	if d, certain := b.patched(newMapper(strings.Replace(text, "\n20.2 ", "\n20.2 但是", 1), UTF16)); d == nil || !certain {
		t.Error("an ordinary word: not patched")
	}
}

func TestDifference(t *testing.T) {
	for _, c := range []struct {
		a, b             string
		start, end, size int
	}{
		{"", "", 0, 0, 0},
		{"abc", "abc", 3, 3, 0},
		{"abc", "abXc", 2, 2, 1},
		{"abc", "ac", 1, 2, 0},
		{"aaa", "aaaa", 3, 3, 1},
		{"", "x", 0, 0, 1},
		{"人脸", "人险", 3, 6, 3}, // which share their first byte
		{"脸x", "险x", 0, 3, 3},
	} {
		e := difference(c.a, c.b)
		if e.Start != c.start || e.End != c.end || e.size != c.size {
			t.Errorf("%q to %q: %d-%d becomes %d bytes, want %d-%d and %d", c.a, c.b, e.Start, e.End, e.size, c.start, c.end, c.size)
		}
		if got := c.a[:e.Start] + c.b[e.Start:e.Start+e.size] + c.a[e.End:]; got != c.b {
			t.Errorf("%q to %q makes %q", c.a, c.b, got)
		}
	}
}
