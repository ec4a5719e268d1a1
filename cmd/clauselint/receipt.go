package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/spf13/cobra"

	"github.com/clauselint/clauselint/config"
	"github.com/clauselint/clauselint/gate"
	"github.com/clauselint/clauselint/report"
)

// digests is the SHA-256 of what was read, by path. It is safe for concurrent use.
type digests struct {
	mu sync.Mutex
	of map[string]string
}

func (d *digests) add(path string, data []byte) {
	sum := sha256.Sum256(data)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.of[path] = hex.EncodeToString(sum[:])
}

// receipt writes down a run that was made with digests.
func (c *command) receipt(args []string, run *report.Run) *gate.Receipt {
	var hashes []string
	for _, r := range run.Results {
		hash, ok := c.digests.of[r.Path]
		if !ok {
			hash = hashOf(r.Path) // of a list or a configuration; empty if it cannot be read
		}
		hashes = append(hashes, hash)
	}
	var paths []string
	var add func(cfg *config.Config)
	add = func(cfg *config.Config) {
		paths = append(paths, cfg.Path)
		for _, base := range cfg.Extends {
			add(base)
		}
	}
	for _, g := range c.settings.files {
		if g.config != nil {
			add(g.config)
		}
	}
	for path := range c.settings.lists {
		paths = append(paths, path)
	}
	for path := range c.settings.baselines {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	settings := []gate.ReceiptFile{}
	for _, path := range slices.Compact(paths) {
		settings = append(settings, gate.ReceiptFile{Path: filepath.ToSlash(path), SHA256: hashOf(path)})
	}
	o := &c.opts
	return gate.NewReceipt(run, gate.ReceiptCommand{
		Arguments: args, AsOf: o.asOf, Lang: o.lang, Kind: o.kind, View: o.view, Encoding: o.encoding, Config: o.config,
		Isolated: o.isolated, Rules: o.rules, Baseline: o.baseline, FailOn: o.failOn,
	}, settings, hashes, c.settings.today, c.code)
}

// hashOf is the SHA-256 of a file; empty if it cannot be read.
func hashOf(path string) string {
	data, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// verify is the command that reaches the verdict of a receipt again.
func (c *command) verify() *cobra.Command {
	return &cobra.Command{
		Use:   "verify RECEIPT.json",
		Short: "Reach the verdict of a receipt again, and compare",
		Long: `verify lints again what the receipt of --receipt names, with the same flags, from the
folder it is called in, and says what differs: the program, the library, the files,
the configuration, the findings. Waivers are judged by the day of the receipt.

Exit codes: 0 the same verdict on the same grounds, 1 something differs, 2 it cannot be told.`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			was, err := gate.ReadReceipt(args[0])
			if err != nil {
				return err
			}
			threshold, ok := severities[was.Command.FailOn]
			if !ok {
				return fmt.Errorf("%s: no severity %q", args[0], was.Command.FailOn)
			}
			o, cmd := &c.opts, was.Command
			o.asOf, o.lang, o.kind, o.view, o.encoding, o.config = cmd.AsOf, cmd.Lang, cmd.Kind, cmd.View, cmd.Encoding, cmd.Config
			o.isolated, o.rules, o.baseline, o.failOn, o.color, o.today = cmd.Isolated, cmd.Rules, cmd.Baseline, cmd.FailOn, "auto", was.Today
			c.digests = &digests{of: map[string]string{}}
			run, _, err := c.review(context.Background(), cmd.Arguments)
			if err != nil {
				return err
			}
			c.code = verdict(run.Results, threshold)
			differences := was.Differences(c.receipt(cmd.Arguments, run))
			c.code = exitClean
			for _, s := range differences {
				c.code = exitFindings
				fmt.Fprintln(c.stdout, report.Visible(s))
			}
			if len(differences) == 0 {
				fmt.Fprintf(c.stdout, "%s: the same verdict on the same grounds\n", report.Visible(args[0]))
			}
			return nil
		},
	}
}
