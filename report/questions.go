package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/lint"
)

// question is what the texts of a run leave open, or an answer settles, with every
// finding that rests on it.
type question struct {
	fact     *clauses.Fact
	answered bool
	places   []questionPlace
}

type questionPlace struct {
	result  *Result
	finding *lint.Finding
	rests   lint.RestsOn
}

// questions gathers the questions of the run in the order in which they first arise,
// the open ones first. A fact that is known for one file and not for another is two.
func (run *Run) questions() []question {
	var open, answered []question
	put := func(list *[]question, known bool, p questionPlace) {
		for i := range *list {
			if (*list)[i].fact == p.rests.Fact {
				(*list)[i].places = append((*list)[i].places, p)
				return
			}
		}
		*list = append(*list, question{p.rests.Fact, known, []questionPlace{p}})
	}
	for i := range run.Results {
		r := &run.Results[i]
		all := sorted(append(append([]lint.Finding(nil), r.Findings...), r.Withheld...))
		for k := range all {
			for _, rests := range all[k].Facts {
				p := questionPlace{r, &all[k], rests}
				if rests.Answer == nil {
					put(&open, false, p)
				} else {
					put(&answered, true, p)
				}
			}
		}
	}
	return append(open, answered...)
}

// QuestionFormats is every format of questions by the name that users give it. With
// all, the answered questions are written as well as the open ones.
var QuestionFormats = map[string]func(w io.Writer, run *Run, all bool) error{
	"json":   writeQuestionsJSON,
	"pretty": writeQuestions,
}

// writeQuestions writes the questions that the texts of the run leave open, numbered,
// each with its law, how to answer it, and the clauses that it decides on. Files
// without a verdict are named.
func writeQuestions(w io.Writer, run *Run, all bool) error {
	lang := run.language()
	v := vocabularies[lang == "zh"]
	p := newPretty(w, run)
	for _, r := range run.Results {
		if r.Err != nil {
			p.unreadable(r)
		}
	}
	count := map[bool]int{}
	var open []string
	for i, q := range run.questions() {
		count[q.answered]++
		if q.answered && !all {
			continue
		}
		p.println(run.paint(bold, fmt.Sprintf("%d. %s", i+1, q.fact.ID)), "  ", q.fact.Title.In(lang))
		if q.answered {
			p.field(plain, v.fact, v.answered(q.places[0].rests, lang))
		} else {
			open = append(open, q.fact.ID)
			p.field(plain, "", q.fact.Question.In(lang))
			p.field(faint, v.advice, q.fact.Advice.In(lang))
		}
		p.field(faint, v.basis, v.citations(run.articles(q.fact.Basis, lang)))
		for _, at := range q.places {
			p.place(v, at)
		}
		p.println()
	}
	if len(open) > 0 {
		p.println(v.toAnswer)
		p.println("  facts:")
		for _, id := range open {
			p.println("    ", id, ": {answer: , owner: , date: , source: }")
		}
		p.println()
	}
	p.println(fmt.Sprintf(v.counted, count[false], count[true]))
	return p.w.Flush()
}

// place prints a clause that a question decides on, and what follows from either
// answer.
func (p *pretty) place(v vocabulary, at questionPlace) {
	f, d := at.finding, at.result.Doc
	pos := d.Range(f.Span).Start
	clause := ""
	if f.Clause != nil {
		clause = Visible(strings.TrimSpace(f.Clause.Path() + " " + f.Clause.Heading))
	}
	where := fmt.Sprintf("%s:%d:%d", Visible(at.result.Path), pos.Line, pos.Column)
	if clause != "" {
		where += "  " + p.run.paint(faint, clause)
	}
	p.println(indent, where)
	quote := shorten(d.Quote(f.Span), quoteCells)
	p.field(faint, indent, fmt.Sprintf(v.decides, quote, f.Rule.ID, v.severity(f.Severity), v.severity(at.rests.Yes), v.severity(at.rests.No)))
}

type jsonQuestions struct {
	SchemaVersion int            `json:"schemaVersion"`
	Tool          jsonTool       `json:"tool"`
	Questions     []jsonQuestion `json:"questions"`
	Errors        []jsonFileFail `json:"errors"`
}

type jsonQuestion struct {
	ID       string              `json:"id"`
	Open     bool                `json:"open"`
	Question string              `json:"question"`
	Basis    []string            `json:"basis"`
	Places   []jsonQuestionPlace `json:"places"`
}

type jsonQuestionPlace struct {
	Path    string      `json:"path"`
	Finding jsonFinding `json:"finding"`
}

type jsonFileFail struct {
	Path    string `json:"path"`
	Message string `json:"message"`
}

// writeQuestionsJSON writes them for programs, with the findings that rest on them in
// the form of the JSON report.
func writeQuestionsJSON(w io.Writer, run *Run, all bool) error {
	out := jsonQuestions{schemaVersion, jsonTool{"clauselint", run.Version}, []jsonQuestion{}, []jsonFileFail{}}
	for _, r := range run.Results {
		if r.Err != nil {
			out.Errors = append(out.Errors, jsonFileFail{validPath(r.Path), r.Reason()})
		}
	}
	for _, q := range run.questions() {
		if q.answered && !all {
			continue
		}
		x := jsonQuestion{ID: q.fact.ID, Open: !q.answered, Question: q.fact.Question.In(run.language()), Basis: []string{}}
		for _, c := range q.fact.Basis {
			x.Basis = append(x.Basis, c.String())
		}
		for _, at := range q.places {
			x.Places = append(x.Places, jsonQuestionPlace{validPath(at.result.Path), newJSONFinding(at.result.Doc, *at.finding)})
		}
		out.Questions = append(out.Questions, x)
	}
	return encodeJSON(w, out)
}
