package document

import (
	"bytes"
	"strconv"
	"strings"
)

// view is a stretch of source put together from several: the lines of an HTML
// block in a block quote, say, without the quote marks between them.
type view struct {
	buf []byte
	at  layer // from buf to the source; nil where they are the same
}

// htmlReader reads raw HTML into a builder: markup gone, block elements as
// blocks. It is lenient as browsers are; what looks like no tag is text.
type htmlReader struct {
	b      *builder
	quoted bool
	level  int // of the Markdown list around it
	place  Place
	tables []htmlTable
	lists  []htmlList
	// drop names the element whose content is not text: script or style.
	drop  string
	looks openLooks
	kind  Block // the kind of the next block
	scan  tagScan
}

// tagScan remembers what was looked for in vain, so that hostile markup costs
// linear time.
type tagScan struct {
	lastEnd int // the last ">" of the view
	textTo  int // no tag begins before this offset
	missing [4]bool
}

type htmlTable struct {
	table, row, col int
	head, cell      bool
	header          bool
}

type htmlList struct {
	ordered bool
	next    int
}

// unseen are the elements whose content no reader sees.
var unseen = map[string]bool{"script": true, "style": true, "template": true}

// breaking are the elements that end a paragraph.
var breaking = func() map[string]bool {
	m := make(map[string]bool)
	for _, name := range strings.Fields(`address article aside blockquote body caption center dd details dialog dir div
		dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main menu nav ol
		option optgroup p pre section select summary table tbody td tfoot th thead title tr ul button label`) {
		m[name] = true
	}
	// Buttons and labels of a form stand in a line of text.
	delete(m, "button")
	delete(m, "label")
	return m
}()

// read reads v. Tables and lists that stay open go on in the next call.
func (h *htmlReader) read(v view) {
	h.scan = tagScan{lastEnd: bytes.LastIndexByte(v.buf, '>')}
	h.setKind()
	h.open()
	h.b.look = h.looks.look()
	text := 0 // where the text not yet written begins
	for i := 0; i < len(v.buf); {
		c := v.buf[i]
		if c != '<' {
			next := bytes.IndexByte(v.buf[i:], '<')
			if next < 0 {
				break
			}
			i += next
			continue
		}
		end, name, closing := h.tag(v.buf, i)
		if end == 0 {
			i++
			continue
		}
		h.text(v, text, i)
		h.element(v, i, end, name, closing)
		i, text = end, end
	}
	h.text(v, text, len(v.buf))
	h.b.end()
	h.b.look = 0
	if h.drop != "" {
		h.b.unread(v, text, "<"+h.drop+">")
		h.drop = ""
	}
}

// tag finds the end of the markup that begins at i, 0 if none does.
func (h *htmlReader) tag(buf []byte, i int) (end int, name string, closing bool) {
	s := buf[i:]
	if h.drop != "" {
		// Only the end tag ends such an element; "<" is part of its content.
		if len(s) < len(h.drop)+2 || s[1] != '/' || !strings.EqualFold(string(s[2:2+len(h.drop)]), h.drop) {
			return 0, "", false
		}
	}
	if i > h.scan.lastEnd || i < h.scan.textTo {
		return 0, "", false
	}
	for k, m := range markupPairs {
		if !bytes.HasPrefix(s, []byte(m.open)) {
			continue
		}
		n := -1
		if !h.scan.missing[k] {
			n = bytes.Index(s[len(m.open):], []byte(m.close))
		}
		if n < 0 {
			h.scan.missing[k] = true
			return 0, "", false
		}
		return i + len(m.open) + n + len(m.close), "!", false
	}
	n := 1
	if n < len(s) && s[n] == '/' {
		closing = true
		n++
	}
	from := n
	for n < len(s) && (isLetter(s[n]) || n > from && (s[n] >= '0' && s[n] <= '9' || s[n] == '-' || s[n] == ':')) {
		n++
	}
	if n == from || n == len(s) || !(s[n] == '>' || s[n] == '/' || isSpace(s[n])) {
		return 0, "", false
	}
	name = strings.ToLower(string(s[from:n]))
	for quotes := 0; quotes < 200; quotes++ {
		k := bytes.IndexAny(s[n:], `>"'`)
		if k < 0 {
			break
		}
		n += k
		if s[n] == '>' {
			return i + n + 1, name, closing
		}
		// A quote that nothing closes is an ordinary character.
		n += bytes.IndexByte(s[n+1:], s[n]) + 1
		if n++; n >= len(s) {
			break
		}
	}
	h.scan.textTo = i + min(n, len(s))
	return 0, "", false
}

