package flow

import (
	"math"

	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
)

// conditional are the concepts that make a denial one on a condition: "not without your
// consent", "unless the law demands it".
var conditional = []string{"UNLESS", "WITHOUT", "IF", "OTHERWISE", "WITH CONSENT", "SEPARATE", "LAW", "BEYOND PURPOSE", "BEYOND NEED", "ONLY"}

// claim is what a sentence says of a way to process face data.
type claim struct {
	passage
	words document.Span
}

// contradictions looks for what one text says is not done and another says is done, and
// for two periods for the same data.
func (c *check) contradictions() {
	denied, done := map[string][]claim{}, map[string][]claim{}
	var methods []string
	type stored struct {
		claim
		days   float64
		object string
	}
	var periods []stored
	for _, s := range c.steps {
		fold := s.Doc.Fold()
		for i := range s.sentences {
			t := &s.sentences[i]
			store := false
			for _, p := range t.Practices(s.Doc) {
				if p.Aspect != lint.Method {
					continue
				}
				x := claim{passage{s, t}, p.Span}
				if denied[p.Key] == nil && done[p.Key] == nil {
					methods = append(methods, p.Key)
				}
				switch {
				case !p.Denied:
					done[p.Key] = append(done[p.Key], x)
					store = store || p.Key == "STORAGE"
				case !t.SaysAny(conditional):
					denied[p.Key] = append(denied[p.Key], x)
				}
			}
			if days, at := t.Period(s.Doc); store && days > 0 && !math.IsInf(days, 1) {
				o := fold.Forward(t.Object)
				periods = append(periods, stored{claim{passage{s, t}, at}, days, fold.Text[o.Start:o.End]})
			}
		}
	}
	for _, m := range methods {
		for _, no := range denied[m] {
			for _, yes := range done[m] {
				if no.Step != yes.Step {
					c.contradict(no, yes)
					break
				}
			}
		}
	}
	for i, a := range periods {
		for _, b := range periods[i+1:] {
			if a.Step != b.Step && a.object == b.object && max(a.days, b.days) > 1.1*min(a.days, b.days) {
				c.contradict(a.claim, b.claim)
			}
		}
	}
}

func (c *check) contradict(a, b claim) {
	c.fault("flow-contradiction", a.At, map[string]string{
		"a": c.place(a.Step, a.sentence.Span), "b": c.place(b.Step, b.sentence.Span), "prevails": c.whichPrevails(),
	})
}
