package report

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/segment"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// read reads an inline contract.
func read(t *testing.T, name, text string) *document.Document {
	t.Helper()
	d, err := document.Read(name, []byte(text), document.Options{})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return d
}

// readWord reads a Word file with these paragraphs, each a sequence of runs.
func readWord(t *testing.T, name string, paragraphs ...[]string) *document.Document {
	t.Helper()
	var body strings.Builder
	for _, runs := range paragraphs {
		body.WriteString("<w:p>")
		for _, text := range runs {
			body.WriteString("<w:r><w:t>" + text + "</w:t></w:r>")
		}
		body.WriteString("</w:p>")
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body.String() + `</w:body></w:document>`},
	} {
		w, err := z.Create(part[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(part[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return read(t, name, b.String())
}

// span is the first place of the words in the reading text.
func span(t *testing.T, d *document.Document, words string) document.Span {
	t.Helper()
	i := strings.Index(d.Text, words)
	if i < 0 {
		t.Fatalf("%s: no %q in %q", d.Name, words, d.Text)
	}
	return document.Span{Start: i, End: i + len(words)}
}

// stretch is the span from the first of one wording to the end of another.
func stretch(t *testing.T, d *document.Document, from, to string) document.Span {
	t.Helper()
	return span(t, d, from).Cover(span(t, d, to))
}

var irrevocable = &clauses.Rule{
	ID: "irrevocable-grant", Severity: clauses.Error,
	Title:   clauses.Text{Zh: "不可撤销的授权", En: "Irrevocable grant"},
	Why:     clauses.Text{Zh: "撤回权由法律赋予个人。", En: "The right to withdraw comes from statute.\n\nA promise *not to* withdraw {too}."},
	Rewrite: clauses.Text{Zh: "您可以随时在【设置】撤回同意。", En: "You may withdraw at any time under [Settings]."},
	Basis:   []clauses.Citation{{Instrument: "pipl", Article: "15"}},
}

var necessary = &clauses.Fact{
	ID: "face-necessary", Title: clauses.Text{Zh: "是否必需", En: "Whether face data is necessary"},
	Question: clauses.Text{Zh: "离开人脸能否提供服务？", En: "Can the service be provided without a face?"},
	Advice:   clauses.Text{Zh: "看功能。", En: "Look at what it does."}, Basis: []clauses.Citation{{Instrument: "pipl", Article: "16"}},
}

// finding is a finding with the parts that every test needs.
func finding(s document.Span, lang string) lint.Finding {
	return lint.Finding{
		Span: s, Rule: irrevocable, Severity: clauses.Error, Confidence: lint.High, Scope: lint.ClauseScope,
		Lang: lang, Message: "不得撤回的授权。", Clause: &segment.Clause{},
		Basis: []clauses.Citation{{Instrument: "pipl", Article: "15"}}, Fingerprint: "00112233445566ff",
	}
}

const (
	emojiText = "# 相册服务约定\n\n第7条 您同意😀𠮷我们收集人脸信息\n"
	zhText    = "第一条 定义\n\n“面容资料”指您的照片以及由此提取的人脸特征。\n\n第七条 面容资料的使用\n\n" +
		"为了让您在任何地方都能获得稳定的体验，也为了不断改进我们的产品，您在注册、登录、浏览、分享、评论以及使用本平台其他任何功能的时候，" +
		"都视为已经就面容资料向我们作出永久的、不可撤销的授权，我们无须就此另行通知您，也无须支付任何费用，本款不因账号的注销而失去效力。\n"
	enText = "7.2 Likeness\n\nYou grant us a\nperpetual licence to the face template of\neach guest, and it cannot be withdrawn.\n\n7.3 Notices\n\nWe send notices by e-mail.\n"
)

// sample is a run with every kind of entry that a report can hold.
func sample(t *testing.T) *Run {
	emoji := read(t, "emoji.md", emojiText)
	f1 := finding(span(t, emoji, "人脸信息"), "zh")
	f1.Clause = &segment.Clause{Label: "第7条", Level: 1}

	zh := read(t, "zh.txt", zhText)
	f2 := finding(span(t, zh, "永久的、不可撤销的授权"), "zh")
	f2.Message = "该条款使授权不得撤回，而个人有权随时撤回对处理面容资料的同意；条款不影响这一权利，个人可以请求确认它无效，并可以请求删除已经收集的面容资料。"
	f2.Clause = &segment.Clause{Label: "第七条", Heading: "面容资料的使用", Level: 1}
	f2.Basis = append(f2.Basis, clauses.Citation{Instrument: "civil-code", Article: "497"})
	f2.Suggestion = "您可以随时在【设置路径】撤回同意。撤回以后，我们在【15】日内删除您的面容资料。"
	f2.Evidence = []lint.Evidence{
		{Span: span(t, zh, "就面容资料"), Role: lint.RoleObject, Note: "面容资料，来自第一条的定义"},
		{Span: span(t, zh, "“面容资料”指您的照片以及由此提取的人脸特征"), Role: lint.RoleDefinition},
	}
	f3 := finding(span(t, zh, "无须就此另行通知您"), "zh")
	f3.Rule = &clauses.Rule{ID: "undisclosed-rules"}
	f3.Severity, f3.Confidence, f3.Message, f3.Basis = clauses.Note, lint.Low, "处理规则没有告知。", nil

	en := read(t, "en.txt", enText)
	f4 := finding(stretch(t, en, "perpetual licence", "cannot be withdrawn"), "en")
	f4.Severity, f4.Confidence = clauses.Warning, lint.Medium
	f4.Message = "The licence over face data cannot be withdrawn, although consent to its use can be withdrawn at any time."
	f4.Clause = &segment.Clause{Label: "7.2", Heading: "Likeness", Level: 1}
	f4.Suggestion = "You can withdraw at any time under [settings path]."
	f4.Evidence = []lint.Evidence{{Span: span(t, en, "face template"), Role: lint.RoleObject, Note: "a face template is face data"}}
	f5 := finding(document.Span{}, "en")
	f5.Rule, f5.Scope, f5.Severity = &clauses.Rule{ID: "no-withdrawal-channel"}, lint.DocumentScope, clauses.Warning
	f5.Message = "The agreement names no way to withdraw."

	f4.Facts = []lint.RestsOn{{Fact: necessary, Yes: clauses.Note, No: clauses.Error}}
	f6 := finding(span(t, en, "each guest"), "en")
	f6.Rule, f6.Message, f6.Severity = &clauses.Rule{ID: "service-conditioned-on-face"}, "Service depends on face data.", 0
	f6.Facts = []lint.RestsOn{{
		Fact:   &clauses.Fact{ID: "required-by-law", Title: clauses.Text{Zh: "法律要求", En: "Required by law"}, Question: clauses.Text{Zh: "法律是否要求？", En: "Does a law require it?"}},
		Answer: &lint.Answer{Yes: true, Owner: "Li Wei", Date: "2026-10-01", Source: "Memo\x1b 7"}, No: clauses.Error,
	}}

	f7 := finding(span(t, zh, "无须支付任何费用"), "zh")
	f7.Rule, f7.Fingerprint = &clauses.Rule{ID: "overbroad-grant"}, "00112233445566aa"
	waiver := Waiver{Reason: "已获单独同意\x1b，见备忘录 7", By: "李雷", Until: "2027-03-31", Path: "contracts/clauselint.waivers.yaml", Line: 3}
	f8 := finding(span(t, en, "e-mail"), "en")
	f8.Rule, f8.Severity, f8.Fingerprint = &clauses.Rule{ID: "missing-method"}, clauses.Warning, "00112233445566bb"
	met := []lint.Met{{Span: span(t, en, "We send notices by e-mail."), Rule: &clauses.Rule{ID: "missing-change-notice"}}}

	word := readWord(t, "word.docx", []string{"第三条 授权"}, []string{"您授予我们对人脸", "信息的永久授权😀，不得撤回。"})
	f9 := finding(stretch(t, word, "永久授权", "不得撤回"), "zh")
	f9.Clause, f9.Suggestion = &segment.Clause{Label: "第三条", Heading: "授权", Level: 1}, "您可以随时撤回。"
	f9.Evidence = []lint.Evidence{{Span: span(t, word, "人脸信息"), Role: lint.RoleObject}}
	f9.Fingerprint = "00112233445566cc"

	doubtful := read(t, "doubtful.txt", "Fair terms.\n")
	doubtful.Problems = append(doubtful.Problems, document.Problem{Message: "line 3: bytes that are not utf-8"})
	return &Run{Version: "v0.0.0-test", Results: []Result{
		{Path: "emoji.md", Doc: emoji, Languages: []string{"zh"}, Findings: []lint.Finding{f1}},
		{Path: "contracts/zh.txt", Doc: zh, Languages: []string{"zh"}, Findings: []lint.Finding{f3, f2}, Faces: true,
			Waived: []Waived{{f7, waiver}}},
		{Path: "contracts/en.txt", Doc: en, Languages: []string{"en"}, Findings: []lint.Finding{f4, f5}, Withheld: []lint.Finding{f6},
			Known: []lint.Finding{f8}, Met: met, Faces: true,
			Kind: lint.KindReading{Kind: clauses.Property, Span: span(t, en, "guest"), Why: lint.KindPersons}},
		{Path: "合同/人脸 服务.docx", Doc: word, Languages: []string{"zh"}, Findings: []lint.Finding{f9}, Faces: true},
		{Path: "doubtful.txt", Doc: doubtful, Languages: []string{"en"}},
		{Path: "missing.txt", Err: &fs.PathError{Op: "open", Path: "missing.txt", Err: fs.ErrNotExist}},
		{Path: "a\x1b[2J\xff.docx", Err: errors.New("not a Word file")},
	}}
}

// checkGolden compares with a file of testdata, or with -update writes it.
func checkGolden(t *testing.T, file string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", file)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs (go test ./report -update rewrites it):\n%s", path, got)
	}
}

func TestGolden(t *testing.T) {
	tests := []struct {
		file, format string
		change       func(*Run)
	}{
		{"pretty.txt", "pretty", func(r *Run) {}},
		{"pretty-zh-narrow.txt", "pretty", func(r *Run) { r.Lang, r.Width = "zh", 60 }},
		{"pretty-color.txt", "pretty", func(r *Run) { r.Color = true }},
		{"pretty-quiet.txt", "pretty", func(r *Run) { r.Quiet = true }},
		{"findings.json", "json", func(r *Run) {}},
		{"checkstyle.xml", "checkstyle", func(r *Run) {}},
		{"github.txt", "github", func(r *Run) {}},
		{"github-zh.txt", "github", func(r *Run) { r.Lang = "zh" }},
		{"github-summary.md", "github-summary", func(r *Run) {}},
		{"github-summary-zh.md", "github-summary", func(r *Run) { r.Lang = "zh" }},
		{"gitlab.json", "gitlab", func(r *Run) {}},
		{"junit.xml", "junit", func(r *Run) {}},
		{"findings.sarif", "sarif", func(r *Run) {}},
	}
	for _, test := range tests {
		t.Run(test.file, func(t *testing.T) {
			run := sample(t)
			test.change(run)
			got := write(t, test.format, run)
			if test.format == "sarif" { // for those who read the golden file
				var b bytes.Buffer
				if err := json.Indent(&b, got, "", "  "); err != nil {
					t.Fatal(err)
				}
				got = b.Bytes()
			}
			checkGolden(t, test.file, got)
		})
	}
}

func TestQuestionsGolden(t *testing.T) {
	tests := []struct {
		file, format string
		all          bool
		change       func(*Run)
	}{
		{"questions.txt", "pretty", false, func(r *Run) { r.Lang = "en" }},
		{"questions-all-zh.txt", "pretty", true, func(r *Run) { r.Lang = "zh" }},
		{"questions.json", "json", true, func(r *Run) {}},
	}
	for _, test := range tests {
		t.Run(test.file, func(t *testing.T) {
			run := sample(t)
			test.change(run)
			var b bytes.Buffer
			if err := QuestionFormats[test.format](&b, run, test.all); err != nil {
				t.Fatal(err)
			}
			checkGolden(t, test.file, b.Bytes())
		})
	}
}

func write(t *testing.T, format string, run *Run) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Formats[format](&b, run); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The order of the findings in memory must not show in any report.
func TestFindingsAreSorted(t *testing.T) {
	for format := range Formats {
		run := sample(t)
		want := write(t, format, run)
		for i := range run.Results {
			slices.Reverse(run.Results[i].Findings)
		}
		if got := write(t, format, run); !bytes.Equal(got, want) {
			t.Errorf("%s depends on the order of the findings", format)
		}
	}
}

func TestReasonNamesNoPathTwice(t *testing.T) {
	for _, test := range []struct {
		err  error
		want string
	}{
		{&fs.PathError{Op: "open", Path: "a.txt", Err: fs.ErrPermission}, fs.ErrPermission.Error()},
		{errors.New("a.txt: line 3: bad"), "line 3: bad"},
		{errors.New("not a Word file"), "not a Word file"},
		{nil, ""},
	} {
		if got := (Result{Path: "a.txt", Err: test.err}).Reason(); got != test.want {
			t.Errorf("Reason of %v: %q, want %q", test.err, got, test.want)
		}
	}
}

func TestLanguageOfTheReport(t *testing.T) {
	zh, en := Result{Languages: []string{"zh", "en"}}, Result{Languages: []string{"en"}}
	for _, test := range []struct {
		run  Run
		want string
	}{
		{Run{}, "en"},
		{Run{Lang: "zh"}, "zh"},
		{Run{Lang: "en", Results: []Result{zh}}, "en"},
		{Run{Lang: "auto", Results: []Result{zh}}, "zh"},
		{Run{Lang: "auto", Results: []Result{zh, en}}, "en"},
	} {
		if got := test.run.language(); got != test.want {
			t.Errorf("language of %+v: %s, want %s", test.run, got, test.want)
		}
	}
}

// failing is a stream whose reader has gone away.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, fs.ErrClosed }

func TestWriteErrorsAreReturned(t *testing.T) {
	for format, write := range Formats {
		if err := write(failing{}, sample(t)); !errors.Is(err, fs.ErrClosed) {
			t.Errorf("%s: error %v, want that of the stream", format, err)
		}
	}
}
