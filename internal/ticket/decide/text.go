package decide

import (
	"fmt"
	"strings"
)

// Limits of what a message repeats of the server's words.
const (
	mostListed = 10
	longest    = 100 // characters
)

// some lists names as far as they fit a message.
func some(names []string) string {
	listed := make([]string, 0, mostListed)
	for _, name := range names[:min(len(names), mostListed)] {
		listed = append(listed, short(name))
	}
	text := strings.Join(listed, ", ")
	if more := len(names) - mostListed; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

func short(s string) string {
	if runes := []rune(s); len(runes) > longest {
		return string(runes[:longest]) + "…"
	}
	return s
}
