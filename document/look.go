package document

import (
	"cmp"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// Look is what makes a stretch of text differ from the body text around it, so that a
// reader looks at it or past it.
type Look uint16

// The looks. What most of the body text has is none: in a file all bold, bold says
// nothing.
const (
	Bold        Look = 1 << iota
	Italic           // oblique type
	Underline        // underlined, or with emphasis marks; a link is not
	Coloured         // in another colour than the body, not merely another grey; a link is not
	Highlighted      // on a coloured ground
	Boxed            // in a frame
	Capitals         // shown in capitals, however it is typed
	Larger           // than the body
	Smaller          // than the body
	Pale             // hardly told from its ground
	Concealed        // hidden from the reader
)

// Styled is a stretch of text with its look.
type Styled struct {
	Span
	Look Look
}

// Styled is the stretches of text inside s that look other than the body.
func (d *Document) Styled(s Span) []Styled {
	from := sort.Search(len(d.Styles), func(i int) bool { return d.Styles[i].End > s.Start })
	to := from + sort.Search(len(d.Styles)-from, func(i int) bool { return d.Styles[from+i].Start >= s.End })
	if from == to {
		return nil
	}
	out := slices.Clone(d.Styles[from:to])
	out[0].Start = max(out[0].Start, s.Start)
	last := &out[len(out)-1]
	last.End = min(last.End, s.End)
	return out
}

// restyle adds the looks of text to styles, joining it to the last stretch where it
// goes on in the same block.
func restyle(styles []Styled, block int, s Span, look Look) []Styled {
	if n := len(styles) - 1; n >= 0 {
		last := &styles[n]
		if last.Look == look && last.Start >= block && s.Start <= last.End+1 {
			last.End = s.End
			return styles
		}
	}
	return append(styles, Styled{s, look})
}

// withoutBody takes off the looks that tell nothing because so much of the text has
// them: three quarters, or a third that is called small.
func withoutBody(styles []Styled, size int) []Styled {
	var of [16]int
	for _, s := range styles {
		for i := range of {
			if s.Look&(1<<i) != 0 {
				of[i] += s.Len()
			}
		}
	}
	var plain Look
	for i, n := range of {
		if 4*n > 3*size || 3*n > size && Look(1<<i) == Smaller {
			plain |= 1 << i
		}
	}
	if plain &^= Pale | Concealed; plain == 0 {
		return styles
	}
	for i := range styles {
		styles[i].Look &^= plain
	}
	return slices.DeleteFunc(styles, func(s Styled) bool { return s.Look == 0 })
}

// rgb is a colour.
type rgb struct{ r, g, b uint8 }

var black, white = rgb{}, rgb{255, 255, 255}

// parseRGB reads six hexadecimal digits.
func parseRGB(s string) (rgb, bool) {
	n, err := strconv.ParseUint(s, 16, 32)
	if len(s) != 6 || err != nil {
		return rgb{}, false
	}
	return rgb{uint8(n >> 16), uint8(n >> 8), uint8(n)}, true
}

// luminance is the relative luminance of WCAG 2.2, times 1000, with a square for its
// curve: this is to tell pale from dark, not to measure.
func (c rgb) luminance() int {
	sq := func(v uint8) int { return int(v) * int(v) }
	return (2126*sq(c.r) + 7152*sq(c.g) + 722*sq(c.b)) / (10 * 255 * 255)
}

// paleOn reports whether text of colour c is hard to see on ground: a contrast below
// 2 to 1, where WCAG 2.2 (1.4.3) asks 4.5 to 1.
func (c rgb) paleOn(ground rgb) bool {
	a, b := c.luminance()+50, ground.luminance()+50
	return max(a, b) < 2*min(a, b)
}

// vivid reports whether c is a colour and no grey.
func (c rgb) vivid() bool {
	return int(max(c.r, c.g, c.b))-int(min(c.r, c.g, c.b)) >= 64
}

// near reports whether c and o are hardly told apart.
func (c rgb) near(o rgb) bool {
	d := func(a, b uint8) int { return int(max(a, b) - min(a, b)) }
	return max(d(c.r, o.r), d(c.g, o.g), d(c.b, o.b)) < 64
}

// ink is the looks of text in colour c on a ground, in a document whose body has
// another colour.
func ink(c, body, ground rgb) Look {
	var l Look
	if c.vivid() && !c.near(body) {
		l |= Coloured
	}
	if !ground.near(white) && !ground.near(black) {
		l |= Highlighted
	}
	if c.paleOn(ground) {
		l = Pale
	}
	return l
}

// mostOf is the key with the largest count, the smallest of several.
func mostOf[K cmp.Ordered](counts map[K]int) (best K) {
	first := true
	for k, n := range counts {
		if first || n > counts[best] || n == counts[best] && k < best {
			best, first = k, false
		}
	}
	return best
}

// htmlLook is what the attributes of an HTML element make of its text.
func htmlLook(name string, attributes string) (look Look) {
	if name == "font" {
		look = fontLook(attributes)
	}
	if style := attribute(attributes, "style"); style != "" {
		look |= styleLook(style)
	}
	return look
}

// openLooks are the open HTML elements that look like something, and what opened
// inside them.
type openLooks []struct {
	name string
	look Look
}

// look is that of all open elements together.
func (o openLooks) look() (look Look) {
	for _, e := range o {
		look |= e.look
	}
	return look
}

// push opens the element of a start tag.
func (o *openLooks) push(name string, tag []byte) {
	if childless[name] || len(tag) > 1 && tag[len(tag)-2] == '/' {
		return
	}
	if endsItself[name] {
		o.pop(name)
	}
	look := elementLooks[name]
	if len(tag) > len(name)+2 {
		look |= htmlLook(name, string(tag[len(name)+1:len(tag)-1]))
	}
	if (look != 0 || len(*o) > 0) && len(*o) < maxDepth {
		*o = append(*o, struct {
			name string
			look Look
		}{name, look})
	}
}

// pop closes an element and those left open inside it.
func (o *openLooks) pop(name string) {
	for i := len(*o) - 1; i >= 0; i-- {
		if (*o)[i].name == name {
			*o = (*o)[:i]
			return
		}
	}
}

var (
	// childless are the elements without content (HTML, 13.1.2).
	childless = map[string]bool{"br": true, "hr": true, "img": true, "input": true, "col": true, "link": true, "meta": true, "wbr": true, "area": true, "base": true, "embed": true, "source": true, "track": true}
	// endsItself are those whose end tag the next one of them stands for.
	endsItself = map[string]bool{"p": true, "li": true, "td": true, "th": true, "tr": true, "dd": true, "dt": true, "option": true}
)

// elementLooks is how browsers show the elements that are only there for the look.
var elementLooks = map[string]Look{
	"b": Bold, "strong": Bold, "i": Italic, "em": Italic, "u": Underline, "ins": Underline,
	"mark": Highlighted, "big": Larger, "small": Smaller,
}

func fontLook(attributes string) (look Look) {
	if c, ok := cssColour(attribute(attributes, "color")); ok {
		look |= ink(c, black, white)
	}
	switch size := attribute(attributes, "size"); {
	case size == "":
	case size[0] == '+', size >= "4" && size <= "7":
		look |= Larger
	case size[0] == '-', size < "3":
		look |= Smaller
	}
	return look
}

// styleLook reads the declarations of a style attribute (CSS Style Attributes). What a
// style sheet says is not known.
func styleLook(style string) (look Look) {
	text, ground := black, white
	for declaration := range strings.SplitSeq(strings.ToLower(style), ";") {
		name, value, _ := strings.Cut(declaration, ":")
		value = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "!important"))
		switch strings.TrimSpace(name) {
		case "font-weight":
			if n, err := strconv.Atoi(value); err == nil && n >= 600 || strings.HasPrefix(value, "bold") {
				look |= Bold
			}
		case "font-style":
			if value == "italic" || value == "oblique" {
				look |= Italic
			}
		case "text-decoration", "text-decoration-line", "text-emphasis":
			if strings.Contains(value, "underline") || name == "text-emphasis" && value != "none" {
				look |= Underline
			}
		case "color":
			if c, ok := cssColour(value); ok {
				text = c
			}
		case "background", "background-color":
			if c, ok := cssColour(value); ok {
				ground = c
			}
		case "font-size":
			look |= sizeLook(value)
		case "text-transform":
			if value == "uppercase" {
				look |= Capitals
			}
		case "border":
			if value != "0" && !strings.HasPrefix(value, "none") && !strings.HasPrefix(value, "0 ") {
				look |= Boxed
			}
		case "display", "visibility":
			if value == "none" || value == "hidden" {
				look |= Concealed
			}
		}
	}
	return look | ink(text, black, ground)
}

