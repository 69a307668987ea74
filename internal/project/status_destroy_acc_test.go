package project_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// appliedShell is a CLI after an apply. Its destroys refresh, unlike those of the test library.
func appliedShell(t *testing.T, arguments ...string) (*acctest.Env, *acctest.Shell) {
	t.Helper()
	env, provider := start(t, newWorld("Enabled"), "adam")
	s := acctest.OpenShell(t, provider)
	s.Configure(statusConfig("Enabled", arguments...))
	s.Run("apply", "-auto-approve")
	return env, s
}

func TestAccProjectStatus_DestroyOfDeletedProject(t *testing.T) {
	env, s := appliedShell(t, `status_on_destroy = "Disabled"`)
	env.Server.RemoveProject(paymentsDN)
	s.Run("destroy", "-auto-approve")
	s.ExpectEmptyState()
}

func TestAccProjectStatus_PlanOfDeletedProject(t *testing.T) {
	env, s := appliedShell(t)
	env.Server.RemoveProject(paymentsDN)
	s.Shows([]string{
		"Project Payments was deleted", "Payments (GUID {0f1e", "The project no longer exists", "dn =",
		"remove this block",
	}, "plan")
	s.Fails([]string{"Error:", "dn =", "has no project"}, "apply", "-auto-approve")
}

// blockedShell has a project that its parent disabled, after a destroy that failed.
func blockedShell(t *testing.T) *acctest.Shell {
	t.Helper()
	env, s := appliedShell(t)
	env.Server.SetProjectStatus(paymentsDN, "DisabledByParent")
	s.Fails([]string{"dn =", "disabled by its parent", "terraform destroy -refresh=false", "remove its block"},
		"destroy", "-auto-approve")
	return s
}

func TestAccProjectStatus_DestroyOfBlockedProjectWithoutRefresh(t *testing.T) {
	s := blockedShell(t)
	s.Run("destroy", "-auto-approve", "-refresh=false")
	s.ExpectEmptyState()
}

func TestAccProjectStatus_RemoveBlockOfBlockedProject(t *testing.T) {
	s := blockedShell(t)
	s.Configure("")
	s.Run("apply", "-auto-approve")
	s.ExpectEmptyState()
}

func TestAccProjectStatus_DestroyPlanWarnsOfUndocumentedStep(t *testing.T) {
	env, s := appliedShell(t, `status_on_destroy = "Disabled"`)
	env.Server.SetProjectStatus(paymentsDN, "Pending")
	s.Run("apply", "-refresh-only", "-auto-approve")
	s.Shows([]string{"Undocumented step", "from Pending to Disabled"}, "plan", "-destroy", "-refresh=false")
}

// A destroy that refreshes plans the configuration first, by any of the three names.
func TestAccProjectStatus_DestroyOfMissingProject(t *testing.T) {
	for name, configured := range map[string]string{
		"project_id": "project_id = 4711", "guid": `guid = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"`,
	} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(t, newWorld("Enabled"), "adam")
			s := acctest.OpenShell(t, provider)
			s.Configure(statusConfigOf(configured, "Enabled", disableOnDestroy))
			s.Run("apply", "-auto-approve")
			env.Server.RemoveProject(paymentsDN)
			s.Run("destroy", "-auto-approve")
			s.ExpectEmptyState()
		})
	}
}

func TestAccProjectStatus_DestroyAfterFailedApply(t *testing.T) {
	env, s := appliedShell(t)
	env.Server.RemoveProject(paymentsDN)
	s.Fails([]string{"has no project"}, "apply", "-auto-approve")
	s.Fails([]string{"dn =", "has no project", "terraform destroy -refresh=false", "remove its block"}, "destroy",
		"-auto-approve")
	s.Run("destroy", "-auto-approve", "-refresh=false")
	s.ExpectEmptyState()
}

