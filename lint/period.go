package lint

import (
	"math"
	"slices"
	"strings"

	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/segment"
)

// endless are the concepts of keeping data with no end.
var endless = []string{"PERPETUAL", "SOFT PERPETUAL", "NO END", "LONG YEARS"}

// Period is the longest period that the sentence, of document d, states: in days, infinite
// for one without end, 0 if it states none; with its words.
func (s *SentenceTrace) Period(d *document.Document) (days float64, at document.Span) {
	fold := d.Fold()
	in := fold.Forward(s.Span)
	text := fold.Text[in.Start:in.End]
	for i := 0; i < len(text); {
		n, size := periodAt(text, i)
		if size == 0 {
			i++
			continue
		}
		if n > days {
			days, at = n, fold.Back(document.Span{Start: in.Start + i, End: in.Start + i + size})
		}
		i += size
	}
	for _, m := range s.Mentions {
		if !m.Denied && m.Quality != "denied" && slices.ContainsFunc(m.Concepts, func(c string) bool { return slices.Contains(endless, c) }) {
			return math.Inf(1), m.Span
		}
	}
	return days, at
}

// timeUnit is a unit of time, folded, with its length in days.
type timeUnit struct {
	name string
	days float64
}

var timeUnits = []timeUnit{
	{"分钟", 1. / 1440}, {"小时", 1. / 24}, {"工作日", 1.4}, {"自然日", 1}, {"日", 1}, {"天", 1}, {"周", 7}, {"星期", 7}, {"月", 30}, {"季度", 91}, {"年", 365},
	{"minute", 1. / 1440}, {"hour", 1. / 24}, {"business day", 1.4}, {"working day", 1.4}, {"calendar day", 1}, {"day", 1}, {"week", 7}, {"month", 30}, {"quarter", 91}, {"year", 365},
}

var englishNumbers = []string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}

// periodAt reads the period that folded text has at i, in days, and its length in bytes;
// 0 if there is none.
func periodAt(text string, i int) (days float64, size int) {
	rest := text[i:]
	if i > 0 && (latin(text[:i], false) || text[i-1] >= '0' && text[i-1] <= '9') {
		return 0, 0
	}
	n, end := segment.Number(rest)
	if end == 0 {
		for k, word := range englishNumbers {
			if tail, ok := strings.CutPrefix(rest, word); ok && !latin(tail, true) {
				n, end = k, len(word)
			}
		}
	}
	switch {
	case end > 0:
	case strings.HasPrefix(rest, "半"):
		end = len("半")
	default:
		return 0, 0
	}
	amount := float64(n)
	if strings.HasPrefix(rest, "半") {
		amount = 0.5
	}
	tail := strings.TrimLeft(rest[end:], " -")
	tail = strings.TrimPrefix(tail, "个")
	for _, u := range timeUnits {
		if after, ok := strings.CutPrefix(tail, u.name); ok {
			if after = strings.TrimPrefix(after, "s"); latin(after, true) {
				continue
			}
			return amount * u.days, len(rest) - len(after)
		}
	}
	return 0, 0
}

// latin reports whether s begins, or ends, with a letter of ASCII.
func latin(s string, first bool) bool {
	if s == "" {
		return false
	}
	c := s[len(s)-1] | 0x20
	if first {
		c = s[0] | 0x20
	}
	return 'a' <= c && c <= 'z'
}
