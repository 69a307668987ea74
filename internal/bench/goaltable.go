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
		verdict := "reached"
		if !g.reached {
			verdict = "NOT reached"
		}
		line(g.work, g.want, g.got, verdict, g.figures)
	}
	_ = w.Flush()
	return b.String()
}
