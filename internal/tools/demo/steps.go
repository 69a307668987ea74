package main

import (
	"context"
	"fmt"
	"io"
	"reflect"
	"strings"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
)

// demoRun is what the steps share.
type demoRun struct {
	team, approver *realcli.CLI // two pipelines, each with its own credentials and state
	server         *server
	out            io.Writer
	err            error // the first one; after it no command runs and nothing is printed
}

// step is one thing shown: its title, why it matters, and the doing, which fails when it is not as
// said.
type step struct {
	title, explanation string
	show               func(*demoRun, context.Context)
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
		if step.show(s, ctx); s.err != nil {
			return fmt.Errorf("%s: %w", step.title, s.err)
		}
		s.printIndented("(%.1f s)", time.Since(begin).Seconds())
	}
	return nil
}

func (s *demoRun) print(format string, args ...any) {
	if s.err != nil {
		return
	}
	fmt.Fprintln(s.out, wrap(fmt.Sprintf(format, args...), columns))
}

func (s *demoRun) printIndented(format string, args ...any) { s.print("    "+format, args...) }

func (s *demoRun) build(ctx context.Context) { s.check(s.team.Install(ctx)) }

func (s *demoRun) initialize(ctx context.Context) {
	s.do(ctx, s.team, "init", "-input=false")
	s.do(ctx, s.approver, "init", "-input=false")
}

func (s *demoRun) firstPlan(ctx context.Context) {
	s.expect("objects in the plan", 5, len(s.plan(ctx, s.team, "first.tfplan")))
}

func (s *demoRun) firstApply(ctx context.Context) {
	s.do(ctx, s.team, "apply", "-input=false", "first.tfplan")
	s.check(s.server.checkDesired("Pending"))
	s.printIndented("Telemetry exists and waits for its approval. Payments was Enabled already: no request was sent.")
	s.expect("status changes sent", 1, s.server.simulator.Count("Codesign/UpdateProjectStatus"))
}

// approve shows who gets which role before the approver decides.
func (s *demoRun) approve(ctx context.Context) {
	s.expect("objects in the plan", 1, len(s.plan(ctx, s.approver, "approval.tfplan")))
	s.do(ctx, s.approver, "apply", "-input=false", "approval.tfplan")
	s.rights(ctx)
	s.expect("approvers of the submission", []string{decider}, s.server.approvers())
	s.printIndented("Telemetry is Enabled: submitted by %s, approved by %s", pipeline, decider)
	s.check(s.server.checkDesired("Enabled"))
}

func (s *demoRun) rights(ctx context.Context) {
	var rows []holder
	if s.err == nil {
		s.err = s.approver.Decode(ctx, &rows, "output", "-json", "rights")
	}
	for _, line := range table(rows) {
		s.printIndented("%s", line)
	}
	s.expect("rows of the table", 3, len(rows))
}

func (s *demoRun) emptyPlan(ctx context.Context) {
	s.expect("changes in a plan that should be empty", 0, len(s.plan(ctx, s.team, "empty.tfplan")))
	s.printIndented("plan: no changes")
}

func (s *demoRun) drift(ctx context.Context) {
	s.server.drift()
	s.expect("changes in the plan", []string{"codesign_project_role.signers", "codesign_project_status.payments"},
		s.plan(ctx, s.team, "drift.tfplan"))
}

func (s *demoRun) repair(ctx context.Context) {
	s.do(ctx, s.team, "apply", "-input=false", "drift.tfplan")
	s.check(s.server.checkDesired("Enabled"))
	s.printIndented("Payments is Enabled, and only the %s sign with Telemetry", signers)
	s.emptyPlan(ctx)
}

func (s *demoRun) destroy(ctx context.Context) {
	s.do(ctx, s.team, "destroy", "-input=false", "-auto-approve")
	s.check(s.server.checkAfterDestroy())
	s.printIndented("Telemetry is Disabled; Payments and the ticket are as they were")
}

// do runs a command that has to succeed.
func (s *demoRun) do(ctx context.Context, tf *realcli.CLI, args ...string) (result realcli.Result) {
	if s.err == nil {
		result, s.err = tf.Do(ctx, args...)
	}
	return result
}

// plan saves a plan, prints its changes and returns their addresses.
func (s *demoRun) plan(ctx context.Context, tf *realcli.CLI, file string) (addresses []string) {
	result := s.do(ctx, tf, "plan", "-input=false", "-detailed-exitcode", "-out="+file)
	if s.err != nil || result.Code == 0 {
		return nil
	}
	for line := range strings.SplitSeq(changesOf(result.Stdout), "\n") {
		s.print("%s", strings.TrimRight("    "+line, " "))
	}
	var shown struct {
		Changes []struct {
			Address string
			Change  struct{ Actions []string }
		} `json:"resource_changes"`
	}
	s.err = tf.Decode(ctx, &shown, "show", "-json", file)
	for _, c := range shown.Changes {
		if c.Change.Actions[0] != "no-op" && c.Change.Actions[0] != "read" {
			addresses = append(addresses, c.Address)
		}
	}
	return addresses
}

func (s *demoRun) check(err error) {
	if s.err == nil {
		s.err = err
	}
}

func (s *demoRun) expect(what string, want, got any) {
	if !reflect.DeepEqual(got, want) {
		s.check(fmt.Errorf("%s: %v, and it should be %v", what, got, want))
	}
}
