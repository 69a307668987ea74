package projectstatus_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/simulator"
)

func TestAProjectThatIsWhereItShouldBeIsLeftAlone(t *testing.T) {
	env, provider := start(t, world("Enabled"), "olga")
	config := provider + block("Enabled")
	acctest.Test(t, env,
		resource.TestStep{Config: config, Check: resource.ComposeTestCheckFunc(
			current("Enabled"), sent(env, 0, 0),
			resource.TestCheckResourceAttr(address, "guid", "{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}"),
			resource.TestCheckResourceAttr(address, "project_id", "4711"),
			resource.TestCheckNoResourceAttr(address, "self_approve"),
		)},
		emptyPlan(config),
	)
}

func TestAStatusChangedByHandIsDriftThatThePlanShowsAndTheApplyMends(t *testing.T) {
	env, provider := start(t, world("Disabled"), "adam")
	config := provider + block("Enabled")
	acctest.Test(t, env,
		resource.TestStep{Config: config, Check: current("Enabled")},
		resource.TestStep{
			PreConfig: func() { env.Server.SetProjectStatus(payments, "Disabled") },
			Config:    config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate),
				plancheck.ExpectKnownValue(address, tfjsonpath.New("current_status"), knownvalue.StringExact("Enabled")),
			}},
			Check: resource.ComposeTestCheckFunc(current("Enabled"), sent(env, 2, 0)),
		},
		emptyPlan(config),
	)
}

func TestAPlanThatCannotBeCarriedOutFailsOnTheAttributeAtFault(t *testing.T) {
	for name, c := range map[string]struct {
		status, goal string
		want         []string
	}{
		"queued for deletion": {"Deleted", "Enabled", []string{"queued for deletion", "dn ="}},
		"disabled by parent":  {"DisabledByParent", "Enabled", []string{"can't get to this status", "dn =", "disabled by its parent"}},
		"pending from disabled": {"Disabled", "Pending", []string{
			"can't get to this status", "status = \"Pending\"", "only a Draft is submitted",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(t, world(c.status), "adam")
			step := acctest.Fails(provider+block(c.goal), c.want[1:]...)
			step.PlanOnly = true
			acctest.Test(t, env, step)
			if n := env.Server.Count("Codesign/UpdateProjectStatus"); n != 0 {
				t.Errorf("%d updates were sent", n)
			}
		})
	}
}

func TestAnUnknownProjectFailsThePlanAtItsName(t *testing.T) {
	for attribute, name := range map[string]string{
		"dn":         `dn = "\\VED\\Code Signing\\Projects\\Nobody"`,
		"guid":       `guid = "00000000-1111-2222-3333-444455556666"`,
		"project_id": `project_id = 99`,
	} {
		t.Run(attribute, func(t *testing.T) {
			env, provider := start(t, world("Enabled"), "adam")
			step := acctest.Fails(provider+named(name, "Enabled"), "Could not look at the project", attribute+" =", "knows no project")
			step.PlanOnly = true
			acctest.Test(t, env, step)
		})
	}
}

