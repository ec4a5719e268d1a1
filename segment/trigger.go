package segment

import "strings"

// triggers is the set of characters and words in a sentence that make a
// closer look worthwhile. One pass finds them for definitions and references
// alike.
type triggers uint8

const (
	quotes       triggers = 1 << iota // “ " 「 『 【
	naming                            // 称, 稱
	defining                          // 指, a colon, "means", "refers to"
	hanClauses                        // 第, 条, 款, 项, 章, 节, 附
	latinClauses                      // "Section 7", "clause (a)", §
)

// triggering marks the bytes that triggersOf stops at.
var triggering = func() (t [256]bool) {
	for _, b := range []byte(" \n\":\xC2\xE2\xE3\xE6\xE7\xE8\xE9\xEF") {
		t[b] = true
	}
	return t
}()

// wide marks the last two bytes, by their lower six bits, of the characters that
// wideTrigger knows: a look that spares it the others.
var wide = func() (t [1 << 12]bool) {
	for _, c := range "“”「『【指条條款称稱第章節节项項附：" {
		s := string(c)
		t[int(s[1]&63)<<6|int(s[2]&63)] = true
	}
	return t
}()

// triggersOf finds the triggers of text.
func triggersOf(text string) (t triggers) {
	for i := 0; i < len(text); i++ {
		b := text[i]
		if !triggering[b] {
			continue
		}
		switch b {
		case ' ', '\n':
			t |= wordTrigger(text, i)
			continue
		case '"':
			t |= quotes
			continue
		case ':':
			t |= defining
			continue
		}
		if i+2 >= len(text) {
			if b == 0xC2 && i+1 < len(text) && text[i+1] == 0xA7 {
				t |= latinClauses
			}
			break
		}
		if c, d := text[i+1], text[i+2]; b == 0xC2 || wide[int(c&63)<<6|int(d&63)] {
			t |= wideTrigger(b, c, d)
		}
		if b >= 0xE0 {
			i += 2
		}
	}
	return t
}

// wideTrigger decides for a character of the bytes b, c and d.
func wideTrigger(b, c, d byte) triggers {
	switch b {
	case 0xC2:
		if c == 0xA7 { // §
			return latinClauses
		}
	case 0xE2:
		if c == 0x80 && (d == 0x9C || d == 0x9D) { // “ ”
			return quotes
		}
	case 0xE3:
		if c == 0x80 && (d == 0x8C || d == 0x8E || d == 0x90) { // 「 『 【
			return quotes
		}
	case 0xE6:
		switch {
		case c == 0x8C && d == 0x87: // 指
			return defining
		case c == 0x9D && d == 0xA1, c == 0xA2 && d == 0x9D, c == 0xAC && d == 0xBE: // 条 條 款
			return hanClauses
		}
	case 0xE7:
		switch {
		case c == 0xA7 && d == 0xB0, c == 0xA8 && d == 0xB1: // 称 稱
			return naming
		case c == 0xAC && d == 0xAC, c == 0xAB && d == 0xA0, c == 0xAF && d == 0x80: // 第 章 節
			return hanClauses
		}
	case 0xE8:
		if c == 0x8A && d == 0x82 { // 节
			return hanClauses
		}
	case 0xE9:
		switch {
		case c == 0xA1 && d == 0xB9, c == 0xA0 && d == 0x85, c == 0x99 && d == 0x84: // 项 項 附
			return hanClauses
		}
	case 0xEF:
		if c == 0xBC && d == 0x9A { // ：
			return defining
		}
	}
	return 0
}

// wordTrigger decides for the space at i: the word behind it may define, the
// one before it may announce the number behind it.
func wordTrigger(text string, i int) triggers {
	if i+1 == len(text) {
		return 0
	}
	next := text[i+1]
	switch {
	case next == 'm' && strings.HasPrefix(text[i+1:], "mean"), next == 'r' && strings.HasPrefix(text[i+1:], "refer"),
		next == 's' && strings.HasPrefix(text[i+1:], "shall mean"), next == 'i' && strings.HasPrefix(text[i+1:], "is defined"):
		return defining
	case i < 5 || next != '(' && (next < '0' || next > '9') && (next < 'A' || next > 'Z'):
		return 0
	}
	end := i
	if text[end-1]|0x20 == 's' {
		end--
	}
	switch lower4(text[end-4 : end]) {
	case "tion", "ause", "icle", "raph", "dule", "nnex", "ibit", "ndix", "dice", "nexe", "xure":
		return latinClauses
	}
	return 0
}

// lower4 is a word's last four letters in lower case.
func lower4(s string) string {
	var b [4]byte
	for i := range b {
		b[i] = s[i] | 0x20
	}
	return string(b[:])
}
