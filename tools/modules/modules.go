// Package modules knows which modules are linked into clauselint, and under which licences
// they stand.
package modules

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Program is the package of the program.
const Program = "./cmd/clauselint"

// Tags are the build tags of a release; see the Makefile.
const Tags = "ne"

// Systems are those that a release is built for. What is linked differs between them, but
// not between their processors.
var Systems = []string{"darwin", "linux", "windows"}

// Module is a module that is linked into the program, on one system at least.
type Module struct {
	Path    string
	Version string
	// License is its SPDX identifier, as a person found it to be; empty if nobody has yet.
	License string
	// Texts are its licences and notices, by file name.
	Texts []Text
}

// Text is a file of a module that says what may be done with it.
type Text struct {
	Name string
	Data []byte
}

// Allowed are the licences that may be linked into the program. None asks that what it is
// linked with stand under it, too.
var Allowed = []string{"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT AND Apache-2.0"}

// Go's own library is in every program, and go list does not call it a module.
const standardLibrary = "std"

// Linked is the modules that are linked into the program, by path, and the standard
// library. dir is the root of the repository.
func Linked(dir string) ([]Module, error) {
	type listed struct{ Path, Version, Dir string }
	found := map[string]listed{}
	for _, system := range Systems {
		cmd := exec.Command("go", "list", "-deps", "-tags", Tags, "-json=Module", Program)
		cmd.Dir, cmd.Stderr = dir, os.Stderr
		cmd.Env = append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=0")
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		for dec := json.NewDecoder(bytes.NewReader(out)); ; {
			var p struct {
				Module *struct {
					listed
					Main    bool
					Replace *listed
				}
			}
			if err := dec.Decode(&p); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return nil, fmt.Errorf("go list: %w", err)
			}
			switch m := p.Module; {
			case m == nil || m.Main:
			case m.Replace != nil:
				return nil, fmt.Errorf("%s: is replaced; a release is built from what the module proxy has", m.Path)
			default:
				found[m.Path] = m.listed
			}
		}
	}
	env, err := exec.Command("go", "env", "GOROOT", "GOVERSION").Output()
	if err != nil {
		return nil, fmt.Errorf("go env: %w", err)
	}
	root, version, _ := strings.Cut(strings.TrimSpace(string(env)), "\n")
	found[standardLibrary] = listed{standardLibrary, strings.TrimPrefix(strings.TrimSpace(version), "go"), strings.TrimSpace(root)}

	known, err := read(table)
	if err != nil {
		return nil, err
	}
	var out []Module
	for _, l := range found {
		m := Module{Path: l.Path, Version: l.Version, License: known[l.Path].license}
		if m.Texts, err = texts(l.Dir); err != nil {
			return nil, fmt.Errorf("%s: %w", l.Path, err)
		}
		out = append(out, m)
	}
	slices.SortFunc(out, func(a, b Module) int { return cmp.Compare(a.Path, b.Path) })
	return out, nil
}

var legal = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents|unlicense)\b`)

// texts is the files at the top of a module that say what may be done with it.
func texts(dir string) (out []Text, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if e.Type().IsRegular() && legal.MatchString(e.Name()) {
			data, err := os.ReadFile(filepath.Join(dir, e.Name()))
			if err != nil {
				return nil, err
			}
			out = append(out, Text{e.Name(), data})
		}
	}
	return out, nil
}

// table is what a person found when reading the licences: a module, its licence and the
// sum of its texts a line. A text that changes has to be read again.
//
//go:embed licences.txt
var table string

type verdict struct{ license, sum string }

func read(table string) (map[string]verdict, error) {
	out := map[string]verdict{}
	for line := range strings.Lines(table) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		words := strings.Fields(line)
		if len(words) < 3 || out[words[0]] != (verdict{}) {
			return nil, fmt.Errorf("licences.txt: %q: want a module, not named before, a sum and a licence", line)
		}
		out[words[0]] = verdict{license: strings.Join(words[2:], " "), sum: words[1]}
	}
	return out, nil
}

// Sum identifies the texts of m, whatever its version.
func (m Module) Sum() string {
	h := sha256.New()
	for _, t := range m.Texts {
		fmt.Fprintf(h, "%s %d\n", t.Name, len(t.Data))
		h.Write(t.Data)
	}
	return fmt.Sprintf("%x", h.Sum(nil))[:16]
}

// Check says what stands against linking the modules: a licence that nobody read, that
// changed since, or that is not allowed. It also names entries of modules that are no
// longer linked.
func Check(linked []Module) ([]string, error) {
	known, err := read(table)
	if err != nil {
		return nil, err
	}
	return check(linked, known), nil
}

func check(linked []Module, known map[string]verdict) (complaints []string) {
	complain := func(format string, args ...any) { complaints = append(complaints, fmt.Sprintf(format, args...)) }
	for _, m := range linked {
		v, ok := known[m.Path]
		delete(known, m.Path)
		switch {
		case len(m.Texts) == 0:
			complain("%s: has no licence, and so gives no right to pass it on", m.Path)
		case !ok:
			complain("%s: nobody has read its licence; read it, and add to licences.txt: %[1]s %s LICENCE", m.Path, m.Sum())
		case v.sum != m.Sum():
			complain("%s: its licence is another one than was read; read it, and put %s into licences.txt", m.Path, m.Sum())
		case !slices.Contains(Allowed, v.license):
			complain("%s: %s is not among the licences that may be linked: %s", m.Path, v.license, strings.Join(Allowed, ", "))
		}
		for _, t := range m.Texts {
			// Whoever filled in the table may have been wrong about this.
			if ok && copyleft.Match(t.Data) {
				complain("%s: %s names the %s", m.Path, t.Name, copyleft.Find(t.Data))
			}
		}
	}
	for path := range known {
		complain("%s: is not linked; take it out of licences.txt", path)
	}
	slices.Sort(complaints)
	return complaints
}

var copyleft = regexp.MustCompile(`(?i)GNU (Affero |Lesser |Library )?General Public License`)

// Notices is the licences of the modules, to go along with the program as they ask for.
func Notices(linked []Module) []byte {
	var b bytes.Buffer
	b.WriteString("Licences of what is linked into clauselint. Its own is in LICENSE and NOTICE.\n")
	for _, m := range linked {
		for _, t := range m.Texts {
			fmt.Fprintf(&b, "\n%s\n%s %s: %s\n%[1]s\n\n", strings.Repeat("-", 72), m.Path, m.Version, t.Name)
			b.Write(bytes.ReplaceAll(bytes.TrimSpace(t.Data), []byte("\r\n"), []byte("\n")))
			b.WriteString("\n")
		}
	}
	return b.Bytes()
}
