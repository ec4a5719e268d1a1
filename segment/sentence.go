package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// event is a place in a block where a sentence may end or an item of an inline
// enumeration may begin.
type event struct {
	at   int
	kind eventKind
	mark label
	list int // of a mark: which enumeration it belongs to, 0 for none
}

type eventKind uint8

const (
	stop     eventKind = iota // 。 and the like end a sentence at at
	semi                      // ； ends it as well, but not the item it stands in
	weak                      // an English ; ends a long sentence only
	markKind                  // （一） begins an item at at, if it proves to be one
)

// longSentence is how many bytes an English sentence must have before a
// semicolon ends it.
const longSentence = 200

// bracketed is how many characters may stand between brackets or quotation
// marks that keep a sentence whole.
const bracketed = 120

// scanned marks the bytes that can begin an event.
var scanned = func() (t [256]bool) {
	for _, b := range []byte(".!?;([\")\xE2\xE3\xEF") {
		t[b] = true
	}
	return t
}()

// scanner finds the events of one block; it is reused from block to block.
type scanner struct {
	text   string
	from   int // where the block's words begin, behind its label
	end    int
	begun  int // where the current sentence began, for abbreviations
	events []event
	marks  int
}

func (s *scanner) add(at int, kind eventKind) {
	s.events = append(s.events, event{at: at, kind: kind})
	s.begun = at
}

// scan fills events for text[from:end].
func (s *scanner) scan(from, end int) {
	s.from, s.begun, s.end = from, from, end
	s.events, s.marks = s.events[:0], 0
	text := s.text[:end]
	for i := from; i < len(text); {
		b := text[i]
		if !scanned[b] {
			i++
			continue
		}
		switch b {
		case '.':
			s.numberMark(i)
			i = s.point(i, 1, true)
		case '!', '?':
			i = s.point(i, 1, false)
		case ';':
			if s.hanBefore(i) {
				s.add(i+1, semi)
			} else if i+1 < end && text[i+1] <= ' ' {
				s.events = append(s.events, event{at: i + 1, kind: weak})
			}
			i++
		case '(', '[', '"':
			i = s.bracket(i, rune(b), 1)
		case ')':
			s.numberMark(i)
			i++
		default:
			i = s.wide(i)
		}
	}
}

// wide handles a character whose first byte is E2, E3 or EF.
func (s *scanner) wide(i int) int {
	r, size := utf8.DecodeRuneInString(s.text[i:s.end])
	switch r {
	case '。', '！', '？', '｡':
		j := s.closers(i + size)
		s.add(j, stop)
		return j
	case '；':
		s.add(i+size, semi)
	case '．':
		s.numberMark(i)
		return s.point(i, size, true)
	case '、', '）':
		s.numberMark(i)
	case '（', '【', '《', '〈', '「', '『', '“', '〔':
		return s.bracket(i, r, size)
	default:
		if r >= '①' && r <= '⑳' || r >= '⑴' && r <= '⒇' {
			s.mark(i, i)
		}
	}
	return i + size
}

// closers skips what stays with the sentence before: more enders, closing
// quotation marks and brackets.
func (s *scanner) closers(i int) int {
	for i < s.end {
		r, size := utf8.DecodeRuneInString(s.text[i:s.end])
		if !strings.ContainsRune("。！？!?”’」』）)】》〉〕]\"｡", r) {
			break
		}
		// A quotation mark after a space opens; one without space that has
		// words right behind it may, too, but then after 。 it closed.
		i += size
	}
	return i
}

