package lint

import (
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"
)

// alphabet is the words that English phrases are made of, each list ascending.
// Their symbols are numbered through: any word is 0, then the stems, the forms
// and the prefixes.
type alphabet struct {
	stems    []string // "grant": in any inflection
	forms    []string // "faces!": as written
	prefixes []string // "irrevoc*": the beginning of a word
	// shorter is for each prefix the longest other one that it begins with, as
	// an index, or -1.
	shorter []int16
}

// anyWord is the symbol of "*".
const anyWord = 0

// newAlphabet makes the alphabet of phrases.
func newAlphabet(phrases iter.Seq[string]) alphabet {
	stems, forms, prefixes := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for p := range phrases {
		for _, w := range phraseWords(p) {
			switch {
			case w == "*":
			case strings.HasSuffix(w, "!"):
				forms[spelling(strings.TrimSuffix(w, "!"))] = true
			case strings.HasSuffix(w, "*"):
				prefixes[spelling(strings.TrimSuffix(w, "*"))] = true
			default:
				stems[stem(w)] = true
			}
		}
	}
	a := alphabet{
		stems:    slices.Sorted(maps.Keys(stems)),
		forms:    slices.Sorted(maps.Keys(forms)),
		prefixes: slices.Sorted(maps.Keys(prefixes)),
	}
	for i, p := range a.prefixes {
		k := i - 1
		for k >= 0 && !strings.HasPrefix(p, a.prefixes[k]) {
			k = int(a.shorter[k])
		}
		a.shorter = append(a.shorter, int16(k))
	}
	return a
}

func phraseWords(phrase string) []string {
	return strings.FieldsFunc(phrase, func(r rune) bool { return r == ' ' || r == '-' })
}

// spell is the symbols of a phrase.
func (a *alphabet) spell(phrase string) []rune {
	var symbols []rune
	for _, w := range phraseWords(phrase) {
		symbol := int32(anyWord)
		switch {
		case w == "*":
		case strings.HasSuffix(w, "!"):
			symbol = a.form(spelling(strings.TrimSuffix(w, "!")))
		case strings.HasSuffix(w, "*"):
			i, _ := slices.BinarySearch(a.prefixes, spelling(strings.TrimSuffix(w, "*")))
			symbol = a.prefixSymbol(i)
		default:
			symbol = a.stem(stem(w))
		}
		symbols = append(symbols, symbol)
	}
	return symbols
}

// stem is the symbol of a stem, or -1.
func (a *alphabet) stem(s string) int32 { return symbolIn(a.stems, s, 1) }

// form is the symbol of a form, or -1.
func (a *alphabet) form(s string) int32 { return symbolIn(a.forms, s, 1+len(a.stems)) }

func (a *alphabet) prefixSymbol(i int) int32 { return int32(1 + len(a.stems) + len(a.forms) + i) }

func symbolIn(list []string, s string, first int) int32 {
	i, ok := slices.BinarySearch(list, s)
	if !ok {
		return -1
	}
	return int32(first + i)
}

// prefix is the index of the longest prefix that form begins with, or -1.
func (a *alphabet) prefix(form string) int16 {
	// Of the prefixes up to form the last one begins with all that form
	// begins with.
	i, ok := slices.BinarySearch(a.prefixes, form)
	if !ok {
		i--
	}
	for i >= 0 && !strings.HasPrefix(form, a.prefixes[i]) {
		i = int(a.shorter[i])
	}
	return int16(i)
}

// lexeme is a word form as the alphabet knows it.
type lexeme struct {
	stem, form int32 // symbols, or -1
	prefix     int16 // index of the longest one, or -1
	// next is the states of the trie that it leads to from the start: none, if no
	// phrase begins with it.
	next []uint32
}

// latinWord is an English word of a folded text.
type latinWord struct {
	start, end int
	lexeme
}

// lexeme is what the lexer knows of a word form.
func (x *lexer) lexeme(form string) lexeme {
	spelled := spelling(form)
	w := lexeme{stem: x.stem(stem(form)), form: x.form(spelled), prefix: x.prefix(spelled)}
	w.next = x.after(nil, x.english.start(), &w)
	return w
}

