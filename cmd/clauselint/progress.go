package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"
)

// progress counts files on a terminal's last line. The zero value is silent.
type progress struct {
	w     io.Writer
	total int
	n     int
	shown time.Time
}

// newProgress is silent unless w is a terminal, and for few files.
func newProgress(w io.Writer, total int) *progress {
	const many = 100
	if f, ok := w.(*os.File); ok && total >= many && term.IsTerminal(int(f.Fd())) {
		return &progress{w: w, total: total}
	}
	return &progress{}
}

// step counts one file; the line changes ten times a second at most.
func (p *progress) step() {
	if p.w == nil {
		return
	}
	p.n++
	if time.Since(p.shown) > 100*time.Millisecond {
		p.shown = time.Now()
		fmt.Fprintf(p.w, "\rclauselint: %d of %d files", p.n, p.total)
	}
}

// done clears the line.
func (p *progress) done() {
	if p.w != nil && !p.shown.IsZero() {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
