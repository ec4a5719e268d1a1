package lint

import (
	"strings"
	"unicode/utf8"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
)

// closing are the brackets of blanks, by the one that opens.
var closing = map[string]string{"【": "】", "[": "]"}

// beside is how many characters on one side of a blank must be those of the wording.
const beside = 4

// blank is a blank of a suggested wording: what stands before and after it.
type blank struct{ before, after string }

// blanksOf is the blanks of the fair wordings of a library, by what stands in them.
func blanksOf(lib *clauses.Library) map[string][]blank {
	out := map[string][]blank{}
	for _, r := range lib.Rules {
		for _, text := range []string{r.Rewrite.Zh, r.Rewrite.En} {
			text = strings.Join(strings.Fields(text), " ")
			eachBlank(text, func(from, to int) {
				out[text[from:to]] = append(out[text[from:to]], blank{lastRunes(text[:from], beside), firstRunes(text[to:], beside)})
			})
		}
	}
	return out
}

// eachBlank calls f for each pair of brackets on one line of text, with the offsets of
// the whole.
func eachBlank(text string, f func(from, to int)) {
	next := map[string]int{} // where a bracket opens, from the last place on that was asked for
	for open := range closing {
		next[open] = strings.Index(text, open)
	}
	for {
		open, at := "", len(text)
		for o, i := range next {
			if i >= 0 && i < at {
				open, at = o, i
			}
		}
		if open == "" {
			return
		}
		const longest = 300 // bytes
		rest := text[at:min(len(text), at+longest)]
		from := at + len(open)
		if end := strings.Index(rest, closing[open]); end > 0 && !strings.Contains(rest[:end], "\n") {
			from = at + end + len(closing[open])
			f(at, from)
		}
		for o, i := range next {
			if i >= 0 && i < from {
				if next[o] = strings.Index(text[from:], o); next[o] >= 0 {
					next[o] += from
				}
			}
		}
	}
}

// blanks builds the propositions of blanks that are not filled in.
func (d *reader) blanks() []Proposition {
	var out []Proposition
	text := d.doc.Text
	eachBlank(text, func(from, to int) {
		for _, b := range d.unfilled()[strings.Join(strings.Fields(text[from:to]), " ")] {
			before, after := lastRunes(text[:from], beside), firstRunes(text[to:], beside)
			if !(b.before != "" && b.before == before || b.after != "" && b.after == after) {
				continue
			}
			at := document.Span{Start: from, End: to}
			i := d.readingAt(d.fold.Forward(at).Start)
			if i == len(d.readings) {
				return
			}
			s := d.readings[i].Sentence
			if n := len(out) - 1; n >= 0 && out[n].Sentence == s {
				out[n].Words = out[n].Words.Cover(at) // one finding a sentence
			} else {
				out = append(out, Proposition{Act: Blank, Anchor: DirectAnchor, Words: at, Sentence: s, group: -1})
			}
			return
		}
	})
	return out
}

func firstRunes(s string, n int) string {
	end := 0
	for ; n > 0 && end < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[end:])
		end += size
	}
	return s[:end]
}

func lastRunes(s string, n int) string {
	start := len(s)
	for ; n > 0 && start > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:start])
		start -= size
	}
	return s[start:]
}
