package lint

import (
	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
)

// ReadExample is the document that an example of a rule page is, and the options to
// lint it with. Errors are those of [document.Read].
func ReadExample(x clauses.Example) (*document.Document, Options, error) {
	name := "example.txt"
	if x.Markdown {
		name = "example.md"
	}
	opts := Options{Kind: x.Kind, Facts: map[string]Answer{}}
	for _, g := range x.Facts {
		opts.Facts[g.Fact] = Answer{Yes: g.Yes}
	}
	doc, err := document.Read(name, []byte(x.Text+"\n"), document.Options{})
	return doc, opts, err
}
