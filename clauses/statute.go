package clauses

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Instrument is a law, regulation or judicial interpretation that rules rest on.
type Instrument struct {
	ID    string // the page's file name without ".md"
	Title Text
	Short Text // customary short title
	// Personal is set for an instrument about personal information as such, as
	// against the general law of contract and tort.
	Personal bool
	// Repealed is the day from which it is no longer in force, or empty.
	Repealed string
	// Number is the official number; Effective the day it came into force, as
	// YYYY-MM-DD; Source where the text was read.
	Number, Issuer, Effective, Source string
	Articles                          []Article
}

// Article is an article of an instrument.
type Article struct {
	Number string // "11"
	// Verified tells whether the operative words were checked against a text
	// of the instrument; only then are they quoted. Partly is set where some of
	// them were, and Note says what was not, or why.
	Verified, Partly bool
	Note             string
	// Words are the operative words in Chinese, empty where not verified.
	Words   string
	Summary Text
}

// Article is the article with that number, paragraph ignored ("15(1)" is 15),
// or nil.
func (i *Instrument) Article(number string) *Article {
	n := articleNumber(number)
	for k := range i.Articles {
		if i.Articles[k].Number == n {
			return &i.Articles[k]
		}
	}
	return nil
}

// InForce reports whether the instrument is in force on day, as YYYY-MM-DD; on the
// empty day, that of the newest law of the library, all are that were not repealed.
func (i *Instrument) InForce(day string) bool {
	if day == "" {
		return i.Repealed == ""
	}
	return i.Effective <= day && (i.Repealed == "" || day < i.Repealed)
}

// BasisOn is the citations of rule that are in force on day, the chief one first. It is
// empty where none of them is of an instrument about personal information, or none such
// was in force: before there was one, nothing is claimed.
func (l *Library) BasisOn(rule *Rule, day string) []Citation {
	if day == "" {
		return rule.Basis
	}
	var out []Citation
	about, personal := false, false
	for _, c := range rule.Basis {
		ins := l.Instrument(c.Instrument)
		if ins == nil {
			continue
		}
		about = about || ins.Personal
		if ins.InForce(day) {
			out = append(out, c)
			personal = personal || ins.Personal
		}
	}
	if !about {
		// A rule of the law of contract alone speaks of face data as that law came to.
		personal = slices.ContainsFunc(l.Instruments, func(i *Instrument) bool { return i.Personal && i.InForce(day) })
	}
	if !personal {
		return nil
	}
	return out
}

// Cite writes a citation as a lawyer of that language does:
// 《个人信息保护法》第十五条第一款, "PIPL art. 15(1)". It says so where the words of
// the article were not verified.
func (l *Library) Cite(c Citation, lang string) string {
	short := Text{c.Instrument, c.Instrument}
	if ins := l.Instrument(c.Instrument); ins != nil {
		short = ins.Short
	}
	number := articleNumber(c.Article)
	paragraph := strings.Trim(c.Article[len(number):], "()")
	unverified := false
	if ins := l.Instrument(c.Instrument); ins != nil {
		a := ins.Article(c.Article)
		unverified = a != nil && !a.Verified
	}
	if lang != "zh" {
		if unverified {
			return short.En + " art. " + c.Article + " (wording not verified)"
		}
		return short.En + " art. " + c.Article
	}
	s := "《" + short.Zh + "》第" + chineseNumeral(number) + "条"
	if paragraph != "" {
		s += "第" + chineseNumeral(paragraph) + "款"
	}
	if unverified {
		s += "（原文未核对）"
	}
	return s
}

// chineseNumeral writes a number below 10,000 in Chinese characters; other
// text is left as it is.
func chineseNumeral(s string) string {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > 9999 {
		return s
	}
	digits := []rune("零一二三四五六七八九")
	units := []string{"", "十", "百", "千"}
	var b strings.Builder
	zero := false
	for p, div := 3, 1000; p >= 0; p, div = p-1, div/10 {
		switch d := n / div % 10; {
		case d == 0:
			zero = b.Len() > 0
		default:
			if zero {
				b.WriteRune('零')
				zero = false
			}
			if !(d == 1 && p == 1 && b.Len() == 0) {
				b.WriteRune(digits[d])
			}
			b.WriteString(units[p])
		}
	}
	return b.String()
}

// parseInstrument reads a statute page.
func parseInstrument(name, text string) (*Instrument, error) {
	p := pageOf(name, text)
	ins := &Instrument{ID: strings.TrimSuffix(strings.TrimPrefix(name, "statutes/"), ".md")}
	var ok bool
	if ins.Title, ok = p.title(); !ok {
		return nil, fmt.Errorf("%s:1: the title is not \"# 中文 / English\"", name)
	}
	block := 1
	for _, b := range p.blocks {
		if b.info != "statute" {
			continue
		}
		block = b.line
		for i, line := range strings.Split(strings.TrimSpace(b.text), "\n") {
			key, value, _ := strings.Cut(line, ":")
			value = strings.TrimSpace(value)
			switch strings.TrimSpace(key) {
			case "short-zh":
				ins.Short.Zh = value
			case "short-en":
				ins.Short.En = value
			case "number":
				ins.Number = value
			case "issuer":
				ins.Issuer = value
			case "effective":
				ins.Effective = value
			case "repealed":
				ins.Repealed = value
			case "governs":
				ins.Personal = value == "personal information"
			case "source":
				ins.Source = value
			default:
				return nil, fmt.Errorf("%s:%d: no key %q in a ```statute block%s", name, b.line+1+i, key,
					nearest(strings.TrimSpace(key), []string{"short-zh", "short-en", "number", "issuer", "effective", "repealed", "governs", "source"}))
			}
		}
	}
	if ins.Short.Zh == "" || ins.Short.En == "" || ins.Effective == "" {
		return nil, fmt.Errorf("%s:%d: short-zh, short-en and effective are needed in a ```statute block", name, block)
	}
	for _, s := range p.sections {
		a := Article{Number: s.heading, Words: s.quote}
		for _, b := range s.blocks {
			for _, line := range strings.Split(b.text, "\n") {
				switch key, value, _ := strings.Cut(line, ":"); key {
				case "verified":
					value = strings.TrimSpace(value)
					a.Verified, a.Partly = value == "yes" || value == "part", value == "part"
				case "note":
					a.Note = strings.TrimSpace(value)
				}
			}
		}
		for _, para := range strings.Split(strings.TrimPrefix(s.prose, s.quote), "\n\n") {
			switch para = strings.TrimSpace(para); {
			case para == "":
			case strings.ContainsFunc(para, isHan):
				a.Summary.Zh = strings.TrimSpace(a.Summary.Zh + "\n\n" + para)
			default:
				a.Summary.En = strings.TrimSpace(a.Summary.En + "\n\n" + para)
			}
		}
		ins.Articles = append(ins.Articles, a)
	}
	return ins, nil
}

func isHan(r rune) bool { return r >= 0x3400 && r <= 0x9FFF }

// Called reports whether one of the statutes goes by that title.
func (l *Library) Called(title string) bool {
	return slices.ContainsFunc(l.Instruments, func(i *Instrument) bool {
		return title == i.Title.Zh || title == i.Title.En || title == i.Short.Zh || title == i.Short.En
	})
}
