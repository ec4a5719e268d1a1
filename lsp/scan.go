package lsp

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
)

// scanWord publishes the diagnostics of the Word files of the workspace, which no client
// can open as text, whenever it is asked to. A client that pulls asks for them itself.
func (s *Server) scanWord() {
	sent := map[string]json.RawMessage{} // what the client has, by URI
	for {
		select {
		case <-s.ctx.Done():
			return
		case <-s.rescan:
		}
		if s.client.pulls {
			continue
		}
		if err := s.guard("scan", func() error {
			s.scanOnce(sent)
			return nil
		}); err != nil {
			s.show(err.Error())
		}
	}
}

func (s *Server) scanOnce(sent map[string]json.RawMessage) {
	var paths []string
	for _, path := range s.workspaceFiles() {
		if isWord(path) {
			paths = append(paths, path)
		}
	}
	ctx, cancel := context.WithCancel(s.ctx)
	defer cancel()
	bar := s.beginOwn(ctx, cancel, len(paths))
	defer bar.end()
	there := map[string]bool{}
	for i, path := range paths {
		bar.step(i)
		uri := pathURI(path)
		if s.openAt(path) != nil {
			delete(sent, uri) // it is open: its worker reports it
			continue
		}
		there[uri] = true
		diagnostics, err := s.ofClosed(ctx, path)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			s.logf("%s: %s", path, err)
			diagnostics = []Diagnostic{}
		}
		content := encode(diagnostics)
		if before, ok := sent[uri]; ok && bytes.Equal(before, content) || !ok && len(diagnostics) == 0 {
			continue
		}
		sent[uri] = content
		s.wire.notify("textDocument/publishDiagnostics", publishParams{URI: uri, Diagnostics: encode(diagnostics)})
	}
	for uri := range sent {
		if !there[uri] {
			delete(sent, uri)
			if s.openAt(uriPath(uri)) == nil {
				s.wire.notify("textDocument/publishDiagnostics", publishParams{URI: uri, Diagnostics: encode([]Diagnostic{})})
			}
		}
	}
}

// progressParams is "ProgressParams".
type progressParams struct {
	Token json.RawMessage `json:"token"`
	Value any             `json:"value"`
}

type progressValue struct {
	Kind        string `json:"kind"` // "begin", "report" or "end"
	Title       string `json:"title,omitempty"`
	Cancellable bool   `json:"cancellable,omitempty"`
	Message     string `json:"message,omitempty"`
	Percentage  *int   `json:"percentage,omitempty"`
}

// progress is a progress bar of the client; one without a token shows nothing.
type progress struct {
	server  *Server
	token   json.RawMessage
	total   int
	percent int
}

// begin shows progress under a token that the client gave, if it did.
func (s *Server) begin(token json.RawMessage, total int) *progress {
	p := &progress{server: s, token: token, total: total, percent: -1}
	zero := 0
	p.say(progressValue{Kind: "begin", Title: s.words().scanning, Percentage: &zero})
	return p
}

// manyFiles is how many files take long enough for a person to want to see how it goes.
const manyFiles = 50

// beginOwn shows progress that no request asked for, of a scan of many files in a client
// that can show it. The client can cancel it.
func (s *Server) beginOwn(ctx context.Context, cancel context.CancelFunc, total int) *progress {
	none := &progress{server: s}
	if !s.client.progress || total < manyFiles {
		return none
	}
	s.mu.Lock()
	s.tokens++
	token := encode(fmt.Sprintf("clauselint-%d", s.tokens))
	s.scans[string(token)] = cancel
	s.mu.Unlock()
	if err := s.wire.call(ctx, "window/workDoneProgress/create", map[string]any{"token": token}, nil); err != nil {
		return none
	}
	p := &progress{server: s, token: token, total: total, percent: -1}
	zero := 0
	p.say(progressValue{Kind: "begin", Title: s.words().scanning, Cancellable: true, Percentage: &zero})
	return p
}

func (p *progress) say(v progressValue) {
	if len(p.token) > 0 {
		p.server.wire.notify("$/progress", progressParams{p.token, v})
	}
}

// step says that so many files are done, where that is another percent.
func (p *progress) step(done int) {
	if p.total == 0 {
		return
	}
	if percent := done * 100 / p.total; percent > p.percent {
		p.percent = percent
		p.say(progressValue{Kind: "report", Message: fmt.Sprintf("%d/%d", done, p.total), Percentage: &percent})
	}
}

func (p *progress) end() {
	p.say(progressValue{Kind: "end"})
	p.server.mu.Lock()
	delete(p.server.scans, string(p.token))
	p.server.mu.Unlock()
}

func (s *Server) cancelProgress(params json.RawMessage) error {
	var p struct {
		Token json.RawMessage `json:"token"`
	}
	if err := unmarshal(params, &p); err != nil {
		return err
	}
	s.mu.Lock()
	cancel := s.scans[string(p.Token)]
	s.mu.Unlock()
	if cancel != nil {
		cancel()
	}
	return nil
}
