package projectstatus_test

import (
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/acctest"
)

// applied is a shell in which the project has been applied: the destroys of the
// test library do not refresh, those of people do.
func applied(t *testing.T, arguments ...string) (*acctest.Env, *acctest.Shell) {
	t.Helper()
	env, provider := start(t, world("Enabled"), "adam")
	s := acctest.OpenShell(t, provider)
	s.Configure(block("Enabled", arguments...))
	s.Run("apply", "-auto-approve")
	return env, s
}

func TestAProjectThatIsGoneCanBeDestroyed(t *testing.T) {
	env, s := applied(t, `status_on_destroy = "Disabled"`)
	env.Server.RemoveProject(payments)
	s.Run("destroy", "-auto-approve")
	s.LeavesNothing()
}

func TestAPlanAboutAProjectThatIsGoneWarnsAndItsApplyFailsAtTheName(t *testing.T) {
	env, s := applied(t)
	env.Server.RemoveProject(payments)
	s.Shows([]string{"The project is gone", "Payments (GUID {0f1e", "is not there any more", "dn =", "remove this block"}, "plan")
	s.Fails([]string{"Error:", "dn =", "knows no project"}, "apply", "-auto-approve")
}

// stuck is a shell with a project that can't be driven, and with a destroy that
// failed at it.
func stuck(t *testing.T) *acctest.Shell {
	t.Helper()
	env, s := applied(t)
	env.Server.SetProjectStatus(payments, "DisabledByParent")
	s.Fails([]string{"dn =", "disabled by its parent", "terraform destroy -refresh=false", "remove its block"}, "destroy", "-auto-approve")
	return s
}

func TestAProjectThatCannotBeDrivenGoesWithADestroyThatDoesNotLook(t *testing.T) {
	s := stuck(t)
	s.Run("destroy", "-auto-approve", "-refresh=false")
	s.LeavesNothing()
}

func TestAProjectThatCannotBeDrivenGoesWithItsBlock(t *testing.T) {
	s := stuck(t)
	s.Configure("")
	s.Run("apply", "-auto-approve")
	s.LeavesNothing()
}

func TestThePlanOfADestroyWarnsOfAStepThatNobodyDocuments(t *testing.T) {
	env, s := applied(t, `status_on_destroy = "Disabled"`)
	env.Server.SetProjectStatus(payments, "Pending")
	s.Run("apply", "-refresh-only", "-auto-approve")
	s.Shows([]string{"not documented", "from Pending to Disabled"}, "plan", "-destroy", "-refresh=false")
}
