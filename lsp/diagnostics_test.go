package lsp

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

const testURI = "file:///w/a.txt"

func change(uri string, version int, edits ...map[string]any) map[string]any {
	return map[string]any{"textDocument": map[string]any{"uri": uri, "version": version}, "contentChanges": edits}
}

func whole(text string) map[string]any { return map[string]any{"text": text} }

func TestPushedDiagnostics(t *testing.T) {
	c := start(t, testOptions(), modern(), nil)
	c.open(testURI, "plaintext", grantText)
	p := c.pushed(testURI, versioned(1))
	i := slices.IndexFunc(p.Diagnostics, func(d Diagnostic) bool { return d.Code == "art11-full-grant" })
	if i < 0 {
		t.Fatalf("found %q", codesOf(p.Diagnostics))
	}
	d := p.Diagnostics[i]
	if d.Severity == 0 || d.Source != "clauselint" || d.CodeDescription == nil ||
		d.CodeDescription.Href != "https://github.com/clauselint/clauselint/blob/main/docs/rules/art11-full-grant.md" {
		t.Errorf("diagnostic %+v", d)
	}
	if !strings.Contains(d.Message, "《") || strings.Contains(d.Message, "\n") {
		t.Errorf("message %q", d.Message)
	}
	if got := cut(grantText, d.Range); got == "" || !strings.Contains("永久、不可撤销", got) && got != d.Data.Quote {
		t.Errorf("underlined %q, quote %q", got, d.Data.Quote)
	}
	defined := slices.IndexFunc(d.RelatedInformation, func(r RelatedInformation) bool { return strings.HasPrefix(r.Message, "定义：") })
	if defined < 0 {
		t.Fatalf("no definition among %+v", d.RelatedInformation)
	}
	if r := d.RelatedInformation[defined]; r.Location.URI != testURI || !strings.Contains(cut(grantText, r.Location.Range), "生物样本") {
		t.Errorf("definition at %q", cut(grantText, r.Location.Range))
	}

	// What was found goes when the words go, and all of it when the document is closed.
	c.notify("textDocument/didChange", change(testURI, 2, whole("第一条 你好。\n")))
	if p := c.pushed(testURI, versioned(2)); len(p.Diagnostics) != 0 {
		t.Errorf("after the edit: %q", codesOf(p.Diagnostics))
	}
	c.notify("textDocument/didChange", change(testURI, 3, whole(grantText)))
	if p3 := c.pushed(testURI, versioned(3)); string(encode(p3.Diagnostics)) != string(encode(p.Diagnostics)) {
		t.Errorf("undone: %+v, want %+v", p3.Diagnostics, p.Diagnostics)
	}
	c.notify("textDocument/didClose", document1(testURI))
	c.pushed(testURI, func(p published) bool { return p.Version == nil && len(p.Diagnostics) == 0 })
}

// TestIdenticalIsNotSentAgain changes what changes no finding's place.
func TestIdenticalIsNotSentAgain(t *testing.T) {
	c := start(t, testOptions(), modern(), nil)
	c.open(testURI, "plaintext", grantText)
	c.pushed(testURI, versioned(1))
	c.notify("textDocument/didChange", change(testURI, 2, whole(grantText+"第三条 你好。\n")))
	// Asking for symbols has the text linted, publishing comes after it and before the
	// diagnostics of the text behind.
	c.call("textDocument/documentSymbol", document1(testURI), nil)
	c.notify("textDocument/didChange", change(testURI, 3, whole("第一条 你好。\n")))
	c.pushed(testURI, versioned(3))
	for _, p := range c.all("textDocument/publishDiagnostics") {
		if strings.Contains(string(p), `"version":2`) {
			t.Errorf("sent again: %s", p)
		}
	}
}

// gated are options whose lint runs begin when the test lets them.
type gated struct {
	Options
	started chan string // the path, for each run
	open    chan struct{}
}

func newGated() *gated {
	g := &gated{Options: testOptions(), started: make(chan string, 100), open: make(chan struct{})}
	configure := g.Configure
	g.Configure = func(set Settings) (Governor, error) {
		governor, err := configure(set)
		return func(path string) (Rules, error) {
			g.started <- path
			<-g.open
			return governor(path)
		}, err
	}
	return g
}

