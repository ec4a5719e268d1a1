package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/clauselint/clauselint/config"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/flow"
	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/report"
)

// flowResults is a result for each configuration with a flow that one of the files is
// in, if something is wrong with the flow or it cannot be read.
func (c *command) flowResults(s *settings, targets []target) []report.Result {
	linted := map[string]bool{}
	for _, t := range targets {
		linted[realPath(t.path)] = true
	}
	s.mu.Lock()
	var with []governed
	for _, path := range slices.Sorted(maps.Keys(s.files)) {
		if g := s.files[path]; g.err == nil && len(g.config.Flows) > 0 {
			with = append(with, g)
		}
	}
	s.mu.Unlock()
	var out []report.Result
	for _, g := range with {
		r := report.Result{Path: g.config.Path, Settings: true}
		if r.Err = c.checkFlows(&r, s, g, linted); r.Err != nil || len(r.Findings) > 0 {
			out = append(out, r)
		}
	}
	return out
}

// checkFlows puts what is wrong with the flows of a configuration into r.
func (c *command) checkFlows(r *report.Result, s *settings, g governed, linted map[string]bool) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = crash(p)
		}
	}()
	data, err := c.read(target{path: r.Path})
	if err != nil {
		return err
	}
	if r.Doc, err = document.Read("flows.txt", data, document.Options{Encoding: "utf-8"}); err != nil {
		return err
	}
	r.Doc.Name = r.Path
	_, opts, err := s.of(r.Path)
	if err != nil {
		return err
	}
	var errs []error
	for _, f := range g.config.Flows {
		if !slices.ContainsFunc(f.Steps, func(step config.Step) bool { return step.Kind == config.FileStep && linted[realPath(step.Text)] }) {
			continue
		}
		steps, err := c.flowSteps(s, g, f, opts)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		r.Findings = append(r.Findings, flow.Check(r.Doc, f, steps, g.rules.library, opts.Facts, s.lang())...)
	}
	r.Findings = slices.DeleteFunc(r.Findings, func(f lint.Finding) bool {
		level, ok := opts.Severities[f.Rule.ID]
		return ok && level == 0
	})
	for i := range r.Findings {
		if level, ok := opts.Severities[r.Findings[i].Rule.ID]; ok {
			r.Findings[i].Severity = level
		}
	}
	r.Languages = r.Doc.Languages()
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	return s.settle(r)
}

// flowSteps reads the steps of a flow.
func (c *command) flowSteps(s *settings, g governed, f config.Flow, opts lint.Options) ([]*flow.Step, error) {
	var out []*flow.Step
	for _, step := range f.Steps {
		fail := func(err error) error { return fmt.Errorf("%s:%d: %s: %w", step.At.Path, step.At.Line, step.Text, err) }
		name, data := "step.txt", []byte(step.Text)
		of := opts
		if step.Kind == config.FileStep {
			name = step.Text
			var err error
			if data, err = c.read(target{path: name}); err != nil {
				return nil, fail(err)
			}
			if _, of, err = s.of(name); err != nil {
				return nil, fail(err)
			}
		} else {
			of.Kind = ""
		}
		encoding := c.opts.encoding
		if step.Kind != config.FileStep {
			encoding = "utf-8"
		}
		d, err := document.Read(name, data, document.Options{Encoding: encoding, View: c.opts.view})
		if err != nil {
			return nil, fail(err)
		}
		out = append(out, flow.Read(g.rules.linter, step, d, of))
	}
	return out, nil
}
