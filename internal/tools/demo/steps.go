package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// demoRun is what the steps share.
type demoRun struct {
	root   string
	tf     cli
	server *server
	out    io.Writer
}

// step is one thing shown: its title, why it matters, and the doing, which fails when it is not as
// said.
type step struct {
	title, explanation string
	check              func(*demoRun, context.Context) error
}

var steps = []step{
	{"build", "compile the provider into a mirror; a first build takes minutes", (*demoRun).build},
	{
		"init", "install the provider from the mirror, with a lock file; your CLI configuration is not used",
		(*demoRun).initialize,
	},
	{"plan", "compare the configuration with the server", (*demoRun).firstPlan},
	{
		"apply", "submit, approve, wait for the new status, and decide a ticket for a change window",
		(*demoRun).firstApply,
	},
	{"rights", "show who may do what on a project, with names instead of identifiers", (*demoRun).rights},
	{"plan again", "after an apply the plan is empty", (*demoRun).emptyPlan},
	{"outside change", "a person disables a project by hand, and the next plan shows it", (*demoRun).drift},
	{"apply again", "enable that project and change nothing else", (*demoRun).repair},
	{"destroy", "disable the project with status_on_destroy; the others only leave the state", (*demoRun).destroy},
}

func (s *demoRun) steps(ctx context.Context) error {
	s.print("%s", s.server.describe())
	for i, step := range steps {
		begin := time.Now()
		s.print("\n%d/%d %s: %s", i+1, len(steps), step.title, step.explanation)
		if err := step.check(s, ctx); err != nil {
			return fmt.Errorf("%s: %w", step.title, err)
		}
		s.printIndented("(%.1f s)", time.Since(begin).Seconds())
	}
	return nil
}

func (s *demoRun) print(format string, args ...any) {
	fmt.Fprintln(s.out, wrap(fmt.Sprintf(format, args...), columns))
}

func (s *demoRun) printIndented(format string, args ...any) { s.print("    "+format, args...) }

// printPlan prints the part of a plan that lists changes and warnings, as the CLI prints it.
func (s *demoRun) printPlan(printed string) {
	for line := range strings.SplitSeq(changesOf(printed), "\n") {
		s.print("%s", strings.TrimRight("    "+line, " "))
	}
}

func (s *demoRun) build(ctx context.Context) error { return s.tf.Install(ctx, s.root) }

func (s *demoRun) initialize(ctx context.Context) error {
	return s.tf.do(ctx, "init", "-input=false")
}

func (s *demoRun) firstPlan(ctx context.Context) error {
	printed, changes, err := s.tf.plan(ctx, "first.tfplan")
	if err != nil {
		return err
	}
	s.printPlan(printed)
	return expect("objects in the plan", len(desired)+1, len(changes))
}

func (s *demoRun) firstApply(ctx context.Context) error {
	if err := s.tf.do(ctx, "apply", "-input=false", "first.tfplan"); err != nil {
		return err
	}
	if err := s.server.checkDesired(); err != nil {
		return err
	}
	s.printIndented("Ground Station was submitted and approved. Payments was Enabled already: no request was sent.")
	return expect("status changes sent", len(desired)-1, s.server.simulator.Count("Codesign/UpdateProjectStatus"))
}

func (s *demoRun) rights(ctx context.Context) error {
	var rows []holder
	if err := s.tf.read(ctx, &rows, "output", "-json", "rights"); err != nil {
		return err
	}
	for _, line := range table(rows) {
		s.printIndented("%s", line)
	}
	if len(rows) == 0 {
		return errors.New("the table is empty")
	}
	return nil
}

func (s *demoRun) emptyPlan(ctx context.Context) error {
	_, changes, err := s.tf.plan(ctx, "empty.tfplan")
	if err != nil {
		return err
	}
	if err := expect("changes in a plan that should be empty", 0, len(changes)); err != nil {
		return err
	}
	s.printIndented("plan: no changes")
	return nil
}

func (s *demoRun) drift(ctx context.Context) error {
	s.server.disable(driftProject)
	printed, changes, err := s.tf.plan(ctx, "drift.tfplan")
	if err != nil {
		return err
	}
	s.printPlan(printed)
	if err := expect("changes found", 1, len(changes)); err != nil {
		return err
	}
	if found := changes[0].Change.Before["dn"]; found != driftProject {
		return fmt.Errorf("the plan found a change of %v, and it was %s that was changed", found, driftProject)
	}
	return nil
}

func (s *demoRun) repair(ctx context.Context) error {
	if err := s.tf.do(ctx, "apply", "-input=false", "drift.tfplan"); err != nil {
		return err
	}
	if err := s.server.checkDesired(); err != nil {
		return err
	}
	s.printIndented("Payments is Enabled")
	return s.emptyPlan(ctx)
}

func (s *demoRun) destroy(ctx context.Context) error {
	if err := s.tf.do(ctx, "destroy", "-input=false", "-auto-approve"); err != nil {
		return err
	}
	if err := s.server.checkAfterDestroy(); err != nil {
		return err
	}
	s.printIndented("Ground Station is Disabled; the other projects and the ticket are as they were")
	return nil
}

func expect(what string, want, got int) error {
	if got != want {
		return fmt.Errorf("%s: %d, and it should be %d", what, got, want)
	}
	return nil
}
