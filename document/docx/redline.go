package docx

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Replacement is a tracked change: the words are deleted, and Text is inserted in their
// place (17.13.5).
type Replacement struct {
	// Comment says where the words stand, who changes them and when; and why, if it has
	// Text.
	Comment
	// Text is what stands there instead; empty if nothing does.
	Text string
}

// Redline is the document data with tracked changes, and a comment on each that has one
// to make. Rejecting the changes gives back text and formatting. A change is refused with
// [ErrNoPlace] where its words do not stand in one paragraph of the body, in runs of their
// own: inside a field, a link, a content control in the paragraph or a change that is
// there already, or in a run with the mark of a note. The other errors are those of [Read].
func Redline(data []byte, changes []Replacement, limits Limits) ([]byte, error) {
	p, err := openPackage(data, limits)
	if err != nil {
		return nil, err
	}
	places := make([]int, len(changes))
	for i, c := range changes {
		if partKey(c.Part) != partKey(p.main) || c.Start >= c.End {
			return nil, fmt.Errorf("%w: a tracked change of %s", ErrNoPlace, show(c.Part))
		}
		places[i] = c.Start
	}
	slices.Sort(places)
	s, err := p.scan(p.main)
	if err != nil {
		return nil, err
	}
	l, err := layOut(s, places)
	if err != nil {
		return nil, err
	}
	r := &redliner{layout: l, ids: p.freeIDs(l, len(changes)), style: p.styleNamed("annotation reference"), runs: map[int][]cutOut{}}
	var comments []Comment
	var ids []int
	for i, c := range changes {
		if len(c.Comment.Text) > 0 {
			comments, ids = append(comments, c.Comment), append(ids, r.ids[i])
		}
		if err := r.change(i, c); err != nil {
			return nil, err
		}
	}
	var edits []edit
	for _, run := range slices.Sorted(maps.Keys(r.runs)) {
		text, err := r.rebuild(run, r.runs[run], changes)
		if err != nil {
			return nil, err
		}
		edits = append(edits, edit{l.nodes[run].start, l.nodes[run].end, text})
	}
	p.texts[p.main] = splice(l.data, append(edits, r.more...))
	if len(comments) > 0 {
		if err := p.addComments(comments, ids, namespaceOf(l.data)); err != nil {
			return nil, err
		}
	}
	return p.write(data)
}

// redliner rewrites the runs that tracked changes touch.
type redliner struct {
	*layout
	ids   []int // of the comments, by change
	style string
	runs  map[int][]cutOut // by node
	more  []edit           // outside the runs
}

// cutOut is the part of a run that a change deletes: bytes start to end of the part.
type cutOut struct {
	change      int
	start, end  int
	first, last bool // of the change's cuts
}

// change notes in which runs the words of a change stand.
func (r *redliner) change(i int, c Replacement) error {
	refuse := func(why string) error {
		return fmt.Errorf("%w: the words at byte %d of %s stand %s", ErrNoPlace, c.Start, show(c.Part), why)
	}
	at := r.holding(c.Start, c.Start+1)
	if at < 0 {
		return refuse("in no paragraph")
	}
	paragraph := r.path(at)[0]
	if r.nodes[paragraph].end < c.End {
		return refuse("in several paragraphs")
	}
	var found []int
	for k := paragraph + 1; k < len(r.nodes) && r.nodes[k].start < c.End; k++ {
		n := &r.nodes[k]
		if n.end <= c.Start || n.parent != paragraph {
			continue
		}
		if n.ns != nsWord || n.local != "r" {
			if strings.HasPrefix(n.local, "bookmark") || strings.HasPrefix(n.local, "comment") || n.local == "proofErr" || n.local == "pPr" {
				continue
			}
			return refuse("in a field, a link, a content control or a tracked change")
		}
		if first, last := r.field(paragraph, k); first != k || last != k || r.has(k, "fldChar") {
			return refuse("in a field")
		}
		if r.hasNote(k) {
			return refuse("beside the mark of a note")
		}
		found = append(found, k)
	}
	for k, run := range found {
		r.runs[run] = append(r.runs[run], cutOut{i, c.Start, c.End, k == 0, k == len(found)-1})
	}
	if len(found) == 0 {
		return refuse("in no run")
	}
	return nil
}

