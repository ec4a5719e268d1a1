package docx

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRedline(t *testing.T) {
	const preserve = ` xml:space="preserve"`
	begin := `<w:commentRangeStart w:id="1"/>`
	end := `<w:commentRangeEnd w:id="1"/><w:r w:rsidR="00C1A5E0"><w:commentReference w:id="1"/></w:r>`
	bold := `<w:rPr><w:b/></w:rPr>`
	del := func(id, inner string) string {
		return `<w:del w:id="` + id + `" w:author="clauselint">` + inner + `</w:del>`
	}
	ins := func(id, inner string) string {
		return `<w:ins w:id="` + id + `" w:author="clauselint">` + inner + `</w:ins>`
	}
	deleted := func(props, text string) string {
		return `<w:r>` + props + `<w:delText` + preserve + `>` + text + `</w:delText></w:r>`
	}
	stays := func(props, text string) string {
		return `<w:r>` + props + `<w:t` + preserve + `>` + text + `</w:t></w:r>`
	}
	for _, tt := range []struct{ name, body, on, text, want string }{
		{"inside a run", p(`<w:r>` + bold + `<w:t>abcd</w:t></w:r>`), "bc", "x & y",
			p(stays(bold, "a") + begin + del("1", deleted(bold, "bc")) + ins("2", stays(bold, "x &amp; y")) + end + stays(bold, "d"))},
		{"a whole run", p(`<w:r w:rsidR="00AA"><w:t>abcd</w:t></w:r>`), "abcd", "",
			p(begin + del("1", `<w:r w:rsidR="00AA"><w:delText`+preserve+`>abcd</w:delText></w:r>`) + end)},
		{"over runs", p(r("ab") + `<w:bookmarkStart w:id="7" w:name="q"/>` + `<w:r>` + bold + `<w:t>cd</w:t></w:r>`), "bc", "x",
			p(stays("", "a") + begin + del("8", deleted("", "b")) + `<w:bookmarkStart w:id="7" w:name="q"/>` + del("9", deleted(bold, "c")) + ins("10", stays(bold, "x")) + end + stays(bold, "d"))},
		{"a tab goes with the words", p(`<w:r><w:t>ab</w:t><w:tab/><w:t>cd</w:t></w:r>`), "b\tc", "",
			p(stays("", "a") + begin + del("1", `<w:r><w:delText`+preserve+`>b</w:delText><w:tab/><w:delText`+preserve+`>c</w:delText></w:r>`) + end + stays("", "d"))},
		{"in a link", p(`<w:hyperlink w:anchor="x">` + r("ab") + `</w:hyperlink>`), "a", "x", ""},
		{"in an insertion", p(`<w:ins w:id="3">` + r("ab") + `</w:ins>`), "a", "x", ""},
		{"in a run with the mark of a note", p(`<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>*</w:t></w:r>`), "*", "x", ""},
		{"in the first paragraph of a control", `<w:sdt><w:sdtContent>` + p(r("ab")) + `</w:sdtContent></w:sdt>` + p(r("c")), "ab", "x",
			`<w:sdt><w:sdtContent>` + p(begin+del("1", deleted("", "ab"))+ins("2", stays("", "x"))+`<w:commentRangeEnd w:id="1"/>`) + `</w:sdtContent></w:sdt>` +
				p(strings.TrimPrefix(end, `<w:commentRangeEnd w:id="1"/>`)+r("c"))},
		{"in a field", p(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + r("ab") + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`), "a", "x", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in := typed(tt.body, nil).zipped(t)
			f, err := Read(in, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			out, err := Redline(in, []Replacement{{Comment: words(t, f, tt.on), Text: tt.text}}, Limits{})
			if tt.want == "" {
				if !errors.Is(err, ErrNoPlace) {
					t.Fatalf("error %v, want a refusal", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(document(tt.want), contents(t, out)["word/document.xml"]); diff != "" {
				t.Errorf("document (-want +got):\n%s", diff)
			}
		})
	}
}

// checkRedlines changes random words of data and demands that accepting gives the new
// text and rejecting the old text with its formatting.
func checkRedlines(t testing.TB, rng *rand.Rand, data []byte, tries int) (made int) {
	t.Helper()
	f, err := Read(data, Limits{})
	if err != nil || f.Tracked {
		return 0
	}
	var full []int
	for i, p := range f.Paragraphs {
		if p.Text() != "" && p.Part == "word/document.xml" && p.Place == Body {
			full = append(full, i)
		}
	}
	if len(full) == 0 {
		return 0
	}
	for range tries {
		i := full[rng.Intn(len(full))]
		para := &f.Paragraphs[i]
		from, to := randomByte(rng, para, true), randomByte(rng, para, false)
		if to <= from {
			continue
		}
		c := Replacement{Comment: Comment{Part: para.Part, Start: from, End: to, Author: "a", Text: []CommentText{{"en", "why"}}}, Text: "NEW <words>"}
		out, err := Redline(data, []Replacement{c}, Limits{})
		if errors.Is(err, ErrNoPlace) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		made++
		old, err := ReadView(out, Original, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(formatted(f), formatted(old)); diff != "" {
			t.Fatalf("rejected, %+v (-before +after):\n%s", c, diff)
		}
		accepted, err := ReadView(out, Final, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		got, want := texts(accepted), slices.Clone(texts(f))
		want[i] = got[i]
		if diff := cmp.Diff(want, got); diff != "" || !strings.Contains(got[i], c.Text) {
			t.Fatalf("accepted, %+v: %q\n%s", c, got[i], diff)
		}
	}
	return made
}

// formatted is the text of a file with the look of each character.
func formatted(f *File) []string {
	var out []string
	for _, p := range f.Paragraphs {
		line, last := p.Label+"|", ""
		for _, r := range p.Runs {
			r.Deleted, r.Inserted = nil, nil
			look := r
			look.Text, look.Index, look.Pieces = "", 0, nil
			if s := strings.TrimSpace(fmt.Sprintf("%+v", look)); s != last {
				line += "{" + s + "}"
				last = s
			}
			line += r.Text
		}
		out = append(out, line)
	}
	return out
}

func TestRedlineIsUndone(t *testing.T) {
	body := p(`<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">甲方 同意 </w:t><w:tab/><w:t> a &amp; b  c </w:t></w:r>`+r(" 末尾")) +
		`<w:tbl><w:tr><w:tc>` + p(r("cell one")) + `</w:tc></w:tr></w:tbl>`
	if made := checkRedlines(t, rand.New(rand.NewSource(3)), typed(body, nil).zipped(t), 200); made < 50 {
		t.Errorf("%d changes made", made)
	}
	root := os.Getenv("CLAUSELINT_CORPUS")
	if root == "" {
		return
	}
	made := 0
	files, err := filepath.Glob(filepath.Join(root, "*", "*.docx"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(path), func(t *testing.T) { made += checkRedlines(t, rand.New(rand.NewSource(4)), data, 3) })
	}
	t.Logf("%d changes in %d files", made, len(files))
}

// TestPandocRejectsTheChanges has another program reject our changes: it must read the
// text that it read before. Where it accepts them, it must read the new words.
func TestPandocRejectsTheChanges(t *testing.T) {
	pandoc, err := exec.LookPath("pandoc")
	if err != nil {
		t.Skip("needs pandoc; make test-tools installs it")
	}
	read := func(how string, data []byte) (string, error) {
		cmd := exec.Command(pandoc, "-f", "docx", "-t", "json", "--track-changes="+how)
		cmd.Stdin = bytes.NewReader(data)
		tree, err := cmd.Output()
		if err != nil {
			return "", err
		}
		text, err := pandocText(tree)
		return strings.Join(slices.Concat(text[inBody], text[inTables], text[inNotes]), "\n"), err
	}
	files := wordFiles(t)
	made := 0
	for _, name := range slices.Sorted(maps.Keys(files)) {
		w := writeRandomly(t, name, files[name])
		if w.redlined == nil {
			continue
		}
		before, err := read("reject", files[name])
		if err != nil {
			continue // what pandoc cannot read it cannot reject
		}
		rejected, err := read("reject", w.redlined)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(strings.Split(before, "\n"), strings.Split(rejected, "\n")); diff != "" {
			t.Errorf("%s: rejected (-before +after):\n%s", name, diff)
		}
		accepted, err := read("accept", w.redlined)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !strings.Contains(accepted, "NEW") { // it reads no text boxes
			t.Errorf("%s: accepted, it says none of our words", name)
		}
		made += len(w.changes)
	}
	if made == 0 {
		t.Error("no change made")
	}
	t.Logf("%d changes", made)
}
