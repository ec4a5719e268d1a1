package main

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/config"
	"github.com/clauselint/clauselint/lsp"
)

// languageServer is the command that serves editors.
func (c *command) languageServer() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "lsp",
		Short: "Serve editors: a language server on stdin and stdout",
		Long: `lsp speaks the Language Server Protocol, version 3.17, on stdin and stdout. An
editor starts it; docs/lsp.md says what it offers, docs/editors how to set it up.

Exit codes: 0 if the editor asked for shutdown before it left, 1 if not, 2 bad usage.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			// What is wrong with the flags is said before an editor relies on them.
			if _, err := c.governor(lsp.Settings{}); err != nil {
				return err
			}
			if c.stdout == os.Stdout {
				// One stray line there would end the session.
				os.Stdout = os.Stderr
			}
			c.code = lsp.Serve(c.stdin, c.stdout, c.stderr, lsp.Options{
				Version: buildVersion(), Configure: c.governor,
				ConfigNames: append(slices.Clone(config.Names), config.WaiversName, baselineName),
				Files:       contractsIn, Read: func(path string) ([]byte, error) { return c.read(target{path: path}) },
				Page: func(lib *clauses.Library, r *clauses.Rule, lang string) string { return rulePage(lib, r, lang) },
			})
			return nil
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&c.opts.asOf, "as-of", "", "`day` whose law applies, as YYYY-MM-DD (default: the newest law of the library)")
	flags.StringVar(&c.opts.kind, "kind", "", "the `kind` of the documents: "+kindNames()+" (default: told by title and parties)")
	flags.StringVarP(&c.opts.config, "config", "c", "", "configuration `file` (default: .clauselint.yaml in the folder of each file or above it)")
	flags.BoolVar(&c.opts.isolated, "isolated", false, "read no configuration file")
	// Editors pass these to every server. There is no other way than stdio, and the
	// process of the client comes with initialize.
	flags.Bool("stdio", true, "serve on stdin and stdout, as it does anyway")
	flags.String("clientProcessId", "", "`number` of the editor's process, which it also says in the protocol")
	cobra.CheckErr(flags.MarkHidden("clientProcessId"))
	return cmd
}

// governor reads the configuration anew, with the settings of an editor over the flags.
func (c *command) governor(set lsp.Settings) (lsp.Governor, error) {
	own := &command{stdin: c.stdin, stdout: c.stderr, stderr: c.stderr, opts: c.opts}
	own.opts.lang = cmp.Or(set.Lang, own.opts.lang)
	own.opts.asOf = cmp.Or(set.AsOf, own.opts.asOf)
	own.opts.kind = cmp.Or(set.Kind, own.opts.kind)
	own.opts.rules = cmp.Or(set.Rules, own.opts.rules)
	own.opts.config = cmp.Or(set.Config, own.opts.config)
	own.opts.isolated = own.opts.isolated || set.Isolated
	if err := own.checkReading(); err != nil {
		return nil, err
	}
	settings, err := own.newSettings()
	if err != nil {
		return nil, err
	}
	return func(path string) (lsp.Rules, error) {
		rules, opts, err := settings.of(path)
		return lsp.Rules{
			Linter: rules.linter, Library: rules.library, Options: opts, Settle: settings.settle, Excluded: settings.excludes(path),
		}, err
	}, nil
}

// contractsIn is the contracts in a folder and below it that can be looked at, those too
// that a configuration excludes.
func contractsIn(dir string) []string {
	f := &finder{seen: map[string]bool{}, excluded: func(string) bool { return false }}
	f.folder(dir)
	var out []string
	for _, t := range f.targets {
		if t.err == nil {
			out = append(out, filepath.Clean(t.path))
		}
	}
	return out
}
