package report

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/segment"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

// hostileText is what no report may let through to a terminal, a page or a log.
const hostileText = "\x1b[2J\u202e\u0085\ufffe ]]> <script>alert(1)</script> &amp; **b** _i_ `c` [l](https://example.com) ![i](x) " +
	"| a | https://example.com www.example.com x@example.com <!-- ~~s~~ $x$ @name %0A::error::x ##[group] \\ \" '"

// hostile is a run whose every text is hostile.
func hostile(t *testing.T) *Run {
	d := read(t, "a.txt", hostileText+"\n")
	f := finding(document.Span{Start: 0, End: len(d.Text)}, "en")
	f.Message, f.Suggestion = hostileText, hostileText
	f.Clause = &segment.Clause{Label: hostileText, Heading: hostileText, Level: 1}
	f.Evidence = []lint.Evidence{{Span: f.Span, Role: lint.RoleObject, Note: hostileText}}
	path := hostileText + "\n\xff.txt"
	w := Waived{f, Waiver{Reason: hostileText, By: hostileText, Until: hostileText, Path: path, Line: 1}}
	d.Problems = append(d.Problems, document.Problem{Message: hostileText})
	return &Run{Version: hostileText, Results: []Result{
		{Path: path, Doc: d, Findings: []lint.Finding{f}, Waived: []Waived{w}, Known: []lint.Finding{f}},
		{Path: "b" + path, Err: errors.New(hostileText)},
	}}
}

func TestNoFormatLetsControlsThrough(t *testing.T) {
	for format := range Formats {
		for _, r := range string(write(t, format, hostile(t))) {
			if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
				t.Errorf("%s: %U", format, r)
				break
			}
		}
	}
}

// Whoever signs must find in any report what was found, not read, and let pass.
func TestEveryFormatSaysAll(t *testing.T) {
	for format := range Formats {
		run := sample(t)
		run.Width = 10000 // a broken line is no omission
		got := string(write(t, format, run))
		for _, r := range run.Results {
			for _, f := range r.Findings {
				if !strings.Contains(got, f.Rule.ID) {
					t.Errorf("%s: no %s", format, f.Rule.ID)
				}
			}
			for _, w := range r.Waived {
				for _, want := range []string{w.Rule.ID, "已获单独同意", "见备忘录 7", "李雷"} {
					if !strings.Contains(got, want) {
						t.Errorf("%s: no %s", format, want)
					}
				}
			}
			path := r.Path
			if !utf8.ValidString(path) {
				path = "2J" // each format writes the bytes around it in its own way
			}
			if r.Err != nil && !strings.Contains(got, path) {
				t.Errorf("%s: no %q", format, r.Path)
			}
			for _, f := range r.Known {
				if format != "pretty" && !strings.Contains(got, f.Rule.ID) { // it only counts them
					t.Errorf("%s: no %s", format, f.Rule.ID)
				}
			}
		}
	}
}

// 人脸信息 stands at column 16 of its line if an emoji and 𠮷 count two each.
func TestEveryFormatCountsInUTF16(t *testing.T) {
	for format, want := range map[string]string{
		"checkstyle":     `line="3" column="16"`,
		"github":         `line=3,endLine=3,col=16,endColumn=20`,
		"github-summary": `第 3 行第 16 列`,
		"gitlab":         `"begin": 3`, // it has no columns
		"html":           `第 3 行`,      // nor does it
		"json":           `"column": 16`,
		"junit":          `第 3 行第 16 列`,
		"pretty":         `emoji.md:3:16`,
		"sarif":          `"startColumn":16`,
	} {
		run := sample(t)
		run.Results = run.Results[:1]
		if got := string(write(t, format, run)); !strings.Contains(got, want) {
			t.Errorf("%s: no %s in\n%s", format, want, got)
		}
	}
	if n := len(Formats); n != 9 {
		t.Errorf("%d formats; the table above has 9", n)
	}
}

