package clauses

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// Hashes tell a library by its content, each the SHA-256 of a part in hexadecimal.
type Hashes struct{ Rules, Concepts, Statutes string }

// Hashes is the content of the library in short.
func (l *Library) Hashes() Hashes {
	var rules, statutes strings.Builder
	for _, r := range l.Rules {
		fmt.Fprintf(&rules, "%s\x00%s\x00", r.ID, r.Page)
	}
	for _, f := range l.Facts {
		fmt.Fprintf(&rules, "%+v\x00", *f)
	}
	for _, i := range l.Instruments {
		fmt.Fprintf(&statutes, "%+v\x00", *i)
	}
	sum := func(s string) string {
		h := sha256.Sum256([]byte(s))
		return hex.EncodeToString(h[:])
	}
	return Hashes{sum(rules.String()), sum(fmt.Sprintf("%x", l.Lexicon.Fingerprint())), sum(statutes.String())}
}
