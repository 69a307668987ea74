package project_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
)

func TestAnotherGoalThatIsMetAlreadyIsNoChange(t *testing.T) {
	env, provider := start(t, statusWorld("Enabled"), "adam")
	acctest.Test(t, env,
		resource.TestStep{Config: provider + statusBlock("Enabled")},
		emptyPlan(provider+statusBlock("Pending")),
		emptyPlan(provider+statusBlock("Enabled")),
	)
}

func TestAnImportOfAnEnabledProjectWithTheGoalPendingChangesNothing(t *testing.T) {
	env, provider := start(t, statusWorld("Enabled"), "adam")
	config := provider + statusBlock("Pending")
	acctest.Test(t, env,
		plans(config+"import {\n  to = codesign_project_status.p\n  id = \"4711\"\n}\n", plancheck.ResourceActionNoop),
		emptyPlan(config),
	)
}

// Whatever the state remembers as the goal, the configuration's is driven to.
func TestTheGoalThatWasKeptIsNotTheOneThatIsDrivenTo(t *testing.T) {
	env, provider := start(t, statusWorld("Enabled"), "adam")
	acctest.Test(t, env,
		resource.TestStep{Config: provider + statusBlock("Enabled")},
		emptyPlan(provider+statusBlock("Pending")),
		resource.TestStep{
			PreConfig: func() { env.Server.SetProjectStatus(statusPayments, "Draft") },
			Config:    provider + statusBlock("Pending"),
			Check: resource.ComposeTestCheckFunc(current("Pending"), statusSent(env, 1, 0),
				resource.TestCheckResourceAttr(statusAddress, "status", "Pending")),
		},
		emptyPlan(provider+statusBlock("Pending")),
	)
}

func TestWhereTheGoalIsMetOtherArgumentsChangeWithoutDoubt(t *testing.T) {
	env, provider := start(t, statusWorld("Enabled"), "adam")
	changed := provider + statusBlock("Pending", `status_on_destroy = "Disabled"`)
	acctest.Test(t, env,
		resource.TestStep{Config: provider + statusBlock("Pending")},
		plans(changed, plancheck.ResourceActionUpdate,
			plancheck.ExpectKnownValue(statusAddress, tfjsonpath.New("current_status"), knownvalue.StringExact("Enabled"))),
		emptyPlan(changed),
	)
}

func TestASubmissionThatMayBeApprovedUntilTheApplyIsPromisedNothing(t *testing.T) {
	env, provider := start(t, statusWorld("Pending"), "adam")
	changed := provider + statusBlock("Pending", `approval_comment = "CHG0012345"`)
	acctest.Test(t, env,
		resource.TestStep{Config: provider + statusBlock("Pending")},
		plans(changed, plancheck.ResourceActionUpdate, plancheck.ExpectUnknownValue(statusAddress, tfjsonpath.New("current_status"))),
		emptyPlan(changed),
	)
}
