package project_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// With on_drift = "Fail", a plan fails for trustees that another person added or removed, unless the
// configuration asks for the same.
func TestRole_PlanOfDrift(t *testing.T) {
	t.Parallel()
	const changed = "ERROR: The role Use of project Payments was changed outside of Terraform: "
	for name, row := range map[string]struct {
		onDrift       string
		resolve       bool
		added         []string
		removed       []string
		configured    []string
		want, changes string // the error and the warning, "" for none
	}{
		"nothing":  {"Fail", false, nil, nil, []string{"kim", "lea"}, "", ""},
		"repaired": {"Repair", false, []string{"max"}, nil, []string{"kim", "lea"}, "", "Use: lost by local:"},
		"added": {
			"Fail", false,
			[]string{"max"},
			nil,
			[]string{"kim", "lea"},
			changed + "Added: local:",
			"Use: lost by local:",
		},
		"added, by name": {
			"Fail", true,
			[]string{"max"},
			nil,
			[]string{"kim", "lea"},
			changed + "Added: max (local:",
			"Use: lost by max (local:",
		},
		"removed": {
			"Fail", false, nil,
			[]string{"lea"},
			[]string{"kim", "lea"},
			changed + "Removed: local:",
			"Use: gained by lea",
		},
		"both": {
			"Fail", true,
			[]string{"max"},
			[]string{"lea"},
			[]string{"kim", "lea"},
			changed + "Added: max … Removed: lea", "Use: gained by lea … lost by max",
		},
		"accepted addition": {"Fail", false, []string{"max"}, nil, []string{"kim", "lea", "max"}, "", ""},
		"accepted removal":  {"Fail", false, nil, []string{"lea"}, []string{"kim"}, "", ""},
		"accepted, and another change": {
			"Fail", false, []string{"max"}, nil, []string{"kim", "max"}, "", "Use: lost by local:",
		},
		"another change": {"Fail", false, nil, nil, []string{"kim"}, "", "Use: lost by local:"},
		"one of two accepted": {
			"Fail", true,
			[]string{"max", "olga"},
			nil,
			[]string{"kim", "lea", "max"},
			changed + "Added: olga (",
			"Use: lost by olga (",
		},
	} {
		env := serve(t, roleWorld())
		extra := acctest.Arguments{
			"on_drift": acctest.String(row.onDrift), "resolve_identities": acctest.Bool(row.resolve),
		}
		state := stateOf(t, env, roleType, with(roleOf(env, "Use", "kim", "lea"), extra))
		addHolder(env, "Use", row.added...)()
		removeHolder(env, "Use", row.removed...)()
		p := process(t, env)
		state, _ = p.Refresh(state)
		planned := p.Plan(roleType, with(roleOf(env, "Use", row.configured...), extra), state)
		var want []string
		if row.want != "" {
			want = append(want, row.want+" … on_drift = \"Fail\" … [trustees]")
		} else if row.changes != "" {
			want = append(want, "WARNING: Applying this changes who has a role on project Payments: … "+row.changes)
		}
		wantDiags(t, name, planned.Diags, want...)
	}
}

// Drift that the configuration accepts is recorded by an update that sends nothing. Afterwards it is the
// last apply that later drift is compared with.
func TestRole_AcceptedDrift(t *testing.T) {
	t.Parallel()
	env := serve(t, roleWorld())
	fail := acctest.Arguments{"on_drift": acctest.String("Fail")}
	state := stateOf(t, env, roleType, with(roleOf(env, "Use", "kim"), fail))
	addHolder(env, "Use", "lea")()
	state, _ = process(t, env).Refresh(state)
	accepted := with(roleOf(env, "Use", "kim", "lea"), fail)
	planned := process(t, env).Plan(roleType, accepted, state)
	wantDiags(t, "accepted", planned.Diags)
	wantValues(t, "accepted", planned.Values, map[string]string{"names": "unknown"})
	state, diagnostics := process(t, env).Apply(planned)
	wantDiags(t, "accepted", diagnostics)
	wantValues(t, "accepted", state.Values, map[string]string{"names": "null"})
	checkCount(t, env, updatePath, 0)
	wantEmptyPlan(t, "after the apply", env, roleType, accepted, state)
	removeHolder(env, "Use", "lea")()
	state, _ = process(t, env).Refresh(state)
	wantDiags(t, "removed again", process(t, env).Plan(roleType, accepted, state).Diags,
		"ERROR: The role Use of project Payments was changed outside of Terraform: Removed: ")
	repaired := with(accepted, acctest.Arguments{"on_drift": acctest.String("Repair")})
	wantDiags(t, "repaired", process(t, env).Plan(roleType, repaired, state).Diags,
		"WARNING: Applying this changes who has a role on project Payments: Use: gained by lea")
}

