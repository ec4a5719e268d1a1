package lint

import (
	"github.com/clauselint/clauselint/document"
)

// versions makes one finding of those that a rule has over the two language
// versions of one clause. The first in the document stands; the words of the
// other become evidence, and the severer of the two grades holds. The findings
// must be in reading order.
func (d *reader) versions(findings []Finding) []Finding {
	if len(findings) < 2 {
		return findings
	}
	var other []int // found when first asked for: most documents are in one language
	kept := findings[:0]
	paired := map[int]bool{} // indices in kept
	for _, f := range findings {
		lang := d.readings[d.sentenceOf(&f).Index].lang
		found := -1
		for i := range kept {
			g := &kept[i]
			if g.Rule != f.Rule || paired[i] || d.readings[d.sentenceOf(g).Index].lang == lang {
				continue
			}
			if other == nil {
				other = d.counterparts()
			}
			if d.sameClause(g, &f, other) {
				found = i
				break
			}
		}
		if found < 0 {
			kept = append(kept, f)
			continue
		}
		g := &kept[found]
		paired[found] = true
		g.Severity = max(g.Severity, f.Severity)
		g.Evidence = append(g.Evidence, Evidence{Span: f.Span, Role: RoleVersion})
	}
	return kept
}

// sameClause reports whether two findings in two languages stand in versions of
// one clause: in one block, in counterparts, or in clauses of one number.
func (d *reader) sameClause(f, g *Finding, other []int) bool {
	a, b := d.sentenceOf(f).Block, d.sentenceOf(g).Block
	if a == b || other[a] == b {
		return true
	}
	n := f.Clause.Numbers()
	return n != "" && f.Clause != g.Clause && n == g.Clause.Numbers()
}

// counterparts pairs the blocks of the document with their translations and
// gives for each the index of the other, -1 if it has none. A translation follows
// what it translates, block by block: as many in the one language as, right
// before, in the other.
func (d *reader) counterparts() []int {
	blocks := d.doc.Blocks
	out := make([]int, len(blocks))
	for i := range out {
		out[i] = -1
	}
	var before, now []int // two runs of blocks, each in one language
	var lang string
	settle := func() {
		if len(before) == len(now) && len(now) > 0 {
			for k := range now {
				out[before[k]], out[now[k]] = now[k], before[k]
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
