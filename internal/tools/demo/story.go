package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// story is what the steps share.
type story struct {
	root    string
	tf      cli
	company *company
	out     io.Writer
}

// step is one thing shown: its title, why it matters, and the doing, which fails when it is not as
// said.
type step struct {
	title, why string
	do         func(*story, context.Context) error
}

var steps = []step{
	{"build", "compile the provider into a mirror; a first build takes minutes", (*story).build},
	{"init", "install the provider from the mirror, with a lock file; your CLI configuration is not used",
		(*story).initialize},
	{"plan", "compare the configuration with the server", (*story).firstPlan},
	{"apply", "submit, approve, wait for the new status, and decide a ticket for a change window", (*story).firstApply},
	{"rights", "show who may do what on a project, with names instead of identifiers", (*story).rights},
	{"plan again", "after an apply the plan is empty", (*story).emptyPlan},
	{"outside change", "a person disables a project by hand, and the next plan shows it", (*story).drift},
	{"apply again", "enable that project and change nothing else", (*story).repair},
	{"destroy", "disable the project with status_on_destroy; the others only leave the state", (*story).destroy},
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

func (s *story) say(format string, args ...any) {
	fmt.Fprintln(s.out, wrap(fmt.Sprintf(format, args...), columns))
}

func (s *story) detail(format string, args ...any) { s.say("    "+format, args...) }

// show prints the part of a plan that lists changes and warnings, as the CLI prints it.
func (s *story) show(printed string) {
	for line := range strings.SplitSeq(changesOf(printed), "\n") {
		s.say("%s", strings.TrimRight("    "+line, " "))
	}
}

func (s *story) build(ctx context.Context) error { return s.tf.Install(ctx, s.root) }

func (s *story) initialize(ctx context.Context) error {
	return s.tf.do(ctx, "init", "-input=false")
}

func (s *story) firstPlan(ctx context.Context) error {
	printed, changes, err := s.tf.plan(ctx, "first.tfplan")
	if err != nil {
		return err
	}
	s.show(printed)
	return expect("objects in the plan", len(goals)+1, len(changes))
}

func (s *story) firstApply(ctx context.Context) error {
	if err := s.tf.do(ctx, "apply", "-input=false", "first.tfplan"); err != nil {
		return err
	}
	if err := s.company.checkGoals(); err != nil {
		return err
	}
	s.detail("Ground Station was submitted and approved. Payments was Enabled already: no request was sent.")
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
	_, changes, err := s.tf.plan(ctx, "empty.tfplan")
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
	printed, changes, err := s.tf.plan(ctx, "drift.tfplan")
	if err != nil {
		return err
	}
	s.show(printed)
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
