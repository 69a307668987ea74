package projectstatus_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/acctest"
)

func TestAnotherGoalThatIsMetAlreadyIsNoChange(t *testing.T) {
	env, provider := start(t, world("Enabled"), "adam")
	acctest.Test(t, env,
		resource.TestStep{Config: provider + block("Enabled")},
		emptyPlan(provider+block("Pending")),
		emptyPlan(provider+block("Enabled")),
	)
}

func TestAnImportOfAnEnabledProjectWithTheGoalPendingChangesNothing(t *testing.T) {
	env, provider := start(t, world("Enabled"), "adam")
	config := provider + block("Pending")
	acctest.Test(t, env,
		plans(config+"import {\n  to = codesign_project_status.p\n  id = \"4711\"\n}\n", plancheck.ResourceActionNoop),
		emptyPlan(config),
	)
}

// Whatever the state remembers as the goal, the configuration's is driven to.
func TestTheGoalThatWasKeptIsNotTheOneThatIsDrivenTo(t *testing.T) {
	env, provider := start(t, world("Enabled"), "adam")
	acctest.Test(t, env,
		resource.TestStep{Config: provider + block("Enabled")},
		emptyPlan(provider+block("Pending")),
		resource.TestStep{
			PreConfig: func() { env.Server.SetProjectStatus(payments, "Draft") },
			Config:    provider + block("Pending"),
			Check: resource.ComposeTestCheckFunc(current("Pending"), sent(env, 1, 0),
				resource.TestCheckResourceAttr(address, "status", "Pending")),
		},
		emptyPlan(provider+block("Pending")),
	)
}

func TestWhereTheGoalIsMetOtherArgumentsChangeWithoutDoubt(t *testing.T) {
	env, provider := start(t, world("Enabled"), "adam")
	changed := provider + block("Pending", `status_on_destroy = "Disabled"`)
	acctest.Test(t, env,
		resource.TestStep{Config: provider + block("Pending")},
		plans(changed, plancheck.ResourceActionUpdate,
			plancheck.ExpectKnownValue(address, tfjsonpath.New("current_status"), knownvalue.StringExact("Enabled"))),
		emptyPlan(changed),
	)
}

func TestASubmissionThatMayBeApprovedUntilTheApplyIsPromisedNothing(t *testing.T) {
	env, provider := start(t, world("Pending"), "adam")
	changed := provider + block("Pending", `approval_comment = "CHG0012345"`)
	acctest.Test(t, env,
		resource.TestStep{Config: provider + block("Pending")},
		plans(changed, plancheck.ResourceActionUpdate, plancheck.ExpectUnknownValue(address, tfjsonpath.New("current_status"))),
		emptyPlan(changed),
	)
}
