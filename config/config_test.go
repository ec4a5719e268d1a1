package config

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/clauselint/clauselint/clauses"
)

var (
	facts = []string{"face-necessary", "under-14"}
	rules = []string{"irrevocable-grant", "missing-filing"}
	known = Known{facts, rules}
)

const fact = "answer: no, owner: Li Wei, date: 2026-10-01, source: DPIA 14"

func TestParse(t *testing.T) {
	c, err := Parse(filepath.Join("a", ".clauselint.yaml"), []byte("\xEF\xBB\xBF"+`version: 1
rules: [house, ../shared]
kind: property
facts:
  face-necessary:
    answer: 是
    owner: 李伟（合规部）
    date: 2026-10-01
    source: "评估报告 2026-14 号"
  under-14: {`+fact+`}
severities: {irrevocable-grant: warning, missing-filing: off}
overrides:
  - files: "gates/**/*.docx"
    kind: employment
    severities:
      missing-filing: error
  - files: [./*.md, draft.txt]
    facts:
      under-14: {answer: Yes, owner: a, date: "2026-10-02", source: b}
`), known)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{filepath.Join("a", "house"), "shared"}, c.Rules); diff != "" {
		t.Errorf("rules (-want +got):\n%s", diff)
	}
	at := func(line int) Place { return Place{filepath.Join("a", ".clauselint.yaml"), line} }
	necessary := Answer{Yes: true, Owner: "李伟（合规部）", Date: "2026-10-01", Source: "评估报告 2026-14 号", At: at(5)}
	young := Answer{Owner: "Li Wei", Date: "2026-10-01", Source: "DPIA 14", At: at(10)}
	later := Answer{Yes: true, Owner: "a", Date: "2026-10-02", Source: "b", At: at(19)}
	general := map[string]Severity{"irrevocable-grant": {clauses.Warning, at(11)}, "missing-filing": {0, at(11)}}
	strict := map[string]Severity{"irrevocable-grant": {clauses.Warning, at(11)}, "missing-filing": {clauses.Error, at(16)}}
	for file, want := range map[string]Settings{
		"a/x.docx":         {Kind: "property", KindAt: at(3), Severities: general, Facts: map[string]Answer{"face-necessary": necessary, "under-14": young}},
		"a/gates/b/x.docx": {Kind: "employment", KindAt: at(14), Severities: strict, Facts: map[string]Answer{"face-necessary": necessary, "under-14": young}},
		"a/x.md":           {Kind: "property", KindAt: at(3), Severities: general, Facts: map[string]Answer{"face-necessary": necessary, "under-14": later}},
		"a/b/x.md":         {Kind: "property", KindAt: at(3), Severities: general, Facts: map[string]Answer{"face-necessary": necessary, "under-14": later}},
		"a/b/draft.txt":    {Kind: "property", KindAt: at(3), Severities: general, Facts: map[string]Answer{"face-necessary": necessary, "under-14": later}},
		"b/draft.txt":      {Kind: "property", KindAt: at(3), Severities: general, Facts: map[string]Answer{"face-necessary": necessary, "under-14": young}},
	} {
		if diff := cmp.Diff(want, c.For(filepath.FromSlash(file))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
	}
	abs, err := filepath.Abs(filepath.FromSlash("a/gates/x.docx"))
	if err != nil {
		t.Fatal(err)
	}
	if got := c.For(abs).Kind; got != "employment" {
		t.Errorf("by its absolute path: kind %q", got)
	}
}

