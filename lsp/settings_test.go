package lsp

import (
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/clauselint/clauselint/lint"
)

// configured are options that keep the settings they were given, and fail as the test
// wants.
type configuredOptions struct {
	Options
	mu     sync.Mutex
	got    []Settings
	broken error // of every file
}

func newConfigured() *configuredOptions {
	o := &configuredOptions{Options: testOptions()}
	configure := o.Configure
	o.Configure = func(set Settings) (Governor, error) {
		o.mu.Lock()
		defer o.mu.Unlock()
		o.got = append(o.got, set)
		broken := o.broken
		governor, err := configure(set)
		if err != nil {
			return nil, err
		}
		return func(path string) (Rules, error) {
			if broken != nil {
				return Rules{}, broken
			}
			return governor(path)
		}, nil
	}
	return o
}

func (o *configuredOptions) fail(err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.broken = err
}

func english(p published) bool {
	return len(p.Diagnostics) > 0 && strings.Contains(p.Diagnostics[0].Message, "PIPL") || len(p.Diagnostics) > 0 && strings.Contains(p.Diagnostics[0].Message, " art. ")
}

func chinese(p published) bool { return len(p.Diagnostics) > 0 && !english(p) }

// TestSettings gets them in each of the three ways of the protocol.
func TestSettings(t *testing.T) {
	t.Run("initializationOptions", func(t *testing.T) {
		c := start(t, testOptions(), modern(), map[string]any{"initializationOptions": Settings{Lang: "en"}})
		c.open(testURI, "plaintext", grantText)
		c.pushed(testURI, english)
	})
	t.Run("workspace/configuration", func(t *testing.T) {
		lang := "en"
		var mu sync.Mutex
		can := modern()
		can["workspace.configuration"] = true
		c := connect(t, testOptions())
		c.respond["workspace/configuration"] = func(raw json.RawMessage) any {
			mu.Lock()
			defer mu.Unlock()
			var p struct{ Items []struct{ Section string } }
			if err := json.Unmarshal(raw, &p); err != nil || len(p.Items) != 1 || p.Items[0].Section != "clauselint" {
				t.Errorf("asked for %s", raw)
			}
			return []any{map[string]any{"lang": lang}}
		}
		c.initialize(can, nil)
		c.open(testURI, "plaintext", grantText)
		c.pushed(testURI, english) // and nothing in Chinese before
		if n := len(c.all("textDocument/publishDiagnostics")); n != 1 {
			t.Errorf("published %d times", n)
		}
		mu.Lock()
		lang = "zh"
		mu.Unlock()
		c.notify("workspace/didChangeConfiguration", map[string]any{"settings": nil})
		c.pushed(testURI, chinese)
	})
	t.Run("workspace/configuration without an answer", func(t *testing.T) {
		can := modern()
		can["workspace.configuration"] = true
		c := connect(t, testOptions())
		c.respond["workspace/configuration"] = func(json.RawMessage) any { return []any{nil} }
		c.initialize(can, map[string]any{"initializationOptions": Settings{Lang: "en"}})
		c.open(testURI, "plaintext", grantText)
		c.pushed(testURI, english)
	})
	t.Run("workspace/didChangeConfiguration", func(t *testing.T) {
		c := start(t, testOptions(), modern(), nil)
		c.open(testURI, "plaintext", grantText)
		c.pushed(testURI, chinese)
		c.notify("workspace/didChangeConfiguration", map[string]any{"settings": map[string]any{"clauselint": Settings{Lang: "en"}}})
		c.pushed(testURI, english)
	})
	t.Run("bad", func(t *testing.T) {
		c := connect(t, testOptions())
		params := map[string]any{"processId": nil, "capabilities": map[string]any{}, "initializationOptions": map[string]any{"lang": 7}}
		if code := c.fails("initialize", params); code != codeInvalidParams {
			t.Errorf("error %d", code)
		}
	})
}

