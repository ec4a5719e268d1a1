package report

// htmlWords is the HTML report's own words in one language. What other reports say too
// is in [vocabulary].
type htmlWords struct {
	Title, Skip, Contents, Back string
	// The head.
	Verdict, Tool, Library, LibrarySays, AsOf, Newest, Files, Disclaimer           string
	Clean, CleanWhy, Notes, NotesWhy, Doubt, DoubtWhy, Bad, BadWhy, Partly, Nobody string
	PartlyWhy, QuestionsWhy, WaivedWhy, KnownWhy, WithheldWhy                      string
	// The files.
	File, Kind, Format, Errors, Warnings, Remarks, Unreadable, Digest, DigestOf string
	NoVerdict, NoText                                                           string
	// The matrix.
	Matrix, MatrixIntro, Provision, Asks, Legend, Supporting, SupportingIntro, Uncovered, UncoveredIntro string
	AllCovered                                                                                           string
	Violates, Probably, Remark, Missing, Depends, Settled, Waived, Known, InOrder, Nothing, Covered      string
	NotApplicable, NoFaces, NoDuty, NotInForce, NoVerdictHere, Silenced, OtherRules, NoContract, OfFlows string
	Legends                                                                                              [12]string
	// Questions, decisions, problems.
	Questions, QuestionsIntro, Open, Answered, NoOpen, NoAnswered, HowTo, DecidesOn, Now, IfYes, IfNo string
	By, Date, Source, Yes, No                                                                         string
	Decisions, WaivedIntro, NoWaived, KnownIntro, NoKnown, Reason, Until, Always, Written             string
	Problems, NoProblems                                                                              string
	// The sign-off.
	SignOff, SignIntro, Decision, Approved, Conditions, Refused, ConditionsAre, Name, Role, Day, Signature string
	// The documents.
	Documents, Filter, Severity, Others, Only, Article, AllArticles, Filtered, NoFindings string
	Finding, Label, Clause, Basis, Instead, Proof, Confidence, Place, Tracked, Fact       string
	Previous, Next, Hidden, Also, All, Lacks, LacksIntro                                  string
	// The law.
	Law, LawIntro, Effective, Repealed, NotQuoted, NotHeld, Summary string
	FilesOf                                                         string // a format: the columns of a part of the matrix
	Confidences                                                     [3]string
}

