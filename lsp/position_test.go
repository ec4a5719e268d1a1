package lsp

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"
)

// TestPositionUnits has the columns of one place in each unit.
func TestPositionUnits(t *testing.T) {
	const text = "甲\r\n第7条 您同意😀𠮷我们收集人脸信息"
	i := strings.Index(text, "人脸")
	for unit, want := range map[Encoding]uint32{UTF8: 37, UTF16: 15, UTF32: 13} {
		m := newMapper(text, unit)
		if got := m.position(i); got != (Position{1, want}) {
			t.Errorf("%s: %v, want 1:%d", unit, got, want)
		}
		if got, half := m.offset(Position{1, want}); got != i || half {
			t.Errorf("%s: back at %d, %t, want %d", unit, got, half, i)
		}
	}
}

func TestPositionLines(t *testing.T) {
	const text = "a\rb\r\nc\n\r\r\nd\u2028e\x0bf"
	m := newMapper(text, UTF16)
	var got []string
	for n := range uint32(9) {
		from, to := m.line(n)
		got = append(got, text[from:to])
	}
	want := []string{"a", "b", "c", "", "", "d\u2028e\x0bf", "", "", ""}
	if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
		t.Errorf("lines %q, want %q", got, want)
	}
}

// TestPositionBeyond has places that are not there.
func TestPositionBeyond(t *testing.T) {
	const text = "ab😀\r\ncd"
	for _, test := range []struct {
		p    Position
		want int
		half bool
	}{
		{Position{0, 99}, 6, false}, // the end of the line, before its break
		{Position{0, 3}, 2, true},   // between two surrogates
		{Position{0, 4}, 6, false},
		{Position{0, 5}, 6, false},
		{Position{1, 2}, 10, false},
		{Position{7, 0}, 10, false},
		{Position{0, 4294967295}, 6, false},
		{Position{4294967295, 4294967295}, 10, false},
	} {
		if got, half := newMapper(text, UTF16).offset(test.p); got != test.want || half != test.half {
			t.Errorf("%v: %d, %t, want %d, %t", test.p, got, half, test.want, test.half)
		}
	}
	if got, half := newMapper("脸x", UTF8).offset(Position{0, 2}); got != 0 || !half {
		t.Errorf("inside a character of UTF-8: %d, %t", got, half)
	}
	empty := newMapper("", UTF16)
	if got := empty.position(5); got != (Position{}) {
		t.Errorf("empty text: %v", got)
	}
}

// TestPositionRoundTrip compares with counting characters one by one, over lines that are
// longer than the distance of two marks.
func TestPositionRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"a", "脸", "😀", "\r", "\n", "\r\n", "é", "𠮷", "葛󠄀", "\u3000"}
	for round := range 3 {
		var b strings.Builder
		for b.Len() < 3*marksEvery*(round+1) {
			p := pieces[r.IntN(len(pieces))]
			if strings.ContainsAny(p, "\r\n") && (round%2 == 0 || r.IntN(40) > 0) {
				p = "x"
			}
			b.WriteString(p)
		}
		text := b.String()
		for _, unit := range []Encoding{UTF8, UTF16, UTF32} {
			m := newMapper(text, unit)
			line, char := 0, 0
			for i, c := range text {
				want := Position{uint32(line), uint32(char)}
				if got := m.position(i); got != want {
					t.Fatalf("%s: offset %d is %v, want %v", unit, i, got, want)
				}
				inBreak := c == '\n' && i > 0 && text[i-1] == '\r'
				if got, half := m.offset(want); !inBreak && (got != i || half) {
					t.Fatalf("%s: %v is offset %d, %t, want %d", unit, want, got, half, i)
				}
				switch {
				case c == '\n', c == '\r' && !strings.HasPrefix(text[i:], "\r\n"):
					line, char = line+1, 0
				case unit == UTF8:
					char += len(string(c))
				case unit == UTF16:
					char += len(utf16.Encode([]rune{c}))
				default:
					char++
				}
			}
		}
	}
}

// TestApplyHalves edits in the middle of a surrogate pair. The text stays as long as the
// client's, in units.
func TestApplyHalves(t *testing.T) {
	text := "a😀b"
	units := func(s string) int { return len(utf16.Encode([]rune(s))) }
	for _, test := range []struct {
		from, to uint32
		insert   string
		want     string
	}{
		{1, 3, "", "ab"},
		{1, 2, "", "a\uFFFDb"},
		{2, 3, "", "a\uFFFDb"},
		{2, 2, "x", "a\uFFFDx\uFFFDb"},
		{2, 4, "", "a\uFFFD"},
		{0, 2, "脸", "脸\uFFFDb"},
	} {
		got := newMapper(text, UTF16).apply(contentChange{&Range{Position{0, test.from}, Position{0, test.to}}, test.insert})
		if got != test.want {
			t.Errorf("%d-%d %q: %q, want %q", test.from, test.to, test.insert, got, test.want)
		}
		if n := units(text) - int(test.to-test.from) + units(test.insert); units(got) != n {
			t.Errorf("%d-%d %q: %d units, want %d", test.from, test.to, test.insert, units(got), n)
		}
	}
	if got := newMapper(text, UTF16).apply(contentChange{&Range{Position{0, 4}, Position{0, 3}}, ""}); got != "a😀" {
		t.Errorf("a range from its end to its start: %q", got)
	}
	if got := newMapper(text, UTF16).apply(contentChange{nil, "whole"}); got != "whole" {
		t.Errorf("the whole text: %q", got)
	}
}