// TestFolders has two workspace folders with settings of their own, and a file in neither.
func TestFolders(t *testing.T) {
	o := newConfigured()
	zh, en := t.TempDir(), t.TempDir()
	can := modern()
	can["workspace.configuration"] = true
	c := connect(t, o.Options)
	c.respond["workspace/configuration"] = func(raw json.RawMessage) any {
		var p struct{ Items []struct{ ScopeURI string } }
		if err := json.Unmarshal(raw, &p); err != nil {
			t.Error(err)
		}
		var out []any
		for _, i := range p.Items {
			switch i.ScopeURI {
			case pathURI(zh):
				out = append(out, Settings{Lang: "zh", Rules: "own"})
			case pathURI(en):
				out = append(out, Settings{Lang: "en"})
			default:
				out = append(out, nil)
			}
		}
		return out
	}
	c.initialize(can, folders(zh))
	inZh, inEn := pathURI(filepath.Join(zh, "a.txt")), pathURI(filepath.Join(en, "a.txt"))
	c.open(inZh, "plaintext", "You grant us a perpetual, irrevocable licence over your face data.\n")
	c.pushed(inZh, chinese)
	c.open(inEn, "plaintext", grantText)
	c.pushed(inEn, chinese)
	c.notify("workspace/didChangeWorkspaceFolders", map[string]any{"event": map[string]any{
		"added": []any{map[string]any{"uri": pathURI(en), "name": "en"}}, "removed": []any{},
	}})
	c.pushed(inEn, english)
	c.notify("workspace/didChangeWorkspaceFolders", map[string]any{"event": map[string]any{
		"added": []any{}, "removed": []any{map[string]any{"uri": pathURI(zh), "name": "zh"}},
	}})
	c.pushed(inZh, english)
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, set := range o.got {
		if set.Rules != "" && set.Rules != filepath.Join(zh, "own") {
			t.Errorf("rules %q, want a path in the folder", set.Rules)
		}
	}
}

// TestWatchedFiles reads the configuration again when a watched file has changed.
func TestWatchedFiles(t *testing.T) {
	o := newConfigured()
	can := pulling()
	can["workspace.didChangeWatchedFiles.dynamicRegistration"] = true
	c := connect(t, o.Options)
	for _, m := range []string{"client/registerCapability", "workspace/diagnostic/refresh"} {
		c.respond[m] = func(json.RawMessage) any { return nil }
	}
	c.initialize(can, nil)
	c.wait("client/registerCapability", func(p json.RawMessage) bool {
		return strings.Contains(string(p), "**/.clauselint.yaml") && strings.Contains(string(p), "docx")
	})
	c.open(testURI, "plaintext", grantText)
	first := c.pull(testURI, "")
	if n := len(c.all("workspace/diagnostic/refresh")); n != 0 {
		t.Errorf("asked to pull again %d times before anything changed", n)
	}

	// A broken configuration is told, and what was in force goes on holding.
	o.fail(errors.New(".clauselint.yaml:1:1: no such key"))
	touch := map[string]any{"changes": []any{map[string]any{"uri": "file:///w/.clauselint.yaml", "type": 2}}}
	c.notify("workspace/didChangeWatchedFiles", touch)
	waitFor := func(n int) {
		seen := 0
		c.wait("workspace/diagnostic/refresh", func(json.RawMessage) bool { seen++; return seen >= n })
	}
	waitFor(1)
	if again := c.pull(testURI, first.ResultID); again.Kind != "unchanged" {
		t.Errorf("with a broken configuration: %+v", again)
	}
	c.wait("window/showMessage", func(p json.RawMessage) bool { return strings.Contains(string(p), "no such key") })

	o.fail(nil)
	c.notify("workspace/didChangeWatchedFiles", touch)
	waitFor(2)
	if again := c.pull(testURI, first.ResultID); again.Kind != "unchanged" {
		t.Errorf("with the configuration repaired: %+v", again)
	}
	if n := len(c.all("window/showMessage")); n != 1 {
		t.Errorf("%d messages were shown", n)
	}
}

