package report

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
	"github.com/clauselint/clauselint/segment"
)

// counsel is the sample with a library, as the HTML report needs it.
func counsel(t *testing.T) *Run {
	run := sample(t)
	run.AsOf = "2026-01-01"
	rule := func(id, zh, en, act string, basis ...clauses.Citation) *clauses.Rule {
		return &clauses.Rule{
			ID: id, Title: clauses.Text{Zh: zh, En: en}, Severity: clauses.Error, Basis: basis, When: []clauses.Condition{{Act: act}},
		}
	}
	pipl := func(article string) clauses.Citation {
		return clauses.Citation{Instrument: "pipl", Article: article}
	}
	run.Libraries = []*clauses.Library{{
		Rules: []*clauses.Rule{
			rule("improper-inference", "不当推断", "Improper inference", "term", pipl("6")),
			rule("irrevocable-grant", "不可撤销的授权", "Irrevocable grant", "grant", pipl("15"), clauses.Citation{Instrument: "civil-code", Article: "497"}),
			rule("missing-change-notice", "缺少变更告知", "No notice of changes", "missing", pipl("14(2)")),
			rule("missing-method", "缺少处理方式", "No method stated", "missing", pipl("17(1)")),
			rule("no-withdrawal-channel", "缺少撤回途径", "No way to withdraw", "missing", pipl("15(1)")),
			rule("overbroad-grant", "过宽的授权", "Overbroad grant", "grant", clauses.Citation{Instrument: "civil-code", Article: "992"}),
			rule("service-conditioned-on-face", "以人脸为条件", "Service depends on face data", "condition", pipl("16")),
			rule("undisclosed-rules", "未公开规则", "Hidden rules", "term", pipl("17")),
			rule("later-law", "后来的法律", "Of a later law", "term", clauses.Citation{Instrument: "later", Article: "1"}),
		},
		Instruments: []*clauses.Instrument{
			{ID: "civil-code", Title: clauses.Text{Zh: "中华人民共和国民法典", En: "Civil Code"}, Short: clauses.Text{Zh: "民法典", En: "Civil Code"},
				Effective: "2021-01-01", Articles: []clauses.Article{
					{Number: "497", Verified: true, Words: "有下列情形之一的，该格式条款无效：\n（一）……", Summary: clauses.Text{Zh: "格式条款无效。", En: "Standard terms that are void."}},
					{Number: "992", Summary: clauses.Text{Zh: "人格权不得放弃。", En: "Personality rights cannot be given up."}},
				}},
			{ID: "later", Title: clauses.Text{Zh: "后来的法律", En: "A Later Law"}, Short: clauses.Text{Zh: "后来的法律", En: "Later Law"}, Personal: true,
				Effective: "2026-06-01", Articles: []clauses.Article{{Number: "1", Verified: true, Words: "第一条。"}}},
			{ID: "pipl", Title: clauses.Text{Zh: "中华人民共和国个人信息保护法", En: "Personal Information Protection Law"}, Short: clauses.Text{Zh: "个人信息保护法", En: "PIPL"},
				Personal: true, Number: "主席令第九十一号", Effective: "2021-11-01", Articles: []clauses.Article{
					{Number: "6", Verified: true, Words: "处理个人信息应当具有明确、合理的目的。"},
					{Number: "9", Verified: true, Words: "个人信息处理者应当负责。", Summary: clauses.Text{Zh: "处理者负责。", En: "The processor answers."}},
					{Number: "14", Verified: true, Words: "自愿、明确作出。"}, {Number: "15", Verified: true, Words: "个人有权撤回其同意。"},
					{Number: "16", Verified: true, Words: "不得拒绝提供产品或者服务。"}, {Number: "17", Verified: true, Words: "应当告知。"},
				}},
		},
	}}
	return run
}

// withoutStyle is a page without the style sheet, which golden files need not repeat.
func withoutStyle(page []byte) []byte {
	return bytes.Replace(page, []byte(htmlStyle), []byte("/* report.css */\n"), 1)
}

var (
	tagPattern  = regexp.MustCompile(`<(/?)([a-zA-Z!][a-zA-Z0-9]*)((?:\s+[a-zA-Z-]+(?:="[^"<>]*")?)*)\s*>`)
	attrPattern = regexp.MustCompile(`([a-zA-Z-]+)(?:="([^"]*)")?`)
)

