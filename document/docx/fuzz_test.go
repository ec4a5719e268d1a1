package docx

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzRead reads main parts and lists, and whole files, of any content. What
// is read must be valid text that its pieces cover.
func FuzzRead(f *testing.F) {
	for _, tt := range bodies {
		f.Add([]byte(nil), document(tt.body), "")
	}
	for _, tt := range lists {
		f.Add([]byte(nil), document(tt.body), tt.numbering)
	}
	for _, v := range variants {
		f.Add(v.zipped(f), "", "")
	}
	for _, b := range broken(f) {
		if len(b.data) < 1<<16 {
			f.Add(b.data, "", "")
		}
	}
	limits := Limits{PartBytes: 1 << 20, TotalBytes: 2 << 20}
	f.Fuzz(func(t *testing.T, data []byte, main, numbering string) {
		if len(data) == 0 {
			files := listFile(numbering, "", "")
			files["word/document.xml"] = main
			file, err := Read(files.zipped(t), limits)
			checkRead(t, file, err)
			utf16 := strings.HasPrefix(main, "\xFF\xFE") || strings.HasPrefix(main, "\xFE\xFF") || strings.HasPrefix(main, "<\x00") || strings.HasPrefix(main, "\x00<")
			if err == nil && !utf16 {
				checkPieces(t, files, file)
			}
			return
		}
		file, err := Read(data, limits)
		checkRead(t, file, err)
	})
}

func checkRead(t *testing.T, file *File, err error) {
	t.Helper()
	if err != nil {
		if msg := err.Error(); !utf8.ValidString(msg) || strings.ContainsAny(msg, "\r\n") {
			t.Errorf("error %q", msg)
		}
		return
	}
	for _, p := range file.Paragraphs {
		if !utf8.ValidString(p.Text()) || !utf8.ValidString(p.Label) || p.Index < 1 {
			t.Errorf("paragraph %d: %q %q", p.Index, p.Label, p.Text())
		}
	}
}
