package docx

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
)

// Comment is a comment on words of a document (17.13.4).
type Comment struct {
	// Part holds the words, and Start and End are their bytes in it, as [Piece] tells
	// them. Words in notes, headers, footers and text boxes, where Word has no comments,
	// are commented on at the reference or paragraph that they hang on.
	Part       string
	Start, End int
	// Author and Initials sign it; Date is when, as Word writes it ("2026-10-01T09:30:00Z",
	// local time all the same), or empty.
	Author, Initials, Date string
	// Key is what the comment is about, by which a later run knows it again.
	Key uint64
	// Text is its paragraphs, each in one language.
	Text []CommentText
}

// CommentText is a paragraph of a comment in a language, "zh" or "en".
type CommentText struct{ Lang, Text string }

// Stripped says what [Strip] did.
type Stripped struct {
	Removed int // comments of ours
	// Kept is how many of ours stay since somebody answered them or marked them as done.
	Kept int
}

// ErrNoPlace is for a comment whose words are nowhere in the document.
var ErrNoPlace = errors.New("no place for a comment")

// What we write is known again by the save identifiers (rsid, 17.15.1.72) that we give
// our elements: eight hexadecimal digits without any meaning but what made them, which
// Word need not know and which it keeps.
const (
	markOurs      = "00C1A5E0" // a comment, or the run of its reference
	markFirst     = "00C1A5E1" // a comment in a part that we made
	markFilled    = "00C1A5E5" // a comment in a part whose root was an empty element
	markCutRun    = "00C1A5E2" // the second half of a run that we cut
	markCutText   = "00C1A5E3" // the same, with its w:t
	markCutSpaced = "00C1A5E4" // the same, where the w:t before got an xml:space from us
)

const (
	preserveSpace  = ` xml:space="preserve"`
	commentsType   = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
	relationPrefix = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	strictRelation = "http://purl.oclc.org/ooxml/officeDocument/relationships"
	wordMain       = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	strictMain     = "http://purl.oclc.org/ooxml/wordprocessingml/main"
	ourRelation    = "rIdClauselintComments"
	onlyRelation   = "rIdClauselintCommentsOnly" // in a part whose root was an empty element
)

// Annotate is the document data with comments. It adds none whose key a comment of ours
// has already; [Strip] takes away those of an earlier run first, which moves the words.
// In the parts that it changes it only inserts; all others stay byte for byte what they
// were. The errors are those of [Read], and [ErrNoPlace].
func Annotate(data []byte, comments []Comment, limits Limits) (out []byte, added int, err error) {
	p, err := openPackage(data, limits)
	if err != nil {
		return nil, 0, err
	}
	there := make(map[uint64]bool)
	for _, c := range p.comments {
		if c.ours {
			there[c.key] = true
		}
	}
	comments = slices.DeleteFunc(slices.Clone(comments), func(c Comment) bool { return there[c.Key] })
	if len(comments) == 0 {
		return data, 0, nil
	}
	if err := p.add(comments); err != nil {
		return nil, 0, err
	}
	out, err = p.write(data)
	return out, len(comments), err
}

// Strip is the document data without the comments that [Annotate] put in, and with the
// bytes that its parts had before. Comments that somebody answered or marked as done
// stay.
func Strip(data []byte, limits Limits) ([]byte, Stripped, error) {
	var done Stripped
	p, err := openPackage(data, limits)
	if err != nil {
		return nil, done, err
	}
	remove := make(map[string]bool)
	for _, c := range p.comments {
		switch {
		case c.ours && (c.answered || c.resolved):
			done.Kept++
		case c.ours:
			done.Removed++
			remove[c.id] = true
		}
	}
	if len(remove) == 0 {
		return data, done, nil
	}
	if err := p.remove(remove); err != nil {
		return nil, done, err
	}
	out, err := p.write(data)
	return out, done, err
}

// commentMark is the beginning or the end of a comment.
type commentMark struct {
	point
	id    int
	begin bool
	empty bool // it is the end as well: the comment stands on no text
}

