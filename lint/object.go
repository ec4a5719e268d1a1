package lint

import (
	"slices"
	"sort"
	"strings"

	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/segment"
)

// Anchor is what makes an object face data, weakest first.
type Anchor int

// The anchors.
const (
	NoAnchor        Anchor = iota
	LikenessAnchor         // a portrait without recognition: Civil Code 1019-1022
	DefinedAnchor          // a term whose definition includes face data
	TechnicalAnchor        // a photo that the passage recognises, extracts, models or trains on
	DirectAnchor           // face data by name
)

// object is what a sentence is about, with the links that lead to it.
type object struct {
	anchor Anchor
	// at is the words that name it, in the folded text: in the sentence itself,
	// or, for an object carried over, where it was named.
	at document.Span
	// own is set where the sentence itself names it.
	own bool
	via []link
	// depth counts the carryings over, each of which costs confidence.
	depth int
}

// plain reports whether o is face data plainly enough for a rule that has no
// grant to lean on: by name, or by a definition that is about little else.
func (o *object) plain() bool {
	if o.anchor == DirectAnchor {
		return true
	}
	// 人像采集比对: said in one breath.
	if o.anchor == TechnicalAnchor && o.own && len(o.via) > 0 && o.via[0].at.Start >= o.at.End && o.via[0].at.Start-o.at.End <= 12 {
		return true
	}
	if o.anchor != DefinedAnchor {
		return false
	}
	for _, l := range o.via {
		if l.term != nil && l.term.diluted {
			return false
		}
	}
	return true
}

// link is a step from a sentence to its object: a definition, a stem, a heading.
type link struct {
	role Role
	at   document.Span // in the folded text
	term *term         // for a definition
}

// eachMention calls f for the mentions inside span of the folded text.
func (d *reader) eachMention(span document.Span, f func(*reading, *mention)) {
	some := d.readingsIn(span)
	for i := range some {
		r := &some[i]
		for k := range r.mentions {
			if m := &r.mentions[k]; m.start >= span.Start && m.end <= span.End {
				f(r, m)
			}
		}
	}
}

// anchorOf is the anchor that m is by itself.
func (d *reader) anchorOf(m *mention) Anchor {
	v := &d.vocabulary
	switch {
	case m.set.has(v.DeviceFace):
		return NoAnchor
	case m.set.has(v.Face) || m.set.has(v.Biometric) && d.faces:
		return DirectAnchor
	case m.set.has(v.Likeness):
		return LikenessAnchor
	}
	return NoAnchor
}

// technique is what is done to the picture p that makes it face data, close by
// in its sentence: recognising, extracting, swapping, training.
func (d *reader) technique(r *reading, p *mention) *mention {
	for k := range r.mentions {
		if t := &r.mentions[k]; t.set.has(d.vocabulary.Technique) && !t.denied && t.start != p.start && d.apart(p, t) <= 14 {
			return t
		}
	}
	return nil
}

// excluded reports whether the text takes the object out: "该许可不及于人脸信息",
// "no facial data is covered".
func (d *reader) excluded(r *reading, m *mention) bool {
	v := &d.vocabulary
	for i := range r.mentions {
		x := &r.mentions[i]
		if x.set.has(v.Not) && x.end <= m.start && strings.Trim(d.fold.Text[x.end:m.start], " ") == "" && startsWithFace(d.fold.Text[m.start:m.end]) && !strings.Contains(d.fold.Text[m.end:min(r.to, m.end+20)], ", no ") {
			return true // "no facial images"
		}
		// "No picture of your face is included."
		if x.set.has(v.Not) && x.end <= m.start && strings.Trim(d.fold.Text[x.end:m.start], " ") == "" {
			for _, w := range [...]string{" is included", " are included", " is covered", " are covered", " is concerned", " is part", " is licensed", " is affected"} {
				if strings.HasPrefix(d.fold.Text[m.end:r.to], w) {
					return true
				}
			}
		}
		// 不通过刷脸方式签署
		if between := d.fold.Text[min(x.end, m.start):m.start]; x.set.has(v.Not) && x.end <= m.start && (between == "通过" || between == "采用" || between == "使用" || between == "涉及" || between == "以") {
			return true
		}
		// "This licence never extends to face data."
		if (x.set.has(v.AppliesTo) || x.set.has(v.Cover) && !x.set.has(v.Grant)) && x.end <= m.start && x.segment == m.segment && d.between(x.end, m.start) <= 8 && (x.denied || d.negatedAt(r, x)) && !strings.HasSuffix(d.fold.Text[r.from:x.start], ", ") {
			return true
		}
		if !x.set.has(v.Excludes) || x.segment != m.segment {
			continue
		}
		// "All liability for the use of faces is excluded": the liability is.
		if strings.HasPrefix(d.fold.Text[x.start:x.end], "exclud") && x.start > m.end && (strings.Contains(d.fold.Text[r.from:m.start], "liabilit") || strings.Contains(d.fold.Text[r.from:m.start], "claim")) {
			continue
		}
		if x.start < m.end && m.start < x.end {
			return true
		}
		if x.end <= m.start && d.between(x.end, m.start) <= 12 || x.start >= m.end && d.between(m.end, x.start) <= 8 {
			return true
		}
	}
	return false
}

