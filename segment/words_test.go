package segment

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
)

func cutWords(s *Segmenter, text string) (words []string) {
	s.Words(text, func(start, end int) bool {
		words = append(words, text[start:end])
		return true
	})
	return words
}

var dictionary = []string{"人脸", "个人信息", "信息", "face id 识别", "脸", "永久", "脸书", "每个人", "个人"}

func TestWords(t *testing.T) {
	s := NewSegmenter(dictionary)
	tests := []struct{ text, want string }{
		{"绑定个人脸书账号", "绑 定 个人 脸书 账 号"},
		{"每个人脸上", "每个人 脸 上"},
		{"采集人脸个人信息", "采 集 人脸 个人信息"},
		{"人脸", "人脸"},
		{"永久", "永久"},
		{"用face id 识别", "用 face id 识别"},
		{"sdk2会处理", "sdk2 会 处 理"},
		{"", ""},
	}
	for _, test := range tests {
		if got := strings.Join(cutWords(s, test.text), " "); got != test.want {
			t.Errorf("%s: got %q, want %q", test.text, got, test.want)
		}
	}
}

// What is not in the text may be left out of the dictionary.
func TestWordsDoNotDependOnOtherWords(t *testing.T) {
	const text = "每个人脸上的个人信息"
	want := cutWords(NewSegmenter(dictionary), text)
	all := slices.Clone(dictionary)
	for i := range 5000 {
		all = append(all, fmt.Sprintf("词%d", i))
	}
	if got := cutWords(NewSegmenter(all), text); !slices.Equal(got, want) {
		t.Errorf("among 5,000 others: %q, want %q", got, want)
	}
	few := slices.DeleteFunc(slices.Clone(dictionary), func(w string) bool { return !strings.Contains(text, w) })
	if got := cutWords(NewSegmenter(few), text); !slices.Equal(got, want) {
		t.Errorf("alone: %q, want %q", got, want)
	}
}

func TestWordsOfSmallestDictionaries(t *testing.T) {
	if got := cutWords(NewSegmenter(nil), "人脸"); !slices.Equal(got, []string{"人", "脸"}) {
		t.Errorf("without dictionary: %q", got)
	}
	one := NewSegmenter([]string{"人脸", ""})
	if got := cutWords(one, "人脸和人脸"); !slices.Equal(got, []string{"人脸", "和", "人脸"}) {
		t.Errorf("one word: %q", got)
	}
}

// Costs stay exact over a text of a hundred thousand words.
func TestWordsOfLongText(t *testing.T) {
	got := cutWords(NewSegmenter(dictionary), strings.Repeat("每个人脸上", 50000))
	for i := 0; i < len(got); i += 3 {
		if got[i] != "每个人" || got[i+1] != "脸" || got[i+2] != "上" {
			t.Fatalf("word %d: %q", i, got[i:i+3])
		}
	}
}

func TestWordsConcurrently(t *testing.T) {
	s := NewSegmenter(dictionary)
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			if got := cutWords(s, "采集人脸"); len(got) != 3 {
				t.Errorf("got %q", got)
			}
		})
	}
	wait.Wait()
}

func TestWordsStopEarly(t *testing.T) {
	n := 0
	NewSegmenter(nil).Words("采集人脸", func(int, int) bool { n++; return n < 2 })
	if n != 2 {
		t.Errorf("yield was called %d times", n)
	}
}

func FuzzWords(f *testing.F) {
	s := NewSegmenter([]string{"人脸", "a\x00b", "个人 信息", "脸x1", "脸书"})
	f.Add("绑定个人脸书\x00账号 a\x00b")
	f.Add("人\xff脸")
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		s.Words(text, func(start, end int) bool {
			if start != at || end <= start {
				t.Fatalf("word %d to %d behind %d", start, end, at)
			}
			at = end
			return true
		})
		if at != len(text) {
			t.Fatalf("the words end at %d of %d", at, len(text))
		}
	})
}
