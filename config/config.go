// Package config reads the configuration that governs the contracts of a folder:
// which rules hold, what kind of document they are, and what was established of them
// that no text tells.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/clauselint/clauselint/clauses"
)

// Names are the names of a configuration file, of which a folder may hold one.
var Names = []string{".clauselint.yaml", "clauselint.yaml"}

// Version is the version of the format that this package reads.
const Version = 1

// Config is a configuration file.
type Config struct {
	// Path is where it was read from.
	Path string
	// Rules are the folders of rule pages that it names, or if it names none, those of
	// the files that it extends, as paths from where Path is valid.
	Rules []string
	// Baseline is the path of the baseline that it names, as valid as Path; empty for none.
	Baseline string
	// Flows are what persons meet on the way to a consent.
	Flows []Flow
	// Extends are the files whose settings it takes over, the later before the earlier.
	Extends []*Config

	settings  Settings
	overrides []override
	exclude   []Pattern
}

// override is settings for some of the files.
type override struct {
	files []Pattern
	Settings
}

// Pattern names files from the folder of a configuration, as doublestar reads it.
type Pattern struct {
	Pattern string
	At      Place
}

// Place is where something is written.
type Place struct {
	Path string
	Line int // from 1
}

// Settings are what holds for a file.
type Settings struct {
	// Kind is the kind of document; empty if its text is to tell.
	Kind   clauses.DocumentKind
	KindAt Place
	// Facts are the answers by the names of the facts.
	Facts map[string]Answer
	// Severities are those that rules have instead of their own, by their ids.
	Severities map[string]Severity
}

// Answer is a fact that somebody established.
type Answer struct {
	Yes bool
	// Owner is who answers for it, Source where it is written down, Date the day it
	// was established, as YYYY-MM-DD.
	Owner, Date, Source string
	// At is where the configuration gives it.
	At Place
}

// Severity is the severity that a configuration gives a rule; 0 for none at all.
type Severity struct {
	clauses.Severity
	At Place
}

// Find is the path of the configuration that governs the files of dir: in dir or the
// nearest folder above it, up to the one that holds a repository, else to the home
// folder or the root. It is empty if there is none. Two in one folder are an error.
func Find(dir string) (string, error) { return find(dir, "a configuration", Names) }

// find is the path of a file of one of the names that governs dir.
func find(dir, what string, names []string) (string, error) {
	home, _ := os.UserHomeDir()
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for {
		var found []string
		for _, name := range names {
			path := filepath.Join(dir, name)
			info, err := os.Stat(path)
			switch {
			case errors.Is(err, fs.ErrNotExist):
				// To pass over a broken link would drop what it holds in silence.
				if _, err := os.Lstat(path); err == nil {
					return "", fmt.Errorf("%s: is a link to nothing; mend it, or take it away", path)
				}
			case err != nil:
				return "", pathFirst(path, err)
			case info.IsDir():
				return "", fmt.Errorf("%s: is a folder; %s is a file", path, what)
			default:
				found = append(found, path)
			}
		}
		switch len(found) {
		case 1:
			return found[0], nil
		case 2:
			return "", fmt.Errorf("%s: there is also %s; keep one of the two", found[0], names[1])
		}
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil || abs == home || filepath.Dir(abs) == abs {
			return "", nil
		}
		dir, abs = filepath.Join(dir, ".."), filepath.Dir(abs)
	}
}

// pathFirst is an error of the system as ours are written, with the path first.
func pathFirst(path string, err error) error {
	return fmt.Errorf("%s: %w", path, bare(err))
}

// bare is an error of the system without the name of the file.
func bare(err error) error {
	if system, ok := errors.AsType[*fs.PathError](err); ok {
		return system.Err
	}
	return err
}

// For is the settings for a file: those of all files, with those of the overrides that
// name it, the later over the earlier, and both over those of what the configuration
// extends. A file outside the folder of the configuration is named by no override.
func (c *Config) For(file string) Settings {
	s := Settings{Facts: map[string]Answer{}, Severities: map[string]Severity{}}
	path, ok := c.below(file)
	c.lay(&s, path, ok)
	return s
}

// lay puts the settings for the file at path, if it is below, over s. The patterns of a
// file that is extended begin at the folder of the one that extends it.
func (c *Config) lay(s *Settings, path string, below bool) {
	for _, base := range c.Extends {
		base.lay(s, path, below)
	}
	s.take(c.settings)
	for _, o := range c.overrides {
		if below && matches(o.files, path) {
			s.take(o.Settings)
		}
	}
}

// Excludes reports whether the configuration keeps the file out of what a folder is
// searched for.
func (c *Config) Excludes(file string) bool {
	path, ok := c.below(file)
	return ok && c.excludes(path)
}

func (c *Config) excludes(path string) bool {
	return matches(c.exclude, path) || slices.ContainsFunc(c.Extends, func(base *Config) bool { return base.excludes(path) })
}

// matches reports whether one of the patterns names path, which has slashes.
func matches(patterns []Pattern, path string) bool {
	return slices.ContainsFunc(patterns, func(p Pattern) bool { return p.matches(path) })
}

func (p Pattern) matches(path string) bool {
	// A pattern that is none was refused when it was read.
	yes, _ := doublestar.Match(p.Pattern, path)
	return yes
}

// Patterns are those of the file itself, in the order that it has them.
func (c *Config) Patterns() []Pattern {
	out := slices.Clone(c.exclude)
	for _, o := range c.overrides {
		out = append(out, o.files...)
	}
	return out
}

// Matches reports whether a pattern of c names the file.
func (c *Config) Matches(p Pattern, file string) bool {
	path, ok := c.below(file)
	return ok && p.matches(path)
}

func (s *Settings) take(o Settings) {
	if o.Kind != "" {
		s.Kind, s.KindAt = o.Kind, o.KindAt
	}
	maps.Copy(s.Facts, o.Facts)
	maps.Copy(s.Severities, o.Severities)
}

// below is the path of a file from the folder of the configuration, with slashes.
func (c *Config) below(file string) (string, bool) {
	folder, err := filepath.Abs(filepath.Dir(c.Path))
	if err != nil {
		return "", false
	}
	abs, err := filepath.Abs(file)
	if err != nil {
		return "", false
	}
	rel, err := filepath.Rel(folder, abs)
	if err != nil || !filepath.IsLocal(rel) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}
