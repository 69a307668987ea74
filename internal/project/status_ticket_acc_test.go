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

// A plan shows no ticket if the apply makes the submission itself, or approves nothing.
func TestAccProjectStatus_SelfApproveWithoutPlannedTicket(t *testing.T) {
	w := newWorld("Pending")
	w.Projects = append(w.Projects, rowProject(0, "Draft"), rowProject(1, "Draft"), rowProject(2, "Disabled"))
	env, provider := start(t, w, "adam")
	const byDN = `dn = "ROW_DN"`
	rows := provider + forRow(0, statusConfigOf(byDN, "Enabled", selfApprove)) + // its own submission
		forRow(1, statusConfigOf(byDN, "Pending", selfApprove)) + // submission only
		forRow(2, statusConfigOf(byDN, "Enabled", selfApprove)) // no approval needed
	var planned []plancheck.PlanCheck
	for i := range 3 {
		planned = append(planned, plancheck.ExpectResourceAction(rowResource(i), plancheck.ResourceActionCreate),
			plancheck.ExpectKnownValue(rowResource(i), tfjsonpath.New("ticket_id"), knownvalue.Null()))
	}
	noSelfApprove := plans(provider+statusConfig("Enabled", shortTimeouts), plancheck.ResourceActionCreate,
		ticketID(knownvalue.Null()))
	noSelfApprove.ExpectError = acctest.Words("0 of 1 approvals")
	acctest.Test(t, env, noSelfApprove,
		resource.TestStep{Config: rows, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: planned}})
}

// The saved plan showed one submission, and the project has another by now.
func TestAccProjectStatus_SelfApproveSavedPlan(t *testing.T) {
	env, provider := start(t, newWorld("Pending"), "adam")
	saved := func(change func()) resource.TestStep {
		return afterPlan(provider+statusConfig("Enabled", selfApprove), change, "inconsistent final plan", "ticket_id")
	}
	resubmits := func() { resubmit(t, env, "ada") }
	created, updated := saved(resubmits), saved(resubmits)
	updated.PreConfig = func() {
		env.Server.SetProjectStatus(paymentsDN, "Draft")
		env.Server.SetProjectStatus(paymentsDN, "Pending")
	}
	acctest.Test(t, env, created,
		serverStatus(env, "Disabled", resource.TestStep{Config: provider + statusConfig("Disabled", selfApprove)}),
		updated,
		// submitted by another person
		serverStatus(env, "Draft", saved(func() { env.Server.SetProjectStatus(paymentsDN, "Pending") })),
	)
	checkCount(t, env, approvePath, 0)
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

// The plan shows the ticket that the apply approves. An update that has nothing to do with an approval
// keeps it.
func TestAccProjectStatus_SelfApprovePlannedTicket(t *testing.T) {
	env, provider := start(t, newWorld("Pending"), "adam")
	ticket := pendingTicket(env)
	approves := plans(provider+statusConfig("Enabled", selfApprove), plancheck.ResourceActionCreate, ticketID(ticket))
	acctest.Test(t, env,
		checks(approves, currentStatus("Enabled"), requestsSent(env, 0, 1)),
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
