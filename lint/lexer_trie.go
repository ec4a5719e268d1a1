package lint

import (
	"cmp"
	"slices"
)

// trie is a set of words over an alphabet of numbers, in flat arrays that the
// compiler can lay out: runes for Chinese, the symbols of an englishAlphabet
// for English. State 0 is the start; the states that follow state n are
// children[n] to children[n+1], ascending by label.
type trie struct {
	labels   []int32  // the letter that leads to a state
	children []uint32 // one more than there are states
	values   []uint16 // of the word that ends at a state; 0 if none does
}

// trieWord is a word with its value, which is not 0.
type trieWord struct {
	letters []int32
	value   uint16
}

// newTrie makes a trie of words, which it sorts. No two may be equal.
func newTrie(words []trieWord) trie {
	slices.SortFunc(words, func(a, b trieWord) int { return slices.Compare(a.letters, b.letters) })
	t := trie{labels: []int32{0}, values: []uint16{0}}
	// Breadth first: the states of one length, each with the words through it.
	type state struct{ from, to, depth int }
	queue := []state{{0, len(words), 0}}
	for n := 0; n < len(queue); n++ {
		s := queue[n]
		t.children = append(t.children, uint32(len(queue)))
		if s.from < s.to && len(words[s.from].letters) == s.depth {
			t.values[n] = words[s.from].value
			s.from++
		}
		for s.from < s.to {
			letter, to := words[s.from].letters[s.depth], s.from+1
			for to < s.to && words[to].letters[s.depth] == letter {
				to++
			}
			t.labels, t.values = append(t.labels, letter), append(t.values, 0)
			queue = append(queue, state{s.from, to, s.depth + 1})
			s.from = to
		}
	}
	t.children = append(t.children, uint32(len(queue)))
	return t
}

// next is the state that letter leads to from state n, or 0.
func (t *trie) next(n uint32, letter int32) uint32 {
	from, to := t.children[n], t.children[n+1]
	if to-from < 8 {
		for ; from < to; from++ {
			if t.labels[from] == letter {
				return from
			}
		}
		return 0
	}
	i, ok := slices.BinarySearchFunc(t.labels[from:to], letter, cmp.Compare[int32])
	if !ok {
		return 0
	}
	return from + uint32(i)
}
