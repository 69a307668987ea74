package project_test

import (
	"fmt"
	"strings"
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
	var restore func()
	acctest.Test(t, env,
		acctest.Applies(config, approvalValue("current_status", text("Enabled")),
			approvalValue("ticket_id", knownvalue.Int64Exact(ticket)),
			approvalValue("required_approvals", knownvalue.Int64Exact(1)), approvalValue("approvers",
				knownvalue.ListSizeExact(2))),
		unchangedAfter(config, func() { restore = hideProject(env) },
			plannedApproval("current_status", text("Enabled"))),
		unchangedAfter(config, func() { restore(); env.Server.SetProjectStatus(paymentsDN, "Disabled") },
			plannedApproval("current_status", text("Disabled"))),
		unchangedAfter(config, func() { env.Server.SetProjectStatus(paymentsDN, "Draft") },
			plannedApproval("current_status", text("Draft"))),
		unchangedAfter(config, func() { env.Server.SetProjectStatus(paymentsDN, "Pending") },
			plannedApproval("current_status", text("Pending"))),
		unchangedAfter(config, func() { env.Server.RenameProject("Payments", "Payments 2") },
			plannedApproval("current_status", text("Pending"))),
		unchangedAfter(config, func() { env.Server.RemoveProject("Payments 2") },
			plannedApproval("current_status", knownvalue.Null())),
		resource.TestStep{Config: env.ProviderConfig("paul")}, // destroying it asks nothing
	)
	checkDecisions(t, env, 1, 0)
	if comment := env.Server.FlowTickets(paymentsDN); len(comment) > 0 &&
		comment[0].Approvals[0].Comment != "CHG0012345" {
		t.Errorf("flow tickets: %+v", comment)
	}
}

// otherApproval is a codesign_project_approval of another project than Payments.
func otherApproval(name, project string, arguments ...string) string {
	return strings.Replace(approvalConfigOf(projectsDN+project, arguments...), `"it"`, fmt.Sprintf("%q", name), 1)
}

func TestAccProjectApproval_Reject(t *testing.T) {
	env := acctest.Start(t, approverWorld("Pending"))
	config := env.ProviderConfig("paul") + approvalConfig(rejection, rejectionComment) +
		otherApproval("final", "Other", rejection, rejectionComment, "final = true")
	status := tfjsonpath.New("current_status")
	acctest.Test(t, env,
		acctest.Applies(config, approvalValue("current_status", text("Draft")),
			statecheck.ExpectKnownValue("codesign_project_approval.final", status, text("Draft"))),
		unchangedAfter(config, func() {
			env.Server.SetProjectStatus(paymentsDN, "Pending")
			env.Server.SetProjectStatus("Other", "Pending")
		}, plannedApproval("current_status", text("Pending")),
			plancheck.ExpectKnownValue("codesign_project_approval.final", status, text("Pending"))),
	)
	checkDecisions(t, env, 0, 2)
	for dn, level := range map[string]int{paymentsDN: 1, projectsDN + "Other": 2} {
		if got := env.Server.FlowTickets(dn)[0]; got.RejectionStatus != level || got.RejectionComment != "not yet" {
			t.Errorf("flow ticket: %+v", got)
		}
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
		}, plannedApproval("current_status", text("Enabled"))),
	)
	checkDecisions(t, env, 1, 0)
}

// The caller has approved Payments, which needs another approval. Approved is approved already, and
// Other is rejected already.
func TestAccProjectApproval_AdoptsDecisions(t *testing.T) {
	w := approverWorld("Pending")
	w.Settings.RequiredApprovals = 2
	w.Projects = append(w.Projects, simulator.Project{Name: "Approved", Status: "Enabled", Approvers: []string{"paul"}})
	w.Projects[1].Approvers = []string{"paul", "petra"}
	env := acctest.Start(t, w)
	if err := env.Server.ApproveFlow(paymentsDN, "paul"); err != nil {
		t.Fatal(err)
	}
	if err := env.Server.RejectFlow(projectsDN+"Other", "petra", "no"); err != nil {
		t.Fatal(err)
	}
	value := func(name, attribute string, want knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("codesign_project_approval."+name, tfjsonpath.New(attribute), want)
	}
	acctest.Test(t, env, acctest.Applies(
		env.ProviderConfig("paul")+approvalConfig()+otherApproval("approved", "Approved", `decision = "Approved"`)+
			otherApproval("rejected", "Other", rejection, rejectionComment),
		approvalValue("ticket_id", knownvalue.NotNull()),
		value("approved", "current_status", text("Enabled")), value("approved", "ticket_id", knownvalue.Null()),
		value("approved", "approvers", knownvalue.Null()),
		value("rejected", "current_status", text("Draft")),
	))
	checkDecisions(t, env, 0, 0)
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

func TestAccProjectApproval_Replace(t *testing.T) {
	env := acctest.Start(t, approverWorld("Pending"))
	provider := env.ProviderConfig("paul")
	acctest.Test(t, env,
		acctest.Applies(provider+approvalConfig(rejection, rejectionComment)),
		resource.TestStep{ // by another decision
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
		resource.TestStep{ // by another project
			Config: provider + approvalConfigOf(projectsDN+"Other", `decision = "Approved"`),
			Check:  decisionsSent(env, 2, 1),
		},
	)
	checkServerStatus(t, env, "Other", "Enabled")
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
		update(provider+approvalConfigOf(`\ved\code signing\projects\payments`, `decision = "Approved"`,
			`comment = "later"`)),
		renamed,
	)
	checkDecisions(t, env, 1, 0)
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
