package document

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestMarkdownText(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"emphasis inside a word", "前**面部**分", []string{"前面部分"}},
		{"emphasis that CommonMark leaves", "我**“同意”**吗", []string{"我**“同意”**吗"}},
		{"entities and escapes", `甲&amp;乙 &#x4E00; \*星\* &nosuch; \人`, []string{`甲&乙一 *星* &nosuch; \人`}},
		{"links, images, code", "[条款](http://u/) ![人像](a.png) `授&amp;权` <https://a.b/c>", []string{"条款人像授&amp;权 https://a.b/c"}},
		{"line breaks", "收集  \n您的\\\n人脸<br/>信息\n照片", []string{"收集您的人脸信息照片"}},
		{"inline HTML", "人<b>脸</b><!-- 不读 -->信<script>x()</script>息", []string{"人脸信息"}},
		{"clauses line under line", "一、甲\n二、乙\n续", []string{"一、甲", "二、乙续"}},
		{"footnotes stay in place", "正文[^1]。无[^2]\n\n[^1]: 注**一**\n[^x]: 无人引用\n\n尾", []string{"正文。无[^2]", "注一", "无人引用", "尾"}},
		{"indented prose", "甲\n\n    缩进的一段\n\n    （一）又一段\n", []string{"甲", "缩进的一段", "（一）又一段"}},
		{"fenced code", "```\na &amp; b\n```", []string{"a &amp; b"}},
		{"front matter", "---\nlang: zh\ntitle: '协议'\n---\n# 甲", []string{"lang: zh", "协议", "甲"}},
		{"TOML front matter", "+++\ntitle = \"协议\"\n+++\n甲", []string{"协议", "甲"}},
		{"a rule is no front matter", "---\n\n甲：乙。丙\n\n---\n丁", []string{"甲：乙。丙", "丁"}},
		{"HTML block", "<div>\n <p>甲&lt;乙</p>丙<br>丁\n</div>\n<style>p{}</style>", []string{"甲<乙", "丙丁"}},
		{"an open comment is text", "<!-- 甲\n\n乙", []string{"<!-- 甲乙"}},
		{"quote over lines", "> 甲\n> <p>乙\n> 丙</p>", []string{"甲", "乙丙"}},
	} {
		for _, eol := range []string{"\n", "\r\n", "\r"} {
			d := read(t, "a.md", []byte(strings.ReplaceAll(c.text, "\n", eol)), Options{})
			if got := blocks(d); !slices.Equal(got, c.want) {
				t.Errorf("%s (line end %q):\n%q\nwant\n%q", c.name, eol, got, c.want)
			}
		}
	}
}

func TestMarkdownBlocks(t *testing.T) {
	const text = "---\ntitle: 协议\n---\n## 授权 ##\n\n3. 甲\n\n   续\n   - [x] 勾\n   - 乙\n4. 丙\n\n> 引\n\n[^n]: 注\n\n| 项 | 目 |\n|--|--|\n| a\\|b | `x\\|y` |\n\n" +
		"<table><tr><th>头</th></tr>\n\n<tr><td><p>格</p></td></tr></table>\n\n<ol><li><p>子</p><ul><li>孙</li></ul></li></ol>\n\n<h3>题</h3>\n"
	want := `heading 1 "" front "协议"
heading 2 "" body "授权"
item 1 "3." body "甲"
paragraph 1 "" body "续"
item 2 "[x]" body "勾"
item 2 "-" body "乙"
item 1 "4." body "丙"
paragraph 0 "" body quoted "引"
paragraph 0 "n" note "注"
cell 0 "" body 1/1/1 header "项"
cell 0 "" body 1/1/2 header "目"
cell 0 "" body 1/2/1 "a|b"
cell 0 "" body 1/2/2 "x|y"
cell 0 "" body 2/1/1 header "头"
cell 0 "" body 2/2/1 "格"
item 1 "1." body "子"
item 2 "-" body "孙"
heading 3 "" body "题"
`
	d := read(t, "a.md", []byte(text), Options{})
	var got strings.Builder
	for _, b := range d.Blocks {
		kind := []string{"paragraph", "heading", "item", "cell", "code"}[b.Kind]
		place := map[Place]string{Body: "body", Footnote: "note", FrontMatter: "front"}[b.Place]
		fmt.Fprintf(&got, "%s %d %q %s ", kind, b.Level, b.Label, place)
		if b.Table > 0 {
			fmt.Fprintf(&got, "%d/%d/%d ", b.Table, b.Row, b.Col)
		}
		if b.HeaderRow {
			got.WriteString("header ")
		}
		if b.Quoted {
			got.WriteString("quoted ")
		}
		fmt.Fprintf(&got, "%q\n", d.Quote(b.Span))
	}
	if got.String() != want {
		t.Errorf("got\n%swant\n%s", got.String(), want)
	}
}

