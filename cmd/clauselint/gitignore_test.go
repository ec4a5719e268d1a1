package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestIgnoresAgreeWithGit asks Git about the same files.
func TestIgnoresAgreeWithGit(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git")
	}
	files := []string{
		"a.md", "b.md", "draft.md", "x y.md", "#hash.md", "!bang.md", "trail ", "{a,b}.md", "[x].md", "中文合同.md",
		"out/a.md", "out/deep/b.md", "build/a.md", "sub/build/a.md", "sub/a.md", "sub/draft.md", "sub/keep/draft.md",
		"docs/a.md", "docs/x/a.md", "docs/x/y/a.md", "docs/x/y/b.txt", "lib/one/tmp/a.md", "lib/tmp/a.md", "lib/a/b/tmp/c.md",
		"all/a.md", "all/in/b.md", "abc.txt", "abd.txt", "a-c.txt", "file", "dir/file", "nest/file/a.md", "crlf.md", "sub/only.md", "only.md",
	}
	tests := map[string]map[string]string{
		"names":            {".gitignore": "draft.md\n*.txt\nfile\n"},
		"folders only":     {".gitignore": "build/\nfile/\n"},
		"anchored":         {".gitignore": "/build\n/a.md\nsub/a.md\n/only.md\n"},
		"stars":            {".gitignore": "docs/*/a.md\nout/*\n"},
		"leading **":       {".gitignore": "**/draft.md\n**/tmp/a.md\n"},
		"middle **":        {".gitignore": "lib/**/tmp\ndocs/**/a.md\n"},
		"trailing **":      {".gitignore": "all/**\n!all/in/\n"},
		"** in a name":     {".gitignore": "a**c.txt\n"},
		"only **":          {".gitignore": "**\n!*.md\n!*/\n"},
		"classes":          {".gitignore": "ab[cd].txt\na[!b]c.txt\n[^a].md\n\\[x].md\n"},
		"negation":         {".gitignore": "*.md\n!a.md\n!/sub/draft.md\n"},
		"negated parent":   {".gitignore": "out/\n!out/a.md\n"},
		"order":            {".gitignore": "!a.md\na.md\nb.md\n!b.md\n"},
		"nested":           {".gitignore": "*.md\n", "sub/.gitignore": "!draft.md\n", "sub/keep/.gitignore": "draft.md\n"},
		"nested anchor":    {"sub/.gitignore": "/a.md\nonly.md\n"},
		"escapes":          {".gitignore": "\\#hash.md\n\\!bang.md\ntrail\\ \nx y.md   \n"},
		"comments":         {".gitignore": "#hash.md\n\n  \n# a.md\n"},
		"braces":           {".gitignore": "{a,b}.md\n"},
		"question mark":    {".gitignore": "ab?.txt\n?.md\n"},
		"carriage return":  {".gitignore": "crlf.md\r\nbuild/\r\n"},
		"byte order mark":  {".gitignore": "\ufeffa.md\n"},
		"malformed":        {".gitignore": "a[b\n\\\n/\n//\n"},
		"slash in middle":  {".gitignore": "dir/file\n/docs/x\n"},
		"root then folder": {".gitignore": "/*\n!/sub\n/sub/*\n!/sub/keep\n"},
	}
	for name, ignoreFiles := range tests {
		t.Run(name, func(t *testing.T) {
			root := realPath(t.TempDir())
			for _, file := range files {
				writeTestFile(t, root, file, "x")
			}
			for file, lines := range ignoreFiles {
				writeTestFile(t, root, file, lines)
			}
			git(t, root, "init", "-q")
			want := strings.Split(strings.TrimRight(git(t, root,
				"-c", "core.excludesFile=", "ls-files", "-z", "--others", "--exclude-standard"), "\x00"), "\x00")
			want = slices.DeleteFunc(want, func(s string) bool { return strings.HasSuffix(s, ".gitignore") || s == "" })
			slices.Sort(want)
			var got []string
			collect(t, root, "", repositoryIgnores(root), &got)
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("walked %q\nGit says %q", got, want)
			}
		})
	}
}

// collect is the walk of a folder without its filter by extension.
func collect(t *testing.T, root, dir string, above ignores, out *[]string) {
	t.Helper()
	ig, err := above.with(filepath.Join(root, dir))
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(filepath.Join(root, dir))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		switch {
		case e.Name() == ".git" || e.Name() == ignoreFile || ig.match(filepath.Join(root, path), e.IsDir()):
		case e.IsDir():
			collect(t, root, path, ig, out)
		default:
			*out = append(*out, filepath.ToSlash(path))
		}
	}
}

func writeTestFile(t *testing.T, root, name, content string) {
	t.Helper()
	path := filepath.Join(root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func git(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("git %v: %v", args, err)
	}
	return string(out)
}