// mistakes are what Parse refuses, and how. schema tells whether the published schema
// can refuse it, too.
var mistakes = []struct {
	name, yaml string
	want       []string
	schema     bool
}{
	{"empty", "", []string{"c.yaml:1:1: the file is empty; begin it with `version: 1`"}, false},
	{"only a comment", "# x\n", []string{"c.yaml:1:1: the file is empty; begin it with `version: 1`"}, false},
	{"no version", "kind: property\n", []string{"c.yaml:1:1: no version; begin the file with `version: 1`"}, true},
	{"another version", "version: 2\n", []string{"c.yaml:1:10: version 2; this program reads version 1"}, true},
	{"a misspelt key", "version: 1\nkinds: property\n", []string{`c.yaml:2:1: unknown key "kinds"; did you mean "kind"?`}, true},
	{"an unknown key", "version: 1\nseverity: error\n", []string{`c.yaml:2:1: unknown key "severity"; did you mean "severities"?`}, true},
	{"an unknown kind", "version: 1\nkind: proprety\n", []string{`c.yaml:2:7: unknown kind "proprety"; did you mean "property"?`}, true},
	{"an unknown rule", "version: 1\nseverities:\n  missing-file: off\n", []string{`c.yaml:3:3: unknown key "missing-file"; did you mean "missing-filing"?`}, false},
	{"an unknown severity", "version: 1\nseverities: {missing-filing: of}\n", []string{`c.yaml:2:30: unknown severity "of"; did you mean "off"?`}, true},
	{"a pattern that is none", "version: 1\nexclude: ['a{']\n", []string{`c.yaml:2:11: "a{" is no pattern; close its brackets, or put \ before them`}, false},
	{"a flow without steps", "version: 1\nflows:\n  - name: x\n", []string{"c.yaml:3:5: a flow without steps; say what a person meets with `steps:`"}, true},
	{"a step of two kinds", "version: 1\nflows:\n  - name: x\n    steps:\n      - {file: a.md, tick: b}\n", []string{"c.yaml:5:22: a step is one of file, text, tick, button; begin another with `-`"}, true},
	{"a step of no kind", "version: 1\nflows:\n  - name: x\n    steps:\n      - ticked: yes\n", []string{"c.yaml:5:9: a step without file, text, tick, button", "c.yaml:5:9: only a tick can be ticked"}, true},
	{"an unknown step", "version: 1\nflows:\n  - name: x\n    steps:\n      - files: a.md\n", []string{`c.yaml:5:9: unknown key "files"; did you mean "file"?`, "c.yaml:5:9: a step without file, text, tick, button"}, true},
	{"an unknown fact", "version: 1\nfacts:\n  under-12: {" + fact + "}\n", []string{`c.yaml:3:3: unknown key "under-12"; did you mean "under-14"?`}, false},
	{"half a fact", "version: 1\nfacts:\n  under-14:\n    answer: yes\n    onwer: x\n", []string{
		"c.yaml:3:3: the fact under-14 has no owner; a fact needs answer, owner, date and source",
		"c.yaml:3:3: the fact under-14 has no date; a fact needs answer, owner, date and source",
		"c.yaml:3:3: the fact under-14 has no source; a fact needs answer, owner, date and source",
		`c.yaml:5:5: unknown key "onwer"; did you mean "owner"?`,
	}, true},
	{"a fact that only says yes", "version: 1\nfacts:\n  under-14: yes\n", []string{"c.yaml:3:13: the fact under-14 must be lines of `key: value`, not text"}, true},
	{"an answer that is none", "version: 1\nfacts:\n  under-14: {answer: maybe, owner: a, date: 2026-10-01, source: b}\n", []string{`c.yaml:3:22: the answer "maybe"; want yes or no`}, true},
	{"a day that is none", "version: 1\nfacts:\n  under-14: {answer: no, owner: a, date: 2026-02-30, source: b}\n", []string{`c.yaml:3:42: the date "2026-02-30"; want a day as 2026-10-01`}, false},
	{"an empty owner", "version: 1\nfacts:\n  under-14: {answer: no, owner: '', date: 2026-02-01, source: b}\n", []string{"c.yaml:3:33: owner is empty; give it, or take the line away"}, true},
	{"a key twice", "version: 1\nkind: property\nkind: employment\n", []string{`c.yaml:3:1: "kind" stands here a second time, after line 2; keep one of the two`}, false},
	{"an override of nothing", "version: 1\noverrides:\n  - kind: property\n", []string{"c.yaml:3:5: an override without files; say which with `files: [\"…\"]`"}, true},
	{"an open bracket", "version: 1\noverrides:\n  - files: '[a'\n", []string{`c.yaml:3:12: "[a" is no pattern; close its brackets, or put \ before them`}, false},
	{"too many braces", "version: 1\noverrides:\n  - files: '{a,b}{a,b}{a,b}{a,b}{a,b}'\n", []string{`c.yaml:3:12: "{a,b}{a,b}{a,b}{a,b}{a,b}" has more than 4 braces; write several patterns`}, false},
	{"overrides that are no list", "version: 1\noverrides:\n  files: a\n", []string{"c.yaml:3:3: overrides must be a list, each item with `files`, not lines of `key: value`"}, true},
	{"a list as kind", "version: 1\nkind: [property]\n", []string{"c.yaml:2:7: kind must be text, not a list"}, true},
	{"an empty list", "version: 1\nrules: []\n", []string{"c.yaml:2:8: rules is empty; give it, or take the line away"}, true},
	{"a text", "hello\n", []string{"c.yaml:1:1: a configuration must be lines of `key: value`, not text"}, true},
	{"an anchor", "version: 1\nkind: &k property\n", []string{"c.yaml:2:7: anchors and aliases are not read; write the value out"}, false},
	{"a tag", "version: 1\nkind: !!str property\n", []string{"c.yaml:2:7: the tag !!str is not read; take it away"}, false},
	{"two lines", "version: 1\nrules: |\n  a\n  b\n", []string{"c.yaml:2:8: rules is more than one line; write it on one"}, false},
	{"two documents", "version: 1\n---\nversion: 1\n", []string{"c.yaml:2:1: a second document; a file holds one configuration"}, false},
	{"broken YAML", "version: 1\nfacts: [\n", []string{"c.yaml:2:1: did not find expected node content; check indentation, quotes and colons near it"}, false},
	{"a tab", "version: 1\nfacts:\n\tunder-14: x\n", []string{"c.yaml:3:1: found character that cannot start any token; check indentation, quotes and colons near it"}, false},
	{"no UTF-8", "version: 1\nkind: \xC1\xB3\n", []string{"c.yaml:2:7: no UTF-8 text; save the file as UTF-8"}, false},
	{"UTF-16", "\xFF\xFEv\x00", []string{"c.yaml:1:1: no UTF-8 text; save the file as UTF-8"}, false},
	{"a control character", "version: 1\nkind: 物\x00", []string{"c.yaml:2:8: the control character U+0000; take it away"}, false},
	{"text that turns round", "version: 1 # \u202E\n", []string{"c.yaml:1:14: the control character U+202E; take it away"}, false},
	{"an escape sequence", "version: 1\nfacts:\n  under-14: {answer: no, owner: \"a\\e[31m\", date: 2026-10-01, source: b}\n", []string{"c.yaml:3:33: owner holds the control character U+001B; take it away"}, false},
	{"a second document that is broken", "version: 1\n...\n}\n", []string{"c.yaml:3:1: did not find expected <document start>; check indentation, quotes and colons near it"}, false},
	{"a bracket that was not opened", "version: 1\n}\n", []string{"c.yaml:2:1: did not find expected key; check indentation, quotes and colons near it"}, false},
	{"a bracket that was not closed", "version: 1\nfacts: {a: 1\nkind: x\n", []string{"c.yaml:2:1: did not find expected ',' or '}'; check indentation, quotes and colons near it"}, false},
	{"the last key first", "version: 1\noverrides:\n  - kind: x\nkinf: y\n", []string{
		"c.yaml:3:5: an override without files; say which with `files: [\"…\"]`",
		`c.yaml:3:11: unknown kind "x"; want one of user-agreement, privacy-policy, face-agreement, property, employment, minors, b2b`,
		`c.yaml:4:1: unknown key "kinf"; did you mean "kind"?`,
	}, true},
}

