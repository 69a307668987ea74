package project_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// The caller approves the submission and no other ticket of the project.
func TestAccProjectStatus_SelfApprove(t *testing.T) {
	w := newWorld("Draft")
	w.Settings.StatusLag, w.Settings.TicketDelay = 700, 1200
	w.FlowTickets = []simulator.FlowTicket{
		{ID: 900, DN: paymentsDN, ProductCode: simulator.KeyUseFlow, Approvers: []string{"adam"}},
		{ID: 901, DN: paymentsDN, ProductCode: simulator.ProjectDeleteFlow, Approvers: []string{"adam"}},
	}
	env, provider := start(t, w, "adam")
	config := provider + statusConfig("Enabled", selfApprove, `approval_comment = "CHG0012345"`)
	acctest.Test(t, env,
		resource.TestStep{
			Config: config,
			Check:  resource.ComposeTestCheckFunc(currentStatus("Enabled"), requestsSent(env, 1, 1)),
		},
	)
	tickets := env.Server.FlowTickets(paymentsDN)
	if len(tickets) != 3 || len(tickets[0].Approvals) != 0 || len(tickets[1].Approvals) != 0 ||
		tickets[2].Approvals[0].Comment != "CHG0012345" {
		t.Errorf("flow tickets: %+v", tickets)
	}
}

// The owner submits the project and does not see its ticket, an administrator does. Both wait for the
// same submission.
func TestAccProjectStatus_TimeoutAndResume(t *testing.T) {
	env, owner := start(t, newWorld("Draft"), "olga")
	config := statusConfig("Enabled", shortTimeouts)
	acctest.Test(t, env,
		acctest.Fails(owner+config, "Timed out", "waiting for its approval since 20", "only to its approvers"),
		acctest.Fails(env.ProviderConfig("adam")+config, "Timed out after 2s waiting for project Payments to become "+
			"Enabled (last status: Pending)", "flow ticket", "0 of 1 approvals", "adam (", env.Server.Trustee("adam")),
		resource.TestStep{
			PreConfig: func() { approveByHand(t, env) },
			Config:    owner + config,
			Check:     resource.ComposeTestCheckFunc(currentStatus("Enabled"), requestsSent(env, 1, 0)),
		},
	)
}

func TestAccProjectStatus_UpdateTimeoutKeepsState(t *testing.T) {
	env, provider := start(t, newWorld("Draft"), "adam")
	waiting := provider + statusConfig("Enabled", shortTimeouts)
	acctest.Test(t, env,
		resource.TestStep{Config: provider + statusConfig("Draft"), Check: requestsSent(env, 0, 0)},
		acctest.Fails(waiting, "Timed out", "flow ticket"),
		resource.TestStep{
			RefreshState: true, ExpectNonEmptyPlan: true,
			Check: resource.ComposeTestCheckFunc(currentStatus("Pending"),
				resource.TestCheckResourceAttr(statusResource, "status", "Draft")),
		},
		resource.TestStep{
			PreConfig: func() { approveByHand(t, env) },
			Config:    waiting,
			Check:     resource.ComposeTestCheckFunc(currentStatus("Enabled"), requestsSent(env, 1, 0)),
		},
	)
}

func TestAccProjectStatus_SelfApproveOneOfSeveral(t *testing.T) {
	w := newWorld("Draft")
	w.Settings.RequiredApprovals = 2
	env, provider := start(t, w, "adam")
	config := provider + statusConfig("Enabled", selfApprove, shortTimeouts)
	acctest.Test(t, env,
		acctest.Fails(config, "Timed out", "1 of 2 approvals"),
		acctest.Fails(config, "1 of 2 approvals"),
		resource.TestStep{
			PreConfig: func() {
				checkCount(t, env, approvePath, 1) // only once
				approveByHand(t, env)
			},
			Config: config,
			Check:  resource.ComposeTestCheckFunc(currentStatus("Enabled"), requestsSent(env, 1, 1)),
		},
	)
}

