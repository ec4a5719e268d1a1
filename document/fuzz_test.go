package document

import "testing"

func FuzzText(f *testing.F) {
	for _, s := range []string{"第一条 定义\r\n您同意\n\n(a) x", "\xEF\xBB\xBF脸", "\xFF\xFEa\x00", "\xC1\xB3\xB2\xBF\xD0\xC5\xCF\xA2", "a\rb\xFF", "　　甲"} {
		f.Add([]byte(s), "")
		f.Add([]byte(s), "gb18030")
		f.Add([]byte(s), "big5")
		f.Add([]byte(s), "utf-16be")
	}
	f.Fuzz(func(t *testing.T, data []byte, encoding string) {
		d, err := Read("a", data, Options{Encoding: encoding})
		if err == nil && d.Format != DOCX {
			checkDocument(t, d, data)
		}
	})
}

func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{
		"---\ntitle: x\n---\n# 甲 *乙* &amp; \\*", "1. a\n   - [x] b\n\n> c\n> d", "|a|b|\n|-|-|\n|`x\\|y`|&lt;|", "<table><tr><td>x<br>y</table><!-- c", "[^1]\n\n[^1]: 注\n\n\t码\n```\nx",
		"<ul>\n<li>a\n\n    <li>b</ul>", "a\rb  \r\nc\\\nd",
	} {
		f.Add([]byte(s), true)
		f.Add([]byte(s), false)
	}
	f.Fuzz(func(t *testing.T, data []byte, page bool) {
		name := "a.md"
		if page {
			name = "a.html"
		}
		if d, err := Read(name, data, Options{}); err == nil && d.Format != DOCX {
			checkDocument(t, d, data)
		}
	})
}
