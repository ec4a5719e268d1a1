package document

import (
	"errors"
	"fmt"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// newParser is CommonMark with GFM's tables, strikethrough and task lists, and
// footnotes that stay where they are written. Bare URLs are text anyway.
func newParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(append(parser.DefaultBlockParsers(),
			util.Prioritized(footnoteParser{}, 999))...),
		parser.WithInlineParsers(append(parser.DefaultInlineParsers(),
			util.Prioritized(checkBoxParser{}, 0),
			util.Prioritized(footnoteMarkParser{}, 101),
			util.Prioritized(strikeParser{}, 500))...),
		parser.WithParagraphTransformers(
			util.Prioritized(referenceParser{parser.LinkReferenceParagraphTransformer}, 100),
			util.Prioritized(tableParser{}, 200)),
	)
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
