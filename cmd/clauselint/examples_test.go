package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
)

// TestWorkedExamples runs the examples of the folders that docs/writing-rules.md shows.
func TestWorkedExamples(t *testing.T) {
	// Other examples show the program in use, and hold no library.
	libraries, err := filepath.Glob("../../docs/examples/*/concepts")
	if err != nil || len(libraries) == 0 {
		t.Fatalf("no worked examples: %v", err)
	}
	for _, concepts := range libraries {
		dir := filepath.Dir(concepts)
		var stdout, stderr bytes.Buffer
		if code := run([]string{"test", dir}, strings.NewReader(""), &stdout, &stderr); code != exitClean {
			t.Errorf("%s: exit code %d\n%s%s", dir, code, &stdout, &stderr)
		}
	}
}
