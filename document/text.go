package document

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// readText takes the decoded file as reading text and finds the paragraphs.
func readText(d *Document) {
	d.Text = d.src.decoded
	var run []textLine
	d.Blocks = make([]Block, 0, strings.Count(d.Text, "\n")+1)
	wrapped := hardWrapped(d.Text)
	tables := 0
	lines := func(run []textLine) {
		if !wrapped {
			for _, l := range run {
				d.Blocks = append(d.Blocks, Block{Span: l.Span})
			}
			return
		}
		for _, s := range paragraphs(d.Text, run) {
			d.Blocks = append(d.Blocks, Block{Span: s})
		}
	}
	flush := func() {
		rest := run
		for {
			from, to := pipeTable(d.Text, rest)
			if from == to {
				break
			}
			lines(rest[:from])
			tables++
			d.Blocks = append(d.Blocks, cellsOf(d.Text, rest[from:to], tables)...)
			rest = rest[to:]
		}
		lines(rest)
		run = run[:0]
	}
	for at := 0; at < len(d.Text); {
		l, next := lineAt(d.Text, at)
		at = next
		if l.Len() == 0 {
			flush()
			continue
		}
		run = append(run, l)
	}
	flush()
}

// pipeTable finds a table drawn with bars as Markdown has it, which people paste into
// plain text: a header, a row of dashes, and the rows below. Its lines are
// run[from:to]; none if from is to.
func pipeTable(text string, run []textLine) (from, to int) {
	barred := func(l textLine) bool { return text[l.Start] == '|' }
	for i := 0; i+1 < len(run); i++ {
		if !barred(run[i]) || !barred(run[i+1]) || strings.Trim(text[run[i+1].Start:run[i+1].End], "|-: \t") != "" || !strings.Contains(text[run[i+1].Start:run[i+1].End], "--") {
			continue
		}
		to = i + 2
		for to < len(run) && barred(run[to]) {
			to++
		}
		return i, to
	}
	return 0, 0
}

// cellsOf are the cells of a table drawn with bars, without its row of dashes.
func cellsOf(text string, lines []textLine, table int) []Block {
	var out []Block
	row := 0
	for i, l := range lines {
		if i == 1 {
			continue
		}
		row++
		col := 0
		for at := l.Start + 1; at <= l.End; {
			end := l.End
			if k := strings.IndexByte(text[at:l.End], '|'); k >= 0 {
				end = at + k
			}
			if s := trim(text, Span{at, end}); s.Len() > 0 || end < l.End {
				col++
				if s.Len() > 0 {
					out = append(out, Block{Span: s, Kind: Cell, Table: table, Row: row, Col: col, HeaderRow: row == 1})
				}
			}
			at = end + 1
		}
	}
	return out
}

// textLine is a line without the white space around it.
type textLine struct {
	Span
	width int  // in columns: 2 for a Chinese character
	inset bool // begins with ideographic spaces, as Chinese paragraphs do
}

// columns is what the first byte of a character adds to the width of a line.
var columns = func() (t [256]uint8) {
	for c := range t {
		switch {
		case c < 0x80 || c >= 0xC0 && c < 0xE1:
			t[c] = 1
		case c >= 0xE1:
			t[c] = 2
		}
	}
	return t
}()

// lineAt reads the line of text that begins at offset at, and where the next
// line begins.
func lineAt(text string, at int) (l textLine, next int) {
	end := lineEnd(text, at)
	next = min(end+1, len(text))
	if strings.HasPrefix(text[end:], "\r\n") {
		next++
	}
	l.Span = trim(text, Span{at, end})
	for i := l.Start; i < l.End; i++ {
		l.width += int(columns[text[i]])
	}
	l.inset = strings.HasPrefix(text[at:end], "\u3000")
	return l, next
}

// lineEnd is where the line that begins at offset at ends. It looks ahead only so
// far: a text may have one kind of line break and nothing of the other.
func lineEnd(text string, at int) int {
	const ahead = 4 << 10
	for ; at < len(text); at += ahead {
		some := text[at:min(at+ahead, len(text))]
		feed := strings.IndexByte(some, '\n')
		if feed >= 0 {
			some = some[:feed]
		}
		if i := strings.IndexByte(some, '\r'); i >= 0 {
			return at + i
		}
		if feed >= 0 {
			return at + feed
		}
	}
	return len(text)
}

// trim takes white space and zero-width marks off both ends of s.
func trim(text string, s Span) Span {
	for s.Start < s.End {
		c := text[s.Start]
		if c > ' ' && c < utf8.RuneSelf {
			break
		}
		r, size := utf8.DecodeRuneInString(text[s.Start:s.End])
		if !blank(r) {
			break
		}
		s.Start += size
	}
	for s.Start < s.End {
		c := text[s.End-1]
		if c > ' ' && c < utf8.RuneSelf {
			break
		}
		r, size := utf8.DecodeLastRuneInString(text[s.Start:s.End])
		if !blank(r) {
			break
		}
		s.End -= size
	}
	return s
}

