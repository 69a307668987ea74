package project_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

type terraformState = terraform.State

const (
	selfApprove = "self_approve = true"
	statusSoon  = `timeouts = { create = "3s", update = "3s" }`
)

func TestADraftIsSubmittedOnceApprovedOnceAndAwaited(t *testing.T) {
	w := statusWorld("Draft")
	w.Settings.StatusLag, w.Settings.TicketDelay = 700, 1200
	env, provider := start(t, w, "adam")
	config := provider + statusBlock("Enabled", selfApprove, `approval_comment = "CHG0012345"`)
	acctest.Test(t, env,
		resource.TestStep{Config: config, Check: resource.ComposeTestCheckFunc(current("Enabled"), statusSent(env, 1, 1))},
		emptyPlan(config),
	)
	if tickets := env.Server.FlowTickets(statusPayments); len(tickets) != 1 || tickets[0].Approvals[0].Comment != "CHG0012345" {
		t.Errorf("flow tickets: %+v", tickets)
	}
}

func TestWithoutApprovalTheTimeoutNamesTicketAndApproversAndTheNextApplyGoesOn(t *testing.T) {
	env, provider := start(t, statusWorld("Draft"), "adam")
	config := provider + statusBlock("Enabled", statusSoon)
	acctest.Test(t, env,
		acctest.Fails(config, "Timed out after", "Pending", "flow ticket", "0 of 1 approvals", "adam (", env.Server.Trustee("adam")),
		resource.TestStep{
			PreConfig: func() { statusApprove(t, env) },
			Config:    config,
			Check:     resource.ComposeTestCheckFunc(current("Enabled"), statusSent(env, 1, 0)),
		},
		emptyPlan(config),
	)
}

func TestWhoMayNotSeeTheTicketIsToldSinceWhenTheProjectWaits(t *testing.T) {
	env, provider := start(t, statusWorld("Draft"), "olga")
	config := provider + statusBlock("Enabled", statusSoon)
	acctest.Test(t, env,
		acctest.Fails(config, "Timed out after", "waiting for its approval since 20", "only to its approvers"),
		resource.TestStep{
			PreConfig: func() { statusApprove(t, env) },
			Config:    config,
			Check:     statusSent(env, 1, 0),
		},
	)
}

func TestAnUpdateThatTimesOutKeepsTheTruthInTheState(t *testing.T) {
	env, provider := start(t, statusWorld("Draft"), "adam")
	waiting := provider + statusBlock("Enabled", statusSoon)
	acctest.Test(t, env,
		resource.TestStep{Config: provider + statusBlock("Draft"), Check: statusSent(env, 0, 0)},
		acctest.Fails(waiting, "Timed out after", "flow ticket"),
		resource.TestStep{
			RefreshState: true, ExpectNonEmptyPlan: true,
			Check: resource.ComposeTestCheckFunc(current("Pending"), resource.TestCheckResourceAttr(statusAddress, "status", "Draft")),
		},
		resource.TestStep{
			PreConfig: func() { statusApprove(t, env) },
			Config:    waiting,
			Check:     resource.ComposeTestCheckFunc(current("Enabled"), statusSent(env, 1, 0)),
		},
		emptyPlan(waiting),
	)
}

func TestOneOfSeveralApprovalsIsNotSuccess(t *testing.T) {
	w := statusWorld("Draft")
	w.Settings.RequiredApprovals = 2
	env, provider := start(t, w, "adam")
	config := provider + statusBlock("Enabled", selfApprove, statusSoon)
	acctest.Test(t, env,
		acctest.Fails(config, "Timed out after", "1 of 2 approvals"),
		resource.TestStep{
			PreConfig: func() { statusApprove(t, env) },
			Config:    config,
			Check:     resource.ComposeTestCheckFunc(current("Enabled"), statusSent(env, 1, 1)),
		},
		emptyPlan(config),
	)
}

func TestAnApprovalGivenBeforeIsNotGivenAgain(t *testing.T) {
	w := statusWorld("Draft")
	w.Settings.RequiredApprovals = 2
	env, provider := start(t, w, "adam")
	config := provider + statusBlock("Enabled", selfApprove, statusSoon)
	acctest.Test(t, env,
		acctest.Fails(config, "1 of 2 approvals"),
		acctest.Fails(config, "1 of 2 approvals"),
	)
	if n := env.Server.Count("Flow/Tickets/Approve"); n != 1 {
		t.Errorf("%d approvals were sent, want 1", n)
	}
}

func TestAProjectThatNeedsNoApprovalIsEnabledAtOnce(t *testing.T) {
	w := statusWorld("Draft")
	w.Settings.AutoApprove = true
	env, provider := start(t, w, "olga")
	config := provider + statusBlock("Enabled")
	acctest.Test(t, env,
		resource.TestStep{Config: config, Check: resource.ComposeTestCheckFunc(current("Enabled"), statusSent(env, 1, 0))},
		emptyPlan(config),
	)
}

