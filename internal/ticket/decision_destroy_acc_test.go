package ticket_test

import (
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
)

func TestAccAConsumedTicketThatCannotBePlannedGoesWithItsBlock(t *testing.T) {
	env, provider := start(t, decisionWorld())
	s := acctest.OpenShell(t, provider)
	s.Configure(block("Approved", "reopen_on_destroy = true"))
	s.Run("apply", "-auto-approve")
	s.Configure(block("Rejected"))
	s.Fails([]string{"The ticket has been consumed", "terraform destroy -refresh=false`, or remove its block"}, "destroy", "-auto-approve")
	s.Configure("")
	s.Run("apply", "-auto-approve")
	s.ExpectEmptyState()
	wantSent(t, env, 1)
}

func TestAccAWindowThatIsOverStandsInNoWayOfADestroyThatDoesNotLook(t *testing.T) {
	const begin, end = "2020-01-01T00:00:00Z", "2020-01-02T00:00:00Z"
	env, provider := start(t, decisionWorld(decided("Approved Between", begin, end)))
	s := acctest.OpenShell(t, provider)
	s.Configure(block("Approved Between", within(begin, end)))
	s.Run("apply", "-auto-approve")
	env.Server.SetWorkflowTicket(guid, "Pending")
	s.Fails([]string{`stop  = "2020`, "Attribute schedule.stop", "destroy -refresh=false"}, "destroy", "-auto-approve")
	s.Run("destroy", "-auto-approve", "-refresh=false")
	s.ExpectEmptyState()
	wantSent(t, env, 0)
}

func TestAccAReplacementThatCannotBePlannedTellsTheWayOut(t *testing.T) {
	env, provider := start(t, decisionWorld())
	acctest.Test(t, env,
		acctest.Applies(provider+block("Rejected")),
		failsPlan(provider+blockFor(other, "Rejected"), "guid     =", other+" does not exist", "destroy -refresh=false"),
	)
	wantSent(t, env, 1)
}
