package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"

	"github.com/clauselint/clauselint/report"
	"golang.org/x/term"
)

// output is one value of --format.
type output struct {
	format string
	path   string // empty for stdout
}

// formatNames lists the formats for the help and for error messages.
func formatNames() string {
	return strings.Join(slices.Sorted(maps.Keys(report.Formats)), ", ")
}

// parseOutputs reads the values of --format. Two reports in one place would be
// neither of the two.
func parseOutputs(values []string) ([]output, error) {
	var outs []output
	seen := map[string]bool{}
	for _, v := range values {
		name, path, hasPath := strings.Cut(v, "=")
		if _, ok := report.Formats[name]; !ok {
			return nil, fmt.Errorf("--format %q: no such format; want one of %s", name, formatNames())
		}
		if hasPath && path == "" {
			return nil, fmt.Errorf("--format %q: no path after =", v)
		}
		if path == "-" {
			path = ""
		}
		place := path
		if path != "" {
			place = filepath.Clean(path)
		}
		if seen[place] {
			where := path
			if where == "" {
				where = "stdout"
			}
			return nil, fmt.Errorf("--format %q: another report goes to %s already; give it a path, as in %s=report.%s", v, where, name, name)
		}
		seen[place] = true
		outs = append(outs, output{name, path})
	}
	return outs, nil
}

// write writes the reports, stdout last: if its reader has gone, the files are
// there all the same. If nothing goes to stdout, the files without a verdict
// are named on stderr, so that exit code 2 is never unexplained.
func (c *command) write(outs []output, run *report.Run) error {
	// A reader that goes away is an error like any other; the signal would end
	// the process with a code that is not ours.
	signal.Ignore(syscall.SIGPIPE)
	onStdout := false
	for _, o := range outs {
		if o.path == "" {
			onStdout = true
			continue
		}
		r := *run
		r.Color = c.opts.color == "always"
		if err := writeFile(o.path, func(w io.Writer) error { return report.Formats[o.format](w, &r) }); err != nil {
			return err
		}
	}
	for _, o := range outs {
		if o.path == "" {
			r := *run
			r.Color, r.Width = c.terminal()
			if err := report.Formats[o.format](c.stdout, &r); err != nil {
				return fmt.Errorf("stdout: %w", err)
			}
		}
	}
	if !onStdout {
		for _, r := range run.Results {
			if r.Err != nil {
				fmt.Fprintf(c.stderr, "clauselint: %s: %s\n", report.Visible(r.Path), report.Visible(r.Reason()))
			}
		}
	}
	return nil
}

// terminal says whether stdout wants colour and how wide it is in cells; 0 if
// it is no terminal.
func (c *command) terminal() (color bool, width int) {
	isTerminal := false
	if f, ok := c.stdout.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		isTerminal = true
		if w, _, err := term.GetSize(int(f.Fd())); err == nil {
			width = w
		}
	}
	switch c.opts.color {
	case "always":
		color = true
	case "auto": // https://no-color.org: set and not empty
		color = isTerminal && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	}
	return color, width
}

// writeFile writes path in one step: a reader sees the old file or the whole
// new one. A device or pipe is written to as it is.
func writeFile(path string, content func(io.Writer) error) (err error) {
	defer func() {
		if err != nil {
			if pe, ok := errors.AsType[*fs.PathError](err); ok {
				err = pe.Err
			}
			err = fmt.Errorf("%s: %w", path, err)
		}
	}()
	real, mode := path, fs.FileMode(0)
	if info, err := os.Stat(path); err == nil {
		if !info.Mode().IsRegular() && !info.IsDir() {
			f, err := os.OpenFile(path, os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			return errors.Join(content(f), f.Close())
		}
		mode = info.Mode().Perm()
		// Renaming over a link would replace the link.
		if real, err = filepath.EvalSymlinks(path); err != nil {
			return err
		}
	}
	f, err := createBeside(real)
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // fails after the rename, as it should
	err = content(f)
	if err == nil && mode != 0 {
		err = f.Chmod(mode)
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), real); err != nil {
		if le, ok := errors.AsType[*os.LinkError](err); ok {
			return le.Err
		}
		return err
	}
	return nil
}

// createBeside creates a new file in the folder of path. os.CreateTemp would
// make it readable by its owner only, which is wrong for a report.
func createBeside(path string) (*os.File, error) {
	name := filepath.Join(filepath.Dir(path), fmt.Sprintf(".%s.%d.tmp", filepath.Base(path), os.Getpid()))
	return os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
}

// isBrokenPipe reports whether the reader of a stream has gone away.
func isBrokenPipe(err error) bool {
	if runtime.GOOS == "windows" {
		// ERROR_BROKEN_PIPE and ERROR_NO_DATA
		return errors.Is(err, syscall.Errno(109)) || errors.Is(err, syscall.Errno(232))
	}
	return errors.Is(err, syscall.EPIPE)
}
