package lint

import (
	"fmt"
	"reflect"

	"github.com/clauselint/clauselint/clauses"
)

// vocabulary names the concepts that the reading of sentences itself needs:
// who acts, what denies, what points back. Rules name all others.
type vocabulary struct {
	Face            clauses.Concept `concept:"FACE"`
	Biometric       clauses.Concept `concept:"BIOMETRIC"`
	Likeness        clauses.Concept `concept:"LIKENESS"`
	Photo           clauses.Concept `concept:"PHOTO"`
	Technique       clauses.Concept `concept:"TECHNIQUE"`
	Content         clauses.Concept `concept:"CONTENT"`
	PersonalInfo    clauses.Concept `concept:"PERSONAL INFORMATION"`
	OtherBearer     clauses.Concept `concept:"OTHER BEARER"`
	Deletion        clauses.Concept `concept:"DELETION"`
	Storage         clauses.Concept `concept:"STORAGE"`
	DeviceFace      clauses.Concept `concept:"DEVICE FACE"`
	User            clauses.Concept `concept:"USER"`
	Company         clauses.Concept `concept:"COMPANY"`
	ThirdParty      clauses.Concept `concept:"THIRD PARTY"`
	Grant           clauses.Concept `concept:"GRANT"`
	Consent         clauses.Concept `concept:"CONSENT"`
	Use             clauses.Concept `concept:"USE"`
	Withdraw        clauses.Concept `concept:"WITHDRAW"`
	End             clauses.Concept `concept:"END"`
	PassOn          clauses.Concept `concept:"PASS ON"`
	Waive           clauses.Concept `concept:"WAIVE"`
	Decline         clauses.Concept `concept:"DECLINE"`
	Deny            clauses.Concept `concept:"DENY"`
	Service         clauses.Concept `concept:"SERVICE"`
	Precondition    clauses.Concept `concept:"PRECONDITION"`
	Deem            clauses.Concept `concept:"DEEM"`
	Conduct         clauses.Concept `concept:"CONDUCT"`
	Silence         clauses.Concept `concept:"SILENCE"`
	AcceptPackage   clauses.Concept `concept:"ACCEPT PACKAGE"`
	StrongBundle    clauses.Concept `concept:"STRONG BUNDLE"`
	WeakBundle      clauses.Concept `concept:"WEAK BUNDLE"`
	OtherPermission clauses.Concept `concept:"OTHER PERMISSION"`
	Taking          clauses.Concept `concept:"TAKING"`
	Bundled         clauses.Concept `concept:"BUNDLED"`
	Deemed          clauses.Concept `concept:"DEEMED"`
	Irrevocable     clauses.Concept `concept:"IRREVOCABLE"`
	Perpetual       clauses.Concept `concept:"PERPETUAL"`
	SoftPerpetual   clauses.Concept `concept:"SOFT PERPETUAL"`
	Sublicensable   clauses.Concept `concept:"SUBLICENSABLE"`
	Freely          clauses.Concept `concept:"FREELY"`
	Capture         clauses.Concept `concept:"CAPTURE"`
	Not             clauses.Concept `concept:"NOT"`
	Able            clauses.Concept `concept:"ABLE"`
	If              clauses.Concept `concept:"IF"`
	Unless          clauses.Concept `concept:"UNLESS"`
	But             clauses.Concept `concept:"BUT"`
	Law             clauses.Concept `concept:"LAW"`
	Ask             clauses.Concept `concept:"ASK"`
	Back            clauses.Concept `concept:"BACK"`
	AfterEnd        clauses.Concept `concept:"AFTER END"`
	Afterwards      clauses.Concept `concept:"AFTERWARDS"`
	AppliesTo       clauses.Concept `concept:"APPLIES TO"`
	Excludes        clauses.Concept `concept:"EXCLUDES"`
	AtAnyTime       clauses.Concept `concept:"AT ANY TIME"`
	Separate        clauses.Concept `concept:"SEPARATE"`
	WayOut          clauses.Concept `concept:"WAY OUT"`
	FeatureOnly     clauses.Concept `concept:"FEATURE ONLY"`
	DutyOfUser      clauses.Concept `concept:"DUTY OF USER"`
	Business        clauses.Concept `concept:"BUSINESS"`
	Nothing         clauses.Concept `concept:"NOTHING"`
	NotBecause      clauses.Concept `concept:"NOT BECAUSE"`
	ReasonGiven     clauses.Concept `concept:"REASON GIVEN"`
	Algorithm       clauses.Concept `concept:"ALGORITHM"`
	Ownership       clauses.Concept `concept:"OWNERSHIP"`
	Exclusive       clauses.Concept `concept:"EXCLUSIVE"`
	Scope           clauses.Concept `concept:"SCOPE"`
	AnyPurpose      clauses.Concept `concept:"ANY PURPOSE"`
	AnyForm         clauses.Concept `concept:"ANY FORM"`
	Package         clauses.Concept `concept:"PACKAGE"`
	Object          clauses.Concept `concept:"OBJECT"`
	Claim           clauses.Concept `concept:"CLAIM"`
	Unable          clauses.Concept `concept:"UNABLE"`
	RightsWaived    clauses.Concept `concept:"RIGHTS WAIVED"`
	LightVerb       clauses.Concept `concept:"LIGHT VERB"`
	StrongDeem      clauses.Concept `concept:"STRONG DEEM"`
	AcceptVerb      clauses.Concept `concept:"ACCEPT VERB"`
	Admit           clauses.Concept `concept:"ADMIT"`
	Authorise       clauses.Concept `concept:"AUTHORISE"`
	Unaffected      clauses.Concept `concept:"UNAFFECTED"`
	None            clauses.Concept `concept:"NONE"`
	Futile          clauses.Concept `concept:"FUTILE"`
	Otherwise       clauses.Concept `concept:"OTHERWISE"`
	Cover           clauses.Concept `concept:"COVER"`
	DataNoun        clauses.Concept `concept:"DATA NOUN"`
	RuledOut        clauses.Concept `concept:"RULED OUT"`
	Duty            clauses.Concept `concept:"DUTY"`
	Warrant         clauses.Concept `concept:"WARRANT"`
	Serve           clauses.Concept `concept:"SERVE"`
	FaceWord        clauses.Concept `concept:"FACE WORD"`
	PurposeNoun     clauses.Concept `concept:"PURPOSE NOUN"`
	Any             clauses.Concept `concept:"ANY"`
	Tribunal        clauses.Concept `concept:"TRIBUNAL"`
	Needless        clauses.Concept `concept:"NEEDLESS"`
	Allow           clauses.Concept `concept:"ALLOW"`
	InTurn          clauses.Concept `concept:"IN TURN"`
	OpenParty       clauses.Concept `concept:"OPEN PARTY"`
	Faces           clauses.Concept `concept:"FACES"`
	Before          clauses.Concept `concept:"BEFORE"`
	Without         clauses.Concept `concept:"WITHOUT"`
	Hinder          clauses.Concept `concept:"HINDER"`
	Harm            clauses.Concept `concept:"HARM"`
	Quote           clauses.Concept `concept:"QUOTE"`
	Elsewhere       clauses.Concept `concept:"ELSEWHERE"`
	Disowned        clauses.Concept `concept:"DISOWNED"`
	// These are of the second reading.
	Relieve          clauses.Concept `concept:"RELIEVE"`
	DefinesSensitive clauses.Concept `concept:"DEFINES SENSITIVE"`
	PropertyTitle    clauses.Concept `concept:"PROPERTY TITLE"`
	EmploymentTitle  clauses.Concept `concept:"EMPLOYMENT TITLE"`
	MinorsTitle      clauses.Concept `concept:"MINORS TITLE"`
	BusinessTitle    clauses.Concept `concept:"BUSINESS TITLE"`
	PrivacyTitle     clauses.Concept `concept:"PRIVACY TITLE"`
	TermsTitle       clauses.Concept `concept:"TERMS TITLE"`
	NoticeHeading    clauses.Concept `concept:"NOTICE HEADING"`
	PersonAtHome     clauses.Concept `concept:"PERSON AT HOME"`
	PersonAtWork     clauses.Concept `concept:"PERSON AT WORK"`
	PersonAtSchool   clauses.Concept `concept:"PERSON AT SCHOOL"`
}

// newVocabulary looks the names up; a library without one of them is refused.
func newVocabulary(lex *clauses.Lexicon) (vocabulary, error) {
	var v vocabulary
	rv, rt := reflect.ValueOf(&v).Elem(), reflect.TypeOf(v)
	for i := range rt.NumField() {
		name := rt.Field(i).Tag.Get("concept")
		c, ok := lex.Concept(name)
		if !ok {
			return v, fmt.Errorf("the library has no concept %s, which the linter reads sentences with", name)
		}
		rv.Field(i).SetInt(int64(c))
	}
	return v, nil
}