func startsWithFace(s string) bool {
	return strings.HasPrefix(s, "fac") || strings.HasPrefix(s, "biometric")
}

// own is the object that the sentence itself names.
func (d *reader) own(r *reading) object {
	v := &d.vocabulary
	var best object
	for i := range r.mentions {
		m := &r.mentions[i]
		a := d.anchorOf(m)
		if a >= DefinedAnchor && d.excluded(r, m) {
			return object{} // what the sentence takes out, it is not about
		}
		if a > best.anchor {
			best = object{anchor: a, at: document.Span{Start: m.start, End: m.end}, own: true}
		}
	}
	if best.anchor == DirectAnchor {
		return best
	}
	for k := range r.mentions {
		p := &r.mentions[k]
		if !p.set.has(v.Photo) {
			continue
		}
		if t := d.technique(r, p); t != nil {
			return object{anchor: TechnicalAnchor, at: document.Span{Start: p.start, End: p.end}, own: true,
				via: []link{{role: RoleObject, at: document.Span{Start: t.start, End: t.end}}}}
		}
	}
	for _, use := range d.usesIn(document.Span{Start: r.from, End: r.to}) {
		t := use.term
		// The definition itself is no use of the term.
		if use.End > r.to || t.anchor <= best.anchor || d.fold.Forward(t.Span).Overlaps(use.Span) {
			continue
		}
		best = object{anchor: t.anchor, at: use.Span, own: true}
		for u := t; u != nil; u = u.through {
			best.via = append(best.via, link{role: RoleDefinition, at: u.at, term: u})
		}
	}
	return best
}

// near is what reading i is about where a rule needs it close at hand: named
// in the sentence, in the lead-in or the items of its list, or in the sentence
// right before it that it points back to.
func (d *reader) near(i int) object {
	r := &d.readings[i]
	o := d.resolve(i)
	if o.own {
		return o
	}
	if h := d.headed(r); h.anchor != NoAnchor && (!o.plain() || o.via[len(o.via)-1].role == RoleHeading) {
		return h
	}
	if o.anchor == NoAnchor {
		return o
	}
	for _, l := range o.via {
		if l.role == RoleHeading && len(r.Row) == 0 {
			return object{}
		}
	}
	if o.depth > 1 && !r.has(d.vocabulary.Back) {
		return object{}
	}
	at := d.readingAt(o.at.Start)
	if at > i && at < len(d.readings) && d.readings[at].Block == r.Block && d.opensList(r) {
		return o // an item of the list that r introduces in its own paragraph
	}
	if far := at - i; (far > 2 || far < -2) && leadIn(r.Clause) == nil && len(d.references(r)) == 0 && len(r.Clause.Children) == 0 {
		return object{}
	}
	if at < len(d.readings) && at != i-1 && at != i+1 && d.readings[at].Clause != r.Clause && (leadIn(r.Clause) == nil || at != leadIn(r.Clause).Index) && d.readings[at].Clause.Parent != r.Clause && len(d.references(r)) == 0 {
		return object{}
	}
	if at == i-1 && !r.has(d.vocabulary.Back) && d.readings[at].Block != r.Block && leadIn(r.Clause) == nil {
		return object{}
	}
	return o
}

