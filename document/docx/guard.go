package docx

import "strings"

// Guard is what keeps a document from being changed.
type Guard struct {
	// Signed is set where the file carries a digital signature, which any change breaks.
	Signed bool
	// Protected is what its protection still allows (w:documentProtection, 17.15.1.29):
	// "readOnly", "comments", "trackedChanges" or "forms"; empty for everything.
	Protected string
}

// Guards tells what keeps the document data from being changed. The errors are those of
// [Read].
func Guards(data []byte, limits Limits) (g Guard, err error) {
	a, err := openArchive(data, limits.withDefaults())
	if err != nil {
		return g, err
	}
	for name := range a.parts {
		g.Signed = g.Signed || strings.HasPrefix(name, "_xmlsignatures/")
	}
	r := &reader{archive: a, file: &File{}}
	main, err := a.mainPart()
	if err != nil {
		return g, err
	}
	if r.rels, err = a.relationships(main); err != nil {
		return g, err
	}
	settings, err := r.related("settings")
	if err != nil || settings == "" {
		return g, err
	}
	p := &pack{reader: r}
	return g, p.eachElement(settings, func(el element) {
		if el.ns != nsWord || el.local != "documentProtection" {
			return
		}
		switch el.w("enforcement") {
		case "1", "true", "on":
			if g.Protected = el.w("edit"); g.Protected == "none" {
				g.Protected = ""
			}
		}
	})
}