func TestMistakes(t *testing.T) {
	for _, tt := range mistakes {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse("c.yaml", []byte(tt.yaml), known)
			if err == nil {
				t.Fatal("no error")
			}
			if diff := cmp.Diff(tt.want, strings.Split(err.Error(), "\n")); diff != "" {
				t.Errorf("errors (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTooLarge(t *testing.T) {
	if _, err := Parse("c.yaml", make([]byte, maxSize+1), known); err == nil || !strings.Contains(err.Error(), "more than 1 MB") {
		t.Error(err)
	}
}

func TestManyMistakesAreNotAllTold(t *testing.T) {
	_, err := Parse("c.yaml", []byte("version: 1\n"+strings.Repeat("x: 1\n", 1000)), known)
	if n := strings.Count(err.Error(), "\n") + 1; n != maxErrors {
		t.Errorf("%d errors", n)
	}
}

func TestNamesAreNotCheckedBeforeTheyAreKnown(t *testing.T) {
	c, err := Parse("c.yaml", []byte("version: 1\nfacts: {ours: {"+fact+"}}\n"), Known{})
	if err != nil || c.For("x").Facts["ours"].Owner != "Li Wei" {
		t.Error(c, err)
	}
}

func TestReadErrorsBeginWithThePath(t *testing.T) {
	dir := t.TempDir()
	for _, path := range []string{dir, filepath.Join(dir, "gone.yaml")} {
		if _, err := Read(path, Known{}); err == nil || strings.Count(err.Error(), dir) != 1 || !strings.HasPrefix(err.Error(), path+": ") {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestFindRefusesABrokenLink(t *testing.T) {
	dir := t.TempDir()
	if err := os.Symlink("gone", filepath.Join(dir, Names[0])); err != nil {
		t.Skip("no links here:", err)
	}
	if path, err := Find(dir); err == nil || !strings.Contains(err.Error(), "is a link to nothing") {
		t.Errorf("%q, %v", path, err)
	}
}

func TestFind(t *testing.T) {
	root := t.TempDir()
	write := func(path string) string {
		path = filepath.Join(root, filepath.FromSlash(path))
		writeFile(t, path, "")
		return path
	}
	top := write("repo/.clauselint.yaml")
	write("repo/.git/HEAD")
	inner := write("repo/a/clauselint.yaml")
	write("repo/a/b/x")
	write("repo/other/x")
	write("repo/other/nested/.git")
	write("repo/two/clauselint.yaml")
	write("repo/two/.clauselint.yaml")
	write("repo/odd/.clauselint.yaml/x")
	for dir, want := range map[string]string{
		"repo":              top,
		"repo/a":            inner,
		"repo/a/b":          inner,
		"repo/other":        top,
		"repo/other/nested": "",
	} {
		got, err := Find(filepath.Join(root, filepath.FromSlash(dir)))
		if err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", dir, got, err, want)
		}
	}
	for dir, want := range map[string]string{"repo/two": "keep one of the two", "repo/odd": "a configuration is a file"} {
		if _, err := Find(filepath.Join(root, filepath.FromSlash(dir))); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", dir, err)
		}
	}
	t.Chdir(filepath.Join(root, "repo", "a", "b"))
	if got, err := Find("."); err != nil || got != filepath.Join("..", "clauselint.yaml") {
		t.Errorf("from inside: %q, %v", got, err)
	}
}

// writeFile writes a file, with its folder.
func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func FuzzParse(f *testing.F) {
	for _, tt := range mistakes {
		f.Add([]byte(tt.yaml))
	}
	f.Add([]byte("version: 1\nfacts:\n  under-14: {" + fact + "}\noverrides: [{files: '*', kind: property}]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Parse("c.yaml", data, known)
		again, errAgain := Parse("c.yaml", data, known)
		if fmt.Sprint(err) != fmt.Sprint(errAgain) {
			t.Errorf("first %v, then %v", err, errAgain)
		}
		if err != nil {
			for _, line := range strings.Split(err.Error(), "\n") {
				if !strings.HasPrefix(line, "c.yaml:") {
					t.Errorf("%q does not begin with the path", line)
				}
			}
			return
		}
		if diff := cmp.Diff(c.For("x"), again.For("x")); diff != "" {
			t.Errorf("read twice (-first +second):\n%s", diff)
		}
		for id, a := range c.For("x").Facts {
			if a.Owner == "" || a.Date == "" || a.Source == "" || a.At.Line < 1 {
				t.Errorf("%s: %+v", id, a)
			}
		}
	})
}
