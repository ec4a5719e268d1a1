package docx

import (
	"bytes"
	"strings"
)

// remove takes comments out of the parts that speak of them.
func (p *pack) remove(ids map[string]bool) error {
	s, err := p.scan(p.main)
	if err != nil {
		return err
	}
	edits, err := unmark(s, ids)
	if err != nil {
		return err
	}
	p.texts[p.main] = splice(s.data, edits)
	gone, left, made, filled := make(map[string]bool), 0, false, false
	var cuts []edit
	for _, c := range p.comments {
		if !ids[c.id] {
			left++
			continue
		}
		cuts = append(cuts, edit{c.start, c.end, ""})
		made, filled = made || c.first, filled || c.filled
		if c.paraID != "" {
			gone[c.paraID] = true
		}
	}
	if made && left == 0 {
		return p.removeComments()
	}
	s, err = p.scan(p.part)
	if err != nil {
		return err
	}
	root, err := s.root()
	if err != nil {
		return err
	}
	p.texts[p.part] = splice(s.data, cuts)
	if filled && left == 0 {
		p.texts[p.part] = emptied(p.texts[p.part], root)
	}
	return p.removeThreads(gone)
}

// removeComments takes away the part that we made.
func (p *pack) removeComments() error {
	p.texts[p.part] = nil
	rels := p.relsName()
	filled := false
	if err := p.cutElement(rels, func(el element) bool {
		id := el.plain("Id")
		filled = filled || id == onlyRelation
		return id == ourRelation || id == onlyRelation
	}); err != nil {
		return err
	}
	if filled {
		s, err := p.scan(rels)
		if err != nil {
			return err
		}
		root, err := s.root()
		if err != nil {
			return err
		}
		p.texts[p.realName(rels)] = emptied(p.texts[p.realName(rels)], root)
	}
	if string(p.texts[rels]) == emptyRelationships("") {
		p.texts[rels] = nil // it had none before us
	}
	return p.cutElement("[Content_Types].xml", func(el element) bool {
		return el.local == "Override" && partKey(el.plain("PartName")) == partKey(p.part)
	})
}

