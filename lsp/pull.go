package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"time"
)

// fullReport is the report of diagnostics, or that they are those of the result that the
// client has.
func fullReport(diagnostics []Diagnostic, previous string) documentReport {
	h := fnv.New128a()
	h.Write(encode(diagnostics))
	id := fmt.Sprintf("%x", h.Sum(nil))
	if id == previous {
		return documentReport{Kind: "unchanged", ResultID: id}
	}
	return documentReport{Kind: "full", ResultID: id, Items: &diagnostics}
}

// pull is textDocument/diagnostic.
func (s *Server) pull(params json.RawMessage) (call, error) {
	var p pullParams
	if err := unmarshal(params, &p); err != nil {
		return nil, err
	}
	uri := p.TextDocument.URI
	sn := s.newest(uri)
	if sn == nil && uriPath(uri) == "" {
		return nil, failure(codeInvalidParams, "%s is not open", uri)
	}
	return func(ctx context.Context) (any, error) {
		if sn == nil {
			diagnostics, err := s.ofClosed(ctx, uriPath(uri))
			return fullReport(diagnostics, p.PreviousResultID), err
		}
		diagnostics, err := sn.pulled(ctx)
		if err != nil {
			return nil, err
		}
		return fullReport(diagnostics, p.PreviousResultID), nil
	}, nil
}

// closedFile is what was found in a file that is not open.
type closedFile struct {
	modified    time.Time
	size        int64
	generation  int
	diagnostics []Diagnostic
}

// ofClosed is the diagnostics of a file as it lies on disk.
func (s *Server) ofClosed(ctx context.Context, path string) ([]Diagnostic, error) {
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-s.configured:
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	ruling, generation := s.rulingOf(path)
	s.mu.Lock()
	known := s.closed[path]
	s.mu.Unlock()
	if known != nil && known.generation == generation && known.size == info.Size() && known.modified.Equal(info.ModTime()) {
		return known.diagnostics, nil
	}
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case s.slots <- struct{}{}:
	}
	defer func() { <-s.slots }()
	var diagnostics []Diagnostic
	err = s.guard("lint", func() error {
		rules, err := ruling.governor(path)
		if err != nil {
			return err
		}
		data, err := s.opts.Read(path)
		if err != nil {
			return err
		}
		diagnostics = s.diagnostics(pathURI(path), analyseFile(path, data, rules, s.client.unit))
		return nil
	})
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.closed[path] = &closedFile{info.ModTime(), info.Size(), generation, diagnostics}
	s.mu.Unlock()
	return diagnostics, nil
}

// workspaceFiles is the files of the workspace folders, each once.
func (s *Server) workspaceFiles() []string {
	s.mu.Lock()
	folders, rulings := s.config.folders, s.config.ruling
	s.mu.Unlock()
	var out []string
	seen := map[string]bool{}
	for _, f := range folders {
		dir := uriPath(f.URI)
		if dir == "" || !rulings[f.URI].settings.wholeWorkspace() || tooWide(dir) {
			continue
		}
		for _, path := range s.opts.Files(dir) {
			if seen[path] {
				continue
			}
			seen[path] = true
			if rules, err := rulings[f.URI].governor(path); err == nil && rules.Excluded {
				continue
			}
			out = append(out, path)
		}
	}
	return out
}

// tooWide reports whether a folder is more than a workspace: the whole disk, or all that
// a user has. Editors that find no project name such a folder.
func tooWide(dir string) bool {
	home, err := os.UserHomeDir()
	dir = filepath.Clean(dir)
	return filepath.Dir(dir) == dir || err == nil && dir == filepath.Clean(home)
}

// pullWorkspace is workspace/diagnostic. With a token for partial results each file is
// reported as it is done.
func (s *Server) pullWorkspace(params json.RawMessage) (call, error) {
	var p workspacePullParams
	if err := unmarshal(params, &p); err != nil {
		return nil, err
	}
	previous := map[string]string{}
	for _, id := range p.PreviousResultIDs {
		previous[uriPath(id.URI)] = id.Value // clients write one URI in several ways
	}
	return func(ctx context.Context) (any, error) {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-s.configured:
		}
		all := workspaceReport{Items: []workspaceDocumentReport{}}
		give := func(r workspaceDocumentReport) {
			if len(p.PartialResultToken) == 0 {
				all.Items = append(all.Items, r)
				return
			}
			s.wire.notify("$/progress", progressParams{p.PartialResultToken, workspaceReport{[]workspaceDocumentReport{r}}})
		}
		paths := s.workspaceFiles()
		bar := s.begin(p.WorkDoneToken, len(paths))
		defer bar.end()
		listed := map[string]bool{}
		for i, path := range paths {
			bar.step(i)
			listed[path] = true
			report, err := s.workspaceDocument(ctx, path, previous[path])
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if err != nil {
				s.logf("%s: %s", path, err)
				continue
			}
			give(report)
		}
		// A file that is there no more takes its diagnostics along.
		for _, id := range p.PreviousResultIDs {
			if path := uriPath(id.URI); path != "" && !listed[path] && s.openAt(path) == nil {
				give(workspaceDocumentReport{fullReport([]Diagnostic{}, ""), id.URI, nil})
			}
		}
		return all, nil
	}, nil
}

func (s *Server) workspaceDocument(ctx context.Context, path, previous string) (workspaceDocumentReport, error) {
	if sn := s.openAt(path); sn != nil {
		a, err := sn.analysed(ctx)
		if err != nil {
			return workspaceDocumentReport{}, err
		}
		uri := sn.file.uri
		return workspaceDocumentReport{fullReport(s.diagnostics(uri, a), previous), uri, &sn.version}, nil
	}
	diagnostics, err := s.ofClosed(ctx, path)
	return workspaceDocumentReport{fullReport(diagnostics, previous), pathURI(path), nil}, err
}
