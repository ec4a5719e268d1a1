package revision

import (
	"strings"

	"github.com/clauselint/clauselint/lint"
)

// practices tells where the new version processes face data for another purpose, in
// another manner, or of another kind: consent to it must be taken again.
func (x *comparison) practices() {
	type key struct {
		aspect lint.Aspect
		key    string
	}
	before := map[key]bool{}
	var said strings.Builder // all that the old version says of face data
	fold := x.Old.Doc.Fold()
	for i := range x.Old.sentences {
		s := &x.Old.sentences[i]
		if !s.AboutFaces() {
			continue
		}
		for _, p := range s.Practices(x.Old.Doc) {
			if !p.Denied {
				before[key{p.Aspect, p.Key}] = true
			}
		}
		in := fold.Forward(s.Span)
		said.WriteString(fold.Text[in.Start:in.End] + "\n")
	}
	if len(before) == 0 {
		return // there was no processing, and so no consent to it
	}
	for n := range x.New.sentences {
		s := &x.New.sentences[n]
		if x.pairs.same[n] || x.New.defines(s) {
			continue
		}
		c := Change{Kind: ConsentAgain, New: s.Span}
		if o := x.pairs.old[n]; o >= 0 {
			c.Old = x.Old.sentences[o].Span
		}
		for _, p := range s.Practices(x.New.Doc) {
			k := key{p.Aspect, p.Key}
			if p.Denied || before[k] || p.Aspect != lint.Method && strings.Contains(said.String(), p.Key) {
				continue
			}
			before[k] = true // and so it is told once
			c.Words = append(c.Words, Word{x.New.Doc.Quote(p.Span), p.Aspect})
		}
		if len(c.Words) > 0 {
			x.add(c)
		}
	}
}