// rebuild writes a run anew: what stays in runs as before, what goes in tracked
// deletions, and after them what is inserted.
func (r *redliner) rebuild(run int, cuts []cutOut, changes []Replacement) (string, error) {
	n := &r.nodes[run]
	slices.SortFunc(cuts, func(a, b cutOut) int { return a.start - b.start })
	for k := 1; k < len(cuts); k++ {
		if cuts[k].start < cuts[k-1].end {
			return "", fmt.Errorf("%w: two changes of the same words at byte %d", ErrNoPlace, cuts[k].start)
		}
	}
	w, ns := r.prefixAt(point{at: n.start})
	out := &runWriter{layout: r.layout, node: n, w: w, ns: ns}
	for i := run + 1; i < len(r.nodes) && r.nodes[i].start < n.end; i++ {
		child := &r.nodes[i]
		if child.parent != run {
			continue
		}
		if child.ns == nsWord && child.local == "rPr" {
			out.props = string(r.data[child.start:child.end])
			continue
		}
		if err := out.child(child, cuts); err != nil {
			return "", err
		}
	}
	return out.finish(func(c cutOut, deleted string) string {
		ch := &changes[c.change]
		by := attribute(w+"author", ch.Author)
		if ch.Date != "" {
			by += attribute(w+"date", ch.Date)
		}
		el := strings.TrimSuffix(w, ":")
		id := r.ids[c.change]
		text := ""
		said := len(ch.Comment.Text) > 0
		if c.first && said {
			text += commentTag("commentRangeStart", w, ns, id)
		}
		text += fmt.Sprintf("<%s:del%s%s%s>%s</%s:del>", el, ns, attribute(w+"id", strconv.Itoa(r.nextID())), by, deleted, el)
		if c.last && ch.Text != "" {
			text += fmt.Sprintf("<%s:ins%s%s%s>%s</%s:ins>", el, ns, attribute(w+"id", strconv.Itoa(r.nextID())), by, out.inserted(ch.Text), el)
		}
		if c.last && said {
			end, more := r.endOfComment(w, ns, id, n.end, r.style)
			text += end
			r.more = append(r.more, more...)
		}
		return text
	}), nil
}

// runWriter takes a run apart into what stays and what goes.
type runWriter struct {
	*layout
	node   *node
	w, ns  string
	props  string
	pieces []runPiece
	t      string // the name of a w:t in this part, once one was seen
}

// runPiece is children of the run that stay, or that a cut takes.
type runPiece struct {
	xml string
	cut *cutOut
}

func (o *runWriter) add(xml string, cut *cutOut) {
	if n := len(o.pieces) - 1; n >= 0 && o.pieces[n].cut == cut {
		o.pieces[n].xml += xml
		return
	}
	o.pieces = append(o.pieces, runPiece{xml, cut})
}

// child adds a child of the run, a w:t in parts.
func (o *runWriter) child(n *node, cuts []cutOut) error {
	if n.ns != nsWord || n.local != "t" {
		for k := range cuts {
			if n.start < cuts[k].end && cuts[k].start < n.end {
				switch n.local {
				case "tab", "br", "cr", "noBreakHyphen", "softHyphen", "sym", "lastRenderedPageBreak":
					o.add(string(o.data[n.start:n.end]), &cuts[k])
					return nil
				}
				return fmt.Errorf("%w: the words at byte %d hold more than text (%s)", ErrNoPlace, cuts[k].start, show(n.local))
			}
		}
		o.add(string(o.data[n.start:n.end]), nil)
		return nil
	}
	o.t = o.name(n)
	from, to := n.inner, n.outer
	if !n.preserve { // the white space at its ends is not read
		for from < to && isXMLSpace(o.data[from]) {
			from++
		}
		for to > from && isXMLSpace(o.data[to-1]) {
			to--
		}
	}
	text := func(from, to int, cut *cutOut) {
		if from >= to {
			return
		}
		name := o.t
		if cut != nil {
			name = strings.TrimSuffix(name, "t") + "delText"
		}
		o.add("<"+name+preserveSpace+">"+string(o.data[from:to])+"</"+name+">", cut)
	}
	for k := range cuts {
		c := &cuts[k]
		if c.end <= from || c.start >= to {
			continue
		}
		text(from, max(from, c.start), nil)
		text(max(from, c.start), min(to, c.end), c)
		from = min(to, c.end)
	}
	text(from, to, nil)
	return nil
}

// open is the start tag of a run like this one, with its properties.
func (o *runWriter) open(again bool) string {
	if again {
		return "<" + o.name(o.node) + ">" + o.withOwnID(o.props)
	}
	return string(o.data[o.node.start:o.node.inner]) + o.props
}

// inserted is a run with new text that looks like this one.
func (o *runWriter) inserted(text string) string {
	t := o.t
	if t == "" {
		t = o.w + "t"
	}
	return o.open(true) + "<" + t + preserveSpace + ">" + escape(text) + "</" + t + "></" + o.name(o.node) + ">"
}

// finish writes the pieces as runs, those that go as wrap makes them.
func (o *runWriter) finish(wrap func(c cutOut, deleted string) string) string {
	var b strings.Builder
	for k, piece := range o.pieces {
		run := o.open(k > 0) + piece.xml + "</" + o.name(o.node) + ">"
		if piece.cut != nil {
			run = wrap(*piece.cut, run)
		}
		b.WriteString(run)
	}
	return b.String()
}
