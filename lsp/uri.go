package lsp

import (
	"net/url"
	"path/filepath"
	"runtime"
	"strings"
)

// uriPath is the path of a file that a URI names, empty for a URI of something else.
func uriPath(uri string) string {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "file" && u.Scheme != wordScheme || u.Path == "" {
		return ""
	}
	path := u.Path
	if runtime.GOOS == "windows" {
		if u.Host != "" {
			return `\\` + u.Host + filepath.FromSlash(path)
		}
		// "/c:/folder": the slash is none of the path.
		if len(path) > 2 && path[0] == '/' && path[2] == ':' {
			path = path[1:]
		}
	}
	return filepath.FromSlash(path)
}

// pathURI is the URI of the file at an absolute path.
func pathURI(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}

// isWord reports whether a path is that of a Word file.
func isWord(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".docx", ".docm", ".dotx", ".dotm":
		return true
	}
	return false
}
