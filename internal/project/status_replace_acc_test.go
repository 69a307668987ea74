package project_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const createBeforeDestroy = "create_before_destroy = true"

// serialConfig is a resource that others are replaced with when the serial changes.
func serialConfig(serial int) string {
	return fmt.Sprintf("resource \"terraform_data\" \"serial\" {\n  input = %d\n}\n", serial)
}

func triggeredBySerial(order string) string {
	return "lifecycle {\n    replace_triggered_by = [terraform_data.serial]\n    " + order + "\n  }"
}

// replacedConfig is a resource that is replaced when the serial changes.
func replacedConfig(serial int, name, status, order string, more ...string) string {
	return serialConfig(serial) + statusConfigOf(name, status, append(more, triggeredBySerial(order))...)
}

func TestAccProjectStatus_ReplaceBySameProject(t *testing.T) {
	const byDN = `dn = "ROW_DN"`
	var w simulator.World
	var before, after strings.Builder
	var planned []plancheck.PlanCheck
	var checks []resource.TestCheckFunc
	updates := 0
	for order, action := range map[string]plancheck.ResourceActionType{
		"":                  plancheck.ResourceActionDestroyBeforeCreate,
		createBeforeDestroy: plancheck.ResourceActionCreateBeforeDestroy,
	} {
		for _, c := range []struct {
			was, is, name string
			updates       int
		}{
			{"Enabled", "Enabled", byDN, 0},
			{"Disabled", "Enabled", byDN, 1},
			{"Draft", "Draft", byDN, 0},
			{"Enabled", "Enabled", "project_id = ROW_ID", 0},
			{"Enabled", "Enabled", `guid = "ROW_GUID"`, 0},
			{"Enabled", "Disabled", byDN, 1}, // to the status of the destroy
		} {
			i := len(w.Projects)
			w.Projects = append(w.Projects, rowProject(i, c.was))
			before.WriteString(forRow(i, statusConfigOf(byDN, c.was, disableOnDestroy, triggeredBySerial(order))))
			after.WriteString(forRow(i, statusConfigOf(c.name, c.is, disableOnDestroy, triggeredBySerial(order))))
			planned = append(planned, plancheck.ExpectResourceAction(rowResource(i), action))
			checks = append(checks, resource.TestCheckResourceAttr(rowResource(i), "current_status", c.is))
			updates += c.updates
		}
	}
	w.Users = newWorld("").Users
	env, provider := start(t, w, "adam")
	acctest.Test(t, env, resource.TestStep{Config: provider + serialConfig(1) + before.String()}, resource.TestStep{
		Config:           provider + serialConfig(2) + after.String(),
		ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: planned},
		Check:            resource.ComposeTestCheckFunc(append(checks, requestsSent(env, updates, 0))...),
	})
	// The destroy at the end of the test sets status_on_destroy.
	for i := range w.Projects {
		checkServerStatus(t, env, rowProject(i, "").Name, "Disabled")
	}
}

func TestAccProjectStatus_ReplaceKeepsSubmission(t *testing.T) {
	for _, order := range []string{"", createBeforeDestroy} {
		t.Run(order, func(t *testing.T) {
			env, provider := start(t, newWorld("Pending"), "adam")
			config := func(serial int) string {
				return provider + replacedConfig(serial, `dn = "\\VED\\Code Signing\\Projects\\Payments"`,
					"Pending", order, `status_on_destroy = "Enabled"`)
			}
			acctest.Test(t, env,
				resource.TestStep{Config: config(1)},
				resource.TestStep{
					Config: config(2),
					Check:  resource.ComposeTestCheckFunc(currentStatus("Pending"), requestsSent(env, 0, 0)),
				},
				resource.TestStep{PreConfig: func() { approveByHand(t, env) }, Config: config(2)},
			)
		})
	}
}

func TestAccProjectStatus_ReplaceTainted(t *testing.T) {
	for _, order := range []string{"", createBeforeDestroy} {
		t.Run(order, func(t *testing.T) {
			env, provider := start(t, newWorld("Enabled"), "adam")
			config := provider + statusConfig("Enabled", disableOnDestroy, "lifecycle {\n    "+order+"\n  }")
			acctest.Test(t, env,
				resource.TestStep{Config: config},
				resource.TestStep{
					Config: config, Taint: []string{statusResource},
					Check: resource.ComposeTestCheckFunc(currentStatus("Enabled"), requestsSent(env, 0, 0)),
				},
			)
		})
	}
}

