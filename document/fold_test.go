package document

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// docOf makes a document of blocks that are separated by a line break.
func docOf(blocks ...string) *Document {
	d := &Document{Text: strings.Join(blocks, "\n")}
	at := 0
	for _, b := range blocks {
		d.Blocks = append(d.Blocks, Block{Span: Span{at, at + len(b)}})
		at += len(b) + 1
	}
	return d
}

func TestFold(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"full width", "（１）Ｙｏｕ，ok；", "(1)you,ok;"},
		{"traditional", "臉部辨識資料不可撤銷", "脸部辨识资料不可撤销"},
		{"quotation marks", "“用户内容”「人臉」‘x’", `"用户内容""人脸"'x'`},
		{"space between Chinese characters", "人 脸\n信　息", "人脸信息"},
		{"space beside Latin", "使用 Face  ID\n登录", "使用 face id 登录"},
		{"invisible characters", "sub\u00adlicen\u200bce", "sublicence"},
		{"line break in English", "in\r\nperpetuity", "in perpetuity"},
		{"ligature", "ﬁnal", "final"},
		{"broken word", "the regis-\n  ter", "the register"},
		{"broken word that stands whole elsewhere", "Footage is kept: Foot-\nage on foot", "footage is kept: footage on foot"},
		{"hyphen of the word itself", "a face-swap: face-\nswap of a face", "a face-swap: face- swap of a face"},
		{"hyphen before a word", "pre-\nA", "pre- a"},
	} {
		if got := FoldString(c.in); got != c.want {
			t.Errorf("%s: FoldString(%q) = %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

func TestFoldKeepsBlocksApart(t *testing.T) {
	f := docOf("人", "脸").Fold()
	if f.Text != "人\n脸" {
		t.Errorf("Fold = %q, want the blocks apart", f.Text)
	}
}

// Every stretch of folded text leads back to text that folds to it.
func TestFoldLeadsBack(t *testing.T) {
	for _, blocks := range [][]string{
		{"第七条　人臉 資料：　“Ｆａｃｅ Data”，不可\n撤銷。", "(a) in  per\u00adpetuity"},
		{"前\u200b面部\u200b分", "𠮷😀人脸Ⅳ"},
		{"  leading", "trailing  ", "", "中 文 English 中文"},
	} {
		d := docOf(blocks...)
		f := d.Fold()
		for i := range len(f.Text) {
			if !utf8.RuneStart(f.Text[i]) {
				continue
			}
			for j := i + 1; j <= len(f.Text); j++ {
				if j < len(f.Text) && !utf8.RuneStart(f.Text[j]) {
					continue
				}
				part := f.Text[i:j]
				// White space and Ⅳ (folded to iv) map as a whole, not in part.
				if strings.ContainsAny(part, "\n ") || strings.ContainsAny(part, "iv") {
					continue
				}
				back := f.Back(Span{i, j})
				if back.Start < 0 || back.End > len(d.Text) || back.Start > back.End {
					t.Fatalf("Back(%d,%d) = %v outside the text", i, j, back)
				}
				if got := FoldString(d.Text[back.Start:back.End]); got != part {
					t.Errorf("%q leads back to %q, which folds to %q", part, d.Text[back.Start:back.End], got)
				}
			}
		}
	}
}

func FuzzFold(f *testing.F) {
	f.Add("第七条　人臉 資料\u00ad“Ｆａｃｅ”\r\nin  perpetuity")
	f.Add("ﬃ𠮷\u200b \n")
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		d := docOf(s)
		fold := d.Fold()
		last := 0
		for i := range fold.Text {
			back := fold.Back(Span{i, i + 1})
			if back.Start < 0 || back.End > len(d.Text) || back.Start < last {
				t.Fatalf("Back(%d) = %v after %d in %q", i, back, last, s)
			}
			last = back.Start
		}
	})
}
