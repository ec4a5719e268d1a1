//go:build unix

package lsp

import (
	"errors"
	"syscall"
)

// processAlive reports whether there is a process of that number.
func processAlive(pid int) bool {
	return !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH)
}
