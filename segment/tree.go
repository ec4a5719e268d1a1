package segment

import (
	"strings"
	"unicode/utf8"

	"github.com/clauselint/clauselint/document"
)

// open is a clause that is not closed yet.
type open struct {
	clause *Clause
	item   int  // the level of a list item of the file format, else 0
	head   int  // the level of a heading of the file format, else 0
	title  bool // the label stands before a heading of its own line
}

// tree builds the clause tree while blocks are read. Its stack holds the open
// clauses, the root first. Apart from items and headings, whose levels the
// readers bound, a style of numbering is on the stack at most twice: the stack
// is short and walking it is cheap.
type tree struct {
	text    string
	clauses []*Clause
	stack   []open
	// floor is the number of entries that placing must leave alone: numbering
	// inside a table cell does not close the clause that holds the table.
	floor int
	// firstUnder is the style under which each style appeared first.
	firstUnder [styles]style
	// last is the sentence read last in the body, end where the words end.
	last *Sentence
	end  int
	pool []Clause
}

// maxItemLevel bounds how deep lists nest.
const maxItemLevel = 32

func newTree(text string) *tree {
	t := &tree{text: text, floor: 1}
	root := t.alloc()
	root.Span = document.Span{Start: 0, End: len(text)}
	t.clauses = append(t.clauses, root)
	t.stack = append(t.stack, open{clause: root})
	return t
}

func (t *tree) alloc() *Clause {
	if len(t.pool) == 0 {
		t.pool = make([]Clause, 64)
	}
	c := &t.pool[0]
	t.pool = t.pool[1:]
	return c
}

func (t *tree) top() *open { return &t.stack[len(t.stack)-1] }

// truncate closes all clauses from depth on.
func (t *tree) truncate(depth int) {
	for i := depth; i < len(t.stack); i++ {
		c := t.stack[i].clause
		c.End = max(c.End, t.end)
	}
	t.stack = t.stack[:depth]
}

// attach makes a clause with label l under parent, beginning at start.
func (t *tree) attach(parent *Clause, l label, start int) *Clause {
	c := t.alloc()
	c.Span = document.Span{Start: start, End: start}
	c.Label, c.label = l.text, l
	c.Parent, c.Level = parent, parent.Level+1
	c.index = len(t.clauses)
	c.Stem = t.stem(parent, &l)
	parent.Children = append(parent.Children, c)
	t.clauses = append(t.clauses, c)
	return c
}

// push opens a clause under the innermost open one.
func (t *tree) push(l label, start int, o open) *Clause {
	under := t.top().clause
	if t.firstUnder[l.style] == noStyle {
		t.firstUnder[l.style] = under.label.style
	}
	o.clause = t.attach(under, l, start)
	t.stack = append(t.stack, o)
	return o.clause
}

// stem finds the lead-in of a new clause under parent: the words just before
// it, or those that its elder sibling continues.
func (t *tree) stem(parent *Clause, l *label) *Sentence {
	if t.last != nil && t.last.Clause == parent && leadsIn(t.last, t.text[t.last.Start:t.last.End]) {
		return t.last
	}
	if n := len(parent.Children); n > 0 {
		if elder := parent.Children[n-1]; l.after(&elder.label) {
			return elder.Stem
		}
	}
	return nil
}

// leadsIn reports whether a sentence is unfinished, so that the list below
// goes on with it.
func leadsIn(s *Sentence, text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	switch {
	case r == ':' || r == '：' || r == '—':
		return true
	case s.Heading || strings.ContainsRune(".。．!！?？;；…)）]】》\"”」』", r):
		return false
	case strings.HasSuffix(text, "如下") || strings.HasSuffix(text, "下列") || strings.HasSuffix(text, "following"):
		return true
	case isHan(r):
		// Chinese lead-ins end in one of the above; without it this is a title
		// or a line of a form.
		return r == '，'
	}
	// "You grant us the right to" and "provided that," go on below.
	return strings.Count(text, " ") >= 2
}

