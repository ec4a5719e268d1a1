package clauses_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/lint"
)

// TestExtend demands that a folder adds to the library or takes the place of what is
// there, and that the library itself stays as it was.
func TestExtend(t *testing.T) {
	base, err := clauses.Load(fstest.MapFS{
		"concepts/words.txt":  {Data: []byte(concepts)},
		"statutes/example.md": {Data: []byte(statute)},
		"perpetual-grant.md":  {Data: []byte(page)},
	})
	if err != nil {
		t.Fatal(err)
	}
	before := base.Lexicon.Fingerprint()
	lib, err := clauses.Extend(base, fstest.MapFS{
		"concepts/a.txt":      {Data: []byte("PERPETUAL: quality\n    世代\n!SUBLICENSABLE: quality\n    转授\nNEW: quality\n    = PERPETUAL & SUBLICENSABLE\n")},
		"statutes/example.md": {Data: []byte("# 示例法 / Example Act\n\n```statute\nshort-zh: 示例法\nshort-en: Example Act\neffective: 2021-01-01\n```\n\n## 14\n\n```article\nverified: no\n```\n\n新摘要。\n\nA new summary.\n\n## 15\n\n```article\nverified: no\n```\n\n摘要。\n\nA summary.\n")},
		"a-rule.md":           {Data: []byte(page)},
	})
	if err != nil {
		t.Fatal(err)
	}
	phrases := func(l *clauses.Library, name string) []string {
		c, ok := l.Lexicon.Concept(name)
		if !ok {
			t.Fatalf("no concept %s", name)
		}
		return l.Lexicon.Concepts[c].Phrases
	}
	if got := phrases(lib, "PERPETUAL"); !slices.Equal(got, []string{"永久", "for ever", "世代"}) {
		t.Errorf("PERPETUAL has the phrases %q", got)
	}
	if c, _ := lib.Lexicon.Concept("SUBLICENSABLE"); len(lib.Lexicon.Concepts[c].Compositions) != 0 || !slices.Equal(phrases(lib, "SUBLICENSABLE"), []string{"转授"}) {
		t.Error("SUBLICENSABLE keeps what the folder takes from it")
	}
	if c, ok := lib.Lexicon.Concept("NEW"); !ok || len(lib.Lexicon.Concepts[c].Compositions) != 1 {
		t.Error("NEW has not its composition")
	}
	if r := lib.Rule("a-rule"); r == nil || lib.Rule("perpetual-grant") != base.Rule("perpetual-grant") || len(lib.Rules) != 2 {
		t.Error("the folder's rule is not added to the others")
	}
	if a := lib.Instrument("example").Article("14"); a == nil || a.Summary.En != "A new summary." || lib.Instrument("example").Article("15") == nil {
		t.Errorf("article 14 is %+v", a)
	}
	if base.Lexicon.Fingerprint() != before || len(base.Rules) != 1 || len(base.Instrument("example").Articles) != 1 ||
		base.Instrument("example").Article("14").Summary.En != "A summary." || len(phrases(base, "PERPETUAL")) != 2 {
		t.Error("the library that was extended has changed")
	}
}

// TestExtendErrors demands the place of what cannot be added.
func TestExtendErrors(t *testing.T) {
	base, err := clauses.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, text, want string }{
		{"README.md", "# 读我 / Read me\n", "neither a rule page"},
		{"concepts/a.txt", "NEW: quality\n    a\nNEW: quality\n", "concepts/a.txt:3: NEW is declared twice"},
		{"concepts/a.txt", "PERPETUAL: quality\nPERPETUAL: quality\n", "concepts/a.txt:2: PERPETUAL is declared twice"},
		{"concepts/a.txt", "NEW: quality\n    = PERPETUL\n", "did you mean PERPETUAL?"},
		{"concepts/a.txt", "!NEW: quality\n    a\n", "concepts/a.txt:1: no concept \"NEW\""},
	} {
		_, err := clauses.Extend(base, fstest.MapFS{c.name: {Data: []byte(c.text)}})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: error %v, want %q", c.text, err, c.want)
		}
	}
}

// FuzzExtend demands an error or a library, whatever stands in a folder.
func FuzzExtend(f *testing.F) {
	f.Add(concepts, page, statute)
	f.Add("!PERPETUAL: quality\n    {a|[b]}c\n    = denied FACE &&& SELL\n", "# a / b\n\n```rule\nwhen: term, SOLD\n", "# a / b\n")
	base, err := clauses.Builtin()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, words, rule, law string) {
		lib, err := clauses.Extend(base, fstest.MapFS{
			"concepts/a.txt": {Data: []byte(words)}, "a-rule.md": {Data: []byte(rule)}, "statutes/example.md": {Data: []byte(law)},
		})
		if err == nil {
			lint.New(lib)
		}
	})
}
