package config

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/bmatcuk/doublestar/v4"
	"go.yaml.in/yaml/v3"

	"github.com/clauselint/clauselint/clauses"
)

const (
	// maxSize is far more than a configuration needs.
	maxSize = 1 << 20
	// maxBraces keeps a pattern from standing for millions.
	maxBraces = 4
	// maxChain is how many files may lead to one that is extended.
	maxChain = 8
	// maxErrors is how many mistakes are told at once.
	maxErrors = 10
)

// Known are the names that a file may use. Where there are none, any may be used.
type Known struct{ Facts, Rules []string }

// Read reads the configuration at path with those that it extends. Its errors begin with
// the path of the file that they are about.
func Read(path string, known Known) (*Config, error) {
	return read(path, known, nil)
}

// read reads the configuration that the files of the chain extend one through the other.
func read(path string, known Known, chain []string) (*Config, error) {
	data, err := readFile(path)
	if err != nil {
		return nil, err
	}
	p := &parser{path: path, known: known}
	c, err := p.parse(data)
	if err != nil {
		return nil, err
	}
	if c.Extends, err = p.extended(append(chain, path)); err != nil {
		return nil, err
	}
	for _, base := range c.Extends {
		if c.Rules == nil {
			c.Rules = base.Rules
		}
		if c.Baseline == "" {
			c.Baseline = base.Baseline
		}
	}
	return c, nil
}

func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, pathFirst(path, err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxSize+1))
	if err != nil {
		return nil, pathFirst(path, err)
	}
	return data, nil
}

// Parse reads a configuration that was read from path, without those that it extends.
// Each mistake is an error of the form "path:line:column: what is wrong; what helps";
// several are joined.
func Parse(path string, data []byte, known Known) (*Config, error) {
	return (&parser{path: path, known: known}).parse(data)
}

func (p *parser) parse(data []byte) (*Config, error) {
	root, err := p.document(data)
	if err != nil {
		return nil, err
	}
	c := &Config{Path: p.path}
	p.config(c, root)
	if len(p.mistakes) > 0 {
		return nil, p.joined()
	}
	return c, nil
}

type parser struct {
	path     string
	known    Known
	bases    []*yaml.Node // the paths that the file extends
	mistakes []mistake
}

// extended reads the files that p's file extends. The chain is those that lead to them.
func (p *parser) extended(chain []string) ([]*Config, error) {
	var out []*Config
	for _, n := range p.bases {
		path := p.resolve(n)
		switch info, err := os.Stat(path); {
		case err != nil:
			p.fail(n, "extends %s: %v", path, bare(err))
			continue
		case slices.ContainsFunc(chain, func(other string) bool {
			was, err := os.Stat(other)
			return err == nil && os.SameFile(info, was)
		}):
			p.fail(n, "extends %s, which extends this file; take one of the two away", path)
			continue
		case len(chain) > maxChain:
			p.fail(n, "extends a file through more than %d others; shorten the chain", maxChain)
			continue
		}
		base, err := read(path, p.known, chain)
		if err != nil {
			return nil, err
		}
		out = append(out, base)
	}
	if len(p.mistakes) > 0 {
		return nil, p.joined()
	}
	return out, nil
}

// resolve is a path of the file, as valid as the path of the file itself.
func (p *parser) resolve(n *yaml.Node) string {
	path := filepath.FromSlash(strings.TrimSpace(n.Value))
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(p.path), path)
}

func (p *parser) at(n *yaml.Node) Place { return Place{p.path, n.Line} }

// mistake is what is wrong at a place of the file.
type mistake struct {
	line, column int
	text         string
}

func (p *parser) fail(n *yaml.Node, format string, args ...any) {
	p.mistakes = append(p.mistakes, mistake{n.Line, n.Column, fmt.Sprintf(format, args...)})
}

