package document

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// A stepper decodes the first character of b, which is not empty: the rune
// (-1 if malformed) and the number of bytes it takes, at least 1.
type stepper func(b []byte) (r rune, size int)

var steppers = map[string]stepper{
	"utf-8":        stepUTF8,
	"gb18030":      stepGB18030,
	"big5":         stepBig5,
	"utf-16le":     stepUTF16LE,
	"utf-16be":     stepUTF16BE,
	"windows-1252": stepWindows1252,
}

// encodingName turns what a user writes into a key of steppers; "utf-16"
// stays, for the byte order mark to decide.
func encodingName(name string) (string, error) {
	name = strings.ReplaceAll(strings.ToLower(strings.TrimSpace(name)), "_", "-")
	switch name {
	case "", "utf-16":
		return name, nil
	case "utf8":
		return "utf-8", nil
	case "gbk", "gb2312", "cp936":
		return "gb18030", nil
	case "utf16":
		return "utf-16", nil
	}
	if steppers[name] == nil {
		return "", fmt.Errorf("encoding %q is not known; the encodings are utf-8, gb18030 (gbk, gb2312), big5, utf-16, utf-16le, utf-16be and windows-1252", name)
	}
	return name, nil
}

// decoding is a file as UTF-8, with the way back to its bytes.
type decoding struct {
	text     string
	encoding string
	layer    layer
	disk     []byte // nil if the bytes of text are those of the file
	bad      int    // malformed places
	firstBad int    // in text, where bad > 0
}

var (
	errBinary = errors.New("the file is binary, not a contract in text, Markdown or .docx; export it as one of these")
	errUTF32  = errors.New("the file is UTF-32, which cannot be read; save it as UTF-8")
)

// decode turns data into UTF-8, in the encoding that is named or detected.
func decode(data []byte, name string) (decoding, error) {
	name, err := encodingName(name)
	if err != nil {
		return decoding{}, err
	}
	mark, skip := byteOrderMark(data)
	if mark == "utf-32" {
		return decoding{}, errUTF32
	}
	switch {
	case name == "":
		name = mark
	case name == "utf-16" && strings.HasPrefix(mark, "utf-16"):
		name = mark
	case name == "utf-16":
		name = "utf-16le"
	}
	if name != mark {
		skip = 0
	}
	if name != "" && name != mark {
		if better := mistaken(data, name); better != "" {
			return decoding{}, fmt.Errorf("the file is %s, not %s as asked; leave the encoding out, or name %s for this file", better, name, better)
		}
	}
	if name == "" {
		if name = detect(data); name == "" {
			return decoding{}, errBinary
		}
	}
	if !strings.HasPrefix(name, "utf-16") && bytes.IndexByte(data, 0) >= 0 {
		return decoding{}, errBinary
	}
	if name == "utf-8" && utf8.Valid(data[skip:]) {
		d := decoding{text: string(data[skip:]), encoding: name}
		if skip > 0 {
			d.layer = layer{}
			d.layer.add(0, skip, len(d.text), 1, 1)
			d.disk = data
		}
		return d, nil
	}
	return convert(data, skip, name), nil
}

func byteOrderMark(data []byte) (name string, size int) {
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		return "utf-8", 3
	case bytes.HasPrefix(data, []byte("\xFF\xFE\x00\x00")) && len(data) > 4, bytes.HasPrefix(data, []byte("\x00\x00\xFE\xFF")):
		return "utf-32", 4
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		return "utf-16le", 2
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		return "utf-16be", 2
	case bytes.HasPrefix(data, []byte("\x84\x31\x95\x33")):
		return "gb18030", 4
	}
	return "", 0
}

// convert decodes data[skip:] character by character. A malformed place
// becomes one U+FFFD.
func convert(data []byte, skip int, name string) decoding {
	d := decoding{encoding: name, disk: data, layer: layer{}}
	step := steppers[name]
	text := make([]byte, 0, len(data)+len(data)/2)
	narrow := !strings.HasPrefix(name, "utf-16")
	for i := skip; i < len(data); {
		at := len(text)
		if narrow && data[i] < utf8.RuneSelf {
			from := i
			for i < len(data) && data[i] < utf8.RuneSelf {
				i++
			}
			text = append(text, data[from:i]...)
			d.layer.add(at, from, i-from, 1, 1)
			continue
		}
		r, size := step(data[i:])
		if r == -1 {
			if d.bad == 0 {
				d.firstBad = at
			}
			d.bad++
			r = utf8.RuneError
		}
		if r >= bigPair {
			text = append(text, bigPairs[r-bigPair]...)
		} else {
			text = utf8.AppendRune(text, r)
		}
		d.layer.add(at, i, 1, len(text)-at, size)
		i += size
	}
	d.text = string(text)
	return d
}

func stepUTF8(b []byte) (rune, int) {
	r, size := utf8.DecodeRune(b)
	if r == utf8.RuneError && size == 1 {
		return -1, 1
	}
	return r, size
}

