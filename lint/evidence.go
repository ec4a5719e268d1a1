package lint

import (
	"fmt"

	"github.com/clauselint/clauselint/document"
)

// evidence turns the links that lead to an object into evidence, each place once.
func (d *reader) evidence(o object, lang string) []Evidence {
	out := []Evidence{{Span: d.fold.Back(o.at), Role: RoleObject}}
	seen := map[document.Span]bool{out[0].Span: true}
	for _, l := range o.via {
		e := Evidence{Span: d.fold.Back(l.at), Role: l.role}
		if l.term != nil {
			e.Role = RoleDefinition
			e.Note = d.definitionNote(l.term, lang)
			e.Span = l.term.Span.Cover(d.fold.Back(l.at))
			if e.Span.Len() > 400 {
				e.Span = l.term.Span
			}
		}
		if !seen[e.Span] {
			seen[e.Span] = true
			out = append(out, e)
		}
	}
	return out
}

// definitionNote says where a term takes its face data from.
func (d *reader) definitionNote(t *term, lang string) string {
	label := ""
	if t.Sentence != nil {
		label = t.Sentence.Clause.Path()
	}
	what := d.doc.Quote(d.fold.Back(t.at))
	switch {
	case lang == "zh" && label != "":
		return fmt.Sprintf("人脸信息，来自%s定义的“%s”（其中有“%s”）", label, t.Name, what)
	case lang == "zh":
		return fmt.Sprintf("人脸信息，来自“%s”的定义（其中有“%s”）", t.Name, what)
	case label != "":
		return fmt.Sprintf("face data, through “%s” defined in %s (it holds “%s”)", t.Name, label, what)
	}
	return fmt.Sprintf("face data, through the definition of “%s” (it holds “%s”)", t.Name, what)
}