// removeThreads takes what Word added about the comments that are gone, by the paraId of
// their last paragraphs, out of the parts that go with them.
func (p *pack) removeThreads(gone map[string]bool) error {
	if len(gone) == 0 {
		return nil
	}
	durable := make(map[string]bool)
	for _, kind := range []string{"commentsExtended", "commentsIds", "commentsExtensible"} {
		part := p.companion(kind)
		if part == "" {
			continue
		}
		err := p.cutElement(part, func(el element) bool {
			id := el.anyPrefix("durableId")
			if gone[el.anyPrefix("paraId")] {
				durable[id] = id != ""
				return true
			}
			return durable[id]
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// cutElement takes the children of a part's root that match out of it.
func (p *pack) cutElement(part string, match func(el element) bool) error {
	s, err := p.scan(part)
	if err != nil {
		return err
	}
	if _, err := s.root(); err != nil {
		return err
	}
	var cuts []edit
	err = s.children(func(el element) error {
		if !match(el) {
			return nil
		}
		at := len(cuts)
		cuts = append(cuts, edit{el.start, 0, ""})
		err := s.children(func(element) error { return nil })
		cuts[at].end = int(s.dec.InputOffset())
		return err
	})
	if err != nil {
		return err
	}
	p.texts[p.realName(part)] = splice(s.data, cuts)
	return nil
}

// seam is where a run ended that had nothing but our marks after it so far.
type seam struct {
	end   int    // of the run; 0 for no seam
	text  int    // the start of its last w:t, or -1
	props string // its w:rPr
}

// unmarker takes the marks of comments out of the main part and puts the runs together
// that were cut for them.
type unmarker struct {
	*scanner
	ids   map[string]bool
	edits []edit
	open  []element // the open elements
	last  seam
	run   seam // the run that is open
}

func unmark(s *scanner, ids map[string]bool) ([]edit, error) {
	u := &unmarker{scanner: s, ids: ids}
	for {
		tok, err := s.next()
		if err != nil {
			return nil, err
		}
		switch tok.kind {
		case endOfPart:
			return u.edits, nil
		case charData:
			u.last = seam{}
		case endTag:
			u.closed(tok)
		case startTag:
			if err := u.opened(tok); err != nil {
				return nil, err
			}
		}
	}
}

func (u *unmarker) within(local string) bool {
	n := len(u.open) - 1
	return n >= 0 && u.open[n].ns == nsWord && u.open[n].local == local
}

func (u *unmarker) closed(tok token) {
	n := len(u.open) - 1
	el := u.open[n]
	u.open = u.open[:n]
	u.last = seam{}
	switch {
	case el.ns != nsWord:
	case el.local == "rPr" && u.within("r"):
		u.run.props = string(u.data[el.start:tok.end])
	case el.local == "r":
		u.last = u.run
		u.last.end = tok.end
	}
}

func (u *unmarker) opened(tok token) error {
	el := tok.el
	before := u.last
	u.last = seam{}
	mark := ""
	if el.ns == nsWord {
		switch el.local {
		case "commentRangeStart", "commentRangeEnd":
			if u.ids[el.w("id")] {
				end, err := u.skip()
				u.edits = append(u.edits, edit{el.start, end, ""})
				u.last = before
				return err
			}
		case "r":
			mark = el.w("rsidR")
			u.run = seam{text: -1}
		case "t":
			u.run.text = el.start
		}
	}
	switch mark {
	case markOurs:
		return u.reference(el, before)
	case markCutRun, markCutText, markCutSpaced:
		u.open = append(u.open, el)
		return u.join(el, mark, before)
	}
	u.open = append(u.open, el)
	return nil
}

// reference takes out the run with the reference to a comment.
func (u *unmarker) reference(el element, before seam) error {
	found, other := false, false
	start := el.start
	err := u.children(func(el element) error {
		switch {
		case el.ns == nsWord && el.local == "commentReference" && u.ids[el.w("id")]:
			found = true
		case el.ns == nsWord && el.local == "rPr":
		default:
			other = true
		}
		return nil
	})
	if found && !other {
		u.edits = append(u.edits, edit{start, int(u.dec.InputOffset()), ""})
		u.last = before
	}
	return err
}

// skip reads to the end of the element opened last and says where that is.
func (s *scanner) skip() (int, error) {
	err := s.children(func(element) error { return nil })
	return int(s.dec.InputOffset()), err
}

// join puts a run that was cut together with its second half el, if nothing but our
// marks stood between them and both still look the same.
func (u *unmarker) join(el element, mark string, before seam) error {
	start, opened, props, text := el.start, el.end, "", -1
	tok, err := u.next()
	if err != nil {
		return err
	}
	if tok.kind == startTag && tok.el.ns == nsWord && tok.el.local == "rPr" {
		from := tok.start
		if opened, err = u.skip(); err != nil {
			return err
		}
		props = string(u.data[from:opened])
		u.run.props = props
		if mark != markCutRun {
			if tok, err = u.next(); err != nil {
				return err
			}
		} else {
			tok = token{kind: charData}
		}
	}
	switch tok.kind {
	case startTag:
		u.open = append(u.open, tok.el)
		if tok.el.ns == nsWord && tok.el.local == "t" {
			text, u.run.text = tok.start, tok.start
			if mark != markCutRun {
				opened = tok.end
			}
		}
	case endTag:
		u.closed(tok)
	}
	closing := u.closing(before, mark)
	if closing < 0 || !sameProps(props, before.props) || mark != markCutRun && text < 0 {
		return nil
	}
	u.edits = append(u.edits, edit{closing, before.end, ""}, edit{start, opened, ""})
	if mark == markCutRun {
		return nil
	}
	u.run.text = before.text
	if at := before.text + 1 + len(elementName(u.data[before.text:])); mark == markCutSpaced && bytes.HasPrefix(u.data[at:], []byte(preserveSpace)) {
		u.edits = append(u.edits, edit{at, at + len(preserveSpace), ""})
	}
	return nil
}

// sameProps reports whether two w:rPr say the same, bar the number of a tracked change.
func sameProps(a, b string) bool {
	if strings.Contains(a, "rPrChange") {
		a, b = formatChange().ReplaceAllString(a, "$1$2"), formatChange().ReplaceAllString(b, "$1$2")
	}
	return a == b
}

// closing is where the end tags begin with which a cut closed a run and its w:t; -1 if
// the run does not end so.
func (u *unmarker) closing(before seam, mark string) int {
	if before.end == 0 || mark != markCutRun && before.text < 0 {
		return -1
	}
	head := u.data[:before.end]
	at := bytes.LastIndex(head, []byte("</"))
	if mark == markCutRun || at < 0 {
		return at
	}
	name := elementName(u.data[before.text:])
	if end := []byte("</" + name + ">"); bytes.HasSuffix(head[:at], end) {
		return at - len(end)
	}
	return -1
}
