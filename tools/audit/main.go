// Command audit lists what is linked into clauselint with its licences, and fails if one
// of them was not read, has changed or is not allowed.
//
//	go run ./tools/audit [-notices FILE]
package main

import (
	"flag"
	"fmt"
	"os"
	"text/tabwriter"

	"github.com/clauselint/clauselint/tools/modules"
)

func main() {
	notices := flag.String("notices", "", "write the texts of the licences to this `file`")
	flag.Parse()
	if err := run(*notices); err != nil {
		fmt.Fprintln(os.Stderr, "audit:", err)
		os.Exit(1)
	}
}

func run(notices string) error {
	linked, err := modules.Linked(".")
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	for _, m := range linked {
		fmt.Fprintf(w, "%s\t%s\t%s\n", m.Path, m.Version, m.License)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	complaints, err := modules.Check(linked)
	if err != nil {
		return err
	}
	for _, c := range complaints {
		fmt.Fprintln(os.Stderr, c)
	}
	if n := len(complaints); n > 0 {
		return fmt.Errorf("%d things stand against linking these", n)
	}
	if notices != "" {
		return os.WriteFile(notices, modules.Notices(linked), 0o666)
	}
	return nil
}
