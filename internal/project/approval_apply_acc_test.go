package project_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func TestAccAnApprovalIsGivenOnceAndStaysQuietWhateverBecomesOfTheProject(t *testing.T) {
	env := acctest.Start(t, approvalWorld("Pending"))
	config := env.ProviderConfig("paul") + approvalBlock(`comment = "CHG0012345"`)
	ticket := env.Server.FlowTickets(approvalPayments)[0].ID
	acctest.Test(t, env,
		acctest.Applies(config, approvalIs("current_status", approvalText("Enabled")), approvalIs("ticket_id", knownvalue.Int64Exact(ticket)),
			approvalIs("required_approvals", knownvalue.Int64Exact(1)), approvalIs("approvers", knownvalue.ListSizeExact(2))),
		quiet(config, func() { env.Server.SetProjectStatus(approvalPayments, "Disabled") }, approvalIs("current_status", approvalText("Disabled"))),
		quiet(config, func() { env.Server.SetProjectStatus(approvalPayments, "Draft") }, approvalIs("current_status", approvalText("Draft"))),
		quiet(config, func() { env.Server.SetProjectStatus(approvalPayments, "Pending") }, approvalIs("current_status", approvalText("Pending"))),
		quiet(config, func() { env.Server.RenameProject("Payments", "Payments 2") }, approvalIs("current_status", approvalText("Pending"))),
		quiet(config, func() { env.Server.RemoveProject("Payments 2") }, approvalIs("current_status", knownvalue.Null())),
		resource.TestStep{Config: env.ProviderConfig("paul")}, // destroying it asks nothing
	)
	approvalSent(t, env, 1, 0)
	if comment := env.Server.FlowTickets(approvalPayments); len(comment) > 0 && comment[0].Approvals[0].Comment != "CHG0012345" {
		t.Errorf("flow tickets: %+v", comment)
	}
}

func TestAccARejectionSendsTheProjectBack(t *testing.T) {
	for name, c := range map[string]struct {
		final string
		level int
	}{"to be retried": {"", 1}, "for good": {"final = true", 2}} {
		t.Run(name, func(t *testing.T) {
			env := acctest.Start(t, approvalWorld("Pending"))
			config := env.ProviderConfig("paul") + approvalBlock(rejected, notYet, c.final)
			acctest.Test(t, env,
				acctest.Applies(config, approvalIs("current_status", approvalText("Draft"))),
				quiet(config, func() { env.Server.SetProjectStatus(approvalPayments, "Pending") }, approvalIs("current_status", approvalText("Pending"))),
			)
			approvalSent(t, env, 0, 1)
			if got := env.Server.FlowTickets(approvalPayments)[0]; got.RejectionStatus != c.level || got.RejectionComment != "not yet" {
				t.Errorf("flow ticket: %+v", got)
			}
		})
	}
}

func TestAccOneOfSeveralApprovalsIsTheWholeJob(t *testing.T) {
	w := approvalWorld("Pending")
	w.Settings.RequiredApprovals = 2
	env := acctest.Start(t, w)
	config := env.ProviderConfig("paul") + approvalBlock()
	acctest.Test(t, env,
		acctest.Applies(config, approvalIs("current_status", approvalText("Pending")), approvalIs("required_approvals", knownvalue.Int64Exact(2))),
		quiet(config, func() {
			if err := env.Server.ApproveFlow(approvalPayments, "petra"); err != nil {
				t.Error(err)
			}
		}, approvalIs("current_status", approvalText("Enabled"))),
	)
	approvalSent(t, env, 1, 0)
}

func TestAccAnApprovalOnTheTicketIsAdopted(t *testing.T) {
	w := approvalWorld("Pending")
	w.Settings.RequiredApprovals = 2
	env := acctest.Start(t, w)
	if err := env.Server.ApproveFlow(approvalPayments, "paul"); err != nil {
		t.Fatal(err)
	}
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("paul")+approvalBlock(), approvalIs("ticket_id", knownvalue.NotNull())))
	approvalSent(t, env, 0, 0)
}

func TestAccWhatWasDecidedBeforeIsAdopted(t *testing.T) {
	t.Run("approved", func(t *testing.T) {
		env := acctest.Start(t, approvalWorld("Enabled"))
		acctest.Test(t, env, acctest.Applies(env.ProviderConfig("paul")+approvalBlock(),
			approvalIs("current_status", approvalText("Enabled")), approvalIs("ticket_id", knownvalue.Null()), approvalIs("approvers", knownvalue.Null())))
		approvalSent(t, env, 0, 0)
	})
	t.Run("rejected", func(t *testing.T) {
		env := acctest.Start(t, approvalWorld("Pending"))
		if err := env.Server.RejectFlow(approvalPayments, "petra", "no"); err != nil {
			t.Fatal(err)
		}
		acctest.Test(t, env, acctest.Applies(env.ProviderConfig("paul")+approvalBlock(rejected, notYet), approvalIs("current_status", approvalText("Draft"))))
		approvalSent(t, env, 0, 0)
	})
}

