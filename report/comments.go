package report

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/document/docx"
	"github.com/clauselint/clauselint/lint"
)

// Signature signs the comments in a Word file. Date is as Word writes it, or empty.
type Signature struct{ Author, Initials, Date string }

// Comments is the findings of a Word file from a severity up as comments on it, in the
// order of the text: what is wrong, by which law, and what to write instead, each a
// paragraph. What the document lacks from one place on is one comment there, with a
// paragraph for each thing.
func Comments(run *Run, r *Result, by Signature, least clauses.Severity) []docx.Comment {
	var out []docx.Comment
	at := map[document.Span]int{} // the comments on what is missing, by their words
	for _, f := range sorted(r.Findings) {
		if f.Severity < least {
			continue
		}
		text := commentText(run, r.Doc, &f)
		// A fingerprint is 64 bits in hexadecimal digits.
		key, _ := strconv.ParseUint(f.Fingerprint, 16, 64)
		if i, ok := at[f.Span]; ok && f.Scope == lint.DocumentScope {
			c := &out[i]
			c.Key = c.Key*31 + key // of all that the comment is about, in their order
			c.Text = append(c.Text, docx.CommentText{Lang: f.Lang, Text: strings.Join(text, " ")})
			continue
		}
		place := r.Doc.Range(f.Span)
		c := docx.Comment{
			Part: place.Start.Part, Start: place.Start.Byte, End: place.End.Byte,
			Author: by.Author, Initials: by.Initials, Date: by.Date, Key: key,
		}
		if place.End.Part != place.Start.Part {
			c.End = c.Start + 1
		}
		if f.Scope == lint.DocumentScope {
			at[f.Span] = len(out)
			text = []string{strings.Join(text, " ")}
		}
		for _, t := range text {
			c.Text = append(c.Text, docx.CommentText{Lang: f.Lang, Text: t})
		}
		out = append(out, c)
	}
	return out
}

// commentText is the paragraphs of the comment for a finding.
func commentText(run *Run, d *document.Document, f *lint.Finding) []string {
	v := vocabularies[f.Lang == "zh"]
	issue := fmt.Sprintf(v.issue, v.severity(f.Severity), f.Message, f.Rule.ID)
	if i := d.BlockAt(f.Start); i >= 0 && v.places[d.Blocks[i].Place] != "" {
		issue += " " + fmt.Sprintf(v.standsIn, v.places[d.Blocks[i].Place], shorten(d.Quote(f.Span), quoteCells))
	}
	if f.Origin != nil && f.Origin.Kind != lint.Untouched {
		issue += " " + v.tracked + v.origin(f.Origin)
	}
	for _, q := range f.Facts {
		if q.Answer == nil {
			issue += " " + v.open + q.Fact.Question.In(f.Lang)
		}
	}
	out := []string{issue, v.head(v.basis) + v.citations(run.articles(f.Basis, f.Lang))}
	if f.Suggestion != "" {
		out = append(out, v.head(v.suggestion)+f.Suggestion)
	}
	return out
}

// head is a label as it stands at the head of a paragraph: 【依据】, "Basis: ".
func (v vocabulary) head(label string) string {
	if name, ok := strings.CutSuffix(label, "："); ok {
		return "【" + name + "】"
	}
	return label
}
