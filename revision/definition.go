package revision

import (
	"slices"
	"strings"

	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/segment"
)

// faceConcepts are what a definition can make a term stand for.
var faceConcepts = []string{"FACE", "BIOMETRIC", "LIKENESS"}

// definitions tells the terms that stand for face data now and did not before, with the
// clauses that use them: these changed in law, whether anybody touched them or not.
func (x *comparison) definitions() {
	before := map[string][]string{}
	for _, t := range x.Old.contract.Terms {
		before[t.Name] = append(before[t.Name], x.Old.means(t)...)
	}
	for _, t := range x.New.contract.Terms {
		old, was := before[t.Name]
		now := x.New.means(t)
		if !was || len(now) == 0 || slices.ContainsFunc(now, func(c string) bool { return slices.Contains(old, c) }) {
			continue
		}
		c := Change{Kind: DefinitionWidened, New: t.Meaning, Term: t.Name, Uses: x.New.uses(t)}
		for _, o := range x.Old.contract.Terms {
			if o.Name == t.Name {
				c.Old = o.Meaning
				break
			}
		}
		x.add(c)
	}
}

// means is which of the face concepts a definition names.
func (v *Version) means(t *segment.Term) []string {
	var out []string
	for i := range v.sentences {
		s := &v.sentences[i]
		if !s.Overlaps(t.Meaning) {
			continue
		}
		for _, m := range s.Mentions {
			for _, c := range m.Concepts {
				if t.Meaning.Contains(m.Span) && slices.Contains(faceConcepts, c) && !slices.Contains(out, c) {
					out = append(out, c)
				}
			}
		}
	}
	return out
}

// defines reports whether a sentence defines a term.
func (v *Version) defines(s *lint.SentenceTrace) bool {
	return slices.ContainsFunc(v.contract.Terms, func(t *segment.Term) bool { return t.Sentence.Index == s.Index })
}

// uses are the sentences that use a term, other than to define it.
func (v *Version) uses(t *segment.Term) []document.Span {
	var out []document.Span
	for i := range v.sentences {
		s := &v.sentences[i]
		inScope := t.Scope == nil || t.Scope.Contains(s.Span)
		if inScope && !s.Heading && !s.Overlaps(t.Meaning) && !s.Overlaps(t.Span) && hasName(v.Doc.Text[s.Start:s.End], t.Name) {
			out = append(out, s.Span)
		}
	}
	return out
}

// hasName reports whether text uses a name, and not only a longer word that holds it.
func hasName(text, name string) bool {
	for from := 0; name != ""; {
		i := strings.Index(text[from:], name)
		if i < 0 {
			return false
		}
		i += from
		from = i + len(name)
		if !(letter(text[:i], false) && letter(name, true)) && !(letter(text[from:], true) && letter(name, false)) {
			return true
		}
	}
	return false
}

// letter reports whether s begins, or ends, with a letter of ASCII.
func letter(s string, first bool) bool {
	if s == "" {
		return false
	}
	c := s[len(s)-1] | 0x20
	if first {
		c = s[0] | 0x20
	}
	return 'a' <= c && c <= 'z'
}
