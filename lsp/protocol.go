package lsp

import "encoding/json"

// The types of LSP 3.17 that are used here, by their names in the specification and
// with no more fields than are used. Lines and characters count from 0; the unit of
// characters is agreed on in initialize, see position.go.
type (
	// Position is a place between two characters (LSP 3.17, "Position").
	Position struct {
		Line      uint32 `json:"line"`
		Character uint32 `json:"character"`
	}
	// Range is a stretch of a document, its end exclusive (LSP 3.17, "Range").
	Range struct {
		Start Position `json:"start"`
		End   Position `json:"end"`
	}
	// Location is a range in a document (LSP 3.17, "Location").
	Location struct {
		URI   string `json:"uri"`
		Range Range  `json:"range"`
	}
	// LocationLink leads from the words at OriginSelectionRange to a place (LSP 3.17,
	// "LocationLink").
	LocationLink struct {
		OriginSelectionRange Range  `json:"originSelectionRange"`
		TargetURI            string `json:"targetUri"`
		TargetRange          Range  `json:"targetRange"`
		TargetSelectionRange Range  `json:"targetSelectionRange"`
	}
	// TextEdit puts NewText in the place of a range (LSP 3.17, "TextEdit").
	TextEdit struct {
		Range   Range  `json:"range"`
		NewText string `json:"newText"`
	}
	// TextDocumentEdit is edits of one version of a document (LSP 3.17,
	// "TextDocumentEdit").
	TextDocumentEdit struct {
		TextDocument VersionedDocument `json:"textDocument"`
		Edits        []TextEdit        `json:"edits"`
	}
	// VersionedDocument names a version of a document; nil is that on disk (LSP 3.17,
	// "OptionalVersionedTextDocumentIdentifier").
	VersionedDocument struct {
		URI     string `json:"uri"`
		Version *int32 `json:"version"`
	}
	// WorkspaceEdit has either field, as the client wants it (LSP 3.17, "WorkspaceEdit").
	WorkspaceEdit struct {
		Changes         map[string][]TextEdit `json:"changes,omitempty"`
		DocumentChanges []TextDocumentEdit    `json:"documentChanges,omitempty"`
	}
	// Command is something that the server does when asked (LSP 3.17, "Command").
	Command struct {
		Title     string `json:"title"`
		Command   string `json:"command"`
		Arguments []any  `json:"arguments,omitempty"`
	}
	// MarkupContent is text for people; Kind is "markdown" or "plaintext" (LSP 3.17,
	// "MarkupContent").
	MarkupContent struct {
		Kind  string `json:"kind"`
		Value string `json:"value"`
	}
)

// Diagnostic is a finding as an editor shows it (LSP 3.17, "Diagnostic").
type Diagnostic struct {
	Range              Range                `json:"range"`
	Severity           int                  `json:"severity"`
	Code               string               `json:"code,omitempty"`
	CodeDescription    *CodeDescription     `json:"codeDescription,omitempty"`
	Source             string               `json:"source"`
	Message            string               `json:"message"`
	Tags               []int                `json:"tags,omitempty"`
	RelatedInformation []RelatedInformation `json:"relatedInformation,omitempty"`
	Data               *DiagnosticData      `json:"data,omitempty"`
}

// The severities of a diagnostic and its tag for text that has no effect.
const (
	severityError       = 1
	severityWarning     = 2
	severityInformation = 3
	severityHint        = 4
	tagUnnecessary      = 1
)

type (
	// CodeDescription is the page that explains a code (LSP 3.17, "CodeDescription").
	CodeDescription struct {
		Href string `json:"href"`
	}
	// RelatedInformation is a piece of evidence (LSP 3.17, "DiagnosticRelatedInformation").
	RelatedInformation struct {
		Location Location `json:"location"`
		Message  string   `json:"message"`
	}
	// DiagnosticData goes to the client and comes back with a request for code actions
	// (LSP 3.17, "Diagnostic", data).
	DiagnosticData struct {
		// Fingerprint is that of the finding.
		Fingerprint string `json:"fingerprint"`
		// Quote is the words underlined, on one line and without markup.
		Quote string `json:"quote"`
	}
	// publishParams is "PublishDiagnosticsParams".
	publishParams struct {
		URI         string          `json:"uri"`
		Version     *int32          `json:"version,omitempty"`
		Diagnostics json.RawMessage `json:"diagnostics"` // []Diagnostic
	}
	// documentReport is "DocumentDiagnosticReport", and with URI and Version
	// "WorkspaceDocumentDiagnosticReport".
	documentReport struct {
		Kind     string        `json:"kind"` // "full" or "unchanged"
		ResultID string        `json:"resultId"`
		Items    *[]Diagnostic `json:"items,omitempty"`
	}
	workspaceDocumentReport struct {
		documentReport
		URI     string `json:"uri"`
		Version *int32 `json:"version"`
	}
	workspaceReport struct {
		Items []workspaceDocumentReport `json:"items"`
	}
)

