package lint

import (
	"testing"

	"github.com/clauselint/clauselint/clauses"
)

// Who the parties are decides which grant takes from a person: a company that
// grants, or a grant between companies, is no fault of Article 11.
func TestNamedParties(t *testing.T) {
	const (
		zh = "本协议由杭州云影科技有限公司（以下简称“云影”）与张三（以下简称“小张”）签订。\n\n"
		en = "This Agreement is made between Lumen Imaging Ltd (\"Lumen\") and Jane Roe (\"Roe\").\n\n"
	)
	for _, c := range []struct {
		name, text string
		want       clauses.Severity // the highest; 0 is no finding
	}{
		{"person to company", zh + "小张不可撤销地、永久地授权云影使用其人脸信息。", clauses.Error},
		{"company to person", zh + "云影永久、不可撤销地授予小张使用人脸核验软件的权利。", 0},
		{"person to company, English", en + "Roe permits Lumen to use her face scans for ever and may not withdraw this permission.", clauses.Error},
		{"company to person, English", en + "Lumen grants Roe a perpetual and irrevocable licence to the face viewer.", 0},
		{"role lines, person to company", "甲方：上海晨星文化有限公司\n乙方：李雷（身份证号：______）\n\n乙方同意甲方永久使用其面部特征数据，且不得撤回。", clauses.Error},
		{"role lines, the other way round", "甲方：李雷\n乙方：上海晨星文化有限公司\n\n乙方永久、不可撤销地授予甲方使用人脸核验软件的权利。", 0},
		{"two companies", "甲方：上海晨星文化有限公司\n乙方：北京影识科技有限公司\n\n甲方不可撤销地、永久地授权乙方使用其采集的人脸信息。", clauses.Note},
		{"two companies, but their users grant", "甲方：上海晨星文化有限公司\n乙方：北京影识科技有限公司\n\n甲方应促使其终端用户永久、不可撤销地授权乙方处理其人脸信息。", clauses.Error},
		{"a customer that is a company", "This Agreement is between Acme Corp. (\"Customer\") and FaceTek Inc. (\"FaceTek\").\n\nCustomer shall procure that each end user grants FaceTek a perpetual, irrevocable licence to his or her facial data.", clauses.Error},
		{"a name with a comma and brackets", "Kestrel Management (Dalian) Co., Ltd. (\"Kestrel\") runs the lobby.\n\nIn line with Article 29 of the Law, every Visitor irrevocably authorises Kestrel to keep his or her facial data.", clauses.Error},
		{"content of users is no recipient", "This Agreement is between Starling Corporation (\"Starling\") and you.\n\nYou grant Starling and its designees a perpetual, irrevocable licence to sub-license the User Content and your facial image.", clauses.Error},
		{"a short name for a thing is no party", "云影科技有限公司提供的人脸服务（以下简称“服务”）。\n\n您永久、不可撤销地授权我们在服务中使用您的人脸信息。", clauses.Error},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got clauses.Severity
			for _, f := range linter().Lint(read(t, c.text), Options{Excerpt: true}) {
				got = max(got, f.Severity)
			}
			if got != c.want {
				t.Errorf("severity %v, want %v", got, c.want)
			}
		})
	}
}
