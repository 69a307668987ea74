package project_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func TestAProjectThatIsWhereItShouldBeIsLeftAlone(t *testing.T) {
	env, provider := start(t, statusWorld("Enabled"), "olga")
	config := provider + statusBlock("Enabled")
	acctest.Test(t, env,
		resource.TestStep{Config: config, Check: resource.ComposeTestCheckFunc(
			current("Enabled"), statusSent(env, 0, 0),
			resource.TestCheckResourceAttr(statusAddress, "guid", "{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}"),
			resource.TestCheckResourceAttr(statusAddress, "project_id", "4711"),
			resource.TestCheckNoResourceAttr(statusAddress, "self_approve"),
		)},
		emptyPlan(config),
	)
}

func TestAStatusChangedByHandIsDriftThatThePlanShowsAndTheApplyMends(t *testing.T) {
	env, provider := start(t, statusWorld("Disabled"), "adam")
	config := provider + statusBlock("Enabled")
	acctest.Test(t, env,
		resource.TestStep{Config: config, Check: current("Enabled")},
		resource.TestStep{
			PreConfig: func() { env.Server.SetProjectStatus(statusPayments, "Disabled") },
			Config:    config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(statusAddress, plancheck.ResourceActionUpdate),
				plancheck.ExpectKnownValue(statusAddress, tfjsonpath.New("current_status"), knownvalue.StringExact("Enabled")),
			}},
			Check: resource.ComposeTestCheckFunc(current("Enabled"), statusSent(env, 2, 0)),
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
			env, provider := start(t, statusWorld(c.status), "adam")
			step := acctest.Fails(provider+statusBlock(c.goal), c.want[1:]...)
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
			env, provider := start(t, statusWorld("Enabled"), "adam")
			step := acctest.Fails(provider+statusNamed(name, "Enabled"), "Could not look at the project", attribute+" =", "knows no project")
			step.PlanOnly = true
			acctest.Test(t, env, step)
		})
	}
}

func TestOddNamesAreAClearErrorOrACorrectRequest(t *testing.T) {
	for name, c := range map[string]struct{ dn, complaint string }{
		"a quote":              {statusProjects + `The "new" one`, ""},
		"a non-ASCII letter":   {statusProjects + `Größe`, ""},
		"leading blanks":       {statusProjects + `  P`, "blanks at its start"},
		"a trailing backslash": {statusPayments + `\`, "ends with a backslash"},
		"256 characters":       {statusProjects + strings.Repeat("x", 256-len(statusProjects)), "256 characters"},
		"a bare name":          {"Payments", "is a bare name"},
	} {
		t.Run(name, func(t *testing.T) {
			w := statusWorld("Enabled")
			w.Projects[0].DN = c.dn
			if c.complaint != "" {
				w = statusWorld("Enabled")
			}
			env, provider := start(t, w, "adam")
			config := provider + statusNamed(`dn = "`+hcl(c.dn)+`"`, "Disabled")
			if c.complaint != "" {
				acctest.Test(t, env, acctest.Fails(config, "Invalid DN", "dn =", c.complaint))
				return
			}
			acctest.Test(t, env, resource.TestStep{Config: config, Check: current("Disabled")}, emptyPlan(config))
		})
	}
}

func TestExactlyOneNameIsConfigured(t *testing.T) {
	env, provider := start(t, statusWorld("Enabled"), "adam")
	acctest.Test(t, env,
		acctest.Fails(provider+statusBlock("Enabled", `project_id = 4711`), "Invalid Attribute Combination"),
		acctest.Fails(provider+statusNamed("", "Enabled"), "Missing Attribute Configuration"),
	)
}

func TestAnUnknownProviderMakesTheResourceWaitQuietly(t *testing.T) {
	env := acctest.Start(t, statusWorld("Disabled"))
	config := fmt.Sprintf(`
resource "terraform_data" "token" { input = %q }
provider "codesign" {
  url          = %q
  access_token = terraform_data.token.output
}
`, env.Server.Token("adam", ""), env.URL) + statusBlock("Enabled")
	acctest.Test(t, env,
		plans(config, plancheck.ResourceActionCreate, plancheck.ExpectUnknownValue(statusAddress, tfjsonpath.New("current_status"))),
		emptyPlan(config),
	)
}

func TestAProviderThatIsUnknownAgainKeepsTheState(t *testing.T) {
	env := acctest.Start(t, statusWorld("Enabled"))
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
`, env.Server.Token("adam", ""), serial, env.URL) + statusBlock("Enabled")
	}
	again := renewed("2")
	acctest.Test(t, env,
		resource.TestStep{Config: renewed("1")},
		resource.TestStep{Config: again, Check: current("Enabled"), ConfigPlanChecks: resource.ConfigPlanChecks{
			PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(statusAddress, plancheck.ResourceActionNoop)},
		}},
		emptyPlan(again),
	)
}

// statusMeanwhile is a plan check that checks nothing: it changes the world between
// the plan and the apply of that saved plan.
type statusMeanwhile func()

func (m statusMeanwhile) CheckPlan(context.Context, plancheck.CheckPlanRequest, *plancheck.CheckPlanResponse) {
	m()
}

func statusAfterPlan(config string, action func()) resource.TestStep {
	return resource.TestStep{Config: config, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{statusMeanwhile(action)}}}
}

