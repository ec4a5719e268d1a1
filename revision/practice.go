package revision

import (
	"slices"
	"strings"

	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
)

// What a sentence about face data can say of the processing, by concept.
var (
	ends = []string{"SPECIFIC END", "COMMERCIAL END", "OTHER END", "TRAIN", "INFER"}
	// verifying is one end in many words.
	verifying = "VERIFY WORD"
	methods   = []string{"CAPTURE", "TECHNIQUE", "STORAGE", "SHARE", "SELL", "PUBLISH", "UPLOAD", "TRAIN"}
	items     = []string{"DATA ITEM", "BIOMETRIC", "OTHER BIOMETRICS"}
)

// practices tells where the new version processes face data for another purpose, in
// another manner, or of another kind: consent to it must be taken again.
func (x *comparison) practices() {
	before := map[Word]bool{}
	var said strings.Builder // all that the old version says of face data
	fold := x.Old.Doc.Fold()
	for i := range x.Old.sentences {
		s := &x.Old.sentences[i]
		if !aboutFaces(s) {
			continue
		}
		for _, p := range practicesOf(x.Old.Doc, s) {
			before[p.Word] = true
		}
		in := fold.Forward(s.Span)
		said.WriteString(fold.Text[in.Start:in.End] + "\n")
	}
	if len(before) == 0 {
		return // there was no processing, and so no consent to it
	}
	for n := range x.New.sentences {
		s := &x.New.sentences[n]
		if x.pairs.same[n] || !aboutFaces(s) || x.New.defines(s) {
			continue
		}
		c := Change{Kind: ConsentAgain, New: s.Span}
		if o := x.pairs.old[n]; o >= 0 {
			c.Old = x.Old.sentences[o].Span
		}
		for _, p := range practicesOf(x.New.Doc, s) {
			if before[p.Word] || p.Aspect != Method && strings.Contains(said.String(), p.folded) {
				continue
			}
			before[p.Word] = true // and so it is told once
			c.Words = append(c.Words, Word{x.New.Doc.Quote(p.at), p.Aspect})
		}
		if len(c.Words) > 0 {
			x.add(c)
		}
	}
}

// practice is something that is done with face data. Two are the same whose words are:
// those of a method and of a purpose with a name are its concept.
type practice struct {
	Word
	at     document.Span
	folded string
}

// practicesOf is what a sentence says of the processing; nothing if it denies it.
func practicesOf(d *document.Document, s *lint.SentenceTrace) []practice {
	fold := d.Fold()
	done := slices.ContainsFunc(s.Mentions, func(m lint.MentionTrace) bool {
		return !m.Denied && (slices.Contains(m.Concepts, "USE") || slices.ContainsFunc(methods, func(c string) bool { return slices.Contains(m.Concepts, c) }))
	})
	denied := slices.ContainsFunc(s.Mentions, func(m lint.MentionTrace) bool {
		return m.Denied && (slices.Contains(m.Concepts, "USE") || slices.ContainsFunc(methods, func(c string) bool { return slices.Contains(m.Concepts, c) }))
	})
	if !done || denied {
		return nil
	}
	if s.Carried && !saysAny(s, []string{"DATA NOUN", "PERSONAL INFORMATION"}) && !(says(s, "BACK") && says(s, "COMPANY")) {
		return nil // what stands beside a sentence about faces need not be about faces
	}
	var out []practice
	put := func(m *lint.MentionTrace, key string, a Aspect) {
		in := fold.Forward(m.Span)
		p := practice{at: m.Span, folded: fold.Text[in.Start:in.End]}
		if key == "" {
			key = p.folded
		}
		if n := len(out) - 1; n >= 0 && key == p.folded && out[n].Aspect == a && strings.TrimSpace(d.Text[min(out[n].at.End, m.Start):m.Start]) == "" {
			// "targeted advertising" is one purpose, though two words say so.
			before := &out[n]
			before.at = before.at.Cover(m.Span)
			in = fold.Forward(before.at)
			before.folded = fold.Text[in.Start:in.End]
			before.Text = before.folded
			return
		}
		p.Word = Word{key, a}
		if !slices.ContainsFunc(out, func(o practice) bool { return o.Word == p.Word }) {
			out = append(out, p)
		}
	}
	for i := range s.Mentions {
		m := &s.Mentions[i]
		if m.Denied || m.Composed {
			continue
		}
		for _, c := range m.Concepts {
			switch {
			case c == verifying:
				put(m, verifying, Purpose)
			case slices.Contains(ends, c) && !slices.Contains(m.Concepts, verifying):
				put(m, "", Purpose)
			case slices.Contains(items, c):
				put(m, "", KindOfData)
			}
			if slices.Contains(methods, c) {
				put(m, c, Method)
			}
		}
	}
	return out
}
