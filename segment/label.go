package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// style is a way of numbering; all labels of one list share it.
type style uint8

const (
	noStyle          style = iota
	scheduleStyle          // Schedule 2, 附件一
	partStyle              // 第一编, Part I
	chapterStyle           // 第一章, Chapter 1
	divisionStyle          // 第一节
	articleStyle           // 第七条, Article IV
	sectionStyle           // Section 7.2, Clause 7, § 3
	hanComma               // 一、
	hanDot                 // 一.
	hanParens              // （一）
	numDot                 // 1. and, with more parts, 1.1
	numComma               // 1、
	numParen               // 1)
	numParens              // (1)
	stemComma              // 甲、
	circled                // ①
	alphaParens            // (a)
	romanParens            // (i)
	upperParens            // (A)
	upperRomanParens       // (I)
	alphaDot               // a.
	romanDot               // i.
	upperDot               // A.
	upperRomanDot          // I.
	alphaParen             // a)
	romanParen             // i)
	upperParen             // A)
	otherLabel             // an automatic number of another form
	bullet                 // a list item without number
	headingOnly            // a heading of the file format, without number
	capsHeading            // A LINE IN CAPITALS
	titleHeading           // A Line in Title Case
	hanHeading             // a short Chinese line of its own
	styles
)

// maxParts bounds the parts of a dotted number.
const maxParts = 6

// label is a clause number taken apart.
type label struct {
	style style
	n     uint8 // parts of the number, 1 but for dotted ones
	// nums are the parts; for a bullet, its character. The last of a schedule
	// is the kind of schedule: Annex 1 and Schedule 1 are two.
	nums [maxParts]int32
	// alt is the second reading of (i), (v), (x): a letter or a Roman numeral.
	alt    style
	altNum int32
	// end is where the label ends, next where its words begin, counted from
	// the start of the text it was read from.
	end, next int
	// text is the label as a reader sees it.
	text string
}

func (l *label) num() int32 { return l.nums[l.n-1] }

// swap makes the second reading the first.
func (l *label) swap() {
	l.style, l.alt = l.alt, l.style
	l.nums[0], l.altNum = l.altNum, l.nums[0]
}

// same reports whether l and m belong to lists of one style.
func (l *label) same(m *label) bool {
	return l.style == m.style && l.n == m.n && (l.style != bullet || l.nums[0] == m.nums[0])
}

// after reports whether l is the number that follows m.
func (l *label) after(m *label) bool {
	if !l.same(m) {
		return false
	}
	if l.style == bullet || l.style == otherLabel {
		return true
	}
	return l.under(m, l.n-1) && l.num() == m.num()+1
}

// under reports whether the first n parts of l and m agree.
func (l *label) under(m *label, n uint8) bool {
	if l.n < n || m.n < n {
		return false
	}
	for i := range n {
		if l.nums[i] != m.nums[i] {
			return false
		}
	}
	return true
}

// readLabel reads the clause number that text begins with.
func readLabel(text string) (l label, ok bool) {
	if text == "" {
		return l, false
	}
	switch b := text[0]; {
	case b == '(':
		ok = readParens(text, 1, &l)
	case b >= '0' && b <= '9':
		ok = readArabic(text, &l)
	case b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z':
		ok = readKeyword(text, &l) || readLetter(text, &l)
	case b == '-' || b == '*' || b == '+':
		ok = len(text) > 1 && (text[1] == ' ' || text[1] == '\t') && readBullet(text, rune(b), 1, &l)
	case b >= utf8.RuneSelf:
		ok = readWide(text, &l)
	}
	if !ok {
		return label{}, false
	}
	l.text = text[:l.end]
	if l.style == bullet {
		l.text = ""
	}
	l.next = l.end + labelGap(text[l.end:], l.style)
	return l, true
}

// labelGap is the length of the punctuation and space after a label.
func labelGap(rest string, s style) int {
	i, marks := 0, 0
	for i < len(rest) {
		r, size := utf8.DecodeRuneInString(rest[i:])
		if !unicode.IsSpace(r) {
			if marks > 0 || s == bullet || !strings.ContainsRune(".．、:：,，-–—)）", r) {
				break
			}
			marks++
		}
		i += size
	}
	return i
}

