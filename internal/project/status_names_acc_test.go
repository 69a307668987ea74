package project_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func TestAnotherSpellingOfTheSameNameReplacesNothingAndSendsNothing(t *testing.T) {
	for name, c := range map[string]struct{ before, after, attribute, kept string }{
		"dn in another case": {
			`dn = "\\VED\\Code Signing\\Projects\\Payments"`, `dn = "\\ved\\code signing\\projects\\payments"`,
			"dn", `\ved\code signing\projects\payments`,
		},
		"guid without braces and in another case": {
			`guid = "{0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0}"`, `guid = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"`,
			"guid", `0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0`,
		},
		"guid instead of dn": {
			`dn = "\\VED\\Code Signing\\Projects\\Payments"`, `guid = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"`,
			"guid", `0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0`,
		},
		"number instead of guid": {
			`guid = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"`, `project_id = 4711`, "project_id", "4711",
		},
	} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(t, statusWorld("Enabled"), "adam")
			after := provider + statusNamed(c.after, "Enabled")
			acctest.Test(t, env,
				resource.TestStep{Config: provider + statusNamed(c.before, "Enabled")},
				resource.TestStep{
					Config: after,
					ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
						noReplacement{},
					}},
					Check: resource.ComposeTestCheckFunc(resource.TestCheckResourceAttr(statusAddress, c.attribute, c.kept), statusSent(env, 0, 0)),
				},
				emptyPlan(after),
			)
		})
	}
}

func TestAProjectRenamedOnTheServerStaysTheSameResource(t *testing.T) {
	env, provider := start(t, statusWorld("Enabled"), "adam")
	old, renamed := provider+statusBlock("Enabled"), provider+statusNamed(`dn = "\\VED\\Code Signing\\Projects\\Payments 2"`, "Enabled")
	acctest.Test(t, env,
		resource.TestStep{Config: old},
		resource.TestStep{
			PreConfig: func() { env.Server.RenameProject("Payments", "Payments 2") },
			Config:    old,
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
		},
		resource.TestStep{ // the emergency stop works under the old name
			Config: provider + statusBlock("Disabled"),
			Check:  resource.ComposeTestCheckFunc(current("Disabled"), statusSent(env, 1, 0)),
		},
		plans(renamed, plancheck.ResourceActionUpdate),
		emptyPlan(renamed),
	)
}

func TestTheNewNameInTheConfigurationReplacesNothing(t *testing.T) {
	env, provider := start(t, statusWorld("Enabled"), "adam")
	renamed := provider + statusNamed(`dn = "\\VED\\Code Signing\\Projects\\Payments 2"`, "Enabled")
	step := emptyPlan(renamed)
	step.PreConfig = func() { env.Server.RenameProject("Payments", "Payments 2") }
	acctest.Test(t, env, resource.TestStep{Config: provider + statusBlock("Enabled")}, step)
}

func TestAnotherProjectReplacesTheResource(t *testing.T) {
	w := statusWorld("Enabled")
	w.Projects = append(w.Projects, simulator.Project{Name: "Other", ID: 4712, Status: "Disabled"})
	for name, other := range map[string]string{
		"by dn": `dn = "\\VED\\Code Signing\\Projects\\Other"`, "by number": `project_id = 4712`,
	} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(t, w, "adam")
			config := provider + statusNamed(other, "Enabled")
			acctest.Test(t, env,
				resource.TestStep{Config: provider + statusBlock("Enabled")},
				plans(config, plancheck.ResourceActionReplace),
				emptyPlan(config),
			)
			if got := env.Server.ProjectStatus("Other"); got != "Enabled" {
				t.Errorf("the other project is %s", got)
			}
		})
	}
}

func TestATypoInTheNameFailsThePlan(t *testing.T) {
	env, provider := start(t, statusWorld("Enabled"), "adam")
	acctest.Test(t, env,
		resource.TestStep{Config: provider + statusBlock("Enabled")},
		acctest.Fails(provider+statusNamed(`dn = "\\VED\\Code Signing\\Projects\\Paymens"`, "Enabled"), "dn =", "knows no project"),
	)
}

func TestImportByAnyName(t *testing.T) {
	for name, id := range map[string]string{
		"dn": statusPayments, "dn in another case": `\ved\code signing\projects\PAYMENTS`, "number": "4711",
		"guid": "{0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0}", "guid without braces": "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
	} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(t, statusWorld("Enabled"), "adam")
			config := provider + statusBlock("Enabled")
			acctest.Test(t, env,
				resource.TestStep{Config: config},
				resource.TestStep{
					Config: config, ResourceName: statusAddress, ImportState: true, ImportStateId: id, ImportStateVerify: true,
					ImportStateVerifyIdentifierAttribute: "project_id", ImportStateVerifyIgnore: []string{"dn", "guid"},
				},
			)
		})
	}
}

func TestAnImportBlockWithAMatchingConfigurationChangesNothing(t *testing.T) {
	byDN, byGUID := `dn = "`+hcl(statusPayments)+`"`, `guid = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"`
	for id, name := range map[string]string{
		statusPayments: byDN, `\ved\code signing\projects\payments`: byDN, "4711": byDN,
		"{0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0}": byGUID, "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0": byGUID,
	} {
		t.Run(id, func(t *testing.T) {
			env, provider := start(t, statusWorld("Enabled"), "adam")
			config := provider + statusNamed(name, "Enabled") + "import {\n  to = codesign_project_status.p\n  id = \"" + hcl(id) + "\"\n}\n"
			acctest.TestFrom(t, env, []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_5_0)},
				plans(config, plancheck.ResourceActionNoop),
				emptyPlan(config),
			)
			if n := env.Server.Count("Codesign/UpdateProjectStatus"); n != 0 {
				t.Errorf("%d updates were sent", n)
			}
		})
	}
}

func TestWhatIsNoNameCannotBeImported(t *testing.T) {
	env, provider := start(t, statusWorld("Enabled"), "adam")
	config := provider + statusBlock("Enabled")
	acctest.Test(t, env,
		resource.TestStep{Config: config},
		resource.TestStep{Config: config, ResourceName: statusAddress, ImportState: true, ImportStateId: "Payments", ExpectError: acctest.Words("Invalid import id")},
		resource.TestStep{Config: config, ResourceName: statusAddress, ImportState: true, ImportStateId: "99", ExpectError: acctest.Words("Unable to import project 99", "knows no project 99", "codesign_projects")},
	)
}
