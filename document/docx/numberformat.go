package docx

import (
	"fmt"
	"strconv"
	"strings"
)

// numberFormats are the values of ST_NumberFormat (17.18.59) that are known.
// Numbers beyond what a format can say are decimal, as in Word.
var numberFormats = map[string]func(n int) string{
	"":                      strconv.Itoa,
	"decimal":               strconv.Itoa,
	"decimalHalfWidth":      strconv.Itoa,
	"decimalZero":           func(n int) string { return fmt.Sprintf("%02d", n) },
	"none":                  func(int) string { return "" },
	"bullet":                func(int) string { return "" }, // a higher level's bullet is not repeated
	"upperRoman":            roman,
	"lowerRoman":            func(n int) string { return strings.ToLower(roman(n)) },
	"upperLetter":           func(n int) string { return letter(n, 'A') },
	"lowerLetter":           func(n int) string { return letter(n, 'a') },
	"ordinal":               ordinal,
	"cardinalText":          func(n int) string { return englishWords(n, false) },
	"ordinalText":           func(n int) string { return englishWords(n, true) },
	"hex":                   func(n int) string { return fmt.Sprintf("%X", n) },
	"numberInDash":          func(n int) string { return fmt.Sprintf("- %d -", n) },
	"decimalFullWidth":      fullWidth,
	"decimalFullWidth2":     fullWidth,
	"decimalEnclosedCircle": func(n int) string { return enclosed(n, '①', 20) },

	"decimalEnclosedCircleChinese": func(n int) string { return enclosed(n, '①', 20) },
	"decimalEnclosedParen":         func(n int) string { return enclosed(n, '⑴', 20) },
	"decimalEnclosedFullstop":      func(n int) string { return enclosed(n, '⒈', 20) },
	"ideographEnclosedCircle":      func(n int) string { return enclosed(n, '㊀', 10) },

	"chineseCounting":            func(n int) string { return counting(n, "○") },
	"taiwaneseCounting":          func(n int) string { return counting(n, "○") },
	"chineseCountingThousand":    chineseThousand.format,
	"taiwaneseCountingThousand":  taiwaneseThousand.format,
	"chineseLegalSimplified":     legalSimplified.format,
	"ideographLegalTraditional":  legalTraditional.format,
	"japaneseCounting":           japanese.format,
	"japaneseLegal":              japaneseLegal.format,
	"ideographDigital":           func(n int) string { return digits(n, "〇一二三四五六七八九") },
	"japaneseDigitalTenThousand": func(n int) string { return digits(n, "〇一二三四五六七八九") },
	"taiwaneseDigital":           func(n int) string { return digits(n, "○一二三四五六七八九") },
	"ideographTraditional":       func(n int) string { return cyclic(n, "甲乙丙丁戊己庚辛壬癸") },
	"ideographZodiac":            func(n int) string { return cyclic(n, "子丑寅卯辰巳午未申酉戌亥") },
	"ideographZodiacTraditional": sexagenary,
	"koreanDigital":              func(n int) string { return digits(n, "영일이삼사오육칠팔구") },
	"koreanDigital2":             func(n int) string { return digits(n, "零一二三四五六七八九") },
	"russianUpper":               func(n int) string { return cyclic(n, "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ") },
	"russianLower":               func(n int) string { return cyclic(n, "абвгдежзиклмнопрстуфхцчшщыэюя") },
}

