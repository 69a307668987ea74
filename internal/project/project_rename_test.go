package project_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// A plan of a rename fails for a name that another project has, and for a folder that does not exist.
func TestProject_PlanRename(t *testing.T) {
	t.Parallel()
	launcher := projectsDN + "Launcher"
	const unable = "ERROR: Unable to rename project Payments: … "
	renames := "WARNING: Applying this renames project Payments: The project " + paymentsDN + " gets the name " +
		launcher + ". … [dn]"
	for name, row := range map[string]struct {
		dn     string
		before func(*acctest.Env)
		want   []string
	}{
		"free": {launcher, nil, []string{renames}},
		"taken": {
			launcher, func(env *acctest.Env) { env.Server.AddProject(simulator.Project{Name: "Launcher"}) },
			[]string{unable + "The name " + launcher + " belongs to another project (GUID … [dn]"},
		},
		"held": {
			launcher, func(env *acctest.Env) {
				env.Server.AddProject(simulator.Project{Name: "Launcher", Status: "Deleted"})
			}, []string{unable + "is queued for deletion, and the name is held … [dn]"},
		},
		"no folder": {projectsDN + `Missing\Payments`, nil, []string{unable + "does not exist … [dn]"}},
		"another folder": {
			projectsDN + `Teams\Payments`, nil, []string{"WARNING: Applying this renames project Payments"},
		},
		"renamed meanwhile": {
			launcher, func(env *acctest.Env) { env.Server.RenameProject(paymentsDN, launcher) },
			[]string{"WARNING: Applying this renames project Launcher"},
		},
		"unreadable name": {
			launcher, func(env *acctest.Env) {
				env.Server.Inject(simulator.Fault{Path: readPath, Kind: simulator.Other500, Status: 400, Skip: 1})
			}, []string{"ERROR: Unable to read project Launcher"},
		},
		"unreadable project": {
			launcher, func(env *acctest.Env) {
				env.Server.Inject(simulator.Fault{Path: "Codesign/", Kind: simulator.Other500, Status: 400})
			}, []string{"ERROR: Unable to read project Payments"},
		},
		"deleted": {
			launcher, func(env *acctest.Env) { env.Server.RemoveProject(paymentsDN) },
			[]string{"ERROR: Unable to read project Payments: … no longer exists … [dn]"},
		},
		"queued": {
			launcher, func(env *acctest.Env) { env.Server.SetProjectStatus(paymentsDN, "Deleted") },
			[]string{"ERROR: Unable to change project Payments: … is queued for deletion (status Deleted) … [dn]"},
		},
	} {
		env := serve(t, settingsWorld())
		state := importAndRead(t, env, projectType, paymentsGUID)
		if row.before != nil {
			row.before(env)
		}
		planned := process(t, env).Plan(projectType, named(row.dn), state)
		wantDiags(t, name, planned.Diags, row.want...)
		if name == "free" {
			wantValues(t, name, planned.Values, map[string]string{"dn": launcher, "name": "Launcher"})
		}
	}
}

// An unknown name may be another one, so nothing is checked.
func TestProject_PlanUnknownName(t *testing.T) {
	t.Parallel()
	env := serve(t, settingsWorld())
	state := importAndRead(t, env, projectType, paymentsGUID)
	planned := process(t, env).Plan(projectType, with(named(paymentsDN), acctest.Arguments{
		"dn": process(t, env).Unknown(projectType, "dn"),
	}), state)
	wantDiags(t, "plan", planned.Diags)
	wantValues(t, "plan", planned.Values, map[string]string{
		"dn": "unknown", "name": "unknown", "guid": paymentsGUID, "owners": "unknown",
	})
}

// A custom field that the configuration no longer has is not a change of the project.
func TestProject_PlanWithoutCustomFields(t *testing.T) {
	t.Parallel()
	env := serve(t, settingsWorld())
	state := managed(t, env, with(policy("Abandon"), acctest.Arguments{"custom_fields": teamField("Blue")}))
	planned := process(t, env).Plan(projectType, policy("Abandon"), state)
	wantDiags(t, "plan", planned.Diags)
	wantValues(t, "plan", planned.Values, map[string]string{
		"custom_fields": "null", "description": "Terminals", "owners": state.Values.Text("owners"),
	})
	checkCount(t, env, readPath, 0)
	applied, diagnostics := process(t, env).Apply(planned)
	wantDiags(t, "apply", diagnostics)
	if p, _ := env.Server.Project(paymentsDN); len(p.CustomFields["Team"]) != 1 {
		t.Errorf("the project has the fields %v", p.CustomFields)
	}
	wantValues(t, "apply", applied.Values, map[string]string{"custom_fields": "null"})
}

