package docx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// namespace is one that matters here. The strict form of a namespace (ISO/IEC
// 29500, purl.oclc.org) and the transitional one are the same.
type namespace uint8

const (
	nsOther   namespace = iota
	nsWord              // w:
	nsMath              // m:
	nsRel               // r:
	nsCompat            // mc:
	nsXML               // xml:
	nsPackage           // relationships and content types
)

var namespaces = map[string]namespace{
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main":        nsWord,
	"http://purl.oclc.org/ooxml/wordprocessingml/main":                    nsWord,
	"http://schemas.openxmlformats.org/officeDocument/2006/math":          nsMath,
	"http://purl.oclc.org/ooxml/officeDocument/math":                      nsMath,
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships": nsRel,
	"http://purl.oclc.org/ooxml/officeDocument/relationships":             nsRel,
	"http://schemas.openxmlformats.org/markup-compatibility/2006":         nsCompat,
	"http://schemas.openxmlformats.org/package/2006/relationships":        nsPackage,
	"http://schemas.openxmlformats.org/package/2006/content-types":        nsPackage,
}

// Bounds within one token and on prefixes in scope: the decoder holds a token
// in memory several times, and a prefix is looked up by walking the scope.
const (
	maxToken      = 8 << 20
	maxAttributes = 100_000
	maxPrefixes   = 256
)

// scanner reads the XML of one part, element by element. It resolves
// namespaces itself, since [xml.Decoder.Token] loses where they stand.
type scanner struct {
	part  string
	data  []byte
	src   *meter
	dec   *xml.Decoder
	limit int // of depth
	stack []frame
	scope []binding

	// paragraphs counts the w:p start tags so far, and runs, for each open
	// w:p, the w:r and m:r start tags in it.
	paragraphs int
	runs       []int
	closedRuns int // those of the w:p closed last
}

type frame struct {
	name      xml.Name // Space is the prefix
	scope     int      // len(scanner.scope) outside
	preserve  bool     // xml:space, inherited
	paragraph bool
}

type binding struct {
	prefix string
	ns     namespace
}

// element is a start tag, and where its bytes stand in the part.
type element struct {
	ns         namespace
	local      string
	attrs      []xml.Attr
	start, end int
	s          *scanner
}

// w is the value of an attribute in the namespace of WordprocessingML; a few
// writers leave the prefix out. Valid only as long as the element is open.
func (el element) w(name string) string {
	v, _ := el.get(nsWord, name)
	return v
}

// r is the value of an attribute in the namespace of relationships.
func (el element) r(name string) string {
	v, _ := el.get(nsRel, name)
	return v
}

// plain is the value of an attribute without prefix.
func (el element) plain(name string) string {
	v, _ := el.get(nsOther, name)
	return v
}

func (el element) get(ns namespace, name string) (string, bool) {
	for i := range el.attrs {
		at := &el.attrs[i]
		if at.Name.Local != name {
			continue
		}
		if at.Name.Space == "" && ns != nsRel || at.Name.Space != "" && el.s.lookup(at.Name.Space) == ns {
			return at.Value, true
		}
	}
	return "", false
}

// on is the value of an on-off element such as w:b (17.17.4): on unless it
// says otherwise.
func (el element) on() bool {
	switch el.w("val") {
	case "0", "false", "off":
		return false
	}
	return true
}

// meter feeds the decoder and stops it when a token grows too long.
type meter struct {
	data    []byte
	at      int
	token   int // where the token began
	equals  int // "=" in it: attributes
	tooLong bool
}

var errToken = errors.New("token too long")

// ReadByte implements [io.ByteReader].
func (m *meter) ReadByte() (byte, error) {
	if m.at >= len(m.data) {
		return 0, io.EOF
	}
	c := m.data[m.at]
	if c == '=' && m.data[m.token] == '<' {
		m.equals++
	}
	if m.at-m.token > maxToken || m.equals > maxAttributes {
		m.tooLong = true
		return 0, errToken
	}
	m.at++
	return c, nil
}

// Read implements [io.Reader], which a decoder asks for but does not use.
func (m *meter) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	c, err := m.ReadByte()
	if err != nil {
		return 0, err
	}
	p[0] = c
	return 1, nil
}

