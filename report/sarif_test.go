package report

import (
	"bytes"
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// sarifSchema is the schema of the standard, see NOTICE.
const sarifSchema = "testdata/sarif-schema-2.1.0.json"

func TestSARIFMatchesTheSchema(t *testing.T) {
	schema := schemaIn(t, sarifSchema)
	plain := sample(t)
	for i := range plain.Results {
		plain.Results[i].Waived, plain.Results[i].Known = nil, nil
	}
	for name, run := range map[string]*Run{"sample": sample(t), "without exceptions": plain, "empty": {}, "hostile": hostile(t)} {
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(write(t, "sarif", run)))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := schema.Validate(value); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A schema that accepts anything would pass the test above.
func TestSARIFSchemaRefusesWhatIsNoLog(t *testing.T) {
	schema := schemaIn(t, sarifSchema)
	good := string(write(t, "sarif", sample(t)))
	for _, change := range [][2]string{
		{`"version":"2.1.0"`, `"version":"2.2"`},
		{`"utf16CodeUnits"`, `"utf16"`},
		{`"level":"note"`, `"level":"info"`},
		{`"startLine":3`, `"startLine":0`},
		{`"kind":"external"`, `"kind":"outside"`},
	} {
		bad := strings.Replace(good, change[0], change[1], 1)
		if bad == good {
			t.Errorf("no %s in the sample", change[0])
			continue
		}
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(bad))
		if err != nil {
			t.Fatal(err)
		}
		if schema.Validate(value) == nil {
			t.Errorf("the schema accepts %s", change[1])
		}
	}
}

// sarifOf is the one run of the log.
func sarifOf(t *testing.T, run *Run) sarifRun {
	t.Helper()
	var log sarifLog
	if err := json.Unmarshal(write(t, "sarif", run), &log); err != nil {
		t.Fatal(err)
	}
	return log.Runs[0]
}

// What the standard asks for and no schema can say: indices lead to what they name,
// links lead to one location, the states of results go together.
func TestSARIFRefersToWhatIsThere(t *testing.T) {
	log := sarifOf(t, sample(t))
	check := func(at sarifLocation) {
		t.Helper()
		if at.Physical == nil {
			t.Errorf("a location without a file: %+v", at)
			return
		}
		a := at.Physical.Artifact
		if a.Index == nil {
			t.Errorf("no index of %s", a.URI)
			return
		}
		want := log.Artifacts[*a.Index]
		if want.Location.URI != a.URI || want.Location.BaseID != a.BaseID {
			t.Errorf("artifact %d is %+v, not %+v", *a.Index, want.Location, a)
		}
		nested := want.ParentIndex != nil
		if nested == (a.BaseID != "") {
			t.Errorf("%s: uriBaseId %q", a.URI, a.BaseID)
		}
		binary := want.MIMEType == mimeTypes[document.DOCX]
		if r := at.Physical.Region; r != nil && (binary || nested == (r.StartLine > 0) || nested != (r.ByteOffset != nil)) {
			t.Errorf("%s: region %+v", a.URI, *r)
		}
	}
	for _, r := range log.Results {
		if got := log.Tool.Driver.Rules[r.RuleIndex].ID; got != r.RuleID {
			t.Errorf("rule %d is %s, not %s", r.RuleIndex, got, r.RuleID)
		}
		for _, at := range r.Locations {
			check(at)
		}
		for i, at := range r.RelatedLocations {
			check(at)
			if at.ID != i+1 {
				t.Errorf("location %d has the id %d", i+1, at.ID)
			}
		}
		for _, flow := range r.CodeFlows {
			for _, step := range flow.ThreadFlows[0].Locations {
				check(step.Location)
			}
		}
		if r.Suppressions == nil || r.BaselineState == "" {
			t.Errorf("%s: suppressions or baseline state of some results only", r.RuleID)
		}
	}
	for i, a := range log.Artifacts {
		if _, err := url.Parse(a.Location.URI); err != nil {
			t.Error(err)
		}
		if i < len(sample(t).Results) == (a.ParentIndex != nil) {
			t.Errorf("artifact %d: parent %v", i, a.ParentIndex)
		}
	}
}

// Byte offsets into a part of a Word file hold in the part as it is in the archive.
func TestSARIFPlacesInWordFiles(t *testing.T) {
	const part = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` +
		`<w:p><w:r><w:t>第三条 授权</w:t></w:r></w:p><w:p><w:r><w:t>您授予我们对人脸</w:t></w:r><w:r><w:t>信息的永久授权😀，不得撤回。</w:t></w:r></w:p></w:body></w:document>`
	for _, r := range sarifOf(t, sample(t)).Results {
		if !strings.HasSuffix(r.Locations[0].Physical.Artifact.URI, ".docx") {
			continue
		}
		var got []string
		for _, at := range r.RelatedLocations {
			region := at.Physical.Region
			got = append(got, part[*region.ByteOffset:*region.ByteOffset+*region.ByteLength])
		}
		want := []string{"永久授权😀，不得撤回", "人脸</w:t></w:r><w:r><w:t>信息"}
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("the regions hold %q, want %q", got, want)
		}
		return
	}
	t.Error("no result in a Word file")
}

func TestSARIFSaysWhetherFilesWereRead(t *testing.T) {
	run := sample(t)
	if log := sarifOf(t, run); log.Invocations[0].ExecutionSuccessful {
		t.Error("successful, with files that could not be read")
	}
	run.Results = run.Results[:5]
	if log := sarifOf(t, run); !log.Invocations[0].ExecutionSuccessful || len(log.Invocations[0].Notifications) != 1 {
		t.Errorf("%+v: want success and one doubt", log.Invocations[0])
	}
}

func TestPathURI(t *testing.T) {
	for path, want := range map[string]string{
		"a.md":          "a.md",
		"./b/../a.md":   "a.md",
		"协议 1.docx":     "%E5%8D%8F%E8%AE%AE%201.docx",
		"a\xff.md":      "a%FF.md",
		"x:y#z?a%20.md": "x%3Ay%23z%3Fa%2520.md",
		"/srv/合同:1.md":  "file:///srv/%E5%90%88%E5%90%8C:1.md",
		"../a.md":       "../a.md",
		"-":             "-",
	} {
		got := pathURI(path)
		if got != want {
			t.Errorf("%q: %s, want %s", path, got, want)
		}
		if _, err := url.Parse(got); err != nil {
			t.Error(err)
		}
	}
}

// GitHub computes the hash of the whole file, byte order mark and markup included.
func TestSARIFHashesTheFileItself(t *testing.T) {
	for _, file := range []string{emojiText, "\ufeff" + emojiText, strings.ReplaceAll(emojiText, "\n", "\r\n")} {
		d := read(t, "a.md", file)
		run := &Run{Results: []Result{{Path: "a.md", Doc: d, Findings: []lint.Finding{finding(span(t, d, "人脸信息"), "zh")}}}}
		got := sarifOf(t, run).Results[0].PartialFingerprints["primaryLocationLineHash"]
		if want := lineHashes([]byte(file))[2]; got != want {
			t.Errorf("%q: %s, want %s", file, got, want)
		}
	}
}

// A contract or file name writes neither links nor placeholders into messages.
func TestSARIFMessagesAreOnlyText(t *testing.T) {
	d := read(t, "a.txt", "[here](https://example.com) {0} face\n")
	f := finding(document.Span{Start: 0, End: len(d.Text)}, "en")
	f.Message = "“[here](1)” {0}."
	f.Evidence = []lint.Evidence{{Span: span(t, d, "[here](https://example.com)"), Role: lint.RoleObject}}
	f.Rule = &clauses.Rule{ID: "x", Why: clauses.Text{En: "*a* <b> {0} https://example.com"}}
	log := sarifOf(t, &Run{Results: []Result{{Path: "a](b){0}.txt", Doc: d, Findings: []lint.Finding{f}}}})
	text := log.Results[0].Message.Text
	if strings.Count(text, "](") != 2 { // the link to the evidence, and the escaped bracket in its text
		t.Errorf("links of a contract in %q", text)
	}
	if !strings.Contains(text, `[object: "\[here\](https://example.com)" at line 1](1)`) {
		t.Errorf("no link to the evidence in %q", text)
	}
	if strings.Contains(strings.ReplaceAll(text, "{{0}}", ""), "{") {
		t.Errorf("a placeholder in %q", text)
	}
	help := log.Tool.Driver.Rules[0].Help.Markdown
	if !strings.Contains(help, `\*a\* &lt;b&gt; {{0}} https\://example.com`) {
		t.Errorf("markup in %q", help)
	}
}
