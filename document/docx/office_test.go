package docx

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

// TestLibreOfficeReadsTheSame compares what we read of a file, numbers included, with
// what a word processor writes of it as plain text: paragraph by paragraph, white space
// aside. LibreOffice writes neither headers, footers nor text boxes there, writes notes
// at the end, and shows deleted text; files with those are left out.
func TestLibreOfficeReadsTheSame(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("needs LibreOffice (soffice); make test-tools installs it")
	}
	files, err := filepath.Glob("../../fixtures/*/*.docx")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	if root := os.Getenv("CLAUSELINT_CORPUS"); root != "" {
		more, err := filepath.Glob(filepath.Join(root, "*-agreements", "*.docx"))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, more...)
	}
	dir := t.TempDir()
	compared := 0
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			f, err := Read(data, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if f.Tracked {
				t.Skip("has tracked changes")
			}
			var ours []string
			for i := range f.Paragraphs {
				p := &f.Paragraphs[i]
				if p.Place == Footnote || p.Place == Endnote || p.Place == TextBox {
					t.Skip("has notes or text boxes")
				}
				if line := tight(p.Label + p.Text()); p.Place == Body && line != "" {
					ours = append(ours, line)
				}
			}
			in := filepath.Join(dir, "in.docx")
			if err := os.WriteFile(in, data, 0o644); err != nil {
				t.Fatal(err)
			}
			convert := exec.Command(soffice, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")),
				"--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", dir, in)
			if said, err := convert.CombinedOutput(); err != nil {
				t.Fatalf("soffice: %v: %s", err, said)
			}
			text, err := os.ReadFile(filepath.Join(dir, "in.txt"))
			if err != nil {
				t.Fatal(err)
			}
			// Soft breaks inside a paragraph are line ends there, too.
			theirs := tight(string(text))
			if diff := cmp.Diff(strings.Join(ours, ""), theirs); diff != "" {
				t.Errorf("ours (-) and LibreOffice's (+):\n%s", diff)
			}
			compared++
		})
	}
	if compared == 0 {
		t.Error("nothing was compared")
	}
}

// tight is a text without white space, bullets and what no reader sees.
func tight(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune("•◦▪■●○", r) || r >= 0xE000 && r <= 0xF8FF {
			return -1
		}
		return r
	}, s)
}