// pictureTaking is words for what is done to a face when it is recognised, by
// themselves of anything: under a heading about faces, of faces.
var pictureTaking = []string{"拍摄", "拍照", "比对", "对比", "识别", "采集", "录入", "登录", "登记", "核验", "扫描", "摄像", "取景", "verification", "scan", "match", "recogni", "capture", "enrol", "compar", "camera"}

// headed is the face data that the nearest heading above r names, for a sentence
// that speaks of taking or comparing pictures without saying of what.
func (d *reader) headed(r *reading) object {
	words := d.fold.Text[r.from:r.to]
	if d.ownTopic(r) || !slices.ContainsFunc(pictureTaking, func(w string) bool { return strings.Contains(words, w) }) {
		return object{}
	}
	for c := r.Clause; c != nil && c.Level > 0; c = c.Parent {
		if c.Heading == "" || c.HeadingSpan.Contains(r.Span) {
			continue
		}
		if o := d.objectIn(c.HeadingSpan, RoleHeading); o.anchor == DirectAnchor {
			return o
		}
		break
	}
	return object{}
}

// resolve finds what r is about: what it names, or what the text carries over
// to it from its stem, its neighbours, its heading or a clause it refers to.
func (d *reader) resolve(i int) object {
	r := &d.readings[i]
	if r.resolved {
		return r.object
	}
	r.resolved = true // cuts circles short
	r.object = d.own(r)
	if r.object.anchor >= DefinedAnchor {
		return r.object
	}
	if o := d.carried(i); o.anchor > r.object.anchor {
		r.object = o
	}
	return r.object
}

