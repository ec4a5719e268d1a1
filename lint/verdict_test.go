package lint

import (
	"slices"
	"testing"

	"github.com/clauselint/clauselint/clauses"
)

func TestKindOfDocument(t *testing.T) {
	const face = "我们采集您的人脸信息用于核验。"
	for _, c := range []struct {
		name, text string
		given      clauses.DocumentKind
		want       string
	}{
		{"title", "澄湖小区门禁管理约定\n\n" + face, "", "property title 小区"},
		{"English title", "Staff Attendance Notice\n\nThe terminal captures your face.", "", "employment title Staff"},
		{"traditional", "兒童手錶使用條款\n" + face, "", "minors title 兒童"},
		{"the sector before the contents", "员工人脸信息处理规则\n\n" + face, "", "employment title 员工"},
		{"contents", "人脸识别服务须知\n" + face, "", "face-agreement title 人脸"},
		{"privacy", "隐私政策\n" + face, "", "privacy-policy title 隐私"},
		{"terms", "用户协议\n" + face, "", "user-agreement title 用户协议"},
		{"parties", "甲方：云影科技有限公司\n乙方：青禾商贸有限公司\n乙方采集的人脸图像由甲方存储。", "", "b2b parties "},
		{"persons", "使用须知\n本楼采集业主的人脸图像。\n住户的人脸信息保存一年。", "", "property persons 业主"},
		{"one person among many sentences", "使用须知\n我们采集您的人脸图像。\n人脸信息用于登录。\n人脸信息用于支付。\n员工不得查看人脸信息。", "", "user-agreement default "},
		{"persons before a general title", "用户协议\n本校采集学生的人脸图像。\n家长的人脸信息用于接送。", "", "minors persons 学生"},
		{"a sentence is no title", "本公司在小区采集您的人脸信息。\n" + face, "", "user-agreement default "},
		{"given", "隐私政策\n" + face, clauses.Property, "property given "},
	} {
		doc := read(t, c.text)
		k := linter().Review(doc, Options{Kind: c.given}).Kind
		got := string(k.Kind) + " " + string(k.Why) + " "
		if k.Len() > 0 {
			got += doc.Quote(k.Span)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// graded is the severity of rule in text, "none" if an answer withholds it, and ""
// if nothing is said at all.
func graded(t *testing.T, rule, text string, opts Options) string {
	t.Helper()
	review := linter().Review(read(t, text), opts)
	for _, f := range slices.Concat(review.Findings, review.Withheld) {
		if f.Rule.ID == rule {
			return f.Severity.String()
		}
	}
	return ""
}

func TestKindGrades(t *testing.T) {
	const sole = "刷脸是登录的唯一方式，不提供其他验证方式。"
	for _, c := range []struct {
		name, rule, text string
		kind             clauses.DocumentKind
		want             string
	}{
		{"Article 10 in property", "sole-verification", sole, clauses.Property, "error"},
		{"elsewhere", "sole-verification", sole, clauses.UserAgreement, "warning"},
		{"a building elsewhere", "sole-verification", "刷脸是进入小区的唯一方式，不提供其他验证方式。", clauses.UserAgreement, "error"},
		{"minors: one step up", "security-disclaimer", "我们不保证人脸信息的绝对安全，由此造成的泄露我们不承担责任。", clauses.Minors, "error"},
		{"minors without the fact", "service-conditioned-on-face", "不同意采集人脸的学生，不得使用本服务。", clauses.Minors, "warning"},
		{"minors: the lack of rules", "missing-minor-rules", "我们采集您的人脸信息用于登录核验。\n核验后删除。", clauses.Minors, "warning"},
		{"adults: the lack of rules", "missing-minor-rules", "我们采集您的人脸信息用于登录核验。\n核验后删除。", clauses.UserAgreement, "note"},
		{"a company grants", "irrevocable-grant", "您就人脸图像授予我们的许可不可撤销。", clauses.B2B, "note"},
		{"its users grant", "irrevocable-grant", "您应确保您的最终用户就其人脸图像授予我们不可撤销的许可。", clauses.B2B, "error"},
	} {
		if got := graded(t, c.rule, c.text, Options{Kind: c.kind}); got != c.want {
			t.Errorf("%s: %s %q, want %q", c.name, c.rule, got, c.want)
		}
	}
}

func TestFactsDecide(t *testing.T) {
	for _, c := range []struct {
		rule, text, fact  string
		kind              clauses.DocumentKind
		unknown, yes, no_ string
	}{
		{"service-conditioned-on-face", "不同意采集人脸信息的，我们不向您提供任何服务。", "face-necessary", "", "warning", "none", "error"},
		{"sole-verification", "刷脸是登录的唯一方式，不提供其他验证方式。", "other-technique", "", "warning", "error", "note"},
		{"sole-verification", "刷脸是登录的唯一方式，不提供其他验证方式。", "required-by-law", "", "warning", "none", "warning"},
		{"missing-separate-consent", "公司采集您的人脸信息用于考勤。\n三十日后删除。", "hr-rules", clauses.Employment, "warning", "note", "warning"},
		{"missing-separate-consent", "公司采集您的人脸信息用于考勤。\n三十日后删除。", "hr-rules", clauses.UserAgreement, "warning", "warning", "warning"},
		{"missing-filing", "我们采集您的人脸信息用于登录核验。\n人脸特征值保存在我们的服务器中。", "many-faces", "", "none", "note", "none"},
		{"missing-minor-rules", "我们采集您的人脸信息用于登录核验。\n核验后删除。", "under-14", "", "note", "warning", "none"},
	} {
		opts := func(yes bool) Options {
			return Options{Kind: c.kind, Facts: map[string]Answer{c.fact: {Yes: yes, Owner: "王敏", Date: "2026-11-01", Source: "纪要"}}}
		}
		got := [3]string{graded(t, c.rule, c.text, Options{Kind: c.kind}), graded(t, c.rule, c.text, opts(true)), graded(t, c.rule, c.text, opts(false))}
		if want := [3]string{c.unknown, c.yes, c.no_}; got != want {
			t.Errorf("%s by %s in %q: unknown, yes, no give %q, want %q", c.rule, c.fact, c.kind, got, want)
		}
		// The answer stands with the finding exactly where it makes a difference.
		review := linter().Review(read(t, c.text), opts(false))
		for _, f := range slices.Concat(review.Findings, review.Withheld) {
			if f.Rule.ID != c.rule {
				continue
			}
			stands := slices.ContainsFunc(f.Facts, func(q RestsOn) bool {
				return q.Fact.ID == c.fact && q.Answer != nil && q.Answer.Owner == "王敏"
			})
			if stands != (c.yes != c.no_) {
				t.Errorf("%s: the answer to %s stands with the finding: %v", c.rule, c.fact, stands)
			}
		}
	}
}

// A rule with an exception for what is necessary gives no error while it is not known
// whether it is: 法释〔2021〕15号, Article 4(1), PIPL 16 and 26, Measures 2025, Article 10.
func TestNoErrorWhileNecessityIsUnknown(t *testing.T) {
	lib, err := clauses.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	exceptions := []string{"face-necessary", "other-technique", "public-security"}
	tried := 0
	for _, r := range lib.Rules {
		for _, s := range r.Softer {
			for _, c := range s.Cases {
				if c.When != clauses.WhenFact || !slices.Contains(exceptions, c.Fact) || c.Answer != "unknown" {
					continue
				}
				if s.To >= clauses.Error {
					t.Errorf("%s: error without an answer to %s", r.ID, c.Fact)
				}
				for _, x := range r.Examples {
					doc, opts, err := ReadExample(x)
					if err != nil {
						t.Fatal(err)
					}
					for _, f := range linter().Lint(doc, opts) {
						if f.Rule != r || f.Severity < clauses.Error {
							continue
						}
						tried++
						if slices.ContainsFunc(f.Facts, func(q RestsOn) bool { return q.Answer == nil && slices.Contains(exceptions, q.Fact.ID) }) {
							t.Errorf("%s.md:%d: error while %s is open", r.ID, x.Line, c.Fact)
						}
					}
				}
			}
		}
	}
	if tried == 0 {
		t.Error("no example gives an error at all")
	}
}