// The rules of Jenkins' junit-10.xsd: which elements stand in which, and which attributes
// they may and must have.
var junitRules = map[string]struct{ parents, must, may string }{
	"testsuites": {"", "", "name time tests failures errors"},
	"testsuite":  {"testsuites", "name tests failures errors", "group time skipped timestamp hostname id package file log url"},
	"testcase":   {"testsuite", "name", "time classname group"},
	"failure":    {"testcase", "", "type message"},
	"error":      {"testcase", "", "type message"},
	"skipped":    {"testcase", "", "type message"},
	"system-out": {"testsuite testcase", "", ""},
}

func TestJUnitKeepsToTheSchemaOfJenkins(t *testing.T) {
	for _, run := range []*Run{sample(t), hostile(t), {}} {
		var stack []string
		count := map[string]int{}
		dec := xml.NewDecoder(bytes.NewReader(write(t, "junit", run)))
		for {
			token, err := dec.Token()
			if errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			switch e := token.(type) {
			case xml.StartElement:
				name, parent := e.Name.Local, ""
				if len(stack) > 0 {
					parent = stack[len(stack)-1]
				}
				rule, ok := junitRules[name]
				if !ok || parent != rule.parents && !slices.Contains(strings.Fields(rule.parents), parent) {
					t.Errorf("<%s> in <%s>", name, parent)
				}
				var has []string
				for _, a := range e.Attr {
					has = append(has, a.Name.Local)
					if !slices.Contains(strings.Fields(rule.must+" "+rule.may), a.Name.Local) {
						t.Errorf("<%s %s=…>", name, a.Name.Local)
					}
				}
				for _, must := range strings.Fields(rule.must) {
					if !slices.Contains(has, must) {
						t.Errorf("<%s> without %s", name, must)
					}
				}
				count[name]++
				stack = append(stack, name)
			case xml.EndElement:
				stack = stack[:len(stack)-1]
			}
		}
		s := run.Summary()
		if count["testsuite"] != s.Files || count["failure"] != s.Findings || count["error"] != s.Unreadable || count["skipped"] != s.Waived+s.Known {
			t.Errorf("%v elements for %+v", count, s)
		}
	}
}

// Characters that XML 1.0 does not have, not even as references, would make the whole
// report unreadable.
func TestXMLIsWellFormed(t *testing.T) {
	for _, format := range []string{"junit", "checkstyle"} {
		data := write(t, format, hostile(t))
		for dec := xml.NewDecoder(bytes.NewReader(data)); ; {
			if _, err := dec.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", format, err)
			}
		}
		if !bytes.Contains(data, []byte(`\x1b[2J\u202e\x85\ufffe`)) {
			t.Errorf("%s does not show the controls", format)
		}
	}
}

var workflowCommand = regexp.MustCompile(`^::(error|warning|notice) file=([^:,\n]+)(,line=\d+,endLine=\d+(,col=\d+,endColumn=\d+)?)?,title=([^:,\n]+)::(.+)$`)

func TestGitHubCommands(t *testing.T) {
	for _, run := range []*Run{sample(t), hostile(t)} {
		rank := map[string]int{"error": 0, "warning": 1, "notice": 2}
		s := run.Summary()
		lines := strings.Split(strings.TrimSuffix(string(write(t, "github", run)), "\n"), "\n")
		if want := s.Findings + s.Waived + s.Known + s.Unreadable + 1; len(lines) != want {
			t.Errorf("%d lines, want %d", len(lines), want)
		}
		last, exceptions := 0, 0
		for i, line := range lines {
			m := workflowCommand.FindStringSubmatch(line)
			if m == nil {
				t.Fatalf("no command: %s", line)
			}
			if rest := strings.NewReplacer("%25", "", "%0A", "", "%3A", "", "%2C", "").Replace(m[2] + m[5] + m[6]); strings.Contains(rest, "%") {
				t.Errorf("a percent sign that is not escaped: %s", line)
			}
			if !strings.Contains(m[5], "存疑") && m[5] != "clauselint%3A problem" {
				if rank[m[1]] < last {
					t.Errorf("line %d is worse than the line before it", i+1)
				}
				last = rank[m[1]]
			}
			if i >= len(lines)-s.Waived-s.Known && m[1] == "notice" {
				exceptions++
			}
		}
		if exceptions != s.Waived+s.Known {
			t.Errorf("%d exceptions at the end, want %d", exceptions, s.Waived+s.Known)
		}
	}
}

