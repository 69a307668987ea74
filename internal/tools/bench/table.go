package main

import (
	"fmt"
	"strings"
	"time"
)

const explanation = `Wall and CPU time in s, memory (peak of what is resident) in MB. "p" is the CLI's parallelism; the provider asks 16
at once, or p where that is more, and so does the matrix's loop. A loop does the least the work needs, p at a time;
the ratio is the CLI's wall time over those of the loop and of the empty plan together.
`

// layout fits the widest figures that there are, within 120 characters.
const layout = "%-18v%6v%8v%4v%8v%7v%8v%9v%9v%8v%7v%7v%9v%7v"

// table shows the grid, a paragraph for each setting. Of a work that changes
// something there are two lines: plan and apply together, and the apply alone.
func table(rows []row) string {
	var b strings.Builder
	line := func(cells []any) { b.WriteString(strings.TrimRight(fmt.Sprintf(layout, cells...), " ") + "\n") }
	b.WriteString(strings.Repeat(" ", 39) + "CLI and provider:" + strings.Repeat(" ", 24) + "plain loop:\n")
	line([]any{"", "n", "latency", "p", "wall", "CPU", "CLI MB", "prov. MB", "requests", "wall", "CPU", "MB", "requests", "ratio"})
	for _, r := range rows {
		if r.alone {
			line(blank(14))
		}
		line(r.cells())
		if r.changes {
			line(append(append([]any{"  its apply alone", "", "", ""}, cost(r.apply)...), blank(5)...))
		}
	}
	return explanation + "\n" + b.String()
}

func (r row) cells() []any {
	cells := append([]any{r.work, r.at.n, r.at.latency, r.at.parallelism}, cost(r.cli)...)
	if r.alone {
		return append(cells, blank(5)...)
	}
	return append(cells, seconds(r.loop.wall), seconds(r.loop.cpu), megabytes(r.loop.cli), r.loop.requests, fmt.Sprintf("%.2f", r.ratio()))
}

func cost(s sample) []any {
	return []any{seconds(s.wall), seconds(s.cpu), megabytes(s.cli), megabytes(s.provider), s.requests}
}

func blank(n int) []any {
	cells := make([]any, n)
	for i := range cells {
		cells[i] = ""
	}
	return cells
}

// seconds has three digits, or thousandths.
func seconds(d time.Duration) string {
	switch s := d.Seconds(); {
	case s < 10:
		return fmt.Sprintf("%.3f", s)
	case s < 100:
		return fmt.Sprintf("%.1f", s)
	default:
		return fmt.Sprintf("%.0f", s)
	}
}

func megabytes(bytes int64) string {
	if bytes == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f", float64(bytes)/(1<<20))
}
