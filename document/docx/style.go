package docx

import (
	"regexp"
	"strconv"
	"sync"
)

// tri is a property that may be left open.
type tri int8

const (
	open tri = iota
	off
	on
)

func triOf(b bool) tri {
	if b {
		return on
	}
	return off
}

// over is t where it is set, else below.
func (t tri) over(below tri) tri {
	if t != open {
		return t
	}
	return below
}

// runFormat is what a w:rPr says. The toggles come first (17.7.3).
type runFormat struct {
	bold, italic, strike, hidden, capitals tri
	underline, highlight, dotted, boxed    tri
	color, shade                           string // "auto" takes a colour back
	halfPoints                             int
}

// over is f with what it leaves open taken from below.
func (f runFormat) over(below runFormat) runFormat {
	f.bold = f.bold.over(below.bold)
	f.italic = f.italic.over(below.italic)
	f.strike = f.strike.over(below.strike)
	f.hidden = f.hidden.over(below.hidden)
	f.capitals = f.capitals.over(below.capitals)
	f.dotted = f.dotted.over(below.dotted)
	f.boxed = f.boxed.over(below.boxed)
	f.underline = f.underline.over(below.underline)
	f.highlight = f.highlight.over(below.highlight)
	if f.color == "" {
		f.color = below.color
	}
	if f.shade == "" {
		f.shade = below.shade
	}
	if f.halfPoints == 0 {
		f.halfPoints = below.halfPoints
	}
	return f
}

// onParagraph combines a character style's format with that of the paragraph
// style below: where both set a toggle, they cancel out.
func (f runFormat) onParagraph(below runFormat) runFormat {
	sum := f.over(below)
	for _, t := range []struct{ sum, a, b *tri }{
		{&sum.bold, &f.bold, &below.bold}, {&sum.italic, &f.italic, &below.italic},
		{&sum.strike, &f.strike, &below.strike}, {&sum.hidden, &f.hidden, &below.hidden},
		{&sum.capitals, &f.capitals, &below.capitals},
	} {
		if *t.a != open && *t.b != open {
			*t.sum = triOf((*t.a == on) != (*t.b == on))
		}
	}
	return sum
}

// onDefaults puts the styles' format over the defaults. A toggle that is on by
// default stays on.
func (f runFormat) onDefaults(defaults runFormat) runFormat {
	sum := f.over(defaults)
	for _, t := range []struct{ sum, d *tri }{
		{&sum.bold, &defaults.bold}, {&sum.italic, &defaults.italic},
		{&sum.strike, &defaults.strike}, {&sum.hidden, &defaults.hidden},
		{&sum.capitals, &defaults.capitals},
	} {
		if *t.d == on {
			*t.sum = on
		}
	}
	return sum
}

// markChange is what tracked changes do to the mark at the end of a paragraph.
type markChange struct{ inserted, deleted bool }

// runProps reads a w:rPr. style is its w:rStyle; mark is for the paragraph mark that it
// may format.
func (s *scanner) runProps() (f runFormat, style string, mark markChange, err error) {
	var strike, doubleStrike, caps, smallCaps tri
	err = s.children(func(el element) error {
		if el.ns != nsWord {
			return nil
		}
		switch el.local {
		case "rStyle":
			style = el.w("val")
		case "b":
			f.bold = triOf(el.on())
		case "i":
			f.italic = triOf(el.on())
		case "strike":
			strike = triOf(el.on())
		case "dstrike":
			doubleStrike = triOf(el.on())
		case "caps":
			caps = triOf(el.on())
		case "smallCaps":
			smallCaps = triOf(el.on())
		case "vanish":
			f.hidden = triOf(el.on())
		case "em":
			f.dotted = triOf(el.w("val") != "none")
		case "bdr":
			f.boxed = triOf(el.border())
		case "shd":
			f.shade = el.shade()
		case "u":
			f.underline = triOf(el.w("val") != "none")
		case "highlight":
			f.highlight = triOf(el.w("val") != "none")
		case "color":
			f.color = colour(el.w("val"))
		case "sz":
			// Strict files may write "10.5pt" (17.18.42); halves of a point are the rule.
			f.halfPoints = halfPoints(el.w("val"))
		case "del", "moveFrom":
			mark.deleted = true
		case "ins", "moveTo":
			mark.inserted = true
		}
		return nil
	})
	f.strike, f.capitals = either(strike, doubleStrike), either(caps, smallCaps)
	return f, style, mark, err
}

