// Package config reads the configuration that governs the contracts of a folder:
// which rules hold, what kind of document they are, and what was established of them
// that no text tells.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

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
	// Rules are the folders of rule pages that it names, as paths from where Path is
	// valid.
	Rules []string

	settings  Settings
	overrides []override
}

// override is settings for some of the files.
type override struct {
	files []string // patterns of doublestar
	Settings
}

// Settings are what holds for a file.
type Settings struct {
	// Kind is the kind of document; empty if its text is to tell.
	Kind clauses.DocumentKind
	// Facts are the answers by the names of the facts.
	Facts map[string]Answer
}

// Answer is a fact that somebody established.
type Answer struct {
	Yes bool
	// Owner is who answers for it, Source where it is written down, Date the day it
	// was established, as YYYY-MM-DD.
	Owner, Date, Source string
	// Line is where the configuration gives it, from 1.
	Line int
}

// Find is the path of the configuration that governs the files of dir: in dir or the
// nearest folder above it, up to the one that holds a repository, else to the home
// folder or the root. It is empty if there is none. Two in one folder are an error.
func Find(dir string) (string, error) {
	home, _ := os.UserHomeDir()
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for {
		var found []string
		for _, name := range Names {
			path := filepath.Join(dir, name)
			info, err := os.Stat(path)
			switch {
			case errors.Is(err, fs.ErrNotExist):
				// To pass over a broken link would drop its answers in silence.
				if _, err := os.Lstat(path); err == nil {
					return "", fmt.Errorf("%s: is a link to nothing; mend it, or take it away", path)
				}
			case err != nil:
				return "", pathFirst(path, err)
			case info.IsDir():
				return "", fmt.Errorf("%s: is a folder; a configuration is a file", path)
			default:
				found = append(found, path)
			}
		}
		switch len(found) {
		case 1:
			return found[0], nil
		case 2:
			return "", fmt.Errorf("%s: there is also %s; keep one of the two", found[0], Names[1])
		}
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil || abs == home || filepath.Dir(abs) == abs {
			return "", nil
		}
		dir, abs = filepath.Join(dir, ".."), filepath.Dir(abs)
	}
}

// pathFirst is an error of the system as ours are written, with the path first.
func pathFirst(path string, err error) error {
	var system *fs.PathError
	if errors.As(err, &system) {
		err = system.Err
	}
	return fmt.Errorf("%s: %w", path, err)
}

// For is the settings for a file: those of all files, with those of the overrides that
// name it, the later over the earlier. A file outside the folder of the configuration
// is named by none.
func (c *Config) For(file string) Settings {
	s := Settings{Kind: c.settings.Kind, Facts: map[string]Answer{}}
	s.take(c.settings)
	path, ok := c.below(file)
	if !ok {
		return s
	}
	for _, o := range c.overrides {
		for _, pattern := range o.files {
			// A pattern that matches no file was refused when it was read.
			if yes, _ := doublestar.Match(pattern, path); yes {
				s.take(o.Settings)
				break
			}
		}
	}
	return s
}

func (s *Settings) take(o Settings) {
	if o.Kind != "" {
		s.Kind = o.Kind
	}
	for id, a := range o.Facts {
		s.Facts[id] = a
	}
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
