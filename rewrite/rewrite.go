// Package rewrite finds edits of a contract that end its findings. No edit is believed:
// each is made and linted, and offered only if the finding is gone and no other came.
package rewrite

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/segment"
)

// Proposal is edits that together end a finding.
type Proposal struct {
	Finding lint.Finding
	Edits   []document.Edit
	// Blanks are the 【…】 and […] in the new text that a person has to fill in.
	Blanks []string
}

// Try makes edits to the document and lints what comes out. An error says that the edits
// cannot be made; others may.
type Try func(edits []document.Edit) ([]lint.Finding, error)

// maxTries bounds how often one document is linted.
const maxTries = 300

// Propose finds edits for the findings of doc about words of the text, of severity
// warning and up, in the order of the text: the smallest first, which takes out only the
// words that make the grant what it is, then the sentence in the wording of the rule, then
// nothing in its place.
// The edits of all proposals can be made together.
func Propose(doc *document.Document, findings []lint.Finding, try Try) []Proposal {
	var out []Proposal
	var made []document.Edit
	counts := count(findings)
	tries := 0
	for _, f := range findings {
		if f.Scope != lint.ClauseScope || f.Rule.When[0].Act == string(lint.Blank) || f.Severity < clauses.Warning || covered(made, f.Span) {
			continue
		}
		for _, edits := range candidates(doc, &f, made) {
			if tries++; tries > maxTries {
				return out
			}
			if overlap(made, edits) {
				continue
			}
			all := append(append([]document.Edit(nil), made...), edits...)
			after, err := try(all)
			if err != nil {
				continue
			}
			if now := count(after); now.better(counts, f.Rule.ID) {
				made, counts = all, now
				out = append(out, Proposal{Finding: f, Edits: edits, Blanks: blanks(edits)})
				break
			}
		}
	}
	return out
}

// Ends reports whether there are fewer findings of a rule after an edit than before, and
// no more of any other.
func Ends(before, after []lint.Finding, rule string) bool {
	return count(after).better(count(before), rule)
}

// tally counts findings by rule.
type tally map[string]int

func count(findings []lint.Finding) tally {
	t := tally{}
	for _, f := range findings {
		// A new wording has blanks for a person to fill in; that they are open is no fault
		// of the edit.
		if f.Rule.When[0].Act != string(lint.Blank) {
			t[f.Rule.ID]++
		}
	}
	return t
}

// better reports whether there are fewer findings of rule than before, and no more of
// any other.
func (t tally) better(before tally, rule string) bool {
	for id, n := range t {
		if n > before[id] {
			return false
		}
	}
	return t[rule] < before[rule]
}

func covered(made []document.Edit, s document.Span) bool {
	for _, e := range made {
		if e.Span.Overlaps(s) {
			return true
		}
	}
	return false
}

func overlap(made, edits []document.Edit) bool {
	for _, e := range edits {
		if covered(made, e.Span) {
			return true
		}
	}
	return false
}

// candidates are edits that may end f, the smallest first. Where the limbs of one grant
// stand in several sentences, each has its part in an edit.
func candidates(doc *document.Document, f *lint.Finding, made []document.Edit) [][]document.Edit {
	s := sentenceAt(f.Clause, f.Start)
	if s == nil {
		return nil
	}
	body := s.WithoutLabel(doc)
	if body.Len() == 0 {
		return nil
	}
	limbs, others := limbsBySentence(doc, f, s)
	var out [][]document.Edit
	if limbs != nil && !slices.ContainsFunc(others, func(o []document.Edit) bool { return o == nil }) {
		out = append(out, slices.Concat(limbs, slices.Concat(others...)))
	}
	rest := withoutOthers(doc, f, s, others)
	if text := asSentence(doc.Text[body.Start:body.End], f.Suggestion); f.Suggestion != "" && !said(made, text) {
		out = append(out, append([]document.Edit{{Span: body, Text: text}}, rest...))
	}
	if s.Span == body { // no number is left behind without its words
		out = append(out, append([]document.Edit{{Span: whole(doc, body)}}, rest...))
	}
	return out
}

