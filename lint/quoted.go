package lint

import (
	"slices"
	"strings"

	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/segment"
)

// states reports whether r states the law or quotes somebody rather than
// binding the parties: nobody in it is addressed, and it speaks of articles,
// courts or nullity.
func (d *reader) states(r *reading) bool {
	v := &d.vocabulary
	// A question asserts nothing.
	if r.first(v.Quote, 0) != nil || d.asks(r) && !r.answered || d.elsewhere(r) {
		return true
	}
	text := d.fold.Text
	if !d.speaksOfLaw(r) {
		return false
	}
	strict := r.has(v.Tribunal)
	for k := range r.mentions {
		m := &r.mentions[k]
		if !m.set.has(v.User) && !m.set.has(v.Company) {
			continue
		}
		if possessive(text, m) {
			continue
		}
		if d.namesParty(m) && !strict {
			return false
		}
		// "To the extent permitted by law, the policyholder relinquishes …".
		if m.set.has(v.User) && !strict && slices.ContainsFunc(r.mentions, func(n mention) bool {
			return n.start >= m.end && d.between(m.end, n.start) <= 1 && !n.denied && n.set.has(v.Waive) && len(n.parts) == 0
		}) {
			return false
		}
		// Before a court everybody is somebody else.
		if w := text[m.start:m.end]; strict && w != "您" && w != "我们" && w != "you" && w != "we" && w != "us" && w != "本公司" && w != "本人" {
			continue
		}
		switch text[m.start:m.end] {
		case "您", "你", "我们", "我方", "本公司", "用户", "本人", "平台", "公司", "业主", "员工", "you", "we", "us", "i", "the company", "company", "user", "employee", "本行", "我行", "会员", "学校", "阁下", "customer", "member", "resident", "residents", "employees", "members", "users":
			return false
		}
	}
	return true
}

// elsewhere reports whether r tells what others do, or what was done before, and
// goes on that we do not: "some apps demand a perpetual licence; ours does not".
func (d *reader) elsewhere(r *reading) bool {
	v := &d.vocabulary
	m := r.first(v.Elsewhere, 0)
	if m == nil || d.between(r.from, m.start) > 2 {
		return false
	}
	if u := r.first(v.User, 0); u != nil && u.start < m.start {
		return false // "you let some apps"
	}
	if not := d.disowned(r, m.end); not != nil {
		// What follows is our own again.
		for k := range r.mentions {
			if n := &r.mentions[k]; n.start >= not.end && (n.set.meets(d.qualities) || n.set.has(v.Grant)) && !n.denied && !d.negatedAt(r, n) && d.holds(r, n) {
				return false
			}
		}
		return true
	}
	if r.index+1 == len(d.readings) || d.readings[r.index+1].Block != r.Block {
		return false
	}
	next := &d.readings[r.index+1]
	not := d.disowned(next, 0)
	return not != nil && d.between(next.from, not.start) <= 3
}

// disowned is the first mention in r, from offset from on, that we do not do so.
// "We do not" is one if nothing follows: "we do not supervise them" is not.
func (d *reader) disowned(r *reading, from int) *mention {
	m := r.first(d.vocabulary.Disowned, from)
	if m == nil {
		return nil
	}
	w := d.fold.Text[m.start:m.end]
	if !strings.HasSuffix(w, "not") && !strings.HasSuffix(w, "n't") {
		return m
	}
	if after := strings.TrimLeft(d.fold.Text[m.end:r.to], " "); after == "" || strings.IndexByte(".,;:!)", after[0]) >= 0 {
		return m
	}
	return nil
}

// speaksOfLaw reports whether r names the law, a court or nullity. That something
// is done 根据 our needs is no law.
func (d *reader) speaksOfLaw(r *reading) bool {
	for k := range r.mentions {
		m := &r.mentions[k]
		if !m.set.has(d.vocabulary.Law) {
			continue
		}
		switch d.fold.Text[m.start:m.end] {
		case "根据", "依据", "依照", "按照", "under the", "无效":
		default:
			return true
		}
	}
	return false
}

// ofLaw reports whether r is an item under a lead-in that states the law.
func (d *reader) ofLaw(r *reading) bool {
	s := leadIn(r.Clause)
	return s != nil && s != r.Sentence && d.states(&d.readings[s.Index])
}