// order is that of marks at one place.
func (m *commentMark) order() int {
	switch {
	case m.empty:
		return 1
	case m.begin:
		return 2
	}
	return 0
}

// add puts comments into the main part and the part of the comments.
func (p *pack) add(comments []Comment) error {
	places := make([]anchor, len(comments))
	for i, c := range comments {
		var err error
		if places[i], err = p.anchor(c); err != nil {
			return err
		}
	}
	offsets := make([]int, 0, 2*len(places))
	for _, a := range places {
		offsets = append(offsets, a.first.start, a.last.start)
	}
	slices.Sort(offsets)
	s, err := p.scan(p.main)
	if err != nil {
		return err
	}
	l, err := layOut(s, offsets)
	if err != nil {
		return err
	}
	ids := p.freeIDs(l, len(comments))
	var marks []commentMark
	for i, a := range places {
		begin, ok := l.before(a.first.start, a.first.end)
		end, ok2 := l.after(a.last.start, a.last.end)
		if !ok || !ok2 {
			return fmt.Errorf("%w: bytes %d to %d of %s are in no paragraph", ErrNoPlace, comments[i].Start, comments[i].End, show(comments[i].Part))
		}
		if begin == end {
			marks = append(marks, commentMark{point: begin, id: ids[i], begin: true, empty: true})
			continue
		}
		marks = append(marks, commentMark{point: begin, id: ids[i], begin: true}, commentMark{point: end, id: ids[i]})
	}
	p.texts[p.main] = splice(l.data, l.commentEdits(marks, p.styleNamed("annotation reference")))
	return p.addComments(comments, ids, namespaceOf(l.data))
}

// stretch is bytes of a part.
type stretch struct{ start, end int }

// anchor is the stretches of the main part at which a comment begins and ends.
type anchor struct{ first, last stretch }

// anchor finds where the words of c, or what they hang on, stand in the main part.
func (p *pack) anchor(c Comment) (anchor, error) {
	if c.Start >= c.End {
		return anchor{}, fmt.Errorf("%w: bytes %d to %d of %s are no words", ErrNoPlace, c.Start, c.End, show(c.Part))
	}
	if partKey(c.Part) == partKey(p.main) {
		// One byte is enough to find the text by; words may run over several.
		return anchor{stretch{c.Start, c.Start + 1}, stretch{c.End - 1, c.End}}, nil
	}
	found, err := p.hanging(c)
	return anchor{found, found}, err
}

// hanging is what the words of c in another part hang on: the reference to their note,
// else the first text of the body.
func (p *pack) hanging(c Comment) (at stretch, err error) {
	note, id := "", ""
	for kind, local := range map[string]string{"footnotes": "footnote", "endnotes": "endnote"} {
		if part := p.companion(kind); part == "" || partKey(part) != partKey(c.Part) {
			continue
		}
		err = p.eachElement(c.Part, func(el element) {
			if el.ns == nsWord && el.local == local && el.start <= c.Start {
				note, id = local+"Reference", el.w("id")
			}
		})
		if err != nil {
			return at, err
		}
	}
	s, err := p.scan(p.main)
	if err != nil {
		return at, err
	}
	var text, para stretch // the first ones of the body
	for at == (stretch{}) && (note != "" || text == (stretch{})) {
		tok, err := s.next()
		if err != nil {
			return at, err
		}
		if tok.kind == endOfPart {
			break
		}
		if tok.kind != startTag || tok.el.ns != nsWord {
			continue
		}
		switch {
		case note != "" && tok.el.local == note && tok.el.w("id") == id:
			at = stretch{tok.start, tok.end}
		case tok.el.local == "p" && para == (stretch{}) && !isEmptyElement(s.data[tok.start:tok.end]):
			para = stretch{tok.start, tok.end}
		case tok.el.local == "t" && text == (stretch{}) && len(s.runs) == 1:
			next, err := s.next()
			if err != nil {
				return at, err
			}
			if next.kind == charData && len(bytes.TrimSpace(s.data[next.start:next.end])) > 0 {
				text = stretch{next.start, next.end}
			}
		}
	}
	for _, other := range []stretch{text, para} {
		if at == (stretch{}) {
			at = other
		}
	}
	if at == (stretch{}) {
		return at, fmt.Errorf("%w: %s has no paragraph for what stands in %s", ErrNoPlace, show(p.main), show(c.Part))
	}
	return at, nil
}