// TestBrokenFromTheStart has no configuration that could go on holding.
func TestBrokenFromTheStart(t *testing.T) {
	o := newConfigured()
	o.fail(errors.New(".clauselint.yaml:1:1: no such key"))
	c := start(t, o.Options, modern(), nil)
	c.open(testURI, "plaintext", grantText)
	p := c.pushed(testURI, versioned(1))
	if len(p.Diagnostics) != 1 || !strings.Contains(p.Diagnostics[0].Message, "no such key") {
		t.Errorf("diagnostics %+v", p.Diagnostics)
	}
	// A client that watches nothing has the settings read when a file is saved.
	o.fail(nil)
	c.notify("textDocument/didSave", document1(testURI))
	c.pushed(testURI, chinese)

	// Settings that cannot be used leave in force what was.
	c.notify("workspace/didChangeConfiguration", map[string]any{"settings": map[string]any{"clauselint": Settings{Lang: "fr"}}})
	c.wait("window/showMessage", func(p json.RawMessage) bool { return strings.Contains(string(p), "lang fr") })
}

func TestEncodingAgreement(t *testing.T) {
	for _, test := range []struct {
		offered []string
		wish    Encoding
		want    string
	}{
		{nil, "", "utf-16"},
		{[]string{"utf-8", "utf-32", "utf-16"}, "", "utf-16"},
		{[]string{"utf-8", "utf-16"}, UTF8, "utf-8"},
		{[]string{"utf-8", "utf-32", "utf-16"}, UTF32, "utf-32"},
		{[]string{"utf-16"}, UTF8, "utf-16"},
		{[]string{"utf-8"}, "", "utf-8"},
		{[]string{"utf-7"}, "utf-7", "utf-16"},
	} {
		can := modern()
		if test.offered != nil {
			can["general.positionEncodings"] = test.offered
		}
		c := connect(t, testOptions())
		result := c.initialize(can, map[string]any{"initializationOptions": Settings{PositionEncoding: test.wish}})
		if got := result["capabilities"].(map[string]any)["positionEncoding"]; got != test.want {
			t.Errorf("%q, wish %q: %v, want %s", test.offered, test.wish, got, test.want)
		}
	}
}

// TestEncodings underlines the same words, counted in each unit, and edits by them.
func TestEncodings(t *testing.T) {
	const text = "😀脸，您授予我们对您的人脸信息的永久、不可撤销的许可。"
	for unit, want := range map[Encoding]int{UTF8: len("😀脸，您"), UTF16: 5, UTF32: 4} {
		can := pulling()
		can["general.positionEncodings"] = []Encoding{UTF8, UTF16, UTF32}
		c := start(t, testOptions(), can, map[string]any{"initializationOptions": Settings{PositionEncoding: unit}})
		c.open(testURI, "plaintext", text)
		first := c.pull(testURI, "").Items[0]
		if got := int(first.Range.Start.Character); got != want {
			t.Errorf("%s: begins at %d, want %d (%s)", unit, got, want, first.Data.Quote)
		}
		c.notify("textDocument/didChange", change(testURI, 2, map[string]any{"range": Range{Position{0, 0}, first.Range.Start}, "text": ""}))
		c.pull(testURI, "")
		if got := c.server.newest(testURI).lines.text; !strings.HasPrefix(got, first.Data.Quote) {
			t.Errorf("%s: the text is now %q", unit, got)
		}
	}
}

// TestWithheld shows what an answered fact withholds, faded where the client can.
func TestWithheld(t *testing.T) {
	opts := testOptions()
	facts := map[string]lint.Answer{"face-necessary": {Yes: true, Owner: "法务"}}
	configure := opts.Configure
	opts.Configure = func(set Settings) (Governor, error) {
		governor, err := configure(set)
		return func(path string) (Rules, error) {
			r, err := governor(path)
			r.Options.Facts = facts
			return r, err
		}, err
	}
	const text = "If you do not agree to our capturing your face data, we will not provide any service to you."
	for _, show := range []bool{false, true} {
		c := start(t, opts, modern(), map[string]any{"initializationOptions": Settings{Withheld: show}})
		c.open(testURI, "plaintext", text)
		faded := 0
		for _, d := range c.pushed(testURI, versioned(1)).Diagnostics {
			if d.Severity == severityHint {
				faded++
				if len(d.Tags) != 1 || d.Tags[0] != tagUnnecessary {
					t.Errorf("tags %v", d.Tags)
				}
			}
		}
		if (faded > 0) != show {
			t.Errorf("withheld %t: %d faded", show, faded)
		}
	}
}
