package lsp

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/clauselint/clauselint/clauses"
)

func TestLifecycle(t *testing.T) {
	c := connect(t, testOptions())
	if code := c.fails("textDocument/hover", at("file:///a.md", "x", "x", 0)); code != codeServerNotInitialized {
		t.Errorf("a request before initialize: error %d", code)
	}
	if code := c.fails("shutdown", nil); code != codeServerNotInitialized {
		t.Errorf("shutdown before initialize: error %d", code)
	}
	c.open("file:///early.md", "markdown", "x") // dropped
	result := c.initialize(modern(), nil)
	if info, ok := result["serverInfo"].(map[string]any); !ok || info["name"] != "clauselint" || info["version"] != "test" {
		t.Errorf("serverInfo %v", result["serverInfo"])
	}
	if code := c.fails("initialize", map[string]any{}); code != codeInvalidRequest {
		t.Errorf("initialize again: error %d", code)
	}
	if code := c.fails("textDocument/hover", at("file:///early.md", "x", "x", 0)); code != codeInvalidParams {
		t.Errorf("a document that was opened before initialize: error %d", code)
	}
	if code := c.fails("no/such", nil); code != codeMethodNotFound {
		t.Errorf("an unknown method: error %d", code)
	}
	if code := c.fails("$/no/such", nil); code != codeMethodNotFound {
		t.Errorf("an unknown request of the protocol's own: error %d", code)
	}
	c.notify("$/no/such", nil)
	c.notify("no/such", nil)
	if code := c.fails("textDocument/hover", []int{1}); code != codeInvalidParams {
		t.Errorf("parameters of another shape: error %d", code)
	}
	c.call("shutdown", nil, nil)
	if code := c.fails("textDocument/hover", at("file:///a.md", "x", "x", 0)); code != codeInvalidRequest {
		t.Errorf("a request after shutdown: error %d", code)
	}
	if code := c.fails("shutdown", nil); code != codeInvalidRequest {
		t.Errorf("shutdown again: error %d", code)
	}
	c.notify("exit", nil)
	if code := <-c.exit; code != 0 {
		t.Errorf("exit after shutdown: %d", code)
	}
}

func TestExitCodes(t *testing.T) {
	for _, test := range []struct {
		name string
		do   func(*testClient)
		want int
	}{
		{"exit at once", func(c *testClient) { c.notify("exit", nil) }, 1},
		{"exit without shutdown", func(c *testClient) { c.initialize(modern(), nil); c.notify("exit", nil) }, 1},
		{"end of input at once", func(c *testClient) { c.in.Close() }, 1},
		{"end of input", func(c *testClient) { c.initialize(modern(), nil); c.in.Close() }, 1},
		{"end of input inside a frame", func(c *testClient) { c.bytes("Content-Length: 99\r\n\r\n{"); c.in.Close() }, 1},
		{"end of input after shutdown", func(c *testClient) { c.initialize(modern(), nil); c.call("shutdown", nil, nil); c.in.Close() }, 0},
		{"broken pipe", func(c *testClient) { c.out.CloseWithError(errors.New("broken")); c.bytes("x\r\n\r\n") }, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := connect(t, testOptions())
			test.do(c)
			if code := <-c.exit; code != test.want {
				t.Errorf("exit code %d, want %d", code, test.want)
			}
		})
	}
}

