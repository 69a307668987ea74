package main

import (
	"strings"
	"text/tabwriter"
)

// goalTable tells what was aimed at, and what came of it.
func goalTable(goals []goal) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	line := func(cells ...string) { _, _ = w.Write([]byte(strings.Join(cells, "\t") + "\n")) }
	line("goal", "aim", "measured", "", "made of")
	for _, g := range goals {
		line(g.work, g.want, g.got, g.verdict(), g.figures)
	}
	_ = w.Flush()
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
