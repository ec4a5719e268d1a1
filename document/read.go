package document

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"path"
	"strings"

	"github.com/clauselint/clauselint/document/docx"
)

// Options say how to read a file. The zero value detects everything.
type Options struct {
	// Encoding is the character encoding of a text or Markdown file: "utf-8",
	// "gb18030" (with "gbk" and "gb2312", which it contains), "big5", "utf-16"
	// (by its byte order mark, else little-endian), "utf-16le", "utf-16be" or
	// "windows-1252". Empty means detect.
	Encoding string
	// View says which tracked changes of a Word file are read: "final", with all of
	// them accepted, which is the default; "original", with all rejected; "current",
	// with what is inserted and what is deleted both standing there.
	View string
}

// Views are the views of a Word file by the names that users give them.
var Views = map[string]docx.View{"final": docx.Final, "": docx.Final, "original": docx.Original, "current": docx.Current}

// maxFile keeps every offset in 32 bits, also where decoding triples the size.
const maxFile = math.MaxInt32 / 4

// Read reads data, the content of the file called name. The ending of name
// says which format to expect (.md, .markdown, .mdx, .html, .htm: Markdown
// with HTML in it; .docx, .docm, .dotx, .dotm: Word; all others: text) and the
// content has the last word. An empty file is an empty document. The document
// may keep data, which the caller must not change afterwards.
//
// Errors say what is wrong and what helps; they do not repeat name.
func Read(name string, data []byte, opts Options) (*Document, error) {
	if _, err := encodingName(opts.Encoding); err != nil {
		return nil, err
	}
	if len(data) > maxFile {
		return nil, fmt.Errorf("%d MB is more than the %d MB that can be read; split the file", len(data)>>20, maxFile>>20)
	}
	ext := strings.ToLower(path.Ext(strings.ReplaceAll(name, `\`, "/")))
	word := ext == ".docx" || ext == ".docm" || ext == ".dotx" || ext == ".dotm"
	switch {
	case len(data) == 0 && word:
		return &Document{Name: name, Format: DOCX, src: source{word: &wordRuns{}}}, nil
	case word, bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")),
		bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		view, ok := Views[opts.View]
		if !ok {
			return nil, fmt.Errorf("unknown view %q; want final, original or current", opts.View)
		}
		file, err := docx.ReadView(data, view, docx.Limits{})
		if err != nil {
			return nil, err
		}
		return fromWord(name, file), nil
	case bytes.HasPrefix(data, []byte("%PDF")):
		return nil, errors.New("a PDF file cannot be read; ask for the .docx it was made from, or lint the text that `pdftotext` makes of it")
	case bytes.HasPrefix(data, []byte(`{\rtf`)):
		return nil, errors.New("an RTF file cannot be read; save the contract as .docx or as text")
	}
	dec, err := decode(data, opts.Encoding)
	if err != nil {
		return nil, err
	}
	d := &Document{Name: name, Format: Text, Encoding: dec.encoding, src: source{
		decoded: dec.text, disk: dec.disk, outer: dec.layer, lines: new(lineIndex),
	}}
	if dec.bad > 0 {
		line, _ := d.src.lines.position(dec.text, dec.firstBad)
		d.problem("line %d: bytes that are not %s, replaced by U+FFFD (%d in the file); name the right encoding or repair the file",
			line, dec.encoding, dec.bad)
	}
	switch ext {
	case ".md", ".markdown", ".mdx":
		d.Format = Markdown
		readMarkdown(d, false)
	case ".html", ".htm", ".xhtml":
		d.Format = Markdown
		readMarkdown(d, true)
	default:
		if looksHTML(dec.text) {
			d.Format = Markdown
			readMarkdown(d, true)
		} else {
			readText(d)
		}
	}
	return d, nil
}

// looksHTML reports whether text begins as a whole HTML page does.
func looksHTML(text string) bool {
	head := strings.ToLower(strings.TrimLeft(text[:min(len(text), 512)], " \t\r\n"))
	return strings.HasPrefix(head, "<!doctype html") || strings.HasPrefix(head, "<html")
}

func (d *Document) problem(format string, args ...any) {
	d.Problems = append(d.Problems, Problem{fmt.Sprintf(format, args...)})
}
