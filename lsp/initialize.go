package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// initializeParams is "InitializeParams" of LSP 3.17, and of 3.18 what is said of
// workspace/textDocumentContent.
type initializeParams struct {
	ProcessID             *int              `json:"processId"`
	Locale                string            `json:"locale"`
	RootURI               string            `json:"rootUri"`
	RootPath              string            `json:"rootPath"`
	WorkspaceFolders      []workspaceFolder `json:"workspaceFolders"`
	InitializationOptions json.RawMessage   `json:"initializationOptions"`
	Capabilities          struct {
		General struct {
			PositionEncodings []Encoding `json:"positionEncodings"`
		} `json:"general"`
		Window struct {
			WorkDoneProgress bool `json:"workDoneProgress"`
			ShowDocument     struct {
				Support bool `json:"support"`
			} `json:"showDocument"`
		} `json:"window"`
		Workspace struct {
			Configuration         bool             `json:"configuration"`
			WorkspaceEdit         documentChanges  `json:"workspaceEdit"`
			DidChangeWatchedFiles dynamic          `json:"didChangeWatchedFiles"`
			Diagnostics           refreshes        `json:"diagnostics"`
			CodeLens              refreshes        `json:"codeLens"`
			InlayHint             refreshes        `json:"inlayHint"`
			TextDocumentContent   *json.RawMessage `json:"textDocumentContent"`
		} `json:"workspace"`
		TextDocument struct {
			Diagnostic         *json.RawMessage `json:"diagnostic"`
			PublishDiagnostics struct {
				TagSupport struct {
					ValueSet []int `json:"valueSet"`
				} `json:"tagSupport"`
			} `json:"publishDiagnostics"`
			Hover struct {
				ContentFormat []string `json:"contentFormat"`
			} `json:"hover"`
			Definition struct {
				LinkSupport bool `json:"linkSupport"`
			} `json:"definition"`
			CodeAction struct {
				LiteralSupport *json.RawMessage `json:"codeActionLiteralSupport"`
			} `json:"codeAction"`
			DocumentSymbol struct {
				Hierarchical bool `json:"hierarchicalDocumentSymbolSupport"`
			} `json:"documentSymbol"`
		} `json:"textDocument"`
	} `json:"capabilities"`
}

type (
	documentChanges struct {
		DocumentChanges bool `json:"documentChanges"`
	}
	dynamic struct {
		DynamicRegistration bool `json:"dynamicRegistration"`
	}
	refreshes struct {
		RefreshSupport bool `json:"refreshSupport"`
	}
)

// clientSide is what the client said of itself. It does not change after initialize.
type clientSide struct {
	unit                                            Encoding
	zh                                              bool // the words of the user interface are Chinese
	configuration                                   bool // answers workspace/configuration
	watches                                         bool // lets itself be asked to watch files
	pulls                                           bool // asks for diagnostics, and is not sent any
	progress                                        bool // shows progress that the server begins
	showDocument                                    bool
	content                                         bool // asks for the text of virtual documents
	documentChanges                                 bool // edits may name the version that they are for
	actionLiterals                                  bool
	definitionLinks                                 bool
	symbolTree                                      bool
	plainHover                                      bool
	tags                                            []int
	refreshDiagnostics, refreshLenses, refreshHints bool
}

// unitFor is the encoding of positions: UTF-16, which every client knows, unless the
// user wishes for another that the client knows or the client does not offer it.
func unitFor(offered []Encoding, wish Encoding) Encoding {
	known := func(e Encoding) bool { return e == UTF8 || e == UTF16 || e == UTF32 }
	switch {
	case known(wish) && slices.Contains(offered, wish):
		return wish
	case len(offered) == 0 || slices.Contains(offered, UTF16):
		return UTF16
	}
	if i := slices.IndexFunc(offered, known); i >= 0 {
		return offered[i]
	}
	return UTF16
}