func TestMalformedMessages(t *testing.T) {
	for _, test := range []struct {
		name, body, id string
		want           int
	}{
		{"no JSON", "{", "null", codeParseError},
		{"not UTF-8 and no JSON", "\xff", "null", codeParseError},
		{"no object", "1", "null", codeInvalidRequest},
		{"a batch", `[{"jsonrpc":"2.0","id":1,"method":"shutdown"}]`, "null", codeInvalidRequest},
		{"nothing in it", "{}", "null", codeInvalidRequest},
		{"method is no string", `{"jsonrpc":"2.0","id":7,"method":1}`, "7", codeInvalidRequest},
		{"id of another type", `{"jsonrpc":"2.0","id":{},"method":"shutdown"}`, "null", codeInvalidRequest},
		{"id null", `{"jsonrpc":"2.0","id":null,"method":"shutdown"}`, "null", codeInvalidRequest},
		{"id is a string", `{"jsonrpc":"2.0","id":"x","method":"no/such"}`, `"x"`, codeMethodNotFound},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := start(t, testOptions(), modern(), nil)
			c.bytes("Content-Length: " + itoa(len(test.body)) + "\r\n\r\n" + test.body)
			if m := c.answer(test.id); m.Error == nil || m.Error.Code != test.want {
				t.Errorf("answer %+v, want error %d", m, test.want)
			}
			c.settle()
		})
	}
	t.Run("header", func(t *testing.T) {
		c := start(t, testOptions(), modern(), nil)
		c.bytes("Content-Size: 2\r\n\r\n")
		if m := c.answer("null"); m.Error == nil || m.Error.Code != codeParseError {
			t.Errorf("answer %+v", m)
		}
		c.settle()
	})
	t.Run("an answer to nothing", func(t *testing.T) {
		c := start(t, testOptions(), modern(), nil)
		c.raw(map[string]any{"jsonrpc": "2.0", "id": 99, "result": nil})
		c.raw(map[string]any{"jsonrpc": "2.0", "id": nil, "error": map[string]any{"code": 1, "message": "x"}})
		c.settle()
		c.mu.Lock()
		defer c.mu.Unlock()
		if m, ok := c.answers["null"]; ok {
			t.Errorf("it was answered: %+v", m)
		}
	})
}

func itoa(n int) string { return string(encode(n)) }

// TestPanic has a handler panic: one error, one line in the log, and on it goes.
func TestPanic(t *testing.T) {
	opts := testOptions()
	opts.Page = func(*clauses.Library, *clauses.Rule, string) string { panic("first\nsecond") }
	c := start(t, opts, modern(), nil)
	params := map[string]any{"command": commandExplain, "arguments": []string{"irrevocable-grant"}}
	if code := c.fails("workspace/executeCommand", params); code != codeInternalError {
		t.Errorf("error %d", code)
	}
	if log := c.log.String(); strings.Count(log, "\n") != 1 || !strings.Contains(log, "first second") {
		t.Errorf("log %q", log)
	}
	c.settle()
}

// TestPanicInLint keeps what the client has, and goes on with the next text.
func TestPanicInLint(t *testing.T) {
	opts := testOptions()
	configure := opts.Configure
	opts.Configure = func(set Settings) (Governor, error) {
		governor, err := configure(set)
		return func(path string) (Rules, error) {
			if strings.Contains(path, "panic") {
				panic("lint")
			}
			return governor(path)
		}, err
	}
	c := start(t, opts, modern(), nil)
	c.open("file:///panic.txt", "plaintext", grantText)
	if code := c.fails("textDocument/documentSymbol", document1("file:///panic.txt")); code != codeInternalError {
		t.Errorf("error %d", code)
	}
	c.open("file:///calm.txt", "plaintext", grantText)
	c.pushed("file:///calm.txt", versioned(1))
	for _, p := range c.all("textDocument/publishDiagnostics") {
		if bytes.Contains(p, []byte("panic.txt")) {
			t.Errorf("published %s", p)
		}
	}
}

// TestDeadParent names a process that is gone.
func TestDeadParent(t *testing.T) {
	child := exec.Command(os.Args[0], "-test.run=^$")
	if err := child.Run(); err != nil {
		t.Fatal(err)
	}
	opts := testOptions()
	opts.ParentPoll = time.Millisecond
	c := start(t, opts, modern(), map[string]any{"processId": child.Process.Pid})
	if code := <-c.exit; code != 1 {
		t.Errorf("exit code %d", code)
	}
	if !strings.Contains(c.log.String(), "is gone") {
		t.Errorf("log %q", c.log)
	}
}

// TestLiveParent names this process, which is there.
func TestLiveParent(t *testing.T) {
	if !processAlive(os.Getpid()) {
		t.Error("this process is gone")
	}
}

// TestUnreadClient has a client that sends and never reads: the server goes on taking its
// messages.
func TestUnreadClient(t *testing.T) {
	in, send := io.Pipe()
	stuck, out := io.Pipe()
	defer stuck.Close()
	done := make(chan int, 1)
	go func() { done <- newServer(out, io.Discard, testOptions()).serve(in) }()
	for range 1000 {
		if err := writeFrame(send, []byte(`{"jsonrpc":"2.0","id":1,"method":"no/such"}`)); err != nil {
			t.Fatal(err)
		}
	}
	send.Close()
	if code := <-done; code != 1 {
		t.Errorf("exit code %d", code)
	}
}
