package docx

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf16"
)

// edit puts text in the place of bytes start to end of a part.
type edit struct {
	start, end int
	text       string
}

// splice makes edits, which must not overlap. Those at one place are made in their order.
func splice(data []byte, edits []edit) []byte {
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Compare(a.start, b.start) })
	var out bytes.Buffer
	at := 0
	for _, e := range edits {
		out.Write(data[at:e.start])
		out.WriteString(e.text)
		at = e.end
	}
	out.Write(data[at:])
	return out.Bytes()
}

// rewrite is a new archive with other parts: replaced ones where they were, new ones at
// the end in the order of names, and without those that are nil. What is not named is
// copied byte for byte, as it was compressed.
func (a *archive) rewrite(data []byte, parts map[string][]byte) ([]byte, error) {
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && zr == nil {
		return nil, err
	}
	var out bytes.Buffer
	out.Grow(len(data) + 8<<10)
	zw := zip.NewWriter(&out)
	if err := zw.SetComment(zr.Comment); err != nil {
		return nil, err
	}
	left := make(map[string][]byte, len(parts))
	for name, text := range parts {
		left[partKey(name)] = text
	}
	write := func(h *zip.FileHeader, text []byte) error {
		w, err := zw.CreateHeader(h)
		if err == nil {
			_, err = w.Write(text)
		}
		return err
	}
	for _, f := range zr.File {
		text, changed := left[partKey(f.Name)]
		switch {
		case strings.HasSuffix(f.Name, "/"):
			// A folder; some programs compress the nothing that is in it, which no Writer takes.
			_, err = zw.CreateHeader(&zip.FileHeader{Name: f.Name, Modified: f.Modified, Comment: f.Comment, ExternalAttrs: f.ExternalAttrs})
		case !changed:
			err = zw.Copy(f)
		case text != nil:
			err = write(&zip.FileHeader{Name: f.Name, Method: f.Method, Modified: f.Modified, Comment: f.Comment, ExternalAttrs: f.ExternalAttrs}, text)
		}
		if err != nil {
			return nil, err
		}
		delete(left, partKey(f.Name))
	}
	var names []string
	for name := range parts {
		if left[partKey(name)] != nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		if err := write(&zip.FileHeader{Name: name, Method: zip.Deflate}, parts[name]); err != nil {
			return nil, err
		}
	}
	if err := zw.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// asStored is a part's text in UTF-8, as it is edited, in the encoding that the part has.
func (a *archive) asStored(name string, text []byte) ([]byte, error) {
	f := a.parts[partKey(name)]
	if f == nil {
		return text, nil
	}
	rc, err := f.Open()
	if err != nil {
		return nil, damagedPart(f.Name, err)
	}
	defer rc.Close()
	var head [2]byte
	if _, err := io.ReadFull(rc, head[:]); err != nil {
		return text, nil // shorter than a byte order mark
	}
	var mark bool
	var big bool
	switch head {
	case [2]byte{0xFF, 0xFE}:
		mark = true
	case [2]byte{0xFE, 0xFF}:
		mark, big = true, true
	case [2]byte{'<', 0}:
	case [2]byte{0, '<'}:
		big = true
	default:
		return text, nil
	}
	units := utf16.Encode([]rune(string(text)))
	if mark {
		units = append([]uint16{0xFEFF}, units...)
	}
	out := make([]byte, 0, 2*len(units))
	for _, u := range units {
		if big {
			out = append(out, byte(u>>8), byte(u))
		} else {
			out = append(out, byte(u), byte(u>>8))
		}
	}
	return out, nil
}

// escape is text as XML character data, without the characters that XML does not allow.
func escape(text string) string {
	var b bytes.Buffer
	// Escaping to memory does not fail.
	_ = xml.EscapeText(&b, []byte(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0xFFFE || r == 0xFFFF {
			return ' '
		}
		return r
	}, text)))
	return b.String()
}

// attribute writes one with a space before it.
func attribute(name, value string) string { return fmt.Sprintf(` %s="%s"`, name, escape(value)) }
