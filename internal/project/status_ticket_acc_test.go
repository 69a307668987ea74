package project_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// ticketID checks the flow ticket that a plan shows.
func ticketID(want knownvalue.Check) plancheck.PlanCheck {
	return plancheck.ExpectKnownValue(statusAddress, tfjsonpath.New("ticket_id"), want)
}

func openTicket(env *acctest.Env) knownvalue.Check {
	tickets := env.Server.FlowTickets(statusPayments)
	return knownvalue.Int64Exact(tickets[len(tickets)-1].ID)
}

// statusResubmit is an approver's rejection, and another person's submission.
func statusResubmit(t *testing.T, env *acctest.Env) func() {
	return func() {
		if err := env.Server.RejectFlow(statusPayments, "ada", "not yet"); err != nil {
			t.Error(err)
		}
		env.Server.SetProjectStatus(statusPayments, "Pending")
	}
}

func TestAccProjectStatus_SelfApprovePlannedTicket(t *testing.T) {
	env, provider := start(t, statusWorld("Pending"), "adam")
	config := provider + statusBlock("Enabled", selfApprove)
	step := plans(config, plancheck.ResourceActionCreate, ticketID(openTicket(env)))
	step.Check = resource.ComposeTestCheckFunc(current("Enabled"), statusSent(env, 0, 1))
	acctest.Test(t, env, step, emptyPlan(config))
}

// A plan shows no ticket if the apply makes the submission itself, or approves nothing.
func TestAccProjectStatus_SelfApproveWithoutPlannedTicket(t *testing.T) {
	for name, c := range map[string]struct{ status, statusBlock string }{
		"its own submission": {"Draft", statusBlock("Enabled", selfApprove)},
		"no self_approve":    {"Pending", statusBlock("Enabled", statusSoon)},
		"submission only":    {"Draft", statusBlock("Pending", selfApprove)},
		"no approval needed": {"Disabled", statusBlock("Enabled", selfApprove)},
	} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(t, statusWorld(c.status), "adam")
			step := plans(provider+c.statusBlock, plancheck.ResourceActionCreate, ticketID(knownvalue.Null()))
			if c.status == "Pending" {
				step.ExpectError = acctest.Words("0 of 1 approvals")
			}
			acctest.Test(t, env, step)
		})
	}
}

// The saved plan showed one submission, and the project has another by now.
func TestAccProjectStatus_SelfApproveSavedPlan(t *testing.T) {
	t.Run("created", func(t *testing.T) {
		env, provider := start(t, statusWorld("Pending"), "adam")
		step := statusAfterPlan(provider+statusBlock("Enabled", selfApprove), statusResubmit(t, env))
		step.ExpectError = acctest.Words("inconsistent final plan", "ticket_id")
		acctest.Test(t, env, step)
		wantNothingApproved(t, env)
	})
	t.Run("updated", func(t *testing.T) {
		env, provider := start(t, statusWorld("Disabled"), "adam")
		step := statusAfterPlan(provider+statusBlock("Enabled", selfApprove), statusResubmit(t, env))
		step.ExpectError = acctest.Words("inconsistent final plan", "ticket_id")
		disabled := resource.TestStep{Config: provider + statusBlock("Disabled", selfApprove)}
		pending := resource.TestStep{PreConfig: func() {
			env.Server.SetProjectStatus(statusPayments, "Draft")
			env.Server.SetProjectStatus(statusPayments, "Pending")
		}, RefreshState: true, ExpectNonEmptyPlan: true}
		acctest.Test(t, env, disabled, pending, step)
		wantNothingApproved(t, env)
	})
	t.Run("submitted by another person", func(t *testing.T) {
		env, provider := start(t, statusWorld("Disabled"), "adam")
		toDraft := func() { env.Server.SetProjectStatus(statusPayments, "Draft") }
		step := statusAfterPlan(provider+statusBlock("Enabled", selfApprove), func() { env.Server.SetProjectStatus(statusPayments, "Pending") })
		step.PreConfig = toDraft
		step.ExpectError = acctest.Words("inconsistent final plan", "ticket_id")
		acctest.Test(t, env, resource.TestStep{Config: provider + statusBlock("Disabled", selfApprove)}, step)
		wantNothingApproved(t, env)
	})
}

func wantNothingApproved(t *testing.T, env *acctest.Env) {
	t.Helper()
	if n := env.Server.Count("Flow/Tickets/Approve"); n != 0 {
		t.Errorf("%d approvals were sent", n)
	}
}

// The submission changes after the CLI has compared the plans.
func TestAccProjectStatus_SelfApproveSubmissionChangesDuringApply(t *testing.T) {
	env, provider := start(t, statusWorld("Pending"), "adam")
	lists, done := 0, false
	env.Server.OnRequest(func(r simulator.Request) {
		if r.Path == "Flow/Tickets/Enumerate" {
			lists++
		}
		if lists == 2 && r.Path == "Codesign/GetProject" && !done { // the first request of the apply itself
			done = true
			statusResubmit(t, env)()
		}
	})
	acctest.Test(t, env, acctest.Fails(provider+statusBlock("Enabled", selfApprove),
		"self_approve =", "not the one that the plan showed", "flow ticket", "Review the project again"))
	wantNothingApproved(t, env)
}

// An update that has nothing to do with an approval keeps the ticket that the last approval showed.
func TestAccProjectStatus_TicketStaysInState(t *testing.T) {
	env, provider := start(t, statusWorld("Pending"), "adam")
	config, ticket := provider+statusBlock("Enabled", selfApprove), openTicket(env)
	acctest.Test(t, env,
		resource.TestStep{Config: config},
		plans(provider+statusBlock("Enabled", selfApprove, `approval_comment = "later"`), plancheck.ResourceActionUpdate, ticketID(ticket)),
		plans(provider+statusBlock("Disabled"), plancheck.ResourceActionUpdate, ticketID(knownvalue.Null())),
		emptyPlan(provider+statusBlock("Disabled")),
	)
}

func TestAccProjectStatus_SelfApproveWarnings(t *testing.T) {
	w := statusWorld("Pending")
	w.Projects[0].Approvers = []string{"ada"}
	env := acctest.Start(t, w)
	shell := acctest.OpenShell(t, env.ProviderConfig("adam"))
	shell.Configure(statusBlock("Enabled", selfApprove, statusSoon))
	shell.Shows([]string{"No flow ticket of project Payments to approve"}, "plan")
	shell.Fails([]string{"not one of this run"}, "apply", "-auto-approve")
	wantNothingApproved(t, env)
	shell.Configure(statusBlock("Disabled", selfApprove))
	shell.Run("plan")
}

func TestSetProjectStatus_SelfApproveOfPendingSubmission(t *testing.T) {
	env := acctest.Start(t, statusWorld("Pending"))
	p := env.Protocol(t, env.Server.Token("adam", ""))
	args := arguments("Enabled", acctest.Arguments{"self_approve": yes, "timeouts": within("3s")})
	if diagnostics := p.PlanAction(setStatus, args); len(diagnostics) != 1 || !acctest.Words("submission of project Payments is not approved").MatchString(diagnostics[0]) {
		t.Errorf("planned with %q", diagnostics)
	}
	_, diagnostics := p.InvokeAction(setStatus, args)
	if len(diagnostics) != 1 || !acctest.Words("not one of this run").MatchString(diagnostics[0]) {
		t.Errorf("invoked with %q", diagnostics)
	}
	wantNothingApproved(t, env)
}
