package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/report"
)

// reviewer is a checker that lets every finding count.
type reviewer func(*document.Document) (lint.Review, error)

func (f reviewer) review(d *document.Document) (lint.Review, error) { return f(d) }
func (f reviewer) settle(*report.Result) error                      { return nil }

// A crash in one file is named, and costs the others nothing.
func TestPanicIsAnErrorOfItsFile(t *testing.T) {
	dir := t.TempDir()
	var targets []target
	for i := range 20 {
		name := fmt.Sprintf("%02d.txt", i)
		writeTestFile(t, dir, name, "text of "+name)
		targets = append(targets, target{path: filepath.Join(dir, name)})
	}
	var calls atomic.Int32
	c := &command{stderr: io.Discard}
	results, left := c.lintAll(t.Context(), targets, reviewer(func(d *document.Document) (lint.Review, error) {
		calls.Add(1)
		if strings.HasSuffix(d.Name, "07.txt") {
			var none []int
			_ = none[len(d.Text)]
		}
		return lint.Review{}, nil
	}))
	if left != 0 {
		t.Errorf("%d files are left", left)
	}
	if n := calls.Load(); n != 20 {
		t.Errorf("%d files linted, want 20", n)
	}
	for i, r := range results {
		if r.Path != targets[i].path {
			t.Errorf("result %d is of %s, want the order of the targets", i, r.Path)
		}
		if crashed := i == 7; crashed != (r.Err != nil) {
			t.Errorf("%s: error %v", r.Path, r.Err)
		}
	}
	if err := results[7].Err; err == nil || !strings.Contains(err.Error(), "lint_test.go:") || !strings.Contains(err.Error(), "index out of range") {
		t.Errorf("the error does not say what and where: %v", err)
	}
	if code := verdict(results, clauses.Error); code != exitNone {
		t.Errorf("exit code %d, want %d", code, exitNone)
	}
}

func TestVerdict(t *testing.T) {
	found := func(s clauses.Severity) report.Result { return report.Result{Findings: []lint.Finding{{Severity: s}}} }
	failed := report.Result{Err: io.ErrUnexpectedEOF}
	for _, test := range []struct {
		failOn  string
		results []report.Result
		want    int
	}{
		{"error", nil, exitClean},
		{"error", []report.Result{found(clauses.Warning)}, exitClean},
		{"error", []report.Result{found(clauses.Note), found(clauses.Error)}, exitFindings},
		{"warning", []report.Result{found(clauses.Warning)}, exitFindings},
		{"warning", []report.Result{found(clauses.Note)}, exitClean},
		{"note", []report.Result{found(clauses.Note)}, exitFindings},
		{"never", []report.Result{found(clauses.Error)}, exitClean},
		{"never", []report.Result{failed}, exitNone},
		{"error", []report.Result{found(clauses.Error), failed}, exitNone},
	} {
		if got := verdict(test.results, severities[test.failOn]); got != test.want {
			t.Errorf("--fail-on %s %+v: %d, want %d", test.failOn, test.results, got, test.want)
		}
	}
}

func TestReadLimited(t *testing.T) {
	if data, err := readLimited(strings.NewReader("12345"), 5, 3); err != nil || string(data) != "12345" {
		t.Errorf("%q, %v at the limit", data, err)
	}
	if _, err := readLimited(strings.NewReader("123456"), 5, 9); err == nil {
		t.Error("no error beyond the limit")
	}
}

// A report that fails half way leaves the old one, and nothing beside it.
func TestWriteFileIsAllOrNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "report.json")
	put := func(content string, fail error) error {
		return writeFile(path, func(w io.Writer) error {
			_, err := io.WriteString(w, content)
			return errors.Join(err, fail)
		})
	}
	if err := put("old", nil); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := put("half", io.ErrShortWrite); !errors.Is(err, io.ErrShortWrite) || !strings.HasPrefix(err.Error(), path+": ") {
		t.Errorf("error %v, want one that begins with the path", err)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "old" {
		t.Errorf("the file holds %q, %v", data, err)
	}
	if err := put("new", nil); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil || string(data) != "new" {
		t.Errorf("the file holds %q, %v", data, err)
	}
	if info, err := os.Stat(path); err != nil || os.PathSeparator == '/' && info.Mode().Perm() != 0o600 {
		t.Errorf("the mode became %v, %v", info.Mode(), err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

// The whole program runs without the process's own streams.
func TestRunUsesItsStreams(t *testing.T) {
	var stdout, stderr bytes.Buffer
	if code := run([]string{"--version"}, strings.NewReader(""), &stdout, &stderr); code != exitClean || stderr.Len() > 0 {
		t.Errorf("exit code %d, stderr %q", code, &stderr)
	}
	if !strings.HasPrefix(stdout.String(), "clauselint ") {
		t.Errorf("stdout %q", &stdout)
	}
}
