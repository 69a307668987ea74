package project_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func TestAccProjectStatus_AnotherSpelling(t *testing.T) {
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
			env, provider := start(t, newWorld("Enabled"), "adam")
			after := provider + statusConfigOf(c.after, "Enabled")
			acctest.Test(t, env,
				resource.TestStep{Config: provider + statusConfigOf(c.before, "Enabled")},
				resource.TestStep{
					Config: after,
					ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
						noReplacement{},
					}},
					Check: resource.ComposeTestCheckFunc(resource.TestCheckResourceAttr(statusResource, c.attribute,
						c.kept),
						requestsSent(env, 0, 0)),
				},
			)
		})
	}
}

func TestAccProjectStatus_RenamedOnServer(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "adam")
	old, renamed := provider+statusConfig("Enabled"),
		provider+statusConfigOf(`dn = "\\VED\\Code Signing\\Projects\\Payments 2"`, "Enabled")
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
			Config: provider + statusConfig("Disabled"),
			Check:  resource.ComposeTestCheckFunc(currentStatus("Disabled"), requestsSent(env, 1, 0)),
		},
		plans(renamed, plancheck.ResourceActionUpdate),
	)
}

func TestAccProjectStatus_RenamedInConfiguration(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "adam")
	renamed := provider + statusConfigOf(`dn = "\\VED\\Code Signing\\Projects\\Payments 2"`, "Enabled")
	step := emptyPlan(renamed)
	step.PreConfig = func() { env.Server.RenameProject("Payments", "Payments 2") }
	acctest.Test(t, env, resource.TestStep{Config: provider + statusConfig("Enabled")}, step)
}

func TestAccProjectStatus_AnotherProjectReplaces(t *testing.T) {
	w := withOther(newWorld("Enabled"))
	for name, other := range map[string]string{
		"by dn": `dn = "\\VED\\Code Signing\\Projects\\Other"`, "by number": `project_id = 4712`,
	} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(t, w, "adam")
			config := provider + statusConfigOf(other, "Enabled")
			acctest.Test(t, env,
				resource.TestStep{Config: provider + statusConfig("Enabled")},
				plans(config, plancheck.ResourceActionReplace),
			)
			checkServerStatus(t, env, "Other", "Enabled")
		})
	}
}

func TestAccProjectStatus_UpdateToMissingProject(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "adam")
	acctest.Test(t, env,
		resource.TestStep{Config: provider + statusConfig("Enabled")},
		acctest.Fails(provider+statusConfigOf(`dn = "\\VED\\Code Signing\\Projects\\Paymens"`, "Enabled"), "dn =",
			"has no project"),
	)
}

// unknownDNConfig has a dn from another resource. It is unknown in a plan that changes the mark.
func unknownDNConfig(mark, dn string) string {
	return "resource \"terraform_data\" \"upstream\" {\n  input = [\"" + mark + "\", \"" + hcl(dn) + "\"]\n}\n" +
		statusConfigOf("dn = terraform_data.upstream.output[1]", "Enabled")
}

func TestAccProjectStatus_UnknownNameOfSameProject(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "adam")
	acctest.Test(t, env,
		acctest.Applies(provider+unknownDNConfig("one", paymentsDN)),
		plans(provider+unknownDNConfig("two", strings.ToLower(paymentsDN)), plancheck.ResourceActionUpdate),
	)
	checkCount(t, env, writePath, 0)
}

func TestAccProjectStatus_UnknownNameOfAnotherProject(t *testing.T) {
	w := newWorld("Enabled")
	w.Projects = append(w.Projects, simulator.Project{Name: "Ledger", Status: "Disabled"})
	env, provider := start(t, w, "adam")
	s := acctest.OpenShell(t, provider)
	s.Configure(unknownDNConfig("one", paymentsDN))
	s.Run("apply", "-auto-approve")
	s.Configure(unknownDNConfig("two", projectsDN+"Ledger"))
	s.Fails([]string{
		"updated in-place", "addresses another project", "dn = terraform_data", "Payments (GUID", "Ledger",
		"Nothing was sent. Make a new plan",
	},
		"apply", "-auto-approve")
	checkServerStatus(t, env, "Ledger", "Disabled")
	s.Shows([]string{"forces replacement"}, "apply", "-auto-approve")
	checkServerStatus(t, env, "Ledger", "Enabled")
}
