package docx

import (
	"bytes"
	"sort"
)

// node is an element of a paragraph and where its bytes stand: its start tag is bytes
// start to inner of the part, its end tag outer to end. Of an empty element inner,
// outer and end are the same.
type node struct {
	parent       int // in layout.nodes; -1 for the paragraph
	ns           namespace
	local        string
	attr         string // the prefix of attributes of WordprocessingML there, "w:"
	kind         string // of a w:fldChar
	start, inner int
	outer, end   int
	preserve     bool // white space counts
}

// layout is the elements of the paragraphs that some places lie in.
type layout struct {
	data   []byte
	nodes  []node // parents before children, in document order
	lastID int    // the highest number of a tracked change, once that was asked for
	aside  []aside
}

// aside is a paragraph whose comments have their reference marks elsewhere: the first of
// a content control around whole paragraphs. LibreOffice (7.4) loses what such a paragraph
// says, and what a comment says, where it meets the mark. It may stand anywhere (17.13.4.5),
// and stands in the next paragraph, at byte at; 0 while none was found.
type aside struct{ start, end, at int }

// layOut reads the elements of every paragraph of s that holds one of the places, which
// are in ascending order. A paragraph in a text box belongs to the one that anchors it.
func layOut(s *scanner, places []int) (*layout, error) {
	l := &layout{data: s.data}
	open := []int{}      // the nodes that are open
	first, depth := 0, 0 // of the outermost open paragraph
	var around controls
	leads := false       // the paragraph is the first of a control
	attr, scope := "", 0 // of the paragraph
	for {
		tok, err := s.next()
		if err != nil {
			return nil, err
		}
		switch {
		case tok.kind == endOfPart:
			return l, nil
		case tok.kind == startTag && (len(open) > 0 || tok.el.ns == nsWord && tok.el.local == "p"):
			n := node{parent: -1, ns: tok.el.ns, local: tok.el.local, start: tok.start, inner: tok.end, preserve: s.stack[len(s.stack)-1].preserve}
			if len(open) > 0 {
				n.parent = open[len(open)-1]
			} else {
				first, depth = len(l.nodes), len(s.stack)
				leads = around.paragraph()
			}
			if len(open) == 0 {
				attr, scope = s.attributePrefix(), len(s.scope)
			}
			if n.attr = attr; len(s.scope) > scope { // something was declared since
				n.attr = s.attributePrefix()
			}
			if n.ns == nsWord && n.local == "fldChar" {
				n.kind = tok.el.w("fldCharType")
			}
			open = append(open, len(l.nodes))
			l.nodes = append(l.nodes, n)
		case tok.kind == startTag:
			around.opened(tok.el, len(s.stack))
		case tok.kind == endTag && len(open) == 0:
			around.closed(len(s.stack))
		case tok.kind == endTag:
			n := &l.nodes[open[len(open)-1]]
			n.outer, n.end = tok.start, tok.end
			open = open[:len(open)-1]
			if len(open) > 0 || len(s.stack) >= depth {
				continue
			}
			if places = l.keep(first, places, leads); len(places) == 0 && !l.waiting() {
				return l, nil
			}
		}
	}
}

// keep drops the elements of the paragraph that was read last, unless it holds one of the
// places or the reference marks of another. Places before its end are done.
func (l *layout) keep(first int, places []int, leads bool) []int {
	n := l.nodes[first]
	for len(places) > 0 && places[0] < n.start {
		places = places[1:]
	}
	used := false
	if !leads && l.waiting() && !isEmptyElement(l.data[n.start:n.inner]) {
		l.receive(first)
		used = true
	}
	if len(places) == 0 || places[0] > n.end {
		if l.nodes = l.nodes[:first]; used {
			l.nodes = append(l.nodes, n)
		}
	} else if leads {
		l.aside = append(l.aside, aside{start: n.start, end: n.end})
	}
	return places
}

// waiting reports whether reference marks are to stand in a paragraph that is yet to come.
func (l *layout) waiting() bool { return len(l.aside) > 0 && l.aside[len(l.aside)-1].at == 0 }

