package lint

import "sync"

// compounds remembers what the Chinese phrases of a lexicon are made of. The
// segmenter reads 不予录用 as one word; its parts, 不予 and 录用, say as much.
// It is safe for concurrent use.
type compounds struct {
	lexer *lexer
	first *firstLetters
	parts sync.Map // string → []inner
}

// inner is a phrase inside a longer one, in bytes from the longer one's start.
type inner struct {
	start, end int
	set        conceptSet
}

// of lists the phrases that phrase falls into: two or more that cover it
// without a gap, or none. A phrase that does not fall apart, such as 未成年人,
// hides what is inside it.
func (c *compounds) of(phrase string) []inner {
	if v, ok := c.parts.Load(phrase); ok {
		return v.([]inner)
	}
	parts := c.tile(phrase)
	c.parts.Store(phrase, parts)
	return parts
}

// tile covers phrase with the fewest shorter phrases.
func (c *compounds) tile(phrase string) []inner {
	x := c.lexer
	// best[i] is the way to reach byte i: where its last part began, and how
	// many parts there are.
	type step struct{ from, parts int }
	best := make([]step, len(phrase)+1)
	for i := range best {
		best[i].parts = -1
	}
	best[0].parts = 0
	for i := 0; i < len(phrase); {
		_, n := runeAt(phrase, i)
		if best[i].parts >= 0 {
			var state uint32
			for j := i; j < len(phrase); {
				r, k := runeAt(phrase, j)
				if j == i {
					state = c.first.after(&x.chinese, r)
				} else {
					state = x.chinese.next(state, r)
				}
				if state == 0 {
					break
				}
				j += k
				if i == 0 && j == len(phrase) || x.chinese.values[state] <= guardValue {
					continue
				}
				if best[j].parts < 0 || best[i].parts+1 < best[j].parts {
					best[j] = step{i, best[i].parts + 1}
				}
			}
		}
		i += n
	}
	if best[len(phrase)].parts < 2 {
		return nil
	}
	parts := make([]inner, best[len(phrase)].parts)
	for at, k := len(phrase), len(parts)-1; k >= 0; k-- {
		from := best[at].from
		set, _ := x.phrase(phrase[from:at])
		parts[k] = inner{from, at, set}
		at = from
	}
	return parts
}
