package docx

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// inUTF16 encodes text with a byte order mark.
func inUTF16(text string, order binary.ByteOrder) string {
	var b []byte
	for _, u := range utf16.Encode([]rune("\uFEFF" + text)) {
		b = append(b, 0, 0)
		order.PutUint16(b[len(b)-2:], u)
	}
	return string(b)
}

// variants are files that hold the paragraph "人脸😀 a" and are spelled in other ways.
var variants = map[string]parts{
	"other prefix": {
		"_rels/.rels":       rels("r1 officeDocument word/document.xml"),
		"word/document.xml": `<ns0:document xmlns:ns0="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><ns0:body><ns0:p><ns0:r><ns0:t>人脸😀 a</ns0:t></ns0:r></ns0:p></ns0:body></ns0:document>`,
	},
	"default namespace, and w: for something else": {
		"_rels/.rels": rels("r1 officeDocument word/document.xml"),
		"word/document.xml": `<document xmlns="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w="urn:other"><body><p>` +
			`<w:t>no</w:t><r><t>人脸😀 a</t></r></p></body></document>`,
	},
	"prefix declared again inside": {
		"_rels/.rels": rels("r1 officeDocument word/document.xml"),
		"word/document.xml": `<w:document ` + wordNS + `><w:body><w:p><w:r xmlns:w="urn:other"><w:t>no</w:t></w:r>` +
			`<a:r xmlns:a="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><a:t>人脸😀 a</a:t></a:r></w:p></w:body></w:document>`,
	},
	"strict": {
		"_rels/.rels": strings.ReplaceAll(rels("r1 officeDocument /word/document.xml"),
			"http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/"),
		"word/document.xml": strings.ReplaceAll(document(p(r("人脸😀 a"))),
			"http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"),
	},
	"UTF-16, little end first": {
		"_rels/.rels":       rels("r1 officeDocument word/document.xml"),
		"word/document.xml": inUTF16(strings.Replace(document(p(r("人脸😀 a"))), "UTF-8", "UTF-16", 1), binary.LittleEndian),
	},
	"UTF-16, big end first": {
		"_rels/.rels":       rels("r1 officeDocument word/document.xml"),
		"word/document.xml": inUTF16(strings.Replace(document(p(r("人脸😀 a"))), "UTF-8", "utf-16", 1), binary.BigEndian),
	},
	"byte order mark": {
		"_rels/.rels":       rels("r1 officeDocument word/document.xml"),
		"word/document.xml": "\uFEFF" + document(p(r("人脸😀 a"))),
	},
	"main part elsewhere": {
		"_rels/.rels":    rels("r0 thumbnail docProps/t.jpeg", "r1 officeDocument main/Doc%201.xml"),
		"main/Doc 1.xml": document(p(r("人脸😀 a"))),
	},
	"no relationships but content types": {
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Override PartName="/d.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>`,
		"d.xml": document(p(r("人脸😀 a"))),
	},
	"no relationships at all":  {"word/document.xml": document(p(r("人脸😀 a")))},
	"backslashes and capitals": {`Word\Document.xml`: document(p(r("人脸😀 a"))), "_rels/.rels": rels("r1 officeDocument word/document.xml")},
}