func (s *Server) initialize(params json.RawMessage) (any, error) {
	var p initializeParams
	if err := unmarshal(params, &p); err != nil {
		return nil, err
	}
	var base Settings
	if len(p.InitializationOptions) > 0 {
		if err := json.Unmarshal(p.InitializationOptions, &base); err != nil {
			return nil, failure(codeInvalidParams, "initializationOptions: %s", err)
		}
	}
	can := p.Capabilities
	s.client = clientSide{
		unit:            unitFor(can.General.PositionEncodings, base.PositionEncoding),
		zh:              strings.HasPrefix(strings.ToLower(p.Locale), "zh") || p.Locale == "" && base.Lang == "zh",
		configuration:   can.Workspace.Configuration,
		watches:         can.Workspace.DidChangeWatchedFiles.DynamicRegistration,
		pulls:           can.TextDocument.Diagnostic != nil,
		progress:        can.Window.WorkDoneProgress,
		showDocument:    can.Window.ShowDocument.Support,
		content:         can.Workspace.TextDocumentContent != nil,
		documentChanges: can.Workspace.WorkspaceEdit.DocumentChanges,
		actionLiterals:  can.TextDocument.CodeAction.LiteralSupport != nil,
		definitionLinks: can.TextDocument.Definition.LinkSupport,
		symbolTree:      can.TextDocument.DocumentSymbol.Hierarchical,
		plainHover: len(can.TextDocument.Hover.ContentFormat) > 0 &&
			!slices.Contains(can.TextDocument.Hover.ContentFormat, "markdown"),
		tags:               can.TextDocument.PublishDiagnostics.TagSupport.ValueSet,
		refreshDiagnostics: can.Workspace.Diagnostics.RefreshSupport,
		refreshLenses:      can.Workspace.CodeLens.RefreshSupport,
		refreshHints:       can.Workspace.InlayHint.RefreshSupport,
	}
	folders := p.WorkspaceFolders
	switch {
	case len(folders) > 0:
	case p.RootURI != "":
		folders = []workspaceFolder{{URI: p.RootURI}}
	case p.RootPath != "":
		folders = []workspaceFolder{{URI: pathURI(p.RootPath)}}
	}
	s.mu.Lock()
	s.config.folders, s.config.base = folders, base
	s.mu.Unlock()
	if p.ProcessID != nil && *p.ProcessID > 0 {
		s.watchParent(*p.ProcessID)
	}
	s.spawn(s.settle)
	s.spawn(s.scanWord)
	if !s.client.configuration {
		s.readAgain() // a client that can be asked is asked after initialized
	}
	return map[string]any{
		"serverInfo":   map[string]any{"name": "clauselint", "version": s.opts.Version},
		"capabilities": s.capabilities(),
	}, nil
}

// watchParent ends the session when the client's process is gone: its end of the pipe may
// be held open by a child.
func (s *Server) watchParent(pid int) {
	every := s.opts.ParentPoll
	if every <= 0 {
		every = 3 * time.Second
	}
	s.spawn(func() {
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-s.ctx.Done():
				return
			case <-tick.C:
				if !processAlive(pid) {
					s.end(fmt.Errorf("the client's process %d is gone", pid))
					return
				}
			}
		}
	})
}

// The commands that the server does when asked.
const commandExplain = "clauselint.explain"

// capabilities is "ServerCapabilities": what this client can ask for.
func (s *Server) capabilities() map[string]any {
	provide := map[string]any{}
	can := map[string]any{
		"positionEncoding":       s.client.unit,
		"textDocumentSync":       map[string]any{"openClose": true, "change": 2, "save": map[string]any{"includeText": false}},
		"hoverProvider":          true,
		"definitionProvider":     true,
		"referencesProvider":     true,
		"documentSymbolProvider": true,
		"foldingRangeProvider":   true,
		"documentLinkProvider":   provide,
		"codeLensProvider":       provide,
		"inlayHintProvider":      true,
		"completionProvider":     map[string]any{"triggerCharacters": []string{"“", "\"", " ", ","}},
		"codeActionProvider":     map[string]any{"codeActionKinds": []string{kindQuickFix, kindFixAll}},
		"executeCommandProvider": map[string]any{"commands": []string{commandExplain}},
	}
	if s.client.pulls {
		can["diagnosticProvider"] = map[string]any{
			"identifier": "clauselint", "interFileDependencies": false, "workspaceDiagnostics": true, "workDoneProgress": true,
		}
	}
	workspace := map[string]any{"workspaceFolders": map[string]any{"supported": true, "changeNotifications": true}}
	if s.client.content {
		workspace["textDocumentContent"] = map[string]any{"schemes": []string{wordScheme, ruleScheme}}
	}
	can["workspace"] = workspace
	return can
}

func (s *Server) initialized(json.RawMessage) error {
	if s.client.configuration {
		s.readAgain()
	}
	if !s.client.watches {
		return nil
	}
	type watcher struct {
		GlobPattern string `json:"globPattern"`
	}
	var watchers []watcher
	for _, name := range s.opts.ConfigNames {
		watchers = append(watchers, watcher{"**/" + name})
	}
	watchers = append(watchers, watcher{"**/*.{md,markdown,txt,docx,docm,dotx}"})
	s.spawn(func() {
		ctx, cancel := context.WithTimeout(s.ctx, answerWithin)
		defer cancel()
		err := s.wire.call(ctx, "client/registerCapability", map[string]any{"registrations": []any{map[string]any{
			"id": "watch", "method": "workspace/didChangeWatchedFiles", "registerOptions": map[string]any{"watchers": watchers},
		}}}, nil)
		if err != nil {
			s.logf("client/registerCapability: %s", err)
		}
	})
	return nil
}
