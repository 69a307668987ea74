package project_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// statusOf are the arguments of a status of Payments.
func statusOf(status string) acctest.Arguments {
	return with(named(paymentsDN), acctest.Arguments{"status": acctest.String(status)})
}

// What the plan of a new status resource leaves open for each unknown argument.
func TestStatus_PlanCreateUnknown(t *testing.T) {
	t.Parallel()
	w := newWorld("Draft")
	env := serve(t, w)
	unknown := func(attribute string) acctest.Arguments {
		return with(statusOf("Enabled"), acctest.Arguments{attribute: process(t, env).Unknown(statusType, attribute)})
	}
	ids := map[string]string{"guid": paymentsGUID, "project_id": "4711", "initial_status": "Draft", "ticket_id": "null"}
	const waits = "WARNING: Applying this submits project Payments for approval and waits up to 20m"
	for name, row := range map[string]struct {
		arguments acctest.Arguments
		want      map[string]string
		diags     []string
		reads     int
	}{
		"nothing": {
			statusOf("Enabled"), with2(ids, map[string]string{"current_status": "Enabled"}), []string{waits}, 1,
		},
		"dn": {
			unknown("dn"), map[string]string{"dn": "unknown", "guid": "unknown", "current_status": "unknown"}, nil, 0,
		},
		"status": {unknown("status"), with2(ids, map[string]string{"current_status": "unknown"}), nil, 1},
		"self_approve": {
			unknown("self_approve"), with2(ids, map[string]string{"self_approve": "unknown"}), []string{waits}, 1,
		},
		"comment": {
			unknown("approval_comment"), with2(ids, map[string]string{"approval_comment": "unknown"}),
			[]string{waits},
			1,
		},
		"status_on_destroy": {
			unknown("status_on_destroy"), with2(ids, map[string]string{"status_on_destroy": "unknown"}),
			[]string{waits},
			1,
		},
		"submission only": {statusOf("Pending"), with2(ids, map[string]string{"current_status": "unknown"}), nil, 1},
		"timeout": {
			with(statusOf("Enabled"), acctest.Arguments{"timeouts": within("2h")}), ids,
			[]string{"WARNING: Applying this submits project Payments for approval and waits up to 2h for"},
			1,
		},
	} {
		env.Server.ResetLog()
		planned := process(t, env).Plan(statusType, row.arguments, nil)
		wantDiags(t, name, planned.Diags, row.diags...)
		wantValues(t, name, planned.Values, row.want)
		if got := env.Server.Count(enumeratePath) + env.Server.Count(readPath); got != row.reads {
			t.Errorf("%s: got %d reads of projects, want %d", name, got, row.reads)
		}
	}
}

// What the plan of an update leaves open.
func TestStatus_PlanUpdate(t *testing.T) {
	t.Parallel()
	w := withOther(newWorld("Enabled"))
	env := serve(t, w)
	unknown := func(attribute string) acctest.Arguments {
		return with(statusOf("Enabled"), acctest.Arguments{attribute: process(t, env).Unknown(statusType, attribute)})
	}
	kept := map[string]string{
		"guid": paymentsGUID, "dn": paymentsDN, "initial_status": "Enabled", "current_status": "Enabled",
	}
	for name, row := range map[string]struct {
		arguments acctest.Arguments
		want      map[string]string
		diags     []string
		replaces  string
	}{
		"nothing":        {statusOf("Enabled"), kept, nil, ""},
		"own argument":   {with(statusOf("Enabled"), acctest.Arguments{"timeouts": within("5m")}), kept, nil, ""},
		"unknown status": {unknown("status"), with2(kept, map[string]string{"current_status": "unknown"}), nil, ""},
		"unknown name": {
			unknown("dn"),
			map[string]string{"dn": "unknown", "initial_status": "Enabled", "ticket_id": "null"},
			nil,
			"",
		},
		"disabled": {
			statusOf("Disabled"), with2(kept, map[string]string{"current_status": "Disabled"}), nil, "",
		},
		"another project": {with(statusOf("Enabled"), named(projectsDN+"Other")), nil, nil, "dn"},
		"missing project": {
			with(statusOf("Enabled"), named(rocketDN)), nil,
			[]string{"ERROR: Unable to read project Rocket: … [dn]"},
			"",
		},
		"met by another": {statusOf("Pending"), kept, nil, ""},
	} {
		state := importAndRead(t, env, statusType, paymentsGUID)
		p := process(t, env)
		_, _ = p.Refresh(state)
		planned := p.Plan(statusType, row.arguments, state)
		wantDiags(t, name, planned.Diags, row.diags...)
		wantValues(t, name, planned.Values, row.want)
		if got := strings.Join(planned.Replaces, " "); got != row.replaces {
			t.Errorf("%s: replaces because of %q, want %q", name, got, row.replaces)
		}
	}
}

