package lint

import (
	"slices"
	"sort"
	"strings"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/segment"
)

// versions makes one finding of those that a rule, or one that absorbs it, has over
// the two language versions of one clause. The first in the document stands, unless
// the other goes further; the words of the other become evidence, and the severer of
// the two grades holds. The findings must be in reading order.
func (d *reader) versions(findings []Finding) []Finding {
	if len(findings) < 2 {
		return findings
	}
	kept := findings[:0]
	paired := map[int]bool{} // indices in kept
	for _, f := range findings {
		lang := d.readings[d.sentenceOf(&f).Index].lang
		found := -1
		for i := range kept {
			g := &kept[i]
			if !absorbs(g.Rule, f.Rule) && !absorbs(f.Rule, g.Rule) || paired[i] || d.readings[d.sentenceOf(g).Index].lang == lang {
				continue
			}
			if d.sameClause(g, &f) {
				found = i
				break
			}
		}
		if found < 0 {
			kept = append(kept, f)
			continue
		}
		stands, other := kept[found], f
		if !absorbs(stands.Rule, f.Rule) {
			stands, other = f, kept[found]
		}
		stands.Severity = max(stands.Severity, other.Severity)
		stands.Evidence = append(stands.Evidence, Evidence{Span: other.Span, Role: RoleVersion})
		kept[found] = stands
		paired[found] = true
	}
	sort.SliceStable(kept, func(i, j int) bool { return kept[i].Start < kept[j].Start })
	return kept
}

// absorbs reports whether r is s or stands for it.
func absorbs(r, s *clauses.Rule) bool { return r == s || slices.Contains(r.Absorbs, s.ID) }

// sameClause reports whether two findings in two languages stand in versions of
// one clause: in one block, in counterparts, or in clauses of one number.
func (d *reader) sameClause(f, g *Finding) bool {
	a, b := d.sentenceOf(f).Block, d.sentenceOf(g).Block
	if a == b || d.counterparts()[a] == b {
		return true
	}
	n := d.number(f.Clause)
	return n != "" && f.Clause != g.Clause && n == d.number(g.Clause)
}

// number is the number of c in figures as a translation would have it too: without
// that of a clause of the other language which it only seems to stand under.
func (d *reader) number(c *segment.Clause) string {
	n := c.Numbers()
	for p := c.Parent; p != nil && p.Level > 0; p = p.Parent {
		if len(p.Sentences) == 0 || len(c.Sentences) == 0 || d.readings[p.Sentences[0].Index].lang == d.readings[c.Sentences[0].Index].lang {
			continue
		}
		if rest, ok := strings.CutPrefix(n, p.Numbers()+"."); ok {
			return rest
		}
	}
	return n
}

// family is the concepts that say the same of a grant, in this language or that, for
// the three limbs of Article 11; none for anything vaguer.
func (d *reader) family(c clauses.Concept) conceptSet {
	v := &d.vocabulary
	for _, f := range [...]conceptSet{
		setOf(v.Perpetual, v.SoftPerpetual),
		setOf(v.Irrevocable, v.RightsWaived),
		setOf(v.Sublicensable),
	} {
		if f.has(c) {
			return f
		}
	}
	return conceptSet{}
}

// discrepancies are what a grant is called in one language version of its clause and
// not in the other, which speaks of the same grant. Only the absence of every word of
// the kind counts: words are more easily overlooked than misread.
func (d *reader) discrepancies(grants []Proposition) []Proposition {
	var out []Proposition
	for i := range grants {
		p := &grants[i]
		var q Proposition
		for _, quality := range p.Qualities {
			kind := d.family(quality.Concept)
			if kind == (conceptSet{}) {
				continue
			}
			theirs := d.translation(&d.readings[quality.Sentence.Index])
			at := d.grantIn(theirs)
			if at < 0 || d.speaksOf(theirs, kind) {
				continue
			}
			if q.Sentence == nil {
				q = Proposition{Act: Discrepancy, Anchor: p.Anchor, Sentence: quality.Sentence, Depth: max(p.Depth, 1), Business: p.Business, group: -1}
				q.Evidence = []Evidence{{Span: d.readings[at].Span, Role: RoleVersion}}
			}
			q.Qualities = append(q.Qualities, quality)
		}
		if q.Sentence != nil {
			out = append(out, q)
		}
	}
	return out
}

// grantIn is the index of the first of some readings that gives or speaks of a right
// over faces, -1 if none does.
func (d *reader) grantIn(readings []int) int {
	v := &d.vocabulary
	for _, j := range readings {
		r := &d.readings[j]
		if !r.quoted && (r.asserted(v.Grant) != nil || r.asserted(v.Consent) != nil) && d.resolve(j).anchor >= DefinedAnchor {
			return j
		}
	}
	return -1
}

