package projectapproval_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/codesign-tf/terraform-provider-codesign/internal/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/simulator"
)

func TestAccAnApprovalIsGivenOnceAndStaysQuietWhateverBecomesOfTheProject(t *testing.T) {
	env := acctest.Start(t, world("Pending"))
	config := env.ProviderConfig("paul") + block(`comment = "CHG0012345"`)
	ticket := env.Server.FlowTickets(payments)[0].Id
	acctest.Test(t, env,
		acctest.Applies(config, is("current_status", text("Enabled")), is("ticket_id", knownvalue.Int64Exact(ticket)),
			is("required_approvals", knownvalue.Int64Exact(1)), is("approvers", knownvalue.ListSizeExact(2))),
		quiet(config, func() { env.Server.SetProjectStatus(payments, "Disabled") }, is("current_status", text("Disabled"))),
		quiet(config, func() { env.Server.SetProjectStatus(payments, "Draft") }, is("current_status", text("Draft"))),
		quiet(config, func() { env.Server.SetProjectStatus(payments, "Pending") }, is("current_status", text("Pending"))),
		quiet(config, func() { env.Server.RenameProject("Payments", "Payments 2") }, is("current_status", text("Pending"))),
		quiet(config, func() { env.Server.RemoveProject("Payments 2") }, is("current_status", knownvalue.Null())),
		resource.TestStep{Config: env.ProviderConfig("paul")}, // destroying it asks nothing
	)
	sent(t, env, 1, 0)
	if comment := env.Server.FlowTickets(payments); len(comment) > 0 && comment[0].Approvals[0].Comment != "CHG0012345" {
		t.Errorf("flow tickets: %+v", comment)
	}
}

func TestAccARejectionSendsTheProjectBack(t *testing.T) {
	for name, c := range map[string]struct {
		final string
		level int
	}{"to be retried": {"", 1}, "for good": {"final = true", 2}} {
		t.Run(name, func(t *testing.T) {
			env := acctest.Start(t, world("Pending"))
			config := env.ProviderConfig("paul") + block(rejected, notYet, c.final)
			acctest.Test(t, env,
				acctest.Applies(config, is("current_status", text("Draft"))),
				quiet(config, func() { env.Server.SetProjectStatus(payments, "Pending") }, is("current_status", text("Pending"))),
			)
			sent(t, env, 0, 1)
			if got := env.Server.FlowTickets(payments)[0]; got.RejectionStatus != c.level || got.RejectionComment != "not yet" {
				t.Errorf("flow ticket: %+v", got)
			}
		})
	}
}

func TestAccOneOfSeveralApprovalsIsTheWholeJob(t *testing.T) {
	w := world("Pending")
	w.Settings.RequiredApprovals = 2
	env := acctest.Start(t, w)
	config := env.ProviderConfig("paul") + block()
	acctest.Test(t, env,
		acctest.Applies(config, is("current_status", text("Pending")), is("required_approvals", knownvalue.Int64Exact(2))),
		quiet(config, func() {
			if err := env.Server.ApproveFlow(payments, "petra"); err != nil {
				t.Error(err)
			}
		}, is("current_status", text("Enabled"))),
	)
	sent(t, env, 1, 0)
}

func TestAccAnApprovalOnTheTicketIsAdopted(t *testing.T) {
	w := world("Pending")
	w.Settings.RequiredApprovals = 2
	env := acctest.Start(t, w)
	if err := env.Server.ApproveFlow(payments, "paul"); err != nil {
		t.Fatal(err)
	}
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("paul")+block(), is("ticket_id", knownvalue.NotNull())))
	sent(t, env, 0, 0)
}

func TestAccWhatWasDecidedBeforeIsAdopted(t *testing.T) {
	t.Run("approved", func(t *testing.T) {
		env := acctest.Start(t, world("Enabled"))
		acctest.Test(t, env, acctest.Applies(env.ProviderConfig("paul")+block(),
			is("current_status", text("Enabled")), is("ticket_id", knownvalue.Null()), is("approvers", knownvalue.Null())))
		sent(t, env, 0, 0)
	})
	t.Run("rejected", func(t *testing.T) {
		env := acctest.Start(t, world("Pending"))
		if err := env.Server.RejectFlow(payments, "petra", "no"); err != nil {
			t.Fatal(err)
		}
		acctest.Test(t, env, acctest.Applies(env.ProviderConfig("paul")+block(rejected, notYet), is("current_status", text("Draft"))))
		sent(t, env, 0, 0)
	})
}

