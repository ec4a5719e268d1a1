package config

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"github.com/clauselint/clauselint/clauses"
)

const schemaFile = "../docs/config.schema.json"

// value is a YAML node as an editor hands it to the schema.
func value(n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		m := make(map[string]any)
		for i := 0; i+1 < len(n.Content); i += 2 {
			m[n.Content[i].Value] = value(n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		list := []any{}
		for _, c := range n.Content {
			list = append(list, value(c))
		}
		return list
	}
	switch n.Tag {
	case "!!bool":
		return n.Value == "true"
	case "!!int":
		return json.Number(n.Value)
	}
	return n.Value
}

func TestSchemaAgrees(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	check := func(text string) error {
		var doc yaml.Node
		if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
			t.Fatal(err)
		}
		return schema.Validate(value(doc.Content[0]))
	}
	for _, tt := range mistakes {
		if tt.schema && check(tt.yaml) == nil {
			t.Errorf("%s: the schema accepts\n%s", tt.name, tt.yaml)
		}
	}
	for _, text := range []string{
		"version: 1\n",
		"version: 1\nextends: base.yaml\nbaseline: b.json\nexclude: [\"old/**\"]\nseverities: {missing-filing: off, irrevocable-grant: note}\n",
		"version: 1\nflows:\n  - name: sign-up\n    steps:\n      - text: |\n          a\n          b\n      - file: a.md\n      - {tick: I agree, ticked: yes}\n      - button: Go on\n",
		"version: 1\nrules: [house, ../shared]\nkind: b2b\n",
		"version: 1\nfacts:\n  under-14: {" + fact + "}\n  face-necessary: {answer: 是, owner: 李伟, date: \"2026-10-02\", source: b}\n",
		"version: 1\noverrides:\n  - files: \"gates/**\"\n    kind: property\n  - files: [\"*.md\", a.txt]\n    facts: {under-14: {answer: TRUE, owner: a, date: 2026-10-01, source: b}}\n",
	} {
		if _, err := Parse("c.yaml", []byte(text), known); err != nil {
			t.Errorf("%v in\n%s", err, text)
		}
		if err := check(text); err != nil {
			t.Errorf("%v in\n%s", err, text)
		}
	}
	page, err := os.ReadFile("../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	library, err := clauses.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for i, part := range strings.Split(string(page), "```yaml\n")[1:] {
		text, _, _ := strings.Cut(part, "```")
		if _, err := Parse("configuration.md", []byte(text), Known{library.FactIDs(), library.RuleIDs()}); err != nil {
			t.Errorf("example %d of docs/configuration.md: %v", i+1, err)
		}
		if err := check(text); err != nil {
			t.Errorf("example %d of docs/configuration.md: %v", i+1, err)
		}
	}
}

// TestSchemaKnowsTheNames: an editor completes kinds and facts from the schema.
func TestSchemaKnowsTheNames(t *testing.T) {
	data, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Defs struct {
			Kind  struct{ Enum []string }
			Facts struct{ Properties map[string]any }
		} `yaml:"$defs"`
	}
	if err := yaml.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	library, err := clauses.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for id := range schema.Defs.Facts.Properties {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	want := library.FactIDs()
	slices.Sort(want)
	if diff := cmp.Diff(want, ids); diff != "" {
		t.Errorf("facts (-library +schema):\n%s", diff)
	}
	if diff := cmp.Diff(kinds(), schema.Defs.Kind.Enum); diff != "" {
		t.Errorf("kinds (-library +schema):\n%s", diff)
	}
}
