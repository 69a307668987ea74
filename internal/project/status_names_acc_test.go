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
	const byDN = `dn = "ROW_DN"`
	rows := []struct{ before, after, attribute, kept string }{
		{byDN, `dn = "\\ved\\code signing\\projects\\row 0"`, "dn", `\ved\code signing\projects\row 0`},
		{`guid = "{ROW_UPPER_GUID}"`, `guid = "ROW_GUID"`, "guid", "ROW_GUID"},
		{byDN, `guid = "ROW_GUID"`, "guid", "ROW_GUID"},
		{`guid = "ROW_GUID"`, "project_id = ROW_ID", "project_id", "ROW_ID"},
	}
	env, provider := startRows(t, "Enabled", len(rows))
	before := forRows(len(rows), func(i int) string { return statusConfigOf(rows[i].before, "Enabled") })
	after := forRows(len(rows), func(i int) string { return statusConfigOf(rows[i].after, "Enabled") })
	checks := []resource.TestCheckFunc{requestsSent(env, 0, 0)}
	for i, c := range rows {
		checks = append(checks, resource.TestCheckResourceAttr(rowResource(i), c.attribute, forRow(i, c.kept)))
	}
	acctest.Test(t, env,
		resource.TestStep{Config: provider + before},
		resource.TestStep{
			Config: provider + after,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				noReplacement{},
			}},
			Check: resource.ComposeTestCheckFunc(checks...),
		},
	)
}

func TestAccProjectStatus_RenamedOnServer(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "adam")
	old, renamed := provider+statusConfig("Enabled"),
		provider+statusConfigOf(`dn = "\\VED\\Code Signing\\Projects\\Payments 2"`, "Enabled")
	acctest.Test(t, env,
		resource.TestStep{Config: old},
		unchangedAfter(old, func() { env.Server.RenameProject("Payments", "Payments 2") }),
		resource.TestStep{ // the emergency stop works under the old name
			Config: provider + statusConfig("Disabled"),
			Check:  resource.ComposeTestCheckFunc(currentStatus("Disabled"), requestsSent(env, 1, 0)),
		},
		plans(renamed, plancheck.ResourceActionUpdate),
	)
}

func TestAccProjectStatus_RenamedInConfiguration(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "adam")
	s := acctest.OpenShell(t, provider)
	s.Configure(statusConfig("Enabled"))
	s.Run("apply", "-auto-approve")
	env.Server.RenameProject("Payments", "Payments 2")
	s.Configure(statusConfigOf(`dn = "\\VED\\Code Signing\\Projects\\Payments 2"`, "Enabled"))
	s.Run("plan", "-detailed-exitcode")
}

func TestAccProjectStatus_AnotherProjectReplaces(t *testing.T) {
	w := withOther(newWorld("Enabled"))
	w.Projects = append(w.Projects, rowProject(0, "Enabled"), rowProject(1, "Disabled"))
	env, provider := start(t, w, "adam")
	both := func(first, second string) string {
		return provider + statusConfigOf(first, "Enabled") + forRow(0, statusConfigOf(second, "Enabled"))
	}
	byDN := `dn = "` + hcl(paymentsDN) + `"`
	acctest.Test(t, env,
		resource.TestStep{Config: both(byDN, `dn = "ROW_DN"`)},
		plans(both(`dn = "\\VED\\Code Signing\\Projects\\Other"`, "project_id = 4801"),
			plancheck.ResourceActionReplace,
			plancheck.ExpectResourceAction(rowResource(0), plancheck.ResourceActionReplace)),
		acctest.Fails(both(`dn = "\\VED\\Code Signing\\Projects\\Paymens"`, "project_id = 4801"), "dn =",
			"has no project"),
	)
	checkServerStatus(t, env, "Other", "Enabled")
	checkServerStatus(t, env, rowProject(1, "").Name, "Enabled")
}

// unknownDNConfig has a dn from another resource. It is unknown in a plan that changes the mark.
func unknownDNConfig(mark, dn string) string {
	return "resource \"terraform_data\" \"upstream\" {\n  input = [\"" + mark + "\", \"" + hcl(dn) + "\"]\n}\n" +
		statusConfigOf("dn = terraform_data.upstream.output[1]", "Enabled")
}

func TestAccProjectStatus_UnknownName(t *testing.T) {
	w := newWorld("Enabled")
	w.Projects = append(w.Projects, simulator.Project{Name: "Ledger", Status: "Disabled"})
	env, provider := start(t, w, "adam")
	s := acctest.OpenShell(t, provider)
	s.Applies(unknownDNConfig("one", paymentsDN))
	s.Configure(unknownDNConfig("two", projectsDN+"Ledger"))
	s.Fails([]string{
		"updated in-place", "addresses another project", "dn = terraform_data", "Payments (GUID", "Ledger",
		"Nothing was sent. Make a new plan",
	},
		"apply", "-auto-approve")
	checkServerStatus(t, env, "Ledger", "Disabled")
	s.Shows([]string{"forces replacement"}, "apply", "-auto-approve")
	checkServerStatus(t, env, "Ledger", "Enabled")
	s.Applies(unknownDNConfig("three", strings.ToLower(projectsDN+"Ledger")), // the same project
		statusResource+" will be updated in-place", "0 added, 2 changed, 0 destroyed")
	checkCount(t, env, writePath, 1)
}
