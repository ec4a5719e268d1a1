package document

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// newParser is CommonMark with GFM's tables, strikethrough and task lists, and
// footnotes that stay where they are written. The extensions' tree
// transformers are left out: they serve HTML only, and the table's is
// quadratic. Bare URLs are text anyway.
func newParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(append(parser.DefaultBlockParsers(),
			util.Prioritized(footnoteParser{extension.NewFootnoteBlockParser()}, 999))...),
		parser.WithInlineParsers(append(parser.DefaultInlineParsers(),
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(footnoteMarkParser{}, 101),
			util.Prioritized(extension.NewStrikethroughParser(), 500))...),
		parser.WithParagraphTransformers(
			util.Prioritized(referenceParser{parser.LinkReferenceParagraphTransformer}, 100),
			util.Prioritized(tableParser{extension.NewTableParagraphTransformer()}, 200)),
	)
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

// footnoteParser parses definitions as the extension does but moves none to
// the end of the document and loses none that nothing refers to.
type footnoteParser struct{ parser.BlockParser }

var footnoteLabels = parser.NewContextKey()

// Open implements parser.BlockParser.
func (p footnoteParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	n, state := p.BlockParser.Open(parent, reader, pc)
	def, ok := n.(*extast.Footnote)
	if !ok {
		return nil, state
	}
	labels := pc.ComputeIfAbsent(footnoteLabels, func() any { return map[string]bool{} }).(map[string]bool)
	labels[string(def.Ref)] = true
	return &footnote{label: string(def.Ref)}, state
}

// Close implements parser.BlockParser.
func (footnoteParser) Close(ast.Node, text.Reader, parser.Context) {}

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
	const longest = 999 // as for a link label
	line, _ := block.PeekLine()
	if len(line) < 4 || line[1] != '^' {
		return nil
	}
	end := bytes.IndexByte(line[:min(len(line), longest)], ']')
	labels, _ := pc.Get(footnoteLabels).(map[string]bool)
	if end < 0 || !labels[string(line[2:end])] {
		return nil
	}
	block.Advance(end + 1)
	return &footnoteMark{}
}

// referenceParser takes link definitions off the start of a paragraph, but not
// off one so long that it would look at each line for each other line.
type referenceParser struct{ parser.ParagraphTransformer }

// Transform implements parser.ParagraphTransformer.
func (p referenceParser) Transform(n *ast.Paragraph, reader text.Reader, pc parser.Context) {
	if n.Lines().Len() <= 5000 {
		p.ParagraphTransformer.Transform(n, reader, pc)
	}
}

// tableParser turns paragraphs into tables as the extension does, but not
// where a long header over short rows would fill memory with empty cells.
type tableParser struct{ parser.ParagraphTransformer }

// Transform implements parser.ParagraphTransformer.
func (p tableParser) Transform(n *ast.Paragraph, reader text.Reader, pc parser.Context) {
	size, widest := 0, 0
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		size += line.Len()
		widest = max(widest, bytes.Count(line.Value(reader.Source()), []byte("|")))
	}
	if n.Lines().Len()*widest > 1000+8*size {
		return
	}
	p.ParagraphTransformer.Transform(n, reader, pc)
}

const (
	// maxNesting is how many block quotes and lists may open on one line. The
	// parser's time grows with the square of it.
	maxNesting = 200
	// maxWork bounds the sum of the squares of the number of emphasis marks
	// and opening brackets in each paragraph, which the parser's time follows:
	// about a second.
	maxWork = 500_000_000
)

// tooHard says why the parser would take very long over src, if it would.
func tooHard(src []byte) error {
	depth, marks, work := 0, 0, 0
	last := byte(0)
	for i, c := range src {
		switch {
		case c == '\n':
			if depth == 0 { // a blank line
				work += marks * marks
				marks = 0
			}
			depth = 0
		case c == '[', (c == '*' || c == '_' || c == '~') && c != last:
			marks++
		}
		last = c
		switch {
		case c <= ' ', depth < 0:
		case c == '>', c == '-' || c == '+' || c == '*', (c == '.' || c == ')') && i > 0 && isDigit(src[i-1]):
			// A rule of dashes opens nothing; only markers before a space do.
			if c == '>' || i+1 < len(src) && (src[i+1] == ' ' || src[i+1] == '\t') {
				depth++
			} else {
				depth = -1
			}
			if depth > maxNesting {
				return fmt.Errorf("block quotes or lists nest more than %d deep", maxNesting)
			}
		case isDigit(c):
		default:
			depth = -1
		}
	}
	if work+marks*marks > maxWork {
		return errors.New("a paragraph has too many brackets and emphasis marks")
	}
	return nil
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
