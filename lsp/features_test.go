package lsp

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/clauselint/clauselint/document"
)

const grantText = "第一条 定义\n“生物样本”包括您的面部图像和从中生成的人脸模板。\n\n第二条 授权\n您授予本公司对生物样本的永久、不可撤销的使用许可。\n"

const contractText = `# 云影相册用户协议

## 第一条 定义

“生物样本”指您的面部图像和从中生成的人脸模板。许可见第二条。

## 第二条 授权

2.1 您授予我们对生物样本的永久、不可撤销的使用许可。

2.2 除第2.1条外，我们依照《中华人民共和国个人信息保护法》第十五条处理生物样本。

## 第三条 其他

3.1 为完成核验，我们采集您的人脸信息。不同意采集的，不得使用相册。
`

const contractURI = "file:///w/a.md"

func contract(t *testing.T, can capable, extra map[string]any) *testClient {
	t.Helper()
	c := start(t, testOptions(), can, extra)
	c.open(contractURI, "markdown", contractText)
	return c
}

func TestHover(t *testing.T) {
	c := contract(t, modern(), map[string]any{"locale": "zh-CN"})
	for _, test := range []struct {
		needle, under string
		want          []string
	}{
		{"不可撤销", "授予我们对生物样本的永久、不可撤销", []string{"art11-full-grant", "**依据** 《人脸识别司法解释》第十一条", "> 信息处理者采用格式条款", "**证据** 定义：", "**合规写法**\n\n> 您单独同意"}},
		{"第十五条", "《中华人民共和国个人信息保护法》第十五条", []string{"**中华人民共和国个人信息保护法**", "> 基于个人同意处理个人信息的"}},
		{"第2.1条", "第2.1条", []string{"**2.1**", "> 2.1 您授予我们"}},
		{"处理生物样本", "生物样本", []string{"**定义**", "> “生物样本”指您的面部图像"}},
	} {
		var h hover
		c.call("textDocument/hover", at(contractURI, contractText, test.needle, len(test.needle)-1), &h)
		if got := cut(contractText, h.Range); got != test.under {
			t.Errorf("%s: hover over %q, want %q", test.needle, got, test.under)
		}
		for _, want := range test.want {
			if h.Contents.Kind != "markdown" || !strings.Contains(h.Contents.Value, want) {
				t.Errorf("%s: no %q in %s", test.needle, want, h.Contents.Value)
			}
		}
	}
	var none *hover
	c.call("textDocument/hover", at(contractURI, contractText, "云影相册", 0), &none)
	if none != nil {
		t.Errorf("nothing to say, and yet %+v", none)
	}
}

// TestHoverEscapes has a contract whose words would do something as Markdown.
func TestHoverEscapes(t *testing.T) {
	text := "“样本[x](command:evil)<img>”指您的人脸照片。\n\n您授予我们对样本[x](command:evil)<img>的永久、不可撤销的许可。\n"
	c := start(t, testOptions(), modern(), nil)
	c.open(testURI, "plaintext", text)
	var h hover
	c.call("textDocument/hover", at(testURI, text, "不可撤销", 0), &h)
	if !strings.Contains(h.Contents.Value, `\[x\]`) || strings.Contains(strings.ReplaceAll(h.Contents.Value, `\]`, ""), "](command") || strings.Contains(h.Contents.Value, " <img") {
		t.Errorf("hover %s", h.Contents.Value)
	}
	can := modern()
	can["textDocument.hover.contentFormat"] = []string{"plaintext"}
	c = start(t, testOptions(), can, nil)
	c.open(testURI, "plaintext", text)
	c.call("textDocument/hover", at(testURI, text, "不可撤销", 0), &h)
	if h.Contents.Kind != "plaintext" || strings.Contains(h.Contents.Value, "**") || !strings.Contains(h.Contents.Value, "[x]") {
		t.Errorf("plain hover %+v", h.Contents)
	}
}

func (c *testClient) locations(method string, params any, text string) []string {
	c.t.Helper()
	var all []Location
	c.call(method, params, &all)
	var out []string
	for _, l := range all {
		out = append(out, fmt.Sprintf("%d %s", l.Range.Start.Line, cut(text, l.Range)))
	}
	return out
}

