package lint

import "testing"

// The two language versions of a clause make one finding that shows both
// places, however the document lays them out; other clauses are left alone.
func TestVersionsMakeOneFinding(t *testing.T) {
	const zh, en = "凡不同意采集人脸的会员，一律不得入场。", "Members who do not agree to the collection of their faces may not enter."
	for _, c := range []struct {
		name, text string
		want       int
		version    string // the words of the translation, "" if there is none
	}{
		{"one after the other", zh + "\n\n" + en, 1, "collection of their faces may not enter"},
		{"the translation first", en + "\n\n" + zh, 1, "人脸的会员，一律不得"},
		{"in one block", zh + " / " + en, 1, "collection of their faces may not enter"},
		{"two paragraphs, then both again", zh + "\n\n储物柜每日清空。\n\n" + en + "\n\nLockers are emptied every day.", 1, "collection of their faces may not enter"},
		{"whole versions of unequal length", "第一条 课程可以预约。\n\n第二条 " + zh + "\n\nMEMBERSHIP AGREEMENT\n\n1. Classes may be booked.\n\n2. " + en + "\n\n3. The Chinese text prevails.", 1, "collection of their faces may not enter"},
		{"other numbers", "第一条 课程可以预约。\n\n第二条 " + zh + "\n\nMEMBERSHIP AGREEMENT\n\n1. Classes may be booked.\n\n2. Lockers are emptied.\n\n3. " + en, 2, ""},
		{"one language", zh + "\n\n" + "未登记人脸的住户，一律不得进入小区。", 2, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := read(t, c.text)
			got := linter().Lint(doc, Options{Excerpt: true})
			if len(got) != c.want {
				t.Fatalf("%d findings, want %d", len(got), c.want)
			}
			version := ""
			for _, f := range got {
				for _, e := range f.Evidence {
					if e.Role == RoleVersion {
						version += doc.Quote(e.Span)
					}
				}
			}
			if version != c.version {
				t.Errorf("the version is %q, want %q", version, c.version)
			}
		})
	}
}
