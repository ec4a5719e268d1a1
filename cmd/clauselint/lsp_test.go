package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// frame is a message as the base protocol of LSP has it.
func frame(body string) string {
	return fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body)
}

// readFrame reads a message, and nothing but a message.
func readFrame(r *bufio.Reader) (map[string]any, error) {
	header, err := textproto.NewReader(r).ReadMIMEHeader()
	if err != nil {
		return nil, err
	}
	n, err := strconv.Atoi(header.Get("Content-Length"))
	if err != nil {
		return nil, fmt.Errorf("header %v: %w", header, err)
	}
	body := make([]byte, n)
	if _, err := io.ReadFull(r, body); err != nil {
		return nil, err
	}
	var m map[string]any
	return m, json.Unmarshal(body, &m)
}

const (
	initialize  = `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{"textDocument":{"publishDiagnostics":{"tagSupport":{"valueSet":[1,2]}}}}}}`
	initialized = `{"jsonrpc":"2.0","method":"initialized","params":{}}`
	shutdown    = `{"jsonrpc":"2.0","id":2,"method":"shutdown"}`
	exit        = `{"jsonrpc":"2.0","method":"exit"}`
	openBad     = `{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///w/a.pdf","languageId":"x","version":1,"text":"%PDF"}}}`
)

// TestServerProcess runs the program as an editor does. Its output is messages to the
// last byte, and its exit code what the specification wants.
func TestServerProcess(t *testing.T) {
	for _, test := range []struct {
		name   string
		in     []string
		args   []string
		code   int
		answer string // the ids answered, with their errors
	}{
		{"by the book", []string{initialize, initialized, shutdown, exit}, nil, 0, "1 2"},
		{"flags of editors", []string{initialize, initialized, shutdown, exit}, []string{"--stdio", "--clientProcessId=1"}, 0, "1 2"},
		{"no shutdown", []string{initialize, initialized, exit}, nil, 1, "1"},
		{"end of input", []string{initialize, initialized, openBad}, nil, 1, "1"},
		{"too early", []string{shutdown, exit}, nil, 1, "2:-32002"},
		{"too late", []string{initialize, shutdown, `{"jsonrpc":"2.0","id":3,"method":"textDocument/hover","params":{}}`, exit}, nil, 0, "1 2 3:-32600"},
		{"no JSON", []string{initialize, "}", shutdown, exit}, nil, 0, "1 <nil>:-32700 2"},
		{"bad flag", nil, []string{"--no-such-flag"}, 2, ""},
		{"bad language", nil, []string{"--lang", "fr"}, 2, ""},
		{"argument", nil, []string{"a.md"}, 2, ""},
		{"configuration that is not there", nil, []string{"-c", "nowhere.yaml"}, 2, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			cmd := exec.Command("clauselint", append([]string{"lsp"}, test.args...)...)
			var in strings.Builder
			for _, m := range test.in {
				in.WriteString(frame(m))
			}
			var out, stderr strings.Builder
			cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(in.String()), &out, &stderr
			code := 0
			if err := cmd.Run(); err != nil {
				exit, ok := errors.AsType[*exec.ExitError](err)
				if !ok {
					t.Fatal(err)
				}
				code = exit.ExitCode()
			}
			if code != test.code {
				t.Errorf("exit code %d, want %d; %s", code, test.code, stderr.String())
			}
			var answers []string
			r := bufio.NewReader(strings.NewReader(out.String()))
			for {
				m, err := readFrame(r)
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatalf("%v in %q", err, out.String())
				}
				if _, ours := m["method"]; ours {
					continue
				}
				said := fmt.Sprint(m["id"])
				if e, ok := m["error"].(map[string]any); ok {
					said += fmt.Sprintf(":%.0f", e["code"])
				}
				answers = append(answers, said)
			}
			if got := strings.Join(answers, " "); got != test.answer {
				t.Errorf("answered %q, want %q", got, test.answer)
			}
		})
	}
}

// editorPipe is an editor that is connected to a server in this process.
type editorPipe struct {
	t        *testing.T
	send     io.Writer
	messages chan map[string]any
	done     chan int
}

// serve starts a server, and a session with it.
func serve(t *testing.T, args ...string) *editorPipe {
	t.Helper()
	in, send := io.Pipe()
	receive, out := io.Pipe()
	e := &editorPipe{t, send, make(chan map[string]any, 100), make(chan int, 1)}
	go func() {
		e.done <- run(append([]string{"lsp"}, args...), in, out, io.Discard)
		out.Close()
	}()
	go func() {
		defer close(e.messages)
		for r := bufio.NewReader(receive); ; {
			m, err := readFrame(r)
			if err != nil {
				return
			}
			e.messages <- m
		}
	}()
	e.say(initialize)
	e.say(initialized)
	return e
}

func (e *editorPipe) say(format string, args ...any) {
	io.WriteString(e.send, frame(fmt.Sprintf(format, args...)))
}

