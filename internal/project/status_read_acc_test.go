package project_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// noReplacement fails on a plan that deletes anything.
type noReplacement struct{}

func (noReplacement) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	for _, change := range req.Plan.ResourceChanges {
		if change.Change.Actions.Delete() || change.Change.Actions.Replace() {
			resp.Error = fmt.Errorf("%s: %v", change.Address, change.Change.Actions)
		}
	}
}

func TestAProjectThatIsCertainlyGoneLeavesTheState(t *testing.T) {
	for name, settings := range map[string]simulator.Settings{
		"result 7":                          {},
		"result 15 and Config/IsValid says": {MissingResult: 15},
		"an empty answer and IsValid says":  {EmptyMissing: true},
	} {
		t.Run(name, func(t *testing.T) {
			w := statusWorld("Enabled")
			w.Settings = settings
			env, provider := start(t, w, "adam")
			acctest.Test(t, env,
				resource.TestStep{Config: provider + statusBlock("Enabled")},
				resource.TestStep{
					PreConfig:          func() { env.Server.RemoveProject("Payments") },
					RefreshState:       true,
					ExpectNonEmptyPlan: true,
					ExpectError:        acctest.Words("knows no project"), // of the plan after the refresh, which would create it
				},
				resource.TestStep{Config: provider, Check: empty},
			)
		})
	}
}

func empty(s *terraformState) error {
	if n := len(s.RootModule().Resources); n != 0 {
		return fmt.Errorf("%d resources are still in the state", n)
	}
	return nil
}

func TestADoubtKeepsTheProjectInTheState(t *testing.T) {
	for name, c := range map[string]struct {
		trouble func(*simulator.Server) (mend func())
		says    string
	}{
		"no permission": {func(s *simulator.Server) func() {
			return result(s, 2)
		}, "InsufficientPermission (2)"},
		"another type":   {func(s *simulator.Server) func() { return result(s, 8) }, "IncorrectObjectType (8)"},
		"not loaded":     {func(s *simulator.Server) func() { return result(s, 15) }, "FailedToLoadObject (15)"},
		"a dead token":   {fault(simulator.ExpiredToken), "access_token"},
		"no scope":       {fault(simulator.InsufficientScope), "scope"},
		"a server error": {fault(simulator.Other500), "500"},
	} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(t, statusWorld("Enabled"), "adam")
			config := provider + statusBlock("Enabled")
			var mend func()
			acctest.Test(t, env,
				resource.TestStep{Config: config},
				resource.TestStep{
					PreConfig: func() { mend = c.trouble(env.Server) }, RefreshState: true, ExpectError: acctest.Words(c.says),
				},
				resource.TestStep{
					PreConfig: func() { mend() }, Config: config,
					ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
				},
			)
		})
	}
}

func fault(kind simulator.FaultKind) func(*simulator.Server) func() {
	return func(s *simulator.Server) func() {
		return s.Inject(simulator.Fault{Path: "Codesign/GetProject", Kind: kind})
	}
}

func result(s *simulator.Server, code int) func() {
	return s.Inject(simulator.Fault{
		Path: "Codesign/GetProject", Kind: simulator.Other500, Status: 200,
		Body: fmt.Sprintf(`{"Result":%d,"Success":false,"Error":"made up"}`, code),
	})
}

func TestDestroyDoesWhatStatusOnDestroySays(t *testing.T) {
	for onDestroy, want := range map[string]string{"": "Enabled", `status_on_destroy = "Disabled"`: "Disabled"} {
		t.Run(want, func(t *testing.T) {
			env, provider := start(t, statusWorld("Enabled"), "adam")
			acctest.Test(t, env,
				resource.TestStep{Config: provider + statusBlock("Enabled", onDestroy)},
				resource.TestStep{Config: provider, Check: empty},
			)
			if got := env.Server.ProjectStatus("Payments"); got != want {
				t.Errorf("after destroy the project is %s, want %s", got, want)
			}
		})
	}
}

func TestDestroyingWhatIsGoneSucceeds(t *testing.T) {
	env, provider := start(t, statusWorld("Enabled"), "adam")
	config := provider + statusBlock("Enabled", `status_on_destroy = "Disabled"`)
	step := statusAfterPlan(provider, func() { env.Server.RemoveProject("Payments") })
	step.Check = empty
	acctest.Test(t, env, resource.TestStep{Config: config}, step)
}

func TestDestroyingWhatIsQueuedForDeletionSucceeds(t *testing.T) {
	env, provider := start(t, statusWorld("Enabled"), "adam")
	config := provider + statusBlock("Enabled", `status_on_destroy = "Disabled"`)
	step := statusAfterPlan(provider, func() { env.Server.SetProjectStatus("Payments", "Deleted") })
	step.Check = empty
	acctest.Test(t, env, resource.TestStep{Config: config}, step)
	if got := env.Server.ProjectStatus("Payments"); got != "Deleted" {
		t.Errorf("the project is %s", got)
	}
}
