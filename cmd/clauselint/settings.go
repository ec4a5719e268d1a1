package main

import (
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/config"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/gate"
	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/report"
)

// settings finds for each file the configuration that governs it, and with that the
// linter, its options and what is waived. A configuration, a set of rule folders and a
// list of waivers are read once. It is safe for concurrent use.
type settings struct {
	c *command
	// ownLanguage makes messages and rewrites speak the language of their clause.
	ownLanguage bool
	// today decides which waivers are over, as YYYY-MM-DD.
	today string
	// folder is the one whose configuration governs every file, wherever the file says it
	// is; empty for the folder of each.
	folder string

	mu        sync.Mutex
	folders   map[string]governed // by folder
	files     map[string]governed // by the path of the configuration
	linters   map[string]rulebook // by the rule folders
	lists     map[string]*waiverList
	listOf    map[string]*waiverList // by folder
	baselines map[string]baseline
}

// governed is what governs a folder: a configuration, nil if there is none.
type governed struct {
	config *config.Config
	rules  rulebook
	err    error
}

// rulebook is a library with its linter.
type rulebook struct {
	library *clauses.Library
	linter  *lint.Linter
	err     error
}

// newSettings fails if what the command line itself names cannot be read.
func (c *command) newSettings() (*settings, error) {
	s := &settings{
		c: c, folders: map[string]governed{}, files: map[string]governed{}, linters: map[string]rulebook{},
		lists: map[string]*waiverList{}, listOf: map[string]*waiverList{}, baselines: map[string]baseline{},
	}
	day, err := commentDate()
	if err != nil {
		return nil, err
	}
	s.today = cmp.Or(c.opts.today, day[:len(time.DateOnly)])
	if c.opts.config != "" {
		if g := s.read(c.opts.config); g.err != nil {
			return nil, g.err
		}
	}
	return s, s.rulebook(s.flagRules()).err
}

// lang is the language of messages.
func (s *settings) lang() string {
	if s.ownLanguage {
		return "auto"
	}
	return s.c.opts.lang
}

// review lints a document as its configuration says.
func (s *settings) review(d *document.Document) (lint.Review, error) {
	rules, opts, err := s.of(d.Name)
	if err != nil {
		return lint.Review{}, err
	}
	return rules.linter.Review(d, opts), nil
}

// settle takes out of the findings of r what is waived, and what the baseline holds.
func (s *settings) settle(r *report.Result) error {
	waivers, rules, err := s.waiversFor(r)
	if err != nil {
		return err
	}
	_, opts, err := s.of(r.Path)
	if err != nil {
		return err
	}
	r.Library = rules.library
	for _, id := range slices.Sorted(maps.Keys(opts.Severities)) {
		if opts.Severities[id] == 0 {
			r.Off = append(r.Off, id)
		}
	}
	used := gate.Waive(r, waivers, s.today)
	s.note(r, waivers, used)
	r.Findings = append(r.Findings, gate.Stale(r.Doc, waivers, used, s.today, rules.library, s.lang())...)
	base, err := s.baselineFor(r.Path)
	if base != nil {
		base.Hold(r)
	}
	return err
}

// flagRules is the rule folders that the command line names.
func (s *settings) flagRules() []string {
	if s.c.opts.rules == "" {
		return nil
	}
	return []string{s.c.opts.rules}
}

// of is the rules and options for a file.
func (s *settings) of(path string) (rulebook, lint.Options, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	opts := lint.Options{Lang: s.lang(), AsOf: s.c.opts.asOf, Kind: clauses.DocumentKind(s.c.opts.kind)}
	g := s.governing(path)
	if g.err != nil {
		return rulebook{}, opts, g.err
	}
	if g.config == nil {
		return g.rules, opts, nil
	}
	set := g.config.For(path)
	if opts.Kind == "" {
		opts.Kind = set.Kind
	}
	opts.Severities = make(map[string]clauses.Severity, len(set.Severities))
	for id, level := range set.Severities {
		opts.Severities[id] = level.Severity
	}
	opts.Facts = make(map[string]lint.Answer, len(set.Facts))
	for id, a := range set.Facts {
		opts.Facts[id] = lint.Answer{Yes: a.Yes, Owner: a.Owner, Date: a.Date, Source: a.Source}
	}
	return g.rules, opts, nil
}

// excludes reports whether the configuration of a file keeps it out of folders.
func (s *settings) excludes(path string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.governing(path)
	// A configuration that cannot be read is an error of the file, and so not passed over.
	return g.config != nil && g.config.Excludes(path)
}

// governing is what governs the file at path.
func (s *settings) governing(path string) governed {
	switch {
	case s.c.opts.isolated:
		return governed{rules: s.rulebook(s.flagRules())}
	case s.c.opts.config != "":
		return s.read(s.c.opts.config)
	}
	dir := s.dir(path)
	g, ok := s.folders[dir]
	if !ok {
		found, err := config.Find(dir)
		switch {
		case err != nil:
			g.err = err
		case found == "":
			g.rules = s.rulebook(s.flagRules())
		default:
			g = s.read(found)
		}
		s.folders[dir] = g
	}
	return g
}

// dir is the folder in which to look for what governs the file at path.
func (s *settings) dir(path string) string { return cmp.Or(s.folder, filepath.Dir(path)) }

// read reads a configuration and the rules that it names, unless the command line
// names others.
func (s *settings) read(path string) (g governed) {
	if g, ok := s.files[path]; ok {
		return g
	}
	defer func() { s.files[path] = g }()
	// Which facts there are is known once the rules are read that it names.
	first, err := config.Read(path, config.Known{})
	if err != nil {
		return governed{err: err}
	}
	folders := s.flagRules()
	if folders == nil {
		folders = first.Rules
	}
	rules := s.rulebook(folders)
	if rules.err != nil {
		return governed{err: fmt.Errorf("%s: rules: %w", path, rules.err)}
	}
	cfg, err := config.Read(path, rules.known())
	return governed{config: cfg, rules: rules, err: err}
}

// known is what a configuration may name.
func (b rulebook) known() config.Known {
	return config.Known{Facts: b.library.FactIDs(), Rules: b.library.RuleIDs()}
}

// rulebook is our rules with those of the folders.
func (s *settings) rulebook(folders []string) rulebook {
	key := strings.Join(folders, "\x00")
	b, ok := s.linters[key]
	if !ok {
		if b.library, b.err = s.c.library(folders...); b.err == nil {
			b.linter = lint.New(b.library)
		}
		s.linters[key] = b
	}
	return b
}

// libraries is every library in use, for the names of their statutes.
func (s *settings) libraries() []*clauses.Library {
	s.mu.Lock() // an interrupted run may still be reading configurations
	defer s.mu.Unlock()
	var keys []string
	for k := range s.linters {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	var out []*clauses.Library
	for _, k := range keys {
		if b := s.linters[k]; b.err == nil {
			out = append(out, b.library)
		}
	}
	return out
}