func TestAccProjectStatus_DestroyIfDisabledByParent(t *testing.T) {
	for name, destroy := range map[string]func(*acctest.Shell, []string){
		"destroy": func(s *acctest.Shell, says []string) { s.Shows(says, "destroy", "-auto-approve") },
		"without refresh": func(s *acctest.Shell,
			says []string,
		) {
			s.Shows(says, "destroy", "-auto-approve", "-refresh=false")
		},
		"without block": func(s *acctest.Shell, says []string) {
			s.Configure("")
			s.Shows(says, "apply", "-auto-approve")
		},
	} {
		t.Run(name, func(t *testing.T) {
			env, s := appliedShell(t, disableOnDestroy)
			env.Server.SetProjectStatus(paymentsDN, "DisabledByParent")
			s.Fails([]string{"disabled by its parent"}, "apply", "-auto-approve")
			destroy(s, []string{"Warning:", "Project Payments is disabled by its parent", "is met"})
			s.ExpectEmptyState()
			checkCount(t, env, writePath, 0)
		})
	}
}

// A destroy that fails keeps the resource. Each alternative that its error names works.
func TestAccProjectStatus_DestroyRefused(t *testing.T) {
	for name, alternative := range map[string]func(*acctest.Shell){
		"state rm": func(s *acctest.Shell) { s.Run("state", "rm", statusResource) },
		"removed block": func(s *acctest.Shell) {
			s.SkipBelow(tfversion.Version1_7_0, "removed blocks came with 1.7")
			s.Configure("removed {\n  from = codesign_project_status.p\n  lifecycle {\n    destroy = false\n  }\n}\n")
			s.Run("apply", "-auto-approve")
		},
	} {
		t.Run(name, func(t *testing.T) {
			env, s := appliedShell(t, disableOnDestroy)
			restore := env.Server.Inject(simulator.Fault{
				Path: writePath, Kind: simulator.Other500, Status: 200,
				Body: `{"Result":4,"Success":false,"Error":"made up"}`,
			})
			s.Fails([]string{
				"Unable to disable project Payments", "from Enabled to Disabled", "UpdateFailure (4)",
				"terraform state rm", "removed", "destroy = false",
			},
				"destroy", "-auto-approve")
			if !strings.Contains(s.Run("state", "list"), statusResource) {
				t.Error("the resource left the state")
			}
			alternative(s)
			s.ExpectEmptyState()
			restore()
			checkServerStatus(t, env, paymentsDN, "Enabled")
		})
	}
}

func TestAccProjectStatus_DestroyOfUnreadableProjectKeepsIt(t *testing.T) {
	env, s := appliedShell(t, disableOnDestroy)
	s.Run("plan", "-destroy", "-out=saved")
	restore := hideProject(env)
	s.Fails([]string{"Unable to disable project Payments", "InsufficientPermission (2)", "terraform state rm"},
		"apply", "saved")
	restore()
	s.Run("plan", "-detailed-exitcode")
}

// One project is deleted between the plan of the destroy and its apply, and the deletion of another one
// waits for an approval.
func TestAccProjectStatus_StatusOnDestroy(t *testing.T) {
	env, provider := startRows(t, "Enabled", 4)
	onDestroy := []string{"", disableOnDestroy, disableOnDestroy, disableOnDestroy}
	config := forRows(4, func(row int) string { return statusConfigOf(`dn = "ROW_DN"`, "Enabled", onDestroy[row]) })
	name := func(row int) string { return rowProject(row, "").Name }
	step := afterPlan(provider, func() {
		env.Server.RemoveProject(name(2))
		env.Server.SetProjectStatus(name(3), "Deleted")
	})
	step.Check = emptyState
	acctest.Test(t, env, resource.TestStep{Config: provider + config}, step)
	checkServerStatus(t, env, name(0), "Enabled")
	checkServerStatus(t, env, name(1), "Disabled")
	checkServerStatus(t, env, name(3), "Deleted")
}
