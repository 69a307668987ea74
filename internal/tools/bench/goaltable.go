package main

import (
	"strings"
	"text/tabwriter"
)

// goalTable tells what was aimed at, and what came of it; what the measure was made
// of stands below each.
func goalTable(goals []goal) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	line := func(cells ...string) { _, _ = w.Write([]byte(strings.Join(cells, "\t") + "\n")) }
	line("goal", "aim", "measured")
	for _, g := range goals {
		line(g.work, g.want, strings.TrimSpace(g.got+" "+g.verdict()))
	}
	_ = w.Flush()
	lines := strings.SplitAfter(b.String(), "\n")
	b.Reset()
	b.WriteString(lines[0])
	for i, g := range goals {
		b.WriteString(lines[i+1] + "  " + g.figures + "\n")
	}
	return b.String()
}

func (g goal) verdict() string {
	switch {
	case g.uncounted:
		return ""
	case g.reached:
		return "reached"
	default:
		return "NOT reached"
	}
}
