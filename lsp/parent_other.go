//go:build !unix && !windows

package lsp

// processAlive cannot tell here: the end of the input will.
func processAlive(int) bool { return true }
