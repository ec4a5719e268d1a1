package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/revision"
)

// Comparison is what became of the comparison of two versions of a file.
type Comparison struct {
	// OldPath is what the old version is called; empty if the file is new.
	OldPath, Path string
	Diff          *revision.Diff
	// Err says why there is no verdict.
	Err error
}

// ChangeFormats is every format of comparisons by the name that users give it. The run
// holds no results; its other fields are as for a report.
var ChangeFormats = map[string]func(io.Writer, *Run, []Comparison) error{
	"json":   writeChangesJSON,
	"pretty": writeChanges,
}

// changeWords is the words of a comparison in one language.
type changeWords struct {
	kinds                       map[revision.Kind]string
	causes                      map[revision.Cause]string
	aspects                     map[lint.Aspect]string
	was, removed, uses, because string // labels
	isNow                       string // format of a period
	widened                     string // format of a definition
	limb, limbGone              string // formats of the limbs that came or went
	severity                    string // format of two severities
	again                       string
	again14                     string // what Article 14(2) of the PIPL asks for
	more                        string // format of how many uses are not shown
	summary                     string
}

var changeVocabularies = map[bool]changeWords{
	true: {
		kinds: map[revision.Kind]string{
			revision.New: "新增问题", revision.Worse: "加重", revision.RightRemoved: "删去权利或告知", revision.DefinitionWidened: "定义扩大",
			revision.PeriodLengthened: "期限延长", revision.ConsentAgain: "须重新取得同意", revision.Milder: "减轻", revision.Fixed: "已消除",
		},
		causes: map[revision.Cause]string{
			revision.Added: "本句为新增", revision.Reworded: "本句改动", revision.Elsewhere: "本句未改，另一处改为", revision.Deleted: "删去了其他文字",
		},
		aspects: map[lint.Aspect]string{lint.Purpose: "目的", lint.Method: "方式", lint.KindOfData: "种类"},
		was:     "原为：", removed: "原文：", uses: "用到：", because: "原因：",
		isNow: "“%s”改为“%s”", widened: "“%s”现在包括人脸信息；用到它的条款随之改变，即使文字未动",
		limb: "增加：%s", limbGone: "减少：%s", severity: "由%s变为%s", again: "新的处理：",
		again14: "处理目的、处理方式或者处理的个人信息种类发生变更的，应当重新取得个人同意（《个人信息保护法》第十四条第二款）",
		more:    "另有 %d 处", summary: "新增 %d 个，加重 %d 个，其他变化 %d 处，减轻 %d 个，消除 %d 个；%d 个与原来相同",
	},
	false: {
		kinds: map[revision.Kind]string{
			revision.New: "new", revision.Worse: "worse", revision.RightRemoved: "right removed", revision.DefinitionWidened: "definition widened",
			revision.PeriodLengthened: "period longer", revision.ConsentAgain: "consent again", revision.Milder: "milder", revision.Fixed: "fixed",
		},
		causes: map[revision.Cause]string{
			revision.Added: "the sentence is new", revision.Reworded: "the sentence was changed", revision.Elsewhere: "the sentence is the same, and another was changed",
			revision.Deleted: "what stood elsewhere is gone",
		},
		aspects: map[lint.Aspect]string{lint.Purpose: "purpose", lint.Method: "method", lint.KindOfData: "kind of data"},
		was:     "Was: ", removed: "It said: ", uses: "Used: ", because: "Because: ",
		isNow: "“%s” became “%s”", widened: "“%s” stands for face data now; the clauses that use it changed with it, whoever touched them",
		limb: "added: %s", limbGone: "gone: %s", severity: "from %s to %s", again: "New: ",
		again14: "Another purpose, method or kind of personal information needs consent again (PIPL art. 14(2))",
		more:    "%d more", summary: "%d new, %d worse, %d otherwise changed, %d milder, %d fixed; %d as before",
	},
}

// tally counts the changes of a comparison by kind.
func tally(list []Comparison) (count map[revision.Kind]int, same int) {
	count = map[revision.Kind]int{}
	for _, c := range list {
		if c.Err != nil {
			continue
		}
		same += c.Diff.Same
		for _, x := range c.Diff.Changes {
			count[x.Kind]++
		}
	}
	return count, same
}

