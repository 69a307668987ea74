package project_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// approvalMeanwhile acts between a plan and the apply of that saved plan.
type approvalMeanwhile func()

func (m approvalMeanwhile) CheckPlan(context.Context, plancheck.CheckPlanRequest, *plancheck.CheckPlanResponse) {
	m()
}

func approvalAfterPlan(config string, act func(), words ...string) resource.TestStep {
	step := resource.TestStep{Config: config, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{approvalMeanwhile(act)}}}
	if len(words) > 0 {
		step.ExpectError = acctest.Words(words...)
	}
	return step
}

func planned(attribute string, want knownvalue.Check) plancheck.PlanCheck {
	return plancheck.ExpectKnownValue(approvalAddress, tfjsonpath.New(attribute), want)
}

// approvalResubmit is another approver's rejection, and the owner's next submission.
func approvalResubmit(t *testing.T, env *acctest.Env) func() {
	return func() {
		if err := env.Server.RejectFlow(approvalPayments, "petra", "not yet"); err != nil {
			t.Error(err)
		}
		env.Server.SetProjectStatus(approvalPayments, "Pending")
	}
}

// revise answers with another revision of the project, as after a change of its content.
func revise(env *acctest.Env, revision int) func() {
	return func() {
		env.Server.Inject(simulator.Fault{Path: "Config/IsValid", Kind: simulator.Other500, Status: 200, Body: fmt.Sprintf(
			`{"Object":{"DN":%q,"GUID":%q,"Revision":%d},"Result":1}`, approvalPayments, env.Server.Snapshot().Projects[0].GUID, revision)})
	}
}

func TestAccProjectApproval_PlanShowsSubmission(t *testing.T) {
	for name, c := range map[string]struct {
		scope    string
		revision knownvalue.Check
	}{
		"with the revision": {"codesign:approve;configuration", knownvalue.NotNull()},
		"without it":        {"codesign:approve", knownvalue.Null()},
	} {
		t.Run(name, func(t *testing.T) {
			env := acctest.Start(t, approvalWorld("Pending"))
			ticket := knownvalue.Int64Exact(env.Server.FlowTickets(approvalPayments)[0].ID)
			config := env.ScopedProviderConfig("paul", c.scope) + approvalBlock()
			step := acctest.Applies(config, approvalIs("ticket_id", ticket), approvalIs("submitted_at", knownvalue.NotNull()), approvalIs("revision", c.revision))
			step.ConfigPlanChecks.PreApply = []plancheck.PlanCheck{
				planned("ticket_id", ticket), planned("submitted_at", knownvalue.NotNull()),
				planned("approvers", knownvalue.ListSizeExact(2)), planned("revision", c.revision),
			}
			acctest.Test(t, env, step, quiet(config, func() { env.Server.SetProjectStatus(approvalPayments, "Pending") }))
			approvalSent(t, env, 1, 0)
		})
	}
}

// The CLI compares the plans before the provider is asked to apply.
func TestAccProjectApproval_SavedPlan(t *testing.T) {
	for name, c := range map[string]struct {
		happens       func(*testing.T, *acctest.Env) func()
		approvalBlock string
		words         []string
	}{
		"another submission is approved": {approvalResubmit, approvalBlock(), []string{"inconsistent final plan", "ticket_id"}},
		"another submission is rejected": {approvalResubmit, approvalBlock(rejected, notYet), []string{"inconsistent final plan", "ticket_id"}},
		"another revision": {
			func(_ *testing.T, env *acctest.Env) func() { return revise(env, 99) }, approvalBlock(),
			[]string{"inconsistent final plan", "revision"},
		},
		"approved by another approver": {func(t *testing.T, env *acctest.Env) func() {
			return func() {
				if err := env.Server.ApproveFlow(approvalPayments, "petra"); err != nil {
					t.Error(err)
				}
			}
		}, approvalBlock(), []string{"inconsistent final plan", "ticket_id"}},
	} {
		t.Run(name, func(t *testing.T) {
			env := acctest.Start(t, approvalWorld("Pending"))
			acctest.Test(t, env, approvalAfterPlan(env.ProviderConfig("paul")+c.approvalBlock, c.happens(t, env), c.words...))
			approvalSent(t, env, 0, 0)
		})
	}
}

// The changes come after the CLI has compared the plans.
func TestAccProjectApproval_SubmissionChangesDuringApply(t *testing.T) {
	for name, c := range map[string]struct {
		happens func(*testing.T, *acctest.Env) func()
		words   []string
	}{
		"another submission": {approvalResubmit, []string{"dn =", "not the one that the plan showed", "submission date", "Review the project again"}},
		"another revision": {func(_ *testing.T, env *acctest.Env) func() { return revise(env, 99) },
			[]string{"dn =", "not the one that the plan showed", "revision", "found 99"}},
	} {
		t.Run(name, func(t *testing.T) {
			env := acctest.Start(t, approvalWorld("Pending"))
			happens, plans, done := c.happens(t, env), 0, false
			env.Server.OnRequest(func(r simulator.Request) {
				if r.Path == "Flow/Tickets/Enumerate" {
					plans++
				}
				if plans == 2 && r.Path == "Codesign/GetProject" && !done { // the first request of the apply itself
					done = true
					happens()
				}
			})
			acctest.Test(t, env, acctest.Fails(env.ProviderConfig("paul")+approvalBlock(), c.words...))
			approvalSent(t, env, 0, 0)
		})
	}
}

func TestAccProjectApproval_Warnings(t *testing.T) {
	env := acctest.Start(t, approvalWorld("Draft"))
	shell := acctest.OpenShell(t, env.ProviderConfig("paul"))
	shell.Configure(approvalBlock())
	shell.Shows([]string{"No submission to review for project Payments", "project is Draft"}, "plan")
	env.Server.SetProjectStatus(approvalPayments, "Pending")
	out := shell.Run("plan", "-out=saved")
	if strings.Contains(out, "No submission to review") {
		t.Error(out)
	}
	shell.Shows([]string{"Review flow ticket", "of project Payments", "0 of 1 approvals", "inconsistent final plan"}, "plan")
	approvalResubmit(t, env)()
	shell.Fails([]string{"Review flow ticket", "new plan", "inconsistent final plan"}, "apply", "saved")
	approvalSent(t, env, 0, 0)
	shell.Run("apply", "-auto-approve")
	approvalSent(t, env, 1, 0)
	shell.Configure(approvalBlock(rejected, notYet))
	env.Server.SetProjectStatus(approvalPayments, "Draft")
	shell.Shows([]string{"must be replaced", "No submission to review", "project is Draft"}, "plan")
	shell.Configure(approvalBlock())
	env.Server.SetProjectStatus(approvalPayments, "Enabled")
	shell.Run("destroy", "-auto-approve")
	shell.Shows([]string{"No submission to review", "approved already"}, "plan")
}
