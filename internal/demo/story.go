package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

// story is what the steps share.
type story struct {
	root    string
	tf      cli
	company *company
	out     io.Writer
}

// step is one thing shown: its title, why it matters, and the doing, which fails when it is not as said.
type step struct {
	title, why string
	do         func(*story, context.Context) error
}

var steps = []step{
	{"build", "the provider is compiled and put where a registry would serve it from", (*story).build},
	{"init", "the CLI installs it from there, with a lock file; your own CLI configuration plays no part", (*story).initialize},
	{"plan", "the plan looks at the server first and says how far each object is from its goal", (*story).firstPlan},
	{"apply", "submits, approves, waits until the server agrees, and decides a ticket for a change window", (*story).firstApply},
	{"rights", "who may do what on a project, with names in place of identifiers", (*story).rights},
	{"plan again", "an apply that did its work leaves nothing to do", (*story).emptyPlan},
	{"outside change", "somebody disables a project by hand, and the next plan finds it", (*story).drift},
	{"apply again", "puts it right, and touches nothing else", (*story).repair},
	{"destroy", "disables the project that says so; whoever does not say so only lets go", (*story).destroy},
}

func (s *story) tell(ctx context.Context) error {
	s.say("%s", s.company.describe())
	for i, step := range steps {
		begin := time.Now()
		s.say("\n%d/%d %s: %s", i+1, len(steps), step.title, step.why)
		if err := step.do(s, ctx); err != nil {
			return fmt.Errorf("%s: %w", step.title, err)
		}
		s.detail("(%.1f s)", time.Since(begin).Seconds())
	}
	return nil
}

func (s *story) say(format string, args ...any)    { fmt.Fprintf(s.out, format+"\n", args...) }
func (s *story) detail(format string, args ...any) { s.say("    "+format, args...) }

func (s *story) build(ctx context.Context) error { return s.tf.Install(ctx, s.root) }

func (s *story) initialize(ctx context.Context) error {
	return s.tf.do(ctx, "init", "-input=false")
}

func (s *story) firstPlan(ctx context.Context) error {
	changes, err := s.tf.plan(ctx, "first.tfplan")
	if err != nil {
		return err
	}
	for _, c := range changes {
		s.detail("+ %-44s %s -> %v", c.Address, s.company.state(c.Change.After), c.Change.After["status"])
	}
	return expect("objects in the plan", len(goals)+1, len(changes))
}

func (s *story) firstApply(ctx context.Context) error {
	if err := s.tf.do(ctx, "apply", "-input=false", "first.tfplan"); err != nil {
		return err
	}
	if err := s.company.checkGoals(); err != nil {
		return err
	}
	s.detail("Ground Station was submitted and approved on the way; Payments was there already, and nothing was sent for it")
	return expect("status changes sent", len(goals)-1, s.company.server.Count("Codesign/UpdateProjectStatus"))
}

func (s *story) rights(ctx context.Context) error {
	var rows []holder
	if err := s.tf.read(ctx, &rows, "output", "-json", "rights"); err != nil {
		return err
	}
	for _, line := range table(rows) {
		s.detail("%s", line)
	}
	if len(rows) == 0 {
		return errors.New("the table is empty")
	}
	return nil
}

func (s *story) emptyPlan(ctx context.Context) error {
	changes, err := s.tf.plan(ctx, "empty.tfplan")
	if err != nil {
		return err
	}
	if err := expect("changes in a plan that should be empty", 0, len(changes)); err != nil {
		return err
	}
	s.detail("plan: no changes")
	return nil
}

func (s *story) drift(ctx context.Context) error {
	s.company.disable(driftProject)
	changes, err := s.tf.plan(ctx, "drift.tfplan")
	if err != nil {
		return err
	}
	for _, c := range changes {
		s.detail("~ %-44s %v -> %v", c.Address, c.Change.Before["current_status"], c.Change.After["status"])
	}
	if err := expect("changes found", 1, len(changes)); err != nil {
		return err
	}
	if found := changes[0].Change.Before["dn"]; found != driftProject {
		return fmt.Errorf("the plan found a change of %v, and it was %s that was changed", found, driftProject)
	}
	return nil
}

func (s *story) repair(ctx context.Context) error {
	if err := s.tf.do(ctx, "apply", "-input=false", "drift.tfplan"); err != nil {
		return err
	}
	if err := s.company.checkGoals(); err != nil {
		return err
	}
	s.detail("Payments is Enabled")
	return s.emptyPlan(ctx)
}

func (s *story) destroy(ctx context.Context) error {
	if err := s.tf.do(ctx, "destroy", "-input=false", "-auto-approve"); err != nil {
		return err
	}
	if err := s.company.checkAfterDestroy(); err != nil {
		return err
	}
	s.detail("Ground Station is Disabled; the other projects and the ticket are as they were")
	return nil
}

func expect(what string, want, got int) error {
	if got != want {
		return fmt.Errorf("%s: %d, and it should be %d", what, got, want)
	}
	return nil
}
