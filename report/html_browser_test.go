package report

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// browserSaw is what testdata/browser/check.js prints of a page in one look.
type browserSaw struct {
	Requests, Complaints, Axe []string
	Overflow                  int
	Timing                    struct{ Load, Paint float64 } // in milliseconds
	Keyboard                  struct {
		Href, Outline string
		Visible       bool
	}
	Filter struct {
		Cards, Errors, Warnings, Notes, Others, Again, Article, ArticleWants int
		RestHidden                                                           bool
	}
	Print struct {
		Filters, Evidence, EvidenceWants, PDF int
		Name                                  float64 // width in pixels of the narrowest name of a file
	}
}

// TestHTMLInBrowser opens reports in Chromium: without a request, a complaint or a fault
// that axe-core finds, in light and dark and on a narrow screen, with filters that a
// keyboard reaches, and soon. "make test-tools" installs what it needs; "make e2e-html" runs it alone.
func TestHTMLInBrowser(t *testing.T) {
	const folder = "testdata/browser"
	node, err := exec.LookPath("node")
	if err != nil {
		skipBrowser(t, "node is not installed")
	}
	chromium := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			chromium = path
			break
		}
	}
	if chromium == "" {
		skipBrowser(t, "chromium is not installed")
	}
	for _, name := range []string{"playwright-core", "axe-core"} {
		if _, err := os.Stat(filepath.Join(folder, "node_modules", name)); err != nil {
			skipBrowser(t, name+" is not installed in report/"+folder)
		}
	}
	dir := t.TempDir()
	en, zh := counsel(t), counsel(t)
	en.Lang, zh.Lang = "en", "zh"
	runs := []*Run{en, zh, agreement(t)}
	const long = 2
	args := []string{filepath.Join(folder, "check.js"), chromium}
	for i, run := range runs {
		path := filepath.Join(dir, string(rune('a'+i))+".html")
		if err := os.WriteFile(path, write(t, "html", run), 0o644); err != nil {
			t.Fatal(err)
		}
		if i == long {
			args = append(args, "--open")
		}
		args = append(args, path)
	}
	cmd := exec.Command(node, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.Bytes())
	}
	var reports []struct {
		File               string
		Light, Dark, Phone browserSaw
	}
	if err := json.Unmarshal(out, &reports); err != nil {
		t.Fatalf("%v\n%.400s", err, out)
	}
	if len(reports) != len(runs) {
		t.Fatalf("%d reports, want %d", len(reports), len(runs))
	}
	for i, r := range reports {
		for name, saw := range map[string]*browserSaw{"light": &r.Light, "dark": &r.Dark, "phone": &r.Phone} {
			for _, x := range saw.Requests {
				t.Errorf("%d %s: it asks for %s", i, name, x)
			}
			for _, x := range saw.Complaints {
				t.Errorf("%d %s: the browser complains: %s", i, name, x)
			}
			for _, x := range saw.Axe {
				t.Errorf("%d %s: axe: %s", i, name, x)
			}
			if saw.Overflow > 0 {
				t.Errorf("%d %s: it is %d pixels wider than the window", i, name, saw.Overflow)
			}
			t.Logf("%d %s: painted after %.0f ms, loaded after %.0f ms", i, name, saw.Timing.Paint, saw.Timing.Load)
			// Beside the tests of other packages a processor is not a browser's own.
			if os.Getenv("CLAUSELINT_E2E") != "" && (saw.Timing.Load > 1000 || saw.Timing.Paint > 1000) {
				t.Errorf("%d %s: painted after %.0f ms, loaded after %.0f ms; want both within a second", i, name, saw.Timing.Paint, saw.Timing.Load)
			}
		}
		if i == long {
			continue
		}
		if k := r.Light.Keyboard; k.Href != "#verdict" || !k.Visible || k.Outline == "none" {
			t.Errorf("%d: the first stop of a keyboard is %+v, want the skip link, in sight", i, k)
		}
		s := runs[i].Summary()
		held := 0
		for _, result := range runs[i].Results {
			held += len(result.Withheld)
		}
		others := s.Waived + s.Known + held
		f := r.Light.Filter
		all := s.Findings + others
		if f.Cards != all || f.Again != all || f.Errors != all-s.Errors || f.Warnings != all-s.Warnings || f.Notes != all-s.Notes || f.Others != s.Findings {
			t.Errorf("%d: the filters leave %+v cards of %+v and %d others", i, f, s, others)
		}
		if f.ArticleWants == 0 || f.Article != f.ArticleWants || !f.RestHidden {
			t.Errorf("%d: the filter for an article leaves %d cards, want %d; other text hidden: %v", i, f.Article, f.ArticleWants, f.RestHidden)
		}
		if p := r.Light.Print; p.Filters != 0 || p.Evidence != p.EvidenceWants || p.PDF == 0 || p.Name < 120 {
			t.Errorf("%d: on paper %+v", i, p)
		}
	}
}

// skipBrowser skips the test, unless it was asked for by "make e2e-html".
func skipBrowser(t *testing.T, why string) {
	t.Helper()
	if os.Getenv("CLAUSELINT_E2E") != "" {
		t.Fatal(why)
	}
	t.Skipf("%s; make test-tools installs it", why)
}