func TestARejectionEndsTheWait(t *testing.T) {
	env, provider := start(t, statusWorld("Pending"), "olga")
	rejected := false
	env.Server.OnRequest(func(r simulator.Request) {
		if r.Path == "Codesign/GetProject" && env.Server.Count("Codesign/GetProject") > 3 && !rejected {
			rejected = true
			if err := env.Server.RejectFlow(statusPayments, "ada", "not yet"); err != nil {
				t.Error(err)
			}
		}
	})
	acctest.Test(t, env, acctest.Fails(provider+statusBlock("Enabled"), "rejected", "Draft again"))
	if n := env.Server.Count("Codesign/UpdateProjectStatus"); n != 0 {
		t.Errorf("a rejected project was submitted %d times", n)
	}
}

func TestWhoIsNoApproverIsToldAtSelfApprove(t *testing.T) {
	w := statusWorld("Draft")
	w.Settings.SubmitterMayNotApprove = true
	env, provider := start(t, w, "adam")
	acctest.Test(t, env, acctest.Fails(provider+statusBlock("Enabled", selfApprove), "self_approve =", "could not be approved", "approvers named on the ticket"))
}

func TestAKeyUseTicketOfTheSameProjectIsNeverApproved(t *testing.T) {
	w := statusWorld("Draft")
	w.FlowTickets = []simulator.FlowTicket{{ID: 900, DN: statusPayments, ProductCode: simulator.KeyUseFlow, Approvers: []string{"adam"}}}
	env, provider := start(t, w, "adam")
	acctest.Test(t, env, resource.TestStep{Config: provider + statusBlock("Enabled", selfApprove), Check: current("Enabled")})
	for _, ticket := range env.Server.FlowTickets(statusPayments) {
		if ticket.ID == 900 && len(ticket.Approvals) != 0 {
			t.Error("the provider approved the use of a key")
		}
	}
}

func TestOfSeveralTicketsOfTheSameTimeNoneIsApproved(t *testing.T) {
	w := statusWorld("Pending")
	w.FlowTickets = []simulator.FlowTicket{
		{ID: 901, DN: statusPayments, ProductCode: simulator.ProjectDeleteFlow, Approvers: []string{"adam"}},
		{ID: 902, DN: statusPayments, Approvers: []string{"adam"}},
	}
	env, provider := start(t, w, "adam")
	acctest.Test(t, env, acctest.Fails(provider+statusBlock("Enabled", selfApprove), "self_approve =", "several pending flow tickets"))
	if n := env.Server.Count("Flow/Tickets/Approve"); n != 0 {
		t.Errorf("%d approvals were sent", n)
	}
}

func TestATicketThatWasThereBeforeTheSubmissionIsLeftAlone(t *testing.T) {
	w := statusWorld("Draft")
	w.FlowTickets = []simulator.FlowTicket{{ID: 901, DN: statusPayments, ProductCode: simulator.ProjectDeleteFlow, Approvers: []string{"adam"}}}
	env, provider := start(t, w, "adam")
	config := provider + statusBlock("Enabled", selfApprove)
	acctest.Test(t, env, resource.TestStep{Config: config, Check: statusSent(env, 1, 1)}, emptyPlan(config))
	if deletion := env.Server.FlowTickets(statusPayments)[0]; deletion.ID != 901 || len(deletion.Approvals) != 0 {
		t.Errorf("the deletion of the project was approved: %+v", deletion)
	}
}

func TestSelfApprovalWithoutATicketToSeeIsToldAtSelfApprove(t *testing.T) {
	w := statusWorld("Draft")
	w.Projects[0].Approvers = []string{"ada"}
	env, provider := start(t, w, "adam")
	acctest.Test(t, env, acctest.Fails(provider+statusBlock("Enabled", selfApprove, statusSoon),
		"self_approve =", "There was no flow ticket to approve", "none of them", "since 20"))
}

func TestTheGoalPendingIsMetByEnabled(t *testing.T) {
	env, provider := start(t, statusWorld("Draft"), "olga")
	config := provider + statusBlock("Pending")
	acctest.Test(t, env,
		resource.TestStep{Config: config, Check: resource.ComposeTestCheckFunc(current("Pending"), statusSent(env, 1, 0))},
		emptyPlan(config),
		resource.TestStep{
			PreConfig: func() { statusApprove(t, env) },
			Config:    config,
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			Check: resource.ComposeTestCheckFunc(current("Enabled"), statusSent(env, 1, 0)),
		},
	)
}

// statusApprove is the other administrator, who approves by hand.
func statusApprove(t *testing.T, env *acctest.Env) {
	t.Helper()
	if err := env.Server.ApproveFlow(statusPayments, "ada"); err != nil {
		t.Fatal(err)
	}
}
