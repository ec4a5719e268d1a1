package document

import "bytes"

// longMarkdown is how many bytes of Markdown are worth being read as two halves, side by side.
const longMarkdown = 256 << 10

// seam is where Markdown can be cut in two that mean together what it means as one, behind the
// middle: before a heading behind a blank line, in a text without anything that reaches over
// one, which is code in fences, comments and the like, and definitions of links and
// footnotes (CommonMark 0.31, 4.5 to 4.7). It is 0 if there is no such place.
func seam(src []byte) int {
	for _, far := range [...]string{"```", "~~~", "]:", "[^"} {
		if bytes.Contains(src, []byte(far)) {
			return 0
		}
	}
	for at := 0; ; at++ {
		i := bytes.IndexByte(src[at:], '<')
		if i < 0 {
			break
		}
		// A comment, a declaration, and the first letters of script, pre, style and textarea.
		if at += i; at+1 < len(src) && bytes.IndexByte([]byte("!?sSpPtT"), src[at+1]) >= 0 {
			return 0
		}
	}
	middle := len(src) / 2
	for _, heading := range [...]string{"\n\n# ", "\n\n## ", "\r\n\r\n# ", "\r\n\r\n## "} {
		if i := bytes.Index(src[middle:], []byte(heading)); i >= 0 {
			return middle + i + bytes.IndexByte([]byte(heading), '#')
		}
	}
	return 0
}

// halves reads the Markdown as two, of which the second begins at a seam.
func (w *markdownReader) halves(at int) error {
	d := w.b.d
	second := &markdownReader{src: w.src[at:], b: &builder{d: &Document{src: d.src}, base: w.b.base + at}}
	second.b.cur.Kind = Paragraph
	second.html.b = second.b
	done := make(chan error, 1)
	go func() {
		done <- guarded(func() {
			second.parse()
			second.b.end()
		})
	}()
	err := guarded(func() {
		first := *w
		first.src = w.src[:at:at]
		first.parse()
		w.b.end()
	})
	if other := <-done; err == nil {
		err = other
	}
	if err == nil {
		w.b.join(second.b)
	}
	return err
}

// join adds what another builder has read of what follows.
func (b *builder) join(next *builder) {
	b.d.Problems = append(b.d.Problems, next.d.Problems...)
	if len(next.text) == 0 {
		return
	}
	if len(b.text) > 0 {
		b.text = append(b.text, '\n')
	}
	shift := len(b.text)
	b.text = append(b.text, next.text...)
	for _, p := range next.at {
		b.at.add(int(p.Text)+shift, int(p.Src), int(p.N), int(p.TStride), int(p.SStride))
	}
	for _, blk := range next.blocks {
		blk.Start, blk.End = blk.Start+shift, blk.End+shift
		if blk.Kind == Cell {
			blk.Table += b.tables
		}
		b.blocks = append(b.blocks, blk)
	}
	b.tables += next.tables
	for _, s := range next.styles {
		s.Start, s.End = s.Start+shift, s.End+shift
		b.styles = append(b.styles, s)
	}
}
