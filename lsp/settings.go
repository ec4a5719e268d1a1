package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Settings are what an editor may set for a folder: as initializationOptions, as the
// section "clauselint" of workspace/configuration, or in workspace/didChangeConfiguration.
// The zero value leaves everything to the configuration file and the flags.
type Settings struct {
	// Lang is the language of the findings: "zh", "en", or "auto" for that of each clause.
	Lang string `json:"lang"`
	// AsOf is the day whose law applies, as YYYY-MM-DD.
	AsOf string `json:"asOf"`
	// Kind is the kind of the documents.
	Kind string `json:"kind"`
	// Rules is a folder with rules of the user's own, Config a configuration file; a
	// relative path is one in the workspace folder.
	Rules  string `json:"rules"`
	Config string `json:"config"`
	// Isolated leaves configuration files unread.
	Isolated bool `json:"isolated"`
	// Withheld shows, as faded text, what does not count: what is waived, what the
	// baseline holds, and what an established fact withholds.
	Withheld bool `json:"withheld"`
	// Workspace has the files of the workspace linted that are not open; nil is yes.
	Workspace *bool `json:"workspace"`
	// PositionEncoding is wished for in initializationOptions: "utf-8" or "utf-32". It
	// is agreed on if the client knows it.
	PositionEncoding Encoding `json:"positionEncoding"`
}

// wholeWorkspace reports whether files that are not open are linted.
func (set Settings) wholeWorkspace() bool { return set.Workspace == nil || *set.Workspace }

// configuration is what governs the files of a workspace.
type configuration struct {
	folders []workspaceFolder
	base    Settings          // of initializationOptions and didChangeConfiguration
	ruling  map[string]ruling // by the URI of the folder; "" for files outside of all
	// generation counts how often the settings were read: results of an older one may
	// differ from what would be found now.
	generation int
}

// ruling is the settings of a folder, and what they lead to.
type ruling struct {
	settings Settings
	governor Governor
}

// answerWithin is how long a client may take to answer a question before the session
// goes on without.
const answerWithin = 3 * time.Second

// settle reads the settings whenever it is asked to, one time after the other.
func (s *Server) settle() {
	for first := true; ; first = false {
		select {
		case <-s.ctx.Done():
			return
		case <-s.reconfigure:
		}
		err := s.guard("configuration", func() error {
			s.readSettings()
			return nil
		})
		if err != nil {
			s.show(err.Error())
		}
		if first { // nothing was linted before
			close(s.configured)
			poke(s.rescan)
			continue
		}
		s.renew()
	}
}

// readAgain asks for the settings to be read again, soon.
func (s *Server) readAgain() { poke(s.reconfigure) }

