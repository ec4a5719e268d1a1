package segment

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/clauselint/clauselint/document"
)

// text makes a document with a block for each line that is not blank.
func text(s string) *document.Document {
	d := &document.Document{Format: document.Text, Text: s}
	for at := 0; at < len(s); {
		end := strings.IndexByte(s[at:], '\n')
		if end < 0 {
			end = len(s) - at
		}
		if strings.TrimSpace(s[at:at+end]) != "" {
			d.Blocks = append(d.Blocks, document.Block{Span: document.Span{Start: at, End: at + end}})
		}
		at += end + 1
	}
	return d
}

// blocks makes a document of blocks whose text stands beside them.
func blocks(format document.Format, of ...any) *document.Document {
	d := &document.Document{Format: format}
	for i := 0; i < len(of); i += 2 {
		b := of[i].(document.Block)
		b.Start = len(d.Text)
		d.Text += of[i+1].(string)
		b.End = len(d.Text)
		d.Text += "\n"
		d.Blocks = append(d.Blocks, b)
	}
	return d
}

// dump draws the tree: a clause a line, indented, with label, heading, number
// of own sentences and stem.
func dump(c *Contract) string {
	var b strings.Builder
	for _, clause := range c.Clauses[1:] {
		fmt.Fprintf(&b, "%s%s", strings.Repeat("  ", clause.Level-1), or(clause.Label, "-"))
		if clause.Heading != "" {
			fmt.Fprintf(&b, " [%s]", clause.Heading)
		}
		fmt.Fprintf(&b, " %d", len(clause.Sentences))
		if s := clause.Stem; s != nil {
			fmt.Fprintf(&b, " < %s", or(s.Clause.Path(), "-"))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func sentencesOf(c *Contract) (all []string) {
	for _, s := range c.Sentences {
		all = append(all, c.Doc.Text[s.Start:s.End])
	}
	return all
}

func equal(t *testing.T, got, want []string) {
	t.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

func TestLabels(t *testing.T) {
	tests := []struct{ line, label, heading string }{
		{"第七条 人脸信息的使用", "第七条", "人脸信息的使用"},
		{"第７条　人脸信息的使用", "第７条", "人脸信息的使用"},
		{"第 7 条 费用", "第 7 条", "费用"},
		{"第二章 总则", "第二章", "总则"},
		{"第三条 使用期限：自本协议签订之日起三年。", "第三条", "使用期限"},
		{"第四条 【定义】本协议所称内容见附表。", "第四条", "定义"},
		{"一、我方有权随时停止服务。", "一", ""},
		{"丙、用户的照片；", "丙", ""},
		{"（二）用户的照片；", "（二）", ""},
		{"(三)用户的照片；", "(三)", ""},
		{"3. 用户应妥善保管密码。", "3", ""},
		{"３．用户应妥善保管密码。", "３", ""},
		{"3、用户应妥善保管密码。", "3", ""},
		{"1.1用户完成注册后方可使用。", "1.1", ""},
		{"1.2.3.4 You keep your password safe.", "1.2.3.4", ""},
		{"2) keep your password safe;", "2)", ""},
		{"（1）用户的姓名；", "（1）", ""},
		{"③用户的姓名；", "③", ""},
		{"(b) keep your password safe;", "(b)", ""},
		{"(iv) keep your password safe;", "(iv)", ""},
		{"b. keep your password safe;", "b", ""},
		{"B. Keep your password safe.", "B", ""},
		{"Article IV Term and Renewal", "Article IV", "Term and Renewal"},
		{"ARTICLE 4. FEES", "ARTICLE 4", "FEES"},
		{"Section 7.2 Licence. You let us show the photos.", "Section 7.2", "Licence"},
		{"§ 3 Scope", "§ 3", "Scope"},
		{"Schedule 2 – Prices", "Schedule 2", "Prices"},
		{"Annex A", "Annex A", ""},
		{"Exhibit B: Form of Notice", "Exhibit B", "Form of Notice"},
		{"附件一：价目表", "附件一", "价目表"},
		{"附录2 术语", "附录2", "术语"},
		{"1.2 Licence of photos. You let us show them.", "1.2", "Licence of photos"},
		{"4. Term: This clause takes effect today.", "4", "Term"},
		// No labels.
		{"2021 年三月，双方签订本协议。", "", ""},
		{"2024.1.1 起生效。", "", ""},
		{"1.5 倍违约金由乙方承担。", "", ""},
		{"3.2% of the fee is due at once.", "", ""},
		{"100 元以下的费用不予退还。", "", ""},
		{"第七条规定的费用由乙方承担。", "", ""},
		{"第七条第二款的费用由乙方承担。", "", ""},
		{"第七条、第八条的费用由乙方承担。", "", ""},
		{"Section 7.2 applies to every fee.", "", ""},
		{"Part of the fee is due at once.", "", ""},
		{"e.g. the fee for the first month.", "", ""},
		{"U.S. users pay in dollars.", "", ""},
		{"(the fee) is due at once.", "", ""},
		{"I agree to pay the fee.", "", ""},
	}
	for _, test := range tests {
		c := Cut(text(test.line + "\n双方另行约定，详见下文的说明以及其他文件。\n"))
		var label, heading string
		if len(c.Clauses) > 1 {
			label, heading = c.Clauses[1].Label, c.Clauses[1].Heading
		}
		if label != test.label || heading != test.heading {
			t.Errorf("%q: label %q heading %q, want %q and %q", test.line, label, heading, test.label, test.heading)
		}
		if heading != "" {
			if s := c.Clauses[1].HeadingSpan; c.Doc.Text[s.Start:s.End] != heading {
				t.Errorf("%q: HeadingSpan is %q", test.line, c.Doc.Text[s.Start:s.End])
			}
		}
	}
}

func TestTree(t *testing.T) {
	tests := []struct {
		name string
		doc  *document.Document
		want string
	}{
		{"styles nest by first appearance", text("第一条 甲\n（一）子项如下：\n1. 乙方付款。\n2. 乙方收货。\n（二）另一子项。\n第二条 乙\n1. 直接编号。\n"),
			"第一条 [甲] 1\n  （一） 1\n    1 1 < 第一条（一）\n    2 1 < 第一条（一）\n  （二） 1\n第二条 [乙] 1\n  1 1\n"},
		{"numbering goes on across deeper levels", text("1. You pay:\n(a) the fee; and\n(b) the tax.\n2. We deliver.\n"),
			"1 1\n  (a) 1 < 1\n  (b) 1 < 1\n2 1\n"},
		{"dotted numbers nest by their parts", text("7. Licence\nYou license us.\n7.1 It is free.\n7.1.1 It is wide.\n7.2 It ends.\n8. Term\nOne year.\n"),
			"7 [Licence] 2\n  7.1 1\n    7.1.1 1\n  7.2 1\n8 [Term] 2\n"},
		{"letters after h, numerals under i", text("(h) one;\n(i) two;\n(j) three, namely:\n(i) four;\n(ii) five;\n(k) six.\n"),
			"(h) 1\n(i) 1\n(j) 1\n  (i) 1 < (j)\n  (ii) 1 < (j)\n(k) 1\n"},
		{"a numeral list under h", text("(g) one;\n(h) two, namely:\n(i) three;\n(ii) four;\n(i) five.\n(j) six.\n"),
			"(g) 1\n(h) 1\n  (i) 1 < (h)\n  (ii) 1 < (h)\n(i) 1\n(j) 1\n"},
		{"bullets have no label, a paragraph leaves them", text("1.1 We collect:\n- photos\n- videos\nWe delete them.\n1.2 We share nothing.\n"),
			"1.1 2\n  - 1 < 1.1\n  - 1 < 1.1\n1.2 1\n"},
		{"a list under a heading of its own style", text("1. 收集\n1. 我们收集照片；\n2. 我们收集视频。\n2. 使用\n我们使用照片和视频。\n"),
			"1 [收集] 1\n  1 1\n  2 1\n2 [使用] 2\n"},
		{"two labels on one line", text("5. (a) You pay the fee.\n(b) We deliver.\n6. The end.\n"),
			"5 0\n  (a) 1\n  (b) 1\n6 1\n"},
		{"numbers of two parts in brackets", text("第一条 甲\n（1-1）乙方付款。\n（1－2）乙方收货。\n第二条 乙\n（2-1）甲方交货。\n"),
			"第一条 [甲] 1\n  （1-1） 1\n  （1－2） 1\n第二条 [乙] 1\n  （2-1） 1\n"},
		{"schedules end the articles", text("第一条 甲\n1. 付款。\n附件一：价目\n1. 首月免费。\n"),
			"第一条 [甲] 1\n  1 1\n附件一 [价目] 1\n  1 1\n"},
		{"headings of the file", blocks(document.Markdown,
			document.Block{Kind: document.Heading, Level: 1}, "Terms",
			document.Block{Kind: document.Heading, Level: 2}, "1. Photos",
			document.Block{}, "You license us to:",
			document.Block{Kind: document.Item, Level: 1, Label: "-"}, "show photos",
			document.Block{Kind: document.Item, Level: 2, Label: "-"}, "on posters",
			document.Block{}, "It ends.",
			document.Block{Kind: document.Heading, Level: 2}, "2. Term"),
			"- [Terms] 1\n  1 [Photos] 3\n    - 1 < 1\n      - 1\n  2 [Term] 1\n"},
		{"automatic numbers of a word file", blocks(document.DOCX,
			document.Block{Kind: document.Heading, Level: 1, Label: "第一条"}, "授权",
			document.Block{Kind: document.Item, Level: 1, Label: "（一）"}, "授权范围如下：",
			document.Block{Kind: document.Item, Level: 2, Label: "1."}, "照片；",
			document.Block{Kind: document.Item, Level: 1, Label: "（二）"}, "授权期限。",
			document.Block{Kind: document.Heading, Level: 1, Label: "第二条"}, "费用"),
			"第一条 [授权] 1\n  （一） 1\n    1 1 < 第一条（一）\n  （二） 1\n第二条 [费用] 1\n"},
		{"a paragraph after a Markdown list", blocks(document.Markdown,
			document.Block{}, "We do this:",
			document.Block{Kind: document.Item, Level: 1, Label: "1."}, "collect photos;",
			document.Block{Kind: document.Item, Level: 1, Label: "2."}, "store them.",
			document.Block{}, "Nothing else."),
			"1 1 < -\n2 1 < -\n"},
		{"closing words of a finished list", text("4. You let us:\n(a) show photos;\n(b) copy photos; and\n(c) sell none.\nYou may withdraw.\n5. The end.\n"),
			"4 2\n  (a) 1 < 4\n  (b) 1 < 4\n  (c) 1 < 4\n5 1\n"},
		{"a Markdown list that goes on", blocks(document.Markdown,
			document.Block{Kind: document.Item, Level: 1, Label: "1."}, "Photos",
			document.Block{}, "We collect photos.",
			document.Block{Kind: document.Item, Level: 1, Label: "2."}, "Term"),
			"1 [Photos] 2\n2 1\n"},
		{"figures in a table are no labels", blocks(document.Markdown,
			document.Block{}, "1. Fees",
			document.Block{Kind: document.Cell, Table: 1, Row: 1, Col: 1}, "1.5",
			document.Block{Kind: document.Cell, Table: 1, Row: 1, Col: 2}, "2. tier",
			document.Block{}, "2. Term of the contract is a year."),
			"1 [Fees] 3\n2 1\n"},
		{"a table of contents", text("目录\n一、收集\n二、使用\n一、收集\n我们收集照片。\n二、使用\n我们使用照片。\n"),
			"一 [收集] 2\n二 [使用] 2\n"},
		{"an enumeration in one paragraph", text("第九条 授权约定如下：（一）授权期限：一年；（二）授权性质：可以撤回；（三）转授权：不得。\n"),
			"第九条 1\n  （一） 1 < 第九条\n  （二） 1 < 第九条\n  （三） 1 < 第九条\n"},
		{"an enumeration in one English paragraph", text("3. Licence over photos: (a) term: one year; (b) withdrawal: at any time; and (c) fee: none. You may ask us.\n"),
			"3 [Licence over photos] 2\n  (a) 1 < 3\n  (b) 1 < 3\n  (c) 1 < 3\n"},
		{"an enumeration that the label opens", text("第一条 授权\n（一）授权期限：一年；（二）授权性质：可以撤回；\n（三）转授权：不得。\n"),
			"第一条 [授权] 1\n  （一） [授权期限] 1\n  （二） 1\n  （三） [转授权] 1\n"},
		{"references are no enumeration", text("违反本条（一）、（二）项的，乙方承担责任。\nSee clauses (a), (b) and (c).\n"), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := Cut(test.doc)
			if got := dump(c); got != test.want {
				t.Errorf("got\n%swant\n%s", got, test.want)
			}
			check(t, c)
		})
	}
}

func TestPlainHeadings(t *testing.T) {
	c := Cut(text("TERMS OF USE\n\nPlease read them.\n\nYour Photos\n\nYou keep your photos.\n\nOUR FEES\n\nThere is no fee.\n"))
	want := "- [TERMS OF USE] 2\n  - [Your Photos] 2\n- [OUR FEES] 2\n"
	if got := dump(c); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestSentences(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"Chinese", "我们收集照片。您可以撤回！可以吗？可以；是的。",
			[]string{"我们收集照片。", "您可以撤回！", "可以吗？", "可以；", "是的。"}},
		{"closing marks stay", "他说：“可以。”我们随后删除（见附件）。”后来结束。",
			[]string{"他说：“可以。”", "我们随后删除（见附件）。”", "后来结束。"}},
		{"a quotation that goes on", "点击“同意。”的按钮即可。", []string{"点击“同意。”的按钮即可。"}},
		{"titles and brackets are whole", "依据《关于甲；乙的办法。》和（甲；乙。丙）处理。完。",
			[]string{"依据《关于甲；乙的办法。》和（甲；乙。丙）处理。", "完。"}},
		{"half-width stops after Chinese", "我们收集照片.您可以撤回. 好的;完", []string{"我们收集照片.", "您可以撤回.", "好的;", "完"}},
		{"English", "We collect photos. You may withdraw! May I? \"Yes.\" He left.",
			[]string{"We collect photos.", "You may withdraw!", "May I?", "\"Yes.\"", "He left."}},
		{"abbreviations", "See Sec. 4.2 and Art. 17 of Acme Inc. in the U.S. and Mr. J. Doe v. Foo Ltd. today, e.g. No. 5. Done.",
			[]string{"See Sec. 4.2 and Art. 17 of Acme Inc. in the U.S. and Mr. J. Doe v. Foo Ltd. today, e.g. No. 5.", "Done."}},
		{"numbers and addresses", "See 7.2 at www.example.com/a.B?c=1. Mail a.b@example.com. End.",
			[]string{"See 7.2 at www.example.com/a.B?c=1.", "Mail a.b@example.com.", "End."}},
		{"the number of the line is no sentence", "1. You pay. IV. We deliver.", []string{"1. You pay.", "IV. We deliver."}},
		{"a short semicolon", "You pay; we deliver.", []string{"You pay; we deliver."}},
		{"mixed", "我们使用 Acme SDK. We collect photos. 我们删除照片。Thank you.",
			[]string{"我们使用 Acme SDK.", "We collect photos.", "我们删除照片。", "Thank you."}},
		{"enumeration", "内容包括：（1）照片；（2）视频。以上均可删除。", []string{"内容包括：", "（1）照片；", "（2）视频。", "以上均可删除。"}},
		{"wordy enumeration", "规则：①先登记。须本人办理。②再付款。须当日办理。", []string{"规则：", "①先登记。", "须本人办理。", "②再付款。", "须当日办理。"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := Cut(text(test.text))
			equal(t, sentencesOf(c), test.want)
			check(t, c)
		})
	}
	long := strings.Repeat("you let us show your photos on posters and ", 6) + "in films"
	c := Cut(text(long + "; " + long + "."))
	equal(t, sentencesOf(c), []string{long + ";", long + "."})
}

func TestHardWraps(t *testing.T) {
	d := &document.Document{Text: "We collect\nyour photos. We delete\nthem.\n"}
	d.Blocks = []document.Block{{Span: document.Span{Start: 0, End: len(d.Text) - 1}}}
	equal(t, sentencesOf(Cut(d)), []string{"We collect\nyour photos.", "We delete\nthem."})
}

func TestTables(t *testing.T) {
	cell := func(row, col int) document.Block {
		return document.Block{Kind: document.Cell, Table: 1, Row: row, Col: col, HeaderRow: row == 1}
	}
	c := Cut(blocks(document.Markdown,
		cell(1, 1), "Data", cell(1, 2), "Purpose",
		cell(2, 1), "Photos", cell(2, 2), "Login. Training."))
	equal(t, sentencesOf(c), []string{"Data", "Purpose", "Photos", "Login.", "Training."})
	var row []string
	for _, s := range c.Sentences[4].Row {
		row = append(row, c.Doc.Text[s.Start:s.End])
	}
	equal(t, row, []string{"Purpose", "Photos"})
	if c.Sentences[0].Row == nil {
		t.Error("the header has no row")
	}
}

func TestPlainBlocksOpenNoClause(t *testing.T) {
	c := Cut(blocks(document.Markdown,
		document.Block{}, "1. Photos are yours.",
		document.Block{Quoted: true}, "第十五条 他法之条文。",
		document.Block{Place: document.Footnote}, "2. A note.",
		document.Block{}, "2. Fees are none."))
	if got, want := dump(c), "1 2\n2 1\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	check(t, c)
}

// A clause has the same numbers in whatever form and language they are written.
func TestNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"第七条 收费\n\n（一）会费按年支付。":                            "7.1",
		"Article 7 Fees\n\n(a) Fees are paid every year.": "7.1",
		"7. Fees\n\n7.1 Fees are paid every year.":        "7.1",
		"附件二\n\n第三条 会费按年支付。":                              "schedule 2.3",
		"第一章 总则\n\n第三条 会费按年支付。":                           "3",
		"Fees are paid every year.":                       "",
	} {
		doc, err := document.Read("a.txt", []byte(text), document.Options{})
		if err != nil {
			t.Fatal(err)
		}
		sentences := Cut(doc).Sentences
		if got := sentences[len(sentences)-1].Clause.Numbers(); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// What goes on without a stop is cut: no reader of sentences has to read a megabyte.
func TestEndlessSentenceIsCut(t *testing.T) {
	for _, s := range []string{strings.Repeat("人脸信息永久", 4000), strings.Repeat("姓名，", 9000), strings.Repeat("name ", 9000), strings.Repeat("x", 40000)} {
		c := Cut(text(s))
		at := 0
		for _, s := range c.Sentences {
			if s.Len() > maxSentence {
				t.Errorf("a sentence of %d bytes", s.Len())
			}
			if got := c.Doc.Text[s.Start:s.End]; !utf8.ValidString(got) {
				t.Errorf("a character was cut: %q", got[len(got)-6:])
			}
			if strings.TrimSpace(c.Doc.Text[at:s.Start]) != "" {
				t.Errorf("lost %q", c.Doc.Text[at:s.Start])
			}
			at = s.End
		}
		if strings.TrimSpace(c.Doc.Text[at:]) != "" {
			t.Errorf("lost the end of %.20q", s)
		}
	}
}
