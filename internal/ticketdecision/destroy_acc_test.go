package ticketdecision_test

import (
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/acctest"
)

func TestAccAConsumedTicketThatCannotBePlannedGoesWithItsBlock(t *testing.T) {
	env, provider := start(t, world())
	s := open(t, env, provider)
	s.configure(block("Approved", "reopen_on_destroy = true"))
	s.run("apply", "-auto-approve")
	s.configure(block("Rejected"))
	s.fails([]string{"The ticket has been consumed", "To have the resource go as things are, remove its block"}, "destroy", "-auto-approve")
	s.configure("")
	s.run("apply", "-auto-approve")
	s.leavesNothing()
	wantSent(t, env, 1)
}

func TestAccAWindowThatIsOverStandsInNoWayOfADestroyThatDoesNotLook(t *testing.T) {
	const begin, end = "2020-01-01T00:00:00Z", "2020-01-02T00:00:00Z"
	env, provider := start(t, world(decided("Approved Between", begin, end)))
	s := open(t, env, provider)
	s.configure(block("Approved Between", within(begin, end)))
	s.run("apply", "-auto-approve")
	env.Server.SetWorkflowTicket(guid, "Pending")
	s.fails([]string{`stop  = "2020`, "Attribute schedule.stop", "or destroy with -refresh=false"}, "destroy", "-auto-approve")
	s.run("destroy", "-auto-approve", "-refresh=false")
	s.leavesNothing()
	wantSent(t, env, 0)
}

func TestAccAReplacementThatCannotBePlannedTellsTheWayOut(t *testing.T) {
	env, provider := start(t, world())
	acctest.Test(t, env,
		acctest.Applies(provider+block("Rejected")),
		failsPlan(provider+blockFor(other, "Rejected"), "guid     =", "knows no workflow ticket "+other, "remove its block, or destroy with -refresh=false"),
	)
	wantSent(t, env, 1)
}
