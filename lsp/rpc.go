package lsp

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"sync"
)

// Error codes of JSON-RPC 2.0 and of LSP 3.17.
const (
	codeParseError           = -32700
	codeInvalidRequest       = -32600
	codeMethodNotFound       = -32601
	codeInvalidParams        = -32602
	codeInternalError        = -32603
	codeServerNotInitialized = -32002
	codeRequestFailed        = -32803
	codeRequestCancelled     = -32800
)

// message is a JSON-RPC message of any sort: a request has a method and an id, a
// notification a method, a response an id.
type message struct {
	JSONRPC string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id,omitempty"`
	Method  string          `json:"method,omitempty"`
	Params  json.RawMessage `json:"params,omitempty"`
	Result  json.RawMessage `json:"result,omitempty"`
	Error   *rpcError       `json:"error,omitempty"`
}

// rpcError is an error as it goes over the wire.
type rpcError struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

func (e *rpcError) Error() string { return e.Message }

func failure(code int, format string, args ...any) *rpcError {
	return &rpcError{code, fmt.Sprintf(format, args...)}
}

// asRPCError is err as the client is told it.
func asRPCError(err error) *rpcError {
	if e, ok := errors.AsType[*rpcError](err); ok {
		return e
	}
	if errors.Is(err, context.Canceled) {
		return failure(codeRequestCancelled, "cancelled")
	}
	return failure(codeRequestFailed, "%s", err)
}

// parseMessage reads a message. The error says what to answer.
func parseMessage(content []byte) (message, *rpcError) {
	var m message
	if !json.Valid(content) {
		return m, failure(codeParseError, "not JSON")
	}
	if err := json.Unmarshal(content, &m); err != nil {
		m.ID = onlyID(content)
		return m, failure(codeInvalidRequest, "not a message: %s", err)
	}
	if m.Method == "" && m.Error != nil {
		return m, nil // an error that answers nothing is for nobody, and answered least of all
	}
	if !validID(m.ID) || m.Method == "" && (m.ID == nil || m.Result == nil) {
		if !validID(m.ID) {
			m.ID = nil
		}
		return m, failure(codeInvalidRequest, "neither a request nor a response")
	}
	return m, nil
}

// onlyID is the id of what is otherwise no message.
func onlyID(content []byte) json.RawMessage {
	var m struct {
		ID json.RawMessage `json:"id"`
	}
	if json.Unmarshal(content, &m) != nil || !validID(m.ID) {
		return nil
	}
	return m.ID
}

// validID reports whether id is one of a request, a number or a string, or there is none.
func validID(id json.RawMessage) bool {
	return len(id) == 0 || id[0] == '"' || id[0] == '-' || id[0] >= '0' && id[0] <= '9'
}

// wire is the connection to the client. Messages are queued, so that no sender ever
// waits for a client that does not read.
type wire struct {
	mu      sync.Mutex
	queue   [][]byte
	closed  bool
	more    chan struct{} // of capacity 1: the queue is not empty, or closed
	drained chan struct{} // closed when all is written, or cannot be
	broken  func(error)

	calls  map[string]chan message // by the id of a request of ours
	lastID int
}

// newWire begins to write to w. broken is called once if that fails.
func newWire(w io.Writer, broken func(error)) *wire {
	c := &wire{more: make(chan struct{}, 1), drained: make(chan struct{}), broken: broken, calls: map[string]chan message{}}
	go c.write(w)
	return c
}

func (c *wire) write(w io.Writer) {
	defer close(c.drained)
	for range c.more {
		c.mu.Lock()
		queue, closed := c.queue, c.closed
		c.queue = nil
		c.mu.Unlock()
		for _, content := range queue {
			if err := writeFrame(w, content); err != nil {
				c.broken(err)
				return
			}
		}
		if closed {
			return
		}
	}
}

func (c *wire) wake() {
	select {
	case c.more <- struct{}{}:
	default:
	}
}

// close lets what is queued be written and takes no more.
func (c *wire) close() {
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
	c.wake()
}

func (c *wire) send(m message) {
	m.JSONRPC = "2.0"
	content := encode(m)
	c.mu.Lock()
	if !c.closed {
		c.queue = append(c.queue, content)
	}
	c.mu.Unlock()
	c.wake()
}

// encode is v in JSON, with the characters of contracts as they are.
func encode(v any) json.RawMessage {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(err) // a type of ours that JSON does not know
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

func (c *wire) notify(method string, params any) {
	c.send(message{Method: method, Params: encode(params)})
}

// respond answers a request with a result, or an error if there is one.
func (c *wire) respond(id json.RawMessage, result any, err error) {
	if id == nil {
		id = json.RawMessage("null")
	}
	if err != nil {
		c.send(message{ID: id, Error: asRPCError(err)})
		return
	}
	c.send(message{ID: id, Result: encode(result)})
}

// call asks the client and waits for its answer, until ctx is done.
func (c *wire) call(ctx context.Context, method string, params, result any) error {
	answer := make(chan message, 1)
	c.mu.Lock()
	c.lastID++
	id := strconv.Itoa(c.lastID)
	c.calls[id] = answer
	c.mu.Unlock()
	defer func() {
		c.mu.Lock()
		delete(c.calls, id)
		c.mu.Unlock()
	}()
	m := message{ID: json.RawMessage(id), Method: method}
	if params != nil {
		m.Params = encode(params)
	}
	c.send(m)
	select {
	case <-ctx.Done():
		return ctx.Err()
	case m := <-answer:
		if m.Error != nil {
			return m.Error
		}
		if result == nil {
			return nil
		}
		return json.Unmarshal(m.Result, result)
	}
}

// answered hands a response to who waits for it.
func (c *wire) answered(m message) {
	c.mu.Lock()
	answer := c.calls[string(m.ID)]
	delete(c.calls, string(m.ID))
	c.mu.Unlock()
	if answer != nil {
		answer <- m
	}
}