// writeChanges writes comparisons for people.
func writeChanges(w io.Writer, run *Run, list []Comparison) error {
	zh := run.language() == "zh"
	p := newPretty(w, run)
	for _, c := range list {
		if c.Err != nil {
			p.unreadable(Result{Path: c.Path, Err: c.Err})
			continue
		}
		for _, x := range c.Diff.Changes {
			p.change(c, x, zh)
			p.println()
		}
	}
	n, same := tally(list)
	other := n[revision.RightRemoved] + n[revision.DefinitionWidened] + n[revision.PeriodLengthened] + n[revision.ConsentAgain]
	p.println(fmt.Sprintf(changeVocabularies[zh].summary, n[revision.New], n[revision.Worse], other, n[revision.Milder], n[revision.Fixed], same))
	return p.w.Flush()
}

// maxUses is how many uses of a term are shown.
const maxUses = 5

func (p *pretty) change(c Comparison, x revision.Change, zh bool) {
	lang := "en"
	if zh {
		lang = "zh"
	}
	if x.Finding != nil {
		lang = x.Finding.Lang
	}
	words, v := changeVocabularies[zh], vocabularies[lang == "zh"]
	path, d, at := c.Path, c.Diff.New.Doc, x.New
	if x.New.Len() == 0 {
		path, d, at = c.OldPath, c.Diff.Old.Doc, x.Old
	}
	if x.Finding != nil && x.Kind != revision.Fixed {
		at = x.Finding.Span
	}
	pos := d.Range(at).Start
	head := fmt.Sprintf("%s:%d:%d  %s", p.run.paint(bold, Visible(path)), pos.Line, pos.Column, p.run.paint(kindStyle(x.Kind), words.kinds[x.Kind]))
	mark := kindStyle(x.Kind)
	if f := x.Finding; f != nil {
		head += "  " + p.run.paint(severityStyle(f.Severity), f.Severity.String()) + "  " + f.Rule.ID
		if clause := Visible(strings.TrimSpace(f.Clause.Path() + " " + f.Clause.Heading)); clause != "" {
			head += "   " + p.run.paint(faint, clause)
		}
	} else if x.Rule != nil {
		head += "  " + x.Rule.ID
	}
	p.println(head)
	for i, e := range excerpts(d, at, p.width-len(indent)) {
		if i > 0 {
			p.println(indent, p.run.paint(faint, "…"))
		}
		p.println(indent, e.line)
		p.println(indent, p.run.paint(mark, e.marks))
	}
	quoteOld := func(s document.Span) string {
		r := c.Diff.Old.Doc.Range(s).Start
		place := v.line
		if c.Diff.Old.Doc.Format == document.DOCX {
			place = v.paragraph
		}
		return shorten(c.Diff.Old.Doc.Quote(s), 2*quoteCells) + fmt.Sprintf(place, r.Line)
	}
	switch x.Kind {
	case revision.New:
		p.field(plain, "", x.Finding.Message)
		p.field(faint, v.basis, v.citations(p.run.articles(x.Finding.Basis, lang)))
		cause := words.causes[x.Cause]
		if x.Cause == revision.Elsewhere {
			cause += v.openQuote + shorten(d.Quote(x.New), 2*quoteCells) + v.closeQuote
		}
		p.field(faint, words.because, cause)
		if x.Old.Len() > 0 {
			p.field(faint, words.was, quoteOld(x.Old))
		}
	case revision.Worse, revision.Milder:
		p.field(plain, "", x.Finding.Message)
		var said []string
		if len(x.Words) > 0 {
			format := words.limb
			if x.Kind == revision.Milder {
				format = words.limbGone
			}
			said = append(said, fmt.Sprintf(format, texts(x.Words, v.comma)))
		}
		if x.Was.Severity != x.Finding.Severity {
			said = append(said, fmt.Sprintf(words.severity, v.severity(x.Was.Severity), v.severity(x.Finding.Severity)))
		}
		p.field(faint, words.because, strings.Join(said, v.semicolon))
		p.field(faint, words.was, quoteOld(x.Old))
	case revision.DefinitionWidened:
		p.field(plain, "", fmt.Sprintf(words.widened, Visible(x.Term)))
		if x.Old.Len() > 0 {
			p.field(faint, words.was, quoteOld(x.Old))
		}
		label := words.uses
		for i, u := range x.Uses {
			if i == maxUses {
				p.field(faint, label, fmt.Sprintf(words.more, len(x.Uses)-i))
				break
			}
			p.field(faint, label, shorten(d.Quote(u), quoteCells)+fmt.Sprintf(v.line, d.Range(u).Start.Line))
			label = strings.Repeat(" ", cells(glyphs(words.uses)))
		}
	case revision.PeriodLengthened:
		p.field(plain, "", fmt.Sprintf(words.isNow, c.Diff.Old.Doc.Quote(x.Old), d.Quote(x.New)))
	case revision.ConsentAgain:
		p.field(plain, "", words.again14)
		var said []string
		for _, word := range x.Words {
			said = append(said, words.aspects[word.Aspect]+v.openQuote+word.Text+v.closeQuote)
		}
		p.field(faint, words.again, strings.Join(said, v.semicolon))
	}
}

