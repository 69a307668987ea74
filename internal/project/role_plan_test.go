package project_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// roleOf are the arguments of a role of Payments with trustees, given by name.
func roleOf(env *acctest.Env, role string, names ...string) acctest.Arguments {
	return with(named(paymentsDN), acctest.Arguments{
		"role": acctest.String(role), "trustees": acctest.StringSet(trustees(env, names...)...),
	})
}

// memberOf are the arguments of a member of a role of Payments.
func memberOf(env *acctest.Env, role, name string) acctest.Arguments {
	return with(named(paymentsDN), acctest.Arguments{
		"role": acctest.String(role), "trustee": acctest.String(trustees(env, name)[0]),
	})
}

// A plan of a create leaves open what an unknown argument decides. It reports nothing about it, and
// reads nothing while the name of the project is unknown.
func TestRole_PlanCreateUnknown(t *testing.T) {
	t.Parallel()
	env := serve(t, roleWorld())
	kim := acctest.String(env.Server.Trustee("kim"))
	type row struct {
		typeName  string
		arguments acctest.Arguments
		want      map[string]string
		diags     []string
		silent    bool
	}
	unknown := func(typeName string, base acctest.Arguments, attribute string) acctest.Arguments {
		return with(base, acctest.Arguments{attribute: process(t, env).Unknown(typeName, attribute)})
	}
	roleBase, memberBase := roleOf(env, "Use", ghostTrustee), memberOf(env, "Use", ghostTrustee)
	found := map[string]string{"dn": paymentsDN, "guid": paymentsGUID, "project_id": "4711"}
	const gains, losesAll = "WARNING: Applying this changes who has a role", "Use: lost by"
	for name, row := range map[string]row{
		"role, dn": {
			roleType, unknown(roleType, roleBase, "dn"),
			map[string]string{"dn": "unknown", "guid": "unknown", "project_id": "unknown", "names": "null"},
			nil, true,
		},
		"role, role":         {roleType, unknown(roleType, roleBase, "role"), found, nil, false},
		"role, trustees":     {roleType, unknown(roleType, roleBase, "trustees"), found, nil, false},
		"role, no known one": {roleType, roleOf(env, "Use"), found, []string{gains + " … " + losesAll}, false},
		"role, one trustee": {
			roleType, with(roleBase, acctest.Arguments{
				"trustees": acctest.Set(kim, acctest.UnknownString()), "resolve_identities": acctest.Bool(true),
			}), with2(found, map[string]string{"names": "unknown"}), nil, false,
		},
		"role, resolve_identities": {
			roleType, unknown(roleType, roleOf(env, "Use", "kim"), "resolve_identities"),
			with2(found, map[string]string{"names": "unknown", "resolve_identities": "unknown"}), nil, false,
		},
		"role, resolved": {
			roleType, with(roleOf(env, "Use", "kim"), acctest.Arguments{"resolve_identities": acctest.Bool(true)}),
			map[string]string{"names": "{" + env.Server.Trustee("kim") + ": kim}"},
			nil, false,
		},
		"role, resolved without success": {
			roleType, with(roleBase, acctest.Arguments{"resolve_identities": acctest.Bool(true)}), nil,
			[]string{"ERROR: Unknown trustee", gains},
			false,
		},
		"role, known": {
			roleType, roleBase, nil, []string{"ERROR: Unknown trustee: … [trustees.", gains}, false,
		},
		"role, owners": {
			roleType, roleOf(env, "Owner"), nil, []string{
				"ERROR: A project needs an owner: … [trustees]", "WARNING: Applying this changes who has a role",
			}, false,
		},
		"member, dn": {
			memberType, unknown(memberType, memberBase, "dn"),
			map[string]string{"dn": "unknown", "guid": "unknown", "active": "true", "name": "null"},
			nil, true,
		},
		"member, role":    {memberType, unknown(memberType, memberBase, "role"), found, nil, false},
		"member, trustee": {memberType, unknown(memberType, memberBase, "trustee"), found, nil, false},
		"member, trustee to resolve": {
			memberType, with(unknown(memberType, memberBase, "trustee"), acctest.Arguments{
				"resolve_identities": acctest.Bool(true),
			}), with2(found, map[string]string{"name": "unknown"}), nil, false,
		},
		"member, expires": {
			memberType, unknown(memberType, memberBase, "expires"), with2(found,
				map[string]string{"active": "unknown"}),
			nil, false,
		},
		"member, resolve_identities": {
			memberType, unknown(memberType, memberOf(env, "Use", "kim"), "resolve_identities"),
			with2(found, map[string]string{"name": "unknown"}), nil, false,
		},
		"member, resolved": {
			memberType, with(memberOf(env, "Use", "kim"), acctest.Arguments{"resolve_identities": acctest.Bool(true)}),
			with2(found, map[string]string{"name": "kim", "active": "true"}), nil, false,
		},
		"member, not resolved": {
			memberType, memberOf(env, "Audit", "kim"), with2(found, map[string]string{"name": "null"}), nil, false,
		},
		"member, known": {memberType, memberBase, nil, []string{"ERROR: Unknown trustee: … [trustee]"}, false},
		"member, expired": {
			memberType, with(memberBase, acctest.Arguments{"expires": acctest.String("2020-01-01T00:00:00Z")}), nil,
			[]string{`ERROR: The role has expired: expires = "2020-01-01T00:00:00Z" … [expires]`},
			true,
		},
	} {
		p := process(t, env)
		env.Server.ResetLog()
		if name != "role, owners" {
			wantDiags(t, name+": validate", p.Validate(row.typeName, row.arguments))
		}
		planned := p.Plan(row.typeName, row.arguments, nil)
		wantDiags(t, name, planned.Diags, row.diags...)
		wantValues(t, name, planned.Values, row.want)
		if row.silent {
			checkNoRequests(t, env)
		}
	}
}

