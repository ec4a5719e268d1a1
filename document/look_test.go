package document

import (
	"fmt"
	"strings"
	"testing"

	"github.com/clauselint/clauselint/document/docx"
)

// lookNames names the looks in the order of their bits.
var lookNames = []string{"bold", "italic", "underline", "coloured", "highlighted", "boxed", "capitals", "larger", "smaller", "pale", "concealed"}

// looks writes the styles of a document as "look+look:words".
func looks(d *Document) string {
	var out []string
	for _, s := range d.Styles {
		var names []string
		for i, name := range lookNames {
			if s.Look&(1<<i) != 0 {
				names = append(names, name)
			}
		}
		out = append(out, fmt.Sprintf("%s:%s", strings.Join(names, "+"), d.Quote(s.Span)))
	}
	return strings.Join(out, " | ")
}

func TestMarkdownLooks(t *testing.T) {
	const body = "这里是没有任何格式的正文，写得长一些，好让别的文字显得不同，免得它们成了正文。"
	for md, want := range map[string]string{
		"甲**乙**丙":         "bold:乙",
		"甲*乙***丙**":       "italic:乙 | bold:丙",
		"甲***乙***丙":       "bold+italic:乙",
		"甲**乙*丙*丁**戊":     "bold:乙 | bold+italic:丙 | bold:丁",
		"甲**乙\n丙**丁":      "bold:乙丙",
		"**甲**\n\n**乙**":  "bold:甲 | bold:乙",
		"甲<b>乙</b>丙":      "bold:乙",
		"甲<u>乙<i>丙</u>丁":  "underline:乙 | italic+underline:丙",
		"**甲<u>乙**丙</u>丁": "bold:甲 | bold+underline:乙 | underline:丙",
		"甲<b>乙\n\n丙":      "bold:乙",
		`甲<span style="color:#c00">乙<span>丙</span>丁</span>`:   "coloured:乙丙丁",
		`甲<span style="color: #333333">乙</span>`:              "",
		`甲<span style="color:white">乙</span>`:                 "pale:乙",
		`甲<span style="color:#fff; background:#000">乙</span>`: "",
		`甲<span style="background-color: yellow">乙</span>`:    "highlighted:乙",
		`甲<span style="color:rgb(255, 0, 0)">乙</span>`:        "coloured:乙",
		`甲<span style='FONT-WEIGHT: 700 !important'>乙</span>`: "bold:乙",
		`甲<span data-style="color:red">乙</span>`:              "",
		`甲<font color=red size=5>乙</font>`:                    "coloured+larger:乙",
		`甲<font size="1">乙</font>`:                            "smaller:乙",
		`甲<small>乙</small><big>丙</big>`:                       "smaller:乙 | larger:丙",
		`甲<span style="font-size:0.8em">乙</span>`:             "smaller:乙",
		`甲<span style="font-size:150%">乙</span>`:              "larger:乙",
		`甲<span style="text-decoration:underline">乙</span>`:   "underline:乙",
		`甲<span style="display:none">乙</span>`:                "concealed:乙",
		`甲<mark>乙</mark>丙`:                                    "highlighted:乙",
		"<p style=\"color:red\">甲<p>乙":                        "coloured:甲",
		"<div style=\"border: 1px solid\"><p>甲</p>\n乙</div>丙": "boxed:甲 | boxed:乙",
		"<b>甲<br>乙</b>丙":                                      "bold:甲乙",
		"甲&amp;**乙&lt;丙**":                                    "bold:乙<丙",
		"|甲|**乙**|\n|-|-|\n|丙|__丁__|":                         "bold:乙 | bold:丁",
	} {
		d := read(t, "a.md", []byte(md+"\n\n"+body), Options{})
		if got := looks(d); got != want {
			t.Errorf("%s\nlooks %q\nwant  %q", md, got, want)
		}
	}
}

