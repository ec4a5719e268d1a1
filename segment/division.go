package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// keywords begin an English label; the word is followed by a number or letter.
var keywords = [...]struct {
	word  string
	style style
}{
	{"article", articleStyle}, {"section", sectionStyle}, {"clause", sectionStyle}, {"schedule", scheduleStyle},
	{"annex", scheduleStyle}, {"annexure", scheduleStyle}, {"appendix", scheduleStyle}, {"exhibit", scheduleStyle},
	{"attachment", scheduleStyle}, {"part", partStyle}, {"chapter", chapterStyle},
}

// readKeyword reads Article IV, Section 7.2, Schedule 2, Annex A.
func readKeyword(text string, l *label) bool {
	if text[0] >= 'a' {
		return false
	}
	word := 1
	for word < len(text) && word < 12 && isLetter(text[word]) {
		word++
	}
	if word < 4 || word == len(text) {
		return false
	}
	for _, k := range keywords {
		if !strings.EqualFold(text[:word], k.word) {
			continue
		}
		i := skipSpace(text, word)
		if i == word || !keywordNumber(text, i, l) {
			return false
		}
		l.style = k.style
		if k.style == scheduleStyle {
			l.nums[maxParts-1] = scheduleKind(text[:word], text[l.end-1])
		}
		return freeStanding(text[l.end:])
	}
	return false
}

// scheduleKind tells the annexes from the exhibits, and those with letters from
// those with numbers; last is the last character of the number.
func scheduleKind(word string, last byte) int32 {
	kind := int32(word[1]|0x20) + 256*int32(word[2]|0x20)
	if last >= '0' && last <= '9' {
		return kind
	}
	return -kind
}

// keywordNumber reads the number of Article IV, Section 7.2, Annex A.
func keywordNumber(text string, i int, l *label) bool {
	if i < len(text) && text[i] >= '0' && text[i] <= '9' {
		return dotted(text, i, l)
	}
	end := i
	for end < len(text) && end-i < 7 && text[end] >= 'A' && text[end] <= 'Z' {
		end++
	}
	if end == i || end < len(text) && (isLetter(text[end]) || text[end] >= '0' && text[end] <= '9') {
		return false
	}
	if v := roman(text[i:end]); v > 0 {
		return single(l, noStyle, int32(v), end)
	}
	return end == i+1 && single(l, noStyle, int32(text[i]-'A')+1, end)
}

// freeStanding reports whether the words after an English label make it a
// label and not the subject of a sentence, as in "Section 7 applies".
func freeStanding(rest string) bool {
	trimmed := strings.TrimLeft(rest, " \t\u00a0\u3000\n\r")
	if trimmed == "" {
		return true
	}
	r, _ := utf8.DecodeRuneInString(trimmed)
	if strings.ContainsRune(".:：—–-|", r) {
		return true
	}
	return len(trimmed) < len(rest) && (unicode.IsUpper(r) || isHan(r) || strings.ContainsRune("\"“[【", r))
}

// readOrdinal reads 第一章, 第七条 behind the 第.
func readOrdinal(text string, i int, l *label) bool {
	i = skipBlank(text, i)
	if v, end := arabic(text, i); end > i {
		if v < 0 || !dotted(text, i, l) {
			return false
		}
	} else if v, end := chinese(text, i); end > i && v > 0 {
		single(l, noStyle, int32(v), end)
	} else {
		return false
	}
	rest := text[skipBlank(text, l.end):]
	for _, u := range [...]struct {
		unit  string
		style style
	}{
		{"条", articleStyle}, {"條", articleStyle}, {"章", chapterStyle}, {"节", divisionStyle}, {"節", divisionStyle},
		{"编", partStyle}, {"編", partStyle}, {"部分", partStyle}, {"篇", partStyle},
	} {
		if after, ok := strings.CutPrefix(rest, u.unit); ok {
			l.style = u.style
			l.end = len(text) - len(after)
			return !continued(after)
		}
	}
	return false
}

// readAppendix reads 附件一, 附录2 behind the 附.
func readAppendix(text string, i int, l *label) bool {
	rest := text[i:]
	for _, word := range [...]string{"件", "录", "錄", "表"} {
		after, ok := strings.CutPrefix(rest, word)
		if !ok {
			continue
		}
		end := len(text) - len(after)
		v, stop := numeral(text, skipBlank(text, end))
		if stop > skipBlank(text, end) {
			end = stop
		} else {
			v = 1
			// Without a number only a line of its own or a colon tells.
			if trimmed := strings.TrimSpace(after); trimmed != "" && !strings.HasPrefix(trimmed, "：") && !strings.HasPrefix(trimmed, ":") {
				return false
			}
		}
		l.nums[maxParts-1] = int32(word[2])
		return v > 0 && v < 200 && !continued(text[end:]) && single(l, scheduleStyle, int32(v), end)
	}
	return false
}

// continued reports whether the words after 第七条 make it part of a sentence:
// 第七条规定的, 第七条第二款, 第七条、第八条.
func continued(rest string) bool {
	if rest == "" {
		return false
	}
	if r, _ := utf8.DecodeRuneInString(rest); unicode.IsSpace(r) {
		return false
	}
	for _, word := range [...]string{"规定", "規定", "约定", "約定", "所", "的", "中", "第", "和", "或", "及", "与", "與", "至",
		"项", "項", "款", "之", "内", "外", "下", "、第", "，", ",", "；", "。", "）", ")", "”", "》", "以", "等", "载", "明"} {
		if strings.HasPrefix(rest, word) {
			return true
		}
	}
	return false
}