// joined is the first mistakes as one error. They are found by key, and read from the
// top.
func (p *parser) joined() error {
	slices.SortStableFunc(p.mistakes, func(a, b mistake) int {
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.column, b.column))
	})
	var errs []error
	for _, m := range p.mistakes[:min(len(p.mistakes), maxErrors)] {
		errs = append(errs, fmt.Errorf("%s:%d:%d: %s", p.path, m.line, m.column, m.text))
	}
	return errors.Join(errs...)
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line ([0-9]+): )?(?s:(.*))$`)

// document is the one YAML document of data.
func (p *parser) document(data []byte) (root *yaml.Node, err error) {
	at := func(line int, format string, args ...any) error {
		return fmt.Errorf("%s:%d:1: %s", p.path, line, fmt.Sprintf(format, args...))
	}
	syntax := func(err error) error {
		line, text := 1, err.Error()
		if m := yamlLine.FindStringSubmatch(text); m != nil {
			line, _ = strconv.Atoi(m[1])
			text = m[2]
		}
		if strings.HasPrefix(text, "did not find expected") {
			line++ // these errors of the library count lines from 0, the others from 1
		}
		last := 1 + bytes.Count(bytes.TrimSuffix(data, []byte("\n")), []byte("\n"))
		return at(min(max(line, 1), last), "%s; check indentation, quotes and colons near it", text)
	}
	if len(data) > maxSize {
		return nil, at(1, "more than 1 MB; a configuration is a page or two")
	}
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	if i := unprintable(data); i >= 0 {
		line := bytes.LastIndexByte(data[:i], '\n') + 1 // where the line begins
		n := &yaml.Node{Line: 1 + bytes.Count(data[:i], []byte("\n")), Column: 1 + utf8.RuneCount(data[line:i])}
		if r, size := utf8.DecodeRune(data[i:]); r == utf8.RuneError && size == 1 {
			p.fail(n, "no UTF-8 text; save the file as UTF-8")
		} else {
			p.fail(n, "the control character %U; take it away", r)
		}
		return nil, p.joined()
	}
	defer func() { // a parser run on whatever a file holds
		if r := recover(); r != nil {
			root, err = nil, at(1, "the YAML cannot be read (%v); simplify it", r)
		}
	}()
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var doc, more yaml.Node
	switch err := decoder.Decode(&doc); {
	case errors.Is(err, io.EOF) || err == nil && len(doc.Content) == 0:
		return nil, at(1, "the file is empty; begin it with `version: %d`", Version)
	case err != nil:
		return nil, syntax(err)
	}
	switch err := decoder.Decode(&more); {
	case err == nil:
		return nil, at(max(more.Line, 1), "a second document; a file holds one configuration")
	case !errors.Is(err, io.EOF):
		return nil, syntax(err)
	}
	return doc.Content[0], nil
}

// unprintable is where data holds what no text file should; -1 if nowhere.
func unprintable(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 || isControl(r) && r != '\n' && r != '\r' {
			return i
		}
		i += size
	}
	return -1
}

// isControl holds for what a terminal or an editor obeys or hides, so that a reader
// sees other text than the program.
func isControl(r rune) bool {
	switch r {
	case '\t':
		return false
	case '\u2028', '\u2029', '\uFFFE', '\uFFFF': // ends of lines to some, and no characters
		return true
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
}

// mapping is the keys and values of a mapping, in the order of the file.
type mapping []field

type field struct{ key, value *yaml.Node }

// get is the value of a key; nil if it is not there.
func (m mapping) get(name string) *yaml.Node {
	for _, f := range m {
		if f.key.Value == name {
			return f.value
		}
	}
	return nil
}

// mapping reads a mapping whose keys must be among those given, if any are.
func (p *parser) mapping(n *yaml.Node, what string, keys []string) (m mapping) {
	if !p.plain(n) {
		return nil
	}
	if n.Kind != yaml.MappingNode {
		p.fail(n, "%s must be lines of `key: value`, not %s", what, kindOf(n))
		return nil
	}
	lines := make(map[string]int)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		switch name := key.Value; {
		case !p.plain(key):
		case key.Kind != yaml.ScalarNode || strings.ContainsFunc(name, isControl):
			p.fail(key, "a key must be a word")
		case lines[name] > 0:
			p.fail(key, "%q stands here a second time, after line %d; keep one of the two", name, lines[name])
		case len(keys) > 0 && !slices.Contains(keys, name):
			p.fail(key, "unknown key %q; %s", name, suggest(name, keys))
		default:
			lines[name] = key.Line
			m = append(m, field{key, n.Content[i+1]})
		}
	}
	return m
}

// plain refuses the parts of YAML that make a file hard to read.
func (p *parser) plain(n *yaml.Node) bool {
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		p.fail(n, "anchors and aliases are not read; write the value out")
	case n.Style&yaml.TaggedStyle != 0:
		p.fail(n, "the tag %s is not read; take it away", n.Tag)
	default:
		return true
	}
	return false
}

// text is the value of a scalar that must not be empty.
func (p *parser) text(n *yaml.Node, what string) (string, bool) {
	if !p.plain(n) {
		return "", false
	}
	if n.Kind != yaml.ScalarNode {
		p.fail(n, "%s must be text, not %s", what, kindOf(n))
		return "", false
	}
	v := strings.TrimSpace(n.Value)
	switch {
	case v == "" || n.Tag == "!!null":
		p.fail(n, "%s is empty; give it, or take the line away", what)
		return "", false
	case strings.ContainsAny(v, "\n\r"):
		p.fail(n, "%s is more than one line; write it on one", what)
		return "", false
	case strings.ContainsFunc(v, isControl): // written as an escape, "\e"
		r, _ := utf8.DecodeRuneInString(v[strings.IndexFunc(v, isControl):])
		p.fail(n, "%s holds the control character %U; take it away", what, r)
		return "", false
	}
	return v, true
}

// texts is a text or a list of texts.
func (p *parser) texts(n *yaml.Node, what string) (nodes []*yaml.Node) {
	if n.Kind != yaml.SequenceNode {
		if _, ok := p.text(n, what); ok {
			nodes = append(nodes, n)
		}
		return nodes
	}
	if p.plain(n) && len(n.Content) == 0 {
		p.fail(n, "%s is empty; give it, or take the line away", what)
	}
	for _, item := range n.Content {
		if _, ok := p.text(item, what); ok {
			nodes = append(nodes, item)
		}
	}
	return nodes
}

func kindOf(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "lines of `key: value`"
	case yaml.SequenceNode:
		return "a list"
	}
	return "text"
}

func (p *parser) config(c *Config, root *yaml.Node) {
	m := p.mapping(root, "a configuration", []string{"version", "extends", "rules", "baseline", "exclude", "kind", "severities", "facts", "overrides", "flows"})
	p.version(root, m)
	if n := m.get("extends"); n != nil {
		p.bases = p.texts(n, "extends")
	}
	if n := m.get("rules"); n != nil {
		for _, item := range p.texts(n, "rules") {
			c.Rules = append(c.Rules, p.resolve(item))
		}
	}
	if n := m.get("baseline"); n != nil {
		if _, ok := p.text(n, "baseline"); ok {
			c.Baseline = p.resolve(n)
		}
	}
	if n := m.get("exclude"); n != nil {
		c.exclude = p.patterns(n, "exclude")
	}
	c.settings = p.settings(m)
	if n := m.get("flows"); n != nil {
		c.Flows = p.flows(n)
	}
	if n := m.get("overrides"); n != nil && p.plain(n) {
		if n.Kind != yaml.SequenceNode {
			p.fail(n, "overrides must be a list, each item with `files`, not %s", kindOf(n))
			return
		}
		for _, item := range n.Content {
			c.overrides = append(c.overrides, p.override(item))
		}
	}
}

// version demands that the file says which version of its format it is.
func (p *parser) version(root *yaml.Node, m mapping) {
	if n := m.get("version"); n != nil {
		if v, ok := p.text(n, "version"); ok && v != strconv.Itoa(Version) {
			p.fail(n, "version %s; this program reads version %d", v, Version)
		}
	} else if root.Kind == yaml.MappingNode {
		p.fail(root, "no version; begin the file with `version: %d`", Version)
	}
}

func (p *parser) settings(m mapping) (s Settings) {
	if n := m.get("kind"); n != nil {
		if kind, ok := p.text(n, "kind"); ok {
			s.Kind, s.KindAt = clauses.DocumentKind(kind), p.at(n)
			if !slices.Contains(clauses.DocumentKinds, s.Kind) {
				p.fail(n, "unknown kind %q; %s", kind, suggest(kind, kinds()))
			}
		}
	}
	if n := m.get("severities"); n != nil {
		s.Severities = make(map[string]Severity)
		for _, f := range p.mapping(n, "severities", p.known.Rules) {
			s.Severities[f.key.Value] = p.severity(f.value)
		}
	}
	if n := m.get("facts"); n != nil {
		s.Facts = make(map[string]Answer)
		for _, f := range p.mapping(n, "facts", p.known.Facts) {
			s.Facts[f.key.Value] = p.answer(f.key, f.value)
		}
	}
	return s
}

// levels are the severities that a rule can be given.
var levels = map[string]clauses.Severity{"error": clauses.Error, "warning": clauses.Warning, "note": clauses.Note, "off": 0}

func (p *parser) severity(n *yaml.Node) Severity {
	text, ok := p.text(n, "the severity")
	level, known := levels[text]
	if ok && !known {
		p.fail(n, "unknown severity %q; %s", text, suggest(text, []string{"error", "warning", "note", "off"}))
	}
	return Severity{level, p.at(n)}
}

// kinds are the names of the kinds of document.
func kinds() []string {
	names := make([]string, len(clauses.DocumentKinds))
	for i, k := range clauses.DocumentKinds {
		names[i] = string(k)
	}
	return names
}

func (p *parser) override(n *yaml.Node) (o override) {
	m := p.mapping(n, "an override", []string{"files", "kind", "severities", "facts"})
	if files := m.get("files"); files != nil {
		o.files = p.patterns(files, "files")
	} else if n.Kind == yaml.MappingNode {
		p.fail(n, "an override without files; say which with `files: [\"…\"]`")
	}
	o.Settings = p.settings(m)
	return o
}

