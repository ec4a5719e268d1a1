package segment

// clauseIndex finds clauses by number. It is built when the first reference
// asks for it.
type clauseIndex struct {
	articles, chapters, divisions, schedules, numbers map[[maxParts]int32]*Clause
	children                                          map[childKey]*Clause
	previous                                          map[*Clause]*Clause
}

// childKey names a clause by its parent and its own number, or letter.
type childKey struct {
	parent *Clause
	form   form
	num    int32
}

// form is what a label counts with; 1, ① and 一 are one.
type form uint8

const (
	figure form = iota
	letter
	romanNumeral
)

func formOf(s style) form {
	switch s {
	case alphaParens, upperParens, alphaDot, upperDot, alphaParen, upperParen:
		return letter
	case romanParens, upperRomanParens, romanDot, upperRomanDot, romanParen:
		return romanNumeral
	}
	return figure
}

func newClauseIndex(clauses []*Clause) *clauseIndex {
	type numbers = map[[maxParts]int32]*Clause
	x := &clauseIndex{numbers{}, numbers{}, numbers{}, numbers{}, numbers{}, map[childKey]*Clause{}, map[*Clause]*Clause{}}
	lastChild := map[*Clause]*Clause{}
	for _, c := range clauses[1:] {
		l := &c.label
		if l.n == 0 || l.style == bullet || l.style == otherLabel {
			continue
		}
		if elder := lastChild[c.Parent]; elder != nil && l.after(&elder.label) {
			x.previous[c] = elder
		}
		lastChild[c.Parent] = c
		key := childKey{c.Parent, formOf(l.style), l.num()}
		if x.children[key] == nil {
			x.children[key] = c
		}
		switch l.style {
		case articleStyle:
			enter(x.articles, c)
		case chapterStyle, partStyle:
			enter(x.chapters, c)
		case divisionStyle:
			enter(x.divisions, c)
		case scheduleStyle:
			enter(x.schedules, c)
		case sectionStyle, numDot, numComma, hanComma, hanDot:
			enter(x.numbers, c)
		}
	}
	return x
}

// enter keeps the first clause of a number, unless it is a mere line of a list
// of contents and the later one has a text.
func enter(m map[[maxParts]int32]*Clause, c *Clause) {
	if old := m[c.label.nums]; old == nil || old.Len() < 200 && c.Len() > 2*old.Len() || higher(c, old) {
		m[c.label.nums] = c
	}
}

// higher reports whether c is a chief clause of the contract and old only an
// item of some list that has the same number.
func higher(c, old *Clause) bool {
	return c.Heading != "" && old.Heading == "" && c.Level < old.Level
}

// find resolves a number by the styles it may be meant in, the likeliest
// first.
func (x *clauseIndex) find(l *label) *Clause {
	order := [...]map[[maxParts]int32]*Clause{x.numbers, x.articles, x.chapters}
	switch l.style {
	case scheduleStyle:
		return x.schedules[l.nums]
	case articleStyle:
		order[0], order[1] = order[1], order[0]
	}
	for _, m := range order {
		if c := m[l.nums]; c != nil {
			return c
		}
	}
	if l.n < 2 {
		return nil
	}
	// 7.2 may be the (2) or （二） of 第七条.
	head := *l
	head.n--
	head.nums[head.n] = 0
	if c := x.find(&head); c != nil {
		return x.child(c, l.num())
	}
	return nil
}

// findHan resolves 第七条, 第三章.
func (x *clauseIndex) findHan(p *part) *Clause {
	l := p.nums
	switch p.unit {
	case '章':
		if c := x.chapters[l.nums]; c != nil {
			return c
		}
	case '节':
		if c := x.divisions[l.nums]; c != nil {
			return c
		}
	case '条':
		l.style = articleStyle
	}
	return x.find(&l)
}

// child is the clause number n under c, nil if there is none.
func (x *clauseIndex) child(c *Clause, n int32) *Clause {
	return x.children[childKey{c, figure, n}]
}

// limb is the clause under c that (b), (ii) or (2) names.
func (x *clauseIndex) limb(c *Clause, l *label) *Clause {
	if found := x.children[childKey{c, formOf(l.style), l.num()}]; found != nil || l.alt == noStyle {
		return found
	}
	return x.children[childKey{c, formOf(l.alt), l.altNum}]
}

// before is the clause with the number before c's, nil if there is none.
func (x *clauseIndex) before(c *Clause) *Clause {
	if c == nil {
		return nil
	}
	return x.previous[c]
}
