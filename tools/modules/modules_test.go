package modules

import (
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	module := func(path, text string) Module {
		return Module{Path: path, Version: "v1.0.0", Texts: []Text{{"LICENSE", []byte(text)}}}
	}
	mit := module("example.org/mit", "MIT License")
	read := func(m Module, license string) map[string]verdict {
		return map[string]verdict{m.Path: {license, m.Sum()}}
	}
	gpl := module("example.org/gpl", "under the GNU General Public License, version 3")
	for _, test := range []struct {
		name  string
		m     Module
		known map[string]verdict
		want  string
	}{
		{"in order", mit, read(mit, "MIT"), ""},
		{"unread", mit, map[string]verdict{}, "example.org/mit: nobody has read its licence"},
		{"changed", module(mit.Path, "MIT License, and more"), read(mit, "MIT"), "another one than was read"},
		{"not allowed", mit, read(mit, "AGPL-3.0-only"), "AGPL-3.0-only is not among"},
		{"not what it is said to be", gpl, read(gpl, "MIT"), "LICENSE names the GNU General Public License"},
		{"none", Module{Path: "example.org/none"}, map[string]verdict{}, "has no licence"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := strings.Join(check([]Module{test.m}, test.known), "\n")
			if test.want == "" && got != "" || !strings.Contains(got, test.want) {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
	if got := check(nil, read(mit, "MIT")); len(got) != 1 || !strings.Contains(got[0], "is not linked") {
		t.Errorf("a module that is gone: %q", got)
	}
}

// The licences in the repository are those of what is linked.
func TestLicences(t *testing.T) {
	linked, err := Linked("../..")
	if err != nil {
		t.Fatal(err)
	}
	complaints, err := Check(linked)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range complaints {
		t.Error(c)
	}
	if notices := string(Notices(linked)); !strings.Contains(notices, "Yusuke Inuzuka") || !strings.Contains(notices, "The Go Authors") {
		t.Error("the notices lack a name")
	}
}
