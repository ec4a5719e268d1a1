// Command beam counts the findings in a stream of documents, by rule.
//
// It is an Apache Beam pipeline that sends the documents through `clauselint batch`
// processes, one for each worker, and it runs on Beam's local runner, prism:
//
//	go run . --input documents.jsonl --output counts.txt
//
// The input is what `clauselint batch` reads, a JSON object a line; see docs/batch.md.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/local"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/textio"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/runners/prism"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/transforms/stats"
)

// Beam may run these on another machine, and has to know them by name there.
func init() {
	register.DoFn3x1[context.Context, string, func(string), error](&lintFn{})
	register.Function2x1(formatCount)
	register.Emitter1[string]()
}

func main() {
	input := flag.String("input", "", "`file` of documents, a JSON object a line")
	output := flag.String("output", "counts.txt", "`file` for the counts")
	program := flag.String("clauselint", "clauselint", "the `program`")
	flag.Parse()
	beam.Init()

	pipeline, scope := beam.NewPipelineWithRoot()
	documents := textio.Read(scope, *input)
	counts := countFindings(scope, *program, documents)
	textio.Write(scope, *output, beam.ParDo(scope, formatCount, counts))
	if _, err := prism.Execute(context.Background(), pipeline); err != nil {
		log.Fatal(err)
	}
}

// countFindings makes of documents, a JSON object each, how often each rule has found
// something in them: a PCollection of pairs of a rule and a number.
func countFindings(scope beam.Scope, program string, documents beam.PCollection) beam.PCollection {
	scope = scope.Scope("CountFindings")
	return stats.Count(scope, beam.ParDo(scope, &lintFn{Program: program}, documents))
}

func formatCount(rule string, n int) string { return fmt.Sprintf("%s\t%d", rule, n) }

// lintFn sends documents through a `clauselint batch` process and emits the rule of each
// finding. Beam gives every worker a lintFn of its own and calls its methods in turn, so a
// process serves one worker for as long as that lives, whatever the number of documents.
type lintFn struct {
	// Program is the path of clauselint. Beam sends exported fields to the workers.
	Program string

	process *exec.Cmd
	stdin   io.WriteCloser
	stdout  *bufio.Reader
}

// noVerdict is emitted in place of a rule for a document that could not be linted.
const noVerdict = "(no verdict)"

// Setup starts the process.
func (f *lintFn) Setup() (err error) {
	f.process = exec.Command(f.Program, "batch", "--isolated")
	f.process.Stderr = os.Stderr
	if f.stdin, err = f.process.StdinPipe(); err != nil {
		return err
	}
	stdout, err := f.process.StdoutPipe()
	if err != nil {
		return err
	}
	f.stdout = bufio.NewReader(stdout)
	return f.process.Start()
}

// ProcessElement sends one document and waits for its result, which batch writes at once.
func (f *lintFn) ProcessElement(_ context.Context, document string, emit func(string)) error {
	if strings.TrimSpace(document) == "" {
		return nil // batch passes it over, and there would be no result to wait for
	}
	if _, err := io.WriteString(f.stdin, document+"\n"); err != nil {
		return fmt.Errorf("clauselint: %w", err)
	}
	line, err := f.stdout.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("clauselint: %w", err)
	}
	var result struct {
		File struct {
			Findings []struct{ Rule string }
			Errors   []struct{ Message string }
		}
	}
	if err := json.Unmarshal(line, &result); err != nil {
		return fmt.Errorf("clauselint: %w", err)
	}
	// A document without a verdict is counted, for it is not clean. To fail here instead
	// would have Beam try it again, in vain.
	for range result.File.Errors {
		emit(noVerdict)
	}
	for _, finding := range result.File.Findings {
		emit(finding.Rule)
	}
	return nil
}

// Teardown ends the process. Its exit code says that there were findings, or documents
// without a verdict, which the counts say too.
func (f *lintFn) Teardown() error {
	err := f.stdin.Close()
	if waitErr := f.process.Wait(); waitErr != nil {
		if _, exited := errors.AsType[*exec.ExitError](waitErr); !exited {
			err = errors.Join(err, waitErr)
		}
	}
	return err
}