// What an apply and an import record, and what a failed update leaves.
func TestStatus_PrivateState(t *testing.T) {
	t.Parallel()
	env := serve(t, newWorld("Enabled"))
	imported := importAndRead(t, env, statusType, paymentsGUID)
	wantPrivate(t, "import", imported.Private, "configured_address")
	wantImported := func(name string, private map[string]string, want bool) {
		if got := private["configured_address"]; strings.Contains(got, `"imported":true`) != want {
			t.Errorf("%s: recorded is %s, imported %t", name, got, want)
		}
	}
	wantImported("import", imported.Private, true)
	short := with(statusOf("Disabled"), acctest.Arguments{"timeouts": within("2s")})
	planned := process(t, env).Plan(statusType, short, imported)
	wantPrivate(t, "plan", planned.Private, "configured_address", "planned")
	env.Server.UpdateSettings(func(s *simulator.Settings) {
		s.Failures = map[string]simulator.Failure{writePath: {Result: 2}}
	})
	failed, diagnostics := process(t, env).Apply(planned)
	wantDiags(
		t,
		"failed",
		diagnostics,
		"ERROR: Unable to disable project Payments: … InsufficientPermission … [status]",
	)
	wantPrivate(t, "failed", failed.Private, "configured_address")
	wantImported("failed", failed.Private, true)
	wantValues(t, "failed", failed.Values, map[string]string{"status": "Enabled", "current_status": "Enabled"})
	env.Server.UpdateSettings(func(s *simulator.Settings) { s.Failures = nil })
	applied, _ := applyAll(t, env, statusType, short, failed)
	wantPrivate(t, "apply", applied.Private, "configured_address")
	wantImported("apply", applied.Private, false)
	wantValues(t, "apply", applied.Values, map[string]string{"status": "Disabled", "initial_status": "Enabled"})
	if got := applied.Identity.Text("guid"); got != strings.Trim(paymentsGUID, "{}") {
		t.Errorf("the identity is %s", got)
	}
	// a project that is deleted between plan and apply
	planned = process(t, env).Plan(statusType, statusOf("Enabled"), applied)
	env.Server.RemoveProject(paymentsDN)
	failed, diagnostics = process(t, env).Apply(planned)
	wantDiags(t, "deleted", diagnostics, "ERROR: Unable to enable project Payments: … no longer exists … [dn]")
	wantValues(t, "deleted", failed.Values, map[string]string{"status": "Disabled"})
	wantPrivate(t, "deleted", failed.Private, "configured_address")
}

// The provider approves the ticket that the plan shows. It warns of each ticket that it does not approve.
func TestStatus_PlanTicket(t *testing.T) {
	t.Parallel()
	const selfApproval = "[self_approve]"
	for name, row := range map[string]struct {
		user, status string
		prepare      func(*simulator.World)
		want         []string
		ticket       bool
	}{
		"visible": {"adam", "Pending", nil, []string{
			"WARNING: Applying this approves flow ticket … The apply approves this ticket and no other … " +
				selfApproval,
		}, true},
		"invisible": {"olga", "Pending", nil, []string{
			"WARNING: No flow ticket of project Payments to approve: … " + selfApproval,
		}, false},
		"uncertain": {"adam", "Pending", func(w *simulator.World) { w.Settings.TicketClock = -3600_000 }, nil, false},
		"a draft":   {"adam", "Draft", nil, nil, false},
		"disabled":  {"adam", "Disabled", nil, nil, false},
	} {
		w := newWorld(row.status)
		if row.prepare != nil {
			row.prepare(&w)
		}
		env := serve(t, w)
		planned := env.Protocol(t, env.Server.Token(row.user, allScopes)).Plan(statusType, with(statusOf("Enabled"),
			acctest.Arguments{"self_approve": acctest.Bool(true)}), nil)
		if name == "uncertain" {
			if len(planned.Diags) != 1 {
				t.Errorf("%s: got %q", name, planned.Diags)
			}
		} else {
			wantDiags(t, name, planned.Diags, row.want...)
		}
		if shows := planned.Values.Text("ticket_id") != "null"; shows != row.ticket {
			t.Errorf("%s: the ticket is %s", name, planned.Values.Text("ticket_id"))
		}
	}
}

