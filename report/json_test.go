package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

func findingsSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	return schemaIn(t, "../docs/findings.schema.json")
}

func schemaIn(t *testing.T, path string) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	schema, err := c.Compile(path)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func TestJSONMatchesItsSchema(t *testing.T) {
	schema := findingsSchema(t)
	docx := jsonPosition{Byte: 812, Line: 4, Column: 1, Part: "word/document.xml", Paragraph: 4, Run: 2}
	inWord, err := json.Marshal(jsonRun{
		SchemaVersion: schemaVersion, Tool: jsonTool{"clauselint", "v0"}, ColumnUnit: "utf-16",
		Files: []jsonFile{{
			Path: "a.docx", Format: string(document.DOCX), Languages: []string{}, Problems: []jsonMessage{}, Errors: []jsonMessage{},
			Findings: []jsonFinding{{
				Rule: "irrevocable-grant", Severity: "error", Confidence: string(lint.High), Scope: string(lint.ClauseScope),
				Range: jsonRange{docx, docx}, Evidence: []jsonEvidence{}, Basis: []string{}, Fingerprint: "00112233445566ff",
			}},
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"sample": write(t, "json", sample(t)),
		"empty":  write(t, "json", &Run{}),
		"docx":   inWord,
	} {
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := schema.Validate(value); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A schema that accepts anything would pass the test above.
func TestSchemaRefusesWhatIsNoReport(t *testing.T) {
	schema := findingsSchema(t)
	good := string(write(t, "json", sample(t)))
	for _, change := range [][2]string{
		{`"columnUnit": "utf-16"`, `"columnUnit": "utf-8"`},
		{`"severity": "error"`, `"severity": "fatal"`},
		{`"line": 3`, `"line": 0`},
		{`"rule": `, `"more": 1, "rule": `},
		{`"fingerprint": "00112233445566ff"`, `"fingerprint": ""`},
		{`"findings": []`, `"findings": null`},
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

func TestJSONStrings(t *testing.T) {
	d := read(t, "a.txt", "<b>您 & 我\u202e</b>")
	run := &Run{Results: []Result{
		{Path: "<a&b>\x1b\xff.txt", Doc: d, Findings: []lint.Finding{finding(document.Span{Start: 0, End: len(d.Text)}, "zh")}},
	}}
	data := write(t, "json", run)
	for _, want := range []string{`"<a&b>\u001b\\xff.txt"`, `"<b>您 & 我\u202e</b>"`} {
		if !bytes.Contains(data, []byte(want)) {
			t.Errorf("no %s in %s", want, data)
		}
	}
	var back jsonRun
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	if got := back.Files[0].Findings[0].Quote; got != d.Quote(document.Span{Start: 0, End: len(d.Text)}) {
		t.Errorf("the quote comes back as %q", got)
	}
}
