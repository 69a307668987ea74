package ticket_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func TestAccTicketDecision_RemoveBlockOfConsumedTicket(t *testing.T) {
	env, provider := start(t, world())
	s := acctest.OpenShell(t, provider)
	s.Configure(block("Approved", "reopen_on_destroy = true"))
	s.Run("apply", "-auto-approve")
	s.Configure(block("Rejected"))
	s.Fails([]string{"The ticket has been consumed", "terraform destroy -refresh=false`, or remove its block"},
		"destroy", "-auto-approve")
	s.Configure("")
	s.Run("apply", "-auto-approve")
	s.ExpectEmptyState()
	wantSent(t, env, 1)
}

func TestAccTicketDecision_DestroyWithEndedWindow(t *testing.T) {
	const begin, end = "2020-01-01T00:00:00Z", "2020-01-02T00:00:00Z"
	env, provider := start(t, world(decided("Approved Between", begin, end)))
	s := acctest.OpenShell(t, provider)
	s.Configure(block("Approved Between", scheduleLines(begin, end)))
	s.Run("apply", "-auto-approve")
	env.Server.SetWorkflowTicket(guid, "Pending")
	s.Fails([]string{`stop  = "2020`, "Attribute schedule.stop", "destroy -refresh=false"}, "destroy", "-auto-approve")
	s.Run("destroy", "-auto-approve", "-refresh=false")
	s.ExpectEmptyState()
	wantSent(t, env, 0)
}

func TestAccTicketDecision_ReplaceByMissingTicket(t *testing.T) {
	env, provider := start(t, world())
	acctest.Test(t, env,
		acctest.Applies(provider+block("Rejected")),
		failsPlan(provider+blockFor(other, "Rejected"), "guid     =", other+" does not exist",
			"destroy -refresh=false"),
	)
	wantSent(t, env, 1)
}

// Each alternative in the error for a refused reopening works.
func TestAccTicketDecision_RefusedReopenAlternatives(t *testing.T) {
	for name, alternative := range map[string]func(*acctest.Shell){
		"reopen_on_destroy": func(s *acctest.Shell) {
			s.Configure(block("Rejected", "reopen_on_destroy = false"))
			s.Run("apply", "-auto-approve")
			s.Run("destroy", "-auto-approve")
		},
		"removed": func(s *acctest.Shell) {
			s.Configure("removed {\n  from = " + address + "\n  lifecycle {\n    destroy = false\n  }\n}\n")
			s.Run("apply", "-auto-approve")
		},
		"state rm": func(s *acctest.Shell) { s.Run("state", "rm", address) },
	} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(t, world())
			s := acctest.OpenShell(t, provider)
			s.Configure(block("Rejected", reopen))
			s.Run("apply", "-auto-approve")
			env.Server.Inject(simulator.Fault{Path: update, Kind: simulator.InsufficientScope})
			s.Fails([]string{
				"Unable to reopen workflow ticket", "reopen_on_destroy = false", "removed block", "terraform state rm",
			},
				"destroy", "-auto-approve")
			alternative(s)
			s.ExpectEmptyState()
			wantTicket(t, env, guid, "Rejected")
		})
	}
}

func TestAccTicketDecision_DestroyWithUnappliedBlock(t *testing.T) {
	env, provider := start(t, world(withOther))
	s := acctest.OpenShell(t, provider)
	s.Configure(block("Rejected"))
	s.Run("apply", "-auto-approve")
	env.Server.RemoveWorkflowTicket(guid)
	s.Configure(
		block("Rejected") + "resource \"workflow_ticket_decision\" \"gone\" {\n  provider = codesign\n  guid     = \"" +
			missingGUID + "\"\n  status   = \"Rejected\"\n}\n",
	)
	s.Fails([]string{missingGUID + " does not exist", "destroy -refresh=false"}, "destroy", "-auto-approve")
	s.Run("destroy", "-auto-approve", "-refresh=false")
	s.ExpectEmptyState()
}

const missingGUID = "00000000-0000-0000-0000-000000000001"

// An accepted decision belongs to the resource, even if another person changes it at once.
func TestAccTicketDecision_OverruledIsDrift(t *testing.T) {
	env, provider := start(t, world())
	rejected := false
	env.Server.OnRequest(func(r simulator.Request) {
		if r.Path == "Workflow/Ticket/Details" && env.Server.Count(update) == 1 && !rejected {
			rejected = true
			env.Server.SetWorkflowTicket(guid, "Rejected")
		}
	})
	config := provider + block("Approved Between", schedule)
	acctest.Test(t, env,
		resource.TestStep{
			Config: config, ExpectNonEmptyPlan: true, Check: resource.TestCheckResourceAttr(address, "current_status",
				"Rejected"),
		},
		plans(config, plancheck.ResourceActionUpdate, attribute("current_status", "Approved Between")),
	)
	wantSent(t, env, 2)
}

// The plan says that a decision of another person on a consumed ticket stays.
func TestAccTicketDecision_OverruledAndConsumedWarns(t *testing.T) {
	env, provider := start(t, world())
	s := acctest.OpenShell(t, provider)
	s.Configure(block("Approved Between", schedule))
	s.Run("apply", "-auto-approve")
	env.Server.SetWorkflowTicket(guid, "Rejected")
	s.Run("apply", "-refresh-only", "-auto-approve")
	env.Server.RemoveWorkflowTicket(guid)
	s.Shows([]string{"consumed with another decision", "its last known decision is Rejected", "only writes"}, "plan")
	s.Run("apply", "-auto-approve")
	s.Run("plan", "-detailed-exitcode")
	wantSent(t, env, 1)
}

func TestAccTicketDecision_LostAnswerToScheduledDecision(t *testing.T) {
	env, provider := start(t, world())
	env.Server.Inject(simulator.Fault{Path: update, Kind: simulator.ResetBeforeCommit})
	env.Server.OnRequest(func(r simulator.Request) {
		if _, exists := env.Server.WorkflowTicket(guid); exists && r.Path == update {
			env.Server.RemoveWorkflowTicket(guid)
		}
	})
	acctest.Test(t, env, acctest.Fails(provider+block("Approved Between", schedule), "was lost", "was Pending",
		"has been consumed since", "or another one consumed it"))
}