// TestNewestWins types while a text is linted: the texts between are never linted, and
// nothing is said of them, nor of the first.
func TestNewestWins(t *testing.T) {
	g := newGated()
	c := start(t, g.Options, modern(), nil)
	c.open(testURI, "plaintext", grantText)
	<-g.started
	for v := 2; v <= 6; v++ {
		c.notify("textDocument/didChange", change(testURI, v, map[string]any{
			"range": map[string]any{"start": Position{0, 0}, "end": Position{0, 0}}, "text": "\n",
		}))
	}
	c.settle() // the message loop is free, though the worker is not
	close(g.open)
	p := c.pushed(testURI, versioned(6))
	if len(p.Diagnostics) == 0 {
		t.Error("nothing found")
	}
	if n := len(c.all("textDocument/publishDiagnostics")); n != 1 {
		t.Errorf("published %d times", n)
	}
	if n := len(g.started); n != 1 {
		t.Errorf("linted %d times after the first", n)
	}
}

// TestCancel cancels requests that wait for a text to be linted.
func TestCancel(t *testing.T) {
	g := newGated()
	c := start(t, g.Options, modern(), nil)
	c.open(testURI, "plaintext", grantText)
	<-g.started
	id := c.ask("textDocument/documentSymbol", document1(testURI))
	c.notify("$/cancelRequest", map[string]any{"id": json.RawMessage(id)})
	if m := c.answer(id); m.Error == nil || m.Error.Code != codeRequestCancelled {
		t.Errorf("answer %+v", m)
	}
	c.notify("$/cancelRequest", map[string]any{"id": 4711}) // nobody's
	kept := c.ask("textDocument/documentSymbol", document1(testURI))
	close(g.open)
	if m := c.answer(kept); m.Error != nil {
		t.Errorf("the other request: %+v", m.Error)
	}
}

// TestLargeDocument has 10 MB and a line of 100,000 characters: while they are linted,
// the next message is answered.
func TestLargeDocument(t *testing.T) {
	g := newGated()
	c := start(t, g.Options, modern(), nil)
	line := strings.Repeat("您好。", 33_334) + "您授予我们对您的人脸信息的永久、不可撤销的许可。"
	large := strings.Repeat("The parties agree to act in good faith at all times.\n", 10<<20/54) + line
	c.open(testURI, "plaintext", large)
	<-g.started
	last := strings.Count(large, "\n")
	c.notify("textDocument/didChange", change(testURI, 2, map[string]any{
		"range": map[string]any{"start": Position{uint32(last), 100_000}, "end": Position{uint32(last), 100_000}}, "text": "😀",
	}))
	c.settle()
	close(g.open)
	p := c.pushed(testURI, versioned(2))
	if len(p.Diagnostics) == 0 {
		t.Fatal("nothing found")
	}
	for _, d := range p.Diagnostics {
		if d.Range.Start.Line != uint32(last) || d.Range.Start.Character <= 100_000 {
			t.Errorf("%s at %v", d.Code, d.Range)
		}
	}
}

// pulling is a client that asks for diagnostics.
func pulling() capable {
	can := modern()
	can["textDocument.diagnostic"] = map[string]any{}
	can["workspace.diagnostics.refreshSupport"] = true
	return can
}

type pulled struct {
	Kind     string       `json:"kind"`
	ResultID string       `json:"resultId"`
	Items    []Diagnostic `json:"items"`
	URI      string       `json:"uri"`
	Version  *int         `json:"version"`
}

func (c *testClient) pull(uri, previous string) pulled {
	c.t.Helper()
	params := document1(uri)
	if previous != "" {
		params["previousResultId"] = previous
	}
	var r pulled
	c.call("textDocument/diagnostic", params, &r)
	return r
}

