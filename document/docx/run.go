package docx

import "bytes"

// runBuilder is a run under construction.
type runBuilder struct {
	pieces
	index  int
	format runFormat
	style  string
}

// readRun reads a w:r or m:r.
func (t *story) readRun() error {
	outer := t.run
	t.run = &runBuilder{index: t.para.before + t.s.runs[len(t.s.runs)-1]}
	err := t.s.children(t.runPart)
	if err == nil {
		err = t.endRun()
	}
	t.run = outer
	return err
}

// endRun adds the run so far to the paragraph; it may go on after.
func (t *story) endRun() error {
	b := t.run
	if len(b.text) == 0 {
		return nil
	}
	f := t.effective(b)
	t.para.Runs = append(t.para.Runs, Run{
		Text: string(b.text), Index: b.index, Pieces: b.list,
		Bold: f.bold == on, Italic: f.italic == on, Underline: f.underline == on, Strike: f.strike == on,
		Highlight: f.highlight == on, Hidden: f.hidden == on,
		Capitals: f.capitals == on, Dotted: f.dotted == on, Boxed: f.boxed == on, Style: t.styles.nameOf(b.style),
		Color: f.color, Shade: f.shade, HalfPoints: f.halfPoints, Inserted: t.inserted, Deleted: t.deleted, Link: t.link,
	})
	b.text, b.list = b.text[:0], nil
	return t.charge(runBytes)
}

// effective is the run's format with that of its styles and the defaults.
func (t *story) effective(b *runBuilder) runFormat {
	var f runFormat
	if t.para.style != nil {
		f = t.para.style.format
	}
	if b.style != "" {
		if st := t.styles.get(b.style); st != nil {
			f = st.format.onParagraph(f)
		}
	}
	f = b.format.over(t.para.props.around.over(f.onDefaults(t.styles.defaults)))
	if f.shade == "" {
		f.shade = t.cell.shade
	}
	if f.color == "auto" {
		f.color = ""
	}
	if f.shade == "auto" {
		f.shade = ""
	}
	return f
}

func (t *story) runPart(el element) error {
	if el.ns == nsMath {
		if el.local == "t" {
			return t.readText()
		}
		return nil
	}
	if el.ns != nsWord {
		return nil
	}
	switch el.local {
	case "rPr":
		var err error
		t.run.format, t.run.style, _, err = t.s.runProps()
		return err
	case "t":
		return t.readText()
	case "delText":
		if t.deleted != nil {
			return t.readText()
		}
	case "tab", "ptab":
		return t.sign(el, "\t")
	case "br", "cr":
		return t.sign(el, "\n")
	case "noBreakHyphen":
		return t.sign(el, "\u2011")
	case "softHyphen":
		return t.sign(el, "\u00AD")
	case "sym":
		return t.sign(el, symbol(el.w("font"), el.w("char")))
	case "fldChar":
		return t.fieldChar(el.w("fldCharType"))
	case "footnoteReference":
		return t.footnotes.add(t.archive, el.w("id"))
	case "endnoteReference":
		return t.endnotes.add(t.archive, el.w("id"))
	case "drawing", "pict", "object":
		return t.s.children(t.drawing)
	case "ruby":
		return t.ruby()
	}
	return nil
}

// readText reads a w:t or m:t.
func (t *story) readText() error {
	if t.inCode() {
		return nil
	}
	s := t.s
	depth := len(s.stack)
	preserve := s.stack[depth-1].preserve
	m := t.run.mark()
	for {
		tok, err := s.next()
		switch {
		case err != nil:
			return err
		case tok.kind == endTag:
			if !preserve {
				t.run.trim(m)
			}
			return nil
		case tok.kind == startTag:
			if err := s.leave(depth); err != nil {
				return err
			}
		case tok.kind == charData:
			raw := s.data[tok.start:tok.end]
			// Each entity and each CRLF parts a piece in two.
			parts := 1 + 2*(bytes.Count(raw, []byte("&"))+bytes.Count(raw, []byte("\r")))
			if err := t.charge(len(raw) + parts*pieceBytes); err != nil {
				return err
			}
			t.run.addXML(raw, tok.start)
		}
	}
}

// sign adds the character that an element stands for.
func (t *story) sign(el element, text string) error {
	if err := t.s.leave(len(t.s.stack) - 1); err != nil {
		return err
	}
	if t.inCode() {
		return nil
	}
	t.run.add(text, el.start, int(t.s.dec.InputOffset()))
	return t.charge(len(text) + pieceBytes)
}

// drawing looks for text boxes, of DrawingML (wps:txbx) and VML (v:textbox).
func (t *story) drawing(el element) error {
	if el.ns == nsWord && el.local == "txbxContent" {
		return t.textBox()
	}
	return t.s.children(t.drawing)
}

// ruby reads a w:ruby: the base is text, the small print above it is not.
func (t *story) ruby() error {
	if err := t.endRun(); err != nil {
		return err
	}
	return t.s.children(func(el element) error {
		if el.ns == nsWord && el.local == "rubyBase" {
			return t.s.children(t.inline)
		}
		return nil
	})
}

// field is one that has begun (17.16.18).
type field struct {
	code      bool // its result has not begun
	paragraph int  // where it began
}

func (t *story) fieldChar(kind string) error {
	last := len(t.fields) - 1
	switch kind {
	case "begin":
		const deepest = 64 // Word nests 20; more are fields that never end
		if len(t.fields) >= deepest {
			t.unended(t.fields[0])
			t.fields = append(t.fields[:0], t.fields[1:]...)
		}
		t.fields = append(t.fields, field{true, t.s.paragraphs})
	case "separate":
		if last >= 0 {
			t.fields[last].code = false
		}
	case "end":
		if last >= 0 {
			t.fields = t.fields[:last]
		}
	}
	return nil
}

// inCode reports whether text is part of a field's code. Codes nest: the
// result of a field in the code of another is code as well.
func (t *story) inCode() bool {
	for _, f := range t.fields {
		if f.code {
			return true
		}
	}
	return false
}

// closeCodes ends the codes at the end of a paragraph. Word writes longer ones
// as w:instrText throughout, while a field that was cut in two by an editor
// must not swallow the rest of the document.
func (t *story) closeCodes() {
	for i := range t.fields {
		t.fields[i].code = false
	}
}

// checkFields says which fields never end.
func (t *story) checkFields() {
	for _, f := range t.fields {
		t.unended(f)
	}
	t.fields = nil
}

func (t *story) unended(f field) {
	t.problem("%s: a field that begins in paragraph %d never ends, so text after it in that paragraph may be missing; update or unlink the field in Word", t.s.part, f.paragraph)
}