// place decides where a numbered clause goes: the depth to which the stack is
// cut before it is pushed.
func (t *tree) place(l *label, title bool) int {
	if l.n > 1 {
		if depth := t.placeDotted(l); depth > 0 {
			return depth
		}
	}
	var candidate int
	for k := len(t.stack) - 1; k >= t.floor; k-- {
		e := &t.stack[k]
		if (e.head == 0 || title) && l.after(&e.clause.label) {
			if e.title == title {
				return k
			}
			if candidate == 0 {
				candidate = k
			}
		}
	}
	if candidate > 0 {
		return candidate
	}
	for k := len(t.stack) - 1; k >= t.floor; k-- {
		e := &t.stack[k]
		if l.same(&e.clause.label) && (e.head == 0 || !title) {
			if l.num() == 1 && e.title && !title {
				break // 1. 2. 3. as a list under the heading "1. 服务"
			}
			return k
		}
	}
	return t.placeNew(l, title)
}

// placeNew places the first label of a list whose style is not open.
func (t *tree) placeNew(l *label, title bool) int {
	depth := len(t.stack)
	for depth > t.floor && t.stack[depth-1].clause.label.style == bullet && l.style != bullet {
		depth-- // nothing numbered hangs under a bullet
	}
	for depth > t.floor && title && !t.stack[depth-1].title {
		depth-- // nor a heading under a numbered paragraph
	}
	if r := rank(l.style); r < unranked {
		for depth > t.floor {
			e := &t.stack[depth-1]
			er := rank(e.clause.label.style)
			// 一、 may stand over 第一条 or under it: an open heading decides.
			if er <= r || e.title && er <= looseRank && r >= articleRank {
				break
			}
			depth--
		}
		return depth
	}
	if top := t.top().clause; l.num() == 1 && t.last != nil && t.last.Clause == top && !title && leadsIn(t.last, t.text[t.last.Start:t.last.End]) {
		return depth // the list that the words just before it announce
	}
	if p := t.firstUnder[l.style]; p != noStyle && l.style != bullet {
		for k := depth - 1; k >= t.floor; k-- {
			if t.stack[k].clause.label.style == p {
				return k + 1
			}
			if t.stack[k].title {
				break // what stands below a heading belongs to it
			}
		}
	}
	return depth
}

const (
	articleRank = 4
	looseRank   = 6
	unranked    = 9
)

// rank orders the styles that have a place of their own, the highest first.
func rank(s style) int {
	switch s {
	case noStyle, scheduleStyle, headingOnly, capsHeading, titleHeading, hanHeading:
		return 0
	case partStyle:
		return 1
	case chapterStyle:
		return 2
	case divisionStyle:
		return 3
	case articleStyle:
		return articleRank
	case sectionStyle:
		return articleRank + 1
	case hanComma:
		return looseRank
	}
	return unranked
}

// placeDotted places 7.2 beside 7.1, else under 7; 0 if neither is open.
func (t *tree) placeDotted(l *label) int {
	for k := len(t.stack) - 1; k >= t.floor; k-- {
		if m := &t.stack[k].clause.label; m.n == l.n && m.style == l.style && l.under(m, l.n-1) {
			return k
		}
	}
	depth := 0
	for k := len(t.stack) - 1; k >= t.floor; k-- {
		m := &t.stack[k].clause.label
		if m.n != l.n-1 || !l.under(m, m.n) {
			continue
		}
		switch m.style {
		case numDot, numComma, articleStyle, sectionStyle, chapterStyle:
			return k + 1
		case hanComma, divisionStyle, partStyle:
			depth = k + 1
		}
	}
	if depth > 0 {
		return depth
	}
	for k := t.floor; k < len(t.stack); k++ {
		if t.stack[k].clause.label.n >= l.n {
			return k
		}
	}
	return 0
}

// placeHeading places a heading of the file format by its level.
func (t *tree) placeHeading(l *label, level int) int {
	for k := t.floor; k < len(t.stack); k++ {
		e := &t.stack[k]
		if e.head > 0 && e.head < level {
			continue
		}
		// Many files give 第一章 and 第一条, or 1 and 1.1, one level.
		m := &e.clause.label
		if e.head == level && l.n > 0 && m.n > 0 && !l.same(m) &&
			(l.n > m.n && l.under(m, m.n) || l.n == 1 && m.n == 1 && rank(l.style) > rank(m.style) && rank(m.style) > 0) {
			continue
		}
		return k
	}
	return len(t.stack)
}

