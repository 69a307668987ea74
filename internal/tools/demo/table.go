package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

// holder is a row of the configuration's output "rights".
type holder struct {
	Who    string   `json:"who"`
	Kind   string   `json:"kind"`
	Rights []string `json:"rights"`
}

// table draws one line for each trustee and one column for each right that a trustee has.
func table(rows []holder) []string {
	var columns []string
	for _, name := range signright.Known() {
		if slices.ContainsFunc(rows, func(h holder) bool { return slices.Contains(h.Rights, name) }) {
			columns = append(columns, name)
		}
	}
	lines := []string{fmt.Sprintf("%-24s %-6s %s", "who", "kind", strings.Join(columns, "  "))}
	for _, row := range rows {
		lines = append(lines, tableLine(row, columns))
	}
	return lines
}

func tableLine(row holder, columns []string) string {
	marks := make([]string, len(columns))
	for i, name := range columns {
		marks[i] = fmt.Sprintf("%-*s", len(name), "-")
		if slices.Contains(row.Rights, name) {
			marks[i] = fmt.Sprintf("%-*s", len(name), "x")
		}
	}
	return strings.TrimRight(fmt.Sprintf("%-24s %-6s %s", row.Who, row.Kind, strings.Join(marks, "  ")), " ")
}

// columns is the longest line that the demo prints.
const columns = 100

var planned = regexp.MustCompile(
	`(?s)([^\n]*will perform the following actions:\n.*?)(\n───|\nSaved the plan to:|\nChanges to Outputs:|$)`)

// changesOf cuts a printed plan down to the changes of resources, their count and the warnings.
func changesOf(printed string) string {
	if found := planned.FindStringSubmatch(printed); found != nil {
		printed = found[1]
	}
	return strings.TrimSpace(printed)
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