// blank reports whether r shows nothing: white space, control characters, the
// zero-width space and the byte order mark.
func blank(r rune) bool {
	return r <= ' ' || r == 0x7F || r == 0x200B || r == 0xFEFF || unicode.IsSpace(r)
}

const (
	narrowWrap = 30  // nobody wraps lines at fewer columns
	widestWrap = 200 // lines wider than this show that nobody wrapped at all
)

// hardWrapped reports whether the lines of text may have been wrapped: one
// that has many long lines was not, also where its other lines are short. A
// long text is judged by its beginning.
func hardWrapped(text string) bool {
	text = text[:min(len(text), 256<<10)]
	width, long := 0, 0
	for at := 0; at < len(text); {
		var l textLine
		l, at = lineAt(text, at)
		width += l.width
		if l.width > widestWrap {
			long += l.width
		}
	}
	return long*10 <= width
}

// paragraphs joins a run of lines without blank ones between them: a line that
// was wrapped goes on in the next.
func paragraphs(text string, run []textLine) []Span {
	if len(run) == 0 {
		return nil
	}
	widest := 0
	for _, l := range run {
		widest = max(widest, l.width)
	}
	wrapped := widest >= narrowWrap && widest <= widestWrap
	var spans []Span
	open := run[0].Span
	for i, l := range run[1:] {
		before := run[i]
		if wrapped && before.width*10 >= widest*6 && !l.inset &&
			!endsSentence(text[before.Start:before.End]) && !startsClause(text[l.Start:l.End]) &&
			!tabular(text[before.Start:before.End]) && !tabular(text[l.Start:l.End]) &&
			!(keyed(text[open.Start:before.End]) && keyed(text[l.Start:l.End])) {
			open.End = l.End
			continue
		}
		spans = append(spans, open)
		open = l.Span
	}
	return append(spans, open)
}

// tabular reports whether line is a row of a table or a form to fill in, which
// ends where its line ends.
func tabular(line string) bool {
	return strings.ContainsAny(line, "\t|│┃├┼┌└─━═║") || strings.HasSuffix(line, "_") || strings.HasSuffix(line, "＿")
}

// keyed reports whether line begins as one of a form: "Party A: …". A line that is
// wrapped begins so too, but hardly two in a row.
func keyed(line string) bool {
	key, value, ok := strings.Cut(line[:min(len(line), 30)], ": ")
	if !ok || value == "" || strings.Count(key, " ") > 2 {
		return false
	}
	for _, w := range strings.Fields(key) {
		if w[0] < 'A' || w[0] > 'Z' {
			return false
		}
	}
	return true
}

// endsSentence reports whether line ends with a full stop, colon or semicolon,
// closing quotes and brackets aside.
func endsSentence(line string) bool {
	line = strings.TrimRight(line, "”’」』）)】》]\"'")
	r, _ := utf8.DecodeLastRuneInString(line)
	return strings.ContainsRune("。；：！？.;:!?…", r)
}

// startsClause reports whether line begins with a clause number or a bullet.
// "Section 7.2 of this" and 第七条的 only refer to a clause, and a wrapped line
// may well begin with them.
func startsClause(line string) bool {
	r, size := utf8.DecodeRuneInString(line)
	rest := line[size:]
	switch {
	case r == '第':
		return startsArticle(rest)
	case r == '附':
		for _, word := range []string{"件", "录", "錄", "表", "则", "則"} {
			if after, ok := strings.CutPrefix(rest, word); ok {
				n := numeral(after)
				return n > 0 || after == ""
			}
		}
		return false
	case r == '（' || r == '(':
		return startsBracket(rest)
	case r >= '①' && r <= '⒵' || r >= 'Ⅰ' && r <= 'ⅿ' || r >= '❶' && r <= '➓' || r >= '㈠' && r <= '㈩':
		return true
	case r == '-' || r == '*' || r == '+' || r == '–' || r == '—' || r == 'o':
		return strings.HasPrefix(rest, " ") || strings.HasPrefix(rest, "\t")
	case strings.ContainsRune("•·●○■□◆◇▪▫‣⁃☐☑☒★※", r):
		return true
	case unicode.IsLetter(r) && r < utf8.RuneSelf:
		return startsLatin(line)
	}
	if strings.ContainsRune(stems, r) {
		// 甲方：, 乙方（学员）：
		if i := strings.IndexAny(rest[:min(len(rest), 60)], "：:"); strings.HasPrefix(rest, "方") && i > 0 {
			return !strings.ContainsAny(rest[:i], "，,。；、")
		}
		next, _ := utf8.DecodeRuneInString(strings.TrimPrefix(rest, "、"))
		return strings.HasPrefix(rest, "、") && !strings.ContainsRune(stems, next)
	}
	n := numeral(line)
	if n == 0 {
		return false
	}
	after := line[n:]
	if r >= '0' && r <= '9' || r >= '０' && r <= '９' {
		if strings.ContainsAny(strings.TrimRight(line[:n], "."), ".．") && n <= 12 {
			return true // 1.1
		}
		if len(strings.TrimRight(line[:n], ".．")) > 3*size {
			return false // a year
		}
		if strings.HasSuffix(line[:n], ".") {
			return after == "" || after[0] == ' ' || after[0] == '\t' || after[0] >= utf8.RuneSelf
		}
		return cutsNumber(after)
	}
	p, _ := utf8.DecodeRuneInString(after)
	return strings.ContainsRune("、.．，,：", p) && after != ""
}

