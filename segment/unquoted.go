package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clauselint/clauselint/document"
)

// unquoted finds a definition whose name stands without quotation marks:
// 人脸数据：指…, （以下简称甲方）, "As used here, Content means …".
func (f *termFinder) unquoted() {
	words := f.text[f.words:f.s.End]
	if hasHan(words) {
		f.bareAbbreviations()
		if !f.found {
			f.bareHan(words)
		}
		return
	}
	f.bareLatin(words)
}

// bareAbbreviations finds （以下简称甲方）.
func (f *termFinder) bareAbbreviations() {
	for i := f.words; ; {
		// 称 is E7 A7 B0, 稱 is E7 A8 B1.
		k := strings.IndexByte(f.text[i:f.s.End], 0xE7)
		if k < 0 {
			return
		}
		i += k
		if !strings.HasPrefix(f.text[i:], "称") && !strings.HasPrefix(f.text[i:], "稱") {
			i++
			continue
		}
		i += len("称")
		end, wide, ok := abbreviates(f.text[f.words:i])
		if !ok || !strings.HasPrefix(f.text[f.words+end:], "（") && !strings.HasPrefix(f.text[f.words+end:], "(") {
			continue
		}
		name := document.Span{Start: i}
		for _, word := range [...]string{"为", "為", "：", ":", " "} {
			if strings.HasPrefix(f.text[name.Start:f.s.End], word) {
				name.Start += len(word)
			}
		}
		n := strings.IndexAny(f.text[name.Start:min(f.s.End, name.Start+60)], "）)，,。；“\"”「")
		if n <= 0 || utf8.RuneCountInString(f.text[name.Start:name.Start+n]) > 15 {
			continue
		}
		name.End = name.Start + n
		f.names = append(f.names[:0], name)
		f.add(f.meaning(f.words+end, wide))
	}
}

// bareHan finds X是指…, X：指… and, among definitions, X：… at the start of a
// line.
func (f *termFinder) bareHan(words string) {
	if f.c.lines[f.s.Block].Start != f.s.Start && f.s.Clause.Start != f.s.Start {
		return
	}
	for i, r := range words {
		// 签到影像，指……
		if r == '，' || r == ',' {
			if v := zhVerb(words[i+utf8.RuneLen(r):]); v > 0 && f.shortName(words[:i]) {
				f.addBare(i, i+utf8.RuneLen(r)+v)
			}
			return
		}
		if i > 3*20 || strings.ContainsRune("，。；、？！“”‘’《》（）所\n", r) {
			return
		}
		rest := words[i+utf8.RuneLen(r):]
		switch {
		case i == 0:
		case r == '：' || r == ':':
			v := zhVerb(rest)
			if strings.TrimSpace(rest) == "" && !f.amongDefinitions() {
				return
			}
			if v > 0 || f.shortName(words[:i]) && (f.amongDefinitions() || describes(rest)) {
				f.addBare(i, i+utf8.RuneLen(r)+v)
			}
			return
		case r == '指' || r == '系' || r == '係' || r == '是':
			v := zhVerb(words[i:])
			if v == 0 || r == '指' && !f.amongDefinitions() && f.s.Clause.Label == "" {
				continue
			}
			f.addBare(i, i+v)
			return
		}
	}
}

// shortName reports whether words can be a term: short, and no lead-in.
func (f *termFinder) shortName(words string) bool {
	n := utf8.RuneCountInString(words)
	return n >= 2 && n <= 12 && !leads(words) && !strings.HasPrefix(words, "在") && !strings.HasSuffix(words, "中") && !strings.ContainsAny(words, "0123456789")
}

// describes reports whether the words behind a colon tell what something is:
// 您发布的…, 用户上传的….
func describes(rest string) bool {
	rest = strings.TrimLeft(rest, " ")
	for _, who := range [...]string{"您", "用户", "使用者", "由", "通过", "任何"} {
		if after, ok := strings.CutPrefix(rest, who); ok {
			if r, _ := utf8.DecodeRuneInString(after); strings.ContainsRune("可应應须需同在不将將有当當若如", r) {
				return false // 您可以…: a rule, not a description
			}
			first := rest[:len(rest)-len(strings.TrimLeftFunc(rest, func(r rune) bool { return !strings.ContainsRune("，。；", r) }))]
			return strings.Contains(first, "的")
		}
	}
	return false
}

func (f *termFinder) addBare(name, meaning int) {
	f.names = append(f.names[:0], document.Span{Start: f.words, End: f.words + name})
	f.add(document.Span{Start: f.words + meaning, End: f.s.End})
}

