package main

import (
	"context"
	"fmt"

	"github.com/clauselint/clauselint/report"
	"github.com/spf13/cobra"
)

// questions is the command that prints what the texts of files leave open.
func (c *command) questions() *cobra.Command {
	var format string
	var all bool
	cmd := &cobra.Command{
		Use:   "questions FILE|DIR|GLOB|- ...",
		Short: "Print what the texts leave open: facts that decide on a finding",
		Long: `questions lints the files and prints, numbered, what their texts cannot tell and a
verdict rests on: whether face data is necessary for the service, say. Each question
stands with its law, how to answer it, and the clauses that it decides on. The answers
go under facts: in .clauselint.yaml, with who answers for them, when, and the source.

Exit codes: 0 all files were read, 2 one was not.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			write, ok := report.QuestionFormats[format]
			if !ok {
				return fmt.Errorf("--format %q: want pretty or json", format)
			}
			run, _, err := c.review(context.Background(), args)
			if err != nil {
				return err
			}
			for _, r := range run.Results {
				if r.Err != nil {
					c.code = exitNone
				}
			}
			run.Color, run.Width = c.terminal()
			if err := write(c.stdout, run, all); err != nil {
				return fmt.Errorf("stdout: %w", err)
			}
			return nil
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVarP(&format, "format", "f", "pretty", "write in this `format`: json or pretty")
	flags.BoolVar(&all, "all", false, "print the answered questions, too")
	c.readingFlags(flags)
	return cmd
}