// What an update leaves open, and what it reads for that.
func TestRole_PlanUpdate(t *testing.T) {
	t.Parallel()
	env := serve(t, roleWorld())
	kim, lea := env.Server.Trustee("kim"), env.Server.Trustee("lea")
	names := map[string]string{"dn": paymentsDN, "guid": paymentsGUID, "project_id": "4711"}
	const gains = "WARNING: Applying this changes who has a role on project Payments: "
	resolve := acctest.Arguments{"resolve_identities": acctest.Bool(true)}
	for name, row := range map[string]struct {
		more     acctest.Arguments
		want     map[string]string
		diags    []string
		replaces string
		reads    int
	}{
		"nothing": {
			nil, with2(names, map[string]string{"trustees": listed(kim), "names": "null"}), nil, "", 0,
		},
		"another spelling": {
			acctest.Arguments{"trustees": acctest.StringSet(respelled(kim))},
			map[string]string{"trustees": listed(kim)},
			nil, "", 0,
		},
		"another name": {
			acctest.Arguments{"dn": tftypes.NewValue(tftypes.String, nil), "project_id": acctest.Number(4711)},
			names,
			nil, "", 0,
		},
		"resolved": {resolve, map[string]string{"names": "{" + kim + ": kim}", "trustees": listed(kim)}, nil, "", 0},
		"unknown whether": {
			acctest.Arguments{"resolve_identities": process(t, env).Unknown(roleType, "resolve_identities")},
			map[string]string{"names": "unknown"},
			nil, "", 0,
		},
		"more": {
			acctest.Arguments{"trustees": acctest.StringSet(kim, lea)},
			with2(names, map[string]string{"names": "null"}),
			[]string{gains + "Use: gained by lea (" + lea + ")."},
			"", 1,
		},
		"more, resolved": {
			with(resolve, acctest.Arguments{"trustees": acctest.StringSet(lea)}),
			map[string]string{"names": "{" + lea + ": lea}"},
			[]string{gains + "Use: gained by lea (" + lea + "); lost by kim (" + kim + ")."},
			"", 1,
		},
		"fewer": {
			acctest.Arguments{"trustees": acctest.StringSet()},
			map[string]string{"trustees": "[]"},
			[]string{gains + "Use: lost by " + kim + "."},
			"", 1,
		},
		"unknown trustees": {
			acctest.Arguments{"trustees": process(t, env).Unknown(roleType, "trustees")},
			with2(names, map[string]string{"names": "null"}), nil, "", 0,
		},
		"unknown trustees to resolve": {
			with(resolve, acctest.Arguments{"trustees": acctest.Set(acctest.String(kim), acctest.UnknownString())}),
			map[string]string{"names": "unknown"},
			nil, "", 0,
		},
		"another role": {
			acctest.Arguments{"role": acctest.String("Audit")}, map[string]string{"role": "Audit"}, nil, "role", 0,
		},
		"another project": {
			acctest.Arguments{"dn": acctest.String(projectsDN + "Other")}, nil, nil, "dn", 1,
		},
		"an unknown name": {
			acctest.Arguments{"dn": acctest.UnknownString()}, map[string]string{"dn": "unknown"}, nil, "", 0,
		},
		"names of two projects": {
			acctest.Arguments{"guid": acctest.String(paymentsGUID), "project_id": acctest.Number(4712)},
			nil,
			[]string{"ERROR: Names of different projects: … [project_id]"},
			"", 0,
		},
		"names of two projects, GUID": {
			acctest.Arguments{"guid": acctest.String(bareGUID[:31] + "1"), "project_id": acctest.Number(4711)},
			nil,
			[]string{"ERROR: Names of different projects: … [guid]"},
			"", 0,
		},
		"missing project": {
			acctest.Arguments{"dn": acctest.String(rocketDN)},
			nil,
			[]string{"ERROR: Unable to read project Rocket: … [dn]"},
			"", 2,
		},
	} {
		state := importAndRead(t, env, roleType, paymentsGUID+"/Use")
		p := process(t, env)
		if row.replaces == "dn" {
			_, _ = p.Refresh(state)
		}
		env.Server.ResetLog()
		planned := p.Plan(roleType, with(roleOf(env, "Use", "kim"), row.more), state)
		wantDiags(t, name, planned.Diags, row.diags...)
		wantValues(t, name, planned.Values, row.want)
		if got := strings.Join(planned.Replaces, " "); got != row.replaces {
			t.Errorf("%s: replaces because of %q, want %q", name, got, row.replaces)
		}
		if got := env.Server.Count(enumeratePath) + env.Server.Count(readPath); got > row.reads {
			t.Errorf("%s: got %d reads of projects, want %d", name, got, row.reads)
		}
	}
}

