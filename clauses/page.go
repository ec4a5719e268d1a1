package clauses

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// parseRule reads a rule page. Its form:
//
//	# 中文标题 / English title
//	```rule                  severity, basis, when, unless, softer, absorbs,
//	                         only, where, looked, concerns
//	## 一句话                 ## In one sentence
//	## 为什么                 ## Why
//	## 合规写法               ## Ask for instead
//	## 例 / Examples         ```flagged zh, ```clean zh, ```flagged en, ```clean en
func (l *Library) parseRule(name, page string) (*Rule, error) {
	r := &Rule{ID: strings.TrimSuffix(name, ".md"), Page: page}
	p := pageOf(name, page)
	for _, s := range p.sections {
		switch s.heading {
		case "一句话":
			r.Message.Zh = s.prose
		case "In one sentence":
			r.Message.En = s.prose
		case "为什么":
			r.Why.Zh = s.prose
		case "Why":
			r.Why.En = s.prose
		case "合规写法":
			r.Rewrite.Zh = s.prose
		case "Ask for instead":
			r.Rewrite.En = s.prose
		case "例 / Examples":
		default:
			return nil, fmt.Errorf("%s:%d: no section %q in a rule page%s", name, s.line, s.heading, nearest(s.heading, ruleSections))
		}
	}
	var ok bool
	if r.Title, ok = p.title(); !ok {
		return nil, fmt.Errorf("%s:1: the title is not \"# 中文 / English\"", name)
	}
	block := 1
	for _, b := range p.blocks {
		switch kind, rest, _ := strings.Cut(b.info, " "); kind {
		case "rule":
			block = b.line
			if err := l.parseBlock(r, b, name); err != nil {
				return nil, err
			}
		case "flagged", "clean":
			like, err := l.parseExample(rest)
			if err != nil {
				return nil, fmt.Errorf("%s:%d: ```%s %w", name, b.line, b.info, err)
			}
			for _, ex := range paragraphs(b) {
				at := like
				at.Text, at.Line, at.Flagged = ex.Text, ex.Line, kind == "flagged"
				r.Examples = append(r.Examples, at)
			}
		default:
			return nil, fmt.Errorf("%s:%d: no block ```%s in a rule page%s", name, b.line, b.info, nearest(kind, []string{"rule", "flagged", "clean"}))
		}
	}
	switch {
	case r.Severity == 0:
		return nil, fmt.Errorf("%s:%d: no severity in a ```rule block", name, block)
	case len(r.When) == 0:
		return nil, fmt.Errorf("%s:%d: no \"when:\" in the ```rule block", name, block)
	case len(r.Basis) == 0 && r.Textual():
		return nil, fmt.Errorf("%s:%d: no \"basis:\" in the ```rule block", name, block)
	case r.Message.Zh == "":
		return nil, fmt.Errorf("%s:1: the section \"## 一句话\" is missing or empty", name)
	case r.Message.En == "":
		return nil, fmt.Errorf("%s:1: the section \"## In one sentence\" is missing or empty", name)
	}
	return r, nil
}

// ruleSections are the headings of a rule page.
var ruleSections = []string{"一句话", "In one sentence", "为什么", "Why", "合规写法", "Ask for instead", "例 / Examples"}

// parseBlock reads the ```rule block: one "key: value" a line.
func (l *Library) parseBlock(r *Rule, b codeBlock, name string) error {
	for i, line := range strings.Split(b.text, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		key, value, ok := strings.Cut(line, ":")
		key, value = strings.TrimSpace(key), strings.TrimSpace(value)
		if !ok {
			return fmt.Errorf("%s:%d: %q is not \"key: value\"", name, b.line+1+i, line)
		}
		var err error
		switch key {
		case "severity":
			r.Severity, err = parseSeverity(value)
		case "basis":
			r.Basis, err = parseBasis(value)
		case "when":
			var c Condition
			c, err = l.parseCondition(value)
			r.When = append(r.When, c)
		case "softer":
			var s Softening
			s, err = l.parseSoftening(value)
			r.Softer = append(r.Softer, s)
		case "unless":
			r.Unless, err = l.concepts(value)
		case "only":
			r.Only, err = l.concepts(value)
		case "where":
			r.Where, err = l.concepts(value)
		case "looked":
			r.Looked, err = l.concepts(value)
		case "concerns":
			if r.Anything = value == "anything"; !r.Anything {
				err = fmt.Errorf("%q is not \"anything\"", value)
			}
		case "absorbs":
			for _, id := range strings.Split(value, ",") {
				r.Absorbs = append(r.Absorbs, strings.TrimSpace(id))
			}
		default:
			err = fmt.Errorf("no key %q (severity, basis, when, unless, softer, absorbs, only, where, looked, concerns)", key)
		}
		if err != nil {
			return fmt.Errorf("%s:%d: %w", name, b.line+1+i, err)
		}
	}
	return nil
}

