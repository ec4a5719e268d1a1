package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"time"
)

// editor is a client of the language server, as simple as one can be: it opens texts,
// types into them and waits for diagnostics.
type editor struct {
	cmd     *exec.Cmd
	in      io.WriteCloser
	replies chan reply
	stats   string
}

// reply is what we look at in a message of the server.
type reply struct {
	ID     *int   `json:"id"`
	Method string `json:"method"`
	Params struct {
		URI     string `json:"uri"`
		Version int    `json:"version"`
	} `json:"params"`
	err error
}

// patience is how long the server may take for an answer before it counts as none.
const patience = time.Minute

// startEditor starts the server and greets it. Its peak memory is known in the end if it
// is counted, which costs the start of another process.
func (r *runner) startEditor(clauselint string, counted bool) (*editor, error) {
	e := &editor{replies: make(chan reply, 16)}
	args := []string{clauselint, "lsp", "--isolated"}
	if counted {
		e.stats = filepath.Join(r.work, "lsp-stats")
		args = slices.Concat([]string{r.starter, (10 * time.Minute).String(), e.stats, "-"}, args)
	}
	e.cmd = exec.Command(args[0], args[1:]...)
	e.cmd.Stderr = os.Stderr
	var err error
	if e.in, err = e.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := e.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := e.cmd.Start(); err != nil {
		return nil, err
	}
	go listen(out, e.replies)
	capabilities := map[string]any{"textDocument": map[string]any{"publishDiagnostics": map[string]any{"versionSupport": true}}}
	if err := e.send(1, "initialize", map[string]any{"processId": nil, "rootUri": nil, "capabilities": capabilities}); err != nil {
		return nil, err
	}
	if err := e.wait(func(r reply) bool { return r.ID != nil && *r.ID == 1 }); err != nil {
		return nil, fmt.Errorf("initialize: %w", err)
	}
	return e, e.send(0, "initialized", map[string]any{})
}

// listen sends on what the server says, at last why it says no more.
func listen(out io.Reader, replies chan<- reply) {
	defer close(replies)
	lines := bufio.NewReader(out)
	for {
		header, err := textproto.NewReader(lines).ReadMIMEHeader()
		if err != nil {
			replies <- reply{err: err}
			return
		}
		size, err := strconv.Atoi(header.Get("Content-Length"))
		if err != nil {
			replies <- reply{err: err}
			return
		}
		message := make([]byte, size)
		var r reply
		if _, err := io.ReadFull(lines, message); err != nil {
			r.err = err
		} else {
			r.err = json.Unmarshal(message, &r)
		}
		replies <- r
	}
}

// send is a request, or with id 0 a notification.
func (e *editor) send(id int, method string, params any) error {
	message := map[string]any{"jsonrpc": "2.0", "method": method}
	if params != nil {
		message["params"] = params
	}
	if id > 0 {
		message["id"] = id
	}
	body, err := json.Marshal(message)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.in, "Content-Length: %d\r\n\r\n%s", len(body), body)
	return err
}

// wait passes over messages until one that is wanted.
func (e *editor) wait(wanted func(reply) bool) error {
	late := time.After(patience)
	for {
		select {
		case r, open := <-e.replies:
			if !open {
				return io.ErrUnexpectedEOF
			}
			if r.err != nil {
				return r.err
			}
			if wanted(r) {
				return nil
			}
		case <-late:
			return errors.New("no answer of the language server within " + patience.String())
		}
	}
}

// open opens text under uri and waits for its diagnostics.
func (e *editor) open(uri string, text []byte) error {
	err := e.send(0, "textDocument/didOpen", map[string]any{"textDocument": map[string]any{
		"uri": uri, "languageId": "markdown", "version": 1, "text": string(text)}})
	if err != nil {
		return err
	}
	return e.diagnostics(uri, 1)
}

func (e *editor) diagnostics(uri string, version int) error {
	err := e.wait(func(r reply) bool {
		return r.Method == "textDocument/publishDiagnostics" && r.Params.URI == uri && r.Params.Version == version
	})
	if err != nil {
		return fmt.Errorf("diagnostics of version %d: %w", version, err)
	}
	return nil
}

// newLine types one at the start of a line of version-1 and waits for the diagnostics,
// all of which below have moved.
func (e *editor) newLine(uri string, version, line int) error {
	at := map[string]any{"line": line, "character": 0}
	err := e.send(0, "textDocument/didChange", map[string]any{
		"textDocument":   map[string]any{"uri": uri, "version": version},
		"contentChanges": []any{map[string]any{"range": map[string]any{"start": at, "end": at}, "text": "\n"}}})
	if err != nil {
		return err
	}
	return e.diagnostics(uri, version)
}

// close ends the server and is what it took, if that was counted.
func (e *editor) close() (sample, error) {
	if err := e.send(2, "shutdown", nil); err != nil {
		return sample{}, err
	}
	if err := e.wait(func(r reply) bool { return r.ID != nil && *r.ID == 2 }); err != nil {
		return sample{}, fmt.Errorf("shutdown: %w", err)
	}
	if err := errors.Join(e.send(0, "exit", nil), e.in.Close(), e.cmd.Wait()); err != nil {
		return sample{}, err
	}
	if e.stats == "" {
		return sample{}, nil
	}
	s, code, err := readStats(e.stats)
	if err == nil && code != 0 {
		err = fmt.Errorf("the language server ended with exit code %d", code)
	}
	return s, err
}
