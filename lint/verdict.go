package lint

import (
	"slices"

	"github.com/clauselint/clauselint/clauses"
)

// Answer is what is known of a fact that the text cannot tell, and who says so.
type Answer struct {
	Yes bool
	// Owner answers for it; Date is when it was found, as YYYY-MM-DD; Source is
	// where that is written down.
	Owner, Date, Source string
}

// RestsOn is a fact on which the verdict of a finding rests.
type RestsOn struct {
	Fact *clauses.Fact
	// Answer is nil for an open question.
	Answer *Answer
	// Yes and No are how severe the finding is with either answer; 0 is no finding.
	Yes, No clauses.Severity
}

// verdict is what becomes of a rule that speaks of a proposition.
type verdict struct {
	severity clauses.Severity // 0 for no finding
	facts    []RestsOn
	byKind   bool // another kind of document would be judged otherwise
}

// verdict grades rule over p: the mildest of the rule's own severity and every
// softening that holds. A fact counts only where its answer makes a difference.
func (d *reader) verdict(rule *clauses.Rule, p *Proposition) verdict {
	v := verdict{severity: d.severity(rule, p, d.kind.Kind, d.answer)}
	v.byKind = d.severity(rule, p, "", d.answer) != v.severity
	var asked []string
	for _, s := range rule.Softer {
		for _, c := range s.Cases {
			if c.When == clauses.WhenFact && !slices.Contains(asked, c.Fact) {
				asked = append(asked, c.Fact)
			}
		}
	}
	for _, id := range asked {
		if f := d.restsOn(rule, p, id); f.Yes != f.No {
			v.facts = append(v.facts, f)
		}
	}
	return v
}

// restsOn is how the verdict of rule over p depends on a fact.
func (d *reader) restsOn(rule *clauses.Rule, p *Proposition, id string) RestsOn {
	as := func(answer string) clauses.Severity {
		return d.severity(rule, p, d.kind.Kind, func(other string) string {
			if other == id {
				return answer
			}
			return d.answer(other)
		})
	}
	f := RestsOn{Fact: d.library.Fact(id), Yes: as("yes"), No: as("no")}
	if a, ok := d.given[id]; ok {
		f.Answer = &a
	}
	return f
}

// answer is "yes", "no" or "unknown".
func (d *reader) answer(fact string) string {
	switch a, ok := d.given[fact]; {
	case !ok:
		return "unknown"
	case a.Yes:
		return "yes"
	}
	return "no"
}

// severity grades rule over p in a document of that kind, with those answers.
func (d *reader) severity(rule *clauses.Rule, p *Proposition, kind clauses.DocumentKind, answer func(fact string) string) clauses.Severity {
	s, open := rule.Severity, false
	if level, ok := d.levels[rule.ID]; ok {
		s = level
	}
	for _, soft := range rule.Softer {
		holds := true
		for i := range soft.Cases {
			holds = holds && d.holdsFor(&soft.Cases[i], p, kind, answer)
		}
		if holds {
			s = min(s, soft.To)
			open = open || slices.ContainsFunc(soft.Cases, func(c clauses.Case) bool { return c.When == clauses.WhenFact })
		}
	}
	// Minors are owed more care (法释〔2021〕15号, Article 3), but no certainty comes of it.
	if kind == clauses.Minors && p.Act != Missing && p.Act != Unmarked && !p.Business && !open && s > 0 {
		s = min(s+1, clauses.Error)
	}
	return s
}

// holdsFor reports whether case c is that of p.
func (d *reader) holdsFor(c *clauses.Case, p *Proposition, kind clauses.DocumentKind, answer func(fact string) string) bool {
	switch c.When {
	case clauses.WhenLikeness:
		return p.Anchor == LikenessAnchor
	case clauses.WhenDefined:
		return p.Anchor == DefinedAnchor
	case clauses.WhenContrary:
		return len(p.Contrary) > 0
	case clauses.WhenBusiness:
		return p.Business || kind == clauses.B2B && !d.namesPersons(p)
	case clauses.WhenElsewhere:
		return p.Elsewhere
	case clauses.WhenLacks:
		return !hasAny(p, c.Concepts) && !p.said.meets(setOf(c.Concepts...))
	case clauses.WhenIn:
		return kind == c.Kind
	case clauses.WhenOutside:
		return kind != c.Kind
	case clauses.WhenFact:
		return answer(c.Fact) == c.Answer
	}
	return false
}

// namesPersons reports whether the sentence of p speaks of persons other than the
// one it addresses, who in a contract between companies is a company.
func (d *reader) namesPersons(p *Proposition) bool {
	r := &d.readings[p.Sentence.Index]
	if r.has(d.vocabulary.Business) {
		return true // it tells companies from persons itself: see Proposition.Business
	}
	return slices.ContainsFunc(r.mentions, func(m mention) bool {
		if !m.set.has(d.vocabulary.User) {
			return false
		}
		switch d.fold.Text[m.start:m.end] {
		case "您", "你", "贵司", "贵方", "客户", "you", "your", "customer", "customers", "client", "the customer", "the client":
			return false
		}
		return true
	})
}