// receive makes a paragraph that of the marks that wait for one, which stand after its
// properties.
func (l *layout) receive(paragraph int) {
	at := l.nodes[paragraph].inner
	if next := paragraph + 1; next < len(l.nodes) && l.nodes[next].ns == nsWord && l.nodes[next].local == "pPr" {
		at = l.nodes[next].end
	}
	for i := range l.aside {
		if l.aside[i].at == 0 {
			l.aside[i].at = at
		}
	}
}

// referenceFor is where the reference mark of a comment that ends at a byte stands
// instead.
func (l *layout) referenceFor(at int) (instead int, ok bool) {
	for _, a := range l.aside {
		if a.start <= at && at <= a.end && a.at > 0 {
			return a.at, true
		}
	}
	return 0, false
}

// controls is the content controls around whole paragraphs that are open.
type controls []struct {
	depth int
	fresh bool // no paragraph was seen in it
}

func (c *controls) opened(el element, depth int) {
	switch {
	case el.ns != nsWord:
	case el.local == "sdt":
		*c = append(*c, struct {
			depth int
			fresh bool
		}{depth, true})
	case el.local == "docPartObj" && len(*c) > 0:
		(*c)[len(*c)-1].fresh = false // a table of contents or the like, which LibreOffice knows
	}
}

func (c *controls) closed(depth int) {
	for n := len(*c) - 1; n >= 0 && (*c)[n].depth > depth; n-- {
		*c = (*c)[:n]
	}
}

// paragraph reports whether the paragraph that begins is the first of a control.
func (c *controls) paragraph() bool {
	first := false
	for i := range *c {
		first = first || (*c)[i].fresh
		(*c)[i].fresh = false
	}
	return first
}

// name is the name of a node as written, with its prefix.
func (l *layout) name(n *node) string { return elementName(l.data[n.start:n.inner]) }

// elementName is the name in a start tag.
func elementName(tag []byte) string {
	if end := bytes.IndexAny(tag, " \t\r\n/>"); end > 0 {
		return string(tag[1:end])
	}
	return ""
}

// attributePrefix is a prefix that means WordprocessingML where the scanner stands, with
// its colon; empty if there is none, as in a part that has it as default namespace.
func (s *scanner) attributePrefix() string {
	for i := len(s.scope) - 1; i >= 0; i-- {
		if p := s.scope[i].prefix; p != "" && s.scope[i].ns == nsWord && s.lookup(p) == nsWord {
			return p + ":"
		}
	}
	return ""
}

// holding is the innermost node whose bytes hold the stretch from start to end; -1 if
// none does.
func (l *layout) holding(start, end int) int {
	// The last that begins no later stands in every other that is still open there.
	i := sort.Search(len(l.nodes), func(i int) bool { return l.nodes[i].start > start }) - 1
	for i >= 0 && l.nodes[i].end < end {
		i = l.nodes[i].parent
	}
	return i
}

// point is a place for marks between runs.
type point struct {
	at  int
	cut cut
	run int // the run that is cut
	t   int // the w:t that is cut
}

// cut says what must be closed before the marks and opened after them.
type cut uint8

const (
	whole  cut = iota // nothing: the point lies between runs
	inRun             // the run, between two of its children
	inText            // the run and its w:t
)

// containers are the elements in which marks may stand among the runs (CT_P, CT_Hyperlink,
// CT_RunTrackChange …, by EG_RangeMarkupElements). Those that Word moves are left whole, and
// so are content controls: LibreOffice loses the text of one with a mark inside.
var containers = map[string]bool{"p": true, "hyperlink": true, "ins": true, "smartTag": true, "customXml": true, "dir": true, "bdo": true}

// before is the place for a mark before the text that comes from bytes start to end;
// after is the one behind it.
func (l *layout) before(start, end int) (point, bool) { return l.point(start, end, true) }
func (l *layout) after(start, end int) (point, bool)  { return l.point(start, end, false) }

