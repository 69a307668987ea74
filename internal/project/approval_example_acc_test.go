package project_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
)

// pipelineConfig is one half of the example with its credentials.
func pipelineConfig(t *testing.T, env *acctest.Env, half, user, scope string) string {
	t.Helper()
	return env.ScopedProviderConfig(user, scope) +
		acctest.Example(t, "../../examples/guides/four-eyes-onboarding/"+half+"/main.tf")
}

func onboardedStatus(of, want string) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(of+".onboarded", tfjsonpath.New("current_status"), text(want))
}

// Each pipeline has its own state. The approver's pipeline runs between two applies of the owner's.
func TestAccProjectApproval_FourEyesExample(t *testing.T) {
	const submission, approval = "codesign_project_status", "codesign_project_approval"
	env := acctest.Start(t, approverWorld("Draft"))
	owner := pipelineConfig(t, env, "owner", "olga", "codesign:manage")
	approver := pipelineConfig(t, env, "approver", "paul", "codesign:approve")
	approves := func() {
		acctest.TestWithin(t, env, acctest.Applies(approver, onboardedStatus(approval, "Enabled")))
	}
	acctest.Test(t, env,
		acctest.Applies(owner, onboardedStatus(submission, "Pending")),
		unchangedAfter(owner, approves, plancheck.ExpectKnownValue(submission+".onboarded",
			tfjsonpath.New("current_status"), text("Enabled"))),
	)
	checkDecisions(t, env, 1, 0)
	checkCount(t, env, writePath, 1)
	if comment := env.Server.FlowTickets(paymentsDN)[0].Approvals[0].Comment; !strings.HasPrefix(comment, "CHG") {
		t.Errorf("the comment is %q", comment)
	}
}
