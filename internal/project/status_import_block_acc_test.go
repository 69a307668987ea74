package project_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
)

func importOf(id string) string {
	return "import {\n  to = codesign_project_status.p\n  id = \"" + hcl(id) + "\"\n}\n"
}

// One apply takes both the spelling and the other change.
func TestAccProjectStatus_ImportWithAnotherChangeNeedsOneApply(t *testing.T) {
	for name, c := range map[string]struct{ id, configured string }{
		"dn":   {`\ved\code signing\projects\PAYMENTS`, `dn = "\\VED\\Code Signing\\Projects\\Payments"`},
		"guid": {"0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0", `guid = "{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}"`},
		"id":   {"4711", `dn = "\\VED\\CODE SIGNING\\Projects\\payments"`},
	} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(t, statusWorld("Disabled"), "adam")
			config := provider + statusNamed(c.configured, "Disabled", leavesDisabled)
			enabled := provider + statusNamed(c.configured, "Enabled", leavesDisabled)
			step := plans(config+importOf(c.id), plancheck.ResourceActionUpdate)
			step.Check = resource.ComposeTestCheckFunc(statusSent(env, 0, 0), resource.TestCheckResourceAttr(statusAddress, "initial_status", "Disabled"))
			acctest.Test(t, env, step, emptyPlan(config),
				resource.TestStep{Config: enabled, Check: resource.ComposeTestCheckFunc(
					statusSent(env, 1, 0), resource.TestCheckResourceAttr(statusAddress, "initial_status", "Disabled"))},
				emptyPlan(enabled))
		})
	}
}

// The name of an imported project is remembered like that of a created one.
func TestAccProjectStatus_ImportThenRenameOnServer(t *testing.T) {
	for name, id := range map[string]string{"dn": `\ved\code signing\projects\PAYMENTS`, "guid": "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0", "id": "4711"} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(t, statusWorld("Enabled"), "adam")
			step := emptyPlan(provider + statusBlock("Enabled"))
			step.PreConfig = func() { env.Server.RenameProject("Payments", "Payments 2") }
			acctest.Test(t, env,
				plans(provider+statusBlock("Enabled")+importOf(id), plancheck.ResourceActionNoop), step,
				resource.TestStep{Config: provider + statusBlock("Disabled"), Check: resource.ComposeTestCheckFunc(current("Disabled"), statusSent(env, 1, 0))},
			)
		})
	}
}

func TestAccProjectStatus_ImportOfMissingProject(t *testing.T) {
	for name, id := range map[string]string{"dn": statusProjects + "Nowhere", "guid": "00000000-1111-2222-3333-444455556666", "id": "99"} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(t, statusWorld("Enabled"), "adam")
			acctest.Test(t, env, acctest.Fails(provider+statusBlock("Enabled")+importOf(id), "Unable to import project "+id, "knows no project "+id, "codesign_projects"))
		})
	}
	t.Run("hidden", func(t *testing.T) {
		env, provider := start(t, statusWorld("Enabled"), "adam")
		result(env.Server, 2)
		acctest.Test(t, env, acctest.Fails(provider+statusBlock("Enabled")+importOf("4711"), "Unable to import project 4711", "InsufficientPermission (2)"))
	})
}
