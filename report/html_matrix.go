package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/lint"
)

// htmlArticle is a provision that the page speaks of.
type htmlArticle struct {
	N              int
	Cite           string
	Instrument     *htmlInstrument
	Words          []string // a line each
	Summary        string
	Held, Verified bool
	Findings       int // how many rest on it
	// Shown is set where its entry is part of the page: for all that findings, questions
	// and rules lead to.
	Shown bool

	order int // of the instrument, then of the article in it
}

// ID is what the provision's entry is called.
func (a *htmlArticle) ID() string { return fmt.Sprintf("l%d", a.N) }

// htmlInstrument is a law with the provisions of it that the page speaks of.
type htmlInstrument struct {
	Title, Number, Since, Until string
	Articles                    []*htmlArticle
}

// htmlMatrix is what the law says of some of the files: as many as a page has room for.
type htmlMatrix struct {
	Caption string
	Files   []*htmlFile
	Groups  []htmlGroup
}

// htmlGroup is a provision with the rules that chiefly rest on it.
type htmlGroup struct {
	Article *htmlArticle
	Rules   []htmlRule
}

type htmlRule struct {
	Title, ID string
	Cells     [][]htmlEntry
}

// htmlEntry is what is said in a cell. None is empty.
type htmlEntry struct {
	Class, Symbol, Word string
	Reason              string
	Quote, QuoteLang    string
	QuoteID             string
	Cards               []*htmlCard
	More                int // cards beyond those that a cell has room for
}

// cardsInCell is how many findings a cell leads to. A reader of a cell with more follows
// the arrows from card to card.
const cardsInCell = 24

// filesAbreast is how many files stand beside one another: more do not fit on paper.
const filesAbreast = 4

// article is the provision of a citation, whatever paragraph it names, for the page to
// lead to.
func (b *htmlBuilder) article(c clauses.Citation) *htmlArticle {
	a := b.provision(c)
	a.Shown = true
	return a
}

// provision is the provision of a citation, whatever paragraph it names.
func (b *htmlBuilder) provision(c clauses.Citation) *htmlArticle {
	number, _, _ := strings.Cut(c.Article, "(")
	whole := clauses.Citation{Instrument: c.Instrument, Article: number}
	a := b.articles[whole.String()]
	if a != nil {
		return a
	}
	b.articleN++
	a = &htmlArticle{N: b.articleN, Cite: Visible(b.run.cite(whole, b.lang)), order: 1 << 30}
	b.articles[whole.String()] = a
	for l, lib := range b.run.Libraries {
		ins := lib.Instrument(c.Instrument)
		if ins == nil {
			continue
		}
		if article := ins.Article(number); article != nil {
			a.Held, a.Verified = true, article.Verified
			for line := range strings.SplitSeq(article.Words, "\n") {
				a.Words = append(a.Words, Visible(line))
			}
			a.Summary = Visible(article.Summary.In(b.lang))
			a.order = l<<24 | slices.Index(lib.Instruments, ins)<<12 | slices.IndexFunc(ins.Articles, func(o clauses.Article) bool { return o.Number == article.Number })
			break
		}
	}
	return a
}

// law groups the provisions that the page speaks of by instrument, in the order of the
// library, and those that findings cite for the filter.
func (b *htmlBuilder) law() {
	all := make([]*htmlArticle, 0, len(b.articles))
	source := map[*htmlArticle]string{}
	for key, a := range b.articles {
		if a.Shown {
			all = append(all, a)
			source[a], _, _ = strings.Cut(key, ":")
		}
	}
	slices.SortFunc(all, func(x, y *htmlArticle) int {
		if x.order != y.order {
			return x.order - y.order
		}
		return x.N - y.N
	})
	byID := map[string]*htmlInstrument{}
	for _, a := range all {
		id := source[a]
		ins := byID[id]
		if ins == nil {
			ins = &htmlInstrument{Title: Visible(id)}
			for _, lib := range b.run.Libraries {
				if from := lib.Instrument(id); from != nil {
					ins.Title, ins.Number = Visible(from.Title.In(b.lang)), Visible(from.Number)
					ins.Since = fmt.Sprintf(b.w.Effective, Visible(from.Effective))
					if from.Repealed != "" {
						ins.Until = fmt.Sprintf(b.w.Repealed, Visible(from.Repealed))
					}
					break
				}
			}
			byID[id] = ins
			b.page.Law = append(b.page.Law, ins)
		}
		a.Instrument = ins
		ins.Articles = append(ins.Articles, a)
		if a.Findings > 0 {
			b.page.Filters = append(b.page.Filters, a)
		}
	}
}