func TestASavedPlanFindsTheProjectAlreadyThere(t *testing.T) {
	env, provider := start(t, statusWorld("Disabled"), "adam")
	config := provider + statusBlock("Enabled")
	step := statusAfterPlan(config, func() { env.Server.SetProjectStatus(statusPayments, "Enabled") })
	step.Check = resource.ComposeTestCheckFunc(current("Enabled"), statusSent(env, 0, 0))
	acctest.Test(t, env, resource.TestStep{Config: provider + statusBlock("Disabled")}, step, emptyPlan(config))
}

// A create has no state that carries the planned initial_status to the apply. The CLI stops there,
// in words of its own.
func TestAccProjectStatus_SavedCreateStopsIfTheStatusChanged(t *testing.T) {
	env, provider := start(t, statusWorld("Draft"), "adam")
	step := statusAfterPlan(provider+statusBlock("Disabled"), func() { env.Server.SetProjectStatus(statusPayments, "Enabled") })
	step.ExpectError = acctest.Words("inconsistent final plan", "initial_status")
	acctest.Test(t, env, step)
	if got := env.Server.ProjectStatus(statusPayments); got != "Enabled" || env.Server.Count("Codesign/UpdateProjectStatus") != 0 {
		t.Errorf("the project is %s", got)
	}
}

func TestASavedPlanAdaptsToAnotherStatus(t *testing.T) {
	env, provider := start(t, statusWorld("Enabled"), "adam")
	config := provider + statusBlock("Disabled")
	step := statusAfterPlan(config, func() { env.Server.SetProjectStatus(statusPayments, "Draft") })
	step.Check = resource.ComposeTestCheckFunc(current("Disabled"), statusSent(env, 1, 0))
	acctest.Test(t, env, resource.TestStep{Config: provider + statusBlock("Enabled")}, step, emptyPlan(config))
}

func TestASavedPlanStopsWhereThereIsNoWayAnyMore(t *testing.T) {
	env, provider := start(t, statusWorld("Disabled"), "adam")
	step := statusAfterPlan(provider+statusBlock("Enabled"), func() { env.Server.SetProjectStatus(statusPayments, "DisabledByParent") })
	step.ExpectError = acctest.Words("disabled by its parent")
	acctest.Test(t, env, step)
}

func TestASavedPlanAboutAProjectThatIsGoneStopsAtItsName(t *testing.T) {
	env, provider := start(t, statusWorld("Enabled"), "adam")
	change := statusAfterPlan(provider+statusBlock("Disabled"), func() { env.Server.RemoveProject(statusPayments) })
	change.ExpectError = acctest.Words("dn =", "knows no project", "Payments (GUID {0f1e", "any more", "deleted after the last refresh")
	acctest.Test(t, env, resource.TestStep{Config: provider + statusBlock("Enabled")}, change)
}

func TestASavedPlanOfASubmissionThatWasApprovedMeanwhile(t *testing.T) {
	env, provider := start(t, statusWorld("Pending"), "olga")
	config := provider + statusBlock("Enabled")
	step := statusAfterPlan(config, func() { statusApprove(t, env) })
	step.Check = resource.ComposeTestCheckFunc(current("Enabled"), statusSent(env, 0, 0))
	acctest.Test(t, env, resource.TestStep{Config: provider + statusBlock("Pending")}, step, emptyPlan(config))
}

func TestSomebodyElseInMidApplyIsAConflictAndNotOverwritten(t *testing.T) {
	w := statusWorld("Draft")
	w.Settings.TicketDelay = 500
	env, provider := start(t, w, "adam")
	moved := false
	env.Server.OnRequest(func(r simulator.Request) {
		if r.Path == "Flow/Tickets/Enumerate" && !moved {
			moved = true
			env.Server.SetProjectStatus(statusPayments, "Disabled")
		}
	})
	acctest.Test(t, env, acctest.Fails(provider+statusBlock("Enabled", selfApprove), "Another client changed the project", "status is Disabled"))
}

func TestAStepThatIsNotDocumentedIsTriedOnce(t *testing.T) {
	for name, allowed := range map[string]bool{"and works": true, "and refused": false} {
		t.Run(name, func(t *testing.T) {
			w := statusWorld("Pending")
			w.Settings.AllowWithdraw = allowed
			env, provider := start(t, w, "adam")
			config := provider + statusBlock("Draft")
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
	w := statusWorld("Disabled")
	w.Users = append(w.Users, simulator.User{Name: "audrey"})
	w.Projects[0].Auditors = []string{"audrey"}
	env, provider := start(t, w, "audrey")
	acctest.Test(t, env, acctest.Fails(provider+statusBlock("Enabled"),
		"from Disabled to Enabled", "InsufficientPermission (2)", "Code Signing Administrator"))
}

// The CLI words this stop as a bug of the provider: it compares the GUID that was
// planned with that of the new project itself, before the provider is asked.
func TestASavedPlanIsNotAppliedToAnotherProjectOfTheSameName(t *testing.T) {
	env, provider := start(t, statusWorld("Disabled"), "adam")
	step := statusAfterPlan(provider+statusBlock("Enabled"), func() {
		env.Server.RemoveProject("Payments")
		env.Server.AddProject(simulator.Project{Name: "Payments", Status: "Disabled"})
	})
	step.ExpectError = acctest.Words("inconsistent final plan", "guid")
	acctest.Test(t, env, step)
	if got := env.Server.ProjectStatus("Payments"); got != "Disabled" {
		t.Errorf("the new project is %s", got)
	}
}
