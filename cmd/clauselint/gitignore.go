package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

const ignoreFile = ".gitignore"

// ignores is the lines of all .gitignore files that speak of a folder, in
// order of force: the last line that matches a path decides. The syntax is
// that of gitignore(5), without POSIX classes such as [[:alpha:]]; a ? is one
// character, where Git takes one byte. The index, .git/info/exclude and the
// user's own excludes file do not count: the same folder gives the same files
// to everyone.
type ignores []ignoreLine

type ignoreLine struct {
	folder   string // real path of the folder that the line speaks of
	pattern  string // for doublestar
	negated  bool
	dirsOnly bool
	anchored bool // matches the path below folder, not the last name alone
}

// repositoryIgnores is the .gitignore files from the root of the Git
// repository that holds dir down to the folder above dir.
func repositoryIgnores(dir string) ignores {
	var above []string
	for d := dir; ; {
		if _, err := os.Lstat(filepath.Join(d, ".git")); err == nil {
			break
		}
		parent := filepath.Dir(d)
		if parent == d {
			return nil // not in a repository
		}
		above = append(above, parent)
		d = parent
	}
	var out ignores
	for i := len(above) - 1; i >= 0; i-- {
		// A file above the folder that cannot be read says nothing about it.
		out, _ = out.with(above[i])
	}
	return out
}

// with is ig and the .gitignore of the folder, if there is one.
func (ig ignores) with(folder string) (ignores, error) {
	data, err := os.ReadFile(filepath.Join(folder, ignoreFile))
	if errors.Is(err, fs.ErrNotExist) {
		return ig, nil
	}
	if err != nil {
		return ig, err
	}
	// The clipped capacity keeps folders beside each other from sharing lines.
	out := ig[:len(ig):len(ig)]
	for line := range strings.SplitSeq(strings.TrimPrefix(string(data), "\ufeff"), "\n") {
		if l, ok := parseIgnoreLine(line); ok {
			l.folder = folder
			out = append(out, l)
		}
	}
	return out, nil
}

// parseIgnoreLine reads one line; ok is false for a comment, an empty line and
// a malformed pattern, which match nothing in Git either.
func parseIgnoreLine(line string) (l ignoreLine, ok bool) {
	line = strings.TrimSuffix(line, "\r")
	for strings.HasSuffix(line, " ") && !strings.HasSuffix(line, `\ `) {
		line = line[:len(line)-1]
	}
	if strings.HasPrefix(line, "#") {
		return l, false
	}
	line, l.negated = strings.CutPrefix(line, "!")
	line, l.dirsOnly = strings.CutSuffix(line, "/")
	l.anchored = strings.Contains(line, "/")
	line = strings.TrimPrefix(line, "/")
	if line == "" {
		return l, false
	}
	// Braces mean nothing to Git, and alternatives to doublestar.
	line = strings.NewReplacer("{", `\{`, "}", `\}`).Replace(line)
	if strings.HasSuffix(line, "/**") {
		line += "/*" // "a/**" is everything inside a, not a itself
	}
	l.pattern = line
	return l, doublestar.ValidatePattern(line)
}

// match reports whether the file or folder at the real path is ignored. Its
// parents are not asked: a walk that gets here was let in by them.
func (ig ignores) match(path string, isDir bool) bool {
	for i := len(ig) - 1; i >= 0; i-- {
		if ig[i].match(path, isDir) {
			return !ig[i].negated
		}
	}
	return false
}

func (l ignoreLine) match(path string, isDir bool) bool {
	if l.dirsOnly && !isDir {
		return false
	}
	name := filepath.Base(path)
	if l.anchored {
		rel, err := filepath.Rel(l.folder, path)
		if err != nil {
			return false
		}
		name = filepath.ToSlash(rel)
	}
	return doublestar.MatchUnvalidated(l.pattern, name)
}
