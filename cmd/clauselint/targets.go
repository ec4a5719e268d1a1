package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// target is a file to lint, or the reason why there is none.
type target struct {
	path  string
	stdin bool
	err   error
}

// extensions are those of the files that a folder is searched for.
var extensions = []string{".md", ".markdown", ".txt", ".docx", ".docm", ".dotx"}

// findTargets is the files that the arguments name, each once, in the order
// of the arguments and by name within a folder. An argument that names none
// is a target with an error: nobody should think that it was linted. What is
// read from "-" is called stdinName, or "-" if that is empty. What is excluded is found
// neither in a folder nor by a pattern.
func findTargets(args []string, stdinName string, excluded func(path string) bool) []target {
	f := &finder{seen: map[string]bool{}, stdinName: cmp.Or(stdinName, "-"), excluded: excluded}
	for _, arg := range args {
		f.argument(arg)
	}
	return f.targets
}

// finder collects targets.
type finder struct {
	stdinName string
	excluded  func(path string) bool
	targets   []target
	seen      map[string]bool // by real path
	matched   bool            // the argument at hand named some file, new or not
	left      int             // files that it named and that are excluded
}

func (f *finder) argument(arg string) {
	if arg == "-" {
		f.add(target{path: f.stdinName, stdin: true}, arg)
		return
	}
	info, err := os.Stat(arg)
	switch {
	case err == nil && info.IsDir():
		f.matched, f.left = false, 0
		f.folder(arg)
		switch {
		case f.matched:
		case f.left > 0:
			f.fail(arg, errors.New("every contract in this folder is excluded by the configuration"))
		default:
			f.fail(arg, fmt.Errorf("no contract in this folder (%s)", strings.Join(extensions, " ")))
		}
	case err == nil:
		f.add(target{path: arg}, realPath(arg))
	case errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(arg, "*?[{"):
		f.glob(arg)
	default:
		f.fail(arg, err)
	}
}

// add adds a target unless the same file is there already.
func (f *finder) add(t target, key string) {
	f.matched = true
	if !f.seen[key] {
		f.seen[key] = true
		f.targets = append(f.targets, t)
	}
}

func (f *finder) fail(path string, err error) {
	f.add(target{path: path, err: err}, realPath(path))
}

// realPath identifies a file under all its names.
func realPath(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	return path
}

// glob adds the files that the pattern matches. As in a shell a wildcard
// matches no hidden name; beyond that, ** enters neither linked folders nor
// node_modules, and Word's lock files never match.
func (f *finder) glob(pattern string) {
	f.matched, f.left = false, 0
	shell := []doublestar.GlobOption{doublestar.WithNoHidden(), doublestar.WithNoFollow()}
	paths, err := doublestar.FilepathGlob(pattern, append(shell, doublestar.WithFailOnIOErrors())...)
	if err != nil {
		// The wrapping keeps the name of the folder in the message.
		f.fail(pattern, fmt.Errorf("cannot search: %w", err))
		// What can be reached is linted nevertheless.
		paths, _ = doublestar.FilepathGlob(pattern, shell...)
	}
	slices.Sort(paths)
	for _, path := range paths {
		if isLockFile(filepath.Base(path)) ||
			!strings.Contains(pattern, modules) && slices.Contains(strings.Split(filepath.ToSlash(path), "/"), modules) {
			continue
		}
		switch info, err := os.Stat(path); {
		case err != nil:
			f.fail(path, err)
		case !info.IsDir():
			f.found(path, realPath(path))
		}
	}
	switch {
	case f.matched:
	case f.left > 0:
		f.fail(pattern, errors.New("every file that matches is excluded by the configuration"))
	default:
		f.fail(pattern, errors.New("no file matches this pattern"))
	}
}

// modules is where Node.js keeps other people's files.
const modules = "node_modules"

// isLockFile knows the files by which Word marks a document as open.
func isLockFile(name string) bool { return strings.HasPrefix(name, "~$") }

// folder adds the contracts under dir.
func (f *finder) folder(dir string) {
	real := realPath(dir)
	f.walk(dir, real, repositoryIgnores(real))
}

// walk adds the contracts under dir, whose real path is real. It never follows
// a link to a folder, so it ends.
func (f *finder) walk(dir, real string, above ignores) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		f.fail(dir, err)
		return
	}
	ignored, err := above.with(real)
	if err != nil {
		f.fail(filepath.Join(dir, ignoreFile), err)
	}
	for _, e := range entries {
		name := e.Name()
		path, realEntry := filepath.Join(dir, name), filepath.Join(real, name)
		if strings.HasPrefix(name, ".") || isLockFile(name) || ignored.match(realEntry, e.IsDir()) {
			continue
		}
		if e.IsDir() {
			if name != modules {
				f.walk(path, realEntry, ignored)
			}
			continue
		}
		if !slices.Contains(extensions, strings.ToLower(filepath.Ext(name))) {
			continue
		}
		if e.Type()&fs.ModeSymlink != 0 {
			info, err := os.Stat(path)
			if err != nil {
				f.fail(path, err)
				continue
			}
			if info.IsDir() {
				continue
			}
			realEntry = realPath(path)
		} else if !e.Type().IsRegular() {
			continue // a pipe could keep us waiting for ever
		}
		f.found(path, realEntry)
	}
}

// found adds a file of a folder or pattern, unless it is excluded.
func (f *finder) found(path, key string) {
	if f.excluded(path) {
		f.left++
		return
	}
	f.add(target{path: path}, key)
}
