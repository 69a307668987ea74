package project_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
)

func ignoreChanges(attribute string) string {
	return "lifecycle {\n    ignore_changes = [" + attribute + "]\n  }"
}

// The other argument makes the CLI apply an update, whose configuration does not reflect
// ignore_changes.
func TestAccProjectStatus_IgnoreChanges(t *testing.T) {
	const (
		byDN    = `dn = "ROW_DN"`
		comment = `approval_comment = "CHG2"`
	)
	w := withOther(newWorld("Enabled"))
	var before, after strings.Builder
	var planned []plancheck.PlanCheck
	var checks []resource.TestCheckFunc
	for i, c := range []struct{ ignored, named, was, renamed, is, kept string }{
		{"status", byDN, "", byDN, "", "Enabled"},
		{"self_approve", byDN, "self_approve = false", byDN, selfApprove, "false"},
		{"status_on_destroy", byDN, `status_on_destroy = "Enabled"`, byDN, disableOnDestroy, "Enabled"},
		{"timeouts", byDN, `timeouts = { update = "7m" }`, byDN, `timeouts = { update = "1ns" }`, "7m"},
		{"approval_comment", byDN, `approval_comment = "CHG1"`, byDN, `status_on_destroy = "Enabled"`, "CHG1"},
		{"dn", byDN, "", `dn = "\\VED\\Code Signing\\Projects\\Other"`, "", "ROW_DN"},
		{"dn", byDN, "", `dn = lower("ROW_DN")`, "", "ROW_DN"},
		{"guid", `guid = "{ROW_UPPER_GUID}"`, "", `guid = "ROW_GUID"`, "", "{ROW_UPPER_GUID}"},
		{"project_id", "project_id = ROW_ID", "", "project_id = 4712", "", "ROW_ID"},
	} {
		w.Projects = append(w.Projects, rowProject(i, "Enabled"))
		status := "Enabled"
		if c.ignored == "status" {
			status = "Disabled"
		}
		before.WriteString(forRow(i, statusConfigOf(c.named, "Enabled", c.was)))
		after.WriteString(forRow(i, statusConfigOf(c.renamed, status, comment, c.is, ignoreChanges(c.ignored))))
		planned = append(planned, plancheck.ExpectResourceAction(rowResource(i), plancheck.ResourceActionUpdate))
		kept := strings.ReplaceAll(forRow(i, c.kept), `\\`, `\`)
		checks = append(checks,
			resource.TestCheckResourceAttr(rowResource(i), "current_status", "Enabled"),
			resource.TestCheckResourceAttr(rowResource(i), strings.Replace(c.ignored, "timeouts", "timeouts.update", 1),
				kept),
			resource.TestCheckResourceAttr(rowResource(i), "project_id", forRow(i, "ROW_ID")))
	}
	env, provider := start(t, w, "adam")
	acctest.Test(t, env, resource.TestStep{Config: provider + before.String()}, resource.TestStep{
		Config: provider + after.String(), ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: planned},
		Check: resource.ComposeTestCheckFunc(append(checks, requestsSent(env, 0, 0))...),
	})
	checkServerStatus(t, env, "Other", "Disabled")
}

func TestAccProjectStatus_IgnoreChangesAll(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "adam")
	s := acctest.OpenShell(t, provider)
	s.Configure(statusConfig("Enabled"))
	s.Run("apply", "-auto-approve")
	ignored := statusConfig("Disabled", `approval_comment = "CHG2"`, "lifecycle {\n    ignore_changes = all\n  }")
	s.Configure(ignored)
	s.Run("plan", "-detailed-exitcode")
	env.Server.SetProjectStatus(paymentsDN, "Disabled")
	s.Applies(ignored, "0 added, 1 changed, 0 destroyed") // to the planned status, not to that of the configuration
	checkServerStatus(t, env, paymentsDN, "Enabled")
	checkCount(t, env, writePath, 1)
}

// The planned name still addresses a renamed project.
func TestAccProjectStatus_IgnoreChangesOfRenamedProject(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "adam")
	s := acctest.OpenShell(t, provider)
	s.Configure(statusConfig("Enabled"))
	s.Run("apply", "-auto-approve")
	env.Server.RenameProject("Payments", "Payments 2")
	s.Applies(statusConfigOf(`dn = "\\VED\\Code Signing\\Projects\\Elsewhere"`, "Disabled", ignoreChanges("dn")),
		`current_status = "Enabled" -> "Disabled"`, "0 added, 1 changed, 0 destroyed")
	checkServerStatus(t, env, "Payments 2", "Disabled")
	checkCount(t, env, writePath, 1)
}
