package segment

import (
	"strings"
	"testing"
)

const referenceZh = `第一条 定义
1.1 照片是您上传的图片。
第二条 授权
您授权如下：
（一）展示照片；
（二）第（一）项的照片可以复制，详见本条第（一）项和前款。
第三条 其他
3.1 费用见附件一。
3.2 TEXT
附件一：价目
首月免费。
`

func TestReferencesZh(t *testing.T) {
	tests := []struct {
		text string
		want []string // "reference → path of its target"
	}{
		{"依照第二条处理。", []string{"第二条 → 第二条"}},
		{"依照第2条处理。", []string{"第2条 → 第二条"}},
		{"依照第二条第（二）项处理。", []string{"第二条第（二）项 → 第二条（二）"}},
		{"依照第二条第二款处理。", []string{"第二条第二款 → 第二条（二）"}},
		{"依照第一条第二款处理。", []string{"第一条第二款 → 第一条"}},
		{"依照本协议第3.1条处理。", []string{"第3.1条 → 3.1"}},
		{"依照3.1款和第九条处理。", []string{"3.1款 → 3.1", "第九条 → nil"}},
		{"对1.1“照片”的说明见附件一。", []string{"1.1 → 1.1", "附件一 → 附件一"}},
		{"本条不适用于前条的情形。", []string{"本条 → 第三条", "前条 → 第二条"}},
		{"前款所述情形除外。", []string{"前款 → 3.1"}},
		{"依照本《用户协议》第二条处理。", []string{"第二条 → 第二条"}},
		{"依照第二条、第三条和第二条第（一）项处理。", []string{"第二条 → 第二条", "第三条 → 第三条", "第二条第（一）项 → 第二条（一）"}},
		{"依照附件一第一条处理。", []string{"附件一第一条 → nil"}},
		{"依照《民法典》第二条、第三条处理。", nil},
		{"依照个人信息保护法第二条第一款处理。", nil},
		{"依照个人信息保护法（以下简称“个保法”）第二条处理。", nil},
		{"本条款的各项条件共3条，由第三方负责。", nil},
	}
	for _, test := range tests {
		checkReferences(t, referenceZh, test.text, test.want)
	}
}

const referenceEn = `1. Definitions
Photos are images.
4. Licence
You license us to:
(a) show your photos; and
(b) copy them, that is to:
(i) print them; or
(ii) store them.
7. Term
7.1 One year.
7.2 TEXT
Schedule 2: Prices
The first month is free.
`

func TestReferencesEn(t *testing.T) {
	tests := []struct {
		text string
		want []string
	}{
		{"The licence in Section 7.1 ends.", []string{"Section 7.1 → 7.1"}},
		{"See clause 4(b) and Schedule 2.", []string{"clause 4(b) → 4(b)", "Schedule 2 → Schedule 2"}},
		{"See clause 4(b)(ii).", []string{"clause 4(b)(ii) → 4(b)(ii)"}},
		{"See Article IV of these Terms.", []string{"Article IV → 4"}},
		{"See Sections 7.1, 4 and 9.", []string{"Sections 7.1 → 7.1", "4 → 4", "9 → nil"}},
		{"See § 7.1 today.", []string{"§ 7.1 → 7.1"}},
		{"See Section 4 of this Agreement.", []string{"Section 4 → 4"}},
		{"See Annex 2.", []string{"Annex 2 → nil"}},
		{"See Article 4 of the PIPL.", nil},
		{"See Article 4 (1) (f) of the GDPR and 22 C.F.R. §§ 4-7.", nil},
		{"See Section 4 of the Privacy Act.", nil},
		{"See Article 4(1) GDPR and GDPR Article 7.", nil},
		{"See Section 4 of Regulation 2016/679.", nil},
		{"This section has no number, and no clause does.", nil},
	}
	for _, test := range tests {
		checkReferences(t, referenceEn, test.text, test.want)
	}
	c := Cut(text("4. Licence\nYou license us to:\n(a) show photos; and\n(b) copy those in paragraph (a).\n"))
	equal(t, referencesOf(c), []string{"paragraph (a) → 4(a)"})
	c = Cut(text("第二章 甲\n第三条 乙\n双方守约。\n第三章 丙\n依照第二章第三条处理。\n"))
	equal(t, referencesOf(c), []string{"第二章第三条 → 第三条"})
}

// checkReferences puts words into the frame where it says TEXT and compares the
// references that the frame alone does not have.
func checkReferences(t *testing.T, frame, words string, want []string) {
	t.Helper()
	c := Cut(text(strings.Replace(frame, "TEXT", words, 1)))
	at := strings.Index(c.Doc.Text, words)
	var got []string
	for i, r := range referencesOf(c) {
		if s := c.References[i].Span; s.Start >= at && s.End <= at+len(words) {
			got = append(got, r)
		}
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%q\n got %q\nwant %q", words, got, want)
	}
	check(t, c)
}

func referencesOf(c *Contract) (all []string) {
	for _, r := range c.References {
		target := "nil"
		if r.Target != nil {
			target = r.Target.Path()
		}
		all = append(all, c.Doc.Text[r.Start:r.End]+" → "+target)
	}
	return all
}