// checkPage checks what holds for every page: tags that nest, ids that are unique, links
// that lead somewhere within the page, and nothing that the template does not write.
func checkPage(t *testing.T, page []byte) {
	t.Helper()
	body := withoutStyle(page)
	void := []string{"meta", "input", "br", "!doctype"}
	elements := strings.Fields("!doctype html head meta title style body a header h1 h2 h3 h4 h5 h6 nav ul li main section p span dl div dt dd b bdi table caption thead tbody tr th td code q fieldset legend label input textarea details summary mark article blockquote cite pre br footer")
	attributes := strings.Fields("lang charset http-equiv content name id class href aria-label aria-labelledby aria-hidden tabindex role scope rowspan colspan type for rows autocomplete checked html")
	var open []string
	ids, links := map[string]bool{}, map[string]bool{}
	all := tagPattern.FindAllSubmatchIndex(body, -1)
	for _, m := range all {
		name := strings.ToLower(string(body[m[4]:m[5]]))
		if !slices.Contains(elements, name) {
			t.Fatalf("element %q at %.80q", name, body[m[0]:])
		}
		for _, a := range attrPattern.FindAllSubmatch(body[m[6]:m[7]], -1) {
			key, value := string(a[1]), string(a[2])
			switch {
			case !slices.Contains(attributes, key):
				t.Fatalf("attribute %q at %.80q", key, body[m[0]:])
			case key == "href" && !strings.HasPrefix(value, "#"):
				t.Fatalf("a link leads out of the page: %.120q", body[m[0]:])
			case key == "href":
				links[value[1:]] = true
			case key == "id" && ids[value]:
				t.Fatalf("id %q stands twice", value)
			case key == "id":
				ids[value] = true
			}
		}
		switch {
		case slices.Contains(void, name):
		case m[2] == m[3]:
			open = append(open, name)
		case len(open) == 0 || open[len(open)-1] != name:
			t.Fatalf("</%s> closes %v at %.80q", name, open[max(0, len(open)-3):], body[max(0, m[0]-200):m[1]])
		default:
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Fatalf("never closed: %v", open)
	}
	for id := range links {
		if !ids[id] {
			t.Errorf("a link leads to #%s, which is nowhere", id)
		}
	}
	if rest := tagPattern.ReplaceAll(body, nil); bytes.ContainsAny(rest, "<") {
		i := bytes.IndexByte(rest, '<')
		t.Errorf("a stray < at %.80q", rest[i:])
	}
}

func TestHTMLGolden(t *testing.T) {
	for _, test := range []struct{ file, lang string }{{"report.html", "en"}, {"report-zh.html", "zh"}} {
		t.Run(test.file, func(t *testing.T) {
			run := counsel(t)
			run.Lang = test.lang
			page := write(t, "html", run)
			checkPage(t, page)
			checkGolden(t, test.file, withoutStyle(page))
			if again := write(t, "html", run); !bytes.Equal(again, page) {
				t.Error("the same run gives other bytes")
			}
		})
	}
}

// Every finding, waiver, problem and file without a verdict must be on the page.
func TestHTMLSaysEverything(t *testing.T) {
	run := counsel(t)
	run.Lang = "en"
	page := string(write(t, "html", run))
	said := func(what, text string) {
		t.Helper()
		if text = Visible(text); text != "" && !strings.Contains(page, html.EscapeString(text)) {
			t.Errorf("%s is not on the page: %s", what, text)
		}
	}
	cards := 0
	card := func(f lint.Finding) {
		t.Helper()
		cards++
		said("the message", f.Message)
		said("the suggestion", f.Suggestion)
		said("the rule", f.Rule.ID)
		for _, e := range f.Evidence {
			said("the note", e.Note)
		}
		for _, on := range f.Facts {
			said("the question", on.Fact.Question.En)
			if on.Answer != nil {
				said("the owner", on.Answer.Owner)
				said("the date", on.Answer.Date)
				said("the source", on.Answer.Source)
			}
		}
	}
	for _, r := range run.Results {
		said("the file", r.Path)
		said("the reason", r.Reason())
		for _, f := range slices.Concat(r.Findings, r.Withheld, r.Known) {
			card(f)
		}
		for _, w := range r.Waived {
			card(w.Finding)
			said("why it is waived", w.Waiver.Reason)
			said("who waived it", w.Waiver.By)
			said("until when", w.Waiver.Until)
			said("where the waiver is", fmt.Sprintf("%s:%d", w.Waiver.Path, w.Waiver.Line))
		}
		for _, m := range r.Met {
			said("what is in order", r.Doc.Quote(m.Span))
		}
		if r.Doc != nil {
			for _, p := range r.Doc.Problems {
				said("the problem", p.Message)
			}
		}
	}
	if n := strings.Count(page, "<article "); n != cards {
		t.Errorf("%d cards, want %d", n, cards)
	}
	for _, f := range []string{"v0.0.0-test", "2026-01-01", "9 rules, 9 articles of 3 instruments", "Incomplete"} {
		if !strings.Contains(page, f) {
			t.Errorf("the head does not say %q", f)
		}
	}
	if uncovered := page[strings.Index(page, "Not covered"):]; !strings.Contains(uncovered, "PIPL art. 9") {
		t.Error("PIPL art. 9, which no rule checks, is not listed")
	}
}

// Markup in a contract, a file name or the name of an author is text.
func TestHTMLEscapes(t *testing.T) {
	const evil = `</style></title><script>alert(1)</script><img src=x onerror=alert(1)>"'><b onmouseover=alert(1)>{{.}}<!--`
	d := read(t, "a.md", "# "+evil+"\n\n您授权 "+evil+" 不可撤销\n\n| "+evil+" | b |\n|---|---|\n| c | d |\n\n```\n"+evil+"\n```\n")
	d.Problems = []document.Problem{{Message: evil}}
	d.Changes = []document.Change{{Span: span(t, d, "您授权"), Author: evil, Date: evil}}
	fact := &clauses.Fact{ID: evil, Title: clauses.Text{Zh: evil, En: evil}, Question: clauses.Text{Zh: evil, En: evil}, Advice: clauses.Text{Zh: evil}}
	f := finding(span(t, d, "不可撤销"), "zh")
	f.Rule = &clauses.Rule{ID: evil, Title: clauses.Text{Zh: evil}, Basis: []clauses.Citation{{Instrument: evil, Article: evil}}}
	f.Message, f.Suggestion, f.Basis = evil, evil, f.Rule.Basis
	f.Clause = &segment.Clause{Label: evil, Heading: evil, Level: 1}
	f.Evidence = []lint.Evidence{{Span: f.Span, Role: lint.Role(evil), Note: evil}}
	f.Origin = &lint.Origin{Kind: lint.Inserted, Changes: d.Changes}
	f.Facts = []lint.RestsOn{{Fact: fact}, {Fact: fact, Answer: &lint.Answer{Owner: evil, Date: evil, Source: evil}}}
	library := &clauses.Library{
		Rules: []*clauses.Rule{f.Rule},
		Instruments: []*clauses.Instrument{{ID: evil, Title: clauses.Text{Zh: evil}, Short: clauses.Text{Zh: evil}, Number: evil, Effective: evil, Repealed: evil,
			Articles: []clauses.Article{{Number: evil, Verified: true, Words: evil, Summary: clauses.Text{Zh: evil}}}}},
	}
	run := &Run{Version: evil, AsOf: "2026-01-01", Libraries: []*clauses.Library{library}, Lang: "zh", Results: []Result{
		{Path: evil, Doc: d, Languages: []string{"zh"}, Findings: []lint.Finding{f}, Withheld: []lint.Finding{f}, Known: []lint.Finding{f},
			Waived: []Waived{{f, Waiver{Reason: evil, By: evil, Until: evil, Path: evil}}}, Met: []lint.Met{{Span: f.Span, Rule: f.Rule}}},
		{Path: evil, Err: errors.New(evil)},
	}}
	page := write(t, "html", run)
	checkPage(t, page)
	for _, bad := range []string{"<script", "<img", "<b onmouse", "<!--"} {
		if bytes.Contains(page, []byte(bad)) {
			t.Errorf("%q is on the page", bad)
		}
	}
	if n := bytes.Count(page, []byte("&lt;script&gt;alert(1)")); n < 40 {
		t.Errorf("%d times the text of the script, want it wherever it was given", n)
	}
}

// However marks cross, they nest on the page, and the text is that of the document.
func TestHTMLMarksThatCross(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	text := strings.Repeat("第一条 您同意我们永久使用😀您的人脸信息，不得撤回。\n\nYou agree to this & that <licence>.\n\n", 3)
	for range 100 {
		d := read(t, "a.txt", text)
		var starts []int
		for i := range d.Text {
			starts = append(starts, i)
		}
		r := Result{Path: "a.txt", Doc: d, Languages: []string{"zh"}, Faces: true}
		for range 1 + random.IntN(40) {
			pick := func() document.Span {
				a, b := starts[random.IntN(len(starts))], starts[random.IntN(len(starts))]
				if b-a > 60 || a-b > 60 {
					b = starts[min(slices.Index(starts, a)+random.IntN(8), len(starts)-1)]
				}
				return document.Span{Start: min(a, b), End: max(a, b)}
			}
			f := finding(pick(), "zh")
			f.Severity = clauses.Severity(1 + random.IntN(3))
			f.Evidence = []lint.Evidence{{Span: pick(), Role: lint.RoleObject}, {Span: pick(), Role: lint.RoleGrant}}
			r.Findings = append(r.Findings, f)
		}
		page := write(t, "html", &Run{Results: []Result{r}})
		checkPage(t, page)
		if got, want := shownText(page), strings.Join(strings.Fields(d.Text), ""); got != want {
			t.Fatalf("the page shows %q, want %q", got, want)
		}
	}
}

// Of findings on the same words the gravest is seen, and the numbers ascend.
func TestHTMLMarksOfTheSameWords(t *testing.T) {
	d := read(t, "a.txt", "您同意我们永久使用您的人脸信息。")
	r := Result{Path: "a.txt", Doc: d, Languages: []string{"zh"}}
	for i, s := range []clauses.Severity{clauses.Warning, clauses.Error, clauses.Note} {
		f := finding(span(t, d, "永久使用"), "zh")
		f.Severity, f.Basis, f.Rule = s, nil, &clauses.Rule{ID: string(rune('a' + i))}
		r.Findings = append(r.Findings, f)
	}
	page := string(write(t, "html", &Run{Results: []Result{r}}))
	marks := regexp.MustCompile(`<mark class="f (.)" id="(m..)">`).FindAllStringSubmatch(page, -1)
	numbers := regexp.MustCompile(`<a class="ref (.)" href="#(f.)"`).FindAllStringSubmatch(page, -1)
	for i, want := range [][2]string{{"n", "mf3"}, {"w", "mf1"}, {"e", "mf2"}} {
		if len(marks) != 3 || marks[i][1] != want[0] || marks[i][2] != want[1] {
			t.Fatalf("marks %q; number %d wants to be %q", marks, i, want)
		}
		if id := fmt.Sprintf("f%d", i+1); len(numbers) != 3 || numbers[i][2] != id {
			t.Fatalf("numbers %q; number %d wants to be %s", numbers, i, id)
		}
	}
}

// shownText is the text of the documents on a page, without white space and without
// cards and numbers.
func shownText(page []byte) string {
	var out strings.Builder
	for _, m := range regexp.MustCompile(`(?s)<div class="(?:head|rest)">(.*?)</div>`).FindAllSubmatch(page, -1) {
		text := regexp.MustCompile(`<a class="ref.*?</a>`).ReplaceAll(m[1], nil)
		out.Write(tagPattern.ReplaceAll(text, nil))
	}
	return strings.Join(strings.Fields(html.UnescapeString(out.String())), "")
}

// What cells of the matrix say, and that none says nothing.
func TestHTMLMatrixCells(t *testing.T) {
	run := counsel(t)
	run.Lang = "en"
	absorber := finding(span(t, run.Results[1].Doc, "第一条"), "zh")
	absorber.Rule = &clauses.Rule{ID: "art11", Absorbs: []string{"improper-inference"}}
	run.Results[1].Findings = append(run.Results[1].Findings, absorber)
	beside := &clauses.Rule{
		ID: "flow-one-consent", Basis: []clauses.Citation{{Instrument: "pipl", Article: "29"}}, When: []clauses.Condition{{Act: "flow one consent"}},
	}
	run.Libraries[0].Rules = append(run.Libraries[0].Rules, beside)
	rules := run.Libraries[0].Rules
	list := read(t, "list.txt", "flows:\n  - name: 注册\n")
	wrong := finding(span(t, list, "注册"), "zh")
	wrong.Rule, wrong.Scope = beside, lint.DocumentScope
	run.Results = append(run.Results, Result{Path: ".clauselint.yaml", Doc: list, Findings: []lint.Finding{wrong}, Settings: true})
	run.Results[3].Off = []string{"overbroad-grant"}
	run.Results[4].Library = &clauses.Library{}
	page := newHTMLPage(run)
	cells := map[string][]htmlEntry{}
	for _, m := range page.Matrix {
		for _, g := range m.Groups {
			for _, r := range g.Rules {
				if len(r.Cells) != len(m.Files) {
					t.Fatalf("%s has %d cells for %d files", r.ID, len(r.Cells), len(m.Files))
				}
				for i, cell := range r.Cells {
					if len(cell) == 0 || cell[0].Word == "" {
						t.Errorf("%s of %s is empty", r.ID, m.Files[i].Name)
					}
					cells[r.ID+" "+m.Files[i].Title] = cell
				}
			}
		}
	}
	if want := len(rules) * len(run.Results); len(cells) != want {
		t.Errorf("%d cells, want %d", len(cells), want)
	}
	for _, test := range []struct{ at, word, reason string }{
		{"irrevocable-grant zh.txt", "violates", ""},
		{"irrevocable-grant en.txt", "depends on a fact", ""},
		{"irrevocable-grant emoji.md", "violates", ""},
		{"undisclosed-rules zh.txt", "remark", ""},
		{"no-withdrawal-channel en.txt", "missing", ""},
		{"no-withdrawal-channel zh.txt", "not applicable", "nothing in it gives rise to this duty"},
		{"missing-change-notice en.txt", "in order", ""},
		{"missing-method en.txt", "in the baseline", ""},
		{"overbroad-grant zh.txt", "waived", "已获单独同意\\x1b，见备忘录 7 (李雷)"},
		{"service-conditioned-on-face en.txt", "settled by a fact", ""},
		{"improper-inference en.txt", "nothing found", ""},
		{"improper-inference zh.txt", "counted with", ""},
		{"improper-inference emoji.md", "not applicable", "it does not speak of face data"},
		{"improper-inference doubtful.txt", "not applicable", "the rules for this file do not have it"},
		{"improper-inference .clauselint.yaml", "not applicable", "it is a configuration, no contract"},
		{"overbroad-grant 人脸 服务.docx", "not applicable", "the configuration silences the rule"},
		{"flow-one-consent zh.txt", "not applicable", "it is asked of all texts of a flow together"},
		{"flow-one-consent .clauselint.yaml", "violates", ""},
		{"improper-inference missing.txt", "no verdict: not read", ""},
		{"later-law zh.txt", "not applicable", "not in force on 2026-01-01"},
	} {
		cell := cells[test.at]
		if len(cell) != 1 || cell[0].Word != test.word || cell[0].Reason != test.reason {
			t.Errorf("%s: %+v, want %q %q", test.at, cell, test.word, test.reason)
		}
	}
}

func TestHTMLVerdict(t *testing.T) {
	d := read(t, "a.txt", "我们永久使用您的人脸信息。")
	of := func(s clauses.Severity) Result {
		f := finding(span(t, d, "永久"), "zh")
		f.Severity = s
		return Result{Path: "a.txt", Doc: d, Findings: []lint.Finding{f}}
	}
	fails := Result{Path: "b.txt", Err: errors.New("no")}
	for _, test := range []struct {
		results []Result
		want    string
	}{
		{nil, "Nothing was reviewed"},
		{[]Result{{Path: "a.txt", Doc: d}}, "No objection found"},
		{[]Result{of(clauses.Note)}, "No objection, with remarks"},
		{[]Result{of(clauses.Note), of(clauses.Warning)}, "In doubt"},
		{[]Result{of(clauses.Warning), of(clauses.Error)}, "Not in order"},
		{[]Result{of(clauses.Error), fails}, "Incomplete"},
		{[]Result{fails}, "Incomplete"},
	} {
		if got := newHTMLPage(&Run{Lang: "en", Results: test.results}).Verdict; got != test.want {
			t.Errorf("verdict %q, want %q", got, test.want)
		}
	}
}

func TestHTMLLanguages(t *testing.T) {
	for _, test := range []struct{ text, otherwise, want string }{
		{"您同意我们使用", "en", "zh-Hans"}, {"您同意", "zh-Hant", "zh-Hant"}, {"You agree to this", "zh-Hans", "en"},
		{"12.3", "zh-Hans", "zh-Hans"}, {"您同意使用 iPhone 的人脸信息", "en", "zh-Hans"}, {"The “人脸” data of guests", "zh-Hans", "en"},
	} {
		if got := languageOf(test.text, test.otherwise); got != test.want {
			t.Errorf("%q: %s, want %s", test.text, got, test.want)
		}
	}
	for text, want := range map[string]string{
		"我們處理您的臉部資訊，並於您撤回同意後刪除。": "zh-Hant", "我们处理您的人脸信息，并在您撤回同意后删除。": "zh-Hans", "": "zh-Hans",
	} {
		if got := chineseScript(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// agreement is an agreement of about 200 pages, 400 KB, with hundreds of findings, and
// its review.
func agreement(t testing.TB) *Run {
	t.Helper()
	risky := []string{
		"您授权我们永久、不可撤销地使用您的人脸信息，并可转授权给任何第三方。",
		"您使用本服务即视为同意我们收集您的面部特征用于身份核验。",
		"如您不同意提供人脸信息，将无法使用本服务的任何功能。",
		"我们会无限期保存您的人脸图像，您注销账号后也不会删除。",
	}
	fair := []string{
		"我们按照国家有关规定提供网络接入服务，您应当妥善保管账号和密码，不得出借给他人使用。",
		"双方因履行本协议发生争议的，应当友好协商解决；协商不成的，提交被告住所地有管辖权的人民法院处理。",
		"本条所称工作日，是指除法定节假日和休息日以外的日期，逾期未付的款项按照同期贷款市场报价利率计息。",
	}
	en := []string{
		"You grant us a perpetual, irrevocable and sublicensable licence to your face images.",
		"The supplier delivers the goods within thirty days of the order, at the place that the order names.",
		"We may share your face template with our partners without further notice.",
	}
	var b strings.Builder
	b.WriteString("# 平台服务协议\n\n")
	for article := 1; b.Len() < 400<<10; article++ {
		fmt.Fprintf(&b, "## 第%d条 服务事项之%d\n\n", article, article)
		for k := range 6 {
			fmt.Fprintf(&b, "%d.%d %s", article, k+1, fair[0])
			if (article*7+k)%3 == 0 {
				b.WriteString(risky[(article+k)%len(risky)])
			}
			b.WriteString(fair[1] + fair[2] + "\n\n")
		}
		if article%5 == 0 {
			b.WriteString(en[article/5%3] + " " + en[1] + "\n\n")
		}
		if article%12 == 0 {
			b.WriteString("| 项目 | 期限 | 说明 |\n|---|---|---|\n| 人脸图像 | 永久 | 用于身份核验 |\n| 账号 | 一年 | 登录 |\n\n")
		}
	}
	d, err := document.Read("agreement.md", []byte(b.String()), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	lib, err := clauses.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	review := lint.New(lib).Review(d, lint.Options{})
	return &Run{Version: "v0", Libraries: []*clauses.Library{lib}, Results: []Result{{
		Path: "agreement.md", Doc: d, Languages: d.Languages(), Kind: review.Kind, Findings: review.Findings,
		Withheld: review.Withheld, Met: review.Met, Faces: review.Faces,
	}}}
}

func TestHTMLOfALongAgreement(t *testing.T) {
	run := agreement(t)
	page := write(t, "html", run)
	checkPage(t, page)
	findings := len(run.Results[0].Findings)
	t.Logf("%d bytes of text, %d findings: %d bytes of HTML", len(run.Results[0].Doc.Text), findings, len(page))
	if findings < 200 {
		t.Errorf("%d findings, want hundreds", findings)
	}
	if len(page) > 5<<20 {
		t.Errorf("%d bytes, want less than 5 MB", len(page))
	}
}

func BenchmarkHTML(b *testing.B) {
	run := agreement(b)
	var page bytes.Buffer
	for b.Loop() {
		page.Reset()
		if err := writeHTML(&page, run); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(len(run.Results[0].Doc.Text)))
	b.ReportMetric(float64(page.Len()), "bytes/page")
}
