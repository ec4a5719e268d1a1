// Command clauselint finds the clauses of a contract that take more rights over
// face data than the law allows, and says why.
//
// This package is the command line: flags, files and exit codes.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// The exit codes, for scripts to rely on. A later one wins over an earlier.
const (
	exitClean    = 0 // every file was linted, nothing at or above --fail-on
	exitFindings = 1 // every file was linted, something at or above --fail-on
	exitNone     = 2 // no verdict on at least one file, or bad usage

	exitInterrupted = 130 // interrupted before the end, as a shell says it: 128 + SIGINT
)

// version is set by the linker for a release: -X main.version=v1.2.3.
var version string

func main() {
	if len(os.Args) < 2 || os.Args[1] != "lsp" { // which runs for days
		collectLate()
	}
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// collectLate puts the first garbage collection off: a run is short and its memory
// small, and most are done before there is anything worth collecting. A run that gets
// there keeps to less from then on.
func collectLate() {
	const firstAt = 48 << 20
	debug.SetGCPercent(100 * firstAt / (4 << 20)) // of the 4 MB that Go counts at least
	runtime.AddCleanup(new([64]byte), func(percent int) { debug.SetGCPercent(percent) }, 300)
}

// run is the whole program. It ends no process and touches no global stream,
// so a test can call it.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	c := &command{stdin: stdin, stdout: stdout, stderr: stderr}
	return c.run(args)
}

func (c *command) run(args []string) int {
	root := c.root()
	if len(args) > 0 && strings.HasPrefix(args[0], cobra.ShellCompRequestCmd) {
		c.completeValues(root)
	}
	root.SetArgs(args)
	root.SetIn(c.stdin)
	root.SetOut(c.stdout)
	root.SetErr(c.stderr)
	if err := root.Execute(); err != nil {
		if !isBrokenPipe(err) {
			fmt.Fprintf(c.stderr, "clauselint: %s\n", message(err))
		}
		return exitNone
	}
	return c.code
}

// command is one call of the program.
type command struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	opts           options
	settings       *settings // of the files that were reviewed
	code           int
	digests        *digests // of what is read, where a receipt is wanted
	// wholeText keeps the texts of all files for the report, also of those without findings.
	wholeText bool
	// interrupt ends a run that knows how to end early; nil means SIGINT. Tests set it.
	interrupt context.Context
	// pause lets time pass between two looks for changed files; nil means a fixed time.
	// Tests set it.
	pause func(context.Context)
}

// options are the flags as the user gave them.
type options struct {
	formats  []string
	failOn   string
	asOf     string
	lang     string
	rules    string
	kind     string
	config   string
	isolated bool
	baseline string
	// noBaseline leaves baselines aside, whoever names one.
	noBaseline bool
	receipt    string
	// today is the day by which waivers are judged, as YYYY-MM-DD; empty for the real one.
	today     string
	view      string
	fix, diff bool
	watch     bool
	color     string
	quiet     bool
	encoding  string
	stdinName string
}

const longHelp = `clauselint finds the clauses of a contract that take more rights over face data
than the law allows, and says why.

FILE is linted whatever its extension. In a DIR it lints .md, .markdown, .txt,
.docx, .docm and .dotx files, and passes over what .gitignore names, hidden
files and folders, node_modules, links to folders, and Word's lock files (~$*).
A GLOB, with ** for any depth, serves shells that expand none. - is stdin.

Exit codes:
  0  nothing found at or above --fail-on
  1  something found at or above --fail-on
  2  no verdict: bad usage, a file that could not be read, nothing to lint
130  interrupted; what was found until then is printed`

