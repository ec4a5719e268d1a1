package gate

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/report"
	"github.com/clauselint/clauselint/segment"
)

var known = []string{"irrevocable-grant", "perpetual-grant"}

func read(t testing.TB, name, text string) *document.Document {
	t.Helper()
	d, err := document.Read(name, []byte(text), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// finding is one of a rule on the first place of the words.
func finding(t *testing.T, d *document.Document, rule, words, print string) lint.Finding {
	t.Helper()
	i := strings.Index(d.Text, words)
	if i < 0 {
		t.Fatalf("no %q in %q", words, d.Text)
	}
	return lint.Finding{
		Span: document.Span{Start: i, End: i + len(words)}, Rule: &clauses.Rule{ID: rule, When: []clauses.Condition{{Act: "grant"}}},
		Severity: clauses.Error, Clause: &segment.Clause{}, Fingerprint: print,
	}
}

func TestDirectivesReach(t *testing.T) {
	d := read(t, "a.md", `甲

<!-- clauselint-disable-next-line irrevocable-grant reason="r" by="b" -->

乙

| 丙 | 丁 |
|---|---|
| 戊 | 己 |

<!-- clauselint-disable perpetual-grant reason='r' by='b' -->

庚

<!-- clauselint-enable perpetual-grant -->

辛
`)
	waivers, err := Directives(d, known)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		rule, words string
		waived      bool
	}{
		{"irrevocable-grant", "甲", false}, {"irrevocable-grant", "乙", true}, {"perpetual-grant", "乙", false}, {"irrevocable-grant", "丙", false},
		{"perpetual-grant", "庚", true}, {"irrevocable-grant", "庚", false}, {"perpetual-grant", "辛", false},
	} {
		r := report.Result{Doc: d, Findings: []lint.Finding{finding(t, d, tt.rule, tt.words, "00")}}
		Waive(&r, waivers, "2026-01-01")
		if got := len(r.Waived) == 1; got != tt.waived || got == (len(r.Findings) == 1) {
			t.Errorf("%s at %s: waived %v, want %v", tt.rule, tt.words, got, tt.waived)
		}
	}
	table := read(t, "a.md", "<!-- clauselint-disable-next-line irrevocable-grant reason=r by=b -->\n\n| 丙 | 丁 |\n|---|---|\n| 戊 | 己 |\n\n末\n")
	waivers, err = Directives(table, known)
	if err != nil {
		t.Fatal(err)
	}
	for words, want := range map[string]bool{"丙": true, "己": true, "末": false} {
		f := finding(t, table, "irrevocable-grant", words, "00")
		if got := waivers[0].lets(&f); got != want {
			t.Errorf("of a table, %s: %v, want %v", words, got, want)
		}
	}
}

func TestDirectivesRefused(t *testing.T) {
	for text, want := range map[string]string{
		`clauselint-disable-next-line irrevocable-grant by="b"`:                                 "no reason",
		`clauselint-disable-next-line irrevocable-grant reason="" by="b"`:                       "no reason",
		`clauselint-disable-next-line irrevocable-grant reason="r"`:                             "no name",
		`clauselint-disable-next-line reason="r" by="b"`:                                        "no rule",
		`clauselint-disable-next-line irrevocable reason="r" by="b"`:                            `unknown rule "irrevocable"`,
		`clauselint-disable-next-line irrevocable-grant reason="r" by="b" untill=2026-01-01`:    `did you mean "until"?`,
		`clauselint-disable-next-line irrevocable-grant reason="r" by="b" until=2026-02-30`:     "is no day",
		`clauselint-disable-next-line irrevocable-grant reason="r by=b`:                         "nothing closes",
		`clauselint-disable-next-line irrevocable-grant reason="r" reason="s" by="b"`:           "stands there twice",
		`clauselint-disable-all irrevocable-grant reason="r" by="b"`:                            "no directive clauselint-disable-all",
		`clauselint-enable irrevocable-grant`:                                                   "nothing to enable",
		"clauselint-disable-next-line irrevocable-grant reason=\"r\" by=\"b\" irrevocable-gran": `did you mean "irrevocable-grant"?`,
	} {
		_, err := Directives(read(t, "a.md", "<!-- "+text+" -->\n\n甲\n"), known)
		if err == nil || !strings.HasPrefix(err.Error(), "a.md:1: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
	if w, err := Directives(read(t, "a.md", "<!-- clauselint is a program -->\n\n甲\n"), known); err != nil || len(w) > 0 {
		t.Errorf("a comment about the program: %v, %v", w, err)
	}
}

// What Directive writes, Directives reads, whatever the reason is.
func FuzzDirective(f *testing.F) {
	f.Add("Memo 7", "Li Lei")
	f.Add(`a "quoted" --> reason`, "--")
	f.Add("“x”\r\n", "李雷")
	f.Fuzz(func(t *testing.T, reason, by string) {
		text := Directive("irrevocable-grant", reason, by) + "\n\n甲\n"
		d, err := document.Read("a.md", []byte(text), document.Options{Encoding: "utf-8"})
		if err != nil {
			return
		}
		w, err := Directives(d, known)
		if err == nil && (len(w) != 1 || w[0].Reason == "" || w[0].By == "" || strings.Contains(d.Text, "clauselint")) {
			t.Errorf("%q: %+v, text %q", text, w, d.Text)
		}
	})
}

func FuzzDirectives(f *testing.F) {
	f.Add("clauselint-disable-next-line irrevocable-grant reason=\"r\" by=\"b\" until=2026-01-01")
	f.Add("clauselint-disable perpetual-grant, irrevocable-grant reason=“r” by=‘b’")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := document.Read("a.md", []byte("<!-- "+text+" -->\n\n甲\n"), document.Options{})
		if err != nil {
			return
		}
		w, err := Directives(d, known)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "a.md:") {
				t.Errorf("%q does not begin with the file", err)
			}
			return
		}
		for _, x := range w {
			if x.Reason == "" || x.By == "" || x.Line < 1 {
				t.Errorf("%+v", x)
			}
		}
	})
}

