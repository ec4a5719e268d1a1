package revision

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/segment"
)

// marks are the lines of a fixture that say what is expected.
var marks = regexp.MustCompile(`(?m)^\^\^\^.*\n?`)

// TestReorderedIsEmpty: a contract whose clauses stand in another order and have other
// numbers says the same.
func TestReorderedIsEmpty(t *testing.T) {
	l := linter(t)
	files, err := filepath.Glob("../fixtures/*/*.md")
	if err != nil || len(files) < 20 {
		t.Fatal(files, err)
	}
	texts, err := filepath.Glob("../fixtures/*/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, file := range append(files, texts...) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := marks.ReplaceAllString(string(data), "")
		d, err := document.Read(file, []byte(text), document.Options{})
		if err != nil || !utf8.ValidString(text) {
			continue // a fixture of what cannot be read
		}
		turned, ok := turn(d, text)
		if !ok {
			continue
		}
		tried++
		e, err := document.Read(file, []byte(turned), document.Options{})
		if err != nil {
			t.Fatal(err)
		}
		x := Compare(Read(l, d, lint.Options{}), Read(l, e, lint.Options{}))
		for _, c := range x.Changes {
			t.Errorf("%s: %s", file, said(x, c))
		}
	}
	if tried < 50 {
		t.Errorf("only %d files could be turned round", tried)
	}
}

// turn puts the chief clauses of a document in the opposite order.
func turn(d *document.Document, text string) (string, bool) {
	var chief []*segment.Clause
	level := 0
	for _, c := range segment.Cut(d).Clauses[1:] {
		if level == 0 && len(c.Parent.Children) > 1 {
			level = c.Level
		}
		if c.Level == level && c.Label != "" {
			chief = append(chief, c)
		}
	}
	if len(chief) < 3 {
		return "", false
	}
	for i := range chief[1:] {
		if chief[i].Parent != chief[i+1].Parent {
			return "", false
		}
	}
	first, last := d.Range(chief[0].Span).Start.Byte, d.Range(chief[len(chief)-1].Span).End.Byte
	var parts []string
	for i, c := range chief {
		end := last
		if i+1 < len(chief) {
			end = d.Range(chief[i+1].Span).Start.Byte
		}
		parts = append(parts, strings.TrimRight(text[d.Range(c.Span).Start.Byte:end], "\n"))
	}
	slices.Reverse(parts)
	return text[:first] + strings.Join(parts, "\n\n") + "\n\n" + text[last:], true
}