func TestPulledDiagnostics(t *testing.T) {
	c := start(t, testOptions(), pulling(), nil)
	c.open(testURI, "plaintext", grantText)
	first := c.pull(testURI, "")
	if first.Kind != "full" || len(first.Items) == 0 || first.ResultID == "" {
		t.Fatalf("report %+v", first)
	}
	if again := c.pull(testURI, first.ResultID); again.Kind != "unchanged" || again.ResultID != first.ResultID || again.Items != nil {
		t.Errorf("asked again: %+v", again)
	}
	c.notify("textDocument/didChange", change(testURI, 2, whole("你好。")))
	second := c.pull(testURI, first.ResultID)
	if second.Kind != "full" || second.Items == nil || len(second.Items) != 0 || second.ResultID == first.ResultID {
		t.Errorf("after the edit: %+v", second)
	}
	c.notify("textDocument/didClose", document1(testURI))
	if code := c.fails("textDocument/diagnostic", document1("untitled:x")); code != codeInvalidParams {
		t.Errorf("what is not open: error %d", code)
	}
	if n := c.all("textDocument/publishDiagnostics"); len(n) != 0 {
		t.Errorf("pushed to a client that pulls: %s", n)
	}
}

func TestNoPullOffered(t *testing.T) {
	c := connect(t, testOptions())
	can := c.initialize(modern(), nil)["capabilities"].(map[string]any)
	if can["diagnosticProvider"] != nil {
		t.Error("a client that cannot pull is offered to")
	}
}

// workspace is a folder with a contract, one in GB18030, a Word file and a clean text.
func workspace(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, from := range map[string]string{
		"a.docx": "../fixtures/demo/community-access.docx", "b.gb18030.txt": "../fixtures/formats/agreement.gb18030.txt",
	} {
		data, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, name), string(data))
	}
	write(t, filepath.Join(dir, "c.md"), "# 协议\n\n您授予我们对您的人脸信息的永久、不可撤销的许可。\n")
	write(t, filepath.Join(dir, "d.txt"), "你好。\n")
	return dir
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func folders(dirs ...string) map[string]any {
	var out []map[string]any
	for _, d := range dirs {
		out = append(out, map[string]any{"uri": pathURI(d), "name": filepath.Base(d)})
	}
	return map[string]any{"workspaceFolders": out}
}

func TestWorkspaceDiagnostics(t *testing.T) {
	dir := workspace(t)
	c := start(t, testOptions(), pulling(), folders(dir))
	openURI := pathURI(filepath.Join(dir, "c.md"))
	c.open(openURI, "markdown", "你好。\n") // not what is on disk

	var all struct{ Items []pulled }
	c.call("workspace/diagnostic", map[string]any{"previousResultIds": []any{}}, &all)
	found := map[string]pulled{}
	for _, r := range all.Items {
		found[filepath.Base(r.URI)] = r
	}
	if len(found) != 4 || len(found["a.docx"].Items) == 0 || len(found["b.gb18030.txt"].Items) == 0 {
		t.Fatalf("found %+v", found)
	}
	if r := found["c.md"]; r.Version == nil || *r.Version != 1 || len(r.Items) != 0 || r.URI != openURI {
		t.Errorf("the open document: %+v", r)
	}
	if r := found["d.txt"]; r.Kind != "full" || r.Version != nil || len(r.Items) != 0 {
		t.Errorf("the clean file: %+v", r)
	}
	// The places of the file in GB18030 are those of the text that an editor shows.
	text, err := os.ReadFile("../fixtures/formats/agreement.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range found["b.gb18030.txt"].Items {
		if got := cut(string(text), d.Range); spaceless(got) != spaceless(d.Data.Quote) {
			t.Errorf("%s: %q, quote %q", d.Code, got, d.Data.Quote)
		}
	}

	// With a token the reports come as they are done, and what is known is unchanged.
	var previous []map[string]any
	for _, r := range all.Items {
		previous = append(previous, map[string]any{"uri": r.URI, "value": r.ResultID})
	}
	previous = append(previous, map[string]any{"uri": pathURI(filepath.Join(dir, "gone.txt")), "value": "x"})
	c.call("workspace/diagnostic", map[string]any{
		"previousResultIds": previous, "partialResultToken": "part", "workDoneToken": 7,
	}, &all)
	if len(all.Items) != 0 {
		t.Errorf("the answer repeats what was streamed: %+v", all.Items)
	}
	var kinds, bars []string
	for _, raw := range c.all("$/progress") {
		var p struct {
			Token any
			Value struct {
				Kind  string
				Items []pulled
			}
		}
		if err := json.Unmarshal(raw, &p); err != nil {
			t.Fatal(err)
		}
		if p.Token == "part" {
			for _, r := range p.Value.Items {
				kinds = append(kinds, filepath.Base(r.URI)+" "+r.Kind)
			}
		} else {
			bars = append(bars, p.Value.Kind)
		}
	}
	want := []string{"a.docx unchanged", "b.gb18030.txt unchanged", "c.md unchanged", "d.txt unchanged", "gone.txt full"}
	if !slices.Equal(kinds, want) {
		t.Errorf("streamed %q, want %q", kinds, want)
	}
	if len(bars) < 3 || bars[0] != "begin" || bars[len(bars)-1] != "end" {
		t.Errorf("progress %q", bars)
	}
}

