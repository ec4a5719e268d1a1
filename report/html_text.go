package report

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clauselint/clauselint/document"
)

// htmlToken is a step in the writing of a block: text, or the beginning or end of a mark.
type htmlToken struct {
	Kind  htmlTokenKind
	Text  string
	Class string
	ID    string    // of a mark
	Card  *htmlCard // of a reference
}

type htmlTokenKind int

const (
	htmlText      htmlTokenKind = iota
	htmlMark                    // begins the words of a finding
	htmlMarkEnd                 //
	htmlSpan                    // begins other words: evidence, bold, inserted
	htmlSpanEnd                 //
	htmlReference               // the number of a finding, behind its words
	htmlBreak                   // a line break that the file's reader sees
)

// htmlNote is what is marked in the text of a file.
type htmlNote struct {
	document.Span
	class, id string
	card      *htmlCard // of a finding, whose number stands behind the words
	// rank orders notes on the same words: the highest lies innermost, and is what is seen.
	rank int
}

// before orders notes by their start, the longer first.
func (n htmlNote) before(o htmlNote) int {
	return cmp.Or(cmp.Compare(n.Start, o.Start), cmp.Compare(o.End, n.End), cmp.Compare(n.rank, o.rank))
}

// htmlDeepest is how many marks may lie in one another. Words that more notes than that
// share are marked all the same, and what leads to the others finds the spot.
const htmlDeepest = 16

// htmlUnit is a heading, paragraph, list, table or piece of code.
type htmlUnit struct {
	Kind   string
	Level  int
	Lang   string // where it is not that of the file
	Label  string
	Quoted bool
	// Remarks are ours, in RemarkLang: that it is a footnote, or hidden.
	Remarks    []string
	RemarkLang string
	Tokens     []htmlToken
	Items      []htmlUnit   // of a list
	Rows       [][]htmlCell // of a table
}

// htmlCell is a table cell with its paragraphs.
type htmlCell struct {
	Header bool
	Units  []htmlUnit
}

// htmlRow is a stretch of text with the cards that stand beside its head.
type htmlRow struct {
	Head  []htmlUnit
	Cards []*htmlCard
	Rest  []htmlUnit // the text up to the next cards
}

// htmlWriter lays out the text of one file.
type htmlWriter struct {
	doc      *document.Document
	words    vocabulary
	hidden   string               // a remark
	lang     string               // of the file
	own      string               // of the remarks
	notes    []htmlNote           // by start, the longer first
	next     int                  // the first note that does not lie before the block
	active   []int                // notes that reach into the next block
	headings map[int]int          // headings of a plain text: levels by the index of the block
	cards    map[int][]*htmlCard  // by the index of the block
	depth    []int                // levels of the headings that are open
	level    func(levels int) int // of a heading in the page
}

// rows lays the file out.
func (w *htmlWriter) rows() []htmlRow {
	slices.SortStableFunc(w.notes, htmlNote.before)
	var rows []htmlRow
	blocks := w.doc.Blocks
	for i := 0; i < len(blocks); {
		n := w.together(i)
		var cards []*htmlCard
		for k := i; k < n; k++ {
			cards = append(cards, w.cards[k]...)
		}
		unit := w.unit(i, n)
		i = n
		switch {
		case len(cards) > 0:
			// The cards before may be longer than their text: a heading stays with its own.
			var head []htmlUnit
			if k := len(rows) - 1; k >= 0 {
				head = rows[k].dropHeadings()
			}
			rows = append(rows, htmlRow{Head: append(head, unit), Cards: cards})
		case len(rows) == 0:
			rows = append(rows, htmlRow{Rest: []htmlUnit{unit}})
		default:
			rest := &rows[len(rows)-1].Rest
			if k := len(*rest) - 1; k >= 0 && unit.Kind == "list" && (*rest)[k].Kind == "list" {
				(*rest)[k].Items = append((*rest)[k].Items, unit.Items...)
			} else {
				*rest = append(*rest, unit)
			}
		}
	}
	return rows
}

