package docx

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestLibreOfficeShowsTheWords has a word processor say on which words the comments
// stand that we put on random words, alone and with tracked changes, and whether the
// document says the same as before. What differs nevertheless, and why, is listed in
// testdata/office-gaps.txt.
func TestLibreOfficeShowsTheWords(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("needs LibreOffice (soffice); make test-tools installs it")
	}
	var gaps map[string]bool
	if os.Getenv("CLAUSELINT_CORPUS") != "" {
		gaps = gapsIn(t, "testdata/office-gaps.txt")
	}
	files := wordFiles(t)
	names := slices.Sorted(maps.Keys(files))
	dir := t.TempDir()
	outputs := map[string]written{}
	inputs := map[string][]string{}
	save := func(i int, what string, data []byte) {
		if data == nil {
			return
		}
		// One name for all three, since a document may show its own.
		path := filepath.Join(dir, what, fmt.Sprintf("%03d%s", i, filepath.Ext(names[i])))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, data, 0o644)); err != nil {
			t.Fatal(err)
		}
		inputs[what] = append(inputs[what], path)
	}
	for i, name := range names {
		w := writeRandomly(t, name, files[name])
		outputs[name] = w
		save(i, "plain", files[name])
		save(i, "annotated", w.annotated)
		save(i, "redlined", w.redlined)
	}
	for what, files := range inputs {
		convertAll(t, soffice, filepath.Join(dir, what), files)
	}
	count := map[string]int{}
	for i, name := range names {
		flat := func(what string) string { return filepath.Join(dir, what, fmt.Sprintf("%03d.fodt", i)) }
		plain, ok := readFlat(t, flat("plain"))
		if !ok {
			count["files that LibreOffice does not open"]++
			continue
		}
		annotated, _ := readFlat(t, flat("annotated"))
		redlined, _ := readFlat(t, flat("redlined"))
		w := outputs[name]
		faults := w.faults(plain, annotated, redlined, count)
		switch {
		case len(faults) > 0 && !gaps[name]:
			t.Errorf("%s: %s", name, strings.Join(faults, "\n\t"))
		case len(faults) > 0:
			count["files on the list"]++
		case gaps[name]:
			t.Errorf("%s: has no fault now; take it off the list", name)
		}
		delete(gaps, name)
	}
	for gap := range gaps {
		t.Errorf("%s: listed, and not there", gap)
	}
	t.Log(count)
}

// faults says what is wrong with what LibreOffice shows, and counts what is right.
func (w *written) faults(plain, annotated, redlined flatText, count map[string]int) (faults []string) {
	if annotated.text != plain.text {
		faults = append(faults, "it shows another text "+firstDifference(plain.text, annotated.text))
	}
	for k, words := range w.words {
		well, fault := judge(words, annotated.comments[sign(k)], w.places[k])
		if fault != "" {
			faults = append(faults, fmt.Sprintf("comment %d %s", k, fault))
			continue
		}
		count[well]++
	}
	for k, change := range w.changes {
		if _, fault := judge(change.Text, redlined.comments[sign(k)], Body); fault != "" {
			faults = append(faults, fmt.Sprintf("change %d %s", k, fault))
			continue
		}
		count["changes"]++
	}
	return faults
}

func firstDifference(a, b string) string {
	at := 0
	for at < min(len(a), len(b)) && a[at] == b[at] {
		at++
	}
	return fmt.Sprintf("from byte %d of %d: %.40q, not %.40q", at, len(a), b[at:], a[at:])
}

// judge says how well a comment that LibreOffice shows fits the words that it is meant
// for, or what is wrong.
func judge(words string, shown *shownComment, place Place) (well, fault string) {
	if shown == nil {
		return "", fmt.Sprintf("on %.60q: is not there", words)
	}
	want, on := tight(words), tight(shown.on.String())
	switch {
	case place != Body:
		return "on what the words hang on", ""
	case !shown.ended:
		return "", fmt.Sprintf("on %.60q: stands on no words", words)
	case on == want:
		return "on exactly the words", ""
	case strings.Contains(on, want):
		return "on more than the words", ""
	}
	return "", fmt.Sprintf("on %.80q stands on %.80q", words, shown.on.String())
}

// convertAll has LibreOffice write files as flat OpenDocument beside them. It is started
// for many files at once, and again for each that is missing where one brought it down.
func convertAll(t *testing.T, soffice, dir string, files []string) {
	t.Helper()
	convert := func(files ...string) {
		// Its exit code tells nothing of the single file; what is missing is seen later.
		_ = exec.Command("timeout", append([]string{"300", soffice, "-env:UserInstallation=file://" + filepath.ToSlash(filepath.Join(dir, "profile")),
			"--headless", "--convert-to", "fodt", "--outdir", dir}, files...)...).Run()
	}
	for batch := range slices.Chunk(files, 60) {
		convert(batch...)
		for _, file := range batch {
			if _, err := os.Stat(strings.TrimSuffix(file, filepath.Ext(file)) + ".fodt"); err != nil {
				convert(file)
			}
		}
	}
}

// flatText is what a flat OpenDocument file says, tight, and the comments in it by their
// [sign].
type flatText struct {
	text     string
	comments map[string]*shownComment
}

// shownComment is a comment as LibreOffice shows it.
type shownComment struct {
	on, says strings.Builder
	depth    int // of the shapes around it
	ended    bool
}

var signed = regexp.MustCompile(`\[no \d+\]`)

func readFlat(t *testing.T, path string) (out flatText, ok bool) {
	t.Helper()
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return out, false
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []*shownComment
	open := map[string]*shownComment{}
	var comment *shownComment // that is being read
	var text strings.Builder
	inside := map[string]int{} // of which elements
	depth := func() int { return inside["frame"] + inside["custom-shape"] + inside["rect"] }
	dec := xml.NewDecoder(f)
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(path, err)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			inside[tok.Name.Local]++
			switch tok.Name.Local {
			case "annotation":
				comment = &shownComment{depth: depth()}
				all = append(all, comment)
				open[nameOf(tok)] = comment
			case "annotation-end":
				if c := open[nameOf(tok)]; c != nil {
					c.ended = true
				}
				delete(open, nameOf(tok))
			}
		case xml.EndElement:
			inside[tok.Name.Local]--
			if tok.Name.Local == "annotation" {
				comment = nil
			}
		case xml.CharData:
			switch {
			case comment != nil:
				comment.says.Write(tok)
				continue
			case inside["text"] == 0 || inside["tracked-changes"]+inside["object"]+inside["binary-data"] > 0: // no text that is shown there
				continue
			}
			text.Write(tok)
			if inside["note"]+inside["ruby-text"]+inside["number"] > 0 {
				continue
			}
			for _, c := range open {
				if c.depth == depth() {
					c.on.Write(tok)
				}
			}
		}
	}
	out.text, out.comments = tight(text.String()), map[string]*shownComment{}
	for _, c := range all {
		out.comments[signed.FindString(c.says.String())] = c
	}
	return out, true
}

// nameOf ties the end of an annotation to its beginning.
func nameOf(el xml.StartElement) string {
	for _, a := range el.Attr {
		if a.Name.Local == "name" {
			return a.Value
		}
	}
	return ""
}
