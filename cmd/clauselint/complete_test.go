package main

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Each script is one that its shell can read, where there is that shell.
func TestCompletionScripts(t *testing.T) {
	for shell, check := range map[string][]string{
		"bash":       {"bash", "-n"},
		"zsh":        {"zsh", "-n"},
		"fish":       {"fish", "--no-execute"},
		"powershell": {"pwsh", "-NoProfile", "-Command", "[ScriptBlock]::Create([Console]::In.ReadToEnd())"},
	} {
		t.Run(shell, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			if code := run([]string{"completion", shell}, strings.NewReader(""), &stdout, &stderr); code != exitClean || stderr.Len() > 0 {
				t.Fatalf("exit code %d: %s", code, &stderr)
			}
			if !strings.Contains(stdout.String(), "clauselint") {
				t.Fatalf("no script: %s", &stdout)
			}
			if _, err := exec.LookPath(check[0]); err != nil {
				t.Skipf("no %s here", check[0])
			}
			cmd := exec.Command(check[0], check[1:]...)
			cmd.Stdin = &stdout
			if shell == "zsh" || shell == "fish" {
				// These read a script from a file only.
				dir := t.TempDir()
				writeTestFile(t, dir, "script", stdout.String())
				cmd.Args = append(cmd.Args, filepath.Join(dir, "script"))
			}
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%s: %v\n%s", check[0], err, out)
			}
		})
	}
}

// Whatever a command says of itself, troff takes it for text.
func TestRoff(t *testing.T) {
	for in, want := range map[string]string{
		`a\b --x`:     `a\eb \-\-x`,
		".clauselint": `\&.clauselint`,
		"'quoted'":    `\&'quoted'`,
		"协议…":         `\[u534F]\[u8BAE]\[u2026]`,
	} {
		if got := roffLine(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
