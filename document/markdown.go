package document

import (
	"bytes"
	"fmt"
	"runtime"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// maxDepth is how deep lists may nest and still be told apart.
const maxDepth = 64

// readMarkdown reads the decoded file as Markdown, or as an HTML page.
func readMarkdown(d *Document, page bool) {
	w := &markdownReader{b: &builder{d: d}}
	w.b.cur.Kind = Paragraph
	w.html.b = w.b
	if page {
		w.html.read(view{buf: []byte(d.src.decoded)})
		w.b.done()
		return
	}
	if err := w.read(); err != nil {
		d.problem("the Markdown could not be parsed (%v), so the file was read as plain text; simplify its markup", err)
		d.Format = Text
		readText(d)
		return
	}
	w.b.done()
}

type markdownReader struct {
	b    *builder
	src  []byte // the Markdown, without front matter
	html htmlReader

	quoted bool
	place  Place
	level  int // of the list
	// next is what a list or footnote makes of the next block: its kind,
	// level and label.
	next Block
	// hide is the inline element whose content is not text.
	hide string
	cell bool // inside a table cell
	// strong and oblique count the emphasis around the text; looks are the open
	// inline elements.
	strong, oblique int
	looks           openLooks
}

// guarded calls f. A parser is a large machine run on files from anywhere: should it
// panic, the file can still be read as text.
func guarded(f func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	f()
	return nil
}

// read reads the Markdown.
func (w *markdownReader) read() error {
	w.src = loneReturns(w.b.d.src.decoded)
	if n := w.frontMatter(); n > 0 {
		w.src, w.b.base = w.src[n:], n
	}
	if err := tooHard(w.src); err != nil {
		return err
	}
	if len(w.src) >= longMarkdown && runtime.GOMAXPROCS(0) > 1 {
		if at := seam(w.src); at > 0 {
			return w.halves(at)
		}
	}
	return guarded(w.parse)
}

// parse parses and walks the Markdown.
func (w *markdownReader) parse() { w.blocks(newParser().Parse(text.NewReader(w.src))) }

// loneReturns is s as bytes with "\n" for each carriage return that ends a
// line alone: CommonMark knows it as a line ending, the parser does not.
func loneReturns(s string) []byte {
	b := []byte(s)
	for i := 0; i < len(b); i++ {
		k := bytes.IndexByte(b[i:], '\r')
		if k < 0 {
			break
		}
		if i += k; i+1 == len(b) || b[i+1] != '\n' {
			b[i] = '\n'
		}
	}
	return b
}

func (w *markdownReader) blocks(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		w.block(n)
	}
}

func (w *markdownReader) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.HTMLBlock:
		w.htmlLines(n.Lines(), n.ClosureLine)
		return
	case *ast.CodeBlock:
		if len(w.html.tables) > 0 {
			// Indented rows after a blank line inside a table.
			w.htmlLines(n.Lines(), text.Segment{})
			return
		}
		w.indented(n.Lines())
	case *ast.FencedCodeBlock:
		w.begin(Block{Kind: Code})
		for i := range n.Lines().Len() {
			seg := n.Lines().At(i)
			w.b.copy(view{buf: w.src}, seg.Start, seg.Stop)
		}
		w.b.end()
	case *ast.Heading:
		w.begin(Block{Kind: Heading, Level: n.Level})
		w.leaf(n)
	case *ast.Paragraph, *ast.TextBlock:
		w.begin(Block{})
		w.leaf(n)
	case *ast.Blockquote:
		was := w.quoted
		w.quoted = true
		w.blocks(n)
		w.quoted = was
	case *ast.List:
		w.list(n)
	case *footnote:
		was := w.place
		w.place, w.next = Footnote, Block{Label: n.label}
		w.blocks(n)
		w.place, w.next = was, Block{}
	case *extast.Table:
		w.table(n)
	default:
		w.blocks(n)
	}
	w.html.tables, w.html.lists, w.html.looks = nil, nil, nil
}

// begin opens a block with what list, quote and footnote add to it.
func (w *markdownReader) begin(blk Block) {
	blk.Quoted, blk.Place = w.quoted, w.place
	blk.Label = w.next.Label
	if blk.Kind == Paragraph {
		blk.Kind, blk.Level = w.next.Kind, w.next.Level
		if w.next.Level == 0 {
			blk.Level = w.level
		}
	}
	w.next = Block{}
	w.b.begin(blk)
}

func (w *markdownReader) leaf(n ast.Node) {
	w.inlines(n)
	w.hide = ""
	w.b.end()
	w.looks, w.b.look = nil, 0
}

func (w *markdownReader) list(n *ast.List) {
	w.level++
	number := n.Start
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		label := string(n.Marker)
		if n.IsOrdered() {
			// A reader sees consecutive numbers, whatever the file says.
			label = strconv.Itoa(number) + label
			number++
		}
		w.next = Block{Kind: Item, Level: w.level, Label: label}
		w.blocks(item)
		w.next = Block{}
	}
	w.level--
}

func (w *markdownReader) table(n *extast.Table) {
	w.b.tables++
	blk := Block{Kind: Cell, Table: w.b.tables}
	w.cell = true
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		blk.Row++
		blk.Col = 0
		_, blk.HeaderRow = row.(*extast.TableHeader)
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			blk.Col++
			w.begin(blk)
			w.leaf(cell)
		}
	}
	w.cell = false
}

