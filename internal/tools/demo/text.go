package main

import (
	"slices"
	"strings"
)

// columns is the longest line that the demo prints.
const columns = 100

// changesOf cuts a printed plan down to its changes, their count and the warnings.
func changesOf(printed string) string {
	lines := strings.Split(printed, "\n")
	first := slices.IndexFunc(lines, func(l string) bool {
		return strings.HasSuffix(l,
			"will perform the following actions:")
	})
	if first < 0 {
		return strings.TrimSpace(printed)
	}
	lines = lines[first:]
	if last := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "───") }); last >= 0 {
		lines = lines[:last]
	}
	saved := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "Saved the plan to:") })
	if saved >= 0 {
		lines = lines[:saved]
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// wrap breaks lines at blanks, or in a word that is longer than a line. Continued lines keep the
// indentation of the first.
func wrap(text string, width int) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = wrapLine(line, width)
	}
	return strings.Join(lines, "\n")
}

func wrapLine(line string, width int) string {
	rest := []rune(line)
	content := strings.TrimLeft(line, " ")
	indent := []rune(strings.Repeat(" ", min(len(line)-len(content)+2, width/2)))
	var done []string
	for len(rest) > width {
		at := width
		for i := width; i > len(indent); i-- {
			if rest[i] == ' ' {
				at = i
				break
			}
		}
		done = append(done, strings.TrimRight(string(rest[:at]), " "))
		rest = append(slices.Clone(indent), []rune(strings.TrimLeft(string(rest[at:]), " "))...)
	}
	return strings.Join(append(done, string(rest)), "\n")
}
