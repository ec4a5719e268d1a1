package report

import (
	"encoding/xml"
	"io"
	"strings"
)

// writeXML writes v as an XML document, a line an element.
func writeXML(w io.Writer, v any) error {
	data, err := xml.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, xml.Header+string(data)+"\n")
	return err
}

// visibleXML is text without the characters that XML 1.0 does not have, not even as
// references: controls as \x1b, the two that are no characters as \ufffe.
func visibleXML(s string) string {
	s = Visible(s)
	if !strings.ContainsAny(s, "\ufffe\uffff") {
		return s
	}
	return strings.NewReplacer("\ufffe", `\ufffe`, "\uffff", `\uffff`).Replace(s)
}

// xmlLines is an element whose text has lines. encoding/xml would write their ends as
// references, which no person can read.
type xmlLines struct {
	Text string `xml:",innerxml"`
}

// newXMLLines is lines of text with a line break after each, and one before the first.
func newXMLLines(lines []string) xmlLines {
	var b strings.Builder
	b.WriteByte('\n')
	for _, line := range lines {
		xml.EscapeText(&b, []byte(visibleXML(line))) // a strings.Builder takes everything
		b.WriteByte('\n')
	}
	return xmlLines{b.String()}
}
