package lint

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/segment"
)

// term is a defined term that stands for face data.
type term struct {
	*segment.Term
	name    string // folded
	anchor  Anchor
	at      document.Span // the words of the meaning that make it so, folded
	through *term         // the next link of a chain of definitions
	// diluted is set where the definition lists faces among many other things.
	diluted bool
}

// termUse is a place where a term that stands for face data is used.
type termUse struct {
	document.Span // in the folded text
	*term
}

// telling is a use of a defined term, and what it says there.
type telling struct {
	document.Span // in the folded text
	says          *conceptSet
}

// Terms that name a party, a text or a service stand for no data, whatever
// words their definitions hold.
var noData = []string{"服务", "协议", "公司", "平台", "我们", "您", "用户", "软件", "产品", "方", "条款", "合同", "政策", "规则", "功能", "系统", "设备", "接口", "算法", "引擎", "工具包", "终端",
	"service", "agreement", "company", "party", "terms", "platform", "app", "we", "you", "us", "user", "policy", "site", "website", "software", "device", "notice", "feature", "system", "sdk", "api", "library", "engine", "algorithm", "kiosk", "terminal", "client", "customer", "employer", "employee", "manager", "owner", "resident", "members", "member", "rules", "rule", "documents", "law", "laws", "act", "parties", "affiliates", "partners", "providers", "purpose", "event", "account"}

var general = []string{"个人信息", "敏感信息", "个人资料", "个人数据", "用户信息", "身份信息", "隐私信息", "personal information", "personal data", "sensitive", "special categor", "identity information", "usage data", "identifiers", "account information", "account data"}

// standsForData reports whether a term of this name can stand for face data.
func standsForData(name string) bool {
	// A definition of personal information in general lists biometrics among
	// everything else; what is said of it is not said of faces.
	for _, n := range general {
		if strings.Contains(name, n) && !strings.Contains(name, "生物") && !strings.Contains(name, "biometric") {
			return false
		}
	}
	words := strings.Fields(name)
	last := name
	if len(words) > 0 {
		last = strings.TrimSuffix(words[len(words)-1], "s")
	}
	for _, n := range noData {
		if n[0] >= utf8.RuneSelf && strings.HasSuffix(name, n) || last == n || last == strings.TrimSuffix(n, "s") {
			return false
		}
	}
	return true
}

// define finds the terms that stand for face data, through chains of
// definitions, and every use of them.
func (d *reader) define() {
	all := make([]term, 0, len(d.contract.Terms))
	for _, t := range d.contract.Terms {
		name := strings.TrimSpace(document.FoldString(t.Name))
		if name == "" || !standsForData(name) {
			continue
		}
		all = append(all, term{Term: t, name: name})
	}
	// A definition may lean on a later one: repeat until nothing is added.
	for changed := true; changed; {
		changed = false
		for i := range all {
			t := &all[i]
			if t.anchor == NoAnchor && d.anchorTerm(t, all) {
				changed = true
			}
		}
	}
	// Of two definitions of one term the one that reaches further counts, but within
	// the clause that one is for, that one.
	best := map[string]*term{}
	scoped := map[string][]*term{}
	for i := range all {
		t := &all[i]
		if t.Scope != nil {
			scoped[t.name] = append(scoped[t.name], t)
		} else if t.anchor != NoAnchor && (best[t.name] == nil || t.anchor > best[t.name].anchor) {
			best[t.name] = t
		}
	}
	for i := range all {
		t := &all[i]
		if t.Scope != nil && t.anchor != NoAnchor || best[t.name] == t {
			d.occurrences(t, scoped[t.name])
		}
	}
	d.meanings()
	sort.Slice(d.uses, func(i, j int) bool {
		if d.uses[i].Start != d.uses[j].Start {
			return d.uses[i].Start < d.uses[j].Start
		}
		return d.uses[i].End < d.uses[j].End
	})
}

// meanings gives the uses of defined terms what their definitions say beside
// faces: "Permitted Users means every person we designate" makes a use of it
// anyone at all.
func (d *reader) meanings() {
	told := map[string]conceptSet{}
	for _, t := range d.contract.Terms {
		name := strings.TrimSpace(document.FoldString(t.Name))
		says := d.meaningOf(t)
		if name == "" || says == (conceptSet{}) || told[name].holds(says) {
			continue
		}
		told[name] = says
		own, meaning := d.fold.Forward(t.Span), d.fold.Forward(t.Meaning)
		d.eachUse(t, name, func(s document.Span, r *reading) {
			if !s.Overlaps(own) && !s.Overlaps(meaning) && s.End <= r.to {
				r.told = append(r.told, telling{s, &says})
			}
		})
	}
	d.eachSome(d.hearTold)
}