// matrix sets the provisions that rules rest on against the files.
func (b *htmlBuilder) matrix() {
	var groups []htmlGroup
	var rules [][]*clauses.Rule
	at := map[*htmlArticle]int{}
	seen, cited, chief := map[string]bool{}, map[string]bool{}, map[*htmlArticle]bool{}
	for _, lib := range b.run.Libraries {
		for _, r := range lib.Rules {
			if seen[r.ID] || len(r.Basis) == 0 {
				continue
			}
			seen[r.ID] = true
			basis := r.Basis
			if in := lib.BasisOn(r, b.run.AsOf); len(in) > 0 {
				basis = in
			}
			a := b.article(basis[0])
			chief[a] = true
			i, ok := at[a]
			if !ok {
				i = len(groups)
				at[a] = i
				groups, rules = append(groups, htmlGroup{Article: a}), append(rules, nil)
			}
			groups[i].Rules = append(groups[i].Rules, htmlRule{Title: ruleTitle(r, b.lang), ID: Visible(r.ID)})
			rules[i] = append(rules[i], r)
			for _, c := range r.Basis {
				number, _, _ := strings.Cut(c.Article, "(")
				cited[c.Instrument+":"+number] = true
			}
		}
	}
	order := make([]int, len(groups))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int { return groups[x].Article.order - groups[y].Article.order })
	if len(groups) > 0 {
		parts := (len(b.page.Files) + filesAbreast - 1) / filesAbreast
		for k := range parts {
			from, to := k*len(b.page.Files)/parts, (k+1)*len(b.page.Files)/parts
			files := b.page.Files[from:to]
			m := htmlMatrix{Files: files}
			if parts > 1 {
				m.Caption = fmt.Sprintf(b.w.FilesOf, from+1, to, len(b.page.Files))
			}
			for _, i := range order {
				g := htmlGroup{Article: groups[i].Article}
				for k, rule := range groups[i].Rules {
					for _, f := range files {
						rule.Cells = append(rule.Cells, b.cell(rules[i][k], f))
					}
					g.Rules = append(g.Rules, rule)
				}
				m.Groups = append(m.Groups, g)
			}
			b.page.Matrix = append(b.page.Matrix, m)
		}
	}
	listed := map[string]bool{}
	for _, lib := range b.run.Libraries {
		for _, ins := range lib.Instruments {
			for k := range ins.Articles {
				c := clauses.Citation{Instrument: ins.ID, Article: ins.Articles[k].Number}
				switch key := c.String(); {
				case listed[key]:
				case !cited[key]:
					b.page.Uncovered = append(b.page.Uncovered, b.provision(c))
				case !chief[b.provision(c)]:
					b.page.Supporting = append(b.page.Supporting, b.provision(c))
				}
				listed[c.String()] = true
			}
		}
	}
	b.legend()
}

// htmlState is what a cell of the matrix can say, in the order of the legend.
type htmlState int

const (
	stateViolates htmlState = iota
	stateProbably
	stateRemark
	stateMissing
	stateDepends
	stateSettled
	stateWaived
	stateKnown
	stateInOrder
	stateNothing
	stateCovered
	stateNotApplicable
)

// entry is a state as the matrix shows it.
func (b *htmlBuilder) entry(s htmlState) htmlEntry {
	w := b.w
	return [...]htmlEntry{
		stateViolates:      {Class: "e", Symbol: "✕", Word: w.Violates},
		stateProbably:      {Class: "w", Symbol: "▲", Word: w.Probably},
		stateRemark:        {Class: "n", Symbol: "●", Word: w.Remark},
		stateMissing:       {Class: "w", Symbol: "▲", Word: w.Missing},
		stateDepends:       {Class: "d", Symbol: "?", Word: w.Depends},
		stateSettled:       {Class: "d", Symbol: "☑", Word: w.Settled},
		stateWaived:        {Class: "d", Symbol: "◇", Word: w.Waived},
		stateKnown:         {Class: "d", Symbol: "◆", Word: w.Known},
		stateInOrder:       {Class: "ok", Symbol: "✓", Word: w.InOrder},
		stateNothing:       {Class: "z", Symbol: "–", Word: w.Nothing},
		stateCovered:       {Class: "z", Symbol: "↗", Word: w.Covered},
		stateNotApplicable: {Class: "z", Symbol: "○", Word: w.NotApplicable},
	}[s]
}

func (b *htmlBuilder) legend() {
	for s := stateViolates; s <= stateNotApplicable; s++ {
		e := b.entry(s)
		e.Reason = b.w.Legends[s]
		b.page.Legend = append(b.page.Legend, e)
	}
}

