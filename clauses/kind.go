package clauses

// DocumentKind is what sort of agreement or notice a document is. How bad a term is
// can depend on it: Article 10 of 法释〔2021〕15号 binds the manager of a building.
type DocumentKind string

// The kinds of document, as rule pages, configurations and flags write them.
const (
	UserAgreement DocumentKind = "user-agreement"
	PrivacyPolicy DocumentKind = "privacy-policy"
	FaceAgreement DocumentKind = "face-agreement" // about face recognition and little else
	Property      DocumentKind = "property"       // access to homes and other buildings
	Employment    DocumentKind = "employment"
	Minors        DocumentKind = "minors" // a service for children, or a school
	B2B           DocumentKind = "b2b"    // between companies
)

// DocumentKinds are all of them.
var DocumentKinds = []DocumentKind{UserAgreement, PrivacyPolicy, FaceAgreement, Property, Employment, Minors, B2B}

// kindNames name the kinds to a reader.
var kindNames = map[DocumentKind]Text{
	UserAgreement: {"用户协议", "user agreement"},
	PrivacyPolicy: {"隐私政策", "privacy policy"},
	FaceAgreement: {"人脸识别协议", "face recognition agreement"},
	Property:      {"物业、建筑物门禁文件", "property access document"},
	Employment:    {"用工文件", "employment document"},
	Minors:        {"面向未成年人的文件", "document of a service for minors"},
	B2B:           {"企业间合同", "contract between companies"},
}

// Name is what a reader calls the kind.
func (k DocumentKind) Name() Text { return kindNames[k] }