// hearTold adds what some sentences have been told by their terms, one telling
// after the other: what an earlier one composed stands.
func (d *reader) hearTold(_ int, some []reading) {
	var buf []mention
	var kept mentionPool
	for i := range some {
		r := &some[i]
		if r.told == nil {
			continue
		}
		r.mentions = append(buf[:0], r.mentions...)
		for _, t := range r.told {
			at := sort.Search(len(r.mentions), func(i int) bool { return r.mentions[i].start > t.Start })
			r.mentions = slices.Insert(r.mentions, at, mention{start: t.Start, end: t.End, set: *t.says})
			r.fresh.merge(*t.says)
			d.analyse(r)
		}
		buf, r.told = r.mentions, nil
		r.mentions = kept.keep(buf)
	}
}

// meaningOf is the concepts that a use of t says because its meaning does.
func (d *reader) meaningOf(t *segment.Term) conceptSet {
	v := &d.vocabulary
	var says, meaning, name conceptSet
	// The terms before may have told these sentences something.
	d.hearTold(0, d.readingsIn(d.fold.Forward(t.Meaning)))
	d.hearTold(0, d.readingsIn(d.fold.Forward(t.Span)))
	d.eachMention(d.fold.Forward(t.Meaning), func(_ *reading, m *mention) {
		if !m.denied {
			meaning.merge(m.set)
		}
	})
	own, you := d.fold.Forward(t.Span), false
	d.eachMention(own, func(_ *reading, m *mention) {
		name.merge(m.set)
		you = you || m.set.has(v.User) && m.start == own.Start && m.end == own.End
	})
	// “您”指任何使用本服务的人 makes no third party of you.
	if you || name.has(v.Company) && !name.has(v.ThirdParty) || name.has(v.Service) {
		return says
	}
	face := meaning.has(v.Face) || meaning.has(v.Biometric)
	if meaning.has(v.OtherPermission) && face {
		says.add(v.OtherPermission)
		if name.has(v.Grant) || name.has(v.Consent) {
			says.add(v.WeakBundle)
		}
	}
	if face {
		return says
	}
	if meaning.has(v.OpenParty) || meaning.has(v.ThirdParty) || meaning.has(v.Freely) && meaning.has(v.User) {
		says.add(v.ThirdParty)
		if meaning.has(v.Freely) || meaning.has(v.OpenParty) {
			says.merge(setOf(v.Freely, v.OpenParty))
		}
	}
	if name.has(v.PurposeNoun) && (meaning.has(v.Any) || meaning.has(v.AnyPurpose) || meaning.has(v.Freely)) {
		says.add(v.AnyPurpose)
	}
	if (name.has(v.Consent) || strings.Contains(document.FoldString(t.Name), "acknowledg")) && (meaning.has(v.Silence) || meaning.has(v.Conduct)) {
		says.merge(setOf(v.Deemed, v.Consent))
	}
	for _, q := range [...]clauses.Concept{v.Perpetual, v.SoftPerpetual} {
		if meaning.has(q) {
			says.add(q)
		}
	}
	return says
}

// usesIn lists the uses of terms inside s of the folded text.
func (d *reader) usesIn(s document.Span) []termUse {
	from := sort.Search(len(d.uses), func(i int) bool { return d.uses[i].Start >= s.Start })
	to := from
	for to < len(d.uses) && d.uses[to].Start < s.End {
		to++
	}
	return d.uses[from:to]
}

