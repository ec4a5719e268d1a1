package report

import (
	"strconv"

	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/document/docx"
	"github.com/clauselint/clauselint/rewrite"
)

// Changes is edits of a Word file as tracked changes, without comments.
func Changes(d *document.Document, edits []document.Edit, by Signature) []docx.Replacement {
	var out []docx.Replacement
	for _, e := range edits {
		place := d.Range(e.Span)
		c := docx.Replacement{Text: e.Text}
		c.Part, c.Start, c.End = place.Start.Part, place.Start.Byte, place.End.Byte
		c.Author, c.Initials, c.Date = by.Author, by.Initials, by.Date
		out = append(out, c)
	}
	return out
}

// Redline is proposals for a Word file as tracked changes, the first of each with a
// comment that says why.
func Redline(run *Run, d *document.Document, proposals []rewrite.Proposal, by Signature) []docx.Replacement {
	var out []docx.Replacement
	for i := range proposals {
		p := &proposals[i]
		changes := Changes(d, p.Edits, by)
		// A fingerprint is 64 bits in hexadecimal digits.
		changes[0].Key, _ = strconv.ParseUint(p.Finding.Fingerprint, 16, 64)
		for _, text := range commentText(run, d, &p.Finding)[:2] { // the change is the suggestion
			changes[0].Comment.Text = append(changes[0].Comment.Text, docx.CommentText{Lang: p.Finding.Lang, Text: text})
		}
		out = append(out, changes...)
	}
	return out
}
