package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
)

// faultless lets an apply run in a world without faults. People approve what waits for them, and desired statuses
// that can't be reached are given up. It has to succeed, and the plan after it has to be empty.
func (s *soak) faultless(ctx context.Context, number int) error {
	s.replaceUnreachable()
	if err := s.configure(); err != nil {
		return err
	}
	stop := s.approveEverything(ctx)
	defer stop()
	s.actor.begin(nil)
	s.applies++
	result, err := s.cli.Run(ctx, "apply", "-input=false", "-auto-approve")
	if err != nil {
		return err
	}
	found := s.violations()
	if result.Code != 0 {
		found = append(found, "an apply in a quiet world failed")
	} else {
		more, err := s.afterFaultless(ctx)
		if err != nil {
			return err
		}
		found = append(found, more...)
	}
	s.reportViolations(number, found, result.Stdout+result.Stderr)
	return nil
}

func (s *soak) afterFaultless(ctx context.Context) ([]string, error) {
	found, err := s.stateAgrees(ctx, s.cli)
	if err != nil {
		return nil, err
	}
	plan, err := s.cli.Run(ctx, "plan", "-input=false", "-detailed-exitcode")
	if plan.Code != 0 {
		found = append(found, "the plan after an apply in a quiet world is not empty:\n"+plan.Stdout+plan.Stderr)
	}
	if n := s.cli.Providers(); n != 0 {
		found = append(found, fmt.Sprintf("%d providers are still running", n))
	}
	return found, err
}

// replaceUnreachable replaces desired statuses that can't be reached from where a project is: a Disabled one is not
// submitted, and this server knows no way from Pending to Disabled.
func (s *soak) replaceUnreachable() {
	for _, p := range s.list {
		switch status := s.server.ProjectStatus(p.dn); {
		case status == "Disabled" && p.desired == "Pending":
			p.desired = "Disabled"
		case status == "Pending" && p.desired == "Disabled":
			p.desired = "Pending"
		}
	}
}

// approveEverything approves whatever waits, every now and then, until stopped.
func (s *soak) approveEverything(ctx context.Context) (stop func()) {
	return repeat(ctx, s.approveOnce)
}

// approveUpdates approves the updates of a scene's project, until stopped.
func (c *scenarioRun) approveUpdates(ctx context.Context) (stop func()) {
	return repeat(ctx, func() { _ = c.server.ApproveFlow(c.dn, approver) })
}

// repeat does something every now and then, until stopped.
func repeat(ctx context.Context, do func()) (stop func()) {
	const every = 100 * time.Millisecond
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for pause := poll.New(every, every); pause.Wait(ctx); {
			do()
		}
	}()
	return func() { cancel(); <-done }
}

func (s *soak) approveOnce() {
	for _, p := range s.list {
		if s.server.ProjectStatus(p.dn) == "Pending" && !p.selfApprove && p.desired == "Enabled" {
			_ = s.server.ApproveFlow(p.dn, approver)
		}
	}
}

// unlock removes the lock that a killed CLI leaves on its state, as a person would.
func (s *soak) unlock() {
	_ = os.Remove(filepath.Join(s.cli.Dir, ".terraform.tfstate.lock.info"))
}

// reportViolations reports what was not there before.
func (s *soak) reportViolations(number int, found []string, output string) {
	for _, f := range found {
		if !slices.Contains(s.found, f) {
			s.found = append(s.found, f)
			fmt.Fprintf(s.out, "VIOLATION in round %d: %s\n%s\n", number, f, output)
		}
	}
}

func (s *soak) report(took time.Duration) error {
	fmt.Fprintf(s.out, "seed %d: %d applies in %s, %d of them failed with a reason, %d faults, %d outside actions, %d "+
		"kills, %d situations, %d requests, %d violations\n",
		s.seed, s.applies, took.Round(time.Second), s.failures, s.faults, s.actions, s.kills, s.scenarioCount,
		len(s.server.Requests()), len(s.found))
	if len(s.found) > 0 {
		return errors.New("something happened that may never be; run again with the same seed")
	}
	return nil
}
