package lint

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
)

var linter = sync.OnceValue(func() *Linter {
	lib, err := clauses.Builtin()
	if err != nil {
		panic(err)
	}
	return New(lib)
})

func read(t testing.TB, text string) *document.Document {
	t.Helper()
	doc, err := document.Read("contract.txt", []byte(text), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// rules lists the rules found in text, each once, with the severity.
func rules(t testing.TB, text string) []string {
	var out []string
	for _, f := range linter().Lint(read(t, text), Options{Excerpt: true}) {
		if s := f.Rule.ID + ":" + f.Severity.String(); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

func TestReading(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		// Who grants whom.
		{"user to company", "会员永久授权俱乐部使用其人脸图像，且不得撤回。", "art11-full-grant:error"},
		{"company to user", "我们授予您一项永久、不可撤销的许可，供您使用人脸核验软件。", ""},
		{"company to user in English", "We grant you a perpetual and irrevocable licence to run the face check software.", ""},
		{"our licence to you", "Our licence of the face reader to you is irrevocable and perpetual.", ""},
		{"a relative clause is no direction", "The permission you grant us over your face scan is irrevocable.", "irrevocable-grant:error"},
		{"forbidden to the user", "会员不得以永久、不可撤销的方式许可他人使用其拍到的人脸图像。", ""},
		// What denies what.
		{"denied demand", "我们不会要求您就人脸信息作出永久且不可撤销的授权。", ""},
		{"double negative", "您对人脸信息的授权并非不可撤销。", ""},
		{"denied withdrawal", "您对人脸信息的授权作出后不得撤回。", "irrevocable-grant:error"},
		{"a question asserts nothing", "Is your face licence to us perpetual and irrevocable?", ""},
		{"nothing in these terms", "Nothing in these terms gives us a perpetual, irrevocable right in your face data.", ""},
		{"a reason that is denied", "我们不会因为您不同意采集人脸而拒绝为您办理入会。", ""},
		{"the effect of withdrawal", "您撤回人脸授权前的核验，其效力不因撤回而受影响。", ""},
		// What bears the quality.
		{"payment order", "刷脸确认后的付款指令不可撤销。", ""},
		{"payment in English", "A payment confirmed by face scan is irrevocable.", ""},
		{"deletion", "您注销后，我们将永久删除您的人脸特征。", ""},
		{"a right of the user", "The right to have your face template erased never expires.", ""},
		{"the algorithm is no face", "The face matching algorithm is our exclusive property.", ""},
		// How the object is reached.
		{"definition", "“容貌资料”指您上传的人脸照片。\n您授权我们永久使用容貌资料，该授权不可撤销。", "art11-full-grant:error"},
		{"pronoun", "You let us use your face scans. That permission is perpetual. It cannot be revoked.", "art11-full-grant:error"},
		{"list", "The member licenses the studio:\n(a) object: the member's face images;\n(b) term: perpetual;\n(c) revocation: not possible.", "art11-full-grant:error"},
		{"cross-reference", "2.1 顾客同意门店使用其人脸图像。\n5.3 第2.1条所述同意一经作出不得撤回。", "irrevocable-grant:error"},
		{"left out", "您就游记授予我们永久、不可撤销的许可，该许可不包括人脸信息。", ""},
		{"content without faces", "You grant us a perpetual, irrevocable licence in your recipes.", ""},
		{"false anchors", "Users who face penalties grant us an irrevocable, perpetual right to the face value of the voucher.", ""},
		{"a likeness is weaker", "You grant us a perpetual, irrevocable right to use your name and likeness.", "art11-full-grant:warning"},
		// How consent is taken.
		{"deemed from conduct", "顾客走进本店，即视为同意我们识别其人脸。", "deemed-consent:error"},
		{"silence is no", "您未作选择的，视为不同意采集人脸。", ""},
		{"bundled", "By signing this membership agreement you also consent to the capture of your face.", "bundled-consent:error"},
		{"separate", "处理人脸前我们会以单独页面征得您的单独同意；您接受用户协议不代表同意处理人脸信息。", ""},
		{"condition", "不同意录入人脸的住户，一律不得进入小区。", "service-conditioned-on-face:warning"},
		{"only the feature, another way", "您不同意采集人脸的，无法使用刷脸登录功能，但仍可通过密码登录。", ""},
		// The law quoted, not made.
		{"law", "Under Article 11 a natural person may ask the court to hold void terms that demand an irrevocable right to process facial data.", ""},
		{"adopted law", "根据法律规定，您永久授权我们处理您的人脸信息，且不得撤回。", "art11-full-grant:error"},
		{"prohibitions in the stem", "You must not:\n(a) license faces of others in perpetuity and irrevocably;\n(b) sell face data.", ""},
		// Words.
		{"word boundaries", "您授权我们永久、不可撤销地绑定您的个人脸书账号，每个人脸上的笑容都重要。", ""},
		{"traditional", "閣下授權本公司永久使用閣下之臉部影像，且不得撤回。", "art11-full-grant:error"},
		{"broken words", "您知悉并同意，在使用本服务的过程中授权我们永 久使用您上传的人\n脸图像，并且您在任何时候都不得撤 回该项授权。", "art11-full-grant:error"},
	} {
		if got := strings.Join(rules(t, c.text), " "); got != c.want {
			t.Errorf("%s: %q gives %q, want %q", c.name, c.text, got, c.want)
		}
	}
}

func TestSingleLimbsOfOneObjectAreOneFault(t *testing.T) {
	doc := read(t, "第一条 会员授权俱乐部使用其人脸图像，该授权不可撤销。\n\n第二条 俱乐部营业时间为每日八时至二十时。\n\n第三条 会员授权俱乐部永久使用其人脸图像。")
	got := linter().Lint(doc, Options{Excerpt: true})
	if len(got) != 1 || got[0].Rule.ID != "art11-full-grant" {
		t.Fatalf("got %d findings, want art11-full-grant alone", len(got))
	}
	var quotes []string
	for _, e := range got[0].Evidence {
		quotes = append(quotes, doc.Quote(e.Span))
	}
	for _, want := range []string{"不可撤销", "永久"} {
		if !slices.Contains(quotes, want) {
			t.Errorf("evidence %q lacks %q: every limb has its location", quotes, want)
		}
	}
}

func TestContraryRightSoftens(t *testing.T) {
	text := "您授权我们永久使用您的人脸图像，该授权不可撤销。"
	if got := rules(t, text); !slices.Equal(got, []string{"art11-full-grant:error"}) {
		t.Fatalf("without the right: %q", got)
	}
	if got := rules(t, text+"您可以随时撤回对人脸图像的授权。"); !slices.Equal(got, []string{"art11-full-grant:warning"}) {
		t.Errorf("with the right: %q, want a warning", got)
	}
}

func TestFingerprintSurvivesMovingAndRenumbering(t *testing.T) {
	print := func(text string) string {
		fs := linter().Lint(read(t, text), Options{Excerpt: true})
		if len(fs) != 1 {
			t.Fatalf("%q: %d findings, want 1", text, len(fs))
		}
		return fs[0].Fingerprint
	}
	a := print("第七条 会员授权俱乐部永久使用其人脸图像，且不得撤回该授权。")
	for name, text := range map[string]string{
		"renumbered": "第十二条 会员授权俱乐部永久使用其人脸图像，且不得撤回该授权。",
		"moved":      "第一条 总则\n\n本协议自签署之日起生效。\n\n第二条 会员授权俱乐部永久使用其人脸图像，且不得撤回该授权。",
		"re-wrapped": "第七条 会员授权俱乐部永久使用其\n人脸图像，且不得撤回该授权。",
	} {
		if b := print(text); b != a {
			t.Errorf("%s: fingerprint %s, want %s", name, b, a)
		}
	}
	if b := print("第七条 会员授权俱乐部永久使用其人脸图像，且不得取消该授权。"); b == a {
		t.Error("another wording has the same fingerprint")
	}
}

// What a finding rests on must carry it: without the object or the qualities
// the finding goes or weakens.
func TestEvidenceIsFalsifiable(t *testing.T) {
	for _, text := range []string{
		"会员永久授权俱乐部使用其人脸图像，且不得撤回。",
		"“容貌资料”指您上传的人脸照片。\n您授权我们永久使用容貌资料，该授权不可撤销。",
		"You let us use your face scans. That permission is perpetual.",
		"顾客走进本店，即视为同意我们识别其人脸。",
		"不同意录入人脸的住户，一律不得进入小区。",
	} {
		doc := read(t, text)
		for _, f := range linter().Lint(doc, Options{Excerpt: true}) {
			for _, e := range f.Evidence {
				if e.Role == RoleGrant || e.Role == RoleContrary {
					continue
				}
				left := doc.Text[:e.Start] + doc.Text[e.End:]
				for _, g := range linter().Lint(read(t, left), Options{Excerpt: true}) {
					if g.Rule == f.Rule && g.Severity >= f.Severity && g.Confidence == f.Confidence && len(g.Evidence) >= len(f.Evidence) {
						t.Errorf("%q: %s stands unweakened without its %s %q", text, f.Rule.ID, e.Role, doc.Quote(e.Span))
					}
				}
			}
		}
	}
}

func TestLintIsDeterministicAndConcurrent(t *testing.T) {
	doc := read(t, strings.Repeat("会员永久授权俱乐部使用其人脸图像，且不得撤回。\n\n", 20))
	want := linter().Lint(doc, Options{Excerpt: true})
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			got := linter().Lint(doc, Options{Excerpt: true})
			if len(got) != len(want) {
				t.Errorf("%d findings, want %d", len(got), len(want))
				return
			}
			for i := range got {
				if got[i].Fingerprint != want[i].Fingerprint || got[i].Span != want[i].Span {
					t.Errorf("finding %d differs", i)
				}
			}
		}()
	}
	wg.Wait()
}

func FuzzLint(f *testing.F) {
	f.Add("第七条 “X”指您的人脸。\n（一）您永久授权我们；\n(a) not revocable: \"face")
	f.Add("You grant us a perpetual licence to your face. It may be sub-licensed.")
	f.Fuzz(func(t *testing.T, text string) {
		doc, err := document.Read("contract.txt", []byte(text), document.Options{})
		if err != nil {
			return
		}
		for _, x := range linter().Lint(doc, Options{Excerpt: true}) {
			if x.Start < 0 || x.End > len(doc.Text) || x.Start >= x.End {
				t.Fatalf("finding %v outside a text of %d bytes", x.Span, len(doc.Text))
			}
			for _, e := range x.Evidence {
				if e.Start < 0 || e.End > len(doc.Text) || e.Start > e.End {
					t.Fatalf("evidence %v outside a text of %d bytes", e.Span, len(doc.Text))
				}
			}
		}
	})
}

// A document without a root of an anchor is not read: each phrase of an anchor
// must hold one.
func TestEveryAnchorHasARoot(t *testing.T) {
	lib, err := clauses.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	l := New(lib)
	v := &l.vocabulary
	seen := map[string]bool{}
	for _, c := range []clauses.Concept{v.Face, v.Biometric, v.Likeness, v.Photo} {
		info := &lib.Lexicon.Concepts[c]
		for _, p := range info.Expanded() {
			if !l.roots.in(p) && !seen[p] {
				seen[p] = true
				t.Errorf("%s: %q", info.Name, p)
			}
		}
	}
}

// What others do, or was done before, binds nobody where we say that we do not.
func TestPracticeOfOthers(t *testing.T) {
	for text, want := range map[string]bool{
		"Some apps demand a perpetual and irrevocable licence to their users' facial data. Ours does not.":                                 false,
		"We used to describe the licence over your facial data as irrevocable and perpetual; that wording has been removed.":               false,
		"有的平台要求用户永久、不可撤销地授权其使用人脸信息，本平台不作此要求。":                                                                                              false,
		"You let some apps use your facial data perpetually and irrevocably, and we do not.":                                               true,
		"Other platforms that we choose receive from you an irrevocable, perpetual licence to your facial data. We do not supervise them.": true,
		"Other platforms ask for less; we do not. You grant us a perpetual and irrevocable licence to your facial data.":                   true,
		"您不可撤销地授权我们及其他平台永久使用您的人脸信息，旧版协议不再适用。":                                                                                              true,
	} {
		if got := len(linter().Lint(read(t, text), Options{Excerpt: true})) > 0; got != want {
			t.Errorf("%q: found %v, want %v", text, got, want)
		}
	}
}

// A service kept for persons who by their name have given their faces, or refused in
// the sentence after the one that allows to say no, depends on the face.
func TestConditionsAcrossSentences(t *testing.T) {
	for text, want := range map[string]bool{
		"“实脸用户”指已同意我们处理其面部特征的用户。非实脸用户不得使用本应用的任何功能。":                                                                                    true,
		"“实脸用户”指已同意我们处理其面部特征的用户。实脸用户可以使用刷脸登录。":                                                                                         false,
		"A \"Verified Member\" is one who has agreed to our processing of his or her face data. Only Verified Members may order.":      true,
		"A \"Verified Member\" is one who has shown us an identity card with a face on it. Only Verified Members may order.":           false,
		"You may say no to the face check. In that event we shall be unable to open an account for you.":                               true,
		"You may say no to the face check. In that event please use a password.":                                                       false,
		"We will not deliver your order unless you agree to the processing of your facial data.":                                       true,
		"We will not process your facial data unless you agree to it.":                                                                 false,
		"The shop is closed to customers who have not enrolled a face; they may order at the desk instead.":                            false,
		"You must not: (a) lend your pass; or (b) sit any paper without having enrolled your face; no other means of entry is offered": true,
	} {
		if got := len(linter().Lint(read(t, text), Options{Excerpt: true})) > 0; got != want {
			t.Errorf("%q: found %v, want %v", text, got, want)
		}
	}
}

// A definition for one clause holds there and nowhere else, whatever the term stands
// for in the rest of the document.
func TestScopeOfDefinitions(t *testing.T) {
	const (
		faces = "本条所称“资料”，是指您的人脸照片及面部特征。"
		notes = "本条所称“资料”，是指您发表的游记文字。"
		grant = "您永久、不可撤销地授权我们使用资料。"
	)
	for text, want := range map[string]int{
		"第五条 " + faces + grant + "\n\n第六条 " + notes + "我们妥善保管资料。":                                                                                                                                                                     1,
		"第五条 " + faces + "我们妥善保管资料。\n\n第六条 " + notes + grant:                                                                                                                                                                          0,
		"“资料”是指您发表的文字。\n\n第五条 " + faces + "我们妥善保管资料。\n\n第六条 " + grant:                                                                                                                                                                 0,
		"“资料”是指您的人脸照片及面部特征。\n\n第五条 " + notes + "我们妥善保管资料。\n\n第六条 " + grant:                                                                                                                                                            1,
		"“资料”是指您的人脸照片及面部特征。\n\n第五条 " + notes + grant + "\n\n第六条 我们妥善保管资料。":                                                                                                                                                            0,
		"5. In this Section, \"Materials\" means your face photographs. We keep Materials safe.\n\n6. In this Section, \"Materials\" means your travel notes. You grant us a perpetual and irrevocable licence to use the Materials.": 0,
	} {
		if got := len(linter().Lint(read(t, text), Options{Excerpt: true})); got != want {
			t.Errorf("%q: %d findings, want %d", text, got, want)
		}
	}
}
