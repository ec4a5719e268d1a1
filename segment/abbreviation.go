package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clauselint/clauselint/document"
)

// zhNames are the words that give a name to what stands before them, the
// longest first; wide ones name everything the sentence has listed so far.
var zhNames = [...]struct {
	word string
	wide bool
}{
	{"以下统一简称", true}, {"以下分别简称", false}, {"以下统一称", true}, {"以下分别称", false}, {"以下统称", true}, {"以下統稱", true},
	{"以下合称", true}, {"以下合稱", true}, {"以下并称", true}, {"以下总称", true}, {"下文统称", true}, {"以下简称", false},
	{"以下簡稱", false}, {"以下称之", false}, {"以下单称", false}, {"以下單稱", false}, {"以下亦称", false}, {"以下或称", false},
	{"以下又称", false}, {"以下称作", false}, {"下文简称", false}, {"统一称", true}, {"以下称", false}, {"以下稱", false},
	{"下文称", false}, {"统称", true}, {"統稱", true}, {"合称", true}, {"合稱", true}, {"并称", true}, {"下称", false},
	{"下稱", false}, {"简称", false}, {"簡稱", false}, {"又称", false}, {"亦称", false}, {"也称", false},
}

// abbreviates reports whether before, the words up to a quoted name, ends in
// 以下简称 or the like; end is where the thing named ends.
func abbreviates(before string) (end int, wide, ok bool) {
	text := before
	for cut := true; cut; {
		r, size := utf8.DecodeLastRuneInString(text)
		if cut = size > 0 && (r == '：' || r == ':' || r == '为' || r == '為' || unicode.IsSpace(r)); cut {
			text = text[:len(text)-size]
		}
	}
	// All the words end in one of four characters, and most sentences do not.
	if r, _ := utf8.DecodeLastRuneInString(text); r == '称' || r == '稱' || r == '作' || r == '之' {
		for _, n := range zhNames {
			if head, found := strings.CutSuffix(text, n.word); found {
				return nameless(head), n.wide, true
			}
		}
	}
	return abbreviatesEn(before)
}

// nameless is the length of head without the bracket or comma that opens the
// naming part.
func nameless(head string) int {
	for _, cut := range [...]string{"或", "以下", "在本协议中", "亦"} {
		head = strings.TrimSuffix(head, cut)
	}
	// The bracket may hold more before the name: （注册号123，以下简称“X”）.
	if open := lastOpen(head); open >= 0 {
		return open
	}
	return len(strings.TrimRight(head, " ，,、；;:："))
}

// lastOpen is where the last bracket opens that head does not close, -1 if
// all are closed.
func lastOpen(head string) int {
	depth := 0
	for i := len(head); i > 0 && len(head)-i < 600; {
		r, size := utf8.DecodeLastRuneInString(head[:i])
		i -= size
		switch r {
		case '）', ')':
			depth++
		case '（', '(':
			if depth == 0 {
				return i
			}
			depth--
		}
	}
	return -1
}

// abbreviatesEn is abbreviates for "hereinafter referred to as the" without a
// bracket around it.
func abbreviatesEn(before string) (end int, wide, ok bool) {
	text := strings.TrimRight(before, " ,:")
	for _, article := range [...]string{" the", " a", " an", " our"} {
		text = strings.TrimSuffix(text, article)
	}
	for _, w := range [...]string{"hereinafter referred to as", "hereafter referred to as", "hereinafter collectively referred to as",
		"collectively referred to as", "collectively referred to herein as", "referred to herein as", "referred to in these Terms as",
		"hereinafter called", "hereinafter", "referred to as", "together referred to as", "collectively"} {
		head, found := strings.CutSuffix(text, w)
		if !found {
			continue
		}
		for _, verb := range [...]string{"are", "is", "(", "and", "be", "also", ","} {
			head = strings.TrimSuffix(strings.TrimRight(head, " "), verb)
		}
		if open := lastOpen(head); open >= 0 {
			return open, strings.Contains(w, "collectively") || strings.Contains(w, "together"), true
		}
		return len(strings.TrimRight(head, " ,")), strings.Contains(w, "collectively") || strings.Contains(w, "together"), true
	}
	return 0, false, false
}

