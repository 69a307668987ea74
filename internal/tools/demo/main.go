// Command demo shows the provider's main job: a real CLI goes from init to destroy against the
// embedded server, and each step is checked, so that what is said is also true.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	err := demo{out: os.Stdout}.run(ctx)
	interrupted := ctx.Err() != nil
	stop()
	switch {
	case interrupted:
		fmt.Fprintln(os.Stderr, "\nInterrupted; server, provider and temporary files are gone.")
		os.Exit(130)
	case err != nil:
		fmt.Fprintln(os.Stderr, "\nThe demo failed:", err)
		os.Exit(1)
	}
}

// demo is one showing. Everything it writes lies in a directory of its own in temp, and is gone
// afterwards.
type demo struct {
	temp string // empty: the system's
	out  io.Writer
}

func (d demo) run(ctx context.Context) error {
	begin := time.Now()
	dir, err := os.MkdirTemp(d.temp, "codesign-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)

	c, err := startServer()
	if err != nil {
		return err
	}
	defer c.simulator.Close()
	base, err := realcli.New(dir)
	if err != nil {
		return err
	}
	team, err := newCLI(base, "team", c.environment(pipeline))
	if err != nil {
		return err
	}
	approver, err := newCLI(base, "approver", c.environment(decider))
	if err != nil {
		return err
	}
	s := &demoRun{team: team, approver: approver, server: c, out: d.out}
	if err := s.steps(ctx); err != nil {
		return err
	}
	s.print("\nEach step was checked against the server, in %.0f s. Next: README.md, or make demo-server.",
		time.Since(begin).Seconds())
	return nil
}
