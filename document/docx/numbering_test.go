package docx

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestNumberFormats(t *testing.T) {
	tests := []struct {
		format string
		n      int
		want   string
	}{
		// The Chinese ones down to ideographTraditional are as Word shows them.
		{"chineseCountingThousand", 10, "十"},
		{"chineseCountingThousand", 11, "十一"},
		{"chineseCountingThousand", 101, "一百〇一"},
		{"chineseCounting", 101, "一○一"},
		{"chineseLegalSimplified", 11, "壹拾壹"},
		{"ideographDigital", 101, "一〇一"},
		{"decimalEnclosedCircle", 1, "①"},
		{"decimalEnclosedCircle", 20, "⑳"},
		{"decimalEnclosedCircle", 21, "21"},
		{"ideographTraditional", 1, "甲"},
		{"ideographTraditional", 10, "癸"},
		{"ideographTraditional", 11, "11"},
		{"chineseCountingThousand", 7, "七"},
		{"chineseCountingThousand", 20, "二十"},
		{"chineseCountingThousand", 99, "九十九"},
		{"chineseCountingThousand", 100, "一百"},
		{"chineseCountingThousand", 110, "一百一十"},
		{"chineseCountingThousand", 1001, "一千〇一"},
		{"chineseCountingThousand", 1010, "一千〇一十"},
		{"chineseCountingThousand", 10001, "一万〇一"},
		{"chineseCountingThousand", 110000, "十一万"},
		{"chineseCounting", 10, "十"},
		{"chineseCounting", 21, "二十一"},
		{"chineseCounting", 100, "一○○"},
		{"taiwaneseCounting", 12, "十二"},
		{"taiwaneseCountingThousand", 101, "一百零一"},
		{"taiwaneseCountingThousand", 12, "十二"},
		{"chineseLegalSimplified", 10, "壹拾"},
		{"chineseLegalSimplified", 101, "壹佰零壹"},
		{"ideographLegalTraditional", 26, "貳拾陸"},
		{"japaneseCounting", 111, "百十一"},
		{"japaneseCounting", 101, "百一"},
		{"japaneseLegal", 10, "壱拾"},
		{"ideographZodiac", 12, "亥"},
		{"ideographZodiac", 13, "13"},
		{"ideographZodiacTraditional", 13, "丙子"},
		{"decimalEnclosedCircleChinese", 3, "③"},
		{"decimalEnclosedParen", 2, "⑵"},
		{"decimalEnclosedFullstop", 20, "⒛"},
		{"decimalFullWidth", 12, "１２"},
		{"decimalFullWidth2", 12, "１２"},
		{"decimal", 12, "12"},
		{"decimalZero", 3, "03"},
		{"decimalZero", 12, "12"},
		{"upperRoman", 1994, "MCMXCIV"},
		{"lowerRoman", 4, "iv"},
		{"lowerRoman", 0, "0"},
		{"upperLetter", 26, "Z"},
		{"upperLetter", 28, "BB"},
		{"lowerLetter", 3, "c"},
		{"lowerLetter", 0, "0"},
		{"ordinal", 1, "1st"},
		{"ordinal", 12, "12th"},
		{"ordinal", 22, "22nd"},
		{"cardinalText", 4, "Four"},
		{"cardinalText", 21, "Twenty-one"},
		{"ordinalText", 12, "Twelfth"},
		{"ordinalText", 30, "Thirtieth"},
		{"ordinalText", 43, "Forty-third"},
		{"none", 4, ""},
	}
	for _, tt := range tests {
		if got := numberFormats[tt.format](tt.n); got != tt.want {
			t.Errorf("%s of %d: got %q, want %q", tt.format, tt.n, got, tt.want)
		}
	}
}

func TestNumberFormatsSurviveAnyNumber(t *testing.T) {
	for name, format := range numberFormats {
		for _, n := range []int{0, 1, 99, 100, 9999, 10000, 100000, maxNumber} {
			if got := format(n); len(got) > 200 {
				t.Errorf("%s of %d has %d bytes", name, n, len(got))
			}
		}
	}
}

// lvl is a w:lvl; more goes in front of w:numFmt.
func lvl(i int, format, text, more string) string {
	return fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="1"/>%s<w:numFmt w:val="%s"/><w:lvlText w:val="%s"/></w:lvl>`, i, more, format, text)
}

func abstract(id int, inner string) string {
	return fmt.Sprintf(`<w:abstractNum w:abstractNumId="%d">%s</w:abstractNum>`, id, inner)
}

func instance(id, abstract int, inner string) string {
	return fmt.Sprintf(`<w:num w:numId="%d"><w:abstractNumId w:val="%d"/>%s</w:num>`, id, abstract, inner)
}

// item is a paragraph of a list.
func item(num, level int) string {
	return fmt.Sprintf(`<w:p><w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr></w:pPr></w:p>`, level, num)
}

func styled(style, numPr string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/>` + numPr + `</w:pPr></w:p>`
}

