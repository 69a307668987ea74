package main

import (
	"context"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
)

// step is one thing shown: its title, why it matters, and the doing, which fails when it is not as
// said.
type step struct {
	title, explanation string
	show               func(*demo, context.Context)
}

var steps = []step{
	{"build", "compile the provider into a mirror; a first build takes minutes", (*demo).build},
	{
		"init", "install the provider from the mirror, with a lock file; your CLI configuration is not used",
		(*demo).initialize,
	},
	{"plan", "a new project with its roles, its submission, and a ticket to decide", (*demo).firstPlan},
	{"apply", "create the project, assign the roles, submit it, and decide the ticket", (*demo).firstApply},
	{"approve", "another person reviews the roles and approves the submission (four eyes)", (*demo).approve},
	{"plan again", "the plan of the team is empty", (*demo).emptyPlan},
	{
		"outside changes", "people disable a project and add a signer by hand, and the next plan shows both",
		(*demo).drift,
	},
	{"apply again", "take the signer out, enable the project, and change nothing else", (*demo).repair},
	{"destroy", "disable the new project and take out its signers; the rest stays as it is", (*demo).destroy},
}

func (d *demo) steps(ctx context.Context) error {
	d.print("%s", d.server.describe())
	for i, step := range steps {
		begin := time.Now()
		d.print("\n%d/%d %s: %s", i+1, len(steps), step.title, step.explanation)
		if step.show(d, ctx); d.err != nil {
			return fmt.Errorf("the demo failed at %s: %w", step.title, d.err)
		}
		d.printIndented("(%.1f s)", time.Since(begin).Seconds())
	}
	return nil
}

func (d *demo) print(format string, args ...any) {
	if d.err == nil {
		fmt.Fprintf(d.out, format+"\n", args...)
	}
}

func (d *demo) printIndented(format string, args ...any) { d.print("    "+format, args...) }

func (d *demo) build(ctx context.Context) { d.check(d.team.Install(ctx)) }

func (d *demo) initialize(ctx context.Context) {
	d.do(ctx, d.team, "init", "-input=false")
	d.do(ctx, d.approver, "init", "-input=false")
}

func (d *demo) firstPlan(ctx context.Context) {
	d.expect("objects in the plan", 5, len(d.plan(ctx, d.team, "first.tfplan")))
}

func (d *demo) firstApply(ctx context.Context) {
	d.do(ctx, d.team, "apply", "-input=false", "first.tfplan")
	d.check(d.server.check("Pending", signers))
	d.printIndented("Telemetry exists and waits for its approval. Payments was Enabled already: no request was sent.")
	d.expect("status changes sent", 1, d.server.simulator.Count("Codesign/UpdateProjectStatus"))
}

// approve shows who gets which role before the approver decides.
func (d *demo) approve(ctx context.Context) {
	d.expect("objects in the plan", 1, len(d.plan(ctx, d.approver, "approval.tfplan")))
	d.do(ctx, d.approver, "apply", "-input=false", "approval.tfplan")
	d.rights(ctx)
	d.expect("approvers of the submission", []string{decider}, d.server.approvers())
	d.printIndented("Telemetry is Enabled: submitted by %s, approved by %s", pipeline, decider)
	d.check(d.server.check("Enabled", signers))
}

func (d *demo) rights(ctx context.Context) {
	var rows []holder
	if d.err == nil {
		d.err = d.approver.Decode(ctx, &rows, "output", "-json", "rights")
	}
	for _, line := range table(rows) {
		d.printIndented("%s", line)
	}
	d.expect("rows of the table", 3, len(rows))
}

func (d *demo) emptyPlan(ctx context.Context) {
	d.expect("changes in a plan that should be empty", 0, len(d.plan(ctx, d.team, "empty.tfplan")))
	d.printIndented("plan: no changes")
}

func (d *demo) drift(ctx context.Context) {
	d.server.drift()
	d.expect("changes in the plan", []string{"codesign_project_role.signers", "codesign_project_status.payments"},
		d.plan(ctx, d.team, "drift.tfplan"))
}

func (d *demo) repair(ctx context.Context) {
	d.do(ctx, d.team, "apply", "-input=false", "drift.tfplan")
	d.check(d.server.check("Enabled", signers))
	d.printIndented("Payments is Enabled, and only the %s sign with Telemetry", signers)
	d.emptyPlan(ctx)
}

func (d *demo) destroy(ctx context.Context) {
	d.do(ctx, d.team, "destroy", "-input=false", "-auto-approve")
	d.check(d.server.check("Disabled"))
	d.printIndented("Telemetry is Disabled; Payments and the ticket are as they were")
}

// do runs a command that has to succeed.
func (d *demo) do(ctx context.Context, tf *realcli.CLI, args ...string) (result realcli.Result) {
	if d.err == nil {
		result, d.err = tf.Do(ctx, args...)
	}
	return result
}

// plan saves a plan, prints its changes and returns their addresses.
func (d *demo) plan(ctx context.Context, tf *realcli.CLI, file string) (addresses []string) {
	result := d.do(ctx, tf, "plan", "-input=false", "-detailed-exitcode", "-out="+file)
	if d.err != nil || result.Code == 0 {
		return nil
	}
	for line := range strings.SplitSeq(changesOf(result.Stdout), "\n") {
		d.print("%s", strings.TrimRight("    "+line, " "))
	}
	var shown tfjson.Plan
	d.err = tf.Decode(ctx, &shown, "show", "-json", file)
	for _, c := range shown.ResourceChanges {
		if actions := c.Change.Actions; !actions.NoOp() && !actions.Read() {
			addresses = append(addresses, c.Address)
		}
	}
	return addresses
}

func (d *demo) check(err error) {
	if d.err == nil {
		d.err = err
	}
}

func (d *demo) expect(what string, want, got any) {
	if !reflect.DeepEqual(got, want) {
		d.check(fmt.Errorf("%s: %v, and it should be %v", what, got, want))
	}
}

// holder is a row of the configuration's output "rights".
type holder struct {
	Who    string   `json:"who"`
	Kind   string   `json:"kind"`
	Rights []string `json:"rights"`
}

// table draws one line for each trustee and one column for each right that a trustee has.
func table(rows []holder) []string {
	var columns []string
	for _, name := range signright.Known() {
		if slices.ContainsFunc(rows, func(h holder) bool { return slices.Contains(h.Rights, name) }) {
			columns = append(columns, name)
		}
	}
	lines := []string{fmt.Sprintf("%-24s %-6s %s", "who", "kind", strings.Join(columns, "  "))}
	for _, row := range rows {
		marks := make([]string, len(columns))
		for i, name := range columns {
			marks[i] = fmt.Sprintf("%-*s", len(name), "-")
			if slices.Contains(row.Rights, name) {
				marks[i] = fmt.Sprintf("%-*s", len(name), "x")
			}
		}
		line := fmt.Sprintf("%-24s %-6s %s", row.Who, row.Kind, strings.Join(marks, "  "))
		lines = append(lines, strings.TrimRight(line, " "))
	}
	return lines
}

var planned = regexp.MustCompile(
	`(?s)([^\n]*will perform the following actions:\n.*?)(\n───|\nSaved the plan to:|\nChanges to Outputs:|$)`)

// changesOf cuts a printed plan down to the changes of resources, their count and the warnings.
func changesOf(printed string) string {
	if found := planned.FindStringSubmatch(printed); found != nil {
		printed = found[1]
	}
	return strings.TrimSpace(printed)
}