func TestVariants(t *testing.T) {
	for name, files := range variants {
		t.Run(name, func(t *testing.T) {
			f, err := Read(files.zipped(t), Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if got := texts(f); !slices.Equal(got, []string{"人脸😀 a"}) {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestStylesByContentType(t *testing.T) {
	files := word(p(`<w:pPr><w:pStyle w:val="H"/></w:pPr>`), parts{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Override PartName="/word/s.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>`,
		"word/s.xml": `<w:styles ` + wordNS + `><w:style w:styleId="H"><w:name w:val="Heading 2"/></w:style></w:styles>`,
	})
	if got := mustRead(t, files).Paragraphs[0].Heading; got != 2 {
		t.Errorf("heading %d, want 2", got)
	}
}

// flip changes the file header and the directory of an archive.
func flip(data []byte, signature string, offset int, bits byte) []byte {
	data = bytes.Clone(data)
	data[bytes.Index(data, []byte(signature))+offset] ^= bits
	return data
}

// broken are files that are refused, and seeds of FuzzRead.
func broken(t testing.TB) []refusal {
	good := word(p(r("some text that is long enough to be compressed, text, text, text")), nil)
	whole := good.zipped(t)
	with := func(main string) []byte { return word("", parts{"word/document.xml": main}).zipped(t) }
	ole := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 600)
	var twice bytes.Buffer
	zw := zip.NewWriter(&twice)
	for _, name := range []string{"word/document.xml", "Word/document.xml"} {
		w, err := zw.Create(name)
		if err == nil {
			_, err = w.Write([]byte(good["word/document.xml"]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	badEnd := strings.Replace(document(p(r("a"))), "</w:p>", "</w:q>", 1)
	bomb := document(p(r(strings.Repeat("0", 1<<20))))
	return []refusal{
		{"empty", nil, Limits{}, ErrNotWord, "is empty"},
		{"text", []byte("just text"), Limits{}, ErrNotWord, "no zip archive"},
		{"PDF", []byte("%PDF-1.7"), Limits{}, ErrNotWord, "PDF"},
		{"RTF", []byte(`{\rtf1`), Limits{}, ErrNotWord, "RTF"},
		{"flat XML", []byte("\xEF\xBB\xBF<?xml version='1.0'?>"), Limits{}, ErrNotWord, "single XML file"},
		{"HTML", []byte("\r\n<HTML>"), Limits{}, ErrNotWord, "web page"},
		{"old .doc", []byte(ole + string(utf16Name("WordDocument"))), Limits{}, ErrNotWord, "Word 97"},
		{"encrypted", []byte(ole + string(utf16Name("EncryptedPackage"))), Limits{}, ErrEncrypted, "password"},
		{"other OLE", []byte(ole), Limits{}, ErrNotWord, "OLE"},
		{"cut off", whole[:len(whole)/2], Limits{}, ErrDamaged, "cut off"},
		{"bad checksum", flip(whole, "PK\x01\x02", 16, 1), Limits{}, ErrDamaged, "checksum"},
		{"unknown method", flip(whole, "PK\x01\x02", 10, 0x40), Limits{}, ErrDamaged, "method"},
		{"encrypted entry", flip(whole, "PK\x01\x02", 8, 1), Limits{}, ErrEncrypted, "_rels/.rels"},
		{"two parts of one name", twice.Bytes(), Limits{}, ErrDamaged, "two parts called Word/document.xml"},
		{"zip of something else", parts{"a.txt": "a"}.zipped(t), Limits{}, ErrNotWord, "zip archive"},
		{"workbook", parts{"_rels/.rels": rels("r officeDocument xl/workbook.xml"), "xl/workbook.xml": "<a/>"}.zipped(t), Limits{}, ErrNotWord, "Excel"},
		{"presentation", parts{"ppt/presentation.xml": "<a/>"}.zipped(t), Limits{}, ErrNotWord, "PowerPoint"},
		{"OpenDocument", parts{"mimetype": "application/vnd.oasis.opendocument.text"}.zipped(t), Limits{}, ErrNotWord, "OpenDocument"},
		{"another root", with(`<a xmlns="urn:a"/>`), Limits{}, ErrNotWord, "without a Word document"},
		{"empty part", with(""), Limits{}, ErrDamaged, "word/document.xml"},
		{"wrong end tag", with(badEnd), Limits{}, ErrDamaged, "byte"},
		{"XML cut off", with(strings.TrimSuffix(document(p(r("a"))), "</w:document>")), Limits{}, ErrDamaged, "ends inside <document>"},
		{"two roots", with(document("") + "<a/>"), Limits{}, ErrDamaged, "second root"},
		{"unknown entity", with(document(p(r("&nbsp;")))), Limits{}, ErrDamaged, "nbsp"},
		{"bad UTF-8", with(document(p(r("\xFF")))), Limits{}, ErrDamaged, "UTF-8"},
		{"odd UTF-16", with("\xFF\xFE<\x00a"), Limits{}, ErrDamaged, "half a character"},
		{"other encoding", with(`<?xml version="1.0" encoding="GBK"?><a/>`), Limits{}, ErrDamaged, "GBK"},
		{"DTD", with(`<!DOCTYPE a [<!ENTITY x "y">]>` + document("")), Limits{}, ErrDamaged, "document type definition"},
		{"part too large", with(bomb), Limits{PartBytes: 1 << 20}, ErrTooLarge, "part word/document.xml"},
		{"all too large", with(bomb), Limits{TotalBytes: 1 << 20}, ErrTooLarge, "unpack to more than 1048576"},
		{"too many parts", whole, Limits{Parts: 2}, ErrTooLarge, "3 parts"},
		{"too deep", with(document(strings.Repeat("<w:sdt>", 300))), Limits{}, ErrTooLarge, "nests more than 256"},
		{"too many empty paragraphs", with(document(strings.Repeat("<w:p/>", 300_000))), Limits{}, ErrTooLarge, "memory"},
		{"too many attributes", with(document("<x:a " + strings.Repeat(`b="" `, maxAttributes+1) + "/>")), Limits{}, ErrTooLarge, "attributes"},
		{"too many prefixes", with(document("<x:a " + strings.Repeat(`xmlns:b="" `, maxPrefixes+1) + "/>")), Limits{}, ErrTooLarge, "namespaces"},
		{"too long a text", with(document(p(r(strings.Repeat("a", maxToken+1))))), Limits{}, ErrTooLarge, "tag or text"},
	}
}

type refusal struct {
	name   string
	data   []byte
	limits Limits
	is     error
	says   string
}

func TestRefusals(t *testing.T) {
	for _, tt := range broken(t) {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Read(tt.data, tt.limits)
			if !errors.Is(err, tt.is) || !strings.Contains(err.Error(), tt.says) {
				t.Fatalf("got %v, want %v with %q", err, tt.is, tt.says)
			}
			if !strings.Contains(err.Error(), ";") && !strings.Contains(err.Error(), "open it") {
				t.Errorf("no remedy: %v", err)
			}
		})
	}
}

func TestMalformedXMLNamesTheByte(t *testing.T) {
	main := strings.Replace(document(p(r("a"))), "</w:p>", "</w:q>", 1)
	_, err := Read(word("", parts{"word/document.xml": main}).zipped(t), Limits{})
	if want := strings.Index(main, "</w:q>"); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("byte %d ", want)) {
		t.Errorf("got %v, want byte %d", err, want)
	}
}
