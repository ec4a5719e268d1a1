package docx

import (
	"encoding/json"
	"errors"
	"io/fs"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestValidatorFindsNothingNew has a validator of Open XML judge what we write: it must
// find no error that it did not find in the input. OOXML_VALIDATOR names a program that
// takes a file and prints JSON with errors[].description, as that of the Open XML SDK
// does; CLAUSELINT_CORPUS a folder with more Word files.
func TestValidatorFindsNothingNew(t *testing.T) {
	validator := os.Getenv("OOXML_VALIDATOR")
	if validator == "" {
		t.Skip("needs OOXML_VALIDATOR: a program that validates Word files")
	}
	files, err := filepath.Glob("../../fixtures/*/*.docx")
	if err != nil {
		t.Fatal(err)
	}
	if root := os.Getenv("CLAUSELINT_CORPUS"); root != "" {
		err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
			if err == nil && strings.EqualFold(filepath.Ext(path), ".docx") {
				files = append(files, path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	validate := func(t *testing.T, data []byte) map[string]int {
		path := filepath.Join(dir, "x.docx")
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		said, _ := exec.Command(validator, path).Output() // its exit code only repeats what it prints
		var report struct {
			Errors []struct{ Description string }
		}
		if err := json.Unmarshal(said, &report); err != nil {
			t.Skipf("the validator cannot read the file: %s", said)
		}
		count := make(map[string]int)
		for _, e := range report.Errors {
			count[e.Description]++
		}
		return count
	}
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f, err := Read(data, Limits{})
		if err != nil {
			continue
		}
		t.Run(filepath.Base(path), func(t *testing.T) {
			rng := rand.New(rand.NewSource(5))
			var comments []Comment
			var change []Replacement
			for i := range f.Paragraphs {
				p := &f.Paragraphs[i]
				if p.Text() == "" || len(comments) >= 12 {
					continue
				}
				from, to := randomByte(rng, p, true), randomByte(rng, p, false)
				if to <= from {
					continue
				}
				c := Comment{Part: p.Part, Start: from, End: to, Author: "a", Initials: "b", Date: "2026-01-01T00:00:00Z", Key: uint64(i), Text: []CommentText{{"zh", "问题"}, {"en", "issue"}}}
				comments = append(comments, c)
				if len(change) == 0 {
					if _, err := Redline(data, []Replacement{{Comment: c, Text: "new"}}, Limits{}); err == nil {
						change = append(change, Replacement{Comment: c, Text: "new"})
					}
				}
			}
			before := validate(t, data)
			for what, write := range map[string]func() ([]byte, error){
				"annotated": func() ([]byte, error) { out, _, err := Annotate(data, comments, Limits{}); return out, err },
				"redlined":  func() ([]byte, error) { return Redline(data, change, Limits{}) },
			} {
				if what == "redlined" && len(change) == 0 {
					continue
				}
				out, err := write()
				if errors.Is(err, ErrNoPlace) {
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				for description := range validate(t, out) {
					if before[description] == 0 { // a run that is cut in two keeps its faults in both
						t.Errorf("%s: %s", what, description)
					}
				}
			}
		})
	}
}
