package project_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func TestAccProjectStatus_CreateSendsNothingIfMet(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "olga")
	config := provider + statusConfig("Enabled")
	acctest.Test(t, env,
		resource.TestStep{Config: config, Check: resource.ComposeTestCheckFunc(
			currentStatus("Enabled"), requestsSent(env, 0, 0),
			resource.TestCheckResourceAttr(statusResource, "guid", "{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}"),
			resource.TestCheckResourceAttr(statusResource, "project_id", "4711"),
			resource.TestCheckNoResourceAttr(statusResource, "self_approve"),
		)},
	)
}

func TestAccProjectStatus_Drift(t *testing.T) {
	env, provider := start(t, newWorld("Disabled"), "adam")
	config := provider + statusConfig("Enabled")
	acctest.Test(t, env,
		resource.TestStep{Config: config, Check: currentStatus("Enabled")},
		resource.TestStep{
			PreConfig: func() { env.Server.SetProjectStatus(paymentsDN, "Disabled") },
			Config:    config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(statusResource, plancheck.ResourceActionUpdate),
				plancheck.ExpectKnownValue(statusResource, tfjsonpath.New("current_status"),
					knownvalue.StringExact("Enabled")),
			}},
			Check: resource.ComposeTestCheckFunc(currentStatus("Enabled"), requestsSent(env, 2, 0)),
		},
	)
}

func TestAccProjectStatus_PlanFails(t *testing.T) {
	for name, c := range map[string]struct {
		status, desired string
		want            []string
	}{
		"queued for deletion": {"Deleted", "Enabled", []string{"queued for deletion", "dn ="}},
		"disabled by parent": {
			"DisabledByParent", "Enabled", []string{"Unable to ", "dn =", "disabled by its parent"},
		},
		"pending from disabled": {"Disabled", "Pending", []string{
			"Unable to ", "status = \"Pending\"", "only a draft can be submitted",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(t, newWorld(c.status), "adam")
			step := acctest.Fails(provider+statusConfig(c.desired), c.want[1:]...)
			step.PlanOnly = true
			acctest.Test(t, env, step)
			checkCount(t, env, writePath, 0)
		})
	}
}

func TestAccProjectStatus_PlanOfMissingProject(t *testing.T) {
	for attribute, name := range map[string]string{
		"dn":         `dn = "\\VED\\Code Signing\\Projects\\Missing"`,
		"guid":       `guid = "00000000-1111-2222-3333-444455556666"`,
		"project_id": `project_id = 99`,
	} {
		t.Run(attribute, func(t *testing.T) {
			env, provider := start(t, newWorld("Enabled"), "adam")
			step := acctest.Fails(provider+statusConfigOf(name, "Enabled"), "Unable to read project", attribute+" =",
				"has no project")
			step.PlanOnly = true
			acctest.Test(t, env, step)
		})
	}
}

func TestAccProjectStatus_UnknownProvider(t *testing.T) {
	env := acctest.Start(t, newWorld("Disabled"))
	config := fmt.Sprintf(`
resource "terraform_data" "token" { input = %q }
provider "codesign" {
  url          = %q
  access_token = terraform_data.token.output
}
`, env.Server.Token("adam", ""), env.URL) + statusConfig("Enabled")
	acctest.Test(t, env,
		plans(config, plancheck.ResourceActionCreate,
			plancheck.ExpectUnknownValue(statusResource, tfjsonpath.New("current_status"))),
	)
}

func TestAccProjectStatus_UnknownProviderKeepsState(t *testing.T) {
	env := acctest.Start(t, newWorld("Enabled"))
	renewed := func(serial string) string {
		return fmt.Sprintf(`
resource "terraform_data" "token" {
  input            = %q
  triggers_replace = %q
}
provider "codesign" {
  url          = %q
  access_token = terraform_data.token.output
}
`, env.Server.Token("adam", ""), serial, env.URL) + statusConfig("Enabled")
	}
	again := renewed("2")
	acctest.Test(t, env,
		resource.TestStep{Config: renewed("1")},
		resource.TestStep{Config: again, Check: currentStatus("Enabled"), ConfigPlanChecks: resource.ConfigPlanChecks{
			PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(statusResource, plancheck.ResourceActionNoop),
			},
		}},
	)
}

