package lint

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
)

const (
	// emphasis is how a clause can be made to stand out, playedDown how it can be
	// made to be overlooked.
	emphasis   = document.Bold | document.Underline | document.Coloured | document.Highlighted | document.Larger | document.Boxed | document.Capitals
	playedDown = document.Smaller | document.Pale | document.Concealed
	// mostClauses is how many clauses one finding lists.
	mostClauses = 20
)

// unmarked builds the proposition that clauses which the law wants to be pointed out
// are not, though other text of the document is (Civil Code 496(2)): those of the
// findings, and those that lay down one of the concepts that the rule names. A clause
// in small, pale or hidden print is one whatever the rest looks like.
func (d *reader) unmarked(props []Proposition, findings []Finding) []Proposition {
	at := slices.IndexFunc(d.library.Rules, func(r *clauses.Rule) bool { return Act(r.When[0].Act) == Unmarked })
	if at < 0 || d.excerpt || d.doc.Format == document.Text {
		return nil
	}
	var weighty conceptSet
	for _, alt := range d.library.Rules[at].When[0].Qualities {
		weighty.merge(setOf(alt...))
	}
	var clausesOf []document.Span // the telling words of each clause
	for _, f := range findings {
		if f.Scope == ClauseScope && f.Severity >= clauses.Warning && Act(f.Rule.When[0].Act) != Discrepancy {
			clausesOf = append(clausesOf, f.Span)
		}
	}
	for i := range props {
		if p := &props[i]; p.Act == Term && slices.ContainsFunc(p.Qualities, func(q Quality) bool { return weighty.has(q.Concept) }) {
			clausesOf = append(clausesOf, d.underline(p))
		}
	}
	slices.SortFunc(clausesOf, func(a, b document.Span) int { return a.Start - b.Start })
	var plain []Evidence
	seen := map[int]bool{}
	standsOut, anyMark := d.marked()
	for _, s := range clausesOf {
		f := Finding{Span: s}
		sentence := d.sentenceOf(&f)
		if seen[sentence.Index] {
			continue
		}
		seen[sentence.Index] = true
		small := d.share(s, playedDown) > 50
		if !small && (!anyMark || d.pointedOut(s, sentence.Index)) || len(plain) == mostClauses {
			continue
		}
		role := RoleUnmarked
		if small {
			role = RolePlayedDown
		}
		plain = append(plain, Evidence{Span: s, Role: role})
	}
	if len(plain) == 0 {
		return nil
	}
	// What is played down weighs more than what is only not pointed out.
	first := max(0, slices.IndexFunc(plain, func(e Evidence) bool { return e.Role == RolePlayedDown }))
	p := Proposition{
		Act: Unmarked, Anchor: DirectAnchor, Words: plain[first].Span, Sentence: d.sentenceOf(&Finding{Span: plain[first].Span}),
		Qualities: []Quality{{Concept: d.library.Rules[at].When[0].Qualities[0][0]}}, group: -1,
	}
	p.Evidence = plain
	if standsOut.Len() > 0 && plain[first].Role == RoleUnmarked {
		p.Evidence = append(p.Evidence, Evidence{Span: standsOut, Role: RoleMarked})
	}
	return []Proposition{p}
}

// marked is the first passage that stands out, if any does: headings, labels and bold
// terms guide the reader and warn of nothing.
func (d *reader) marked() (document.Span, bool) {
	for _, s := range d.doc.Styles {
		if s.Look&emphasis == 0 || s.Look&playedDown != 0 || !tellsSomething(d.doc.Text[s.Start:s.End]) {
			continue
		}
		i := d.readingAt(d.fold.Forward(s.Span).Start)
		if i >= len(d.readings) || d.readings[i].Heading {
			continue
		}
		if b := d.doc.Blocks[d.readings[i].Block]; b.Kind != document.Heading && !b.HeaderRow && !d.titleLine(b, s.Span) {
			return s.Span, true
		}
	}
	return document.Span{}, false
}

// tellsSomething reports whether a text is long enough to say something, and no label.
func tellsSomething(s string) bool {
	const characters, words = 8, 4
	s = strings.TrimSpace(s)
	han := 0
	for _, c := range s {
		if unicode.Is(unicode.Han, c) {
			han++
		}
	}
	label := strings.HasSuffix(s, ":") || strings.HasSuffix(s, "：")
	return !label && (han >= characters || len(strings.Fields(s)) >= words)
}

// titleLine reports whether a block is all marked and no sentence: a title or heading
// that only looks like one.
func (d *reader) titleLine(b document.Block, marked document.Span) bool {
	last, _ := utf8.DecodeLastRuneInString(d.doc.Text[b.Start:b.End])
	return marked.Contains(b.Span) && !strings.ContainsRune("。．.；;！!？?”\"」）)】", last)
}

// pointedOut reports whether the clause whose telling words are s stands out: most of
// the words or of their sentence, or it is put in 【 】, or under a heading such as
// 特别提示.
func (d *reader) pointedOut(s document.Span, sentence int) bool {
	r := &d.readings[sentence]
	if d.share(s, emphasis) > 50 || d.share(r.Span, emphasis) > 50 {
		return true
	}
	block := d.doc.Blocks[r.Block]
	if block.Kind == document.Heading {
		return true
	}
	text := strings.TrimSpace(d.doc.Text[block.Start:block.End])
	if strings.HasPrefix(text, "★") || strings.HasPrefix(text, "▲") || strings.HasPrefix(text, "【") && strings.HasSuffix(text, "】") || inCapitals(d.doc.Text[r.Start:r.End]) {
		return true
	}
	if from, to := strings.LastIndex(d.doc.Text[block.Start:s.Start], "【"), strings.Index(d.doc.Text[s.End:block.End], "】"); from >= 0 && to >= 0 &&
		!strings.Contains(d.doc.Text[block.Start+from:s.Start], "】") {
		return true
	}
	words := d.secondWords()
	for c := r.Clause; c != nil; c = c.Parent {
		found := false
		for _, h := range d.readingsIn(d.fold.Forward(c.HeadingSpan)) {
			h.relevant = true
			some := []reading{h}
			d.lex(0, some)
			found = found || words.read(d, &some[0]).has(d.vocabulary.NoticeHeading)
		}
		if found {
			return true
		}
	}
	return false
}

// share is how much of s has one of the looks, in percent of its characters that are
// no space.
func (d *reader) share(s document.Span, looks document.Look) int {
	count := func(s document.Span) (n int) {
		for _, c := range d.doc.Text[s.Start:s.End] {
			if !unicode.IsSpace(c) {
				n++
			}
		}
		return n
	}
	all, with := count(s), 0
	for _, part := range d.doc.Styled(s) {
		if part.Look&looks != 0 {
			with += count(part.Span)
		}
	}
	return 100 * with / max(all, 1)
}

// inCapitals reports whether an English text is in capitals, bar a word or two.
func inCapitals(s string) bool {
	upper, lower := 0, 0
	for _, c := range s {
		switch {
		case unicode.IsUpper(c):
			upper++
		case unicode.IsLower(c):
			lower++
		}
	}
	return upper >= 12 && 4*lower <= upper
}
