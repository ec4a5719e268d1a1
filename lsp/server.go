// Package lsp is the linter behind an editor: a server of the Language Server Protocol,
// version 3.17, over a pair of streams.
//
// It computes nothing about contracts. It keeps the texts that a client has open, has
// them linted, and says in the terms of the protocol what the linter found.
package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/report"
)

// Rules are what governs a file.
type Rules struct {
	Linter  *lint.Linter
	Library *clauses.Library
	Options lint.Options
	// Settle takes out of the findings of a result those that do not count: what is
	// waived, and what a baseline holds. nil leaves all.
	Settle func(*report.Result) error
	// Excluded is set for a file that is not looked at unless it is opened.
	Excluded bool
}

// Governor says which rules govern the file at a path, as the configuration was when the
// Governor was made. It may be called from several goroutines at once.
type Governor func(path string) (Rules, error)

// Options are what the program around a server gives it.
type Options struct {
	// Version of the program.
	Version string
	// Configure reads the configuration anew, with the settings of an editor over the
	// flags of the command line. Its error is for the user.
	Configure func(Settings) (Governor, error)
	// ConfigNames are the names of configuration files.
	ConfigNames []string
	// Files is the contracts in a folder and below it.
	Files func(dir string) []string
	// Read is the content of a file.
	Read func(path string) ([]byte, error)
	// Page is the page of a rule in Markdown, in a language: "zh" or "en".
	Page func(lib *clauses.Library, rule *clauses.Rule, lang string) string
	// ParentPoll is how often the process that the client names as its own is looked
	// for; 0 means every three seconds.
	ParentPoll time.Duration
}

// phase is where in its life a session is.
type phase int

const (
	waiting  phase = iota // for initialize
	running               //
	stopping              // shutdown was asked for
)

// Server is one session with one client.
type Server struct {
	opts   Options
	wire   *wire
	log    io.Writer // see logf
	ctx    context.Context
	cancel context.CancelFunc
	ended  chan error // a broken connection, a dead client
	phase  phase      // of the message loop alone

	client clientSide // set by initialize, before anything else runs

	logging  sync.Mutex
	mu       sync.Mutex // guards what follows
	files    map[string]*file
	requests map[string]context.CancelFunc // by id
	scans    map[string]context.CancelFunc // by the token of their progress
	config   configuration
	closed   map[string]*closedFile // results of files that are not open, by path
	told     map[string]bool        // messages that were shown
	tokens   int

	slots       chan struct{} // one for each lint run that may go on at a time
	configured  chan struct{} // closed once the settings were read for the first time
	reconfigure chan struct{} // of capacity 1: read the settings
	rescan      chan struct{} // of capacity 1: look at the Word files of the workspace
	background  sync.WaitGroup
}

// Serve talks to the client until it says exit, until the input ends, the client's
// process is gone or the output is broken. It returns the exit code of the process: 0 if
// shutdown was asked for, else 1. What goes wrong is said on stderr, a line each.
func Serve(in io.Reader, out, stderr io.Writer, opts Options) int {
	return newServer(out, stderr, opts).serve(in)
}

// newServer is a server that writes to out.
func newServer(out, stderr io.Writer, opts Options) *Server {
	ctx, cancel := context.WithCancel(context.Background())
	s := &Server{
		opts: opts, log: stderr, ctx: ctx, cancel: cancel, ended: make(chan error, 1),
		files: map[string]*file{}, requests: map[string]context.CancelFunc{}, scans: map[string]context.CancelFunc{},
		closed: map[string]*closedFile{}, told: map[string]bool{},
		slots:       make(chan struct{}, max(1, runtime.GOMAXPROCS(0))),
		configured:  make(chan struct{}),
		reconfigure: make(chan struct{}, 1), rescan: make(chan struct{}, 1),
	}
	s.wire = newWire(out, func(err error) { s.end(fmt.Errorf("output: %w", err)) })
	return s
}

// serve is the session.
func (s *Server) serve(in io.Reader) int {
	err := s.loop(in)
	s.cancel()
	finished := make(chan struct{})
	go func() {
		s.background.Wait()
		close(finished)
	}()
	select { // a lint run cannot be stopped, and need not be waited for
	case <-finished:
	case <-time.After(time.Second):
	}
	s.wire.close()
	select { // a client that has stopped reading loses the rest
	case <-s.wire.drained:
	case <-time.After(time.Second):
	}
	if err != nil && !errors.Is(err, io.EOF) {
		s.logf("session ended: %s", err)
	}
	if s.phase == stopping {
		return 0
	}
	return 1
}

// end ends the session for a reason of its own.
func (s *Server) end(err error) {
	select {
	case s.ended <- err:
	default:
	}
}

// logf writes one line to stderr.
func (s *Server) logf(format string, args ...any) {
	s.logging.Lock()
	defer s.logging.Unlock()
	line := strings.Join(strings.Fields(fmt.Sprintf(format, args...)), " ")
	fmt.Fprintf(s.log, "clauselint: lsp: %s\n", line)
}

type incoming struct {
	content []byte
	err     error
}