// freeIDs are the lowest n numbers above 0 that no comment has.
func (p *pack) freeIDs(l *layout, n int) []int {
	taken := make(map[string]bool)
	for _, c := range p.comments {
		taken[c.id] = true
	}
	var ids []int
	for id := 1; len(ids) < n; id++ {
		if !taken[fmt.Sprint(id)] {
			ids = append(ids, id)
		}
	}
	return ids
}

// styleNamed is the id of the built-in style of that name; empty if there is none.
func (p *pack) styleNamed(name string) string {
	var ids []string
	for id, st := range p.styles.byID {
		if strings.EqualFold(st.name, name) {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return ""
	}
	return slices.Min(ids)
}

// addComments writes the comments themselves, and makes their part if there is none.
func (p *pack) addComments(comments []Comment, ids []int, main string) error {
	if p.part == "" {
		return p.makeComments(comments, ids, main)
	}
	s, err := p.scan(p.part)
	if err != nil {
		return err
	}
	root, err := s.root()
	if err != nil {
		return err
	}
	attr := s.attributePrefix()
	ns := ""
	if attr == "" {
		attr, ns = "w:", attribute("xmlns:w", main)
	}
	if err := s.children(func(element) error { return nil }); err != nil {
		return err
	}
	mark := markOurs
	if isEmptyElement(s.data[root.start:root.end]) {
		mark = markFilled
	}
	text := p.commentsXML(comments, ids, attr, ns, mark)
	p.texts[p.part] = intoRoot(s.data, root, int(s.dec.InputOffset()), text)
	return nil
}

// intoRoot puts text at the end of a part's root element, which ends at byte end.
func intoRoot(data []byte, root element, end int, text string) []byte {
	name := elementName(data[root.start:root.end])
	if isEmptyElement(data[root.start:root.end]) {
		return splice(data, []edit{{root.end - 2, root.end, ">" + text + "</" + name + ">"}})
	}
	at := bytes.LastIndex(data[:end], []byte("</"))
	return splice(data, []edit{{at, at, text}})
}

func isEmptyElement(tag []byte) bool { return bytes.HasSuffix(tag, []byte("/>")) }

// emptied is a part's text with its root as the empty element that it was before
// [intoRoot], if nothing is left in it.
func emptied(data []byte, root element) []byte {
	end := "></" + elementName(data[root.start:root.end]) + ">"
	if !bytes.HasPrefix(data[root.end-1:], []byte(end)) {
		return data
	}
	return splice(data, []edit{{root.end - 1, root.end - 1 + len(end), "/>"}})
}

// namespaceOf is the form of the main namespace that a part declares in its root.
func namespaceOf(data []byte) string {
	const head = 64 << 10 // more than any root's tag takes
	if bytes.Contains(data[:min(len(data), head)], []byte(strictMain)) {
		return strictMain
	}
	return wordMain
}

// makeComments makes the part of the comments, and what tells of it.
func (p *pack) makeComments(comments []Comment, ids []int, main string) error {
	dir := path.Dir(p.main)
	p.part = path.Join(dir, "comments.xml")
	for n := 1; p.has(p.part); n++ {
		p.part = path.Join(dir, fmt.Sprintf("comments%d.xml", n))
	}
	relation := relationPrefix
	if main == strictMain {
		relation = strictRelation
	}
	p.texts[p.part] = []byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
		`<w:comments` + attribute("xmlns:w", main) + `>` + p.commentsXML(comments, ids, "w:", "", markFirst) + `</w:comments>`)
	rel := `<Relationship` + attribute("Id", ourRelation) + attribute("Type", relation+"/comments") + attribute("Target", "/"+p.part) + `/>`
	if err := p.intoPart(p.relsName(), rel, "Relationships"); err != nil {
		return err
	}
	return p.intoPart("[Content_Types].xml", `<Override`+attribute("PartName", "/"+p.part)+attribute("ContentType", commentsType)+`/>`, "")
}

