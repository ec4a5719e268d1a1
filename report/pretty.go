package report

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
)

const (
	defaultWidth = 100
	minWidth     = 40 // below this a terminal breaks the lines, not we
	indent       = "    "
	// quoteCells is the most that the quote of a piece of evidence takes.
	quoteCells = 60
)

// writePretty writes the report for people: each finding with its line, the
// reason, the law, the evidence and a compliant wording, and a last line that
// counts. With run.Quiet it is one line for each error and each unreadable
// file, and the last line only if anything was found.
func writePretty(w io.Writer, run *Run) error {
	p := newPretty(w, run)
	for _, r := range run.Results {
		p.result(r)
	}
	if s := run.Summary(); !run.Quiet || s.Findings+s.Unreadable > 0 {
		p.println(summaryLine(s, run.language()))
	}
	return p.w.Flush()
}

// pretty holds the state of one report. bufio.Writer keeps the first error, so
// the prints in between need not look.
type pretty struct {
	w     *bufio.Writer
	run   *Run
	width int
}

func newPretty(w io.Writer, run *Run) *pretty {
	p := &pretty{w: bufio.NewWriter(w), run: run, width: run.Width}
	if p.width <= 0 {
		p.width = defaultWidth
	}
	p.width = max(p.width, minWidth)
	return p
}

func (p *pretty) println(parts ...string) {
	for _, s := range parts {
		p.w.WriteString(s)
	}
	p.w.WriteByte('\n')
}

func (p *pretty) result(r Result) {
	if r.Err != nil {
		p.unreadable(r)
		return
	}
	path := p.run.paint(bold, Visible(r.Path))
	if !p.run.Quiet && r.Doc != nil && len(r.Doc.Problems) > 0 {
		for _, problem := range r.Doc.Problems {
			p.println(path, "  ", p.run.paint(yellow, "problem"), "  ", Visible(problem.Message))
		}
		p.gap()
	}
	p.findings(path, r.Doc, sorted(r.Findings))
	if len(r.Waived) > 0 && !p.run.Quiet {
		for _, w := range r.Waived {
			p.waived(path, r.Doc, w)
		}
		p.gap()
	}
}

// waived names a finding that somebody answers for, on two lines: it must be seen, and
// not be in the way.
func (p *pretty) waived(path string, d *document.Document, w Waived) {
	words := vocabularies[w.Lang == "zh"]
	at := d.Range(w.Span).Start
	p.println(fmt.Sprintf("%s:%d:%d  %s  %s", path, at.Line, at.Column, p.run.paint(faint, words.waived), w.Rule.ID))
	p.field(faint, words.because, words.waiver(w.Waiver))
}

// unreadable names a file without a verdict.
func (p *pretty) unreadable(r Result) {
	p.println(p.run.paint(bold, Visible(r.Path)), "  ", p.run.paint(red, "unreadable"), "  ", Visible(r.Reason()))
	p.gap()
}

// manyFindings is how many findings one goroutine writes as fast as several.
const manyFindings = 100

// findings writes the findings of one file, in as many goroutines as there are
// processors for.
func (p *pretty) findings(path string, d *document.Document, all []lint.Finding) {
	parts := min(runtime.GOMAXPROCS(0), len(all)/manyFindings+1)
	texts := make([]bytes.Buffer, parts)
	var group sync.WaitGroup
	for k := range parts {
		group.Go(func() {
			part := &pretty{w: bufio.NewWriter(&texts[k]), run: p.run, width: p.width}
			for _, f := range all[k*len(all)/parts : (k+1)*len(all)/parts] {
				part.entry(path, d, f)
			}
			part.w.Flush() // a bytes.Buffer takes everything
		})
	}
	group.Wait()
	for k := range texts {
		p.w.Write(texts[k].Bytes())
	}
}

