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
		marks := make([]string, len(columns))
		for i, name := range columns {
			marks[i] = fmt.Sprintf("%-*s", len(name), "-")
			if slices.Contains(row.Rights, name) {
				marks[i] = fmt.Sprintf("%-*s", len(name), "x")
			}
		}
		line := fmt.Sprintf("%-24s %-6s %s", row.Who, row.Kind, strings.Join(marks, "  "))
		lines = append(lines, strings.TrimRight(line, " "))
	}
	return lines
}

var planned = regexp.MustCompile(
	`(?s)([^\n]*will perform the following actions:\n.*?)(\n───|\nSaved the plan to:|\nChanges to Outputs:|$)`)

// changesOf cuts a printed plan down to the changes of resources, their count and the warnings.
func changesOf(printed string) string {
	if found := planned.FindStringSubmatch(printed); found != nil {
		printed = found[1]
	}
	return strings.TrimSpace(printed)
}
