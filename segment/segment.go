// Package segment cuts a document into clauses, sentences and words, and finds
// its defined terms and cross-references.
package segment

import (
	"strconv"
	"strings"

	"github.com/clauselint/clauselint/document"
)

// Contract is a document cut into its legal parts. It is immutable and safe
// for concurrent use.
type Contract struct {
	Doc *document.Document
	// Clauses is the clause tree in reading order. Clauses[0] is the root: the
	// document itself, with neither label nor heading.
	Clauses []*Clause
	// Sentences of the whole document in reading order.
	Sentences []*Sentence
	// Terms is every definition, in reading order; one term may be defined twice.
	Terms []*Term
	// References is every cross-reference, in reading order.
	References []*Reference
}

// Clause is a numbered or headed unit: 第七条, （一）, 1.1, (a), Article IV,
// Section 7.2, Schedule 2, or a heading without number.
type Clause struct {
	// Span covers the clause with all clauses under it.
	document.Span
	// Label is the number as a reader sees it, without trailing punctuation:
	// "第七条", "（一）", "1.1", "(a)", "Article IV". Empty for a clause that has
	// only a heading.
	Label string
	// Heading is the title, without the label: "人脸信息的使用". Empty if the
	// clause has none. HeadingSpan is where it stands (zero if none).
	Heading     string
	HeadingSpan document.Span
	// Level is the depth in the tree; the root is 0.
	Level    int
	Parent   *Clause // nil for the root
	Children []*Clause
	// Sentences are the clause's own, not those of its children.
	Sentences []*Sentence
	// Stem is the lead-in that the clause continues, as in "you grant us:"
	// before "(a) …"; nil if there is none. It is the nearest one: a bullet
	// under (b) has the stem in (b), if there is one, and (b) that in 7.2.
	Stem *Sentence

	label label // the label taken apart, for placing and for references
	index int   // the clause's place in Contract.Clauses
}

// Path is the clause's full label as a lawyer cites it, outermost first:
// "第七条（一）", "7.2(b)", "Schedule 1 2". Articles are numbered through the
// whole contract, so chapters above them add nothing.
func (c *Clause) Path() string {
	if c == nil {
		return ""
	}
	path, lowest := c.Label, c
	for p := c.Parent; p != nil && p.Level > 0; p = p.Parent {
		if lowest.label.style == articleStyle && p.label.style != scheduleStyle {
			continue
		}
		// A number such as 7.2 repeats the 7 above it.
		if p.Label == "" || lowest.label.n > 1 && lowest.label.under(&p.label, p.label.n) {
			continue
		}
		if latinEnd(p.Label) && path != "" && latinEnd(path[:1]) {
			path = " " + path
		}
		path, lowest = p.Label+path, p
	}
	return path
}

// Numbers is the clause's number in figures, with those of the clauses above it:
// "7.1" for 第七条（一）, 7.1 and Article 7(a) alike, so that a clause can be told
// in a translation, and "schedule 2.3" for 附件二第三条. Empty for a clause without
// a number.
func (c *Clause) Numbers() string {
	out, lowest := "", c
	for p := c; p != nil && p.Level > 0; p = p.Parent {
		if p != c && (p.Label == "" || lowest.label.style == articleStyle && p.label.style != scheduleStyle ||
			lowest.label.n > 1 && lowest.label.under(&p.label, p.label.n)) {
			continue
		}
		if p.Label == "" || p.label.style >= otherLabel {
			return ""
		}
		for i := int(p.label.n) - 1; i >= 0; i-- {
			if out != "" {
				out = "." + out
			}
			out = strconv.Itoa(int(p.label.nums[i])) + out
		}
		if p.label.style == scheduleStyle {
			out = "schedule " + out
		}
		lowest = p
	}
	return out
}

// latinEnd reports whether s ends in a letter or digit of ASCII.
func latinEnd(s string) bool {
	b := s[len(s)-1]
	return isLetter(b) || b >= '0' && b <= '9'
}

// Sentence is one sentence, list item, heading or table cell.
type Sentence struct {
	document.Span
	Clause *Clause
	// Block is the index in Document.Blocks that holds the sentence.
	Block int
	// Index is the sentence's place in Contract.Sentences.
	Index int
	// Heading is set for a sentence that is (part of) a heading.
	Heading bool
	// Row holds the other cells of its table row and the header cell of its
	// column, for a sentence in a table; nil elsewhere.
	Row []document.Span
}

// WithoutLabel is the sentence less the number of its clause, if that is typed before it.
func (s *Sentence) WithoutLabel(doc *document.Document) document.Span {
	out := s.Span
	if text, ok := strings.CutPrefix(doc.Text[s.Start:s.End], s.Clause.Label); ok {
		out.Start = s.End - len(strings.TrimLeft(text, " \t\u3000.、．:：)）"))
	}
	return out
}

// Term is one definition: “X”指…, 以下简称“X”, "X" means …, (the "X").
type Term struct {
	// Name is the defined term as written, without quotation marks; Span is
	// where that name stands in the definition.
	Name string
	document.Span
	// Meaning is the text that says what the term stands for: for “X”指… the
	// words after the verb to the end of the sentence and of the list it
	// introduces; for 以下简称“X” and (the "X") the words before the bracket.
	Meaning document.Span
	// Sentence holds the definition.
	Sentence *Sentence
	// Scope is the clause that the definition is for, if it says so: 本条所称“X”,
	// "in this Section, 'X' means …"; nil if it is for the whole document.
	Scope *Clause
}

// Reference is a cross-reference to another clause of the same document:
// 第3.2条, 本条第（二）项, "Section 7.2", 前款.
type Reference struct {
	document.Span
	// Target is the clause referred to; nil if it does not exist.
	Target *Clause
}
