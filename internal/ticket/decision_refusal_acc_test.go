package ticket_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// Every alternative that the error of a refused reopening names works.
func TestAccTicketDecision_ReopeningThatIsRefused(t *testing.T) {
	for name, alternative := range map[string]func(*acctest.Shell){
		"reopen_on_destroy": func(s *acctest.Shell) {
			s.Configure(block("Rejected", "reopen_on_destroy = false"))
			s.Run("apply", "-auto-approve")
			s.Run("destroy", "-auto-approve")
		},
		"removed": func(s *acctest.Shell) {
			s.Configure("removed {\n  from = " + decisionAddress + "\n  lifecycle {\n    destroy = false\n  }\n}\n")
			s.Run("apply", "-auto-approve")
		},
		"state rm": func(s *acctest.Shell) { s.Run("state", "rm", decisionAddress) },
	} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(t, decisionWorld())
			s := acctest.OpenShell(t, provider)
			s.Configure(block("Rejected", reopens))
			s.Run("apply", "-auto-approve")
			env.Server.Inject(simulator.Fault{Path: update, Kind: simulator.InsufficientScope})
			s.Fails([]string{"Could not set the workflow ticket back to Pending", "reopen_on_destroy = false", "removed block", "terraform state rm"},
				"destroy", "-auto-approve")
			alternative(s)
			s.ExpectEmptyState()
			wantTicket(t, env, guid, "Rejected")
		})
	}
}

func TestAccTicketDecision_DestroyOfABlockThatWasNeverApplied(t *testing.T) {
	env, provider := start(t, decisionWorld(decisionSecond))
	s := acctest.OpenShell(t, provider)
	s.Configure(block("Rejected"))
	s.Run("apply", "-auto-approve")
	env.Server.RemoveWorkflowTicket(guid)
	s.Configure(block("Rejected") + "resource \"workflow_ticket_decision\" \"gone\" {\n  provider = codesign\n  guid     = \"" + zerosButOne + "\"\n  status   = \"Rejected\"\n}\n")
	s.Fails([]string{zerosButOne + " does not exist", "destroy -refresh=false"}, "destroy", "-auto-approve")
	s.Run("destroy", "-auto-approve", "-refresh=false")
	s.ExpectEmptyState()
}

const zerosButOne = "00000000-0000-0000-0000-000000000001"

// A decision that the server accepted belongs to the resource, also if another person changes it at once.
func TestAccTicketDecision_OverruledAtOnceIsDrift(t *testing.T) {
	env, provider := start(t, decisionWorld())
	rejected := false
	env.Server.OnRequest(func(r simulator.Request) {
		if r.Path == "Workflow/Ticket/Details" && env.Server.Count(update) == 1 && !rejected {
			rejected = true
			env.Server.SetWorkflowTicket(guid, "Rejected")
		}
	})
	config := provider + block("Approved Between", schedule)
	acctest.Test(t, env,
		resource.TestStep{Config: config, ExpectNonEmptyPlan: true, Check: resource.TestCheckResourceAttr(decisionAddress, "current_status", "Rejected")},
		plans(config, plancheck.ResourceActionUpdate, attribute("current_status", "Approved Between")),
	)
	wantSent(t, env, 2)
}

func TestAccTicketDecision_LostAnswerToScheduledDecision(t *testing.T) {
	env, provider := start(t, decisionWorld())
	env.Server.Inject(simulator.Fault{Path: update, Kind: simulator.ResetBeforeCommit})
	env.Server.OnRequest(func(r simulator.Request) {
		if _, exists := env.Server.WorkflowTicket(guid); exists && r.Path == update {
			env.Server.RemoveWorkflowTicket(guid)
		}
	})
	acctest.Test(t, env, acctest.Fails(provider+block("Approved Between", schedule), "was lost", "was Pending", "has been consumed since", "not known whether"))
}
