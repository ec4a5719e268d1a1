package rewrite

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
	"github.com/clauselint/clauselint/lint"
)

func linter(t *testing.T) *lint.Linter {
	t.Helper()
	library, err := clauses.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return lint.New(library)
}

// rewritten is a Markdown text with all proposals made, and the proposals.
func rewritten(t *testing.T, l *lint.Linter, text string) (string, []Proposal) {
	t.Helper()
	read := func(data []byte) (*document.Document, []lint.Finding) {
		d, err := document.Read("a.md", data, document.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return d, l.Lint(d, lint.Options{})
	}
	doc, findings := read([]byte(text))
	proposals := Propose(doc, findings, func(edits []document.Edit) ([]lint.Finding, error) {
		out, err := doc.Edited(edits)
		if err != nil {
			return nil, err
		}
		_, after := read(out)
		return after, nil
	})
	var edits []document.Edit
	for _, p := range proposals {
		edits = append(edits, p.Edits...)
	}
	out, err := doc.Edited(edits)
	if err != nil {
		t.Fatal(err)
	}
	return string(out), proposals
}

// TestLimbsAreTakenOut: the smallest edit takes out the words that make a grant void and
// leaves a sentence.
func TestLimbsAreTakenOut(t *testing.T) {
	l := linter(t)
	for before, want := range map[string]string{
		"您授予我们永久的、不可撤销的、可转授权的权利，以使用您的人脸图像。":                                                         "您授予我们权利，以使用您的人脸图像。",
		"您授予我们非独占的、永久的、不可撤销的权利，以使用您的人脸图像。":                                                          "您授予我们非独占的权利，以使用您的人脸图像。",
		"您授权我们永久使用您的人脸图像。":                                                                          "您授权我们使用您的人脸图像。",
		"You grant us a perpetual, irrevocable licence to use your facial image.":                   "You grant us a licence to use your facial image.",
		"You grant us a non-exclusive, perpetual and irrevocable licence to use your facial image.": "You grant us a non-exclusive licence to use your facial image.",
		"You grant us an irrevocable licence to use your facial image.":                             "You grant us a licence to use your facial image.",
		"You irrevocably grant us a licence to use your facial image.":                              "You grant us a licence to use your facial image.",
	} {
		got, proposals := rewritten(t, l, before+"\n")
		if diff := cmp.Diff(want+"\n", got); diff != "" {
			t.Errorf("%s\n%s", before, diff)
		}
		if len(proposals) != 1 || len(proposals[0].Blanks) != 0 {
			t.Errorf("%s: %d proposals", before, len(proposals))
		}
	}
}

// TestSentencesAreReplaced: where the words are what the sentence says, the rule's wording
// takes its place and its number stays.
func TestSentencesAreReplaced(t *testing.T) {
	l := linter(t)
	text := "# 门禁协议\n\n5.1 会员应当爱护设施。因人脸信息泄露造成的损失，本公司不承担责任。\n"
	got, proposals := rewritten(t, l, text)
	if len(proposals) == 0 || !strings.HasPrefix(got, "# 门禁协议\n\n5.1 会员应当爱护设施。") || strings.Contains(got, "不承担责任") {
		t.Fatalf("%d proposals: %s", len(proposals), got)
	}
	for _, blank := range proposals[0].Blanks {
		if !strings.HasPrefix(blank, "【") || !strings.HasSuffix(blank, "】") || !strings.Contains(got, blank) {
			t.Errorf("blank %q in %s", blank, got)
		}
	}
}

// TestWhatIsOfferedHolds: on every flagged example of the library, each finding that is
// rewritten is gone and nothing worse came, and what is not is as before.
func TestWhatIsOfferedHolds(t *testing.T) {
	l := linter(t)
	library, err := clauses.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	offered, flagged := 0, 0
	for _, r := range library.Rules {
		for i, x := range r.Examples {
			if !x.Flagged || i%4 != 0 { // a quarter is enough, and fast
				continue
			}
			doc, opts, err := lint.ReadExample(x)
			if err != nil {
				t.Fatal(err)
			}
			opts.Excerpt = true
			findings := l.Lint(doc, opts)
			weighty := 0
			for _, f := range findings {
				if f.Severity >= clauses.Warning {
					weighty++
				}
			}
			if weighty == 0 {
				continue
			}
			flagged++
			try := func(edits []document.Edit) ([]lint.Finding, error) {
				out, err := doc.Edited(edits)
				if err != nil {
					return nil, err
				}
				after, err := document.Read(doc.Name, out, document.Options{})
				if err != nil {
					return nil, err
				}
				return l.Lint(after, opts), nil
			}
			proposals := Propose(doc, findings, try)
			if len(proposals) == 0 {
				continue
			}
			offered++
			var edits []document.Edit
			for _, p := range proposals {
				edits = append(edits, p.Edits...)
			}
			after, err := try(edits)
			if err != nil {
				t.Fatalf("%s: %v", r.ID, err)
			}
			if now, before := count(after), count(findings); !now.better(before, proposals[0].Finding.Rule.ID) {
				t.Errorf("%s: %s: findings %v, before %v", r.ID, x.Text, now, before)
			}
		}
	}
	t.Logf("%d of %d examples are rewritten", offered, flagged)
	if 10*offered < 9*flagged {
		t.Errorf("%d of %d examples are rewritten, want nine in ten", offered, flagged)
	}
}
