package document

// At is the offset in Text of what stands at a byte of the file, the way back from
// [Document.Range]. It is false where the file has markup or nothing, and in a DOCX,
// whose parts are not kept. It takes time linear in the number of stretches of text that
// were cut out of the file.
func (d *Document) At(offset int) (int, bool) {
	if d.src.word != nil {
		return 0, false
	}
	if d.src.lines == nil {
		return offset, offset >= 0 && offset < len(d.Text)
	}
	decoded, ok := d.src.outer.back(offset, len(d.src.decoded))
	if !ok {
		return 0, false
	}
	return d.src.inner.back(decoded, len(d.Text))
}

// back is the offset in a text of size bytes of the unit that holds byte src of the source.
func (l layer) back(src, size int) (int, bool) {
	if l == nil {
		return src, src >= 0 && src < size
	}
	for _, p := range l {
		if int(p.Src) <= src && src < p.srcEnd() {
			return int(p.Text) + (src-int(p.Src))/int(p.SStride)*int(p.TStride), true
		}
	}
	return 0, false
}

// Decoded is the text of the file, markup included, as UTF-8 without a byte order mark; of
// a DOCX, the reading text.
func (d *Document) Decoded() string {
	if d.src.word != nil || d.src.lines == nil {
		return d.Text
	}
	return d.src.decoded
}