// Names that cannot be looked up stay unknown in a plan, and the apply warns.
func TestRole_NamesNotFound(t *testing.T) {
	t.Parallel()
	env := serve(t, roleWorld())
	resolve := acctest.Arguments{"resolve_identities": acctest.Bool(true)}
	state := stateOf(t, env, roleType, roleOf(env, "Use", "kim"))
	restore := env.Server.Inject(simulator.Fault{Path: "Identity/", Kind: simulator.InsufficientScope})
	planned := process(t, env).Plan(roleType, with(roleOf(env, "Use", "kim"), resolve), state)
	wantDiags(t, "plan", planned.Diags)
	wantValues(t, "plan", planned.Values, map[string]string{"names": "unknown"})
	state, diagnostics := process(t, env).Apply(planned)
	wantDiags(t, "apply", diagnostics, "WARNING: Unable to resolve some trustees: … [resolve_identities]")
	wantValues(t, "apply", state.Values, map[string]string{"names": "{}"})
	restore()
	state, diagnostics = process(t, env).Refresh(state)
	wantDiags(t, "read", diagnostics)
	wantValues(t, "read", state.Values, map[string]string{"names": "{" + env.Server.Trustee("kim") + ": kim}"})
}

// A set without owners fails the plan before anything is read.
func TestRole_PlanWithoutOwners(t *testing.T) {
	t.Parallel()
	env := serve(t, roleWorld())
	state := stateOf(t, env, roleType, roleOf(env, "Owner", "olga"))
	planned := process(t, env).Plan(roleType, roleOf(env, "Owner"), state)
	wantDiags(t, "plan", planned.Diags, "ERROR: A project needs an owner: … [trustees]")
	checkNoRequests(t, env)
}

// The project of a role is created in the same run.
func TestRole_OfCreatedProject(t *testing.T) {
	t.Parallel()
	env := serve(t, roleWorld())
	p, later := process(t, env), process(t, env)
	project := p.Plan(projectType, named(rocketDN), nil)
	role := p.Plan(roleType, with(roleOf(env, "Use", "kim"), named(rocketDN)), nil)
	member := p.Plan(memberType, with(memberOf(env, "Audit", "kim"), named(rocketDN)), nil)
	for _, planned := range []*acctest.Planned{project, role, member} {
		wantDiags(t, "plan", planned.Diags)
		wantValues(
			t,
			"plan",
			planned.Values,
			map[string]string{"guid": "unknown", "project_id": "unknown", "dn": rocketDN},
		)
	}
	created, diagnostics := later.Apply(project)
	wantDiags(t, "create", diagnostics)
	for _, planned := range []*acctest.Planned{role, member} {
		applied, diagnostics := later.Apply(planned)
		wantDiags(t, "apply", diagnostics)
		wantValues(t, "apply", applied.Values, map[string]string{
			"guid": created.Values.Text("guid"), "project_id": created.Values.Text("project_id"),
		})
		wantPrivate(t, "apply", applied.Private, "configured_address", "configured_trustees")
	}
}

