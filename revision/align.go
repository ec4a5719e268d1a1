package revision

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/clauselint/clauselint/document"
)

// pairs ties the sentences of two versions, by their indices.
type pairs struct {
	old  []int  // of each new sentence, -1 for none
	new  []int  // of each old sentence
	same []bool // whether a new sentence has the words of its old one
}

const (
	// alike is how much of two sentences must be shared for one to be the other in new
	// words, as twice the shared parts by all parts.
	alike = 0.5
	// common is the number of sentences from which on a part tells nothing.
	common = 200
)

// align ties each new sentence to the old one that it was, wherever that stood.
func align(old, new *Version) pairs {
	olds, news := old.words(), new.words()
	p := pairs{old: filled(len(news)), new: filled(len(olds)), same: make([]bool, len(news))}
	tie := func(o, n int) { p.old[n], p.new[o] = o, n }

	// The same words, in order where they stand several times.
	places := map[string][]int{}
	for i, w := range olds {
		places[w] = append(places[w], i)
	}
	for i, w := range news {
		if at := places[w]; len(at) > 0 {
			tie(at[0], i)
			p.same[i] = true
			places[w] = at[1:]
		}
	}
	// Similar ones among the rest, the most alike first.
	holding := map[string][]int{} // the old sentences with a part
	sizes := make([]int, len(olds))
	for i, w := range olds {
		if p.new[i] < 0 {
			parts := partsOf(w)
			sizes[i] = len(parts)
			for part := range parts {
				holding[part] = append(holding[part], i)
			}
		}
	}
	type candidate struct {
		old, new int
		share    float64
	}
	var candidates []candidate
	for n, w := range news {
		if p.old[n] >= 0 {
			continue
		}
		parts := partsOf(w)
		shared := map[int]int{}
		for part := range parts {
			if at := holding[part]; len(at) <= common {
				for _, o := range at {
					shared[o]++
				}
			}
		}
		for o, k := range shared {
			if share := 2 * float64(k) / float64(len(parts)+sizes[o]); share >= alike {
				candidates = append(candidates, candidate{o, n, share})
			}
		}
	}
	slices.SortFunc(candidates, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.share, a.share), cmp.Compare(a.new, b.new), cmp.Compare(a.old, b.old))
	})
	for _, c := range candidates {
		if p.old[c.new] < 0 && p.new[c.old] < 0 {
			tie(c.old, c.new)
		}
	}
	return p
}

func filled(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = -1
	}
	return out
}

// words is each sentence without its number, and with a mark for each reference to
// another clause: renumbering changes neither.
func (v *Version) words() []string {
	fold := v.Doc.Fold()
	out := make([]string, len(v.sentences))
	next := 0
	refs := v.contract.References
	for i, s := range v.sentences {
		body := s.WithoutLabel(v.Doc)
		var b strings.Builder
		at := body.Start
		for ; next < len(refs) && refs[next].Start < body.End; next++ {
			if r := refs[next]; r.Start >= at {
				before := fold.Forward(document.Span{Start: at, End: r.Start})
				b.WriteString(fold.Text[before.Start:before.End] + "§")
				at = r.End
			}
		}
		rest := fold.Forward(document.Span{Start: min(at, body.End), End: body.End})
		b.WriteString(fold.Text[rest.Start:rest.End])
		out[i] = strings.Join(strings.Fields(b.String()), " ")
	}
	return out
}

// partsOf is what a sentence is compared by: Latin words, and pairs of other characters.
func partsOf(s string) map[string]bool {
	out := map[string]bool{}
	var word []rune
	last := rune(0)
	flush := func() {
		if len(word) > 0 {
			out[string(word)] = true
			word = word[:0]
		}
	}
	for _, r := range s {
		switch {
		case r < 0x3000 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			word = append(word, r)
			last = 0
		case unicode.IsLetter(r):
			flush()
			out[string([]rune{last, r})] = true
			last = r
		default:
			flush()
		}
	}
	flush()
	return out
}
