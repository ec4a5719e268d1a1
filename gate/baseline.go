package gate

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/report"
)

// BaselineVersion is the version of the format that this package reads and writes.
const BaselineVersion = 1

// maxBaseline is far more than the findings of ten thousand agreements, in bytes.
const maxBaseline = 64 << 20

// Baseline is the findings that were there before. It tells a finding by the words of its
// clause, so that moving, renumbering and re-wrapping change nothing.
type Baseline struct {
	// Path is where it is kept; the files of its entries are named from its folder.
	Path    string
	Entries []Entry

	at map[Entry]bool // by file and fingerprint
	// gone is the fingerprints of entries whose file is there no more: it may have
	// another name now.
	gone map[string]bool
}

// Entry is a finding of a baseline.
type Entry struct {
	// File is its path from the folder of the baseline, with slashes.
	File        string `json:"file"`
	Rule        string `json:"rule"`
	Fingerprint string `json:"fingerprint"`
	// Clause and Quote are for people.
	Clause string `json:"clause,omitempty"`
	Quote  string `json:"quote"`
}

// key is what tells an entry.
func (e Entry) key() Entry { return Entry{File: e.File, Fingerprint: e.Fingerprint} }

type baselineFile struct {
	Version  int     `json:"version"`
	Findings []Entry `json:"findings"`
}

var print = regexp.MustCompile(`^[0-9a-f]{16}$`)

// ReadBaseline reads the baseline at path. Its errors begin with the path.
func ReadBaseline(path string) (*Baseline, error) {
	fail := func(err error) (*Baseline, error) {
		if system, ok := errors.AsType[*fs.PathError](err); ok {
			err = system.Err
		}
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	f, err := os.Open(path)
	if err != nil {
		return fail(err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxBaseline+1))
	switch {
	case err != nil:
		return fail(err)
	case len(data) > maxBaseline:
		return fail(fmt.Errorf("more than %d MB; a baseline is small", maxBaseline>>20))
	}
	var file baselineFile
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&file); err != nil {
		return fail(fmt.Errorf("line %d: no baseline (%w); make a new one with `clauselint baseline create`", lineAt(data, dec.InputOffset()), err))
	}
	if dec.More() {
		return fail(fmt.Errorf("line %d: something stands after the baseline; take it away", lineAt(data, dec.InputOffset())))
	}
	if file.Version != BaselineVersion {
		return fail(fmt.Errorf("version %d; this program reads version %d", file.Version, BaselineVersion))
	}
	for i, e := range file.Findings {
		if e.File == "" || e.Rule == "" || !print.MatchString(e.Fingerprint) {
			return fail(fmt.Errorf("finding %d: no file, rule or fingerprint; make a new one with `clauselint baseline create`", i+1))
		}
	}
	return newBaseline(path, file.Findings), nil
}

func lineAt(data []byte, offset int64) int {
	return 1 + bytes.Count(data[:min(int(offset), len(data))], []byte("\n"))
}

func newBaseline(path string, entries []Entry) *Baseline {
	b := &Baseline{Path: path, Entries: entries, at: map[Entry]bool{}, gone: map[string]bool{}}
	there := map[string]bool{}
	for _, e := range entries {
		b.at[e.key()] = true
		exists, asked := there[e.File]
		if !asked {
			_, err := os.Stat(b.file(e))
			exists = !errors.Is(err, fs.ErrNotExist)
			there[e.File] = exists
		}
		if !exists {
			b.gone[e.Fingerprint] = true
		}
	}
	return b
}

// file is the path of an entry's file.
func (b *Baseline) file(e Entry) string {
	return filepath.Join(filepath.Dir(b.Path), filepath.FromSlash(e.File))
}

// name is how the baseline at path names a file.
func name(path, file string) string {
	folder, err := filepath.Abs(filepath.Dir(path))
	if err == nil {
		if abs, err := filepath.Abs(file); err == nil {
			if rel, err := filepath.Rel(folder, abs); err == nil {
				file = rel
			}
		}
	}
	return strings.ToValidUTF8(filepath.ToSlash(file), "\uFFFD")
}

// Hold moves the findings of r that the baseline has from Findings to Known.
func (b *Baseline) Hold(r *report.Result) {
	file := name(b.Path, r.Path)
	var left []lint.Finding
	for _, f := range r.Findings {
		if b.at[Entry{File: file, Fingerprint: f.Fingerprint}] || b.gone[f.Fingerprint] {
			r.Known = append(r.Known, f)
		} else {
			left = append(left, f)
		}
	}
	r.Findings = left
}

// NewBaseline is the findings of the results, those of an earlier baseline too.
func NewBaseline(path string, results []report.Result) *Baseline {
	var entries []Entry
	for _, r := range results {
		file := name(path, r.Path)
		for _, f := range slices.Concat(r.Findings, r.Known) {
			if !f.Rule.Textual() {
				continue // a waiver that is over is no debt to live with
			}
			e := Entry{File: file, Rule: f.Rule.ID, Fingerprint: f.Fingerprint, Quote: r.Doc.Quote(f.Span)}
			if f.Clause != nil {
				e.Clause = f.Clause.Path()
			}
			entries = append(entries, e)
		}
	}
	slices.SortFunc(entries, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Fingerprint, b.Fingerprint))
	})
	return newBaseline(path, entries)
}

// Stale lists the entries that no finding of the results has any more: their file was
// linted, or is there no more.
func (b *Baseline) Stale(results []report.Result) []Entry {
	linted, found, anywhere := map[string]bool{}, map[Entry]bool{}, map[string]bool{}
	for _, r := range results {
		if r.Err != nil {
			continue
		}
		file := name(b.Path, r.Path)
		linted[file] = true
		for _, f := range r.Known {
			found[Entry{File: file, Fingerprint: f.Fingerprint}] = true
			anywhere[f.Fingerprint] = true
		}
	}
	var out []Entry
	for _, e := range b.Entries {
		switch {
		case found[e.key()]:
		case linted[e.File], b.gone[e.Fingerprint] && !anywhere[e.Fingerprint]:
			out = append(out, e)
		}
	}
	return out
}

// Without is the baseline less some of its entries.
func (b *Baseline) Without(entries []Entry) *Baseline {
	return newBaseline(b.Path, slices.DeleteFunc(slices.Clone(b.Entries), func(e Entry) bool { return slices.Contains(entries, e) }))
}

// Write writes the baseline, one finding a line: a change of it reads well, and two
// merge.
func (b *Baseline) Write(w io.Writer) error {
	var buf bytes.Buffer
	fmt.Fprintf(&buf, "{\"version\": %d, \"findings\": [", BaselineVersion)
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	for i, e := range b.Entries {
		if i > 0 {
			buf.WriteByte(',')
		}
		buf.WriteByte('\n')
		if err := enc.Encode(e); err != nil {
			return err
		}
		buf.Truncate(buf.Len() - 1)
	}
	buf.WriteString("\n]}\n")
	_, err := w.Write(buf.Bytes())
	return err
}