// amongDefinitions reports whether the sentence stands under a heading or
// lead-in about definitions.
func (f *termFinder) amongDefinitions() bool {
	clause := f.s.Clause
	if clause.Stem != nil && aboutDefinitions(f.text[clause.Stem.Start:clause.Stem.End]) {
		return true
	}
	known, ok := f.definitions[clause]
	if !ok {
		for p := clause; p != nil && !known; p = p.Parent {
			known = p.Heading != "" && aboutDefinitions(p.Heading)
		}
		f.definitions[clause] = known
	}
	return known
}

func aboutDefinitions(text string) bool {
	for _, word := range [...]string{"定义", "定義", "释义", "釋義", "术语", "術語", "名词解释", "名詞解釋", "词语", "含义", "Definition", "definition", "DEFINITION", "Defined Terms", "Glossary", "Interpretation", "INTERPRETATION"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// bareLatin finds "Face Data means …" and "As used here, Content means …".
func (f *termFinder) bareLatin(words string) {
	start := 0
	if strings.HasPrefix(words, "As used") || strings.HasPrefix(words, "In this") || strings.HasPrefix(words, "For the purpose") || strings.HasPrefix(words, "In these") {
		if k := strings.Index(words[:min(len(words), 120)], ", "); k > 0 {
			start = k + 2
		}
	}
	head := words[start:min(len(words), start+160)]
	for _, the := range [...]string{"the term ", "The term ", "the ", "The "} {
		if strings.HasPrefix(head, the) {
			start += len(the)
			head = head[len(the):]
		}
	}
	for i := 0; i < len(head); i++ {
		switch head[i] {
		case ' ':
			if v := enVerb(head[i+1:], false); v > 0 {
				if properName(head[:i]) {
					f.addSpan(start, start+i, start+i+1+v)
				}
				return
			}
		case ':':
			if f.amongDefinitions() && properName(head[:i]) {
				f.addSpan(start, start+i, start+i+1)
			}
			return
		case ',', '.', ';', '(', '"':
			return
		}
	}
}

func (f *termFinder) addSpan(from, to, meaning int) {
	f.names = append(f.names[:0], document.Span{Start: f.words + from, End: f.words + to})
	f.add(document.Span{Start: f.words + meaning, End: f.s.End})
}

// properName reports whether words are a term in capitals, such as Face Data.
func properName(words string) bool {
	n := 0
	for word := range strings.FieldsSeq(words) {
		r, _ := utf8.DecodeRuneInString(word)
		switch {
		case n > 5:
			return false
		case unicode.IsUpper(r):
		case n > 0 && (word == "of" || word == "and" || word == "or" || word == "the" || word == "for" || word == "to"):
		default:
			return false
		}
		n++
	}
	switch words {
	case "", "This", "That", "It", "Which", "These", "Those", "What", "We", "You", "He", "They", "There":
		return false
	}
	return true
}

// tableTerms finds the definitions in tables whose header says that they hold
// some.
func (c *cutter) tableTerms() {
	blocks := c.doc.Blocks
	table, defines := 0, false
	added := false
	for _, s := range c.out.Sentences {
		b := &blocks[s.Block]
		if b.Kind != document.Cell || b.Col != 1 {
			continue
		}
		line := c.lines[s.Block].Span
		text := c.text[line.Start:line.End]
		if b.Table != table {
			table, defines = b.Table, false
			if b.Row == 1 || b.HeaderRow {
				defines = len(text) < 60 && (aboutDefinitions(text) || text == "Term" || text == "Terms" || text == "Meaning" || text == "名词" || text == "名詞")
				continue
			}
		}
		if !defines || s.Start != line.Start || line.Len() > 3*maxName {
			continue
		}
		name := unquote(c.text, line)
		next := s.Block + 1
		for next < len(blocks) && blocks[next].Kind == document.Cell && blocks[next].Row == b.Row && blocks[next].Table == table && blocks[next].Col < 2 {
			next++
		}
		if next == len(blocks) || blocks[next].Table != table || blocks[next].Row != b.Row || c.lines[next].blank() || name.Len() == 0 {
			continue
		}
		c.out.Terms = append(c.out.Terms, &Term{Name: c.text[name.Start:name.End], Span: name, Meaning: c.lines[next].Span, Sentence: s})
		added = true
	}
	if added {
		sortTerms(c.out.Terms)
	}
}

// unquote takes quotation marks off a span.
func unquote(text string, s document.Span) document.Span {
	// American typists put the comma of a list of names inside the marks.
	const marks = "\"“”「」『』【】'‘’*,，;；:：. "
	inner := strings.TrimLeft(text[s.Start:s.End], marks)
	s.Start = s.End - len(inner)
	s.End = s.Start + len(strings.TrimRight(inner, marks))
	return trimmed(text, s)
}