func (l *layout) point(start, end int, before bool) (point, bool) {
	at := l.holding(start, end)
	if at < 0 {
		return point{}, false
	}
	path := l.path(at)
	for k, i := range path {
		n := &l.nodes[i]
		inside := n.ns == nsWord && containers[n.local]
		if inside && k+1 < len(path) {
			continue
		}
		if k == 0 {
			// A paragraph without text: the marks stand in it, one after the other.
			return point{at: n.outer}, !isEmptyElement(l.data[n.start:n.inner])
		}
		if n.ns != nsWord || n.local != "r" {
			return l.around(i, before), true
		}
		if first, last := l.field(path[0], i); first != i || last != i {
			if before {
				return l.around(l.outside(first), before), true
			}
			return l.around(l.outside(last), before), true
		}
		// A mark of one's own must follow the reference to its note (17.11.14).
		if k+1 == len(path) || k+2 < len(path) || l.has(i, "fldChar") || l.hasNote(i) {
			return l.around(i, before), true
		}
		if before {
			return l.cut(i, path[k+1], start, before), true
		}
		return l.cut(i, path[k+1], end, before), true
	}
	return point{}, false
}

// path is the node and those that it stands in, the paragraph first.
func (l *layout) path(at int) (path []int) {
	for i := at; i >= 0; i = l.nodes[i].parent {
		path = append(path, i)
	}
	for a, b := 0, len(path)-1; a < b; a, b = a+1, b-1 {
		path[a], path[b] = path[b], path[a]
	}
	return path
}

func (l *layout) around(i int, before bool) point {
	if before {
		return point{at: l.nodes[i].start}
	}
	return point{at: l.nodes[i].end}
}

// outside is the outermost element around i in which no mark may stand, or i.
func (l *layout) outside(i int) int {
	path := l.path(i)
	for _, k := range path {
		if n := &l.nodes[k]; n.ns != nsWord || !containers[n.local] {
			return k
		}
	}
	return i
}

func (l *layout) has(parent int, local string) bool {
	for i := parent + 1; i < len(l.nodes) && l.nodes[i].start < l.nodes[parent].end; i++ {
		if l.nodes[i].parent == parent && l.nodes[i].ns == nsWord && l.nodes[i].local == local {
			return true
		}
	}
	return false
}

// hasNote reports whether a run refers to a note.
func (l *layout) hasNote(run int) bool {
	return l.has(run, "footnoteReference") || l.has(run, "endnoteReference")
}

// field is the runs with which the outermost complex field around a run begins and ends
// in its paragraph (17.16.18); the run itself if there is none.
func (l *layout) field(paragraph, run int) (first, last int) {
	depth, begun := 0, -1
	inside := false
	for i := paragraph + 1; i < len(l.nodes) && l.nodes[i].start < l.nodes[paragraph].end; i++ {
		n := &l.nodes[i]
		if i == run {
			inside = depth > 0 && begun >= 0
		}
		if n.ns != nsWord || n.local != "fldChar" {
			continue
		}
		switch n.kind {
		case "begin":
			if depth++; depth == 1 {
				begun = n.parent
				inside = inside || n.parent == run
			}
		case "end":
			if depth = max(depth-1, 0); depth == 0 {
				if inside || n.parent == run && begun >= 0 {
					return begun, n.parent
				}
				begun = -1
			}
		}
	}
	return run, run
}

// cut is the place for a mark at byte at in or beside a child of a run: beside the run
// if there is no text on that side of it, else inside, where the run must be cut in two.
func (l *layout) cut(run, child, at int, before bool) point {
	t := &l.nodes[child]
	edge := func(before bool) point {
		for i := run + 1; i < len(l.nodes) && l.nodes[i].start < l.nodes[run].end; i++ {
			n := &l.nodes[i]
			if n.parent == run && (before && n.end <= t.start || !before && n.start >= t.end) && n.local != "rPr" && n.local != "lastRenderedPageBreak" {
				if before {
					return point{at: t.start, cut: inRun, run: run}
				}
				return point{at: t.end, cut: inRun, run: run}
			}
		}
		return l.around(run, before)
	}
	text := l.data[t.inner:t.outer]
	switch {
	case t.local != "t", before && at <= t.inner, !before && at >= t.outer:
		return edge(before)
	case at <= t.inner, at >= t.outer:
		return edge(at <= t.inner)
	case !t.preserve && (len(bytes.TrimSpace(text)) != len(text) || isXMLSpace(l.data[at-1]) && bytes.Contains(l.data[t.start:t.inner], []byte("xml:space"))):
		// White space that is dropped now would show once a half says that it counts.
		return edge(before)
	}
	return point{at: at, cut: inText, run: run, t: child}
}

func isXMLSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
