package lsp

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/lint"
)

// builtin is the library that comes with the program.
var builtin = sync.OnceValue(func() *clauses.Library {
	lib, err := clauses.Builtin()
	if err != nil {
		panic(err)
	}
	return lib
})

// builtinLinter is shared: to make one takes longer than to lint.
var builtinLinter = sync.OnceValue(func() *lint.Linter { return lint.New(builtin()) })

// testOptions serves with the rules that come with the program, without configuration.
func testOptions() Options {
	return Options{
		Version: "test",
		Configure: func(set Settings) (Governor, error) {
			if set.Lang == "fr" {
				return nil, fmt.Errorf("lang fr: want zh, en or auto")
			}
			return func(string) (Rules, error) {
				return Rules{Linter: builtinLinter(), Library: builtin(), Options: lint.Options{Lang: set.Lang, Kind: clauses.DocumentKind(set.Kind)}}, nil
			}, nil
		},
		ConfigNames: []string{".clauselint.yaml"},
		Files: func(dir string) []string {
			files, _ := filepath.Glob(filepath.Join(dir, "*"))
			slices.Sort(files)
			return slices.DeleteFunc(files, func(f string) bool {
				return !slices.Contains([]string{".md", ".txt", ".docx"}, filepath.Ext(f))
			})
		},
		Read: os.ReadFile,
		Page: func(_ *clauses.Library, r *clauses.Rule, lang string) string { return "# " + r.Title.In(lang) + "\n" },
	}
}

// wireMessage is a message as a client sees it, with types of the test's own.
type wireMessage struct {
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  *struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
	} `json:"error"`
}

// testClient talks to a server in the same process. What comes in is kept in order; waits
// end when what is waited for is there, and never by the clock.
type testClient struct {
	t      testing.TB
	server *Server
	in     *io.PipeWriter
	out    *io.PipeReader
	log    *lockedBuffer
	exit   chan int

	mu      sync.Mutex
	arrived *sync.Cond
	got     []wireMessage // notifications and requests of the server
	answers map[string]wireMessage
	respond map[string]func(json.RawMessage) any // by method of the server's requests
	lastID  int
	ended   bool
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// connect starts a server; the session is not initialized.
func connect(t testing.TB, opts Options) *testClient {
	t.Helper()
	inRead, inWrite := io.Pipe()
	outRead, outWrite := io.Pipe()
	c := &testClient{
		t: t, in: inWrite, out: outRead, log: new(lockedBuffer), exit: make(chan int, 1),
		answers: map[string]wireMessage{}, respond: map[string]func(json.RawMessage) any{},
	}
	c.arrived = sync.NewCond(&c.mu)
	c.server = newServer(outWrite, c.log, opts)
	go func() {
		c.exit <- c.server.serve(inRead)
		outWrite.Close()
		inRead.Close()
	}()
	go c.read(outRead)
	t.Cleanup(func() {
		inWrite.Close()
		c.mu.Lock()
		for !c.ended {
			c.arrived.Wait()
		}
		c.mu.Unlock()
	})
	return c
}

// read takes frames off the wire with a reader of its own.
func (c *testClient) read(r io.Reader) {
	br := bufio.NewReader(r)
	for {
		header, err := textproto.NewReader(br).ReadMIMEHeader()
		if err != nil {
			break
		}
		n, err := strconv.Atoi(header.Get("Content-Length"))
		if err != nil {
			c.t.Errorf("header %v", header)
			break
		}
		body := make([]byte, n)
		if _, err := io.ReadFull(br, body); err != nil {
			break
		}
		var m wireMessage
		if err := json.Unmarshal(body, &m); err != nil {
			c.t.Errorf("no JSON: %s", body)
			break
		}
		c.mu.Lock()
		if m.Method == "" {
			c.answers[string(m.ID)] = m
		} else {
			c.got = append(c.got, m)
		}
		respond := c.respond[m.Method]
		c.mu.Unlock()
		c.arrived.Broadcast()
		if m.Method != "" && len(m.ID) > 0 && respond != nil {
			go c.raw(map[string]any{"jsonrpc": "2.0", "id": m.ID, "result": respond(m.Params)})
		}
	}
	c.mu.Lock()
	c.ended = true
	c.mu.Unlock()
	c.arrived.Broadcast()
}

// raw sends a message, bytes sends what need not be one.
func (c *testClient) raw(m any) {
	body, err := json.Marshal(m)
	if err != nil {
		c.t.Error(err)
	}
	c.bytes(fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body))
}

func (c *testClient) bytes(s string) { io.WriteString(c.in, s) } // the server may be gone already

func (c *testClient) notify(method string, params any) {
	c.raw(map[string]any{"jsonrpc": "2.0", "method": method, "params": params})
}

// ask sends a request and returns its id.
func (c *testClient) ask(method string, params any) string {
	c.mu.Lock()
	c.lastID++
	id := strconv.Itoa(c.lastID)
	c.mu.Unlock()
	c.raw(map[string]any{"jsonrpc": "2.0", "id": json.RawMessage(id), "method": method, "params": params})
	return id
}

// answer waits for the answer to a request.
func (c *testClient) answer(id string) wireMessage {
	c.t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	for {
		if m, ok := c.answers[id]; ok {
			return m
		}
		if c.ended {
			c.t.Fatalf("the server ended without an answer to %s; log: %s", id, c.log)
		}
		c.arrived.Wait()
	}
}

// call wants a result.
func (c *testClient) call(method string, params, result any) {
	c.t.Helper()
	m := c.answer(c.ask(method, params))
	if m.Error != nil {
		c.t.Fatalf("%s: error %d: %s", method, m.Error.Code, m.Error.Message)
	}
	if result != nil {
		if err := json.Unmarshal(m.Result, result); err != nil {
			c.t.Fatalf("%s: %v in %s", method, err, m.Result)
		}
	}
}

