package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// TestReadmeShowsWhatTheDemoPrints compares the excerpts in the READMEs, the
// blocks ```text that end in "…", with what the command above them prints.
func TestReadmeShowsWhatTheDemoPrints(t *testing.T) {
	t.Chdir("../..")
	var stdout, stderr bytes.Buffer
	if code := run([]string{"fixtures/demo"}, strings.NewReader(""), &stdout, &stderr); code != exitFindings {
		t.Fatalf("exit code %d: %s", code, &stderr)
	}
	for _, name := range []string{"README.md", "README.zh-CN.md"} {
		page, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		_, block, _ := strings.Cut(string(page), "```text\n")
		block, _, ok := strings.Cut(block, "…\n```")
		if !ok || block == "" {
			t.Errorf("%s: no excerpt of the demo", name)
		} else if !strings.Contains(stdout.String(), block) {
			t.Errorf("%s: fixtures/demo does not print\n%s", name, block)
		}
	}
}
