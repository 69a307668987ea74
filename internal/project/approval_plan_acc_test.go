package project_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func plannedValue(attribute string, want knownvalue.Check) plancheck.PlanCheck {
	return plancheck.ExpectKnownValue(approvalResource, tfjsonpath.New(attribute), want)
}

// setRevision reports another revision of the project, as after a change of its content.
func setRevision(env *acctest.Env, revision int) func() {
	return func() {
		env.Server.Inject(simulator.Fault{
			Path: "Config/IsValid", Kind: simulator.Other500, Status: 200,
			Body: fmt.Sprintf(
				`{"Object":{"DN":%q,"GUID":%q,"Revision":%d},"Result":1}`, paymentsDN,
				env.Server.Snapshot().Projects[0].GUID, revision),
		})
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
			env := acctest.Start(t, approverWorld("Pending"))
			ticket := knownvalue.Int64Exact(env.Server.FlowTickets(paymentsDN)[0].ID)
			config := env.ScopedProviderConfig("paul", c.scope) + approvalConfig()
			step := acctest.Applies(config, approvalValue("ticket_id", ticket),
				approvalValue("submitted_at", knownvalue.NotNull()), approvalValue("revision", c.revision))
			step.ConfigPlanChecks.PreApply = []plancheck.PlanCheck{
				plannedValue("ticket_id", ticket), plannedValue("submitted_at", knownvalue.NotNull()),
				plannedValue("approvers", knownvalue.ListSizeExact(2)), plannedValue("revision", c.revision),
			}
			acctest.Test(t, env, step, unchangedAfter(config, func() {
				env.Server.SetProjectStatus(paymentsDN, "Pending")
			}))
			checkDecisions(t, env, 1, 0)
		})
	}
}

// The CLI compares the plans before the provider is asked to apply.
func TestAccProjectApproval_SavedPlan(t *testing.T) {
	for name, c := range map[string]struct {
		happens        func(*testing.T, *acctest.Env) func()
		approvalConfig string
		words          []string
	}{
		"another submission is approved": {func(t *testing.T,
			env *acctest.Env,
		) func() {
			return func() {
				resubmit(t, env,
					"petra")
			}
		}, approvalConfig(), []string{"inconsistent final plan", "ticket_id"}},
		"another submission is rejected": {func(t *testing.T,
			env *acctest.Env,
		) func() {
			return func() {
				resubmit(t, env,
					"petra")
			}
		}, approvalConfig(rejection, rejectionComment), []string{"inconsistent final plan", "ticket_id"}},
		"another revision": {
			func(_ *testing.T, env *acctest.Env) func() { return setRevision(env, 99) }, approvalConfig(),
			[]string{"inconsistent final plan", "revision"},
		},
		"approved by another approver": {func(t *testing.T, env *acctest.Env) func() {
			return func() {
				if err := env.Server.ApproveFlow(paymentsDN, "petra"); err != nil {
					t.Error(err)
				}
			}
		}, approvalConfig(), []string{"inconsistent final plan", "ticket_id"}},
	} {
		t.Run(name, func(t *testing.T) {
			env := acctest.Start(t, approverWorld("Pending"))
			acctest.Test(t, env, afterPlan(env.ProviderConfig("paul")+c.approvalConfig, c.happens(t, env), c.words...))
			checkDecisions(t, env, 0, 0)
		})
	}
}

// The changes come after the CLI has compared the plans.
func TestAccProjectApproval_SubmissionChangesDuringApply(t *testing.T) {
	for name, c := range map[string]struct {
		happens func(*testing.T, *acctest.Env) func()
		words   []string
	}{
		"another submission": {
			func(t *testing.T, env *acctest.Env) func() { return func() { resubmit(t, env, "petra") } },
			[]string{"dn =", "not the one that the plan showed", "submission date", "Review the project again"},
		},
		"another revision": {
			func(_ *testing.T, env *acctest.Env) func() { return setRevision(env, 99) },
			[]string{"dn =", "not the one that the plan showed", "revision", "found 99"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			env := acctest.Start(t, approverWorld("Pending"))
			happens, plans, done := c.happens(t, env), 0, false
			env.Server.OnRequest(func(r simulator.Request) {
				if r.Path == ticketsPath {
					plans++
				}
				if plans == 2 && r.Path == readPath && !done { // the first request of the apply itself
					done = true
					happens()
				}
			})
			acctest.Test(t, env, acctest.Fails(env.ProviderConfig("paul")+approvalConfig(), c.words...))
			checkDecisions(t, env, 0, 0)
		})
	}
}

func TestAccProjectApproval_Warnings(t *testing.T) {
	env := acctest.Start(t, approverWorld("Draft"))
	shell := acctest.OpenShell(t, env.ProviderConfig("paul"))
	shell.Configure(approvalConfig())
	shell.Shows([]string{"No submission to review for project Payments", "project is Draft"}, "plan")
	env.Server.SetProjectStatus(paymentsDN, "Pending")
	out := shell.Run("plan", "-out=saved")
	if strings.Contains(out, "No submission to review") {
		t.Error(out)
	}
	shell.Shows([]string{"Review flow ticket", "of project Payments", "0 of 1 approvals", "inconsistent final plan"},
		"plan")
	resubmit(t, env, "petra")
	shell.Fails([]string{"Review flow ticket", "new plan", "inconsistent final plan"}, "apply", "saved")
	checkDecisions(t, env, 0, 0)
	shell.Run("apply", "-auto-approve")
	checkDecisions(t, env, 1, 0)
	shell.Configure(approvalConfig(rejection, rejectionComment))
	env.Server.SetProjectStatus(paymentsDN, "Draft")
	shell.Shows([]string{"must be replaced", "No submission to review", "project is Draft"}, "plan")
	shell.Configure(approvalConfig())
	env.Server.SetProjectStatus(paymentsDN, "Enabled")
	shell.Run("destroy", "-auto-approve")
	shell.Shows([]string{"No submission to review", "already Enabled"}, "plan")
}
