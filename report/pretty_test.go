package report

import (
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
)

func TestCells(t *testing.T) {
	for _, test := range []struct {
		text string
		want int
	}{
		{"abc", 3}, {"人脸", 4}, {"（一）", 6}, {"ｆ", 2}, {"😀𠮷", 4}, {"e\u0301", 1}, {"“x”", 3},
		{"👩\u200d👧", 2}, {"👍🏽", 2}, {"☎\ufe0f", 2}, {"🇨🇳", 2}, {"\u200b人", 2}, {"가", 2}, {"한", 2},
		{"a\tb", 5}, {"人\tb", 5}, {"\x1b", 4}, {"\u202e", 6}, {"\xff", 4}, {"a\u00adb", 2},
	} {
		if got := cells(glyphs(test.text)); got != test.want {
			t.Errorf("%q: %d cells, want %d", test.text, got, test.want)
		}
	}
}

func TestCaretsStandUnderTheWords(t *testing.T) {
	const line = "第7条 您同意😀𠮷我们收集人脸信息"
	for _, test := range []struct {
		text                         string
		cell, line, column, byteFrom int
	}{
		{line, 24, 1, 16, 37},
		{strings.Replace(line, "7", "17", 1), 25, 1, 17, 38},
		{"第一条 范围\n\n" + line, 24, 3, 16, 55},
	} {
		d := read(t, "a.txt", test.text)
		s := span(t, d, "人脸信息")
		got := excerpts(d, s, 96)
		if len(got) != 1 || got[0].marks != strings.Repeat(" ", test.cell)+"^^^^^^^^" {
			t.Errorf("%q: %q, want 8 carets at cell %d", test.text, got, test.cell)
		}
		at := d.Range(s).Start
		if at.Line != test.line || at.Column != test.column || at.Byte != test.byteFrom {
			t.Errorf("%q: at %+v, want line %d, column %d, byte %d", test.text, at, test.line, test.column, test.byteFrom)
		}
	}
}

func TestLongLinesAreCut(t *testing.T) {
	filler := strings.Repeat("甲乙丙丁。", 40)
	for _, test := range []struct {
		name, before, words, after string
		left, right                bool
	}{
		{"in the middle", filler, "不可撤销的授权", filler, true, true},
		{"at the start", "", "不可撤销的授权", filler, false, true},
		{"at the end", filler, "不可撤销的授权", "", true, false},
		{"words too long", "您同意", strings.Repeat("永久", 60), filler, true, true},
		{"Latin", strings.Repeat("lorem ", 60), "irrevocable", strings.Repeat(" dolor", 60), true, true},
		{"combining marks", strings.Repeat("e\u0301", 200), "a\u0302b", strings.Repeat("o\u0308", 200), true, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := read(t, "a.txt", test.before+test.words+test.after)
			const limit = 80
			e := excerpts(d, document.Span{Start: len(test.before), End: len(test.before) + len(test.words)}, limit)[0]
			width := cells(glyphs(e.line))
			if width > limit || width < limit-3 {
				t.Errorf("%d cells, want %d or just less: %s", width, limit, e.line)
			}
			if got := strings.HasPrefix(e.line, "…"); got != test.left {
				t.Errorf("cut at the left: %v, want %v: %s", got, test.left, e.line)
			}
			if got := strings.HasSuffix(e.line, "…"); got != test.right {
				t.Errorf("cut at the right: %v, want %v: %s", got, test.right, e.line)
			}
			whole := cells(glyphs(test.words)) <= limit-2
			if whole && !strings.Contains(e.line, test.words) {
				t.Errorf("the words are not whole: %s", e.line)
			}
			if under := underlined(e); whole && under != test.words || !strings.HasPrefix(test.words, under) {
				t.Errorf("underlined %q, want %q", under, test.words)
			}
		})
	}
}

// One line of 16 MB with 5,000 findings must not take a pass over the line
// for each of them.
func TestExcerptsOfOneVastLine(t *testing.T) {
	const unit = "您授权我们永久使用您的人脸图像，并且不得撤回。"
	d := &document.Document{Format: document.Text, Text: strings.Repeat(unit, 16<<20/len(unit))}
	d.Blocks = []document.Block{{Span: document.Span{Start: 0, End: len(d.Text)}}}
	start := time.Now()
	for i := range 5000 {
		s := document.Span{Start: i * len(unit) * 10, End: i*len(unit)*10 + len("您授权")}
		e := excerpts(d, s, 96)[0]
		if underlined(e) != "您授权" || !strings.HasSuffix(e.line, "…") || strings.HasPrefix(e.line, "…") != (i > 0) {
			t.Fatalf("at %d: %q", s.Start, e)
		}
	}
	if took := time.Since(start); took > time.Minute {
		t.Errorf("%v; a pass over the line for each finding would take that long", took)
	}
}

