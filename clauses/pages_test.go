package clauses_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/clauselint/clauselint/clauses"
)

// TestExampleLines demands that each example of a rule page stands on the line
// that it claims, where clauselint test sends the author of a failing one.
func TestExampleLines(t *testing.T) {
	lib, err := clauses.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range lib.Rules {
		lines := strings.Split(r.Page, "\n")
		for _, x := range r.Examples {
			want := strings.Split(x.Text, "\n")
			if from, to := x.Line-1, x.Line-1+len(want); from < 0 || to > len(lines) || !slices.Equal(lines[from:to], want) {
				t.Errorf("%s.md:%d: here does not stand %q", r.ID, x.Line, x.Text)
			}
		}
	}
}

var fileAndLine = regexp.MustCompile(`^\S+:[1-9][0-9]*: `)

// TestMissingParts demands that a page without a part that it needs is refused,
// in words that begin with the place and name the part.
func TestMissingParts(t *testing.T) {
	var gaps []string
	for _, part := range []struct{ file, text, name string }{
		{"perpetual-grant.md", "severity: error\n", "severity"},
		{"perpetual-grant.md", "basis:    example:14(1)\n", "basis"},
		{"perpetual-grant.md", "when:     grant, PERPETUAL\n", "when"},
		{"perpetual-grant.md", "## 一句话\n永久。\n", "一句话"},
		{"perpetual-grant.md", "## In one sentence\nPerpetual.\n", "In one sentence"},
		{"statutes/example.md", "short-en: Example Act\n", "short-en"},
		{"statutes/example.md", "effective: 2021-01-01\n", "effective"},
	} {
		err := load(t, part.file, part.text, "")
		if err == nil || !strings.HasPrefix(err.Error(), part.file) || !strings.Contains(err.Error(), part.name) {
			t.Errorf("%s without %s: error %v", part.file, part.name, err)
		} else if !fileAndLine.MatchString(err.Error()) {
			gaps = append(gaps, fmt.Sprintf("missing %s: no line in %q", part.name, err))
		}
	}
	compareGaps(t, "missing ", gaps)
}

// Before the first law on personal information nothing is claimed, and under the newest
// every rule speaks, also one that rests on the law of contract alone.
func TestBasisOnADay(t *testing.T) {
	lib, err := clauses.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range lib.Rules {
		if !r.Textual() {
			continue
		}
		if got := lib.BasisOn(r, "2021-07-31"); got != nil {
			t.Errorf("%s rests on %v before there was a law on face data", r.ID, got)
		}
		if got := lib.BasisOn(r, "2025-06-01"); len(got) == 0 {
			t.Errorf("%s rests on nothing on 2025-06-01", r.ID)
		}
	}
	for _, c := range []struct{ rule, day, want string }{
		{"standard-terms-recital", "2021-08-01", "civil-code:496"},
		{"off-device-upload", "2025-05-31", "pipl:28(2)"},
		{"off-device-upload", "2025-06-01", "frt-measures-2025:8"},
		{"missing-filing", "2025-05-31", ""},
	} {
		got := ""
		if basis := lib.BasisOn(lib.Rule(c.rule), c.day); len(basis) > 0 {
			got = basis[0].String()
		}
		if got != c.want {
			t.Errorf("%s on %s rests on %q first, want %q", c.rule, c.day, got, c.want)
		}
	}
}
