package lsp

import (
	"context"
	"encoding/json"
)

// call is the part of a request that may take time.
type call func(ctx context.Context) (any, error)

// request reads the parameters of a request and takes the state that it speaks of, on the
// message loop.
type request func(s *Server, params json.RawMessage) (call, error)

// The methods of the client, by name.
var (
	requests      map[string]request
	notifications map[string]func(*Server, json.RawMessage) error
)

func init() { // not in the declaration: handlers refer to the tables
	requests = map[string]request{
		"textDocument/diagnostic":       (*Server).pull,
		"workspace/diagnostic":          (*Server).pullWorkspace,
		"textDocument/hover":            onText((*view).hover),
		"textDocument/codeAction":       onText((*view).codeActions),
		"textDocument/definition":       onText((*view).definition),
		"textDocument/references":       onText((*view).references),
		"textDocument/documentSymbol":   onText((*view).symbols),
		"textDocument/foldingRange":     onText((*view).folding),
		"textDocument/documentLink":     onText((*view).links),
		"textDocument/codeLens":         onText((*view).lenses),
		"textDocument/completion":       onText((*view).completion),
		"textDocument/inlayHint":        onText((*view).inlayHints),
		"workspace/executeCommand":      (*Server).executeCommand,
		"workspace/textDocumentContent": (*Server).content,
	}
	notifications = map[string]func(*Server, json.RawMessage) error{
		"initialized":                         (*Server).initialized,
		"$/cancelRequest":                     (*Server).cancelRequest,
		"textDocument/didOpen":                (*Server).didOpen,
		"textDocument/didChange":              (*Server).didChange,
		"textDocument/didSave":                (*Server).didSave,
		"textDocument/didClose":               (*Server).didClose,
		"workspace/didChangeConfiguration":    (*Server).didChangeConfiguration,
		"workspace/didChangeWatchedFiles":     (*Server).didChangeWatchedFiles,
		"workspace/didChangeWorkspaceFolders": (*Server).didChangeFolders,
		"window/workDoneProgress/cancel":      (*Server).cancelProgress,
	}
}

// view is an open document as a request sees it: the version that was the newest when
// the request came, linted.
type view struct {
	*Server
	*snapshot
	*analysis
	ctx context.Context
}

// onDocument names the document that parameters speak of.
type onDocument interface{ document() string }

func (p documentParams) document() string { return p.TextDocument.URI }

// onText makes a request of a function of an open document. A document of which there is
// no reading has no answer.
func onText[P onDocument, R any](f func(*view, P) (R, error)) request {
	return func(s *Server, params json.RawMessage) (call, error) {
		var p P
		if err := unmarshal(params, &p); err != nil {
			return nil, err
		}
		sn := s.newest(p.document())
		if sn == nil {
			return nil, failure(codeInvalidParams, "%s is not open", p.document())
		}
		return func(ctx context.Context) (any, error) {
			a, err := sn.analysed(ctx)
			if err != nil || a.doc == nil {
				return nil, err
			}
			return f(&view{s, sn, a, ctx}, p)
		}, nil
	}
}
