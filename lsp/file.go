package lsp

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"
)

// file is a document that the client has open.
type file struct {
	server *Server
	uri    string
	path   string // empty where the document is no file
	name   string // tells the format
	word   bool   // a Word file, read from disk whatever text the client shows
	ctx    context.Context
	close  context.CancelFunc
	turn   chan struct{} // of capacity 1: holds a token while the document is linted
	wake   chan struct{} // of capacity 1: there is a newer snapshot

	mu      sync.Mutex // guards what follows
	current *snapshot
	sent    []byte // the diagnostics that the client has; nil for none yet
	gone    bool   // closed: nothing is sent any more
	base    *base  // the last text that was linted as a whole, if it can be patched
	// settings counts how often they were read anew.
	settings int

	rules *Rules // the last that could be read; it belongs to who has the turn
}

// snapshot is one version of the text of a file, under one reading of the settings.
type snapshot struct {
	file     *file
	version  int32
	lines    *mapper
	settings int // see file

	// done and what follows belong to who has the turn of the file.
	done   bool
	result *analysis
	err    error

	given       []byte       // what a client that asked was told before the text was linted; f.mu guards it
	whole       []Diagnostic // what was found since then; f.mu guards it
	patch       sync.Once
	diagnostics []Diagnostic // what patched made of those of the last whole text; nil if it could not
	certain     bool
}

// newest is the newest snapshot of an open document, or nil.
func (s *Server) newest(uri string) *snapshot {
	s.mu.Lock()
	f := s.files[uri]
	s.mu.Unlock()
	if f == nil {
		return nil
	}
	return f.newest()
}

// openAt is the newest snapshot of the open document that is the file at a path, or nil.
func (s *Server) openAt(path string) *snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.files {
		if f.path == path && strings.HasPrefix(f.uri, "file:") {
			return f.newest()
		}
	}
	return nil
}

func (f *file) newest() *snapshot {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.current
}

// set makes a text the newest. The worker drops what it has of an older one.
func (f *file) set(version int32, lines *mapper) {
	f.mu.Lock()
	f.current = &snapshot{file: f, version: version, lines: lines, settings: f.settings}
	f.mu.Unlock()
	poke(f.wake)
}

// renew has the text linted again, under new settings.
func (f *file) renew() {
	f.mu.Lock()
	f.settings++
	f.current, f.base = &snapshot{file: f, version: f.current.version, lines: f.current.lines, settings: f.settings}, nil
	f.mu.Unlock()
	poke(f.wake)
}

// analysed is the analysis of the snapshot, made by the first who asks. A file is
// linted once at a time; who waits for that gives up when ctx is done, so of the texts
// between two lint runs only those are linted that somebody still wants.
func (sn *snapshot) analysed(ctx context.Context) (*analysis, error) {
	f := sn.file
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-f.server.configured:
	}
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case f.turn <- struct{}{}:
	}
	defer func() { <-f.turn }()
	if sn.done {
		return sn.result, sn.err
	}
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case f.server.slots <- struct{}{}:
	}
	defer func() { <-f.server.slots }()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	sn.done = true
	sn.err = f.server.guard("lint", func() error {
		sn.result = f.analyse(sn)
		return nil
	})
	return sn.result, sn.err
}

// analyse lints a snapshot. Where the configuration cannot be read, the rules that were
// in force before it was broken go on holding, and the user is told.
func (f *file) analyse(sn *snapshot) *analysis {
	s := f.server
	ruling, _ := s.rulingOf(f.path)
	rules, err := ruling.governor(f.path)
	if err != nil {
		s.show(err.Error())
		if f.rules == nil {
			return &analysis{shown: sn.lines, err: err}
		}
		rules = *f.rules
	}
	f.rules = &rules
	if f.word {
		data, err := s.opts.Read(f.path)
		if err != nil {
			return &analysis{shown: sn.lines, err: err}
		}
		return analyseWord(f.path, data, rules, s.client.unit)
	}
	return analyseText(f.name, sn.lines, rules)
}

// How long nobody types before a text of which only a part was linted again is linted as a
// whole: to be sure, and where the diagnostics are known to lack something.
const (
	pause      = 200 * time.Millisecond
	shortPause = 40 * time.Millisecond
)

// work lints the newest text whenever there is a new one, and tells the client.
func (f *file) work() {
	var settle <-chan time.Time
	whole := make(chan struct{}, 1) // holds a token while a text is linted as a whole besides
	for {
		select {
		case <-f.ctx.Done():
			return
		case <-f.wake:
			sn := f.newest()
			if diagnostics, certain := sn.patched(); diagnostics != nil {
				f.send(sn, diagnostics)
				wait := pause
				if !certain {
					wait = shortPause
				}
				settle = time.After(wait)
				continue
			}
			settle = nil
			f.lint(sn)
		case <-settle:
			settle = nil
			select {
			case whole <- struct{}{}:
				f.server.spawn(func() {
					f.lint(f.newest())
					<-whole
				})
			default: // the one before goes on
				settle = time.After(shortPause)
			}
		}
	}
}