// scan begins to read a part.
func (a *archive) scan(name string) (*scanner, error) {
	data, err := a.read(name)
	if err != nil {
		return nil, err
	}
	if data, err = a.fromUTF16(name, data); err != nil {
		return nil, err
	}
	s := &scanner{part: a.realName(name), data: data, src: &meter{data: data}, limit: a.limits.Depth}
	s.dec = xml.NewDecoder(s.src)
	s.dec.CharsetReader = func(charset string, in io.Reader) (io.Reader, error) {
		switch strings.ToLower(charset) {
		case "utf8", "us-ascii", "ascii", "utf-16", "utf-16le", "utf-16be":
			return in, nil // UTF-8 by now; the decoder still checks it
		}
		return nil, fmt.Errorf("encoding %s, but a part is in UTF-8 or UTF-16", show(charset))
	}
	return s, nil
}

// fromUTF16 gives data in UTF-8.
func (a *archive) fromUTF16(name string, data []byte) ([]byte, error) {
	var high, low int // the place of each half in a unit
	switch {
	case bytes.HasPrefix(data, []byte("\xFF\xFE")), bytes.HasPrefix(data, []byte("<\x00")):
		high, low = 1, 0
	case bytes.HasPrefix(data, []byte("\xFE\xFF")), bytes.HasPrefix(data, []byte("\x00<")):
		high, low = 0, 1
	default:
		return data, nil
	}
	if data[0] != '<' && data[0] != 0 {
		data = data[2:]
	}
	if len(data)%2 != 0 {
		return nil, fmt.Errorf("%w: part %s is UTF-16 with half a character at its end; get the file again", ErrDamaged, show(name))
	}
	unit := func(i int) rune { return rune(data[i+high])<<8 | rune(data[i+low]) }
	decode := func(emit func(r rune)) {
		for i := 0; i < len(data); i += 2 {
			r := unit(i)
			if utf16.IsSurrogate(r) {
				if i+2 < len(data) {
					r = utf16.DecodeRune(r, unit(i+2))
				} else {
					r = utf8.RuneError
				}
				if r != utf8.RuneError {
					i += 2
				}
			}
			emit(r)
		}
	}
	size := 0
	decode(func(r rune) { size += utf8.RuneLen(r) })
	if int64(size) > a.limits.PartBytes {
		return nil, fmt.Errorf("%w: part %s is longer than %d bytes in UTF-8; split it", ErrTooLarge, show(name), a.limits.PartBytes)
	}
	out := make([]byte, 0, size)
	decode(func(r rune) { out = utf8.AppendRune(out, r) })
	return out, nil
}

func (s *scanner) malformed(at int, why string) error {
	return fmt.Errorf("%w: malformed XML in %s at byte %d (%s); repair it in Word (Open and Repair)", ErrDamaged, show(s.part), at, why)
}

func (s *scanner) lookup(prefix string) namespace {
	if prefix == "xml" {
		return nsXML
	}
	for i := len(s.scope) - 1; i >= 0; i-- {
		if s.scope[i].prefix == prefix {
			return s.scope[i].ns
		}
	}
	return nsOther
}

type tokenKind uint8

const (
	endOfPart tokenKind = iota
	startTag
	endTag
	charData // also a CDATA section
)

// token is a piece of XML: bytes start to end of the part.
type token struct {
	kind       tokenKind
	el         element // of a start tag
	start, end int
}

// next reads up to the next tag or text. An empty element has both tags.
func (s *scanner) next() (token, error) {
	for {
		start := int(s.dec.InputOffset())
		s.src.token, s.src.equals = min(start, len(s.data)-1), 0
		tok, err := s.dec.RawToken()
		end := int(s.dec.InputOffset())
		switch {
		case s.src.tooLong:
			return token{}, fmt.Errorf("%w: %s has a tag or text at byte %d of more than %d MB or %d attributes; save it in Word anew",
				ErrTooLarge, show(s.part), start, maxToken>>20, maxAttributes)
		case err == io.EOF:
			if len(s.stack) > 0 {
				return token{}, s.malformed(end, "it ends inside <"+show(s.stack[len(s.stack)-1].name.Local)+">")
			}
			return token{kind: endOfPart, start: end, end: end}, nil
		case err != nil:
			why := err.Error()
			var syntax *xml.SyntaxError
			if errors.As(err, &syntax) {
				why = syntax.Msg
			}
			return token{}, s.malformed(end, strings.TrimPrefix(show(why), "xml: "))
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			el, err := s.open(tok, start, end)
			return token{startTag, el, start, end}, err
		case xml.EndElement:
			return token{kind: endTag, start: start, end: end}, s.close(tok.Name, start)
		case xml.CharData:
			return token{kind: charData, start: start, end: end}, nil
		case xml.Directive:
			return token{}, fmt.Errorf("%w: %s has a document type definition at byte %d, which no Word document has; save it in Word anew", ErrDamaged, show(s.part), start)
		}
	}
}

