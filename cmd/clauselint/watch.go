package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/clauselint/clauselint/config"
	"github.com/clauselint/clauselint/report"
)

// watchInterval is how often files are looked at: sooner than a person looks up from the
// key that saves, and seldom enough to cost nothing (docs/decisions/0015).
const watchInterval = 300 * time.Millisecond

// watch lints the files, and again whenever one of them or what governs them changes, until
// it is interrupted. What is wrong with the first run ends it, as it would without
// --watch; later on a mistake, in a configuration that is half written, say, is told and
// waited out.
func (c *command) watch(args []string) error {
	if slices.Contains(args, "-") {
		return errors.New("--watch looks for changes of files; what is read from - has none")
	}
	if c.opts.fix || c.opts.diff {
		return errors.New("--watch does not go with --fix or --diff")
	}
	ctx, stop := c.interruptible()
	defer stop()
	if c.pause == nil {
		c.pause = pause
	}
	c.clear()
	for first := true; ; first = false {
		// What changes while it is linted is found at the next look: the files are looked
		// at first, and linted then.
		seen := look(args)
		err := c.lintOnce(ctx, args)
		switch {
		case ctx.Err() != nil:
			c.code = exitInterrupted
			return err
		case err != nil && (first || isBrokenPipe(err)):
			return err
		case err != nil:
			fmt.Fprintf(c.stderr, "clauselint: %s\n", message(err))
		}
		// Only now is it known which configurations and lists the files have.
		maps.Copy(seen, lookAt(c.governors()))
		changed := c.await(ctx, args, seen)
		if len(changed) == 0 {
			c.code = exitInterrupted
			return nil
		}
		c.clear()
		c.separate(changed)
	}
}

// pause waits for the time between two looks, or until ctx ends.
func pause(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(watchInterval):
	}
}

// await is the files that are no longer as they were seen, as soon as there are any; none
// if ctx ends first.
func (c *command) await(ctx context.Context, args []string, seen map[string]fileState) []string {
	for {
		c.pause(ctx)
		if ctx.Err() != nil {
			return nil
		}
		now := look(args)
		maps.Copy(now, lookAt(c.governors()))
		if changed := difference(seen, now); len(changed) > 0 {
			return changed
		}
	}
}

// fileState tells whether a file has changed. The zero value is no file.
type fileState struct {
	size    int64
	changed time.Time
}

// look is the state of the files to lint.
func look(args []string) map[string]fileState {
	var paths []string
	// A file that the configuration excludes costs a look, and no more.
	for _, t := range findTargets(args, "", func(string) bool { return false }) {
		paths = append(paths, t.path)
	}
	return lookAt(paths)
}

func lookAt(paths []string) map[string]fileState {
	states := make(map[string]fileState, len(paths))
	for _, path := range paths {
		var state fileState
		if info, err := os.Stat(path); err == nil {
			state = fileState{info.Size(), info.ModTime()}
		}
		states[path] = state
	}
	return states
}

// governors is the files that say how the files of the last run are judged:
// configurations, waivers, baselines and the rules of one's own.
func (c *command) governors() []string {
	s := c.settings
	if s == nil {
		return nil
	}
	var paths, folders []string
	for path, g := range s.files {
		paths = append(paths, path)
		if g.config != nil {
			for _, base := range g.config.Extends {
				paths = append(paths, base.Path)
			}
			for _, flow := range g.config.Flows {
				for _, step := range flow.Steps {
					if step.Kind == config.FileStep {
						paths = append(paths, step.Text)
					}
				}
			}
		}
	}
	for dir := range s.folders {
		// One may have been begun since.
		for _, find := range []func(string) (string, error){config.Find, config.FindWaivers} {
			if path, err := find(dir); err == nil && path != "" {
				paths = append(paths, path)
			}
		}
	}
	paths = slices.AppendSeq(paths, maps.Keys(s.lists))
	paths = slices.AppendSeq(paths, maps.Keys(s.baselines))
	for key := range s.linters {
		folders = append(folders, strings.Split(key, "\x00")...)
	}
	for _, folder := range folders {
		if folder == "" {
			continue
		}
		// What cannot be read is an error of the run, not of the look.
		_ = filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() {
				paths = append(paths, path)
			}
			return nil
		})
	}
	return paths
}

// difference is the files that are in one of two looks only, or are not the same in both.
func difference(before, after map[string]fileState) []string {
	var out []string
	for path, state := range after {
		if was, ok := before[path]; !ok || was.size != state.size || !was.changed.Equal(state.changed) {
			out = append(out, path)
		}
	}
	for path := range before {
		if _, ok := after[path]; !ok {
			out = append(out, path)
		}
	}
	slices.Sort(out)
	return out
}

// clear empties the screen of a terminal. Elsewhere nothing is ever taken away.
func (c *command) clear() {
	if f, ok := c.stdout.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		fmt.Fprint(c.stdout, "\x1b[H\x1b[2J")
	}
}

// separate parts one run from the next, and says what brought it about. It goes to stderr
// with all talk, so that reports on stdout stay what they are.
func (c *command) separate(changed []string) {
	more := ""
	if n := len(changed) - 1; n > 0 {
		more = fmt.Sprintf(" and %d more", n)
	}
	fmt.Fprintf(c.stderr, "──── changed: %s%s ────\n", report.Visible(changed[0]), more)
}
