package lint

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sort"
	"strings"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/segment"
)

// match applies the rules to the propositions: one fault, one finding.
// The second result is what questions outside the text leave nothing of.
func (d *reader) match(props []Proposition) (out, withheld []Finding) {
	hits := make([][]*clauses.Rule, len(props))
	type fault struct {
		sentence *segment.Sentence
		rule     string
	}
	absorbed := map[fault]bool{}
	for i := range props {
		hits[i] = d.hits(&props[i])
		for _, rule := range hits[i] {
			for _, id := range rule.Absorbs {
				absorbed[fault{props[i].Sentence, id}] = true
			}
		}
	}
	for i := range props {
		for _, rule := range hits[i] {
			// What a term lays down may be the fault of a grant in other words.
			if props[i].Act != Term || !absorbed[fault{props[i].Sentence, rule.ID}] {
				switch v := d.verdict(rule, &props[i]); {
				case v.severity > 0:
					out = append(out, d.finding(rule, &props[i], v))
				case len(v.facts) > 0:
					withheld = append(withheld, d.finding(rule, &props[i], v))
				}
			}
		}
	}
	return out, withheld
}

// hits lists the rules that speak of p, without those that another of them
// absorbs.
func (d *reader) hits(p *Proposition) []*clauses.Rule {
	var hits []*clauses.Rule
	absorbed := map[string]bool{}
	for _, rule := range d.library.Rules {
		if d.asOf != "" && len(d.library.BasisOn(rule, d.asOf)) == 0 {
			continue
		}
		if level, ok := d.levels[rule.ID]; ok && level == 0 {
			continue // and it absorbs nothing
		}
		if c := matching(rule, p); c != nil && (p.Act == Missing || !p.said.meets(setOf(rule.Unless...))) {
			hits = append(hits, rule)
			for _, id := range rule.Absorbs {
				absorbed[id] = true
			}
		}
	}
	kept := hits[:0]
	for _, rule := range hits {
		if !absorbed[rule.ID] {
			kept = append(kept, rule)
		}
	}
	return kept
}

// matching is the first condition of rule that p meets, or nil.
func matching(rule *clauses.Rule, p *Proposition) *clauses.Condition {
	for i := range rule.When {
		c := &rule.When[i]
		if Act(c.Act) != p.Act {
			continue
		}
		n := 0
		for _, alt := range c.Qualities {
			if hasAny(p, alt) {
				n++
			}
		}
		if n >= c.AtLeast {
			return c
		}
	}
	return nil
}

func hasAny(p *Proposition, alternatives []clauses.Concept) bool {
	for _, c := range alternatives {
		if p.has(c) {
			return true
		}
	}
	return false
}

// finding writes the finding of rule over p.
func (d *reader) finding(rule *clauses.Rule, p *Proposition, v verdict) Finding {
	lang := d.language(p.Sentence.Index)
	f := Finding{
		Rule: rule, Severity: v.severity, Facts: v.facts, Scope: ClauseScope, Lang: lang,
		Clause: p.Sentence.Clause, Basis: d.library.BasisOn(rule, d.asOf), Suggestion: rule.Rewrite.In(lang),
	}
	if p.Act == Missing || p.Act == Unmarked {
		f.Scope = DocumentScope
	}
	f.Span = d.underline(p)
	f.Evidence = d.links(rule, p)
	if v.byKind && d.kind.Len() > 0 {
		f.Evidence = append(f.Evidence, Evidence{Span: d.kind.Span, Role: RoleKind, Note: d.kind.Kind.Name().In(lang)})
		sort.SliceStable(f.Evidence, func(i, j int) bool { return f.Evidence[i].Start < f.Evidence[j].Start })
	}
	f.Confidence = confidence(p)
	f.Message = d.message(rule, p, lang)
	return f
}