// relsName is the part with the relationships of the main part.
func (p *pack) relsName() string {
	dir, file := path.Split(p.main)
	return p.realName(dir + "_rels/" + file + ".rels")
}

// intoPart puts text, whose elements have no prefix, at the end of the root of a part of
// the package. A part that is missing is made with the root element given.
func (p *pack) intoPart(name, text, root string) error {
	if !p.has(name) {
		if root == "" {
			return fmt.Errorf("%w: part %s is missing; save it in Word anew", ErrDamaged, show(name))
		}
		p.texts[name] = []byte(emptyRelationships(text))
		return nil
	}
	s, err := p.scan(name)
	if err != nil {
		return err
	}
	el, err := s.root()
	if err != nil {
		return err
	}
	if isEmptyElement(s.data[el.start:el.end]) {
		text = strings.Replace(text, attribute("Id", ourRelation), attribute("Id", onlyRelation), 1)
	}
	if prefix, _, ok := strings.Cut(elementName(s.data[el.start:el.end]), ":"); ok {
		text = strings.Replace(text, "<", "<"+prefix+":", 1)
	}
	if err := s.children(func(element) error { return nil }); err != nil {
		return err
	}
	p.texts[p.realName(name)] = intoRoot(s.data, el, int(s.dec.InputOffset()), text)
	return nil
}

func emptyRelationships(text string) string {
	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
		`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + text + `</Relationships>`
}

// commentsXML writes comments as w:comment elements. The first paragraph carries our mark
// and, in two more save identifiers, the key.
func (p *pack) commentsXML(comments []Comment, ids []int, attr, ns, mark string) string {
	var b strings.Builder
	w := strings.TrimSuffix(attr, ":")
	style, reference := p.styleNamed("annotation text"), p.styleNamed("annotation reference")
	for i, c := range comments {
		fmt.Fprintf(&b, "<%s:comment%s%s%s", w, ns, attribute(attr+"id", fmt.Sprint(ids[i])), attribute(attr+"author", c.Author))
		if c.Date != "" {
			b.WriteString(attribute(attr+"date", c.Date))
		}
		fmt.Fprintf(&b, "%s>", attribute(attr+"initials", c.Initials))
		for k, para := range c.Text {
			fmt.Fprintf(&b, "<%s:p", w)
			if k == 0 {
				b.WriteString(attribute(attr+"rsidR", mark) + attribute(attr+"rsidRDefault", fmt.Sprintf("%08X", uint32(c.Key>>32))) +
					attribute(attr+"rsidP", fmt.Sprintf("%08X", uint32(c.Key))))
			}
			b.WriteByte('>')
			if style != "" {
				fmt.Fprintf(&b, "<%s:pPr><%s:pStyle%s/></%s:pPr>", w, w, attribute(attr+"val", style), w)
			}
			if k == 0 {
				fmt.Fprintf(&b, "<%s:r>", w)
				if reference != "" {
					fmt.Fprintf(&b, "<%s:rPr><%s:rStyle%s/></%s:rPr>", w, w, attribute(attr+"val", reference), w)
				}
				fmt.Fprintf(&b, "<%s:annotationRef/></%s:r>", w, w)
			}
			lang := attribute(attr+"val", "en-US")
			hint := ""
			if para.Lang == "zh" {
				hint = fmt.Sprintf("<%s:rFonts%s/>", w, attribute(attr+"hint", "eastAsia"))
				lang += attribute(attr+"eastAsia", "zh-CN")
			}
			fmt.Fprintf(&b, "<%s:r><%s:rPr>%s<%s:lang%s/></%s:rPr><%s:t%s>%s</%s:t></%s:r></%s:p>", w, w, hint, w, lang, w, w, preserveSpace, escape(para.Text), w, w, w)
		}
		fmt.Fprintf(&b, "</%s:comment>", w)
	}
	return b.String()
}
