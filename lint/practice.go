package lint

import (
	"slices"
	"strings"

	"github.com/clauselint/clauselint/document"
)

// Aspect is what of a processing a [Practice] is.
type Aspect string

// The aspects that Article 14(2) of the PIPL names.
const (
	Purpose    Aspect = "purpose"
	Method     Aspect = "method"
	KindOfData Aspect = "kind of data"
)

// Practice is something that a sentence says is done with face data, or is not done.
type Practice struct {
	Aspect Aspect
	// Key is what tells it: two are the same whose keys are. That of a method, and of a
	// purpose in many words, is a concept; else it is the folded words.
	Key string
	// Span is the words.
	document.Span
	// Denied is set for what the sentence says is not done.
	Denied bool
}

// What a sentence about face data can say of the processing, by concept.
var (
	practiceEnds = []string{"SPECIFIC END", "COMMERCIAL END", "OTHER END", "TRAIN", "INFER"}
	// verifying is one end in many words.
	verifying       = "VERIFY WORD"
	practiceMethods = []string{"CAPTURE", "TECHNIQUE", "STORAGE", "SHARE", "SELL", "PUBLISH", "UPLOAD", "TRAIN"}
	practiceItems   = []string{"DATA ITEM", "BIOMETRIC", "OTHER BIOMETRICS"}
)

// Says reports whether the sentence mentions a concept and does not deny it.
func (s *SentenceTrace) Says(concept string) bool {
	return slices.ContainsFunc(s.Mentions, func(m MentionTrace) bool { return !m.Denied && slices.Contains(m.Concepts, concept) })
}

// SaysAny reports whether the sentence says one of the concepts.
func (s *SentenceTrace) SaysAny(concepts []string) bool { return slices.ContainsFunc(concepts, s.Says) }

// AboutFaces reports whether the sentence binds somebody over face data.
func (s *SentenceTrace) AboutFaces() bool {
	return !s.Silent && !s.Heading && s.Anchor > LikenessAnchor
}

// Practices is what the sentence, of document d, says of the processing of face data.
func (s *SentenceTrace) Practices(d *document.Document) []Practice {
	if !s.AboutFaces() {
		return nil
	}
	if s.Carried && !s.SaysAny([]string{"DATA NOUN", "PERSONAL INFORMATION"}) && !(s.Says("BACK") && s.Says("COMPANY")) {
		return nil // what stands beside a sentence about faces need not be about faces
	}
	fold := d.Fold()
	words := func(at document.Span) string {
		in := fold.Forward(at)
		return fold.Text[in.Start:in.End]
	}
	acts := append([]string{"USE"}, practiceMethods...)
	denied := slices.ContainsFunc(s.Mentions, func(m MentionTrace) bool {
		return m.Denied && slices.ContainsFunc(acts, func(c string) bool { return slices.Contains(m.Concepts, c) })
	})
	if !denied && !s.SaysAny(acts) {
		return nil
	}
	var out []Practice
	put := func(m *MentionTrace, key string, a Aspect) {
		p := Practice{Aspect: a, Key: key, Span: m.Span, Denied: m.Denied}
		if key == "" {
			p.Key = words(m.Span)
			if n := len(out) - 1; n >= 0 && out[n].Aspect == a && out[n].Key == words(out[n].Span) &&
				strings.TrimSpace(d.Text[min(out[n].End, m.Start):m.Start]) == "" {
				// "targeted advertising" is one purpose, though two words say so.
				out[n].Span = out[n].Cover(m.Span)
				out[n].Key = words(out[n].Span)
				return
			}
		}
		if !slices.ContainsFunc(out, func(o Practice) bool { return o.Aspect == a && o.Key == p.Key }) {
			out = append(out, p)
		}
	}
	for i := range s.Mentions {
		m := &s.Mentions[i]
		if m.Composed {
			continue
		}
		for _, c := range m.Concepts {
			if slices.Contains(practiceMethods, c) {
				put(m, c, Method)
			}
			if denied {
				continue // what is not done has neither purpose nor kind
			}
			switch {
			case c == verifying:
				put(m, verifying, Purpose)
			case slices.Contains(practiceEnds, c) && !slices.Contains(m.Concepts, verifying):
				put(m, "", Purpose)
			case slices.Contains(practiceItems, c):
				put(m, "", KindOfData)
			}
		}
	}
	if denied {
		// In "we do not share the pictures we take" what is asserted is beside the point.
		out = slices.DeleteFunc(out, func(p Practice) bool { return !p.Denied })
	}
	return out
}
