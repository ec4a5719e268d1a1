package main

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestLibreOfficeShowsTheComments has a real word processor say on which words our
// comments stand.
func TestLibreOfficeShowsTheComments(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("needs LibreOffice (soffice); make test-tools installs it")
	}
	dir := t.TempDir()
	in, out := filepath.Join("..", "..", "fixtures", "demo", "community-access.docx"), filepath.Join(dir, "out.docx")
	var stdout, stderr strings.Builder
	if code := run([]string{"annotate", "--author", "Reviewer", in, "-o", out}, strings.NewReader(""), &stdout, &stderr); code != exitClean {
		t.Fatalf("annotate: exit code %d: %s", code, stderr.String())
	}
	if code := run([]string{"-f", "json", in}, strings.NewReader(""), &stdout, &stderr); code != exitFindings {
		t.Fatalf("lint: exit code %d: %s", code, stderr.String())
	}
	var report struct {
		Files []struct {
			Findings []struct{ Rule, Quote string }
		}
	}
	if err := json.Unmarshal([]byte(stdout.String()), &report); err != nil {
		t.Fatal(err)
	}
	convert := exec.Command(soffice, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")),
		"--headless", "--convert-to", "fodt", "--outdir", dir, out)
	if said, err := convert.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v: %s", err, said)
	}
	anchored := annotations(t, filepath.Join(dir, "out.fodt"))
	for _, f := range report.Files[0].Findings {
		found := false
		for comment, words := range anchored {
			found = found || strings.Contains(comment, f.Rule) && words == plainSpace(f.Quote)
		}
		if !found {
			t.Errorf("no comment on %q says %s; the comments stand on %q", f.Quote, f.Rule, anchored)
		}
	}
}

func plainSpace(s string) string { return strings.Join(strings.Fields(s), "") }

// annotations is the words that each comment of a flat OpenDocument file stands on, by
// what the comment says.
func annotations(t *testing.T, path string) map[string]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	open, says := map[string]*strings.Builder{}, map[string]*strings.Builder{}
	name := func(el xml.StartElement) string {
		for _, a := range el.Attr {
			if a.Name.Local == "name" {
				return a.Value
			}
		}
		return ""
	}
	out := map[string]string{}
	inside := "" // the comment that is being read
	dec := xml.NewDecoder(f)
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			switch tok.Name.Local {
			case "annotation":
				inside = name(tok)
				open[inside], says[inside] = &strings.Builder{}, &strings.Builder{}
			case "annotation-end":
				id := name(tok)
				out[says[id].String()] = plainSpace(open[id].String())
				delete(open, id)
			}
		case xml.EndElement:
			if tok.Name.Local == "annotation" {
				inside = ""
			}
		case xml.CharData:
			if inside != "" {
				says[inside].Write(tok)
				continue
			}
			for _, b := range open {
				b.Write(tok)
			}
		}
	}
}
