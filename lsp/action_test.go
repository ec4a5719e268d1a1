package lsp

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
)

// applied is a text with edits made, from the last to the first.
func applied(text string, edits []TextEdit) string {
	slices.SortFunc(edits, func(a, b TextEdit) int {
		if less(b.Range.Start, a.Range.Start) {
			return -1
		}
		return 1
	})
	for _, e := range edits {
		from := len(cut(text, Range{Position{}, e.Range.Start}))
		text = text[:from] + e.NewText + text[from+len(cut(text, e.Range)):]
	}
	return text
}

func rulesIn(t *testing.T, name, text string) []string {
	t.Helper()
	d, err := document.Read(name, []byte(text), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range builtinLinter().Lint(d, lint.Options{}) {
		out = append(out, f.Rule.ID)
	}
	return out
}

func (c *testClient) actions(uri string, r Range, only ...string) []codeAction {
	c.t.Helper()
	params := document1(uri)
	params["range"] = r
	params["context"] = map[string]any{"diagnostics": []any{}, "only": only}
	if len(only) == 0 {
		delete(params["context"].(map[string]any), "only")
	}
	var out []codeAction
	c.call("textDocument/codeAction", params, &out)
	return out
}

func titled(actions []codeAction, prefix string) *codeAction {
	for i := range actions {
		if strings.HasPrefix(actions[i].Title, prefix) {
			return &actions[i]
		}
	}
	return nil
}

func TestCodeActions(t *testing.T) {
	c := contract(t, modern(), map[string]any{"locale": "en-GB"})
	grant := c.actions(contractURI, Range{Position{8, 10}, Position{8, 10}})
	fix := titled(grant, "Use compliant wording")
	if fix == nil || fix.Kind != "quickfix" || !fix.IsPreferred || len(fix.Diagnostics) != 1 || fix.Diagnostics[0].Code != "art11-full-grant" {
		t.Fatalf("actions %+v", grant)
	}
	edit := fix.Edit.DocumentChanges[0]
	if edit.TextDocument.URI != contractURI || *edit.TextDocument.Version != 1 {
		t.Errorf("edit of %+v", edit.TextDocument)
	}
	if after := applied(contractText, edit.Edits); slices.Contains(rulesIn(t, "a.md", after), "art11-full-grant") {
		t.Errorf("still found in %s", after)
	}
	waiving := titled(grant, "Waive art11-full-grant")
	if waiving == nil {
		t.Fatalf("no waiver in %+v", grant)
	}
	after := applied(contractText, waiving.Edit.DocumentChanges[0].Edits)
	if !strings.Contains(after, "\n\n<!-- clauselint-disable-next-line art11-full-grant reason=\"…\" by=\"…\" -->\n2.1 您授予我们") {
		t.Errorf("waived: %s", after)
	}
	explain := titled(grant, "Explain rule art11-full-grant")
	if explain == nil || explain.Command == nil {
		t.Fatalf("no page in %+v", grant)
	}
	var page string
	c.call("workspace/executeCommand", explain.Command, &page)
	if !strings.HasPrefix(page, "# ") {
		t.Errorf("page %q", page)
	}

	// What the document lacks is added as a paragraph of its own.
	missing := titled(c.actions(contractURI, Range{Position{14, 8}, Position{14, 8}}), "Add a compliant clause")
	if missing == nil {
		t.Fatal("nothing to add")
	}
	rule := missing.Diagnostics[0].Code
	after = applied(contractText, missing.Edit.DocumentChanges[0].Edits)
	if !strings.HasPrefix(after, strings.TrimRight(contractText, "\n")+"\n\n") || slices.Contains(rulesIn(t, "a.md", after), rule) {
		t.Errorf("%s is still missing in %s", rule, after)
	}
	if got := c.actions(contractURI, Range{Position{0, 0}, Position{0, 2}}); len(got) != 0 {
		t.Errorf("actions where nothing was found: %+v", got)
	}
	if code := c.fails("workspace/executeCommand", Command{Command: commandExplain, Arguments: []any{"no-such-rule"}}); code != codeInvalidParams {
		t.Errorf("an unknown rule: error %d", code)
	}
	if code := c.fails("workspace/executeCommand", Command{Command: "no.such"}); code != codeInvalidParams {
		t.Errorf("an unknown command: error %d", code)
	}
}

func TestFixAll(t *testing.T) {
	c := contract(t, modern(), nil)
	whole := Range{Position{0, 0}, Position{20, 0}}
	if titled(c.actions(contractURI, whole), "Apply all") != nil {
		t.Error("to fix everything is offered unasked")
	}
	for _, only := range []string{"source.fixAll", "source", "source.fixAll.clauselint"} {
		actions := c.actions(contractURI, whole, only)
		if len(actions) != 1 || actions[0].Kind != "source.fixAll.clauselint" {
			t.Fatalf("%s: %+v", only, actions)
		}
		after := applied(contractText, actions[0].Edit.DocumentChanges[0].Edits)
		if strings.ContainsAny(strings.ReplaceAll(after, contractText, ""), "【") || slices.Contains(rulesIn(t, "a.md", after), "art11-full-grant") {
			t.Errorf("%s: %s", only, after)
		}
	}
	if got := c.actions(contractURI, whole, "refactor"); len(got) != 0 {
		t.Errorf("refactor: %+v", got)
	}
}

// TestOldClient knows neither code actions nor versions of edits.
func TestOldClient(t *testing.T) {
	can := modern()
	delete(can, "textDocument.codeAction.codeActionLiteralSupport")
	c := contract(t, can, nil)
	params := document1(contractURI)
	params["range"], params["context"] = Range{Position{8, 10}, Position{8, 10}}, map[string]any{}
	var commands []Command
	c.call("textDocument/codeAction", params, &commands)
	if len(commands) != 1 || commands[0].Command != commandExplain {
		t.Errorf("commands %+v", commands)
	}
	can = modern()
	delete(can, "workspace.workspaceEdit.documentChanges")
	c = contract(t, can, nil)
	fix := titled(c.actions(contractURI, Range{Position{8, 10}, Position{8, 10}}), "Use compliant wording")
	if fix == nil || len(fix.Edit.Changes[contractURI]) == 0 || fix.Edit.DocumentChanges != nil {
		t.Errorf("fix %+v", fix)
	}
}

// TestWaiverPlaces has findings where no line can be put, and where one must be indented.
func TestWaiverPlaces(t *testing.T) {
	const grant = "您授予我们对您的人脸信息的永久、不可撤销的许可"
	for _, test := range []struct{ uri, language, text, want string }{
		{"file:///w/a.md", "markdown", "- 甲：\n  - " + grant + "。\r\n", "- 甲：\n  <!-- X -->\n  - 您"},
		{"file:///w/a.md", "markdown", "> " + grant + "。\r\n", "> <!-- X -->\r\n> 您"},
		{"file:///w/a.md", "markdown", "第一行，\n" + grant + "。\n", "<!-- X -->\n第一行"},
		{"file:///w/a.md", "markdown", "| 甲 | 乙 |\n|---|---|\n| 授权 | " + grant + "。 |\n", "<!-- X -->\n| 甲 | 乙 |\n"},
		{"file:///w/a.txt", "plaintext", grant + "。\n", ""},
		{"untitled:1", "markdown", grant + "。\n", "<!-- X -->\n您"},
	} {
		c := start(t, testOptions(), modern(), nil)
		c.open(test.uri, test.language, test.text)
		actions := c.actions(test.uri, Range{Position{0, 0}, Position{9, 0}})
		if titled(actions, "Explain") == nil {
			t.Fatalf("%q: nothing found", test.text)
		}
		action := titled(actions, "Waive")
		if action == nil {
			if test.want != "" {
				t.Errorf("%q: no waiver", test.text)
			}
			continue
		}
		rule := action.Diagnostics[0].Code
		after := strings.ReplaceAll(applied(test.text, action.Edit.DocumentChanges[0].Edits), "clauselint-disable-next-line "+rule+` reason="…" by="…"`, "X")
		if test.want == "" || !strings.Contains(after, test.want) {
			t.Errorf("%q: waived %q, want %q", test.text, after, test.want)
		}
	}
}

// TestExplainElsewhere has a client that shows no virtual documents open the page on the
// web.
func TestExplainElsewhere(t *testing.T) {
	can := modern()
	can["window.showDocument.support"] = true
	c := connect(t, testOptions())
	c.respond["window/showDocument"] = func(json.RawMessage) any { return map[string]any{"success": true} }
	c.initialize(can, nil)
	c.call("workspace/executeCommand", Command{Command: commandExplain, Arguments: []any{"irrevocable-grant"}}, nil)
	c.wait("window/showDocument", func(p json.RawMessage) bool {
		return strings.Contains(string(p), "https://github.com/clauselint/clauselint/blob/main/docs/rules/irrevocable-grant.md") && strings.Contains(string(p), `"external":true`)
	})
}
