package project_test

import (
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// stateOf is a role or a member in the state, applied by an earlier run.
func stateOf(t *testing.T, env *acctest.Env, typeName string, arguments acctest.Arguments) *acctest.Object {
	t.Helper()
	state, _ := applyAll(t, env, typeName, arguments, nil)
	env.Server.ResetLog()
	return state
}

// What an apply records, for the plans and the destroy that follow.
func TestRole_PrivateState(t *testing.T) {
	t.Parallel()
	env := serve(t, roleWorld())
	kim, lea := env.Server.Trustee("kim"), env.Server.Trustee("lea")
	arguments := roleOf(env, "Use", "kim")
	state := stateOf(t, env, roleType, arguments)
	wantPrivate(t, "create", state.Private, "configured_address", "configured_trustees")
	if got := state.Private["configured_trustees"]; got != `["`+kim+`"]` {
		t.Errorf("the private state has the trustees %s", got)
	}
	if got := state.Private["configured_address"]; !strings.Contains(got, `Payments"`) {
		t.Errorf("the private state has the name %s", got)
	}
	if got := state.Identity.Text("guid") + " " + state.Identity.Text("role"); got != strings.Trim(
		paymentsGUID,
		"{}",
	)+" Use" {
		t.Errorf("the identity is %s", got)
	}
	addHolder(env, "Use", "max")()
	state, diagnostics := process(t, env).Refresh(state)
	wantDiags(t, "read", diagnostics)
	arguments = with(roleOf(env, "Use", "kim", "lea"), acctest.Arguments{"timeouts": within("5m")})
	planned := process(t, env).Plan(roleType, arguments, state)
	wantPrivate(t, "plan", planned.Private, "configured_address", "configured_trustees", "planned_role")
	env.Server.ResetLog()
	state, diagnostics = process(t, env).Apply(planned)
	wantDiags(t, "apply", diagnostics)
	wantPrivate(t, "apply", state.Private, "configured_address", "configured_trustees")
	if got := state.Private["configured_trustees"]; !strings.Contains(got, kim) || !strings.Contains(got, lea) {
		t.Errorf("the private state has the trustees %s", got)
	}
	checkHolders(t, env, "Use", "kim", "lea")
	// by another name, the DN is no longer recorded
	byGUID := acctest.Arguments{
		"guid": acctest.String(paymentsGUID), "role": arguments["role"], "trustees": acctest.StringSet(kim),
	}
	state, _ = applyAll(t, env, roleType, byGUID, state)
	if got := state.Private["configured_address"]; got != "{}" {
		t.Errorf("the private state has the name %s", got)
	}
}

// A create that fails leaves nothing in the state. An update that fails leaves what the project has.
func TestRole_ApplyFails(t *testing.T) {
	t.Parallel()
	refuse := func(env *acctest.Env) { failUpdates(env, simulator.Failure{Result: 2}) }
	remove := func(env *acctest.Env) { env.Server.RemoveProject(paymentsDN) }
	for name, row := range map[string]struct {
		prior  string // a holder of the role in the state, "" for a create
		to     []string
		before func(*acctest.Env)
		want   string
		left   []string
	}{
		"create, refused": {
			"",
			[]string{"lea"},
			refuse,
			"ERROR: Unable to set the role Use of project Payments: … InsufficientPermission … [trustees]", nil,
		},
		"create, deleted": {
			"", []string{"lea"}, remove, "ERROR: Unable to set the role Use of project Payments: … [dn]", nil,
		},
		"update, refused": {
			"kim",
			[]string{"kim", "lea"},
			refuse,
			"ERROR: Unable to set the role Use of project Payments: … InsufficientPermission … [trustees]",
			[]string{"kim"},
		},
		"update, refused and changed": {
			"kim",
			[]string{"kim", "lea"},
			func(env *acctest.Env) { addHolder(env, "Use", "max")(); refuse(env) },
			"ERROR: Unable to set the role Use of project Payments: … InsufficientPermission",
			[]string{"kim", "max"},
		},
		"update, deleted": {
			"kim",
			[]string{"kim", "lea"},
			remove,
			"ERROR: Unable to set the role Use of project Payments: … no longer exists … [dn]",
			[]string{"kim"},
		},
	} {
		env := serve(t, roleWorld())
		var state *acctest.Object
		if row.prior != "" {
			state = stateOf(t, env, roleType, roleOf(env, "Use", row.prior))
		}
		planned := process(t, env).Plan(roleType, roleOf(env, "Use", row.to...), state)
		row.before(env)
		left, diagnostics := process(t, env).Apply(planned)
		wantDiags(t, name, diagnostics, row.want)
		if row.left == nil {
			if left.Values != nil {
				t.Errorf("%s: the state has %v", name, left.Values)
			}
			continue
		}
		got := left.Values.Text("trustees")
		if want := acctest.Text(acctest.StringSet(trustees(env, row.left...)...)); got != want {
			t.Errorf("%s: the state has %s, want %s", name, got, want)
		}
		wantPrivate(t, name, left.Private, "configured_address", "configured_trustees")
	}
}

// An update that waits for an approval is recorded until it is applied.
func TestRole_PendingUpdate(t *testing.T) {
	t.Parallel()
	env := serve(t, roleWorld())
	short := acctest.Arguments{"timeouts": within("1s")}
	state := stateOf(t, env, roleType, with(roleOf(env, "Use", "kim"), short))
	holdUpdates(env)()
	arguments := with(roleOf(env, "Use", "kim", "lea"), short)
	for range 2 {
		planned := process(t, env).Plan(roleType, arguments, state)
		var diagnostics []string
		state, diagnostics = process(t, env).Apply(planned)
		wantDiags(t, "apply", diagnostics, "ERROR: Unable to set the role Use of project Payments: … Timed out")
		wantPrivate(t, "apply", state.Private, "configured_address", "configured_trustees", "pending_change")
		checkCount(t, env, updatePath, 1)
	}
	env.ExpectRemarks() // another change, which waits as well
	planned := process(t, env).PlanDestroy(state)
	state, diagnostics := process(t, env).Apply(planned)
	wantDiags(t, "destroy", diagnostics, "ERROR: Unable to revoke the role Use on project Payments: … Timed out … "+
		"The resource stays in the state")
	if state.Values == nil {
		t.Fatal("the state is empty")
	}
}

// A destroy takes the role from the trustees that were configured, and from no others.
func TestRole_Destroy(t *testing.T) {
	t.Parallel()
	const last = "WARNING: The last owner of project Payments keeps the role: A project needs an owner, so "
	for name, row := range map[string]struct {
		role       string
		configured []string
		before     func(*acctest.Env)
		want       string
		updates    int
		holders    []string
	}{
		"configured": {"Use", []string{"kim", "lea"}, nil, "", 1, nil},
		"others stay": {
			"Use", []string{"kim"}, func(env *acctest.Env) { addHolder(env, "Use", "max")() }, "", 1, []string{"max"},
		},
		"no trustee": {"ApproveUse", nil, nil, "", 0, nil},
		"taken away": {
			"Use", []string{"kim"}, func(env *acctest.Env) { removeHolder(env, "Use", "kim")() }, "", 0, nil,
		},
		"last owner": {"Owner", []string{"olga"}, nil, last, 0, []string{"olga"}},
		"all owners": {"Owner", []string{"olga", "lea"}, nil, last, 1, []string{"olga"}},
		"deleted": {
			"Use", []string{"kim"}, func(env *acctest.Env) { env.Server.RemoveProject(paymentsDN) }, "", 0, nil,
		},
		"queued": {
			"Use",
			[]string{"kim"},
			func(env *acctest.Env) { env.Server.SetProjectStatus(paymentsDN, "Deleted") },
			"WARNING: Project Payments is queued for deletion: Its roles are unchanged.", 0,
			[]string{"kim"},
		},
		"refused": {
			"Use",
			[]string{"kim"},
			func(env *acctest.Env) { failUpdates(env, simulator.Failure{Result: 2}) },
			"ERROR: Unable to revoke the role Use on project Payments: … InsufficientPermission", 1,
			[]string{"kim"},
		},
	} {
		env := serve(t, roleWorld())
		state := stateOf(t, env, roleType, roleOf(env, row.role, row.configured...))
		if row.before != nil {
			row.before(env)
		}
		if name == "others stay" { // a refresh shows them
			state, _ = process(t, env).Refresh(state)
		}
		planned := process(t, env).PlanDestroy(state)
		wantDiags(t, name+": plan", planned.Diags)
		left, diagnostics := process(t, env).Apply(planned)
		var want []string
		if row.want != "" {
			want = []string{row.want}
		}
		wantDiags(t, name, diagnostics, want...)
		if kept := strings.HasPrefix(row.want, "ERROR"); (left.Values != nil) != kept {
			t.Errorf("%s: stays in the state: %t", name, left.Values != nil)
		}
		checkCount(t, env, updatePath, row.updates)
		if p, found := env.Server.Project(paymentsDN); found && len(p.Owners)+len(p.KeyUsers) > 0 {
			checkHolders(t, env, row.role, row.holders...)
		}
	}
}

// A destroy leaves alone what another resource of the run gives.
func TestRole_DestroyKeepsClaimed(t *testing.T) {
	t.Parallel()
	env := serve(t, roleWorld())
	state := stateOf(t, env, roleType, roleOf(env, "Use", "kim", "lea"))
	p := process(t, env)
	planned := p.Plan(memberType, memberOf(env, "Use", "kim"), nil)
	destroy := p.PlanDestroy(state)
	later := process(t, env)
	_, diagnostics := later.Apply(planned)
	wantDiags(t, "create", diagnostics)
	_, diagnostics = later.Apply(destroy)
	wantDiags(t, "destroy", diagnostics, "WARNING: Trustees of a destroyed resource keep the role Use on project "+
		"Payments: Another resource of this run gives them the role: "+env.Server.Trustee("kim")+".")
	checkHolders(t, env, "Use", "kim")
}

// A replacement is planned as an update and as a create. It is one resource for other plans, and its
// destroy keeps the trustees that the new object has.
func TestRole_Replacement(t *testing.T) {
	t.Parallel()
	env := serve(t, roleWorld())
	for name, row := range map[string]struct {
		typeName   string
		arguments  acctest.Arguments
		other      acctest.Arguments // another object of the role, which conflicts
		role       string
		kept, lost []string
	}{
		"role": {
			roleType, roleOf(env, "Use", "kim", "lea"), roleOf(env, "Use", "max"), "Use", []string{"kim", "lea"}, nil,
		},
		"member": {
			memberType, memberOf(env, "ApproveUse", "max"), roleOf(env, "ApproveUse", "kim"), "ApproveUse",
			[]string{"max"},
			nil,
		},
	} {
		state := stateOf(t, env, row.typeName, row.arguments)
		p := process(t, env)
		first := p.Plan(row.typeName, row.arguments, state)
		wantDiags(t, name+": first plan", first.Diags)
		second := p.Replacement(first)
		wantDiags(t, name+": second plan", second.Diags)
		conflict := p.Plan(roleType, row.other, nil)
		if text := strings.Join(conflict.Diags, "\n"); !strings.Contains(text, "Two resources manage the role") {
			t.Errorf("%s: got %s", name, text)
		}
		env.Server.ResetLog()
		left, diagnostics := process(t, env).ApplyDestroy(first, second)
		wantDiags(t, name+": destroy", diagnostics)
		if left.Values != nil {
			t.Errorf("%s: the state has %v", name, left.Values)
		}
		checkNoRequests(t, env) // the new object has all of them
		created, diagnostics := process(t, env).Apply(second)
		wantDiags(t, name+": create", diagnostics)
		checkHolders(t, env, row.role, row.kept...)
		wantPrivate(t, name, created.Private, "configured_address", "configured_trustees")
	}
	state := stateOf(t, env, roleType, roleOf(env, "Use", "kim", "lea"))
	p := process(t, env)
	first := p.Plan(roleType, roleOf(env, "Audit", "kim", "max"), state)
	if got := strings.Join(first.Replaces, " "); got != "role" {
		t.Errorf("replaces because of %q", got)
	}
	second := p.Replacement(first)
	wantDiags(t, "another role", second.Diags,
		"WARNING: Applying this changes who has a role on project Payments: Audit: gained by kim")
	_, diagnostics := process(t, env).ApplyDestroy(first, second)
	wantDiags(t, "destroy", diagnostics)
	checkHolders(t, env, "Use")
}