var chineseList = abstract(0, lvl(0, "chineseCountingThousand", "第%1条", "")+lvl(1, "chineseCounting", "（%2）", "")+lvl(2, "decimal", "%3.", ""))

var legalList = abstract(0, lvl(0, "decimal", "%1.", "")+lvl(1, "decimal", "%1.%2", "")+lvl(2, "lowerLetter", "(%3)", "")+lvl(3, "lowerRoman", "(%4)", ""))

var lists = []struct {
	name, numbering, styles, body string
	want                          []string
}{
	{"第七条 （一）", chineseList + instance(1, 0, ""), "",
		strings.Repeat(item(1, 0), 6) + item(1, 0) + item(1, 1) + item(1, 1) + item(1, 2) + item(1, 0) + item(1, 1),
		[]string{"第一条", "第二条", "第三条", "第四条", "第五条", "第六条", "第七条", "（一）", "（二）", "1.", "第八条", "（一）"}},
	{"1.1 (a) (i)", legalList + instance(1, 0, ""), "",
		item(1, 0) + item(1, 1) + item(1, 2) + item(1, 2) + item(1, 3) + item(1, 1) + item(1, 2) + item(1, 0) + item(1, 1),
		[]string{"1.", "1.1", "(a)", "(b)", "(i)", "1.2", "(a)", "2.", "2.1"}},
	{"instances of one list count on", legalList + instance(1, 0, "") + instance(2, 0, ""), "",
		item(1, 0) + item(2, 0) + item(1, 0), []string{"1.", "2.", "3."}},
	{"startOverride begins anew, once", legalList + instance(1, 0, "") + instance(2, 0, `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>`), "",
		item(1, 0) + item(1, 0) + item(2, 0) + item(2, 0) + item(1, 0), []string{"1.", "2.", "5.", "6.", "7."}},
	{"lvlOverride changes the looks", legalList + instance(1, 0, `<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="Article %1"/></w:lvl></w:lvlOverride>`), "",
		item(1, 0) + item(1, 1), []string{"Article III", "III.1"}},
	{"start", abstract(0, `<w:lvl w:ilvl="0"><w:start w:val="0"/><w:numFmt w:val="decimalZero"/><w:lvlText w:val="%1"/></w:lvl>`) + instance(1, 0, ""), "",
		item(1, 0) + item(1, 0), []string{"00", "01"}},
	{"lvlRestart never", abstract(0, lvl(0, "decimal", "%1", "")+lvl(1, "decimal", "%2", `<w:lvlRestart w:val="0"/>`)) + instance(1, 0, ""), "",
		item(1, 0) + item(1, 1) + item(1, 0) + item(1, 1), []string{"1", "1", "2", "2"}},
	{"lvlRestart after the first level only", abstract(0, lvl(0, "decimal", "%1", "")+lvl(1, "decimal", "%2", "")+lvl(2, "decimal", "%3", `<w:lvlRestart w:val="1"/>`)) + instance(1, 0, ""), "",
		item(1, 0) + item(1, 1) + item(1, 2) + item(1, 1) + item(1, 2) + item(1, 0) + item(1, 2), []string{"1", "1", "1", "2", "2", "2", "1"}},
	{"isLgl", abstract(0, lvl(0, "upperRoman", "%1", "")+lvl(1, "lowerLetter", "%1.%2", "<w:isLgl/>")) + instance(1, 0, ""), "",
		item(1, 0) + item(1, 0) + item(1, 1), []string{"I", "II", "2.1"}},
	{"a level above that was not used", legalList + instance(1, 0, ""), "",
		item(1, 1) + item(1, 1) + item(1, 0), []string{"1.1", "1.2", "1."}},
	{"bullets and none", abstract(0, lvl(0, "bullet", "\uF0B7", "")+lvl(1, "none", "Note %1%2:", "")) + instance(1, 0, ""), "",
		item(1, 0) + item(1, 1), []string{"•", "Note :"}},
	{"hidden number", abstract(0, lvl(0, "decimal", "%1", `<w:rPr><w:vanish/></w:rPr>`)) + instance(1, 0, ""), "", item(1, 0), []string{""}},
	{"numbering style link", abstract(0, `<w:numStyleLink w:val="L"/>`) + abstract(1, `<w:styleLink w:val="L"/>`+lvl(0, "upperLetter", "%1)", "")) + instance(1, 0, "") + instance(2, 1, ""), "",
		item(1, 0) + item(2, 0), []string{"A)", "B)"}},
	{"numbering style link through the style", abstract(0, `<w:numStyleLink w:val="L"/>`) + abstract(1, lvl(0, "upperLetter", "%1)", "")) + instance(1, 0, "") + instance(2, 1, ""),
		`<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>`,
		item(1, 0), []string{"A)"}},
	{"circular style link", abstract(0, `<w:numStyleLink w:val="L"/><w:styleLink w:val="L"/>`+lvl(0, "decimal", "%1", "")) + instance(1, 0, ""), "", item(1, 0), []string{"1"}},
	{"through styles", abstract(0, lvl(0, "decimal", "%1", `<w:pStyle w:val="H1"/>`)+lvl(1, "decimal", "%1.%2", `<w:pStyle w:val="H2"/>`)) + instance(1, 0, ""),
		`<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>` +
			`<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/></w:style>` +
			`<w:style w:type="paragraph" w:styleId="H3"><w:basedOn w:val="H2"/></w:style>` +
			`<w:style w:type="paragraph" w:styleId="off"><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>`,
		styled("H1", "") + styled("H2", "") + styled("H3", "") + styled("off", "") + styled("H1", `<w:numPr><w:numId w:val="0"/></w:numPr>`) +
			styled("H1", `<w:numPr><w:ilvl w:val="1"/></w:numPr>`) + styled("H1", ""),
		[]string{"1", "1.1", "1.2", "", "", "1.3", "2"}},
	{"default paragraph style", legalList + instance(1, 0, ""),
		`<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>`,
		p(""), []string{"1."}},
	{"deleted items do not count", legalList + instance(1, 0, ""), "",
		item(1, 0) + `<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr></w:p>` + item(1, 0), []string{"1.", "2."}},
	{"text boxes count by themselves", legalList + instance(1, 0, ""), "",
		item(1, 0) + p(`<w:r><w:pict><w:txbxContent>`+item(1, 0)+`</w:txbxContent></w:pict></w:r>`) + item(1, 0), []string{"1.", "", "1.", "2."}},
	{"percent signs", abstract(0, lvl(0, "decimal", "%0 %1% %", "")) + instance(1, 0, ""), "", item(1, 0), []string{"%0 1% %"}},
	{"custom zeros", abstract(0, `<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/><w:lvlText w:val="%1"/></w:lvl>`) + instance(1, 0, ""), "",
		item(1, 0), []string{"001"}},
}