// readWide reads a label that begins with a character outside ASCII.
func readWide(text string, l *label) bool {
	r, size := utf8.DecodeRuneInString(text)
	switch {
	case r == '（':
		return readParens(text, size, l)
	case r == '第':
		return readOrdinal(text, size, l)
	case r == '附':
		return readAppendix(text, size, l)
	case r == '§':
		i := skipSpace(text, size)
		if !dotted(text, i, l) || !freeStanding(text[l.end:]) {
			return false
		}
		l.style = sectionStyle
		return true
	case r >= '①' && r <= '⑳':
		return single(l, circled, int32(r-'①')+1, size)
	case r >= '⑴' && r <= '⒇':
		return single(l, numParens, int32(r-'⑴')+1, size)
	case r >= '⒈' && r <= '⒛':
		return single(l, numDot, int32(r-'⒈')+1, size)
	case r >= '㈠' && r <= '㈩':
		return single(l, hanParens, int32(r-'㈠')+1, size)
	case strings.ContainsRune("•·●○◆◇■□▪▫◦‣∙➢►▶★–—\uf0b7\uf06c", r):
		// A dash of two characters opens a remark, not an item.
		if next, _ := utf8.DecodeRuneInString(text[size:]); (r == '–' || r == '—') && !unicode.IsSpace(next) {
			return false
		}
		return readBullet(text, r, size, l)
	}
	if _, ok := fullDigit(text, 0); ok {
		return readArabic(text, l)
	}
	if i := strings.IndexRune(heavenlyStems, r); i >= 0 {
		rest, ok := strings.CutPrefix(text[size:], "、")
		// 甲、乙双方 names two parties.
		if next, _ := utf8.DecodeRuneInString(rest); ok && !strings.ContainsRune(heavenlyStems, next) {
			return single(l, stemComma, int32(i/len("甲"))+1, size)
		}
		return false
	}
	if d, _ := hanDigit(r); d >= 0 {
		v, end := chinese(text, 0)
		if v < 1 || v > 99 {
			return false
		}
		switch next, _ := utf8.DecodeRuneInString(text[end:]); next {
		case '、':
			return single(l, hanComma, int32(v), end)
		case '.', '．':
			return single(l, hanDot, int32(v), end)
		}
	}
	return false
}

// heavenlyStems number the items of a list in Taiwan and Hong Kong.
const heavenlyStems = "甲乙丙丁戊己庚辛壬癸"

func single(l *label, s style, v int32, end int) bool {
	l.style, l.n, l.end = s, 1, end
	l.nums[0] = v
	return true
}

func readBullet(text string, r rune, size int, l *label) bool {
	return single(l, bullet, int32(r), size) && skipSpace(text, size) < len(text)
}

// readParens reads (1), （一）, (a), (ii), (A) behind the opening bracket.
func readParens(text string, i int, l *label) bool {
	v, end := arabic(text, i)
	s := numParens
	if end == i {
		v, end = chinese(text, i)
		s = hanParens
	}
	if end > i {
		if v < 1 || v > 199 {
			return false
		}
		if second, stop := hyphenated(text, end); stop > end {
			// （2-1） is the first clause of 第二条.
			l.nums[0], l.nums[1], v, end = int32(v), int32(second), second, stop
		}
	} else {
		for end < len(text) && end-i < 7 && isLetter(text[end]) {
			end++
		}
		if !letters(text[i:end], l, alphaParens, romanParens, upperParens, upperRomanParens) {
			return false
		}
		s = l.style
		v = int(l.nums[0])
	}
	switch {
	case strings.HasPrefix(text[end:], ")"):
		end++
	case strings.HasPrefix(text[end:], "）"):
		end += len("）")
	default:
		return false
	}
	if l.nums[1] > 0 {
		l.style, l.n, l.end = numParens, 2, end
		return true
	}
	return single(l, s, int32(v), end)
}

// hyphenated reads the second number of (2-1) at i; end is i if there is none.
func hyphenated(text string, i int) (value, end int) {
	for _, h := range [...]string{"-", "－", "–", ".", "．"} {
		if strings.HasPrefix(text[i:], h) {
			v, end := arabic(text, i+len(h))
			if end > i+len(h) && v > 0 && v < 200 {
				return v, end
			}
		}
	}
	return 0, i
}

