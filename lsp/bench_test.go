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

// sentences that the benchmark types, a letter at a time.
var sentences = []string{
	"平台还可以将您的人脸信息提供给合作方用于营销，您不得撤回同意。",
	"The platform may also share your facial images with its partners for marketing.",
}

// BenchmarkKeystroke is the time from a keystroke to the diagnostics that a client pulls, in an
// agreement of 200 pages of 3,000 bytes, and what it is at worst in 99 of 100 cases. The
// user types a sentence here and a sentence there, with the pauses that people make, and in
// the last case changes the definition of a term that stands in every other clause.
func BenchmarkKeystroke(b *testing.B) {
	for _, c := range []struct {
		name  string
		bytes int
		at    []string // where the sentences go, behind these words
	}{
		{"20KB", 20 << 10, []string{"\n3.1 ", "\n7.3 "}},
		{"200pages", 600_000, []string{"\n3.1 ", "\n407.3 ", "\n600.2 ", "\n7.3 "}},
		{"definition", 600_000, []string{"平台另行收费的"}},
	} {
		b.Run(c.name, func(b *testing.B) {
			text := longAgreement(c.bytes)
			lines := newMapper(text, UTF16)
			s := start(b, testOptions(), pulling(), nil) // identical diagnostics are not pushed again
			s.open(testURI, "markdown", text)
			s.pull(testURI, "")
			time.Sleep(2 * pause)
			var took []time.Duration
			version, place, column, row := 1, 0, 0, []rune(nil)
			var at Position
			for b.Loop() {
				if column == len(row) {
					b.StopTimer()
					time.Sleep(2 * pause) // the user looks up
					words := c.at[place%len(c.at)]
					at = lines.position(strings.Index(text, words) + len(words))
					row, column = []rune(sentences[place%len(sentences)]), 0
					place++
					b.StartTimer()
				}
				version++
				began := time.Now()
				s.notify("textDocument/didChange", change(testURI, version, map[string]any{"range": Range{at, at}, "text": string(row[column])}))
				s.pull(testURI, "")
				took = append(took, time.Since(began))
				s.forget()
				at.Character++
				column++
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}