func TestAccProjectStatus_SavedPlanAlreadyMet(t *testing.T) {
	env, provider := start(t, newWorld("Disabled"), "adam")
	config := provider + statusConfig("Enabled")
	step := afterPlan(config, func() { env.Server.SetProjectStatus(paymentsDN, "Enabled") })
	step.Check = resource.ComposeTestCheckFunc(currentStatus("Enabled"), requestsSent(env, 0, 0))
	acctest.Test(t, env, resource.TestStep{Config: provider + statusConfig("Disabled")}, step)
}

// A create has no state that carries the planned initial_status to the apply, so the CLI stops.
func TestAccProjectStatus_SavedCreateStopsIfTheStatusChanged(t *testing.T) {
	env, provider := start(t, newWorld("Draft"), "adam")
	step := afterPlan(provider+statusConfig("Disabled"), func() { env.Server.SetProjectStatus(paymentsDN, "Enabled") })
	step.ExpectError = acctest.Words("inconsistent final plan", "initial_status")
	acctest.Test(t, env, step)
	if got := env.Server.ProjectStatus(paymentsDN); got != "Enabled" || env.Server.Count(writePath) != 0 {
		t.Errorf("the project is %s", got)
	}
}

func TestAccProjectStatus_SavedPlanAdapts(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "adam")
	config := provider + statusConfig("Disabled")
	step := afterPlan(config, func() { env.Server.SetProjectStatus(paymentsDN, "Draft") })
	step.Check = resource.ComposeTestCheckFunc(currentStatus("Disabled"), requestsSent(env, 1, 0))
	acctest.Test(t, env, resource.TestStep{Config: provider + statusConfig("Enabled")}, step)
}

func TestAccProjectStatus_SavedPlanWithoutRoute(t *testing.T) {
	env, provider := start(t, newWorld("Disabled"), "adam")
	step := afterPlan(provider+statusConfig("Enabled"),
		func() { env.Server.SetProjectStatus(paymentsDN, "DisabledByParent") })
	step.ExpectError = acctest.Words("disabled by its parent")
	acctest.Test(t, env, step)
}

func TestAccProjectStatus_SavedPlanOfDeletedProject(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "adam")
	change := afterPlan(provider+statusConfig("Disabled"), func() { env.Server.RemoveProject(paymentsDN) })
	change.ExpectError = acctest.Words("Unable to read project Payments", "dn =", "Payments (GUID {0f1e",
		"no longer exists", "deleted after the last refresh")
	acctest.Test(t, env, resource.TestStep{Config: provider + statusConfig("Enabled")}, change)
}

func TestAccProjectStatus_SavedPlanApprovedBefore(t *testing.T) {
	env, provider := start(t, newWorld("Pending"), "olga")
	config := provider + statusConfig("Enabled")
	step := afterPlan(config, func() { approveByHand(t, env) })
	step.Check = resource.ComposeTestCheckFunc(currentStatus("Enabled"), requestsSent(env, 0, 0))
	acctest.Test(t, env, resource.TestStep{Config: provider + statusConfig("Pending")}, step)
}

func TestAccProjectStatus_ChangedConcurrently(t *testing.T) {
	w := newWorld("Draft")
	w.Settings.TicketDelay = 500
	env, provider := start(t, w, "adam")
	moved := false
	env.Server.OnRequest(func(r simulator.Request) {
		if r.Path == ticketsPath && !moved {
			moved = true
			env.Server.SetProjectStatus(paymentsDN, "Disabled")
		}
	})
	acctest.Test(t, env, acctest.Fails(provider+statusConfig("Enabled", selfApprove),
		"Another client changed the project", "status is Disabled, expected"))
}

