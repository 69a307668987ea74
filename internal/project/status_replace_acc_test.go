package project_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	leavesDisabled = `status_on_destroy = "Disabled"`
	createFirst    = "create_before_destroy = true"
)

// triggered is a resource that is replaced whenever the serial changes.
func triggered(serial int, name, status, order string, more ...string) string {
	lifecycle := "lifecycle {\n    replace_triggered_by = [terraform_data.serial]\n    " + order + "\n  }"
	return fmt.Sprintf("resource \"terraform_data\" \"serial\" {\n  input = %d\n}\n", serial) + statusNamed(name, status, append(more, lifecycle)...)
}

func TestAccProjectStatus_ReplaceBySameProject(t *testing.T) {
	const byDN = `dn = "\\VED\\Code Signing\\Projects\\Payments"`
	for order, action := range map[string]plancheck.ResourceActionType{
		"": plancheck.ResourceActionDestroyBeforeCreate, createFirst: plancheck.ResourceActionCreateBeforeDestroy,
	} {
		for name, c := range map[string]struct {
			server, before, after, name string
			updates                     int
		}{
			"the same status":       {"Enabled", "Enabled", "Enabled", byDN, 0},
			"another status":        {"Disabled", "Disabled", "Enabled", byDN, 1},
			"a draft":               {"Draft", "Draft", "Draft", byDN, 0},
			"under another name":    {"Enabled", "Enabled", "Enabled", "project_id = 4711", 0},
			"in another spelling":   {"Enabled", "Enabled", "Enabled", `guid = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"`, 0},
			"to what destroy wants": {"Enabled", "Enabled", "Disabled", byDN, 1},
		} {
			t.Run(string(action)+" "+name, func(t *testing.T) {
				env, provider := start(t, statusWorld(c.server), "adam")
				config := provider + triggered(2, c.name, c.after, order, leavesDisabled)
				step := plans(config, action)
				step.Check = resource.ComposeTestCheckFunc(current(c.after), statusSent(env, c.updates, 0))
				acctest.Test(t, env,
					resource.TestStep{Config: provider + triggered(1, byDN, c.before, order, leavesDisabled)}, step,
					emptyPlan(config),
					resource.TestStep{ // a plain destroy carries status_on_destroy out
						Config: provider,
					},
				)
				if got := env.Server.ProjectStatus(statusPayments); got != "Disabled" {
					t.Errorf("after the destroy the project is %s", got)
				}
			})
		}
	}
}

func TestAccProjectStatus_ReplaceKeepsSubmission(t *testing.T) {
	for _, order := range []string{"", createFirst} {
		t.Run(order, func(t *testing.T) {
			env, provider := start(t, statusWorld("Pending"), "adam")
			config := func(serial int) string {
				return provider + triggered(serial, `dn = "\\VED\\Code Signing\\Projects\\Payments"`, "Pending", order, `status_on_destroy = "Enabled"`)
			}
			acctest.Test(t, env,
				resource.TestStep{Config: config(1)},
				resource.TestStep{Config: config(2), Check: resource.ComposeTestCheckFunc(current("Pending"), statusSent(env, 0, 0))},
				emptyPlan(config(2)),
				resource.TestStep{PreConfig: func() { statusApprove(t, env) }, Config: config(2)},
			)
		})
	}
}

func TestAccProjectStatus_ReplaceTainted(t *testing.T) {
	for _, order := range []string{"", createFirst} {
		t.Run(order, func(t *testing.T) {
			env, provider := start(t, statusWorld("Enabled"), "adam")
			config := provider + statusBlock("Enabled", leavesDisabled, "lifecycle {\n    "+order+"\n  }")
			acctest.Test(t, env,
				resource.TestStep{Config: config},
				resource.TestStep{Config: config, Taint: []string{statusAddress}, Check: resource.ComposeTestCheckFunc(current("Enabled"), statusSent(env, 0, 0))},
				emptyPlan(config),
			)
		})
	}
}

