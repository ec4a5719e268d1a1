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
	"slices"
	"strings"
	"testing"
)

// TestLibreOfficeShowsTheWords has a word processor say on which words the comments
// stand that we put on random words, alone and with tracked changes. Where they hang on
// something else, or on more than the words, Word has no place for them. What differs
// nevertheless, and why, is listed in testdata/office-gaps.txt.
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
	outputs, inputs := map[string]written{}, []string{}
	save := func(i int, what string, data []byte) {
		if data == nil {
			return
		}
		path := filepath.Join(dir, fmt.Sprintf("%03d-%s%s", i, what, filepath.Ext(names[i])))
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		inputs = append(inputs, path)
	}
	for i, name := range names {
		w := writeRandomly(t, name, files[name])
		outputs[name] = w
		save(i, "plain", files[name])
		save(i, "annotated", w.annotated)
		save(i, "redlined", w.redlined)
	}
	convertAll(t, soffice, dir, inputs)
	count := map[string]int{}
	for i, name := range names {
		w := outputs[name]
		flat := func(what string) string { return filepath.Join(dir, fmt.Sprintf("%03d-%s.fodt", i, what)) }
		if _, err := os.Stat(flat("plain")); err != nil {
			count["files that LibreOffice does not open"]++
			continue
		}
		var faults []string
		for k, shown := range anchoredWords(t, flat("annotated"), len(w.comments)) {
			if place, fault := judge(w.words[k], shown, w.places[k]); fault != "" {
				faults = append(faults, fmt.Sprintf("comment %d %s", k, fault))
			} else {
				count[place]++
			}
		}
		if w.redlined != nil {
			for k, shown := range anchoredWords(t, flat("redlined"), len(w.changes)) {
				if shown == nil || !strings.Contains(*shown, w.changes[k].Text) {
					faults = append(faults, fmt.Sprintf("change %d stands on %s", k, show2(shown)))
				} else {
					count["changes"]++
				}
			}
		}
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

func show2(words *string) string {
	if words == nil {
		return "nothing"
	}
	return fmt.Sprintf("%.80q", *words)
}

// judge says how well a comment that LibreOffice shows fits the words that it is meant
// for, or what is wrong.
func judge(words string, shown *string, place Place) (well, fault string) {
	want := tight(words)
	switch {
	case shown == nil:
		return "", fmt.Sprintf("on %.80q: not there", words)
	case place != Body:
		return "on what the words hang on", ""
	case tight(*shown) == want:
		return "on exactly the words", ""
	case strings.Contains(tight(*shown), want):
		fmt.Printf("WIDER want %.100q got %.300q\n", want, tight(*shown))
		return "on more than the words", ""
	}
	return "", fmt.Sprintf("on %.80q stands on %.80q", words, *shown)
}

// convertAll has LibreOffice write files as flat OpenDocument beside them. It is started
// for many files at once, and again for those that one brought it down on.
func convertAll(t *testing.T, soffice, dir string, files []string) {
	t.Helper()
	profile := "-env:UserInstallation=file://" + filepath.ToSlash(filepath.Join(t.TempDir(), "profile"))
	for batch := range slices.Chunk(files, 60) {
		args := append([]string{profile, "--headless", "--convert-to", "fodt", "--outdir", dir}, batch...)
		said, err := exec.Command("timeout", append([]string{"300", soffice}, args...)...).CombinedOutput()
		if err == nil {
			continue
		}
		t.Logf("soffice: %v: %.300s", err, said)
		for _, file := range batch {
			if _, err := os.Stat(strings.TrimSuffix(file, filepath.Ext(file)) + ".fodt"); err == nil {
				continue
			}
			_ = exec.Command("timeout", "60", soffice, profile, "--headless", "--convert-to", "fodt", "--outdir", dir, file).Run() // what is not there is seen later
		}
	}
}

// anchoredWords is the words on which the comments signed 0 to n-1 stand in a flat
// OpenDocument file; nil for one that is not there.
func anchoredWords(t *testing.T, path string, n int) []*string {
	t.Helper()
	out := make([]*string, n)
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return out
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	type open struct {
		says, on strings.Builder
		depth    int
		ended    bool
	}
	var all []*open
	byName := map[string]*open{}
	var comment *open // that is being read
	depth, aside := 0, 0
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
			switch tok.Name.Local {
			case "annotation":
				comment = &open{depth: depth}
				all = append(all, comment)
				byName[nameOf(tok)] = comment
			case "annotation-end":
				if c := byName[nameOf(tok)]; c != nil {
					c.ended = true
				}
				delete(byName, nameOf(tok))
			case "frame", "custom-shape", "rect":
				depth++
			case "note", "ruby-text", "number":
				aside++
			}
		case xml.EndElement:
			switch tok.Name.Local {
			case "annotation":
				comment = nil
			case "frame", "custom-shape", "rect":
				depth--
			case "note", "ruby-text", "number":
				aside--
			}
		case xml.CharData:
			if comment != nil {
				comment.says.Write(tok)
				continue
			}
			for _, c := range byName {
				if aside == 0 && c.depth == depth {
					c.on.Write(tok)
				}
			}
		}
	}
	for _, c := range all {
		for i := range n {
			if c.ended && strings.Contains(c.says.String(), sign(i)) {
				on := c.on.String()
				out[i] = &on
			}
		}
	}
	return out
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
