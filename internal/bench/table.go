package main

import (
	"fmt"
	"strings"
	"text/tabwriter"
	"time"
)

// table shows the grid. Of a work that changes something there are two lines:
// plan and apply together, and the apply by itself.
func table(rows []row) string {
	var b strings.Builder
	b.WriteString("Wall and CPU time in s, memory (peak of what is resident) in MB, requests as they arrived. \"p\" is the CLI's parallelism, and what\n" +
		"the provider may ask at once where that is more than 16; the matrix asks 16 at once. The loop does the least the work needs; the ratio is\n" +
		"the CLI's wall time over that of the loop and of an empty plan together.\n\n")
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, tabs("work", "n", "latency", "p", "wall", "CPU", "CLI", "provider", "requests", "empty", "loop", "CPU", "memory", "requests", "ratio"))
	for _, r := range rows {
		fmt.Fprintln(w, tabs(r.cells()...))
		if r.changes {
			fmt.Fprintln(w, tabs(r.applied()...))
		}
	}
	_ = w.Flush()
	return b.String()
}

func tabs(cells ...string) string { return strings.Join(cells, "\t") + "\t" }

func (r row) cells() []string {
	cells := []string{r.work, fmt.Sprint(r.at.n), r.at.latency.String(), fmt.Sprint(r.at.parallelism)}
	cells = append(cells, cost(r.cli)...)
	return append(cells, seconds(r.empty.wall), seconds(r.loop.wall), seconds(r.loop.cpu), megabytes(r.loop.cli), fmt.Sprint(r.loop.requests),
		fmt.Sprintf("%.2f", r.ratio()))
}

func (r row) applied() []string {
	cells := append([]string{"its apply alone", "", "", ""}, cost(r.apply)...)
	return append(cells, "", "", "", "", "", "")
}

func cost(s sample) []string {
	return []string{seconds(s.wall), seconds(s.cpu), megabytes(s.cli), megabytes(s.provider), fmt.Sprint(s.requests)}
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()) }

func megabytes(bytes int64) string {
	if bytes == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f", float64(bytes)/(1<<20))
}
