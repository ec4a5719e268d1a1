package document

import (
	"strings"
	"testing"
)

func TestDetectShortSamples(t *testing.T) {
	samples := map[string][]string{
		"gb18030":  {"人脸信息", "第一条 定义", "您同意我们收集您的人脸信息。", "App 会使用您的照片", "一、用户授权\r\n二、隐私保护\r\n"},
		"big5":     {"臉部資訊", "第一條 定義", "您同意我們蒐集您的臉部資訊。", "App 會使用您的照片", "一、用戶授權\r\n二、隱私保護\r\n"},
		"utf-16le": {"人脸信息", "Hello, face data", "您同意我们收集您的人脸信息。", "第1条 App\r\n", "我們蒐集您的資訊"},
		"utf-16be": {"人脸信息", "Hello, face data", "您同意我们收集您的人脸信息。", "第1条 App\r\n", "我們蒐集您的資訊"},
		"utf-8":    {"人脸信息", "plain", "é", "您同意我们收集您的人脸信息。"},
	}
	for enc, texts := range samples {
		for _, text := range texts {
			d := read(t, "a.txt", encode(t, enc, text), Options{})
			if d.Encoding != enc || d.Text != text {
				t.Errorf("%s: %q was read as %s: %q", enc, text, d.Encoding, d.Text)
			}
		}
	}
}

func TestDetectByteOrderMark(t *testing.T) {
	for data, want := range map[string]string{
		"\xFF\xFE\xBA\x4E":         "utf-16le",
		"\xFE\xFF\x4E\xBA":         "utf-16be",
		"\xEF\xBB\xBF\xE4\xBA\xBA": "utf-8",
	} {
		if d := read(t, "a.txt", []byte(data), Options{}); d.Encoding != want || d.Text != "人" {
			t.Errorf("%x was read as %s: %q", data, d.Encoding, d.Text)
		}
	}
}

func TestWindows1252(t *testing.T) {
	d := read(t, "a.txt", []byte("The \x93Services\x94 \x96 you won\x92t sue us."), Options{})
	if d.Encoding != "windows-1252" || d.Text != "The “Services” – you won’t sue us." {
		t.Errorf("%s: %q", d.Encoding, d.Text)
	}
}

func TestNamedEncoding(t *testing.T) {
	gbk := encode(t, "gb18030", "脸𠮷é")
	for _, name := range []string{"GBK", "gb2312", "gb18030", " GB18030 "} {
		d := read(t, "a.txt", gbk, Options{Encoding: name})
		if d.Text != "脸𠮷é" || d.Encoding != "gb18030" {
			t.Errorf("%s: %q in %s", name, d.Text, d.Encoding)
		}
	}
	if d := read(t, "a.txt", []byte("\xFE\xFF\x4E\xBA"), Options{Encoding: "utf-16"}); d.Text != "人" {
		t.Errorf("utf-16 with mark: %q", d.Text)
	}
	_, err := Read("a.txt", nil, Options{Encoding: "ebcdic"})
	if err == nil || !strings.Contains(err.Error(), "big5") || !strings.Contains(err.Error(), "ebcdic") {
		t.Errorf("error %v does not name the encodings", err)
	}
}

// To read a file in an encoding that it is not in gives gibberish, in which
// nothing is found: that must be said, not passed over.
func TestMistakenEncoding(t *testing.T) {
	const zh, en = "您同意我们收集您的人脸信息，该授权不可撤销。", "You grant us an irrevocable right to your facial data."
	for _, c := range []struct{ is, asked, text string }{
		{"utf-8", "utf-16", en}, {"utf-8", "utf-16be", en}, {"utf-8", "utf-16", zh},
		{"utf-16le", "utf-8", en + zh}, {"utf-16le", "utf-16be", en},
		{"gb18030", "utf-8", zh}, {"gb18030", "utf-16", zh}, {"gb18030", "big5", zh},
	} {
		data := encode(t, c.is, c.text)
		if _, err := Read("a.txt", data, Options{Encoding: c.asked}); err == nil || !strings.Contains(err.Error(), c.is) {
			t.Errorf("%q in %s read as %s: error %v", c.text, c.is, c.asked, err)
		}
		if d := read(t, "a.txt", data, Options{Encoding: c.is}); d.Text != c.text {
			t.Errorf("%q in %s was read as %q", c.text, c.is, d.Text)
		}
	}
}

func TestMalformedBytes(t *testing.T) {
	for _, c := range []struct {
		enc, data, text string
		bad             string
	}{
		{"utf-8", "人脸信息\n授权\xFF同意收集\xE4\xBA", "人脸信息\n授权\uFFFD同意收集\uFFFD\uFFFD", "(3 in"},
		{"gb18030", "a\n\xFFb\xC1\xB3\x81", "a\n\uFFFDb脸\uFFFD", "(2 in"},
		{"big5", "a\n\x81\x30\xC1y", "a\n\uFFFD0臉", "(1 in"},
		{"utf-16le", "\xBA\x4E\n\x00\x00\xD8a\x00b", "人\n\uFFFDa\uFFFD", "(2 in"},
	} {
		d := read(t, "a.txt", []byte(c.data), Options{Encoding: c.enc})
		if d.Text != c.text {
			t.Errorf("%s: %q, want %q", c.enc, d.Text, c.text)
		}
		if len(d.Problems) != 1 || !strings.Contains(d.Problems[0].Message, "line 2") || !strings.Contains(d.Problems[0].Message, c.bad) {
			t.Errorf("%s: problems %v", c.enc, d.Problems)
		}
	}
	if d := read(t, "a.txt", []byte("您同意我们收集您的人脸信息\xFF以及声纹"), Options{}); d.Encoding != "utf-8" {
		t.Errorf("damaged UTF-8 was read as %s", d.Encoding)
	}
}

// Every character that an encoding has must come back, and by our own step.
func TestEveryCharacterOfEveryEncoding(t *testing.T) {
	for enc := range encodings {
		e := encodings[enc].NewEncoder()
		var text []rune
		for r := rune(0x80); r < 0x30000; r++ {
			if r >= 0xD800 && r < 0xE000 {
				continue
			}
			if _, err := e.String(string(r)); err == nil {
				text = append(text, r)
			}
		}
		data := encode(t, enc, string(text))
		d := read(t, "a.txt", data, Options{Encoding: enc})
		if got := decodeBytes(t, enc, data); d.Text != got {
			t.Errorf("%s: decoded differently from x/text", enc)
		}
		if len(d.Problems) > 0 {
			t.Errorf("%s: %v", enc, d.Problems)
		}
	}
}
