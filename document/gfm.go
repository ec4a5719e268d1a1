package document

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// What GitHub Flavored Markdown adds to CommonMark, on goldmark's own extension
// points; docs/decisions/0010 says why not with its package of extensions.

// blockStart is line from its first byte that is not white space, and the offset
// of that byte, unless it is indented as code.
func blockStart(line []byte, pc parser.Context) (rest []byte, at int) {
	if at = pc.BlockOffset(); at < 0 {
		return nil, 0
	}
	return line[at:], at
}

// footnote is the definition of a footnote, in its place.
type footnote struct {
	ast.BaseBlock
	label string
}

var kindFootnote = ast.NewNodeKind("FootnoteInPlace")

// Kind implements ast.Node.
func (n *footnote) Kind() ast.NodeKind { return kindFootnote }

// Dump implements ast.Node.
func (n *footnote) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// footnoteParser parses definitions, "[^1]: …" with what is indented under them.
// It moves none to the end of the document and loses none that nothing refers to.
type footnoteParser struct{}

var footnoteLabels = parser.NewContextKey()

// longestLabel is the most bytes in a label, as CommonMark has it for links.
const longestLabel = 999

// label is what stands between "[^" and "]" at the beginning of line.
func label(line []byte) (string, bool) {
	if !bytes.HasPrefix(line, []byte("[^")) {
		return "", false
	}
	end := bytes.IndexByte(line[:min(len(line), longestLabel+3)], ']')
	if end < 0 || util.IsBlank(line[2:end]) || bytes.IndexByte(line[2:end], '[') >= 0 {
		return "", false
	}
	return string(line[2:end]), true
}

// Trigger implements parser.BlockParser.
func (footnoteParser) Trigger() []byte { return []byte{'['} }

// Open implements parser.BlockParser.
func (footnoteParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	rest, at := blockStart(line, pc)
	name, ok := label(rest)
	colon := at + len(name) + 3
	if !ok || colon >= len(line) || line[colon] != ':' {
		return nil, parser.NoChildren
	}
	labels := pc.ComputeIfAbsent(footnoteLabels, func() any { return map[string]bool{} }).(map[string]bool)
	labels[name] = true
	reader.AdvanceAndSetPadding(colon+1-segment.Padding, segment.Padding)
	return &footnote{label: name}, parser.HasChildren
}

// Continue implements parser.BlockParser.
func (footnoteParser) Continue(_ ast.Node, reader text.Reader, _ parser.Context) parser.State {
	line, _ := reader.PeekLine()
	if util.IsBlank(line) {
		return parser.Continue | parser.HasChildren
	}
	at, padding := util.IndentPosition(line, reader.LineOffset(), 4)
	if at < 0 {
		return parser.Close
	}
	reader.AdvanceAndSetPadding(at, padding)
	return parser.Continue | parser.HasChildren
}

// Close implements parser.BlockParser.
func (footnoteParser) Close(ast.Node, text.Reader, parser.Context) {}

// CanInterruptParagraph implements parser.BlockParser.
func (footnoteParser) CanInterruptParagraph() bool { return true }

// CanAcceptIndentedLine implements parser.BlockParser.
func (footnoteParser) CanAcceptIndentedLine() bool { return false }

// footnoteMark is a reference to a footnote: a small number to its reader and
// no part of the sentence.
type footnoteMark struct{ ast.BaseInline }

var kindFootnoteMark = ast.NewNodeKind("FootnoteMark")

// Kind implements ast.Node.
func (n *footnoteMark) Kind() ast.NodeKind { return kindFootnoteMark }

// Dump implements ast.Node.
func (n *footnoteMark) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

type footnoteMarkParser struct{}

// Trigger implements parser.InlineParser.
func (footnoteMarkParser) Trigger() []byte { return []byte{'['} }

// Parse implements parser.InlineParser.
func (footnoteMarkParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	name, ok := label(line)
	labels, _ := pc.Get(footnoteLabels).(map[string]bool)
	if !ok || !labels[name] {
		return nil
	}
	block.Advance(len(name) + 3)
	return &footnoteMark{}
}

// checkBoxParser parses the "[x]" that begins a list item.
type checkBoxParser struct{}

// Trigger implements parser.InlineParser.
func (checkBoxParser) Trigger() []byte { return []byte{'['} }

// Parse implements parser.InlineParser.
func (checkBoxParser) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	item, ok := parent.Parent().(*ast.ListItem)
	if !ok || item.FirstChild() != parent || parent.HasChildren() {
		return nil
	}
	line, _ := block.PeekLine()
	if len(line) < 3 || line[2] != ']' || !util.IsSpace(line[1]) && line[1]|0x20 != 'x' {
		return nil
	}
	n := 3
	for n < len(line) && util.IsSpace(line[n]) {
		n++
	}
	block.Advance(n)
	return extast.NewTaskCheckBox(line[1]|0x20 == 'x')
}

