// Command bench compares clauselint with other tools on the same files and with what it
// promises, see docs/performance.md.
//
//	go run ./tools/bench [-runs N] [-corpus DIR] [-peers DIR] [-update]
//
// It runs in the root of the repository. Without -corpus its inputs are made of the
// fixtures, the same bytes each time.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/clauselint/clauselint/clauses"
)

func main() {
	var o options
	flag.IntVar(&o.runs, "runs", 15, "at most `N` runs of each command")
	flag.DurationVar(&o.budget, "budget", 6*time.Second, "no further run of a command that took `TIME` in all")
	flag.StringVar(&o.corpus, "corpus", "", "take agreements from the .md and .txt files in `DIR`")
	flag.StringVar(&o.peers, "peers", "tools/bench/_peers", "`DIR` that make bench-tools installed into")
	flag.BoolVar(&o.update, "update", false, "write the tables into docs/performance.md")
	flag.Parse()
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// options are the flags.
type options struct {
	runs          int
	budget        time.Duration
	corpus, peers string
	update        bool
}

func run(o options) (err error) {
	if o.runs < 1 {
		return fmt.Errorf("-runs %d: want one at least", o.runs)
	}
	work, err := os.MkdirTemp("", "clauselint-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	b, source, err := prepare(o, work)
	if err != nil {
		return err
	}
	warnBusy()
	if err := b.measure(); err != nil {
		return err
	}
	tables := b.results.tables(b.peers(), source)
	fmt.Println(tables)
	if o.update {
		return updatePage("docs/performance.md", tables)
	}
	return nil
}

// prepare builds the programs, looks for the peers and reads what the inputs are made of.
// source says what that is.
func prepare(o options, work string) (b *bench, source string, err error) {
	library, err := clauses.Builtin()
	if err != nil {
		return nil, "", err
	}
	fixtures, err := readFixtures("fixtures", library.Lexicon)
	if err != nil {
		return nil, "", err
	}
	b = &bench{
		runner:   &runner{work: work, runs: o.runs, budget: o.budget, limit: time.Minute},
		tools:    findPeers(o.peers),
		ordinary: made{from: fixtures},
		dense:    made{from: fixtures, dense: true},
		progress: os.Stderr,
	}
	source = fmt.Sprintf("made of the fixtures; in ordinary ones a paragraph in %d is about faces, another one near to it", faceEvery)
	if o.corpus != "" {
		if b.ordinary, err = readPublished(o.corpus); err != nil {
			return nil, "", err
		}
		source = "published agreements; those all about faces are made of the fixtures"
	}
	b.config = filepath.Join(work, "phrases")
	common, err := commonPhrases(library.Lexicon, withWords(fixtures))
	if err != nil {
		return nil, "", err
	}
	if err := writePhrases(b.config, common, allPhrases(library.Lexicon)); err != nil {
		return nil, "", err
	}
	for _, p := range []struct{ path, pkg string }{{"clauselint", "./cmd/clauselint"}, {"empty", "./tools/bench/empty"}, {"starter", "./tools/bench/starter"}} {
		if err := build(filepath.Join(work, p.path), p.pkg); err != nil {
			return nil, "", err
		}
	}
	b.clauselint, b.empty, b.starter = filepath.Join(work, "clauselint"), filepath.Join(work, "empty"), filepath.Join(work, "starter")
	return b, source, nil
}

// build builds a package as a release is built, see the Makefile.
func build(out, pkg string) error {
	cmd := exec.Command("go", "build", "-trimpath", "-tags", "ne", "-ldflags", "-s -w", "-o", out, pkg)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if msg, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build %s: %w\n%s", pkg, err, msg)
	}
	return nil
}

// warnBusy says so if other programs are at work on this machine, where that can be seen.
func warnBusy() {
	data, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return
	}
	var load float64
	if _, err := fmt.Sscan(strings.Fields(string(data))[0], &load); err == nil && load > 0.5 {
		fmt.Fprintf(os.Stderr, "bench: load of %.1f: other programs are at work, and figures will be worse than they should\n", load)
	}
}
