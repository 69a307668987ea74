package decide

import (
	"fmt"
	"strings"
)

// Limits of what a message repeats from the server.
const (
	maxNames  = 10
	maxLength = 100 // characters
)

// listSome lists the first names.
func listSome(names []string) string {
	listed := make([]string, 0, maxNames)
	for _, name := range names[:min(len(names), maxNames)] {
		listed = append(listed, shorten(name))
	}
	text := strings.Join(listed, ", ")
	if more := len(names) - maxNames; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

func shorten(s string) string {
	if runes := []rune(s); len(runes) > maxLength {
		return string(runes[:maxLength]) + "…"
	}
	return s
}
