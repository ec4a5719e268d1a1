package lsp

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/rewrite"
)

// The kinds of code action.
const (
	kindQuickFix = "quickfix"
	kindFixAll   = "source.fixAll.clauselint"
)

// fixes are the tested edits of an analysis, found when they are first asked for.
type fixes struct {
	mu  sync.Mutex
	one map[string][]document.Edit // by fingerprint; nil where there is none
}

// codeActions is what can be done about the findings of a range.
func (v *view) codeActions(p codeActionParams) (any, error) {
	out := []codeAction{}
	if v.wants(p.Context.Only, kindQuickFix) {
		from, _ := v.shown.offset(p.Range.Start)
		to, _ := v.shown.offset(p.Range.End)
		for i := range v.settled.Findings {
			f := &v.settled.Findings[i]
			if start, end := v.placeOf(f); start <= to && from <= end {
				actions, err := v.quickFixes(f)
				if err != nil {
					return nil, err
				}
				out = append(out, actions...)
			}
		}
	}
	// To fix everything is offered to those who ask for it: it takes a while to find out.
	if len(p.Context.Only) > 0 && v.wants(p.Context.Only, kindFixAll) {
		edits, err := v.mechanical()
		if err != nil {
			return nil, err
		}
		if len(edits) > 0 {
			out = append(out, codeAction{Title: v.words().fixAll, Kind: kindFixAll, Edit: v.workspaceEdit(v.textEdits(edits))})
		}
	}
	if !v.client.actionLiterals {
		commands := []Command{} // a client of old knows commands only
		for _, a := range out {
			if a.Command != nil {
				commands = append(commands, *a.Command)
			}
		}
		return commands, nil
	}
	return out, nil
}

// wants reports whether a client that asks for these kinds only, or for all if there are
// none, asks for a kind.
func (v *view) wants(only []string, kind string) bool {
	return len(only) == 0 || slices.ContainsFunc(only, func(o string) bool {
		return o == kind || strings.HasPrefix(kind, o+".")
	})
}

// quickFixes is what can be done about a finding: a tested rewrite, to read the rule, and
// to waive it.
func (v *view) quickFixes(f *lint.Finding) ([]codeAction, error) {
	words := v.words()
	diagnostic := []Diagnostic{v.diagnostic(v.file.uri, v.analysis, f)}
	title := f.Rule.Title.In(words.lang)
	var out []codeAction
	if v.doc.Format != document.DOCX && !v.file.word && v.client.actionLiterals {
		edits, err := v.fixOf(v.ctx, f.Fingerprint)
		if err != nil {
			return nil, err
		}
		if edits != nil {
			format := words.rewrite
			if f.Scope == lint.DocumentScope {
				format = words.insert
			}
			out = append(out, codeAction{
				Title: fmt.Sprintf(format, title), Kind: kindQuickFix, Diagnostics: diagnostic, IsPreferred: true,
				Edit: v.workspaceEdit(v.textEdits(edits)),
			})
		}
	}
	explain := fmt.Sprintf(words.explain, f.Rule.ID)
	out = append(out, codeAction{
		Title: explain, Kind: kindQuickFix, Diagnostics: diagnostic,
		Command: &Command{explain, commandExplain, []any{f.Rule.ID, v.file.uri}},
	})
	if edit := v.waive(f); edit != nil {
		out = append(out, codeAction{
			Title: fmt.Sprintf(words.waive, f.Rule.ID), Kind: kindQuickFix, Diagnostics: diagnostic,
			Edit: v.workspaceEdit([]TextEdit{*edit}),
		})
	}
	return out, nil
}

// workspaceEdit is edits of this version of the document. A client that can is told the
// version, so that it refuses them for any other.
func (v *view) workspaceEdit(edits []TextEdit) *WorkspaceEdit {
	if v.client.documentChanges {
		return &WorkspaceEdit{DocumentChanges: []TextDocumentEdit{{VersionedDocument{v.file.uri, &v.version}, edits}}}
	}
	return &WorkspaceEdit{Changes: map[string][]TextEdit{v.file.uri: edits}}
}

// textEdits is edits of the reading text in the places that the client knows. What an
// edit leaves as it is at its beginning is no part of it.
func (v *view) textEdits(edits []document.Edit) []TextEdit {
	out := []TextEdit{}
	for _, e := range edits {
		from, to := v.place(e.Span)
		same := 0
		for i, r := range e.Text {
			if end := i + utf8.RuneLen(r); from+end <= to && v.shown.text[from:from+end] == e.Text[:end] {
				same = end
			}
		}
		out = append(out, TextEdit{v.shown.rangeOf(from+same, to), e.Text[same:]})
	}
	return out
}

// try lints the document with edits made, each finding in the language of its clause.
func (v *view) try(ctx context.Context) rewrite.Try {
	opts := v.rules.Options
	opts.Lang = "auto"
	return func(edits []document.Edit) ([]lint.Finding, error) {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		data, err := v.doc.Edited(edits)
		if err != nil {
			return nil, err
		}
		d, err := document.Read(v.file.name, data, document.Options{Encoding: "utf-8"})
		if err != nil {
			return nil, err
		}
		return v.rules.Linter.Lint(d, opts), nil
	}
}

