package clauses

import (
	"fmt"
	"strings"
)

// Fact is something that the text of a document cannot tell and that a verdict rests
// on: whether face data is necessary for the service, say. It is asked as a question
// that yes or no answers.
type Fact struct {
	// ID is the page's file name without ".md".
	ID    string
	Title Text
	// Question is what is asked; Advice how to find the answer.
	Question, Advice Text
	// Basis is the law that makes it matter, the chief article first.
	Basis []Citation
}

// Fact is the fact with that id, or nil.
func (l *Library) Fact(id string) *Fact {
	for _, f := range l.Facts {
		if f.ID == id {
			return f
		}
	}
	return nil
}

// FactIDs are the ids of all facts.
func (l *Library) FactIDs() []string {
	var ids []string
	for _, f := range l.Facts {
		ids = append(ids, f.ID)
	}
	return ids
}

// factSections are the headings of a fact page.
var factSections = []string{"问", "Question", "怎样回答", "How to answer"}

// parseFact reads the page of a fact:
//
//	# 中文标题 / English title
//	```fact            basis
//	## 问              ## Question
//	## 怎样回答         ## How to answer
func parseFact(name, text string) (*Fact, error) {
	f := &Fact{ID: strings.TrimSuffix(strings.TrimPrefix(name, "facts/"), ".md")}
	p := pageOf(name, text)
	var ok bool
	if f.Title, ok = p.title(); !ok {
		return nil, fmt.Errorf("%s:1: the title is not \"# 中文 / English\"", name)
	}
	for _, b := range p.blocks {
		if b.info != "fact" {
			return nil, fmt.Errorf("%s:%d: no block ```%s in a fact page%s", name, b.line, b.info, nearest(b.info, []string{"fact"}))
		}
		for i, line := range strings.Split(strings.TrimSpace(b.text), "\n") {
			key, value, _ := strings.Cut(line, ":")
			var err error
			if strings.TrimSpace(key) != "basis" {
				err = fmt.Errorf("no key %q (basis)", key)
			} else {
				f.Basis, err = parseBasis(strings.TrimSpace(value))
			}
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", name, b.line+1+i, err)
			}
		}
	}
	for _, s := range p.sections {
		switch s.heading {
		case "问":
			f.Question.Zh = s.prose
		case "Question":
			f.Question.En = s.prose
		case "怎样回答":
			f.Advice.Zh = s.prose
		case "How to answer":
			f.Advice.En = s.prose
		default:
			return nil, fmt.Errorf("%s:%d: no section %q in a fact page%s", name, s.line, s.heading, nearest(s.heading, factSections))
		}
	}
	if f.Question.Zh == "" || f.Question.En == "" {
		return nil, fmt.Errorf("%s:1: a fact needs the sections \"## 问\" and \"## Question\"", name)
	}
	return f, nil
}
