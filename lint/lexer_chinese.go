package lint

import (
	"slices"
	"sort"
	"unicode"
	"unicode/utf8"

	"github.com/clauselint/clauselint/segment"
)

// hanWords chooses among the Chinese phrases that occur in a text. Between two
// places that no phrase crosses lies a cluster; where several phrases compete
// for the characters of one, the segmenter decides.
type hanWords struct {
	// occurrences ascend by start, those of one start by end.
	occurrences []occurrence
	seg         *segment.Segmenter // of the phrases that compete
	// decided is the readings of the clusters met, by their text.
	decided map[string][]occurrence
}

// occurrence is a phrase at text[start:end].
type occurrence struct {
	start, end int
	value      uint16
}

// find looks up the phrases of t in text.
func (h *hanWords) find(t *trie, text string) {
	if t.children[0] == t.children[1] {
		return
	}
	// The states behind the start by their letter: most characters of a text
	// begin no phrase.
	const table = 0xA000
	first := new([table]uint16)
	for n := t.children[0]; n < t.children[1]; n++ {
		if r := t.labels[n]; r < table {
			first[r] = uint16(n)
		}
	}
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		var state uint32
		if r < table {
			state = uint32(first[r])
		} else {
			state = t.next(0, r)
		}
		for k := i + size; state != 0; {
			if value := t.values[state]; value != 0 && whole(text, i, k) {
				h.occurrences = append(h.occurrences, occurrence{i, k, value})
			}
			if k == len(text) {
				break
			}
			r, n := rune(text[k]), 1
			if r >= utf8.RuneSelf {
				r, n = utf8.DecodeRuneInString(text[k:])
			}
			state = t.next(state, r)
			k += n
		}
		i += size
	}
}

// whole reports whether text[from:to] cuts no run of Latin letters and digits,
// which are one word.
func whole(text string, from, to int) bool {
	return !(latinAt(text[from:]) && latinBefore(text[:from])) && !(latinBefore(text[:to]) && latinAt(text[to:]))
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
	i := sort.Search(len(all), func(i int) bool { return all[i].start >= from })
	for i < len(all) && all[i].start < to {
		if all[i].end > to {
			i++
			continue
		}
		n, end := h.cluster(i, to)
		if n == i+1 {
			yield(all[i].start, all[i].end, all[i].value)
		} else {
			start := all[i].start
			for _, w := range h.decide(text[start:end], text, i, n) {
				yield(start+w.start, start+w.end, w.value)
			}
		}
		i = n
	}
}

// cluster is where the cluster that begins with occurrence i ends: the first
// occurrence behind it, and the end of its text, which is not beyond to.
func (h *hanWords) cluster(i, to int) (n, end int) {
	end = h.occurrences[i].end
	for n = i + 1; n < len(h.occurrences) && h.occurrences[n].start < end; n++ {
		if e := h.occurrences[n].end; e <= to {
			end = max(end, e)
		}
	}
	return n, end
}

// decide reads the cluster of occurrences i to n. The offsets of the result are
// those in the cluster.
func (h *hanWords) decide(cluster, text string, i, n int) []occurrence {
	if words, ok := h.decided[cluster]; ok {
		return words
	}
	if h.seg == nil {
		h.seg = segment.NewSegmenter(h.competing(text))
		h.decided = map[string][]occurrence{}
	}
	var words []occurrence
	base := h.occurrences[i].start
	h.seg.Words(cluster, func(a, b int) bool {
		for k := i; k < n; k++ {
			if o := h.occurrences[k]; o.start == base+a && o.end == base+b {
				words = append(words, occurrence{a, b, o.value})
			}
		}
		return true
	})
	h.decided[cluster] = words
	return words
}

// competing is the phrases of text that overlap with others, ascending.
func (h *hanWords) competing(text string) []string {
	met := map[string]bool{}
	var words []string
	for i := 0; i < len(h.occurrences); {
		n, _ := h.cluster(i, len(text))
		for k := i; k < n && n > i+1; k++ {
			o := h.occurrences[k]
			if w := text[o.start:o.end]; !met[w] {
				met[w] = true
				words = append(words, w)
			}
		}
		i = n
	}
	slices.Sort(words)
	return words
}

// phrase is the concepts that a Chinese phrase says, if it is one.
func (x *lexer) phrase(s string) (conceptSet, bool) {
	state := uint32(0)
	for _, r := range s {
		if state = x.chinese.next(state, r); state == 0 {
			return conceptSet{}, false
		}
	}
	value := x.chinese.values[state]
	return x.sets[value], value > guardValue
}