// placeTitle places an unnumbered heading that only its looks give away.
func (t *tree) placeTitle(s style) int {
	for k := len(t.stack) - 1; k >= t.floor; k-- {
		if t.stack[k].clause.label.style == s {
			return k
		}
	}
	depth := len(t.stack)
	for depth > t.floor && !t.stack[depth-1].title && t.stack[depth-1].head == 0 {
		depth--
	}
	return depth
}

// placeItem places an item of a list of the file format.
func (t *tree) placeItem(l *label, level int, markdown bool) int {
	deepest := 0
	for k := len(t.stack) - 1; k >= t.floor; k-- {
		e := &t.stack[k]
		if e.item == 0 {
			continue
		}
		deepest = max(deepest, e.item)
		if e.item == level && l.same(&e.clause.label) {
			return k
		}
	}
	switch {
	case deepest == 0 && l.style != bullet:
		return t.place(l, false)
	case level > deepest:
		return len(t.stack)
	case l.style == bullet && !markdown:
		// Word counts the levels of each list from one: bullets under 1.1 are
		// a list of their own.
		depth := len(t.stack)
		for depth > t.floor && t.stack[depth-1].clause.label.style == bullet {
			depth--
		}
		return depth
	case !markdown:
		return t.place(l, false)
	}
	for k := t.floor; k < len(t.stack); k++ {
		if t.stack[k].item >= level {
			return k
		}
	}
	return len(t.stack)
}

// closeBullets closes what an unnumbered paragraph after a list does not
// belong to: its bullets, and with list the whole list of the file format.
func (t *tree) closeBullets(list bool) {
	depth := len(t.stack)
	for depth > t.floor {
		e := &t.stack[depth-1]
		if e.clause.label.style != bullet && !(list && e.item > 0) {
			break
		}
		depth--
	}
	t.truncate(depth)
	for t.finished() {
		t.truncate(len(t.stack) - 1)
	}
}

// finished reports whether the innermost clause is the last of a list whose
// lead-in and punctuation show that it is complete: "…: (a) …; (b) …." An
// unnumbered paragraph below then goes on with the clause of the lead-in.
func (t *tree) finished() bool {
	c := t.top().clause
	if len(t.stack) <= t.floor || c.Stem == nil || len(c.Parent.Children) < 2 || c.Stem.Clause != c.Parent {
		return false
	}
	elder := c.Parent.Children[len(c.Parent.Children)-2]
	last, before := t.text[c.Start:max(c.End, c.Start)], t.text[elder.Start:elder.End]
	return (strings.HasSuffix(last, ".") || strings.HasSuffix(last, "。")) &&
		(strings.HasSuffix(before, ";") || strings.HasSuffix(before, "；") || strings.HasSuffix(before, "; and") || strings.HasSuffix(before, "; or"))
}

// numbered reports whether a numbered clause is open.
func (t *tree) numbered() bool {
	for k := t.floor; k < len(t.stack); k++ {
		if s := t.stack[k].clause.label.style; s > noStyle && s < bullet {
			return true
		}
	}
	return false
}

// has reports whether a clause of style s is open.
func (t *tree) has(s style) bool {
	for k := t.floor; k < len(t.stack); k++ {
		if t.stack[k].clause.label.style == s {
			return true
		}
	}
	return false
}

// settle chooses between the two readings of (i), (v), (x): the one that goes
// on with an open list. next is the label of the same kind that follows.
func (t *tree) settle(l *label, next *label) {
	if l.alt == noStyle {
		return
	}
	other := *l
	other.swap()
	for k := len(t.stack) - 1; k >= t.floor; k-- {
		m := &t.stack[k].clause.label
		first, second := l.after(m), other.after(m)
		if !first && !second {
			continue
		}
		// After (h) comes the letter (i), unless (ii) follows.
		if second && l.num() == 1 && next != nil && next.after(l) {
			return
		}
		if second {
			l.swap()
		}
		return
	}
	// A list does not begin with (v): under no open list only (i) is likely,
	// which the reader has already taken for a numeral.
}
