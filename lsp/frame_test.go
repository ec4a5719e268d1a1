package lsp

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func TestFrames(t *testing.T) {
	for _, test := range []struct {
		name, stream string
		want         []string // contents, "!" for a malformed header
		end          error
	}{
		{"one", "Content-Length: 2\r\n\r\n{}", []string{"{}"}, io.EOF},
		{"two", "Content-Length: 2\r\n\r\n{}Content-Length: 3\r\n\r\n[1]", []string{"{}", "[1]"}, io.EOF},
		{"bytes, not characters", "Content-Length: 5\r\n\r\n\"脸\"", []string{"\"脸\""}, io.EOF},
		{"empty", "Content-Length: 0\r\n\r\n", []string{""}, io.EOF},
		{"other fields, other case", "content-type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length:2\r\n\r\n{}", []string{"{}"}, io.EOF},
		{"line feeds alone", "Content-Length: 2\n\n{}", []string{"{}"}, io.EOF},
		{"no length", "Content-Type: x\r\n\r\nContent-Length: 2\r\n\r\n{}", []string{"!", "{}"}, io.EOF},
		{"no number", "Content-Length: two\r\n\r\n", []string{"!"}, io.EOF},
		{"negative", "Content-Length: -1\r\n\r\n", []string{"!"}, io.EOF},
		{"larger than can be", "Content-Length: 99999999999\r\n\r\n", []string{"!"}, io.EOF},
		{"cut content", "Content-Length: 9\r\n\r\n{}", nil, io.ErrUnexpectedEOF},
		{"cut header", "Content-Len", nil, io.ErrUnexpectedEOF},
		{"cut between lines", "Content-Length: 2\r\n", nil, io.ErrUnexpectedEOF},
		{"nothing", "", nil, io.EOF},
		{"endless line", strings.Repeat("x", 3*maxHeaderLine), []string{"!"}, io.EOF},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFrames(iotest.OneByteReader(strings.NewReader(test.stream)))
			var got []string
			for {
				content, err := f.next()
				if errors.Is(err, errHeader) {
					got = append(got, "!")
					continue
				}
				if err != nil {
					if err != test.end {
						t.Errorf("ends with %v, want %v", err, test.end)
					}
					break
				}
				got = append(got, string(content))
			}
			if strings.Join(got, "¦") != strings.Join(test.want, "¦") {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// FuzzFraming reads any stream to its end, and what writeFrame wrote as it was.
func FuzzFraming(f *testing.F) {
	f.Add([]byte("Content-Length: 2\r\n\r\n{}"))
	f.Add([]byte("Content-Length: 2\r\nContent-Type: x\r\n\r\n{}Content-Length: 1\n\n1"))
	f.Add([]byte("Content-Length: 18446744073709551616\r\n\r\n"))
	f.Add([]byte(":\r\n\r\n\r\n"))
	f.Add([]byte("Content-Length: 3\r\n\r\n脸"))
	f.Fuzz(func(t *testing.T, data []byte) {
		read := 0
		for r := newFrames(bytes.NewReader(data)); ; {
			content, err := r.next()
			if err != nil && !errors.Is(err, errHeader) {
				if err != io.EOF && err != io.ErrUnexpectedEOF {
					t.Fatalf("ends with %v", err)
				}
				break
			}
			if read += len(content); read > len(data) {
				t.Fatalf("%d bytes of content in %d", read, len(data))
			}
		}
		var b bytes.Buffer
		if err := writeFrame(&b, data); err != nil {
			t.Fatal(err)
		}
		content, err := newFrames(&b).next()
		if err != nil || !bytes.Equal(content, data) {
			t.Fatalf("wrote %q, read %q, %v", data, content, err)
		}
	})
}
