package document

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// Edit puts Text in the place of a span of the reading text.
type Edit struct {
	Span
	Text string
}

// writers are the encodings of text files but UTF-8.
var writers = map[string]encoding.Encoding{
	"gb18030": simplifiedchinese.GB18030, "big5": traditionalchinese.Big5, "windows-1252": charmap.Windows1252,
	"utf-16le": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "utf-16be": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
}

// Edited is the file with edits, which must not overlap, in its own encoding. All other
// bytes stay as they are. Errors say which edit cannot be made: in a Word file, where
// markup begins or ends inside it, or with characters that the encoding does not have.
func (d *Document) Edited(edits []Edit) ([]byte, error) {
	if d.src.word != nil || d.src.lines == nil {
		return nil, errors.New("a Word file is edited with tracked changes")
	}
	file := d.src.disk
	if file == nil {
		file = []byte(d.src.decoded)
	}
	edits = slices.Clone(edits)
	slices.SortFunc(edits, func(a, b Edit) int { return a.Start - b.Start })
	var out bytes.Buffer
	at := 0
	for _, e := range edits {
		line := d.Range(e.Span).Start.Line
		if d.Format == Markdown && !balanced(d.Source(e.Span)) {
			return nil, fmt.Errorf("line %d: markup begins or ends inside the words", line)
		}
		from, to := d.decodedSpan(e.Span)
		from, to = d.diskSpan(from, to)
		if from < at {
			return nil, fmt.Errorf("line %d: two edits of the same words", line)
		}
		text := []byte(e.Text)
		if enc := writers[d.Encoding]; enc != nil {
			var err error
			if text, err = enc.NewEncoder().Bytes(text); err != nil {
				return nil, fmt.Errorf("line %d: the new text cannot be written in %s; save the file as UTF-8", line, d.Encoding)
			}
		}
		out.Write(file[at:from])
		out.Write(text)
		at = to
	}
	out.Write(file[at:])
	return out.Bytes(), nil
}

// balanced reports whether Markdown holds whole marks of emphasis, code, links and tags.
func balanced(source []byte) bool {
	n := func(c string) int { return bytes.Count(source, []byte(c)) }
	return n("*")%2 == 0 && n("_")%2 == 0 && n("`")%2 == 0 && n("[") == n("]") && n("<") == n(">") && !bytes.ContainsAny(source, "|")
}
