package document

import (
	"slices"
	"strings"
	"testing"
)

// blocks are the texts of d's blocks as a reader sees them.
func blocks(d *Document) []string {
	var out []string
	for _, b := range d.Blocks {
		out = append(out, d.Quote(b.Span))
	}
	return out
}

func TestTextBlocks(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"a line is a paragraph", "甲方：某公司\n乙方：某人\n\n\n正文", []string{"甲方：某公司", "乙方：某人", "正文"}},
		{"wrapped Chinese", "　　本协议由您与本公司共同订立，您在注册之前应当仔细阅读本协议的全部内\n容，一经注册即视为您已经理解并接受本协议的全部内容，并同意受其约束的安\n排。\n　　下一段由此开始。",
			[]string{"本协议由您与本公司共同订立，您在注册之前应当仔细阅读本协议的全部内容，一经注册即视为您已经理解并接受本协议的全部内容，并同意受其约束的安排。", "下一段由此开始。"}},
		{"wrapped English", "You grant to us and to our affiliates a licence to use the images of your\nface, which you may end at any time by a letter to the address below, and we\nshall then delete them.\nA new sentence begins a new block.",
			[]string{"You grant to us and to our affiliates a licence to use the images of your face, which you may end at any time by a letter to the address below, and we shall then delete them.", "A new sentence begins a new block."}},
		{"clause numbers end a paragraph", "The services are provided by the company on the terms set out in here\n(a) the first of several limbs which is as long as its neighbours are\n(b) the second of several limbs that is as long as its neighbours too",
			[]string{"The services are provided by the company on the terms set out in here", "(a) the first of several limbs which is as long as its neighbours are", "(b) the second of several limbs that is as long as its neighbours too"}},
		{"a reference is no clause", "We may disclose your information to the persons who are listed in\nSection 7.2 of this agreement and to nobody else under the terms\nArticle 9 Termination of the agreement by either of the parties",
			[]string{"We may disclose your information to the persons who are listed in Section 7.2 of this agreement and to nobody else under the terms", "Article 9 Termination of the agreement by either of the parties"}},
		{"short lines are not wrapped", "用户服务协议\n本协议适用于您对本平台提供的各项产品与服务的访问与使用的全部行为", []string{"用户服务协议", "本协议适用于您对本平台提供的各项产品与服务的访问与使用的全部行为"}},
		{"very long lines were never wrapped", strings.Repeat("甲", 150) + "\n" + strings.Repeat("乙", 150), []string{strings.Repeat("甲", 150), strings.Repeat("乙", 150)}},
		{"rows of a table", "信息类型│处理目的│保存期限│您可以怎样拒绝\n人脸图像│核验身份│一年以内│在设置之中关闭", []string{"信息类型│处理目的│保存期限│您可以怎样拒绝", "人脸图像│核验身份│一年以内│在设置之中关闭"}},
		{"one long line tells of all", strings.Repeat("甲", 150) + "\n\n您对自己的个人信息可以行使如下权利且不受限制\n访问、更正、删除您的个人信息并且撤回您的同意", []string{strings.Repeat("甲", 150), "您对自己的个人信息可以行使如下权利且不受限制", "访问、更正、删除您的个人信息并且撤回您的同意"}},
		{"lines of a form", "Party A: Lumen Imaging Limited, a company of this town and no other\nParty B: the user who signs below and who is called the User here", []string{"Party A: Lumen Imaging Limited, a company of this town and no other", "Party B: the user who signs below and who is called the User here"}},
		{"a table drawn with bars", "条款如下：\n| 事项 | 约定 |\n|---|:---|\n| 期限 | 永久 |\n|  | 可转授权 |\n以上。", []string{"条款如下：", "事项", "约定", "期限", "永久", "可转授权", "以上。"}},
		{"bars without a table", "| a | b |\n| c | d |", []string{"| a | b |", "| c | d |"}},
		{"white space alone is blank", "the first line is long enough to look like wrapped\n \t\u3000\nthe second line is long enough to look like wrapped", []string{"the first line is long enough to look like wrapped", "the second line is long enough to look like wrapped"}},
	} {
		for _, eol := range []string{"\n", "\r\n", "\r"} {
			d := read(t, "a.txt", []byte(strings.ReplaceAll(c.text, "\n", eol)), Options{})
			if got := blocks(d); !slices.Equal(got, c.want) {
				t.Errorf("%s (line end %q):\n%q\nwant\n%q", c.name, eol, got, c.want)
			}
		}
	}
}

func TestStartsClause(t *testing.T) {
	for _, s := range []string{
		"第一条 定义", "第 3 条", "第十二章　附则", "第七条您授权", "一、授权", "十二、其他", "（一）人脸", "(二)声纹", "1. 甲", "1、甲", "1．甲",
		"12) x", "1.1 x", "1.1x", "3.2.1", "(1) x", "（12）x", "(a) x", "(iv) x", "(aa) x", "a. x", "B) x", "iv. x", "① x", "Ⅳ x", "Article 9", "ARTICLE IV Grant",
		"Section 7.2 Licence", "Schedule A", "- x", "• x", "* x", "附件一", "附录 ", "丙、代他人", "乙方：某人", "乙方（学员）：某人",
	} {
		if !startsClause(trimmed(s)) {
			t.Errorf("%q begins no clause", s)
		}
	}
	for _, s := range []string{
		"我们", "第七条的约定", "第七条第二款", "第三方", "一方", "二维码", "2024. 年", "2024年", "1 月", "a man", "i.e. x", "(the company)", "（以下简称“甲方”）",
		"Section 7.2 of this", "Article of", "-x", "Part of the", "附近", "100 yuan", "甲、乙双方", "甲方", "",
	} {
		if startsClause(trimmed(s)) {
			t.Errorf("%q begins a clause", s)
		}
	}
}

func trimmed(s string) string { return strings.TrimSpace(s) }

func TestBlockAt(t *testing.T) {
	d := read(t, "a.txt", []byte("\n甲。\n\n乙。"), Options{})
	for offset, want := range []int{-1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1} {
		if got := d.BlockAt(offset); got != want {
			t.Errorf("offset %d is in block %d, want %d", offset, got, want)
		}
	}
}
