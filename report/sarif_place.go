package report

import (
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
)

// sourceRoot is the name that GitHub and others give to what paths are relative to.
const sourceRoot = "%SRCROOT%"

// mimeTypes is the media type of each format.
var mimeTypes = map[document.Format]string{
	document.Text:     "text/plain",
	document.Markdown: "text/markdown",
	document.DOCX:     "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

// pathURI is a path as a URI reference: every byte that is not an unreserved character
// of RFC 3986 is percent-encoded, so that Chinese names, spaces and bytes that are no
// UTF-8 come back as they were. An absolute path is a file URI.
func pathURI(name string) string {
	slashed := path.Clean(filepath.ToSlash(name))
	plain := "-._~/"
	var b strings.Builder
	if path.IsAbs(slashed) || filepath.IsAbs(name) {
		b.WriteString("file:///")
		slashed = strings.TrimLeft(slashed, "/")
		plain += ":" // of a drive; at the start of a relative path it would end a scheme
	}
	for i := 0; i < len(slashed); i++ {
		switch c := slashed[i]; {
		case c|0x20 >= 'a' && c|0x20 <= 'z', c >= '0' && c <= '9', strings.IndexByte(plain, c) >= 0:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// named is the location of a file by its path alone.
func named(name string) sarifArtifactLocation {
	at := sarifArtifactLocation{URI: pathURI(name)}
	if !strings.HasPrefix(at.URI, "file:") {
		at.BaseID = sourceRoot
	}
	return at
}

// file is the location of a file as a whole; the first call adds the file to the
// artifacts.
func (s *sarif) file(r Result) sarifArtifactLocation {
	at := named(r.Path)
	i, ok := s.artifactAt[at.URI]
	if !ok {
		i = len(s.artifacts)
		s.artifactAt[at.URI] = i
		a := sarifArtifact{Location: at, Roles: []string{"analysisTarget"}}
		if r.Doc != nil {
			a.MIMEType = mimeTypes[r.Doc.Format]
			if r.Doc.Format != document.DOCX {
				a.Encoding = r.Doc.Encoding
			}
		}
		s.artifacts = append(s.artifacts, a)
	}
	at.Index = &i
	return at
}

// part is the location of a part of a Word file: an artifact nested in the file's. Its
// URI is the name that the archive has for it, without the leading slash of 3.24.2,
// since 3.4.3 asks for the member's name and tells "/a" from "a"; and it has no
// uriBaseId (3.4.4).
func (s *sarif) part(r Result, name string) sarifArtifactLocation {
	parent := *s.file(r).Index
	at := sarifArtifactLocation{URI: pathURI(name)}
	key := fmt.Sprintf("%d!%s", parent, at.URI)
	i, ok := s.artifactAt[key]
	if !ok {
		i = len(s.artifacts)
		s.artifactAt[key] = i
		s.artifacts = append(s.artifacts, sarifArtifact{Location: at, ParentIndex: &parent, MIMEType: "application/xml"})
	}
	at.Index = &i
	return at
}

// primary is the location that viewers open. Of a Word file that is the file as a whole:
// no viewer opens a member of an archive, and a region of lines in a binary file is not
// allowed (3.30.1).
func (s *sarif) primary(r Result, f lint.Finding) sarifLocation {
	at := sarifLocation{Physical: &sarifPhysical{Artifact: s.file(r)}}
	if f.Clause != nil && f.Clause.Label != "" {
		at.Logical = append(at.Logical, sarifLogical{Visible(f.Clause.Label), Visible(f.Clause.Path()), "clause"})
	}
	if r.Doc.Format != document.DOCX {
		at.Physical.Region = textRegion(r.Doc, f.Span)
	} else {
		at.Logical = append(at.Logical, s.paragraph(r.Doc, f.Span))
	}
	return at
}

// exact is where words stand: a region of lines, or in a Word file bytes of a part.
func (s *sarif) exact(r Result, span document.Span) sarifLocation {
	if r.Doc.Format != document.DOCX {
		return sarifLocation{Physical: &sarifPhysical{Artifact: s.file(r), Region: textRegion(r.Doc, span)}}
	}
	at := sarifLocation{Logical: []sarifLogical{s.paragraph(r.Doc, span)}}
	place := r.Doc.Range(span)
	if place.Start.Part == "" {
		at.Physical = &sarifPhysical{Artifact: s.file(r)}
		return at
	}
	from, size := place.Start.Byte, 0
	if place.End.Part == place.Start.Part {
		size = max(0, place.End.Byte-from)
	}
	at.Physical = &sarifPhysical{Artifact: s.part(r, place.Start.Part), Region: &sarifRegion{ByteOffset: &from, ByteLength: &size}}
	return at
}

// paragraph is the paragraph of a Word file, as the other reports count it.
func (s *sarif) paragraph(d *document.Document, span document.Span) sarifLogical {
	name := s.words.at(d, span)
	full := name
	if p := d.Range(span).Start; p.Part != "" {
		full = fmt.Sprintf("%s/%d", p.Part, p.Paragraph)
	}
	return sarifLogical{name, full, "paragraph"}
}

// textRegion is the lines and columns of words; of no words, their line.
func textRegion(d *document.Document, span document.Span) *sarifRegion {
	r := d.Range(span)
	if span.Len() <= 0 {
		return &sarifRegion{StartLine: r.Start.Line}
	}
	return &sarifRegion{StartLine: r.Start.Line, StartColumn: r.Start.Column, EndLine: r.End.Line, EndColumn: r.End.Column}
}

// hashes is GitHub's fingerprints of the lines of a file that has findings in lines.
func (s *sarif) hashes(r Result) []string {
	if r.Doc == nil || r.Doc.Format == document.DOCX || len(r.Findings)+len(r.Waived)+len(r.Known) == 0 {
		return nil
	}
	file, err := r.Doc.Edited(nil)
	if err != nil {
		return nil // a document that no file was read for
	}
	return lineHashes(file)
}

// lineHash is the fingerprint by which GitHub knows the alert again. In a Word file,
// where it would compute none, it is that of the finding.
func lineHash(d *document.Document, f lint.Finding, hashes []string) string {
	if d.Format == document.DOCX {
		return f.Fingerprint + ":1"
	}
	if line := d.Range(f.Span).Start.Line; line <= len(hashes) {
		return hashes[line-1]
	}
	return ""
}
