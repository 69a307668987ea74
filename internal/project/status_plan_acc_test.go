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
	env, provider := start(t, newWorld("Enabled"), "adam")
	acctest.Refused(t, env, map[string]resource.TestStep{
		"queued for deletion": serverStatus(env, "Deleted", acctest.Fails(provider+statusConfig("Enabled"),
			"dn =", "queued for deletion")),
		"disabled by parent": serverStatus(env, "DisabledByParent", acctest.Fails(provider+statusConfig("Enabled"),
			"Unable to ", "dn =", "disabled by its parent")),
		"pending from disabled": serverStatus(env, "Disabled", acctest.Fails(provider+statusConfig("Pending"),
			"Unable to ", "status = \"Pending\"", "only a draft can be submitted")),
	})
	checkCount(t, env, writePath, 0)
}

func TestAccProjectStatus_PlanOfMissingProject(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "adam")
	rows := map[string]resource.TestStep{}
	for attribute, name := range map[string]string{
		"dn":         `dn = "\\VED\\Code Signing\\Projects\\Missing"`,
		"guid":       `guid = "00000000-1111-2222-3333-444455556666"`,
		"project_id": `project_id = 99`,
	} {
		rows[attribute] = acctest.Fails(provider+statusConfigOf(name, "Enabled"), "Unable to read project",
			attribute+" =", "has no project")
	}
	acctest.Refused(t, env, rows)
}

// The provider is unknown in the plan of a create, and again after its token was renewed.
func TestAccProjectStatus_UnknownProvider(t *testing.T) {
	env := acctest.Start(t, newWorld("Disabled"))
	config := func(serial string) string {
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
	acctest.Test(t, env,
		plans(config("1"), plancheck.ResourceActionCreate,
			plancheck.ExpectUnknownValue(statusResource, tfjsonpath.New("current_status"))),
		checks(plans(config("2"), plancheck.ResourceActionNoop), currentStatus("Enabled")),
	)
}

// Saved plans of one project, by its owner. The project changes before each apply.
func TestAccProjectStatus_SavedPlan(t *testing.T) {
	env, provider := start(t, newWorld("Pending"), "olga")
	setsTo := func(status string) func() { return func() { env.Server.SetProjectStatus(paymentsDN, status) } }
	checked := func(step resource.TestStep, status string, updates int) resource.TestStep {
		return checks(step, currentStatus(status), requestsSent(env, updates, 0))
	}
	acctest.Test(t, env,
		resource.TestStep{Config: provider + statusConfig("Pending")},
		checked(afterPlan(provider+statusConfig("Enabled"), func() { approveByHand(t, env) }), "Enabled", 0),
		checked(afterPlan(provider+statusConfig("Disabled"), setsTo("Draft")), "Disabled", 1), // it adapts
		checked(afterPlan(provider+statusConfig("Enabled"), setsTo("Enabled")), "Enabled", 1), // it is met
		afterPlan(provider+statusConfig("Disabled"), func() { env.Server.RemoveProject(paymentsDN) },
			"Unable to read project Payments", "dn =", "Payments (GUID {0f1e", "no longer exists",
			"deleted after the last refresh"),
	)
}

// A create has no state that carries the planned initial_status and guid to the apply, so the CLI stops.
func TestAccProjectStatus_SavedCreateStops(t *testing.T) {
	env, provider := start(t, newWorld("Draft"), "adam")
	config := provider + statusConfig("Enabled")
	setsTo := func(status string) func() { return func() { env.Server.SetProjectStatus(paymentsDN, status) } }
	acctest.Refused(t, env, map[string]resource.TestStep{
		"another status": afterPlan(provider+statusConfig("Disabled"), setsTo("Enabled"), "inconsistent final plan",
			"initial_status"),
		"disabled by parent": serverStatus(env, "Disabled", afterPlan(config, setsTo("DisabledByParent"),
			"disabled by its parent")),
		"replaced project": serverStatus(env, "Disabled", afterPlan(config, func() {
			env.Server.RemoveProject("Payments")
			env.Server.AddProject(simulator.Project{Name: "Payments", Status: "Disabled"})
		}, "inconsistent final plan", "guid")),
	})
	checkServerStatus(t, env, "Payments", "Disabled")
	checkCount(t, env, writePath, 0)
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
	env, provider := start(t, newWorld("Pending"), "adam")
	config := provider + statusConfig("Draft")
	acctest.Test(t, env,
		acctest.Fails(config, "not carried out", "UpdateFailure (4)", "The vendor does not document it"),
		resource.TestStep{
			PreConfig: func() {
				checkCount(t, env, writePath, 1)
				env.Server.UpdateSettings(func(s *simulator.Settings) { s.AllowWithdraw = true })
			},
			Config: config, Check: currentStatus("Draft"),
		},
	)
	checkCount(t, env, writePath, 2)
}

func TestAccProjectStatus_RefusedStep(t *testing.T) {
	w := newWorld("Disabled")
	w.Users = append(w.Users, simulator.User{Name: "audrey"})
	w.Projects[0].Auditors = []string{"audrey"}
	env, provider := start(t, w, "audrey")
	acctest.Test(t, env, acctest.Fails(provider+statusConfig("Enabled"),
		"from Disabled to Enabled", "InsufficientPermission (2)", "Code Signing Administrator"))
}

// Enabled meets Pending. The state keeps the desired status that was applied; drift is corrected to
// that of the configuration.
func TestAccProjectStatus_MetStatusSendsNothing(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "olga")
	acctest.Test(t, env,
		resource.TestStep{Config: provider + statusConfig("Enabled"), Check: resource.ComposeTestCheckFunc(
			currentStatus("Enabled"), requestsSent(env, 0, 0),
			resource.TestCheckResourceAttr(statusResource, "guid", "{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}"),
			resource.TestCheckResourceAttr(statusResource, "project_id", "4711"),
			resource.TestCheckNoResourceAttr(statusResource, "self_approve"),
		)},
		emptyPlan(provider+statusConfig("Pending")),
		emptyPlan(provider+statusConfig("Enabled")),
		resource.TestStep{
			PreConfig: func() { env.Server.SetProjectStatus(paymentsDN, "Draft") },
			Config:    provider + statusConfig("Pending"),
			Check: resource.ComposeTestCheckFunc(currentStatus("Pending"), requestsSent(env, 1, 0),
				resource.TestCheckResourceAttr(statusResource, "status", "Pending")),
		},
	)
}

// Of a project that is Enabled, the plan of an update knows the current status; of one that is
// Pending, it does not.
func TestAccProjectStatus_UpdateWhileMet(t *testing.T) {
	w := newWorld("Enabled")
	w.Projects = append(w.Projects, rowProject(0, "Pending"))
	env, provider := start(t, w, "adam")
	config := func(argument string) string {
		return provider + statusConfig("Pending", argument) +
			forRow(0, statusConfigOf(`dn = "ROW_DN"`, "Pending", argument))
	}
	current := tfjsonpath.New("current_status")
	acctest.Test(t, env,
		resource.TestStep{Config: config("")},
		plans(config(`approval_comment = "CHG0012345"`), plancheck.ResourceActionUpdate,
			plancheck.ExpectKnownValue(statusResource, current, text("Enabled")),
			plancheck.ExpectResourceAction(rowResource(0), plancheck.ResourceActionUpdate),
			plancheck.ExpectUnknownValue(rowResource(0), current)),
	)
}
