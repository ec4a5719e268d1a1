package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
)

// BenchmarkRead measures how fast files become documents.
func BenchmarkRead(b *testing.B) {
	for _, lang := range []string{"zh", "en"} {
		data := agreement(b, lang, 1<<20)
		b.Run(lang, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if _, err := document.Read("contract.txt", data, document.Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkLint measures how fast documents become findings.
func BenchmarkLint(b *testing.B) {
	library, err := clauses.Builtin()
	if err != nil {
		b.Fatal(err)
	}
	linter := lint.New(library)
	for _, lang := range []string{"zh", "en"} {
		data := agreement(b, lang, 1<<20)
		d, err := document.Read("contract.txt", data, document.Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.Run(lang, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				linter.Lint(d, lint.Options{})
			}
		})
	}
}

// agreement is a contract of about size bytes: the text fixtures that are chiefly
// in lang one after the other, without the marks of expected findings, repeated
// as often as it takes. It ends with a whole line.
func agreement(b *testing.B, lang string, size int) []byte {
	b.Helper()
	paths, err := filepath.Glob("../../fixtures/*/*.txt")
	if err != nil || len(paths) == 0 {
		b.Fatalf("no fixtures: %v", err)
	}
	slices.Sort(paths)
	var all bytes.Buffer
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		d, err := document.Read(path, data, document.Options{})
		if err != nil {
			b.Fatal(err)
		}
		languages := d.Languages()
		if d.Encoding != "utf-8" || len(languages) == 0 || languages[0] != lang {
			continue
		}
		for line := range bytes.Lines(data) {
			if !bytes.HasPrefix(line, []byte("^^^")) {
				all.Write(line)
			}
		}
	}
	if all.Len() == 0 {
		b.Fatalf("no fixture is in %s", lang)
	}
	out := bytes.Repeat(all.Bytes(), size/all.Len()+1)[:size]
	return out[:bytes.LastIndexByte(out, '\n')+1]
}
