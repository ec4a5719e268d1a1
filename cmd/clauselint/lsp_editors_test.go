package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// editorContract has findings behind characters of every width.
const editorContract = "# 协议 😀\n\n😀𠮷“生物样本”指您的面部图像和从中生成的人脸模板。\n\n" +
	"2.1 😀 您授予我们对生物样本的永久、不可撤销的使用许可。\n\n" +
	"2.2 You grant us 😀 a perpetual, irrevocable licence over your face data.\n"

// underlined is a finding as an editor shows it.
type underlined struct{ Rule, Words, Message string }

// editorSession writes the contract to a folder of its own, and what is found in it.
func editorSession(t *testing.T) (contract string, want []underlined) {
	t.Helper()
	contract = filepath.Join(t.TempDir(), "合同 1.md")
	if err := os.WriteFile(contract, []byte(editorContract), 0o644); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr strings.Builder
	run([]string{"-f", "json", contract}, strings.NewReader(""), &stdout, &stderr)
	var report struct {
		Files []struct {
			Findings []struct{ Rule, Quote, Message string }
		}
	}
	if err := json.Unmarshal([]byte(stdout.String()), &report); err != nil {
		t.Fatalf("%v: %s", err, stderr.String())
	}
	for _, f := range report.Files[0].Findings {
		want = append(want, underlined{f.Rule, f.Quote, f.Message})
	}
	if len(want) < 2 {
		t.Fatalf("found %+v", want)
	}
	return contract, want
}

// same compares what is shown with what is found: the same words for the same rules.
func same(t *testing.T, stage string, got, want []underlined) {
	t.Helper()
	key := func(all []underlined) (out []string) {
		for _, u := range all {
			out = append(out, u.Rule+" "+u.Words)
		}
		slices.Sort(out)
		return out
	}
	if g, w := key(got), key(want); !slices.Equal(g, w) {
		t.Errorf("%s: shown %q, want %q", stage, g, w)
	}
}

// runEditor runs an editor with a script that writes what it shows as JSON.
func runEditor(t *testing.T, contract string, shown any, name string, args ...string) {
	t.Helper()
	result := filepath.Join(t.TempDir(), "result.json")
	home := t.TempDir()
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "CONTRACT="+contract, "RESULT="+result, "HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home, "LANG=C.UTF-8", "LC_ALL=C.UTF-8")
	said, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, said)
	}
	data, err := os.ReadFile(result)
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	if err := json.Unmarshal(data, shown); err != nil {
		t.Fatalf("%v: %s", err, data)
	}
}

// TestNeovim has Neovim open, edit, undo and fix a contract.
func TestNeovim(t *testing.T) {
	nvim, err := exec.LookPath("nvim")
	if err != nil {
		t.Skip("needs Neovim (nvim); make test-tools installs it")
	}
	contract, want := editorSession(t)
	var shown struct {
		Stages                   map[string][]underlined
		Hover, Encoding, Failure string
		Version, Exit            int
	}
	runEditor(t, contract, &shown, nvim, "--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", "luafile testdata/lsp/neovim.lua")
	if shown.Failure != "" {
		t.Fatal(shown.Failure)
	}
	for _, stage := range []string{"opened", "edited", "undone"} {
		same(t, stage, shown.Stages[stage], want)
	}
	if n := len(shown.Stages["fixed"]); n >= len(want) || n == 0 && len(want) > 2 {
		t.Errorf("after the fix %d findings, before %d", n, len(want))
	}
	if shown.Encoding != "utf-16" || shown.Exit != 0 || !strings.Contains(shown.Hover, "《") {
		t.Errorf("shown %+v", shown)
	}
}

// TestEmacs has Emacs with eglot open and edit a contract.
func TestEmacs(t *testing.T) {
	emacs, err := exec.LookPath("emacs")
	if err != nil {
		t.Skip("needs Emacs (emacs); make test-tools installs it")
	}
	if exec.Command(emacs, "--batch", "--eval", "(progn (package-initialize) (require 'eglot))").Run() != nil {
		t.Skip("needs eglot: Emacs 29, or the package for an older one (make test-tools)")
	}
	contract, want := editorSession(t)
	var shown struct {
		Opened, Edited []underlined
		Hover          string
	}
	runEditor(t, contract, &shown, emacs, "--batch", "-l", "testdata/lsp/eglot.el")
	for stage, got := range map[string][]underlined{"opened": shown.Opened, "edited": shown.Edited} {
		// Flymake has no codes: the rule is told by the message.
		for i := range got {
			for _, w := range want {
				if strings.Contains(got[i].Message, w.Message) && got[i].Words == w.Words {
					got[i].Rule = w.Rule
				}
			}
		}
		same(t, stage, got, want)
	}
	if shown.Hover == "" {
		t.Error("no hover")
	}
}

// TestNode has the protocol library of VS Code as the client.
func TestNode(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("needs Node.js (node); make test-tools installs it")
	}
	library := exec.Command(node, "-e", "require('vscode-languageserver-protocol'); require('vscode-jsonrpc/node')")
	library.Dir = "testdata/lsp"
	if library.Run() != nil {
		t.Skip("needs the npm package vscode-languageserver-protocol (make test-tools)")
	}
	for _, mode := range []string{"push", "pull"} {
		t.Run(mode, func(t *testing.T) {
			contract, want := editorSession(t)
			script, err := filepath.Abs("testdata/lsp/node.js")
			if err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command(node, script, mode)
			cmd.Env = append(os.Environ(), "CONTRACT="+contract)
			cmd.Stderr = new(strings.Builder)
			out, err := cmd.Output()
			if err != nil {
				t.Fatalf("%v\n%s", err, cmd.Stderr)
			}
			var shown struct {
				Opened, Edited        []underlined
				Hover, Encoding       string
				Symbols, Pushed, Exit int
				Actions               []string
			}
			if err := json.Unmarshal(out, &shown); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			same(t, "opened", shown.Opened, want)
			same(t, "edited", shown.Edited, want)
			if (shown.Pushed > 0) != (mode == "push") || shown.Exit != 0 || shown.Encoding != "utf-16" || shown.Hover == "" || shown.Symbols == 0 || len(shown.Actions) < 2 {
				t.Errorf("shown %+v", shown)
			}
		})
	}
}
