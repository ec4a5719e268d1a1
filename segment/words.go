package segment

import (
	"math/bits"

	"github.com/go-ego/gse"
)

// Segmenter finds the words of Chinese text with a dictionary of its caller's.
// It is safe for concurrent use.
//
// The gse segmenter hides behind a function: the moment a gse.Segmenter could
// reach an interface value, the linker keeps the 35 MB of dictionaries that
// gse embeds and that nobody here asks for.
type Segmenter struct {
	words func([]byte) []gse.Segment
}

// Every word has the frequency one, so that with equal costs the reading with
// the most text in known words wins, and among those the one with the fewest
// words. Both are powers of two, which makes the cost of a word a whole number:
// gse sums costs as float32, and those sums are exact.
const (
	one    = 1 << 10
	fewest = 1 << 12 // at least so many ones are the frequencies of a dictionary
)

// NewSegmenter makes a Segmenter whose only dictionary is words, which must be
// folded as the text will be: simplified, half-width, lower-case. Words that do
// not occur in the text may be left out: they change nothing, and what a
// dictionary costs is its size.
func NewSegmenter(dictionary []string) *Segmenter {
	seg := &gse.Segmenter{SkipLog: true, NotLoadHMM: true}
	seg.Dict = gse.NewDict()
	seg.Init()
	for _, word := range dictionary {
		if word != "" {
			// Straight into the trie: gse's line format drops words with a
			// space and makes one-character words rare.
			_ = seg.Dict.AddToken(seg.ToToken(word, one))
		}
	}
	// What a word costs depends on the sum of the frequencies. A filler, which
	// occurs in no text, makes it the same for every dictionary but a huge one;
	// and none is free, which gse would take for "not visited".
	known := seg.Dict.NumTokens()
	total := fewest
	if known >= fewest {
		total = 1 << bits.Len(uint(known))
	}
	_ = seg.Dict.AddToken(seg.ToToken("\U000F0000\U000F0001", float64((total-known)*one)))
	seg.CalcToken()
	return &Segmenter{words: seg.Segment}
}

// Words calls yield with the byte offsets of each word of text, in order, until
// yield returns false. The words tile the text; what the dictionary does not
// know is a word of one character, or of one run of Latin letters and digits.
func (s *Segmenter) Words(text string, yield func(start, end int) bool) {
	for _, w := range s.words([]byte(text)) {
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
