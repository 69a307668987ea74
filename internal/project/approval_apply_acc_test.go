package project_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func TestAccProjectApproval_ApprovesOnce(t *testing.T) {
	env := acctest.Start(t, approverWorld("Pending"))
	config := env.ProviderConfig("paul") + approvalConfig(`comment = "CHG0012345"`)
	ticket := env.Server.FlowTickets(paymentsDN)[0].ID
	acctest.Test(t, env,
		acctest.Applies(config, approvalValue("current_status", text("Enabled")),
			approvalValue("ticket_id", knownvalue.Int64Exact(ticket)),
			approvalValue("required_approvals", knownvalue.Int64Exact(1)), approvalValue("approvers",
				knownvalue.ListSizeExact(2))),
		unchangedAfter(config, func() { env.Server.SetProjectStatus(paymentsDN, "Disabled") },
			approvalValue("current_status", text("Disabled"))),
		unchangedAfter(config, func() { env.Server.SetProjectStatus(paymentsDN, "Draft") },
			approvalValue("current_status", text("Draft"))),
		unchangedAfter(config, func() { env.Server.SetProjectStatus(paymentsDN, "Pending") },
			approvalValue("current_status", text("Pending"))),
		unchangedAfter(config, func() { env.Server.RenameProject("Payments", "Payments 2") },
			approvalValue("current_status", text("Pending"))),
		unchangedAfter(config, func() { env.Server.RemoveProject("Payments 2") },
			approvalValue("current_status", knownvalue.Null())),
		resource.TestStep{Config: env.ProviderConfig("paul")}, // destroying it asks nothing
	)
	checkDecisions(t, env, 1, 0)
	if comment := env.Server.FlowTickets(paymentsDN); len(comment) > 0 &&
		comment[0].Approvals[0].Comment != "CHG0012345" {
		t.Errorf("flow tickets: %+v", comment)
	}
}

func TestAccProjectApproval_Reject(t *testing.T) {
	for name, c := range map[string]struct {
		final string
		level int
	}{"to be retried": {"", 1}, "for good": {"final = true", 2}} {
		t.Run(name, func(t *testing.T) {
			env := acctest.Start(t, approverWorld("Pending"))
			config := env.ProviderConfig("paul") + approvalConfig(rejection, rejectionComment, c.final)
			acctest.Test(t, env,
				acctest.Applies(config, approvalValue("current_status", text("Draft"))),
				unchangedAfter(config, func() { env.Server.SetProjectStatus(paymentsDN, "Pending") },
					approvalValue("current_status", text("Pending"))),
			)
			checkDecisions(t, env, 0, 1)
			if got := env.Server.FlowTickets(paymentsDN)[0]; got.RejectionStatus != c.level ||
				got.RejectionComment != "not yet" {
				t.Errorf("flow ticket: %+v", got)
			}
		})
	}
}

func TestAccProjectApproval_OneOfSeveralApprovals(t *testing.T) {
	w := approverWorld("Pending")
	w.Settings.RequiredApprovals = 2
	env := acctest.Start(t, w)
	config := env.ProviderConfig("paul") + approvalConfig()
	acctest.Test(t, env,
		acctest.Applies(config, approvalValue("current_status", text("Pending")),
			approvalValue("required_approvals", knownvalue.Int64Exact(2))),
		unchangedAfter(config, func() {
			if err := env.Server.ApproveFlow(paymentsDN, "petra"); err != nil {
				t.Error(err)
			}
		}, approvalValue("current_status", text("Enabled"))),
	)
	checkDecisions(t, env, 1, 0)
}

func TestAccProjectApproval_AdoptsOwnApproval(t *testing.T) {
	w := approverWorld("Pending")
	w.Settings.RequiredApprovals = 2
	env := acctest.Start(t, w)
	if err := env.Server.ApproveFlow(paymentsDN, "paul"); err != nil {
		t.Fatal(err)
	}
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("paul")+approvalConfig(),
		approvalValue("ticket_id", knownvalue.NotNull())))
	checkDecisions(t, env, 0, 0)
}

func TestAccProjectApproval_AdoptsDecision(t *testing.T) {
	t.Run("approved", func(t *testing.T) {
		env := acctest.Start(t, approverWorld("Enabled"))
		acctest.Test(t, env, acctest.Applies(env.ProviderConfig("paul")+approvalConfig(),
			approvalValue("current_status", text("Enabled")), approvalValue("ticket_id",
				knownvalue.Null()), approvalValue("approvers", knownvalue.Null())))
		checkDecisions(t, env, 0, 0)
	})
	t.Run("rejected", func(t *testing.T) {
		env := acctest.Start(t, approverWorld("Pending"))
		if err := env.Server.RejectFlow(paymentsDN, "petra", "no"); err != nil {
			t.Fatal(err)
		}
		acctest.Test(t, env, acctest.Applies(env.ProviderConfig("paul")+approvalConfig(rejection, rejectionComment),
			approvalValue("current_status", text("Draft"))))
		checkDecisions(t, env, 0, 0)
	})
}