// fails wants an error, and returns its code.
func (c *testClient) fails(method string, params any) int {
	c.t.Helper()
	m := c.answer(c.ask(method, params))
	if m.Error == nil {
		c.t.Fatalf("%s: no error but %s", method, m.Result)
	}
	return m.Error.Code
}

// wait waits for a notification or request of the server that want takes.
func (c *testClient) wait(method string, want func(json.RawMessage) bool) wireMessage {
	c.t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	for seen := 0; ; {
		for ; seen < len(c.got); seen++ {
			if m := c.got[seen]; m.Method == method && want(m.Params) {
				return m
			}
		}
		if c.ended {
			c.t.Fatalf("the server ended without %s; log: %s", method, c.log)
		}
		c.arrived.Wait()
	}
}

// all is the notifications and requests of a method so far.
func (c *testClient) all(method string) []json.RawMessage {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []json.RawMessage
	for _, m := range c.got {
		if m.Method == method {
			out = append(out, m.Params)
		}
	}
	return out
}

// forget drops what came in so far.
func (c *testClient) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.got = nil
}

// settle returns when all messages so far were taken off the wire by the server.
func (c *testClient) settle() {
	c.t.Helper()
	if code := c.fails("test/settle", nil); code != codeMethodNotFound {
		c.t.Fatalf("an unknown method: error %d", code)
	}
}

// capable are capabilities of a client, as paths: "textDocument.hover.x".
type capable map[string]any

func (c capable) nested() map[string]any {
	out := map[string]any{}
	for path, value := range c {
		at := out
		parts := strings.Split(path, ".")
		for _, p := range parts[:len(parts)-1] {
			next, ok := at[p].(map[string]any)
			if !ok {
				next = map[string]any{}
				at[p] = next
			}
			at = next
		}
		at[parts[len(parts)-1]] = value
	}
	return out
}

// modern is what a modern client says of itself, except that it pulls.
func modern() capable {
	return capable{
		"workspace.workspaceEdit.documentChanges":                       true,
		"textDocument.codeAction.codeActionLiteralSupport":              map[string]any{},
		"textDocument.documentSymbol.hierarchicalDocumentSymbolSupport": true,
		"textDocument.publishDiagnostics.tagSupport.valueSet":           []int{1, 2},
	}
}

// start connects and initializes. extra goes over the parameters of initialize.
func start(t testing.TB, opts Options, can capable, extra map[string]any) *testClient {
	t.Helper()
	c := connect(t, opts)
	c.initialize(can, extra)
	return c
}

func (c *testClient) initialize(can capable, extra map[string]any) map[string]any {
	c.t.Helper()
	params := map[string]any{"processId": nil, "rootUri": nil, "capabilities": can.nested()}
	for k, v := range extra {
		params[k] = v
	}
	var result map[string]any
	c.call("initialize", params, &result)
	c.notify("initialized", map[string]any{})
	return result
}

func (c *testClient) open(uri, language, text string) {
	c.notify("textDocument/didOpen", map[string]any{
		"textDocument": map[string]any{"uri": uri, "languageId": language, "version": 1, "text": text},
	})
}

// published is the diagnostics of a document as they were last pushed.
type published struct {
	URI         string       `json:"uri"`
	Version     *int         `json:"version"`
	Diagnostics []Diagnostic `json:"diagnostics"`
}

// pushed waits for diagnostics of a document that want takes.
func (c *testClient) pushed(uri string, want func(published) bool) published {
	c.t.Helper()
	var p published
	c.wait("textDocument/publishDiagnostics", func(params json.RawMessage) bool {
		p = published{}
		return json.Unmarshal(params, &p) == nil && p.URI == uri && want(p)
	})
	return p
}

func versioned(v int) func(published) bool {
	return func(p published) bool { return p.Version != nil && *p.Version == v }
}

func codesOf(diagnostics []Diagnostic) []string {
	var out []string
	for _, d := range diagnostics {
		out = append(out, d.Code)
	}
	return out
}

func document1(uri string) map[string]any {
	return map[string]any{"textDocument": map[string]any{"uri": uri}}
}

// at is the parameters of a request for a place: that where needle begins in text, and
// about so many bytes on. It counts UTF-16 units with code of its own.
func at(uri, text, needle string, more int) map[string]any {
	i := strings.Index(text, needle)
	if i < 0 {
		panic("no " + needle)
	}
	for i += more; i < len(text) && !utf8.RuneStart(text[i]); i-- {
	}
	line, char := utf16Position(text[:i])
	return map[string]any{
		"textDocument": map[string]any{"uri": uri}, "position": map[string]any{"line": line, "character": char},
	}
}

var anyBreak = regexp.MustCompile("\r\n|\r|\n")

// utf16Position is the position at the end of a text.
func utf16Position(before string) (line, char int) {
	lines := anyBreak.Split(before, -1)
	for _, r := range lines[len(lines)-1] {
		if char++; r > 0xFFFF {
			char++
		}
	}
	return len(lines) - 1, char
}

// cut is what stands in a range of a text, by UTF-16 units.
func cut(text string, r Range) string {
	units := func(p Position) int {
		starts := anyBreak.FindAllStringIndex(text, int(p.Line))
		if int(p.Line) > len(starts) {
			return len(text)
		}
		at := 0
		if p.Line > 0 {
			at = starts[p.Line-1][1]
		}
		n := uint32(0)
		for i, c := range text[at:] {
			if n >= p.Character {
				return at + i
			}
			if n++; c > 0xFFFF {
				n++
			}
		}
		return len(text)
	}
	return text[units(r.Start):units(r.End)]
}
