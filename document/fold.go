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
// characters is gone. Blocks stay apart: the line break between them is "\n".
type Folded struct {
	Text string
	// at pairs offsets of Text with offsets of the reading text wherever the
	// distance between the two changes, in ascending order.
	at []foldPoint
}

type foldPoint struct{ fold, text int }

// Back is the span of the reading text that the span s of f.Text was made from.
func (f *Folded) Back(s Span) Span {
	if s.Start >= s.End {
		o := f.back(s.Start)
		return Span{o, o}
	}
	// The end is mapped through the last byte: what follows it may have been
	// dropped, and dropped characters belong to no word.
	return Span{f.back(s.Start), f.backEnd(s.End)}
}

func (f *Folded) back(o int) int {
	i := sort.Search(len(f.at), func(i int) bool { return f.at[i].fold > o }) - 1
	if i < 0 {
		return o
	}
	return f.at[i].text + o - f.at[i].fold
}

func (f *Folded) backEnd(o int) int {
	i := sort.Search(len(f.at), func(i int) bool { return f.at[i].fold >= o }) - 1
	if i < 0 {
		return o
	}
	// A point is set after each character whose length changed; if one stands
	// exactly at o its text offset is where the character before it ended,
	// unless characters were dropped in between.
	end := f.at[i].text + o - f.at[i].fold
	if j := i + 1; j < len(f.at) && f.at[j].fold == o && f.at[j].text < end {
		return f.at[j].text
	}
	return end
}

// Forward is the span of f.Text that came from the span s of the reading text.
func (f *Folded) Forward(s Span) Span { return Span{f.forward(s.Start), f.forward(s.End)} }

func (f *Folded) forward(o int) int {
	i := sort.Search(len(f.at), func(i int) bool { return f.at[i].text > o }) - 1
	if i < 0 {
		return o
	}
	p := f.at[i].fold + o - f.at[i].text
	if i+1 < len(f.at) && p > f.at[i+1].fold {
		p = f.at[i+1].fold
	}
	return p
}

// Fold is the folded text of d. It is computed anew at each call: callers keep it.
func (d *Document) Fold() *Folded {
	b := folder{f: &Folded{}}
	b.out.Grow(len(d.Text))
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
	b := folder{f: &Folded{}}
	b.block(0, s)
	return strings.TrimSpace(b.out.String())
}

type folder struct {
	out   strings.Builder
	f     *Folded
	delta int // text offset minus fold offset, as last recorded
}

// mark records that the next byte written comes from text offset o.
func (b *folder) mark(o int) {
	if d := o - b.out.Len(); d != b.delta {
		b.f.at = append(b.f.at, foldPoint{b.out.Len(), o})
		b.delta = d
	}
}

// gap folds what stands between two blocks to one line break.
func (b *folder) gap(o int, s string) {
	if s == "" {
		return
	}
	b.mark(o)
	b.out.WriteByte('\n')
	b.mark(o + len(s))
}

func (b *folder) block(o int, s string) {
	prevHan := false
	space := -1 // where pending white space began
	flush := func() {
		b.mark(o + space)
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
				continue
			case 'A' <= c && c <= 'Z':
				c += 'a' - 'A'
			}
			if space >= 0 {
				flush()
			}
			b.mark(o + i)
			b.out.WriteByte(c)
			prevHan = false
			i++
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
		b.mark(o + i)
		prevHan = han
		if t, ok := foldRune(r); ok {
			b.out.WriteRune(t)
		} else if han {
			b.out.WriteString(s[i : i+n])
		} else {
			b.out.WriteString(strings.ToLower(norm.NFKC.String(s[i : i+n])))
		}
		i += n
	}
	if space >= 0 && space < len(s) {
		flush()
	}
	b.mark(o + len(s))
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
// mapping is not ambiguous.
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