// stems number items in Taiwan and Hong Kong: 甲、
const stems = "甲乙丙丁戊己庚辛壬癸"

// cutsNumber reports whether s begins with what stands after a clause number.
func cutsNumber(s string) bool {
	p, _ := utf8.DecodeRuneInString(s)
	return s != "" && strings.ContainsRune("、．)）", p)
}

// startsArticle decides for what stands after 第.
func startsArticle(s string) bool {
	s = strings.TrimLeft(s, " \u3000")
	n := numeral(s)
	if n == 0 {
		return false
	}
	s = strings.TrimLeft(s[n:], " \u3000")
	r, size := utf8.DecodeRuneInString(s)
	if !strings.ContainsRune("条條章节節款项項编編部", r) || s == "" {
		return false
	}
	after, _ := utf8.DecodeRuneInString(s[size:])
	return !strings.ContainsRune("的所中之规規约約款项項及和与與或至到第，。；", after) || s[size:] == ""
}

// startsBracket decides for what stands after an opening bracket: (a), (iv),
// (12) and （一）.
func startsBracket(s string) bool {
	n := numeral(s)
	if n == 0 {
		for n < len(s) && n < 5 && (s[n]|0x20 >= 'a' && s[n]|0x20 <= 'z') {
			n++
		}
		if n > 1 && strings.Trim(strings.ToLower(s[:n]), "ivxl") != "" && s[0]|0x20 != s[1]|0x20 {
			return false // (the), (or)
		}
	}
	if n == 0 || n > 12 {
		return false
	}
	return strings.HasPrefix(s[n:], ")") || strings.HasPrefix(s[n:], "）")
}

var divisions = []string{"article", "section", "schedule", "clause", "appendix", "annex", "annexure", "exhibit", "part", "chapter"}

// startsLatin decides for a line that begins with an ASCII letter: a. A) iv.
// "Section 7.2 Licence".
func startsLatin(line string) bool {
	n := 0
	for n < len(line) && (line[n]|0x20 >= 'a' && line[n]|0x20 <= 'z') {
		n++
	}
	word, after := strings.ToLower(line[:n]), line[n:]
	if n == 1 || n <= 5 && strings.Trim(word, "ivx") == "" {
		return (strings.HasPrefix(after, ".") || strings.HasPrefix(after, ")")) &&
			(len(after) == 1 || after[1] == ' ' || after[1] == '\t')
	}
	for _, d := range divisions {
		if word != d || !strings.HasPrefix(after, " ") {
			continue
		}
		number, title, _ := strings.Cut(strings.TrimLeft(after, " "), " ")
		if strings.Trim(strings.ToUpper(number), "0123456789.IVXLCABDEFGH:-–—") != "" {
			return false
		}
		title = strings.TrimLeft(title, " ")
		return title == "" || !(title[0] >= 'a' && title[0] <= 'z')
	}
	return false
}

// numeral is the length of the number that s begins with: 12, 1.1, １２ or 十二.
func numeral(s string) int {
	const chinese = "一二三四五六七八九十百千零〇○两兩壹贰叁肆伍陆柒捌玖拾"
	n, digits := 0, false
	for i, r := range s {
		digit := r >= '0' && r <= '9' || r >= '０' && r <= '９'
		switch {
		case digit && (digits || i == 0):
			digits = true
		case digits && (r == '.' || r == '．'):
		case !digits && r > 0x3000 && strings.ContainsRune(chinese, r):
		default:
			return n
		}
		n = i + utf8.RuneLen(r)
	}
	return n
}

// Line is the words on a line of a text file, from 1, without what begins an item of a
// list. It is empty where there is no such line.
func (d *Document) Line(line int) Span {
	from := 0
	for ; line > 1; line-- {
		end := strings.IndexByte(d.Text[from:], '\n')
		if end < 0 {
			return Span{len(d.Text), len(d.Text)}
		}
		from += end + 1
	}
	to := len(d.Text)
	if end := strings.IndexByte(d.Text[from:], '\n'); end >= 0 {
		to = from + end
	}
	words := d.Text[from:to]
	from += len(words) - len(strings.TrimLeft(words, " \t-"))
	to -= len(words) - len(strings.TrimRight(words, " \t\r"))
	return Span{min(from, to), to}
}