// carried is the object that r takes from elsewhere.
func (d *reader) carried(i int) object {
	r := &d.readings[i]
	v := &d.vocabulary
	for _, cell := range r.Row {
		if o := d.objectIn(cell, RoleHeading); o.anchor != NoAnchor {
			return o
		}
	}
	if len(r.Row) > 0 {
		if o := d.ofTable(r); o.anchor != NoAnchor {
			return o
		}
	}
	for c := r.Clause; c != nil; c = c.Parent {
		if leadIn(c) == nil || leadIn(c) == r.Sentence {
			continue
		}
		// Under one stem the items speak of one thing: "Data: facial features". Items
		// of several sentences are paragraphs of their own.
		alike := len(c.Sentences) <= 2 && units(d.fold.Text[r.from:r.to]) <= 60
		if o := d.from(leadIn(c).Index, RoleStem); o.anchor != NoAnchor && (alike || o.at.Start < d.readings[leadIn(c).Index].to) {
			return o
		}
		if c.Parent != nil && alike {
			for _, sib := range c.Parent.Children {
				if leadIn(sib) != leadIn(c) || sib == c || len(sib.Sentences) > 2 {
					continue
				}
				for _, s := range sib.Sentences {
					if o := d.own(&d.readings[s.Index]); o.anchor >= DefinedAnchor {
						o.own, o.depth = false, 1
						o.via = append(o.via, link{role: RoleObject, at: o.at})
						return o
					}
				}
			}
		}
	}
	// A lead-in speaks of what its items name.
	for _, c := range r.Clause.Children {
		if leadIn(c) != r.Sentence || len(c.Sentences) > 3 {
			continue
		}
		for _, s := range c.Sentences {
			if d.prohibits(&d.readings[s.Index]) {
				continue
			}
			if o := d.own(&d.readings[s.Index]); o.anchor >= DefinedAnchor {
				o.own, o.depth = false, 1
				return o
			}
		}
	}
	// 您将一次性同意以下全部授权：消息推送；面部特征采集。
	if d.opensList(r) {
		for j := i + 1; j < len(d.readings) && j <= i+8 && d.readings[j].Block == r.Block; j++ {
			if o := d.own(&d.readings[j]); o.anchor >= DefinedAnchor {
				o.own, o.depth = false, 1
				return o
			}
			if !strings.HasSuffix(d.fold.Text[d.readings[j].from:d.readings[j].to], ";") {
				break
			}
		}
	}
	// A specification: "Recipients: any person. Data: facial features."
	if d.specification(r) {
		for j := max(0, i-6); j < min(len(d.readings), i+7); j++ {
			n := &d.readings[j]
			if j == i || n.Clause != r.Clause && !d.siblings(n, r) || !d.specification(n) || n.Block-r.Block > 3 || r.Block-n.Block > 3 {
				continue
			}
			if o := d.own(n); o.anchor >= DefinedAnchor {
				o.own, o.depth = false, 1
				o.via = append(o.via, link{role: RoleObject, at: o.at})
				return o
			}
		}
	}
	back := r.has(v.Back) || d.elliptic(r)
	for _, ref := range d.references(r) {
		if ref.Target == nil || d.narrowed(r, ref) {
			continue
		}
		if o := d.inClause(ref.Target, r); o.anchor != NoAnchor {
			return o
		}
	}
	// The sentences before it in the same clause: with a word that points back,
	// or else with nothing of its own to speak of.
	if back || !d.ownTopic(r) {
		for j, steps := i-1, 0; j >= 0 && steps < 3; j, steps = j-1, steps+1 {
			p := &d.readings[j]
			if !d.neighbours(p, r) && !(d.thatGrant(r) && !p.Heading && p.Clause.Parent == r.Clause.Parent) || !back && p.Block != r.Block {
				break
			}
			if o := d.from(j, RoleObject); o.anchor != NoAnchor {
				return o
			}
			if d.ownTopic(p) && !p.has(v.Back) {
				break
			}
		}
	}
	// "Term: … . This clause applies to all faceprints."
	if j := i + 1; j < len(d.readings) && d.neighbours(&d.readings[j], r) {
		n := &d.readings[j]
		if item := leadIn(n.Clause) != nil && n.Clause != r.Clause; !item && (n.has(v.AppliesTo) || d.beginsBack(n)) {
			if o := d.own(n); o.anchor != NoAnchor {
				o.own, o.depth = false, 1
				o.via = append(o.via, link{role: RoleObject, at: o.at})
				return o
			}
		}
	}
	for c := r.Clause; c != nil && c.Level > 0; c = c.Parent {
		if c.Heading == "" {
			continue
		}
		if len(r.Row) > 0 && d.namedRows(r) {
			break // the other rows of a table that lists data speak of other data
		}
		// A heading that speaks of a grant over faces gives its clause the
		// object; one that only names a feature does not.
		if o := d.objectIn(c.HeadingSpan, RoleHeading); o.anchor >= DefinedAnchor && !d.ownTopic(r) && !ofProperty(c) && (d.grantHeading(c) || d.pronoun(r) && d.userGrants(r)) {
			return o
		}
		if d.foreignHeading(c) && !(d.thatGrant(r) && strings.Contains(d.fold.Text[r.from:r.to], "本")) {
			break
		}
	}
	return object{}
}

// ofProperty reports whether the heading of c is about who owns the devices and
// programs, not the data: 人脸识别设备之权利归属.
func ofProperty(c *segment.Clause) bool {
	words := document.FoldString(c.Heading)
	for _, w := range [...]string{"知识产权", "智慧财产", "权利归属", "产权", "intellectual property", "ownership of the"} {
		if strings.Contains(words, w) && (w != "权利归属" || strings.Contains(words, "设备") || strings.Contains(words, "软件") || strings.Contains(words, "系统")) {
			return true
		}
	}
	return false
}

// foreignHeading reports whether the heading of c says nothing of rights, data or
// time: 荣誉故事与纪念. What stands above it is not what its clause is about.
func (d *reader) foreignHeading(c *segment.Clause) bool {
	v := &d.vocabulary
	known := setOf(v.Grant, v.Consent, v.Use, v.PassOn, v.Withdraw, v.Decline, v.Storage, v.DataNoun, v.End, v.PurposeNoun, v.Perpetual, v.Irrevocable, v.Sublicensable, v.Deletion, v.Capture, v.ThirdParty)
	found := false
	d.eachMention(d.fold.Forward(c.HeadingSpan), func(_ *reading, m *mention) {
		found = found || m.set.meets(known)
	})
	if found {
		return false
	}
	words := document.FoldString(c.Heading)
	for _, w := range [...]string{"期限", "期间", "效力", "其他", "其它", "附则", "通则", "总则", "一般", "范围", "term", "duration", "general", "scope", "effect", "miscellaneous", "other"} {
		if strings.Contains(words, w) {
			return false
		}
	}
	return true
}