func (s *scanner) open(tok xml.StartElement, start, end int) (element, error) {
	if len(s.stack) >= s.limit {
		return element{}, fmt.Errorf("%w: %s nests more than %d elements at byte %d; save it in Word anew", ErrTooLarge, show(s.part), s.limit, start)
	}
	f := frame{name: tok.Name, scope: len(s.scope)}
	if len(s.stack) > 0 {
		f.preserve = s.stack[len(s.stack)-1].preserve
	}
	for _, at := range tok.Attr {
		switch {
		case at.Name.Space == "xmlns":
			s.scope = append(s.scope, binding{at.Name.Local, namespaces[at.Value]})
		case at.Name.Space == "" && at.Name.Local == "xmlns":
			s.scope = append(s.scope, binding{"", namespaces[at.Value]})
		case at.Name.Space == "xml" && at.Name.Local == "space":
			f.preserve = at.Value == "preserve"
		}
	}
	if len(s.scope) > maxPrefixes {
		return element{}, fmt.Errorf("%w: %s declares more than %d namespaces at byte %d; save it in Word anew", ErrTooLarge, show(s.part), maxPrefixes, start)
	}
	el := element{s.lookup(tok.Name.Space), tok.Name.Local, tok.Attr, start, end, s}
	switch {
	case el.ns == nsWord && el.local == "p":
		f.paragraph = true
		s.paragraphs++
		s.runs = append(s.runs, 0)
	case el.local == "r" && (el.ns == nsWord || el.ns == nsMath) && len(s.runs) > 0:
		s.runs[len(s.runs)-1]++
	}
	s.stack = append(s.stack, f)
	return el, nil
}

func (s *scanner) close(name xml.Name, at int) error {
	n := len(s.stack) - 1
	if n < 0 || s.stack[n].name != name {
		return s.malformed(at, "</"+show(name.Local)+"> closes what is not open")
	}
	if s.stack[n].paragraph {
		last := len(s.runs) - 1
		s.closedRuns, s.runs = s.runs[last], s.runs[:last]
	}
	s.scope = s.scope[:s.stack[n].scope]
	s.stack = s.stack[:n]
	return nil
}

// root goes to the root element.
func (s *scanner) root() (element, error) {
	for {
		tok, err := s.next()
		if err != nil {
			return element{}, err
		}
		switch tok.kind {
		case startTag:
			return tok.el, nil
		case endOfPart:
			return element{}, s.malformed(tok.end, "it has no element")
		}
	}
}

// finish reads what follows the root element, which must be nothing.
func (s *scanner) finish() error {
	for {
		tok, err := s.next()
		switch {
		case err != nil:
			return err
		case tok.kind == endOfPart:
			return nil
		case tok.kind == startTag:
			return s.malformed(tok.start, "a second root element")
		}
	}
}

// children calls fn for each child of the element that was opened last, up to
// its end tag. What fn does not read of a child is skipped. Of an
// mc:AlternateContent fn gets the children of the first mc:Choice, or of the
// mc:Fallback if there is no choice, as children of their own.
func (s *scanner) children(fn func(el element) error) error {
	depth := len(s.stack)
	for {
		tok, err := s.next()
		switch {
		case err != nil:
			return err
		case tok.kind == endTag:
			return nil
		case tok.kind != startTag:
			continue
		}
		if tok.el.ns == nsCompat && tok.el.local == "AlternateContent" {
			err = s.alternate(fn)
		} else {
			err = fn(tok.el)
		}
		if err != nil {
			return err
		}
		if err := s.leave(depth); err != nil {
			return err
		}
	}
}

func (s *scanner) alternate(fn func(el element) error) error {
	taken := false
	return s.children(func(el element) error {
		if taken || el.ns != nsCompat || el.local != "Choice" && el.local != "Fallback" {
			return nil
		}
		taken = true
		return s.children(fn)
	})
}

// leave skips to where no more than depth elements are open.
func (s *scanner) leave(depth int) error {
	for len(s.stack) > depth {
		if _, err := s.next(); err != nil {
			return err
		}
	}
	return nil
}
