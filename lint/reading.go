package lint

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/segment"
)

// mention is a phrase of the lexicon in a sentence, or several that together
// say a concept. Offsets are in the folded text.
type mention struct {
	start, end int
	set        conceptSet
	denied     bool // an act under a negation: "may not withdraw"
	not        int  // where that negation begins
	segment    int  // number of the stretch between commas, within the sentence
	parts      []part
}

// mentionPool keeps lists of mentions that were made in a buffer: most sentences
// have few, and what the buffer has grown to is not kept.
type mentionPool []mention

func (p *mentionPool) keep(list []mention) []mention {
	const atOnce = 256
	if len(*p) < len(list) {
		*p = make([]mention, len(list)+atOnce)
	}
	kept := (*p)[:len(list):len(list)]
	*p = (*p)[len(list):]
	copy(kept, list)
	return kept
}

// part is a member of a composed mention, which is evidence of its own.
type part struct{ start, end int }

// reading is a sentence read as concepts.
type reading struct {
	*segment.Sentence
	index    int
	from, to int // in the folded text
	lang     string
	mentions []mention  // ascending by start
	told     []telling  // what its defined terms say, not yet among the mentions
	all      conceptSet // every concept that is mentioned
	fresh    conceptSet // those with mentions that are new or changed since r was composed
	composed bool       // compositions have been looked for
	object   object     // what it is about, once resolved
	resolved bool
	seed     bool // may be about faces by its own words
	relevant bool // or by what is said around it
	label    bool // names the other cells of its table row, and is read with them
	answered bool // a question that is answered, and says what the answer makes of it
	quoted   bool // states the law or quotes somebody: speaks for no party
}

// reader reads the sentences of one document.
type reader struct {
	*Linter
	latin     *latinWords // of the second reading
	doc       *document.Document
	contract  *segment.Contract
	fold      *document.Folded
	readings  []reading
	parts     int       // of the text that are read side by side
	uses      []termUse // ascending
	named     nameUses
	partyUses []partyUse // ascending
	// other is the translation of each block, once asked for: most documents are
	// in one language.
	other    []int
	byNumber map[string][]*segment.Clause // see numbered
	lang     string                       // asked for by the caller; "" for that of each sentence
	asOf     string                       // the day whose law applies; "" for the newest
	excerpt  bool                         // what the text lacks is not asked
	given    map[string]Answer
	levels   map[string]clauses.Severity // see Options.Severities
	kind     KindReading
	met      []Met // what the document says of what it must say
	// business is set where the contract is between two companies.
	business bool
	// faces is set where the document speaks of faces at all: biometric data in
	// a document about fingerprints is none of our business.
	faces bool
	// skip is the stretch between a lead-in and the item read with it.
	skip document.Span
	// standalone is set for a document that is itself about face processing,
	// such as a face recognition agreement: to accept it is no bundling.
	standalone bool
}

// first is the first mention of c in r at or after offset from, or nil.
func (r *reading) first(c clauses.Concept, from int) *mention {
	if !r.all.has(c) {
		return nil
	}
	for i := range r.mentions {
		if m := &r.mentions[i]; m.start >= from && m.set.has(c) {
			return m
		}
	}
	return nil
}

// has reports whether c is mentioned at all.
func (r *reading) has(c clauses.Concept) bool { return r.all.has(c) }

// asserted is the first mention of c that is not denied, or nil.
func (r *reading) asserted(c clauses.Concept) *mention {
	if !r.all.has(c) {
		return nil
	}
	for i := range r.mentions {
		if m := &r.mentions[i]; m.set.has(c) && !m.denied {
			return m
		}
	}
	return nil
}

// mentions fills in the mentions of r.
func (d *reader) mentions(r *reading, words *lexing) {
	text := d.fold.Text
	words.mentions(r.from, r.to, func(a, b int, set conceptSet) {
		r.mentions = append(r.mentions, mention{start: a, end: b, set: set})
		if text[a] >= utf8.RuneSelf && set.meets(d.content) {
			for _, p := range d.compounds.of(text[a:b]) {
				r.mentions = append(r.mentions, mention{start: a + p.start, end: a + p.end, set: p.set})
			}
		}
	})
	// Chinese and English phrases were found in two passes.
	inOrder(r.mentions)
	d.undate(r.mentions)
	if len(d.partyUses) > 0 {
		d.name(r)
	}
}

// inOrder sorts mentions by their start. Most lists are in order before.
func inOrder(list []mention) {
	byStart := func(a, b mention) int { return a.start - b.start }
	if !slices.IsSortedFunc(list, byStart) {
		slices.SortStableFunc(list, byStart)
	}
}

// analyse finds what the mentions of r say together.
func (d *reader) analyse(r *reading) {
	for k := range r.mentions {
		// "The creator's face": whose it is makes it one.
		if m := &r.mentions[k]; m.set.has(d.vocabulary.FaceWord) && strings.HasSuffix(d.fold.Text[r.from:m.start], "'s ") {
			m.set.add(d.vocabulary.Face)
			r.fresh.add(d.vocabulary.Face)
		}
	}
	d.cut(r)
	r.count()
	if r.has(d.vocabulary.Not) || r.has(d.vocabulary.NotBecause) {
		d.deny(r)
	}
	d.compose(r)
}

// count notes every concept that r mentions.
func (r *reading) count() {
	for i := range r.mentions {
		r.all.merge(r.mentions[i].set)
	}
}