// texts is the words without what they are.
func texts(words []revision.Word, comma string) string {
	var out []string
	for _, w := range words {
		out = append(out, w.Text)
	}
	return strings.Join(out, comma)
}

// kindStyle is how grave a change looks.
func kindStyle(k revision.Kind) style {
	switch k {
	case revision.New, revision.Worse:
		return red
	case revision.Fixed, revision.Milder:
		return green
	}
	return yellow
}

type jsonChanges struct {
	SchemaVersion int              `json:"schemaVersion"`
	Tool          jsonTool         `json:"tool"`
	ColumnUnit    string           `json:"columnUnit"`
	Comparisons   []jsonComparison `json:"comparisons"`
}

type jsonComparison struct {
	OldPath string           `json:"oldPath,omitempty"`
	Path    string           `json:"path"`
	Changes []jsonLegalShift `json:"changes"`
	Same    int              `json:"same"`
	Errors  []jsonMessage    `json:"errors"`
}

type jsonLegalShift struct {
	Kind    string       `json:"kind"`
	Cause   string       `json:"cause,omitempty"`
	Rule    string       `json:"rule,omitempty"`
	Finding *jsonFinding `json:"finding,omitempty"`
	Was     *jsonFinding `json:"was,omitempty"`
	Old     *jsonPlace   `json:"old,omitempty"`
	New     *jsonPlace   `json:"new,omitempty"`
	Words   []jsonWord   `json:"words,omitempty"`
	Term    string       `json:"term,omitempty"`
	Uses    []jsonPlace  `json:"uses,omitempty"`
}

type jsonPlace struct {
	Quote string    `json:"quote"`
	Range jsonRange `json:"range"`
}

type jsonWord struct {
	Text   string `json:"text"`
	Aspect string `json:"aspect,omitempty"`
}

// writeChangesJSON writes comparisons for programs, as docs/changes.schema.json says.
func writeChangesJSON(w io.Writer, run *Run, list []Comparison) error {
	out := jsonChanges{schemaVersion, jsonTool{"clauselint", run.Version}, "utf-16", []jsonComparison{}}
	for _, c := range list {
		x := jsonComparison{OldPath: validPath(c.OldPath), Path: validPath(c.Path), Changes: []jsonLegalShift{}, Errors: []jsonMessage{}}
		if c.Err != nil {
			x.Errors = append(x.Errors, jsonMessage{Result{Path: c.Path, Err: c.Err}.Reason()})
		} else {
			x.Same = c.Diff.Same
			for _, change := range c.Diff.Changes {
				x.Changes = append(x.Changes, newJSONShift(c.Diff, change))
			}
		}
		out.Comparisons = append(out.Comparisons, x)
	}
	return encodeJSON(w, out)
}

func newJSONShift(d *revision.Diff, c revision.Change) jsonLegalShift {
	out := jsonLegalShift{Kind: string(c.Kind), Cause: string(c.Cause), Term: c.Term}
	if c.Rule != nil {
		out.Rule = c.Rule.ID
	}
	if c.Finding != nil {
		in := d.New.Doc
		if c.Kind == revision.Fixed {
			in = d.Old.Doc
		}
		f := newJSONFinding(in, *c.Finding)
		out.Finding = &f
	}
	if c.Was != nil {
		f := newJSONFinding(d.Old.Doc, *c.Was)
		out.Was = &f
	}
	place := func(d *document.Document, s document.Span) *jsonPlace {
		if s.Len() == 0 {
			return nil
		}
		return &jsonPlace{d.Quote(s), newJSONRange(d.Range(s))}
	}
	out.Old, out.New = place(d.Old.Doc, c.Old), place(d.New.Doc, c.New)
	for _, w := range c.Words {
		out.Words = append(out.Words, jsonWord{w.Text, string(w.Aspect)})
	}
	for _, u := range c.Uses {
		out.Uses = append(out.Uses, *place(d.New.Doc, u))
	}
	return out
}
