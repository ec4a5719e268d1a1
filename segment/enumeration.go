package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mark records a bracketed or circled number at i as the possible start of an
// item of an inline enumeration.
func (s *scanner) mark(i, start int) bool {
	l, ok := readLabel(s.text[i:min(s.end, i+24)])
	if !ok {
		return false
	}
	switch l.style {
	case hanParens, numParens, circled, alphaParens, romanParens:
	default:
		return false
	}
	if !s.itemMayStart(start, "：；;:，,、。") {
		return false
	}
	s.events = append(s.events, event{at: start, kind: markKind, mark: l})
	s.marks++
	return true
}

// numberMark records 1、 1. or 1) as a possible item; i is where its
// punctuation stands. In running text only a colon, a semicolon or the end of
// a Chinese sentence lets such a number begin an item.
func (s *scanner) numberMark(i int) {
	start := i
	for start > s.from && i-start < 3 && s.text[start-1] >= '0' && s.text[start-1] <= '9' {
		start--
	}
	if start == i || i-start > 2 || !s.itemMayStart(start, "：；;:。") {
		return
	}
	l, ok := readLabel(s.text[start:min(s.end, start+16)])
	if !ok || l.n != 1 {
		return
	}
	s.events = append(s.events, event{at: start, kind: markKind, mark: l})
	s.marks++
}

// itemMayStart reports whether an item may begin at i: at the start of the
// words, behind one of the characters in before, or behind "and" or "or".
func (s *scanner) itemMayStart(i int, before string) bool {
	for n := 0; i > s.from && n < 8; n++ {
		r, size := utf8.DecodeLastRuneInString(s.text[max(s.from, i-4):i])
		if unicode.IsSpace(r) {
			i -= size
			continue
		}
		if strings.ContainsRune(before, r) {
			return true
		}
		head := s.text[max(s.from, i-8):i]
		for _, word := range [...]string{" and", " or", "and/or", "以及", "或者"} {
			if strings.HasSuffix(head, word) {
				return true
			}
		}
		return false
	}
	return i <= s.from
}

// enumeration is one list inside a block.
type enumeration struct {
	parent  int // the list whose item holds it, 0 for none
	members int
	last    int // the event of its last member
	// outer is set for the list that the block's own label opened.
	outer bool
	// wordy is set if an item before the last holds a full stop: then the
	// sentences after the last item's first one belong to that item as well.
	wordy bool
}

// enumerate finds which marks form lists: numbers in order, from 1 or from the
// block's own label on, at least two. It sets list in the events and returns
// the lists; list 0 is no list.
func (s *scanner) enumerate(own *label) []enumeration {
	lists := make([]enumeration, 1, 4)
	type level struct {
		list int
		last label
	}
	var stack []level
	if own != nil && own.n == 1 {
		lists = append(lists, enumeration{members: 1, outer: true, last: -1})
		stack = append(stack, level{1, *own})
	}
	for i := range s.events {
		e := &s.events[i]
		if e.kind != markKind {
			continue
		}
		k := len(stack) - 1
		for k >= 0 && !follows(&e.mark, &stack[k].last) {
			k--
		}
		switch {
		case k >= 0:
			stack = stack[:k+1]
			stack[k].last = e.mark
		case e.mark.num() == 1 || e.mark.altNum == 1:
			if e.mark.num() != 1 {
				e.mark.swap()
			}
			for k = len(stack) - 1; k >= 0 && !e.mark.same(&stack[k].last); k-- {
			}
			if k >= 0 {
				stack = stack[:k]
			}
			n := enumeration{}
			if len(stack) > 0 {
				n.parent = stack[len(stack)-1].list
			}
			lists = append(lists, n)
			stack = append(stack, level{len(lists) - 1, e.mark})
			k = len(stack) - 1
		default:
			continue
		}
		e.list = stack[k].list
		lists[e.list].members++
		lists[e.list].last = i
	}
	s.findWordy(lists)
	return lists
}

// follows reports whether m is the number after last, in either reading.
func follows(m, last *label) bool {
	if m.after(last) {
		return true
	}
	if m.alt != noStyle {
		other := *m
		other.swap()
		if other.after(last) {
			*m = other
			return true
		}
	}
	// (h), (i): the numeral i was first thought to open a list of its own.
	return false
}

// findWordy sets wordy: a full stop inside an item that is not the last.
func (s *scanner) findWordy(lists []enumeration) {
	current, pending := 0, false
	for i := range s.events {
		switch e := &s.events[i]; {
		case e.kind == stop:
			pending = current > 0 && skipSpace(s.text[:s.end], e.at) < s.end
			// A stop right before the next mark ends the item as ; would.
			if pending && i+1 < len(s.events) && s.events[i+1].kind == markKind && s.events[i+1].list > 0 &&
				skipSpace(s.text[:s.end], e.at) == s.events[i+1].at {
				pending = false
			}
			if pending && lists[current].last > i {
				lists[current].wordy = true
			}
		case e.kind == markKind && e.list > 0 && lists[e.list].members > 1:
			current = e.list
		}
	}
}