// limbsBySentence takes the qualities of f out of its own sentence, and out of each of the
// other sentences that they stand in, where that can be done.
func limbsBySentence(doc *document.Document, f *lint.Finding, own *segment.Sentence) (limbs []document.Edit, others [][]document.Edit) {
	limbs = withoutLimbs(doc, f, own.WithoutLabel(doc))
	for _, s := range otherSentences(f, own) {
		others = append(others, withoutLimbs(doc, f, s.WithoutLabel(doc)))
	}
	return limbs, others
}

// withoutOthers ends what the sentences of f but its own say: their limbs, or all of them.
func withoutOthers(doc *document.Document, f *lint.Finding, own *segment.Sentence, others [][]document.Edit) (out []document.Edit) {
	for i, s := range otherSentences(f, own) {
		if others[i] != nil {
			out = append(out, others[i]...)
		} else if body := s.WithoutLabel(doc); body == s.Span {
			out = append(out, document.Edit{Span: whole(doc, body)})
		}
	}
	return out
}

// whole is a sentence with the spaces before it.
func whole(doc *document.Document, s document.Span) document.Span {
	if before := strings.TrimRight(doc.Text[:s.Start], " "); before != "" && !strings.HasSuffix(before, "\n") {
		s.Start = len(before)
	}
	return s
}

