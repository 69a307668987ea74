package ticket_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
)

const hollow = "schedule = { start = null, stop = null }"

func TestAccAScheduleOfNullsIsNone(t *testing.T) {
	for _, status := range []string{"Approved", "Rejected"} {
		t.Run(status, func(t *testing.T) {
			env, provider := start(t, decisionWorld(settings(stays)))
			config := provider + block(status, hollow)
			acctest.Test(t, env,
				acctest.Applies(config, attribute("current_status", status)),
				plans(config, plancheck.ResourceActionNoop),
				plans(provider+block(status, "schedule = {}"), plancheck.ResourceActionNoop),
				plans(provider+block(status), plancheck.ResourceActionUpdate, null("schedule")),
				plans(config, plancheck.ResourceActionUpdate),
			)
			if got := bodies(env); len(got) != 1 || got[0] != `{"GUID":"`+guid+`","Status":"`+status+`"}` {
				t.Errorf("sent %q", got)
			}
		})
	}
}

func TestAccAScheduleOfNullsSurvivesDriftThatIsPutBack(t *testing.T) {
	env, provider := start(t, decisionWorld(settings(stays)))
	config := provider + block("Rejected", hollow)
	acctest.Test(t, env,
		acctest.Applies(config),
		after(func() { env.Server.SetWorkflowTicket(guid, "Approved") }, resource.TestStep{RefreshState: true, ExpectNonEmptyPlan: true}),
		after(func() { env.Server.SetWorkflowTicket(guid, "Rejected") }, plans(config, plancheck.ResourceActionNoop)),
	)
	wantSent(t, env, 1)
}

func TestAccAnEndThatTurnsOutToBeNull(t *testing.T) {
	env, provider := start(t, decisionWorld())
	unknown := "resource \"terraform_data\" \"stop\" {\n  input = \"\"\n}\n"
	ends := func(start string) string {
		return "schedule = {\n    start = " + start + "\n    stop  = terraform_data.stop.output == \"\" ? null : terraform_data.stop.output\n  }"
	}
	acctest.Test(t, env,
		acctest.Fails(provider+unknown+block("Approved Between", ends(`"`+opens+`"`)), "needs a stop"),
		acctest.Applies(provider+unknown+block("Approved", ends("null")), attribute("current_status", "Processed")),
	)
	wantSent(t, env, 1)
}