func TestAccProjectStatus_ReplaceByAnotherProject(t *testing.T) {
	for _, order := range []string{"", createBeforeDestroy} {
		t.Run(order, func(t *testing.T) {
			w := withOther(newWorld("Enabled"))
			env, provider := start(t, w, "adam")
			lifecycle := "lifecycle {\n    " + order + "\n  }"
			config := provider + statusConfigOf("project_id = 4712", "Enabled", disableOnDestroy, lifecycle)
			acctest.Test(t, env,
				resource.TestStep{Config: provider + statusConfig("Enabled", disableOnDestroy, lifecycle)},
				resource.TestStep{Config: config, Check: func(*terraform.State) error {
					if one, other := env.Server.ProjectStatus(paymentsDN), env.Server.ProjectStatus("Other"); one !=
						"Disabled" ||
						other != "Enabled" {
						return fmt.Errorf("the projects are %s and %s", one, other)
					}
					return nil
				}},
			)
		})
	}
}

func TestAccProjectStatus_ReplaceByUnknownNameFailsPlan(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "adam")
	config := func(serial int) string {
		return fmt.Sprintf("resource \"terraform_data\" \"serial\" {\n  input = [%d, %q]\n}\n", serial, paymentsDN) +
			statusConfigOf("dn = terraform_data.serial.output[1]", "Enabled", disableOnDestroy,
				"lifecycle {\n    replace_triggered_by = [terraform_data.serial]\n  }")
	}
	acctest.Test(t, env,
		resource.TestStep{Config: provider + config(1)},
		acctest.Fails(provider+config(2), "Unable to plan the replacement", "status_on_destroy", "-target"),
	)
	checkCount(t, env, writePath, 1)
}

// Nothing is sent, and the replaced resource stays in the state, if the second half would fail.
func TestAccProjectStatus_ReplaceStopsBeforeDestroyIfNextProjectChanged(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*simulator.Server)
		says   []string
	}{
		"another project of that name": {func(s *simulator.Server) {
			s.RemoveProject("Other")
			s.AddProject(simulator.Project{
				Name: "Other", Status: "Disabled", GUID: "0f1e2d3c-0000-0000-0000-000000000099",
				ID: 99,
			})
		}, []string{"Unable to replace", "names another project than at plan", "Make a new plan"}},
		"another status": {func(s *simulator.Server) {
			s.SetProjectStatus("Other", "Draft")
		}, []string{"Unable to replace", "changed after the plan: from Disabled to Draft", "Make a new plan"}},
		"gone": {func(s *simulator.Server) {
			s.RemoveProject("Other")
		}, []string{"Unable to replace", "has no project"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := withOther(newWorld("Enabled"))
			env, provider := start(t, w, "adam")
			step := afterPlan(provider+statusConfigOf(`dn = "\\VED\\Code Signing\\Projects\\Other"`, "Enabled"),
				func() { c.change(env.Server) })
			step.ExpectError = acctest.Words(c.says...)
			acctest.Test(t, env,
				resource.TestStep{Config: provider + statusConfig("Enabled", disableOnDestroy)}, step,
				resource.TestStep{
					Config: provider + statusConfig("Enabled", disableOnDestroy),
					Check: resource.ComposeTestCheckFunc(
						resource.TestCheckResourceAttr(statusResource, "project_id", "4711"), requestsSent(env, 0, 0)),
				},
			)
		})
	}
}

// Without a moved block, the CLI destroys the old address and creates the new one in any order. The
// project keeps the desired status of the new block.
func TestAccProjectStatus_BlockWithNewAddressKeepsStatus(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "adam")
	renamed := provider + secondStatusConfig("project_id = 4711", "Enabled")
	acctest.Test(t, env,
		resource.TestStep{Config: provider + statusConfig("Enabled", disableOnDestroy)},
		resource.TestStep{Config: renamed, Check: func(*terraform.State) error {
			if got := env.Server.ProjectStatus(paymentsDN); got != "Enabled" {
				return fmt.Errorf("the project is %s", got)
			}
			return nil
		}},
	)
}