func TestMarkdownRanges(t *testing.T) {
	const text = "# 題\n\n甲&amp;**乙**丙\n\n> 丁\n> 戊\n"
	for enc := range encodings {
		data := encode(t, enc, text)
		d := read(t, "a.md", data, Options{Encoding: enc})
		for words, want := range map[string]string{
			"&": "&amp;", "甲&": "甲&amp;", "乙": "乙", "&乙丙": "&amp;**乙**丙", "題": "題", "丁\n戊": "丁\n> 戊", "丙\n丁": "丙\n\n> 丁",
		} {
			at := strings.Index(d.Text, words)
			got := decodeBytes(t, enc, d.Source(Span{at, at + len(words)}))
			if at < 0 || got != want {
				t.Errorf("%s: %q comes from %q, want %q", enc, words, got, want)
			}
		}
		at := strings.Index(d.Text, "乙")
		if r := d.Range(Span{at, at + 3}); r.Start.Line != 3 || r.Start.Column != 9 || r.End.Column != 10 {
			t.Errorf("%s: 乙 lies at %+v", enc, r)
		}
	}
}

func TestHTMLPage(t *testing.T) {
	const page = "<!DOCTYPE html>\n<html><head><title>协议</title><script>if (a<b) {}</script></head>\n<body>\n\n    <p>您同意\n    收集</p>\n\n<a href='x>y'>链</a> a < b</body></html>"
	for _, name := range []string{"a.html", "a", "a.txt"} {
		d := read(t, name, []byte(page), Options{})
		if got := blocks(d); !slices.Equal(got, []string{"协议", "您同意收集", "链 a < b"}) {
			t.Errorf("%s: %q", name, got)
		}
	}
	d := read(t, "a.html", []byte("<p>甲</p>\n<script>乙"), Options{})
	if len(d.Problems) != 1 || !strings.Contains(d.Problems[0].Message, "line 2") {
		t.Errorf("an open script: %v", d.Problems)
	}
}

// Each of these takes a parser minutes that goes over the rest of the text at
// each mark.
func TestHostileMarkup(t *testing.T) {
	const n = 40_000
	for _, unit := range []string{
		">", "> ", "- ", "[", "![", "*a_", "a**b", "<a ", "<a \"", "<!--", "a<?", "<![CDATA[", "[a](", "[a](<b", "[^a]", "[^a]: ",
		"&", "`a``", "<li>", "<table>", "[a\n", "a\r", "<p '", "~~a ",
	} {
		text := strings.Repeat(unit, n)
		for _, name := range []string{"a.md", "a.html", "a.txt"} {
			start := time.Now()
			if _, err := Read(name, []byte(text), Options{}); err != nil {
				t.Errorf("%q in %s: %v", unit, name, err)
			}
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("%q in %s took %v", unit, name, took)
			}
		}
	}
	wide := strings.Repeat("|a", n) + "\n" + strings.Repeat("|-", n) + "\n" + strings.Repeat("|\n", n)
	if d := read(t, "a.md", []byte(wide), Options{}); len(d.Blocks) > n {
		t.Errorf("a table of %d columns was filled up to %d blocks", n, len(d.Blocks))
	}
}

func TestRemarks(t *testing.T) {
	for _, eol := range []string{"\n", "\r\n", "\r"} {
		text := "# 题\n\n<!-- 一 -->\n第一条 甲<!-- 二 -->乙\n\n- 丙\n\n  <!-- 三\n  四 -->\n- 丁<!---->\n\n> <!-- 五 -->\n> 戊\n\n`<!-- 码 -->`\n\n```\n<!-- 码 -->\n```\n\n<!-- 六 -->\n"
		d := read(t, "a.md", []byte(strings.ReplaceAll(text, "\n", eol)), Options{})
		var got []string
		for _, r := range d.Remarks {
			rest := strings.TrimSpace(d.Text[r.At:])
			next, _, _ := strings.Cut(rest, "\n")
			got = append(got, fmt.Sprintf("%d %q before %q", r.Line, strings.Join(strings.Fields(r.Text), " "), next))
		}
		want := []string{`3 "一" before "第一条 甲乙"`, `4 "二" before "乙"`, `8 "三 四" before "丁"`, `10 "" before "戊"`, `12 "五" before "戊"`, `21 "六" before ""`}
		if !slices.Equal(got, want) {
			t.Errorf("line end %q:\n%s\nwant\n%s", eol, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}