// TestWordFiles has a client that pushes get what is found in Word files it cannot open.
func TestWordFiles(t *testing.T) {
	dir := workspace(t)
	uri := pathURI(filepath.Join(dir, "a.docx"))
	c := start(t, testOptions(), modern(), folders(dir))
	p := c.pushed(uri, func(p published) bool { return len(p.Diagnostics) > 0 })
	if p.Version != nil {
		t.Errorf("version %d", *p.Version)
	}
	a := analyseFile(filepath.Join(dir, "a.docx"), read(t, filepath.Join(dir, "a.docx")), Rules{Linter: builtinLinter(), Library: builtin()}, UTF16)
	for i, f := range a.review.Findings {
		if want := a.doc.Range(f.Span).Start.Line - 1; p.Diagnostics[i].Range.Start.Line != uint32(want) {
			t.Errorf("%s in line %d, want paragraph %d", p.Diagnostics[i].Code, p.Diagnostics[i].Range.Start.Line, want)
		}
	}
	for _, raw := range c.all("textDocument/publishDiagnostics") {
		if !strings.Contains(string(raw), "a.docx") {
			t.Errorf("published %s", raw)
		}
	}

	// A Word file that goes takes its diagnostics along.
	if err := os.Remove(filepath.Join(dir, "a.docx")); err != nil {
		t.Fatal(err)
	}
	c.notify("workspace/didChangeWatchedFiles", map[string]any{"changes": []any{map[string]any{"uri": uri, "type": 3}}})
	c.pushed(uri, func(p published) bool { return len(p.Diagnostics) == 0 })
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	return readTB(t, path)
}

func readTB(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func spaceless(s string) string { return strings.Join(strings.Fields(s), "") }

// TestUnreadable opens what is no contract.
func TestUnreadable(t *testing.T) {
	c := start(t, testOptions(), modern(), nil)
	c.open(testURI, "plaintext", "%PDF-1.7 …")
	p := c.pushed(testURI, versioned(1))
	if len(p.Diagnostics) != 1 || p.Diagnostics[0].Code != "unreadable" || !strings.Contains(p.Diagnostics[0].Message, "PDF") {
		t.Errorf("diagnostics %+v", p.Diagnostics)
	}
	c.call("textDocument/documentSymbol", document1(testURI), nil)
}

// TestScanProgress scans a folder of many Word files for a client that shows progress, and
// stops when the user wants it to.
func TestScanProgress(t *testing.T) {
	dir := t.TempDir()
	data := string(read(t, "../fixtures/demo/community-access.docx"))
	for i := range manyFiles {
		write(t, filepath.Join(dir, itoa(i)+".docx"), data)
	}
	opts := testOptions()
	var once sync.Once
	first, goOn := make(chan struct{}), make(chan struct{})
	opts.Read = func(path string) ([]byte, error) {
		once.Do(func() { close(first); <-goOn })
		return os.ReadFile(path)
	}
	can := modern()
	can["window.workDoneProgress"] = true
	c := connect(t, opts)
	c.respond["window/workDoneProgress/create"] = func(json.RawMessage) any { return nil }
	c.initialize(can, folders(dir))
	var begun struct{ Token json.RawMessage }
	m := c.wait("$/progress", func(p json.RawMessage) bool { return strings.Contains(string(p), `"begin"`) })
	if err := json.Unmarshal(m.Params, &begun); err != nil {
		t.Fatal(err)
	}
	<-first
	c.notify("window/workDoneProgress/cancel", begun)
	c.settle()
	close(goOn)
	c.wait("$/progress", func(p json.RawMessage) bool { return strings.Contains(string(p), `"end"`) })
	if n := len(c.all("textDocument/publishDiagnostics")); n > 1 {
		t.Errorf("%d files were reported after the cancellation", n)
	}
}