// cut numbers the stretches between commas. A comma in an English enumeration
// of adjectives or verbs is none: only one that a new subject or conjunction
// follows.
func (d *reader) cut(r *reading) {
	text, n, seg := d.fold.Text, 0, 0
	for i := r.from; i < r.to && n < len(r.mentions); {
		for n < len(r.mentions) && r.mentions[n].start <= i {
			r.setSegment(n, seg)
			n++
		}
		switch c := text[i]; {
		case c == ';' || c == ':' || c == '!' || c == '?' || c == '|' || c == '\t' || c == 0xE3 && strings.HasPrefix(text[i:], "。"):
			seg++
		case c == ',':
			if d.newClause(r, i, n) {
				seg++
			}
		case c >= 0xE4 && c <= 0xE9:
			i += 2 // a Chinese character
		}
		i++
	}
	for ; n < len(r.mentions); n++ {
		r.setSegment(n, seg)
	}
}

// setSegment notes in which segment the mention at k stands.
func (r *reading) setSegment(k, segment int) {
	if m := &r.mentions[k]; m.segment != segment {
		m.segment = segment
		r.fresh.merge(m.set)
	}
}

// newClause reports whether the comma at comma starts a clause with a subject of
// its own; next is the mention after it.
func (d *reader) newClause(r *reading, comma, next int) bool {
	text := d.fold.Text
	before, _ := utf8.DecodeLastRuneInString(text[r.from:comma])
	after, _ := utf8.DecodeRuneInString(text[min(comma+1, r.to):r.to])
	if before >= 0x2E80 || after >= 0x2E80 {
		return true
	}
	v := &d.vocabulary
	for ; next < len(r.mentions); next++ {
		m := &r.mentions[next]
		if m.start < comma {
			continue
		}
		if units(text[comma:m.start]) > 2 {
			return false
		}
		// "In whole or in part, to anyone": no subject.
		if words := strings.Fields(text[comma+1 : m.start]); len(words) > 0 {
			switch {
			case preposition(words[0]) || words[0] == "that":
				return false
			case words[0] == "which" || words[0] == "whereby" || words[0] == "whereupon":
				return true
			}
		}
		if m.set.has(v.User) || m.set.has(v.Company) || m.set.has(v.But) || m.set.has(v.If) && !determiner(text[m.start:m.end]) || m.set.has(v.Unless) {
			return true
		}
	}
	return false
}

// determiner reports whether a word that can put a case is just that of a noun:
// "…, any perpetual right".
func determiner(w string) bool {
	return w == "any" || w == "every" || w == "those" || w == "whose" || w == "who" || w == "whom"
}

func preposition(w string) bool {
	switch w {
	case "to", "of", "for", "with", "by", "from", "in", "on", "at", "through", "including", "against", "between":
		return true
	}
	return false
}

// apart is the number of words between two mentions, 0 if they touch or overlap.
func (d *reader) apart(a, b *mention) int {
	if a.start > b.start {
		a, b = b, a
	}
	return d.between(a.end, b.start)
}

// between is the number of words from one offset of the folded text to a later
// one; where a lead-in is read together with an item of its list, what lies
// between the two counts nothing.
func (d *reader) between(from, to int) int {
	if from >= to {
		return 0
	}
	return units(d.textBetween(from, to))
}

// within reports whether no more than n words lie between from and a later offset.
// It is for offsets that may be far apart, such as that of an object carried over.
func (d *reader) within(from, to, n int) bool {
	return unitsUpTo(d.textBetween(from, to), n) <= n
}

// textBetween is the folded text from one offset to a later one, without what
// lies between a lead-in and its item.
func (d *reader) textBetween(from, to int) string {
	if from <= d.skip.Start && to >= d.skip.End && d.skip.End > 0 {
		return d.fold.Text[from:d.skip.Start] + " " + d.fold.Text[d.skip.End:to]
	}
	return d.fold.Text[from:to]
}

// leadIn is the sentence that the clause c continues as an item of a list; nil
// for a section with a heading of its own, although "the parties agree as
// follows:" may stand before the first of them.
func leadIn(c *segment.Clause) *segment.Sentence {
	if c.Stem == nil || len(c.Sentences) > 0 && c.Sentences[0].Heading {
		return nil
	}
	return c.Stem
}

// stem is what reading i reads on from: the label of its table row, or the lead-in
// of its list, as in "Entry is refused to whoever: (a) has not enrolled his face".
// It is nil if i stands by itself.
func (d *reader) stem(i int) *reading {
	r := &d.readings[i]
	var stem *reading
	if labels := d.labels(i); len(labels) > 0 {
		stem = &d.readings[labels[len(labels)-1]]
	} else if s := leadIn(r.Clause); s != nil && s != r.Sentence && !d.readings[s.Index].quoted {
		stem = &d.readings[s.Index]
	}
	if stem == nil || stem.from >= r.from {
		return nil
	}
	return stem
}

// said is the concepts that r and its stem, if it has one, mention.
func said(r, stem *reading) conceptSet {
	all := r.all
	if stem != nil {
		all.merge(stem.all)
	}
	return all
}

// under is r read on from stem; r itself if that is nil.
func (d *reader) under(r, stem *reading) *reading {
	d.skip = document.Span{}
	if stem == nil {
		return r
	}
	both := *r
	both.all = said(r, stem)
	both.from = stem.from
	both.mentions = make([]mention, 0, len(stem.mentions)+len(r.mentions))
	both.mentions = append(both.mentions, stem.mentions...)
	last := 0
	for k := range both.mentions {
		last = max(last, both.mentions[k].segment)
	}
	for _, m := range r.mentions {
		m.segment += last + 1
		both.mentions = append(both.mentions, m)
	}
	d.skip = document.Span{Start: stem.to, End: r.from}
	return &both
}