func listFile(numbering, styles, body string) parts {
	return word(body, parts{
		"word/numbering.xml": `<w:numbering ` + wordNS + `>` + numbering + `</w:numbering>`,
		"word/styles.xml":    `<w:styles ` + wordNS + `>` + styles + `</w:styles>`,
	})
}

func TestLabels(t *testing.T) {
	for _, tt := range lists {
		t.Run(tt.name, func(t *testing.T) {
			f := mustRead(t, listFile(tt.numbering, tt.styles, tt.body))
			var got []string
			for _, p := range f.Paragraphs {
				got = append(got, p.Label)
				if (p.Label == "") != (p.ListLevel == 0) {
					t.Errorf("label %q has level %d", p.Label, p.ListLevel)
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
			if len(f.Problems) > 0 {
				t.Errorf("problems: %q", f.Problems)
			}
		})
	}
}

func TestListLevel(t *testing.T) {
	f := mustRead(t, listFile(legalList+instance(1, 0, ""), "", item(1, 0)+item(1, 2)))
	if a, b := f.Paragraphs[0].ListLevel, f.Paragraphs[1].ListLevel; a != 1 || b != 3 {
		t.Errorf("levels %d and %d, want 1 and 3", a, b)
	}
}

func TestUnknownFormatIsDecimalAndSaidOnce(t *testing.T) {
	f := mustRead(t, listFile(abstract(0, lvl(0, "klingon", "%1.", ""))+instance(1, 0, ""), "", item(1, 0)+item(1, 0)))
	if got := texts(f); !slices.Equal(got, []string{"[1.] ", "[2.] "}) {
		t.Errorf("got %q", got)
	}
	if len(f.Problems) != 1 || !strings.Contains(f.Problems[0], "klingon") {
		t.Errorf("problems: %q", f.Problems)
	}
}

// A section break in a paragraph of its own shows no number and counts as none, as the
// published templates show whose first clause follows one.
func TestSectionBreakIsNoItem(t *testing.T) {
	item := func(more, inner string) string {
		return `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>` + more + `</w:pPr>` + inner + `</w:p>`
	}
	const section = `<w:sectPr><w:pgSz w:w="100" w:h="100"/></w:sectPr>`
	f := mustRead(t, listFile(`<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>`, "",
		item(section, "")+item("", r("a"))+item("", "")+item(section, r("b"))))
	got := ""
	for _, p := range f.Paragraphs {
		got += p.Label + p.Text() + "|"
	}
	if want := "|1.a|2.|3.b|"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