// markupPairs are the stretches of markup that are no tags; the comment comes
// before the declaration, which begins like it.
var markupPairs = [4]struct{ open, close string }{{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}, {"<!", ">"}}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isSpace(c byte) bool  { return c == ' ' || c >= '\t' && c <= '\r' }

// text writes buf[from:to] with its entities decoded and without the
// indentation of its lines.
func (h *htmlReader) text(v view, from, to int) {
	if h.drop != "" {
		return
	}
	for from < to {
		end := to
		if k := bytes.IndexByte(v.buf[from:to], '\n'); k >= 0 {
			end = from + k + 1
		}
		start := from
		if h.b.fresh() || h.b.lastByte() == '\n' {
			for start < end && isSpace(v.buf[start]) {
				start++
			}
		}
		h.b.unescape(v, start, end, false)
		from = end
	}
}

// element acts on the tag buf[at:end].
func (h *htmlReader) element(v view, at, end int, name string, closing bool) {
	switch {
	case name == "!":
		h.b.remark(v, at, end)
	case h.drop != "":
		if closing && name == h.drop {
			h.drop = ""
		}
		return
	case unseen[name]:
		if !closing && v.buf[end-2] != '/' {
			h.drop = name
		}
		return
	case name == "br":
		if !h.b.fresh() {
			h.b.whole("\n", v, at, end)
		}
		return
	case closing:
		h.looks.pop(name)
	default:
		h.looks.push(name, v.buf[at:end])
	}
	h.b.look = h.looks.look()
	if !breaking[name] {
		return
	}
	if !closing && (name == "p" || name == "div") && h.kind.Kind == Item && h.b.opened && h.b.fresh() {
		return // the first paragraph of an item is the item
	}
	h.b.end()
	if closing {
		h.close(name)
	} else {
		h.enter(name)
	}
	h.open()
}

func (h *htmlReader) enter(name string) {
	table := h.table()
	switch name {
	case "table":
		h.b.tables++
		h.tables = append(h.tables, htmlTable{table: h.b.tables})
	case "thead", "tbody", "tfoot":
		if table != nil {
			table.head, table.cell = name == "thead", false
		}
	case "tr":
		if table != nil {
			table.row++
			table.col, table.cell = 0, false
		}
	case "td", "th":
		if table != nil {
			table.row = max(table.row, 1)
			table.col++
			table.cell, table.header = true, name == "th"
		}
	case "ul", "ol", "menu", "dir":
		// A list nested deeper than any reader can follow stays at that depth.
		if len(h.lists) < maxDepth {
			h.lists = append(h.lists, htmlList{ordered: name == "ol"})
		}
	}
	h.setKind()
	switch {
	case h.kind.Kind == Cell:
		// What stands in a cell is read by its row and column.
	case name == "li" && len(h.lists) == 0:
		h.kind.Kind, h.kind.Level, h.kind.Label = Item, h.level+1, "-"
	case name == "li":
		list := &h.lists[len(h.lists)-1]
		list.next++
		h.kind.Kind, h.kind.Level, h.kind.Label = Item, h.level+len(h.lists), "-"
		if list.ordered {
			h.kind.Label = strconv.Itoa(list.next) + "."
		}
	case len(name) == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6':
		h.kind.Kind, h.kind.Level = Heading, int(name[1]-'0')
	case name == "pre":
		h.kind.Kind = Code
	}
}

func (h *htmlReader) close(name string) {
	table := h.table()
	switch name {
	case "table":
		if table != nil {
			h.tables = h.tables[:len(h.tables)-1]
		}
	case "thead", "td", "th", "tr":
		if table != nil {
			table.cell = false
			table.head = table.head && name != "thead"
		}
	case "ul", "ol", "menu", "dir":
		if len(h.lists) > 0 {
			h.lists = h.lists[:len(h.lists)-1]
		}
	}
	h.setKind()
}

func (h *htmlReader) table() *htmlTable {
	if len(h.tables) == 0 {
		return nil
	}
	return &h.tables[len(h.tables)-1]
}

// setKind makes the next block what the elements around it say.
func (h *htmlReader) setKind() {
	h.kind = Block{Quoted: h.quoted, Place: h.place}
	if t := h.table(); t != nil && t.cell {
		h.kind.Kind = Cell
		h.kind.Table, h.kind.Row, h.kind.Col = t.table, t.row, t.col
		h.kind.HeaderRow = t.head || t.header && t.row == 1
	}
}

func (h *htmlReader) open() { h.b.begin(h.kind) }
