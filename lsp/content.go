package lsp

import (
	"context"
	"encoding/json"
	"net/url"
	"strings"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/report"
)

// The schemes of documents that a client asks the text of (LSP 3.18,
// workspace/textDocumentContent): the reading text of a Word file, whose path is that of
// the URI, and the page of a rule, clauselint-rule:/ID.md.
const (
	wordScheme = "clauselint-docx"
	ruleScheme = "clauselint-rule"
)

// content is workspace/textDocumentContent.
func (s *Server) content(params json.RawMessage) (call, error) {
	var p documentID
	if err := unmarshal(params, &p); err != nil {
		return nil, err
	}
	u, err := url.Parse(p.URI)
	if err != nil || u.Scheme != wordScheme && u.Scheme != ruleScheme {
		return nil, failure(codeInvalidParams, "%s has no text here", p.URI)
	}
	return func(ctx context.Context) (any, error) {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-s.configured:
		}
		if u.Scheme == ruleScheme {
			id := strings.TrimSuffix(strings.TrimPrefix(u.Path, "/"), ".md")
			_, page, err := s.rulePage(id, "")
			return map[string]string{"text": page}, err
		}
		return s.wordText(p.URI)
	}, nil
}

// wordText is the reading text of a Word file, as the diagnostics under its URI mean it.
func (s *Server) wordText(uri string) (any, error) {
	path := uriPath(uri)
	ruling, _ := s.rulingOf(path)
	rules, err := ruling.governor(path)
	if err != nil {
		return nil, err
	}
	data, err := s.opts.Read(path)
	if err != nil {
		return nil, err
	}
	a := analyseFile(path, data, rules, s.client.unit)
	if a.err != nil {
		return nil, a.err
	}
	return map[string]string{"text": a.shown.text}, nil
}

// contentChanged has the text of a Word file asked for again where the client shows it.
func (s *Server) contentChanged(uri string) {
	path := uriPath(uri)
	if !s.client.content || !isWord(path) {
		return
	}
	u, err := url.Parse(uri)
	if err != nil {
		return
	}
	u.Scheme = wordScheme
	shown := u.String()
	if s.newest(shown) == nil {
		return
	}
	s.spawn(func() {
		ctx, cancel := context.WithTimeout(s.ctx, answerWithin)
		defer cancel()
		if err := s.wire.call(ctx, "workspace/textDocumentContent/refresh", documentID{shown}, nil); err != nil {
			s.logf("workspace/textDocumentContent/refresh: %s", err)
		}
	})
}

// rulePage is a rule and its page, of those that govern the file at a path.
func (s *Server) rulePage(id, path string) (*clauses.Rule, string, error) {
	ruling, _ := s.rulingOf(path)
	rules, err := ruling.governor(path)
	if err != nil {
		return nil, "", err
	}
	rule := rules.Library.Rule(id)
	if rule == nil {
		return nil, "", failure(codeInvalidParams, "no rule %q", id)
	}
	return rule, s.opts.Page(rules.Library, rule, s.words().lang), nil
}

// executeCommand is workspace/executeCommand. The one command explains a rule: its
// arguments are the id and, if the rule may be the user's own, the URI of a document. It
// opens the page where the client can show it, and answers with it in any case.
func (s *Server) executeCommand(params json.RawMessage) (call, error) {
	var p commandParams
	if err := unmarshal(params, &p); err != nil {
		return nil, err
	}
	var id, uri string
	if p.Command != commandExplain || len(p.Arguments) == 0 {
		return nil, failure(codeInvalidParams, "no command %q with these arguments", p.Command)
	}
	for i, to := range []*string{&id, &uri} {
		if i < len(p.Arguments) {
			if err := unmarshal(p.Arguments[i], to); err != nil {
				return nil, err
			}
		}
	}
	return func(ctx context.Context) (any, error) {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-s.configured:
		}
		rule, page, err := s.rulePage(id, uriPath(uri))
		if err != nil {
			return nil, err
		}
		show := map[string]any{"uri": report.RuleURI(rule), "external": true}
		if s.client.content {
			show = map[string]any{"uri": ruleScheme + ":/" + url.PathEscape(id) + ".md"}
		}
		if s.client.showDocument && show["uri"] != "" {
			s.spawn(func() {
				ctx, cancel := context.WithTimeout(s.ctx, answerWithin)
				defer cancel()
				if err := s.wire.call(ctx, "window/showDocument", show, nil); err != nil {
					s.logf("window/showDocument: %s", err)
				}
			})
		}
		return page, nil
	}, nil
}