func TestAccProjectStatus_UndocumentedStep(t *testing.T) {
	for name, allowed := range map[string]bool{"and works": true, "and refused": false} {
		t.Run(name, func(t *testing.T) {
			w := newWorld("Pending")
			w.Settings.AllowWithdraw = allowed
			env, provider := start(t, w, "adam")
			config := provider + statusConfig("Draft")
			step := resource.TestStep{Config: config, Check: currentStatus("Draft")}
			if !allowed {
				step = acctest.Fails(config, "not carried out", "UpdateFailure (4)", "The vendor does not document it")
			}
			acctest.Test(t, env, step)
			checkCount(t, env, writePath, 1)
		})
	}
}

func TestAccProjectStatus_RefusedStep(t *testing.T) {
	w := newWorld("Disabled")
	w.Users = append(w.Users, simulator.User{Name: "audrey"})
	w.Projects[0].Auditors = []string{"audrey"}
	env, provider := start(t, w, "audrey")
	acctest.Test(t, env, acctest.Fails(provider+statusConfig("Enabled"),
		"from Disabled to Enabled", "InsufficientPermission (2)", "Code Signing Administrator"))
}

// The CLI compares the planned GUID with that of the new project before the provider is asked to
// apply.
func TestAccProjectStatus_SavedPlanOfReplacedProject(t *testing.T) {
	env, provider := start(t, newWorld("Disabled"), "adam")
	step := afterPlan(provider+statusConfig("Enabled"), func() {
		env.Server.RemoveProject("Payments")
		env.Server.AddProject(simulator.Project{Name: "Payments", Status: "Disabled"})
	})
	step.ExpectError = acctest.Words("inconsistent final plan", "guid")
	acctest.Test(t, env, step)
	checkServerStatus(t, env, "Payments", "Disabled")
}

func TestAccProjectStatus_MetStatusPlansNothing(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "adam")
	acctest.Test(t, env,
		resource.TestStep{Config: provider + statusConfig("Enabled")},
		emptyPlan(provider+statusConfig("Pending")),
		emptyPlan(provider+statusConfig("Enabled")),
	)
}

// The state keeps the desired status that was applied; drift is corrected to that of the
// configuration.
func TestAccProjectStatus_DriftUsesConfiguredStatus(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "adam")
	acctest.Test(t, env,
		resource.TestStep{Config: provider + statusConfig("Enabled")},
		emptyPlan(provider+statusConfig("Pending")),
		resource.TestStep{
			PreConfig: func() { env.Server.SetProjectStatus(paymentsDN, "Draft") },
			Config:    provider + statusConfig("Pending"),
			Check: resource.ComposeTestCheckFunc(currentStatus("Pending"), requestsSent(env, 1, 0),
				resource.TestCheckResourceAttr(statusResource, "status", "Pending")),
		},
	)
}

func TestAccProjectStatus_UpdateWhileMet(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "adam")
	changed := provider + statusConfig("Pending", `status_on_destroy = "Disabled"`)
	acctest.Test(t, env,
		resource.TestStep{Config: provider + statusConfig("Pending")},
		plans(changed, plancheck.ResourceActionUpdate,
			plancheck.ExpectKnownValue(statusResource, tfjsonpath.New("current_status"),
				knownvalue.StringExact("Enabled"))),
	)
}

func TestAccProjectStatus_UpdateWhilePending(t *testing.T) {
	env, provider := start(t, newWorld("Pending"), "adam")
	changed := provider + statusConfig("Pending", `approval_comment = "CHG0012345"`)
	acctest.Test(t, env,
		resource.TestStep{Config: provider + statusConfig("Pending")},
		plans(changed, plancheck.ResourceActionUpdate,
			plancheck.ExpectUnknownValue(statusResource, tfjsonpath.New("current_status"))),
	)
}