func stepUTF16LE(b []byte) (rune, int) { return stepUTF16(b, 1) }
func stepUTF16BE(b []byte) (rune, int) { return stepUTF16(b, 0) }

// stepUTF16 decodes a unit whose high byte is b[high], or a surrogate pair.
func stepUTF16(b []byte, high int) (rune, int) {
	if len(b) < 2 {
		return -1, 1
	}
	r := rune(b[high])<<8 | rune(b[1-high])
	if r < 0xD800 || r > 0xDFFF {
		return r, 2
	}
	if r < 0xDC00 && len(b) >= 4 {
		if low := rune(b[2+high])<<8 | rune(b[3-high]); low >= 0xDC00 && low <= 0xDFFF {
			return (r-0xD800)<<10 | (low - 0xDC00) + 0x10000, 4
		}
	}
	return -1, 2
}

func stepWindows1252(b []byte) (rune, int) {
	if r := charmap.Windows1252.DecodeByte(b[0]); r != utf8.RuneError {
		return r, 1
	}
	return -1, 1
}

// bigPair and those after it stand for the four Big5 codes that are two
// characters in Unicode.
const bigPair = 0x110000

var bigPairs = [4]string{"\u00CA\u0304", "\u00CA\u030C", "\u00EA\u0304", "\u00EA\u030C"}

// pairTable holds the character of each pair of a lead byte 0x81 to 0xFE and
// a trail byte from 0x40; 0 where there is none.
type pairTable [126 * 192]rune

func (t *pairTable) at(lead, trail byte) rune { return t[int(lead-0x81)*192+int(trail-0x40)] }

var (
	gbPairs   = sync.OnceValue(func() *pairTable { return newPairTable(simplifiedchinese.GB18030) })
	big5Pairs = sync.OnceValue(func() *pairTable { return newPairTable(traditionalchinese.Big5) })
)

// newPairTable decodes all pairs in one go, each on a line of its own: a line
// break is no trail byte, so a pair without character spoils its line only.
func newPairTable(enc encoding.Encoding) *pairTable {
	var in []byte
	for lead := 0x81; lead <= 0xFE; lead++ {
		for trail := 0x40; trail <= 0xFF; trail++ {
			in = append(in, byte(lead), byte(trail), '\n')
		}
	}
	t := new(pairTable)
	// The decoders replace what is malformed and never fail.
	out, _ := enc.NewDecoder().Bytes(in)
	for i := range t {
		line, rest, _ := bytes.Cut(out, []byte("\n"))
		out = rest
		r, size := utf8.DecodeRune(line)
		switch {
		case r == utf8.RuneError:
		case size == len(line):
			t[i] = r
		default:
			for k, pair := range bigPairs {
				if string(line) == pair {
					t[i] = bigPair + rune(k)
				}
			}
		}
	}
	return t
}

// stepPair decodes a two-byte character. Where the pair has no character, an
// ASCII trail byte stays for itself, as the WHATWG Encoding Standard has it.
func stepPair(t *pairTable, b []byte) (rune, int) {
	if b[0] < 0x81 || b[0] == 0xFF || len(b) < 2 || b[1] < 0x40 {
		return -1, 1
	}
	if r := t.at(b[0], b[1]); r != 0 {
		return r, 2
	}
	if b[1] < 0x80 {
		return -1, 1
	}
	return -1, 2
}

func stepBig5(b []byte) (rune, int) {
	if b[0] < 0x80 {
		return rune(b[0]), 1
	}
	return stepPair(big5Pairs(), b)
}

func stepGB18030(b []byte) (rune, int) {
	switch {
	case b[0] < 0x80:
		return rune(b[0]), 1
	case b[0] == 0x80:
		return '€', 1
	case len(b) < 4 || b[1] < '0' || b[1] > '9':
		return stepPair(gbPairs(), b)
	case b[0] == 0xFF || b[2] < 0x81 || b[2] == 0xFF || b[3] < '0' || b[3] > '9':
		return -1, 1
	}
	n := ((rune(b[0]-0x81)*10+rune(b[1]-'0'))*126+rune(b[2]-0x81))*10 + rune(b[3]-'0')
	// From 0x90308130 the four-byte codes are the supplementary planes in
	// their order; below lies what the two-byte codes leave of the BMP.
	if const90 := rune((0x90 - 0x81) * 12600); n >= const90 {
		if r := n - const90 + 0x10000; r <= utf8.MaxRune {
			return r, 4
		}
		return -1, 4
	}
	out, _ := simplifiedchinese.GB18030.NewDecoder().Bytes(b[:4])
	r, size := utf8.DecodeRune(out)
	if size == len(out) && (r != utf8.RuneError || string(b[:4]) == "\x84\x31\xA4\x37") {
		return r, 4 // or U+FFFD, which has a code of its own
	}
	return -1, 4
}
