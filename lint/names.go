package lint

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/segment"
)

// nameUses are the places where the names of defined terms stand.
type nameUses struct {
	names *names
	found [][][]nameUse // by part of the text and by name, ascending
}

// nameUse is a place where a name stands.
type nameUse struct {
	start, end int32 // in the folded text
	reading    int32 // the sentence
	upper      bool  // begins with a capital in the document
}

// eachUse calls f for the places where the term t, folded name, is used.
func (d *reader) eachUse(t *segment.Term, name string, f func(document.Span, *reading)) {
	first, _ := utf8.DecodeRuneInString(t.Name)
	upper := unicode.IsUpper(first)
	k := d.named.names.index[singular(name)]
	for _, uses := range d.named.found {
		if uses == nil {
			continue
		}
		for _, use := range uses[k] {
			// "Content" is the defined term; "content" may be just the word.
			if use.upper || !upper {
				f(document.Span{Start: int(use.start), End: int(use.end)}, &d.readings[use.reading])
			}
		}
	}
}

// singular is the name of a term as it stands in "Verified Member" and "Verified
// Members" alike.
func singular(name string) string {
	if base := strings.TrimSuffix(name, "s"); len(base) > 4 && isWordByte(name[len(name)-1]) && !strings.HasSuffix(base, "s") {
		return base
	}
	return name
}

// findNames looks up the names of all defined terms in one pass over the text.
func (d *reader) findNames() {
	d.named = nameUses{newNames(d.contract.Terms), make([][][]nameUse, d.parts)}
	if len(d.named.names.all) > 0 {
		d.eachSome(func(part int, some []reading) { d.named.found[part] = d.namesIn(some) })
	}
}

// names are the names of defined terms, folded and in the singular.
type names struct {
	all     []string
	index   map[string]int // in all
	byStart map[rune][]int // indices by the first letter
	pairs   pairFilter     // of the first two letters: most pairs of a text begin no name
	short   bool           // some name has no second letter
}

func newNames(terms []*segment.Term) *names {
	x := &names{index: map[string]int{}, byStart: map[rune][]int{}}
	for _, t := range terms {
		name := singular(strings.TrimSpace(document.FoldString(t.Name)))
		if _, met := x.index[name]; met || name == "" {
			continue
		}
		x.index[name] = len(x.all)
		first, size := utf8.DecodeRuneInString(name)
		if size == len(name) {
			x.short = true
		} else {
			second, _ := utf8.DecodeRuneInString(name[size:])
			x.pairs.add(first, second)
		}
		x.byStart[first] = append(x.byStart[first], len(x.all))
		x.all = append(x.all, name)
	}
	return x
}

// namesIn is where names stand in some sentences, by the index of the name.
func (d *reader) namesIn(some []reading) [][]nameUse {
	names := d.named.names
	uses := make([][]nameUse, len(names.all))
	text := d.fold.Text
	// What stands between two sentences counts with the second.
	r, last := some[0].index, len(d.readings)-1
	from, to := 0, some[len(some)-1].to
	if r > 0 {
		from = d.readings[r-1].to
	}
	if some[len(some)-1].index == last {
		to = len(text)
	}
	next, size := runeAt(text, from)
	word := from > 0 && isWordByte(text[from-1])
	for i := from; i < to; {
		first, begin, inside := next, i, word
		word = isWordByte(text[i])
		i += size
		if next, size = 0, 0; i < len(text) {
			next, size = runeAt(text, i)
		}
		if inside && word || !names.short && !names.pairs.has(first, next) {
			continue
		}
		for r < last && d.readings[r].to <= begin {
			r++
		}
		for _, k := range names.byStart[first] {
			if end := nameEnd(text, begin, names.all[k]); end > 0 {
				uses[k] = append(uses[k], nameUse{int32(begin), int32(end), int32(r), first < 0x3400 && d.capital(begin)})
			}
		}
	}
	return uses
}

// nameEnd is where the name that begins at text[i:] ends, with the s of its plural;
// 0 if none does.
func nameEnd(text string, i int, name string) int {
	if !strings.HasPrefix(text[i:], name) {
		return 0
	}
	s := document.Span{Start: i, End: i + len(name)}
	if isWordByte(text[s.End-1]) && s.End < len(text) && text[s.End] == 's' {
		s.End++
	}
	if !wordBounds(text, s) {
		return 0
	}
	return s.End
}

// capital reports whether the word at offset o of the folded text begins with a
// capital in the document.
func (d *reader) capital(o int) bool {
	r, _ := utf8.DecodeRuneInString(d.doc.Text[d.fold.Back(document.Span{Start: o, End: o}).Start:])
	return unicode.IsUpper(r)
}