func TestAccProjectStatus_NoApprovalRequired(t *testing.T) {
	w := newWorld("Draft")
	w.Settings.AutoApprove = true
	env, provider := start(t, w, "olga")
	config := provider + statusConfig("Enabled")
	acctest.Test(t, env,
		resource.TestStep{
			Config: config,
			Check:  resource.ComposeTestCheckFunc(currentStatus("Enabled"), requestsSent(env, 1, 0)),
		},
	)
}

func TestAccProjectStatus_RejectionEndsWait(t *testing.T) {
	env, provider := start(t, newWorld("Pending"), "olga")
	rejected := false
	env.Server.OnRequest(func(r simulator.Request) {
		if r.Path == readPath && env.Server.Count(readPath) > 3 && !rejected {
			rejected = true
			if err := env.Server.RejectFlow(paymentsDN, "ada", "not yet"); err != nil {
				t.Error(err)
			}
		}
	})
	acctest.Test(t, env, acctest.Fails(provider+statusConfig("Enabled"), "rejected", "Draft again"))
	checkCount(t, env, writePath, 0)
}

func TestAccProjectStatus_SelfApproveRefused(t *testing.T) {
	w := newWorld("Draft")
	w.Settings.SubmitterMayNotApprove = true
	env, provider := start(t, w, "adam")
	acctest.Test(t, env, acctest.Fails(provider+statusConfig("Enabled", selfApprove), "self_approve =",
		"could not be approved", "approvers of the ticket"))
}

func TestAccProjectStatus_SelfApproveAmbiguous(t *testing.T) {
	w := newWorld("Pending")
	w.FlowTickets = []simulator.FlowTicket{
		{ID: 901, DN: paymentsDN, ProductCode: simulator.ProjectDeleteFlow, Approvers: []string{"adam"}},
		{ID: 902, DN: paymentsDN, Approvers: []string{"adam"}},
	}
	env, provider := start(t, w, "adam")
	acctest.Test(t, env, acctest.Fails(provider+statusConfig("Enabled", selfApprove), "self_approve =",
		"several pending flow tickets"))
	checkCount(t, env, approvePath, 0)
}

// The only ticket that the caller sees is that of an update from after the submission.
func TestAccProjectStatus_SelfApproveWarnsOfTicketOfUpdate(t *testing.T) {
	env := acctest.Start(t, withTicketOfUpdate(newWorld("Pending"), "adam", "ada"))
	shell := acctest.OpenShell(t, env.ProviderConfig("adam"))
	shell.Configure(statusConfig("Enabled", selfApprove))
	shell.Shows([]string{"Applying this approves flow ticket 990", "more than a minute after the submission"}, "plan")
}

func TestAccProjectStatus_SelfApproveWithoutVisibleTicket(t *testing.T) {
	w := newWorld("Draft")
	w.Projects[0].Approvers = []string{"ada"}
	env, provider := start(t, w, "adam")
	acctest.Test(t, env, acctest.Fails(provider+statusConfig("Enabled", selfApprove, shortTimeouts),
		"self_approve =", "The provider found no flow ticket to approve", "one of them", "since 20"))
}

func TestAccProjectStatus_PendingIsMetByEnabled(t *testing.T) {
	env, provider := start(t, newWorld("Draft"), "olga")
	config := provider + statusConfig("Pending")
	acctest.Test(t, env,
		resource.TestStep{
			Config: config,
			Check:  resource.ComposeTestCheckFunc(currentStatus("Pending"), requestsSent(env, 1, 0)),
		},
		unchangedAfter(config, func() { approveByHand(t, env) },
			plancheck.ExpectKnownValue(statusResource, tfjsonpath.New("current_status"), text("Enabled"))),
	)
	checkCount(t, env, writePath, 1)
	checkCount(t, env, approvePath, 0)
}
