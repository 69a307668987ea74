package project_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	approvalAddress  = "codesign_project_approval.it"
	approvalPayments = `\VED\Code Signing\Projects\Payments`
	approvalApprove  = "Flow/Tickets/Approve"
	reject           = "Flow/Tickets/Reject"

	approvalSoon = `timeouts = { create = "3s" }`
	rejected     = `decision = "Rejected"`
	notYet       = `comment = "not yet"`
)

// approvalWorld has an owner, who is no approver, and two approvers who are nothing else.
func approvalWorld(status string) simulator.World {
	return simulator.World{
		Users: []simulator.User{
			{Name: "olga", FullName: "Olga Owner"},
			{Name: "paul", ProjectApprover: true},
			{Name: "petra", ProjectApprover: true},
			{Name: "adam", Admin: true},
		},
		Projects: []simulator.Project{
			{Name: "Payments", Status: status, Owners: []string{"olga"}, Approvers: []string{"paul", "petra"}},
			{Name: "Other", Status: "Pending", Approvers: []string{"paul"}},
		},
	}
}

// approvalBlock approves Payments, unless the arguments say otherwise.
func approvalBlock(arguments ...string) string {
	if !strings.Contains(strings.Join(arguments, ""), "decision") {
		arguments = append([]string{`decision = "Approved"`}, arguments...)
	}
	return approvalNamed(approvalPayments, arguments...)
}

func approvalNamed(dn string, arguments ...string) string {
	return fmt.Sprintf("resource \"codesign_project_approval\" \"it\" {\n  dn = %q\n  %s\n}\n", dn, strings.Join(arguments, "\n  "))
}

func approvalIs(attribute string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(approvalAddress, tfjsonpath.New(attribute), want)
}

func approvalText(s string) knownvalue.Check { return knownvalue.StringExact(s) }

// quiet is a step after something happened outside: its plan is empty, and the
// state tells what happened.
func quiet(config string, happens func(), checks ...statecheck.StateCheck) resource.TestStep {
	return resource.TestStep{
		PreConfig: happens, Config: config, ConfigStateChecks: checks,
		ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
	}
}

// approvalSent fails unless so many verdicts arrived.
func approvalSent(t *testing.T, env *acctest.Env, approvals, rejections int) {
	t.Helper()
	if a, r := env.Server.Count(approvalApprove), env.Server.Count(reject); a != approvals || r != rejections {
		t.Errorf("%d approvals and %d rejections arrived, want %d and %d", a, r, approvals, rejections)
	}
}

func sentBy(env *acctest.Env, approvals, rejections int) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if a, r := env.Server.Count(approvalApprove), env.Server.Count(reject); a != approvals || r != rejections {
			return fmt.Errorf("%d approvals and %d rejections arrived, want %d and %d", a, r, approvals, rejections)
		}
		return nil
	}
}
