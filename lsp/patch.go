package lsp

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"

	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/segment"
)

// A long document takes longer to lint than a user to type. So the findings of a new text
// are first made of those of the last text that was linted as a whole: where the edit is,
// the clause is linted again with what it leans on, and all other findings move along.
// Whether that is enough is tried on the old text: what is found there must be what the
// whole said. If it is not, or the edit touches what others lean on, there is no patch,
// and the document is linted as a whole at once. Else it is when the typing pauses.

const (
	// patchedFrom is how long a text is, in bytes, for which a patch is worth the while.
	patchedFrom = 32 << 10
	// widestPatch is the most that is linted again for an edit.
	widestPatch = 48 << 10
	// ownClause is how long a clause may be that is linted again as one.
	ownClause = 6 << 10
	// around is how many blocks on either side of the edit are linted again with it: the
	// farthest that one sentence is heard in others, and more.
	around = 10
)

// base is a text that was linted as a whole, prepared to be patched.
type base struct {
	*analysis
	server *Server
	uri    string
	// diagnostics is what the client was told of the findings, and local tells which of
	// them are about a clause; the others are about what the document lacks.
	diagnostics []Diagnostic
	local       []bool

	once   sync.Once
	blocks []document.Span // where the blocks stand in the shown text
	fit    bool            // for patches at all

	mu       sync.Mutex
	faithful map[string]*outcome // what tried returned, by window
}

// newBase prepares a text that was linted, with what the client is told of it; nil if it
// cannot be patched.
func (s *Server) newBase(uri string, a *analysis, diagnostics []Diagnostic) *base {
	if a.err != nil || a.unsettled != nil || len(a.shown.text) < patchedFrom || a.doc.Format == document.DOCX || len(diagnostics) != len(a.settled.Findings) {
		return nil
	}
	if slices.ContainsFunc(a.doc.Remarks, func(r document.Remark) bool { return strings.HasPrefix(r.Text, directivePrefix) }) {
		return nil // which reach as far as they like
	}
	w := &base{analysis: a, server: s, uri: uri, diagnostics: diagnostics, faithful: map[string]*outcome{}}
	w.local = make([]bool, len(diagnostics))
	for i := range a.settled.Findings {
		w.local[i] = isLocal(&a.settled.Findings[i])
	}
	return w
}

// isLocal reports whether a finding is about its clause, not about what the document lacks.
func isLocal(f *lint.Finding) bool {
	act := lint.Act(f.Rule.When[0].Act)
	return f.Len() > 0 && f.Rule.Textual() && f.Scope != lint.DocumentScope && act != lint.Missing && act != lint.Unmarked
}

// isGrant reports whether a finding is about a grant, of which each limb may stand in a
// clause of its own.
func isGrant(f *lint.Finding) bool { return lint.Act(f.Rule.When[0].Act) == lint.Grant }

// grantsBeside reports whether there are findings about grants other than some.
func (w *base) grantsBeside(some []int) bool {
	for i := range w.settled.Findings {
		if isGrant(&w.settled.Findings[i]) && !slices.Contains(some, i) {
			return true
		}
	}
	return false
}

// prepare finds the blocks in the shown text.
func (w *base) prepare() {
	w.once.Do(func() {
		w.segments()
		last := 0
		for _, b := range w.doc.Blocks {
			from, to := w.place(b.Span)
			if from < last {
				return // a footnote that is read where it is referred to
			}
			w.blocks = append(w.blocks, document.Span{Start: from, End: to})
			last = to
		}
		w.fit = len(w.blocks) > 0
	})
}

