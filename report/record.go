package report

import (
	"bytes"
	"encoding/json"
	"io"
)

// Record is what became of one line of a stream of documents.
type Record struct {
	// Line is the number of the line that it came in, from 1.
	Line int
	// ID is what the sender calls it; nil where the sender gave it no name.
	ID     *string
	Result Result
}

// jsonRecord is a line of a stream; docs/batch.schema.json describes it.
type jsonRecord struct {
	Line int      `json:"line"`
	ID   *string  `json:"id,omitempty"`
	File jsonFile `json:"file"`
}

// WriteRecord writes r as one line of JSON, in a single call of w. The file in it is that of
// the JSON report. Its errors are those of w.
func WriteRecord(w io.Writer, r Record) error {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	// Strings and numbers can be encoded.
	_ = enc.Encode(jsonRecord{Line: r.Line, ID: r.ID, File: newJSONFile(r.Result)})
	_, err := w.Write(escapeUnsafe(buf.Bytes()))
	return err
}