// A plan finds a project that another person changed or deleted after the refresh.
func TestRole_PlanOfChangedProject(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		change func(*acctest.Env)
		role   []string
		member []string
	}{
		"deleted": {
			func(env *acctest.Env) { env.Server.RemoveProject(paymentsDN) },
			[]string{"ERROR: Unable to read project Payments: … no longer exists … [dn]"},
			[]string{"ERROR: Unable to read project Payments: … [dn]"},
		},
		"queued for deletion": {
			func(env *acctest.Env) { env.Server.SetProjectStatus(paymentsDN, "Deleted") },
			[]string{"ERROR: Unable to change project Payments: Project Payments is queued … [dn]"},
			[]string{"ERROR: Unable to change project Payments: Project Payments is queued … [dn]"},
		},
		"submitted": {
			func(env *acctest.Env) { env.Server.SetProjectStatus(paymentsDN, "Pending") },
			[]string{
				"WARNING: Project Payments waits for its approval: … its settings already … [role]",
				"WARNING: Applying this changes who has a role",
			},
			[]string{"WARNING: Project Payments waits for its approval: … [role]"},
		},
		"changed in the same way": {
			func(env *acctest.Env) { addHolder(env, "Use", "lea")() }, nil, nil,
		},
		"changed otherwise": {
			func(env *acctest.Env) { addHolder(env, "Use", "max")() },
			[]string{"WARNING: Applying this changes who has a role on project Payments: … gained by lea … lost by "},
			nil,
		},
	} {
		env := serve(t, roleWorld())
		state := importAndRead(t, env, roleType, paymentsGUID+"/Use")
		row.change(env)
		wantDiags(t, name+": role", process(t, env).Plan(roleType, roleOf(env, "Use", "kim", "lea"), state).Diags,
			row.role...)
		wantDiags(t, name+": member", process(t, env).Plan(memberType, memberOf(env, "Use", "lea"), nil).Diags,
			row.member...)
	}
}

// The project that the state names was renamed or replaced by another one with its name.
func TestRole_PlanOfRenamedProject(t *testing.T) {
	t.Parallel()
	launcher := projectsDN + "Launcher"
	env := serve(t, roleWorld())
	state, _ := applyAll(t, env, roleType, roleOf(env, "Use", "kim"), nil)
	env.Server.RenameProject(paymentsDN, launcher)
	p := process(t, env)
	state, diagnostics := p.Refresh(state)
	wantDiags(t, "read", diagnostics)
	wantValues(t, "read", state.Values, map[string]string{"dn": launcher})
	planned := p.Plan(roleType, roleOf(env, "Use", "kim"), state)
	wantDiags(t, "the old name", planned.Diags, "WARNING: The project was renamed on the server: The project "+
		paymentsDN+" is now named "+launcher+". … [dn]")
	wantValues(
		t,
		"the old name",
		planned.Values,
		map[string]string{"dn": launcher, "trustees": state.Values.Text("trustees")},
	)
	wantEmptyPlan(t, "the new name", env, roleType, with(roleOf(env, "Use", "kim"), named(launcher)), state)

	env.Server.AddProject(simulator.Project{Name: "Payments", ID: 5000, Status: "Enabled", KeyUsers: []string{"kim"}})
	p = process(t, env)
	state, _ = p.Refresh(state)
	planned = p.Plan(roleType, roleOf(env, "Use", "kim"), state)
	wantDiags(t, "another project with the old name", planned.Diags)
	if got := strings.Join(planned.Replaces, " "); got != "dn" {
		t.Errorf("replaces because of %q", got)
	}
	late := process(t, env).Plan(roleType, roleOf(env, "Use", "kim"), state) // as in an apply: without a refresh
	wantDiags(t, "without a refresh", late.Diags, "WARNING: The name addresses another project: The resource manages "+
		launcher+" (GUID "+paymentsGUID+"), and the configuration names "+paymentsDN+" … [dn]")
}