// patched is the diagnostics of a new text; nil if the whole of it must be linted to know.
// certain is false where more than the clause may have changed: what the document lacks, or
// a grant with limbs in several clauses. Of that they still say what was so before.
func (w *base) patched(lines *mapper) (diagnostics []Diagnostic, certain bool) {
	w.prepare()
	if !w.fit {
		return nil, false
	}
	edit := difference(w.shown.text, lines.text)
	if !w.review.Faces && w.rules.Linter.Concerns(edit.words(lines.text)) {
		return nil, false // perhaps the first face data in the document
	}
	win, ok := w.window(edit, lines.text)
	if !ok {
		return nil, false
	}
	before, ok := w.expected(win)
	if !ok {
		return nil, false
	}
	old := w.tried(win, before)
	if old == nil {
		return nil, false
	}
	move := newMove(w.shown, lines, edit)
	again := w.lint(win, lines, edit)
	if again == nil || !slices.Equal(old.frame, again.frame) {
		return nil, false // something elsewhere may lean on what changed
	}
	certain = move.learn(old.lacks, again.lacks)
	if !slices.Equal(old.grants, again.grants) && w.grantsBeside(before) {
		certain = false // it may be the third limb of another
	}
	out := make([]Diagnostic, 0, len(w.diagnostics)+len(again.found))
	for i := range w.diagnostics {
		if slices.Contains(before, i) {
			continue
		}
		d, ok := move.diagnostic(w.diagnostics[i], certain)
		if !ok {
			return nil, false
		}
		out = append(out, d)
	}
	out = append(out, again.found...)
	slices.SortStableFunc(out, func(a, b Diagnostic) int {
		if c := comparePositions(a.Range.Start, b.Range.Start); c != 0 {
			return c
		}
		return strings.Compare(a.Code, b.Code)
	})
	return out, certain
}

// window is the parts of a text that an edit can change the findings of, and those that
// they lean on.
type window struct {
	parts []document.Span // ascending, apart from each other, in whole lines of the old text
	own   document.Span   // whose findings are found again
}

func (w *window) key() string { return fmt.Sprint(w.parts, w.own) }

// window chooses the window of an edit; false if what the edit touches reaches too far.
func (w *base) window(e edit, text string) (window, bool) {
	// The blocks that the edit touches, or lies between.
	first := sort.Search(len(w.blocks), func(i int) bool { return w.blocks[i].End >= e.Start })
	last := sort.Search(len(w.blocks), func(i int) bool { return w.blocks[i].Start > e.End }) - 1
	if first > last {
		first, last = last, first
	}
	const title = 3 // blocks that say what kind of document it is
	first, last = max(first, 0), min(last, len(w.blocks)-1)
	if first < title || w.reachesFar(first, last) {
		return window{}, false
	}
	from, to := max(first-around, title), min(last+around, len(w.blocks)-1)
	for _, i := range [...]int{first, last} {
		if c := w.clauseOf(i); c != nil {
			a, b := w.blocksOf(c.Span)
			from, to = min(from, max(a, title)), max(to, b)
		}
	}
	from, to = w.wholeTables(from, to)
	picked := map[int]bool{}
	pick := func(a, b int) {
		for i := max(a, 0); i <= min(b, len(w.blocks)-1); i++ {
			picked[i] = true
		}
	}
	pick(0, title-1)
	pick(from-around, to+around)
	w.pickFrame(from, to, pick)
	w.pickEvidence(from, to, pick)
	own := document.Span{Start: w.blocks[from].Start, End: w.blocks[to].End}
	w.pickMeanings(text[own.Start:min(len(text), max(own.Start, own.End+e.grown()))], picked, pick)
	win := window{own: own}
	size := 0
	for _, i := range slices.Sorted(maps.Keys(picked)) {
		lines := linesOf(w.shown.text, w.blocks[i])
		size += lines.Len()
		if k := len(win.parts) - 1; k >= 0 && (lines.Start <= win.parts[k].End || picked[i-1]) {
			win.parts[k].End = max(win.parts[k].End, lines.End)
			continue
		}
		win.parts = append(win.parts, lines)
	}
	return win, size+e.grown() <= widestPatch
}

