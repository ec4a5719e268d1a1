package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clauselint/clauselint/document"
)

// Cut finds the clauses, sentences, defined terms and cross-references of doc.
// It runs in time linear in the length of the text.
func Cut(doc *document.Document) *Contract {
	c := &cutter{doc: doc, text: doc.Text, tree: newTree(doc.Text), scan: scanner{text: doc.Text}}
	c.out = &Contract{Doc: doc}
	c.lines = make([]line, len(doc.Blocks))
	c.readLines()
	for i := range doc.Blocks {
		if !c.lines[i].blank() {
			c.block(i)
		}
	}
	c.tree.floor = 1
	c.tree.truncate(1)
	c.out.Clauses = c.tree.clauses
	c.share()
	c.rows()
	c.findDefinitions()
	return c.out
}

// cutter is the work on one document.
type cutter struct {
	doc   *document.Document
	text  string
	out   *Contract
	tree  *tree
	scan  scanner
	lines []line
	// cell is the table cell being read, as table, row and column.
	cell [3]int
	pool []Sentence
}

// line is what is known of a block before the tree is built.
type line struct {
	document.Span // without white space at both ends
	// label is the number the block begins with; n is 0 if there is none.
	label  label
	words  int  // where the words behind the label begin
	typed  bool // the label stands in the text
	listed bool // a line of a table of contents
	plain  bool // outside the body or quoted: no label, no heading
	// next is the next block of the body, 0 for none.
	next int
}

func (l *line) blank() bool { return l.Start >= l.End }

// readLines reads the label of every block.
func (c *cutter) readLines() {
	blocks := c.doc.Blocks
	quoted := 0
	for i := range blocks {
		if blocks[i].Quoted {
			quoted++
		}
	}
	last := -1
	for i := range blocks {
		b, l := &blocks[i], &c.lines[i]
		l.Span = trimmed(c.text, b.Span)
		l.words = l.Start
		if l.blank() {
			continue
		}
		// A quotation in a contract is somebody else's words with their own
		// numbers, unless the file quotes the whole contract.
		l.plain = b.Kind == document.Code || b.Place != document.Body && b.Place != document.TextBox ||
			b.Quoted && quoted*2 < len(blocks)
		if l.plain {
			continue
		}
		if last >= 0 {
			c.lines[last].next = i
		}
		last = i
		c.readLine(b, l)
	}
	c.dropContents()
}

// contentsLine bounds a line of a table of contents, in bytes.
const contentsLine = 120

// dropContents takes the labels off the lines of a table of contents: two or
// more neighbours that stand word for word further down again.
func (c *cutter) dropContents() {
	key := func(i int) string {
		l := &c.lines[i]
		if !l.typed || l.label.style == bullet || l.End-l.words > contentsLine || l.words >= l.End {
			return ""
		}
		return c.text[l.Start:l.End]
	}
	lastSeen := map[string]int{}
	for i := range c.lines {
		if k := key(i); k != "" {
			lastSeen[k] = i
		}
	}
	repeated := func(i int) bool {
		if i < 0 || i >= len(c.lines) {
			return false
		}
		k := key(i)
		return k != "" && lastSeen[k] > i
	}
	before, here := false, repeated(0)
	for i := range c.lines {
		after := repeated(i + 1)
		if here && (before || after) {
			l := &c.lines[i]
			l.label, l.typed, l.words, l.listed = label{}, false, l.Start, true
			if b := &c.doc.Blocks[i]; b.Label != "" {
				l.label = blockLabel(b.Label)
			}
		}
		before, here = here, after
	}
}

func (c *cutter) readLine(b *document.Block, l *line) {
	if b.Label != "" {
		l.label = blockLabel(b.Label)
		if l.label.style != bullet {
			return
		}
	}
	own, ok := readLabel(c.text[l.Start:l.End])
	switch {
	case !ok:
		return
	case b.Kind == document.Cell && utf8.RuneCountInString(c.text[min(l.Start+own.next, l.End):l.End]) < 15:
		return // a figure in a table, or the number of its row
	case own.style == bullet && (b.Kind == document.Heading || l.label.n > 0):
		return
	}
	l.label, l.typed = own, true
	l.words = min(l.Start+own.next, l.End)
}

// blockLabel reads a label that the file format keeps apart from the text.
func blockLabel(text string) label {
	text = strings.TrimSpace(text)
	if l, ok := readLabel(text); ok && l.style != bullet {
		return l
	}
	// Word writes "1" or "1.1" without a point as well.
	if l, ok := readLabel(text + " x"); ok && l.style != bullet {
		return l
	}
	if l, ok := readLabel(text + ". x"); ok && l.style != bullet {
		return l
	}
	l := label{style: bullet, n: 1}
	if strings.IndexFunc(text, func(r rune) bool { return unicode.IsDigit(r) || unicode.IsLetter(r) && r != 'o' && r < 0xE000 }) >= 0 && text[0] != '[' {
		l.style = otherLabel
		l.text = strings.TrimRight(text, ".．、:： ")
	} else if text != "" {
		r, _ := utf8.DecodeRuneInString(text)
		l.nums[0] = int32(r)
	}
	return l
}