func (e *editorPipe) open(uri string, version int, text string) {
	e.say(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":%q,"languageId":"x","version":%d,"text":%q}}}`, uri, version, text)
}

// found waits for diagnostics of a document.
func (e *editorPipe) found(uri string) []diagnostic {
	e.t.Helper()
	for m := range e.messages {
		raw, err := json.Marshal(m["params"])
		if err != nil {
			e.t.Fatal(err)
		}
		var params struct {
			URI         string
			Diagnostics []diagnostic
		}
		if m["method"] == "textDocument/publishDiagnostics" && json.Unmarshal(raw, &params) == nil && params.URI == uri {
			return params.Diagnostics
		}
	}
	e.t.Fatal("the server ended")
	return nil
}

type diagnostic struct {
	Code, Message string
	Severity      int
	Tags          []int
	Range         struct{ Start, End struct{ Line, Character int } }
}

// severities is that of each rule in the next diagnostics.
func (e *editorPipe) severities(uri string) map[string]int {
	e.t.Helper()
	out := map[string]int{}
	for _, d := range e.found(uri) {
		out[d.Code] = d.Severity
	}
	return out
}

// end ends the session by the book.
func (e *editorPipe) end() {
	e.t.Helper()
	e.say(shutdown)
	e.say(exit)
	if code := <-e.done; code != 0 {
		e.t.Errorf("exit code %d", code)
	}
}

func fileURI(path string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}).String()
}

// TestServerWaives has waivers in the text: one that holds, one that lets nothing pass, and
// one that is half typed.
func TestServerWaives(t *testing.T) {
	const grant = "您授予我们对您的人脸信息的永久、不可撤销的许可。\n"
	const rule = "art11-full-grant"
	e := serve(t)
	uri := fileURI(filepath.Join(t.TempDir(), "a.md"))
	for i, test := range []struct {
		text string
		want string
	}{
		{"甲。\n\n" + grant, "2 art11-full-grant 0"},
		{"甲。\n\n<!-- clauselint-disable-next-line " + rule + " reason=\"谈判\" by=\"李\" -->\n" + grant, ""},
		{"<!-- clauselint-disable-next-line " + rule + " reason=\"谈判\" by=\"李\" -->\n甲。\n", "0 unused-waiver 1"},
		{"甲。\n\n  <!-- clauselint-disable-next-line " + rule + " reason=\"\" -->\n" + grant, "2 waiver 0; 3 art11-full-grant 0"},
	} {
		e.open(uri, i+1, test.text)
		var got []string
		for _, d := range e.found(uri) {
			if d.Range.Start == d.Range.End {
				t.Errorf("%s underlines nothing", d.Code)
			}
			got = append(got, fmt.Sprintf("%d %s %d", d.Range.Start.Line, d.Code, len(d.Tags)))
		}
		if said := strings.Join(got, "; "); said != test.want {
			t.Errorf("%q: %s, want %s", test.text, said, test.want)
		}
	}
	e.end()
}

// TestServerReadsConfiguration has a server in a folder with a configuration: what it
// says holds, and what it says after a change.
func TestServerReadsConfiguration(t *testing.T) {
	dir := t.TempDir()
	config := filepath.Join(dir, ".clauselint.yaml")
	answer := func(yes string) {
		t.Helper()
		text := "version: 1\nfacts:\n  face-necessary: {answer: " + yes + ", owner: 法务, date: 2026-10-01, source: DPIA 14}\n"
		if err := os.WriteFile(config, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	answer("no")
	e := serve(t, "--lang", "en")
	uri := fileURI(filepath.Join(dir, "gate.txt"))
	e.open(uri, 1, "If you do not agree to our capturing your face data, we will not provide any service to you.\n")
	const rule = "service-conditioned-on-face"
	if got := e.severities(uri); got[rule] != 1 {
		t.Errorf("answered with no: %v", got)
	}
	answer("yes")
	e.say(`{"jsonrpc":"2.0","method":"workspace/didChangeWatchedFiles","params":{"changes":[{"uri":"file:///x/.clauselint.yaml","type":2}]}}`)
	if got := e.severities(uri); got[rule] != 0 {
		t.Errorf("answered with yes: %v", got)
	}
	if err := os.Remove(config); err != nil {
		t.Fatal(err)
	}
	e.say(`{"jsonrpc":"2.0","method":"workspace/didChangeConfiguration","params":{"settings":{"clauselint":{"isolated":true}}}}`)
	if got := e.severities(uri); got[rule] != 2 {
		t.Errorf("not answered: %v", got)
	}
	e.end()
}

// TestContractsIn finds the contracts of a folder as the command line does.
func TestContractsIn(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.md", "b.docx", "~$b.docx", "c.go", "ignored.txt", ".gitignore"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("ignored.txt\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{filepath.Join(dir, "a.md"), filepath.Join(dir, "b.docx")}
	if got := contractsIn(dir); !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
	if got := contractsIn(filepath.Join(dir, "none")); len(got) != 0 {
		t.Errorf("found %q in a folder that is not there", got)
	}
}