// dropHeadings takes away the headings that a row ends with.
func (r *htmlRow) dropHeadings() []htmlUnit {
	k := len(r.Rest)
	for k > 0 && r.Rest[k-1].Kind == "heading" {
		k--
	}
	headings := slices.Clone(r.Rest[k:])
	r.Rest = r.Rest[:k]
	return headings
}

// together is the end of the blocks from i on that can only be shown as one: a table.
func (w *htmlWriter) together(i int) int {
	blocks := w.doc.Blocks
	n := i + 1
	for blocks[i].Kind == document.Cell && n < len(blocks) && blocks[n].Kind == document.Cell && blocks[n].Table == blocks[i].Table {
		n++
	}
	return n
}

// unit lays out the blocks from i to n.
func (w *htmlWriter) unit(i, n int) htmlUnit {
	blk := &w.doc.Blocks[i]
	u := w.block(i)
	level, heading := w.headings[i]
	switch {
	case blk.Kind == document.Cell:
		return w.table(u, i, n)
	case blk.Kind == document.Heading:
		u.Kind, u.Level = "heading", w.heading(blk.Level)
	case heading:
		u.Kind, u.Level = "heading", w.heading(level)
	case blk.Kind == document.Item:
		u.Kind, u.Level = "item", min(max(blk.Level, 1), 6)
		return htmlUnit{Kind: "list", Items: []htmlUnit{u}}
	case blk.Kind == document.Code:
		u.Kind = "code"
	}
	return u
}

// heading is the level in the page of a heading of the file: one below the nearest above
// it, whatever levels the file leaves out.
func (w *htmlWriter) heading(level int) int {
	for len(w.depth) > 0 && w.depth[len(w.depth)-1] >= level {
		w.depth = w.depth[:len(w.depth)-1]
	}
	w.depth = append(w.depth, level)
	return w.level(len(w.depth))
}

// table lays out cells, the first of which is laid out already.
func (w *htmlWriter) table(first htmlUnit, i, n int) htmlUnit {
	t := htmlUnit{Kind: "table"}
	row, col := 0, 0
	for k := i; k < n; k++ {
		blk := &w.doc.Blocks[k]
		u := first
		if k > i {
			u = w.block(k)
		}
		if row == 0 || blk.Row != row {
			t.Rows = append(t.Rows, nil)
			row, col = blk.Row, 0
		}
		cells := &t.Rows[len(t.Rows)-1]
		if blk.Col != col || len(*cells) == 0 {
			// A file may count columns as it likes; the page need not follow without end.
			for gap := col + 1; gap < blk.Col && gap < 64; gap++ {
				*cells = append(*cells, htmlCell{})
			}
			*cells = append(*cells, htmlCell{Header: blk.HeaderRow})
			col = blk.Col
		}
		last := &(*cells)[len(*cells)-1]
		last.Units = append(last.Units, u)
	}
	return t
}

// block lays out a block as a paragraph. Blocks must come in order.
func (w *htmlWriter) block(i int) htmlUnit {
	blk := &w.doc.Blocks[i]
	u := htmlUnit{Kind: "text", Label: Visible(blk.Label), Quoted: blk.Quoted, RemarkLang: w.own}
	if lang := languageOf(w.doc.Text[blk.Start:blk.End], w.lang); lang != w.lang {
		u.Lang = lang
	}
	if place := w.words.places[blk.Place]; place != "" {
		u.Remarks = append(u.Remarks, place)
	}
	if blk.Hidden {
		u.Remarks = append(u.Remarks, w.hidden)
	}
	u.Tokens = w.tokens(i)
	return u
}

