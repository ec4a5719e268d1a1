package segment

import (
	"slices"
	"strings"
	"sync"
	"testing"
)

func cutWords(s *Segmenter, sentence string) (words []string) {
	s.Words(sentence, func(start, end int) bool {
		words = append(words, sentence[start:end])
		return true
	})
	return words
}

func TestWords(t *testing.T) {
	s := New(slices.Values([]string{"人脸", "个人信息", "信息", "face id 识别", "脸", "永久"}), slices.Values([]string{"脸书", "每个人", "个人"}))
	tests := []struct{ sentence, want string }{
		{"绑定个人脸书账号", "绑 定 个人 脸书 账 号"},
		{"每个人脸上", "每个人 脸 上"},
		{"采集人脸个人信息", "采 集 人脸 个人信息"},
		{"人脸", "人脸"},
		{"永久", "永久"},
		{"用face id 识别", "用 face id 识别"},
		{"sdk2会处理", "sdk2 会 处 理"},
		{"no han text", ""},
		{"", ""},
	}
	for _, test := range tests {
		if got := strings.Join(cutWords(s, test.sentence), " "); got != test.want {
			t.Errorf("%s: got %q, want %q", test.sentence, got, test.want)
		}
	}
}

func TestWordsOfSmallestDictionaries(t *testing.T) {
	if got := cutWords(New(nil, nil), "人脸"); !slices.Equal(got, []string{"人", "脸"}) {
		t.Errorf("without dictionary: %q", got)
	}
	one := New(slices.Values([]string{"人脸", ""}), nil)
	if got := cutWords(one, "人脸和人脸"); !slices.Equal(got, []string{"人脸", "和", "人脸"}) {
		t.Errorf("one word: %q", got)
	}
}

func TestWordsLoadOnceAndLate(t *testing.T) {
	loads := 0
	s := New(func(yield func(string) bool) { loads++; yield("人脸") }, nil)
	cutWords(s, "plain English")
	if loads != 0 {
		t.Error("the dictionary was loaded for English")
	}
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() { cutWords(s, "采集人脸") })
	}
	wait.Wait()
	if loads != 1 {
		t.Errorf("loaded %d times", loads)
	}
}

func TestWordsStopEarly(t *testing.T) {
	n := 0
	New(nil, nil).Words("采集人脸", func(int, int) bool { n++; return n < 2 })
	if n != 2 {
		t.Errorf("yield was called %d times", n)
	}
}

func FuzzWords(f *testing.F) {
	s := New(slices.Values([]string{"人脸", "a\x00b", "个人 信息", "脸x1"}), slices.Values([]string{"脸书"}))
	f.Add("绑定个人脸书\x00账号 a\x00b")
	f.Add("人\xff脸")
	f.Fuzz(func(t *testing.T, sentence string) {
		at := 0
		s.Words(sentence, func(start, end int) bool {
			if start != at || end <= start {
				t.Fatalf("word %d to %d behind %d", start, end, at)
			}
			at = end
			return true
		})
		if at != 0 && at != len(sentence) {
			t.Fatalf("the words end at %d of %d", at, len(sentence))
		}
	})
}
