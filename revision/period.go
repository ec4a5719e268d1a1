package revision

import (
	"math"
	"slices"
	"strings"

	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/segment"
)

// storing are the concepts of keeping data, endless those of keeping it with no end.
var (
	storing = []string{"STORAGE", "KEEP", "STORAGE MENTIONED"}
	endless = []string{"PERPETUAL", "SOFT PERPETUAL", "NO END", "LONG YEARS"}
)

// periods tells where face data is kept longer than before.
func (x *comparison) periods() {
	for n := range x.New.sentences {
		o := x.pairs.old[n]
		if o < 0 || x.pairs.same[n] {
			continue
		}
		was, is := &x.Old.sentences[o], &x.New.sentences[n]
		if !aboutFaces(is) || !saysAny(is, storing) || !saysAny(was, storing) {
			continue
		}
		before, at := longest(x.Old.Doc, was)
		after, to := longest(x.New.Doc, is)
		if before > 0 && after > before {
			x.add(Change{Kind: PeriodLengthened, Old: at, New: to})
		}
	}
}

func saysAny(s *lint.SentenceTrace, concepts []string) bool {
	return slices.ContainsFunc(concepts, func(c string) bool { return says(s, c) })
}

// longest is the longest period that a sentence states, in days, with its words; 0 if it
// states none.
func longest(d *document.Document, s *lint.SentenceTrace) (days float64, at document.Span) {
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

// unit is a unit of time, folded, with its length in days.
type unit struct {
	name string
	days float64
}

var units = []unit{
	{"分钟", 1. / 1440}, {"小时", 1. / 24}, {"工作日", 1.4}, {"自然日", 1}, {"日", 1}, {"天", 1}, {"周", 7}, {"星期", 7}, {"月", 30}, {"季度", 91}, {"年", 365},
	{"minute", 1. / 1440}, {"hour", 1. / 24}, {"business day", 1.4}, {"working day", 1.4}, {"calendar day", 1}, {"day", 1}, {"week", 7}, {"month", 30}, {"quarter", 91}, {"year", 365},
}

var englishNumbers = []string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}

// periodAt reads the period that folded text has at i, in days, and its length in bytes;
// 0 if there is none.
func periodAt(text string, i int) (days float64, size int) {
	rest := text[i:]
	if i > 0 && (letter(text[:i], false) || text[i-1] >= '0' && text[i-1] <= '9') {
		return 0, 0
	}
	n, end := segment.Number(rest)
	if end == 0 {
		for k, word := range englishNumbers {
			if tail, ok := strings.CutPrefix(rest, word); ok && !letter(tail, true) {
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
	for _, u := range units {
		if after, ok := strings.CutPrefix(tail, u.name); ok {
			if after = strings.TrimPrefix(after, "s"); letter(after, true) {
				continue
			}
			return amount * u.days, len(rest) - len(after)
		}
	}
	return 0, 0
}
