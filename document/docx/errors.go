package docx

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// What is wrong with a file that [Read] refuses. Errors wrap one of them.
var (
	ErrNotWord   = errors.New("not a Word document")
	ErrEncrypted = errors.New("an encrypted Word document")
	ErrDamaged   = errors.New("a damaged Word document")
	ErrTooLarge  = errors.New("a Word document beyond the safety limits")
)

// notZip says what data is, which begins like no zip archive.
func notZip(data []byte) error {
	head := bytes.TrimLeft(bytes.TrimPrefix(data[:min(len(data), 512)], []byte("\xEF\xBB\xBF")), " \t\r\n")
	lower := strings.ToLower(string(head))
	switch {
	case len(data) == 0:
		return fmt.Errorf("%w: the file is empty; save the contract again", ErrNotWord)
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return compoundFile(data)
	case bytes.HasPrefix(head, []byte("%PDF")):
		return fmt.Errorf("%w: it is a PDF file; ask for the .docx it was made from, or lint the text that `pdftotext` makes of it", ErrNotWord)
	case bytes.HasPrefix(head, []byte(`{\rtf`)):
		return fmt.Errorf("%w: it is an RTF file; save it in Word as .docx", ErrNotWord)
	case strings.HasPrefix(lower, "<!doctype html"), strings.HasPrefix(lower, "<html"), strings.HasPrefix(lower, "mime-version:"):
		return fmt.Errorf("%w: it is a web page; save it in Word as .docx", ErrNotWord)
	case strings.HasPrefix(lower, "<?xml"):
		return fmt.Errorf("%w: it is a single XML file; save it in Word as .docx", ErrNotWord)
	}
	return fmt.Errorf("%w: it is no zip archive as every .docx is; save the contract in Word as .docx", ErrNotWord)
}

// compoundFile tells apart what OLE containers hold, by the names of their
// streams, which the directory has in UTF-16 ([MS-CFB] 2.6.1).
func compoundFile(data []byte) error {
	switch {
	case bytes.Contains(data, utf16Name("EncryptedPackage")):
		return fmt.Errorf("%w: open it in Word with its password and save it without", ErrEncrypted)
	case bytes.Contains(data, utf16Name("WordDocument")):
		return fmt.Errorf("%w of today's format: it is a .doc of Word 97 to 2003; save it in Word as .docx", ErrNotWord)
	}
	return fmt.Errorf("%w: it is another application's OLE file (as .xls, .ppt or .msg); export the contract as .docx", ErrNotWord)
}

func utf16Name(name string) []byte {
	var b []byte
	for _, c := range []byte(name) {
		b = append(b, c, 0)
	}
	return b
}

// noMainPart says what a zip archive without a Word document is.
func (a *archive) noMainPart() error {
	kind := "a zip archive without a Word document in it; unpack it and name the documents"
	for name := range a.parts {
		switch {
		case name == "xl/workbook.xml", name == "xl/workbook.bin":
			kind = "an Excel workbook; save the contract in Word as .docx"
		case name == "ppt/presentation.xml":
			kind = "a PowerPoint presentation; save the contract in Word as .docx"
		case name == "mimetype":
			if text, err := a.read("mimetype"); err == nil && bytes.Contains(text, []byte("opendocument")) {
				kind = "an OpenDocument file (.odt, .ods); save it as .docx"
			} else if bytes.Contains(text, []byte("epub")) {
				kind = "an EPUB book; export the contract as .docx or as text"
			}
		case name == "index/document.iwa":
			kind = "an Apple Pages or Numbers document; export it as .docx"
		}
	}
	return fmt.Errorf("%w: it is %s", ErrNotWord, kind)
}
