package config

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

const waiver = `  - fingerprint: 00112233445566ff
    rule: irrevocable-grant
    file: app/agreement.docx
    quote: 不可撤销的授权
    reason: 已获单独同意，见备忘录 7
    by: 李雷
`

func TestParseWaivers(t *testing.T) {
	w, err := ParseWaivers(filepath.Join("a", WaiversName), []byte("version: 1\nwaivers:\n"+waiver+"    until: 2027-03-31\n"), known)
	if err != nil {
		t.Fatal(err)
	}
	want := []Waiver{{
		Fingerprint: "00112233445566ff", Rule: "irrevocable-grant", Quote: "不可撤销的授权", File: filepath.Join("a", "app", "agreement.docx"),
		Reason: "已获单独同意，见备忘录 7", By: "李雷", Until: "2027-03-31", Line: 3,
	}}
	if diff := cmp.Diff(want, w.List); diff != "" {
		t.Errorf("waivers (-want +got):\n%s", diff)
	}
}

func TestWaiversRefused(t *testing.T) {
	replaced := func(old, new string) string {
		if !strings.Contains(waiver, old) {
			t.Fatalf("the waiver has no %q", old)
		}
		return "version: 1\nwaivers:\n" + strings.Replace(waiver, old, new, 1)
	}
	schema, err := jsonschema.NewCompiler().Compile("../docs/waivers.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	refuses := func(text string) bool {
		var doc yaml.Node
		if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
			t.Fatal(err)
		}
		return schema.Validate(value(doc.Content[0])) != nil
	}
	if refuses("version: 1\nwaivers:\n" + waiver + "    until: 2027-03-31\n") {
		t.Error("the schema refuses a waiver that is in order")
	}
	for name, tt := range map[string]struct{ yaml, want string }{
		"no reason":       {replaced("    reason: 已获单独同意，见备忘录 7\n", ""), "w.yaml:3:5: a waiver without reason; it needs fingerprint, rule, file, quote, reason and by"},
		"empty reason":    {replaced("已获单独同意，见备忘录 7", "''"), "w.yaml:7:13: reason is empty; give it, or take the line away"},
		"nobody":          {replaced("    by: 李雷\n", ""), "w.yaml:3:5: a waiver without by; it needs fingerprint, rule, file, quote, reason and by"},
		"unknown rule":    {replaced("irrevocable-grant", "irrevocable-grants"), `w.yaml:4:11: unknown rule "irrevocable-grants"; did you mean "irrevocable-grant"?`},
		"bad fingerprint": {replaced("00112233445566ff", "0011"), `w.yaml:3:18: the fingerprint "0011"; want the 16 digits that the JSON report gives`},
		"pattern":         {replaced("agreement.docx", "*.docx"), `w.yaml:5:11: "app/*.docx" is a pattern; a waiver is for one finding in one file`},
		"unknown key":     {replaced("    by:", "    bye:"), `w.yaml:8:5: unknown key "bye"; did you mean "by"?`},
		"bad day":         {replaced("by: 李雷", "by: 李雷\n    until: soon"), `w.yaml:9:12: until "soon"; want a day as 2026-12-31`},
		"no list":         {"version: 1\nwaivers: none\n", "w.yaml:2:10: waivers must be a list, each item with `fingerprint`, not text"},
		"no version":      {"waivers: []\n", "w.yaml:1:1: no version; begin the file with `version: 1`"},
	} {
		_, err := ParseWaivers("w.yaml", []byte(tt.yaml), known)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v\nwant %s", name, err, tt.want)
		}
		if name != "unknown rule" && !refuses(tt.yaml) { // a house library adds names
			t.Errorf("%s: the schema accepts it", name)
		}
	}
}

func FuzzParseWaivers(f *testing.F) {
	f.Add([]byte("version: 1\nwaivers:\n" + waiver))
	f.Add([]byte("version: 1\nwaivers: [{}, 1, [], {until: 2026-02-30}]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		w, err := ParseWaivers("w.yaml", data, known)
		if err != nil {
			for _, line := range strings.Split(err.Error(), "\n") {
				if !strings.HasPrefix(line, "w.yaml:") {
					t.Errorf("%q does not begin with the path", line)
				}
			}
			return
		}
		for _, x := range w.List {
			if x.Reason == "" || x.By == "" || x.File == "" || !fingerprint.MatchString(x.Fingerprint) || x.Line < 1 {
				t.Errorf("%+v", x)
			}
		}
	})
}

func TestExtends(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, filepath.FromSlash(name))
		writeFile(t, path, text)
		return path
	}
	write("shared/deep.yaml", "version: 1\nrules: house\nkind: b2b\nseverities: {missing-filing: note}\n")
	write("shared/base.yaml", "version: 1\nextends: deep.yaml\nexclude: old/**\nseverities: {irrevocable-grant: off, missing-filing: error}\noverrides: [{files: 'gates/**', kind: property}]\n")
	top := write("repo/.clauselint.yaml", "version: 1\nextends: ../shared/base.yaml\nseverities: {irrevocable-grant: warning}\n")
	c, err := Read(top, known)
	if err != nil {
		t.Fatal(err)
	}
	s := c.For(filepath.Join(dir, "repo", "gates", "x.md"))
	got := fmt.Sprintln(s.Kind, s.Severities["irrevocable-grant"].Severity, s.Severities["missing-filing"].Severity, filepath.Base(s.KindAt.Path), c.Rules)
	if want := fmt.Sprintln("property", "warning", "error", "base.yaml", []string{filepath.Join(dir, "shared", "house")}); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if !c.Excludes(filepath.Join(dir, "repo", "old", "x.md")) || c.Excludes(filepath.Join(dir, "shared", "old", "x.md")) {
		t.Error("the patterns of a file that is extended do not begin at the one that extends it")
	}

	loop := write("loop/a.yaml", "version: 1\nextends: b.yaml\n")
	write("loop/b.yaml", "version: 1\nextends: ./a.yaml\n")
	if _, err := Read(loop, known); err == nil || !strings.Contains(err.Error(), "which extends this file") {
		t.Errorf("a circle: %v", err)
	}
	gone := write("gone.yaml", "version: 1\nextends: no.yaml\n")
	if _, err := Read(gone, known); err == nil || !strings.HasPrefix(err.Error(), gone+":2:10: extends ") {
		t.Errorf("a file that is not there: %v", err)
	}
	for i := range 12 {
		write(fmt.Sprintf("long/%d.yaml", i), fmt.Sprintf("version: 1\nextends: %d.yaml\n", i+1))
	}
	if _, err := Read(filepath.Join(dir, "long", "0.yaml"), known); err == nil || !strings.Contains(err.Error(), "shorten the chain") {
		t.Errorf("a long chain: %v", err)
	}
}
