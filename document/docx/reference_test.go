package docx

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// pandocNode is a node of pandoc's document tree.
type pandocNode struct {
	T string          `json:"t"`
	C json.RawMessage `json:"c"`
}

// extract is the text of a file by feature, tight, in order.
type extract map[string][]string

// The features that are compared.
const (
	inBody, inTables, inNotes = "paragraphs", "tables", "notes"
)

// pandocText reads what pandoc makes of a Word file.
func pandocText(tree []byte) (extract, error) {
	var doc struct {
		Blocks json.RawMessage `json:"blocks"`
		Meta   map[string]json.RawMessage
	}
	if err := json.Unmarshal(tree, &doc); err != nil {
		return nil, err
	}
	out := extract{}
	w := &pandocWalk{out: out, feature: inBody}
	for _, key := range []string{"title", "subtitle", "author", "date", "abstract"} {
		w.meta(doc.Meta[key])
	}
	w.any(doc.Blocks)
	return out, nil
}

type pandocWalk struct {
	out     extract
	feature string
	line    *strings.Builder // of the paragraph at hand; nil between paragraphs
}

// meta reads a field that pandoc took from paragraphs in the style of a title.
func (w *pandocWalk) meta(raw json.RawMessage) {
	if raw == nil {
		return
	}
	var n pandocNode
	if json.Unmarshal(raw, &n) == nil && (n.T == "MetaInlines" || n.T == "MetaBlocks" || n.T == "MetaList") {
		if n.T == "MetaInlines" {
			w.paragraph(n.C)
			return
		}
		var parts []json.RawMessage
		if json.Unmarshal(n.C, &parts) == nil {
			for _, p := range parts {
				w.meta(p)
				w.any(p)
			}
		}
	}
}

func (w *pandocWalk) paragraph(raw json.RawMessage) {
	before := w.line
	w.line = &strings.Builder{}
	w.any(raw)
	if s := tight(w.line.String()); s != "" {
		w.out[w.feature] = append(w.out[w.feature], s)
	}
	w.line = before
}

func (w *pandocWalk) within(feature string, raw json.RawMessage) {
	before, line := w.feature, w.line
	w.feature, w.line = feature, nil
	w.any(raw)
	w.feature, w.line = before, line
}

// any reads whatever the tree has: nodes, lists of nodes, attributes.
func (w *pandocWalk) any(raw json.RawMessage) {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 {
		return
	}
	switch raw[0] {
	case '[':
		var list []json.RawMessage
		if json.Unmarshal(raw, &list) == nil {
			for _, x := range list {
				w.any(x)
			}
		}
	case '{':
		var n pandocNode
		if json.Unmarshal(raw, &n) != nil {
			return
		}
		switch n.T {
		case "Str":
			var s string
			if json.Unmarshal(n.C, &s) == nil && w.line != nil {
				w.line.WriteString(s)
			}
		case "Code", "Math", "CodeBlock":
			var parts []json.RawMessage
			var s string
			if json.Unmarshal(n.C, &parts) == nil && len(parts) == 2 && json.Unmarshal(parts[1], &s) == nil {
				if n.T == "CodeBlock" {
					w.out[w.feature] = append(w.out[w.feature], tight(s))
				} else if w.line != nil {
					w.line.WriteString(s)
				}
			}
		case "Quoted":
			w.any(n.C)
		case "Para", "Plain":
			w.paragraph(n.C)
		case "Header":
			var parts []json.RawMessage
			if json.Unmarshal(n.C, &parts) == nil && len(parts) == 3 {
				w.paragraph(parts[2])
			}
		case "Note":
			w.within(inNotes, n.C)
		case "Table":
			// Attributes, caption, columns, and then the rows.
			var parts []json.RawMessage
			if json.Unmarshal(n.C, &parts) == nil && len(parts) > 2 {
				w.within(inBody, parts[1])
				for _, part := range parts[2:] {
					w.within(inTables, part)
				}
			}
		case "DefinitionList":
			var items [][2]json.RawMessage
			if json.Unmarshal(n.C, &items) == nil {
				for _, item := range items {
					w.paragraph(item[0])
					w.any(item[1])
				}
			}
		case "Span", "Div", "Link", "Image":
			var parts []json.RawMessage
			if json.Unmarshal(n.C, &parts) == nil && len(parts) > 1 && n.T != "Image" {
				w.any(parts[1])
			}
		case "Space", "SoftBreak", "LineBreak", "RawInline", "RawBlock":
		default:
			w.any(n.C)
		}
	}
}

// ourText is what we read of a file, by feature.
func ourText(f *File) extract {
	out := extract{}
	for i := range f.Paragraphs {
		p := &f.Paragraphs[i]
		feature := inBody
		switch {
		case p.Place == Footnote || p.Place == Endnote:
			feature = inNotes
		case p.Place != Body:
			continue // pandoc reads neither headers nor text boxes
		case p.Table > 0:
			feature = inTables
		}
		if s := tight(p.Text()); s != "" {
			out[feature] = append(out[feature], s)
		}
	}
	return out
}

