package lint

import (
	"strings"
)

// answers reads questions with the answers that follow them: "Can I take it back?
// No." says that it cannot be taken back.
func (d *reader) answers() {
	for i := 0; i+1 < len(d.readings); i++ {
		r, next := &d.readings[i], &d.readings[i+1]
		if !d.asks(r) || next.Block-r.Block > 1 {
			continue
		}
		yes, no := answer(d.fold.Text[next.from:next.to])
		if !yes && !no {
			continue
		}
		r.answered = true
		if !no {
			continue
		}
		for k := range r.mentions {
			m := &r.mentions[k]
			if m.set.meets(d.acts) && len(m.parts) == 0 && !m.set.has(d.vocabulary.LightVerb) {
				m.denied, m.not = !m.denied, m.start
				r.fresh.merge(m.set)
			}
		}
		d.compose(r)
		// "Is there a separate box? No."
		if s := r.first(d.vocabulary.Separate, 0); s != nil {
			s.set.add(d.vocabulary.Bundled)
			r.all.add(d.vocabulary.Bundled)
		}
	}
}

// asks reports whether r is a question.
func (d *reader) asks(r *reading) bool {
	return strings.HasSuffix(strings.TrimRight(d.fold.Text[r.from:r.to], "\" "), "?")
}

// answer reports whether folded text begins by saying yes or no.
func answer(text string) (yes, no bool) {
	text = strings.TrimLeft(text, " \"")
	for _, w := range [...]string{"答:", "a:", "sorry, ", "sorry,"} {
		text = strings.TrimLeft(strings.TrimPrefix(text, w), " ")
	}
	for _, w := range [...]string{"不限", "不受限", "无限"} {
		if strings.HasPrefix(text, w) {
			return false, false
		}
	}
	for _, w := range [...]string{"不", "否", "没有", "无 ", "无。", "无,", "无;", "no ", "no.", "no,", "no;", "no:", "none", "never", "not applicable", "n/a"} {
		if strings.HasPrefix(text+" ", w) {
			return false, true
		}
	}
	for _, w := range [...]string{"可以", "能", "是", "会", "有", "yes"} {
		if strings.HasPrefix(text, w) {
			return true, false
		}
	}
	return false, false
}
