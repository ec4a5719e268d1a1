package docx

import (
	"slices"
	"strings"
)

// noteRefs are the notes that the text refers to, by id, in order.
type noteRefs struct {
	order map[string]int
}

func (n *noteRefs) add(a *archive, id string) error {
	if n.order == nil {
		n.order = make(map[string]int)
	}
	if _, ok := n.order[id]; ok {
		return nil
	}
	n.order[id] = len(n.order)
	return a.charge(96 + len(id))
}

// readStories reads the main part and then what it refers to.
func (r *reader) readStories(main string) error {
	if err := r.readBody(main); err != nil {
		return err
	}
	if err := r.readNotes("footnotes", "footnote", Footnote, &r.footnotes); err != nil {
		return err
	}
	if err := r.readNotes("endnotes", "endnote", Endnote, &r.endnotes); err != nil {
		return err
	}
	if err := r.readMargins("header", Header, r.headers); err != nil {
		return err
	}
	return r.readMargins("footer", Footer, r.footers)
}

// story reads the blocks of a part.
type story struct {
	*reader
	s     *scanner
	links map[string]string // hyperlink addresses by relationship id
	boxes *counters         // of all text boxes

	// What follows changes inside text boxes.
	out      *[]Paragraph
	place    Place
	counters *counters
	cell     cell
	fields   []field  // open ones, outermost first
	held     *builder // its mark is deleted: it awaits the next paragraph
	para     *builder // the one being read
	run      *runBuilder

	inserted, deleted *Change
	link              string
}

// cell says where in a table the text stands.
type cell struct {
	table, row, col int
	header          bool
	shade           string // behind the text, as in the file; empty for none
}

func (r *reader) newStory(part string, place Place) (*story, error) {
	rels, err := r.relationships(part)
	if err != nil {
		return nil, err
	}
	links := make(map[string]string)
	for _, rel := range rels {
		if rel.kind == "hyperlink" && rel.external {
			links[rel.id] = rel.target
		}
	}
	s, err := r.scan(part)
	if err != nil {
		return nil, err
	}
	return &story{reader: r, s: s, links: links, out: &r.file.Paragraphs, place: place, counters: newCounters(), boxes: newCounters()}, nil
}

// finish reads to the end of the part.
func (t *story) finish() error {
	t.checkFields()
	return t.s.finish()
}

func (r *reader) readBody(main string) error {
	t, err := r.newStory(main, Body)
	if err != nil {
		return err
	}
	root, err := t.s.root()
	if err != nil {
		return err
	}
	if root.ns != nsWord || root.local != "document" {
		return r.noMainPart()
	}
	if err := t.s.children(func(el element) error {
		if el.ns == nsWord && el.local == "body" {
			return t.blocks()
		}
		return nil
	}); err != nil {
		return err
	}
	return t.finish()
}

// readNotes reads the notes that are referred to. Separators and notes whose
// reference was deleted are not seen by anyone.
func (r *reader) readNotes(kind, local string, place Place, refs *noteRefs) error {
	if len(refs.order) == 0 {
		return nil
	}
	part, err := r.related(kind)
	if err != nil {
		return err
	}
	if part == "" {
		r.problem("word/%s.xml is missing, so the %s were not read; save the document in Word anew", kind, kind)
		return nil
	}
	t, err := r.newStory(part, place)
	if err != nil {
		return err
	}
	if _, err := t.s.root(); err != nil {
		return err
	}
	notes := make([][]Paragraph, len(refs.order))
	if err := t.s.children(func(el element) error {
		if el.ns != nsWord || el.local != local {
			return nil
		}
		switch el.w("type") {
		case "separator", "continuationSeparator", "continuationNotice":
			return nil
		}
		at, ok := refs.order[el.w("id")]
		if !ok || notes[at] != nil {
			return nil
		}
		t.out = &notes[at]
		return t.blocks()
	}); err != nil {
		return err
	}
	for _, note := range notes {
		r.file.Paragraphs = append(r.file.Paragraphs, note...)
	}
	return t.finish()
}

// readMargins reads headers or footers by their relationships.
func (r *reader) readMargins(kind string, place Place, ids []string) error {
	targets := make(map[string]string)
	for _, rel := range r.rels {
		if rel.kind == kind && !rel.external {
			targets[rel.id] = rel.target
		}
	}
	done := make(map[string]bool)
	for _, id := range ids {
		part := targets[id]
		if part == "" || !r.has(part) {
			r.problem("a %s of the document (relationship %s) is missing and was not read; save the document in Word anew", kind, show(id))
			continue
		}
		if done[part] {
			continue
		}
		done[part] = true
		t, err := r.newStory(part, place)
		if err != nil {
			return err
		}
		if _, err := t.s.root(); err != nil {
			return err
		}
		if err := t.blocks(); err != nil {
			return err
		}
		if err := t.finish(); err != nil {
			return err
		}
	}
	return nil
}

// blocks reads the paragraphs and tables in the element opened last.
func (t *story) blocks() error {
	if err := t.s.children(t.block); err != nil {
		return err
	}
	return t.release()
}

func (t *story) block(el element) error {
	if el.ns != nsWord {
		return nil
	}
	switch el.local {
	case "p":
		return t.paragraph()
	case "tbl":
		if err := t.release(); err != nil {
			return err
		}
		return t.table()
	case "sdt", "sdtContent", "customXml", "smartTag":
		return t.s.children(t.block)
	case "del", "moveFrom", "ins", "moveTo":
		return t.changed(el, t.block)
	case "sectPr":
		return t.section()
	case "altChunk", "subDoc":
		t.problem("%s: an embedded document (w:%s at byte %d) was not read; open the file in Word and save it anew", t.s.part, el.local, el.start)
	}
	return nil
}

