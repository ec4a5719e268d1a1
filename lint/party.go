package lint

import (
	"maps"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/segment"
)

// partyKind says what a party to the contract is.
type partyKind uint8

const (
	unknownParty partyKind = iota
	naturalPerson
	legalEntity
)

// party is a party that the contract names: 甲方, “云影”, "Lumen".
type party struct {
	name string // folded
	long string // what the name stands for
	kind partyKind
	// block is where it is named: two parties of one preamble are each other's
	// counterpart.
	block int
	line  bool // named by a role and a colon: 甲方：……
	known bool // to the lexicon, by a name that says what it is
}

// partyUse is a place where the name of a party stands, in the folded text.
type partyUse struct {
	document.Span
	set conceptSet
}

// legalForms end the name of a company, folded.
var legalForms = []string{"公司", "集团", "合伙企业", "事务所", "合作社", "基金会", "医院", "学校", "大学", "学院", "幼儿园", "委员会", "银行", "中心", "工作室", "企业", "商户", "单位", "机构",
	"ltd", "limited", "inc", "incorporated", "llc", "llp", "plc", "gmbh", "corp", "corporation", "company", "co", "bv", "sa", "ag", "partnership", "university", "hospital", "foundation", "trust", "enterprise", "firm"}

// roles name a party by nothing but its place in the contract.
var roles = []string{"甲方", "乙方", "丙方", "party a", "party b", "party c"}

// parties finds whom the contract is between, and every place that names one of
// them by a name of its own. The words of the lexicon (您, we) need no naming;
// where the contract gives them another sense (“客户” is a company), that holds.
func (d *reader) parties() {
	preamble := d.preamble()
	named := append(d.abbreviated(preamble), d.roleLines(preamble)...)
	kinds := map[string]partyKind{}
	plain := map[string]bool{} // names that the lexicon knows for what they are
	persons := false
	for i := range named {
		p := &named[i]
		if p.kind == unknownParty && d.facesEntity(p, named) {
			p.kind = naturalPerson
		}
		if p.kind == unknownParty || kinds[p.name] != unknownParty {
			continue
		}
		kinds[p.name], plain[p.name] = p.kind, p.known
		persons = persons || p.kind == naturalPerson
	}
	d.business = !persons && d.betweenEntities(named)
	v := &d.vocabulary
	for name, kind := range kinds {
		set := setOf(v.User)
		switch {
		case d.business:
			set = setOf(v.Company, v.Business)
		case plain[name]:
			continue
		case kind == legalEntity:
			set = setOf(v.Company)
		}
		d.eachName(name, func(s document.Span) { d.partyUses = append(d.partyUses, partyUse{s, set}) })
	}
	sort.Slice(d.partyUses, func(i, j int) bool { return d.partyUses[i].Start < d.partyUses[j].Start })
}

// abbreviated lists the parties that a definition abbreviates: 云影科技有限公司（以下
// 简称“云影”）, Acme Corp. ("Customer"). The name is taken from the long one, is a
// word for a party, or stands where the contract says between whom it is.
func (d *reader) abbreviated(preamble map[int][]mention) []party {
	var out []party
	for _, t := range d.contract.Terms {
		name := strings.TrimSpace(document.FoldString(t.Name))
		if name == "" || !isShort(t) {
			continue
		}
		v := &d.vocabulary
		own, meaning := d.fold.Forward(t.Span), d.fold.Forward(t.Meaning)
		// "Kestrel Management Co., Ltd": the comma is part of the name.
		if form := strings.Trim(d.fold.Text[meaning.Start:meaning.End], " ."); slices.Contains(legalForms, form) {
			r := &d.readings[t.Sentence.Index]
			meaning.Start = r.from + strings.LastIndexAny(d.fold.Text[r.from:meaning.Start], ":;\"") + 1
		}
		// "This Agreement is made between A and B": B alone.
		for _, w := range [...]string{" between ", " and "} {
			if i := strings.LastIndex(d.fold.Text[meaning.Start:meaning.End], w); i >= 0 {
				meaning.Start += i + len(w)
			}
		}
		long := strings.TrimSpace(d.fold.Text[meaning.Start:meaning.End])
		said := preamble[t.Sentence.Index]
		var word, all, last conceptSet
		for _, m := range said {
			if own.Start <= m.start && m.end <= own.End {
				word.merge(m.set)
			}
			if meaning.Start <= m.start && m.end <= meaning.End {
				all.merge(m.set)
			}
			if meaning.Start <= m.start && m.end == meaning.Start+len(strings.TrimRight(d.fold.Text[meaning.Start:meaning.End], " ,")) {
				last.merge(m.set)
			}
		}
		thing := all.meets(setOf(v.Face, v.Photo, v.DataNoun, v.Service, v.Package)) || strings.Contains(long, "《")
		if !shortFor(name, long) && !word.has(v.User) && !word.has(v.Company) && !word.has(v.ThirdParty) && !isRole(name) && (thing || !d.contracts(t.Sentence.Block)) {
			continue
		}
		p := party{name: name, long: long, block: t.Sentence.Block}
		switch {
		case isEntity(long):
			p.kind = legalEntity
		case last.has(v.User) && !last.has(v.Company):
			p.kind = naturalPerson
		}
		// What the lexicon says of the name already needs no saying.
		if p.kind == legalEntity && word.has(v.Company) && !word.has(v.User) || p.kind == naturalPerson && word.has(v.User) && !word.has(v.Company) {
			p.known = true
		}
		out = append(out, p)
	}
	return out
}

