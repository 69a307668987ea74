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
	return plancheck.ExpectKnownValue(statusResource, tfjsonpath.New("ticket_id"), want)
}

func pendingTicket(env *acctest.Env) knownvalue.Check {
	tickets := env.Server.FlowTickets(paymentsDN)
	return knownvalue.Int64Exact(tickets[len(tickets)-1].ID)
}

func TestAccProjectStatus_SelfApprovePlannedTicket(t *testing.T) {
	env, provider := start(t, newWorld("Pending"), "adam")
	config := provider + statusConfig("Enabled", selfApprove)
	step := plans(config, plancheck.ResourceActionCreate, ticketID(pendingTicket(env)))
	step.Check = resource.ComposeTestCheckFunc(currentStatus("Enabled"), requestsSent(env, 0, 1))
	acctest.Test(t, env, step)
}

// A plan shows no ticket if the apply makes the submission itself, or approves nothing.
func TestAccProjectStatus_SelfApproveWithoutPlannedTicket(t *testing.T) {
	for name, c := range map[string]struct{ status, statusConfig string }{
		"its own submission": {"Draft", statusConfig("Enabled", selfApprove)},
		"no self_approve":    {"Pending", statusConfig("Enabled", shortTimeouts)},
		"submission only":    {"Draft", statusConfig("Pending", selfApprove)},
		"no approval needed": {"Disabled", statusConfig("Enabled", selfApprove)},
	} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(t, newWorld(c.status), "adam")
			step := plans(provider+c.statusConfig, plancheck.ResourceActionCreate, ticketID(knownvalue.Null()))
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
		env, provider := start(t, newWorld("Pending"), "adam")
		step := afterPlan(provider+statusConfig("Enabled", selfApprove), func() { resubmit(t, env, "ada") })
		step.ExpectError = acctest.Words("inconsistent final plan", "ticket_id")
		acctest.Test(t, env, step)
		checkCount(t, env, approvePath, 0)
	})
	t.Run("updated", func(t *testing.T) {
		env, provider := start(t, newWorld("Disabled"), "adam")
		step := afterPlan(provider+statusConfig("Enabled", selfApprove), func() { resubmit(t, env, "ada") })
		step.ExpectError = acctest.Words("inconsistent final plan", "ticket_id")
		disabled := resource.TestStep{Config: provider + statusConfig("Disabled", selfApprove)}
		pending := resource.TestStep{PreConfig: func() {
			env.Server.SetProjectStatus(paymentsDN, "Draft")
			env.Server.SetProjectStatus(paymentsDN, "Pending")
		}, RefreshState: true, ExpectNonEmptyPlan: true}
		acctest.Test(t, env, disabled, pending, step)
		checkCount(t, env, approvePath, 0)
	})
	t.Run("submitted by another person", func(t *testing.T) {
		env, provider := start(t, newWorld("Disabled"), "adam")
		toDraft := func() { env.Server.SetProjectStatus(paymentsDN, "Draft") }
		step := afterPlan(provider+statusConfig("Enabled", selfApprove),
			func() { env.Server.SetProjectStatus(paymentsDN, "Pending") })
		step.PreConfig = toDraft
		step.ExpectError = acctest.Words("inconsistent final plan", "ticket_id")
		acctest.Test(t, env, resource.TestStep{Config: provider + statusConfig("Disabled", selfApprove)}, step)
		checkCount(t, env, approvePath, 0)
	})
}

// The submission changes after the CLI has compared the plans.
func TestAccProjectStatus_SelfApproveSubmissionChangesDuringApply(t *testing.T) {
	env, provider := start(t, newWorld("Pending"), "adam")
	lists, done := 0, false
	env.Server.OnRequest(func(r simulator.Request) {
		if r.Path == ticketsPath {
			lists++
		}
		if lists == 2 && r.Path == readPath && !done { // the first request of the apply itself
			done = true
			resubmit(t, env, "ada")
		}
	})
	acctest.Test(t, env, acctest.Fails(provider+statusConfig("Enabled", selfApprove),
		"self_approve =", "not the one that the plan showed", "flow ticket", "Review the project again"))
	checkCount(t, env, approvePath, 0)
}

// An update that has nothing to do with an approval keeps the ticket that the last approval showed.
func TestAccProjectStatus_TicketStaysInState(t *testing.T) {
	env, provider := start(t, newWorld("Pending"), "adam")
	config, ticket := provider+statusConfig("Enabled", selfApprove), pendingTicket(env)
	acctest.Test(t, env,
		resource.TestStep{Config: config},
		plans(provider+statusConfig("Enabled", selfApprove, `approval_comment = "later"`),
			plancheck.ResourceActionUpdate, ticketID(ticket)),
		plans(provider+statusConfig("Disabled"), plancheck.ResourceActionUpdate, ticketID(knownvalue.Null())),
	)
}

func TestAccProjectStatus_SelfApproveWarnings(t *testing.T) {
	w := newWorld("Pending")
	w.Projects[0].Approvers = []string{"ada"}
	env := acctest.Start(t, w)
	shell := acctest.OpenShell(t, env.ProviderConfig("adam"))
	shell.Configure(statusConfig("Enabled", selfApprove, shortTimeouts))
	shell.Shows([]string{"No flow ticket of project Payments to approve"}, "plan")
	shell.Fails([]string{"not from this run"}, "apply", "-auto-approve")
	checkCount(t, env, approvePath, 0)
	shell.Configure(statusConfig("Disabled", selfApprove))
	shell.Run("plan")
}