// reachesFar reports whether the blocks hold what sentences elsewhere lean on: the heading of
// a long clause, a definition.
func (w *base) reachesFar(first, last int) bool {
	for i := first; i <= last; i++ {
		if b := &w.doc.Blocks[i]; b.Kind == document.Code || b.Place != document.Body {
			return true
		}
	}
	span := document.Span{Start: w.doc.Blocks[first].Start, End: w.doc.Blocks[last].End}
	c := w.segments()
	for _, s := range w.sentencesIn(span) {
		if s.Heading && (s.Clause.Level == 0 || s.Clause.Len() > ownClause) {
			return true
		}
	}
	return slices.ContainsFunc(c.Terms, func(t *segment.Term) bool {
		return span.Overlaps(t.Sentence.Span) || t.Meaning.Overlaps(span)
	})
}

// sentencesIn is the sentences that overlap a span of the reading text.
func (w *base) sentencesIn(span document.Span) []*segment.Sentence {
	all := w.segments().Sentences
	from := sort.Search(len(all), func(i int) bool { return all[i].End > span.Start })
	to := from
	for to < len(all) && all[to].Start < span.End {
		to++
	}
	return all[from:to]
}

// clauseOf is the widest clause that block i stands in and that is short enough to be
// linted again as one; nil if there is none.
func (w *base) clauseOf(i int) *segment.Clause {
	some := w.sentencesIn(w.doc.Blocks[i].Span)
	if len(some) == 0 {
		return nil
	}
	var widest *segment.Clause
	for c := some[0].Clause; c != nil && c.Level > 0 && c.Len() <= ownClause; c = c.Parent {
		widest = c
	}
	return widest
}

// blocksOf is the first and the last block of a span of the reading text.
func (w *base) blocksOf(span document.Span) (first, last int) {
	return max(w.doc.BlockAt(span.Start), 0), w.doc.BlockAt(max(span.Start, span.End-1))
}

// wholeTables widens a range of blocks to whole tables.
func (w *base) wholeTables(from, to int) (int, int) {
	blocks := w.doc.Blocks
	same := func(a, b int) bool {
		return blocks[a].Kind == document.Cell && blocks[b].Kind == document.Cell && blocks[a].Table == blocks[b].Table
	}
	for from > 0 && same(from, from-1) {
		from--
	}
	for to+1 < len(blocks) && same(to, to+1) {
		to++
	}
	return from, to
}

// pickFrame picks the headings and lead-ins above the clauses of some blocks, and the
// clauses that they refer to.
func (w *base) pickFrame(from, to int, pick func(a, b int)) {
	span := document.Span{Start: w.doc.Blocks[from].Start, End: w.doc.Blocks[to].End}
	var last *segment.Clause
	for _, s := range w.sentencesIn(span) {
		if s.Clause == last {
			continue
		}
		last = s.Clause
		for c := s.Clause; c != nil && c.Level > 0; c = c.Parent {
			if c.HeadingSpan.Len() > 0 {
				pick(w.blocksOf(c.HeadingSpan))
			}
			if c.Stem != nil {
				pick(c.Stem.Block, c.Stem.Block)
			}
		}
	}
	all := w.segments().References
	for k := sort.Search(len(all), func(k int) bool { return all[k].End > span.Start }); k < len(all) && all[k].Start < span.End; k++ {
		if c := all[k].Target; c != nil && c.Len() <= ownClause {
			pick(w.blocksOf(c.Span))
		}
	}
}

// pickEvidence picks all that the findings in some blocks rest on, and those about the
// document: else the window would begin to process face data where the document long does.
func (w *base) pickEvidence(from, to int, pick func(a, b int)) {
	span := document.Span{Start: w.doc.Blocks[from].Start, End: w.doc.Blocks[to].End}
	for i := range w.settled.Findings {
		f := &w.settled.Findings[i]
		in := func(e lint.Evidence) bool { return span.Overlaps(e.Span) }
		if w.local[i] && !span.Overlaps(f.Span) && !slices.ContainsFunc(f.Evidence, in) {
			continue
		}
		pick(w.blocksOf(f.Span))
		for _, e := range f.Evidence {
			if e.Span.Len() > 0 {
				pick(w.blocksOf(e.Span))
			}
		}
	}
}

