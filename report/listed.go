package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
)

// standing says whether a finding counts.
type standing int

const (
	counted standing = iota
	waived           // somebody answers for it
	known            // the baseline holds it
)

// listed is a finding as an entry of a list. Reports that other programs show are lists:
// those who sign must find in them what was let pass as well as what was not.
type listed struct {
	lint.Finding
	standing
	waiver Waiver // of a waived one
}

// listed is the findings of one file: those that count, those waived, those known, each
// in the order of the text.
func (r Result) listed() []listed {
	var out []listed
	for _, f := range sorted(r.Findings) {
		out = append(out, listed{Finding: f})
	}
	past := slices.Clone(r.Waived)
	slices.SortStableFunc(past, func(a, b Waived) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), strings.Compare(a.Rule.ID, b.Rule.ID))
	})
	for _, w := range past {
		out = append(out, listed{w.Finding, waived, w.Waiver})
	}
	for _, f := range sorted(r.Known) {
		out = append(out, listed{Finding: f, standing: known})
	}
	return out
}

// listWords is the words that lists add to the vocabulary, in one language.
type listWords struct {
	lineColumn, paragraph       string // formats of a place
	place, words                string // labels
	waived, known               string // formats of the message of a finding that does not count
	inBaseline                  string // why a known one is no failure
	unreadable, problem         string // formats of what is said of a file
	nothing                     string // the name of the test that a clean file passes
	title, findings, exceptions string // headings of the summary
	files                       string
	columns, exceptionColumns   []string
	fileColumns                 []string
	unreadableName, problemName string
	waivedName, knownName       string
	more                        string // format of how many did not fit
	instead, law, why           string // headings of a rule's help
	root                        string // what paths are relative to
}

// listVocabularies is the words of lists by whether the language is Chinese.
var listVocabularies = map[bool]listWords{
	true: {
		lineColumn: "第 %d 行第 %d 列", paragraph: "第 %d 段",
		place: "位置：", words: "文字：",
		waived: "豁免：%s", known: "已在基线中：%s", inBaseline: "已在基线中",
		unreadable: "无法读取：%s", problem: "读取存疑：%s", nothing: "没有提示",
		title: "clauselint 检查结果", findings: "提示", exceptions: "豁免与基线", files: "文件问题",
		columns:          []string{"级别", "规则", "位置", "内容", "依据"},
		exceptionColumns: []string{"状态", "规则", "位置", "内容", "理由"},
		fileColumns:      []string{"状态", "文件", "原因"},
		unreadableName:   "无法读取", problemName: "读取存疑", waivedName: "已豁免", knownName: "已在基线中",
		more:    "另有 %d 项未列出：GitHub 的摘要最多 1 MiB。",
		instead: "合规写法", law: "法律依据", why: "为什么", root: "运行 clauselint 的文件夹，应当是仓库的根目录。",
	},
	false: {
		lineColumn: "line %d, column %d", paragraph: "paragraph %d",
		place: "Place: ", words: "Words: ",
		waived: "waived: %s", known: "in the baseline: %s", inBaseline: "in the baseline",
		unreadable: "unreadable: %s", problem: "problem: %s", nothing: "no findings",
		title: "clauselint", findings: "Findings", exceptions: "Waived and in the baseline", files: "Files",
		columns:          []string{"Severity", "Rule", "Place", "Finding", "Basis"},
		exceptionColumns: []string{"State", "Rule", "Place", "Finding", "Reason"},
		fileColumns:      []string{"State", "File", "Reason"},
		unreadableName:   "unreadable", problemName: "problem", waivedName: "waived", knownName: "in the baseline",
		more:    "%d more not shown: a summary on GitHub holds 1 MiB.",
		instead: "Ask for instead", law: "The law", why: "Why", root: "The folder in which clauselint ran; it should be the root of the repository.",
	},
}

// at is where words stand, for a reader.
func (v listWords) at(d *document.Document, s document.Span) string {
	p := d.Range(s).Start
	if d.Format == document.DOCX {
		return fmt.Sprintf(v.paragraph, p.Line) // Word has no lines of its own
	}
	return fmt.Sprintf(v.lineColumn, p.Line, p.Column)
}

// clausePath is the clause of a finding as a lawyer cites it, with its heading.
func clausePath(f lint.Finding) string {
	if f.Clause == nil {
		return ""
	}
	return Visible(strings.TrimSpace(f.Clause.Path() + " " + f.Clause.Heading))
}

// said is the message of a finding, which says so where the finding does not count.
func (l listed) said() string {
	v := listVocabularies[l.Lang == "zh"]
	switch l.standing {
	case waived:
		return Visible(fmt.Sprintf(v.waived, l.Message))
	case known:
		return Visible(fmt.Sprintf(v.known, l.Message))
	}
	return Visible(l.Message)
}

// excuse is why a finding does not count; empty if it does.
func (l listed) excuse() string {
	switch l.standing {
	case waived:
		return Visible(vocabularies[l.Lang == "zh"].waiver(l.waiver))
	case known:
		return listVocabularies[l.Lang == "zh"].inBaseline
	}
	return ""
}

// quotedCells is the most that a list quotes of a clause.
const quotedCells = 400

// detail is a thing to say about a finding besides its message.
type detail struct {
	label, text string
	evidence    int // from 1, if it is a piece of the evidence
}

func (d detail) String() string { return d.label + d.text }

// details is what the pretty report says about a finding besides its message, the place
// first, with nothing in it that a terminal obeys.
func (run *Run) details(d *document.Document, l listed) []detail {
	v, w := vocabularies[l.Lang == "zh"], listVocabularies[l.Lang == "zh"]
	var out []detail
	add := func(label, text string) {
		if text != "" {
			out = append(out, detail{label, Visible(text), 0})
		}
	}
	place := w.at(d, l.Span)
	if clause := clausePath(l.Finding); clause != "" {
		place += v.comma + clause
	}
	add(w.place, place)
	add(w.words, shorten(d.Quote(l.Span), quotedCells))
	add(v.basis, v.citations(run.articles(l.Basis, l.Lang)))
	for i, e := range l.Evidence {
		out = append(out, detail{v.evidence, Visible(v.evidenceLine(d, e)), i + 1})
	}
	if l.Origin != nil {
		add(v.tracked, v.origin(l.Origin))
	}
	for _, q := range l.Facts {
		if q.Answer == nil {
			add(v.open, v.question(q, l.Lang))
		} else {
			add(v.fact, v.answered(q, l.Lang))
		}
	}
	add(v.suggestion, l.Suggestion)
	if l.standing == waived {
		add(v.because, v.waiver(l.waiver))
	}
	return out
}

// lines is a finding in plain words: its message, then a line for each detail.
func (run *Run) lines(d *document.Document, l listed) []string {
	out := []string{l.said()}
	for _, detail := range run.details(d, l) {
		out = append(out, detail.String())
	}
	return out
}