// inBracket reports whether the names between open and next stand in a bracket
// that only names: (the "X"), (“X”或“Y”), (collectively, the "X"); at is where
// the bracket opens.
func (f *termFinder) inBracket(open, next int) (at int, wide, ok bool) {
	head := f.text[max(f.words, open-bracketed):open]
	k := lastOpen(head)
	if k < 0 {
		return 0, false, false
	}
	at = max(f.words, open-bracketed) + k
	_, size := utf8.DecodeRuneInString(f.text[at:])
	if at <= f.words {
		return 0, false, false // a bracket needs something before it to name
	}
	for i, part := range [2]string{f.text[at+size : open], f.after(next)} {
		// Another name may stand on either side: (individually, a "Party" and
		// collectively, the "Parties").
		if q := strings.LastIndexAny(part, "\"”」"); i == 0 && q >= 0 {
			_, qs := utf8.DecodeRuneInString(part[q:])
			part = part[q+qs:]
		}
		w, good := fillers(part, i == 0)
		if !good {
			return 0, false, false
		}
		wide = wide || w
	}
	return at, wide, true
}

// after is the text from next to the end of the bracket or the next quotation
// mark.
func (f *termFinder) after(next int) string {
	text := f.text[next:min(f.s.End, next+bracketed)]
	if i := strings.IndexAny(text, ")）\"“「"); i >= 0 {
		return text[:i]
	}
	return text
}

// fillers reports whether words only introduce a name; wide is set if they say
// that it is one for several things.
func fillers(words string, before bool) (wide, ok bool) {
	if len(words) > 80 {
		return false, false
	}
	if hasHan(words) {
		words = strings.Trim(words, " ，,、：:或和及与")
		switch words {
		case "", "即", "以下", "本", "下同", "如下", "以下同":
			return false, true
		}
		return false, false
	}
	for word := range strings.FieldsFuncSeq(words, func(r rune) bool { return !unicode.IsLetter(r) }) {
		switch strings.ToLower(word) {
		case "collectively", "together", "all", "jointly":
			wide = true
		case "the", "a", "an", "each", "hereinafter", "hereafter", "referred", "to", "as", "and", "or", "our", "this", "these",
			"individually", "such", "in", "agreement", "also", "defined", "herein", "called", "being", "any", "with", "that", "for", "short":
		default:
			return false, false
		}
	}
	return wide, true
}

// maxMeaning bounds how far before a bracket its meaning begins, in bytes.
const maxMeaning = 2000

// meaning is the noun phrase that ends at end: back to the last comma, over
// the members of a list; wide takes the whole sentence before.
func (f *termFinder) meaning(end int, wide bool) document.Span {
	// A sentence without end may hold definitions without number.
	start := max(f.words, end-maxMeaning)
	if f.named < end && !wide {
		start = max(start, f.named)
	}
	for start < end && !utf8.RuneStart(f.text[start]) {
		start++
	}
	text := strings.TrimRightFunc(f.text[start:end], unicode.IsSpace)
	if wide {
		return document.Span{Start: start, End: start + len(text)}
	}
	cut := len(text)
	for cut > 0 {
		k, size := lastComma(text[:cut])
		if k < 0 {
			cut = 0
			break
		}
		segment := strings.TrimSpace(text[k+size:])
		stop := text[k] == ';' || strings.HasPrefix(text[k:], "；") || strings.HasPrefix(text[k:], "：") || text[k] == ':'
		if stop || !listMember(segment, text[:k]) {
			return document.Span{Start: start + k + size, End: start + len(text)}
		}
		cut = k
	}
	return document.Span{Start: start, End: start + len(text)}
}

// lastComma is the last comma, semicolon or colon of text outside brackets.
func lastComma(text string) (at, size int) {
	depth := 0
	for i := len(text); i > 0; {
		r, n := utf8.DecodeLastRuneInString(text[:i])
		i -= n
		switch r {
		case '）', ')':
			depth++
		case '（', '(':
			depth = max(depth-1, 0)
		case '，', ',', '；', ';', '：':
			if depth == 0 {
				return i, n
			}
		}
	}
	return -1, 0
}

// listMember reports whether segment, with more of the sentence before it, is
// only the end of a list: "photos, videos, and scans".
func listMember(segment, before string) bool {
	for _, word := range [...]string{"and ", "or ", "including", "such as", "as well as", "any other", "together with", "whether", "in each case",
		"以及", "及", "和", "或", "包括", "并", "等", "与", "含", "其中"} {
		if strings.HasPrefix(segment, word) {
			return true
		}
	}
	// The member before it must be short, or it is a clause with a verb.
	k, size := lastComma(before)
	if k < 0 {
		return false
	}
	previous := strings.TrimSpace(before[k+size:])
	if hasHan(previous) {
		return utf8.RuneCountInString(previous) <= 6
	}
	return strings.Count(previous, " ") <= 2
}