func TestAccASubmissionAndItsTicketAreWaitedFor(t *testing.T) {
	w := world("Draft")
	w.Settings.TicketDelay, w.Settings.StatusLag = 1500, 500
	env := acctest.Start(t, w)
	submitted := false
	env.Server.OnRequest(func(r simulator.Request) {
		if r.Path == "Codesign/GetProject" && env.Server.Count(r.Path) > 2 && !submitted {
			submitted = true
			env.Server.SetProjectStatus(payments, "Pending")
		}
	})
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("paul")+block()))
	sent(t, env, 1, 0)
}

func TestAccTheTimeoutSaysWhatWasWaitedForAndTheNextApplyGoesOn(t *testing.T) {
	env := acctest.Start(t, world("Draft"))
	config := env.ProviderConfig("paul") + block(soon)
	acctest.Test(t, env,
		acctest.Fails(config, "dn = ", "Time was up", "is Draft, so there is nothing to decide", "Its owner has to submit it first"),
		resource.TestStep{
			PreConfig: func() { env.Server.SetProjectStatus(payments, "Pending") }, Config: config, Check: sentBy(env, 1, 0),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, plancheck.ResourceActionCreate)},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
		},
	)
}

func TestAccAnotherDecisionDecidesTheNextSubmission(t *testing.T) {
	env := acctest.Start(t, world("Pending"))
	provider := env.ProviderConfig("paul")
	acctest.Test(t, env,
		acctest.Applies(provider+block(rejected, notYet)),
		resource.TestStep{
			PreConfig: func() { env.Server.SetProjectStatus(payments, "Pending") }, Config: provider + block(),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(address, plancheck.ResourceActionReplace),
			}},
			Check: sentBy(env, 1, 1),
		},
		acctest.Fails(provider+block(rejected, notYet), "decision", "approved already", "An approval can't be taken back"),
	)
}

func TestAccArgumentsThatChangeAfterwardsSendNothing(t *testing.T) {
	env := acctest.Start(t, world("Pending"))
	provider := env.ProviderConfig("paul")
	update := func(config string) resource.TestStep {
		return resource.TestStep{Config: config, ConfigPlanChecks: resource.ConfigPlanChecks{
			PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate)},
			PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
		}}
	}
	renamed := update(provider + named(payments+" 2", `decision = "Approved"`))
	renamed.PreConfig = func() { env.Server.RenameProject("Payments", "Payments 2") }
	acctest.Test(t, env,
		acctest.Applies(provider+block()),
		update(provider+block(`comment = "later"`)),
		update(provider+named(`\ved\code signing\projects\payments`, `decision = "Approved"`)),
		renamed,
	)
	sent(t, env, 1, 0)
}

func TestAccAnotherProjectIsDecidedAnew(t *testing.T) {
	env := acctest.Start(t, world("Pending"))
	provider := env.ProviderConfig("paul")
	acctest.Test(t, env,
		acctest.Applies(provider+block()),
		resource.TestStep{Config: provider + named(`\VED\Code Signing\Projects\Other`, `decision = "Approved"`), Check: sentBy(env, 2, 0)},
	)
	if got := env.Server.ProjectStatus("Other"); got != "Enabled" {
		t.Errorf("the other project is %s", got)
	}
}

func TestAccAnApprovalWhoseAnswerIsLostWhenTimeIsUpIsFoundOnTheProject(t *testing.T) {
	env := acctest.Start(t, world("Pending"))
	env.Server.Inject(simulator.Fault{Path: approve, Kind: simulator.HangAfterCommit, Count: 1})
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("paul")+block(`timeouts = { create = "2s" }`), is("current_status", text("Enabled"))))
	sent(t, env, 1, 0)
}
