package report

import (
	"crypto/sha256"
	_ "embed" // the template and its style
	"encoding/hex"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/segment"
)

var (
	//go:embed html/report.tmpl
	htmlTemplateText string
	//go:embed html/report.css
	htmlStyle string
)

// htmlTemplate is parsed when the first HTML report is written: most runs write none.
var htmlTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("report").Parse(htmlTemplateText))
})

// writeHTML writes the report for the person who signs: one file that needs no network
// and no script. The texts of files, their names and the names of authors come from
// strangers; they reach the page through html/template alone.
func writeHTML(w io.Writer, run *Run) error {
	return htmlTemplate().Execute(w, newHTMLPage(run))
}

// htmlPage is what the template shows.
type htmlPage struct {
	W       *htmlWords
	Lang    string
	Style   template.CSS
	State   string // class of the verdict
	Symbol  string
	Verdict string
	Because []string
	About   []htmlPair

	Severities []htmlSeverity
	Files      []*htmlFile
	Unreadable int
	Troubled   []*htmlFile // those with problems or without a verdict
	Matrix     []htmlMatrix
	Legend     []htmlEntry
	Supporting []*htmlArticle
	Uncovered  []*htmlArticle
	Open       []*htmlQuestion
	Answered   []*htmlQuestion
	Waived     []*htmlCard
	Known      []*htmlCard
	Filters    []*htmlArticle // that a finding cites
	Law        []*htmlInstrument
}

type htmlPair struct{ Name, Value string }

// htmlSeverity is a severity as the page shows it. Its class begins with its letter.
type htmlSeverity struct {
	Class, Symbol, Word string
	Count               int
}

// htmlFile is one file of the run.
type htmlFile struct {
	N           int
	Name        string
	Title       string // short, but no other file's
	Lang        string
	Reason      string // why there is no verdict
	Kind, Read  string
	Errors      int
	Warnings    int
	Notes       int
	Others      int // waived and known
	Problems    []string
	Digest      string
	Rows        []htmlRow
	Lacks       []*htmlCard // what the file does not say, which stands before its text
	Loose       []*htmlCard // without text to stand beside
	result      *Result
	cards       []*htmlCard // in the order of the text
	byRule      map[string][]*htmlCard
	anchors     map[document.Span]string
	anchorOrder []document.Span
}

// Short is the beginning of the digest, enough to tell two texts apart.
func (f *htmlFile) Short() string { return f.Digest[:min(len(f.Digest), 12)] }

// Findings reports whether anything stands beside its text.
func (f *htmlFile) Findings() bool { return len(f.cards) > 0 }

// ID is what the file's part of the page is called.
func (f *htmlFile) ID() string { return fmt.Sprintf("d%d", f.N) }

// The statuses of a card, as its id and class begin.
const (
	htmlFinding = "f"
	htmlWaived  = "w"
	htmlKnown   = "b"
	htmlHeld    = "q" // of no severity, for the answer to a question or the lack of one
)

// htmlCard is a finding, in whatever way it counts, beside its words.
type htmlCard struct {
	W              *htmlWords
	Status, Number string
	ID, Mark       string // of the card, and of the words; the mark may be empty
	Filter         string // classes that filters go by
	Severity       htmlSeverity
	Badge          string // why it does not count
	Rule, RuleID   string
	Clause         string
	Lang           string // of the words of the finding
	Message        string
	Basis          []htmlCitation
	Chief          *htmlArticle
	Evidence       []htmlEvidence
	Suggestion     string
	Facts          []htmlFact
	Tracked        string
	Confidence     string
	Place, Quote   string
	QuoteLang      string
	Waiver         *Waiver
	WaiverPlace    string
	WaiverSays     string // all but the place
	Previous, Next *htmlCard
	File           *htmlFile

	finding lint.Finding
	order   int // among the cards of the file
}

// Label names the card: "Finding 3, error".
func (c *htmlCard) Label() string {
	word := c.Severity.Word
	if c.Badge != "" {
		word = c.Badge
	}
	return fmt.Sprintf(c.W.Label, c.Number, word)
}