// tokens is the text of a block with its marks. Marks that cross are cut, so that each
// lies in the other or beside it.
func (w *htmlWriter) tokens(i int) []htmlToken {
	blk := &w.doc.Blocks[i]
	var here []htmlNote
	var still []int
	add := func(k int) {
		n := w.notes[k]
		if n.End > blk.End && i+1 < len(w.doc.Blocks) && n.End > w.doc.Blocks[i+1].Start {
			still = append(still, k)
			n.card = nil // its number comes at the end
		}
		n.Start, n.End = max(n.Start, blk.Start), min(n.End, blk.End)
		if n.Len() > 0 {
			here = append(here, n)
			w.notes[k].id = "" // an id stands once, where the mark begins
		}
	}
	for _, k := range w.active {
		if w.notes[k].End > blk.Start {
			add(k)
		}
	}
	for ; w.next < len(w.notes) && w.notes[w.next].Start < blk.End; w.next++ {
		if w.notes[w.next].End > blk.Start {
			add(w.next)
		}
	}
	w.active = still
	for _, s := range w.doc.Styled(blk.Span) {
		if class := lookClass(s.Look); class != "" {
			here = append(here, htmlNote{Span: s.Span, class: class})
		}
	}
	for k := changesFrom(w.doc.Changes, blk.Start); k < len(w.doc.Changes) && w.doc.Changes[k].Start < blk.End; k++ {
		c := w.doc.Changes[k]
		class := "ins"
		if c.Deleted {
			class = "del"
		}
		here = append(here, htmlNote{Span: document.Span{Start: max(c.Start, blk.Start), End: min(c.End, blk.End)}, class: class})
	}
	slices.SortStableFunc(here, htmlNote.before)
	return w.nest(blk, here)
}

// changesFrom is the index of the first change that ends behind the offset.
func changesFrom(changes []document.Change, offset int) int {
	i, _ := slices.BinarySearchFunc(changes, offset, func(c document.Change, at int) int {
		if c.End <= at {
			return -1
		}
		return 1
	})
	return i
}

// nest writes the text of a block with notes, which are in order, in it.
func (w *htmlWriter) nest(blk *document.Block, notes []htmlNote) []htmlToken {
	var out []htmlToken
	var open []htmlNote
	// The numbers of marks that end together stand behind all of them.
	var numbers []htmlToken
	flush := func() {
		slices.SortStableFunc(numbers, func(a, b htmlToken) int { return cmp.Compare(a.Card.order, b.Card.order) })
		out, numbers = append(out, numbers...), nil
	}
	at := blk.Start
	text := func(to int) {
		if to > at {
			flush()
			out = w.flow(out, document.Span{Start: at, End: to}, blk)
			at = to
		}
	}
	begin := func(n htmlNote) {
		t := htmlToken{Kind: htmlSpan, Class: n.class, ID: n.id}
		if strings.HasPrefix(n.class, "f ") {
			t.Kind = htmlMark
		}
		out = append(out, t)
	}
	end := func(n htmlNote) {
		kind := htmlSpanEnd
		if strings.HasPrefix(n.class, "f ") {
			kind = htmlMarkEnd
		}
		out = append(out, htmlToken{Kind: kind})
	}
	// closeUntil closes what ends at or before the offset, in the order of the ends.
	closeUntil := func(to int) {
		for {
			first := -1
			for k := range open {
				if open[k].End <= to && (first < 0 || open[k].End <= open[first].End) {
					first = k
				}
			}
			if first < 0 {
				return
			}
			n := open[first]
			text(n.End)
			for k := len(open) - 1; k >= first; k-- {
				end(open[k])
			}
			if n.card != nil {
				numbers = append(numbers, htmlToken{Kind: htmlReference, Card: n.card})
			}
			open = slices.Delete(open, first, first+1)
			for k := first; k < len(open); k++ {
				open[k].id = "" // an id stands once
				begin(open[k])
			}
		}
	}
	for _, n := range notes {
		closeUntil(n.Start)
		text(n.Start)
		flush()
		if len(open) >= htmlDeepest {
			if n.id != "" {
				out = append(out, htmlToken{Kind: htmlSpan, ID: n.id}, htmlToken{Kind: htmlSpanEnd})
			}
			if n.card != nil {
				out = append(out, htmlToken{Kind: htmlReference, Card: n.card})
			}
			continue
		}
		begin(n)
		open = append(open, n)
	}
	closeUntil(blk.End)
	text(blk.End)
	flush()
	return out
}

