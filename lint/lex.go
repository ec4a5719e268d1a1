package lint

import (
	"maps"
	"math/bits"
	"slices"
	"unicode/utf8"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
)

// conceptSet is a set of concepts.
type conceptSet [clauses.MaxConcepts / 64]uint64

func (s *conceptSet) add(c clauses.Concept)     { s[c/64] |= 1 << (c % 64) }
func (s *conceptSet) drop(c clauses.Concept)    { s[c/64] &^= 1 << (c % 64) }
func (s conceptSet) has(c clauses.Concept) bool { return s[c/64]&(1<<(c%64)) != 0 }
func (s *conceptSet) merge(t conceptSet) {
	for i := range s {
		s[i] |= t[i]
	}
}

// holds reports whether all of t is in s.
func (s conceptSet) holds(t conceptSet) bool {
	for i := range s {
		if t[i]&^s[i] != 0 {
			return false
		}
	}
	return true
}

func (s conceptSet) meets(t conceptSet) bool {
	for i := range s {
		if s[i]&t[i] != 0 {
			return true
		}
	}
	return false
}

// each calls yield for the concepts of s, in order.
func (s conceptSet) each(yield func(clauses.Concept) bool) {
	for w, word := range s {
		for ; word != 0; word &= word - 1 {
			if !yield(clauses.Concept(w*64 + bits.TrailingZeros64(word))) {
				return
			}
		}
	}
}

func setOf(cs ...clauses.Concept) conceptSet {
	var s conceptSet
	for _, c := range cs {
		s.add(c)
	}
	return s
}

// lexer knows the phrases of a lexicon. It is immutable, and all of it can be
// compiled into the program.
type lexer struct {
	lexicon uint64 // the fingerprint of what it was made of
	// sets are the concepts that phrases say: the value of a phrase in a trie
	// is an index. Number 1 is the empty set, which guards have.
	sets    []conceptSet
	chinese trie // over runes
	english trie // over the symbols of alphabet
	alphabet
}

// guardValue is the value of a word that says nothing.
const guardValue = 1

// The lexer of the library that comes with the program is compiled into it.
//
//go:generate go test -tags bootstrap -run TestLexerIsCurrent . -update

// lexersOf is the lexers of lex: for the first reading of a sentence, and for the
// second.
func lexersOf(lex *clauses.Lexicon) (first, second *lexer) {
	if lex.Fingerprint() == builtinLexer.lexicon {
		return &builtinLexer, &builtinSecondLexer
	}
	return newLexer(lex, false), newLexer(lex, true)
}

// newLexer makes the lexer of lex for the first or the second reading.
func newLexer(lex *clauses.Lexicon, second bool) *lexer {
	x := &lexer{lexicon: lex.Fingerprint(), sets: make([]conceptSet, guardValue+1)}
	chinese, english := map[string]conceptSet{}, map[string]conceptSet{}
	for _, g := range lex.Guards {
		if second {
			break
		}
		if g = document.FoldString(g); g != "" {
			chinese[g] = conceptSet{}
		}
	}
	for c := range lex.Concepts {
		if lex.Concepts[c].Kind.Second() != second {
			continue
		}
		for _, p := range lex.Concepts[c].Expanded() {
			p = document.FoldString(p)
			if p == "" {
				continue
			}
			of := english
			if hasHan(p) {
				of = chinese
			}
			set := of[p]
			set.add(clauses.Concept(c))
			of[p] = set
		}
	}
	numbers := map[conceptSet]uint16{{}: guardValue}
	number := func(s conceptSet) uint16 {
		n, ok := numbers[s]
		if !ok {
			n = uint16(len(x.sets))
			numbers[s] = n
			x.sets = append(x.sets, s)
		}
		return n
	}
	var words []trieWord
	for _, p := range slices.Sorted(maps.Keys(chinese)) {
		words = append(words, trieWord{[]rune(p), number(chinese[p])})
	}
	x.chinese = newTrie(words)
	x.alphabet = newAlphabet(maps.Keys(english))
	// Several phrases can have the same stems: their concepts are joined.
	spelled := map[string]conceptSet{}
	for p, set := range english {
		key := string(x.spell(p))
		old := spelled[key]
		old.merge(set)
		spelled[key] = old
	}
	words = nil
	for _, p := range slices.Sorted(maps.Keys(spelled)) {
		words = append(words, trieWord{[]rune(p), number(spelled[p])})
	}
	x.english = newTrie(words)
	return x
}

// lexing finds the phrases of a lexer in one folded text. It keeps what the
// text's sentences have in common, and is for one goroutine.
type lexing struct {
	*lexer
	text    string
	nothing clauses.Concept // phrases that mean none of the words inside them
	han     hanWords
	latin   *latinWords
}

// newLexing makes a lexing of the sentences of text. Phrases of the firm
// concepts are never read across other words.
func newLexing(x *lexer, first *firstLetters, latin *latinWords, text string, sentences []reading, nothing clauses.Concept, firm conceptSet) *lexing {
	across := func(value uint16) bool { return x.sets[value].meets(firm) }
	return &lexing{lexer: x, text: text, nothing: nothing, latin: latin, han: newHanWords(&x.chinese, first, text, sentences, across)}
}

// mentions calls yield for each phrase in text[from:to], one of the sentences, in
// ascending order by language. Chinese phrases do not overlap, ties apart: the
// segmenter reads the sentence one way. English ones may, so that "your consent" does not
// hide "consent"; but a phrase that means none of its words hides them all.
func (l *lexing) mentions(from, to int, yield func(start, end int, set conceptSet)) {
	l.han.words(l.text, from, to, func(start, end int, value uint16) {
		if value != guardValue {
			yield(start, end, l.sets[value])
		}
	})
	words := l.latin.words(l.lexer, l.text, from, to)
	for i := 0; i < len(words); {
		found, hide := l.matches(words[i:])
		if hide > 0 {
			i += hide
			continue
		}
		for _, m := range found {
			yield(words[i].start, words[i+m.words-1].end, m.set)
		}
		i++
	}
}

func hasHan(s string) bool {
	for _, r := range s {
		if r >= 0x3400 && r <= 0x9FFF {
			return true
		}
	}
	return false
}

// units is the length of a stretch of folded text as a reader feels it: a
// Chinese character counts one, an English word one.
func units(s string) int { return unitsUpTo(s, len(s)) }

// unitsUpTo is units, but counts no further than the first beyond limit.
func unitsUpTo(s string, limit int) int {
	n := 0
	in := false
	for i := 0; i < len(s) && n <= limit; {
		c := s[i]
		switch {
		case isWordByte(c) || c == '\'':
			if !in {
				n++
			}
			in = true
			i++
		case c < utf8.RuneSelf:
			in = false
			i++
		case c >= 0xE4 && c <= 0xE9 && i+2 < len(s):
			n++ // most of a Chinese text: U+4000 to U+9FFF
			in = false
			i += 3
		default:
			r, k := utf8.DecodeRuneInString(s[i:])
			if r >= 0x3400 && r <= 0x9FFF {
				n++
			}
			in = false
			i += k
		}
	}
	return n
}