// poke puts a token into a channel of capacity 1.
func poke(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// readSettings asks the client for its configuration, if it can be asked, and reads the
// configuration files anew. What cannot be read leaves in force what was before.
func (s *Server) readSettings() {
	s.mu.Lock()
	folders, base, before := slices.Clone(s.config.folders), s.config.base, s.config.ruling
	s.mu.Unlock()
	scopes := append([]workspaceFolder{{}}, folders...)
	answers := s.askConfiguration(scopes)
	ruling := make(map[string]ruling, len(scopes))
	for i, folder := range scopes {
		r := before[folder.URI]
		set := base
		if i < len(answers) && len(answers[i]) > 0 && string(answers[i]) != "null" {
			if err := json.Unmarshal(answers[i], &set); err != nil {
				s.show(fmt.Sprintf("settings: %s", err))
				set = base
			}
		}
		set.Rules, set.Config = inFolder(folder, set.Rules), inFolder(folder, set.Config)
		governor, err := s.opts.Configure(set)
		switch {
		case err == nil:
			r.settings, r.governor = set, governor
		default:
			s.show(err.Error())
			if r.governor == nil {
				r.settings, r.governor = set, func(string) (Rules, error) { return Rules{}, err }
			}
		}
		ruling[folder.URI] = r
	}
	s.mu.Lock()
	s.config.ruling = ruling
	s.config.generation++
	s.mu.Unlock()
}

// askConfiguration is the answers of the client for the folders, none if it has none.
func (s *Server) askConfiguration(scopes []workspaceFolder) []json.RawMessage {
	if !s.client.configuration {
		return nil
	}
	type item struct {
		ScopeURI string `json:"scopeUri,omitempty"`
		Section  string `json:"section"`
	}
	var items []item
	for _, f := range scopes {
		items = append(items, item{f.URI, "clauselint"})
	}
	ctx, cancel := context.WithTimeout(s.ctx, answerWithin)
	defer cancel()
	var answers []json.RawMessage
	if err := s.wire.call(ctx, "workspace/configuration", map[string]any{"items": items}, &answers); err != nil {
		s.logf("workspace/configuration: %s", err)
	}
	return answers
}

// inFolder is a path that may be relative to a workspace folder.
func inFolder(folder workspaceFolder, path string) string {
	if dir := uriPath(folder.URI); path != "" && dir != "" && !filepath.IsAbs(path) {
		return filepath.Join(dir, path)
	}
	return path
}

// rulingOf is what governs the file at a path: that of the innermost workspace folder.
func (s *Server) rulingOf(path string) (r ruling, generation int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, longest := s.config.ruling[""], -1
	for _, f := range s.config.folders {
		dir := uriPath(f.URI)
		if dir == "" || len(dir) <= longest || !inside(path, dir) {
			continue
		}
		if own, ok := s.config.ruling[f.URI]; ok {
			r, longest = own, len(dir)
		}
	}
	return r, s.config.generation
}

// inside reports whether a path is that of a folder or of something in it.
func inside(path, dir string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// renew has all open documents linted under the settings that were read, and the client
// ask again for what it asked for.
func (s *Server) renew() {
	s.mu.Lock()
	files := slices.Collect(maps.Values(s.files))
	s.mu.Unlock()
	for _, f := range files {
		f.renew()
	}
	s.refresh()
	poke(s.rescan)
}

// refresh tells the client that what it pulled may be out of date.
func (s *Server) refresh() {
	s.refreshDiagnostics()
	s.ask(s.client.refreshLenses, "workspace/codeLens/refresh")
	s.ask(s.client.refreshHints, "workspace/inlayHint/refresh")
}

// refreshDiagnostics tells a client that pulls diagnostics to do so again.
func (s *Server) refreshDiagnostics() {
	s.ask(s.client.pulls && s.client.refreshDiagnostics, "workspace/diagnostic/refresh")
}

// ask sends a client that can be asked a request of which only matters that it was sent.
func (s *Server) ask(can bool, method string) {
	if can {
		s.spawn(func() {
			ctx, cancel := context.WithTimeout(s.ctx, answerWithin)
			defer cancel()
			s.wire.call(ctx, method, nil, nil)
		})
	}
}

func (s *Server) didChangeConfiguration(params json.RawMessage) error {
	var p struct {
		Settings json.RawMessage `json:"settings"`
	}
	if err := unmarshal(params, &p); err != nil {
		return err
	}
	// Clients that answer workspace/configuration send nothing of use here.
	if !s.client.configuration && len(p.Settings) > 0 {
		section := struct {
			Clauselint json.RawMessage `json:"clauselint"`
		}{}
		if json.Unmarshal(p.Settings, &section) == nil && len(section.Clauselint) > 0 {
			s.mu.Lock()
			set := s.config.base
			err := json.Unmarshal(section.Clauselint, &set)
			if err == nil {
				s.config.base = set
			}
			s.mu.Unlock()
			if err != nil {
				s.show(fmt.Sprintf("settings: %s", err))
			}
		}
	}
	s.readAgain()
	return nil
}

// didChangeWatchedFiles reads everything again, whatever it was: a configuration, a page
// of rules, a contract. What comes out as before is not sent again.
func (s *Server) didChangeWatchedFiles(params json.RawMessage) error {
	var p watchedFilesParams
	if err := unmarshal(params, &p); err != nil {
		return err
	}
	for _, c := range p.Changes {
		s.contentChanged(c.URI)
	}
	s.readAgain()
	return nil
}

func (s *Server) didChangeFolders(params json.RawMessage) error {
	var p foldersParams
	if err := unmarshal(params, &p); err != nil {
		return err
	}
	s.mu.Lock()
	s.config.folders = slices.DeleteFunc(slices.Clone(s.config.folders), func(f workspaceFolder) bool {
		return slices.ContainsFunc(append(p.Event.Removed, p.Event.Added...), func(r workspaceFolder) bool { return r.URI == f.URI })
	})
	s.config.folders = append(s.config.folders, p.Event.Added...)
	s.mu.Unlock()
	s.readAgain()
	return nil
}