// flow writes text of a block. Line breaks stay where the format has them on purpose: in
// Word and in code. Elsewhere the file was wrapped by hand, and between two Chinese
// characters that leaves nothing.
func (w *htmlWriter) flow(out []htmlToken, s document.Span, blk *document.Block) []htmlToken {
	text := w.doc.Text[s.Start:s.End]
	if !strings.ContainsAny(text, "\r\n") {
		return append(out, htmlToken{Text: visibleText(text)})
	}
	keep := w.doc.Format == document.DOCX || blk.Kind == document.Code
	for text != "" {
		i := strings.IndexAny(text, "\r\n")
		if i < 0 {
			return append(out, htmlToken{Text: visibleText(text)})
		}
		j := i
		for j < len(text) && (text[j] == '\r' || text[j] == '\n' || !keep && (text[j] == ' ' || text[j] == '\t')) {
			j++
		}
		if keep {
			out = append(out, htmlToken{Text: visibleText(text[:i])})
			for range max(1, strings.Count(text[i:j], "\n")) {
				out = append(out, htmlToken{Kind: htmlBreak})
			}
		} else {
			from := s.End - len(text)
			gap := " "
			before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(w.doc.Text[blk.Start:from+i], " \t"))
			after, _ := utf8.DecodeRuneInString(w.doc.Text[from+j : blk.End])
			if wide(before) && wide(after) {
				gap = ""
			}
			out = append(out, htmlToken{Text: visibleText(text[:i]) + gap})
		}
		text = text[j:]
	}
	return out
}

// wide reports whether r is written without spaces around it.
func wide(r rune) bool {
	return r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFFEF || r >= 0x2E80 && unicode.Is(unicode.Han, r)
}

// visibleText is text of a contract with what a browser would hide or obey written out;
// tabs and no-break spaces are white space.
func visibleText(s string) string {
	if strings.IndexByte(s, '\t') >= 0 {
		s = strings.ReplaceAll(s, "\t", " ")
	}
	return Visible(s)
}

// lookClass is the class for how words look in the file, as far as a reader goes by it.
func lookClass(l document.Look) string {
	var out []string
	for _, c := range [...]struct {
		look document.Look
		name string
	}{
		{document.Bold, "bo"}, {document.Italic, "it"}, {document.Underline, "ul"}, {document.Smaller | document.Pale, "pd"}, {document.Concealed, "hi"},
	} {
		if l&c.look != 0 {
			out = append(out, c.name)
		}
	}
	return strings.Join(out, " ")
}

// languageOf is the language of a text as HTML names it, or otherwise where it has no
// words.
func languageOf(text, otherwise string) string {
	han, words, run := 0, 0, 0
	for _, r := range text {
		if r|0x20 >= 'a' && r|0x20 <= 'z' {
			if run++; run == 2 {
				words++
			}
			continue
		}
		run = 0
		if r >= 0x2E80 && unicode.Is(unicode.Han, r) {
			han++
		}
	}
	switch {
	case han == 0 && words == 0:
		return otherwise
	case han < 2*words: // an English word says as much as two characters
		return "en"
	case strings.HasPrefix(otherwise, "zh"):
		return otherwise // which script of the two is a matter of the whole file
	}
	return "zh-Hans"
}

// chineseScript is how HTML names the Chinese of a text: simplified or traditional.
func chineseScript(text string) string {
	const enough = 16 << 10
	if len(text) > enough {
		text = text[:runeStart(text, enough)]
	}
	count := map[rune]int{}
	all := 0
	for _, r := range text {
		if r >= 0x3400 && r <= 0x9FFF {
			count[r]++
			all++
		}
	}
	for _, r := range document.FoldString(text) {
		count[r]--
	}
	changed := 0
	for r, n := range count {
		if r >= 0x3400 && r <= 0x9FFF && n > 0 {
			changed += n
		}
	}
	if changed*12 > all {
		return "zh-Hant"
	}
	return "zh-Hans"
}
