package project_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func ignoring(attribute string) string {
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
		"status": {"status", statusNamed(byDN, "Enabled"), statusNamed(byDN, "Disabled", comment, ignoring("status")), "status", "Enabled"},
		"self_approve": {
			"self_approve", statusNamed(byDN, "Enabled", "self_approve = false"),
			statusNamed(byDN, "Enabled", comment, "self_approve = true", ignoring("self_approve")), "self_approve", "false",
		},
		"status_on_destroy": {
			"status_on_destroy", statusNamed(byDN, "Enabled", `status_on_destroy = "Enabled"`),
			statusNamed(byDN, "Enabled", comment, `status_on_destroy = "Disabled"`, ignoring("status_on_destroy")), "status_on_destroy", "Enabled",
		},
		"timeouts": {
			"timeouts", statusNamed(byDN, "Enabled", `timeouts = { update = "7m" }`),
			statusNamed(byDN, "Enabled", comment, `timeouts = { update = "1ns" }`, ignoring("timeouts")), "timeouts.update", "7m",
		},
		"approval_comment": {
			"approval_comment", statusNamed(byDN, "Enabled", `approval_comment = "CHG1"`),
			statusNamed(byDN, "Enabled", comment, `status_on_destroy = "Enabled"`, ignoring("approval_comment")), "approval_comment", "CHG1",
		},
		"another dn":               {"dn", statusNamed(byDN, "Enabled"), statusNamed(otherDN, "Enabled", comment, ignoring("dn")), "dn", statusPayments},
		"another spelling of dn":   {"dn", statusNamed(byDN, "Enabled"), statusNamed(respelt, "Enabled", comment, ignoring("dn")), "dn", statusPayments},
		"another spelling of guid": {"guid", statusNamed(byGUID, "Enabled"), statusNamed(bareGUID, "Enabled", comment, ignoring("guid")), "guid", `{0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0}`},
		"another project_id":       {"project_id", statusNamed("project_id = 4711", "Enabled"), statusNamed("project_id = 4712", "Enabled", comment, ignoring("project_id")), "project_id", "4711"},
	} {
		t.Run(name, func(t *testing.T) {
			w := statusWorld("Enabled")
			w.Projects = append(w.Projects, simulator.Project{Name: "Other", ID: 4712, Status: "Disabled"})
			env, provider := start(t, w, "adam")
			step := plans(provider+c.after, plancheck.ResourceActionUpdate)
			step.Check = resource.ComposeTestCheckFunc(
				current("Enabled"), statusSent(env, 0, 0),
				resource.TestCheckResourceAttr(statusAddress, c.attribute, c.kept),
				resource.TestCheckResourceAttr(statusAddress, "project_id", "4711"),
			)
			acctest.Test(t, env, resource.TestStep{Config: provider + c.before}, step, emptyPlan(provider+c.after))
			if got := env.Server.ProjectStatus("Other"); got != "Disabled" {
				t.Errorf("the other project is %s", got)
			}
		})
	}
}

func TestAccProjectStatus_IgnoreChangesAll(t *testing.T) {
	env, provider := start(t, statusWorld("Enabled"), "adam")
	config := provider + statusBlock("Disabled", `approval_comment = "CHG2"`, "lifecycle {\n    ignore_changes = all\n  }")
	acctest.Test(t, env,
		resource.TestStep{Config: provider + statusBlock("Enabled")},
		emptyPlan(config),
		resource.TestStep{ // drift is reverted to the planned status, not to that of the configuration
			PreConfig: func() { env.Server.SetProjectStatus(statusPayments, "Disabled") },
			Config:    config, Check: resource.ComposeTestCheckFunc(current("Enabled"), statusSent(env, 1, 0)),
		},
		emptyPlan(config),
	)
}

// A renamed project keeps being known by the name that was planned.
func TestAccProjectStatus_IgnoreChangesOfRenamedProject(t *testing.T) {
	env, provider := start(t, statusWorld("Enabled"), "adam")
	config := provider + statusNamed(`dn = "\\VED\\Code Signing\\Projects\\Elsewhere"`, "Disabled", ignoring("dn"))
	acctest.Test(t, env,
		resource.TestStep{Config: provider + statusBlock("Enabled")},
		resource.TestStep{
			PreConfig: func() { env.Server.RenameProject("Payments", "Payments 2") },
			Config:    config, Check: resource.ComposeTestCheckFunc(current("Disabled"), statusSent(env, 1, 0)),
		},
		emptyPlan(config),
	)
}
