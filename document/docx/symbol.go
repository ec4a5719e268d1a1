package docx

import (
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// symbol is the character of a w:sym (17.3.3.30): a place in a symbol font,
// most often moved up to U+F000. Fonts that are not known keep the code.
func symbol(font, code string) string {
	n, err := strconv.ParseUint(code, 16, 32)
	if err != nil || n == 0 || !utf8.ValidRune(rune(n)) {
		return "\uFFFD"
	}
	place := rune(n)
	if place >= 0xF000 && place <= 0xF0FF {
		place -= 0xF000
	}
	if place <= 0xFF {
		if r, ok := symbolFonts()[strings.ToLower(font)][place]; ok {
			return string(r)
		}
		// Symbol has ASCII's punctuation and digits where ASCII has them.
		if strings.EqualFold(font, "Symbol") && place >= ' ' && place < '@' {
			return string(place)
		}
	}
	return string(rune(n))
}

// symbolFonts holds what contracts use of the fonts that Windows ships: tick
// boxes, bullets, arrows and the Greek letters.
var symbolFonts = sync.OnceValue(func() map[string]map[rune]rune {
	return map[string]map[rune]rune{
		"symbol":      symbolFont(),
		"wingdings":   wingdings(),
		"wingdings 2": wingdings2(),
		"webdings":    {'a': '✓', 'r': '✗', 'c': '□', 'g': '■'},
	}
})

func wingdings() map[rune]rune {
	return map[rune]rune{
		0x6C: '●', 0x6D: '❍', 0x6E: '■', 0x6F: '□', 0x70: '□', 0x71: '❑', 0x72: '❒', 0x73: '⬧', 0x74: '⧫', 0x75: '◆', 0x76: '❖', 0x77: '⬥',
		0x80: '⓪', 0x81: '①', 0x82: '②', 0x83: '③', 0x84: '④', 0x85: '⑤', 0x86: '⑥', 0x87: '⑦', 0x88: '⑧', 0x89: '⑨', 0x8A: '⑩',
		0x8B: '⓿', 0x8C: '❶', 0x8D: '❷', 0x8E: '❸', 0x8F: '❹', 0x90: '❺', 0x91: '❻', 0x92: '❼', 0x93: '❽', 0x94: '❾', 0x95: '❿',
		0x9E: '·', 0x9F: '•', 0xA1: '○', 0xA3: '○', 0xA4: '◉', 0xA7: '▪', 0xA8: '☐', 0xAB: '★',
		0xD8: '➢', 0xDF: '←', 0xE0: '→', 0xE1: '↑', 0xE2: '↓', 0xE8: '➔', 0xEF: '⇦', 0xF0: '⇨',
		0xFB: '✗', 0xFC: '✓', 0xFD: '☒', 0xFE: '☑',
		0x28: '☎', 0x2A: '✉', 0x46: '☞', 0x4A: '☺', 0x22: '✂', 0x21: '✏',
	}
}

func wingdings2() map[rune]rune {
	return map[rune]rune{
		0x4F: '✗', 0x50: '✓', 0x51: '☒', 0x52: '☑', 0x53: '☒', 0x54: '☒', 0x97: '●', 0x98: '◉', 0x99: '◎', 0xA2: '■', 0xA3: '□', 0x2A: '☐',
	}
}

func symbolFont() map[rune]rune {
	return greek(map[rune]rune{
		0xA3: '≤', 0xA5: '∞', 0xAB: '↔', 0xAC: '←', 0xAD: '↑', 0xAE: '→', 0xAF: '↓', 0xB0: '°', 0xB1: '±', 0xB2: '″', 0xB3: '≥', 0xB4: '×',
		0xB7: '•', 0xB8: '÷', 0xB9: '≠', 0xBA: '≡', 0xBB: '≈', 0xBC: '…', 0xC5: '⊕', 0xC7: '∩', 0xC8: '∪', 0xCE: '∈', 0xD2: '®', 0xD3: '©',
		0xD4: '™', 0xD6: '√', 0xD7: '⋅', 0xD8: '¬', 0xD9: '∧', 0xDA: '∨', 0xE2: '®', 0xE3: '©', 0xE4: '™', 0xA7: '♣', 0xA8: '♦', 0xA9: '♥', 0xAA: '♠', 0xA2: '′',
	})
}

// greek adds the letters, which Symbol has in the places of Latin ones.
func greek(m map[rune]rune) map[rune]rune {
	for i, r := range []rune("ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ") {
		m['A'+rune(i)] = r
	}
	for i, r := range []rune("αβχδεφγηιϕκλμνοπθρστυϖωξψζ") {
		m['a'+rune(i)] = r
	}
	return m
}
