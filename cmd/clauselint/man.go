package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// man is the command that makes manual pages of what the commands say of themselves.
//
// cobra can do that too, by way of Markdown and two more modules in the binary; the pages
// are simple enough to be written as they are.
func (c *command) man() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "man [COMMAND ...]",
		Short: "Print the manual page of a command (default: of clauselint), or write all of them",
		Example: `  clauselint man redline | man -l -
  clauselint man -o ~/.local/share/man/man1`,
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			if dir != "" {
				return writeManPages(root, dir)
			}
			of, left, err := root.Find(args)
			if err != nil || len(left) > 0 {
				return fmt.Errorf("no command %q; `clauselint --help` lists them", strings.Join(args, " "))
			}
			_, err = c.stdout.Write(manPage(of))
			return err
		},
	}
	cmd.Flags().StringVarP(&dir, "output", "o", "", "write the pages of all commands into this `folder`")
	return cmd
}

// writeManPages writes the page of cmd and of the commands below it.
func writeManPages(cmd *cobra.Command, dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	path := filepath.Join(dir, manName(cmd)+".1")
	if err := writeFile(path, func(w io.Writer) error {
		_, err := w.Write(manPage(cmd))
		return err
	}); err != nil {
		return err
	}
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			if err := writeManPages(sub, dir); err != nil {
				return err
			}
		}
	}
	return nil
}

// manName is the name of the page of a command: clauselint-config-show.
func manName(cmd *cobra.Command) string { return strings.ReplaceAll(cmd.CommandPath(), " ", "-") }

// manPage is the page of a command, in the man macros that groff and mandoc know. It
// holds no date: the same program makes the same page.
func manPage(cmd *cobra.Command) []byte {
	var b bytes.Buffer
	heading := func(s string) { fmt.Fprintf(&b, ".SH %s\n", s) }
	fmt.Fprintf(&b, ".TH %s 1 \"\" \"clauselint %s\" \"clauselint\"\n", strings.ToUpper(roff(manName(cmd))), roff(buildVersion()))
	heading("NAME")
	fmt.Fprintf(&b, "%s \\- %s\n", roff(manName(cmd)), roff(cmd.Short))
	heading("SYNOPSIS")
	fmt.Fprintf(&b, ".nf\n%s\n.fi\n", roffLine(cmd.UseLine()))
	if cmd.Long != "" {
		heading("DESCRIPTION")
		writeProse(&b, cmd.Long)
	}
	if cmd.HasAvailableSubCommands() {
		heading("COMMANDS")
		for _, sub := range cmd.Commands() {
			if sub.IsAvailableCommand() {
				fmt.Fprintf(&b, ".TP\n.B %s\n%s\n", roff(sub.Use), roffLine(sub.Short))
			}
		}
	}
	writeFlags(&b, "OPTIONS", cmd.NonInheritedFlags())
	writeFlags(&b, "GLOBAL OPTIONS", cmd.InheritedFlags())
	if cmd.Example != "" {
		heading("EXAMPLES")
		fmt.Fprintf(&b, ".nf\n")
		for line := range strings.Lines(cmd.Example) {
			fmt.Fprintln(&b, roffLine(strings.TrimRight(line, "\n")))
		}
		fmt.Fprintf(&b, ".fi\n")
	}
	if parent := cmd.Parent(); parent != nil {
		heading("SEE ALSO")
		fmt.Fprintf(&b, ".BR %s (1)\n", roff(manName(parent)))
	}
	return b.Bytes()
}

// writeProse writes paragraphs, which are filled, and indented lines, which stay as they are.
func writeProse(b *bytes.Buffer, text string) {
	filled := true
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if line == "" {
			b.WriteString(".PP\n")
			continue
		}
		// A table has columns: a row is a line with a gap in it.
		if keep := strings.Contains(line, "  "); keep == filled {
			filled = !keep
			b.WriteString(map[bool]string{true: ".nf\n", false: ".fi\n"}[keep])
		}
		fmt.Fprintln(b, roffLine(line))
	}
	if !filled {
		b.WriteString(".fi\n")
	}
}

func writeFlags(b *bytes.Buffer, title string, flags *pflag.FlagSet) {
	if !flags.HasAvailableFlags() {
		return
	}
	fmt.Fprintf(b, ".SH %s\n", title)
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		value, usage := pflag.UnquoteUsage(f)
		if value != "" {
			name += " " + value
		}
		switch f.DefValue {
		case "", "false", "[]":
		default:
			usage += " (default: " + strings.Trim(f.DefValue, "[]") + ")"
		}
		fmt.Fprintf(b, ".TP\n.B %s\n%s\n", roff(name), roffLine(usage))
	})
}

// roff is text that troff prints as it is. Characters beyond ASCII are named, since only
// newer programs read UTF-8.
func roff(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\\':
			b.WriteString(`\e`)
		case r == '-':
			b.WriteString(`\-`) // otherwise a hyphen, which no shell takes for an option
		case r > '~':
			fmt.Fprintf(&b, `\[u%04X]`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// roffLine is roff for a line that may begin like a request.
func roffLine(s string) string {
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
		return `\&` + roff(s)
	}
	return roff(s)
}
