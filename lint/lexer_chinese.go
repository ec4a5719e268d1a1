package lint

import (
	"sort"
	"unicode"
	"unicode/utf8"

	"github.com/clauselint/clauselint/segment"
)

// hanWords chooses among the Chinese phrases that occur in the sentences of a
// text. Between two places that no phrase crosses lies a cluster; where several
// phrases compete for the characters of one, the segmenter decides.
type hanWords struct {
	// occurrences ascend by start, those of one start by end.
	occurrences []occurrence
	// seg knows the phrases that compete somewhere in the text, no others: what
	// a dictionary costs is its size.
	seg *segment.Segmenter
	// decided is the readings of the clusters met, by their text.
	decided map[string][]occurrence
	// firm tells of the value of a phrase whether it needs boundaries of its own:
	// who and what, as against what is done.
	firm func(value uint16) bool
}

// occurrence is a phrase at text[start:end].
type occurrence struct {
	start, end int32
	value      uint16
}

// firstLetters are the states behind the start of a trie by their letter: most
// characters of a text begin no phrase.
type firstLetters struct {
	states [tableEnd]uint32
	// pairs tells of two letters whether a phrase may begin with them, and alone of one
	// whether it may be a phrase: most pairs of a text begin none.
	pairs pairFilter
	alone runeFilter
	// latin tells of a byte of ASCII whether a phrase begins with it: most do not.
	latin [utf8.RuneSelf]bool
}

// tableEnd is behind the last rune that a table of first letters holds. The
// pages between Latin letters and Chinese ones are never touched.
const tableEnd = 0xA000

// after is the state of t behind its start and r.
func (f *firstLetters) after(t *trie, r rune) uint32 {
	if r < tableEnd {
		return f.states[r]
	}
	return t.next(t.start(), r)
}

func newFirstLetters(t *trie) *firstLetters {
	first := new(firstLetters)
	start := t.start()
	for e := t.edges[start]; e < t.edges[start+1]; e++ {
		r, state := t.labels[e], t.targets[e]
		if r < tableEnd {
			first.states[r] = state
		}
		if t.values[state] != 0 {
			first.alone.add(r)
		}
		if r < utf8.RuneSelf {
			first.latin[r] = true
		}
		for e := t.edges[state]; e < t.edges[state+1]; e++ {
			first.pairs.add(r, t.labels[e])
		}
	}
	return first
}

// pairFilter is a set of pairs of runes that may hold a few more than were added.
type pairFilter [1 << 11]uint64

func (f *pairFilter) add(a, b rune) {
	word, bit := pairBit(a, b)
	f[word] |= bit
}

func (f *pairFilter) has(a, b rune) bool {
	word, bit := pairBit(a, b)
	return f[word]&bit != 0
}

func pairBit(a, b rune) (word uint32, bit uint64) {
	h := (uint32(a)*0x9E3779B1 ^ uint32(b)*0x85EBCA6B) >> 15
	return h >> 6, 1 << (h & 63)
}

// newHanWords looks up the phrases of t in the relevant sentences of text.
func newHanWords(t *trie, first *firstLetters, text string, sentences []reading, firm func(uint16) bool) hanWords {
	h := hanWords{firm: firm}
	size := 0
	for i := range sentences {
		if r := &sentences[i]; r.relevant {
			size += r.to - r.from
		}
	}
	h.occurrences = make([]occurrence, 0, size/6)
	for i := range sentences {
		if !sentences[i].relevant {
			continue
		}
		h.find(t, first, text[:sentences[i].to], sentences[i].from)
	}
	return h
}

// find looks up the phrases of t in text[i:].
func (h *hanWords) find(t *trie, first *firstLetters, text string, i int) {
	if i >= len(text) {
		return
	}
	next, nextSize := runeAt(text, i)
	for from := i; i < len(text); {
		if next < utf8.RuneSelf && !first.latin[next] {
			for i++; i < len(text) && text[i] < utf8.RuneSelf && !first.latin[text[i]]; i++ {
			}
			if i == len(text) {
				return
			}
			next, nextSize = runeAt(text, i)
			continue
		}
		r, size, begin := next, nextSize, i
		i += size
		if i < len(text) {
			next, nextSize = runeAt(text, i)
		} else {
			next = 0
		}
		if !first.pairs.has(r, next) && !first.alone.has(r) {
			continue
		}
		state := first.after(t, r)
		for k := i; state != 0; {
			if value := t.values[state]; value != 0 && whole(text[from:], begin-from, k-from) {
				h.occurrences = append(h.occurrences, occurrence{int32(begin), int32(k), value})
			}
			if k == len(text) || t.edges[state] == t.edges[state+1] {
				break
			}
			r, n := runeAt(text, k)
			state = t.next(state, r)
			k += n
		}
	}
}

