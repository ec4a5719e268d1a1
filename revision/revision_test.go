package revision

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
)

func linter(t testing.TB) *lint.Linter {
	t.Helper()
	lib, err := clauses.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return lint.New(lib)
}

func read(t testing.TB, l *lint.Linter, text string) *Version {
	t.Helper()
	d, err := document.Read("a.md", []byte(text), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return Read(l, d, lint.Options{})
}

// said is a change in a line: what it is, and the words that it is about.
func said(d *Diff, c Change) string {
	parts := []string{string(c.Kind)}
	if c.Finding != nil {
		parts = append(parts, c.Finding.Rule.ID)
	}
	if c.Cause != "" {
		parts = append(parts, string(c.Cause))
	}
	if c.Rule != nil && c.Finding == nil {
		parts = append(parts, c.Rule.ID)
	}
	if c.Term != "" {
		parts = append(parts, c.Term)
		for _, u := range c.Uses {
			parts = append(parts, "use: "+d.New.Doc.Quote(u))
		}
	}
	for _, w := range c.Words {
		parts = append(parts, strings.TrimSpace(string(w.Aspect)+" "+w.Text))
	}
	if c.Kind == PeriodLengthened {
		parts = append(parts, d.Old.Doc.Quote(c.Old), d.New.Doc.Quote(c.New))
	}
	if c.Kind == RightRemoved {
		parts = append(parts, d.Old.Doc.Quote(c.Old))
	}
	return strings.Join(parts, " | ")
}

const rules = `# 人脸信息处理规则

第一条 我们采集您的人脸图像，用于门禁核验。

第二条 人脸特征保存六个月，到期删除。

第三条 您可以随时在【设置—隐私】撤回同意。
`

func TestCompare(t *testing.T) {
	l := linter(t)
	replaced := func(text string, pairs ...string) string {
		for i := 0; i < len(pairs); i += 2 {
			if !strings.Contains(text, pairs[i]) {
				t.Fatalf("no %q in %q", pairs[i], text)
			}
			text = strings.Replace(text, pairs[i], pairs[i+1], 1)
		}
		return text
	}
	for _, tt := range []struct {
		name, old, new string
		want           []string
	}{
		{"nothing", rules, rules, nil},
		{"moved and renumbered", rules + "\n第四条 依第二条的约定，您不可撤销地授权我们使用您的人脸信息。\n",
			"# 人脸信息处理规则\n\n第一条 您可以随时在【设置—隐私】撤回同意。\n\n第二条 本规则自公布之日起施行。\n\n第三条 人脸特征保存六个月，\n到期删除。\n\n第四条 我们采集您的人脸图像，用于门禁核验。\n\n第五条 依第三条的约定，您不可撤销地授权我们使用您的人脸信息。\n", nil},
		{"a new clause", rules, rules + "\n第四条 您不可撤销地授权我们使用您的人脸信息。\n", []string{"new | irrevocable-grant | added"}},
		{"a clause mended", rules + "\n第四条 您不可撤销地授权我们使用您的人脸信息。\n", rules + "\n第四条 您授权我们使用您的人脸信息。\n", []string{"fixed | irrevocable-grant"}},
		{"a limb added", rules + "\n第四条 您不可撤销地授权我们使用您的人脸信息。\n", rules + "\n第四条 您不可撤销地授权我们使用您的人脸信息，并可转授权给任意第三方。\n",
			[]string{"worse | art11-full-grant | 可转授权 | 任意"}},
		{"a period lengthened", rules, replaced(rules, "六个月", "二年"), []string{"period-lengthened | 六个月 | 二年"}},
		{"a period shortened", rules, replaced(rules, "六个月", "三十日"), nil},
		{"another purpose", rules, replaced(rules, "用于门禁核验", "用于门禁核验和精准营销"), []string{"new | purpose-creep | reworded", "consent-again | purpose 精准营销"}},
		{"another method", rules, replaced(rules, "。\n\n第二条", "，并将其提供给物业公司共享。\n\n第二条"), []string{"consent-again | method 共享"}},
		{"the withdrawal struck out", rules, replaced(rules, "第三条 您可以随时在【设置—隐私】撤回同意。\n", ""), []string{"new | missing-withdrawal-channel | deleted"}},
		{"a definition widened",
			"# 用户协议\n\n1. “用户内容”指您上传的文字和图片。\n\n2. 您授予我们对用户内容永久的、不可撤销的、可转授权的许可。\n\n3. 用户内容由您负责。\n",
			"# 用户协议\n\n1. “用户内容”指您上传的文字、图片和人脸信息。\n\n2. 您授予我们对用户内容永久的、不可撤销的、可转授权的许可。\n\n3. 用户内容由您负责。\n",
			[]string{"new | art11-full-grant | elsewhere", "definition-widened | 用户内容 | use: 您授予我们对用户内容永久的、不可撤销的、可转授权的许可。 | use: 用户内容由您负责。"}},
		{"English",
			"# Terms\n\n1. We use your face template to verify your identity.\n\n2. We keep your facial image for 30 days after your last visit.\n",
			"# Terms\n\n1. We keep your facial image for two years after your last visit.\n\n2. We use your face template to verify your identity and for targeted advertising.\n",
			[]string{"new | purpose-creep | reworded", "period-lengthened | 30 days | two years", "consent-again | purpose targeted advertising"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := Compare(read(t, l, tt.old), read(t, l, tt.new))
			var got []string
			for _, c := range d.Changes {
				// What a text lacks in both versions differs little.
				if c.Finding == nil || !strings.HasPrefix(c.Finding.Rule.ID, "missing-") || slices.Contains(tt.want, said(d, c)) {
					got = append(got, said(d, c))
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("changes (-want +got):\n%s", diff)
			}
		})
	}
}

// TestSelf: a contract differs from itself in nothing.
func TestSelf(t *testing.T) {
	l := linter(t)
	v := read(t, l, rules)
	if d := Compare(v, v); len(d.Changes) > 0 || d.Same != len(v.Review.Findings) {
		t.Errorf("%v, %d of %d the same", d.Changes, d.Same, len(v.Review.Findings))
	}
}
