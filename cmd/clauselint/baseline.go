package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/clauselint/clauselint/gate"
	"github.com/clauselint/clauselint/report"
)

// baselineName is what a baseline is called where nobody calls it otherwise.
const baselineName = "clauselint.baseline.json"

// baselineCommand keeps the findings that were there before the gate was.
func (c *command) baselineCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "baseline create|prune|show",
		Short: "Keep the findings of today, so that only new ones count",
		Long: `A baseline lets a team begin with the contracts it has: the findings of today are
written down, and from then on only others count. A finding is known again by the words
of its clause, wherever it is moved and whatever number it gets; once these words change
it counts anew. Lint with --baseline, or name the file in .clauselint.yaml.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(c.baselineCreate(), c.baselinePrune(), c.baselineShow())
	return cmd
}

func (c *command) baselineCreate() *cobra.Command {
	var out string
	var force bool
	cmd := &cobra.Command{
		Use:   "create FILE|DIR|GLOB ...",
		Short: "Write the findings of the files as a new baseline",
		Long: `create lints the files and writes every finding that is not waived into a new baseline.

Exit codes: 0 it was written, 2 it was not, as one of the files could not be read, say.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if _, err := os.Stat(out); err == nil && !force {
				return fmt.Errorf("%s: is there already; --force writes it anew, `clauselint baseline prune` takes out what is gone", out)
			}
			c.opts.noBaseline = true
			run, err := c.readAll(args)
			if err != nil {
				return err
			}
			b := gate.NewBaseline(out, run.Results)
			if err := writeFile(out, b.Write); err != nil {
				return err
			}
			fmt.Fprintf(c.stderr, "%s: %s\n", report.Visible(out), findings(len(b.Entries)))
			return nil
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVarP(&out, "output", "o", baselineName, "write the baseline to this `file`")
	flags.BoolVar(&force, "force", false, "replace the file if it is there")
	c.readingFlags(flags)
	return cmd
}

func (c *command) baselinePrune() *cobra.Command {
	var dry bool
	cmd := &cobra.Command{
		Use:   "prune [--baseline FILE] FILE|DIR|GLOB ...",
		Short: "Take out of the baseline what is mended",
		Long: `prune lints the files and takes out of the baseline what they no longer have, and what
stood in files that are there no more. Nothing is added.

Exit codes: 0 it was written, or needed no change; 2 it was not.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			path := c.opts.baseline
			if path == "" {
				path = baselineName
				c.opts.baseline = path
			}
			b, err := gate.ReadBaseline(path)
			if err != nil {
				return err
			}
			run, err := c.readAll(args)
			if err != nil {
				return err
			}
			stale := b.Stale(run.Results)
			if len(stale) > 0 && !dry {
				if err := writeFile(path, b.Without(stale).Write); err != nil {
					return err
				}
			}
			for _, e := range stale {
				fmt.Fprintln(c.stdout, entryLine(e))
			}
			said := "gone"
			if dry {
				said = "to go"
			}
			fmt.Fprintf(c.stderr, "%s: %s %s, %d left\n", report.Visible(path), findings(len(stale)), said, len(b.Entries)-len(stale))
			return nil
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.BoolVar(&dry, "dry-run", false, "print what would go, and write nothing")
	c.readingFlags(flags)
	return cmd
}

func (c *command) baselineShow() *cobra.Command {
	return &cobra.Command{
		Use:   "show [FILE]",
		Short: "Print what a baseline holds (default: " + baselineName + ")",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			b, err := gate.ReadBaseline(append(args, baselineName)[0])
			if err != nil {
				return err
			}
			for _, e := range b.Entries {
				if _, err := fmt.Fprintln(c.stdout, entryLine(e)); err != nil {
					return fmt.Errorf("stdout: %w", err)
				}
			}
			return nil
		},
	}
}

func entryLine(e gate.Entry) string {
	clause := ""
	if e.Clause != "" {
		clause = "  " + e.Clause
	}
	return report.Visible(fmt.Sprintf("%s  %s  %s%s  %q", e.File, e.Fingerprint, e.Rule, clause, strings.TrimSpace(e.Quote)))
}

// readAll lints the files and fails unless each of them has a verdict.
func (c *command) readAll(args []string) (*report.Run, error) {
	run, _, err := c.review(context.Background(), args)
	if err != nil {
		return nil, err
	}
	var errs []error
	for _, r := range run.Results {
		if r.Err != nil {
			errs = append(errs, fmt.Errorf("%s: %s", r.Path, r.Reason()))
		}
	}
	return run, errors.Join(errs...)
}

func findings(n int) string {
	if n == 1 {
		return "1 finding"
	}
	return fmt.Sprintf("%d findings", n)
}
