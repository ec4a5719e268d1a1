package lint

import (
	"slices"
	"strings"
)

// wayOut reports whether only the face feature is lost, or another way is
// named, in the sentence of the refusal or right after it.
func (d *reader) wayOut(r *reading, words *mention) bool {
	v := &d.vocabulary
	i := r.index
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.set.has(v.FeatureOnly) && m.start >= words.start-80 && m.start <= words.end+80 {
			return true
		}
	}
	for j := i; j <= i+2 && j < len(d.readings); j++ {
		n := &d.readings[j]
		// The other items of a list of cases offer nothing.
		if j != i && (!d.neighbours(n, r) || leadIn(r.Clause) != nil && leadIn(n.Clause) == leadIn(r.Clause)) {
			continue
		}
		for k := range n.mentions {
			m := &n.mentions[k]
			if !m.set.has(v.WayOut) || d.negatedAt(n, m) || j < i && n.Block != r.Block || elsewhereOffered(d.fold.Text[m.start:n.to]) || faceAfterAll(d.fold.Text[m.end:n.to]) || strings.HasSuffix(d.fold.Text[n.from:m.start], "must ") {
				continue
			}
			// "Access cards of households that do not agree will be switched off."
			if j == i && n.lang == "en" && m.end <= words.start && m.segment == words.segment && d.between(n.from, m.start) <= 1 {
				continue
			}
			// 不安排其他核验途径
			if slices.ContainsFunc(n.mentions, func(a mention) bool {
				return a.denied && (a.set.has(v.Serve) || a.set.has(v.Allow)) && a.end <= m.start && d.between(a.end, m.start) <= 1
			}) {
				continue
			}
			// 读者证予以注销, 前台不发放钥匙: what is taken away or does the taking is
			// no way out.
			if d.deniedNear(n, m, j != i) {
				continue
			}
			// 暂停其号码的语音、短信及流量服务: in a row of services that are withheld.
			if j == i && m.start > words.start && m.segment == words.segment && slices.ContainsFunc(n.mentions, func(s mention) bool {
				gap := d.fold.Text[m.end:max(m.end, s.start)]
				return s.set.has(v.Service) && s.start >= m.end && d.between(m.end, s.start) <= 4 && (strings.HasPrefix(gap, "、") || strings.HasPrefix(gap, "及") || strings.HasPrefix(gap, "和"))
			}) {
				continue
			}
			// A card that is withheld is no other way in.
			if j == i && (m.set.has(v.Service) && d.apart(m, words) <= 10 || m.segment == words.segment && m.start > words.start && d.apart(m, words) <= 4 && !strings.HasPrefix(d.fold.Text[m.start:m.end], "only")) {
				continue
			}
			return true
		}
	}
	return false
}

// elsewhereOffered reports whether the way that the words after offer is somebody
// else's: 也可以选择其他支付机构.
func elsewhereOffered(after string) bool {
	if i := strings.IndexAny(after, ",;.。"); i >= 0 {
		after = after[:i]
	}
	for _, w := range [...]string{"其他支付机构", "其他机构", "其他公司", "其他平台", "其他商家", "其他银行", "其他服务商", "其他学校", "其他单位", "other providers", "another provider", "another company", "other companies", "elsewhere", "another platform"} {
		if strings.Contains(after, w) {
			return true
		}
	}
	return false
}

// faceAfterAll reports whether the way offered asks for the face again: 惟仍须完成脸部
// 比对.
func faceAfterAll(after string) bool {
	for _, w := range [...]string{"仍须完成", "仍需完成", "仍应完成", "仍须进行", "仍需进行", "仍应进行", "but must still", "must still complete"} {
		if i := strings.Index(after, w); i >= 0 {
			rest := after[i:]
			return strings.Contains(rest, "脸") || strings.Contains(rest, "面部") || strings.Contains(rest, "比对") || strings.Contains(rest, "face")
		}
	}
	return false
}

// deniedNear reports whether something is withheld in the segment of m: after m
// at once, or, with far, anywhere.
func (d *reader) deniedNear(r *reading, m *mention, far bool) bool {
	for k := range r.mentions {
		if n := &r.mentions[k]; n.segment == m.segment && n.set.has(d.vocabulary.Deny) && !n.denied && !d.negatedDenial(r, k) && (far || n.start >= m.end && d.between(m.end, n.start) <= 2) {
			return true
		}
	}
	return false
}