// entry writes a finding as long as the report wants it.
func (p *pretty) entry(path string, d *document.Document, f lint.Finding) {
	switch {
	case !p.run.Quiet:
		p.finding(path, d, f)
		p.gap()
	case f.Severity == clauses.Error:
		p.println(p.head(path, d, f), "  ", Visible(f.Message))
	}
}

// gap is the empty line after an entry; a quiet report is one line an entry.
func (p *pretty) gap() {
	if !p.run.Quiet {
		p.println()
	}
}

// head is "path:line:column  severity  rule".
func (p *pretty) head(path string, d *document.Document, f lint.Finding) string {
	at := d.Range(f.Span).Start
	return fmt.Sprintf("%s:%d:%d  %s  %s", path, at.Line, at.Column,
		p.run.paint(severityStyle(f.Severity), f.Severity.String()), f.Rule.ID)
}

func (p *pretty) finding(path string, d *document.Document, f lint.Finding) {
	head := p.head(path, d, f)
	if f.Clause != nil {
		if clause := Visible(strings.TrimSpace(f.Clause.Path() + " " + f.Clause.Heading)); clause != "" {
			head += "   " + p.run.paint(faint, clause)
		}
	}
	p.println(head)
	shown := excerpts(d, f.Span, p.width-len(indent))
	for i, e := range shown {
		if i > 0 {
			p.println(indent, p.run.paint(faint, "…"))
		}
		p.println(indent, e.line)
		p.println(indent, p.run.paint(severityStyle(f.Severity), e.marks))
	}
	words := vocabularies[f.Lang == "zh"]
	p.field(plain, "", f.Message)
	p.field(faint, words.basis, words.citations(p.run.articles(f.Basis, f.Lang)))
	for i, e := range f.Evidence {
		label := words.evidence
		if i > 0 {
			label = strings.Repeat(" ", cells(glyphs(label)))
		}
		p.field(faint, label, words.evidenceLine(d, e))
	}
	if f.Origin != nil {
		p.field(faint, words.tracked, words.origin(f.Origin))
	}
	for _, q := range f.Facts {
		if q.Answer == nil {
			p.field(yellow, words.open, words.question(q, f.Lang))
		} else {
			p.field(faint, words.fact, words.answered(q, f.Lang))
		}
	}
	if f.Suggestion != "" {
		p.field(green, words.suggestion, f.Suggestion)
	}
}

// field prints a label and its text, wrapped and indented below the label.
func (p *pretty) field(st style, label, text string) {
	if text == "" {
		return
	}
	size := cells(glyphs(label))
	for i, line := range wrap(text, p.width-len(indent)-size) {
		if i > 0 {
			label = strings.Repeat(" ", size)
		}
		p.println(indent, p.run.paint(st, label), line)
	}
}

// vocabulary is the report's own words in one language.
type vocabulary struct {
	basis, evidence, suggestion string // labels
	open, fact, advice          string // labels
	ifYes, decides              string // formats of what follows from either answer
	yes, no, nothing            string
	toAnswer, counted           string // at the end of the questions
	semicolon, comma            string // between instruments and between articles
	endOfName                   string // what ends the instrument's name in a citation
	openQuote, closeQuote, dash string
	line, paragraph             string // formats of a place
	brackets                    string // format of a remark
	waived, because, until      string // a word, a label, a format
	tracked, change             string // a label, and the format of a tracked change
	origins                     map[lint.OriginKind]string
	severities                  map[clauses.Severity]string
	roles                       map[lint.Role]string
	issue, standsIn             string                    // formats of a comment
	places                      map[document.Place]string // where Word has no comments
}