// sizeLook reads a CSS font-size. Lengths that are absolute are small below what
// browsers make of 五号 less two; they are never large, since the body may be as well.
func sizeLook(value string) Look {
	switch value {
	case "smaller", "small", "x-small", "xx-small":
		return Smaller
	case "larger", "large", "x-large", "xx-large", "xxx-large":
		return Larger
	}
	digits := strings.TrimRight(value, "abcdefghijklmnopqrstuvwxyz%")
	n, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return 0
	}
	switch unit := value[len(digits):]; {
	case unit == "em" && n > 1.1, unit == "rem" && n > 1.1, unit == "%" && n > 110:
		return Larger
	case unit == "em" && n < 0.9, unit == "rem" && n < 0.9, unit == "%" && n < 90, unit == "px" && n <= 11, unit == "pt" && n <= 8:
		return Smaller
	}
	return 0
}

// cssColour reads a colour of CSS: hexadecimal, rgb(), or a name of those that pages use.
func cssColour(s string) (rgb, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	if hex, ok := strings.CutPrefix(s, "#"); ok {
		if len(hex) == 3 {
			hex = strings.Repeat(hex[:1], 2) + strings.Repeat(hex[1:2], 2) + strings.Repeat(hex[2:], 2)
		}
		return parseRGB(hex)
	}
	if inner, ok := strings.CutPrefix(s, "rgb("); ok {
		var c [3]uint8
		parts := strings.FieldsFunc(strings.TrimSuffix(inner, ")"), func(r rune) bool { return r == ',' || r == ' ' })
		if len(parts) != len(c) {
			return rgb{}, false
		}
		for i, p := range parts {
			n, err := strconv.ParseUint(p, 10, 8)
			if err != nil {
				return rgb{}, false
			}
			c[i] = uint8(n)
		}
		return rgb{c[0], c[1], c[2]}, true
	}
	c, ok := colourNames[s]
	return c, ok
}

