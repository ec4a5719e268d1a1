package lsp

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// agreementOf is an agreement of about size bytes made of the fixtures.
func agreementOf(b *testing.B, size int) string {
	b.Helper()
	paths, err := filepath.Glob("../fixtures/*/*.txt")
	if err != nil || len(paths) == 0 {
		b.Fatalf("no fixtures: %v", err)
	}
	slices.Sort(paths)
	var all strings.Builder
	for all.Len() < size {
		for _, path := range paths {
			if strings.Contains(path, "formats") { // other encodings
				continue
			}
			for line := range strings.Lines(string(readTB(b, path))) {
				if !strings.HasPrefix(line, "^^^") {
					all.WriteString(line)
				}
			}
		}
	}
	text := all.String()[:size]
	return text[:strings.LastIndexByte(text, '\n')+1]
}

// BenchmarkOpen is the time from opening a document to its first diagnostics.
func BenchmarkOpen(b *testing.B) {
	text := agreementOf(b, 20<<10)
	for b.Loop() {
		c := start(b, testOptions(), modern(), nil)
		c.open(testURI, "plaintext", text)
		c.pushed(testURI, versioned(1))
	}
}

// BenchmarkKeystroke is the time from a keystroke to the diagnostics of the new text, which
// all have moved, in an agreement of 200 pages of 3,000 bytes, and what it is at worst in
// 99 of 100 cases.
func BenchmarkKeystroke(b *testing.B) {
	for _, size := range []struct {
		name  string
		bytes int
	}{{"20KB", 20 << 10}, {"200pages", 600_000}} {
		b.Run(size.name, func(b *testing.B) {
			c := start(b, testOptions(), modern(), nil)
			c.open(testURI, "plaintext", agreementOf(b, size.bytes))
			c.pushed(testURI, versioned(1))
			var took []time.Duration
			version := 1
			for b.Loop() {
				version++
				began := time.Now()
				c.notify("textDocument/didChange", change(testURI, version, map[string]any{"range": Range{}, "text": "\n"}))
				c.pushed(testURI, versioned(version))
				took = append(took, time.Since(began))
				c.forget()
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}
