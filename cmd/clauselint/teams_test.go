package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// The hooks see what the tool reads, whatever its name, and nothing else.
func TestHooksSeeContracts(t *testing.T) {
	var hooks []struct {
		ID, Entry, Files, Exclude string
		Types                     []string
		PassFilenames             bool `yaml:"pass_filenames"`
	}
	readYAML(t, "../../.pre-commit-hooks.yaml", &hooks)
	if len(hooks) != 2 {
		t.Fatalf("%d hooks", len(hooks))
	}
	for _, hook := range hooks {
		files, exclude := regexp.MustCompile(hook.Files), regexp.MustCompile(hook.Exclude)
		for _, extension := range extensions {
			if name := "合同/人脸服务协议" + extension; !files.MatchString(name) || exclude.MatchString(name) {
				t.Errorf("%s does not see %s", hook.ID, name)
			}
		}
		for _, name := range []string{"~$协议.docx", "合同/~$协议.docx", "main.go", "docx", "a.md.orig"} {
			if files.MatchString(name) && !exclude.MatchString(name) {
				t.Errorf("%s sees %s", hook.ID, name)
			}
		}
		if hook.Entry != "clauselint" || !hook.PassFilenames || hook.Types == nil || len(hook.Types) > 0 {
			t.Errorf("%+v", hook)
		}
	}
}

// The action runs scripts that are there, and of other actions only the commit that was
// looked at.
func TestAction(t *testing.T) {
	var action struct {
		Runs struct {
			Using string
			Steps []struct {
				Uses, Run string
				Env       map[string]string
			}
		}
	}
	readYAML(t, "../../action.yml", &action)
	if action.Runs.Using != "composite" || len(action.Runs.Steps) == 0 {
		t.Fatalf("%+v", action)
	}
	pinned := regexp.MustCompile(`^[\w-]+/[\w/-]+@[0-9a-f]{40}$`)
	for _, step := range action.Runs.Steps {
		if step.Uses != "" {
			if !pinned.MatchString(step.Uses) {
				t.Errorf("%s is not pinned by hash", step.Uses)
			}
			continue
		}
		script := strings.TrimPrefix(strings.Trim(step.Run, `"`), "$SOURCE/")
		info, err := os.Stat("../../" + script)
		if err != nil || info.Mode().Perm()&0o111 == 0 && os.PathSeparator == '/' {
			t.Errorf("%s: %v", script, err)
		}
	}
}

func TestExampleConfigurationsAreYAML(t *testing.T) {
	for _, path := range []string{"../../docs/examples/gitlab-ci.yml", "../../.github/dependabot.yml"} {
		var value map[string]any
		readYAML(t, path, &value)
		if len(value) == 0 {
			t.Errorf("%s: empty", path)
		}
	}
}

func readYAML(t *testing.T, path string, value any) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(data, value); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}