// namedRows reports whether some row of the table of r is about face data by name,
// and not the row of r.
func (d *reader) namedRows(r *reading) bool {
	for _, step := range [...]int{-1, 1} {
		for j := r.index + step; j >= 0 && j < len(d.readings) && d.sameTable(&d.readings[j], r); j += step {
			b, own := &d.doc.Blocks[d.readings[j].Block], &d.doc.Blocks[r.Block]
			if !b.HeaderRow && b.Row != own.Row && d.own(&d.readings[j]).anchor >= DefinedAnchor {
				return true
			}
		}
	}
	return false
}

// opensList reports whether r introduces a list that goes on behind it in its own
// paragraph: "… to all of the following: push messages;".
func (d *reader) opensList(r *reading) bool {
	text := strings.TrimRight(d.fold.Text[r.from:r.to], " ")
	return strings.HasSuffix(text, ":") || strings.HasSuffix(text, ";") && strings.Contains(text, ":")
}

// beginsBack reports whether r begins with words that point back: "This
// permission covers …".
func (d *reader) beginsBack(r *reading) bool {
	for k := range r.mentions {
		m := &r.mentions[k]
		if d.between(r.from, m.start) > 3 {
			return false
		}
		if m.set.has(d.vocabulary.Back) {
			return true
		}
	}
	return false
}

// pronoun reports whether r speaks of "it" or "them".
func (d *reader) pronoun(r *reading) bool {
	for k := range r.mentions {
		switch m := &r.mentions[k]; d.fold.Text[m.start:m.end] {
		case "it", "them", "其":
			return true
		}
	}
	return false
}

// ofTable is the object that the table of the cell r is about: named in another
// cell of its first column or header, or in the words before the table.
func (d *reader) ofTable(r *reading) object {
	for j := r.index - 1; j >= 0 && d.sameTable(&d.readings[j], r); j-- {
		b := &d.doc.Blocks[d.readings[j].Block]
		if !b.HeaderRow {
			continue
		}
		if o := d.own(&d.readings[j]); o.anchor >= DefinedAnchor {
			o.own, o.depth = false, 1
			o.via = append(o.via, link{role: RoleHeading, at: o.at})
			return o
		}
	}
	for j := r.index - 1; j >= 0 && d.sameTable(&d.readings[j], r) && r.index-j <= 2*labelSize; j-- {
		// A row that says what is licensed: "What you license | your facial template".
		if o := d.own(&d.readings[j]); o.anchor >= DefinedAnchor && d.namesObject(j) {
			o.own, o.depth = false, 1
			o.via = append(o.via, link{role: RoleObject, at: o.at})
			return o
		}
	}
	c := d.caption(r)
	if c == nil || c.Block < r.Block-200 {
		return object{}
	}
	for j := c.index; j >= 0 && d.readings[j].Block == c.Block && c.index-j < 3; j-- {
		n := &d.readings[j]
		if o := d.own(n); o.anchor >= DefinedAnchor && (n.Heading || n.has(d.vocabulary.Grant) || n.has(d.vocabulary.Consent)) {
			o.own, o.depth = false, 1
			o.via = append(o.via, link{role: RoleHeading, at: o.at})
			return o
		}
	}
	return object{}
}

// namesObject reports whether the label of the cell at j says that it names what
// a grant is over.
func (d *reader) namesObject(j int) bool {
	v := &d.vocabulary
	for _, k := range d.labels(j) {
		if l := &d.readings[k]; l.has(v.Grant) || l.has(v.AppliesTo) {
			return true
		}
	}
	return false
}

// siblings reports whether a and b stand in items of one row.
func (d *reader) siblings(a, b *reading) bool {
	return a.Clause.Level > 0 && a.Clause.Level == b.Clause.Level && a.Clause.Parent == b.Clause.Parent
}