// either is on if a or b is.
func either(a, b tri) tri {
	if b == on {
		return on
	}
	return a.over(b)
}

// colour is v, unless it is too long to be one and to be kept in memory.
func colour(v string) string {
	if len(v) > len("FF000000") {
		return ""
	}
	return v
}

// shade is the colour of a w:shd; "auto" if it has none (17.3.5).
func (el element) shade() string {
	fill := el.w("fill")
	if el.w("val") == "solid" {
		fill = el.w("color") // nothing of the fill is seen
	}
	if fill == "" {
		return "auto"
	}
	return colour(fill)
}

// border reports whether an element such as w:bdr or w:top draws a line.
func (el element) border() bool { return el.w("val") != "none" && el.w("val") != "nil" }

// Made when a Word file first needs them: a run over other files is over sooner.
var (
	pointSize = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^([0-9]{1,4}(?:\.[0-9]{1,4})?)(pt)?$`)
	})
	heading = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?i:heading|标题|標題)\s*([1-9])$`)
	})
)

func halfPoints(v string) int {
	m := pointSize().FindStringSubmatch(v)
	if m == nil {
		return 0
	}
	n, _ := strconv.ParseFloat(m[1], 64)
	if m[2] != "" {
		n *= 2
	}
	return int(n)
}

// numRef is a w:numPr. num is -1, and level too, where not given.
type numRef struct{ num, level int }

// noLevel is an outline level that is not given; 9 is body text.
const noLevel = -1

// style is a w:style, at first as written and then with what it is based on.
type style struct {
	kind, name, basedOn string
	format              runFormat
	list                numRef
	outline             int // 0 to 9, or noLevel
	resolved            bool
	ids                 []string // the style and those it is based on, for lists
}

// styleSheet is styles.xml.
type styleSheet struct {
	byID     map[string]*style
	defaults runFormat
	// paragraph is the id of the default paragraph style.
	paragraph string
}

// maxBased is how long a chain of basedOn may be; Word stops long before.
const maxBased = 64

// get is the style with what it inherits; nil if there is none.
func (ss *styleSheet) get(id string) *style {
	st := ss.byID[id]
	if st == nil || st.resolved {
		return st
	}
	st.resolved = true
	st.ids = []string{id}
	if st.outline == noLevel {
		st.outline = headingName(st.name)
	}
	seen := map[*style]bool{st: true}
	at := st.basedOn
	for n := 0; n < maxBased; n++ {
		base := ss.byID[at]
		if base == nil || seen[base] {
			break
		}
		seen[base] = true
		st.ids = append(st.ids, at)
		st.format = st.format.over(base.format)
		if st.list.num < 0 {
			st.list.num = base.list.num
		}
		if st.list.level < 0 {
			st.list.level = base.list.level
		}
		if st.outline == noLevel {
			if st.outline = base.outline; st.outline == noLevel {
				st.outline = headingName(base.name)
			}
		}
		at = base.basedOn
	}
	return st
}

// nameOf is the name of the style with that id; empty if there is none.
func (ss *styleSheet) nameOf(id string) string {
	if st := ss.byID[id]; id != "" && st != nil {
		return st.name
	}
	return ""
}

// ofParagraph is the style of a paragraph that names id; nil if there is none.
func (ss *styleSheet) ofParagraph(id string) *style {
	if id != "" {
		if st := ss.get(id); st != nil {
			return st
		}
	}
	return ss.get(ss.paragraph)
}

// headingName is the outline level that the name of a built-in style implies.
func headingName(name string) int {
	if m := heading().FindStringSubmatch(name); m != nil {
		return int(m[1][0] - '1')
	}
	return noLevel
}