// cell is what there is to say of a rule in a file: the worst first, and never nothing.
func (b *htmlBuilder) cell(rule *clauses.Rule, f *htmlFile) []htmlEntry {
	if f.result.Err != nil || f.result.Doc == nil {
		return []htmlEntry{{Class: "z", Symbol: "○", Word: b.w.NoVerdictHere}}
	}
	var out []htmlEntry
	at := map[htmlEntryKey]int{}
	for _, c := range f.byRule[rule.ID] {
		e := b.entry(stateOf(c))
		if c.Status == htmlFinding && stateOf(c) == stateMissing {
			e.Class, e.Symbol = c.Severity.Class, c.Severity.Symbol
		}
		key := htmlEntryKey{e.Class, e.Symbol, e.Word}
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			if c.Waiver != nil {
				e.Reason = c.Waiver.Reason + fmt.Sprintf(b.v.brackets, c.Waiver.By)
			}
			out = append(out, e)
		}
		out[i].add(c)
	}
	rank := func(e htmlEntry) int { return strings.Index("e w n d ok z", e.Class) }
	slices.SortStableFunc(out, func(x, y htmlEntry) int { return rank(x) - rank(y) })
	for _, m := range f.result.Met {
		if m.Rule.ID == rule.ID {
			e := b.entry(stateInOrder)
			quote := f.result.Doc.Quote(m.Span)
			e.Quote, e.QuoteLang, e.QuoteID = Visible(shorten(quote, quoteCells)), languageOf(quote, f.Lang), f.anchor(m.Span)
			out = append(out, e)
		}
	}
	if len(out) > 0 {
		return out
	}
	return []htmlEntry{b.silence(rule, f)}
}

// add adds a card to what the cell leads to.
func (e *htmlEntry) add(c *htmlCard) {
	if len(e.Cards) == cardsInCell {
		e.More++
		return
	}
	e.Cards = append(e.Cards, c)
}

// htmlEntryKey is what tells two entries of a cell apart.
type htmlEntryKey struct{ class, symbol, word string }

// stateOf is the state that a card puts its cell in.
func stateOf(c *htmlCard) htmlState {
	open := slices.ContainsFunc(c.finding.Facts, func(on lint.RestsOn) bool { return on.Answer == nil })
	switch {
	case c.Status == htmlWaived:
		return stateWaived
	case c.Status == htmlKnown:
		return stateKnown
	case open:
		return stateDepends
	case c.Status == htmlHeld:
		return stateSettled
	case c.lacks():
		return stateMissing
	case c.finding.Severity == clauses.Error:
		return stateViolates
	case c.finding.Severity == clauses.Warning:
		return stateProbably
	}
	return stateRemark
}

// silence says why a rule has nothing to say of a file.
func (b *htmlBuilder) silence(rule *clauses.Rule, f *htmlFile) htmlEntry {
	none := b.entry(stateNotApplicable)
	beside := len(rule.When) > 0 && !rule.Textual()
	switch {
	case slices.Contains(f.result.Off, rule.ID):
		none.Reason = b.w.Silenced
		return none
	case f.result.Library != nil && f.result.Library.Rule(rule.ID) == nil:
		none.Reason = b.w.OtherRules
		return none
	case beside != f.result.Settings:
		none.Reason = b.w.NoContract
		if beside {
			none.Reason = b.w.OfFlows
		}
		return none
	case beside:
		return b.entry(stateNothing)
	case !b.inForce(rule):
		none.Reason = fmt.Sprintf(b.w.NotInForce, b.run.AsOf)
		return none
	case !f.result.Faces:
		none.Reason = b.w.NoFaces
		return none
	}
	covered := b.entry(stateCovered)
	for _, c := range f.cards {
		if c.Status == htmlFinding && slices.Contains(c.finding.Rule.Absorbs, rule.ID) {
			covered.add(c)
		}
	}
	switch {
	case len(covered.Cards) > 0:
		return covered
	case len(rule.When) > 0 && rule.When[0].Act == string(lint.Missing):
		none.Reason = b.w.NoDuty
		return none
	}
	return b.entry(stateNothing)
}

// inForce reports whether a rule has a basis in the law of the day.
func (b *htmlBuilder) inForce(rule *clauses.Rule) bool {
	for _, lib := range b.run.Libraries {
		if lib.Rule(rule.ID) != nil {
			return b.run.AsOf == "" || len(lib.BasisOn(rule, b.run.AsOf)) > 0
		}
	}
	return true
}