func TestGitLabFingerprintsDiffer(t *testing.T) {
	run := sample(t)
	// The same clause in a second file, and one finding twice.
	again := run.Results[0]
	again.Path = "copy.md"
	again.Findings = append(slices.Clone(again.Findings), again.Findings...)
	run.Results = append(run.Results, again)
	var entries []gitlabEntry
	if err := json.Unmarshal(write(t, "gitlab", run), &entries); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, e := range entries {
		if seen[e.Fingerprint] {
			t.Errorf("%s twice", e.Fingerprint)
		}
		seen[e.Fingerprint] = true
		if e.Description == "" || e.CheckName == "" || e.Location.Path == "" || e.Location.Lines.Begin < 1 ||
			!slices.Contains([]string{"info", "minor", "major", "critical", "blocker"}, e.Severity) {
			t.Errorf("an entry lacks something: %+v", e)
		}
	}
	if got := write(t, "gitlab", &Run{}); string(got) != "[]\n" {
		t.Errorf("no files: %s", got)
	}
}

// Of a contract, a page shows the text only.
func TestSummaryShowsMarkupAsText(t *testing.T) {
	page := write(t, "github-summary", hostile(t))
	root := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader(page))
	err := ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Emphasis, *ast.CodeSpan, *ast.Image, *ast.AutoLink, *ast.HTMLBlock, *ast.CodeBlock, *ast.FencedCodeBlock, *ast.List, *ast.Blockquote:
			t.Errorf("a %s in the page", n.Kind())
		case *ast.Link:
			if !strings.HasPrefix(string(n.Destination), projectURI+"/") {
				t.Errorf("a link to %s", n.Destination)
			}
		case *ast.RawHTML:
			if tag := string(n.Segments.Value(page)); !slices.Contains([]string{"<br>", "<span>", "</span>"}, tag) {
				t.Errorf("the tag %s", tag)
			}
		}
		if n.Kind().String() == "TableRow" && n.ChildCount() != n.Parent().FirstChild().ChildCount() {
			t.Errorf("a row of %d cells", n.ChildCount())
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if regexp.MustCompile(`[^>][@$]`).Match(page) {
		t.Error("a name or formula of GitHub's")
	}
}

func TestSummaryHasAnEnd(t *testing.T) {
	d := read(t, "a.txt", strings.Repeat("face ", 80))
	var many []lint.Finding
	for i := range 3000 {
		f := finding(document.Span{Start: 0, End: len(d.Text)}, "en")
		f.Severity = clauses.Severity(1 + i%3)
		many = append(many, f)
	}
	run := &Run{Lang: "en", Results: []Result{{Path: "a.txt", Doc: d, Findings: many}}}
	page := string(write(t, "github-summary", run))
	rows := strings.Count(page, "\n| error ") + strings.Count(page, "\n| warning ") + strings.Count(page, "\n| note ")
	if want := fmt.Sprintf("\n%d more not shown", 3000-rows); len(page) > summaryLimit || rows >= 3000 || !strings.Contains(page, want) {
		t.Errorf("%d bytes, %d rows, no %q", len(page), rows, want)
	}
	if len(page) < summaryLimit-2000 || strings.Contains(page, "| note ") {
		t.Errorf("%d bytes, and not the worst of them", len(page))
	}
	run.Results[0].Findings = many[:100]
	if page := string(write(t, "github-summary", run)); strings.Contains(page, "not shown") {
		t.Error("a row is missing from a short page")
	}
}
