// Command bench measures the provider with a real CLI against the embedded
// server, beside a plain loop over net/http that does the least the same job
// needs. Ratios are what counts: whatever stands in a row was measured in turn,
// in one run.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"time"
)

func main() {
	if isLoop() {
		exit(runLoop(context.Background(), os.Stdin))
		return
	}
	o := options{}
	o.flags(flag.CommandLine)
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, o)
	stop()
	exit(err)
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1) //nolint:revive // the end of main, for both of its ways
	}
}

func run(ctx context.Context, o options) error {
	if err := o.check(); err != nil {
		return err
	}
	began := time.Now()
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	l, err := newLab(ctx, ".", dir, o.profile)
	if err != nil {
		return err
	}
	l.say = progress(os.Stderr)
	if len(o.works()) > 0 {
		rows, err := l.grid(ctx, o)
		if err != nil {
			return err
		}
		l.say("")
		fmt.Println(table(rows))
	}
	goals, err := l.goals(ctx, o)
	if err != nil {
		return err
	}
	l.say("")
	if len(goals) > 0 {
		fmt.Println(goalTable(goals))
	}
	fmt.Printf("Measured in %s.\n", time.Since(began).Round(time.Second))
	return nil
}

// works are those of the grid that are asked for.
func (o options) works() []work {
	return slices.DeleteFunc(slices.Clone(works), func(w work) bool { return !o.wants(w.key) })
}