// letters reads s as a letter of a list (a, b, aa) or a Roman numeral; where
// both are possible the letter i is taken for a numeral and the rest for
// letters, and the other reading is kept in alt.
func letters(s string, l *label, alpha, rom, upper, upperRom style) bool {
	if s == "" {
		return false
	}
	if s[0] < 'a' {
		alpha, rom = upper, upperRom
	}
	letter := int32(0)
	if len(s) == 1 || len(s) == 2 && s[0] == s[1] {
		letter = int32(s[0]|0x20-'a') + 1 + int32(len(s)-1)*26
	}
	for i := 1; i < len(s); i++ {
		if s[i] < 'a' != (s[0] < 'a') {
			return false
		}
	}
	numeral := int32(roman(s))
	switch {
	case letter > 0 && numeral > 0:
		l.style, l.nums[0], l.alt, l.altNum = alpha, letter, rom, numeral
		if s[0]|0x20 == 'i' {
			l.swap()
		}
	case numeral > 0:
		l.style, l.nums[0] = rom, numeral
	case letter > 0:
		l.style, l.nums[0] = alpha, letter
	default:
		return false
	}
	return true
}

func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// dotted reads 7, 7.2, 7.2.1 at i into nums, n and end.
func dotted(text string, i int, l *label) bool {
	l.n = 0
	for l.n < maxParts {
		v, end := arabic(text, i)
		if end == i || v < 1 || v > 999 || l.n > 0 && text[i] == '0' {
			// 1.05 is a number, not a clause.
			return l.n > 0 && end == i
		}
		l.nums[l.n] = int32(v)
		l.n++
		l.end = end
		switch {
		case strings.HasPrefix(text[end:], "."):
			i = end + 1
		case strings.HasPrefix(text[end:], "．"):
			i = end + len("．")
		default:
			return true
		}
	}
	return false
}

// readArabic reads 1., 1、, 1), 1.1 and keeps off years, dates and amounts.
func readArabic(text string, l *label) bool {
	if !dotted(text, 0, l) || l.nums[0] > 199 {
		return false
	}
	r, size := utf8.DecodeRuneInString(text[l.end:])
	if l.n > 1 {
		l.style = numDot
		rest := strings.TrimLeft(text[l.end:], " \u3000\u00a0\t")
		return rest != "" && !measured(rest)
	}
	switch r {
	case '.', '．':
		after, _ := utf8.DecodeRuneInString(text[l.end+size:])
		if after >= '0' && after <= '9' {
			return false
		}
		l.style = numDot
	case '、':
		l.style = numComma
	case ')', '）':
		l.style = numParen
		l.end += size
	default:
		return false
	}
	return true
}

// measured reports whether rest goes on as an amount does: 1.5 倍, 3.2%.
func measured(rest string) bool {
	if b := rest[0]; b == '%' || b == '-' || b == '~' || b == '/' || b == '+' || b == '=' {
		return true
	}
	for _, unit := range [...]string{"倍", "元", "万", "亿", "％", "折", "米", "公里", "小时", "年", "个月", "天", "折",
		"秒", "分钟", "美元", "版本", "版", "million", "billion", "percent", "per cent", "times", "GB", "MB", "kg", "%"} {
		if strings.HasPrefix(rest, unit) {
			return true
		}
	}
	return false
}

// readLetter reads a., A., i., a), A).
func readLetter(text string, l *label) bool {
	end := 1
	for end < len(text) && end < 7 && isLetter(text[end]) {
		end++
	}
	switch rest := text[end:]; {
	case strings.HasPrefix(rest, ")"), strings.HasPrefix(rest, "）"):
		if !letters(text[:end], l, alphaParen, romanParen, upperParen, upperParen) {
			return false
		}
		end += len(")")
		if rest[0] != ')' {
			end += len("）") - len(")")
		}
	case strings.HasPrefix(rest, "."), strings.HasPrefix(rest, "、"), strings.HasPrefix(rest, "．"):
		// "e.g." and "U.S." have no space after the first point.
		if after, _ := utf8.DecodeRuneInString(rest[1:]); rest[0] == '.' && rest != "." && !unicode.IsSpace(after) && !isHan(after) {
			return false
		}
		if !letters(text[:end], l, alphaDot, romanDot, upperDot, upperRomanDot) {
			return false
		}
	default:
		return false
	}
	return single(l, l.style, l.nums[0], end)
}

func isHan(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF || r >= 0x20000 && r <= 0x3FFFF || r == '〇'
}

// skipSpace is the first place from i on that is no white space.
func skipSpace(text string, i int) int {
	for i < len(text) {
		if b := text[i]; b < utf8.RuneSelf {
			if b != ' ' && (b < '\t' || b > '\r') {
				return i
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsSpace(r) {
			return i
		}
		i += size
	}
	return i
}

// skipBlank skips plain spaces only, of which a typist puts some into 第 7 条.
func skipBlank(text string, i int) int {
	for i < len(text) && text[i] == ' ' {
		i++
	}
	return i
}