// loop takes one message after the other. It never waits for work: what takes time
// runs in a goroutine of its own. Its error is nil after exit.
func (s *Server) loop(in io.Reader) error {
	messages := make(chan incoming)
	go func() {
		for f := newFrames(in); ; {
			content, err := f.next()
			select {
			case messages <- incoming{content, err}:
			case <-s.ctx.Done():
				return
			}
			if err != nil && !errors.Is(err, errHeader) {
				return
			}
		}
	}()
	for {
		select {
		case err := <-s.ended:
			return err
		case m := <-messages:
			if errors.Is(m.err, errHeader) {
				s.wire.respond(nil, nil, failure(codeParseError, "%s", m.err))
				continue
			}
			if m.err != nil {
				return m.err
			}
			if s.receive(m.content) {
				return nil
			}
		}
	}
}

// receive handles a message and reports whether it was exit.
func (s *Server) receive(content []byte) (exit bool) {
	m, bad := parseMessage(content)
	switch {
	case bad != nil:
		s.wire.respond(m.ID, nil, bad)
	case m.Method == "":
		s.wire.answered(m)
	case m.ID == nil && m.Method == "exit":
		return true
	case m.ID == nil:
		if s.phase == running {
			s.notified(m)
		}
	default:
		s.requested(m)
	}
	return false
}

// notified handles a notification. There is nobody to tell of an error but the log.
func (s *Server) notified(m message) {
	handle, ok := notifications[m.Method]
	if !ok {
		return
	}
	if err := s.guard(m.Method, func() error { return handle(s, m.Params) }); err != nil {
		s.logf("%s: %s", m.Method, err)
	}
}

// requested answers a request, or begins to.
func (s *Server) requested(m message) {
	switch {
	case m.Method == "initialize" && s.phase == waiting:
		result, err := s.initialize(m.Params)
		if err == nil {
			s.phase = running
		}
		s.wire.respond(m.ID, result, err)
		return
	case s.phase == waiting:
		s.wire.respond(m.ID, nil, failure(codeServerNotInitialized, "%s before initialize", m.Method))
		return
	case s.phase == stopping:
		s.wire.respond(m.ID, nil, failure(codeInvalidRequest, "%s after shutdown", m.Method))
		return
	case m.Method == "initialize":
		s.wire.respond(m.ID, nil, failure(codeInvalidRequest, "initialized already"))
		return
	case m.Method == "shutdown":
		s.phase = stopping
		s.wire.respond(m.ID, nil, nil)
		return
	}
	begin, ok := requests[m.Method]
	if !ok {
		s.wire.respond(m.ID, nil, failure(codeMethodNotFound, "unknown method %s", m.Method))
		return
	}
	// The state that the request speaks of is taken here, in the order of the messages.
	var run call
	err := s.guard(m.Method, func() (err error) {
		run, err = begin(s, m.Params)
		return err
	})
	if err != nil {
		s.wire.respond(m.ID, nil, err)
		return
	}
	ctx, cancel := context.WithCancel(s.ctx)
	key := string(m.ID)
	s.mu.Lock()
	s.requests[key] = cancel
	s.mu.Unlock()
	s.spawn(func() {
		var result any
		err := s.guard(m.Method, func() (err error) {
			result, err = run(ctx)
			return err
		})
		s.mu.Lock()
		delete(s.requests, key)
		s.mu.Unlock()
		cancel()
		s.wire.respond(m.ID, result, err)
	})
}

// spawn runs f in a goroutine that the end of the session waits for.
func (s *Server) spawn(f func()) { s.background.Go(f) }

// guard runs f. A panic in it is an error, and a line in the log.
func (s *Server) guard(what string, f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			s.logf("%s: panic: %v, at %s", what, p, panicPlace())
			err = failure(codeInternalError, "internal error in %s; this is a bug in clauselint", what)
		}
	}()
	return f()
}

// panicPlace is the innermost function of this module on the stack of a panic.
func panicPlace() string {
	pc := make([]uintptr, 64)
	frames := runtime.CallersFrames(pc[:runtime.Callers(3, pc)])
	for more := true; more; {
		var f runtime.Frame
		f, more = frames.Next()
		if name, ours := strings.CutPrefix(f.Function, "github.com/clauselint/clauselint/"); ours {
			return fmt.Sprintf("%s (%s:%d)", name, f.File[strings.LastIndexByte(f.File, '/')+1:], f.Line)
		}
	}
	return "an unknown place"
}

// cancelRequest ends a request that the client no longer wants. It is answered all the
// same, with the error RequestCancelled or with what it came to.
func (s *Server) cancelRequest(params json.RawMessage) error {
	var p struct {
		ID json.RawMessage `json:"id"`
	}
	if err := unmarshal(params, &p); err != nil {
		return err
	}
	s.mu.Lock()
	cancel := s.requests[string(p.ID)]
	s.mu.Unlock()
	if cancel != nil {
		cancel()
	}
	return nil
}

// show tells the user something, once.
func (s *Server) show(text string) {
	s.mu.Lock()
	again := s.told[text]
	s.told[text] = true
	s.mu.Unlock()
	if !again {
		s.logf("%s", text)
		s.wire.notify("window/showMessage", map[string]any{"type": severityError, "message": "clauselint: " + text})
	}
}

// unmarshal reads parameters.
func unmarshal(params json.RawMessage, v any) error {
	if len(params) == 0 {
		return nil
	}
	if err := json.Unmarshal(params, v); err != nil {
		return failure(codeInvalidParams, "%s", err)
	}
	return nil
}