// elliptic reports whether r begins with a refusal that does not say of what: 不同
// 意的，…….
func (d *reader) elliptic(r *reading) bool {
	v := &d.vocabulary
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.segment > 0 || d.between(r.from, m.start) > 8 {
			return false
		}
		if m.set.has(v.Decline) && !m.denied || m.denied && (m.set.has(v.Consent) || m.set.has(v.Grant)) {
			return true
		}
	}
	return false
}

// prohibits reports whether r begins by forbidding: "Don't …", 不得…….
func (d *reader) prohibits(r *reading) bool {
	v := &d.vocabulary
	if len(r.mentions) == 0 {
		return false
	}
	m := &r.mentions[0]
	return m.set.has(v.Not) || m.set.has(v.DutyOfUser)
}

// ruleForUser reports whether r is an item of a list of rules that begins with an
// order: "Don't …", "Never …".
func (d *reader) ruleForUser(r *reading) bool {
	if leadIn(r.Clause) == nil || len(r.mentions) == 0 {
		return false
	}
	first := d.fold.Text[r.mentions[0].start:r.mentions[0].end]
	return strings.HasPrefix(first, "don't") || strings.HasPrefix(first, "do not") || strings.HasPrefix(first, "never")
}

// specification reports whether r is of the form "label: value", short.
func (d *reader) specification(r *reading) bool {
	text := d.fold.Text[r.from:r.to]
	i := strings.IndexByte(text, ':')
	return i > 0 && units(text[:i]) <= 8 && units(text[i:]) > 0 && units(text) <= 40
}

// thatGrant reports whether r points back to a grant by name: "this permission",
// 前述授权. It may stand in a clause of its own.
func (d *reader) thatGrant(r *reading) bool {
	v := &d.vocabulary
	for k := range r.mentions {
		g := &r.mentions[k]
		if !g.set.has(v.Grant) && !g.set.has(v.Consent) {
			continue
		}
		for j := k - 1; j >= 0 && j >= k-3; j-- {
			if b := &r.mentions[j]; b.set.has(v.Back) && (b.end >= g.end || strings.TrimSpace(d.fold.Text[min(b.end, g.start):g.start]) == "") {
				return true
			}
		}
	}
	return false
}

// ownTopic reports whether r speaks of something else than faces: other data,
// content, other things that may be irrevocable.
func (d *reader) ownTopic(r *reading) bool {
	v := &d.vocabulary
	bearer := false
	for k := range r.mentions {
		bearer = bearer || r.mentions[k].set.has(v.OtherBearer) && !d.promises(r, &r.mentions[k])
	}
	return bearer || r.has(v.PersonalInfo) || r.has(v.Content) || r.has(v.OtherPermission)
}

// grantHeading reports whether the heading of c names a right: 人脸信息授权.
func (d *reader) grantHeading(c *segment.Clause) bool {
	v := &d.vocabulary
	found := false
	d.eachMention(d.fold.Forward(c.HeadingSpan), func(_ *reading, m *mention) {
		found = found || m.set.has(v.Grant) || m.set.has(v.Consent) || m.set.has(v.Use)
	})
	return found
}

// neighbours reports whether b may carry on what a says: they stand in one
// clause, or a in the clause right above b.
func (d *reader) neighbours(a, b *reading) bool {
	if a.Heading || b.Heading {
		return false
	}
	if a.Clause == b.Clause {
		// Paragraphs without numbers: the same one, or the next.
		return a.Clause.Level > 0 || b.Block-a.Block <= 1 && a.Block-b.Block <= 1
	}
	return b.Clause.Parent == a.Clause || a.Clause.Parent == b.Clause || a.Block == b.Block
}

// from is the object of reading j as the text carries it to another sentence.
func (d *reader) from(j int, role Role) object {
	o := d.resolve(j)
	// What a question asks about, its answer speaks of.
	if o.anchor == NoAnchor || d.readings[j].quoted && !d.asks(&d.readings[j]) || o.own && d.productName(&d.readings[j], o.at) {
		return object{}
	}
	if o.depth > 3 {
		return object{}
	}
	carried := object{anchor: o.anchor, at: o.at, depth: o.depth + 1}
	carried.via = append(append(carried.via, o.via...), link{role: role, at: o.at})
	return carried
}

