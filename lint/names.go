package lint

import (
	"iter"
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
	for use := range d.named.of(name) {
		// "Content" is the defined term; "content" may be just the word.
		if use.upper || !upper {
			f(use.span(), &d.readings[use.reading])
		}
	}
}

// eachName calls f for the places where name, folded, stands letter by letter.
func (d *reader) eachName(name string, f func(document.Span)) {
	for use := range d.named.of(name) {
		if s := use.span(); s.Len() == len(name) {
			f(s)
		}
	}
}

// of yields the uses of a name, and of its plural or singular.
func (n *nameUses) of(name string) iter.Seq[nameUse] {
	return func(yield func(nameUse) bool) {
		k, ok := n.names.index[singular(name)]
		for _, uses := range n.found {
			if !ok || uses == nil {
				continue
			}
			for _, use := range uses[k] {
				if !yield(use) {
					return
				}
			}
		}
	}
}

func (u nameUse) span() document.Span {
	return document.Span{Start: int(u.start), End: int(u.end)}
}

// singular is the name of a term as it stands in "Verified Member" and "Verified
// Members" alike.
func singular(name string) string {
	if base := strings.TrimSuffix(name, "s"); len(base) > 4 && isWordByte(name[len(name)-1]) && !strings.HasSuffix(base, "s") {
		return base
	}
	return name
}

// findNames looks up the names of all defined terms and of the parties in one pass
// over the text.
func (d *reader) findNames() {
	d.named = nameUses{newNames(d.contract.Terms), make([][][]nameUse, d.parts)}
	d.eachSome(func(part int, some []reading) { d.named.found[part] = d.namesIn(some) })
}

// names are the roles of parties and the names of defined terms, folded and in the singular.
type names struct {
	all     []string
	index   map[string]int    // in all
	byStart map[[2]rune][]int // indices by the first two letters
	pairs   pairFilter        // those letters: most pairs of a text begin no name
	short   bool              // some name has no second letter
}

// noLetter stands for the second letter of a name that has but one.
const noLetter = -1

func newNames(terms []*segment.Term) *names {
	x := &names{index: map[string]int{}, byStart: map[[2]rune][]int{}}
	for _, role := range roles {
		x.add(role)
	}
	for _, t := range terms {
		if name := singular(strings.TrimSpace(document.FoldString(t.Name))); name != "" {
			x.add(name)
		}
	}
	return x
}

// add adds a name, once.
func (x *names) add(name string) {
	if _, met := x.index[name]; met {
		return
	}
	first, size := utf8.DecodeRuneInString(name)
	second := rune(noLetter)
	if x.short = x.short || size == len(name); size < len(name) {
		second, _ = utf8.DecodeRuneInString(name[size:])
	}
	x.pairs.add(first, second)
	x.byStart[[2]rune{first, second}] = append(x.byStart[[2]rune{first, second}], len(x.all))
	x.index[name] = len(x.all)
	x.all = append(x.all, name)
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
		if next, size = noLetter, 0; i < len(text) {
			next, size = runeAt(text, i)
		}
		if inside && word {
			continue
		}
		for r < last && d.readings[r].to <= begin {
			r++
		}
		if next != noLetter && names.pairs.has(first, next) {
			d.addUses(uses, begin, r, names.byStart[[2]rune{first, next}])
		}
		if names.short {
			d.addUses(uses, begin, r, names.byStart[[2]rune{first, noLetter}])
		}
	}
	return uses
}

// addUses adds those of some names that stand at offset o of the folded text, in
// reading r.
func (d *reader) addUses(uses [][]nameUse, o, r int, some []int) {
	for _, k := range some {
		name := d.named.names.all[k]
		if end := nameEnd(d.fold.Text, o, name); end > 0 {
			upper := name[0] < 0xE3 && d.capital(o) // Chinese characters have none
			uses[k] = append(uses[k], nameUse{int32(o), int32(end), int32(r), upper})
		}
	}
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
