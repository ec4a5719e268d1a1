package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

var update = flag.Bool("update", false, "rewrite the expected outputs of the scripts")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"clauselint": main})
}

// TestScripts runs the program as its user runs it.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			// Where the files are that other programs run: hooks, and the steps of the action.
			root, err := filepath.Abs("../..")
			env.Setenv("REPO", root)
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code":         wantCode,
			"valid":        validReport("../../docs/findings.schema.json"),
			"sarif":        validReport("../../report/testdata/sarif-schema-2.1.0.json"),
			"validchanges": validReport("../../docs/changes.schema.json"),
			"validlines":   validLines,
			"enlarge":      enlarge,
			"bytes":        writeBytes,
			"pack":         pack,
			"unpack":       unpack,
		},
	})
}

// wantCode runs a program and wants an exit code: code 2 clauselint a.txt
func wantCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N program [arg...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// validReport wants files to match a schema: valid report.json
func validReport(schemaFile string) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		schema := compileSchema(ts, schemaFile)
		for _, name := range args {
			value, err := jsonschema.UnmarshalJSON(strings.NewReader(ts.ReadFile(name)))
			ts.Check(err)
			ts.Check(schema.Validate(value))
		}
	}
}

// validLines wants each line of files to match the schema of a batch: validlines out.jsonl
func validLines(ts *testscript.TestScript, neg bool, args []string) {
	schema := compileSchema(ts, "../../docs/batch.schema.json")
	for _, name := range args {
		for line := range strings.Lines(ts.ReadFile(name)) {
			value, err := jsonschema.UnmarshalJSON(strings.NewReader(line))
			ts.Check(err)
			ts.Check(schema.Validate(value))
		}
	}
}

func compileSchema(ts *testscript.TestScript, file string) *jsonschema.Schema {
	compiler := jsonschema.NewCompiler()
	// What other schemas refer to is beside them, and not fetched.
	findings, err := os.Open("../../docs/findings.schema.json")
	ts.Check(err)
	defer findings.Close()
	value, err := jsonschema.UnmarshalJSON(findings)
	ts.Check(err)
	ts.Check(compiler.AddResource("https://clauselint.github.io/findings.schema.json", value))
	schema, err := compiler.Compile(file)
	ts.Check(err)
	return schema
}

// enlarge makes a file of so many megabytes: enlarge big.txt 65
func enlarge(ts *testscript.TestScript, neg bool, args []string) {
	n, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), nil, 0o644))
	ts.Check(os.Truncate(ts.MkAbs(args[0]), n<<20))
}

// writeBytes writes what no script can hold; both arguments are read as the
// inside of a Go string: bytes 'a\x1b.txt' '\xff'
func writeBytes(ts *testscript.TestScript, neg bool, args []string) {
	name, err := strconv.Unquote(`"` + args[0] + `"`)
	ts.Check(err)
	value, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(name), []byte(value), 0o644))
}

// pack makes a zip archive of a folder: pack a.docx a
func pack(ts *testscript.TestScript, neg bool, args []string) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	ts.Check(z.AddFS(os.DirFS(ts.MkAbs(args[1]))))
	ts.Check(z.Close())
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o644))
}

// unpack makes a folder of a zip archive: unpack a.docx a
func unpack(ts *testscript.TestScript, neg bool, args []string) {
	z, err := zip.OpenReader(ts.MkAbs(args[0]))
	ts.Check(err)
	defer z.Close()
	ts.Check(os.CopyFS(ts.MkAbs(args[1]), z))
}
