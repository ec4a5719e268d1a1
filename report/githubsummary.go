package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/clauselint/clauselint/clauses"
)

// summaryLimit is the most that GitHub takes as the summary of a step, in bytes.
const summaryLimit = 1 << 20

// writeGitHubSummary writes Markdown for $GITHUB_STEP_SUMMARY: files with trouble, then
// the findings, worst first, then what is waived or known, each as a table. If GitHub
// would take less than all, the last rows are left out and counted.
func writeGitHubSummary(w io.Writer, run *Run) error {
	_, err := io.WriteString(w, run.summaryPage(summaryLimit))
	return err
}

func (run *Run) summaryPage(limit int) string {
	lang := run.language()
	words := listVocabularies[lang == "zh"]
	p := &summaryPage{room: limit - len(fmt.Sprintf(words.more, 1<<62)) - 2}
	p.write("## " + words.title + "\n\n" + cell(summaryLine(run.Summary(), lang)) + "\n")

	var files [][]string
	for _, r := range run.Results {
		if r.Err != nil {
			files = append(files, []string{words.unreadableName, cell(r.Path), cell(r.Reason())})
		}
	}
	for _, r := range run.Results {
		if r.Doc != nil {
			for _, problem := range r.Doc.Problems {
				files = append(files, []string{words.problemName, cell(r.Path), cell(problem.Message)})
			}
		}
	}
	p.table(words.files, words.fileColumns, files)

	type row struct {
		severity clauses.Severity
		cells    []string
	}
	var findings []row
	var exceptions [][]string
	for _, r := range run.Results {
		for _, l := range r.listed() {
			rule, place, what := run.summaryCells(r, l)
			switch l.standing {
			case counted:
				v := vocabularies[l.Lang == "zh"]
				law := cell(v.citations(run.articles(l.Basis, l.Lang)))
				findings = append(findings, row{l.Severity, []string{vocabularies[lang == "zh"].severity(l.Severity), rule, place, what, law}})
			case waived:
				exceptions = append(exceptions, []string{words.waivedName, rule, place, what, cell(l.excuse())})
			case known:
				exceptions = append(exceptions, []string{words.knownName, rule, place, what, ""})
			}
		}
	}
	slices.SortStableFunc(findings, func(a, b row) int { return cmp.Compare(b.severity, a.severity) })
	var rows [][]string
	for _, f := range findings {
		rows = append(rows, f.cells)
	}
	p.table(words.findings, words.columns, rows)
	p.table(words.exceptions, words.exceptionColumns, exceptions)
	if p.left > 0 {
		fmt.Fprintf(&p.b, "\n"+words.more+"\n", p.left)
	}
	return p.b.String()
}

// summaryCells is the cells that any row about a finding has.
func (run *Run) summaryCells(r Result, l listed) (rule, place, what string) {
	v, words := vocabularies[l.Lang == "zh"], listVocabularies[l.Lang == "zh"]
	rule = cell(l.Rule.ID)
	if uri := helpURI(l.Rule); uri != "" {
		rule = fmt.Sprintf("[%s](%s)", rule, uri)
	}
	place = cell(r.Path) + "<br>" + cell(words.at(r.Doc, l.Span))
	if clause := clausePath(l.Finding); clause != "" {
		place += "<br>" + cell(clause)
	}
	what = cell(l.Message)
	if quote := shorten(r.Doc.Quote(l.Span), quotedCells); quote != "" {
		what += "<br>" + cell("“"+quote+"”")
	}
	if l.Suggestion != "" && l.standing == counted {
		what += "<br>" + cell(v.suggestion+l.Suggestion)
	}
	return rule, place, what
}

// summaryPage is Markdown that stays within its room.
type summaryPage struct {
	b    strings.Builder
	room int
	left int // rows that did not fit
}

// write writes text if there is room for all of it.
func (p *summaryPage) write(text string) bool {
	if p.left > 0 || p.b.Len()+len(text) > p.room {
		return false
	}
	p.b.WriteString(text)
	return true
}

// table writes a table with its heading; none if it has no rows.
func (p *summaryPage) table(heading string, columns []string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	head := "\n### " + heading + "\n\n" + summaryRow(columns) + "|" + strings.Repeat("---|", len(columns)) + "\n"
	for i, r := range rows {
		text := summaryRow(r)
		if i == 0 {
			text = head + text
		}
		if !p.write(text) {
			p.left += len(rows) - i
			return
		}
	}
}

func summaryRow(cells []string) string { return "| " + strings.Join(cells, " | ") + " |\n" }

// cell is text in a table of a summary. Besides Markdown, GitHub makes links of
// @names and addresses and formulas of $…$; within a tag of their own the signs are text.
func cell(s string) string {
	return strings.NewReplacer("@", "<span>@</span>", "$", "<span>$</span>").Replace(escapeMarkdown(Visible(strings.Join(strings.Fields(s), " "))))
}