// pickMeanings picks the definitions of the terms that stand in a text, and of those in
// these definitions.
func (w *base) pickMeanings(text string, picked map[int]bool, pick func(a, b int)) {
	terms := w.segments().Terms
	done := make([]bool, len(terms))
	texts := []string{text}
	for i := range picked {
		texts = append(texts, w.doc.Text[w.doc.Blocks[i].Start:w.doc.Blocks[i].End])
	}
	for len(texts) > 0 {
		text, texts = texts[0], texts[1:]
		for k, t := range terms {
			if done[k] || t.Name == "" || !strings.Contains(text, t.Name) {
				continue
			}
			done[k] = true
			pick(t.Sentence.Block, t.Sentence.Block)
			texts = append(texts, w.doc.Text[t.Sentence.Start:t.Sentence.End])
			if t.Meaning.Len() > 0 {
				pick(w.blocksOf(t.Meaning))
				texts = append(texts, w.doc.Text[t.Meaning.Start:t.Meaning.End])
			}
		}
	}
}

// linesOf is the lines of a text that a stretch of it stands in, with the break at the end.
func linesOf(text string, s document.Span) document.Span {
	from := strings.LastIndexByte(text[:s.Start], '\n') + 1
	to := len(text)
	if k := strings.IndexByte(text[s.End:], '\n'); k >= 0 {
		to = s.End + k + 1
	}
	return document.Span{Start: from, End: to}
}

// expected is the findings of the whole, by index, that a window has to find again; false if
// one of them stands partly outside of what the window is to be asked about.
func (w *base) expected(win window) ([]int, bool) {
	var out []int
	for i := range w.settled.Findings {
		if !w.local[i] {
			continue
		}
		from, to := w.placeOf(&w.settled.Findings[i])
		switch at := (document.Span{Start: from, End: to}); {
		case win.own.Contains(at):
			out = append(out, i)
		case win.own.Overlaps(at):
			return nil, false
		}
	}
	return out, true
}

// tried is what the old text of a window gives by itself; nil if its findings are not those
// of the whole.
func (w *base) tried(win window, expected []int) *outcome {
	key := win.key()
	w.mu.Lock()
	known, ok := w.faithful[key]
	w.mu.Unlock()
	if ok {
		return known
	}
	out := w.lint(win, w.shown, edit{})
	ok = out != nil && len(out.found) == len(expected)
	for k := 0; ok && k < len(expected); k++ {
		ok = reflect.DeepEqual(out.found[k], w.diagnostics[expected[k]])
	}
	if !ok {
		out = nil
	}
	w.mu.Lock()
	w.faithful[key] = out
	w.mu.Unlock()
	return out
}

// outcome is what a window by itself gives.
type outcome struct {
	found  []Diagnostic // the findings in its own part
	lacks  []Diagnostic // what it lacks, as a document of its own
	grants []string     // the rules of those findings that are about grants
	frame  []string
}

// lint lints a window of the text that lines has, after an edit of the old one; nil if that
// cannot be read.
func (w *base) lint(win window, lines *mapper, e edit) *outcome {
	var b strings.Builder
	type stretch struct{ small, full, size int }
	var stretches []stretch
	for _, p := range win.parts {
		s := e.moved(p)
		if s.Start < 0 || s.End > len(lines.text) || s.Start > s.End {
			return nil
		}
		if b.Len() > 0 {
			b.WriteString("\n")
		}
		stretches = append(stretches, stretch{b.Len(), s.Start, s.Len()})
		b.WriteString(lines.text[s.Start:s.End])
	}
	full := func(at int) int {
		i := max(0, sort.Search(len(stretches), func(i int) bool { return stretches[i].small > at })-1)
		return stretches[i].full + min(at-stretches[i].small, stretches[i].size)
	}
	a := &analysis{rules: w.rules, shown: lines}
	if a.doc, a.err = document.Read(w.doc.Name, []byte(b.String()), document.Options{Encoding: "utf-8"}); a.err != nil || len(a.doc.Problems) > 0 {
		return nil
	}
	a.place = func(s document.Span) (from, to int) {
		r := a.doc.Range(s)
		return full(r.Start.Byte), full(r.End.Byte)
	}
	opts := w.rules.Options
	opts.Kind, opts.Faces = w.review.Kind.Kind, w.review.Faces
	a.review = w.rules.Linter.Review(a.doc, opts)
	a.settle()
	if a.unsettled != nil {
		return nil
	}
	own := e.moved(win.own)
	var found, lacks []Diagnostic
	var grants []string
	for i := range a.settled.Findings {
		f := &a.settled.Findings[i]
		d := w.server.diagnostic(w.uri, a, f)
		if !isLocal(f) {
			lacks = append(lacks, d)
		} else if from, _ := a.place(f.Span); from >= own.Start && from < own.End {
			found = append(found, d)
			if isGrant(f) {
				grants = append(grants, f.Rule.ID)
			}
		}
	}
	return &outcome{found, lacks, grants, a.frame()}
}