// forbidden reports whether r is an item of a list of prohibitions: "You must
// not: …". An item that takes back or ends is not: to forbid that is a limb.
func (d *reader) forbidden(r *reading) bool {
	v := &d.vocabulary
	for k := range r.mentions {
		if m := &r.mentions[k]; m.set.has(v.Withdraw) && !m.denied && d.between(r.from, m.start) <= 8 {
			return false
		}
	}
	for c := r.Clause; c != nil; c = c.Parent {
		if leadIn(c) == nil || leadIn(c) == r.Sentence {
			continue
		}
		stem := &d.readings[leadIn(c).Index]
		if slices.ContainsFunc(stem.mentions, func(n mention) bool { return n.set.has(v.Not) && d.usesFor(r, stem, &n) }) {
			return true
		}
		if stem.has(v.Deny) && stem.has(v.Service) {
			return false // "We refuse entry to whoever:" states a consequence
		}
		acts := 0
		for k := len(stem.mentions) - 1; k >= 0; k-- {
			m := &stem.mentions[k]
			if w := d.fold.Text[m.start:m.end]; m.set.has(v.Not) && (strings.HasPrefix(w, "不予") || strings.HasPrefix(w, "概不") || strings.HasPrefix(w, "恕不")) {
				return false // 有下列情形之一的，快递柜不予开箱: a consequence too
			}
			if (m.set.has(v.Not) || m.set.has(v.DutyOfUser)) && !d.spentOn(stem, m) && !d.insideRefusal(stem, k) {
				return acts == 0 || stem.to-m.start < 60
			}
			if m.set.has(v.Grant) || m.set.has(v.Consent) {
				acts++
			}
		}
	}
	return d.doc.Blocks[r.Block].Kind == document.Item && d.headedByBan(r.Clause)
}

// bans reads what a list forbids the user: under "You must not:", an item that takes
// the permission back makes it irrevocable.
func (d *reader) bans() {
	v := &d.vocabulary
	for i := range d.readings {
		r := &d.readings[i]
		stem := leadIn(r.Clause)
		if stem == nil || stem == r.Sentence || len(r.mentions) == 0 || !r.mentions[0].set.has(v.Withdraw) || r.mentions[0].denied || d.between(r.from, r.mentions[0].start) > 1 {
			continue
		}
		s := &d.readings[stem.Index]
		for k := range s.mentions {
			n := &s.mentions[k]
			if n.set.has(v.DutyOfUser) && (n.set.has(v.Not) || n.set.has(v.Unable)) && d.between(n.end, s.to) <= 2 && !(s.has(v.Company) && !s.has(v.User)) {
				w := r.mentions[0]
				m := mention{start: w.start, end: w.end, set: setOf(v.Irrevocable), parts: []part{{n.start, n.end}, {w.start, w.end}}}
				r.mentions = slices.Insert(r.mentions, 0, m)
				r.all.add(v.Irrevocable)
				break
			}
		}
	}
}

// usesFor reports whether the negation not forbids the user to use something for the
// ends that the items name: "you will not use the services: – to categorise people".
func (d *reader) usesFor(r, stem *reading, not *mention) bool {
	v := &d.vocabulary
	first := r
	if len(r.Clause.Sentences) > 0 {
		first = &d.readings[r.Clause.Sentences[0].Index] // what follows explains it
	}
	words := strings.TrimLeft(d.fold.Text[first.from:first.to], " 0123456789.()-*")
	if !strings.HasPrefix(words, "to ") && !strings.HasPrefix(words, "for ") && !strings.HasPrefix(words, "based on") && !strings.HasPrefix(words, "in ") {
		return false
	}
	user := slices.ContainsFunc(stem.mentions, func(n mention) bool {
		return n.set.has(v.User) && n.end <= not.start && d.between(n.end, not.start) <= 2
	})
	return user && slices.ContainsFunc(stem.mentions, func(n mention) bool {
		return n.set.has(v.Use) && n.denied && n.start >= not.end && d.between(not.end, n.start) <= 1
	})
}

// headedByBan reports whether the nearest heading above a list forbids what it
// names: "10 不得有下列行为".
func (d *reader) headedByBan(c *segment.Clause) bool {
	v := &d.vocabulary
	for ; c != nil; c = c.Parent {
		if c.Heading == "" {
			continue
		}
		ban := false
		d.eachMention(d.fold.Forward(c.HeadingSpan), func(_ *reading, m *mention) {
			ban = ban || m.set.has(v.DutyOfUser) && m.set.has(v.Not)
		})
		words := document.FoldString(c.Heading)
		return ban && (strings.Contains(words, "下列") || strings.Contains(words, "以下") || strings.Contains(words, "行为")) ||
			strings.Contains(words, "禁止行为") || strings.Contains(words, "prohibited") || strings.Contains(words, "must not") || strings.Contains(words, "may not do")
	}
	return false
}

// spentOn reports whether the negation not has an act of its own in r, as in
// "tenants who have not enrolled will:".
func (d *reader) spentOn(r *reading, not *mention) bool {
	for k := range r.mentions {
		if n := &r.mentions[k]; n.start >= not.end && n.denied && n.not <= not.start && len(n.parts) == 0 {
			return true
		}
	}
	return false
}
