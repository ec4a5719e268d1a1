package document

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

var encodings = map[string]encoding.Encoding{
	"utf-8":    encoding.Nop,
	"gb18030":  simplifiedchinese.GB18030,
	"big5":     traditionalchinese.Big5,
	"utf-16le": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
	"utf-16be": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
}

func encode(t testing.TB, name, s string) []byte {
	t.Helper()
	out, err := encodings[name].NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return out
}

func read(t testing.TB, name string, data []byte, opts Options) *Document {
	t.Helper()
	d, err := Read(name, data, opts)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	checkDocument(t, d, data)
	return d
}

// checkDocument checks what holds for every document, whatever was read.
func checkDocument(t testing.TB, d *Document, data []byte) {
	t.Helper()
	if !utf8.ValidString(d.Text) {
		t.Fatal("Text is not UTF-8")
	}
	last := 0
	for i, b := range d.Blocks {
		if b.Start < last || b.End <= b.Start || b.End > len(d.Text) {
			t.Fatalf("block %d: %v after offset %d in %d bytes", i, b.Span, last, len(d.Text))
		}
		if !utf8.RuneStart(d.Text[b.Start]) || b.End < len(d.Text) && !utf8.RuneStart(d.Text[b.End]) {
			t.Fatalf("block %d: %v cuts a character", i, b.Span)
		}
		drawn := i > 0 && d.Format == Text && b.Kind == Cell && d.Blocks[i-1].Kind == Cell && strings.Contains(d.Text[last:b.Start], "|")
		if i > 0 && !drawn && !strings.ContainsAny(d.Text[last:b.Start], "\n\r") {
			t.Fatalf("block %d: no line break before it", i)
		}
		last = b.End
		r := d.Range(b.Span)
		if r.Start.Byte > r.End.Byte || r.End.Byte > len(data) {
			t.Fatalf("block %d: range %v of %d bytes", i, r, len(data))
		}
		if d.BlockAt(b.Start) != i || d.BlockAt(b.End-1) != i {
			t.Fatalf("BlockAt does not find block %d", i)
		}
	}
	end := 0
	for _, s := range d.Styles {
		if s.Start < end || s.End <= s.Start || s.End > len(d.Text) || s.Look == 0 {
			t.Fatalf("style %v after offset %d in %d bytes", s, end, len(d.Text))
		}
		end = s.End
		if got := d.Styled(s.Span); len(got) != 1 || got[0] != s {
			t.Fatalf("Styled(%v) is %v", s, got)
		}
	}
	checkPieces(t, d)
}

