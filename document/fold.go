package document

import (
	_ "embed"
	"sort"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Folded is the reading text of a document normalised for matching, with the
// way back. Letters are lower-case, full-width forms are half-width (，is ","
// and （ is "("; 。、《》 stay), traditional characters are simplified, all
// quotation marks are " or ', soft hyphens and zero-width characters are gone,
// a run of white space is one space, and white space between two Chinese
// characters is gone, and so is the hyphen of a word broken at the end of a line.
// Blocks stay apart: the line break between them is "\n".
type Folded struct {
	Text string
	runs []foldRun
}

// foldRun ties a stretch of folded text to the stretch it was made from, byte
// for byte or as a whole. Text that was dropped lies between runs.
type foldRun struct {
	fold, text       int32
	foldLen, textLen int32
	whole            bool
}

func (r *foldRun) foldEnd() int { return int(r.fold + r.foldLen) }
func (r *foldRun) textEnd() int { return int(r.text + r.textLen) }

// Back is the span of the reading text that the span s of f.Text was made from.
func (f *Folded) Back(s Span) Span {
	start := f.back(s.Start)
	if s.Start >= s.End {
		return Span{start, start}
	}
	// The end is that of the last byte: what follows it may have been dropped,
	// and dropped characters belong to no word.
	i := f.runAt(s.End - 1)
	if i < 0 {
		return Span{start, start}
	}
	r := &f.runs[i]
	if !r.whole {
		return Span{start, int(r.text) + s.End - int(r.fold)}
	}
	return Span{start, r.textEnd()}
}

func (f *Folded) back(o int) int {
	i := f.runAt(o)
	if i < 0 {
		return 0
	}
	r := &f.runs[i]
	switch {
	case o >= r.foldEnd():
		return r.textEnd()
	case !r.whole:
		return int(r.text) + o - int(r.fold)
	}
	return int(r.text)
}

// runAt is the run that holds offset o of the folded text, or the last one.
func (f *Folded) runAt(o int) int {
	return sort.Search(len(f.runs), func(i int) bool { return int(f.runs[i].fold) > o }) - 1
}

// Forward is the span of f.Text that came from the span s of the reading text.
func (f *Folded) Forward(s Span) Span { return Span{f.forward(s.Start), f.forward(s.End)} }

func (f *Folded) forward(o int) int {
	i := sort.Search(len(f.runs), func(i int) bool { return int(f.runs[i].text) > o }) - 1
	if i < 0 {
		return 0
	}
	r := &f.runs[i]
	switch {
	case o >= r.textEnd():
		return r.foldEnd()
	case !r.whole:
		return int(r.fold) + o - int(r.text)
	}
	return int(r.fold)
}

// Fold is the folded text of d. It is computed anew at each call: callers keep it.
func (d *Document) Fold() *Folded {
	b := folder{f: &Folded{}, all: d.Text}
	b.out.Grow(len(d.Text))
	b.f.runs = make([]foldRun, 0, len(d.Text)/12+8) // a full-width mark makes two
	last := 0
	for _, blk := range d.Blocks {
		if blk.Start > last {
			b.gap(last, d.Text[last:blk.Start])
		}
		b.block(blk.Start, d.Text[blk.Start:blk.End])
		last = blk.End
	}
	if last < len(d.Text) {
		b.gap(last, d.Text[last:])
	}
	b.f.Text = b.out.String()
	return b.f
}

// FoldString folds s as [Document.Fold] folds a block.
func FoldString(s string) string {
	b := folder{f: &Folded{}, all: s}
	b.block(0, s)
	return strings.TrimSpace(b.out.String())
}

type folder struct {
	out strings.Builder
	f   *Folded
	all string // the whole reading text
	// lowered is all in small letters, once asked for.
	lowered string
}

// from records that what is written next, n bytes, was made from m bytes of the
// reading text at o: byte for byte, or as a whole.
func (b *folder) from(o, m, n int, whole bool) {
	at := b.out.Len()
	if k := len(b.f.runs) - 1; k >= 0 && !whole {
		r := &b.f.runs[k]
		if !r.whole && r.foldEnd() == at && r.textEnd() == o {
			r.foldLen += int32(n)
			r.textLen += int32(n)
			return
		}
	}
	b.f.runs = append(b.f.runs, foldRun{int32(at), int32(o), int32(n), int32(m), whole})
}

// lower writes ASCII in small letters.
func (b *folder) lower(s string) {
	from := 0
	for i := 0; i < len(s); i++ {
		if c := s[i]; 'A' <= c && c <= 'Z' {
			b.out.WriteString(s[from:i])
			b.out.WriteByte(c + 'a' - 'A')
			from = i + 1
		}
	}
	b.out.WriteString(s[from:])
}

// gap folds what stands between two blocks to one line break.
func (b *folder) gap(o int, s string) {
	if s == "" {
		return
	}
	b.from(o, len(s), 1, true)
	b.out.WriteByte('\n')
}

func (b *folder) block(o int, s string) {
	prevHan := false
	space, spaceEnd := -1, 0 // pending white space
	flush := func() {
		b.from(o+space, spaceEnd-space, 1, spaceEnd-space != 1)
		b.out.WriteByte(' ')
		space = -1
	}
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			switch {
			case c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\v':
				if space < 0 {
					space = i
				}
				i++
				spaceEnd = i
				continue
			}
			if space >= 0 {
				flush()
			}
			n := plainLatin(s[i:])
			if rest := b.unbroken(s[i:], n); rest > 0 {
				b.from(o+i, n-1, n-1, false)
				b.lower(s[i : i+n-1])
				prevHan = false
				i += rest
				continue
			}
			b.from(o+i, n, n, false)
			b.lower(s[i : i+n])
			prevHan = false
			i += n
			continue
		}
		if n := plainHan(s[i:]); n > 0 {
			if space >= 0 && prevHan {
				space = -1
			} else if space >= 0 {
				flush()
			}
			b.from(o+i, n, n, false)
			b.out.WriteString(s[i : i+n])
			prevHan = true
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case dropped(r):
			i += n
			continue
		case r == 0x3000 || unicode.IsSpace(r):
			if space < 0 {
				space = i
			}
			i += n
			spaceEnd = i
			continue
		}
		han := isHanOrPunct(r)
		if space >= 0 {
			if prevHan && han {
				space = -1
			} else {
				flush()
			}
		}
		prevHan = han
		if t, ok := foldRune(r); ok {
			b.from(o+i, n, utf8.RuneLen(t), n != utf8.RuneLen(t))
			b.out.WriteRune(t)
		} else if han {
			b.from(o+i, n, n, false)
			b.out.WriteString(s[i : i+n])
		} else {
			t := strings.ToLower(norm.NFKC.String(s[i : i+n]))
			b.from(o+i, n, len(t), t != s[i:i+n])
			b.out.WriteString(t)
		}
		i += n
	}
	if space >= 0 {
		flush()
	}
}