// Two resources with different statuses of one project are reported, also if one is destroyed.
func TestStatus_PlanConflict(t *testing.T) {
	t.Parallel()
	env := serve(t, newWorld("Enabled"))
	arguments := with(statusOf("Enabled"), acctest.Arguments{"status_on_destroy": acctest.String("Disabled")})
	state, _ := applyAll(t, env, statusType, arguments, nil)
	byGUID := func(status string) acctest.Arguments {
		return acctest.Arguments{"guid": acctest.String(paymentsGUID), "status": acctest.String(status)}
	}
	const conflict = "WARNING: Two resources set different statuses of one project: This resource … "
	p := process(t, env)
	wantDiags(t, "first", p.Plan(statusType, arguments, state).Diags)
	wantDiags(t, "the same status", p.Plan(statusType, byGUID("Enabled"), nil).Diags)
	wantDiags(t, "another status", p.Plan(statusType, byGUID("Disabled"), nil).Diags,
		conflict+"sets the status Disabled, and another resource … sets the status Enabled. … [status]")
	wantDiags(t, "destroy", p.PlanDestroy(state).Diags,
		conflict+"sets the status Disabled when it is destroyed, and another resource … [status_on_destroy]")

	p = process(t, env)
	first := p.Plan(statusType, arguments, state)
	second := p.Replacement(first)
	wantDiags(t, "replacement", second.Diags)
	wantValues(t, "replacement", second.Values, map[string]string{"current_status": "Enabled"})
	wantDiags(t, "beside a replacement", p.Plan(statusType, byGUID("Disabled"), nil).Diags, conflict+" … [status]")
	unknown := p.Plan(statusType, with(arguments, acctest.Arguments{"dn": acctest.UnknownString()}), state)
	wantDiags(t, "unknown name", unknown.Diags)
	wantDiags(
		t,
		"replacement by an unknown name",
		p.Replacement(unknown).Diags,
		"ERROR: Unable to plan the replacement: … status_on_destroy = \"Disabled\" … [status_on_destroy]",
	)
}

// A destroy sets status_on_destroy, unless another object of the run has the project.
func TestStatus_Destroy(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		onDestroy, before, after string
		updatesBefore            bool
		want                     []string
	}{
		"left":     {"", "Enabled", "Enabled", false, nil},
		"disabled": {"Disabled", "Enabled", "Disabled", false, nil},
		"already":  {"Disabled", "Disabled", "Disabled", false, nil},
		"another resource": {"Disabled", "Enabled", "Enabled", true, []string{
			"WARNING: Status of project Payments left unchanged: … = \"Disabled\" … [status_on_destroy]",
		}},
		"queued": {"Disabled", "Deleted", "Deleted", false, []string{
			"WARNING: Project Payments is queued for deletion: Its status is unchanged. … [status_on_destroy]",
		}},
		"disabled by its parent": {"Disabled", "DisabledByParent", "DisabledByParent", false, []string{
			"WARNING: Project Payments is disabled by its parent: … [status_on_destroy]",
		}},
	} {
		env := serve(t, newWorld("Enabled"))
		onDestroy := tftypes.NewValue(tftypes.String, nil)
		if row.onDestroy != "" {
			onDestroy = acctest.String(row.onDestroy)
		}
		state, _ := applyAll(t, env, statusType, with(statusOf("Enabled"), acctest.Arguments{
			"status_on_destroy": onDestroy,
		}), nil)
		destroy := process(t, env).PlanDestroy(state)
		wantPrivate(t, name, destroy.Private, "configured_address")
		env.Server.SetProjectStatus(paymentsDN, row.before)
		p := process(t, env)
		if row.updatesBefore {
			_, diagnostics := p.Apply(process(t, env).Plan(statusType, statusOf("Enabled"), nil))
			wantDiags(t, name, diagnostics)
		}
		left, diagnostics := p.Apply(destroy)
		wantDiags(t, name, diagnostics, row.want...)
		if left.Values != nil {
			t.Errorf("%s: the state has %v", name, left.Values)
		}
		checkServerStatus(t, env, paymentsDN, row.after)
	}
}
