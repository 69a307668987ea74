package project_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
)

func roleAction(action plancheck.ResourceActionType, more ...plancheck.PlanCheck) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{
		PreApply: append([]plancheck.PlanCheck{plancheck.ExpectResourceAction(roleResource, action)}, more...),
	}
}

func TestAccProjectRole_Lifecycle(t *testing.T) {
	env := acctest.Start(t, roleWorld())
	provider := env.ProviderConfig("adam")
	config := func(trustees []string, arguments ...string) string {
		return provider + roleConfig(env, "Use", trustees, arguments...)
	}
	acctest.Test(t, env,
		resource.TestStep{ // the role exists: it is taken over, and one trustee added
			Config: config([]string{"kim", "lea"}, "resolve_identities = true"),
			ConfigPlanChecks: roleAction(plancheck.ResourceActionCreate,
				plancheck.ExpectKnownValue(roleResource, tfjsonpath.New("guid"), text(paymentsGUID)),
				plancheck.ExpectKnownValue(roleResource, tfjsonpath.New("names"),
					knownvalue.MapExact(map[string]knownvalue.Check{
						env.Server.Trustee("kim"): text("kim"), env.Server.Trustee("lea"): text("lea"),
					}))),
			Check: resource.ComposeTestCheckFunc(holders(env, "Use", "kim", "lea"), updates(env, 1),
				holders(env, "Owner", "olga"), holders(env, "Audit", "max"),
				resource.TestCheckResourceAttr(roleResource, "project_id", "4711"),
				resource.TestCheckResourceAttr(roleResource, "on_drift", "Repair")),
		},
		resource.TestStep{ // import verifies every attribute
			ResourceName: roleResource, ImportState: true, ImportStateVerify: true,
			ImportStateId: paymentsGUID + "/Use", ImportStateVerifyIdentifierAttribute: "guid",
			ImportStateVerifyIgnore: []string{"resolve_identities", "names", "timeouts"},
		},
		// another spelling, order and repetition mean nothing
		emptyPlan(strings.Replace(config([]string{"lea", "kim", "lea"}, "resolve_identities = true"),
			env.Server.Trustee("kim"), respelled(env.Server.Trustee("kim")), 1)),
		resource.TestStep{ // drift is repaired
			PreConfig:        func() { addHolder(env, "Use", "max")(); removeHolder(env, "Use", "kim")() },
			Config:           config([]string{"kim", "lea"}),
			ConfigPlanChecks: roleAction(plancheck.ResourceActionUpdate),
			Check:            resource.ComposeTestCheckFunc(holders(env, "Use", "kim", "lea"), updates(env, 2)),
		},
		resource.TestStep{ // an argument of the provider only
			Config:           config([]string{"kim", "lea"}, `timeouts = { update = "5m" }`),
			ConfigPlanChecks: roleAction(plancheck.ResourceActionUpdate), Check: updates(env, 2),
		},
		resource.TestStep{ // everyone loses the role
			Config: config(nil), ConfigPlanChecks: roleAction(plancheck.ResourceActionUpdate),
			Check: holders(env, "Use"),
		},
		resource.TestStep{ // another role replaces the resource, and the old role is emptied of what was configured
			PreConfig:        addHolder(env, "Use", "max"),
			Config:           provider + roleConfig(env, "ApproveUse", []string{"lea"}),
			ConfigPlanChecks: roleAction(plancheck.ResourceActionReplace),
			Check: resource.ComposeTestCheckFunc(holders(env, "Use", "max"),
				holders(env, "ApproveUse", "lea")),
		},
		resource.TestStep{ // a refresh shows a stranger, which the destroy leaves alone
			PreConfig: addHolder(env, "ApproveUse", "kim"), RefreshState: true, ExpectNonEmptyPlan: true,
		},
		resource.TestStep{
			Config: provider,
			Check:  resource.ComposeTestCheckFunc(holders(env, "ApproveUse", "kim"), holders(env, "Owner", "olga")),
		},
	)
	if status := env.Server.ProjectStatus("Payments"); status != "Enabled" {
		t.Errorf("the project is %s", status)
	}
}

func TestAccProjectRole_FailOnDrift(t *testing.T) {
	env := acctest.Start(t, roleWorld())
	provider := env.ProviderConfig("adam")
	const audit = `on_drift = "Fail"`
	lea, stranger := env.Server.Trustee("lea"), env.Server.Trustee("max")
	config := func(trustees ...string) string { return provider + roleConfig(env, "Use", trustees, audit) }
	acctest.Test(t, env,
		acctest.Applies(config("kim")),
		acctest.Applies(config("kim", "lea")), // a change of the configuration is not drift
		resource.TestStep{
			PreConfig: func() { addHolder(env, "Use", "max")(); removeHolder(env, "Use", "lea")() },
			Config:    config("kim", "lea"),
			ExpectError: acctest.Words("The role Use of project Payments was changed outside", "Added: "+stranger,
				"Removed: "+lea),
		},
		acctest.Fails(config("kim"), "was changed outside", "Added: "+stranger),
		acctest.Fails(provider+roleConfig(env, "Use", []string{"kim", "lea"}, audit, "resolve_identities = true"),
			"Added: max ("+stranger, "Removed: lea ("+lea),
		resource.TestStep{
			Config: config("kim", "max"), ConfigPlanChecks: roleAction(plancheck.ResourceActionUpdate),
			Check: updates(env, 1), // sends nothing, and records the accepted trustee
		},
		resource.TestStep{
			Config: config("kim"), Check: resource.ComposeTestCheckFunc(holders(env, "Use", "kim"), updates(env, 2)),
		},
		resource.TestStep{
			Config: provider + roleConfig(env, "Use", []string{"kim", "lea"}),
			Check:  resource.ComposeTestCheckFunc(holders(env, "Use", "kim", "lea"), updates(env, 3)),
		},
	)
}