// TestReferencesReadTheSame compares what we read of files with what pandoc and docx2txt
// read, per feature. A paragraph of ours must stand in one of the two, and one of
// pandoc's in ours, unless docx2txt does not have it either. What differs nevertheless,
// and why, is listed in testdata/reference-gaps.txt.
func TestReferencesReadTheSame(t *testing.T) {
	pandoc, err := exec.LookPath("pandoc")
	if err != nil {
		t.Skip("needs pandoc; make test-tools installs it")
	}
	docx2txt, err := exec.LookPath("docx2txt")
	if err != nil {
		t.Skip("needs docx2txt; make test-tools installs it")
	}
	root, gaps := "../../fixtures", map[string]bool{}
	if corpus := os.Getenv("CLAUSELINT_CORPUS"); corpus != "" {
		root, gaps = corpus, gapsIn(t, "testdata/reference-gaps.txt")
	}
	var files []string
	if err := filepath.WalkDir(root, func(path string, e os.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(strings.ToLower(path), ".docx") {
			files = append(files, path)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	same, all := map[string]int{}, map[string]int{}
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f, err := Read(data, Limits{})
		if err != nil {
			continue
		}
		tree, err := exec.Command(pandoc, "-f", "docx", "-t", "json", "--track-changes=accept", path).Output()
		if err != nil {
			continue // what pandoc cannot read is no reference
		}
		theirs, err := pandocText(tree)
		if err != nil {
			t.Fatal(err)
		}
		ours := ourText(f)
		name, err := filepath.Rel(root, path)
		if err != nil {
			t.Fatal(err)
		}
		second := "" // what docx2txt reads, once it is asked for
		for _, feature := range []string{inBody, inTables, inNotes} {
			a, b := ours[feature], theirs[feature]
			if len(a)+len(b) == 0 {
				continue
			}
			all[feature]++
			gap := feature + " " + filepath.ToSlash(name)
			var diff string
			if !sameText(a, b) {
				if second == "" {
					text, _ := exec.Command(docx2txt, path, "-").Output() // without it nothing is in it
					second = plainQuotes(tight(string(text))) + "\n"
				}
				diff = difference(a, b, second)
			}
			switch {
			case diff == "":
				same[feature]++
				if gaps[gap] {
					t.Errorf("%s: agrees now; take it off the list", gap)
				}
			case !gaps[gap]:
				t.Errorf("%s: %s", gap, diff)
			}
			delete(gaps, gap)
		}
	}
	for gap := range gaps {
		t.Errorf("%s: listed, and not there", gap)
	}
	for _, feature := range []string{inBody, inTables, inNotes} {
		t.Logf("%s: %d of %d files agree", feature, same[feature], all[feature])
	}
}

// gapsIn reads a list of what differs, each with its reason after a colon.
func gapsIn(t *testing.T, path string) map[string]bool {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		if gap, reason, ok := strings.Cut(strings.TrimSpace(line), ": "); ok && reason != "" && !strings.HasPrefix(gap, "#") {
			out[gap] = true
		}
	}
	return out
}

// difference is the first paragraph that only one side has, as docx2txt has it or not.
func difference(ours, theirs []string, second string) string {
	for _, p := range apart(ours, theirs) {
		if !strings.Contains(second, plainQuotes(p)) {
			return fmt.Sprintf("only we read %.60q", p)
		}
	}
	text := plainQuotes(strings.Join(ours, ""))
	for _, p := range apart(theirs, ours) {
		if q := plainQuotes(p); strings.Contains(second, q) && !strings.Contains(text, q) {
			return fmt.Sprintf("only the others read %.60q", p)
		}
	}
	return ""
}

// sameText reports whether two extracts hold the same paragraphs, in whatever order, or
// the same text, however it is cut into paragraphs.
func sameText(a, b []string) bool {
	x, y := plainQuotes(strings.Join(a, "")), plainQuotes(strings.Join(b, ""))
	if x == y {
		return true
	}
	plain := func(list []string) []string {
		out := make([]string, len(list))
		for i, s := range list {
			out[i] = plainQuotes(s)
		}
		slices.Sort(out)
		return out
	}
	return slices.Equal(plain(a), plain(b))
}

// plainQuotes makes quotation marks and dashes alike: pandoc writes its own.
func plainQuotes(s string) string {
	return strings.NewReplacer("“", "", "”", "", "‘", "", "’", "", `"`, "", "'", "", "…", "...", "–", "-", "—", "-").Replace(s)
}

// apart is what of a is not in b.
func apart(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(p string) bool {
		return slices.ContainsFunc(b, func(q string) bool { return plainQuotes(p) == plainQuotes(q) })
	})
}
