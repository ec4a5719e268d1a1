package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// grant is a clause with a finding, without characters that JSON would escape.
const grant = "您授权我们永久使用您的人脸图像，且该授权不可撤销，我们可将其转授权给任何第三方。"

// testStream is a stream with small limits.
func testStream(tb testing.TB, maxLine int) *stream {
	tb.Helper()
	c := &command{opts: options{lang: "auto", view: "final", color: "auto", isolated: true}, stderr: io.Discard}
	settings, err := c.prepare()
	if err != nil {
		tb.Fatal(err)
	}
	return &stream{c: c, text: c, settings: settings, threshold: severities["error"], maxLine: maxLine, ahead: 4}
}

// batchLine is a line that batch writes.
type batchLine struct {
	Line int
	ID   *string
	File struct {
		Path     string
		Findings []struct{ Rule string }
		Errors   []struct{ Message string }
	}
}

func batchLines(tb testing.TB, out []byte) (lines []batchLine) {
	tb.Helper()
	for line := range bytes.Lines(out) {
		var l batchLine
		if err := json.Unmarshal(line, &l); err != nil || !bytes.HasSuffix(line, []byte("\n")) {
			tb.Fatalf("%q: %v", line, err)
		}
		lines = append(lines, l)
	}
	return lines
}

// Long and short records take turns, so that their results are ready in another order.
func TestBatchKeepsTheOrder(t *testing.T) {
	var in, out bytes.Buffer
	const n = 60
	for i := range n {
		text := grant
		if i%3 == 0 {
			text = strings.Repeat(grant+"\\n\\n", 30)
		}
		fmt.Fprintf(&in, "{\"id\": \"%d\", \"text\": \"%s\"}\n", i, text)
	}
	code, err := testStream(t, 1<<20).run(t.Context(), &in, &out)
	if code != exitFindings || err != nil {
		t.Errorf("exit code %d, %v", code, err)
	}
	lines := batchLines(t, out.Bytes())
	if len(lines) != n {
		t.Fatalf("%d results, want %d", len(lines), n)
	}
	for i, l := range lines {
		if l.Line != i+1 || l.ID == nil || *l.ID != fmt.Sprint(i) || len(l.File.Findings) == 0 {
			t.Errorf("result %d: line %d with %d findings", i, l.Line, len(l.File.Findings))
		}
	}
}

// A line too long is an error of its own; the lines around it are linted.
func TestBatchPassesOverLongLines(t *testing.T) {
	const limit = 100_000 // more than the buffer of the reader
	head, tail := `{"text": "`, `"}`
	fits := head + strings.Repeat("x", limit-len(head)-len(tail)) + tail
	var out bytes.Buffer
	in := fits + "\n" + fits + " \n" + strings.Repeat("y", 3*limit) + "\n" + `{"text": "z"}`
	code, err := testStream(t, limit).run(t.Context(), strings.NewReader(in), &out)
	if code != exitNone || err != nil {
		t.Errorf("exit code %d, %v", code, err)
	}
	var failed []int
	for _, l := range batchLines(t, out.Bytes()) {
		if len(l.File.Errors) > 0 {
			failed = append(failed, l.Line)
		}
	}
	if fmt.Sprint(failed) != "[2 3]" {
		t.Errorf("lines with errors: %v", failed)
	}
}

// Whoever sends a record and waits for its result before he sends the next gets it.
func TestBatchAnswersAtOnce(t *testing.T) {
	in, send := io.Pipe()
	answers, out := io.Pipe()
	ended := make(chan int)
	go func() {
		code, _ := testStream(t, 1<<20).run(t.Context(), in, out)
		ended <- code
	}()
	reader := bufio.NewReader(answers)
	for i := 1; i <= 3; i++ {
		fmt.Fprintf(send, "{\"text\": \"%s\"}\n", grant)
		if line, err := reader.ReadString('\n'); err != nil || !strings.HasPrefix(line, fmt.Sprintf(`{"line":%d,`, i)) {
			t.Fatalf("%.40q, %v", line, err)
		}
	}
	send.Close()
	if code := <-ended; code != exitFindings {
		t.Errorf("exit code %d", code)
	}
}