// strikeParser parses "~~struck out~~".
type strikeParser struct{}

// Trigger implements parser.InlineParser.
func (strikeParser) Trigger() []byte { return []byte{'~'} }

// Parse implements parser.InlineParser.
func (p strikeParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	run := parser.ScanDelimiter(line, before, 1, p)
	if run == nil || run.OriginalLength > 2 || before == '~' {
		return nil
	}
	run.Segment = segment.WithStop(segment.Start + run.OriginalLength)
	block.Advance(run.OriginalLength)
	pc.PushDelimiter(run)
	return run
}

// IsDelimiter implements parser.DelimiterProcessor.
func (strikeParser) IsDelimiter(b byte) bool { return b == '~' }

// CanOpenCloser implements parser.DelimiterProcessor.
func (strikeParser) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

// OnMatch implements parser.DelimiterProcessor.
func (strikeParser) OnMatch(int) ast.Node { return extast.NewStrikethrough() }

// tableParser turns a paragraph into a table from the line above a delimiter row
// on, but not where a long header over short rows would fill memory with empty
// cells.
type tableParser struct{}

// Transform implements parser.ParagraphTransformer.
func (tableParser) Transform(n *ast.Paragraph, reader text.Reader, _ parser.Context) {
	lines, source := n.Lines(), reader.Source()
	size, widest := 0, 0
	for i := range lines.Len() {
		line := lines.At(i)
		size += line.Len()
		widest = max(widest, bytes.Count(line.Value(source), []byte("|")))
	}
	if lines.Len()*widest > 1000+8*size {
		return
	}
	for i := 1; i < lines.Len(); i++ {
		line := lines.At(i)
		columns := delimiters(line.Value(source), line, source)
		if columns == 0 {
			continue
		}
		head := cells(lines.At(i-1), source)
		if len(head) != columns {
			return
		}
		table := extast.NewTable()
		table.SetPos(n.Pos())
		table.AppendChild(table, extast.NewTableHeader(tableRow(head, columns)))
		for j := i + 1; j < lines.Len(); j++ {
			table.AppendChild(table, tableRow(cells(lines.At(j), source), columns))
		}
		n.Parent().InsertAfter(n.Parent(), n, table)
		if i == 1 {
			n.Parent().RemoveChild(n.Parent(), n)
			return
		}
		// What stands above the header stays a paragraph.
		last := lines.At(i - 2)
		lines.SetSliced(0, i-1)
		lines.Set(i-2, last.TrimRightSpace(source))
		return
	}
}

// delimiters is the number of columns that a row like "|:---|---:|" announces; 0 if
// line is none. A row of dashes alone underlines a heading.
func delimiters(line []byte, segment text.Segment, source []byte) int {
	if len(bytes.Trim(line, " \t\r\n-:|")) > 0 || !bytes.ContainsAny(line, "|:") {
		return 0
	}
	if width, _ := util.IndentWidth(line, 0); width > 3 {
		return 0
	}
	row := cells(segment, source)
	for _, c := range row {
		s := bytes.TrimSuffix(bytes.TrimPrefix(c.Value(source), []byte(":")), []byte(":"))
		if len(s) == 0 || len(bytes.Trim(s, "-")) > 0 {
			return 0
		}
	}
	return len(row)
}

// cells cuts a row at its pipes, but for those behind a backslash; the pipes at
// its ends are a frame.
func cells(row text.Segment, source []byte) []text.Segment {
	row = row.TrimLeftSpace(source)
	row = row.TrimRightSpace(source)
	from, to := row.Start, row.Stop
	if from < to && source[from] == '|' {
		from++
	}
	var out []text.Segment
	for i := from; i <= to; i++ {
		if i < to && (source[i] != '|' || i > row.Start && source[i-1] == '\\') {
			continue
		}
		if i == to && i == from && len(out) > 0 {
			break // the frame
		}
		cell := text.NewSegment(from, i)
		cell = cell.TrimLeftSpace(source)
		out = append(out, cell.TrimRightSpace(source))
		from = i + 1
	}
	return out
}

// tableRow makes a row of as many cells as there are columns.
func tableRow(row []text.Segment, columns int) *extast.TableRow {
	n := extast.NewTableRow(make([]extast.Alignment, columns))
	for i := range columns {
		cell := extast.NewTableCell()
		if i < len(row) {
			cell.Lines().Append(row[i])
		}
		n.AppendChild(n, cell)
	}
	return n
}