var colourNames = map[string]rgb{
	"black": black, "white": white, "red": {255, 0, 0}, "green": {0, 128, 0}, "blue": {0, 0, 255}, "yellow": {255, 255, 0},
	"orange": {255, 165, 0}, "purple": {128, 0, 128}, "maroon": {128, 0, 0}, "navy": {0, 0, 128}, "teal": {0, 128, 128},
	"aqua": {0, 255, 255}, "fuchsia": {255, 0, 255}, "lime": {0, 255, 0}, "olive": {128, 128, 0}, "darkred": {139, 0, 0},
	"darkblue": {0, 0, 139}, "crimson": {220, 20, 60}, "orangered": {255, 69, 0}, "tomato": {255, 99, 71},
	"gray": {128, 128, 128}, "grey": {128, 128, 128}, "silver": {192, 192, 192}, "lightgray": {211, 211, 211},
	"lightgrey": {211, 211, 211}, "gainsboro": {220, 220, 220}, "whitesmoke": {245, 245, 245}, "lightyellow": {255, 255, 224},
}

// attribute is the value of an attribute in the inside of a tag; empty if it is not there.
func attribute(inside, name string) string {
	for at := 0; at < len(inside); {
		k := indexFold(inside[at:], name)
		if k < 0 {
			return ""
		}
		before, rest := at+k, strings.TrimLeft(inside[at+k+len(name):], " \t\r\n")
		at += k + len(name)
		if before > 0 && !isSpace(inside[before-1]) || !strings.HasPrefix(rest, "=") {
			continue
		}
		rest = strings.TrimLeft(rest[1:], " \t\r\n")
		if rest == "" {
			return ""
		}
		if q := rest[0]; q == '"' || q == '\'' {
			value, _, _ := strings.Cut(rest[1:], string(q))
			return value
		}
		if end := strings.IndexAny(rest, " \t\r\n/>"); end >= 0 {
			rest = rest[:end]
		}
		return rest
	}
	return ""
}

// indexFold is where the lower-case ASCII word stands in s, in whatever case.
func indexFold(s, word string) int {
	for i := 0; i+len(word) <= len(s); i++ {
		if s[i]|0x20 == word[0] && strings.EqualFold(s[i:i+len(word)], word) {
			return i
		}
	}
	return -1
}
