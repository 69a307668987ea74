package project_test

import (
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// A replacement by the same project leaves its status, and stops if the new object cannot be applied as
// planned.
func TestStatus_Replacement(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		onDestroy string
		before    func(*acctest.Env)
		want      []string
		keeps     bool
	}{
		"without status_on_destroy": {"", nil, nil, false},
		"the same project": {
			"Disabled", nil,
			[]string{"WARNING: Status of project Payments left unchanged: … [status_on_destroy]"},
			false,
		},
		"another status": {
			"Disabled", func(env *acctest.Env) { env.Server.SetProjectStatus(paymentsDN, "Disabled") },
			[]string{"ERROR: Unable to replace the resource of project Payments: The status of the project dn = … " +
				"changed after the plan: from Enabled to Disabled"},
			true,
		},
		"another project": {
			"", func(env *acctest.Env) {
				env.Server.RemoveProject(paymentsDN)
				env.Server.AddProject(simulator.Project{Name: "Payments", ID: 4999, Status: "Enabled"})
			},
			[]string{"ERROR: Unable to replace the resource of project Payments: The argument dn = … names " +
				"another project than at plan: planned … with number 4711, found … with number 4999"},
			true,
		},
		"no project": {
			"", func(env *acctest.Env) { env.Server.RemoveProject(paymentsDN) },
			[]string{"ERROR: Unable to replace the resource of project Payments: … [dn]"},
			true,
		},
	} {
		env := serve(t, newWorld("Enabled"))
		arguments := statusOf("Enabled")
		if row.onDestroy != "" {
			arguments["status_on_destroy"] = acctest.String(row.onDestroy)
		}
		state, _ := applyAll(t, env, statusType, arguments, nil)
		wantPrivate(t, name, state.Private, "configured_address")
		p := process(t, env)
		first := p.Plan(statusType, arguments, state)
		second := p.Replacement(first)
		wantDiags(t, name+": plan", second.Diags)
		if row.before != nil {
			row.before(env)
		}
		left, diagnostics := process(t, env).ApplyDestroy(first, second)
		wantDiags(t, name, diagnostics, row.want...)
		if (left.Values != nil) != row.keeps {
			t.Errorf("%s: the state has %v", name, left.Values)
		}
		checkCount(t, env, writePath, 0)
		if row.keeps { // the plan of the replacement stays in the private state, and a destroy ignores it
			wantPrivate(t, name, left.Private, "configured_address", "planned")
			wantPrivate(t, name, process(t, env).PlanDestroy(left).Private, "configured_address")
		}
	}
}

// A change of another argument while the project waits: it may be approved by the time of the apply.
func TestStatus_PlanWhilePending(t *testing.T) {
	t.Parallel()
	env := serve(t, newWorld("Pending"))
	state, _ := applyAll(t, env, statusType, statusOf("Pending"), nil)
	wantEmptyPlan(t, "the same", env, statusType, statusOf("Pending"), state)
	planned := process(t, env).Plan(statusType, with(statusOf("Pending"), acctest.Arguments{
		"timeouts": within("5m"),
	}), state)
	wantDiags(t, "timeouts", planned.Diags)
	wantValues(t, "timeouts", planned.Values, map[string]string{
		"current_status": "unknown",
		"initial_status": "Pending",
	})
	planned = process(t, env).Plan(statusType, statusOf("Enabled"), state)
	wantDiags(t, "enabled", planned.Diags,
		"WARNING: Applying this waits up to 20m for the approvers of project Payments")
	wantValues(t, "enabled", planned.Values, map[string]string{"current_status": "Enabled"})
	approving := with(statusOf("Enabled"), acctest.Arguments{
		"self_approve": acctest.Bool(true), "approval_comment": acctest.UnknownString(), "timeouts": within("30s"),
	})
	planned = process(t, env).Plan(statusType, approving, state)
	wantDiags(t, "self_approve", planned.Diags, "WARNING: Applying this approves flow ticket … [self_approve]")
	env.Server.ResetLog()
	approving["approval_comment"] = acctest.String("CHG1")
	state, _ = applyAll(t, env, statusType, approving, state)
	wantValues(t, "approved", state.Values, map[string]string{"current_status": "Enabled", "status": "Enabled"})
	checkDecisions(t, env, 1, 0)
	checkCount(t, env, writePath, 0)
}

// A project whose status cannot be changed fails the plan, except where a destroy would succeed.
func TestStatus_PlanWithoutRoute(t *testing.T) {
	t.Parallel()
	w := withOther(newWorld("Enabled"))
	env := serve(t, w)
	state := importAndRead(t, env, statusType, paymentsGUID)
	disabling := with(statusOf("Enabled"), acctest.Arguments{"status_on_destroy": acctest.String("Disabled")})
	disabled, _ := applyAll(t, env, statusType, disabling, state)
	env.Server.SetProjectStatus(paymentsDN, "DisabledByParent")
	const unable = "ERROR: Unable to enable project Payments: … Enable the parent first.\n\nA destroy … [dn]"
	wantDiags(t, "create", process(t, env).Plan(statusType, statusOf("Enabled"), nil).Diags, unable)
	read, _ := process(t, env).Refresh(state)
	wantDiags(t, "update", process(t, env).Plan(statusType, statusOf("Enabled"), read).Diags, unable)
	read, _ = process(t, env).Refresh(disabled)
	planned := process(t, env).Plan(statusType, disabling, read)
	wantDiags(t, "destroy succeeds", planned.Diags,
		"WARNING: Unable to enable project Payments: … A destroy succeeds … [dn]")
	wantValues(t, "destroy succeeds", planned.Values, map[string]string{"current_status": "unknown"})
	env.Server.RemoveProject(paymentsDN)
	wantDiags(t, "deleted", process(t, env).Plan(statusType, statusOf("Enabled"), read).Diags,
		"ERROR: Unable to read project Payments: … no longer exists … [dn]")
	p := process(t, env)
	other := with(statusOf("Enabled"), acctest.Arguments{
		"dn": acctest.String(projectsDN + "Other"), "status": acctest.UnknownString(),
	})
	_, _ = p.Refresh(state)
	replaced := p.Plan(statusType, other, state)
	wantDiags(t, "another project, unknown status", replaced.Diags)
}
