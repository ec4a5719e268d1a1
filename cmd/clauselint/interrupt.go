package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"github.com/clauselint/clauselint/report"
)

// interruptible is a context that SIGINT ends, and the function that gives SIGINT back its
// own effect. The second SIGINT ends the process in any case: whoever presses Ctrl-C twice
// means it.
func (c *command) interruptible() (context.Context, context.CancelFunc) {
	if c.interrupt != nil {
		return context.WithCancel(c.interrupt)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// writeInterrupted prints what was found before the run was interrupted. A report in a
// file is for a program, which would take the files that were not linted for clean: it
// stays as it was.
func (c *command) writeInterrupted(outs []output, run *report.Run, left int) error {
	c.code = exitInterrupted
	var printed []output
	for _, o := range outs {
		if o.path == "" {
			printed = append(printed, o)
		} else {
			fmt.Fprintf(c.stderr, "clauselint: %s: not written\n", report.Visible(o.path))
		}
	}
	fmt.Fprintf(c.stderr, "clauselint: interrupted: %d of %d files were linted\n", len(run.Results), len(run.Results)+left)
	if len(run.Results) == 0 {
		return nil
	}
	return c.write(printed, run)
}