// underlined is the part of the line that the carets stand under.
func underlined(e excerpt) string {
	from := strings.Index(e.marks, "^")
	out, at := "", 0
	for _, g := range glyphs(e.line) {
		if at >= from && at < len(e.marks) {
			out += g.text
		}
		at += g.cells
	}
	return out
}

func TestWordsOverSeveralLines(t *testing.T) {
	d := read(t, "a.txt", "第一条\n\n您的授权\n\n（一）不可撤销；\n\n（二）永久有效。\n")
	got := excerpts(d, stretch(t, d, "授权", "永久"), 96)
	want := []excerpt{{"您的授权", "    ^^^^"}, {"（二）永久有效。", "^^^^^^^^^^"}}
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestExcerptOfNothing(t *testing.T) {
	d := read(t, "a.txt", "")
	if got := excerpts(d, document.Span{}, 80); got != nil {
		t.Errorf("%q for an empty file", got)
	}
}

func TestWrap(t *testing.T) {
	for _, test := range []struct {
		text  string
		limit int
		want  []string
	}{
		{"one two three", 8, []string{"one two", "three"}},
		{"甲乙丙丁，戊己", 8, []string{"甲乙丙", "丁，戊己"}},
		{"甲乙（丙丁）", 6, []string{"甲乙", "（丙", "丁）"}},
		{"依照PIPL第15条", 8, []string{"依照PIPL", "第15条"}},
		{"antidisestablishment", 6, []string{"antidi", "sestab", "lishme", "nt"}},
		{"a\nb", 6, []string{"a", "b"}},
		{"", 6, []string{""}},
	} {
		got := wrap(test.text, test.limit)
		if strings.Join(got, "|") != strings.Join(test.want, "|") {
			t.Errorf("%q in %d cells: %q, want %q", test.text, test.limit, got, test.want)
		}
	}
}

func TestCitationsNameEachInstrumentOnce(t *testing.T) {
	for _, test := range []struct {
		zh       bool
		articles []string
		want     string
	}{
		{true, []string{"《甲法》第五条", "《乙法》第四条", "《甲法》第六条第一款"}, "《甲法》第五条、第六条第一款；《乙法》第四条"},
		{false, []string{"A art. 5", "B art. 4", "A art. 6(1)"}, "A art. 5, 6(1); B art. 4"},
		{false, []string{"pipl:15", "pipl:15"}, "pipl:15; pipl:15"},
		{true, nil, ""},
	} {
		if got := vocabularies[test.zh].citations(test.articles); got != test.want {
			t.Errorf("%q: %q, want %q", test.articles, got, test.want)
		}
	}
}

// Nothing that a contract, a file name or a firm's own rule holds may reach
// the terminal as a command.
func TestNoControlCharacterGetsOut(t *testing.T) {
	const evil = "\x1b]0;x\a\u009b2J\u202e\r\x7f\u2066"
	d := read(t, "a.txt", "甲"+evil+"不可撤销"+evil+"乙")
	f := finding(span(t, d, "撤销"+"\x1b]0;x"), "zh")
	f.Message, f.Suggestion = evil+"m", evil+"s"
	f.Clause.Label, f.Clause.Heading, f.Clause.Level = evil, evil, 1
	f.Evidence = []lint.Evidence{{Span: f.Span, Role: lint.Role(evil), Note: evil}}
	d.Problems = []document.Problem{{Message: evil}}
	run := &Run{Version: "v0", Results: []Result{
		{Path: evil, Doc: d, Findings: []lint.Finding{f}},
		{Path: evil, Err: &strangeError{evil}},
	}}
	for format := range Formats {
		for _, quiet := range []bool{false, true} {
			run.Quiet = quiet
			for line := range strings.Lines(string(write(t, format, run))) {
				bad := strings.IndexFunc(strings.TrimSuffix(line, "\n"), func(r rune) bool {
					return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
				})
				if bad >= 0 {
					t.Errorf("%s: control character at %d of %q", format, bad, line)
				}
			}
		}
	}
}

type strangeError struct{ s string }

func (e *strangeError) Error() string { return e.s }

func TestColorCanBeStripped(t *testing.T) {
	run := sample(t)
	want := string(write(t, "pretty", run))
	run.Color = true
	got := string(write(t, "pretty", run))
	for _, st := range []style{bold, faint, red, yellow, blue, green} {
		got = strings.ReplaceAll(got, "\x1b["+string(st)+"m", "")
	}
	if got = strings.ReplaceAll(got, "\x1b[0m", ""); got != want {
		t.Error("colour changes more than the colour")
	}
}
