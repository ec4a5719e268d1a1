package lint

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/segment"
)

// conceptSet is a set of concepts.
type conceptSet [clauses.MaxConcepts / 64]uint64

func (s *conceptSet) add(c clauses.Concept)     { s[c/64] |= 1 << (c % 64) }
func (s conceptSet) has(c clauses.Concept) bool { return s[c/64]&(1<<(c%64)) != 0 }
func (s *conceptSet) merge(t conceptSet) {
	for i := range s {
		s[i] |= t[i]
	}
}
func (s conceptSet) meets(t conceptSet) bool {
	for i := range s {
		if s[i]&t[i] != 0 {
			return true
		}
	}
	return false
}

func setOf(cs ...clauses.Concept) conceptSet {
	var s conceptSet
	for _, c := range cs {
		s.add(c)
	}
	return s
}

// lexer finds the phrases of the lexicon in folded text: Chinese ones as words
// of the segmenter, English ones as sequences of word stems. It is immutable
// and safe for concurrent use.
type lexer struct {
	seg     *segment.Segmenter
	chinese map[string]conceptSet
	english *node
	nothing clauses.Concept // phrases that mean none of the words inside them
}

// node is a state of the trie of English phrases.
type node struct {
	next     map[string]*node // by stem
	exact    map[string]*node // by form: "faces!"
	prefixes []prefixEdge     // by the beginning of a word: "irrevoc*"
	any      *node            // by any word: "*"
	concepts conceptSet
	final    bool
}

type prefixEdge struct {
	prefix string
	to     *node
}

func newLexer(lex *clauses.Lexicon, nothing clauses.Concept) *lexer {
	x := &lexer{chinese: map[string]conceptSet{}, english: &node{}, nothing: nothing}
	var guards []string
	for _, g := range lex.Guards {
		guards = append(guards, document.FoldString(g))
	}
	for c := range lex.Concepts {
		for _, p := range lex.Concepts[c].Phrases {
			p = document.FoldString(p)
			if p == "" {
				continue
			}
			if hasHan(p) {
				set := x.chinese[p]
				set.add(clauses.Concept(c))
				x.chinese[p] = set
			} else {
				x.english.insert(p, clauses.Concept(c))
			}
		}
	}
	x.seg = segment.New(slices.Values(slices.Sorted(maps.Keys(x.chinese))), slices.Values(guards))
	return x
}

func (n *node) insert(phrase string, c clauses.Concept) {
	for _, w := range strings.FieldsFunc(phrase, func(r rune) bool { return r == ' ' || r == '-' }) {
		n = n.step(w)
	}
	n.final = true
	n.concepts.add(c)
}

func (n *node) step(w string) *node {
	switch {
	case w == "*":
		if n.any == nil {
			n.any = &node{}
		}
		return n.any
	case strings.HasSuffix(w, "!"):
		w = spelling(strings.TrimSuffix(w, "!"))
		if n.exact == nil {
			n.exact = map[string]*node{}
		}
		if n.exact[w] == nil {
			n.exact[w] = &node{}
		}
		return n.exact[w]
	case strings.HasSuffix(w, "*"):
		w = spelling(strings.TrimSuffix(w, "*"))
		for _, e := range n.prefixes {
			if e.prefix == w {
				return e.to
			}
		}
		to := &node{}
		n.prefixes = append(n.prefixes, prefixEdge{w, to})
		return to
	}
	if n.next == nil {
		n.next = map[string]*node{}
	}
	w = stem(w)
	if n.next[w] == nil {
		n.next[w] = &node{}
	}
	return n.next[w]
}

// word is an English word of a folded sentence.
type word struct {
	start, end int
	stem, form string
}

// mentions calls yield for each phrase in text[from:to], which is folded, in
// ascending order by language. Chinese phrases do not overlap: the segmenter
// reads the sentence one way. English ones may, so that "your consent" does not
// hide "consent"; but a phrase that means none of its words hides them all.
func (x *lexer) mentions(text string, from, to int, yield func(start, end int, set conceptSet)) {
	s := text[from:to]
	han, latin := false, false
	for i := 0; i < len(s) && !(han && latin); i++ {
		if s[i] >= 0xE4 && s[i] <= 0xE9 {
			han = true
		} else if 'a' <= s[i] && s[i] <= 'z' {
			latin = true
		}
	}
	if han {
		x.seg.Words(s, func(a, b int) bool {
			if set, ok := x.chinese[s[a:b]]; ok {
				yield(from+a, from+b, set)
			}
			return true
		})
	}
	if latin {
		words := englishWords(s)
		var found []match
		for i := 0; i < len(words); {
			hide := 0
			x.english.match(words[i:], func(n int, set conceptSet) {
				if set.has(x.nothing) {
					hide = max(hide, n)
				}
			})
			if hide > 0 {
				i += hide
				continue
			}
			found = found[:0]
			x.english.match(words[i:], func(n int, set conceptSet) {
				for k := range found {
					if found[k].words == n {
						found[k].set.merge(set)
						return
					}
				}
				found = append(found, match{n, set})
			})
			for _, m := range found {
				yield(from+words[i].start, from+words[i+m.words-1].end, m.set)
			}
			i++
		}
	}
}

