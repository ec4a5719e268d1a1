package segment

import (
	"strings"
	"unicode/utf8"
)

// arabic reads the digits of text at i, half or full width, and returns their
// value and where they end; end is i if there are none. Over four digits the
// value is -1: no clause has such a number.
func arabic(text string, i int) (value, end int) {
	n := 0
	for end = i; end < len(text); n++ {
		d := text[end]
		if d >= '0' && d <= '9' {
			end++
		} else if f, ok := fullDigit(text, end); ok {
			d = f
			end += 3
		} else {
			break
		}
		if n < 4 {
			value = value*10 + int(d-'0')
		}
	}
	if n > 4 {
		value = -1
	}
	return value, end
}

func fullDigit(text string, i int) (byte, bool) {
	// U+FF10 to U+FF19 are EF BC 90 to EF BC 99.
	if i+2 < len(text) && text[i] == 0xEF && text[i+1] == 0xBC && text[i+2] >= 0x90 && text[i+2] <= 0x99 {
		return text[i+2] - 0x90 + '0', true
	}
	return 0, false
}

// chinese reads a Chinese numeral of text at i, up to 9999, plain or in the
// capital forms of bank notes; end is i if there is none.
func chinese(text string, i int) (value, end int) {
	digit, positional := 0, 0
	units, n := false, 0
	for end = i; end < len(text) && n < 8; n++ {
		r, size := utf8.DecodeRuneInString(text[end:])
		d, unit := hanDigit(r)
		switch {
		case d < 0:
			goto done
		case unit > 0:
			units = true
			if digit == 0 {
				digit = 1
			}
			value += digit * unit
			digit = 0
		default:
			digit = d
			positional = min(positional*10+d, 1e6)
		}
		end += size
	}
done:
	if !units {
		// 二〇 and 一二 are written digit by digit.
		return positional, end
	}
	return value + digit, end
}

// hanDigit is the value of a numeral; unit is set for 十, 百 and 千, d is -1 for
// every other character.
func hanDigit(r rune) (d, unit int) {
	switch r {
	case '〇', '零', '○':
		return 0, 0
	case '一', '壹':
		return 1, 0
	case '二', '贰', '貳', '两', '兩':
		return 2, 0
	case '三', '叁', '參':
		return 3, 0
	case '四', '肆':
		return 4, 0
	case '五', '伍':
		return 5, 0
	case '六', '陆', '陸':
		return 6, 0
	case '七', '柒':
		return 7, 0
	case '八', '捌':
		return 8, 0
	case '九', '玖':
		return 9, 0
	case '十', '拾':
		return 0, 10
	case '百', '佰':
		return 0, 100
	case '千', '仟':
		return 0, 1000
	}
	return -1, 0
}

// numeral reads an Arabic or a Chinese number.
func numeral(text string, i int) (value, end int) {
	if value, end = arabic(text, i); end > i {
		return value, end
	}
	return chinese(text, i)
}

// roman is the value of a Roman numeral in one case, 0 if it is none or above
// fifty: no list is that long, and "(mix)" is a word.
func roman(s string) int {
	if s == "" || len(s) > 7 {
		return 0
	}
	total, last := 0, 0
	for i := len(s) - 1; i >= 0; i-- {
		v := 0
		switch s[i] | 0x20 {
		case 'i':
			v = 1
		case 'v':
			v = 5
		case 'x':
			v = 10
		case 'l':
			v = 50
		default:
			return 0
		}
		if v < last {
			total -= v
		} else {
			total += v
			last = v
		}
	}
	if total < 1 || total > 50 || !strings.EqualFold(s, romanNumerals[total]) {
		return 0
	}
	return total
}

var romanNumerals = func() (all [51]string) {
	tens := [...]string{"", "x", "xx", "xxx", "xl", "l"}
	ones := [...]string{"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"}
	for n := 1; n <= 50; n++ {
		all[n] = tens[n/10] + ones[n%10]
	}
	return all
}()

// Number reads the Arabic or Chinese number that text begins with, up to 9999, and says
// where it ends: 0 if there is none.
func Number(text string) (value, end int) { return numeral(text, 0) }