func parseSeverity(s string) (Severity, error) {
	for _, v := range []Severity{Note, Warning, Error} {
		if v.String() == s {
			return v, nil
		}
	}
	return 0, fmt.Errorf("no severity %q (error, warning, note)", s)
}

// concepts reads names with commas between.
func (l *Library) concepts(s string) ([]Concept, error) {
	var out []Concept
	for _, n := range strings.Split(s, ",") {
		c, err := l.Lexicon.lookup(strings.TrimSpace(n))
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// parseBasis reads "pipl:15, pipl:16; supports spc-frt-2021:11".
func parseBasis(s string) ([]Citation, error) {
	var out []Citation
	s = strings.Replace(s, "; supports ", ", ", 1)
	for _, f := range strings.Split(s, ",") {
		ins, art, ok := strings.Cut(strings.TrimSpace(f), ":")
		if !ok || ins == "" || art == "" {
			return nil, fmt.Errorf("%q is not instrument:article", f)
		}
		out = append(out, Citation{ins, art})
	}
	return out, nil
}

// parseCondition reads
//
//	grant, at least 2 of PERPETUAL or SOFT PERPETUAL, IRREVOCABLE, SUBLICENSABLE
//	consent, BUNDLED
//	condition
//	discrepancy
//	term, SOLD, GIVEN TO OTHERS
//	missing, RETENTION
//	unmarked, LIABILITY WAIVER, DAMAGES CAP
func (l *Library) parseCondition(s string) (Condition, error) {
	act, rest, _ := strings.Cut(s, ",")
	c := Condition{Act: strings.TrimSpace(act)}
	if acts := append(slices.Clone(textActs), besideActs...); !slices.Contains(acts, c.Act) {
		return c, fmt.Errorf("no act %q (%s)", c.Act, strings.Join(acts, ", "))
	}
	rest = strings.TrimSpace(rest)
	if rest == "" {
		return c, nil
	}
	c.AtLeast = 1
	if tail, ok := strings.CutPrefix(rest, "at least "); ok {
		n, list, ok := strings.Cut(tail, " of ")
		k, err := strconv.Atoi(n)
		if !ok || err != nil || k < 1 {
			return c, fmt.Errorf("%q is not \"at least N of …\"", rest)
		}
		c.AtLeast, rest = k, list
	}
	for _, q := range strings.Split(rest, ",") {
		var alt []Concept
		for _, name := range strings.Split(q, " or ") {
			x, err := l.Lexicon.lookup(strings.TrimSpace(name))
			if err != nil {
				return c, err
			}
			alt = append(alt, x)
		}
		c.Qualities = append(c.Qualities, alt)
	}
	return c, nil
}

// textActs are what a rule can find in the text of a document, besideActs what is seen
// beside it: in waivers, or between the texts that a person meets on one way.
var (
	textActs   = []string{"grant", "consent", "condition", "discrepancy", "term", "missing", "unmarked", "blank"}
	besideActs = []string{
		"unused waiver", "expired waiver",
		"flow one consent", "flow pre-ticked", "flow contradiction", "flow absent document", "flow precedence",
	}
)

// parseSoftening reads "likeness: note", "lacks FREELY: warning" or "lacks BUILDING and
// outside property: warning". The severity none is silence.
func (l *Library) parseSoftening(s string) (Softening, error) {
	i := strings.LastIndex(s, ":")
	if i < 0 {
		return Softening{}, fmt.Errorf("%q is not \"case: severity\"", s)
	}
	var out Softening
	var err error
	if to := strings.TrimSpace(s[i+1:]); to != "none" {
		if out.To, err = parseSeverity(to); err != nil {
			return out, fmt.Errorf("%w, or none", err)
		}
	}
	for _, part := range strings.Split(s[:i], " and ") {
		c, err := l.parseCase(strings.TrimSpace(part))
		if err != nil {
			return out, err
		}
		out.Cases = append(out.Cases, c)
	}
	return out, nil
}

// parseCase reads one case of a softening.
func (l *Library) parseCase(s string) (Case, error) {
	what, rest, _ := strings.Cut(s, " ")
	c := Case{When: CaseKind(what)}
	rest = strings.TrimSpace(rest)
	var err error
	switch c.When {
	case WhenLikeness, WhenDefined, WhenContrary, WhenBusiness, WhenElsewhere:
	case WhenLacks:
		c.Concepts, err = l.concepts(rest)
	case WhenIn, WhenOutside:
		if c.Kind = DocumentKind(rest); !slices.Contains(DocumentKinds, c.Kind) {
			var known []string
			for _, k := range DocumentKinds {
				known = append(known, string(k))
			}
			err = fmt.Errorf("no kind of document %q%s (%s)", rest, nearest(rest, known), strings.Join(known, ", "))
		}
	case WhenFact:
		c.Fact, c.Answer, _ = strings.Cut(rest, " ")
		if l.Fact(c.Fact) == nil {
			err = fmt.Errorf("no page facts/%s.md%s", c.Fact, nearest(c.Fact, l.FactIDs()))
		} else if !slices.Contains([]string{"yes", "no", "unknown"}, c.Answer) {
			err = fmt.Errorf("%q is not \"fact ID yes\", no or unknown", s)
		}
	default:
		err = fmt.Errorf("no case %q (likeness, defined, contrary, business, elsewhere, lacks, in, outside, fact)", what)
	}
	return c, err
}

// parseExample reads what stands behind "flagged" or "clean": a language and what is
// known besides the text, as in "zh markdown" or "en kind=property many-faces=yes".
func (l *Library) parseExample(s string) (Example, error) {
	var x Example
	words := strings.Fields(s)
	if len(words) == 0 || words[0] != "zh" && words[0] != "en" {
		return x, errors.New("needs a language, zh or en")
	}
	x.Lang = words[0]
	for _, w := range words[1:] {
		key, value, _ := strings.Cut(w, "=")
		switch {
		case w == "markdown":
			x.Markdown = true
		case key == "kind" && slices.Contains(DocumentKinds, DocumentKind(value)):
			x.Kind = DocumentKind(value)
		case l.Fact(key) != nil && (value == "yes" || value == "no"):
			x.Facts = append(x.Facts, Given{key, value == "yes"})
		default:
			return x, fmt.Errorf("has %q, which is none of markdown, kind=KIND, FACT=yes and FACT=no", w)
		}
	}
	return x, nil
}

// paragraphs cuts an example block at its blank lines.
func paragraphs(b codeBlock) []Example {
	var out []Example
	line := b.line
	for _, p := range strings.Split(b.text, "\n\n") {
		if t := strings.Trim(p, "\n"); t != "" {
			out = append(out, Example{Text: t, Line: line + 1 + strings.Count(p[:strings.Index(p, t)], "\n")})
		}
		line += strings.Count(p, "\n") + 2
	}
	return out
}

// page is a Markdown page taken apart by its headings.
type page struct {
	heading  string // the first-level one
	sections []section
	blocks   []codeBlock
}

type section struct {
	heading string
	level   int
	line    int
	prose   string // paragraphs and quotes, blank lines between
	quote   string // block quotes only
	blocks  []codeBlock
}

type codeBlock struct {
	info, text string
	line       int // of the opening fence, from 1
}

func (p *page) title() (Text, bool) {
	zh, en, ok := strings.Cut(p.heading, " / ")
	return Text{strings.TrimSpace(zh), strings.TrimSpace(en)}, ok && zh != "" && en != ""
}

func pageOf(name, source string) page {
	src := []byte(source)
	root := goldmark.DefaultParser().Parse(text.NewReader(src))
	var p page
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		var cur *section
		if len(p.sections) > 0 {
			cur = &p.sections[len(p.sections)-1]
		}
		switch n := n.(type) {
		case *ast.Heading:
			h := plain(n, src)
			if n.Level == 1 {
				p.heading = h
			} else {
				p.sections = append(p.sections, section{heading: h, level: n.Level, line: lineOf(n, source)})
			}
		case *ast.FencedCodeBlock:
			b := codeBlock{line: lineOf(n, source) - 1}
			if n.Info != nil {
				b.info = string(n.Info.Segment.Value(src))
			}
			b.text = string(n.Lines().Value(src))
			p.blocks = append(p.blocks, b)
			if cur != nil {
				cur.blocks = append(cur.blocks, b)
			}
		case *ast.Blockquote:
			for c := n.FirstChild(); c != nil && cur != nil; c = c.NextSibling() {
				cur.prose = joinBlank(cur.prose, plain(c, src))
				cur.quote = joinBlank(cur.quote, plain(c, src))
			}
		default:
			if cur != nil {
				cur.prose = joinBlank(cur.prose, plain(n, src))
			}
		}
	}
	return p
}

func joinBlank(a, b string) string {
	if a == "" {
		return b
	}
	return a + "\n\n" + b
}

// plain is the source of a block without quote markers.
func plain(n ast.Node, src []byte) string {
	if n.Type() != ast.TypeBlock || n.Lines() == nil {
		return ""
	}
	return strings.TrimSpace(string(n.Lines().Value(src)))
}

// lineOf is the line of n's first text, from 1.
func lineOf(n ast.Node, source string) int {
	if n.Lines() == nil || n.Lines().Len() == 0 {
		return 0
	}
	return strings.Count(source[:n.Lines().At(0).Start], "\n") + 1
}