// anchorTerm looks for what makes t face data in its meaning or its name.
func (d *reader) anchorTerm(t *term, all []term) bool {
	span := d.fold.Forward(t.Meaning)
	d.eachMention(span, func(r *reading, m *mention) {
		if a := d.anchorOf(m); a > t.anchor && !d.excluded(r, m) {
			t.anchor, t.at = a, document.Span{Start: m.start, End: m.end}
		}
	})
	meaning := d.fold.Text[span.Start:span.End]
	t.diluted = strings.Count(meaning, "、")+strings.Count(meaning, ",")+strings.Count(meaning, ";") > 5
	if t.anchor == DirectAnchor || t.anchor == TechnicalAnchor {
		// A term with the face in its own name needs no resolving.
		t.anchor = DefinedAnchor
		if d.namesFace(t.name) {
			t.anchor = DirectAnchor
		}
		return true
	}
	if t.anchor != NoAnchor {
		return true
	}
	if d.leansOn(t, meaning, all) {
		return true
	}
	// “开户信息”：附表一所列各项信息.
	var lists []document.Span
	for _, ref := range d.referencesIn(t.Meaning) {
		if ref.Target != nil && !ref.Target.Span.Overlaps(t.Sentence.Span) {
			lists = append(lists, d.fold.Forward(ref.Target.Span))
		}
	}
	for _, listed := range append(lists, d.columns(meaning)...) {
		if listed.Len() > clauseSize {
			continue
		}
		d.eachMention(listed, func(r *reading, m *mention) {
			if a := d.anchorOf(m); a > t.anchor && a >= DefinedAnchor && !d.excluded(r, m) {
				t.anchor, t.at = DefinedAnchor, document.Span{Start: m.start, End: m.end}
			}
		})
		if t.anchor != NoAnchor || d.leansOn(t, d.fold.Text[listed.Start:listed.End], all) {
			return true
		}
	}
	return false
}

// columns are the paragraphs in which a schedule without number gives the column that
// the words of a definition name: 附表甲栏, "Column A of the Schedule".
func (d *reader) columns(meaning string) []document.Span {
	label := ""
	if i := strings.Index(meaning, "栏"); i >= len("甲") && strings.Contains(meaning[:i], "附表") {
		label = meaning[i-len("甲") : i+len("栏")]
	} else if i := strings.Index(meaning, "column "); i >= 0 && strings.Contains(meaning, "schedule") && i+len("column a") <= len(meaning) {
		label = meaning[i : i+len("column a")]
	}
	if label == "" {
		return nil
	}
	var out []document.Span
	for i := range d.readings {
		if r := &d.readings[i]; strings.HasPrefix(d.fold.Text[r.from:r.to], label) {
			out = append(out, document.Span{Start: r.from, End: r.to})
		}
	}
	return out
}

// leansOn looks for a term that stands for face data in words that say what t stands
// for, and makes it the next link.
func (d *reader) leansOn(t *term, words string, all []term) bool {
	for i := range all {
		u := &all[i]
		if u.anchor != NoAnchor && u.name != t.name && containsWord(words, u.name) {
			t.anchor, t.at, t.through = min(u.anchor, DefinedAnchor), u.at, u
			return true
		}
	}
	return false
}

// namesFace reports whether the words of a name are themselves of a face.
func (d *reader) namesFace(name string) bool {
	return strings.Contains(name, "脸") || strings.Contains(name, "面部") || strings.Contains(name, "面容") ||
		strings.Contains(name, "face") || strings.Contains(name, "facial") || strings.Contains(name, "生物识别") || strings.Contains(name, "biometric")
}

// occurrences adds the places where the name of t is used in its sense to d.uses:
// inside the clause that its definition is for, or, if for none, outside those that
// others of the same name are for.
func (d *reader) occurrences(t *term, scoped []*term) {
	within := func(t *term, s document.Span) bool { return d.fold.Forward(t.Scope.Span).Contains(s) }
	d.eachUse(t.Term, t.name, func(s document.Span, _ *reading) {
		if t.Scope != nil && !within(t, s) || t.Scope == nil && slices.ContainsFunc(scoped, func(o *term) bool { return within(o, s) }) {
			return
		}
		d.uses = append(d.uses, termUse{s, t})
	})
}

// wordBounds reports whether no letter or digit touches s.
func wordBounds(text string, s document.Span) bool {
	if isWordByte(text[s.Start]) && s.Start > 0 && isWordByte(text[s.Start-1]) {
		return false
	}
	return !(isWordByte(text[s.End-1]) && s.End < len(text) && isWordByte(text[s.End]))
}

// containsWord reports whether name occurs in text as words of its own.
func containsWord(text, name string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], name)
		if i < 0 {
			return false
		}
		i += at
		if wordBounds(text, document.Span{Start: i, End: i + len(name)}) {
			return true
		}
		at = i + len(name)
	}
}
