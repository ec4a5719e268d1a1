// Package document reads a contract file as text whose every byte knows where
// it came from.
//
// A [Document] holds the reading text: what a person reads, markup gone, one
// block after the other. All later stages speak in byte spans of that text
// ([Span]); only this package maps a span back to the file, through
// [Document.Range].
package document

// Span is a half-open range of byte offsets in [Document.Text]. It is the one
// coordinate that all stages share.
type Span struct{ Start, End int }

// Len is the number of bytes in s.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether t lies wholly inside s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps reports whether s and t share at least one byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Cover is the smallest span that holds both s and t.
func (s Span) Cover(t Span) Span { return Span{min(s.Start, t.Start), max(s.End, t.End)} }

// Format says how a file was read.
type Format string

// The formats that [Read] knows.
const (
	Text     Format = "text"
	Markdown Format = "markdown"
	DOCX     Format = "docx"
)

// Kind is what a block is to its reader.
type Kind int

// The kinds of block.
const (
	Paragraph Kind = iota
	Heading        // Level tells how deep, from 1
	Item           // an item of a list; Level tells how deep, from 1
	Cell           // a table cell; Table, Row and Col say which
	Code           // verbatim text; read, but no prose
)

// Place is the story of the file that a block belongs to.
type Place int

// The places of a block.
const (
	Body Place = iota
	Footnote
	Endnote
	Header
	Footer
	TextBox
	FrontMatter // the metadata at the top of a Markdown file
)

// Block is a paragraph, heading, list item or table cell, in reading order.
// Its Span lies in [Document.Text]; blocks never overlap and are separated by
// at least one line break there, cells that a plain text draws in one line by a bar.
type Block struct {
	Span
	Kind  Kind
	Level int
	// Label is a number or bullet that a reader sees but that is not part of
	// Text: Word's automatic numbering ("第七条", "（一）", "1.1"), a Markdown list
	// marker ("1.", "-"). Numbers typed by hand stay in Text.
	Label string
	Place Place
	// Quoted is set inside a Markdown block quote.
	Quoted bool
	// Table, Row and Col place a Cell; each counts from 1 within the document,
	// the table and the row. HeaderRow is set for the cells of a header row.
	Table, Row, Col int
	HeaderRow       bool
	// Hidden is set where the file hides the text from its reader.
	Hidden bool
}

// Problem is something in the file that could not be read or is doubtful,
// said in one sentence with its remedy. The rest of the file was read.
type Problem struct {
	Message string
}

// Document is a contract file as reading text. It is immutable after [Read]
// and safe for concurrent use.
type Document struct {
	// Name is the path as the caller gave it.
	Name   string
	Format Format
	// Encoding is the character encoding the file was decoded from, as the
	// IANA names it in lower case ("utf-8", "gb18030", "big5", "utf-16le",
	// "utf-16be").
	Encoding string
	// Text is the reading text, valid UTF-8.
	Text   string
	Blocks []Block
	// Styles is the text that looks other than the body, in order and not
	// overlapping; none for plain text.
	Styles   []Styled
	Problems []Problem
	// Remarks are the comments in the markup of a Markdown file, which its reader does
	// not see, in order.
	Remarks []Remark
	// Tracked is set for a Word file with tracked changes; Changes are those that the
	// view shows, in order and not overlapping.
	Tracked bool
	Changes []Change

	src source
}

// Remark is a comment in the markup of a Markdown file.
type Remark struct {
	// At is the offset in [Document.Text] of what follows it, or a little before.
	At int
	// Text is what stands between <!-- and -->, without the space around it.
	Text string
	// Line is where it begins in the file, from 1.
	Line int
}

// Change is text that a tracked change inserted or deletes.
type Change struct {
	Span
	Deleted      bool
	Author, Date string // as the file has them
}

// Position is a place in the file.
type Position struct {
	// Byte counts from 0 in the file as it lies on disk; in a DOCX, in the
	// uncompressed part.
	Byte int
	// Line and Column count from 1; columns are UTF-16 code units. In a DOCX
	// a line is a paragraph of the reading text, counted over the document.
	Line, Column int
	// Part, Paragraph and Run are set for a DOCX only: the part's name
	// ("word/document.xml"), the paragraph's number in it and the run's number
	// in the paragraph, both from 1.
	Part           string
	Paragraph, Run int
}

// Range is a stretch of the file, Start inclusive, End exclusive.
type Range struct{ Start, End Position }
