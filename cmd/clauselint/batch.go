package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/report"
)

// batch is the command that lints a stream of documents.
func (c *command) batch() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "batch",
		Short: "Lint a stream of documents: a JSON object a line in, one a line out",
		Long: `batch reads documents from standard input, one JSON object a line,

  {"id": "17", "name": "协议.md", "text": "…"}
  {"id": "18", "name": "agreement.docx", "base64": "…", "kind": "property", "lang": "zh"}

and writes for each of them, in their order and as soon as it is known, a line with its
number, its id and the file of the JSON report. Of these keys only text or base64 has to be
there; others are passed over. A record that cannot be read or linted says so in the errors
of its file, and the next one is linted all the same.

A configuration is looked for in the working folder and above it: the name of a record
serves its path patterns and tells the format, but opens no file.

Exit codes: 0 nothing found at or above --fail-on, 1 something found, 2 no verdict on at
least one record, 130 interrupted.`,
		Example: `  jq -c '{id: .url, name: "terms.md", text: .body}' crawl.jsonl | clauselint batch > findings.jsonl`,
		Args:    cobra.NoArgs,
		RunE:    func(*cobra.Command, []string) error { return c.lintRecords() },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	c.failOnFlag(flags)
	c.readingFlags(flags)
	// One stream comes in under no name, and JSON has no colours.
	for _, name := range []string{"stdin-filename", "color"} {
		_ = flags.MarkHidden(name) // it is there
	}
	return cmd
}

// maxLine is the longest line that is read: a file of the greatest size in base64, or as
// text of which every other byte is escaped, with its name and id.
const maxLine = 2*maxFile + 1<<20

// stream lints records. One goroutine reads, one for each processor lints, and the caller's
// writes; a record that takes long holds up those behind it only once ahead of them so many
// results wait for it.
type stream struct {
	c         *command // reads base64 as the flags say
	text      *command // reads what JSON says is text, and therefore UTF-8
	settings  *settings
	threshold clauses.Severity
	maxLine   int // tests have less patience than users
	ahead     int
}

// record is a line of the input, decoded.
type record struct {
	ID     *string `json:"id"`
	Name   string  `json:"name"`
	Text   *string `json:"text"`
	Base64 *[]byte `json:"base64"`
	Kind   string  `json:"kind"`
	Lang   string  `json:"lang"`
}

// job is a line to lint, and where its outcome goes.
type job struct {
	number int
	line   []byte
	err    error // the line was too long to be kept
	out    chan outcome
}

// outcome is a result as it is written, and what it does to the exit code. While it waits
// for its turn, neither the record nor the document is in memory any more.
type outcome struct {
	line []byte
	code int
}

func (c *command) lintRecords() error {
	threshold, err := c.threshold()
	if err != nil {
		return err
	}
	settings, err := c.prepare()
	if err != nil {
		return err
	}
	// A name comes with the data, and data chooses no configuration for itself.
	settings.folder = "."
	if g := settings.governing("x"); g.err != nil {
		return g.err
	}
	signal.Ignore(syscall.SIGPIPE) // as in write
	ctx, stop := c.interruptible()
	defer stop()
	text := *c
	text.opts.encoding = "utf-8"
	s := &stream{c: c, text: &text, settings: settings, threshold: threshold, maxLine: maxLine, ahead: 8 * runtime.GOMAXPROCS(0)}
	c.code, err = s.run(ctx, c.stdin, c.stdout)
	return err
}

// run lints what it reads from r until that or ctx ends, and says how it went. When it
// returns, a goroutine may still wait for r.
func (s *stream) run(ctx context.Context, r io.Reader, w io.Writer) (code int, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	jobs, ordered := make(chan job), make(chan chan outcome, s.ahead)
	var readErr error
	go func() {
		defer close(ordered)
		defer close(jobs)
		readErr = s.read(ctx, r, jobs, ordered)
	}()
	for range runtime.GOMAXPROCS(0) {
		go func() {
			for j := range jobs {
				result := s.lint(j)
				var line bytes.Buffer
				_ = report.WriteRecord(&line, result)                                                // a buffer takes everything
				j.out <- outcome{line.Bytes(), verdict([]report.Result{result.Result}, s.threshold)} // it has room for one
			}
		}()
	}
	for {
		select {
		case <-ctx.Done():
			return exitInterrupted, nil
		case next, more := <-ordered:
			if !more {
				if ctx.Err() != nil {
					return exitInterrupted, nil
				}
				if readErr != nil {
					return exitNone, fmt.Errorf("stdin: %w", readErr)
				}
				return code, nil
			}
			select {
			case <-ctx.Done():
				return exitInterrupted, nil
			case o := <-next:
				code = max(code, o.code)
				if _, err := w.Write(o.line); err != nil {
					return exitNone, fmt.Errorf("stdout: %w", err)
				}
			}
		}
	}
}

