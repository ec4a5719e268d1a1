package lsp

// uiWords are the words of the user interface, as against those of findings, which speak
// the language of their clause.
type uiWords struct {
	lang                               string
	law, evidence, instead, open, fact string // labels in a hover
	defined                            string
	rewrite, insert, explain, waive    string // titles of actions; formats
	fixAll                             string
	withheld, known, waived            string // before a message; waived is a format
	scanning                           string
	counts                             [3]string // formats of errors, warnings, notes
	comma                              string
}

var uiChinese = uiWords{
	lang: "zh", law: "依据", evidence: "证据", instead: "合规写法", open: "待答", fact: "事实", defined: "定义",
	rewrite: "改为合规写法：%s", insert: "在本条之后补上合规条款：%s", explain: "说明规则 %s", waive: "豁免 %s（填写理由和责任人）",
	fixAll: "应用所有无需填空的合规改写", withheld: "因已答的事实不报：", known: "已在基线中：", waived: "已豁免（%s：%s）：", scanning: "正在检查工作区中的合同",
	counts: [3]string{"%d 个错误", "%d 个警告", "%d 个提示"}, comma: "，",
}

var uiEnglish = uiWords{
	lang: "en", law: "Law", evidence: "Evidence", instead: "Compliant wording", open: "Open", fact: "Fact", defined: "Definition",
	rewrite: "Use compliant wording: %s", insert: "Add a compliant clause after this one: %s", explain: "Explain rule %s", waive: "Waive %s (fill in reason and name)",
	fixAll: "Apply all compliant rewrites that leave nothing to fill in", withheld: "Not reported, by an established fact: ", known: "Held by the baseline: ", waived: "Waived (%s: %s): ", scanning: "Linting the contracts of the workspace",
	counts: [3]string{"errors: %d", "warnings: %d", "notes: %d"}, comma: ", ",
}

// words are those of the language that the client asked for.
func (s *Server) words() *uiWords {
	if s.client.zh {
		return &uiChinese
	}
	return &uiEnglish
}
