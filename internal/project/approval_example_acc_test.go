package project_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
)

// pipeline is one half of the example, with its credentials.
func pipeline(t *testing.T, env *acctest.Env, half, user, scope string) string {
	t.Helper()
	return env.ScopedProviderConfig(user, scope) + acctest.Example(t, "guides/four-eyes-onboarding/"+half+"/main.tf")
}

func status(of, want string) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(of+".onboarded", tfjsonpath.New("current_status"), approvalText(want))
}

// The two pipelines have states of their own: the approver's runs while the
// owner's waits between two applies.
func TestAccFourEyesOnboardingInTwoPipelines(t *testing.T) {
	const submission, approval = "codesign_project_status", "codesign_project_approval"
	env := acctest.Start(t, approvalWorld("Draft"))
	owner := pipeline(t, env, "owner", "olga", "codesign:manage")
	approver := pipeline(t, env, "approver", "paul", "codesign:approve")
	approves := func() {
		acctest.TestWithin(t, env, acctest.Applies(approver, status(approval, "Enabled")), quiet(approver, nil))
	}
	acctest.Test(t, env,
		acctest.Applies(owner, status(submission, "Pending")),
		quiet(owner, nil),
		quiet(owner, approves, status(submission, "Enabled")),
	)
	approvalSent(t, env, 1, 0)
	if n := env.Server.Count("Codesign/UpdateProjectStatus"); n != 1 {
		t.Errorf("the project was submitted %d times", n)
	}
	if comment := env.Server.FlowTickets(approvalPayments)[0].Approvals[0].Comment; !strings.HasPrefix(comment, "CHG") {
		t.Errorf("the comment is %q", comment)
	}
}