// match is a phrase found at the beginning of some words.
type match struct {
	words int // its length
	set   conceptSet
}

// match calls yield for each phrase that words begin with.
func (n *node) match(words []word, yield func(n int, set conceptSet)) {
	var walk func(n *node, i int)
	walk = func(n *node, i int) {
		if n.final {
			yield(i, n.concepts)
		}
		if i == len(words) {
			return
		}
		if to := n.next[words[i].stem]; to != nil {
			walk(to, i+1)
		}
		if to := n.exact[words[i].form]; to != nil {
			walk(to, i+1)
		}
		for _, e := range n.prefixes {
			if strings.HasPrefix(words[i].form, e.prefix) {
				walk(e.to, i+1)
			}
		}
		if n.any != nil {
			walk(n.any, i+1)
		}
	}
	walk(n, 0)
}

func englishWords(s string) []word {
	var words []word
	for i := 0; i < len(s); {
		if !isWordByte(s[i]) {
			i++
			continue
		}
		j := i + 1
		for j < len(s) && (isWordByte(s[j]) || s[j] == '\'' && j+1 < len(s) && isWordByte(s[j+1])) {
			j++
		}
		form := s[i:j]
		// The possessive is no part of the word: the employee's face.
		form = strings.TrimSuffix(form, "'s")
		words = append(words, word{i, j, stem(form), spelling(form)})
		i = j
	}
	return words
}

func isWordByte(c byte) bool { return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' }

func hasHan(s string) bool {
	for _, r := range s {
		if r >= 0x3400 && r <= 0x9FFF {
			return true
		}
	}
	return false
}

// spelling makes British and American forms one: authorise is authorize,
// licence is license.
func spelling(w string) string {
	if len(w) < 6 {
		return w
	}
	if strings.Contains(w, "licenc") {
		w = strings.Replace(w, "licenc", "licens", 1)
	}
	for _, s := range [...]string{"isation", "ising", "ised", "ises", "ise", "isable"} {
		if strings.HasSuffix(w, s) && len(w) > len(s)+3 && w[len(w)-len(s)-1] != 'a' && !strings.HasSuffix(w, "promise") && !strings.HasSuffix(w, "exercise") {
			return w[:len(w)-len(s)] + "iz" + s[2:]
		}
	}
	if strings.HasSuffix(w, "authoris") || strings.HasSuffix(w, "recognis") || strings.HasSuffix(w, "utilis") || strings.HasSuffix(w, "commercialis") || strings.HasSuffix(w, "anonymis") {
		return w[:len(w)-1] + "z"
	}
	return w
}

// irregular English words that the stemmer's rules would miss or confuse.
var irregular = map[string]string{
	"given": "give", "gave": "give", "withdrawn": "withdraw", "withdrew": "withdraw",
	"kept": "keep", "sold": "sell", "taken": "take", "took": "take", "held": "hold", "made": "make",
	"shown": "show", "said": "said", "us": "us", "used": "use", "uses": "use", "using": "use", "use": "use",
	"is": "is", "its": "its", "this": "this", "does": "does", "was": "was", "has": "has",
	"closed": "close", "closing": "close", "closes": "close", "lost": "lost", "loses": "lose", "losing": "lose",
	"chosen": "choose", "chose": "choose", "written": "write", "known": "know", "needed": "need", "during": "during",
}

// stem strips the inflection of an English word, so that grants, granted and
// granting are one. Derivation (revocation, revocable) is left to the * of the
// lexicon, where a lawyer can see it.
func stem(w string) string {
	w = spelling(w)
	if s, ok := irregular[w]; ok {
		return s
	}
	if len(w) < 4 {
		return w
	}
	switch {
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "xes"):
		w = w[:len(w)-2]
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is"):
		w = w[:len(w)-1]
	case strings.HasSuffix(w, "ied") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "ed") && len(w) > 4:
		w = undouble(w[:len(w)-2])
	case strings.HasSuffix(w, "ing") && len(w) > 5:
		w = undouble(w[:len(w)-3])
	}
	// license, licensed and licensing meet without their e.
	if len(w) > 4 {
		w = strings.TrimSuffix(w, "e")
	}
	return w
}

// undouble undoes the doubling of cancelled and permitting.
func undouble(w string) string {
	if n := len(w); n > 3 && w[n-1] == w[n-2] && strings.IndexByte("bdglmnprt", w[n-1]) >= 0 {
		return w[:n-1]
	}
	return w
}

// units is the length of a stretch of folded text as a reader feels it: a
// Chinese character counts one, an English word one.
func units(s string) int {
	n := 0
	in := false
	for i := 0; i < len(s); {
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
