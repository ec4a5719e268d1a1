package docx

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// commentEdits writes the marks of comments into the paragraphs.
func (l *layout) commentEdits(marks []commentMark, style string) []edit {
	// At one place those that end come first, then those that stand on nothing, then those
	// that begin, so that they nest; the marks stand in the order of the comments.
	slices.SortStableFunc(marks, func(a, b commentMark) int {
		return cmp.Or(a.at-b.at, a.order()-b.order())
	})
	var edits []edit
	cutBefore := make(map[int]bool) // the w:t that were cut
	for i := 0; i < len(marks); {
		at := marks[i].point
		var text strings.Builder
		attr, ns := l.prefixAt(at)
		for ; i < len(marks) && marks[i].at == at.at; i++ {
			m := &marks[i]
			if m.begin {
				text.WriteString(commentTag("commentRangeStart", attr, ns, m.id))
			}
			if m.begin && !m.empty {
				continue
			}
			end, more := l.endOfComment(attr, ns, m.id, m.at, style)
			text.WriteString(end)
			edits = append(edits, more...)
		}
		edits = append(edits, l.cutEdits(at, text.String(), cutBefore)...)
	}
	return edits
}

func commentTag(local, attr, ns string, id int) string {
	return "<" + attr + local + ns + attribute(attr+"id", strconv.Itoa(id)) + "/>"
}

// endOfComment is the mark at the end of a comment at byte at, and the reference to the
// comment, there or in an edit of another place.
func (l *layout) endOfComment(attr, ns string, id, at int, style string) (end string, more []edit) {
	end = commentTag("commentRangeEnd", attr, ns, id)
	if instead, ok := l.referenceFor(at); ok {
		attr, ns := l.prefixAt(point{at: instead})
		return end, []edit{{instead, instead, commentReference(attr, ns, id, style)}}
	}
	return end + commentReference(attr, ns, id, style), nil
}

func commentReference(attr, ns string, id int, style string) string {
	props := ""
	if style != "" {
		props = fmt.Sprintf("<%srPr><%srStyle%s/></%srPr>", attr, attr, attribute(attr+"val", style), attr)
	}
	return fmt.Sprintf("<%sr%s%s>%s%s</%sr>", attr, ns, attribute(attr+"rsidR", markOurs), props, commentTag("commentReference", attr, "", id), attr)
}

// prefixAt is the prefix for elements and attributes at a point, and what declares it if
// it is not declared.
func (l *layout) prefixAt(at point) (attr, ns string) {
	n := l.holding(at.at, at.at)
	if n >= 0 && l.nodes[n].attr != "" {
		return l.nodes[n].attr, ""
	}
	return "w:", attribute("xmlns:w", namespaceOf(l.data))
}

// cutEdits puts text at a point, cutting run and w:t in two where need be. The second
// half has the formatting of the first.
func (l *layout) cutEdits(at point, text string, cutBefore map[int]bool) []edit {
	if at.cut == whole {
		return []edit{{at.at, at.at, text}}
	}
	run := &l.nodes[at.run]
	attr, ns := l.prefixAt(at)
	props := ""
	for i := at.run + 1; i < len(l.nodes) && l.nodes[i].start < run.end; i++ {
		if n := &l.nodes[i]; n.parent == at.run && n.ns == nsWord && n.local == "rPr" {
			props = l.withOwnID(string(l.data[n.start:n.end]))
			break
		}
	}
	reopen := func(mark string) string {
		return fmt.Sprintf("<%s%s%s>%s", l.name(run), ns, attribute(attr+"rsidR", mark), props)
	}
	if at.cut == inRun {
		return []edit{{at.at, at.at, fmt.Sprintf("</%s>%s%s", l.name(run), text, reopen(markCutRun))}}
	}
	t := &l.nodes[at.t]
	mark := markCutText
	var edits []edit
	first := !cutBefore[at.t]
	cutBefore[at.t] = true
	if first && !t.preserve && isXMLSpace(l.data[at.at-1]) {
		mark = markCutSpaced
		after := t.start + 1 + len(l.name(t))
		edits = append(edits, edit{after, after, preserveSpace})
	}
	return append(edits, edit{at.at, at.at, fmt.Sprintf("</%s></%s>%s%s<%s%s>", l.name(t), l.name(run), text, reopen(mark), l.name(t), preserveSpace)})
}

// A tracked change of formatting in a w:rPr, and the numbers of changes in a part.
var (
	formatChange = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(<[^<>]*rPrChange\s[^<>]*:id=")[^"]*(")`) })
	changeNumber = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`:id="([0-9]{1,9})"`) })
)

// withOwnID is a copied w:rPr whose tracked change, if it has one, has a number of its own.
func (l *layout) withOwnID(props string) string {
	if !strings.Contains(props, "rPrChange") {
		return props
	}
	return formatChange().ReplaceAllString(props, fmt.Sprintf("${1}%d${2}", l.nextID()))
}

// nextID is a number that no tracked change of the part has.
func (l *layout) nextID() int {
	if l.lastID == 0 {
		for _, m := range changeNumber().FindAllSubmatch(l.data, -1) {
			n, _ := strconv.Atoi(string(m[1])) // nine digits at most
			l.lastID = max(l.lastID, n)
		}
	}
	l.lastID++
	return l.lastID
}