func TestNavigation(t *testing.T) {
	c := contract(t, modern(), nil)
	for _, test := range []struct {
		needle string
		want   []string
	}{
		{"第2.1条", []string{"8 2.1"}},
		{"第二条。", []string{"6 授权"}},
		{"处理生物样本", []string{"4 生物样本"}},
		{"云影相册", nil},
	} {
		got := c.locations("textDocument/definition", at(contractURI, contractText, test.needle, len(test.needle)-1), contractText)
		if !slices.Equal(got, test.want) {
			t.Errorf("definition of %s: %q, want %q", test.needle, got, test.want)
		}
	}
	for _, test := range []struct {
		needle string
		more   int
		with   bool
		want   []string
	}{
		{"处理生物样本", 9, true, []string{"4 生物样本", "8 生物样本", "10 生物样本"}},
		{"处理生物样本", 9, false, []string{"8 生物样本", "10 生物样本"}},
		{"2.1 您", 1, true, []string{"8 2.1", "10 第2.1条"}},
		{"第2.1条", 4, false, []string{"10 第2.1条"}},
		{"第二条 授权", 2, false, []string{"4 第二条"}},
		{"云影相册", 1, true, []string{"0 云影相册用户协议"}},
	} {
		params := at(contractURI, contractText, test.needle, test.more)
		params["context"] = map[string]any{"includeDeclaration": test.with}
		if got := c.locations("textDocument/references", params, contractText); !slices.Equal(got, test.want) {
			t.Errorf("references of %s, %t: %q, want %q", test.needle, test.with, got, test.want)
		}
	}

	can := modern()
	can["textDocument.definition.linkSupport"] = true
	c = contract(t, can, nil)
	var links []LocationLink
	c.call("textDocument/definition", at(contractURI, contractText, "第二条。", 0), &links)
	if len(links) != 1 || cut(contractText, links[0].OriginSelectionRange) != "第二条" || links[0].TargetRange.End.Line != 10 {
		t.Errorf("links %+v", links)
	}
}

// TestScopedTerm has a term with a meaning of its own in one clause, and English plurals.
func TestScopedTerm(t *testing.T) {
	text := "1. \"Sample\" means your photo.\n\n2. In this Section, \"Sample\" means your voice. We keep Samples.\n\n3. We delete the Sample. Resampled and Sampler are no use of it.\n"
	c := start(t, testOptions(), modern(), nil)
	c.open(testURI, "plaintext", text)
	for needle, want := range map[string]string{"keep Samples": "2 Sample", "the Sample": "0 Sample"} {
		got := c.locations("textDocument/definition", at(testURI, text, needle, len(needle)-2), text)
		if !slices.Equal(got, []string{want}) {
			t.Errorf("%s: %q, want %q", needle, got, want)
		}
	}
	params := at(testURI, text, "the Sample", 5)
	params["context"] = map[string]any{"includeDeclaration": false}
	if got := c.locations("textDocument/references", params, text); !slices.Equal(got, []string{"2 Sample", "4 Sample"}) {
		t.Errorf("references %q", got)
	}
}

func TestOutline(t *testing.T) {
	c := contract(t, modern(), nil)
	var tree []documentSymbol
	c.call("textDocument/documentSymbol", document1(contractURI), &tree)
	var names []string
	var walk func(depth int, parent *documentSymbol, all []documentSymbol)
	walk = func(depth int, parent *documentSymbol, all []documentSymbol) {
		for _, s := range all {
			names = append(names, strings.Repeat(" ", depth)+s.Name)
			if less(s.SelectionRange.Start, s.Range.Start) || less(s.Range.End, s.SelectionRange.End) {
				t.Errorf("%s: title at %v, outside of %v", s.Name, s.SelectionRange, s.Range)
			}
			if parent != nil && (less(s.Range.Start, parent.Range.Start) || less(parent.Range.End, s.Range.End)) {
				t.Errorf("%s at %v is outside of its parent", s.Name, s.Range)
			}
			walk(depth+1, &s, s.Children)
		}
	}
	walk(0, nil, tree)
	want := []string{"云影相册用户协议", " 第一条 定义", " 第二条 授权", "  2.1 您授予我们对生物样本的永久、不可撤销的使用许可。", "  2.2 除第2.1条外，我们依照《中华人民共和国个人信息保护…", " 第三条 其他", "  3.1 为完成核验，我们采集您的人脸信息。不同意采集的，不得…"}
	if !slices.Equal(names, want) {
		t.Errorf("outline %q, want %q", names, want)
	}
	var folds []foldingRange
	c.call("textDocument/foldingRange", document1(contractURI), &folds)
	if want := []foldingRange{{0, 14}, {2, 4}, {6, 10}, {12, 14}}; !slices.Equal(folds, want) {
		t.Errorf("folding %v, want %v", folds, want)
	}

	can := modern()
	delete(can, "textDocument.documentSymbol.hierarchicalDocumentSymbolSupport")
	c = contract(t, can, nil)
	var flat []symbolInformation
	c.call("textDocument/documentSymbol", document1(contractURI), &flat)
	if len(flat) != 7 || flat[3].ContainerName != "第二条 授权" || flat[3].Location.URI != contractURI {
		t.Errorf("flat outline %+v", flat)
	}
}

