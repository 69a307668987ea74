package project_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

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

// orders are those of the two halves of a replacement.
var orders = []string{"", createBeforeDestroy}

// rowsAre checks the current statuses of a row for each order.
func rowsAre(status string) resource.TestCheckFunc {
	return resource.ComposeTestCheckFunc(resource.TestCheckResourceAttr(rowResource(0), "current_status", status),
		resource.TestCheckResourceAttr(rowResource(1), "current_status", status))
}

func TestAccProjectStatus_ReplaceKeepsSubmission(t *testing.T) {
	env, provider := startRows(t, "Pending", 2)
	config := func(serial int) string {
		return provider + serialConfig(serial) + forRows(2, func(row int) string {
			return statusConfigOf(`dn = "ROW_DN"`, "Pending", `status_on_destroy = "Enabled"`,
				triggeredBySerial(orders[row]))
		})
	}
	acctest.Test(t, env,
		resource.TestStep{Config: config(1)},
		resource.TestStep{Config: config(2), Check: resource.ComposeTestCheckFunc(rowsAre("Pending"),
			requestsSent(env, 0, 0))},
		resource.TestStep{PreConfig: func() {
			for row := range 2 {
				if err := env.Server.ApproveFlow(projectsDN+rowProject(row, "").Name, "ada"); err != nil {
					t.Error(err)
				}
			}
		}, Config: config(2)},
	)
}

// A tainted resource is replaced by one of the same project, then by one of another project.
func TestAccProjectStatus_ReplaceTaintedAndByAnotherProject(t *testing.T) {
	env, provider := startRows(t, "Enabled", 4)
	config := func(offset int) string {
		return provider + forRows(2, func(row int) string {
			return statusConfigOf(fmt.Sprintf("project_id = %d", rowProject(row+offset, "").ID), "Enabled",
				disableOnDestroy, "lifecycle {\n    "+orders[row]+"\n  }")
		})
	}
	env.Server.SetProjectStatus(rowProject(2, "").Name, "Disabled")
	env.Server.SetProjectStatus(rowProject(3, "").Name, "Disabled")
	acctest.Test(t, env,
		resource.TestStep{Config: config(0)},
		resource.TestStep{
			Config: config(0), Taint: []string{rowResource(0), rowResource(1)},
			Check: resource.ComposeTestCheckFunc(rowsAre("Enabled"), requestsSent(env, 0, 0)),
		},
		resource.TestStep{Config: config(2), Check: func(*terraform.State) error {
			for row, want := range []string{"Disabled", "Disabled", "Enabled", "Enabled"} {
				checkServerStatus(t, env, rowProject(row, "").Name, want)
			}
			return nil
		}},
	)
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
	env, provider := start(t, withOther(newWorld("Enabled")), "adam")
	config := provider + statusConfig("Enabled", disableOnDestroy)
	checked := unchangedAfter(config, func() { checkCount(t, env, writePath, 0) },
		plancheck.ExpectKnownValue(statusResource, tfjsonpath.New("project_id"), knownvalue.Int64Exact(4711)))
	steps := []resource.TestStep{{Config: config}}
	for _, c := range []struct {
		change func()
		says   []string
	}{
		{
			func() { env.Server.SetProjectStatus("Other", "Draft") },
			[]string{"Unable to replace", "changed after the plan: from Disabled to Draft", "Make a new plan"},
		},
		{
			func() {
				env.Server.RemoveProject("Other")
				env.Server.AddProject(simulator.Project{
					Name: "Other", Status: "Disabled", GUID: "0f1e2d3c-0000-0000-0000-000000000099", ID: 99,
				})
			},
			[]string{"Unable to replace", "names another project than at plan", "Make a new plan"},
		},
		{func() { env.Server.RemoveProject("Other") }, []string{"Unable to replace", "has no project"}},
	} {
		other := afterPlan(provider+statusConfigOf(`dn = "\\VED\\Code Signing\\Projects\\Other"`, "Enabled"), c.change,
			c.says...)
		steps = append(steps, other, checked)
	}
	acctest.Test(t, env, steps...)
	// The destroy at the end of the test sets status_on_destroy.
	checkCount(t, env, writePath, 1)
	checkCount(t, env, approvePath, 0)
}

// Without a moved block, the CLI destroys the old address and creates the new one in any order. The
// project keeps the desired status of the new block.
func TestAccProjectStatus_BlockWithNewAddressKeepsStatus(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "adam")
	s := acctest.OpenShell(t, provider)
	s.Applies(statusConfig("Enabled", disableOnDestroy), "1 added")
	s.Applies(secondStatusConfig("project_id = 4711", "Enabled"), "1 added, 0 changed, 1 destroyed")
	checkServerStatus(t, env, paymentsDN, "Enabled")
}
