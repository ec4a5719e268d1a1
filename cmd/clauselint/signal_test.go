//go:build unix

package main

import (
	"bytes"
	"os"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// The signal itself: this process sends it to itself while it lints.
func TestSIGINT(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1)) // one file at a time
	t.Chdir(t.TempDir())
	writeTestFile(t, ".", "a.txt", grant)
	kill := func() {
		if err := syscall.Kill(os.Getpid(), syscall.SIGINT); err != nil {
			t.Error(err)
		}
	}
	stdin := interruptingReader{kill, make(chan struct{})}
	defer close(stdin.release)
	var stdout, stderr bytes.Buffer
	if code := run([]string{"a.txt", "-"}, stdin, &stdout, &stderr); code != exitInterrupted {
		t.Errorf("exit code %d", code)
	}
	if !strings.Contains(stdout.String(), "art11-full-grant") || !strings.Contains(stderr.String(), "1 of 2 files") {
		t.Errorf("stdout %s, stderr %s", &stdout, &stderr)
	}
}
