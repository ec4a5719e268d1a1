package lint

import (
	"math"
	"math/bits"
	"slices"
	"sort"
	"strings"

	"github.com/clauselint/clauselint/clauses"
)

// compositionSet is a set of indices of Linter.compositions.
type compositionSet [clauses.MaxCompositions / 64]uint64

func (s *compositionSet) add(i int) { s[i/64] |= 1 << (i % 64) }

func (s *compositionSet) merge(t *compositionSet) {
	for i := range s {
		s[i] |= t[i]
	}
}

// next is the first index in s from i on, or -1.
func (s *compositionSet) next(i int) int {
	for w := i / 64; w < len(s); w++ {
		word := s[w]
		if w == i/64 {
			word &^= 1<<(i%64) - 1
		}
		if word != 0 {
			return w*64 + bits.TrailingZeros64(word)
		}
	}
	return -1
}

// composition is a clauses.Composition with the concept that it says.
type composition struct {
	clauses.Composition
	concept clauses.Concept
	needs   conceptSet // the concepts of its parts
	second  bool       // of the second reading
	reach   int        // how many words may lie between two parts
}

// maxReach is how many words may lie between two parts of a composition
// within a segment. It is generous: relative clauses stand between subject and
// verb.
const maxReach = 34

// compose adds the mentions that several others make together, in the order
// of the lexicon, so that a composition may build on an earlier one.
func (d *reader) compose(r *reading) {
	if len(r.mentions) == 0 {
		return
	}
	r.count()
	// Those that end in a concept that is mentioned, in the order of the lexicon;
	// what one says may let a later one follow. The next time, when an earlier one
	// may follow, only those that something new speaks of can say anything new.
	of := &d.heeding
	if !r.composed {
		of, r.fresh, r.composed = &d.endingIn, r.all, true
	}
	var left compositionSet
	for c := range r.fresh.each {
		left.merge(&of[c])
	}
	r.fresh = conceptSet{}
	var buf [8]mention
	for i := left.next(0); i >= 0; i = left.next(i + 1) {
		c := &d.compositions[i]
		if c.possible(r.all) && d.insert(r, c, d.find(r, c, buf[:0])) {
			r.all.add(c.concept)
			r.fresh.add(c.concept)
			left.merge(&of[c.concept])
		}
	}
}

// newComposition prepares a composition of the lexicon to be looked for.
func newComposition(c clauses.Composition, says clauses.Concept) composition {
	out := composition{Composition: c, concept: says, reach: maxReach}
	if c.Reach == clauses.InSentence || c.Reach == clauses.InPassage {
		out.reach = math.MaxInt - 1
	}
	for _, p := range c.Parts {
		out.needs.add(p.Concept)
	}
	return out
}

// possible reports whether a sentence with these concepts may hold c.
func (c *composition) possible(all conceptSet) bool {
	return all.holds(c.needs)
}

// find adds to found what c says wherever it stands in r.
func (d *reader) find(r *reading, c *composition, found []mention) []mention {
	for i := range r.mentions {
		m := &r.mentions[i]
		if !fits(c.Parts[0], m) {
			continue
		}
		if len(c.Parts) == 1 {
			if !m.set.has(c.concept) {
				p := extent(c.Parts[0], m)
				found = append(found, mention{start: p.start, end: p.end, segment: m.segment, parts: []part{p}})
			}
			continue
		}
		if hit, ok := d.complete(r, c, i); ok {
			found = append(found, hit)
		}
	}
	return found
}

// insert puts what c says at found among the mentions of r and reports whether any
// of it is new.
func (d *reader) insert(r *reading, c *composition, found []mention) bool {
	fresh := false
	for _, m := range found {
		m.set.add(c.concept)
		if d.said(r, &m, c.concept) {
			continue
		}
		at := sort.Search(len(r.mentions), func(i int) bool { return r.mentions[i].start > m.start })
		r.mentions = slices.Insert(r.mentions, at, m)
		fresh = true
	}
	return fresh
}

// said reports whether r has a composed mention of c in the very words of m.
func (d *reader) said(r *reading, m *mention, c clauses.Concept) bool {
	for k := range r.mentions {
		if n := &r.mentions[k]; n.start == m.start && n.end == m.end && len(n.parts) == len(m.parts) && n.set.has(c) {
			return true
		}
	}
	return false
}