func TestOddNamesAreAClearErrorOrACorrectRequest(t *testing.T) {
	for name, c := range map[string]struct{ dn, complaint string }{
		"a quote":              {projects + `The "new" one`, ""},
		"a non-ASCII letter":   {projects + `Größe`, ""},
		"leading blanks":       {projects + `  P`, "blanks at its start"},
		"a trailing backslash": {payments + `\`, "ends with a backslash"},
		"256 characters":       {projects + strings.Repeat("x", 256-len(projects)), "256 characters"},
		"a bare name":          {"Payments", "is a bare name"},
	} {
		t.Run(name, func(t *testing.T) {
			w := world("Enabled")
			w.Projects[0].Dn = c.dn
			if c.complaint != "" {
				w = world("Enabled")
			}
			env, provider := start(t, w, "adam")
			config := provider + named(`dn = "`+hcl(c.dn)+`"`, "Disabled")
			if c.complaint != "" {
				acctest.Test(t, env, acctest.Fails(config, "Invalid DN", "dn =", c.complaint))
				return
			}
			acctest.Test(t, env, resource.TestStep{Config: config, Check: current("Disabled")}, emptyPlan(config))
		})
	}
}

func TestExactlyOneNameIsConfigured(t *testing.T) {
	env, provider := start(t, world("Enabled"), "adam")
	acctest.Test(t, env,
		acctest.Fails(provider+block("Enabled", `project_id = 4711`), "Invalid Attribute Combination"),
		acctest.Fails(provider+named("", "Enabled"), "Missing Attribute Configuration"),
	)
}

func TestAnUnknownProviderMakesTheResourceWaitQuietly(t *testing.T) {
	env := acctest.Start(t, world("Disabled"))
	config := fmt.Sprintf(`
resource "terraform_data" "token" { input = %q }
provider "codesign" {
  url          = %q
  access_token = terraform_data.token.output
}
`, env.Server.Token("adam", ""), env.URL) + block("Enabled")
	acctest.Test(t, env,
		plans(config, plancheck.ResourceActionCreate, plancheck.ExpectUnknownValue(address, tfjsonpath.New("current_status"))),
		emptyPlan(config),
	)
}

func TestAProviderThatIsUnknownAgainKeepsTheState(t *testing.T) {
	env := acctest.Start(t, world("Enabled"))
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
`, env.Server.Token("adam", ""), serial, env.URL) + block("Enabled")
	}
	again := renewed("2")
	acctest.Test(t, env,
		resource.TestStep{Config: renewed("1")},
		resource.TestStep{Config: again, Check: current("Enabled"), ConfigPlanChecks: resource.ConfigPlanChecks{
			PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, plancheck.ResourceActionNoop)},
		}},
		emptyPlan(again),
	)
}

// meanwhile is a plan check that checks nothing: it changes the world between
// the plan and the apply of that saved plan.
type meanwhile func()

func (m meanwhile) CheckPlan(context.Context, plancheck.CheckPlanRequest, *plancheck.CheckPlanResponse) {
	m()
}

func afterPlan(config string, action func()) resource.TestStep {
	return resource.TestStep{Config: config, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{meanwhile(action)}}}
}

func TestASavedPlanFindsTheProjectAlreadyThere(t *testing.T) {
	env, provider := start(t, world("Disabled"), "adam")
	config := provider + block("Enabled")
	step := afterPlan(config, func() { env.Server.SetProjectStatus(payments, "Enabled") })
	step.Check = resource.ComposeTestCheckFunc(current("Enabled"), sent(env, 0, 0))
	acctest.Test(t, env, resource.TestStep{Config: provider + block("Disabled")}, step, emptyPlan(config))
}

// A create has no state that carries the planned initial_status to the apply. The CLI stops there,
// in words of its own.
func TestAccProjectStatus_SavedCreateStopsIfTheStatusChanged(t *testing.T) {
	env, provider := start(t, world("Draft"), "adam")
	step := afterPlan(provider+block("Disabled"), func() { env.Server.SetProjectStatus(payments, "Enabled") })
	step.ExpectError = acctest.Words("inconsistent final plan", "initial_status")
	acctest.Test(t, env, step)
	if got := env.Server.ProjectStatus(payments); got != "Enabled" || env.Server.Count("Codesign/UpdateProjectStatus") != 0 {
		t.Errorf("the project is %s", got)
	}
}

func TestASavedPlanAdaptsToAnotherStatus(t *testing.T) {
	env, provider := start(t, world("Enabled"), "adam")
	config := provider + block("Disabled")
	step := afterPlan(config, func() { env.Server.SetProjectStatus(payments, "Draft") })
	step.Check = resource.ComposeTestCheckFunc(current("Disabled"), sent(env, 1, 0))
	acctest.Test(t, env, resource.TestStep{Config: provider + block("Enabled")}, step, emptyPlan(config))
}