// underline is the words that a reader should look at: in the sentence of the
// proposition, from the first of its telling words to the last.
func (d *reader) underline(p *Proposition) document.Span {
	in := p.Sentence.Span
	var s document.Span
	add := func(t document.Span) {
		if t.Len() == 0 || !in.Contains(t) {
			return
		}
		if s.Len() == 0 {
			s = t
		} else {
			s = s.Cover(t)
		}
	}
	for _, q := range p.Qualities {
		add(q.Span)
	}
	add(p.Words)
	if in.Contains(p.Object) && (s.Len() == 0 || s.Cover(p.Object).Len() < 3*s.Len()+240) {
		add(p.Object)
	}
	if s.Len() == 0 {
		return in
	}
	return s
}

// links gathers the evidence of p that rule rests on, in reading order.
func (d *reader) links(rule *clauses.Rule, p *Proposition) []Evidence {
	var out []Evidence
	if p.Words.Len() > 0 && p.Act != Unmarked && p.Act != Blank {
		role := RoleGrant
		if p.Act == Condition {
			role = RoleCondition
		}
		out = append(out, Evidence{Span: p.Words, Role: role})
	}
	for _, q := range p.Qualities {
		if p.Act == Missing || p.Act == Unmarked {
			break // what is not there cannot be quoted
		}
		role := RoleQuality
		if p.Act == Consent {
			role = RoleManner
		}
		out = append(out, Evidence{Span: q.Span, Role: role, Note: d.library.Lexicon.Label(q.Concept, d.language(p.Sentence.Index))})
	}
	out = append(out, p.Evidence...)
	out = append(out, p.Contrary...)
	sort.SliceStable(out, func(i, j int) bool { return out[i].Start < out[j].Start })
	kept := out[:0]
	for i, e := range out {
		if i > 0 && e.Span == out[i-1].Span && e.Role == out[i-1].Role && e.Note == out[i-1].Note {
			continue
		}
		kept = append(kept, e)
	}
	return kept
}

// confidence is that of the weakest link.
func confidence(p *Proposition) Confidence {
	switch {
	case p.Depth >= 2 || p.Anchor == LikenessAnchor:
		return Low
	case p.Depth == 1 || p.Anchor != DirectAnchor || len(p.Contrary) > 0:
		return Medium
	}
	return High
}

// message fills the blanks of the rule's sentence.
func (d *reader) message(rule *clauses.Rule, p *Proposition, lang string) string {
	lex := d.library.Lexicon
	var names []string
	seen := map[string]bool{}
	for _, q := range p.Qualities {
		if q.Concept == d.vocabulary.Freely {
			continue
		}
		if n := lex.Label(q.Concept, lang); !seen[n] {
			seen[n] = true
			names = append(names, n)
		}
	}
	sep := ", "
	if lang == "zh" {
		sep = "、"
	}
	what := lex.Label(d.vocabulary.Face, lang)
	if p.Anchor == LikenessAnchor {
		what = lex.Label(d.vocabulary.Likeness, lang)
	}
	return strings.NewReplacer("{object}", what, "{qualities}", strings.Join(names, sep)).Replace(rule.Message.In(lang))
}

// language is that of reading i: of its own words, not of the document.
func (d *reader) language(i int) string {
	if d.lang == "zh" || d.lang == "en" {
		return d.lang
	}
	return d.readings[i].lang
}

// stamp gives the findings their fingerprints: rule, folded words of the
// sentence without its label, and the ordinal among equals, so that moving,
// renumbering and re-wrapping a clause changes nothing.
func (d *reader) stamp(findings []Finding) {
	count := map[string]int{}
	for i := range findings {
		f := &findings[i]
		s := d.fold.Forward(d.sentenceOf(f).Span)
		words := strings.Join(strings.FieldsFunc(d.fold.Text[s.Start:s.End], func(r rune) bool { return r == ' ' || r == '\n' }), "")
		words = strings.TrimLeft(words, "0123456789.()、第条款项一二三四五六七八九十百零")
		key := f.Rule.ID + "\x00" + words
		count[key]++
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", key, count[key]))
		f.Fingerprint = hex.EncodeToString(sum[:8])
	}
}