// otherSentences are those with qualities of f, but its own.
func otherSentences(f *lint.Finding, own *segment.Sentence) (out []*segment.Sentence) {
	for _, e := range f.Evidence {
		if e.Role != lint.RoleQuality || own.Contains(e.Span) {
			continue
		}
		if s := sentenceAt(f.Clause, e.Start); s != nil && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// said reports whether an edit has put in that text, bar its stop.
func said(made []document.Edit, text string) bool {
	for _, e := range made {
		if strings.TrimRight(e.Text, stops) == strings.TrimRight(text, stops) {
			return true
		}
	}
	return false
}

// stops end a sentence.
const stops = "。；;.！!"

// sentenceAt is the sentence that holds an offset, in whatever clause of the contract.
func sentenceAt(c *segment.Clause, offset int) *segment.Sentence {
	for c.Parent != nil {
		c = c.Parent
	}
	for c != nil {
		for _, s := range c.Sentences {
			if s.Start <= offset && offset < s.End {
				return s
			}
		}
		i := slices.IndexFunc(c.Children, func(k *segment.Clause) bool { return k.Start <= offset && offset < k.End })
		if i < 0 {
			return nil
		}
		c = c.Children[i]
	}
	return nil
}

// withoutLimbs takes the words that the proof of f calls qualities out of the sentence,
// where they only qualify what follows them: 永久的、不可撤销的许可, "a perpetual licence".
// Where one of them is what the sentence says (该授权不可撤销), there is no such edit.
//
// Only what a grant is said to be is such a word; what a term lays down is all it says.
func withoutLimbs(doc *document.Document, f *lint.Finding, body document.Span) []document.Edit {
	if f.Rule.When[0].Act != "grant" {
		return nil
	}
	var edits []document.Edit
	var last []bool // of its row, by edit
	for _, e := range f.Evidence {
		if e.Role != lint.RoleQuality || !body.Contains(e.Span) {
			continue
		}
		limb, ends, ok := attribute(doc.Text, body, e.Span)
		if !ok {
			return nil
		}
		if n := len(edits) - 1; n >= 0 && limb.Start <= edits[n].End {
			edits[n].End, last[n] = max(edits[n].End, limb.End), ends
			continue
		}
		edits, last = append(edits, document.Edit{Span: limb}), append(last, ends)
	}
	for i := range edits {
		if last[i] {
			edits[i].Start, edits[i].Text = withSeparator(doc.Text, body, edits[i].Start)
		}
		article(doc.Text, body, &edits[i])
	}
	return edits
}

// attribute is the stretch to take out so that the words s no longer qualify what follows
// them, with the particle or separator after them; not ok if nothing follows that they
// could qualify. last tells that no other quality follows.
func attribute(text string, body, s document.Span) (out document.Span, last, ok bool) {
	rest := text[s.End:body.End]
	trimmed := rest
	for _, particle := range []string{"性", "的", "地"} {
		trimmed = strings.TrimPrefix(trimmed, particle)
	}
	trimmed = strings.TrimLeft(trimmed, " ")
	noun := trimmed // unless another quality follows
	for {
		cut := trimmed
		for _, sep := range separators {
			cut = strings.TrimLeft(strings.TrimPrefix(cut, sep), " ")
		}
		if cut == trimmed {
			break
		}
		trimmed = cut
	}
	next, _ := utf8.DecodeRuneInString(trimmed)
	if trimmed == "" || !unicode.IsLetter(next) {
		return s, false, false
	}
	before := strings.TrimRight(text[body.Start:s.Start], " ")
	if strings.HasSuffix(before, "为") || strings.HasSuffix(before, "是") || copula(before) {
		return s, false, false
	}
	s.End += len(rest) - len(trimmed)
	return s, trimmed == noun, true
}

// withSeparator is where the separator begins that stands before an offset: the last
// qualities of a row take it along. It is the offset if there is none. instead is what
// stays between the words on either side.
func withSeparator(text string, body document.Span, offset int) (start int, instead string) {
	before := strings.TrimRight(text[body.Start:offset], " ")
	for _, sep := range separators {
		cut, ok := strings.CutSuffix(before, strings.TrimRight(sep, " "))
		word := sep[0] < utf8.RuneSelf && sep != "," // which begins after a space
		if ok && cut != "" && (!word || strings.HasSuffix(cut, " ")) {
			if sep[0] < utf8.RuneSelf {
				instead = " "
			}
			return body.Start + len(strings.TrimRight(cut, " ")), instead
		}
	}
	return offset, ""
}

// separators stand between the qualities of one thing.
var separators = []string{"、", "，", ",", "和", "与", "及", "且", "并", "and ", "or "}

// copula reports whether an English text ends in a form of "to be" or the like.
func copula(before string) bool {
	words := strings.Fields(strings.ToLower(before))
	if len(words) == 0 {
		return false
	}
	switch words[len(words)-1] {
	case "is", "are", "be", "being", "was", "were", "remain", "remains", "become", "becomes":
		return true
	}
	return false
}

// article makes "a" or "an" before a deletion fit the word after it.
func article(text string, body document.Span, e *document.Edit) {
	before := strings.TrimRight(text[body.Start:e.Start], " ")
	word := before[strings.LastIndexByte(before, ' ')+1:]
	if l := strings.ToLower(word); l != "a" && l != "an" || e.End >= body.End {
		return
	}
	fits := "a"
	if strings.ContainsRune("aeiouAEIOU", rune(text[e.End])) {
		fits = "an"
	}
	if unicode.IsUpper(rune(word[0])) {
		fits = strings.ToUpper(fits[:1]) + fits[1:]
	}
	if fits != word {
		e.Start = body.Start + len(before) - len(word)
		e.Text = fits + " "
	}
}

// asSentence is a suggestion with the stop at the end of the sentence whose place it takes.
func asSentence(old, suggestion string) string {
	last, size := utf8.DecodeLastRuneInString(old)
	end := ""
	if strings.ContainsRune(stops, last) {
		end = old[len(old)-size:]
	}
	return strings.TrimRight(strings.TrimSpace(suggestion), stops) + end
}

// blanks are what a person has to fill in of new text.
func blanks(edits []document.Edit) []string {
	var out []string
	for _, e := range edits {
		rest := e.Text
		for {
			i := strings.IndexAny(rest, "【[")
			if i < 0 {
				break
			}
			end := strings.IndexAny(rest[i:], "】]")
			if end < 0 {
				break
			}
			_, size := utf8.DecodeRuneInString(rest[i+end:])
			out = append(out, rest[i:i+end+size])
			rest = rest[i+end+size:]
		}
	}
	return out
}
