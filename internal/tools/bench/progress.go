package main

import (
	"fmt"
	"os"
)

// progress tells what is being measured: in one line that changes where somebody
// looks on, else in a line for each.
func progress(to *os.File) func(format string, args ...any) {
	info, err := to.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return func(format string, args ...any) {
			if format != "" {
				_, _ = fmt.Fprintf(to, format+"\n", args...)
			}
		}
	}
	return func(format string, args ...any) { _, _ = fmt.Fprintf(to, "\r\x1b[K"+format, args...) }
}