// The words are two variables rather than a map, which would be filled at every start of
// the program.
var htmlEnglish = htmlWords{
	Title: "Review of terms on face data", Skip: "Skip to the verdict", Contents: "Contents", Back: "Back to the top",
	Verdict: "Verdict", Tool: "Tool", Library: "Rule library", LibrarySays: "%d rules, %d articles of %d instruments; newest law in force since %s",
	AsOf: "Law as of", Newest: "the newest law of the library", Files: "Files",
	Disclaimer: "This report says what the words of the documents show under the rules of the library. What the words cannot show is listed as a question, and what no rule looks at as not covered. It is no legal advice.",
	Clean:      "No objection found", CleanWhy: "The rules found nothing to object to.",
	Notes: "No objection, with remarks", NotesWhy: "The rules found weak signs and unclear disclosures only.",
	Doubt: "In doubt", DoubtWhy: "Terms are probably unlawful, or lawful only if facts outside the text are right.",
	Bad: "Not in order", BadWhy: "Terms are void or unlawful on their face.",
	Partly: "Incomplete", PartlyWhy: "There is no verdict on %s. Of the others: %s.", Nobody: "Nothing was reviewed",
	QuestionsWhy: "%s decide on findings and have no answer yet.", WaivedWhy: "%s waived by named persons and not counted.",
	KnownWhy: "%s in the baseline and not counted.", WithheldWhy: "%s not reported because of answered facts.",
	File: "File", Kind: "Kind", Format: "Read as", Errors: "Errors", Warnings: "Warnings", Remarks: "Notes",
	Unreadable: "could not be read", Digest: "SHA-256 of the text", DigestOf: "SHA-256 of the text as read",
	NoVerdict: "No verdict", NoText: "There is no text to show.",
	Matrix:      "The law, document by document",
	MatrixIntro: "Each rule stands under the provision that it chiefly rests on. Numbers lead to the findings in the text.",
	Provision:   "Provision", Asks: "Rule", Legend: "What the cells say",
	Supporting: "Cited in support only", SupportingIntro: "No rule rests chiefly on these provisions; rules above cite them in support.",
	Uncovered: "Not covered", UncoveredIntro: "The library holds these provisions, and no rule checks them.", AllCovered: "Rules cite every provision that the library holds.",
	Violates: "violates", Probably: "probably violates", Remark: "remark", Missing: "missing", Depends: "depends on a fact",
	Settled: "settled by a fact", Waived: "waived", Known: "in the baseline", InOrder: "in order", Nothing: "nothing found", Covered: "counted with",
	NotApplicable: "not applicable", NoFaces: "it does not speak of face data", NoDuty: "nothing in it gives rise to this duty",
	NotInForce: "not in force on %s", NoVerdictHere: "no verdict: not read", Silenced: "the configuration silences the rule", OtherRules: "the rules for this file do not have it",
	NoContract: "it is a configuration, no contract", OfFlows: "it is asked of all texts of a flow together",
	Legends: [12]string{
		"a term is void or unlawful on its face", "probably unlawful, or lawful only if facts outside the text are right",
		"a weak sign or an unclear disclosure", "the document does not say what the law asks it to say; the symbol tells the severity",
		"an open question decides", "an answered question leaves nothing to report", "a named person answers for letting it stand",
		"known before, as the baseline records", "the document says what the rule asks for, in the words quoted",
		"no words that the rule is about were found; this is not a finding that the document complies",
		"a graver rule speaks of the same words", "the reason is given",
	},
	Questions: "Questions that the texts leave open", QuestionsIntro: "The text of a document cannot tell these facts, and findings rest on them.",
	Open: "Open", Answered: "Answered", NoOpen: "No question is open.", NoAnswered: "No question has been answered.",
	HowTo: "How to answer", DecidesOn: "Decides on", Now: "now %s", IfYes: "if yes: %s", IfNo: "if no: %s",
	By: "By", Date: "Date", Source: "Source", Yes: "Yes", No: "No",
	Decisions: "Waivers and baseline", WaivedIntro: "Waived", NoWaived: "Nothing is waived.", KnownIntro: "In the baseline", NoKnown: "Nothing is in a baseline.",
	Reason: "Reason", Until: "Until", Always: "no end date", Written: "Written in",
	Problems: "Problems of the files", NoProblems: "Every file was read, and without a problem.",
	SignOff: "Sign-off", SignIntro: "Fill in here before printing, or on paper.", Decision: "Decision",
	Approved: "Approved", Conditions: "Approved on conditions", Refused: "Not approved", ConditionsAre: "Conditions and remarks",
	Name: "Name", Role: "Role", Day: "Date", Signature: "Signature",
	Documents: "The documents", Filter: "Show", Severity: "Severity", Others: "waived, known, settled", Only: "only text with findings",
	Article: "Article", AllArticles: "all articles", Filtered: "one chosen", NoFindings: "No findings.",
	Finding: "Finding", Label: "Finding %s, %s", Clause: "Clause", Basis: "Basis", Instead: "Instead", Proof: "Law and evidence",
	Confidence: "Confidence", Place: "Place", Tracked: "Tracked changes", Fact: "Fact",
	Previous: "Previous", Next: "Next", Hidden: "hidden text", Also: "Also", All: "open all cards",
	Lacks: "What the document does not say or show", LacksIntro: "The number in the text is where the duty arises.",
	Law: "The law", LawIntro: "The provisions that this report cites, in the words of the library.", Effective: "in force since %s", Repealed: "repealed on %s",
	NotQuoted: "Its wording was not verified and is not quoted.", NotHeld: "The library does not hold this provision.",
	Summary: "In short", FilesOf: "Documents %d to %d of %d",
	Confidences: [3]string{"high", "medium", "low"},
}