// unbroken is where the rest of a word stands in s that its hyphen at n-1 breaks at the
// end of a line: "Foot-\nage". 0 if s[:n] does not end so, or the hyphen is the
// word's own: the word stands unbroken elsewhere, or its first half is no word.
func (b *folder) unbroken(s string, n int) int {
	if n < 2 || s[n-1] != '-' || !isLetter(s[n-2]) || n == len(s) || s[n] != '\n' && s[n] != '\r' {
		return 0
	}
	next := n
	for next < len(s) && (s[next] == ' ' || s[next] == '\n' || s[next] == '\r' || s[next] == '\t') {
		next++
	}
	from, to := n-1, next
	for from > 0 && isLetter(s[from-1]) {
		from--
	}
	for to < len(s) && isLetter(s[to]) {
		to++
	}
	if next == len(s) || s[next] < 'a' || s[next] > 'z' {
		return 0
	}
	if b.lowered == "" {
		b.lowered = strings.ToLower(b.all)
	}
	first, second := strings.ToLower(s[from:n-1]), s[next:to]
	if b.stands(first+second) || !b.stands(first+"-"+second) && !b.stands(first) {
		return next
	}
	return 0
}

// stands reports whether word stands in the text as a word of its own, not broken.
func (b *folder) stands(word string) bool {
	for at := 0; ; {
		i := strings.Index(b.lowered[at:], word)
		if i < 0 {
			return false
		}
		i += at
		at = i + len(word)
		if (i == 0 || !isLetter(b.lowered[i-1])) && (at == len(b.lowered) || !isLetter(b.lowered[at]) && b.lowered[at] != '-') {
			return true
		}
	}
}

