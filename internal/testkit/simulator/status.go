package simulator

import (
	"fmt"
	"strconv"
	"strings"
)

// The numbers of a project's status.
const (
	disabled = iota
	enabled
	draft
	pending
	deleted
	disabledByParent
)

var statusNames = []string{"Disabled", "Enabled", "Draft", "Pending", "Deleted", "DisabledByParent"}

func statusName(n int) string {
	if n >= 0 && n < len(statusNames) {
		return statusNames[n]
	}
	return strconv.Itoa(n)
}

// parseStatus reads a name or a number; empty means what fallback says.
func parseStatus(s string, fallback int) (int, error) {
	if s == "" {
		return fallback, nil
	}
	for n, name := range statusNames {
		if strings.EqualFold(name, s) {
			return n, nil
		}
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0, fmt.Errorf("simulator: %q is no project status", s)
	}
	return n, nil
}

func mustStatus(s string, fallback int) int {
	n, err := parseStatus(s, fallback)
	if err != nil {
		panic(err)
	}
	return n
}