// runeAt is the rune at text[i:] with its length.
func runeAt(text string, i int) (rune, int) {
	c := text[i]
	if c < utf8.RuneSelf {
		return rune(c), 1
	}
	// Most of a Chinese text: E4 to E9 begin three bytes, and any two
	// continuation bytes may follow.
	if i+2 < len(text) && 0xE4 <= c && c <= 0xE9 && text[i+1]&0xC0 == 0x80 && text[i+2]&0xC0 == 0x80 {
		return rune(c&0xF)<<12 | rune(text[i+1]&0x3F)<<6 | rune(text[i+2]&0x3F), 3
	}
	return utf8.DecodeRuneInString(text[i:])
}

// whole reports whether text[from:to] cuts no run of Latin letters and digits,
// which are one word.
func whole(text string, from, to int) bool {
	return !(latinAt(text[from:]) && latinBefore(text[:from])) && !(latinAt(text[to:]) && latinBefore(text[:to]))
}

func latinAt(s string) bool {
	if s == "" || s[0] >= 0xE0 {
		return false
	}
	return isLatin(utf8.DecodeRuneInString(s))
}

func latinBefore(s string) bool {
	r, size := utf8.DecodeLastRuneInString(s)
	return isLatin(r, size)
}

// isLatin reports whether the segmenter takes r for a letter of a longer word.
func isLatin(r rune, size int) bool { return size <= 2 && (unicode.IsLetter(r) || unicode.IsNumber(r)) }

// words calls yield for the phrases of text[from:to], a sentence, in order.
func (h *hanWords) words(text string, from, to int, yield func(start, end int, value uint16)) {
	all := h.occurrences
	i := sort.Search(len(all), func(i int) bool { return int(all[i].start) >= from })
	for i < len(all) && int(all[i].start) < to {
		n, end, whole := h.cluster(i)
		start := all[i].start
		if whole >= 0 {
			yield(int(start), int(end), all[whole].value)
		} else {
			for _, w := range h.decide(text, i, n, end) {
				yield(int(start+w.start), int(start+w.end), w.value)
			}
		}
		i = n
	}
}

// cluster is where the cluster that begins with occurrence i ends: the first
// occurrence behind it, and the end of its text. If one phrase takes all of it,
// nothing can compete: whole is that occurrence, or -1.
func (h *hanWords) cluster(i int) (n int, end int32, whole int) {
	start, end, whole := h.occurrences[i].start, h.occurrences[i].end, i
	for n = i + 1; n < len(h.occurrences) && h.occurrences[n].start < end; n++ {
		o := &h.occurrences[n]
		if o.end <= end {
			continue
		}
		end, whole = o.end, -1
		if o.start == start {
			whole = n
		}
	}
	return n, end, whole
}

// decide lets the segmenter read the cluster of occurrences i to n, which ends
// at end. The offsets of the result are those in the cluster.
func (h *hanWords) decide(text string, i, n int, end int32) []occurrence {
	start := h.occurrences[i].start
	cluster := text[start:end]
	if words, ok := h.decided[cluster]; ok {
		return words
	}
	if h.seg == nil {
		h.seg = segment.NewSegmenter(h.competing(text))
		h.decided = map[string][]occurrence{}
	}
	var words []occurrence
	h.seg.Words(cluster, func(a, b int) bool {
		for _, o := range h.occurrences[i:n] {
			if w := (occurrence{int32(a), int32(b), o.value}); o.start == start+w.start && o.end == start+w.end {
				words = append(words, w)
			}
		}
		return true
	})
	words = append(words, h.ties(h.occurrences[i:n], words, start)...)
	h.decided[cluster] = words
	return words
}

// ties is the phrases that read a cluster no worse than the words chosen: they
// trade a character of one of them for a character that none of them takes, as
// 转授 in 转授给, where 授给 was chosen. The words' offsets are from start.
func (h *hanWords) ties(all, words []occurrence, start int32) []occurrence {
	taken := func(from, to int32) (n int, value uint16) {
		for _, w := range words {
			if w.start < to && from < w.end {
				n, value = n+1, w.value
			}
		}
		return n, value
	}
	var more []occurrence
	for _, o := range all {
		o.start, o.end = o.start-start, o.end-start
		n, other := taken(o.start, o.end)
		if n != 1 || other == guardValue || o.value == guardValue || h.firm(o.value) {
			continue
		}
		const han = 3 // bytes of a character
		first, _ := taken(o.start, o.start+han)
		last, _ := taken(o.end-han, o.end)
		if first == 0 || last == 0 {
			more = append(more, o)
		}
	}
	return more
}

// competing is the phrases of text that compete with others, in the order of
// their occurrence.
func (h *hanWords) competing(text string) []string {
	met := map[string]bool{}
	var words []string
	for i := 0; i < len(h.occurrences); {
		n, _, whole := h.cluster(i)
		for k := i; k < n && whole < 0; k++ {
			o := h.occurrences[k]
			if w := text[o.start:o.end]; !met[w] {
				met[w] = true
				words = append(words, w)
			}
		}
		i = n
	}
	return words
}

// phrase is the concepts that a Chinese phrase says, if it is one.
func (x *lexer) phrase(s string) (conceptSet, bool) {
	state := x.chinese.start()
	for _, r := range s {
		if state = x.chinese.next(state, r); state == 0 {
			return conceptSet{}, false
		}
	}
	value := x.chinese.values[state]
	return x.sets[value], value > guardValue
}
