package document

import (
	"bytes"
	"strings"
)

// frontMatter reads the metadata at the top of the file, YAML between "---" or
// TOML between "+++", and says how many bytes it takes. The title is a heading,
// the rest verbatim text.
func (w *markdownReader) frontMatter() int {
	fence := "---"
	if bytes.HasPrefix(w.src, []byte("+++")) {
		fence = "+++"
	}
	text := string(w.src)
	first, at := frontLine(text, 0)
	if first != fence || at == len(text) {
		return 0
	}
	from, until, end := at, 0, 0
	known := false // some line is a key with its value, so this is no rule above prose
	for next := at; next < len(text); {
		var line string
		at = next
		line, next = frontLine(text, at)
		if line == fence || fence == "---" && line == "..." {
			until, end = at, next
			break
		}
		if line == "" || line[0] == '#' || line[0] == ' ' || line[0] == '\t' {
			continue
		}
		if !known && !isKey(line) {
			return 0
		}
		known = true
	}
	if end == 0 || !known {
		return 0
	}
	v := view{buf: w.src}
	code := Block{Kind: Code, Place: FrontMatter}
	w.b.begin(code)
	for at, next := from, 0; at < until; at = next {
		var line string
		line, next = frontLine(text, at)
		value, ok := titleValue(line)
		if !ok {
			w.b.copy(v, at, next)
			continue
		}
		w.b.begin(Block{Kind: Heading, Level: 1, Place: FrontMatter})
		w.b.copy(v, at+value.Start, at+value.End)
		w.b.begin(code)
	}
	w.b.end()
	return end
}

// frontLine is the line of text at offset at, without trailing white space,
// and where the next one begins.
func frontLine(text string, at int) (line string, next int) {
	end := len(text)
	if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
		end = at + i + 1
	}
	return strings.TrimRight(text[at:end], " \t\r\n"), end
}

// isKey reports whether line begins as "key:", "key =" or a TOML "[table]".
func isKey(line string) bool {
	if line[0] == '[' {
		return strings.HasSuffix(line, "]")
	}
	key, _, ok := strings.Cut(line, ":")
	if eq, _, isTOML := strings.Cut(line, "="); !ok || isTOML && len(eq) < len(key) {
		key, ok = eq, isTOML
	}
	key = strings.TrimSpace(key)
	return ok && key != "" && !strings.ContainsAny(key, " \t，。：") && len(key) <= 40
}

// titleValue finds the value of a title in a line of metadata.
func titleValue(line string) (Span, bool) {
	rest, ok := strings.CutPrefix(strings.ToLower(line), "title")
	// Lower case may have another length in Unicode; keys are ASCII.
	if !ok || len(rest)+len("title") != len(line) {
		return Span{}, false
	}
	rest = strings.TrimLeft(rest, " \t")
	if rest == "" || rest[0] != ':' && rest[0] != '=' {
		return Span{}, false
	}
	s := trim(line, Span{len(line) - len(rest) + 1, len(line)})
	if s.Len() >= 2 && (line[s.Start] == '"' || line[s.Start] == '\'') && line[s.End-1] == line[s.Start] {
		s.Start++
		s.End--
	}
	return s, s.Len() > 0
}