func TestWhatMostTextHasIsNoLook(t *testing.T) {
	d := read(t, "a.md", []byte("**甲甲甲甲甲甲甲甲甲<u>乙</u>**丙"), Options{})
	if got, want := looks(d), "underline:乙"; got != want {
		t.Errorf("looks %q, want %q", got, want)
	}
}

func TestWordLooks(t *testing.T) {
	body := docx.Run{Text: strings.Repeat("正文", 40), HalfPoints: 21, Color: "1F3864"}
	for want, run := range map[string]docx.Run{
		"":                     {HalfPoints: 22, Color: "1F3864"},
		"bold":                 {Bold: true, HalfPoints: 21},
		"underline":            {Dotted: true, HalfPoints: 21},
		"larger":               {HalfPoints: 24},
		"smaller":              {HalfPoints: 18},
		"coloured":             {Color: "FF0000", HalfPoints: 21},
		"highlighted":          {Highlight: true, HalfPoints: 21},
		"coloured+highlighted": {Shade: "FFFF00", Color: "FF0000", HalfPoints: 21},
		"pale":                 {Color: "FFFFFF", HalfPoints: 21},
		"boxed+capitals":       {Boxed: true, Capitals: true, HalfPoints: 21},
		"concealed":            {Hidden: true, HalfPoints: 21},
	} {
		run.Text = "甲"
		d := fromWord("a.docx", &docx.File{Paragraphs: []docx.Paragraph{{Runs: []docx.Run{body, run, {Text: "乙", HalfPoints: 21}}}}})
		got := strings.TrimSuffix(looks(d), ":甲")
		if got != want {
			t.Errorf("looks %q, want %q", got, want)
		}
	}
}

// TestWordLooksByCustom: what links, tables and table heads look like warns of nothing.
func TestWordLooksByCustom(t *testing.T) {
	body := docx.Paragraph{Runs: []docx.Run{{Text: strings.Repeat("正文", 40), HalfPoints: 21}}}
	for name, p := range map[string]docx.Paragraph{
		"a link":             {Runs: []docx.Run{{Text: "甲", HalfPoints: 21, Color: "0563C1", Underline: true, Link: "http://example.com"}}},
		"a link by style":    {Runs: []docx.Run{{Text: "甲", HalfPoints: 21, Color: "0563C1", Underline: true, Style: "Hyperlink"}}},
		"small in a table":   {Table: 1, Runs: []docx.Run{{Text: "甲", HalfPoints: 15}}},
		"white on a heading": {Table: 1, HeaderRow: true, Runs: []docx.Run{{Text: "甲", HalfPoints: 21, Color: "FFFFFF"}}},
		"white on dark":      {Runs: []docx.Run{{Text: "甲", HalfPoints: 21, Color: "FFFFFF", Shade: "000000"}}},
		"automatic on white": {Runs: []docx.Run{{Text: "甲", HalfPoints: 21, Shade: "FFFFFF"}}},
	} {
		if d := fromWord("a.docx", &docx.File{Paragraphs: []docx.Paragraph{body, p}}); looks(d) != "" {
			t.Errorf("%s: %s", name, looks(d))
		}
	}
}

func TestStyledIsCut(t *testing.T) {
	d := &Document{Text: "0123456789", Styles: []Styled{{Span{1, 3}, Bold}, {Span{3, 5}, Italic}, {Span{7, 9}, Pale}}}
	for s, want := range map[Span]string{
		{0, 1}:  "[]",
		{0, 2}:  "[{{1 2} 1}]",
		{2, 4}:  "[{{2 3} 1} {{3 4} 2}]",
		{4, 10}: "[{{4 5} 2} {{7 9} 512}]",
		{5, 7}:  "[]",
		{2, 3}:  "[{{2 3} 1}]",
	} {
		if got := fmt.Sprint(d.Styled(s)); got != want {
			t.Errorf("%v: %s, want %s", s, got, want)
		}
	}
}