// speaksOf reports whether one of the readings has a word of the kind, asserted or
// denied, or says in acts what the kind says in one word.
func (d *reader) speaksOf(readings []int, kind conceptSet) bool {
	v := &d.vocabulary
	for _, j := range readings {
		r := &d.readings[j]
		if r.all.meets(kind) || kind.has(v.Sublicensable) && r.has(v.PassOn) {
			return true
		}
		for k := range r.mentions {
			if m := &r.mentions[k]; kind.has(v.Irrevocable) && m.denied && m.set.has(v.Withdraw) {
				return true
			}
		}
	}
	return false
}

// translation is the readings of the clause of r in the document's other language;
// none if it has no translation.
func (d *reader) translation(r *reading) []int {
	var out []int
	add := func(block int) {
		for j := sort.Search(len(d.readings), func(j int) bool { return d.readings[j].Block >= block }); j < len(d.readings) && d.readings[j].Block == block; j++ {
			if d.readings[j].lang != r.lang && d.readings[j].relevant {
				out = append(out, j)
			}
		}
	}
	if add(r.Block); len(out) > 0 {
		return out
	}
	if other := d.counterparts()[r.Block]; other >= 0 {
		add(other)
		return out
	}
	n := d.number(r.Clause)
	if n == "" {
		return nil
	}
	for _, c := range d.numbered(n) {
		if c != r.Clause && d.readings[c.Sentences[0].Index].lang != r.lang {
			for _, s := range c.Sentences {
				out = append(out, s.Index)
			}
			return out
		}
	}
	return nil
}

// numbered is the clauses with sentences of their own that have the number n.
func (d *reader) numbered(n string) []*segment.Clause {
	if d.byNumber == nil {
		d.byNumber = map[string][]*segment.Clause{}
		for _, c := range d.contract.Clauses {
			if len(c.Sentences) > 0 {
				own := d.number(c)
				d.byNumber[own] = append(d.byNumber[own], c)
			}
		}
	}
	return d.byNumber[n]
}

// counterparts pairs the blocks of the document with their translations and
// gives for each the index of the other, -1 if it has none. A translation follows
// what it translates, block by block: as many in the one language as, right
// before, in the other, or the last one or two of those.
func (d *reader) counterparts() []int {
	if d.other != nil {
		return d.other
	}
	blocks := d.doc.Blocks
	out := make([]int, len(blocks))
	for i := range out {
		out[i] = -1
	}
	d.other = out
	var before, now []int // two runs of blocks, each in one language
	var lang string
	settle := func() {
		// A sentence or two translated at the end of a longer run in one language.
		if n := len(now); n > 0 && (n == len(before) || n <= 2 && n < len(before) && d.oneClause(before[len(before)-n], now[0])) {
			for k, b := range before[len(before)-n:] {
				out[b], out[now[k]] = now[k], b
			}
			now = nil // translated: what follows starts anew
		}
		before, now = now, nil
	}
	for i := range blocks {
		l := d.languages(blocks[i].Span)
		switch l {
		case "":
			continue
		case "both":
			settle()
			before, lang = nil, ""
			continue
		}
		if l != lang {
			settle()
			lang = l
		}
		now = append(now, i)
	}
	settle()
	return out
}

// oneClause reports whether two blocks can stand in one clause: not if they have two
// numbers.
func (d *reader) oneClause(a, b int) bool {
	m, n := d.number(d.clauseOf(a)), d.number(d.clauseOf(b))
	return m == "" || n == "" || m == n
}

// clauseOf is the clause of the first sentence of a block.
func (d *reader) clauseOf(block int) *segment.Clause {
	i := sort.Search(len(d.readings), func(i int) bool { return d.readings[i].Block >= block })
	return d.readings[min(i, len(d.readings)-1)].Clause
}

// languages is the language of a block, "zh" or "en", "both" if it says much in
// either, or "" if it has no words.
func (d *reader) languages(s document.Span) string {
	s = d.fold.Forward(s)
	han, latin := 0, 0
	for _, r := range d.fold.Text[s.Start:s.End] {
		switch {
		case r >= 0x3400 && r <= 0x9FFF:
			han += 4
		case 'a' <= r && r <= 'z':
			latin++
		}
	}
	switch {
	case han+latin == 0:
		return ""
	case han > 3*latin:
		return "zh"
	case latin > 3*han:
		return "en"
	}
	return "both"
}