func (s *scanner) hanBefore(i int) bool {
	if i <= s.from || s.text[i-1] < utf8.RuneSelf {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(s.text[max(s.from, i-4):i])
	return isHan(r) || strings.ContainsRune("”」』）】》、", r)
}

// point handles . ! ? at i and returns where to go on.
func (s *scanner) point(i, size int, full bool) int {
	j := i + size
	for j < s.end && strings.IndexByte(".!?", s.text[j]) >= 0 {
		j++
	}
	more := j > i+size
	j = s.closers(j)
	if j >= s.end {
		return j
	}
	next, _ := utf8.DecodeRuneInString(s.text[j:s.end])
	if s.hanBefore(i) {
		if !full || isHan(next) || unicode.IsSpace(next) {
			s.add(j, stop)
		}
		return j
	}
	if s.sentenceStart(j) && (!full || more || !s.abbreviation(i, s.after(j))) {
		s.add(j, stop)
	}
	return j
}

// sentenceStart reports whether white space and then the start of a sentence
// follow at j.
func (s *scanner) sentenceStart(j int) bool {
	k := skipSpace(s.text[:s.end], j)
	if k == j {
		return false
	}
	if k == s.end {
		return true
	}
	r, _ := utf8.DecodeRuneInString(s.text[k:s.end])
	return !unicode.IsLower(r) && (unicode.IsLetter(r) || unicode.IsNumber(r) || strings.ContainsRune("\"“'‘([【《「『•·-–—*$€£§", r))
}

func (s *scanner) after(j int) rune {
	r, _ := utf8.DecodeRuneInString(s.text[skipSpace(s.text[:s.end], j):s.end])
	return r
}

// abbreviation reports whether the point at i ends an abbreviation, an initial
// or the number of the line, and not a sentence; next is the character that
// follows the space.
func (s *scanner) abbreviation(i int, next rune) bool {
	start := i
	for start > s.begun && i-start < 12 && s.text[start-1] > ' ' && strings.IndexByte("([\"/,", s.text[start-1]) < 0 && s.text[start-1] < utf8.RuneSelf {
		start--
	}
	word := s.text[start:i]
	if len(word) == 0 || len(word) > 10 {
		return false
	}
	if strings.TrimLeft(s.text[s.begun:start], " \n\t\u00a0\u3000") == "" && (word[0] >= '0' && word[0] <= '9' || roman(word) > 0) {
		return true
	}
	if len(word) == 1 && isLetter(word[0]) {
		return true
	}
	initials := len(word) > 1
	var buf [10]byte
	for k := 0; k < len(word); k++ {
		b := word[k]
		initials = initials && (k%2 == 0) == isLetter(b) && (k%2 == 0 || b == '.')
		if b >= 'A' && b <= 'Z' {
			b |= 0x20
		}
		buf[k] = b
	}
	if initials {
		return true
	}
	switch string(buf[:len(word)]) {
	case "inc", "ltd", "co", "corp", "etc", "vs", "mr", "mrs", "ms", "dr", "prof", "st", "llc", "plc", "cf", "viz", "jr", "sr", "approx", "pty", "al", "ph.d":
		return true
	case "sec", "secs", "art", "arts", "no", "nos", "para", "paras", "cl", "cls", "ch", "fig", "pp", "vol", "reg", "ex", "app", "sch":
		return next >= '0' && next <= '9' || next == '(' || next == '§' || next == 'I' || next == 'V' || next == 'X'
	}
	return false
}

// bracket jumps over a short bracket or quotation that opens at i, so that
// nothing inside ends a sentence, and returns where to go on.
func (s *scanner) bracket(i int, opener rune, size int) int {
	if (opener == '(' || opener == '（') && s.mark(i, i) {
		return i + size
	}
	j := s.closing(i+size, opener)
	if j < 0 {
		return i + size
	}
	last, lastSize := utf8.DecodeLastRuneInString(s.text[i:j])
	inner, _ := utf8.DecodeLastRuneInString(s.text[i : j-lastSize])
	switch inner {
	case '。', '！', '？':
		if strings.ContainsRune("”」』\"", last) && j < s.end {
			// “……。”的 goes on, “……。”他 does not.
			next, _ := utf8.DecodeRuneInString(s.text[j:s.end])
			if !strings.ContainsRune("，,、；;：:的）)和及或与與为為指是等所之”」』", next) {
				s.add(j, stop)
			}
		}
	case '.', '!', '?':
		if s.sentenceStart(j) {
			s.add(j, stop)
		}
	}
	return j
}

// closing finds the end of the bracket whose words begin at i, just behind its
// closer; -1 if it is far or missing.
func (s *scanner) closing(i int, opener rune) int {
	var shut rune
	switch opener {
	case '(', '（':
		shut = '）'
	case '[':
		shut = ']'
	case '"':
		shut = '"'
	case '“':
		shut = '”'
	case '【':
		shut = '】'
	case '《':
		shut = '》'
	case '〈':
		shut = '〉'
	case '「':
		shut = '」'
	case '『':
		shut = '』'
	case '〔':
		shut = '〕'
	}
	depth := 0
	for n := 0; i < s.end && n < bracketed; n++ {
		b := s.text[i]
		if b < utf8.RuneSelf {
			i++
			r := rune(b)
			if r == ')' && shut == '）' {
				r = '）'
			} else if r == '(' && shut == '）' {
				depth++
			}
			if r == shut {
				if depth == 0 {
					return i
				}
				depth--
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(s.text[i:s.end])
		i += size
		switch {
		case r == shut:
			if depth == 0 {
				return i
			}
			depth--
		case r == opener || r == '（' && opener == '(':
			depth++
		}
	}
	return -1
}
