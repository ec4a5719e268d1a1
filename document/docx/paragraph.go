package docx

// builder is a paragraph under construction.
type builder struct {
	Paragraph
	props paragraphProps
	style *style
	boxes []Paragraph // the text boxes that it anchors
	// before is how many runs the paragraphs have that it joins; runs counts
	// on to its own end.
	before, runs int
}

// What things cost in memory, with room for slices to grow.
const (
	paragraphBytes = 224
	runBytes       = 224
	pieceBytes     = 40
)

// paragraph reads a w:p.
func (t *story) paragraph() error {
	p := &builder{props: paragraphProps{list: numRef{-1, -1}, outline: noLevel}}
	p.Index = t.s.paragraphs
	if t.held != nil {
		p.before = t.held.runs
	}
	p.style = t.styles.ofParagraph("")
	t.para = p
	err := t.s.children(t.inline)
	t.para = nil
	if err != nil {
		return err
	}
	t.closeCodes()
	p.runs = p.before + t.s.closedRuns
	if h := t.held; h != nil {
		t.held = nil
		p.Index = h.Index
		p.Runs = append(h.Runs, p.Runs...)
		p.boxes = append(h.boxes, p.boxes...)
	}
	if p.props.mark != (markChange{}) {
		t.file.Tracked = true
	}
	if p.props.mark.deleted && t.view == Final || p.props.mark.inserted && t.view == Original {
		t.held = p
		return nil
	}
	return t.emit(p)
}

// release emits a paragraph whose mark is deleted and that has no paragraph
// after it to join.
func (t *story) release() error {
	p := t.held
	if p == nil {
		return nil
	}
	t.held = nil
	if len(p.Runs) == 0 && len(p.boxes) == 0 {
		return nil
	}
	return t.emit(p)
}

// emit ends a paragraph: only now it is sure that it counts in its list.
func (t *story) emit(p *builder) error {
	p.Part, p.Place, p.Style = t.s.part, t.place, p.props.style
	p.Table, p.Row, p.Col, p.HeaderRow = t.cell.table, t.cell.row, t.cell.col, t.cell.header
	outline := p.props.outline
	if outline == noLevel && p.style != nil {
		outline = p.style.outline
	}
	if outline >= 0 && outline < 9 {
		p.Heading = outline + 1
	}
	list := t.listOf(&p.props)
	if p.props.section && len(p.Runs) == 0 {
		list = numRef{} // a section break by itself has no number, nor counts as one
	}
	if p.Label = t.label(t.counters, list); p.Label != "" {
		p.ListLevel = list.level + 1
	}
	*t.out = append(append(*t.out, p.Paragraph), p.boxes...)
	return t.charge(paragraphBytes + len(p.Label) + len(p.Style))
}

// inline reads what stands in a paragraph. Elements that are not known are
// transparent: what they wrap is text.
func (t *story) inline(el element) error {
	switch el.ns {
	case nsMath:
		if el.local == "r" {
			return t.readRun()
		}
		return t.s.children(t.inline)
	case nsWord:
	default:
		return nil
	}
	switch el.local {
	case "pPr":
		var err error
		if t.para.props, err = t.s.paragraphProps(t.section); err != nil {
			return err
		}
		t.para.style = t.styles.ofParagraph(t.para.props.style)
		return nil
	case "r":
		return t.readRun()
	case "rPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr":
		return nil
	case "del", "moveFrom", "ins", "moveTo":
		return t.changed(el, t.inline)
	case "hyperlink":
		return t.hyperlink(el)
	}
	return t.s.children(t.inline)
}

func (t *story) hyperlink(el element) error {
	outer := t.link
	t.link = t.links[el.r("id")]
	if anchor := el.w("anchor"); anchor != "" {
		t.link += "#" + anchor
	}
	err := t.charge(len(t.link))
	if err == nil {
		err = t.s.children(t.inline)
	}
	t.link = outer
	return err
}
