package clauses_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
)

// gapsFile records what fails and is known to, one a line, sorted; rewritten by
// go test ./clauses -run "Examples|LoadErrors" -update.
const gapsFile = "testdata/known-gaps.txt"

// compareGaps compares failures with the recorded ones that begin with prefix:
// one that is not recorded fails, and so does a record of one that is gone.
func compareGaps(t *testing.T, prefix string, got []string) {
	t.Helper()
	data, err := os.ReadFile(gapsFile)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	var known, others []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimRight(line, "\r\n"); strings.HasPrefix(line, prefix) {
			known = append(known, line)
		} else if line != "" {
			others = append(others, line)
		}
	}
	// The flag is declared beside the test of the compiled library.
	if update := flag.Lookup("update"); update != nil && update.Value.String() == "true" {
		lines := append(others, got...)
		slices.Sort(lines)
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(gapsFile, []byte(strings.Join(append(lines, ""), "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	for _, g := range got {
		if !slices.Contains(known, g) {
			t.Error(g)
		}
	}
	for _, g := range known {
		if !slices.Contains(got, g) {
			t.Errorf("%s: %q now passes: remove it", gapsFile, g)
		}
	}
}

// TestExamples lints the examples of every rule page: its rule must find each
// flagged one, at any severity, and be silent about each clean one.
func TestExamples(t *testing.T) {
	lib, err := clauses.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	linter := lint.New(lib)
	var gaps []string
	for _, r := range lib.Rules {
		count := map[string]int{}
		for _, x := range r.Examples {
			kind := "clean"
			if x.Flagged {
				kind = "flagged"
			}
			count[kind+" "+x.Lang]++
			doc, opts, err := lint.ReadExample(x)
			if err != nil {
				t.Fatal(err)
			}
			found := slices.ContainsFunc(linter.Lint(doc, opts), func(f lint.Finding) bool { return f.Rule == r })
			if found != x.Flagged {
				gaps = append(gaps, fmt.Sprintf("example %s %s %q", r.ID, kind, x.Text))
			}
		}
		if !r.Textual() {
			continue
		}
		// A page that was read without its examples would pass unnoticed.
		for _, want := range []string{"flagged zh", "clean zh", "flagged en", "clean en"} {
			if count[want] < 5 {
				t.Errorf("%s.md: %d examples %s, want at least 5", r.ID, count[want], want)
			}
		}
	}
	compareGaps(t, "example ", gaps)
}

// A library of one page that loads; each test below spoils it in one place.
const (
	concepts = "# Words\n\nPERPETUAL: quality | 永久 | perpetual\n    永久\n    for ever\n\nSUBLICENSABLE: quality | 可转授权 | sub-licensable\n    = denied PERPETUAL > SUBLICENSABLE\n"

	statute = "# 示例法 / Example Act\n\n```statute\nshort-zh: 示例法\nshort-en: Example Act\nnumber: 1\neffective: 2021-01-01\n```\n\n" +
		"## 14\n\n```article\nverified: no\n```\n\n摘要。\n\nA summary.\n"

	page = "# 永久授权 / Perpetual grant\n\n```rule\nseverity: error\nbasis:    example:14(1)\nwhen:     grant, PERPETUAL\nsofter:   likeness: note\n```\n\n" +
		"## 一句话\n永久。\n\n## In one sentence\nPerpetual.\n\n## 为什么\n因为。\n\n## Why\nBecause.\n\n" +
		"## 合规写法\n> 一年。\n\n## Ask for instead\n> A year.\n\n## 例 / Examples\n```flagged zh\n永久授权。\n```\n"
)

// load is the library with old replaced by new in one file.
func load(t *testing.T, file, old, new string) error {
	t.Helper()
	files := map[string]string{"concepts/words.txt": concepts, "statutes/example.md": statute, "perpetual-grant.md": page}
	if !strings.Contains(files[file], old) {
		t.Fatalf("%s does not contain %q", file, old)
	}
	files[file] = strings.Replace(files[file], old, new, 1)
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	_, err := clauses.Load(fsys)
	return err
}

// TestLoadErrors demands that a slip of the pen in a library stops the load
// and says where it is and which known name is the nearest.
func TestLoadErrors(t *testing.T) {
	if err := load(t, "perpetual-grant.md", "永久", "永久"); err != nil {
		t.Fatalf("the library as it is: %v", err)
	}
	var gaps []string
	for _, test := range []struct{ name, file, old, new, place, says string }{
		{"misspelt concept in a rule", "perpetual-grant.md", "grant, PERPETUAL", "grant, PERPETAUL", "perpetual-grant.md:6: ", "PERPETUAL"},
		{"misspelt concept in a composition", "concepts/words.txt", "denied PERPETUAL", "denied PERPETAUL", "concepts/words.txt:8: ", "PERPETUAL"},
		{"misspelt concept in a softening", "perpetual-grant.md", "likeness: note", "lacks SUBLICENSEABLE: note", "perpetual-grant.md:7: ", "SUBLICENSABLE"},
		{"unknown kind", "concepts/words.txt", "PERPETUAL: quality", "PERPETUAL: qualty", "concepts/words.txt:3: ", "quality"},
		{"concept declared twice", "concepts/words.txt", "SUBLICENSABLE: quality", "PERPETUAL: quality", "concepts/words.txt:7: ", "concepts/words.txt:3"},
		{"open bracket", "concepts/words.txt", "for ever", "for {ever", "concepts/words.txt:5: ", "}"},
		{"unknown key", "perpetual-grant.md", "basis:  ", "bases:  ", "perpetual-grant.md:5: ", "basis"},
		{"unknown severity", "perpetual-grant.md", "severity: error", "severity: eror", "perpetual-grant.md:4: ", "error"},
		{"unknown act", "perpetual-grant.md", "grant, PERP", "grnat, PERP", "perpetual-grant.md:6: ", "grant"},
		{"unknown case", "perpetual-grant.md", "likeness: note", "likenes: note", "perpetual-grant.md:7: ", "likeness"},
		{"unknown section", "perpetual-grant.md", "## Why", "## Wyh", "perpetual-grant.md:19: ", "Why"},
		{"unknown block", "perpetual-grant.md", "```flagged zh", "```flaged zh", "perpetual-grant.md:29: ", "flagged"},
		{"missing section", "perpetual-grant.md", "## In one sentence\nPerpetual.\n\n", "", "perpetual-grant.md", "In one sentence"},
		{"missing rule block", "perpetual-grant.md", "```rule\nseverity: error\nbasis:    example:14(1)\nwhen:     grant, PERPETUAL\nsofter:   likeness: note\n```\n\n", "", "perpetual-grant.md", "```rule"},
		{"title in one language", "perpetual-grant.md", " / Perpetual grant", "", "perpetual-grant.md:1: ", "English"},
		{"unknown instrument", "perpetual-grant.md", "example:14", "exmaple:14", "perpetual-grant.md:5: ", "example"},
		{"unknown article", "perpetual-grant.md", "example:14", "example:15", "perpetual-grant.md:5: ", "14"},
		{"unknown rule to absorb", "perpetual-grant.md", "softer:   likeness: note", "absorbs: perpetual-grnat", "perpetual-grant.md:7: ", "perpetual-grant"},
		{"unknown key of a statute", "statutes/example.md", "number: 1", "numbr: 1", "statutes/example.md:6: ", "number"},
	} {
		err := load(t, test.file, test.old, test.new)
		if err == nil {
			gaps = append(gaps, fmt.Sprintf("load %s: no error", test.name))
			continue
		}
		// What the message says must not be found in the place or the slip.
		says := err.Error()
		if !strings.HasPrefix(says, test.place) {
			gaps = append(gaps, fmt.Sprintf("load %s: %q does not begin with %q", test.name, says, test.place))
		} else if says = says[len(test.place):]; !strings.Contains(says, test.says) {
			gaps = append(gaps, fmt.Sprintf("load %s: %q does not name %q", test.name, says, test.says))
		}
		if !strings.HasPrefix(err.Error(), test.file) {
			t.Errorf("%s: %q does not begin with the file's name %s", test.name, err, test.file)
		}
	}
	compareGaps(t, "load ", gaps)
}

// TestOwnWordingIsClean: whoever takes our wording over must not be told that it is bad.
func TestOwnWordingIsClean(t *testing.T) {
	library, err := clauses.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	linter := lint.New(library)
	var gaps []string
	for _, r := range library.Rules {
		for _, text := range []string{r.Rewrite.Zh, r.Rewrite.En} {
			doc, err := document.Read("wording.txt", []byte(text+"\n"), document.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range linter.Lint(doc, lint.Options{Excerpt: true}) {
				if f.Severity >= clauses.Warning && f.Rule.ID != "unfilled-blank" {
					gaps = append(gaps, fmt.Sprintf("wording %s %s %q", r.ID, f.Rule.ID, doc.Quote(f.Span)))
				}
			}
		}
	}
	compareGaps(t, "wording ", gaps)
}
