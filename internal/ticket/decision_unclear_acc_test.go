package ticket_test

import (
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func TestAccADecisionWhoseAnswerIsLost(t *testing.T) {
	for name, c := range map[string]struct {
		kind         simulator.FaultKind
		status, want string
		sent         int
	}{
		"reset after commit":                {simulator.ResetAfterCommit, "Rejected", "Rejected", 1},
		"reset after commit, ticket gone":   {simulator.ResetAfterCommit, "Approved", "Processed", 1},
		"reset before commit":               {simulator.ResetBeforeCommit, "Rejected", "Rejected", 2},
		"bad gateway after commit":          {simulator.Gateway502AfterCommit, "Rejected", "Rejected", 1},
		"gateway timeout after commit":      {simulator.Gateway504AfterCommit, "Approved", "Processed", 1},
		"gateway timeout, not carried out":  {simulator.Status504, "Approved", "Processed", 2},
		"truncated answer":                  {simulator.TruncatedBody, "Rejected", "Rejected", 1},
		"maintenance, then a normal answer": {simulator.Status503, "Rejected", "Rejected", 2},
	} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(t, decisionWorld())
			env.Server.Inject(simulator.Fault{Path: update, Kind: c.kind, Count: 1})
			acctest.Test(t, env, acctest.Applies(provider+block(c.status), attribute("current_status", c.want)))
			wantSent(t, env, c.sent)
			if n := timesDecided(env); n != 1 {
				t.Errorf("the ticket was decided %d times", n)
			}
		})
	}
}

func TestAccADecisionThatCannotBeDeliveredIsReportedAsNotCarriedOut(t *testing.T) {
	env, provider := start(t, decisionWorld())
	remove := env.Server.Inject(simulator.Fault{Path: update, Kind: simulator.ResetBeforeCommit})
	config := provider + block("Rejected")
	acctest.Test(t, env,
		acctest.Fails(config, "was lost", "not carried out", "still Pending", "Run again"),
		after(remove, acctest.Applies(config)),
	)
	if n := timesDecided(env); n != 1 {
		t.Errorf("the ticket was decided %d times", n)
	}
}

func TestAccAnAcceptedDecisionSurvivesAReadBackThatFails(t *testing.T) {
	env, provider := start(t, decisionWorld())
	// the plan looks, the apply plans anew and looks, then the decision looks; after it nothing is told
	env.Server.OnRequest(func(r simulator.Request) {
		if r.Path == update {
			env.Server.Inject(simulator.Fault{Path: "Workflow/Ticket/Details", Kind: simulator.InsufficientScope, Count: 1})
		}
	})
	acctest.Test(t, env, acctest.Applies(provider+block("Rejected"), attribute("current_status", "Rejected")))
	wantSent(t, env, 1)
}

func timesDecided(env *acctest.Env) int {
	n := 0
	for _, event := range env.Server.Journal() {
		if event.Kind == simulator.EventDecided {
			n++
		}
	}
	return n
}
