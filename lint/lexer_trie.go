package lint

import (
	"encoding/binary"
	"slices"
)

// trie is a set of words over an alphabet of numbers, with a value for each:
// runes for Chinese, the symbols of an alphabet for English. Equal endings are
// one, so it is a graph rather than a tree, in flat arrays that the compiler
// can lay out. State 0 is none; the last state is the start. The edges of state
// n are edges[n] to edges[n+1], ascending by label.
type trie struct {
	values  []uint16 // of the word that ends at a state; 0 if none does
	edges   []uint32 // one more than there are states
	labels  []int32  // of an edge
	targets []uint32 // of an edge
}

// trieWord is a word with its value, which is not 0.
type trieWord struct {
	letters []int32
	value   uint16
}

// newTrie makes a trie of words, which it sorts. No two may be equal.
func newTrie(words []trieWord) trie {
	slices.SortFunc(words, func(a, b trieWord) int { return slices.Compare(a.letters, b.letters) })
	b := trieBuilder{t: trie{values: []uint16{0}, edges: []uint32{0, 0}}, states: map[string]uint32{}}
	b.state(words, 0)
	return b.t
}

type trieBuilder struct {
	t      trie
	states map[string]uint32 // by value and edges
}

// state is the state from which the words go on behind depth letters.
func (b *trieBuilder) state(words []trieWord, depth int) uint32 {
	var value uint16
	if len(words) > 0 && len(words[0].letters) == depth {
		value, words = words[0].value, words[1:]
	}
	var labels []int32
	var targets []uint32
	key := binary.LittleEndian.AppendUint16(nil, value)
	for len(words) > 0 {
		letter, n := words[0].letters[depth], 1
		for n < len(words) && words[n].letters[depth] == letter {
			n++
		}
		target := b.state(words[:n], depth+1)
		labels, targets = append(labels, letter), append(targets, target)
		key = binary.LittleEndian.AppendUint32(key, uint32(letter))
		key = binary.LittleEndian.AppendUint32(key, target)
		words = words[n:]
	}
	if s, ok := b.states[string(key)]; ok && depth > 0 {
		return s
	}
	s := uint32(len(b.t.values))
	b.t.values = append(b.t.values, value)
	b.t.labels, b.t.targets = append(b.t.labels, labels...), append(b.t.targets, targets...)
	b.t.edges = append(b.t.edges, uint32(len(b.t.labels)))
	b.states[string(key)] = s
	return s
}

// start is the state before the first letter.
func (t *trie) start() uint32 { return uint32(len(t.values) - 1) }

// next is the state that letter leads to from state n, or 0.
func (t *trie) next(n uint32, letter int32) uint32 {
	from, to := t.edges[n], t.edges[n+1]
	for to-from > 8 {
		if mid := (from + to) / 2; t.labels[mid] <= letter {
			from = mid
		} else {
			to = mid
		}
	}
	for ; from < to; from++ {
		if t.labels[from] == letter {
			return t.targets[from]
		}
	}
	return 0
}
