package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// The tools. The names head the rows of the tables.
const (
	ours     = "clauselint"
	empty    = "empty Go program"
	ripgrep  = "ripgrep"
	rgAll    = "ripgrep, all phrases"
	vale     = "Vale"
	textlint = "textlint + prh"
	pandoc   = "pandoc"
	annotate = "clauselint annotate"
	oneCore  = "clauselint, 1 core"
)

// tools are the programs that were found, by path; "" is absent.
type tools struct {
	clauselint, empty, ripgrep, vale, textlint, pandoc string
	config                                             string // folder that writePhrases wrote
}

// findPeers looks in the folder that make bench-tools installs into, then in PATH.
func findPeers(folder string) tools {
	return tools{
		ripgrep:  find("rg"),
		vale:     find(filepath.Join(folder, "bin", "vale"), "vale"),
		textlint: find(filepath.Join(folder, "textlint", "node_modules", ".bin", "textlint")),
		pandoc:   find("pandoc"),
	}
}

func find(names ...string) string {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			if path, err = filepath.Abs(path); err == nil {
				return path
			}
		}
	}
	return ""
}

// peer is a program to compare with, as the page names it.
type peer struct {
	name, path, version string
	install             string // how, if it is absent
}

// peers are the programs to compare with and what they call themselves.
func (t tools) peers() []peer {
	list := []peer{
		{name: ripgrep, path: t.ripgrep, install: "apt-get install ripgrep, or as its page says"},
		{name: vale, path: t.vale, install: "make bench-tools"},
		{name: textlint, path: t.textlint, install: "make bench-tools"},
		{name: pandoc, path: t.pandoc, install: "apt-get install pandoc, or as its page says"},
	}
	for i, p := range list {
		if p.path == "" {
			continue
		}
		if out, err := exec.Command(p.path, "--version").Output(); err == nil {
			first, _, _ := strings.Cut(string(out), "\n")
			fields := strings.Fields(first)
			for _, f := range fields {
				if strings.ContainsAny(f, "0123456789") {
					list[i].version = f
					break
				}
			}
		}
	}
	return list
}

// onText are the commands that look for phrases in path, those that are there.
func (t tools) onText(path string) []command {
	all := []command{
		t.lint(path),
		{tool: empty, args: []string{t.empty}},
		{tool: ripgrep, args: []string{t.ripgrep, "--no-config", "-n", "-i", "-o", "-F", "-f", filepath.Join(t.config, "phrases.txt"), path}},
		// Not -i: with so many phrases that takes ripgrep seconds a kilobyte.
		{tool: rgAll, args: []string{t.ripgrep, "--no-config", "-n", "-o", "-F", "-f", filepath.Join(t.config, "all-phrases.txt"), path}},
		{tool: vale, args: []string{t.vale, "--config=" + filepath.Join(t.config, ".vale.ini"), "--output=line", "--no-exit", path}},
		// textlint looks for its rules beside itself if it is told where.
		{tool: textlint, args: []string{t.textlint, "--config", filepath.Join(t.config, "textlintrc.json"), "-f", "unix",
			"--rules-base-directory", filepath.Dir(filepath.Dir(t.textlint)), path}, dir: t.config},
	}
	return present(all)
}

// onWord are the commands on a Word file; pandoc only reads it.
func (t tools) onWord(path string) []command {
	out := filepath.Join(t.config, "annotated.docx")
	return present([]command{
		t.lint(path),
		{tool: annotate, args: []string{t.clauselint, "annotate", path, "-o", out}},
		{tool: pandoc, args: []string{t.pandoc, "-f", "docx", "-t", "plain", path}},
	})
}

// onCores are our command on all cores and on one.
func (t tools) onCores(path string) []command {
	one := t.lint(path)
	one.tool, one.env = oneCore, []string{"GOMAXPROCS=1"}
	return []command{t.lint(path), one}
}

// lint is our command, whatever configuration lies around path.
func (t tools) lint(path string) command {
	return command{tool: ours, args: []string{t.clauselint, "--isolated", "--fail-on", "never", path}}
}

// present are those commands whose program is there.
func present(all []command) []command {
	var there []command
	for _, c := range all {
		if c.args[0] != "" {
			there = append(there, c)
		}
	}
	return there
}

// countHits is the number of phrases that each peer printed in its last run, a line each.
func (r *runner) countHits(tool string) (int, error) {
	data, err := os.ReadFile(r.output(tool))
	if err != nil {
		return 0, err
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		// What textlint prints at the end is no hit.
		if tool != textlint || strings.Contains(line, "[Error/") {
			n++
		}
	}
	return n, nil
}