func TestAccProjectApproval_WaitsForTicket(t *testing.T) {
	w := approverWorld("Draft")
	w.Settings.TicketDelay, w.Settings.StatusLag = 1500, 500
	env := acctest.Start(t, w)
	submitted := false
	env.Server.OnRequest(func(r simulator.Request) {
		if r.Path == readPath && env.Server.Count(r.Path) > 2 && !submitted {
			submitted = true
			env.Server.SetProjectStatus(paymentsDN, "Pending")
		}
	})
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("paul")+approvalConfig()))
	checkDecisions(t, env, 1, 0)
}

func TestAccProjectApproval_TimeoutAndResume(t *testing.T) {
	env := acctest.Start(t, approverWorld("Draft"))
	config := env.ProviderConfig("paul") + approvalConfig(shortTimeout)
	acctest.Test(t, env,
		acctest.Fails(config, "dn = ",
			"Timed out after 2s waiting for project Payments to be submitted for approval (last status: Draft)",
			"Its owner must submit it first"),
		resource.TestStep{
			PreConfig: func() {
				env.Server.SetProjectStatus(paymentsDN,
					"Pending")
			}, Config: config, Check: decisionsSent(env, 1, 0),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(approvalResource,
					plancheck.ResourceActionCreate)},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
		},
	)
}

func TestAccProjectApproval_ReplaceByAnotherDecision(t *testing.T) {
	env := acctest.Start(t, approverWorld("Pending"))
	provider := env.ProviderConfig("paul")
	acctest.Test(t, env,
		acctest.Applies(provider+approvalConfig(rejection, rejectionComment)),
		resource.TestStep{
			PreConfig: func() {
				env.Server.SetProjectStatus(paymentsDN, "Pending")
			}, Config: provider + approvalConfig(),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(approvalResource, plancheck.ResourceActionReplace),
			}},
			Check: decisionsSent(env, 1, 1),
		},
		acctest.Fails(provider+approvalConfig(rejection, rejectionComment), "Unable to reject project Payments",
			"decision", "was approved before", "An approval cannot be revoked"),
	)
}

func TestAccProjectApproval_UpdateSendsNothing(t *testing.T) {
	env := acctest.Start(t, approverWorld("Pending"))
	provider := env.ProviderConfig("paul")
	update := func(config string) resource.TestStep {
		return resource.TestStep{Config: config, ConfigPlanChecks: resource.ConfigPlanChecks{
			PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(approvalResource,
				plancheck.ResourceActionUpdate)},
			PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
		}}
	}
	renamed := update(provider + approvalConfigOf(paymentsDN+" 2", `decision = "Approved"`))
	renamed.PreConfig = func() { env.Server.RenameProject("Payments", "Payments 2") }
	acctest.Test(t, env,
		acctest.Applies(provider+approvalConfig()),
		update(provider+approvalConfig(`comment = "later"`)),
		update(provider+approvalConfigOf(`\ved\code signing\projects\payments`, `decision = "Approved"`)),
		renamed,
	)
	checkDecisions(t, env, 1, 0)
}

func TestAccProjectApproval_ReplaceByAnotherProject(t *testing.T) {
	env := acctest.Start(t, approverWorld("Pending"))
	provider := env.ProviderConfig("paul")
	acctest.Test(t, env,
		acctest.Applies(provider+approvalConfig()),
		resource.TestStep{
			Config: provider + approvalConfigOf(`\VED\Code Signing\Projects\Other`, `decision = "Approved"`),
			Check:  decisionsSent(env, 2, 0),
		},
	)
	checkServerStatus(t, env, "Other", "Enabled")
}

func TestAccProjectApproval_LostAnswer(t *testing.T) {
	env := acctest.Start(t, approverWorld("Pending"))
	env.Server.Inject(simulator.Fault{Path: approvePath, Kind: simulator.HangAfterCommit, Count: 1})
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("paul")+approvalConfig(`timeouts = { create = "2s" }`),
		approvalValue("current_status", text("Enabled"))))
	checkDecisions(t, env, 1, 0)
}

// The status is planned again after the approval, with the status from before it.
func TestAccProjectApproval_InitialStatusOfDependentResource(t *testing.T) {
	env := acctest.Start(t, approverWorld("Pending"))
	config := env.ProviderConfig("paul") + approvalConfig() +
		statusConfig("Enabled", "depends_on = ["+approvalResource+"]")
	acctest.Test(t, env, acctest.Applies(config,
		statecheck.ExpectKnownValue(statusResource, tfjsonpath.New("initial_status"), text("Pending")),
		statecheck.ExpectKnownValue(statusResource, tfjsonpath.New("current_status"), text("Enabled"))))
	checkDecisions(t, env, 1, 0)
}
