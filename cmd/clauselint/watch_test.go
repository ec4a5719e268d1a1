package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// watched runs clauselint --watch in a goroutine, which says when it has nothing to do
// and looks at files when it is told to: nothing here waits for a clock.
type watched struct {
	stdout, stderr bytes.Buffer // to be read while it is idle, or has ended
	idle, resume   chan struct{}
	cancel         context.CancelFunc
	ended          chan int
}

func startWatch(t *testing.T, args ...string) *watched {
	ctx, cancel := context.WithCancel(t.Context())
	w := &watched{idle: make(chan struct{}), resume: make(chan struct{}), cancel: cancel, ended: make(chan int, 1)}
	c := &command{stdin: strings.NewReader(""), stdout: &w.stdout, stderr: &w.stderr, interrupt: ctx}
	c.pause = func(ctx context.Context) {
		w.idle <- struct{}{}
		select {
		case <-w.resume:
		case <-ctx.Done():
		}
	}
	go func() {
		w.ended <- c.run(append([]string{"--watch"}, args...))
	}()
	return w
}

// rest waits until it has nothing to do.
func (w *watched) rest(t *testing.T) {
	t.Helper()
	select {
	case <-w.idle:
	case code := <-w.ended:
		t.Fatalf("it has ended with %d: %s", code, &w.stderr)
	}
}

// look has the files looked at, and waits until what that led to is over.
func (w *watched) look(t *testing.T) {
	t.Helper()
	w.resume <- struct{}{}
	w.rest(t)
}

func (w *watched) stop() int {
	w.cancel()
	return <-w.ended
}

// change gives a file another content and a later time, however coarse the clock is.
func change(t *testing.T, path, content string, seconds int) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	at := time.Unix(2_000_000_000+int64(seconds), 0)
	if err := os.Chtimes(path, at, at); err != nil {
		t.Fatal(err)
	}
}

func TestWatch(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	change(t, "a.txt", grant, 0)
	w := startWatch(t, ".")
	reports := func() int { return strings.Count(w.stdout.String(), "art11-full-grant") }

	w.rest(t)
	if n := reports(); n != 1 {
		t.Fatalf("%d reports at the start", n)
	}
	w.look(t)
	if n := reports(); n != 1 {
		t.Errorf("%d reports without a change", n)
	}
	change(t, "a.txt", grant, 1)
	w.look(t)
	if n := reports(); n != 2 {
		t.Errorf("%d reports after a later time", n)
	}
	change(t, "b.txt", grant, 1)
	w.look(t)
	if n := reports(); n != 4 {
		t.Errorf("%d reports after a second file", n)
	}
	if err := os.Remove("b.txt"); err != nil {
		t.Fatal(err)
	}
	w.look(t)
	if n := reports(); n != 5 {
		t.Errorf("%d reports after its end", n)
	}
	// A configuration that comes, and is mended.
	change(t, ".clauselint.yaml", "version: 1\nseverities: {art11-full-grant: nonsense}\n", 1)
	w.look(t)
	if n := strings.Count(w.stdout.String(), "unreadable"); n != 1 {
		t.Errorf("%d files without a verdict under a broken configuration", n)
	}
	change(t, ".clauselint.yaml", "version: 1\nseverities: {art11-full-grant: note}\n", 2)
	w.look(t)
	if !strings.Contains(w.stdout.String(), "note  art11-full-grant") {
		t.Error("the configuration that was mended does not hold")
	}
	if code := w.stop(); code != exitInterrupted {
		t.Errorf("exit code %d", code)
	}
	want := `──── changed: a.txt ────
──── changed: b.txt ────
──── changed: b.txt ────
──── changed: .clauselint.yaml ────
──── changed: .clauselint.yaml ────
`
	if got := w.stderr.String(); got != want {
		t.Errorf("stderr:\n%s\nwant\n%s", got, want)
	}
	if strings.Contains(w.stdout.String(), "\x1b") {
		t.Error("it clears what is no terminal")
	}
}

// A mistake on the command line ends it, as without --watch.
func TestWatchRefuses(t *testing.T) {
	dir := t.TempDir()
	writeTestFile(t, dir, "a.txt", grant)
	file := filepath.Join(dir, "a.txt")
	for _, args := range [][]string{
		{"-"}, {"--fix", file}, {"--diff", file}, {"-f", "nonsense", file}, {"--fail-on", "nonsense", file},
		{"--config", filepath.Join(dir, "none.yaml"), file},
	} {
		w := startWatch(t, args...)
		if code := <-w.ended; code != exitNone || !strings.HasPrefix(w.stderr.String(), "clauselint: ") || w.stdout.Len() > 0 {
			t.Errorf("%v: exit code %d, stdout %q, stderr %q", args, code, &w.stdout, &w.stderr)
		}
	}
}

// interruptingReader interrupts the run that reads it, and gives nothing.
type interruptingReader struct {
	interrupt func()
	release   chan struct{}
}

func (r interruptingReader) Read([]byte) (int, error) {
	r.interrupt()
	<-r.release
	return 0, os.ErrClosed
}

// What was found before the interruption is printed, and no report file is written.
func TestInterrupted(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1)) // one file at a time
	dir := t.TempDir()
	t.Chdir(dir)
	writeTestFile(t, dir, "a.txt", grant)
	writeTestFile(t, dir, "b.txt", grant)
	writeTestFile(t, dir, "old.json", "old")
	ctx, cancel := context.WithCancel(t.Context())
	stdin := interruptingReader{cancel, make(chan struct{})}
	defer close(stdin.release)
	var stdout, stderr bytes.Buffer
	c := &command{stdin: stdin, stdout: &stdout, stderr: &stderr, interrupt: ctx}
	if code := c.run([]string{"-f", "pretty", "-f", "json=old.json", "a.txt", "-", "b.txt"}); code != exitInterrupted {
		t.Errorf("exit code %d", code)
	}
	if s := stdout.String(); !strings.Contains(s, "a.txt:1:") || strings.Contains(s, "b.txt") {
		t.Errorf("stdout: %s", s)
	}
	want := "clauselint: old.json: not written\nclauselint: interrupted: 1 of 3 files were linted\n"
	if stderr.String() != want {
		t.Errorf("stderr: %s", &stderr)
	}
	if data, err := os.ReadFile("old.json"); err != nil || string(data) != "old" {
		t.Errorf("the report holds %q, %v", data, err)
	}
}
