package lint

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// A stretch of time of so many days or years, right after Chinese words for an end, and
// right before English ones, in folded text.
var (
	lasting = regexp.MustCompile(`^(?:之?日?起|之?后|以后|满|内|的|之)*[\[【(]?[0-9〇零一二两三四五六七八九十百]+[\]】)]?个?(?:工作|自然)?(?:日|天|周|月|年|小时)`)
	within  = regexp.MustCompile(`(?:[0-9]+|[a-z]+|\])(?: ?\([0-9]+\))? (?:business |working |calendar )?(?:day|days|week|weeks|month|months|year|years|hour|hours)(?: (?:immediately )?following)? $`)
)

// longestStretch is how many bytes of text [lasting] and [within] may need.
const longestStretch = 60

// mayLast reports whether s begins as [lasting] does: few texts do, and to look costs less.
func mayLast(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("之日起后以满内的[【(0123456789〇零一二两三四五六七八九十百", r)
}

// mayEnd reports whether s ends as [within] does.
func mayEnd(s string) bool {
	words, ok := strings.CutSuffix(s, " ")
	if !ok {
		return false
	}
	for _, end := range [...]string{"day", "week", "month", "year", "hour", "following"} {
		if strings.HasSuffix(words, end) || strings.HasSuffix(words, end+"s") {
			return true
		}
	}
	return false
}

// undate takes the sense of an open future off words for what comes after an end, where
// they count a time from it: 注销账号后三十日, "thirty days after you leave".
func (d *reader) undate(mentions []mention) {
	v := &d.vocabulary
	text := d.fold.Text
	for i := range mentions {
		m := &mentions[i]
		if !m.set.has(v.AfterEnd) && !m.set.has(v.Afterwards) {
			continue
		}
		after, before := text[m.end:min(len(text), m.end+longestStretch)], text[max(0, m.start-longestStretch):m.start]
		if mayLast(after) && lasting.MatchString(after) || mayEnd(before) && within.MatchString(before) {
			m.set.drop(v.AfterEnd)
			m.set.drop(v.Afterwards)
		}
	}
}