func TestAccProjectStatus_ReplaceByAnotherProject(t *testing.T) {
	for _, order := range []string{"", createFirst} {
		t.Run(order, func(t *testing.T) {
			w := statusWorld("Enabled")
			w.Projects = append(w.Projects, simulator.Project{Name: "Other", ID: 4712, Status: "Disabled"})
			env, provider := start(t, w, "adam")
			lifecycle := "lifecycle {\n    " + order + "\n  }"
			config := provider + statusNamed("project_id = 4712", "Enabled", leavesDisabled, lifecycle)
			acctest.Test(t, env,
				resource.TestStep{Config: provider + statusBlock("Enabled", leavesDisabled, lifecycle)},
				resource.TestStep{Config: config, Check: func(*terraformState) error {
					if one, other := env.Server.ProjectStatus(statusPayments), env.Server.ProjectStatus("Other"); one != "Disabled" || other != "Enabled" {
						return fmt.Errorf("the projects are %s and %s", one, other)
					}
					return nil
				}},
				emptyPlan(config),
			)
		})
	}
}

func TestAccProjectStatus_ReplaceByUnknownNameFailsPlan(t *testing.T) {
	env, provider := start(t, statusWorld("Enabled"), "adam")
	config := func(serial int) string {
		return fmt.Sprintf("resource \"terraform_data\" \"serial\" {\n  input = [%d, %q]\n}\n", serial, statusPayments) +
			statusNamed("dn = terraform_data.serial.output[1]", "Enabled", leavesDisabled, "lifecycle {\n    replace_triggered_by = [terraform_data.serial]\n  }")
	}
	acctest.Test(t, env,
		resource.TestStep{Config: provider + config(1)},
		acctest.Fails(provider+config(2), "can't be planned yet", "status_on_destroy", "-target"),
	)
	if n := env.Server.Count("Codesign/UpdateProjectStatus"); n != 1 { // of the destroy at the end
		t.Errorf("%d updates were sent", n)
	}
}

// Nothing is sent, and the replaced resource stays in the state, if the second half would fail.
func TestAccProjectStatus_ReplaceStopsBeforeDestroyIfNextProjectChanged(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*simulator.Server)
		says   []string
	}{
		"another project of that name": {func(s *simulator.Server) {
			s.RemoveProject("Other")
			s.AddProject(simulator.Project{Name: "Other", Status: "Disabled", GUID: "0f1e2d3c-0000-0000-0000-000000000099", ID: 99})
		}, []string{"Unable to replace", "names another project than at plan", "Make a new plan"}},
		"another status": {func(s *simulator.Server) {
			s.SetProjectStatus("Other", "Draft")
		}, []string{"Unable to replace", "changed after the plan: from Disabled to Draft", "Make a new plan"}},
		"gone": {func(s *simulator.Server) { s.RemoveProject("Other") }, []string{"Unable to replace", "knows no project"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := statusWorld("Enabled")
			w.Projects = append(w.Projects, simulator.Project{Name: "Other", ID: 4712, Status: "Disabled"})
			env, provider := start(t, w, "adam")
			step := statusAfterPlan(provider+statusNamed(`dn = "\\VED\\Code Signing\\Projects\\Other"`, "Enabled"), func() { c.change(env.Server) })
			step.ExpectError = acctest.Words(c.says...)
			acctest.Test(t, env,
				resource.TestStep{Config: provider + statusBlock("Enabled", leavesDisabled)}, step,
				resource.TestStep{Config: provider + statusBlock("Enabled", leavesDisabled), Check: resource.ComposeTestCheckFunc(
					resource.TestCheckResourceAttr(statusAddress, "project_id", "4711"), statusSent(env, 0, 0))},
				emptyPlan(provider+statusBlock("Enabled", leavesDisabled)),
			)
		})
	}
}

// A block with another address, without `moved`: whichever comes first, the project keeps the status
// that the new block asks for.
func TestAccProjectStatus_BlockWithNewAddressKeepsStatus(t *testing.T) {
	env, provider := start(t, statusWorld("Enabled"), "adam")
	renamed := provider + second("project_id = 4711", "Enabled")
	acctest.Test(t, env,
		resource.TestStep{Config: provider + statusBlock("Enabled", leavesDisabled)},
		resource.TestStep{Config: renamed, Check: func(*terraformState) error {
			if got := env.Server.ProjectStatus(statusPayments); got != "Enabled" {
				return fmt.Errorf("the project is %s", got)
			}
			return nil
		}},
		emptyPlan(renamed),
	)
}