func TestAccASubmissionAndItsTicketAreWaitedFor(t *testing.T) {
	w := approvalWorld("Draft")
	w.Settings.TicketDelay, w.Settings.StatusLag = 1500, 500
	env := acctest.Start(t, w)
	submitted := false
	env.Server.OnRequest(func(r simulator.Request) {
		if r.Path == "Codesign/GetProject" && env.Server.Count(r.Path) > 2 && !submitted {
			submitted = true
			env.Server.SetProjectStatus(approvalPayments, "Pending")
		}
	})
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("paul")+approvalBlock()))
	approvalSent(t, env, 1, 0)
}

func TestAccTheTimeoutSaysWhatWasWaitedForAndTheNextApplyGoesOn(t *testing.T) {
	env := acctest.Start(t, approvalWorld("Draft"))
	config := env.ProviderConfig("paul") + approvalBlock(approvalSoon)
	acctest.Test(t, env,
		acctest.Fails(config, "dn = ", "Timed out after", "to be submitted for approval (last status: Draft)", "Its owner must submit it first"),
		resource.TestStep{
			PreConfig: func() { env.Server.SetProjectStatus(approvalPayments, "Pending") }, Config: config, Check: sentBy(env, 1, 0),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(approvalAddress, plancheck.ResourceActionCreate)},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
		},
	)
}

func TestAccAnotherDecisionDecidesTheNextSubmission(t *testing.T) {
	env := acctest.Start(t, approvalWorld("Pending"))
	provider := env.ProviderConfig("paul")
	acctest.Test(t, env,
		acctest.Applies(provider+approvalBlock(rejected, notYet)),
		resource.TestStep{
			PreConfig: func() { env.Server.SetProjectStatus(approvalPayments, "Pending") }, Config: provider + approvalBlock(),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(approvalAddress, plancheck.ResourceActionReplace),
			}},
			Check: sentBy(env, 1, 1),
		},
		acctest.Fails(provider+approvalBlock(rejected, notYet), "decision", "approved already", "An approval can't be taken back"),
	)
}

func TestAccArgumentsThatChangeAfterwardsSendNothing(t *testing.T) {
	env := acctest.Start(t, approvalWorld("Pending"))
	provider := env.ProviderConfig("paul")
	update := func(config string) resource.TestStep {
		return resource.TestStep{Config: config, ConfigPlanChecks: resource.ConfigPlanChecks{
			PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(approvalAddress, plancheck.ResourceActionUpdate)},
			PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
		}}
	}
	renamed := update(provider + approvalNamed(approvalPayments+" 2", `decision = "Approved"`))
	renamed.PreConfig = func() { env.Server.RenameProject("Payments", "Payments 2") }
	acctest.Test(t, env,
		acctest.Applies(provider+approvalBlock()),
		update(provider+approvalBlock(`comment = "later"`)),
		update(provider+approvalNamed(`\ved\code signing\projects\payments`, `decision = "Approved"`)),
		renamed,
	)
	approvalSent(t, env, 1, 0)
}

func TestAccAnotherProjectIsDecidedAnew(t *testing.T) {
	env := acctest.Start(t, approvalWorld("Pending"))
	provider := env.ProviderConfig("paul")
	acctest.Test(t, env,
		acctest.Applies(provider+approvalBlock()),
		resource.TestStep{Config: provider + approvalNamed(`\VED\Code Signing\Projects\Other`, `decision = "Approved"`), Check: sentBy(env, 2, 0)},
	)
	if got := env.Server.ProjectStatus("Other"); got != "Enabled" {
		t.Errorf("the other project is %s", got)
	}
}

func TestAccAnApprovalWhoseAnswerIsLostWhenTimeIsUpIsFoundOnTheProject(t *testing.T) {
	env := acctest.Start(t, approvalWorld("Pending"))
	env.Server.Inject(simulator.Fault{Path: approvalApprove, Kind: simulator.HangAfterCommit, Count: 1})
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("paul")+approvalBlock(`timeouts = { create = "2s" }`), approvalIs("current_status", approvalText("Enabled"))))
	approvalSent(t, env, 1, 0)
}