func TestLinksLensesHints(t *testing.T) {
	c := contract(t, modern(), map[string]any{"locale": "en"})
	var links []documentLink
	c.call("textDocument/documentLink", document1(contractURI), &links)
	if len(links) != 1 || links[0].Target != "https://github.com/clauselint/clauselint/blob/main/clauses/statutes/pipl.md#15" || cut(contractText, links[0].Range) != "《中华人民共和国个人信息保护法》第十五条" {
		t.Errorf("links %+v", links)
	}
	var lenses []codeLens
	c.call("textDocument/codeLens", document1(contractURI), &lenses)
	if len(lenses) != 2 || lenses[0].Range.Start != (Position{8, 0}) || lenses[0].Command.Title != "errors: 1" ||
		!strings.HasPrefix(lenses[1].Command.Title, "warnings: ") || lenses[0].Command.Arguments[0] != "art11-full-grant" {
		t.Errorf("lenses %+v", lenses)
	}
	var hints []inlayHint
	params := document1(contractURI)
	params["range"] = Range{Position{0, 0}, Position{12, 0}}
	c.call("textDocument/inlayHint", params, &hints)
	if len(hints) != 2 || hints[1].Label != "→ 您授予我们对生物样本的永久、不可…" || hints[0].Label != "→ 授权" || hints[1].Position.Line != 10 {
		t.Errorf("hints %+v", hints)
	}
	params["range"] = Range{Position{5, 0}, Position{9, 0}}
	c.call("textDocument/inlayHint", params, &hints)
	if len(hints) != 0 {
		t.Errorf("hints outside of what was asked for: %+v", hints)
	}
}