func (r *reader) readStyles() error {
	r.styles.byID = make(map[string]*style)
	name, err := r.related("styles")
	if err != nil || name == "" {
		return err
	}
	s, err := r.scan(name)
	if err != nil {
		return err
	}
	if _, err := s.root(); err != nil {
		return err
	}
	err = s.children(func(el element) error {
		if el.ns != nsWord {
			return nil
		}
		switch el.local {
		case "docDefaults":
			return s.children(func(el element) error {
				if el.ns != nsWord || el.local != "rPrDefault" {
					return nil
				}
				return s.children(func(el element) (err error) {
					if el.ns == nsWord && el.local == "rPr" {
						r.styles.defaults, _, _, err = s.runProps()
					}
					return err
				})
			})
		case "style":
			return r.readStyle(s, el)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.finish()
}

func (r *reader) readStyle(s *scanner, el element) error {
	st := &style{kind: el.w("type"), list: numRef{-1, -1}, outline: noLevel}
	id := el.w("styleId")
	switch el.w("default") {
	case "1", "true", "on":
		if st.kind == "paragraph" {
			r.styles.paragraph = id
		}
	}
	err := s.children(func(el element) (err error) {
		if el.ns != nsWord {
			return nil
		}
		switch el.local {
		case "name":
			st.name = el.w("val")
		case "basedOn":
			st.basedOn = el.w("val")
		case "rPr":
			var f runFormat
			f, _, _, err = s.runProps()
			st.format = f.over(st.format)
		case "pPr":
			var p paragraphProps
			p, err = s.paragraphProps(nil)
			st.list, st.outline = p.list, p.outline
			st.format = st.format.over(p.around)
		}
		return err
	})
	if err != nil {
		return err
	}
	if r.styles.byID[id] == nil { // Word takes the first of two
		r.styles.byID[id] = st
	}
	return r.charge(384 + len(id) + len(st.name) + len(st.basedOn))
}

// paragraphProps is what a w:pPr says.
type paragraphProps struct {
	style   string
	list    numRef
	outline int // noLevel if not given
	mark    markChange
	section bool      // it ends a section
	around  runFormat // the box and shade that its runs stand in
}

// paragraphProps reads a w:pPr; section, if not nil, reads a w:sectPr in it.
func (s *scanner) paragraphProps(section func() error) (p paragraphProps, err error) {
	p = paragraphProps{list: numRef{-1, -1}, outline: noLevel}
	err = s.children(func(el element) (err error) {
		if el.ns != nsWord {
			return nil
		}
		switch el.local {
		case "pStyle":
			p.style = el.w("val")
		case "outlineLvl":
			p.outline = number(el.w("val"), 0, 9, noLevel)
		case "numPr":
			p.list, err = s.numProps()
		case "rPr":
			_, _, p.mark, err = s.runProps()
		case "shd":
			p.around.shade = el.shade()
		case "pBdr":
			p.around.boxed, err = s.box()
		case "sectPr":
			p.section = true
			if section != nil {
				err = section()
			}
		}
		return err
	})
	return p, err
}

// box reads a w:pBdr: a paragraph is boxed with lines above and below it, or on both
// sides; one line is a rule between two parts of the text.
func (s *scanner) box() (tri, error) {
	sides := make(map[string]bool, 6)
	err := s.children(func(el element) error {
		if el.ns == nsWord && el.border() {
			sides[el.local] = true
		}
		return nil
	})
	left, right := sides["left"] || sides["start"], sides["right"] || sides["end"]
	return triOf(sides["top"] && sides["bottom"] || left && right), err
}

func (s *scanner) numProps() (n numRef, err error) {
	n = numRef{-1, -1}
	err = s.children(func(el element) error {
		if el.ns != nsWord {
			return nil
		}
		switch el.local {
		case "numId":
			n.num = number(el.w("val"), 0, maxNumber, -1)
		case "ilvl":
			n.level = number(el.w("val"), 0, 8, -1)
		}
		return nil
	})
	return n, err
}

const maxNumber = 1<<31 - 1

// number is v as a whole number from lowest to highest, else other.
func number(v string, lowest, highest, other int) int {
	n, err := strconv.Atoi(v)
	if err != nil || n < lowest || n > highest {
		return other
	}
	return n
}