// vocabularies is the vocabulary by whether the language is Chinese.
var vocabularies = map[bool]vocabulary{
	true: {
		basis: "依据：", evidence: "证据：", suggestion: "建议：", open: "待答：", fact: "事实：", advice: "怎样回答：",
		ifYes: "%s（%s）答“是”：%s；答“否”：%s", yes: "是", no: "否", nothing: "不报", decides: "“%s” %s：现在%s；答“是”：%s；答“否”：%s",
		toAnswer: "在 .clauselint.yaml 中回答（answer: yes 或 no；owner 负责人，date 日期，source 依据）：",
		counted:  "%d 个待答问题，%d 个已答", brackets: "（%s）",
		severities: map[clauses.Severity]string{clauses.Error: "错误", clauses.Warning: "警告", clauses.Note: "提示"},
		semicolon:  "；", comma: "、", endOfName: "》",
		waived: "豁免", because: "理由：", until: "有效至 %s",
		tracked: "修订：", change: "%s（%s）",
		origins: map[lint.OriginKind]string{lint.Untouched: "修订前已有", lint.Inserted: "修订插入，修订人：", lint.Exposed: "因修订删除其他内容而产生，修订人："},
		// A definition quotes its term; a second pair of quotes would confuse.
		openQuote: "：", closeQuote: "", dash: "——",
		line: "（第 %d 行）", paragraph: "（第 %d 段）",
		roles: map[lint.Role]string{
			lint.RoleGrant: "授权", lint.RoleObject: "对象", lint.RoleQuality: "性质",
			lint.RoleManner: "方式", lint.RoleCondition: "条件", lint.RoleDefinition: "定义",
			lint.RoleStem: "总起句", lint.RoleHeading: "标题", lint.RoleContrary: "相反约定",
			lint.RoleVersion: "另一语言文本", lint.RoleCandidate: "已看而不够", lint.RoleKind: "文件类型",
			lint.RoleUnmarked: "未作标识", lint.RolePlayedDown: "弱化显示", lint.RoleMarked: "已作标识",
		},
		issue: "【问题】（%s）%s（%s）", standsIn: "位于%s：“%s”。",
		places: map[document.Place]string{
			document.Footnote: "脚注", document.Endnote: "尾注", document.Header: "页眉", document.Footer: "页脚", document.TextBox: "文本框",
		},
	},
	false: {
		basis: "Basis: ", evidence: "Evidence: ", suggestion: "Instead: ", open: "Open: ", fact: "Fact: ", advice: "To answer: ",
		ifYes: "%s (%s) If yes: %s; if no: %s", yes: "yes", no: "no", nothing: "no finding", decides: "“%s” %s: now %s; if yes: %s; if no: %s",
		toAnswer: "Answer in .clauselint.yaml (answer: yes or no; who answers for it, when, and where it is written):",
		counted:  "open questions: %d, answered: %d", brackets: " (%s)",
		semicolon: "; ", comma: ", ", endOfName: " art. ",
		waived: "waived", because: "Because: ", until: "until %s",
		tracked: "Tracked: ", change: "%s (%s)",
		origins:   map[lint.OriginKind]string{lint.Untouched: "was there before the changes", lint.Inserted: "inserted by ", lint.Exposed: "arises from a deletion by "},
		openQuote: `: "`, closeQuote: `"`, dash: " — ",
		line: " at line %d", paragraph: " in paragraph %d",
		issue: "Issue (%s): %s [%s]", standsIn: "It stands in %s: “%s”.",
		places: map[document.Place]string{
			document.Footnote: "a footnote", document.Endnote: "an endnote", document.Header: "a header", document.Footer: "a footer",
			document.TextBox: "a text box",
		},
	},
}

// citations is the articles with each instrument named once, in the order of
// its first article: "PIPL art. 15, 47; Civil Code art. 497".
func (v vocabulary) citations(articles []string) string {
	var out []string
	at := map[string]int{} // by instrument, its place in out
	for _, article := range articles {
		name, number, ok := strings.Cut(article, v.endOfName)
		if i, again := at[name]; again && ok {
			out[i] += v.comma + number
			continue
		}
		at[name] = len(out)
		out = append(out, article)
	}
	return strings.Join(out, v.semicolon)
}

