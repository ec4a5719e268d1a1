package main

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/clauselint/clauselint"

// TestImportsMatchTheArchitecture compares the table of packages in
// docs/architecture.md with what the packages import.
func TestImportsMatchTheArchitecture(t *testing.T) {
	page, err := os.ReadFile("../../docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	allowed := parseImportTable(string(page))
	if len(allowed) == 0 {
		t.Fatal("docs/architecture.md: no table with the columns package and may import")
	}
	packages := listPackages(t)
	for _, complaint := range checkImports(allowed, packages) {
		t.Error(complaint)
	}
}

// mayImport is what a row of the table allows: packages of the module and the
// last elements of module paths, such as "goldmark".
type mayImport struct {
	all   bool
	names map[string]bool
}

var (
	codeSpan = regexp.MustCompile("`([^`]+)`")
	remark   = regexp.MustCompile(`\([^)]*\)`)
)

// parseImportTable reads the table by its first column, the package's path in
// the module, and its last.
func parseImportTable(page string) map[string]mayImport {
	table := map[string]mayImport{}
	inTable := false
	for line := range strings.Lines(page) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "|") {
			inTable = false
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		first, last := strings.TrimSpace(cells[0]), strings.TrimSpace(cells[len(cells)-1])
		if strings.EqualFold(first, "package") && strings.EqualFold(last, "may import") {
			inTable = true
			continue
		}
		name := codeSpan.FindStringSubmatch(first)
		if !inTable || name == nil {
			continue
		}
		row := mayImport{names: map[string]bool{}}
		for word := range strings.SplitSeq(remark.ReplaceAllString(last, ""), ",") {
			switch word = strings.Trim(strings.TrimSpace(word), "`"); word {
			case "":
			case "all":
				row.all = true
			default:
				row.names[word] = true
			}
		}
		table[strings.TrimSuffix(name[1], "/")] = row
	}
	return table
}

// goPackage is the part of "go list -json" that we need.
type goPackage struct {
	ImportPath string
	Imports    []string
}

func listPackages(t *testing.T) []goPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Imports", "./...")
	cmd.Dir = "../.."
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var packages []goPackage
	for dec := json.NewDecoder(out); ; {
		var p goPackage
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	return packages
}

// checkImports names every import that the table does not allow, and every
// package that has no row. Of other modules it judges those that the table
// names somewhere.
func checkImports(allowed map[string]mayImport, packages []goPackage) []string {
	judged := map[string]bool{}
	for _, row := range allowed {
		maps.Copy(judged, row.names)
	}
	var complaints []string
	for _, p := range packages {
		name, inside := strings.CutPrefix(p.ImportPath, module+"/")
		if !inside {
			continue
		}
		row, ok := allowed[name]
		if !ok {
			complaints = append(complaints, name+" has no row in the table of docs/architecture.md")
			continue
		}
		for _, path := range p.Imports {
			short, inside := strings.CutPrefix(path, module+"/")
			if !inside {
				if short = moduleName(path, judged); short == "" {
					continue
				}
			}
			if !row.all && !row.names[short] || row.all && !inside && !row.names[short] {
				complaints = append(complaints, name+" must not import "+short)
			}
		}
	}
	return complaints
}

// moduleName is the element of an import path that is one of the names, or "".
// Only paths of other modules have a dot in their first element.
func moduleName(path string, names map[string]bool) string {
	elements := strings.Split(path, "/")
	if !strings.Contains(elements[0], ".") {
		return ""
	}
	if i := slices.IndexFunc(elements, func(e string) bool { return names[e] }); i >= 0 {
		return elements[i]
	}
	return ""
}

func TestCheckImports(t *testing.T) {
	table := parseImportTable("# x\n\n| package | one sentence | may import |\n|---|---|---|\n" +
		"| `document` | Reads. | `document/docx`, goldmark |\n| `document/docx` | Word. | |\n" +
		"| `lint` | Finds. | document (spans only) |\n| `cmd/clauselint` | Flags. | all, cobra |\n")
	for _, test := range []struct{ from, to, want string }{
		{"document", module + "/document/docx", ""},
		{"document", "github.com/yuin/goldmark/ast", ""},
		{"document", "github.com/spf13/cobra", "document must not import cobra"},
		{"document", "go/doc", ""},
		{"document", "golang.org/x/text/width", ""},
		{"document/docx", module + "/document", "document/docx must not import document"},
		{"lint", module + "/document", ""},
		{"lint", "github.com/yuin/goldmark", "lint must not import goldmark"},
		{"cmd/clauselint", module + "/lint", ""},
		{"cmd/clauselint", "github.com/spf13/cobra", ""},
		{"cmd/clauselint", "github.com/yuin/goldmark", "cmd/clauselint must not import goldmark"},
		{"util", "strings", "util has no row in the table of docs/architecture.md"},
	} {
		got := strings.Join(checkImports(table, []goPackage{{module + "/" + test.from, []string{test.to}}}), "; ")
		if got != test.want {
			t.Errorf("%s imports %s: %q, want %q", test.from, test.to, got, test.want)
		}
	}
}