// A role that moves to another project leaves the first one.
func TestRole_ReplacedByAnotherProject(t *testing.T) {
	t.Parallel()
	env := serve(t, roleWorld())
	for typeName, arguments := range map[string]acctest.Arguments{
		roleType: roleOf(env, "ApproveUse", "lea"), memberType: memberOf(env, "Audit", "lea"),
	} {
		state := stateOf(t, env, typeName, arguments)
		p := process(t, env)
		_, _ = p.Refresh(state)
		first := p.Plan(typeName, with(arguments, named(projectsDN+"Other")), state)
		wantDiags(t, typeName, first.Diags)
		second := p.Replacement(first)
		for _, d := range second.Diags {
			wantDiags(t, typeName, []string{d}, "WARNING: Applying this changes who has a role on project Other")
		}
		left, diagnostics := process(t, env).ApplyDestroy(first, second)
		wantDiags(t, typeName, diagnostics)
		if left.Values != nil {
			t.Errorf("%s: the state has %v", typeName, left.Values)
		}
		_, diagnostics = process(t, env).Apply(second)
		wantDiags(t, typeName, diagnostics)
	}
	checkHolders(t, env, "ApproveUse")
	checkHolders(t, env, "Audit", "max")
	if p, _ := env.Server.Project("Other"); len(p.KeyUseApprovers) != 1 || len(p.Auditors) != 1 {
		t.Errorf("Other is %+v", p)
	}
}

// An apply reports that the provider lost its access, and that an update may be incomplete.
func TestRole_UpdateWarnings(t *testing.T) {
	t.Parallel()
	env := serve(t, roleWorld())
	failUpdates(env, simulator.Failure{Result: 1000, Saved: "all", Count: 1})
	_, diagnostics := process(t, env).Apply(process(t, env).Plan(memberType, memberOf(env, "Use", "lea"), nil))
	wantDiags(t, "partly failed", diagnostics, "WARNING: The update of project Payments may be incomplete: … "+
		"AssignProjectPermissionFailure")
	olga := func() *acctest.Protocol { return env.Protocol(t, env.Server.Token("olga", allScopes)) }
	planned := olga().Plan(roleType, roleOf(env, "Owner", "lea"), nil)
	wantDiags(t, "plan", planned.Diags, "WARNING: The provider loses access to project Payments: … [trustees]",
		"WARNING: Applying this changes who has a role")
	_, diagnostics = olga().Apply(planned)
	wantDiags(t, "lost access", diagnostics, "WARNING: The provider lost access to project Payments")
}

// The names of a project: one of them, or all three as in a generated configuration.
func TestResources_ValidateNames(t *testing.T) {
	t.Parallel()
	env := serve(t, roleWorld())
	null := tftypes.NewValue(tftypes.String, nil)
	guid, id := acctest.String(paymentsGUID), acctest.Number(4711)
	for typeName, base := range map[string]acctest.Arguments{
		roleType: roleOf(env, "Use", "kim"), memberType: memberOf(env, "Use", "kim"), statusType: statusOf("Enabled"),
	} {
		for name, row := range map[string]struct {
			arguments acctest.Arguments
			want      []string
		}{
			"one": {nil, nil},
			"all": {acctest.Arguments{"guid": guid, "project_id": id}, nil},
			"two": {
				acctest.Arguments{"guid": guid}, []string{"ERROR: Invalid Attribute Combination: Exactly one … [dn]"},
			},
			"two others": {
				acctest.Arguments{"dn": null, "guid": guid, "project_id": id}, []string{"ERROR: … [guid]"},
			},
			"two, one open": {acctest.Arguments{"guid": acctest.UnknownString()}, nil},
			"none":          {acctest.Arguments{"dn": null}, []string{"ERROR: "}},
			"an invalid DN": {acctest.Arguments{"dn": acctest.String("Payments")}, []string{"ERROR: … [dn]"}},
		} {
			wantDiags(t, typeName+", "+name, process(t, env).Validate(typeName, with(base, row.arguments)), row.want...)
		}
		planned := process(t, env).Plan(typeName, with(base, acctest.Arguments{"guid": guid, "project_id": id}), nil)
		wantDiags(t, typeName, planned.Diags)
		planned = process(t, env).Plan(typeName, with(base, acctest.Arguments{
			"guid": guid, "project_id": acctest.Number(4712),
		}), nil)
		wantDiags(t, typeName, planned.Diags, "ERROR: Names of different projects: … [project_id]")
	}
	owners := with(roleOf(env, "Owner"), nil)
	wantDiags(
		t,
		"no owner",
		process(t, env).Validate(roleType, owners),
		"ERROR: A project needs an owner: … [trustees]",
	)
	owners["trustees"] = tftypes.NewValue(tftypes.Set{ElementType: tftypes.String}, nil)
	wantDiags(t, "no set", process(t, env).Validate(roleType, owners), "ERROR: Missing Configuration")
}