// evidenceLine is `object: "face data" at line 7 — why it counts`.
func (v vocabulary) evidenceLine(d *document.Document, e lint.Evidence) string {
	place := v.line
	if d.Format == document.DOCX {
		place = v.paragraph // Word has no lines of its own
	}
	s := v.role(e.Role) + v.openQuote + shorten(d.Quote(e.Span), quoteCells) + v.closeQuote +
		fmt.Sprintf(place, d.Range(e.Span).Start.Line)
	if e.Note != "" {
		s += v.dash + e.Note
	}
	return s
}

// origin says where a finding in a document with tracked changes comes from.
func (v vocabulary) origin(o *lint.Origin) string {
	var by []string
	for _, c := range o.Changes {
		who := c.Author
		if c.Date != "" {
			who = fmt.Sprintf(v.change, c.Author, c.Date)
		}
		by = append(by, who)
	}
	return v.origins[o.Kind] + strings.Join(by, v.comma)
}

// waiver is why a finding is waived, by whom, until when and where that is written.
func (v vocabulary) waiver(w Waiver) string {
	said := []string{w.By}
	if w.Until != "" {
		said = append(said, fmt.Sprintf(v.until, w.Until))
	}
	said = append(said, fmt.Sprintf("%s:%d", w.Path, w.Line))
	return w.Reason + fmt.Sprintf(v.brackets, strings.Join(said, v.comma))
}

// question is an open question with what follows from either answer.
func (v vocabulary) question(q lint.RestsOn, lang string) string {
	return fmt.Sprintf(v.ifYes, q.Fact.Question.In(lang), q.Fact.ID, v.severity(q.Yes), v.severity(q.No))
}

// answered is a question with its answer, and who gave it.
func (v vocabulary) answered(q lint.RestsOn, lang string) string {
	answer := v.no
	if q.Answer.Yes {
		answer = v.yes
	}
	var by []string
	for _, s := range []string{q.Answer.Owner, q.Answer.Date, q.Answer.Source} {
		if s != "" {
			by = append(by, s)
		}
	}
	s := q.Fact.Question.In(lang) + " " + answer
	if len(by) > 0 {
		s += fmt.Sprintf(v.brackets, strings.Join(by, v.comma))
	}
	return s
}

// severity is the name of a severity; of 0, that there is no finding.
func (v vocabulary) severity(s clauses.Severity) string {
	if s == 0 {
		return v.nothing
	}
	if name, ok := v.severities[s]; ok {
		return name
	}
	return s.String()
}

func summaryLine(s Summary, lang string) string {
	if lang == "zh" {
		line := fmt.Sprintf("%d 个文件，%d 个错误，%d 个警告，%d 个提示", s.Files, s.Errors, s.Warnings, s.Notes)
		if s.Unreadable > 0 {
			line += fmt.Sprintf("；%d 个文件无法读取", s.Unreadable)
		}
		if s.Withheld > 0 {
			line += fmt.Sprintf("；另有 %d 个因已答的事实不报", s.Withheld)
		}
		if s.Waived > 0 {
			line += fmt.Sprintf("；%d 个已豁免", s.Waived)
		}
		if s.Known > 0 {
			line += fmt.Sprintf("；%d 个已在基线中", s.Known)
		}
		return line
	}
	line := fmt.Sprintf("%s, %s, %s, %s", count(s.Files, "file"), count(s.Errors, "error"),
		count(s.Warnings, "warning"), count(s.Notes, "note"))
	if s.Unreadable > 0 {
		line += "; " + count(s.Unreadable, "file") + " could not be read"
	}
	if s.Withheld > 0 {
		line += fmt.Sprintf("; %d more not reported because of facts", s.Withheld)
	}
	if s.Waived > 0 {
		line += fmt.Sprintf("; %d waived", s.Waived)
	}
	if s.Known > 0 {
		line += fmt.Sprintf("; %d in the baseline", s.Known)
	}
	return line
}

// count is "1 file" or "2 files".
func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}