// changed reads children that a tracked change inserted or deleted, if the view has them.
func (t *story) changed(el element, fn func(el element) error) error {
	t.file.Tracked = true
	change, without := &t.inserted, Original
	if el.local == "del" || el.local == "moveFrom" {
		change, without = &t.deleted, Final
	}
	if t.view == without {
		return nil
	}
	outer := *change
	*change = &Change{Author: el.w("author"), Date: el.w("date")}
	err := t.charge(64 + len((*change).Author) + len((*change).Date))
	if err == nil {
		err = t.s.children(fn)
	}
	*change = outer
	return err
}

// section notes the headers and footers that a section shows.
func (t *story) section() error {
	if t.place != Body && t.place != TextBox {
		return t.s.children(func(element) error { return nil })
	}
	return t.s.children(func(el element) error {
		var ids *[]string
		switch {
		case el.ns == nsWord && el.local == "headerReference":
			ids = &t.headers
		case el.ns == nsWord && el.local == "footerReference":
			ids = &t.footers
		default:
			return nil
		}
		const most = 10_000 // sections of a document, and parts of a package
		if id := el.r("id"); len(*ids) < most && !slices.Contains(*ids, id) {
			*ids = append(*ids, id)
		}
		return nil
	})
}

// table reads a w:tbl.
func (t *story) table() error {
	outer := t.cell
	t.tables++
	tbl := &table{number: t.tables}
	err := t.s.children(func(el element) error { return t.tablePart(el, tbl) })
	t.cell = outer
	return err
}

// table is a table being read.
type table struct {
	number   int
	firstRow bool // the first row is special
	row, col int
	header   bool
	absent   bool // the row is not in the view
}

func (t *story) tablePart(el element, tbl *table) error {
	if el.ns != nsWord {
		return nil
	}
	again := func(el element) error { return t.tablePart(el, tbl) }
	switch el.local {
	case "tblPr":
		return t.s.children(func(el element) error {
			if el.ns == nsWord && el.local == "tblLook" {
				tbl.firstRow = firstRow(el)
			}
			return nil
		})
	case "tr":
		tbl.row++
		tbl.col, tbl.header, tbl.absent = 1, tbl.firstRow && tbl.row == 1, false
		err := t.s.children(func(el element) error { return t.rowPart(el, tbl) })
		if tbl.absent {
			tbl.row--
		}
		return err
	case "sdt", "sdtContent", "customXml":
		return t.s.children(again)
	case "del", "moveFrom", "ins", "moveTo":
		return t.changed(el, again)
	}
	return nil
}

// firstRow reads w:tblLook (17.4.55), whose older form is a bit mask.
func firstRow(el element) bool {
	switch el.w("firstRow") {
	case "1", "true", "on":
		return true
	case "":
		val := el.w("val")
		if len(val) == 4 {
			return strings.IndexByte("2367ABEFabef", val[2]) >= 0 // bit 0x0020
		}
	}
	return false
}

func (t *story) rowPart(el element, tbl *table) error {
	if el.ns != nsWord {
		return nil
	}
	again := func(el element) error { return t.rowPart(el, tbl) }
	switch el.local {
	case "trPr":
		return t.s.children(func(el element) error {
			if el.ns != nsWord {
				return nil
			}
			switch el.local {
			case "tblHeader":
				tbl.header = tbl.header || el.on()
			case "gridBefore":
				tbl.col += number(el.w("val"), 0, maxColumns, 0)
			case "del", "ins":
				t.file.Tracked = true
				tbl.absent = tbl.absent || t.view == Final && el.local == "del" || t.view == Original && el.local == "ins"
			}
			return nil
		})
	case "tc":
		if tbl.absent {
			return nil
		}
		return t.tableCell(tbl)
	case "sdt", "sdtContent", "customXml":
		return t.s.children(again)
	case "del", "moveFrom", "ins", "moveTo":
		return t.changed(el, again)
	}
	return nil
}

// maxColumns is more than Word's 63, and keeps sums small.
const maxColumns = 1000

func (t *story) tableCell(tbl *table) error {
	t.cell = cell{tbl.number, tbl.row, tbl.col, tbl.header, ""}
	span, absent := 1, false
	err := t.s.children(func(el element) error {
		if el.ns == nsWord && el.local == "tcPr" {
			return t.s.children(func(el element) error {
				switch {
				case el.ns == nsWord && el.local == "gridSpan":
					span = number(el.w("val"), 1, maxColumns, 1)
				case el.ns == nsWord && el.local == "shd":
					t.cell.shade = el.shade()
				case el.ns == nsWord && (el.local == "cellDel" || el.local == "cellIns"):
					t.file.Tracked = true
					absent = absent || t.view == Final && el.local == "cellDel" || t.view == Original && el.local == "cellIns"
				}
				return nil
			})
		}
		if absent {
			return nil
		}
		return t.block(el)
	})
	if err != nil {
		return err
	}
	if !absent {
		tbl.col += span
	}
	return t.release()
}

// textBox reads a w:txbxContent. Its paragraphs wait in the paragraph that
// anchors it.
func (t *story) textBox() error {
	outer := *t
	boxes := &outer.para.boxes
	t.out, t.place, t.counters, t.cell = boxes, TextBox, t.boxes, cell{}
	t.fields, t.held, t.para, t.run, t.link = nil, nil, nil, nil, ""
	err := t.blocks()
	t.checkFields()
	*t = outer // boxes points into its paragraph and has grown
	return err
}
