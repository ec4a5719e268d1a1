package segment

import (
	"iter"
	"sync"

	"github.com/go-ego/gse"
)

// Segmenter finds the words of Chinese sentences with a dictionary of its
// caller's. It is safe for concurrent use.
//
// The gse segmenter hides behind a function: the moment a gse.Segmenter could
// reach an interface value, the linker keeps the 35 MB of dictionaries that
// gse embeds and that nobody here asks for.
type Segmenter struct {
	words func() func([]byte) []gse.Segment
}

// one is every word's frequency: with equal costs the reading with the most
// text in known words wins, and among those the one with the fewest words.
const one = 1000

// New makes a Segmenter whose only dictionary is phrases and guards, which
// must be folded as the sentences will be: simplified, half-width, lower-case.
// A guard is a word that hides a false phrase inside, as 脸书 does in
// 个人脸书账号. The sequences are read once, when the first sentence with Han
// text asks for its words.
func New(phrases, guards iter.Seq[string]) *Segmenter {
	return &Segmenter{words: sync.OnceValue(func() func([]byte) []gse.Segment {
		seg := &gse.Segmenter{SkipLog: true, NotLoadHMM: true}
		seg.Dict = gse.NewDict()
		seg.Init()
		add := func(word string) {
			if word != "" {
				// Straight into the trie: gse's line format drops words
				// with a space and makes one-character words rare.
				_ = seg.Dict.AddToken(seg.ToToken(word, one))
			}
		}
		for _, words := range []iter.Seq[string]{guards, phrases} {
			if words == nil {
				continue
			}
			for word := range words {
				add(word)
			}
		}
		// gse takes a cost of zero for "not visited", and zero is the cost of
		// the only word of a dictionary. These two occur in no text.
		add("\U000F0000\U000F0001")
		add("\U000F0001\U000F0000")
		seg.CalcToken()
		return seg.Segment
	})}
}

// Words calls yield with the byte offsets of each word of sentence, in order,
// until yield returns false. The words tile the sentence; what the dictionary
// does not know is a word of one character, or of one run of Latin letters and
// digits. A sentence without Han text has no words. Pass one sentence at a
// time: gse sums its costs as float32, which lose their precision over a long
// text.
func (s *Segmenter) Words(sentence string, yield func(start, end int) bool) {
	if !hasHan(sentence) {
		return
	}
	for _, w := range s.words()([]byte(sentence)) {
		if !yield(w.Start(), w.End()) {
			return
		}
	}
}

// hasHan reports whether text holds a Han character.
func hasHan(text string) bool {
	for i := 0; i < len(text); i++ {
		// U+3400 to U+9FFF begin with E3 90 to E9; the rarer planes with F0.
		switch b := text[i]; {
		case b >= 0xE4 && b <= 0xE9:
			return true
		case b == 0xE3 && i+1 < len(text) && text[i+1] >= 0x90:
			return true
		case b == 0xF0 && i+1 < len(text) && text[i+1] >= 0xA0:
			return true
		}
	}
	return false
}