// complete looks for the other parts of c around the mention at i.
func (d *reader) complete(r *reading, c *composition, i int) (mention, bool) {
	prev := &r.mentions[i]
	var buf [8]part
	parts := append(buf[:0], extent(c.Parts[0], prev))
	for _, p := range c.Parts[1:] {
		best, bestGap := -1, c.reach+1
		for j := range r.mentions {
			m := &r.mentions[j]
			if !fits(p, m) || m.start == prev.start && m.end == prev.end || m.start < prev.end && prev.start < m.end {
				continue
			}
			if c.Ordered && m.start < prev.end {
				continue
			}
			listed := c.second && m.segment != prev.segment && d.inList(prev, m)
			if c.Reach == clauses.InSegment && m.segment != prev.segment && !listed {
				continue
			}
			if !listed && c.Reach == clauses.NextSegment && m.segment != prev.segment && m.segment != prev.segment+1 {
				continue
			}
			if c.Reach == clauses.InSentence && m.segment/passage != prev.segment/passage {
				continue
			}
			if c.second && (d.nearerDeed(r, c, prev, m) || d.nearerDenied(r, p, prev, m) || c.Reach == clauses.InSentence && d.skip.End == 0 && !listed && strings.Contains(d.textBetween(min(prev.end, m.end), max(prev.start, m.start)), ";")) {
				continue
			}
			gap := d.between(min(prev.end, m.end), max(prev.start, m.start))
			if c.Reach == clauses.Adjacent && gap > 2 && gap <= 4 && strings.Contains(d.textBetween(min(prev.end, m.end), max(prev.start, m.start)), ":") {
				gap = 2 // "revocation by the client: not permitted"
			}
			if c.Reach == clauses.Adjacent && (gap > 2 || strings.ContainsAny(d.textBetween(min(prev.end, m.end), max(prev.start, m.start)), ",;.()、。")) {
				continue
			}
			if c.Reach == clauses.Adjacent && c.concept == d.vocabulary.Face && d.partyBetween(r, prev, m) {
				continue
			}
			if listed {
				gap = min(gap, c.reach) // however long the items before it are
			}
			if c.second && gap > c.reach {
				gap -= bracketed(d.textBetween(min(prev.end, m.end), max(prev.start, m.start)))
			}
			if gap < bestGap {
				best, bestGap = j, gap
			}
		}
		if best < 0 {
			return mention{}, false
		}
		prev = &r.mentions[best]
		parts = append(parts, extent(p, prev))
	}
	m := &r.mentions[i]
	hit := mention{start: parts[0].start, end: m.end, not: m.not, segment: m.segment, parts: slices.Clone(parts)}
	for _, p := range parts[1:] {
		hit.start, hit.end = min(hit.start, p.start), max(hit.end, p.end)
	}
	return hit, true
}

// bracketed counts the words of text in its only pair of round brackets: they keep
// nothing apart that is said before and after them. Where there are more, it is a list.
func bracketed(text string) int {
	_, after, _ := strings.Cut(text, "(")
	in, rest, closed := strings.Cut(after, ")")
	if !closed || strings.ContainsAny(rest, "()") {
		return 0
	}
	return units(in)
}

// nearerDenied reports whether the deed p stands nearer to first than m, and is denied
// where m is not, or the other way: "retention: we do not store originals".
func (d *reader) nearerDenied(r *reading, p clauses.Part, first, m *mention) bool {
	if !d.deeds.has(p.Concept) {
		return false
	}
	gap := d.apart(first, m)
	for k := range r.mentions {
		n := &r.mentions[k]
		if n.set.has(p.Concept) && len(n.parts) == 0 && n.denied != m.denied && n.segment == first.segment && n.start != first.start && d.apart(first, n) < gap {
			return true
		}
	}
	return false
}

// inList reports whether of two mentions one stands before the colon that opens a list
// and the other among its items: "the data go to: (a) insurers; (b) brokers".
func (d *reader) inList(a, b *mention) bool {
	if a.start > b.start {
		a, b = b, a
	}
	between := d.textBetween(a.end, b.start)
	colon := strings.IndexByte(between, ':')
	return colon >= 0 && strings.IndexByte(between[colon+1:], ':') < 0 && units(between[:colon]) <= 12 && units(between[colon:]) <= 60 &&
		!strings.Contains(between[:colon], ";") && !strings.Contains(between, "。")
}

// nearerDeed reports whether another deed of the first part of c stands between it and
// m: in "is stored at home and never sent abroad" nothing is stored abroad.
func (d *reader) nearerDeed(r *reading, c *composition, first, m *mention) bool {
	deed := c.Parts[0].Concept
	if !d.deeds.has(deed) || !first.set.has(deed) || m.start < first.end {
		return false
	}
	for k := range r.mentions {
		n := &r.mentions[k]
		if n.set.has(deed) && len(n.parts) == 0 && n.start >= first.end && n.end <= m.start && n.denied != first.denied {
			return true
		}
	}
	return false
}

// fits reports whether the mention m can be the part p.
func fits(p clauses.Part, m *mention) bool {
	return m.set.has(p.Concept) && !(p.Denied && !m.denied) && !(p.Asserted && m.denied)
}

// partyBetween reports whether a party is named between a and b: in "the
// problems our customers face" the face belongs to nobody.
func (d *reader) partyBetween(r *reading, a, b *mention) bool {
	if a.start > b.start {
		a, b = b, a
	}
	for k := range r.mentions {
		if m := &r.mentions[k]; m.set.has(d.vocabulary.User) && m.start >= a.end && m.end <= b.start {
			return true
		}
	}
	return false
}

// extent is the words of m that say p: a denied act says it together with the
// negation.
func extent(p clauses.Part, m *mention) part {
	if p.Denied {
		return part{min(m.not, m.start), m.end}
	}
	return part{m.start, m.end}
}
