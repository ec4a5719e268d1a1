package docx

import "fmt"

// pack is an opened package whose comments are to be changed.
type pack struct {
	*reader
	main     string
	part     string // of the comments; empty if there is none
	comments []comment
	texts    map[string][]byte // the parts that change, in UTF-8; nil for one to remove
}

// comment is one that the document has.
type comment struct {
	id, paraID         string // the w14:paraId of its last paragraph
	key                uint64
	ours, first        bool
	filled             bool // the first of a part whose root was an empty element
	answered, resolved bool
	start, end         int
}

func openPackage(data []byte, limits Limits) (*pack, error) {
	a, err := openArchive(data, limits.withDefaults())
	if err != nil {
		return nil, err
	}
	p := &pack{reader: &reader{archive: a, file: &File{}}, texts: make(map[string][]byte)}
	if p.main, err = a.mainPart(); err != nil {
		return nil, err
	}
	if p.rels, err = a.relationships(p.main); err != nil {
		return nil, err
	}
	if err := p.readStyles(); err != nil {
		return nil, err
	}
	if p.part, err = p.related("comments"); err != nil || p.part == "" {
		return p, err
	}
	return p, p.readComments()
}

func (p *pack) readComments() error {
	s, err := p.scan(p.part)
	if err != nil {
		return err
	}
	if _, err := s.root(); err != nil {
		return err
	}
	err = s.children(func(el element) error {
		if el.ns != nsWord || el.local != "comment" {
			return nil
		}
		c := comment{id: el.w("id"), start: el.start}
		first := true
		err := s.children(func(el element) error {
			if el.ns != nsWord || el.local != "p" {
				return nil
			}
			if mark := el.w("rsidR"); first && (mark == markOurs || mark == markFirst || mark == markFilled) {
				c.first, c.filled = mark == markFirst, mark == markFilled
				_, err := fmt.Sscanf(el.w("rsidRDefault")+el.w("rsidP"), "%016X", &c.key)
				c.ours = err == nil
			}
			first = false
			if id := el.anyPrefix("paraId"); id != "" {
				c.paraID = id
			}
			return nil
		})
		c.end = int(s.dec.InputOffset())
		p.comments = append(p.comments, c)
		if err == nil {
			err = p.charge(160 + len(c.id))
		}
		return err
	})
	if err != nil {
		return err
	}
	if err := s.finish(); err != nil {
		return err
	}
	return p.readThreads()
}

// anyPrefix is the value of the attribute of that name in whatever namespace.
func (el element) anyPrefix(name string) string {
	for i := range el.attrs {
		if el.attrs[i].Name.Local == name {
			return el.attrs[i].Value
		}
	}
	return ""
}

// readThreads learns which comments have answers or are done ([MS-DOCX] 2.5.3.1).
func (p *pack) readThreads() error {
	part := p.companion("commentsExtended")
	if part == "" {
		return nil
	}
	byPara := make(map[string]*comment)
	for i := range p.comments {
		if id := p.comments[i].paraID; id != "" {
			byPara[id] = &p.comments[i]
		}
	}
	return p.eachElement(part, func(el element) {
		if c := byPara[el.anyPrefix("paraIdParent")]; c != nil {
			c.answered = true
		}
		if c := byPara[el.anyPrefix("paraId")]; c != nil && (el.anyPrefix("done") == "1" || el.anyPrefix("done") == "true") {
			c.resolved = true
		}
	})
}

// companion is the part of that kind that goes with the comments; empty if there is none.
func (p *pack) companion(kind string) string {
	for _, rel := range p.rels {
		if rel.kind == kind && !rel.external && p.has(rel.target) {
			return rel.target
		}
	}
	return ""
}

// eachElement calls fn for each child of a part's root.
func (p *pack) eachElement(part string, fn func(el element)) error {
	s, err := p.scan(part)
	if err != nil {
		return err
	}
	if _, err := s.root(); err != nil {
		return err
	}
	if err := s.children(func(el element) error { fn(el); return nil }); err != nil {
		return err
	}
	return s.finish()
}

// write is the package with the parts that changed.
func (p *pack) write(data []byte) ([]byte, error) {
	stored := make(map[string][]byte, len(p.texts))
	for name, text := range p.texts {
		if text == nil {
			stored[name] = nil
			continue
		}
		var err error
		if stored[name], err = p.asStored(name, text); err != nil {
			return nil, err
		}
	}
	return p.rewrite(data, stored)
}