// read sends every line that is not blank to be linted, and its outcome to be written in
// its turn.
func (s *stream) read(ctx context.Context, r io.Reader, jobs chan<- job, ordered chan<- chan outcome) error {
	lines := bufio.NewReaderSize(r, 64<<10)
	if mark, err := lines.Peek(3); err == nil && string(mark) == "\uFEFF" {
		_, _ = lines.Discard(len(mark)) // it was peeked at
	}
	for number := 1; ; number++ {
		line, tooLong, err := readLine(lines, s.maxLine)
		j := job{number: number, line: line, out: make(chan outcome, 1)}
		if tooLong {
			j.err = fmt.Errorf("a line of more than %d MB, the most that clauselint reads; split the document", s.maxLine>>20)
		}
		if tooLong || len(bytes.TrimSpace(line)) > 0 {
			select {
			case ordered <- j.out:
			case <-ctx.Done():
				return nil
			}
			select {
			case jobs <- j:
			case <-ctx.Done():
				return nil
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
	}
}

// readLine reads a line without its end. Of one that is longer than limit it keeps nothing.
// An error comes with what was read before it; the last line need not end.
func readLine(r *bufio.Reader, limit int) (line []byte, tooLong bool, err error) {
	for {
		part, err := r.ReadSlice('\n')
		if tooLong = tooLong || len(line)+len(bytes.TrimSuffix(part, []byte("\n"))) > limit; tooLong {
			line = nil
		} else {
			line = append(line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return bytes.TrimSuffix(line, []byte("\n")), tooLong, err
		}
	}
}

// lint is the result of a line. A crash in it costs the other lines nothing.
func (s *stream) lint(j job) (out report.Record) {
	out = report.Record{Line: j.number, Result: report.Result{Path: "-"}}
	rec, err := parseRecord(j)
	out.ID = rec.ID
	if rec.Name != "" {
		out.Result.Path = rec.Name
	}
	if err != nil {
		out.Result.Err = err
		return out
	}
	read, data := s.c, []byte(nil)
	if rec.Text != nil {
		read, data = s.text, []byte(*rec.Text)
	} else {
		data = *rec.Base64
	}
	if len(data) > maxFile {
		out.Result.Err = tooLarge(maxFile)
		return out
	}
	name := out.Result.Path
	out.Result = read.lintData(localName(name), data, recordSettings{s.settings, rec})
	out.Result.Path = name
	return out
}

// localName is a name that cannot lead out of the working folder. A record may call itself
// //host/share/x.md, and to look whether a waiver means that file would ask the host.
func localName(name string) string {
	if filepath.IsLocal(name) {
		return name
	}
	if base := filepath.Base(filepath.Clean(name)); filepath.IsLocal(base) {
		return base
	}
	return "-"
}

// parseRecord reads a line. What it could read before an error it returns with it, for the
// id of a record helps to mend it.
func parseRecord(j job) (rec record, err error) {
	if j.err != nil {
		return rec, j.err
	}
	// The decoder would put U+FFFD for what is no UTF-8, and nobody would know.
	if !utf8.Valid(j.line) {
		return rec, errors.New("not UTF-8; send other encodings as base64")
	}
	if err := json.Unmarshal(j.line, &rec); err != nil {
		if _, ok := errors.AsType[base64.CorruptInputError](err); ok {
			return rec, fmt.Errorf("base64: %w", err)
		}
		if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && wrong.Field != "" {
			if wrong.Field == "id" {
				rec.ID = nil
			}
			return rec, fmt.Errorf("%s: a %s, want a string", wrong.Field, wrong.Value)
		} else if ok {
			return rec, fmt.Errorf("a JSON %s, want an object such as {\"id\": \"1\", \"text\": \"…\"}", wrong.Value)
		}
		return rec, fmt.Errorf("no JSON: %w", err)
	}
	kind := clauses.DocumentKind(rec.Kind)
	switch {
	case rec.Text == nil && rec.Base64 == nil:
		return rec, errors.New("neither text nor base64")
	case rec.Text != nil && rec.Base64 != nil:
		return rec, errors.New("both text and base64; send one of the two")
	case rec.Kind != "" && !slices.Contains(clauses.DocumentKinds, kind):
		return rec, fmt.Errorf("kind %q: want one of %s", rec.Kind, kindNames())
	case checkLang(cmp.Or(rec.Lang, "auto")) != nil:
		return rec, fmt.Errorf("lang %q: want zh, en or auto", rec.Lang)
	}
	return rec, nil
}

// recordSettings is settings with what a record says of itself.
type recordSettings struct {
	*settings
	record record
}

func (s recordSettings) review(d *document.Document) (lint.Review, error) {
	rules, opts, err := s.of(d.Name)
	if err != nil {
		return lint.Review{}, err
	}
	opts.Kind = cmp.Or(clauses.DocumentKind(s.record.Kind), opts.Kind)
	opts.Lang = cmp.Or(s.record.Lang, opts.Lang)
	return rules.linter.Review(d, opts), nil
}