// fixOf is the tested edits that end a finding: those that package rewrite proposes or,
// for something that the document lacks, the wording of the rule behind the clause where
// the duty arises. It is nil if there are none.
func (v *view) fixOf(ctx context.Context, fingerprint string) ([]document.Edit, error) {
	own := v.ownLanguage()
	i := slices.IndexFunc(own, func(f lint.Finding) bool { return f.Fingerprint == fingerprint })
	if i < 0 {
		return nil, nil
	}
	f := own[i]
	v.fixes.mu.Lock()
	defer v.fixes.mu.Unlock()
	if edits, ok := v.fixes.one[f.Fingerprint]; ok {
		return edits, nil
	}
	var edits []document.Edit
	if f.Scope == lint.DocumentScope {
		edits = v.insertion(ctx, own, i)
	} else {
		edits = v.proposal(ctx, own, i)
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if v.fixes.one == nil {
		v.fixes.one = map[string][]document.Edit{}
	}
	v.fixes.one[f.Fingerprint] = edits
	return edits, nil
}

// proposal is the edits that package rewrite proposes for one finding.
func (v *view) proposal(ctx context.Context, findings []lint.Finding, i int) []document.Edit {
	// A rewrite may not bring other findings, so all of them are handed over. Notes are
	// not rewritten: that is what makes the others not be.
	only := slices.Clone(findings)
	for k := range only {
		if k != i {
			only[k].Severity = clauses.Note
		}
	}
	for _, p := range rewrite.Propose(v.doc, only, v.try(ctx)) {
		return p.Edits
	}
	return nil
}

// insertion is the wording of a rule as a paragraph behind the sentence that makes it
// necessary, if the finding is gone with it and no other has come.
func (v *view) insertion(ctx context.Context, findings []lint.Finding, i int) []document.Edit {
	f := findings[i]
	k := v.doc.BlockAt(f.Start)
	if f.Suggestion == "" || k < 0 || v.doc.Blocks[k].Kind != document.Paragraph || v.doc.Blocks[k].Place != document.Body || v.doc.Blocks[k].Quoted {
		return nil
	}
	// The last character of the paragraph is put back: an edit of no words has no place
	// between two blocks.
	end := v.doc.Blocks[k].End
	last := lastRune(v.doc.Text[:end])
	gap := v.lineBreak() + v.lineBreak()
	edit := []document.Edit{{Span: document.Span{Start: end - len(last), End: end}, Text: last + gap + f.Suggestion}}
	after, err := v.try(ctx)(edit)
	if err != nil || !rewrite.Ends(findings, after, f.Rule.ID) {
		return nil
	}
	return edit
}

// mechanical is the tested rewrites that leave nothing to fill in, which together end
// findings and bring none.
func (v *view) mechanical() ([]document.Edit, error) {
	if v.doc.Format == document.DOCX || v.file.word {
		return nil, nil
	}
	own := v.ownLanguage()
	stands := map[string]bool{}
	for _, f := range v.settled.Findings {
		stands[f.Fingerprint] = true
	}
	left := slices.Clone(own)
	for k := range left {
		if !stands[left[k].Fingerprint] {
			left[k].Severity = clauses.Note // somebody answers for it: it is not to be rewritten
		}
	}
	var edits []document.Edit
	proposals := rewrite.Propose(v.doc, left, v.try(v.ctx))
	for _, p := range proposals {
		if len(p.Blanks) == 0 {
			edits = append(edits, p.Edits...)
			continue
		}
		for k := range left {
			if left[k].Fingerprint == p.Finding.Fingerprint {
				left[k].Severity = clauses.Note // not to be rewritten
			}
		}
	}
	if v.ctx.Err() != nil {
		return nil, v.ctx.Err()
	}
	if len(edits) == 0 {
		return nil, nil
	}
	// Without the others they were not tested.
	after, err := v.try(v.ctx)(edits)
	if err == nil && ended(own, after) {
		return edits, nil
	}
	edits = nil
	for _, p := range rewrite.Propose(v.doc, left, v.try(v.ctx)) {
		if len(p.Blanks) == 0 {
			edits = append(edits, p.Edits...)
		}
	}
	after, err = v.try(v.ctx)(edits)
	if err != nil || !ended(own, after) {
		return nil, v.ctx.Err()
	}
	return edits, nil
}

// ended reports whether an edit ended findings of some rule, and brought none of another.
func ended(before, after []lint.Finding) bool {
	return slices.ContainsFunc(before, func(f lint.Finding) bool { return rewrite.Ends(before, after, f.Rule.ID) })
}

// lastRune is the last character of a text.
func lastRune(s string) string {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i]&0xC0 != 0x80 {
			return s[i:]
		}
	}
	return s
}
