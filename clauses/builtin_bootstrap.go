//go:build bootstrap

package clauses

import (
	"embed"
	"sync"
)

//go:embed *.md concepts/*.txt statutes/*.md facts/*.md
var files embed.FS

// builtin loads the library from its files, so that what is compiled from it
// can be made without what was compiled before.
var builtin = sync.OnceValues(func() (*Library, error) { return Load(files) })
