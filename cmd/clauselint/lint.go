package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/document/docx"
	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/report"
)

// maxFile is the largest file that is read, in bytes. The longest contracts
// are a few megabytes; beyond this a file is a mistake, and memory is not free.
const maxFile = 64 << 20

// severities are the values of --fail-on. Nothing is as severe as "never".
var severities = map[string]clauses.Severity{
	"note": clauses.Note, "warning": clauses.Warning, "error": clauses.Error, "never": clauses.Error + 1,
}

// lintFiles is the program proper: find the files, lint them, write reports.
func (c *command) lintFiles(args []string) error {
	if c.opts.watch {
		return c.watch(args)
	}
	if c.opts.fix || c.opts.diff {
		if c.opts.fix && c.opts.diff {
			return errors.New("--fix writes what --diff only shows; use one of the two")
		}
		if _, _, err := c.outputs(); err != nil {
			return err
		}
		some, err := c.fixAll(args)
		if err != nil {
			return err
		}
		if c.opts.diff {
			if some {
				c.code = exitFindings
			}
			return nil
		}
	}
	ctx, stop := c.interruptible()
	defer stop()
	return c.lintOnce(ctx, args)
}

// outputs is the reports to write and the severity that fails the run.
func (c *command) outputs() ([]output, clauses.Severity, error) {
	outs, err := parseOutputs(c.opts.formats)
	if err != nil {
		return nil, 0, err
	}
	threshold, err := c.threshold()
	return outs, threshold, err
}

// threshold is the severity that fails the run.
func (c *command) threshold() (clauses.Severity, error) {
	s, ok := severities[c.opts.failOn]
	if !ok {
		return 0, fmt.Errorf("--fail-on %q: want error, warning, note or never", c.opts.failOn)
	}
	return s, nil
}

// lintOnce lints the files and writes the reports. If ctx ends first, it prints what there
// is by then.
func (c *command) lintOnce(ctx context.Context, args []string) error {
	outs, threshold, err := c.outputs()
	if err != nil {
		return err
	}
	if c.opts.receipt != "" {
		c.digests = &digests{of: map[string]string{}}
	}
	c.wholeText = slices.ContainsFunc(outs, func(o output) bool { return o.format == "html" })
	run, left, err := c.review(ctx, args)
	if err != nil {
		return err
	}
	run.Quiet = c.opts.quiet
	if left > 0 {
		return c.writeInterrupted(outs, run, left)
	}
	for _, s := range c.staleBaselines(run) {
		fmt.Fprintf(c.stderr, "clauselint: %s\n", report.Visible(s))
	}
	c.code = verdict(run.Results, threshold)
	if c.opts.receipt != "" {
		if err := writeFile(c.opts.receipt, c.receipt(args, run).Write); err != nil {
			return err
		}
	}
	return c.write(outs, run)
}

// review lints the files that the arguments name, each as its configuration says. If ctx
// ends before it does, the run holds the files that have a verdict, and left is how many
// more there are.
func (c *command) review(ctx context.Context, args []string) (run *report.Run, left int, err error) {
	settings, err := c.prepare()
	if err != nil {
		return nil, 0, err
	}
	c.settings = settings
	targets := findTargets(args, c.opts.stdinName, settings.excludes)
	results, left := c.lintAll(ctx, targets, settings)
	if left == 0 {
		// Of files that were not linted nobody can say how they go together, or that their
		// waivers are stale.
		results = append(results, c.flowResults(settings, targets)...)
		results = append(results, settings.staleLists()...)
	}
	return &report.Run{Version: buildVersion(), Libraries: settings.libraries(), Results: results, Lang: c.opts.lang, AsOf: c.opts.asOf}, left, nil
}

