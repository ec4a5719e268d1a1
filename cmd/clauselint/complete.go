package main

import (
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/report"
)

// completion is the command that prints the completion script of a shell.
func (c *command) completion() *cobra.Command {
	return &cobra.Command{
		Use:   "completion bash|zsh|fish|powershell",
		Short: "Print the script by which a shell completes commands, flags, their values and rule ids",
		Long: `completion prints a script for a shell to read:

  bash        clauselint completion bash > /etc/bash_completion.d/clauselint
  zsh         clauselint completion zsh > "${fpath[1]}/_clauselint"
  fish        clauselint completion fish > ~/.config/fish/completions/clauselint.fish
  powershell  clauselint completion powershell | Out-String | Invoke-Expression

For bash the package bash-completion has to be installed.`,
		Args:      cobra.MatchAll(cobra.ExactArgs(1), cobra.OnlyValidArgs),
		ValidArgs: []string{"bash", "zsh", "fish", "powershell"},
		RunE: func(cmd *cobra.Command, args []string) error {
			switch root := cmd.Root(); args[0] {
			case "bash":
				return root.GenBashCompletionV2(c.stdout, true)
			case "zsh":
				return root.GenZshCompletion(c.stdout)
			case "fish":
				return root.GenFishCompletion(c.stdout, true)
			default:
				return root.GenPowerShellCompletionWithDesc(c.stdout)
			}
		},
	}
}

// flagValues is the values of the flags that know theirs. Files are the shell's to complete.
func flagValues() map[string][]string {
	var kinds []string
	for _, k := range clauses.DocumentKinds {
		kinds = append(kinds, string(k))
	}
	return map[string][]string{
		"color":    {"auto", "always", "never"},
		"encoding": {"utf-8", "gb18030", "big5", "utf-16"},
		"fail-on":  {"error", "warning", "note", "never"},
		"format":   {"json", "pretty"},
		"kind":     kinds,
		"lang":     {"auto", "zh", "en"},
		"view":     {"final", "original", "current"},
	}
}

// completeValues tells shells what may stand behind the flags and commands of cmd, and of
// those below it. Only a run that a shell asks to complete needs it.
func (c *command) completeValues(cmd *cobra.Command) {
	values := flagValues()
	if !cmd.HasParent() {
		values["format"] = slices.Sorted(maps.Keys(report.Formats))
	}
	switch cmd.Name() {
	case "explain":
		cmd.ValidArgsFunction = c.completeRules(0)
	case "waive":
		cmd.ValidArgsFunction = c.completeRules(1)
	}
	cmd.NonInheritedFlags().VisitAll(func(f *pflag.Flag) {
		if v, ok := values[f.Name]; ok {
			// It fails for a flag that is not there, or done twice.
			_ = cmd.RegisterFlagCompletionFunc(f.Name, cobra.FixedCompletions(v, cobra.ShellCompDirectiveNoFileComp))
		}
		if f.Name == "rules" {
			_ = cobra.MarkFlagDirname(cmd.PersistentFlags(), f.Name)
		}
	})
	for _, sub := range cmd.Commands() {
		c.completeValues(sub)
	}
}

// completeRules completes the argument of that index as the id of a rule; the others are
// files.
func (c *command) completeRules(index int) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if len(args) != index {
			return nil, cobra.ShellCompDirectiveDefault
		}
		lib, err := c.flagLibrary()
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		var out []cobra.Completion
		for _, id := range lib.RuleIDs() {
			if strings.HasPrefix(id, begun) {
				out = append(out, cobra.CompletionWithDesc(id, lib.Rule(id).Title.En))
			}
		}
		return out, cobra.ShellCompDirectiveNoFileComp
	}
}