// lacks reports whether the card is about something that the file does not say.
func (c *htmlCard) lacks() bool {
	return c.finding.Scope == lint.DocumentScope && !c.File.result.Settings
}

// First is the chief article of the finding, More the others.
func (c *htmlCard) First() []htmlCitation { return c.Basis[:min(1, len(c.Basis))] }

// More is the articles behind the first.
func (c *htmlCard) More() []htmlCitation { return c.Basis[min(1, len(c.Basis)):] }

// Here is the link from the card to its words, or to itself where it has none.
func (c *htmlCard) Here() string {
	if c.Mark != "" {
		return c.Mark
	}
	return c.ID
}

type htmlCitation struct {
	Text    string
	Article *htmlArticle
}

type htmlEvidence struct {
	Role, Quote, Lang, ID, Place, Note string
}

type htmlFact struct {
	Open     bool
	Question string
	Says     string // what follows, or the answer and who gave it
	Fact     string // id of the question in the page
}

// htmlQuestion is a fact with the findings that rest on it.
type htmlQuestion struct {
	ID, Name, Title, Question, Advice string
	Basis                             []htmlCitation
	Answer                            *lint.Answer
	Yes                               string
	Places                            []htmlDecided
}

type htmlDecided struct {
	Card           *htmlCard
	Now, IfYes, No string
}

// htmlBuilder makes the page of a run.
type htmlBuilder struct {
	run       *Run
	lang      string
	w         *htmlWords
	v         vocabulary
	page      *htmlPage
	articles  map[string]*htmlArticle
	articleN  int
	questions map[htmlQuestionKey]*htmlQuestion
	count     map[string]int // cards by their status
}

type htmlQuestionKey struct {
	fact          string
	answered, yes bool
}

func newHTMLPage(run *Run) *htmlPage {
	b := &htmlBuilder{
		run: run, lang: run.language(), w: &htmlEnglish, articles: map[string]*htmlArticle{},
		questions: map[htmlQuestionKey]*htmlQuestion{}, count: map[string]int{},
	}
	b.page = &htmlPage{Lang: "en", Style: template.CSS(htmlStyle)}
	if b.lang == "zh" {
		b.w, b.page.Lang = &htmlChinese, "zh-Hans"
	}
	b.v = vocabularies[b.lang == "zh"]
	b.page.W = b.w
	for i := range run.Results {
		b.file(&run.Results[i])
	}
	b.titles()
	b.link()
	b.matrix()
	b.head()
	b.law()
	for _, f := range b.page.Files {
		b.layOut(f)
	}
	return b.page
}

// severity is how the page shows a severity; of 0, that there is no finding.
func (b *htmlBuilder) severity(s clauses.Severity) htmlSeverity {
	out := htmlSeverity{Word: b.v.severity(s)}
	switch s {
	case clauses.Error:
		out.Class, out.Symbol = "e", "✕"
	case clauses.Warning:
		out.Class, out.Symbol = "w", "▲"
	case clauses.Note:
		out.Class, out.Symbol = "n", "●"
	default:
		out.Class, out.Symbol = "z", "?"
	}
	if b.lang == "en" && out.Word != "" {
		out.Word = strings.ToUpper(out.Word[:1]) + out.Word[1:]
	}
	return out
}

// file adds a file with its cards.
func (b *htmlBuilder) file(r *Result) {
	f := &htmlFile{
		N: len(b.page.Files) + 1, Name: Visible(r.Path), Lang: b.page.Lang, Reason: Visible(r.Reason()), result: r,
		byRule: map[string][]*htmlCard{}, anchors: map[document.Span]string{},
	}
	b.page.Files = append(b.page.Files, f)
	if r.Err != nil && f.Reason == "" {
		f.Reason = b.w.Unreadable
	}
	if r.Err != nil {
		b.page.Unreadable++
		b.page.Troubled = append(b.page.Troubled, f)
	}
	if r.Doc == nil {
		return
	}
	if r.Err == nil && len(r.Doc.Problems) > 0 {
		b.page.Troubled = append(b.page.Troubled, f)
	}
	for _, p := range r.Doc.Problems {
		f.Problems = append(f.Problems, Visible(p.Message))
	}
	if r.Doc.Text != "" {
		sum := sha256.Sum256([]byte(r.Doc.Text))
		f.Digest = hex.EncodeToString(sum[:])
	}
	f.Kind = r.Kind.Kind.Name().In(b.lang)
	f.Read = string(r.Doc.Format)
	if r.Doc.Encoding != "" {
		f.Read += ", " + r.Doc.Encoding
	}
	if len(r.Languages) > 0 {
		f.Lang = r.Languages[0]
		if f.Lang == "zh" {
			f.Lang = chineseScript(r.Doc.Text)
		}
	}
	b.cards(f)
}

