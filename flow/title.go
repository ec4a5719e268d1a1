package flow

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clauselint/clauselint/document"
)

// longestTitle is how long a title is at most, in characters.
const longestTitle = 60

// titlesOf is what a document can be called: its first headings, its first line, the name
// of its file.
func titlesOf(d *document.Document) []string {
	var out []string
	for i, b := range d.Blocks {
		text := d.Quote(b.Span)
		if (i == 0 || b.Kind == document.Heading && b.Level <= 1) && utf8.RuneCountInString(text) <= longestTitle {
			out = append(out, plainTitle(text))
		}
		if i > 20 {
			break
		}
	}
	name := filepath.Base(d.Name)
	return append(out, plainTitle(strings.NewReplacer("-", " ", "_", " ").Replace(strings.TrimSuffix(name, filepath.Ext(name)))))
}

// plainTitle is a title as titles are compared: lower-case letters, digits and Chinese
// characters alone.
func plainTitle(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

var (
	marked = regexp.MustCompile(`《([^《》\n]{2,60})》`)
	named  = regexp.MustCompile(`\b(?:our|Our|the|The|and|to|To|in|In|with|this|This)\s+((?:[A-Z][\w’'-]*\s+){1,5}?(?:Policy|Notice|Agreement|Statement|Terms of Use|Terms of Service|Terms and Conditions|Consent Form|Guidelines|Rules))\b`)
	// ofLaw are the ends of the names of laws and standards.
	ofLaw = regexp.MustCompile(`(法|法典|条例|规定|办法|解释|细则|决定|标准|规范|指南|要求)$`)
)

// namesIn is the documents that a text names, as written, each once.
func namesIn(d *document.Document) []string {
	var out []string
	for _, re := range []*regexp.Regexp{marked, named} {
		for _, m := range re.FindAllStringSubmatch(d.Text, -1) {
			if name := strings.Join(strings.Fields(m[1]), " "); !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}

// aboutFaces reports whether a title says that the document is about face data.
func aboutFaces(title string) bool {
	t := plainTitle(title)
	return slices.ContainsFunc([]string{"人脸", "面部", "刷脸", "脸部", "人臉", "面容", "facial", "facedata", "facerecognition", "faceprocessing", "biometric", "生物识别"},
		func(w string) bool { return strings.Contains(t, w) })
}

// isCalled reports whether a document goes by the name.
func (s *Step) isCalled(name string) bool {
	n := plainTitle(name)
	return slices.ContainsFunc(s.titles, func(title string) bool {
		short, long := n, title
		if len(short) > len(long) {
			short, long = long, short
		}
		return len(short) >= 6 && strings.Contains(long, short)
	})
}

// absent looks for documents that a step names and no step shows.
func (c *check) absent() {
	told := map[string]bool{}
	for _, s := range c.steps {
		for _, name := range namesIn(s.Doc) {
			key := plainTitle(name)
			if told[key] || ofLaw.MatchString(name) || c.library.Called(name) || slices.ContainsFunc(c.steps, func(o *Step) bool { return o.isCalled(name) }) {
				continue
			}
			told[key] = true
			at := strings.Index(s.Doc.Text, name)
			where := s.At.Path
			if at >= 0 {
				where = c.place(s, document.Span{Start: at, End: at + len(name)})
			}
			c.fault("flow-absent-document", s.At, map[string]string{"a": where, "b": c.word("《"+name+"》", "“"+name+"”")})
		}
	}
}

// prevailing is a sentence that says which text prevails: zh has the title or 本…, en the
// words before the verb.
var (
	prevailsZh = regexp.MustCompile(`以(?:《([^《》\n]{2,60})》|(本[^，。；、为\n]{1,12}?))(?:的(?:约定|规定|内容|表述))?为准`)
	prevailsEn = regexp.MustCompile(`(?i)\b((?:this|the|our)\s+[\w’' -]{3,60}?)\s+(?:shall\s+|will\s+)?(?:prevail|prevails|take precedence|takes precedence|control|controls)\b`)
)

// precedenceOf is where a step says which text prevails, and whether that is itself.
func (s *Step) precedenceOf() (at document.Span, itself, ok bool) {
	if m := prevailsZh.FindStringSubmatchIndex(s.Doc.Text); m != nil {
		itself = m[2] < 0 || s.isCalled(s.Doc.Text[m[2]:m[3]])
		return document.Span{Start: m[0], End: m[1]}, itself, true
	}
	if m := prevailsEn.FindStringSubmatchIndex(s.Doc.Text); m != nil {
		who := s.Doc.Text[m[2]:m[3]]
		itself = strings.HasPrefix(strings.ToLower(who), "this") || s.isCalled(strings.TrimSpace(who[strings.IndexByte(who, ' '):]))
		return document.Span{Start: m[0], End: m[1]}, itself, true
	}
	return at, false, false
}

// precedence looks for texts that each say that they prevail.
func (c *check) precedence() {
	var first *Step
	var at document.Span
	for _, s := range c.steps {
		span, itself, ok := s.precedenceOf()
		switch {
		case !ok || !itself:
		case first == nil:
			first, at = s, span
		default:
			c.fault("flow-precedence", first.At, map[string]string{"a": c.place(first, at), "b": c.place(s, span)})
		}
	}
}

// whichPrevails says which text prevails where two differ.
func (c *check) whichPrevails() string {
	for _, s := range c.steps {
		if at, _, ok := s.precedenceOf(); ok {
			return c.word("约定的优先顺序：", "It is laid down: ") + c.place(s, at) + c.word("。", ".")
		}
	}
	return c.word("没有写明以哪一份为准。", "Nothing says which prevails.")
}