var htmlChinese = htmlWords{
	Title: "人脸信息条款审核报告", Skip: "跳到结论", Contents: "目录", Back: "回到顶部",
	Verdict: "结论", Tool: "工具", Library: "规则库", LibrarySays: "%d 条规则，%d 个条文，出自 %d 部法律文件；最新的自 %s 起施行",
	AsOf: "法律适用日", Newest: "规则库中最新的法律", Files: "文件",
	Disclaimer: "本报告说明依规则库的规则，文件的文字表明什么。文字无法表明的列为待答问题，没有规则检查的列为未覆盖。本报告不构成法律意见。",
	Clean:      "未发现异议", CleanWhy: "规则没有发现可提出异议之处。",
	Notes: "无异议，有提示", NotesWhy: "规则只发现较弱的迹象和不清楚的告知。",
	Doubt: "存疑", DoubtWhy: "有条款很可能违法，或者只有在文本以外的事实成立时才合法。",
	Bad: "不符合要求", BadWhy: "有条款就其文字即属无效或者违法。",
	Partly: "不完整", PartlyWhy: "%s没有结论。其余：%s。", Nobody: "没有审核任何文件",
	QuestionsWhy: "%s影响结论，尚未回答。", WaivedWhy: "%s由具名人员豁免，不计入。",
	KnownWhy: "%s已在基线中，不计入。", WithheldWhy: "%s因已答的事实不报。",
	File: "文件", Kind: "类型", Format: "读取为", Errors: "错误", Warnings: "警告", Remarks: "提示",
	Unreadable: "无法读取", Digest: "文本 SHA-256", DigestOf: "所读文本的 SHA-256",
	NoVerdict: "没有结论", NoText: "没有可显示的文本。",
	Matrix:      "条文与文件对照表",
	MatrixIntro: "每条规则列在其主要依据的条文之下。编号指向正文中的问题。",
	Provision:   "条文", Asks: "规则", Legend: "各格含义",
	Supporting: "仅作辅助依据", SupportingIntro: "没有规则以这些条文为主要依据，上面的规则引用它们作为辅助依据。",
	Uncovered: "未覆盖", UncoveredIntro: "规则库收有这些条文，但没有规则检查。", AllCovered: "规则库所收的条文均有规则引用。",
	Violates: "违反", Probably: "很可能违反", Remark: "提示", Missing: "缺少", Depends: "取决于事实",
	Settled: "已由事实解决", Waived: "已豁免", Known: "在基线中", InOrder: "符合", Nothing: "未发现", Covered: "并入",
	NotApplicable: "不适用", NoFaces: "文件未涉及人脸信息", NoDuty: "文件中没有引起该项义务的内容",
	NotInForce: "%s 时未施行", NoVerdictHere: "没有结论：未能读取", Silenced: "配置关闭了该规则", OtherRules: "该文件适用的规则中没有此条",
	NoContract: "是配置文件，不是合同", OfFlows: "须就流程的全部文本一并检查",
	Legends: [12]string{
		"条款就其文字即属无效或者违法", "很可能违法，或者只有在文本以外的事实成立时才合法",
		"较弱的迹象，或者不清楚的告知", "文件没有写明法律要求写明的内容；符号表示严重程度",
		"由待答的问题决定", "已答的问题使其无须报告", "具名人员负责保留该条款",
		"基线记载，此前已知", "文件写明了规则所要求的内容，见所引文字",
		"没有发现规则所针对的文字；这不等于认定文件合规",
		"更严重的规则已就同一文字报告", "注明理由",
	},
	Questions: "文本未能回答的问题", QuestionsIntro: "文件的文字无法表明这些事实，而有的结论取决于它们。",
	Open: "待答", Answered: "已答", NoOpen: "没有待答的问题。", NoAnswered: "没有已答的问题。",
	HowTo: "怎样回答", DecidesOn: "影响", Now: "现在%s", IfYes: "答“是”：%s", IfNo: "答“否”：%s",
	By: "负责人", Date: "日期", Source: "依据", Yes: "是", No: "否",
	Decisions: "豁免与基线", WaivedIntro: "已豁免", NoWaived: "没有豁免。", KnownIntro: "在基线中", NoKnown: "没有基线中的问题。",
	Reason: "理由", Until: "有效至", Always: "无截止日期", Written: "记载于",
	Problems: "文件的问题", NoProblems: "所有文件均已读取，没有问题。",
	SignOff: "签署", SignIntro: "可先在此填写再打印，也可打印后填写。", Decision: "决定",
	Approved: "同意", Conditions: "附条件同意", Refused: "不同意", ConditionsAre: "条件与备注",
	Name: "姓名", Role: "职务", Day: "日期", Signature: "签名",
	Documents: "文件全文", Filter: "显示", Severity: "严重程度", Others: "已豁免、已知、已解决", Only: "只看有问题的文字",
	Article: "条文", AllArticles: "全部条文", Filtered: "已选一条", NoFindings: "没有发现问题。",
	Finding: "问题", Label: "问题 %s（%s）", Clause: "条款", Basis: "依据", Instead: "建议", Proof: "条文与证据",
	Confidence: "把握", Place: "位置", Tracked: "修订", Fact: "事实",
	Previous: "上一个", Next: "下一个", Hidden: "隐藏文字", Also: "另见", All: "展开全部",
	Lacks: "文件没有写明或者没有标明的内容", LacksIntro: "正文中的编号是义务产生之处。",
	Law: "法律条文", LawIntro: "本报告引用的条文，文字出自规则库。", Effective: "自 %s 起施行", Repealed: "%s 废止",
	NotQuoted: "原文未核对，不予引用。", NotHeld: "规则库未收此条。",
	Summary: "要点", FilesOf: "文件 %d 至 %d，共 %d 个",
	Confidences: [3]string{"高", "中", "低"},
}