func TestASavedPlanStopsWhereThereIsNoWayAnyMore(t *testing.T) {
	env, provider := start(t, world("Disabled"), "adam")
	step := afterPlan(provider+block("Enabled"), func() { env.Server.SetProjectStatus(payments, "DisabledByParent") })
	step.ExpectError = acctest.Words("disabled by its parent")
	acctest.Test(t, env, step)
}

func TestASavedPlanAboutAProjectThatIsGoneStopsAtItsName(t *testing.T) {
	env, provider := start(t, world("Enabled"), "adam")
	change := afterPlan(provider+block("Disabled"), func() { env.Server.RemoveProject(payments) })
	change.ExpectError = acctest.Words("dn =", "knows no project", "Payments (GUID {0f1e", "any more", "deleted after the last refresh")
	acctest.Test(t, env, resource.TestStep{Config: provider + block("Enabled")}, change)
}

func TestASavedPlanOfASubmissionThatWasApprovedMeanwhile(t *testing.T) {
	env, provider := start(t, world("Pending"), "olga")
	config := provider + block("Enabled")
	step := afterPlan(config, func() { approve(t, env) })
	step.Check = resource.ComposeTestCheckFunc(current("Enabled"), sent(env, 0, 0))
	acctest.Test(t, env, resource.TestStep{Config: provider + block("Pending")}, step, emptyPlan(config))
}

func TestSomebodyElseInMidApplyIsAConflictAndNotOverwritten(t *testing.T) {
	w := world("Draft")
	w.Settings.TicketDelay = 500
	env, provider := start(t, w, "adam")
	moved := false
	env.Server.OnRequest(func(r simulator.Request) {
		if r.Path == "Flow/Tickets/Enumerate" && !moved {
			moved = true
			env.Server.SetProjectStatus(payments, "Disabled")
		}
	})
	acctest.Test(t, env, acctest.Fails(provider+block("Enabled", selfApprove), "Somebody else changed the project", "turned up Disabled"))
}

func TestAStepThatIsNotDocumentedIsTriedOnce(t *testing.T) {
	for name, allowed := range map[string]bool{"and works": true, "and refused": false} {
		t.Run(name, func(t *testing.T) {
			w := world("Pending")
			w.Settings.AllowWithdraw = allowed
			env, provider := start(t, w, "adam")
			config := provider + block("Draft")
			step := resource.TestStep{Config: config, Check: current("Draft")}
			if !allowed {
				step = acctest.Fails(config, "not carried out", "UpdateFailure (4)", "The vendor does not document it")
			}
			acctest.Test(t, env, step)
			if n := env.Server.Count("Codesign/UpdateProjectStatus"); n != 1 {
				t.Errorf("%d updates were sent, want 1", n)
			}
		})
	}
}

func TestARefusedStepNamesStepCodeAndWhoMayTakeIt(t *testing.T) {
	w := world("Disabled")
	w.Users = append(w.Users, simulator.User{Name: "audrey"})
	w.Projects[0].Auditors = []string{"audrey"}
	env, provider := start(t, w, "audrey")
	acctest.Test(t, env, acctest.Fails(provider+block("Enabled"),
		"from Disabled to Enabled", "InsufficientPermission (2)", "Code Signing Administrator"))
}

// The CLI words this stop as a bug of the provider: it compares the GUID that was
// planned with that of the new project itself, before the provider is asked.
func TestASavedPlanIsNotAppliedToAnotherProjectOfTheSameName(t *testing.T) {
	env, provider := start(t, world("Disabled"), "adam")
	step := afterPlan(provider+block("Enabled"), func() {
		env.Server.RemoveProject("Payments")
		env.Server.AddProject(simulator.Project{Name: "Payments", Status: "Disabled"})
	})
	step.ExpectError = acctest.Words("inconsistent final plan", "guid")
	acctest.Test(t, env, step)
	if got := env.Server.ProjectStatus("Payments"); got != "Disabled" {
		t.Errorf("the new project is %s", got)
	}
}
