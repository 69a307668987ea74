package project_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	statusAddress  = "codesign_project_status.p"
	statusProjects = `\VED\Code Signing\Projects\`
	statusPayments = statusProjects + "Payments"
)

// statusWorld has one project, with an owner who is no approver and an administrator who is.
func statusWorld(status string) simulator.World {
	return simulator.World{
		Users: []simulator.User{
			{Name: "olga", FullName: "Olga Owner"},
			{Name: "adam", FullName: "Adam Admin", Admin: true, Config: true},
			{Name: "ada", FullName: "Ada Admin", Admin: true},
		},
		Projects: []simulator.Project{{
			Name: "Payments", GUID: "{0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0}", ID: 4711, Status: status, Owners: []string{"olga"},
		}},
	}
}

// start is an environment with a provider block for a user; the tests append resources.
func start(t *testing.T, w simulator.World, user string) (env *acctest.Env, provider string) {
	t.Helper()
	env = acctest.Start(t, w)
	return env, env.ProviderConfig(user)
}

// statusBlock is a resource for the project Payments.
func statusBlock(status string, more ...string) string {
	return statusNamed(`dn = "`+hcl(statusPayments)+`"`, status, more...)
}

func statusNamed(name, status string, more ...string) string {
	return fmt.Sprintf("resource \"codesign_project_status\" \"p\" {\n  %s\n  status = %q\n  %s\n}\n", name, status, strings.Join(more, "\n  "))
}

// hcl doubles backslashes and escapes quotes, as a configuration does.
func hcl(s string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s)
}

// emptyPlan is a step that fails unless the plan is empty.
func emptyPlan(config string) resource.TestStep {
	return resource.TestStep{Config: config, ConfigPlanChecks: resource.ConfigPlanChecks{
		PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
	}}
}

// plans is a step whose plan has the given action, and whose apply works.
func plans(config string, action plancheck.ResourceActionType, more ...plancheck.PlanCheck) resource.TestStep {
	return resource.TestStep{Config: config, ConfigPlanChecks: resource.ConfigPlanChecks{
		PreApply: append([]plancheck.PlanCheck{plancheck.ExpectResourceAction(statusAddress, action)}, more...),
	}}
}

func current(status string) resource.TestCheckFunc {
	return resource.TestCheckResourceAttr(statusAddress, "current_status", status)
}

// statusSent counts the requests that change something.
func statusSent(env *acctest.Env, updates, approvals int) resource.TestCheckFunc {
	return func(*terraformState) error {
		u, a := env.Server.Count("Codesign/UpdateProjectStatus"), env.Server.Count("Flow/Tickets/Approve")
		if u != updates || a != approvals {
			return fmt.Errorf("%d status updates and %d approvals arrived, want %d and %d", u, a, updates, approvals)
		}
		return nil
	}
}
