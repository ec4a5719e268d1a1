package document

import "testing"

// TestAt goes from each character of the reading text to the file and back.
func TestAt(t *testing.T) {
	for _, test := range []struct{ name, file string }{
		{"a.txt", "第一条 人脸😀信息\r\n\r\nTwo\rlines\n"},
		{"a.txt", "\ufeff第一条 人脸\n"},
		{"a.md", "# 标题\n\n您**同意** &amp; 我们[处理](x)人脸。\n\n| a | b |\n|---|---|\n| 一 | 二 |\n"},
		{"a.txt", "\xff\xfe\x2c\x7b\x00\x4e\x61\x67"}, // UTF-16
	} {
		d, err := Read(test.name, []byte(test.file), Options{})
		if err != nil {
			t.Fatal(err)
		}
		for i, b := range d.Blocks {
			for off, r := range d.Text[b.Start:b.End] {
				want := b.Start + off
				at := d.Range(Span{want, want + len(string(r))})
				if got, ok := d.At(at.Start.Byte); !ok || got != want {
					t.Errorf("%s %q: block %d, %q at %d: back at %d, %t", test.name, test.file, i, r, want, got, ok)
				}
			}
		}
		if _, ok := d.At(len(test.file)); ok {
			t.Errorf("%s %q: something stands behind the end", test.name, test.file)
		}
		if _, ok := d.At(-1); ok {
			t.Errorf("%s %q: something stands before the beginning", test.name, test.file)
		}
	}
	d, err := Read("a.md", []byte("a **b**"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := d.At(2); ok {
		t.Error("markup is in the reading text")
	}
}