// productName reports whether the words at s of r name a product after faces: "the
// face entry firmware".
func (d *reader) productName(r *reading, s document.Span) bool {
	return slices.ContainsFunc(r.mentions, func(n mention) bool {
		return n.set.has(d.vocabulary.OtherBearer) && !n.set.has(d.vocabulary.Serve) && n.start >= s.End && d.between(s.End, n.start) == 0
	})
}

// objectIn is the object named inside a span of the reading text: a heading, a
// cell.
func (d *reader) objectIn(span document.Span, role Role) object {
	folded := d.fold.Forward(span)
	var best object
	d.eachMention(folded, func(r *reading, m *mention) {
		if a := d.anchorOf(m); a > best.anchor && !d.excluded(r, m) {
			best = object{anchor: a, at: document.Span{Start: m.start, End: m.end}, depth: 1}
		}
	})
	for _, use := range d.usesIn(folded) {
		if t := use.term; use.End <= folded.End && t.anchor > best.anchor {
			best = object{anchor: t.anchor, at: use.Span, depth: 1, via: []link{{role: RoleDefinition, at: t.at, term: t}}}
		}
	}
	if best.anchor != NoAnchor {
		best.via = append(best.via, link{role: role, at: best.at})
	}
	return best
}

// clauseSize bounds, in bytes, the clause that a reference can mean as a whole: what a
// chapter speaks of somewhere, a reference to it does not mean.
const clauseSize = 1500

// inClause is the object of the clause that r refers to.
func (d *reader) inClause(c *segment.Clause, r *reading) object {
	folded := d.fold.Forward(c.Span)
	if folded.Len() > clauseSize {
		return object{}
	}
	for i := d.readingAt(folded.Start); i < len(d.readings) && d.readings[i].from < folded.End; i++ {
		if &d.readings[i] == r {
			return object{}
		}
		if o := d.own(&d.readings[i]); o.anchor != NoAnchor {
			o.own, o.depth = false, 1
			o.via = append(o.via, link{role: RoleObject, at: o.at})
			return o
		}
	}
	return object{}
}

// narrowed reports whether r says of which part of the clause it refers to it speaks,
// and that this has nothing to do with faces: 第三条、第五条关于费用结算之约定.
func (d *reader) narrowed(r *reading, ref *segment.Reference) bool {
	rest := d.fold.Text[d.fold.Forward(ref.Span).End:r.to]
	if i := strings.IndexAny(rest, ",;."); i >= 0 {
		rest = rest[:i]
	}
	about := -1
	for _, w := range [...]string{"关于", "有关", " concerning ", " relating to ", " regarding ", " about "} {
		if i := strings.Index(rest, w); i >= 0 && units(rest[:i]) <= 8 {
			about = i + len(w)
		}
	}
	if about < 0 {
		return false
	}
	end := len(rest)
	for _, w := range [...]string{"约定", "规定", "条款", "部分", "内容"} {
		if i := strings.Index(rest[about:], w); i >= 0 {
			end = min(end, about+i)
		}
	}
	from := r.to - len(d.fold.Text[d.fold.Forward(ref.Span).End:r.to]) + about
	named := false
	d.eachMention(document.Span{Start: from, End: from + end - about}, func(_ *reading, m *mention) {
		named = named || d.anchorOf(m) != NoAnchor || m.set.has(d.vocabulary.Grant) || m.set.has(d.vocabulary.Consent) || m.set.has(d.vocabulary.DataNoun)
	})
	return !named
}

// references lists the cross-references inside r.
func (d *reader) references(r *reading) []*segment.Reference { return d.referencesIn(r.Span) }

// referencesIn lists the cross-references inside a span of the reading text.
func (d *reader) referencesIn(s document.Span) []*segment.Reference {
	all := d.contract.References
	from := sort.Search(len(all), func(i int) bool { return all[i].Start >= s.Start })
	to := from
	for to < len(all) && all[to].Start < s.End {
		to++
	}
	return all[from:to]
}