// frame is what a text has that sentences elsewhere can lean on: its clauses with their
// places in the tree, and its terms.
func (a *analysis) frame() []string {
	var out []string
	c := a.segments()
	for _, clause := range c.Clauses {
		out = append(out, fmt.Sprint(clause.Level, " ", clause.Label, " ", clause.HeadingSpan.Len() > 0, " ", clause.Stem != nil, " ", len(clause.Children)))
	}
	for _, t := range c.Terms {
		out = append(out, t.Name)
	}
	for _, r := range c.References {
		out = append(out, strconv.FormatBool(r.Target != nil))
	}
	return out
}

// edit is how one text became another: old text[Start:End] is new text of size bytes.
type edit struct {
	document.Span
	size int
}

// difference is the smallest edit that makes b of a, in whole lines at its ends.
func difference(a, b string) edit {
	from := commonPrefix(a, b)
	to := commonSuffix(a[from:], b[from:])
	// Half of a character is none.
	for from > 0 && from < len(a) && a[from]&0xC0 == 0x80 {
		from--
	}
	for to > 0 && a[len(a)-to]&0xC0 == 0x80 {
		to--
	}
	return edit{document.Span{Start: from, End: len(a) - to}, len(b) - to - from}
}

// commonPrefix is how many bytes a and b begin with alike.
func commonPrefix(a, b string) int {
	same, n := 0, min(len(a), len(b))
	for n > same {
		half := same + (n-same+1)/2
		if a[same:half] == b[same:half] {
			same = half
		} else {
			n = half - 1
		}
	}
	return same
}

// commonSuffix is how many bytes a and b end with alike.
func commonSuffix(a, b string) int {
	same, n := 0, min(len(a), len(b))
	for n > same {
		half := same + (n-same+1)/2
		if a[len(a)-half:len(a)-same] == b[len(b)-half:len(b)-same] {
			same = half
		} else {
			n = half - 1
		}
	}
	return same
}

func (e edit) grown() int { return e.size - e.Len() }

func (e edit) none() bool { return e.size == 0 && e.Len() == 0 }

// after is where the new words stand in the new text.
func (e edit) after() document.Span { return document.Span{Start: e.Start, End: e.Start + e.size} }

// words is the new words, with those that they may be part of.
func (e edit) words(text string) string {
	const most = 16 // bytes of a word
	s := e.after()
	line := linesOf(text, s)
	return strings.ToValidUTF8(text[max(line.Start, s.Start-most):min(line.End, s.End+most)], "")
}

// moved is where a stretch of the old text that holds the edit, or is apart from it, stands
// in the new one.
func (e edit) moved(s document.Span) document.Span {
	if e.none() {
		return s
	}
	if s.Start > e.End || s.Start == e.End && e.Len() > 0 {
		s.Start += e.grown()
	}
	if s.End >= e.End && s.End >= e.Start {
		s.End += e.grown()
	}
	return s
}

// move takes positions from the old text to the new one.
type move struct {
	from, to    *mapper
	edit        edit
	first, last uint32 // lines of the old text that the edit touches
	lines       uint32 // how many more the new text has, modulo 2^32
	// places and related are what became of those that the edit touches, see learn.
	places  map[coded]Diagnostic
	related map[RelatedInformation]RelatedInformation
}

