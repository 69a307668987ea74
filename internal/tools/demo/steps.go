package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// demoRun is what the steps share.
type demoRun struct {
	root           string
	team, approver cli // two pipelines, each with its own credentials and state
	server         *server
	out            io.Writer
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
	{"plan", "a new project with its roles, its submission, and a ticket to decide", (*demoRun).firstPlan},
	{"apply", "create the project, assign the roles, submit it, and decide the ticket", (*demoRun).firstApply},
	{"approve", "another person reviews the roles and approves the submission (four eyes)", (*demoRun).approve},
	{"plan again", "the plan of the team is empty", (*demoRun).emptyPlan},
	{
		"outside changes", "people disable a project and add a signer by hand, and the next plan shows both",
		(*demoRun).drift,
	},
	{"apply again", "take the signer out, enable the project, and change nothing else", (*demoRun).repair},
	{"destroy", "disable the new project and take out its signers; the rest stays as it is", (*demoRun).destroy},
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

func (s *demoRun) build(ctx context.Context) error { return s.team.Install(ctx, s.root) }

func (s *demoRun) initialize(ctx context.Context) error {
	for _, tf := range []cli{s.team, s.approver} {
		if err := tf.do(ctx, "init", "-input=false"); err != nil {
			return err
		}
	}
	return nil
}

func (s *demoRun) firstPlan(ctx context.Context) error {
	printed, changes, err := s.team.plan(ctx, "first.tfplan")
	if err != nil {
		return err
	}
	s.printPlan(printed)
	return expect("objects in the plan", 5, len(changes))
}

func (s *demoRun) firstApply(ctx context.Context) error {
	if err := s.team.do(ctx, "apply", "-input=false", "first.tfplan"); err != nil {
		return err
	}
	if err := s.server.checkDesired("Pending"); err != nil {
		return err
	}
	s.printIndented("Telemetry exists and waits for its approval. Payments was Enabled already: no request was sent.")
	return expect("status changes sent", 1, s.server.simulator.Count("Codesign/UpdateProjectStatus"))
}

// approve shows who gets which role before the approver decides.
func (s *demoRun) approve(ctx context.Context) error {
	printed, changes, err := s.approver.plan(ctx, "approval.tfplan")
	if err != nil {
		return err
	}
	s.printPlan(printed)
	if err := expect("objects in the plan", 1, len(changes)); err != nil {
		return err
	}
	if err := s.approver.do(ctx, "apply", "-input=false", "approval.tfplan"); err != nil {
		return err
	}
	if err := s.rights(ctx); err != nil {
		return err
	}
	if approvers := s.server.approvers(); !slices.Equal(approvers, []string{decider}) {
		return fmt.Errorf("the submission was approved by %v, and it should be by %s alone", approvers, decider)
	}
	s.printIndented("Telemetry is Enabled: submitted by %s, approved by %s", pipeline, decider)
	return s.server.checkDesired("Enabled")
}

func (s *demoRun) rights(ctx context.Context) error {
	var rows []holder
	if err := s.approver.Decode(ctx, &rows, "output", "-json", "rights"); err != nil {
		return err
	}
	for _, line := range table(rows) {
		s.printIndented("%s", line)
	}
	return expect("rows of the table", 3, len(rows))
}

func (s *demoRun) emptyPlan(ctx context.Context) error {
	_, changes, err := s.team.plan(ctx, "empty.tfplan")
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
	s.server.drift()
	printed, changes, err := s.team.plan(ctx, "drift.tfplan")
	if err != nil {
		return err
	}
	s.printPlan(printed)
	var found []string
	for _, c := range changes {
		found = append(found, c.Address)
	}
	if want := []string{
		"codesign_project_role.signers", "codesign_project_status.payments",
	}; !slices.Equal(found, want) {
		return fmt.Errorf("the plan changes %v, and it should change %v", found, want)
	}
	return nil
}

func (s *demoRun) repair(ctx context.Context) error {
	if err := s.team.do(ctx, "apply", "-input=false", "drift.tfplan"); err != nil {
		return err
	}
	if err := s.server.checkDesired("Enabled"); err != nil {
		return err
	}
	s.printIndented("Payments is Enabled, and only the %s sign with Telemetry", signers)
	return s.emptyPlan(ctx)
}

func (s *demoRun) destroy(ctx context.Context) error {
	if err := s.team.do(ctx, "destroy", "-input=false", "-auto-approve"); err != nil {
		return err
	}
	if err := s.server.checkAfterDestroy(); err != nil {
		return err
	}
	s.printIndented("Telemetry is Disabled; Payments and the ticket are as they were")
	return nil
}

func expect(what string, want, got int) error {
	if got != want {
		return fmt.Errorf("%s: %d, and it should be %d", what, got, want)
	}
	return nil
}
