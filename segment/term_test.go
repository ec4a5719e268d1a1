package segment

import (
	"strings"
	"testing"

	"github.com/clauselint/clauselint/document"
)

// termsOf writes the terms as "name = meaning".
func termsOf(c *Contract) (all []string) {
	for _, t := range c.Terms {
		all = append(all, t.Name+" = "+strings.ReplaceAll(c.Doc.Text[t.Meaning.Start:t.Meaning.End], "\n", "⏎"))
	}
	return all
}

func TestTerms(t *testing.T) {
	tests := []struct {
		text string
		want []string
	}{
		{"“用户内容”指您上传的照片。", []string{"用户内容 = 您上传的照片。"}},
		{"1.1 “用户内容”是指您上传的照片。", []string{"用户内容 = 您上传的照片。"}},
		{"「用戶內容」係指您上傳的相片。", []string{"用戶內容 = 您上傳的相片。"}},
		{"『用户内容』系指您上传的照片。", []string{"用户内容 = 您上传的照片。"}},
		{"\"用户内容\"，指您上传的照片。", []string{"用户内容 = 您上传的照片。"}},
		{"【用户内容】是指您上传的照片。", []string{"用户内容 = 您上传的照片。"}},
		{"本协议所称“用户内容”包括您上传的照片。", []string{"用户内容 = 您上传的照片。"}},
		{"“您”或“用户”指注册的人。", []string{"您 = 注册的人。", "用户 = 注册的人。"}},
		{"“面部数据”（英文为 Face Data）是指面部照片。", []string{"面部数据 = 面部照片。"}},
		{"（1）人脸数据：指面部照片。", []string{"人脸数据 = 面部照片。"}},
		{"1.3 用户内容：您发布的图片和文字。", []string{"用户内容 = 您发布的图片和文字。"}},
		{"您上传的照片和视频（以下简称“用户内容”）归您所有。", []string{"用户内容 = 您上传的照片和视频"}},
		{"為提供服務，您上傳的相片（以下簡稱「用戶內容」）歸您所有。", []string{"用戶內容 = 您上傳的相片"}},
		{"为提供服务，您上传的照片（下称“用户内容”）归您所有。", []string{"用户内容 = 您上传的照片"}},
		{"我们收集姓名、照片，以及面部特征（以下统称“个人资料”）。", []string{"个人资料 = 我们收集姓名、照片，以及面部特征"}},
		{"甲乙两家公司(以下合称为\"我们\")提供服务。", []string{"我们 = 甲乙两家公司"}},
		{"乐图公司，以下简称“我们”，提供服务。", []string{"我们 = 乐图公司"}},
		{"乐图公司（以下简称乐图）提供服务。", []string{"乐图 = 乐图公司"}},
		{"乐图公司（“我们”）与注册的人（“您”）签订本协议。", []string{"我们 = 乐图公司", "您 = 与注册的人"}},
		{"乐图公司（注册号 123，以下简称“乐图”或“我们”）提供服务。", []string{"乐图 = 乐图公司", "我们 = 乐图公司"}},
		{"“用户内容”指下列各项：\n（一）照片；\n（二）视频。\n二、其他约定见附件。\n", []string{"用户内容 = 下列各项：⏎（一）照片；⏎（二）视频。"}},

		{"\"User Content\" means the photos you upload.", []string{"User Content = the photos you upload."}},
		{"1.2 “User Content” shall mean the photos you upload.", []string{"User Content = the photos you upload."}},
		{"“User Content” or “Content” refers to photos.", []string{"User Content = photos.", "Content = photos."}},
		{"“User Content” includes photos.", []string{"User Content = photos."}},
		{"\"Face Data\" has the meaning given in Section 2.", []string{"Face Data = given in Section 2."}},
		{"As used here, Content means the photos you upload.", []string{"Content = the photos you upload."}},
		{"Face Data means photos of a face.", []string{"Face Data = photos of a face."}},
		{"When you write, the photos you upload (the \"Photos\") stay yours.", []string{"Photos = the photos you upload"}},
		{"You upload photos, videos, and scans (collectively, “User Content”).", []string{"User Content = You upload photos, videos, and scans"}},
		{"Foto Ltd (“Foto”, “we” or “us”) runs the site.", []string{"Foto = Foto Ltd", "we = Foto Ltd", "us = Foto Ltd"}},
		{"Each customer and Foto (each, a “Party” and together, the “Parties”) agree.", []string{"Party = Each customer and Foto", "Parties = Each customer and Foto"}},
		{"Photos of a face (hereinafter \"Face Data\") are deleted.", []string{"Face Data = Photos of a face"}},
		{"Photos of a face, hereinafter referred to as \"Face Data\", are deleted.", []string{"Face Data = Photos of a face"}},
		{"\"Face Data\" means:\n(a) photos; and\n(b) scans.\nThe fee is due today.\n", []string{"Face Data = (a) photos; and⏎(b) scans."}},

		{"签到影像，指学员上车时拍摄的面部照片。", []string{"签到影像 = 学员上车时拍摄的面部照片。"}},
		{"A \"Verified Member\" is a member who has sent us a photograph.", []string{"Verified Member = a member who has sent us a photograph."}},
		// No definitions.
		{"我们收到后，指定专人处理。", nil},
		{"点击“同意”按钮即表示“接受”。", nil},
		{"“同意”指示按钮。", nil},
		{"使用期限：自签订之日起一年。", nil},
		{"Click \"I agree\" to go on (see \"Help\").", nil},
		{"This means that you pay.", nil},
		{"乐图公司（见“帮助”页面）提供服务。", nil},
	}
	for _, test := range tests {
		c := Cut(text(test.text))
		if got := termsOf(c); strings.Join(got, "\n") != strings.Join(test.want, "\n") {
			t.Errorf("%q\n got %q\nwant %q", test.text, got, test.want)
		}
		check(t, c)
	}
}

func TestDefinitionTable(t *testing.T) {
	cell := func(row, col int) document.Block {
		return document.Block{Kind: document.Cell, Table: 1, Row: row, Col: col, HeaderRow: row == 1}
	}
	c := Cut(blocks(document.Markdown,
		cell(1, 1), "术语", cell(1, 2), "定义",
		cell(2, 1), "“人脸数据”", cell(2, 2), "面部照片。及其特征。",
		cell(3, 1), "用户", cell(3, 2), "注册的人"))
	equal(t, termsOf(c), []string{"人脸数据 = 面部照片。及其特征。", "用户 = 注册的人"})
	check(t, c)
}