// prepare checks the flags that say how files are read and judged.
func (c *command) prepare() (*settings, error) {
	if err := c.checkReading(); err != nil {
		return nil, err
	}
	if !slices.Contains([]string{"auto", "always", "never"}, c.opts.color) {
		return nil, fmt.Errorf("--color %q: want auto, always or never", c.opts.color)
	}
	// An unknown encoding is a mistake of the command line, not of each file.
	if _, ok := document.Views[c.opts.view]; !ok {
		return nil, fmt.Errorf("--view %q: want final, original or current", c.opts.view)
	}
	if _, err := document.Read("", nil, document.Options{Encoding: c.opts.encoding}); err != nil {
		return nil, fmt.Errorf("--encoding: %w", err)
	}
	return c.newSettings()
}

// checkReading checks the flags that say how texts are judged.
func (c *command) checkReading() error {
	if err := checkLang(c.opts.lang); err != nil {
		return err
	}
	if _, err := time.Parse(time.DateOnly, c.opts.asOf); err != nil && c.opts.asOf != "" {
		return fmt.Errorf("--as-of %q: want a day as YYYY-MM-DD, such as 2025-06-01", c.opts.asOf)
	}
	if k := clauses.DocumentKind(c.opts.kind); k != "" && !slices.Contains(clauses.DocumentKinds, k) {
		return fmt.Errorf("--kind %q: want one of %s", k, kindNames())
	}
	return nil
}

// kindNames lists the kinds of document for the help and for error messages.
func kindNames() string {
	var names []string
	for _, k := range clauses.DocumentKinds {
		names = append(names, string(k))
	}
	return strings.Join(names, ", ")
}

func checkLang(lang string) error {
	if lang != "auto" && lang != "zh" && lang != "en" {
		return fmt.Errorf("--lang %q: want zh, en or auto", lang)
	}
	return nil
}

// verdict is the exit code for the results.
func verdict(results []report.Result, threshold clauses.Severity) int {
	code := exitClean
	for _, r := range results {
		if r.Err != nil {
			return exitNone
		}
		for _, f := range r.Findings {
			if f.Severity >= threshold {
				code = exitFindings
			}
		}
	}
	return code
}

// checker lints documents. Its errors say why there is no verdict.
type checker interface {
	review(*document.Document) (lint.Review, error)
	// settle takes out of the findings of a result those that do not count.
	settle(*report.Result) error
}

