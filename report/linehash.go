package report

import (
	"fmt"
	"unicode/utf16"
	"unicode/utf8"
)

// lineHashes is the fingerprints by which GitHub knows an alert again, by line from 1.
//
// The hash is that of github/codeql-action (src/fingerprints.ts), which computes it again
// on upload and warns of any other: over the first 100 UTF-16 units from the start of
// the line, spaces and tabs left out, each line end as one LF, 0xFFFF at the end of the
// file and zeros after it; a polynomial in 37 modulo 2⁶⁴; and a count of equal ones.
func lineHashes(file []byte) []string {
	const (
		window   = 100
		base     = 37
		endUnit  = 0xFFFF
		lineFeed = '\n'
	)
	leaves := uint64(1) // what a unit counts when it leaves the window
	for range window {
		leaves *= base
	}
	var (
		hashes  []string
		counts  = map[uint64]int{}
		units   [window]uint64
		starts  [window]bool // whether the unit begins a line
		hash    uint64
		at      int
		newLine = true
		lastCR  bool
	)
	put := func(u uint64) {
		hash = hash*base + u - leaves*units[at]
		units[at] = u
		at = (at + 1) % window
	}
	leave := func() {
		if starts[at] {
			starts[at] = false
			counts[hash]++
			hashes = append(hashes, fmt.Sprintf("%x:%d", hash, counts[hash]))
		}
	}
	take := func(u uint64) {
		if u == ' ' || u == '\t' || lastCR && u == lineFeed {
			lastCR = false
			return
		}
		if lastCR = u == '\r'; lastCR {
			u = lineFeed
		}
		leave()
		if newLine {
			starts[at] = true
		}
		newLine = u == lineFeed
		put(u)
	}
	for len(file) > 0 {
		r, n := utf8.DecodeRune(file)
		if r == utf8.RuneError && n == 1 {
			n = brokenLen(file)
		}
		file = file[n:]
		if r >= 0x10000 {
			high, low := utf16.EncodeRune(r)
			take(uint64(high))
			take(uint64(low))
		} else {
			take(uint64(r))
		}
	}
	take(endUnit)
	for range window {
		leave()
		put(0)
	}
	return hashes
}

// brokenLen is how many bytes of an unfinished character a decoder replaces by one
// U+FFFD (Unicode 3.9, "maximal subparts"); utf8.DecodeRune takes them one by one.
func brokenLen(b []byte) int {
	low, high, size := byte(0x80), byte(0xBF), 0
	switch c := b[0]; {
	case c >= 0xC2 && c <= 0xDF:
		size = 2
	case c >= 0xE0 && c <= 0xEF:
		size = 3
		switch c {
		case 0xE0:
			low = 0xA0
		case 0xED:
			high = 0x9F
		}
	case c >= 0xF0 && c <= 0xF4:
		size = 4
		switch c {
		case 0xF0:
			low = 0x90
		case 0xF4:
			high = 0x8F
		}
	}
	n := 1
	for n < size && n < len(b) && low <= b[n] && b[n] <= high {
		low, high = 0x80, 0xBF
		n++
	}
	return n
}