// patched is the diagnostics of the snapshot as those of the last whole text give them, see
// [base.patched].
func (sn *snapshot) patched() (diagnostics []Diagnostic, certain bool) {
	sn.patch.Do(func() {
		f := sn.file
		f.mu.Lock()
		base := f.base
		f.mu.Unlock()
		if base == nil || f.word {
			return
		}
		f.server.guard("lint", func() error {
			sn.diagnostics, sn.certain = base.patched(sn.lines)
			return nil
		})
	})
	return sn.diagnostics, sn.certain
}

// lint lints a snapshot as a whole, and tells the client.
func (f *file) lint(sn *snapshot) {
	a, err := sn.analysed(f.ctx)
	if err != nil {
		return
	}
	diagnostics := f.server.diagnostics(f.uri, a)
	base := f.server.newBase(f.uri, a, diagnostics)
	if base != nil {
		base.prepare()
	}
	f.mu.Lock()
	if sn.settings == f.settings {
		f.base = base
	}
	given := sn.given
	sn.whole = diagnostics
	f.mu.Unlock()
	f.send(sn, diagnostics)
	if given != nil && !bytes.Equal(given, encode(diagnostics)) {
		f.server.refreshDiagnostics()
	}
}

// send sends the diagnostics of a snapshot, unless there is a newer one, the client
// asks for diagnostics itself, or it has the same already.
func (f *file) send(sn *snapshot, diagnostics []Diagnostic) {
	if f.server.client.pulls {
		return
	}
	content := encode(diagnostics)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.gone || f.current != sn || bytes.Equal(content, f.sent) {
		return
	}
	f.sent = content
	f.server.wire.notify("textDocument/publishDiagnostics", publishParams{f.uri, &sn.version, content})
}

// pulled is the diagnostics of a snapshot for a client that asks for them.
func (sn *snapshot) pulled(ctx context.Context) ([]Diagnostic, error) {
	f := sn.file
	f.mu.Lock()
	whole := sn.whole
	f.mu.Unlock()
	if whole != nil {
		return whole, nil
	}
	if diagnostics, _ := sn.patched(); diagnostics != nil {
		content := encode(diagnostics)
		f.mu.Lock()
		defer f.mu.Unlock()
		if sn.whole != nil { // meanwhile
			return sn.whole, nil
		}
		sn.given = content
		return diagnostics, nil
	}
	a, err := sn.analysed(ctx)
	if err != nil {
		return nil, err
	}
	return f.server.diagnostics(f.uri, a), nil
}

func (s *Server) didOpen(params json.RawMessage) error {
	var p didOpenParams
	if err := unmarshal(params, &p); err != nil {
		return err
	}
	doc := p.TextDocument
	path := uriPath(doc.URI)
	f := &file{
		server: s, uri: doc.URI, path: path, name: readingName(doc.URI, path, doc.LanguageID), word: isWord(path),
		turn: make(chan struct{}, 1), wake: make(chan struct{}, 1),
	}
	f.ctx, f.close = context.WithCancel(s.ctx)
	s.mu.Lock()
	old := s.files[doc.URI]
	s.files[doc.URI] = f
	s.mu.Unlock()
	if old != nil { // a client must not open what is open, but what it says counts
		old.stop(false)
	}
	f.set(doc.Version, newMapper(doc.Text, s.client.unit))
	s.spawn(f.work)
	return nil
}

func (s *Server) didChange(params json.RawMessage) error {
	var p didChangeParams
	if err := unmarshal(params, &p); err != nil {
		return err
	}
	sn := s.newest(p.TextDocument.URI)
	if sn == nil {
		return fmt.Errorf("%s is not open", p.TextDocument.URI)
	}
	lines := sn.lines
	for _, c := range p.ContentChanges {
		lines = newMapper(lines.apply(c), lines.unit)
	}
	sn.file.set(p.TextDocument.Version, lines)
	return nil
}

// didSave reads the settings again for clients that do not watch files.
func (s *Server) didSave(json.RawMessage) error {
	if !s.client.watches {
		s.readAgain()
	}
	return nil
}

func (s *Server) didClose(params json.RawMessage) error {
	var p documentParams
	if err := unmarshal(params, &p); err != nil {
		return err
	}
	s.mu.Lock()
	f := s.files[p.TextDocument.URI]
	delete(s.files, p.TextDocument.URI)
	s.mu.Unlock()
	if f == nil {
		return fmt.Errorf("%s is not open", p.TextDocument.URI)
	}
	f.stop(true)
	if f.word {
		poke(s.rescan) // a closed Word file is one of the workspace
	}
	return nil
}

// stop ends the work on a file, and takes its diagnostics away from the client.
func (f *file) stop(clear bool) {
	f.close()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.gone = true
	if clear && f.sent != nil && !f.server.client.pulls {
		f.server.wire.notify("textDocument/publishDiagnostics", publishParams{URI: f.uri, Diagnostics: encode([]Diagnostic{})})
	}
}