// lintAll lints the targets on all processors. Results come in the order of
// the targets. At most one file a processor is in memory, apart from those
// whose findings point into their text. If ctx ends first, the results are those that are
// there by then, and left is how many are not. What is at hand is not waited for: it may
// be a pipe that nobody writes to.
func (c *command) lintAll(ctx context.Context, targets []target, check checker) (results []report.Result, left int) {
	type done struct {
		i      int
		result report.Result
	}
	next, finished := make(chan int), make(chan done)
	for range min(runtime.GOMAXPROCS(0), len(targets)) {
		go func() {
			for i := range next {
				select {
				case finished <- done{i, c.lintOne(targets[i], check)}:
				case <-ctx.Done():
					return
				}
			}
		}()
	}
	go func() {
		defer close(next)
		for i := range targets {
			select {
			case next <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	results = make([]report.Result, len(targets))
	there := make([]bool, len(targets))
	progress := newProgress(c.stderr, len(targets))
	defer progress.done()
	for left = len(targets); left > 0; left-- {
		select {
		case d := <-finished:
			results[d.i], there[d.i] = d.result, true
			progress.step()
		case <-ctx.Done():
			whole := results[:0]
			for i, r := range results {
				if there[i] {
					whole = append(whole, r)
				}
			}
			return whole, left
		}
	}
	return results, 0
}

// lintOne reads and lints one file. A crash in it is an error of that file:
// the others still get their verdict.
func (c *command) lintOne(t target, check checker) report.Result {
	if t.err != nil {
		return report.Result{Path: t.path, Err: t.err}
	}
	data, err := c.read(t)
	if err != nil {
		return report.Result{Path: t.path, Err: err}
	}
	if c.digests != nil {
		c.digests.add(t.path, data)
	}
	return c.lintData(t.path, data, check)
}

// lintData lints what was read of a file.
func (c *command) lintData(path string, data []byte, check checker) (r report.Result) {
	r.Path = path
	defer func() {
		if p := recover(); p != nil {
			r = report.Result{Path: path, Err: crash(p)}
		}
	}()
	d, review, err := c.readAndCheck(path, data, c.opts.view, check)
	if err != nil {
		r.Err = err
		return r
	}
	if d.Tracked && document.Views[c.opts.view] == docx.Final {
		before, was, err := c.readAndCheck(path, data, "original", check)
		if err != nil {
			r.Err = fmt.Errorf("with its tracked changes rejected: %w", err)
			return r
		}
		lint.Originate(review.Findings, d, was.Findings, before)
	}
	r.Doc, r.Languages = d, d.Languages()
	r.Kind, r.Findings, r.Withheld = review.Kind, review.Findings, review.Withheld
	r.Met, r.Faces = review.Met, review.Faces
	if err := check.settle(&r); err != nil {
		return report.Result{Path: path, Err: err}
	}
	if !c.wholeText && len(r.Findings)+len(r.Withheld)+len(r.Met)+len(r.Waived)+len(r.Known) == 0 && r.Kind.Len() == 0 {
		// Nothing points into the text: a folder of a thousand clean contracts
		// need not stay in memory until the report.
		r.Doc = &document.Document{Name: d.Name, Format: d.Format, Encoding: d.Encoding, Problems: d.Problems}
	}
	return r
}

// readAndCheck reads one view of a file and lints it.
func (c *command) readAndCheck(path string, data []byte, view string, check checker) (*document.Document, lint.Review, error) {
	d, err := document.Read(path, data, document.Options{Encoding: c.opts.encoding, View: view})
	if err != nil {
		return nil, lint.Review{}, err
	}
	review, err := check.review(d)
	return d, review, err
}

// read is the content of a target.
func (c *command) read(t target) ([]byte, error) {
	if t.stdin {
		return readLimited(c.stdin, maxFile, 0)
	}
	f, err := os.Open(t.path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	size := 0
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() && info.Size() <= maxFile {
		size = int(info.Size())
	}
	data, err := readLimited(f, maxFile, size)
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return nil, pe.Err
	}
	return data, err
}

// readLimited reads all of r, unless that is more than limit bytes. About size of
// them are expected, but a file may grow, and pipes and devices have no size.
func readLimited(r io.Reader, limit, size int) ([]byte, error) {
	var buf bytes.Buffer
	buf.Grow(size + bytes.MinRead)
	if _, err := buf.ReadFrom(io.LimitReader(r, int64(limit)+1)); err != nil {
		return nil, err
	}
	data := buf.Bytes()
	if len(data) > limit {
		return nil, tooLarge(limit)
	}
	return data, nil
}

func tooLarge(limit int) error {
	return fmt.Errorf("larger than %d MB, the most that clauselint reads; split the file", limit>>20)
}

// crash is a panic as an error.
func crash(p any) error {
	return fmt.Errorf("internal error: %v, at %s; this is a bug in clauselint, please report it with the text that causes it", p, crashPlace())
}

// crashPlace is the innermost function of ours on the stack of a panic, as
// "lint.(*builder).grant (grant.go:41)"; enough to find the bug, and no secret.
func crashPlace() string {
	pc := make([]uintptr, 64)
	frames := runtime.CallersFrames(pc[:runtime.Callers(4, pc)])
	for more := true; more; {
		var f runtime.Frame
		f, more = frames.Next()
		name, ours := strings.CutPrefix(f.Function, "github.com/clauselint/clauselint/")
		if ours || strings.HasPrefix(f.Function, "main.") {
			return fmt.Sprintf("%s (%s:%d)", name, f.File[strings.LastIndexByte(f.File, '/')+1:], f.Line)
		}
	}
	return "an unknown place"
}

// message is an error of the command itself on one safe line.
func message(err error) string {
	return report.Visible(err.Error())
}