func TestStatuteLinks(t *testing.T) {
	for text, want := range map[string]string{
		"依照《个人信息保护法》第十五条处理。":                "《个人信息保护法》第十五条 pipl 15",
		"依照《中华人民共和国民法典》（以下简称民法典）第1021条。":    "《中华人民共和国民法典》（以下简称民法典）第1021条 civil-code 1021",
		"依照《个人信息保护法》第三百条。":                  "《个人信息保护法》第三百条 pipl ",
		"依照《个人信息保护法》。":                      "《个人信息保护法》 pipl ",
		"依照《渔业法》第二条和《隐私政策》。":                "",
		"under Article 15 of the PIPL, you": "Article 15 of the PIPL pipl 15",
		"see art. 497 Civil Code":           "art. 497 Civil Code civil-code 497",
		"Article 9 of these Terms":          "",
	} {
		d, err := document.Read("a.txt", []byte(text), document.Options{})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, l := range statuteLinks(d, builtin()) {
			got += d.Text[l.Start:l.End] + " " + l.instrument.ID + " "
			if l.article != nil {
				got += l.article.Number
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestCompletion(t *testing.T) {
	c := contract(t, modern(), nil)
	params := at(contractURI, contractText, "2.2 ", 4)
	params["context"] = map[string]any{"triggerKind": 2, "triggerCharacter": " "}
	var list completionList
	c.call("textDocument/completion", params, &list)
	if list.Items == nil || len(list.Items) != 0 {
		t.Errorf("after a space in prose: %+v", list.Items)
	}
	for _, test := range []struct {
		line, typed string
		want        string // a label that is offered, with what it replaces; "" for no rule
	}{
		{"<!-- clauselint-disable-next-line ", "", "irrevocable-grant"},
		{"<!-- clauselint-disable irrevocable-grant, perp", "perp", "perpetual-grant"},
		{"<!-- clauselint-disable-next-line perpetual-grant reason=\"", "", ""},
		{"<!-- clauselint-dis", "", ""},
		{"<!-- x --> ", "", ""},
		{"我们处理生物", "生物", "生物样本"},
		{"我们处理", "", "生物样本"},
	} {
		text := contractText + "\n" + test.line
		c := start(t, testOptions(), modern(), nil)
		c.open(contractURI, "markdown", text)
		var list completionList
		c.call("textDocument/completion", at(contractURI, text, test.line, len(test.line)), &list)
		i := slices.IndexFunc(list.Items, func(i completionItem) bool { return i.Label == test.want })
		switch {
		case test.want == "":
			if slices.ContainsFunc(list.Items, func(i completionItem) bool { return i.Kind == completionRule }) {
				t.Errorf("%s: rules are offered", test.line)
			}
		case i < 0:
			t.Errorf("%s: %s is not offered", test.line, test.want)
		case list.Items[i].TextEdit.NewText != test.want || cut(text, list.Items[i].TextEdit.Range) != test.typed || list.Items[i].Detail == "":
			t.Errorf("%s: offered %+v", test.line, list.Items[i])
		}
	}
}

// TestWordContent reads the text of a Word file through workspace/textDocumentContent, and
// gets what is found in it at places of that text.
func TestWordContent(t *testing.T) {
	dir := workspace(t)
	path := filepath.Join(dir, "a.docx")
	can := modern()
	can["workspace.textDocumentContent"] = map[string]any{}
	can["window.showDocument.support"] = true
	c := connect(t, testOptions())
	c.respond["workspace/textDocumentContent/refresh"] = func(json.RawMessage) any { return nil }
	c.respond["window/showDocument"] = func(json.RawMessage) any { return map[string]any{"success": true} }
	c.initialize(can, nil)
	uri := strings.Replace(pathURI(path), "file:", wordScheme+":", 1)
	var content struct{ Text string }
	c.call("workspace/textDocumentContent", map[string]any{"uri": uri}, &content)
	if !strings.Contains(content.Text, "\n第三条 签约效力\n") {
		t.Fatalf("text %q", content.Text)
	}
	c.open(uri, "plaintext", content.Text)
	p := c.pushed(uri, versioned(1))
	if len(p.Diagnostics) == 0 {
		t.Fatal("nothing found")
	}
	for _, d := range p.Diagnostics {
		if got := cut(content.Text, d.Range); spaceless(got) != spaceless(d.Data.Quote) {
			t.Errorf("%s underlines %q, quotes %q", d.Code, got, d.Data.Quote)
		}
	}
	for _, a := range c.actions(uri, Range{Position{0, 0}, Position{999, 0}}) {
		if a.Edit != nil {
			t.Errorf("an edit of what is only read: %+v", a)
		}
	}
	var h *hover
	first := p.Diagnostics[0]
	c.call("textDocument/hover", map[string]any{"textDocument": map[string]any{"uri": uri}, "position": first.Range.Start}, &h)
	if h == nil || !strings.Contains(h.Contents.Value, first.Code) {
		t.Errorf("hover %+v", h)
	}

	// The file changes: the client is told to ask again, and the findings follow.
	clean, err := os.ReadFile("../fixtures/formats/agreement.docx")
	if err != nil {
		t.Fatal(err)
	}
	write(t, path, string(clean))
	c.notify("workspace/didChangeWatchedFiles", map[string]any{"changes": []any{map[string]any{"uri": pathURI(path), "type": 2}}})
	c.wait("workspace/textDocumentContent/refresh", func(p json.RawMessage) bool { return strings.Contains(string(p), uri) })
	c.pushed(uri, func(now published) bool { return string(encode(now.Diagnostics)) != string(encode(p.Diagnostics)) })

	// The page of a rule is such a document, too.
	c.call("workspace/executeCommand", Command{Command: commandExplain, Arguments: []any{"irrevocable-grant"}}, nil)
	c.wait("window/showDocument", func(p json.RawMessage) bool { return strings.Contains(string(p), ruleScheme+":/irrevocable-grant.md") })
	c.call("workspace/textDocumentContent", map[string]any{"uri": ruleScheme + ":/irrevocable-grant.md"}, &content)
	if !strings.HasPrefix(content.Text, "# ") {
		t.Errorf("page %q", content.Text)
	}
	for _, bad := range []string{"file:///etc/hosts", ruleScheme + ":/no-such.md", "%"} {
		if code := c.fails("workspace/textDocumentContent", map[string]any{"uri": bad}); code != codeInvalidParams {
			t.Errorf("%s: error %d", bad, code)
		}
	}
}