// latinWords reads the English words of texts, one after the other, with one lexer. It
// keeps the forms met.
type latinWords struct {
	met   map[string]lexeme
	buf   []latinWord
	found []match
}

// latinPool lends readers of English words to the texts that are read side by side, so
// that what one met the next one knows.
type latinPool struct{ sync.Pool }

func (p *latinPool) borrow() *latinWords {
	const tooMany = 1 << 15 // forms; a text made to fill the cache does not
	if l, ok := p.Get().(*latinWords); ok && len(l.met) < tooMany {
		return l
	}
	return new(latinWords)
}

// words is the English words of text[from:to]. The slice is overwritten by the
// next call.
func (l *latinWords) words(x *lexer, text string, from, to int) []latinWord {
	words := l.buf[:0]
	for i := from; i < to; {
		if !isWordByte(text[i]) {
			i++
			continue
		}
		j := i + 1
		for j < to && (isWordByte(text[j]) || text[j] == '\'' && j+1 < to && isWordByte(text[j+1])) {
			j++
		}
		// The possessive is no part of the word: the employee's face.
		form := strings.TrimSuffix(text[i:j], "'s")
		if form == "let" {
			form = text[i:j] // "Let's go" lets nobody do anything
		}
		w, ok := l.met[form]
		if !ok {
			if l.met == nil {
				l.met = map[string]lexeme{}
			}
			w = x.lexeme(form)
			l.met[strings.Clone(form)] = w // the cache outlives the text
		}
		words = append(words, latinWord{i, j, w})
		i = j
	}
	l.buf = words
	return words
}

func isWordByte(c byte) bool { return wordBytes[c] }

// wordBytes marks small letters and digits.
var wordBytes = func() (t [256]bool) {
	for _, c := range []byte("abcdefghijklmnopqrstuvwxyz0123456789") {
		t[c] = true
	}
	return t
}()

// match is a phrase found at the beginning of some words.
type match struct {
	words int // its length
	set   conceptSet
}

// matches is the phrases that words begin with, one of each length, and the
// length of the longest one that means nothing. The slice is overwritten by the
// next call.
func (l *lexing) matches(words []latinWord) (found []match, hide int) {
	l.latin.found = l.latin.found[:0]
	for _, state := range words[0].next {
		l.walk(state, words, 1)
	}
	for _, m := range l.latin.found {
		if m.set.has(l.nothing) {
			hide = max(hide, m.words)
		}
	}
	// "Without limitation" means nothing, "without limitation of time" a lot.
	for _, m := range l.latin.found {
		if hide > 0 && m.words > hide && !m.set.has(l.nothing) {
			hide = 0
		}
	}
	return l.latin.found, hide
}

// walk adds the phrases that go on from state at word i.
func (l *lexing) walk(state uint32, words []latinWord, i int) {
	if value := l.english.values[state]; value != 0 {
		l.add(i, l.sets[value])
	}
	if i == len(words) || l.english.edges[state] == l.english.edges[state+1] {
		return
	}
	var buf [8]uint32
	for _, to := range l.after(buf[:0], state, &words[i].lexeme) {
		l.walk(to, words, i+1)
	}
}

// after adds to states those that the word w leads to from state.
func (x *lexer) after(states []uint32, state uint32, w *lexeme) []uint32 {
	add := func(symbol int32) {
		if to := x.english.next(state, symbol); to != 0 {
			states = append(states, to)
		}
	}
	if w.stem >= 0 {
		add(w.stem)
	}
	if w.form >= 0 {
		add(w.form)
	}
	for p := w.prefix; p >= 0; p = x.shorter[p] {
		add(x.prefixSymbol(int(p)))
	}
	if first := x.english.edges[state]; first < x.english.edges[state+1] && x.english.labels[first] == anyWord {
		states = append(states, x.english.targets[first])
	}
	return states
}

// add puts set among the phrases of n words, the shorter ones first, so that
// the plainest words become the evidence.
func (l *lexing) add(n int, set conceptSet) {
	for k := range l.latin.found {
		if m := &l.latin.found[k]; m.words == n {
			m.set.merge(set)
			return
		}
	}
	at := 0
	for at < len(l.latin.found) && l.latin.found[at].words < n {
		at++
	}
	l.latin.found = slices.Insert(l.latin.found, at, match{n, set})
}