// patterns reads one pattern or several.
func (p *parser) patterns(n *yaml.Node, what string) (out []Pattern) {
	for _, item := range p.texts(n, what) {
		pattern := strings.TrimPrefix(strings.TrimSpace(item.Value), "./")
		if !doublestar.ValidatePattern(pattern) {
			p.fail(item, "%q is no pattern; close its brackets, or put \\ before them", item.Value)
			continue
		}
		if strings.Count(pattern, "{") > maxBraces {
			p.fail(item, "%q has more than %d braces; write several patterns", item.Value, maxBraces)
			continue
		}
		if !strings.Contains(pattern, "/") {
			pattern = "**/" + pattern // in any folder, as in .gitignore
		}
		out = append(out, Pattern{pattern, p.at(item)})
	}
	return out
}

// answer reads one fact. Who established it, when and where it is written down is not
// to be left out: a verdict rests on it.
func (p *parser) answer(key, n *yaml.Node) Answer {
	a := Answer{At: p.at(key)}
	m := p.mapping(n, "the fact "+key.Value, []string{"answer", "owner", "date", "source"})
	get := func(name string) (*yaml.Node, string) {
		v := m.get(name)
		if v == nil {
			if n.Kind == yaml.MappingNode {
				p.fail(key, "the fact %s has no %s; a fact needs answer, owner, date and source", key.Value, name)
			}
			return nil, ""
		}
		text, _ := p.text(v, name)
		return v, text
	}
	switch v, text := get("answer"); strings.ToLower(text) {
	case "yes", "true", "是":
		a.Yes = true
	case "", "no", "false", "否":
	default:
		p.fail(v, "the answer %q; want yes or no", text)
	}
	_, a.Owner = get("owner")
	v, date := get("date")
	if _, err := time.Parse(time.DateOnly, date); err != nil && date != "" {
		p.fail(v, "the date %q; want a day as 2026-10-01", date)
	}
	a.Date = date
	_, a.Source = get("source")
	return a
}

// suggest says what a wrong name may have meant.
func suggest(name string, known []string) string {
	if best := clauses.Nearest(name, known); best != "" {
		return fmt.Sprintf("did you mean %q?", best)
	}
	if len(known) > 12 {
		return "`clauselint rules` lists what there is"
	}
	return "want one of " + strings.Join(known, ", ")
}
