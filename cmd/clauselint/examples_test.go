package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
)

// TestWorkedExamples runs the examples of the folders that docs/writing-rules.md shows.
func TestWorkedExamples(t *testing.T) {
	dirs, err := filepath.Glob("../../docs/examples/*")
	if err != nil || len(dirs) == 0 {
		t.Fatalf("no worked examples: %v", err)
	}
	for _, dir := range dirs {
		var stdout, stderr bytes.Buffer
		if code := run([]string{"test", dir}, strings.NewReader(""), &stdout, &stderr); code != exitClean {
			t.Errorf("%s: exit code %d\n%s%s", dir, code, &stdout, &stderr)
		}
	}
}
