package project_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// applied is a shell in which the project has been applied: the destroys of the
// test library do not refresh, those of people do.
func applied(t *testing.T, arguments ...string) (*acctest.Env, *acctest.Shell) {
	t.Helper()
	env, provider := start(t, statusWorld("Enabled"), "adam")
	s := acctest.OpenShell(t, provider)
	s.Configure(statusBlock("Enabled", arguments...))
	s.Run("apply", "-auto-approve")
	return env, s
}

func TestAProjectThatIsGoneCanBeDestroyed(t *testing.T) {
	env, s := applied(t, `status_on_destroy = "Disabled"`)
	env.Server.RemoveProject(statusPayments)
	s.Run("destroy", "-auto-approve")
	s.ExpectEmptyState()
}

func TestAPlanAboutAProjectThatIsGoneWarnsAndItsApplyFailsAtTheName(t *testing.T) {
	env, s := applied(t)
	env.Server.RemoveProject(statusPayments)
	s.Shows([]string{"The project is gone", "Payments (GUID {0f1e", "is not there any more", "dn =", "remove this block"}, "plan")
	s.Fails([]string{"Error:", "dn =", "knows no project"}, "apply", "-auto-approve")
}

// stuck is a shell with a project that can't be driven, and with a destroy that
// failed at it.
func stuck(t *testing.T) *acctest.Shell {
	t.Helper()
	env, s := applied(t)
	env.Server.SetProjectStatus(statusPayments, "DisabledByParent")
	s.Fails([]string{"dn =", "disabled by its parent", "terraform destroy -refresh=false", "remove its block"}, "destroy", "-auto-approve")
	return s
}

func TestAProjectThatCannotBeDrivenGoesWithADestroyThatDoesNotLook(t *testing.T) {
	s := stuck(t)
	s.Run("destroy", "-auto-approve", "-refresh=false")
	s.ExpectEmptyState()
}

func TestAProjectThatCannotBeDrivenGoesWithItsBlock(t *testing.T) {
	s := stuck(t)
	s.Configure("")
	s.Run("apply", "-auto-approve")
	s.ExpectEmptyState()
}

func TestThePlanOfADestroyWarnsOfAStepThatNobodyDocuments(t *testing.T) {
	env, s := applied(t, `status_on_destroy = "Disabled"`)
	env.Server.SetProjectStatus(statusPayments, "Pending")
	s.Run("apply", "-refresh-only", "-auto-approve")
	s.Shows([]string{"not documented", "from Pending to Disabled"}, "plan", "-destroy", "-refresh=false")
}

// A destroy that refreshes first plans the configuration, under whichever name.
func TestAccProjectStatus_DestroyOfMissingProject(t *testing.T) {
	for name, configured := range map[string]string{
		"project_id": "project_id = 4711", "guid": `guid = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"`,
	} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(t, statusWorld("Enabled"), "adam")
			s := acctest.OpenShell(t, provider)
			s.Configure(statusNamed(configured, "Enabled", leavesDisabled))
			s.Run("apply", "-auto-approve")
			env.Server.RemoveProject(statusPayments)
			s.Run("destroy", "-auto-approve")
			s.ExpectEmptyState()
		})
	}
}

func TestAccProjectStatus_DestroyAfterFailedApply(t *testing.T) {
	env, s := applied(t)
	env.Server.RemoveProject(statusPayments)
	s.Fails([]string{"knows no project"}, "apply", "-auto-approve")
	s.Fails([]string{"dn =", "knows no project", "terraform destroy -refresh=false", "remove its block"}, "destroy", "-auto-approve")
	s.Run("destroy", "-auto-approve", "-refresh=false")
	s.ExpectEmptyState()
}

func TestAccProjectStatus_DestroyIfDisabledByParent(t *testing.T) {
	for name, destroy := range map[string]func(*acctest.Shell, []string){
		"destroy":         func(s *acctest.Shell, says []string) { s.Shows(says, "destroy", "-auto-approve") },
		"without refresh": func(s *acctest.Shell, says []string) { s.Shows(says, "destroy", "-auto-approve", "-refresh=false") },
		"without block": func(s *acctest.Shell, says []string) {
			s.Configure("")
			s.Shows(says, "apply", "-auto-approve")
		},
	} {
		t.Run(name, func(t *testing.T) {
			env, s := applied(t, leavesDisabled)
			env.Server.SetProjectStatus(statusPayments, "DisabledByParent")
			s.Fails([]string{"disabled by its parent"}, "apply", "-auto-approve")
			destroy(s, []string{"Warning:", "The project is disabled by its parent", "is met"})
			s.ExpectEmptyState()
			if n := env.Server.Count("Codesign/UpdateProjectStatus"); n != 0 {
				t.Errorf("%d updates were sent", n)
			}
		})
	}
}

// A destroy that fails keeps the resource, and each alternative that its error names works.
func TestAccProjectStatus_DestroyRefused(t *testing.T) {
	for name, alternative := range map[string]func(*acctest.Shell){
		"state rm": func(s *acctest.Shell) { s.Run("state", "rm", statusAddress) },
		"removed block": func(s *acctest.Shell) {
			s.Configure("removed {\n  from = codesign_project_status.p\n  lifecycle {\n    destroy = false\n  }\n}\n")
			s.Run("apply", "-auto-approve")
		},
	} {
		t.Run(name, func(t *testing.T) {
			env, s := applied(t, leavesDisabled)
			restore := env.Server.Inject(simulator.Fault{
				Path: "Codesign/UpdateProjectStatus", Kind: simulator.Other500, Status: 200, Body: `{"Result":4,"Success":false,"Error":"made up"}`,
			})
			s.Fails([]string{"status_on_destroy", "from Enabled to Disabled", "UpdateFailure (4)", "terraform state rm", "removed", "destroy = false"},
				"destroy", "-auto-approve")
			if !strings.Contains(s.Run("state", "list"), statusAddress) {
				t.Error("the resource left the state")
			}
			alternative(s)
			s.ExpectEmptyState()
			restore()
			if got := env.Server.ProjectStatus(statusPayments); got != "Enabled" {
				t.Errorf("the project is %s", got)
			}
		})
	}
}

func TestAccProjectStatus_DestroyOfUnreadableProjectKeepsIt(t *testing.T) {
	env, provider := start(t, statusWorld("Enabled"), "adam")
	var restore func()
	step := statusAfterPlan(provider, func() { restore = result(env.Server, 2) })
	step.ExpectError = acctest.Words("status_on_destroy", "InsufficientPermission (2)", "terraform state rm")
	again := emptyPlan(provider + statusBlock("Enabled", leavesDisabled))
	again.PreConfig = func() { restore() }
	acctest.Test(t, env, resource.TestStep{Config: provider + statusBlock("Enabled", leavesDisabled)}, step, again)
}
