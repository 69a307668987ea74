package project_test

import (
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
		byDN     = `dn = "\\VED\\Code Signing\\Projects\\Payments"`
		otherDN  = `dn = "\\VED\\Code Signing\\Projects\\Other"`
		respelt  = `dn = "\\ved\\code signing\\projects\\PAYMENTS"`
		byGUID   = `guid = "{0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0}"`
		bareGUID = `guid = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"`
		comment  = `approval_comment = "CHG2"`
	)
	for name, c := range map[string]struct {
		ignored, before, after, attribute, kept string
	}{
		"status": {
			"status", statusConfigOf(byDN, "Enabled"),
			statusConfigOf(byDN, "Disabled", comment, ignoreChanges("status")), "status", "Enabled",
		},
		"self_approve": {
			"self_approve", statusConfigOf(byDN, "Enabled", "self_approve = false"),
			statusConfigOf(byDN, "Enabled", comment, "self_approve = true",
				ignoreChanges("self_approve")), "self_approve", "false",
		},
		"status_on_destroy": {
			"status_on_destroy", statusConfigOf(byDN, "Enabled", `status_on_destroy = "Enabled"`),
			statusConfigOf(byDN, "Enabled", comment, `status_on_destroy = "Disabled"`,
				ignoreChanges("status_on_destroy")), "status_on_destroy", "Enabled",
		},
		"timeouts": {
			"timeouts", statusConfigOf(byDN, "Enabled", `timeouts = { update = "7m" }`),
			statusConfigOf(byDN, "Enabled", comment, `timeouts = { update = "1ns" }`,
				ignoreChanges("timeouts")), "timeouts.update", "7m",
		},
		"approval_comment": {
			"approval_comment", statusConfigOf(byDN, "Enabled", `approval_comment = "CHG1"`),
			statusConfigOf(byDN, "Enabled", comment, `status_on_destroy = "Enabled"`,
				ignoreChanges("approval_comment")), "approval_comment", "CHG1",
		},
		"another dn": {
			"dn", statusConfigOf(byDN, "Enabled"),
			statusConfigOf(otherDN, "Enabled", comment, ignoreChanges("dn")), "dn", paymentsDN,
		},
		"another spelling of dn": {
			"dn", statusConfigOf(byDN, "Enabled"),
			statusConfigOf(respelt, "Enabled", comment, ignoreChanges("dn")), "dn", paymentsDN,
		},
		"another spelling of guid": {
			"guid", statusConfigOf(byGUID, "Enabled"),
			statusConfigOf(bareGUID, "Enabled", comment,
				ignoreChanges("guid")), "guid", `{0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0}`,
		},
		"another project_id": {
			"project_id", statusConfigOf("project_id = 4711", "Enabled"),
			statusConfigOf("project_id = 4712", "Enabled", comment, ignoreChanges("project_id")), "project_id", "4711",
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := withOther(newWorld("Enabled"))
			env, provider := start(t, w, "adam")
			step := plans(provider+c.after, plancheck.ResourceActionUpdate)
			step.Check = resource.ComposeTestCheckFunc(
				currentStatus("Enabled"), requestsSent(env, 0, 0),
				resource.TestCheckResourceAttr(statusResource, c.attribute, c.kept),
				resource.TestCheckResourceAttr(statusResource, "project_id", "4711"),
			)
			acctest.Test(t, env, resource.TestStep{Config: provider + c.before}, step)
			checkServerStatus(t, env, "Other", "Disabled")
		})
	}
}

func TestAccProjectStatus_IgnoreChangesAll(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "adam")
	config := provider + statusConfig("Disabled", `approval_comment = "CHG2"`,
		"lifecycle {\n    ignore_changes = all\n  }")
	acctest.Test(t, env,
		resource.TestStep{Config: provider + statusConfig("Enabled")},
		emptyPlan(config),
		resource.TestStep{ // drift is reverted to the planned status, not to that of the configuration
			PreConfig: func() { env.Server.SetProjectStatus(paymentsDN, "Disabled") },
			Config:    config, Check: resource.ComposeTestCheckFunc(currentStatus("Enabled"), requestsSent(env, 1, 0)),
		},
	)
}

// The planned name still addresses a renamed project.
func TestAccProjectStatus_IgnoreChangesOfRenamedProject(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "adam")
	config := provider + statusConfigOf(`dn = "\\VED\\Code Signing\\Projects\\Elsewhere"`, "Disabled",
		ignoreChanges("dn"))
	acctest.Test(t, env,
		resource.TestStep{Config: provider + statusConfig("Enabled")},
		resource.TestStep{
			PreConfig: func() { env.Server.RenameProject("Payments", "Payments 2") },
			Config:    config, Check: resource.ComposeTestCheckFunc(currentStatus("Disabled"), requestsSent(env, 1, 0)),
		},
	)
}
