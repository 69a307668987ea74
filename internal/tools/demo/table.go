package main

import (
	"fmt"
	"slices"
	"strings"
)

// holder is a row of the configuration's output "rights".
type holder struct {
	Who    string   `json:"who"`
	Kind   string   `json:"kind"`
	Rights []string `json:"rights"`
}

// rightNames are the columns, in the order of the bits.
var rightNames = []string{"Admin", "Use", "Audit", "Owner", "ProjectApproval", "ApplicationAdmin", "ApproveUse"}

// table draws one line for each trustee and one column for each right that somebody has.
func table(rows []holder) []string {
	var columns []string
	for _, name := range rightNames {
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
