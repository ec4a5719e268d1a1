package config

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// WaiversName is the name of the file that holds the waivers for a folder.
const WaiversName = "clauselint.waivers.yaml"

// Waivers is a file of waivers.
type Waivers struct {
	// Path is where it was read from.
	Path string
	// Data is the file itself.
	Data []byte
	List []Waiver
}

// Waiver lets one finding in one file pass.
type Waiver struct {
	// Fingerprint and Rule are those of the finding; Quote is its words, for people.
	Fingerprint, Rule, Quote string
	// File is the file that it is in, as valid as the path of the waivers.
	File string
	// Reason is why, By who answers for it; Until is the last day on which it holds, as
	// YYYY-MM-DD, empty for always.
	Reason, By, Until string
	// Line is where it begins, from 1.
	Line int
}

// FindWaivers is the path of the waivers for the files of dir, looked for as [Find] does;
// empty if there are none.
func FindWaivers(dir string) (string, error) {
	return find(dir, "a list of waivers", []string{WaiversName})
}

// ReadWaivers reads the waivers at path. Its errors are as those of [Read].
func ReadWaivers(path string, known Known) (*Waivers, error) {
	data, err := readFile(path)
	if err != nil {
		return nil, err
	}
	return ParseWaivers(path, data, known)
}

// ParseWaivers reads waivers that were read from path. Its errors are as those of [Parse].
func ParseWaivers(path string, data []byte, known Known) (*Waivers, error) {
	p := &parser{path: path, known: known}
	root, err := p.document(data)
	if err != nil {
		return nil, err
	}
	w := &Waivers{Path: path, Data: data}
	m := p.mapping(root, "a list of waivers", []string{"version", "waivers"})
	p.version(root, m)
	if n := m.get("waivers"); n != nil && p.plain(n) {
		if n.Kind != yaml.SequenceNode {
			p.fail(n, "waivers must be a list, each item with `fingerprint`, not %s", kindOf(n))
		} else {
			for _, item := range n.Content {
				w.List = append(w.List, p.waiver(item))
			}
		}
	}
	if len(p.mistakes) > 0 {
		return nil, p.joined()
	}
	return w, nil
}

var fingerprint = regexp.MustCompile(`^[0-9a-f]{16}$`)

// waiver reads one waiver. What it is for and who answers for it must be there.
func (p *parser) waiver(n *yaml.Node) Waiver {
	m := p.mapping(n, "a waiver", []string{"fingerprint", "rule", "file", "quote", "reason", "by", "until"})
	get := func(name string, needed bool) (*yaml.Node, string) {
		v := m.get(name)
		if v == nil {
			if needed && n.Kind == yaml.MappingNode {
				p.fail(n, "a waiver without %s; it needs fingerprint, rule, file, quote, reason and by", name)
			}
			return nil, ""
		}
		text, _ := p.text(v, name)
		return v, text
	}
	w := Waiver{Line: n.Line}
	at, print := get("fingerprint", true)
	if print != "" && !fingerprint.MatchString(print) {
		p.fail(at, "the fingerprint %q; want the 16 digits that the JSON report gives", print)
	}
	w.Fingerprint = print
	at, w.Rule = get("rule", true)
	if w.Rule != "" && len(p.known.Rules) > 0 && !slices.Contains(p.known.Rules, w.Rule) {
		p.fail(at, "unknown rule %q; %s", w.Rule, suggest(w.Rule, p.known.Rules))
	}
	if at, file := get("file", true); file != "" {
		w.File = p.resolve(at)
		if strings.ContainsAny(file, "*?[{") {
			p.fail(at, "%q is a pattern; a waiver is for one finding in one file", file)
		}
		w.File = filepath.Clean(w.File)
	}
	_, w.Quote = get("quote", true)
	_, w.Reason = get("reason", true)
	_, w.By = get("by", true)
	at, w.Until = get("until", false)
	if _, err := time.Parse(time.DateOnly, w.Until); err != nil && w.Until != "" {
		p.fail(at, "until %q; want a day as 2026-12-31", w.Until)
	}
	return w
}