// roleLines lists the parties that a line names by their role: 甲方：云影科技有限公司.
func (d *reader) roleLines(preamble map[int][]mention) []party {
	var out []party
	for i := range d.readings {
		r := &d.readings[i]
		for _, role := range roles {
			rest, ok := strings.CutPrefix(d.fold.Text[r.from:r.to], role)
			if !ok {
				continue
			}
			who, value, ok := strings.Cut(rest, ":")
			if !ok || units(who) > 12 || strings.ContainsAny(who, ",，。、") {
				break
			}
			p := party{name: role, long: value, block: r.Block, line: true}
			var said conceptSet
			for _, m := range preamble[r.Index] {
				if m.start >= r.from+len(role) {
					said.merge(m.set)
				}
			}
			switch {
			case isEntity(value) || isEntity(strings.Trim(who, " ()")) || said.has(d.vocabulary.Company) && !said.has(d.vocabulary.User):
				p.kind = legalEntity
			case said.has(d.vocabulary.User) || strings.Contains(value, "身份证"):
				p.kind = naturalPerson
			}
			out = append(out, p)
			break
		}
	}
	return out
}

// preamble is what the sentences mention, by their index, that may name a party.
func (d *reader) preamble() map[int][]mention {
	naming := map[int]bool{}
	for _, t := range d.contract.Terms {
		if isShort(t) {
			naming[t.Sentence.Index] = true
		}
	}
	for i := range d.readings {
		r := &d.readings[i]
		text := d.fold.Text[r.from:r.to]
		if slices.ContainsFunc(roles, func(role string) bool { return strings.HasPrefix(text, role) }) {
			naming[i] = true
		}
	}
	var some []reading
	for _, i := range slices.Sorted(maps.Keys(naming)) {
		r := d.readings[i]
		r.relevant = true
		some = append(some, r)
	}
	d.lex(0, some)
	said := make(map[int][]mention, len(some))
	for i := range some {
		said[some[i].index] = some[i].mentions
	}
	return said
}

// isShort reports whether t stands for what is written out before it.
func isShort(t *segment.Term) bool { return t.Meaning.End <= t.Start && t.Meaning.Len() > 0 }

// betweenEntities reports whether the contract is between two companies.
func (d *reader) betweenEntities(named []party) bool {
	for i := range named {
		for j := range named[:i] {
			p, q := &named[i], &named[j]
			if p.kind == legalEntity && q.kind == legalEntity && p.long != q.long && d.counterparties(p, q) {
				return true
			}
		}
	}
	return false
}

// counterparties reports whether the contract names p and q as those whom it is
// between: in lines of their own, or in the sentence that says so.
func (d *reader) counterparties(p, q *party) bool {
	if p.line != q.line {
		return false
	}
	return p.line && max(p.block-q.block, q.block-p.block) <= 12 || !p.line && p.block == q.block && d.contracts(p.block)
}

// facesEntity reports whether p, of whom nothing is said, contracts with a company:
// then it is taken for a person, whom the law protects.
func (d *reader) facesEntity(p *party, named []party) bool {
	return slices.ContainsFunc(named, func(q party) bool {
		return q.kind == legalEntity && q.name != p.name && d.counterparties(p, &q)
	})
}

// contracts reports whether a block says between whom the contract is.
func (d *reader) contracts(block int) bool {
	s := d.fold.Forward(d.doc.Blocks[block].Span)
	text := d.fold.Text[s.Start:s.End]
	for _, w := range [...]string{"between", "by and among", "签订", "订立", "签署", "缔结", "达成"} {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// shortFor reports whether name is part of the long name.
func shortFor(name, long string) bool {
	return len(name) < len(long) && containsWord(long, name)
}

func isRole(name string) bool {
	for _, role := range roles {
		if name == role {
			return true
		}
	}
	return false
}

// isEntity reports whether long is the name of a company: in Chinese the legal
// form ends it; in English a description may follow ("Acme Corp., a Delaware
// corporation").
func isEntity(long string) bool {
	// 影识科技（深圳）有限公司, "Kestrel Management (Dalian) Ltd"
	for {
		from := strings.IndexByte(long, '(')
		to := strings.IndexByte(long, ')')
		if from < 0 || to < from {
			break
		}
		long = long[:from] + long[to+1:]
	}
	for _, w := range [...]string{"及其", "和其"} {
		if i := strings.Index(long, w); i > 0 {
			long = long[:i]
		}
	}
	long = strings.TrimRight(long, " ,;.，。；")
	for _, form := range legalForms {
		if form[0] >= utf8.RuneSelf && strings.HasSuffix(long, form) || form[0] < utf8.RuneSelf && containsWord(long, form) {
			return true
		}
	}
	return false
}

// name puts the named parties of r in the place of what the lexicon takes their
// names for.
func (d *reader) name(r *reading) {
	from := sort.Search(len(d.partyUses), func(i int) bool { return d.partyUses[i].Start >= r.from })
	for _, u := range d.partyUses[from:] {
		if u.End > r.to {
			return
		}
		longer := func(m mention) bool {
			return m.start <= u.Start && u.End <= m.end && m.end-m.start > u.Len()
		}
		if slices.ContainsFunc(r.mentions, longer) {
			continue // "the customer's end users" are not the Customer
		}
		r.mentions = slices.DeleteFunc(r.mentions, func(m mention) bool { return u.Start <= m.start && m.end <= u.End })
		at := sort.Search(len(r.mentions), func(i int) bool { return r.mentions[i].start > u.Start })
		r.mentions = slices.Insert(r.mentions, at, mention{start: u.Start, end: u.End, set: u.set})
	}
}

// namesParty reports whether m is the name of a party.
func (d *reader) namesParty(m *mention) bool {
	i := sort.Search(len(d.partyUses), func(i int) bool { return d.partyUses[i].Start >= m.start })
	return i < len(d.partyUses) && d.partyUses[i].Start == m.start && d.partyUses[i].End == m.end
}
