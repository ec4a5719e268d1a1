package report

import "strings"

// escapeMarkdown is text that GitHub Flavored Markdown shows as it is, within a line: no
// emphasis, code, link, image, table or HTML begins in it.
func escapeMarkdown(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '\\', '`', '*', '_', '[', ']', '~', '#':
			b.WriteByte('\\')
			b.WriteByte(c)
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		case '&':
			b.WriteString("&amp;")
		case '|':
			b.WriteString("&#124;")
		case ':': // http://example.com is a link of its own, as is mailto:a@example.com
			b.WriteString(`\:`)
		case '.': // and so is www.example.com
			if i >= 3 && strings.EqualFold(s[i-3:i], "www") {
				b.WriteByte('\\')
			}
			b.WriteByte(c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
