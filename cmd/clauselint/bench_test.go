//go:build unix

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
)

// BenchmarkProcess times whole processes, clauselint and an empty Go program in
// turn, so that both see the same load of the machine. It reports medians and
// their ratio: milliseconds differ between machines, the ratio hardly.
func BenchmarkProcess(b *testing.B) {
	dir := b.TempDir()
	program := buildProgram(b, dir, "clauselint", ".")
	empty := buildSource(b, dir, "empty", emptySource)
	starter := buildSource(b, dir, "starter", starterSource)
	size, err := os.Stat(program)
	if err != nil {
		b.Fatal(err)
	}
	for _, test := range []struct {
		name string
		size int
	}{{"20KB", 20 << 10}, {"1MB", 1 << 20}} {
		contract := filepath.Join(dir, test.name+".txt")
		if err := os.WriteFile(contract, agreement(b, "zh", test.size), 0o644); err != nil {
			b.Fatal(err)
		}
		b.Run(test.name, func(b *testing.B) {
			var ours, theirs []time.Duration
			var memory, floor int64
			runProcess(b, starter, program, "--fail-on", "never", contract) // from disk
			for b.Loop() {
				d, m := runProcess(b, starter, program, "--fail-on", "never", contract)
				ours, memory = append(ours, d), max(memory, m)
				d, m = runProcess(b, starter, empty)
				theirs, floor = append(theirs, d), max(floor, m)
			}
			a, e := median(ours), median(theirs)
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(milliseconds(a), "clauselint-ms")
			b.ReportMetric(milliseconds(e), "empty-ms")
			b.ReportMetric(float64(a)/float64(e), "times-empty")
			b.ReportMetric(float64(memory)/(1<<20), "clauselint-RSS-MB")
			b.ReportMetric(float64(floor)/(1<<20), "empty-RSS-MB")
			b.ReportMetric(float64(size.Size())/(1<<20), "binary-MB")
		})
	}
}

// BenchmarkRead measures how fast files become documents.
func BenchmarkRead(b *testing.B) {
	for _, lang := range []string{"zh", "en"} {
		data := agreement(b, lang, 1<<20)
		b.Run(lang, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if _, err := document.Read("contract.txt", data, document.Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkLint measures how fast documents become findings.
func BenchmarkLint(b *testing.B) {
	library, err := clauses.Builtin()
	if err != nil {
		b.Fatal(err)
	}
	linter := lint.New(library)
	for _, lang := range []string{"zh", "en"} {
		data := agreement(b, lang, 1<<20)
		d, err := document.Read("contract.txt", data, document.Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.Run(lang, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				linter.Lint(d, lint.Options{})
			}
		})
	}
}

// agreement is a contract of about size bytes: the text fixtures that are chiefly
// in lang one after the other, without the marks of expected findings, repeated
// as often as it takes. It ends with a whole line.
func agreement(b *testing.B, lang string, size int) []byte {
	b.Helper()
	paths, err := filepath.Glob("../../fixtures/*/*.txt")
	if err != nil || len(paths) == 0 {
		b.Fatalf("no fixtures: %v", err)
	}
	slices.Sort(paths)
	var all bytes.Buffer
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		d, err := document.Read(path, data, document.Options{})
		if err != nil {
			b.Fatal(err)
		}
		languages := d.Languages()
		if d.Encoding != "utf-8" || len(languages) == 0 || languages[0] != lang {
			continue
		}
		for line := range bytes.Lines(data) {
			if !bytes.HasPrefix(line, []byte("^^^")) {
				all.Write(line)
			}
		}
	}
	if all.Len() == 0 {
		b.Fatalf("no fixture is in %s", lang)
	}
	out := bytes.Repeat(all.Bytes(), size/all.Len()+1)[:size]
	return out[:bytes.LastIndexByte(out, '\n')+1]
}

const emptySource = "package main\n\nfunc main() {}\n"

// starterSource starts a program and prints how long it ran, in nanoseconds,
// and its peak memory as the kernel counts it. A new process begins with the
// peak of the one that started it; the test's own would hide a small program's.
const starterSource = `package main

import (
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"
)

func main() {
	cmd := exec.Command(os.Args[1], os.Args[2:]...)
	cmd.Stderr = os.Stderr
	start := time.Now()
	err := cmd.Run()
	took := time.Since(start)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(took.Nanoseconds(), cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)
}
`

// buildProgram builds a package as a release is built (see the Makefile).
func buildProgram(b *testing.B, dir, name, pkg string) string {
	b.Helper()
	out := filepath.Join(dir, name)
	cmd := exec.Command("go", "build", "-trimpath", "-tags", "ne", "-ldflags", "-s -w", "-o", out, pkg)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if msg, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("go build %s: %v\n%s", pkg, err, msg)
	}
	return out
}

// buildSource builds a program of one file that needs the standard library only.
func buildSource(b *testing.B, dir, name, source string) string {
	b.Helper()
	file := filepath.Join(dir, name+".go")
	if err := os.WriteFile(file, []byte(source), 0o644); err != nil {
		b.Fatal(err)
	}
	return buildProgram(b, dir, name, file)
}

// runProcess is how long the command ran and its peak memory in bytes.
func runProcess(b *testing.B, starter string, command ...string) (time.Duration, int64) {
	b.Helper()
	cmd := exec.Command(starter, command...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		b.Fatalf("%v: %v", command, err)
	}
	var took, peak int64
	if _, err := fmt.Sscan(string(out), &took, &peak); err != nil {
		b.Fatalf("%v printed %q: %v", command, out, err)
	}
	return time.Duration(took), peak * maxrssUnit()
}

// maxrssUnit is the number of bytes that Maxrss counts in, see getrusage(2).
func maxrssUnit() int64 {
	if runtime.GOOS == "darwin" || runtime.GOOS == "ios" {
		return 1
	}
	return 1 << 10
}

func median(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2]
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