func TestWaiveByFingerprint(t *testing.T) {
	d := read(t, "a.txt", "甲乙")
	waiver := Waiver{Waiver: report.Waiver{Reason: "r", By: "b", Until: "2026-06-30"}, Rule: "irrevocable-grant", Fingerprint: "aa"}
	other := Waiver{Waiver: report.Waiver{Reason: "r", By: "b"}, Rule: "irrevocable-grant", Fingerprint: "bb"}
	for today, want := range map[string]int{"2026-06-30": 1, "2026-07-01": 0} {
		r := report.Result{Doc: d, Findings: []lint.Finding{finding(t, d, "irrevocable-grant", "甲", "aa"), finding(t, d, "perpetual-grant", "乙", "aa")}}
		used := Waive(&r, []Waiver{waiver, other}, today)
		if len(r.Waived) != want || len(r.Findings) != 2-want {
			t.Errorf("on %s: %d waived, %d left", today, len(r.Waived), len(r.Findings))
		}
		if diff := cmp.Diff([]bool{true, false}, used); diff != "" {
			t.Errorf("on %s: used %s", today, diff)
		}
	}
}

func TestBaselineRoundTrip(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "b.json")
	file := filepath.Join(dir, "a.txt")
	if err := os.WriteFile(file, []byte("甲乙"), 0o644); err != nil {
		t.Fatal(err)
	}
	d := read(t, file, "甲乙")
	results := []report.Result{{Path: file, Doc: d, Findings: []lint.Finding{
		finding(t, d, "perpetual-grant", "乙", "0123456789abcdef"), finding(t, d, "irrevocable-grant", "甲", "fedcba9876543210"),
	}}}
	b := NewBaseline(path, results)
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), "\n"); n != 4 {
		t.Errorf("not one finding a line:\n%s", &out)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	again, err := ReadBaseline(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(b, again, cmpopts.IgnoreUnexported(Baseline{})); diff != "" {
		t.Errorf("written and read (-written +read):\n%s", diff)
	}
	again.Hold(&results[0])
	if len(results[0].Known) != 2 || len(results[0].Findings) != 0 || len(again.Stale(results)) != 0 {
		t.Errorf("%d known, %d left, stale %v", len(results[0].Known), len(results[0].Findings), again.Stale(results))
	}
	// In another file it is new, as long as the first is there.
	copied := report.Result{Path: filepath.Join(dir, "copy.txt"), Doc: d, Findings: results[0].Known[:1]}
	again.Hold(&copied)
	if len(copied.Known) != 0 {
		t.Error("a copy of a known clause in another file is known")
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	again, err = ReadBaseline(path)
	if err != nil {
		t.Fatal(err)
	}
	again.Hold(&copied)
	if len(copied.Known) != 1 {
		t.Error("a clause of a file that has another name now is not known")
	}
	if got := again.Without(again.Stale([]report.Result{copied})); len(got.Entries) != 1 {
		t.Errorf("pruned to %v", got.Entries)
	}
}

func TestBrokenBaselines(t *testing.T) {
	path := filepath.Join(t.TempDir(), "b.json")
	for text, want := range map[string]string{
		"":                            "line 1: no baseline",
		"{\"version\": 2}":            "version 2; this program reads version 1",
		"{\"version\": 1,\n\"x\": 1}": "no baseline",
		"{\"version\": 1} {}":         "something stands after",
		`{"version": 1, "findings": [{"file": "a", "rule": "b", "fingerprint": "c", "quote": ""}]}`: "finding 1: no file, rule or fingerprint",
	} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadBaseline(path); err == nil || !strings.HasPrefix(err.Error(), path+": ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}