// plainLatin is the length of the run of ASCII at the beginning of s that folds to
// as many bytes: words with single spaces between them.
func plainLatin(s string) int {
	i := 1
	for i < len(s) && s[i] < utf8.RuneSelf {
		if s[i] <= ' ' && (s[i] != ' ' || i+1 == len(s) || s[i+1] <= ' ' || s[i+1] >= utf8.RuneSelf) {
			break
		}
		i++
	}
	return i
}

// plainHan is the length of the run of Chinese characters at the beginning of s
// that fold to themselves: most of a contract, so they are copied as a run.
func plainHan(s string) int {
	i := 0
	for table := simplified(); i+2 < len(s) && 0xE4 <= s[i] && s[i] <= 0xE9 && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80; i += 3 {
		r := rune(s[i]&0xF)<<12 | rune(s[i+1]&0x3F)<<6 | rune(s[i+2]&0x3F)
		if r < 0x4E00 || table[r-0x3400] != 0 {
			break
		}
	}
	return i
}

// dropped reports whether r is invisible: soft hyphen, zero-width characters,
// direction marks, variation selectors, byte order mark.
func dropped(r rune) bool {
	switch {
	case r == 0xAD, r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E,
		r >= 0x2060 && r <= 0x2064, r == 0xFEFF, r >= 0xFE00 && r <= 0xFE0F:
		return true
	}
	return false
}

// isHanOrPunct reports whether r is a Chinese character or belongs to Chinese
// typography, so that white space beside it carries no meaning.
func isHanOrPunct(r rune) bool {
	return r >= 0x2E80 && r <= 0x9FFF || r >= 0xF900 && r <= 0xFAFF || r >= 0xFF00 && r <= 0xFFEF || r >= 0x20000 && r <= 0x3FFFF
}

// foldRune is the folded form of a single rune outside ASCII.
func foldRune(r rune) (rune, bool) {
	switch {
	case r >= 0xFF01 && r <= 0xFF5E: // full-width ASCII
		r -= 0xFEE0
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r, true
	case r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF:
		if t := simplified()[r-0x3400]; t != 0 {
			return rune(t), true
		}
		return r, true
	}
	switch r {
	case '“', '”', '„', '‟', '「', '」', '『', '』', '〝', '〞', '﹁', '﹂', '«', '»':
		return '"', true
	case '‘', '’', '‚', '‛', '′':
		return '\'', true
	case '‐', '‑', '‒', '–', '−', '﹣':
		return '-', true
	case '—', '―':
		return '—', true
	case '﹐':
		return ',', true
	case '﹕', '∶':
		return ':', true
	case '﹔':
		return ';', true
	case '〔', '﹝', '［':
		return '[', true
	case '〕', '﹞', '］':
		return ']', true
	case '､':
		return '、', true
	case '｡':
		return '。', true
	}
	return 0, false
}

// The pairs of traditional and simplified characters come from the OpenCC
// project's character table (Apache-2.0), those of equal length in UTF-8 whose
// mapping is not ambiguous. The last line is ours: of 於 and its like one meaning is
// a surname or rare, and no contract is read wrongly for it.
//
//go:embed trad.txt
var tradPairs string

var simplified = sync.OnceValue(func() *[0x9FFF - 0x3400 + 1]uint16 {
	var table [0x9FFF - 0x3400 + 1]uint16
	from := rune(0)
	for _, r := range tradPairs {
		switch {
		case r == '\n':
		case from == 0:
			from = r
		default:
			if from >= 0x3400 && from <= 0x9FFF {
				table[from-0x3400] = uint16(r)
			}
			from = 0
		}
	}
	return &table
})