func roman(n int) string {
	if n <= 0 || n > 32767 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, d := range []struct {
		value int
		text  string
	}{
		{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"},
		{10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
	} {
		for ; n >= d.value; n -= d.value {
			b.WriteString(d.text)
		}
	}
	return b.String()
}

// letter goes on after Z with AA, BB, CC, and begins anew after thirty rounds.
func letter(n int, a rune) string {
	if n <= 0 {
		return strconv.Itoa(n)
	}
	n = (n - 1) % (26 * 30)
	return strings.Repeat(string(a+rune(n%26)), n/26+1)
}

func ordinal(n int) string {
	suffix := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return strconv.Itoa(n) + suffix
}

var (
	ones = strings.Fields("Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen " +
		"Sixteen Seventeen Eighteen Nineteen")
	tens = strings.Fields("- - Twenty Thirty Forty Fifty Sixty Seventy Eighty Ninety")

	ordinals = map[string]string{"One": "First", "Two": "Second", "Three": "Third", "Five": "Fifth", "Eight": "Eighth",
		"Nine": "Ninth", "Twelve": "Twelfth"}
)

// englishWords writes numbers below a hundred out.
func englishWords(n int, ordinalForm bool) string {
	if n < 0 || n > 99 {
		if ordinalForm {
			return ordinal(n)
		}
		return strconv.Itoa(n)
	}
	lead, last := "", ""
	switch {
	case n < 20:
		last = ones[n]
	case n%10 == 0:
		last = tens[n/10]
	default:
		lead, last = tens[n/10]+"-", ones[n%10]
	}
	if ordinalForm {
		switch {
		case ordinals[last] != "":
			last = ordinals[last]
		case strings.HasSuffix(last, "y"):
			last = strings.TrimSuffix(last, "y") + "ieth"
		default:
			last += "th"
		}
	}
	if lead != "" {
		last = strings.ToLower(last)
	}
	return lead + last
}

func fullWidth(n int) string { return digits(n, "０１２３４５６７８９") }

// enclosed is for numbers that Unicode has ready-made, up to last.
func enclosed(n int, first rune, last int) string {
	if n < 1 || n > last {
		return strconv.Itoa(n)
	}
	return string(first + rune(n-1))
}

// cyclic is for series that end: the next number is decimal.
func cyclic(n int, series string) string {
	if all := []rune(series); n >= 1 && n <= len(all) {
		return string(all[n-1])
	}
	return strconv.Itoa(n)
}

// sexagenary is the cycle of sixty, 甲子 to 癸亥.
func sexagenary(n int) string {
	if n < 1 || n > 60 {
		return strconv.Itoa(n)
	}
	return cyclic((n-1)%10+1, "甲乙丙丁戊己庚辛壬癸") + cyclic((n-1)%12+1, "子丑寅卯辰巳午未申酉戌亥")
}

func digits(n int, zeroToNine string) string {
	set := []rune(zeroToNine)
	var b strings.Builder
	for _, d := range strconv.Itoa(n) {
		if d == '-' {
			b.WriteRune(d)
			continue
		}
		b.WriteRune(set[d-'0'])
	}
	return b.String()
}

// counting has 十 below a hundred and digits from there: 十一, 九十九, 一○○.
func counting(n int, zero string) string {
	const nine = "一二三四五六七八九"
	switch {
	case n <= 0 || n >= 100:
		return digits(n, zero+nine)
	case n < 10:
		return cyclic(n, nine)
	}
	var b strings.Builder
	if n >= 20 {
		b.WriteString(cyclic(n/10, nine))
	}
	b.WriteString("十")
	if n%10 > 0 {
		b.WriteString(cyclic(n%10, nine))
	}
	return b.String()
}

// numerals write numbers with signs for ten, hundred, thousand, ten thousand.
type numerals struct {
	digits, units []rune // of 0 to 9; of 10, 100, 1000
	myriad        string
	gaps          bool // a zero stands for missing places
	bareTen       bool // 10 to 19 begin with the sign for ten
	bareUnits     bool // no one before any sign
}

var (
	chineseThousand   = numerals{[]rune("〇一二三四五六七八九"), []rune("十百千"), "万", true, true, false}
	taiwaneseThousand = numerals{[]rune("零一二三四五六七八九"), []rune("十百千"), "萬", true, true, false}
	legalSimplified   = numerals{[]rune("零壹贰叁肆伍陆柒捌玖"), []rune("拾佰仟"), "万", true, false, false}
	legalTraditional  = numerals{[]rune("零壹貳參肆伍陸柒捌玖"), []rune("拾佰仟"), "萬", true, false, false}
	japanese          = numerals{[]rune("〇一二三四五六七八九"), []rune("十百千"), "万", false, false, true}
	japaneseLegal     = numerals{[]rune("〇壱弐参四伍六七八九"), []rune("拾百阡"), "萬", false, false, false}
)

func (s numerals) format(n int) string {
	switch {
	case n < 0 || n >= 100_000_000:
		return strconv.Itoa(n)
	case n == 0:
		return string(s.digits[0])
	}
	var b strings.Builder
	first := n
	if n >= 10_000 {
		b.WriteString(s.format(n/10_000) + s.myriad)
		n %= 10_000
		if s.gaps && n > 0 && n < 1000 {
			b.WriteRune(s.digits[0])
		}
	}
	begun, gap := false, false
	for i, value := range [...]int{1000, 100, 10, 1} {
		d := n / value % 10
		if d == 0 {
			gap = begun
			continue
		}
		if gap && s.gaps {
			b.WriteRune(s.digits[0])
		}
		begun, gap = true, false
		bare := value > 1 && d == 1 && (s.bareUnits || s.bareTen && first < 20)
		if !bare {
			b.WriteRune(s.digits[d])
		}
		if value > 1 {
			b.WriteRune(s.units[2-i])
		}
	}
	return b.String()
}

// formatCustom follows a pattern such as "001, 002, 003, ...", of which only
// zeros in front are known.
func formatCustom(pattern string, n int) (string, bool) {
	first, _, _ := strings.Cut(pattern, ",")
	first = strings.TrimSpace(first)
	if v, err := strconv.Atoi(first); err != nil || v != 1 || len(first) > 9 {
		return "", false
	}
	return fmt.Sprintf("%0*d", len(first), n), true
}
