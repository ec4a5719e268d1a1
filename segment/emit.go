package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clauselint/clauselint/document"
)

// sentences cuts block i into sentences of clause and, where it holds an
// inline enumeration, into child clauses. own is the label the block begins
// with, nil if its labels do not count.
func (c *cutter) sentences(i int, clause *Clause, own *label, heading bool) {
	l := &c.lines[i]
	if heading {
		c.emit(i, l.Start, l.End, clause, true)
		return
	}
	s := &c.scan
	s.scan(max(l.words, l.Start), l.End)
	var lists []enumeration
	if s.marks > 0 && own != nil {
		if own.n == 0 || own.style == bullet || !l.typed {
			own = nil
		}
		lists = s.enumerate(own)
	}
	first := len(c.out.Sentences)
	start := l.Start
	p := placer{c: c, clause: clause}
	for k := range s.events {
		e := &s.events[k]
		if e.at < start {
			continue
		}
		switch e.kind {
		case weak:
			if e.at-start <= longSentence {
				continue
			}
		case markKind:
			if e.list == 0 || lists[e.list].members < 2 {
				continue
			}
		}
		if e.at > start {
			c.emitAfter(first, i, start, e.at, p.clause)
			start = e.at
		}
		switch e.kind {
		case markKind:
			p.item(e, lists)
		case stop:
			p.stop(k, lists)
		}
	}
	c.emitAfter(first, i, start, l.End, p.clause)
	p.close(0)
}

// emitAfter emits a sentence; what holds neither letter nor digit, or only the
// "and" after an item's semicolon, belongs to the sentence before, if the block
// has one.
func (c *cutter) emitAfter(first, block, start, end int, clause *Clause) {
	if len(c.out.Sentences) > first && end-start < 16 && wordless(c.text[start:end]) {
		last := c.out.Sentences[len(c.out.Sentences)-1]
		if span := trimmed(c.text, document.Span{Start: start, End: end}); span.Len() > 0 {
			last.End = span.End
			last.Clause.End = max(last.Clause.End, span.End)
			c.tree.end = max(c.tree.end, span.End)
		}
		return
	}
	c.emit(block, start, end, clause, false)
}

func wordless(text string) bool {
	switch strings.TrimSpace(text) {
	case "and", "or", "and/or", "以及", "及", "或", "或者", "和":
		return true
	}
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return false
		}
	}
	return true
}

// maxSentence is how many bytes a sentence has at most. What goes on for longer without
// a stop is no sentence: a list of names, a text whose marks were lost. Whoever reads a
// sentence compares its parts with each other, and that must come to an end.
const maxSentence = 6 << 10

// emit adds the sentence text[start:end] without the white space around it, in pieces if
// it is longer than any sentence.
func (c *cutter) emit(block, start, end int, clause *Clause, heading bool) {
	for end-start > maxSentence {
		cut := pieceEnd(c.text, start, start+maxSentence)
		c.emitOne(block, start, cut, clause, heading)
		start = cut
	}
	c.emitOne(block, start, end, clause, heading)
}

// pieceEnd is where a piece of text from start ends, at most at end: behind the last mark
// or space in its second half, else between two characters.
func pieceEnd(text string, start, end int) int {
	half := text[(start+end)/2 : end]
	for _, marks := range []string{";；", ",，、", " \n\t\u3000"} {
		if i := strings.LastIndexAny(half, marks); i >= 0 {
			_, size := utf8.DecodeRuneInString(half[i:])
			return (start+end)/2 + i + size
		}
	}
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return end
}

func (c *cutter) emitOne(block, start, end int, clause *Clause, heading bool) {
	span := trimmed(c.text, document.Span{Start: start, End: end})
	if span.Len() == 0 {
		return
	}
	if len(c.pool) == 0 {
		c.pool = make([]Sentence, 256)
	}
	s := &c.pool[0]
	c.pool = c.pool[1:]
	*s = Sentence{Span: span, Clause: clause, Block: block, Index: len(c.out.Sentences), Heading: heading}
	c.out.Sentences = append(c.out.Sentences, s)
	if clause.Parent != nil {
		clause.End = max(clause.End, span.End)
	}
	if !c.lines[block].plain {
		c.tree.last = s
	}
	if !c.lines[block].plain || clause.Parent != nil {
		c.tree.end = max(c.tree.end, span.End)
	}
}

// placer makes the clauses of inline enumerations.
type placer struct {
	c      *cutter
	clause *Clause // of the next sentence
	items  []item  // the items that are open, outermost first
}

type item struct {
	list   int
	clause *Clause
}