// A rename and the reads around it are all that a rename sends. If the project cannot be read after it,
// the state has the new name.
func TestProject_RenameRequests(t *testing.T) {
	t.Parallel()
	launcher := projectsDN + "Launcher"
	env := serve(t, settingsWorld())
	state := managed(t, env, policy("Abandon"))
	planned := process(t, env).Plan(projectType, with(policy("Abandon"), named(launcher)), state)
	env.Server.ResetLog()
	applied, diagnostics := process(t, env).Apply(planned)
	wantDiags(t, "rename", diagnostics)
	wantValues(t, "rename", applied.Values, map[string]string{"dn": launcher, "description": "Terminals"})
	reads := env.Server.Count(readPath)
	if reads > 2 {
		t.Errorf("got %d reads of the project", reads)
	}
	env.Server.RenameProject(launcher, paymentsDN)
	planned = process(t, env).Plan(projectType, with(policy("Abandon"), acctest.Arguments{
		"dn": acctest.String(launcher), "description": acctest.String("New"),
	}), state)
	env.Server.Inject(simulator.Fault{
		Path: readPath, Kind: simulator.Other500, Status: 200, Skip: reads,
		Body: `{"Result":2,"Success":false,"Error":"made up"}`,
	})
	failed, diagnostics := process(t, env).Apply(planned)
	wantDiags(t, "unreadable", diagnostics, "ERROR: Unable to update project Payments")
	wantValues(t, "unreadable", failed.Values, map[string]string{"dn": launcher, "description": "Terminals"})
	checkCount(t, env, updatePath, 0)
}

// Names that a plan shows are not looked up again in the apply.
func TestProject_PlannedNamesOfTrustees(t *testing.T) {
	t.Parallel()
	env := serve(t, settingsWorld())
	all := with(policy("Abandon"), acctest.Arguments{
		"owners": acctest.StringSet(trustees(env, "olga")...), "auditors": acctest.StringSet(trustees(env, "max")...),
		"key_users": acctest.StringSet(trustees(env, "kim", "lea")...), "key_use_approvers": acctest.StringSet(),
		"resolve_identities": acctest.Bool(true),
	})
	state := managed(t, env, policy("Abandon"))
	planned := process(t, env).Plan(projectType, all, state)
	env.Server.ResetLog()
	env.Server.Inject(simulator.Fault{Path: "Identity/", Kind: simulator.InsufficientScope})
	applied, diagnostics := process(t, env).Apply(planned)
	wantDiags(t, "apply", diagnostics)
	if applied.Values.Text("names") != planned.Values.Text("names") || planned.Values.Text("names") == "unknown" {
		t.Errorf("planned are the names %s", planned.Values.Text("names"))
	}
	wantEmptyPlan(t, "after the apply", env, projectType, all, applied)
	read, diagnostics := process(t, env).Refresh(applied)
	wantDiags(t, "read", diagnostics, "WARNING: Unable to resolve some trustees: … [resolve_identities]")
	wantValues(t, "read", read.Values, map[string]string{"names": "{}"})
}

// An apply reports that the provider lost its access, and that an update may be incomplete.
func TestProject_UpdateWarnings(t *testing.T) {
	t.Parallel()
	env := serve(t, settingsWorld())
	olga := func() *acctest.Protocol { return env.Protocol(t, env.Server.Token("olga", allScopes)) }
	state := importAndRead(t, env, projectType, paymentsGUID)
	failUpdates(env, simulator.Failure{Result: 1000, Saved: "all", Count: 1})
	state, diagnostics := process(t, env).Apply(process(t, env).Plan(projectType, with(named(paymentsDN),
		acctest.Arguments{"key_users": acctest.StringSet(trustees(env, "kim", "lea")...)}), state))
	wantDiags(t, "partly failed", diagnostics, "WARNING: The update of project Payments may be incomplete: … "+
		"AssignProjectPermissionFailure")
	planned := olga().Plan(projectType, with(named(paymentsDN), acctest.Arguments{
		"owners": acctest.StringSet(trustees(env, "lea")...), "key_users": acctest.StringSet(),
	}), state)
	wantDiags(t, "plan", planned.Diags, "WARNING: The provider loses access to project Payments: … [owners]",
		"WARNING: Applying this changes who has a role")
	state, diagnostics = olga().Apply(planned)
	wantDiags(t, "lost access", diagnostics, "WARNING: The provider lost access to project Payments")
	wantValues(t, "lost access", state.Values, map[string]string{"owners": listed(trustees(env, "lea")...)})
}

// A configuration is checked before anything is read.
func TestProject_Validate(t *testing.T) {
	t.Parallel()
	env := serve(t, settingsWorld())
	field := acctest.StringList("x")
	for name, row := range map[string]struct {
		arguments acctest.Arguments
		want      []string
	}{
		"no owner": {
			acctest.Arguments{"owners": acctest.StringSet()},
			[]string{"ERROR: A project needs an owner: The set of owners is empty. … [owners]"},
		},
		"two names of a field": {
			acctest.Arguments{"custom_fields": fields(map[string]tftypes.Value{
				"Team": field, "TEAM": field,
				"A": field,
			})},
			[]string{`ERROR: One custom field has two names: "TEAM" and "Team" differ only in case … [custom_fields.`},
		},
		"unknown owners": {acctest.Arguments{"owners": acctest.Set(acctest.UnknownString())}, nil},
		"a name": {
			acctest.Arguments{"key_users": acctest.StringSet("local:kim")}, []string{"ERROR: … [key_users."},
		},
		"policy": {
			acctest.Arguments{"deletion_policy": acctest.String("Keep")}, []string{"ERROR: … [deletion_policy]"},
		},
		"an invalid DN": {
			acctest.Arguments{"applications": acctest.StringSet("signtool")}, []string{"ERROR: … [applications."},
		},
		"a field with no name": {
			acctest.Arguments{"custom_fields": fields(map[string]tftypes.Value{"": field})}, []string{"ERROR: "},
		},
	} {
		wantDiags(t, name, process(t, env).Validate(projectType, with(named(paymentsDN), row.arguments)), row.want...)
	}
	checkNoRequests(t, env)
}
