// Package docx reads the text of Word documents (WordprocessingML, ECMA-376
// part 1 section 17; transitional and strict).
//
// [Read] gives the paragraphs that a reader of the document sees, with the
// numbers that Word computes for them, and ties every character to the bytes
// of the part it came from ([Piece]). It is no model of a document: what is
// not text, or does not help to place text, is left out, and nothing can be
// rebuilt from a [File].
package docx

import (
	"fmt"
	"strings"
)

// Limits bound what a file may cost. A zero field means its default. They
// count what is read: a picture of any size costs nothing.
type Limits struct {
	PartBytes  int64 // one part, uncompressed; 64 MB
	TotalBytes int64 // all parts that are read, uncompressed; 160 MB
	Parts      int   // entries of the archive; 10,000
	Depth      int   // elements open at once; 256
}

// modelBytes bounds what the paragraphs of a file may take in memory, since
// hostile XML can ask for fifty times its size. Formatted text takes 1.5 times
// its size, which leaves room for more than 2,000 pages.
const modelBytes = 40 << 20

func (l Limits) withDefaults() Limits {
	if l.PartBytes <= 0 {
		l.PartBytes = 64 << 20
	}
	if l.TotalBytes <= 0 {
		l.TotalBytes = 160 << 20
	}
	if l.Parts <= 0 {
		l.Parts = 10_000
	}
	if l.Depth <= 0 {
		l.Depth = 256
	}
	return l
}

// View says which tracked changes a document is read with.
type View int

// The views.
const (
	Final    View = iota // all accepted
	Original             // all rejected
	Current              // none decided: what is inserted and what is deleted both stand there
)

// File is what was read of a document.
type File struct {
	// Tracked is set where the document has tracked insertions, deletions or moves.
	Tracked bool
	// Paragraphs stand in reading order: the body, with text boxes right after
	// the paragraph that anchors them; the footnotes and the endnotes in the
	// order of their references; the headers and then the footers of the
	// sections, each once. Empty paragraphs are kept.
	Paragraphs []Paragraph
	// Problems are sentences about what could not be read, or not surely. They
	// begin with the part.
	Problems []string
}

// Place is the story that a paragraph belongs to.
type Place int

// The places of a paragraph.
const (
	Body Place = iota
	Footnote
	Endnote
	Header
	Footer
	TextBox // wherever the box is anchored
)

// Paragraph is a w:p as it reads in a view. Paragraphs whose mark is deleted in
// between are one Paragraph, with the properties of the last; in the original
// those whose mark was inserted. What tracked changes of formatting, numbering
// and styles took the place of is not read.
type Paragraph struct {
	Part string // the part's name, "word/document.xml"
	// Index is the number of the w:p among all in its part, from 1, in the
	// order of their start tags: deleted ones, those in text boxes and those in
	// mc:Fallback count too. Of joined paragraphs it is the first's.
	Index int
	Place Place
	Style string // the style's id; empty for the default style
	// Heading is the outline level from 1 to 9, by w:outlineLvl of the
	// paragraph or its styles or by a style called "heading N"; 0 for none.
	Heading int
	// Label is the automatic number as Word shows it ("第七条", "1.1", "(a)"),
	// without the tab or space after it; "•" for every bullet.
	Label string
	// ListLevel is the level of Label, from 1; 0 without a Label.
	ListLevel int
	// Table, Row and Col count from 1 and are 0 outside tables. Tables are
	// numbered through the file, each nested table by itself; Col is the column
	// of the grid in which the cell begins, so merged cells leave gaps.
	Table, Row, Col int
	// HeaderRow is set in rows that repeat on each page (w:tblHeader) and in the
	// first row of a table whose style treats that row as special (w:tblLook).
	HeaderRow bool
	Runs      []Run // those with text
}

// Text is what the paragraph reads, without its label.
func (p *Paragraph) Text() string {
	if len(p.Runs) == 1 {
		return p.Runs[0].Text
	}
	var b strings.Builder
	for i := range p.Runs {
		b.WriteString(p.Runs[i].Text)
	}
	return b.String()
}

