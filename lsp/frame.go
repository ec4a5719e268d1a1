package lsp

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

const (
	// maxFrame is the longest message that is read, in bytes: a document of the
	// largest size that is linted, with every character escaped.
	maxFrame = 256 << 20
	// maxHeaderLine bounds a line of a header, of which two short ones are known.
	maxHeaderLine = 4 << 10
)

// errHeader is the error of a frame whose header says no usable length. What comes
// after it is read as the next frame.
var errHeader = errors.New("malformed header")

// frames reads the messages of the base protocol: a header that says how many bytes
// follow, an empty line, and the bytes.
type frames struct{ r *bufio.Reader }

func newFrames(r io.Reader) *frames { return &frames{bufio.NewReaderSize(r, 64<<10)} }

// next is the content of the next frame. Its error is errHeader, after which next may
// be called again, or that of the reader, which ends the session.
func (f *frames) next() ([]byte, error) {
	length, seen, bad := -1, false, ""
	for {
		line, err := f.line()
		if err != nil {
			if seen && err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return nil, err
		}
		if line == "" {
			break
		}
		seen = true
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			bad = "a line without a colon"
		}
		if strings.EqualFold(strings.TrimSpace(name), "Content-Length") {
			if length, err = strconv.Atoi(strings.TrimSpace(value)); err != nil || length < 0 || length > maxFrame {
				bad = "no usable Content-Length"
			}
		}
	}
	if length < 0 && bad == "" {
		bad = "no Content-Length"
	}
	if bad != "" {
		return nil, fmt.Errorf("%w: %s", errHeader, bad)
	}
	// The length is only believed as far as bytes come in.
	var body bytes.Buffer
	if n, err := io.CopyN(&body, f.r, int64(length)); err != nil {
		if err == io.EOF && n < int64(length) {
			err = io.ErrUnexpectedEOF
		}
		return nil, err
	}
	return body.Bytes(), nil
}

// line is a line of the header without its end.
func (f *frames) line() (string, error) {
	var line []byte
	for {
		part, err := f.r.ReadSlice('\n')
		if len(line)+len(part) > maxHeaderLine {
			return "", fmt.Errorf("%w: a line of more than %d bytes", errHeader, maxHeaderLine)
		}
		line = append(line, part...)
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err != nil:
			if err == io.EOF && len(line) > 0 {
				err = io.ErrUnexpectedEOF
			}
			return "", err
		}
		return strings.TrimRight(string(line), "\r\n"), nil
	}
}

// writeFrame writes content as one frame, in one call of Write.
func writeFrame(w io.Writer, content []byte) error {
	frame := make([]byte, 0, len(content)+32)
	frame = fmt.Appendf(frame, "Content-Length: %d\r\n\r\n", len(content))
	_, err := w.Write(append(frame, content...))
	return err
}