// indented reads an indented code block as prose: in contracts it nearly
// always is.
func (w *markdownReader) indented(lines *text.Segments) {
	src := w.b.d.src.decoded[w.b.base:]
	var run []textLine
	flush := func() {
		i := 0
		for _, p := range paragraphs(src, run) {
			w.begin(Block{})
			for ; i < len(run) && run[i].Start < p.End; i++ {
				w.b.newline()
				w.b.copy(view{buf: w.src}, run[i].Start, run[i].End)
			}
			w.b.end()
		}
		run = run[:0]
	}
	for i := range lines.Len() {
		l, _ := lineAt(src, lines.At(i).Start)
		if l.Len() == 0 {
			flush()
			continue
		}
		run = append(run, l)
	}
	flush()
}

// htmlLines reads the lines of a block of raw HTML.
func (w *markdownReader) htmlLines(lines *text.Segments, closure text.Segment) {
	v := view{at: layer{}}
	add := func(seg text.Segment) {
		v.at.add(len(v.buf), seg.Start, seg.Len(), 1, 1)
		v.buf = append(v.buf, w.src[seg.Start:seg.Stop]...)
	}
	for i := range lines.Len() {
		add(lines.At(i))
	}
	if closure.Stop > closure.Start && closure.Start >= 0 {
		add(closure)
	}
	w.html.quoted, w.html.level, w.html.place = w.quoted, w.level, w.place
	w.html.read(v)
}

func (w *markdownReader) inlines(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		w.inline(n)
	}
}

func (w *markdownReader) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		if w.hide != "" {
			return
		}
		seg := n.Segment
		if n.IsRaw() {
			w.b.copy(view{buf: w.src}, seg.Start, seg.Stop)
		} else {
			w.b.unescape(view{buf: w.src}, seg.Start, seg.Stop, true)
		}
		if n.SoftLineBreak() || n.HardLineBreak() {
			w.b.newline()
		}
	case *ast.CodeSpan:
		w.codeSpan(n)
	case *ast.AutoLink:
		label := n.Label(w.src)
		at := n.Pos() + 1 // after "<"
		if w.hide == "" && at > 0 && bytes.HasPrefix(w.src[min(at, len(w.src)):], label) {
			w.b.copy(view{buf: w.src}, at, at+len(label))
		}
	case *ast.RawHTML:
		w.rawHTML(n)
	case *ast.Emphasis:
		count := &w.oblique
		if n.Level == 2 {
			count = &w.strong
		}
		*count++
		w.setLook()
		w.inlines(n)
		*count--
		w.setLook()
	case *extast.TaskCheckBox:
		// The box is the item's bullet: a reader sees whether it is ticked.
		w.b.cur.Label = "[ ]"
		if n.IsChecked {
			w.b.cur.Label = "[x]"
		}
	case *footnoteMark:
	default:
		w.inlines(n)
	}
}

func (w *markdownReader) codeSpan(n *ast.CodeSpan) {
	if w.hide != "" {
		return
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		t, ok := c.(*ast.Text)
		if !ok {
			continue
		}
		from, to := t.Segment.Start, t.Segment.Stop
		for w.cell {
			// In a table cell "\|" is a bar in code, too (GFM, 4.10).
			k := bytes.Index(w.src[from:to], []byte(`\|`))
			if k < 0 {
				break
			}
			w.b.copy(view{buf: w.src}, from, from+k)
			w.b.whole("|", view{buf: w.src}, from+k, from+k+2)
			from += k + 2
		}
		w.b.copy(view{buf: w.src}, from, to)
	}
}

// setLook makes what is written next look as emphasis and elements around it say.
func (w *markdownReader) setLook() {
	w.b.look = w.looks.look()
	if w.strong > 0 {
		w.b.look |= Bold
	}
	if w.oblique > 0 {
		w.b.look |= Italic
	}
}

// rawHTML reads an inline tag: <br> is a line break, script and style hide
// their content, all others are only markup.
func (w *markdownReader) rawHTML(n *ast.RawHTML) {
	if n.Segments.Len() == 0 {
		return
	}
	first, last := n.Segments.At(0), n.Segments.At(n.Segments.Len()-1)
	tag := strings.ToLower(string(w.src[first.Start+1 : min(first.Stop, first.Start+12)]))
	closing := strings.HasPrefix(tag, "/")
	name := strings.TrimLeft(tag, "/")
	if i := strings.IndexAny(name, " \t\r\n/>"); i >= 0 {
		name = name[:i]
	}
	switch {
	case strings.HasPrefix(tag, "!--"):
		w.b.remark(view{buf: w.src}, first.Start, last.Stop)
	case w.hide != "":
		if closing && name == w.hide {
			w.hide = ""
		}
	case unseen[name] && !closing:
		w.hide = name
	case name == "br" && !w.b.fresh():
		w.b.whole("\n", view{buf: w.src}, first.Start, last.Stop)
	case closing:
		w.looks.pop(name)
		w.setLook()
	default:
		var tag []byte
		for i := range n.Segments.Len() {
			seg := n.Segments.At(i)
			tag = append(tag, w.src[seg.Start:seg.Stop]...)
		}
		w.looks.push(name, tag)
		w.setLook()
	}
}
