package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/config"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/gate"
	"github.com/clauselint/clauselint/report"
)

// waiverList is a file of waivers, with what came of them in this run.
type waiverList struct {
	*config.Waivers
	library *clauses.Library
	err     error
	linted  map[string]bool // the real paths of files that have a verdict
	used    map[int]bool    // by the line of the waiver
}

// waiversFor is what is waived in a file: by its own comments, and by the list that
// governs it.
func (s *settings) waiversFor(r *report.Result) ([]gate.Waiver, rulebook, error) {
	rules, _, err := s.of(r.Path)
	if err != nil {
		return nil, rules, err
	}
	waivers, err := gate.Directives(r.Doc, rules.library.RuleIDs())
	if err != nil {
		return nil, rules, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	list := s.list(s.dir(r.Path))
	switch {
	case list == nil:
		return waivers, rules, nil
	case list.err != nil:
		return nil, rules, list.err
	}
	if s.folder == "" { // a stream without end is not remembered
		list.linted[realPath(r.Path)] = true
	}
	for _, w := range list.List {
		if realPath(w.File) == realPath(r.Path) {
			waivers = append(waivers, listed(list, w))
		}
	}
	return waivers, rules, nil
}

// listed is a waiver of a list as the gate knows it.
func listed(list *waiverList, w config.Waiver) gate.Waiver {
	return gate.Waiver{
		Waiver: report.Waiver{Reason: w.Reason, By: w.By, Until: w.Until, Path: list.Path, Line: w.Line},
		Rule:   w.Rule, Fingerprint: w.Fingerprint, Quote: w.Quote,
	}
}

// note remembers which waivers of the list were used.
func (s *settings) note(r *report.Result, waivers []gate.Waiver, used []bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, w := range waivers {
		if used[i] && w.Fingerprint != "" {
			s.list(s.dir(r.Path)).used[w.Line] = true
		}
	}
}

// list is the list of waivers for the files of a folder; nil if there is none.
func (s *settings) list(dir string) *waiverList {
	if s.c.opts.isolated {
		return nil
	}
	if l, ok := s.listOf[dir]; ok {
		return l
	}
	path, err := config.FindWaivers(dir)
	var l *waiverList
	switch {
	case err != nil:
		l = &waiverList{err: err}
	case path != "":
		if l = s.lists[path]; l == nil {
			l = s.readList(path)
			s.lists[path] = l
		}
	}
	s.listOf[dir] = l
	return l
}

func (s *settings) readList(path string) *waiverList {
	l := &waiverList{linted: map[string]bool{}, used: map[int]bool{}}
	g := s.governing(path)
	if l.err = g.err; l.err != nil {
		return l
	}
	l.library = g.rules.library
	l.Waivers, l.err = config.ReadWaivers(path, g.rules.known())
	return l
}

// staleLists is a result for each list with waivers that are over or let nothing pass,
// of those whose file was linted or is there no more.
func (s *settings) staleLists() []report.Result {
	var paths []string
	for path, l := range s.lists {
		if l.err == nil {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	var out []report.Result
	for _, path := range paths {
		l := s.lists[path]
		var stale []gate.Listed
		for _, w := range l.List {
			_, err := os.Stat(w.File)
			if l.linted[realPath(w.File)] || errors.Is(err, fs.ErrNotExist) {
				stale = append(stale, gate.Listed{Waiver: listed(l, w), Used: l.used[w.Line]})
			}
		}
		d, err := document.Read(path, l.Data, document.Options{Encoding: "utf-8"})
		if err != nil {
			out = append(out, report.Result{Path: path, Err: err})
			continue
		}
		if found := gate.StaleListed(d, stale, s.today, l.library, s.lang()); len(found) > 0 {
			out = append(out, report.Result{Path: path, Doc: d, Languages: d.Languages(), Findings: found, Settings: true})
		}
	}
	return out
}

// baseline is a baseline that was read, or why it was not.
type baseline struct {
	*gate.Baseline
	err error
}

// baselineFor is the baseline for a file: that of the command line, else that of its
// configuration; nil if there is none.
func (s *settings) baselineFor(file string) (*gate.Baseline, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	path := s.c.opts.baseline
	if g := s.governing(file); path == "" && g.config != nil {
		path = g.config.Baseline
	}
	if path == "" || s.c.opts.noBaseline {
		return nil, nil
	}
	b, ok := s.baselines[path]
	if !ok {
		b.Baseline, b.err = gate.ReadBaseline(path)
		s.baselines[path] = b
	}
	return b.Baseline, b.err
}

// staleBaselines says which baselines hold what is mended.
func (c *command) staleBaselines(run *report.Run) []string {
	var out []string
	for _, path := range slices.Sorted(maps.Keys(c.settings.baselines)) {
		if b := c.settings.baselines[path]; b.err == nil {
			if n := len(b.Stale(run.Results)); n > 0 {
				out = append(out, fmt.Sprintf("%s: it holds %s that are mended; `clauselint baseline prune` takes them out", path, findings(n)))
			}
		}
	}
	return out
}