// titles calls the files by the last part of their paths, where that tells them apart.
func (b *htmlBuilder) titles() {
	seen := map[string]int{}
	for _, f := range b.page.Files {
		f.Title = f.Name[strings.LastIndexAny(f.Name, `/\`)+1:]
		seen[f.Title]++
	}
	for _, f := range b.page.Files {
		if seen[f.Title] > 1 || f.Title == "" {
			f.Title = f.Name
		}
	}
}

// cards makes the cards of a file, in the order of the text.
func (b *htmlBuilder) cards(f *htmlFile) {
	r := f.result
	for _, finding := range sorted(r.Findings) {
		c := b.card(f, finding, htmlFinding)
		switch finding.Severity {
		case clauses.Error:
			f.Errors++
		case clauses.Warning:
			f.Warnings++
		default:
			f.Notes++
		}
		f.cards = append(f.cards, c)
	}
	for _, x := range r.Waived {
		c := b.card(f, x.Finding, htmlWaived)
		c.Waiver = &Waiver{Reason: Visible(x.Waiver.Reason), By: Visible(x.Waiver.By), Until: Visible(x.Waiver.Until)}
		until := b.w.Always
		if x.Waiver.Until != "" {
			until = fmt.Sprintf(b.v.until, c.Waiver.Until)
		}
		c.WaiverSays = c.Waiver.Reason + fmt.Sprintf(b.v.brackets, c.Waiver.By+b.v.comma+until)
		c.WaiverPlace = Visible(fmt.Sprintf("%s:%d", x.Waiver.Path, x.Waiver.Line))
		c.Badge = b.w.Waived
		f.cards = append(f.cards, c)
		b.page.Waived = append(b.page.Waived, c)
	}
	for _, finding := range sorted(r.Known) {
		c := b.card(f, finding, htmlKnown)
		c.Badge = b.w.Known
		f.cards = append(f.cards, c)
		b.page.Known = append(b.page.Known, c)
	}
	for _, finding := range sorted(r.Withheld) {
		c := b.card(f, finding, htmlHeld)
		c.Badge = b.w.Settled
		if slices.ContainsFunc(finding.Facts, func(on lint.RestsOn) bool { return on.Answer == nil }) {
			c.Badge = b.w.Depends
		}
		f.cards = append(f.cards, c)
	}
	f.Others = len(r.Waived) + len(r.Known)
	slices.SortStableFunc(f.cards, func(a, b *htmlCard) int { return a.finding.Start - b.finding.Start })
	// Findings are numbered through the run, in the order in which they are read.
	for _, c := range f.cards {
		b.count[c.Status]++
		c.Number = fmt.Sprint(b.count[c.Status])
		if c.Status != htmlFinding {
			c.Number = strings.ToUpper(c.Status) + c.Number
		}
		c.ID = fmt.Sprintf("%s%d", c.Status, b.count[c.Status])
		if shown(f.result.Doc, c.finding.Span) {
			c.Mark = "m" + c.ID
		}
		f.byRule[c.RuleID] = append(f.byRule[c.RuleID], c)
		b.ask(c)
	}
}

// card is a finding as the page shows it.
func (b *htmlBuilder) card(f *htmlFile, x lint.Finding, status string) *htmlCard {
	d := f.result.Doc
	c := &htmlCard{
		W: b.w, Status: status, Severity: b.severity(x.Severity), Rule: ruleTitle(x.Rule, b.lang), RuleID: x.Rule.ID,
		Lang: htmlLang(x.Lang, f.Lang), Message: Visible(x.Message), Suggestion: Visible(x.Suggestion),
		Confidence: b.confidence(x.Confidence), Place: b.place(d, x.Span), Quote: Visible(shorten(d.Quote(x.Span), 2*quoteCells)),
		File: f, finding: x,
	}
	c.QuoteLang = languageOf(c.Quote, f.Lang)
	if x.Clause != nil {
		c.Clause = Visible(strings.TrimSpace(x.Clause.Path() + " " + x.Clause.Heading))
	}
	classes := []string{c.Severity.Class}
	if status != htmlFinding {
		classes = []string{"o"}
	}
	for _, cite := range x.Basis {
		a := b.article(cite)
		c.Basis = append(c.Basis, htmlCitation{b.run.cite(cite, b.lang), a})
		if class := fmt.Sprintf("a%d", a.N); !slices.Contains(classes, class) {
			classes = append(classes, class)
			a.Findings++
		}
	}
	c.Filter = strings.Join(classes, " ")
	if len(x.Basis) > 0 {
		c.Chief = c.Basis[0].Article
	}
	for _, e := range x.Evidence {
		role, ok := b.v.roles[e.Role]
		if !ok {
			role = string(e.Role)
		}
		quote := Visible(shorten(d.Quote(e.Span), 2*quoteCells))
		c.Evidence = append(c.Evidence, htmlEvidence{
			Role: Visible(role), Quote: quote, Lang: languageOf(quote, f.Lang), ID: f.anchor(e.Span), Place: b.place(d, e.Span), Note: Visible(e.Note),
		})
	}
	if x.Origin != nil {
		c.Tracked = Visible(b.v.origin(x.Origin))
	}
	return c
}

// anchor is the id of words in the page, so that something can lead to them.
func (f *htmlFile) anchor(s document.Span) string {
	if !shown(f.result.Doc, s) {
		return ""
	}
	id, ok := f.anchors[s]
	if !ok {
		id = fmt.Sprintf("x%d-%d", f.N, len(f.anchorOrder)+1)
		f.anchors[s] = id
		f.anchorOrder = append(f.anchorOrder, s)
	}
	return id
}

// shown reports whether any of the words of s are in a block, so that the page shows them.
func shown(d *document.Document, s document.Span) bool {
	if s.Len() <= 0 || s.Start < 0 || s.End > len(d.Text) {
		return false
	}
	i := d.BlockAt(s.End - 1)
	return i >= 0 && d.Blocks[i].End > s.Start
}

// htmlLang is the language of a finding as HTML names it, in a file of another.
func htmlLang(lang, file string) string {
	if lang != "zh" {
		return "en"
	}
	if strings.HasPrefix(file, "zh") {
		return file
	}
	return "zh-Hans"
}

// ruleTitle is what a reader calls a rule.
func ruleTitle(r *clauses.Rule, lang string) string {
	if t := r.Title.In(lang); t != "" {
		return Visible(t)
	}
	return Visible(r.ID)
}

func (b *htmlBuilder) confidence(c lint.Confidence) string {
	switch c {
	case lint.High:
		return b.w.Confidences[0]
	case lint.Medium:
		return b.w.Confidences[1]
	}
	return b.w.Confidences[2]
}

// place says where in the file words stand.
func (b *htmlBuilder) place(d *document.Document, s document.Span) string {
	format := b.v.line
	if d.Format == document.DOCX {
		format = b.v.paragraph
	}
	said := strings.Trim(fmt.Sprintf(format, d.Range(s).Start.Line), "（） ")
	for _, word := range []string{"at ", "in "} {
		said = strings.TrimPrefix(said, word)
	}
	return said
}

// ask adds the facts that a card rests on to the questions of the run. What is waived or
// known asks nobody any more.
func (b *htmlBuilder) ask(c *htmlCard) {
	for _, on := range c.finding.Facts {
		fact := htmlFact{Open: on.Answer == nil, Question: Visible(on.Fact.Question.In(b.lang))}
		if fact.Open {
			fact.Says = fmt.Sprintf(b.w.IfYes, b.v.severity(on.Yes)) + b.v.semicolon + fmt.Sprintf(b.w.IfNo, b.v.severity(on.No))
		} else {
			fact.Says = Visible(strings.TrimPrefix(b.v.answered(on, b.lang), on.Fact.Question.In(b.lang)+" "))
		}
		if c.Status == htmlFinding || c.Status == htmlHeld {
			q := b.question(on)
			fact.Fact = q.ID
			q.Places = append(q.Places, htmlDecided{c, fmt.Sprintf(b.w.Now, b.v.severity(c.finding.Severity)),
				fmt.Sprintf(b.w.IfYes, b.v.severity(on.Yes)), fmt.Sprintf(b.w.IfNo, b.v.severity(on.No))})
		}
		c.Facts = append(c.Facts, fact)
	}
}

// question is the question of the run that a finding rests on. A fact that is known for
// one file and not for another is two.
func (b *htmlBuilder) question(on lint.RestsOn) *htmlQuestion {
	key := htmlQuestionKey{fact: on.Fact.ID, answered: on.Answer != nil, yes: on.Answer != nil && on.Answer.Yes}
	if q := b.questions[key]; q != nil {
		return q
	}
	q := &htmlQuestion{
		ID: fmt.Sprintf("t%d", len(b.questions)+1), Name: Visible(on.Fact.ID), Title: Visible(on.Fact.Title.In(b.lang)),
		Question: Visible(on.Fact.Question.In(b.lang)), Advice: Visible(on.Fact.Advice.In(b.lang)),
	}
	for _, cite := range on.Fact.Basis {
		q.Basis = append(q.Basis, htmlCitation{b.run.cite(cite, b.lang), b.article(cite)})
	}
	b.questions[key] = q
	if on.Answer == nil {
		b.page.Open = append(b.page.Open, q)
		return q
	}
	q.Answer = &lint.Answer{Yes: on.Answer.Yes, Owner: Visible(on.Answer.Owner), Date: Visible(on.Answer.Date), Source: Visible(on.Answer.Source)}
	q.Yes = b.w.No
	if on.Answer.Yes {
		q.Yes = b.w.Yes
	}
	b.page.Answered = append(b.page.Answered, q)
	return q
}

// link leads from each finding to the one before and behind it.
func (b *htmlBuilder) link() {
	var last *htmlCard
	for _, f := range b.page.Files {
		for _, c := range f.cards {
			if c.Status != htmlFinding {
				continue
			}
			if c.Previous = last; last != nil {
				last.Next = c
			}
			last = c
		}
	}
}

// head fills in the verdict and what it rests on.
func (b *htmlBuilder) head() {
	p, w, s := b.page, b.w, b.run.Summary()
	verdict, why, class, symbol := w.Clean, w.CleanWhy, "ok", "✓"
	switch {
	case s.Files == 0:
		verdict, why, class, symbol = w.Nobody, "", "w", "▲"
	case s.Errors > 0:
		verdict, why, class, symbol = w.Bad, w.BadWhy, "e", "✕"
	case s.Warnings > 0:
		verdict, why, class, symbol = w.Doubt, w.DoubtWhy, "w", "▲"
	case s.Notes > 0:
		verdict, why, class, symbol = w.Notes, w.NotesWhy, "n", "●"
	}
	if s.Unreadable > 0 {
		rest := strings.ToLower(verdict)
		if s.Unreadable == s.Files {
			rest = "—"
		}
		if verdict = w.Partly; class != "e" {
			class, symbol = "w", "▲"
		}
		p.Because = append(p.Because, fmt.Sprintf(w.PartlyWhy, b.counted(s.Unreadable, "file", "个文件"), rest))
		if s.Unreadable == s.Files {
			why = ""
		}
	}
	p.Verdict, p.State, p.Symbol = verdict, class, symbol
	if why != "" {
		p.Because = append(p.Because, why)
	}
	for _, more := range []struct {
		n              int
		format, en, zh string
	}{
		{len(p.Open), w.QuestionsWhy, "question", "个问题"}, {s.Waived, w.WaivedWhy, "finding", "个问题"},
		{s.Known, w.KnownWhy, "finding", "个问题"}, {s.Withheld, w.WithheldWhy, "finding", "个问题"},
	} {
		if more.n > 0 {
			p.Because = append(p.Because, fmt.Sprintf(more.format, b.counted(more.n, more.en, more.zh)))
		}
	}
	for _, c := range []struct {
		severity clauses.Severity
		n        int
	}{{clauses.Error, s.Errors}, {clauses.Warning, s.Warnings}, {clauses.Note, s.Notes}} {
		x := b.severity(c.severity)
		x.Count = c.n
		p.Severities = append(p.Severities, x)
	}
	asOf := w.Newest
	if b.run.AsOf != "" {
		asOf = b.run.AsOf
	}
	p.About = []htmlPair{{w.Tool, "clauselint " + Visible(b.run.Version)}}
	for _, lib := range b.run.Libraries {
		articles, newest := 0, ""
		for _, ins := range lib.Instruments {
			articles += len(ins.Articles)
			newest = max(newest, ins.Effective)
		}
		p.About = append(p.About, htmlPair{w.Library, fmt.Sprintf(w.LibrarySays, len(lib.Rules), articles, len(lib.Instruments), Visible(newest))})
	}
	p.About = append(p.About, htmlPair{w.AsOf, Visible(asOf)})
}

// counted is "2 files" or "2 个文件".
func (b *htmlBuilder) counted(n int, en, zh string) string {
	if b.lang == "zh" {
		return fmt.Sprintf("%d %s", n, zh)
	}
	return count(n, en)
}

// layOut lays out the text of a file with its cards beside it.
func (b *htmlBuilder) layOut(f *htmlFile) {
	d := f.result.Doc
	if d == nil || len(d.Blocks) == 0 {
		f.Loose = f.cards
		return
	}
	w := htmlWriter{
		doc: d, words: b.v, hidden: b.w.Hidden, lang: f.Lang, own: b.page.Lang, cards: map[int][]*htmlCard{},
		headings: headings(d, f.cards), level: func(deep int) int { return min(deep+3, 6) },
	}
	for i, c := range f.cards {
		c.order = i
		if c.Mark != "" {
			rank := 0
			if c.Status == htmlFinding {
				rank = int(c.finding.Severity)
			}
			w.notes = append(w.notes, htmlNote{Span: c.finding.Span, class: "f " + c.Filter, id: c.Mark, card: c, rank: rank})
		}
		if c.lacks() {
			// Its words are where the duty arises, often the same for all that is lacking.
			f.Lacks = append(f.Lacks, c)
			continue
		}
		at := max(0, d.BlockAt(c.finding.Start))
		w.cards[at] = append(w.cards[at], c)
	}
	for _, s := range f.anchorOrder {
		w.notes = append(w.notes, htmlNote{Span: s, class: "x", id: f.anchors[s], rank: -1})
	}
	f.Rows = w.rows()
}

// headings are paragraphs that are headings by what they say, as in a plain text, which
// has no others: those of the clauses that the linter read, where a heading ends its block.
func headings(d *document.Document, cards []*htmlCard) map[int]int {
	var root *segment.Clause
	for _, c := range cards {
		for root = c.finding.Clause; root != nil && root.Parent != nil; {
			root = root.Parent
		}
		if root != nil {
			break
		}
	}
	out := map[int]int{}
	var walk func(*segment.Clause)
	walk = func(c *segment.Clause) {
		if s := c.HeadingSpan; s.Len() > 0 && c.Level > 0 {
			if i := d.BlockAt(s.Start); i >= 0 && d.Blocks[i].Kind == document.Paragraph && d.Blocks[i].End <= s.End+2 {
				out[i] = c.Level
			}
		}
		for _, child := range c.Children {
			walk(child)
		}
	}
	if root != nil {
		walk(root)
	}
	return out
}