// item opens the item that begins at event e.
func (p *placer) item(e *event, lists []enumeration) {
	depth := 0
	for depth < len(p.items) && p.items[depth].list != e.list && inside(e.list, p.items[depth].list, lists) {
		depth++
	}
	p.close(depth)
	if lists[e.list].outer {
		// The block's own label opened this list: its items go on in the tree.
		p.c.tree.truncate(p.c.tree.place(&e.mark, false))
		p.clause = p.c.tree.push(e.mark, e.at, open{})
		return
	}
	p.clause = p.c.tree.attach(p.clause, e.mark, e.at)
	p.items = append(p.items, item{e.list, p.clause})
}

// inside reports whether list hangs under an item of outer.
func inside(list, outer int, lists []enumeration) bool {
	for list = lists[list].parent; list > 0; list = lists[list].parent {
		if list == outer {
			return true
		}
	}
	return false
}

// stop closes the items that the full stop of event k ends.
func (p *placer) stop(k int, lists []enumeration) {
	depth := len(p.items)
	for depth > 0 {
		l := &lists[p.items[depth-1].list]
		if l.last > k || l.wordy {
			break
		}
		depth--
	}
	p.close(depth)
}

// close ends the items from depth on.
func (p *placer) close(depth int) {
	for k := len(p.items) - 1; k >= depth; k-- {
		p.items[k].clause.End = max(p.items[k].clause.End, p.clause.End)
		p.clause = p.items[k].clause.Parent
		p.clause.End = max(p.clause.End, p.items[k].clause.End)
	}
	p.items = p.items[:min(depth, len(p.items))]
	if len(p.items) > 0 {
		p.clause = p.items[len(p.items)-1].clause
	}
}

// share gives each clause its own sentences: one array for the document.
func (c *cutter) share() {
	counts := make([]int, len(c.out.Clauses))
	for _, s := range c.out.Sentences {
		counts[s.Clause.index]++
	}
	all := make([]*Sentence, len(c.out.Sentences))
	for i, clause := range c.out.Clauses {
		if n := counts[i]; n > 0 {
			clause.Sentences, all = all[:0:n], all[n:]
		}
	}
	for _, s := range c.out.Sentences {
		s.Clause.Sentences = append(s.Clause.Sentences, s)
	}
}

// maxRow bounds the cells that a sentence of a table row refers to, so that a
// row of thousands costs no square of that.
const maxRow = 32

// rows fills Row for the sentences in tables.
func (c *cutter) rows() {
	blocks := c.doc.Blocks
	headers := map[int]document.Span{} // of the current table, by column
	table, next := 0, 0
	for i := 0; i < len(blocks); {
		if blocks[i].Kind != document.Cell {
			i++
			continue
		}
		j := i
		for j < len(blocks) && blocks[j].Kind == document.Cell && blocks[j].Table == blocks[i].Table && blocks[j].Row == blocks[i].Row {
			j++
		}
		if blocks[i].Table != table {
			table = blocks[i].Table
			clear(headers)
		}
		next = c.row(i, j, next, headers)
		i = j
	}
}

// row handles the cells in blocks[i:j]; next is the first sentence not looked
// at yet.
func (c *cutter) row(i, j, next int, headers map[int]document.Span) int {
	blocks := c.doc.Blocks
	for k := i; k < j; k++ {
		var row []document.Span
		for next < len(c.out.Sentences) && c.out.Sentences[next].Block < k {
			next++
		}
		for next < len(c.out.Sentences) && c.out.Sentences[next].Block == k {
			if row == nil {
				row = c.others(i, j, k, headers)
			}
			c.out.Sentences[next].Row = row
			next++
		}
	}
	for k := i; k < j; k++ {
		if _, ok := headers[blocks[k].Col]; !ok && blocks[k].HeaderRow && !c.lines[k].blank() {
			headers[blocks[k].Col] = c.lines[k].Span
		}
	}
	return next
}

// others is the header of block k's column and the other cells of its row,
// which is blocks[i:j].
func (c *cutter) others(i, j, k int, headers map[int]document.Span) []document.Span {
	row := make([]document.Span, 0, min(j-i, maxRow)+1)
	if h, ok := headers[c.doc.Blocks[k].Col]; ok {
		row = append(row, h)
	}
	from := max(i, k-maxRow/2)
	for m := from; m < j && m-from <= maxRow; m++ {
		if c.doc.Blocks[m].Col != c.doc.Blocks[k].Col && !c.lines[m].blank() {
			row = append(row, c.lines[m].Span)
		}
	}
	return row
}