// Run is the text of a w:r, or of an m:r in a formula, with its formatting:
// direct, by character style, by paragraph style and by the document's
// defaults; table styles are not followed.
type Run struct {
	// Text has a tab for w:tab, a line feed for w:br and w:cr, U+2011 for
	// w:noBreakHyphen and U+00AD for w:softHyphen. White space at the ends of a
	// w:t without xml:space="preserve" is dropped, and a line end in a w:t is
	// a space, as in Word.
	Text string
	// Index is the number of the run among all w:r and m:r of its w:p, from 1;
	// deleted and empty ones count too. It is counted on through joined
	// paragraphs. Two Runs share an Index where a ruby base parts the text.
	Index int
	// Pieces cover Text, in order.
	Pieces []Piece

	Bold, Italic, Underline, Strike, Highlight, Hidden bool

	Capitals   bool    // shown in capitals or small capitals, however it is typed
	Dotted     bool    // with emphasis marks, 着重号 (w:em, 17.3.2.12)
	Boxed      bool    // inside a border, of the run or of its paragraph
	Style      string  // the name of its character style ("Hyperlink"); empty for none
	Color      string  // as in the file, "FF0000"; empty for automatic
	Shade      string  // the colour behind it, of the run, its paragraph or cell, as in the file; empty for none
	HalfPoints int     // the size; 0 if the file leaves it to the application
	Inserted   *Change // for text of a tracked insertion or move; else nil
	Deleted    *Change // for text that a tracked deletion or move takes away; else nil
	Link       string  // a hyperlink's address, or "#" and its bookmark
}

// Change says who made a tracked change, and when, as written in the file
// (Word writes local time and calls it UTC).
type Change struct{ Author, Date string }

// Piece ties a stretch of a run's text to the bytes of the uncompressed part.
// Of a part in UTF-16 they are the bytes of the part in UTF-8, without byte
// order mark.
type Piece struct {
	Text, Len  int // Run.Text[Text:Text+Len]
	Start, End int // comes from bytes Start to End of the part
	// Where Len == End-Start, each byte of text comes from the byte of the part
	// at the same distance from Start, and is that byte unless it is a line end.
	// Else, as for entities, tabs and symbols, the piece maps as a whole.
}

// Read reads the parts of a .docx, .docm, .dotx or .dotm that its reader sees.
// It keeps no reference to data and is safe for concurrent use.
//
// Errors wrap [ErrNotWord], [ErrEncrypted], [ErrDamaged] or [ErrTooLarge] and
// say in one sentence what the file is and what helps, without its name.
func Read(data []byte, limits Limits) (*File, error) { return ReadView(data, Final, limits) }

// ReadView is [Read] for another view than the final one.
func ReadView(data []byte, view View, limits Limits) (*File, error) {
	a, err := openArchive(data, limits.withDefaults())
	if err != nil {
		return nil, err
	}
	main, err := a.mainPart()
	if err != nil {
		return nil, err
	}
	r := &reader{archive: a, file: &File{}, view: view}
	if r.rels, err = a.relationships(main); err != nil {
		return nil, err
	}
	if err := r.readStyles(); err != nil {
		return nil, err
	}
	if err := r.readNumbering(); err != nil {
		return nil, err
	}
	if err := r.readStories(main); err != nil {
		return nil, err
	}
	return r.file, nil
}

// reader is the state of one call of Read.
type reader struct {
	*archive
	file      *File
	view      View
	rels      []relationship // of the main part
	styles    styleSheet
	numbering numbering
	tables    int // so far
	footnotes noteRefs
	endnotes  noteRefs
	headers   []string // relationship ids, in the order of the sections
	footers   []string
	said      map[string]bool // problems so far
}

// problem notes a problem once; maxProblems keep a hostile file from flooding.
func (r *reader) problem(format string, args ...any) {
	const maxProblems = 100
	text := fmt.Sprintf(format, args...)
	if r.said[text] || len(r.said) >= maxProblems {
		return
	}
	if r.said == nil {
		r.said = make(map[string]bool)
	}
	r.said[text] = true
	r.file.Problems = append(r.file.Problems, text)
}