func (c *command) root() *cobra.Command {
	root := &cobra.Command{
		Use:     "clauselint [flags] FILE|DIR|GLOB|- ...",
		Short:   "Find the clauses of a contract that take more than the law allows",
		Long:    longHelp,
		Version: buildVersion(),
		Example: `  clauselint agreement.docx
  clauselint -f pretty -f json=findings.json contracts/
  clauselint --fail-on warning --lang zh "contracts/**/*.md"`,
		Args:              cobra.ArbitraryArgs,
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				c.code = exitNone
				fmt.Fprint(c.stderr, cmd.UsageString())
				return nil
			}
			return c.lintFiles(args)
		},
	}
	root.SetVersionTemplate("clauselint {{.Version}}\n")
	c.flags(root.Flags())
	root.PersistentFlags().StringVar(&c.opts.lang, "lang", "auto", "`language` of the messages: zh, en, or auto for the contract's own")
	root.PersistentFlags().StringVar(&c.opts.rules, "rules", "", "`folder` with rules, concepts and statutes of your own, besides ours")
	root.AddCommand(c.explain(), c.rules(), c.questions(), c.initialise(), c.configure(), c.waive(), c.baselineCommand(), c.batch(), c.annotate(), c.redline(), c.strip(), c.diff(), c.verify(), c.test())
	root.AddCommand(c.languageServer(), c.completion(), c.man())
	return root
}

// flags declares the flags of a lint run.
func (c *command) flags(flags *pflag.FlagSet) {
	flags.SortFlags = false
	flags.StringArrayVarP(&c.opts.formats, "format", "f", []string{"pretty"},
		"report in this format (`name[=path]`): "+formatNames()+"; repeatable, at most one without a path")
	c.failOnFlag(flags)
	flags.BoolVarP(&c.opts.quiet, "quiet", "q", false,
		"in the pretty report only errors, one line each: no warnings, notes, evidence or suggestions")
	flags.BoolVar(&c.opts.fix, "fix", false, "rewrite text and Markdown files in place where a tested rewrite ends a finding, then lint them")
	flags.BoolVar(&c.opts.diff, "diff", false, "print what --fix would change, write nothing, and exit 1 if that is anything")
	flags.StringVar(&c.opts.receipt, "receipt", "", "write what the verdict rests on to this `file`, for \"clauselint verify\"")
	flags.BoolVar(&c.opts.watch, "watch", false, "lint again whenever a file changes, until interrupted")
	c.readingFlags(flags)
}

func (c *command) failOnFlag(flags *pflag.FlagSet) {
	flags.StringVar(&c.opts.failOn, "fail-on", "error", "exit 1 from this `severity` up: error, warning, note or never")
}

// readingFlags declares the flags that say how files are read and judged.
func (c *command) readingFlags(flags *pflag.FlagSet) {
	flags.StringVar(&c.opts.asOf, "as-of", "", "`day` whose law applies, as YYYY-MM-DD (default: the newest law of the library)")
	flags.StringVar(&c.opts.kind, "kind", "", "the `kind` of the documents: "+kindNames()+" (default: told by title and parties)")
	flags.StringVarP(&c.opts.config, "config", "c", "", "configuration `file` (default: .clauselint.yaml in the folder of each file or above it)")
	flags.BoolVar(&c.opts.isolated, "isolated", false, "read no configuration file and no list of waivers")
	flags.StringVar(&c.opts.baseline, "baseline", "", "`file` of known findings, which do not count; see \"clauselint baseline\" (default: that of the configuration)")
	flags.StringVar(&c.opts.color, "color", "auto",
		"colour the pretty report `when`: auto, always or never; auto obeys NO_COLOR")
	flags.StringVar(&c.opts.view, "view", "final", "read this `view` of a Word file with tracked changes: final (all accepted), original (all rejected) or current (inserted and deleted text alike)")
	flags.StringVar(&c.opts.encoding, "encoding", "", "`name` of the character encoding of text files, such as gb18030 or big5 (default: detect)")
	flags.StringVar(&c.opts.stdinName, "stdin-filename", "", "`name` of what is read from -, for reports and to tell the format")
}

// buildVersion is the linker's version, or the one that "go install" recorded.
func buildVersion() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
