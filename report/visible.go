package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Visible is s with everything a terminal would obey or hide written out:
// control characters as \x1b, controls of the writing direction as \u202e,
// invalid bytes as \xff. Contracts and file names come from strangers, and an
// escape sequence in one must not reach the terminal.
func Visible(s string) string {
	if strings.IndexFunc(s, isUnsafe) < 0 && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		b.WriteString(visibleRune(s[i:i+n], r))
		i += n
	}
	return b.String()
}

// visibleRune is the safe form of r, which is written as raw.
func visibleRune(raw string, r rune) string {
	switch {
	case r == utf8.RuneError && len(raw) == 1:
		return fmt.Sprintf(`\x%02x`, raw[0])
	case !isUnsafe(r):
		return raw
	case r < 0x100:
		return fmt.Sprintf(`\x%02x`, r)
	default:
		return fmt.Sprintf(`\u%04x`, r)
	}
}

// isUnsafe holds for C0, DEL and C1 controls, for the direction controls of
// Unicode (UAX #9) and for its line and paragraph separators.
func isUnsafe(r rune) bool {
	if ' ' <= r && r < 0x7F || 0x3000 <= r && r <= 0x9FFF {
		return false // most of any contract
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}
