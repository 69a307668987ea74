// Command bench runs the provider with a real CLI against the embedded server and prints a table of
// goals: what each scenario may cost, and what it cost. The reference values (a loop over net/http,
// a provider that does nothing) are measured in turn with the provider, so the ratios hold on any
// machine that is otherwise idle.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tools/program"
)

func main() {
	var keys []string
	for _, g := range goals {
		keys = append(keys, g.key)
	}
	only := flag.String("only", strings.Join(keys, ","), "goals to measure")
	repeat := flag.Int("repeat", 3, "number of runs of each scenario; the figures are those of the median run")
	flag.Parse()
	selected := strings.Split(*only, ",")
	for _, key := range selected {
		if !slices.Contains(keys, key) {
			fmt.Fprintf(os.Stderr, "unknown goal %q, want one of %s\n", key, strings.Join(keys, ", "))
			os.Exit(1)
		}
	}
	os.Exit(program.Main("", func(ctx context.Context) error { return run(ctx, selected, max(1, *repeat)) }))
}

func run(ctx context.Context, only []string, repeat int) error {
	began := time.Now()
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	l, err := newLab(ctx, dir, repeat)
	if err != nil {
		return err
	}
	var rows []row
	for _, g := range goals {
		if !slices.Contains(only, g.key) {
			continue
		}
		fmt.Fprintf(os.Stderr, "measuring: %s\n", g.key)
		measured, err := g.measure(l, ctx)
		if err != nil {
			return fmt.Errorf("%s: %w", g.key, err)
		}
		rows = append(rows, measured...)
	}
	if err := writeTable(os.Stdout, rows); err != nil {
		return err
	}
	fmt.Printf("\nMeasured in %s.\n", time.Since(began).Round(time.Second))
	return nil
}

// row is one line of the table of goals.
type row struct {
	scenario, limit, measured string
	reached                   bool
	figures                   string // what the measured value is calculated from
}

func writeTable(to io.Writer, rows []row) error {
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "scenario\tlimit\tmeasured\tresult")
	for _, r := range rows {
		result := "NOT reached"
		if r.reached {
			result = "reached"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", r.scenario, r.limit, r.measured, result)
	}
	fmt.Fprintln(w, "\nfigures")
	for _, r := range rows {
		fmt.Fprintf(w, "%s\t%s\n", r.scenario, r.figures)
	}
	return w.Flush()
}
