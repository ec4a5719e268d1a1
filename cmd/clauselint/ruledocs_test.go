package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/clauselint/clauselint/clauses"
)

// TestRuleDocs demands that docs/rules holds what explain prints about each rule, and an
// index; go test ./cmd/clauselint -run RuleDocs -update writes them.
func TestRuleDocs(t *testing.T) {
	lib, err := clauses.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	const dir = "../../docs/rules"
	var index strings.Builder
	index.WriteString("# Rules / 规则\n\nWritten from the pages in `clauses/` by `go test ./cmd/clauselint -run RuleDocs -update`; edit those.\n\n" +
		"| rule | severity | what it reports | 内容 |\n|---|---|---|---|\n")
	want := map[string]string{}
	for _, r := range lib.Rules {
		want[r.ID+".md"] = rulePage(lib, r, "auto")
		fmt.Fprintf(&index, "| [%s](%s.md) | %s | %s | %s |\n", r.ID, r.ID, r.Severity, r.Title.En, r.Title.Zh)
	}
	want["README.md"] = index.String()
	if *update {
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		for name, text := range want {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	files, err := filepath.Glob(dir + "/*")
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range files {
		files[i] = filepath.Base(f)
	}
	if names := slices.Sorted(maps.Keys(want)); !slices.Equal(files, names) {
		t.Fatalf("docs/rules holds %q, want %q", files, names)
	}
	for name, text := range want {
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != text {
			t.Errorf("docs/rules/%s is stale (%v)", name, err)
		}
	}
}
