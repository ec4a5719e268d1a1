package document

import (
	"fmt"
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// libraryParser has goldmark's own extensions where newParser has ours, but for
// the footnotes, which the library moves to the end.
func libraryParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(append(parser.DefaultInlineParsers(),
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(extension.NewStrikethroughParser(), 500))...),
		parser.WithParagraphTransformers(
			util.Prioritized(parser.LinkReferenceParagraphTransformer, 100),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200)),
	)
}

// tree is the kinds of the nodes of a parsed text, with the words of its leaves.
func tree(p parser.Parser, src string) string {
	var b strings.Builder
	_ = ast.Walk(p.Parse(text.NewReader([]byte(src))), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			b.WriteString(")")
			return ast.WalkContinue, nil
		}
		fmt.Fprintf(&b, "(%s", n.Kind())
		if t, ok := n.(*ast.Text); ok {
			fmt.Fprintf(&b, " %q", t.Segment.Value([]byte(src)))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// Our GFM parsers see what the library's do.
func TestGFMAsTheLibrary(t *testing.T) {
	for _, src := range []string{
		"| a | b |\n|---|---|\n| 1 | 2 |\n",
		"a | b\n:-- | --:\n1 | 2\n3\n4 | 5 | 6\n",
		"text\n| a |\n|---|\n| 1 |\n\nafter",
		"| a |\n|---|\n",
		"| a | b |\n|---|\n| 1 |\n",
		"| a \\| c | `x \\| y` |\n|---|:-:|\n| 1 | 2 |\n",
		"a\n---\nb | c\n",
		"| a | |\n|---|---|\n| | 2 |\n|| 3 |\n",
		"   | a | b |\n   | --- | --- |\n   | 1 | 2 |\n",
		"> | 项目 | 约定 |\n> |---|---|\n> | 期限 | 永久 |\n",
		"- | a | b |\n  |---|---|\n  | 1 | 2 |\n",
		"one ~~two~~ three ~four~ ~~~five~~~ ~~six\n",
		"a~~b~~c ~~ d ~~\n",
		"- [ ] one\n- [x] two\n- [X]three\n- [y] four\n- text [x]\n\n[x] five\n",
		"1. [x] **bold** [a](b)\n\n   [ ] second paragraph\n",
		"|\n|-\n", "||\n||\n", ":-\n:-\n", "a|b\n-|-\nc|d", "a | b\n- | -\n\n    code | x\n",
	} {
		if got, want := tree(newParser(), src), tree(libraryParser(), src); got != want {
			t.Errorf("%q:\n got %s\nwant %s", src, got, want)
		}
	}
}
