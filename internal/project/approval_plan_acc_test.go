package project_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// setRevision reports another revision of the project, as after a change of its content.
func setRevision(env *acctest.Env, revision int) (restore func()) {
	return env.Server.Inject(simulator.Fault{
		Path: "Config/IsValid", Kind: simulator.Other500, Status: 200,
		Body: fmt.Sprintf(
			`{"Object":{"DN":%q,"GUID":%q,"Revision":%d},"Result":1}`, paymentsDN,
			env.Server.Projects()[0].GUID, revision),
	})
}

// The plan shows the revision of the project to a caller whose token has the scope configuration. The
// other token approves the other project.
func TestAccProjectApproval_PlanShowsSubmission(t *testing.T) {
	env := acctest.Start(t, approverWorld("Pending"))
	shows := func(scope, dn string, approvers int, revision knownvalue.Check) resource.TestStep {
		ticket := knownvalue.Int64Exact(env.Server.FlowTickets(dn)[0].ID)
		step := acctest.Applies(
			env.ScopedProviderConfig("paul", scope)+approvalConfigOf(dn, `decision = "Approved"`),
			approvalValue("ticket_id", ticket), approvalValue("submitted_at", knownvalue.NotNull()),
			approvalValue("revision", revision),
		)
		step.ConfigPlanChecks.PreApply = []plancheck.PlanCheck{
			plannedApproval("ticket_id", ticket), plannedApproval("submitted_at", knownvalue.NotNull()),
			plannedApproval("approvers", knownvalue.ListSizeExact(approvers)), plannedApproval("revision", revision),
		}
		return step
	}
	const narrow = "codesign:approve"
	withRevision := shows(narrow+";configuration", paymentsDN, 2, knownvalue.NotNull())
	acctest.Test(t, env, withRevision,
		unchangedAfter(withRevision.Config, func() { env.Server.SetProjectStatus(paymentsDN, "Pending") }),
		shows(narrow, projectsDN+"Other", 1, knownvalue.Null()),
	)
	checkDecisions(t, env, 2, 0)
}

// The CLI compares the plans before the provider is asked to apply.
func TestAccProjectApproval_SavedPlan(t *testing.T) {
	env := acctest.Start(t, approverWorld("Pending"))
	resubmits := func() { resubmit(t, env, "petra") }
	approves := func() {
		if err := env.Server.ApproveFlow(paymentsDN, "petra"); err != nil {
			t.Error(err)
		}
	}
	restore := func() {}
	revises := func() { restore = setRevision(env, 99) }
	rows := map[string]resource.TestStep{}
	for name, c := range map[string]struct {
		happens        func()
		approvalConfig string
		changed        string
	}{
		"another submission is approved": {resubmits, approvalConfig(), "ticket_id"},
		"another submission is rejected": {resubmits, approvalConfig(rejection, rejectionComment), "ticket_id"},
		"another revision":               {revises, approvalConfig(), "revision"},
		"approved by another approver":   {approves, approvalConfig(), "ticket_id"},
	} {
		step := afterPlan(env.ProviderConfig("paul")+c.approvalConfig, c.happens, "inconsistent final plan", c.changed)
		step.PreConfig = func() { restore() }
		rows[name] = step
	}
	acctest.Refused(t, env, rows)
	checkDecisions(t, env, 0, 0)
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
			func(_ *testing.T, env *acctest.Env) func() { return func() { setRevision(env, 99) } },
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
