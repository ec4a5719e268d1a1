package report

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

// calls counts the writes.
type calls struct {
	bytes.Buffer
	n int
}

func (c *calls) Write(p []byte) (int, error) {
	c.n++
	return c.Buffer.Write(p)
}

// A record is one line, whatever is in it, and one write.
func TestWriteRecord(t *testing.T) {
	id := "第 1\n份 <&> \u202e"
	var out calls
	err := WriteRecord(&out, Record{Line: 7, ID: &id, Result: Result{Path: "a\r\n.md", Err: errors.New("broken\u2028off")}})
	want := `{"line":7,"id":"第 1\n份 <&> \u202e","file":{"path":"a\r\n.md","languages":[],"findings":[],"problems":[],"errors":[{"message":"broken\u2028off"}]}}` + "\n"
	if err != nil || out.n != 1 || out.String() != want {
		t.Errorf("%d writes, %v:\n%s\nwant\n%s", out.n, err, &out, want)
	}
	out = calls{}
	if err := WriteRecord(&out, Record{Line: 1, Result: Result{Path: "-"}}); err != nil || strings.Contains(out.String(), `"id"`) {
		t.Errorf("%v: %s", err, &out)
	}
}