// block opens the clauses that a block begins and cuts it into sentences.
func (c *cutter) block(i int) {
	b, l := &c.doc.Blocks[i], &c.lines[i]
	if l.plain {
		clause := c.tree.clauses[0]
		if b.Quoted && b.Place == document.Body || b.Kind == document.Code {
			clause = c.tree.top().clause
		}
		c.sentences(i, clause, nil, false)
		return
	}
	c.enterCell(b)
	heading, span := c.heading(i)
	own := &l.label
	switch {
	case b.Kind == document.Heading:
		level := max(b.Level, 1)
		if own.n == 0 {
			*own = label{style: headingOnly}
		}
		c.open(i, c.tree.placeHeading(own, level), open{head: level, title: true})
	case own.n > 0 && own.style != bullet && !l.typed && b.Kind == document.Item:
		level := min(max(b.Level, 1), maxItemLevel)
		c.settle(i)
		c.open(i, c.tree.placeItem(own, level, c.doc.Format == document.Markdown), open{item: level, title: heading == wholeLine})
	case own.n > 0 && own.style != bullet:
		c.settle(i)
		if b.Level > 0 && b.Kind == document.Item {
			c.leaveItems(b.Level)
		}
		depth := c.tree.place(own, heading == wholeLine)
		o := open{title: heading == wholeLine}
		if depth < len(c.tree.stack) && o.title && own.after(&c.tree.stack[depth].clause.label) {
			// Where "1." was a heading of the file, "2." takes its place.
			o.head = c.tree.stack[depth].head
		}
		c.open(i, depth, o)
	case own.style == bullet:
		level := 0
		if b.Kind == document.Item {
			level = min(max(b.Level, 1), maxItemLevel)
			c.open(i, c.tree.placeItem(own, level, c.doc.Format == document.Markdown), open{item: level})
		} else {
			c.open(i, c.tree.place(own, false), open{})
		}
	case own.style != noStyle: // a heading by its looks
		c.open(i, c.tree.placeTitle(own.style), open{title: true})
	default:
		c.continuation(i, b)
	}
	clause := c.tree.top().clause
	if heading != noHeading {
		clause.HeadingSpan = span
		clause.Heading = c.text[span.Start:span.End]
	}
	c.sentences(i, clause, own, heading == wholeLine)
}

// open opens the clause of block i at that depth of the stack, and the clause
// of a second label behind the first, as in "5. (a) You grant".
func (c *cutter) open(i, depth int, o open) {
	l := &c.lines[i]
	c.tree.truncate(depth)
	c.tree.push(l.label, l.Start, o)
	if o.head > 0 || l.label.n == 0 {
		return
	}
	second, ok := readLabel(c.text[l.words:l.End])
	if !ok || second.num() != 1 || second.n > 1 || second.same(&l.label) {
		return
	}
	switch second.style {
	case hanParens, numParens, alphaParens, romanParens, circled:
		c.tree.push(second, l.Start, open{})
		l.words = min(l.words+second.next, l.End)
		l.label = second
	}
}

// settle chooses the reading of an ambiguous letter by what is open and what
// follows.
func (c *cutter) settle(i int) {
	l := &c.lines[i].label
	if l.alt == noStyle {
		return
	}
	var next *label
	for k, n := c.lines[i].next, 0; k > 0 && n < 24; k, n = c.lines[k].next, n+1 {
		m := &c.lines[k].label
		if m.n == 1 && (m.style == l.style || m.style == l.alt || m.alt == l.style) {
			next = m
			break
		}
	}
	c.tree.settle(l, next)
}

// enterCell keeps numbering inside a table cell from closing what is outside.
func (c *cutter) enterCell(b *document.Block) {
	cell := [3]int{}
	if b.Kind == document.Cell {
		cell = [3]int{b.Table, b.Row, b.Col}
	}
	if cell == c.cell {
		return
	}
	if c.cell != [3]int{} {
		c.tree.truncate(c.tree.floor)
		c.tree.floor = 1
	}
	if b.Kind == document.Cell {
		c.tree.floor = len(c.tree.stack)
	}
	c.cell = cell
}

// continuation finds the clause that an unnumbered paragraph belongs to.
func (c *cutter) continuation(i int, b *document.Block) {
	if b.Kind == document.Cell {
		return
	}
	if b.Level > 0 {
		c.leaveItems(b.Level)
		return
	}
	// In Markdown a paragraph that is not indented has left the list, though
	// a list that goes on below shows that its author did not mean to.
	c.tree.closeBullets(c.doc.Format == document.Markdown && b.Kind != document.Item && !c.listGoesOn(i))
}

// leaveItems closes the items deeper than level.
func (c *cutter) leaveItems(level int) {
	t := c.tree
	for k := t.floor; k < len(t.stack); k++ {
		if t.stack[k].item > level {
			t.truncate(k)
			return
		}
	}
}

// listGoesOn reports whether the numbered list that is open continues after
// block i.
func (c *cutter) listGoesOn(i int) bool {
	var item *open
	for k := c.tree.floor; k < len(c.tree.stack); k++ {
		if e := &c.tree.stack[k]; e.item > 0 && e.clause.label.style != bullet {
			item = e
			break
		}
	}
	if item == nil {
		return false
	}
	if item.title {
		return true
	}
	for k, n := c.lines[i].next, 0; k > 0 && n < 24; k, n = c.lines[k].next, n+1 {
		b := &c.doc.Blocks[k]
		if b.Kind == document.Heading {
			return false
		}
		if b.Kind == document.Item && b.Level == item.item && c.lines[k].label.style != bullet {
			return c.lines[k].label.after(&item.clause.label)
		}
	}
	return false
}

// trimmed is s without white space at both ends.
func trimmed(text string, s document.Span) document.Span {
	s.Start = min(skipSpace(text[:s.End], s.Start), s.End)
	for s.End > s.Start {
		if b := text[s.End-1]; b > ' ' && b < utf8.RuneSelf {
			break
		}
		r, size := utf8.DecodeLastRuneInString(text[s.Start:s.End])
		if !unicode.IsSpace(r) {
			break
		}
		s.End -= size
	}
	return s
}