// What clients send.
type (
	documentID struct {
		URI string `json:"uri"`
	}
	// documentParams is the part of parameters that names a document.
	documentParams struct {
		TextDocument documentID `json:"textDocument"`
	}
	positionParams struct {
		documentParams
		Position Position `json:"position"`
	}
	didOpenParams struct {
		TextDocument struct {
			URI        string `json:"uri"`
			LanguageID string `json:"languageId"`
			Version    int32  `json:"version"`
			Text       string `json:"text"`
		} `json:"textDocument"`
	}
	didChangeParams struct {
		TextDocument struct {
			URI     string `json:"uri"`
			Version int32  `json:"version"`
		} `json:"textDocument"`
		ContentChanges []contentChange `json:"contentChanges"`
	}
	// contentChange replaces a range, or the whole text where there is none.
	contentChange struct {
		Range *Range `json:"range"`
		Text  string `json:"text"`
	}
	watchedFilesParams struct {
		Changes []struct {
			URI  string `json:"uri"`
			Type int    `json:"type"`
		} `json:"changes"`
	}
	workspaceFolder struct {
		URI  string `json:"uri"`
		Name string `json:"name"`
	}
	foldersParams struct {
		Event struct {
			Added   []workspaceFolder `json:"added"`
			Removed []workspaceFolder `json:"removed"`
		} `json:"event"`
	}
	pullParams struct {
		documentParams
		PreviousResultID string `json:"previousResultId"`
	}
	workspacePullParams struct {
		PreviousResultIDs []struct {
			URI   string `json:"uri"`
			Value string `json:"value"`
		} `json:"previousResultIds"`
		PartialResultToken json.RawMessage `json:"partialResultToken"`
		WorkDoneToken      json.RawMessage `json:"workDoneToken"`
	}
	completionParams struct {
		positionParams
		Context struct {
			TriggerCharacter string `json:"triggerCharacter"`
		} `json:"context"`
	}
	referenceParams struct {
		positionParams
		Context struct {
			IncludeDeclaration bool `json:"includeDeclaration"`
		} `json:"context"`
	}
	codeActionParams struct {
		documentParams
		Range   Range `json:"range"`
		Context struct {
			Only []string `json:"only"`
		} `json:"context"`
	}
	rangeParams struct {
		documentParams
		Range Range `json:"range"`
	}
	commandParams struct {
		Command   string            `json:"command"`
		Arguments []json.RawMessage `json:"arguments"`
	}
)

// What features answer.
type (
	hover struct {
		Contents MarkupContent `json:"contents"`
		Range    Range         `json:"range"`
	}
	codeAction struct {
		Title       string         `json:"title"`
		Kind        string         `json:"kind"`
		Diagnostics []Diagnostic   `json:"diagnostics,omitempty"`
		IsPreferred bool           `json:"isPreferred,omitempty"`
		Edit        *WorkspaceEdit `json:"edit,omitempty"`
		Command     *Command       `json:"command,omitempty"`
	}
	documentSymbol struct {
		Name           string           `json:"name"`
		Detail         string           `json:"detail,omitempty"`
		Kind           int              `json:"kind"`
		Range          Range            `json:"range"`
		SelectionRange Range            `json:"selectionRange"`
		Children       []documentSymbol `json:"children,omitempty"`
	}
	symbolInformation struct {
		Name          string   `json:"name"`
		Kind          int      `json:"kind"`
		Location      Location `json:"location"`
		ContainerName string   `json:"containerName,omitempty"`
	}
	foldingRange struct {
		StartLine uint32 `json:"startLine"`
		EndLine   uint32 `json:"endLine"`
	}
	documentLink struct {
		Range   Range  `json:"range"`
		Target  string `json:"target"`
		Tooltip string `json:"tooltip,omitempty"`
	}
	codeLens struct {
		Range   Range   `json:"range"`
		Command Command `json:"command"`
	}
	completionList struct {
		IsIncomplete bool             `json:"isIncomplete"`
		Items        []completionItem `json:"items"`
	}
	completionItem struct {
		Label         string         `json:"label"`
		Kind          int            `json:"kind"`
		Detail        string         `json:"detail,omitempty"`
		Documentation *MarkupContent `json:"documentation,omitempty"`
		FilterText    string         `json:"filterText,omitempty"`
		TextEdit      *TextEdit      `json:"textEdit"`
	}
	inlayHint struct {
		Position    Position `json:"position"`
		Label       string   `json:"label"`
		PaddingLeft bool     `json:"paddingLeft"`
		Tooltip     string   `json:"tooltip,omitempty"`
	}
)