// checkPieces checks that the source of each unit decodes to its text.
func checkPieces(t testing.TB, d *Document) {
	t.Helper()
	for _, p := range d.src.inner {
		text, src := d.Text[p.Text:p.textEnd()], d.src.decoded[p.Src:p.srcEnd()]
		if p.TStride == 1 && p.SStride == 1 {
			if text != string(loneReturns(src)) && text != src {
				t.Fatalf("text %q came from %q", text, src)
			}
			continue
		}
		for i := range int(p.N) {
			unit, from := text[i*int(p.TStride):][:p.TStride], src[i*int(p.SStride):][:p.SStride]
			e, n := entity([]byte(from))
			switch {
			case n == len(from) && e == unit:
			case from == `\`+unit:
			case unit == "\n" && strings.HasPrefix(strings.ToLower(from), "<br"):
			default:
				t.Fatalf("text %q came from %q", unit, from)
			}
		}
	}
	step := steppers[d.Encoding]
	for _, p := range d.src.outer {
		at := int(p.Text)
		for src := int(p.Src); src < p.srcEnd(); {
			r, size := step(d.src.disk[src:])
			want, n := utf8.DecodeRuneInString(d.src.decoded[at:])
			if r >= bigPair {
				n += 2
			} else if r == -1 && want != utf8.RuneError || r != -1 && r != want {
				t.Fatalf("%s: bytes at %d are %U, the text has %U", d.Encoding, src, r, want)
			}
			src, at = src+size, at+n
		}
		if at != p.textEnd() {
			t.Fatalf("%s: piece ends at %d, its characters at %d", d.Encoding, p.textEnd(), at)
		}
	}
}

// decodeBytes is an independent way from disk to text.
func decodeBytes(t testing.TB, name string, b []byte) string {
	t.Helper()
	out, err := encodings[name].NewDecoder().Bytes(b)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestRangeOfEverySpanInEveryEncoding(t *testing.T) {
	texts := []string{
		"第七條 您同意我們收集臉部資訊\r\n與聲紋，\r\n不得撤回。\r\n\r\nArticle 8 You grant us a licence.\r\n",
		"甲\r乙 A1,b\n\n\n丙　丁，戊\t己",
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for enc := range encodings {
		for _, text := range append(texts, randomText(rng, enc == "big5")) {
			data := encode(t, enc, text)
			d := read(t, "a.txt", data, Options{Encoding: enc})
			if d.Text != text {
				t.Fatalf("%s: text %q, want %q", enc, d.Text, text)
			}
			var starts []int
			for i := range text {
				starts = append(starts, i)
			}
			starts = append(starts, len(text))
			for range 300 {
				i, j := rng.IntN(len(starts)), rng.IntN(len(starts))
				s := Span{starts[min(i, j)], starts[max(i, j)]}
				r := d.Range(s)
				got := decodeBytes(t, enc, data[r.Start.Byte:r.End.Byte])
				if got != text[s.Start:s.End] || !bytes.Equal(d.Source(s), data[r.Start.Byte:r.End.Byte]) {
					t.Fatalf("%s: %v is %q, its range holds %q", enc, s, text[s.Start:s.End], got)
				}
				if d.Quote(s) != foldSpace(got) {
					t.Fatalf("%s: %v is quoted %q", enc, s, d.Quote(s))
				}
				if line, col := slowPosition(text, s.Start); r.Start.Line != line || r.Start.Column != col {
					t.Fatalf("%s: offset %d is at %d:%d, want %d:%d", enc, s.Start, r.Start.Line, r.Start.Column, line, col)
				}
			}
			last := -1
			for _, o := range starts {
				at := d.Range(Span{o, o}).Start.Byte
				if at < last {
					t.Fatalf("%s: offset %d lies at byte %d, the one before at %d", enc, o, at, last)
				}
				last = at
			}
		}
	}
}

func randomText(rng *rand.Rand, big5 bool) string {
	runes := []rune("aZ1 ,.\n\r\t我們的臉權，。")
	if !big5 {
		runes = append(runes, '面', '\u00e9', '😀', '𠮷', '€', 'ß')
	}
	var b strings.Builder
	for range 6000 {
		b.WriteRune(runes[rng.IntN(len(runes))])
	}
	return b.String()
}

// slowPosition counts lines and columns the simple way.
func slowPosition(text string, off int) (line, col int) {
	line, col = 1, 1
	for i, r := range text[:off] {
		switch {
		case r == '\n', r == '\r' && !strings.HasPrefix(text[i+1:], "\n"):
			line, col = line+1, 1
		case r > 0xFFFF:
			col += 2
		default:
			col++
		}
	}
	return line, col
}

func TestColumnsAreUTF16(t *testing.T) {
	const line = "第7条 您同意😀𠮷我们收集人脸信息"
	at := strings.Index(line, "人脸信息")
	d := read(t, "a.txt", []byte(line), Options{})
	r := d.Range(Span{at, at + len("人脸信息")})
	if r.Start != (Position{Byte: 37, Line: 1, Column: 16}) || r.End != (Position{Byte: 49, Line: 1, Column: 20}) {
		t.Errorf("range %+v", r)
	}
}

func TestByteOrderMarkShiftsBytesOnly(t *testing.T) {
	d := read(t, "a.txt", []byte("\xEF\xBB\xBF人脸"), Options{})
	if r := d.Range(Span{3, 6}); r.Start != (Position{Byte: 6, Line: 1, Column: 2}) || r.End.Byte != 9 {
		t.Errorf("range %+v", r)
	}
	if string(d.Source(Span{0, 6})) != "人脸" {
		t.Errorf("source %q", d.Source(Span{0, 6}))
	}
}

func TestUTF8NeedsNoPieces(t *testing.T) {
	d, err := Read("a.txt", []byte(strings.Repeat("我们 collect\n", 1000)), Options{})
	if err != nil || d.src.inner != nil || d.src.outer != nil || len(d.src.lines.starts) != 0 {
		t.Error("a UTF-8 text has pieces or a line index before anybody asked")
	}
}

func TestRangeOutsideTextIsCut(t *testing.T) {
	for _, name := range []string{"a.txt", "a.md"} {
		d := read(t, name, []byte("人脸"), Options{})
		for _, s := range []Span{{-5, 100}, {100, 200}, {3, 1}, {0, 0}} {
			if r := d.Range(s); r.Start.Byte < 0 || r.End.Byte > 6 || r.Start.Byte > r.End.Byte {
				t.Errorf("%s: %v lies at %+v", name, s, r)
			}
		}
	}
	var byHand = Document{Text: "a\n脸"}
	if r := byHand.Range(Span{2, 5}); r.Start.Line != 2 || r.End.Column != 2 || string(byHand.Source(Span{2, 5})) != "脸" {
		t.Errorf("a document put together by hand: %+v", r)
	}
}

func TestQuote(t *testing.T) {
	for text, want := range map[string]string{
		"  我们\n  收集 ":    "我们收集",
		"我们，\n（收集）":      "我们，（收集）",
		"face\r\n  data": "face data",
		"使用 App\n收集":     "使用 App 收集",
		"　":              "",
		"a\u00a0 b":      "a b",
	} {
		d := &Document{Text: text}
		if got := d.Quote(Span{0, len(text)}); got != want {
			t.Errorf("%q is quoted %q, want %q", text, got, want)
		}
	}
}

func TestLanguages(t *testing.T) {
	zh, en := "我们处理您的人脸信息以核验身份。", "We process your face data in order to verify who you are. "
	for text, want := range map[string]string{
		"":                               "[]",
		zh:                               "[zh]",
		en:                               "[en]",
		zh + "使用 App 时":                  "[zh]",
		en + en + zh:                     "[en zh]",
		zh + zh + zh + zh + en:           "[zh en]",
		strings.Repeat(zh, 9000) + "App": "[zh]",
		strings.Repeat(en, 900) + "北京":   "[en]",
		"ok":                             "[en]",
	} {
		if got := fmt.Sprint((&Document{Text: text}).Languages()); got != want {
			t.Errorf("%.60q: %s, want %s", text, got, want)
		}
	}
}