// coded is a place with the rule that speaks of it.
type coded struct {
	Range
	code string
}

func newMove(from, to *mapper, e edit) *move {
	m := &move{from: from, to: to, edit: e}
	m.first, m.last = from.position(e.Start).Line, from.position(e.End).Line
	m.lines = to.position(e.Start+e.size).Line - m.last
	return m
}

func (m *move) position(p Position) (Position, bool) {
	switch {
	case p.Line < m.first:
		return p, true
	case p.Line > m.last:
		p.Line += m.lines
		return p, true
	}
	at, _ := m.from.offset(p)
	switch {
	case at <= m.edit.Start:
		return p, true
	case at < m.edit.End:
		return p, false
	}
	return m.to.position(at + m.edit.grown()), true
}

func (m *move) rangeOf(r Range) (Range, bool) {
	from, ok := m.position(r.Start)
	to, also := m.position(r.End)
	return Range{from, to}, ok && also
}

// learn notes what became of those places of some diagnostics about the document that the
// edit touches. It reports whether nothing but the places changed.
func (m *move) learn(old, again []Diagnostic) bool {
	m.places, m.related = map[coded]Diagnostic{}, map[RelatedInformation]RelatedInformation{}
	same := len(old) == len(again)
	for _, o := range old {
		k := slices.IndexFunc(again, func(n Diagnostic) bool { return n.Code == o.Code })
		if k < 0 {
			same = false
			continue
		}
		n := again[k]
		if m.near(o.Range) {
			m.places[coded{o.Range, o.Code}] = n
		} else if to, ok := m.rangeOf(o.Range); !ok || to != n.Range {
			same = false
		}
		if o.Message != n.Message || o.Severity != n.Severity || len(o.RelatedInformation) != len(n.RelatedInformation) {
			same = false
			continue
		}
		for k, r := range o.RelatedInformation {
			now := n.RelatedInformation[k]
			if m.touches(r.Location.Range) {
				m.related[r] = now
			} else if to, ok := m.rangeOf(r.Location.Range); !ok || to != now.Location.Range || r.Message != now.Message {
				same = false
			}
		}
	}
	return same
}

// near reports whether a range of the old text shares a line with the edit. A finding is
// known by its whole sentence.
func (m *move) near(r Range) bool { return r.End.Line >= m.first && r.Start.Line <= m.last }

// touches reports whether the edit is in a range of the old text, or at its ends.
func (m *move) touches(r Range) bool {
	if !m.near(r) {
		return false
	}
	from, _ := m.from.offset(r.Start)
	to, _ := m.from.offset(r.End)
	return from <= m.edit.End && m.edit.Start <= to
}

// diagnostic is d in the new text; false if the edit changed the words of its place, or of one
// related to it that must be there, and what it says now was not learnt.
func (m *move) diagnostic(d Diagnostic, all bool) (Diagnostic, bool) {
	var ok bool
	if m.near(d.Range) {
		var now Diagnostic
		if now, ok = m.places[coded{d.Range, d.Code}]; !ok {
			return d, false
		}
		d.Range, d.Data = now.Range, now.Data
	} else if d.Range, ok = m.rangeOf(d.Range); !ok {
		return d, false
	}
	related := d.RelatedInformation
	d.RelatedInformation = nil
	for _, r := range related {
		if now, ok := m.related[r]; ok {
			d.RelatedInformation = append(d.RelatedInformation, now)
			continue
		}
		ok := !m.touches(r.Location.Range)
		if ok {
			r.Location.Range, ok = m.rangeOf(r.Location.Range)
		}
		switch {
		case ok:
			d.RelatedInformation = append(d.RelatedInformation, r)
		case all:
			return d, false
		}
	}
	return d, true
}

func comparePositions(a, b Position) int {
	if a.Line != b.Line {
		return int(a.Line) - int(b.Line)
	}
	return int(a.Character) - int(b.Character)
}
