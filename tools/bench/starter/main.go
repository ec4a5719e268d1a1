//go:build unix

// Command starter runs a command and writes down what it took.
//
//	starter LIMIT STATS OUTPUT COMMAND [ARGUMENT...]
//
// LIMIT is a duration after which the command is killed. STATS is the file that gets, in
// this order: wall time and processor time in nanoseconds, peak memory in bytes, exit code
// (-1 if killed). OUTPUT is the file for what the command prints, or - for our own output.
//
// A process begins with the peak memory of the one that started it, so the one that starts
// must be small: the benchmark itself would hide a small program's peak.
package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "starter:", err)
		os.Exit(2)
	}
}

func run(args []string) error {
	if len(args) < 4 {
		return fmt.Errorf("%d arguments, want LIMIT STATS OUTPUT COMMAND [ARGUMENT...]", len(args))
	}
	limit, err := time.ParseDuration(args[0])
	if err != nil {
		return err
	}
	out := os.Stdout
	if args[2] != "-" {
		if out, err = os.Create(args[2]); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, args[3], args[4:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, out, os.Stderr
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return err
	}
	err = cmd.Wait()
	wall := time.Since(start)
	if cmd.ProcessState == nil {
		return err
	}
	s := cmd.ProcessState
	usage, ok := s.SysUsage().(*syscall.Rusage)
	if !ok {
		return fmt.Errorf("no resource usage of %s", args[3])
	}
	stats := fmt.Sprintln(wall.Nanoseconds(), (s.UserTime() + s.SystemTime()).Nanoseconds(), int64(usage.Maxrss)*maxrssUnit(), s.ExitCode())
	return os.WriteFile(args[1], []byte(stats), 0o666)
}

// maxrssUnit is the number of bytes that Maxrss counts in, see getrusage(2).
func maxrssUnit() int64 {
	if runtime.GOOS == "darwin" || runtime.GOOS == "ios" {
		return 1
	}
	return 1 << 10
}
