package flow

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/config"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
)

const (
	rulesZh = "# 人脸信息处理规则\n\n经您单独同意，我们采集您的人脸图像，用于门禁核验，保存六个月，期满删除。\n"
	userZh  = "# 用户协议\n\n您可以使用本平台的服务，收费以页面为准。\n"
	termsEn = "# Terms of Service\n\nWith your separate consent we capture your facial image to open the gate and delete it after six months.\n"
)

// step is a step as a test writes it: a file with its text, or words on the screen.
type step struct {
	kind config.StepKind
	name string // of a file
	text string
}

func file(name, text string) step { return step{config.FileStep, name, text} }
func tick(label string) step      { return step{config.TickStep, "", label} }
func button(label string) step    { return step{config.ButtonStep, "", label} }

func TestCheck(t *testing.T) {
	lib, err := clauses.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	l := lint.New(lib)
	for _, tt := range []struct {
		name  string
		facts map[string]lint.Answer
		steps []step
		want  []string
	}{
		{"one tick for all", nil, []step{file("user.md", userZh), file("rules.md", rulesZh), tick("我已阅读并同意《用户协议》《人脸信息处理规则》")}, []string{"flow-one-consent"}},
		{"one button for all", nil, []step{file("user.md", userZh), file("rules.md", rulesZh), button("同意并继续")}, []string{"flow-one-consent"}},
		{"no yes at all", nil, []step{file("rules.md", rulesZh), button("暂不使用")}, []string{"flow-one-consent"}},
		{"a step of its own", nil, []step{file("user.md", userZh), tick("我同意《用户协议》"), file("rules.md", rulesZh), tick("我同意处理我的人脸信息")}, nil},
		{"a notice of its own", nil, []step{file("user.md", userZh), button("同意"), file("rules.md", rulesZh), button("同意")}, nil},
		{"a notice among others", nil, []step{file("user.md", userZh), file("rules.md", rulesZh), button("同意")}, []string{"flow-one-consent"}},
		{"the notice by its name", nil, []step{file("user.md", userZh), file("rules.md", rulesZh), tick("我同意《用户协议》"), tick("我同意《人脸信息处理规则》")}, nil},
		{"taken elsewhere", map[string]lint.Answer{"separate-consent-taken": {Yes: true}}, []step{file("rules.md", userZh+rulesZh), button("同意并继续")}, nil},
		{"no face data", nil, []step{file("user.md", userZh), button("同意并继续")}, nil},
		{"English", nil, []step{file("terms.md", termsEn), button("Agree and continue")}, []string{"flow-one-consent"}},
		{"English, apart", nil, []step{file("terms.md", termsEn), button("Agree and continue"), tick("I consent to the processing of my face data")}, nil},
		{"denied and done", nil, []step{
			file("user.md", "# 用户协议\n\n我们不会共享您的人脸信息。\n"), tick("我同意《用户协议》"),
			file("rules.md", rulesZh+"\n我们与广告公司共享您的人脸信息。\n"), tick("我同意处理我的人脸信息"),
		}, []string{"flow-contradiction"}},
		{"denied on a condition", nil, []step{
			file("user.md", "# 用户协议\n\n未经您的单独同意，我们不会共享您的人脸信息。\n"), tick("我同意《用户协议》"),
			file("rules.md", rulesZh+"\n经您单独同意，我们与物业公司共享您的人脸信息。\n"), tick("我同意处理我的人脸信息"),
		}, nil},
		{"two periods", nil, []step{
			file("user.md", "# 用户协议\n\n人脸图像保存三十日。\n"), tick("我同意《用户协议》"),
			file("rules.md", rulesZh+"\n人脸图像保存一年。\n"), tick("我同意处理我的人脸信息"),
		}, []string{"flow-contradiction"}},
		{"a document that is not there", nil, []step{file("user.md", userZh+"\n详见《儿童隐私政策》和《中华人民共和国个人信息保护法》。\n"), button("同意")}, []string{"flow-absent-document"}},
		{"a document that is there", nil, []step{file("user.md", userZh+"\n详见《某某平台隐私政策》。\n"), file("p.md", "# 隐私政策\n\n我们收集您的姓名。\n"), button("同意")}, nil},
		{"an English one", nil, []step{file("terms.md", "# Terms of Service\n\nThis is subject to our Cookie Policy and to these Terms of Service.\n"), button("Agree")}, []string{"flow-absent-document"}},
		{"both prevail", nil, []step{
			file("user.md", userZh+"\n与其他文本不一致的，以本协议为准。\n"), file("p.md", "# 隐私政策\n\n与其他文本不一致的，以本政策为准。\n"), button("同意"),
		}, []string{"flow-precedence"}},
		{"one prevails", nil, []step{
			file("user.md", userZh+"\n与其他文本不一致的，以《隐私政策》为准。\n"), file("p.md", "# 隐私政策\n\n与其他文本不一致的，以本政策为准。\n"), button("同意"),
		}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := config.Flow{Name: "注册", At: config.Place{Path: "c.yaml", Line: 1}}
			var steps []*Step
			yaml := "name: 注册\n"
			for i, s := range tt.steps {
				name := s.name
				if name == "" {
					name = "step.txt"
				}
				d, err := document.Read(name, []byte(s.text), document.Options{})
				if err != nil {
					t.Fatal(err)
				}
				text := s.text
				if s.kind == config.FileStep {
					text = s.name
				}
				c := config.Step{Kind: s.kind, Text: text, At: config.Place{Path: "c.yaml", Line: i + 2}}
				f.Steps = append(f.Steps, c)
				steps = append(steps, Read(l, c, d, lint.Options{}))
				yaml += "- " + string(s.kind) + "\n"
			}
			d, err := document.Read("c.txt", []byte(yaml), document.Options{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, x := range Check(d, f, steps, lib, tt.facts, "auto") {
				if !slices.Contains(got, x.Rule.ID) {
					got = append(got, x.Rule.ID)
				}
				if strings.ContainsAny(x.Message, "{}") || !d.Blocks[0].Overlaps(x.Span) && x.Len() == 0 {
					t.Errorf("message %q at %v", x.Message, x.Span)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("rules (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPreTicked(t *testing.T) {
	lib, err := clauses.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	l := lint.New(lib)
	for _, ticked := range []bool{true, false} {
		var steps []*Step
		for _, s := range []config.Step{{Kind: config.FileStep, Text: "rules.md"}, {Kind: config.TickStep, Text: "我同意处理我的人脸信息", Ticked: ticked}} {
			text := s.Text
			if s.Kind == config.FileStep {
				text = rulesZh
			}
			d, err := document.Read("a.md", []byte(text), document.Options{})
			if err != nil {
				t.Fatal(err)
			}
			steps = append(steps, Read(l, s, d, lint.Options{}))
		}
		d, err := document.Read("c.txt", []byte("steps:\n"), document.Options{})
		if err != nil {
			t.Fatal(err)
		}
		found := Check(d, config.Flow{Name: "x"}, steps, lib, nil, "zh")
		if got := len(found) == 1 && found[0].Rule.ID == "flow-pre-ticked"; got != ticked {
			t.Errorf("ticked %v: %v", ticked, found)
		}
	}
}
