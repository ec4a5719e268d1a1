package docx

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// wordFiles is the Word files among our fixtures and under CLAUSELINT_CORPUS, a folder
// with more of them, that can be read, by a short name.
func wordFiles(t *testing.T) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	for _, root := range []string{"../../fixtures", os.Getenv("CLAUSELINT_CORPUS")} {
		if root == "" {
			continue
		}
		err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || !strings.HasPrefix(strings.ToLower(filepath.Ext(path)), ".do") {
				return err
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			if _, err := Read(data, Limits{}); err != nil {
				return nil
			}
			name, err := filepath.Rel(root, path)
			files[filepath.ToSlash(name)] = data
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(files) == 0 {
		t.Fatal("no files")
	}
	return files
}

// written is a file with random comments, and with random tracked changes.
type written struct {
	comments  []Comment
	words     []string // on which the comments are
	places    []Place  // of these
	annotated []byte

	changes  []Replacement
	redlined []byte // nil if there is no place for a change
}

// sign names the i-th comment or change of a file.
func sign(i int) string { return fmt.Sprintf("[no %d]", i) }

// writeRandomly comments on and changes random words of up to 20 paragraphs of a file.
func writeRandomly(t *testing.T, name string, data []byte) written {
	t.Helper()
	f, err := Read(data, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewSource(int64(len(data))))
	var w written
	var full []int
	for i := range f.Paragraphs {
		if f.Paragraphs[i].Text() != "" {
			full = append(full, i)
		}
	}
	rng.Shuffle(len(full), func(a, b int) { full[a], full[b] = full[b], full[a] })
	for _, i := range full[:min(20, len(full))] {
		p := &f.Paragraphs[i]
		last := p
		// Words may run on into the next paragraph.
		if next := i + 1; rng.Intn(5) == 0 && next < len(f.Paragraphs) && f.Paragraphs[next].Text() != "" && f.Paragraphs[next].Part == p.Part && f.Paragraphs[next].Place == p.Place {
			last = &f.Paragraphs[next]
		}
		c := Comment{Part: p.Part, Start: randomByte(rng, p, true), End: randomByte(rng, last, false), Author: "a", Initials: "b", Date: "2026-01-01T00:00:00Z", Key: uint64(i + 1)}
		if c.End <= c.Start {
			continue
		}
		c.Text = []CommentText{{"zh", sign(len(w.comments)) + "问题"}, {"en", "basis"}}
		if _, _, err := Annotate(data, []Comment{c}, Limits{}); errors.Is(err, ErrNoPlace) && p.Place != Body {
			continue // a header over a body without a paragraph to hang on
		}
		w.comments, w.words, w.places = append(w.comments, c), append(w.words, f.between(c)), append(w.places, p.Place)
		change := Replacement{Comment: c, Text: fmt.Sprintf("NEW%dWORDS", len(w.changes))}
		change.Comment.Text = []CommentText{{"en", sign(len(w.changes))}}
		if len(w.changes) >= 5 || slices.ContainsFunc(w.changes, func(r Replacement) bool { return c.Start < r.End && r.Start < c.End }) {
			continue
		}
		if _, err := Redline(data, []Replacement{change}, Limits{}); err == nil {
			w.changes = append(w.changes, change)
		} else if !errors.Is(err, ErrNoPlace) {
			t.Fatalf("%s: %v", name, err)
		}
	}
	if w.annotated, _, err = Annotate(data, w.comments, Limits{}); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if len(w.changes) > 0 {
		if w.redlined, err = Redline(data, w.changes, Limits{}); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	return w
}

// between is the text that c stands on, bar that of text boxes in between.
func (f *File) between(c Comment) string {
	place := Body
	var b strings.Builder
	for pass := range 2 { // first where c begins, then the text
		for i := range f.Paragraphs {
			p := &f.Paragraphs[i]
			if p.Part != c.Part || pass == 1 && p.Place != place {
				continue
			}
			for _, r := range p.Runs {
				for _, q := range r.Pieces {
					if q.End <= c.Start || q.Start >= c.End {
						continue
					}
					if pass == 0 {
						if q.Start <= c.Start {
							place = p.Place
						}
						continue
					}
					text := r.Text[q.Text : q.Text+q.Len]
					if q.Len == q.End-q.Start {
						text = text[max(0, c.Start-q.Start):min(q.Len, c.End-q.Start)]
					}
					b.WriteString(text)
				}
			}
		}
	}
	return b.String()
}