// failingWriter fails as a pipe does whose reader has gone.
type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) {
	return 0, &os.PathError{Op: "write", Path: "|1", Err: syscall.EPIPE}
}

func TestBatchEndsWithItsReader(t *testing.T) {
	endless, _ := io.Pipe() // nobody writes to it, nobody closes it
	in := io.MultiReader(strings.NewReader("{\"text\": \"x\"}\n"), endless)
	code, err := testStream(t, 1000).run(t.Context(), in, failingWriter{})
	if code != exitNone || !isBrokenPipe(err) {
		t.Errorf("exit code %d, %v", code, err)
	}
}

func TestBatchSaysThatItsInputBroke(t *testing.T) {
	var out bytes.Buffer
	in := io.MultiReader(strings.NewReader("{\"text\": \"x\"}\n{\"te"), brokenReader{})
	code, err := testStream(t, 1000).run(t.Context(), in, &out)
	if code != exitNone || err == nil || !strings.HasPrefix(err.Error(), "stdin: ") {
		t.Errorf("exit code %d, %v", code, err)
	}
	if lines := batchLines(t, out.Bytes()); len(lines) != 2 || len(lines[1].File.Errors) != 1 {
		t.Errorf("results: %s", &out)
	}
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestBatchInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	endless, send := io.Pipe()
	go func() {
		_, _ = io.WriteString(send, "{\"text\": \"x\"}\n")
		cancel()
	}()
	done := make(chan int)
	go func() {
		code, _ := testStream(t, 1000).run(ctx, endless, io.Discard)
		done <- code
	}()
	select {
	case code := <-done:
		if code != exitInterrupted {
			t.Errorf("exit code %d", code)
		}
	case <-time.After(time.Minute):
		t.Fatal("it waits for its input")
	}
}

func TestLocalName(t *testing.T) {
	for name, want := range map[string]string{
		"a.md": "a.md", "协议/a.md": "协议/a.md", "../../etc/a.md": "a.md", "/etc/a.md": "a.md", "..": "-", "/": "-", "-": "-",
	} {
		if got := localName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

// FuzzBatch sends anything at all: each line that is not blank has one result, with its
// number, and nothing else is written.
func FuzzBatch(f *testing.F) {
	f.Add([]byte("{\"id\": \"1\", \"name\": \"协议.md\", \"text\": \"" + grant + "\"}\n\n{\"text\": \"x\"}"))
	f.Add([]byte("\xEF\xBB\xBF{\"base64\": \"UEsDBA==\", \"name\": \"x.docx\"}\r\n\xff\n[]\n{\"id\": 1}\n"))
	f.Add([]byte(`{"text": "\ud800\u0000", "kind": "property", "lang": "en"}` + "\n" + strings.Repeat("x", 2000)))
	script, err := os.ReadFile("testdata/script/batch.txtar")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(script)
	s := testStream(f, 1000)
	f.Fuzz(func(t *testing.T, in []byte) {
		var out bytes.Buffer
		code, err := s.run(t.Context(), bytes.NewReader(in), &out)
		if err != nil || code < exitClean || code > exitNone {
			t.Fatalf("exit code %d, %v", code, err)
		}
		var want []int
		for i, line := range bytes.Split(bytes.TrimPrefix(in, []byte("\uFEFF")), []byte("\n")) {
			if len(line) > 1000 || len(bytes.TrimSpace(line)) > 0 {
				want = append(want, i+1)
			}
		}
		var got []int
		for _, l := range batchLines(t, out.Bytes()) {
			got = append(got, l.Line)
			if len(l.File.Errors) > 0 && code != exitNone {
				t.Errorf("exit code %d beside the error %q", code, l.File.Errors[0].Message)
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("results for lines %v, want %v", got, want)
		}
	})
}
