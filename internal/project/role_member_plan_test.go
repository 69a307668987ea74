package project_test

import (
	"strings"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	tomorrow      = "2026-11-27T12:00:00Z"
	sameInstant   = "2026-11-27T13:00:00+01:00"
	afterTomorrow = "2026-11-28T12:00:00Z"
)

// at sets the clock of the providers that start afterwards.
func at(env *acctest.Env, instant string) {
	now, err := time.Parse(time.RFC3339, instant)
	if err != nil {
		panic(err)
	}
	env.Now = func() time.Time { return now }
}

func expires(arguments acctest.Arguments, instant string) acctest.Arguments {
	return with(arguments, acctest.Arguments{"expires": acctest.String(instant)})
}

// What the plan of an update shows of a member.
func TestRoleMember_PlanUpdate(t *testing.T) {
	t.Parallel()
	env := serve(t, roleWorld())
	at(env, "2026-11-26T12:00:00Z")
	kim := env.Server.Trustee("kim")
	base := expires(memberOf(env, "Use", "kim"), tomorrow)
	state := stateOf(t, env, memberType, base)
	unknown := func(attribute string) acctest.Arguments {
		return with(base, acctest.Arguments{attribute: process(t, env).Unknown(memberType, attribute)})
	}
	resolved := with(base, acctest.Arguments{"resolve_identities": acctest.Bool(true)})
	kept := map[string]string{"active": "true", "expires": tomorrow, "trustee": kim, "guid": paymentsGUID}
	for name, row := range map[string]struct {
		arguments acctest.Arguments
		want      map[string]string
		replaces  string
		reads     int
	}{
		"nothing": {base, with2(kept, map[string]string{"name": "null"}), "", 0},
		"another spelling": {
			with(expires(base, sameInstant), acctest.Arguments{"trustee": acctest.String(respelled(kim))}), kept, "", 0,
		},
		"later": {
			expires(base, afterTomorrow), with2(kept, map[string]string{"expires": afterTomorrow}), "", 0,
		},
		"no end":          {memberOf(env, "Use", "kim"), with2(kept, map[string]string{"expires": "null"}), "", 0},
		"over":            {expires(base, "2026-11-26T12:00:00Z"), map[string]string{"active": "false"}, "", 1},
		"not over":        {expires(base, "2026-11-26T12:00:01Z"), map[string]string{"active": "true"}, "", 0},
		"resolved":        {resolved, with2(kept, map[string]string{"name": "kim"}), "", 0},
		"unknown end":     {unknown("expires"), map[string]string{"active": "unknown", "expires": "unknown"}, "", 0},
		"unknown trustee": {unknown("trustee"), map[string]string{"trustee": "unknown"}, "trustee", 0},
		"unknown whether": {unknown("resolve_identities"), map[string]string{"name": "unknown"}, "", 0},
		"another trustee": {
			memberOf(env, "Use", "lea"), map[string]string{"trustee": env.Server.Trustee("lea")}, "trustee", 0,
		},
		"another role":      {memberOf(env, "Audit", "kim"), map[string]string{"role": "Audit"}, "role", 0},
		"an unknown name":   {unknown("dn"), map[string]string{"dn": "unknown"}, "", 0},
		"another project":   {with(base, named(projectsDN+"Other")), nil, "dn", 1},
		"a missing project": {with(base, named(rocketDN)), nil, "", 2},
	} {
		p := process(t, env)
		if row.replaces == "dn" {
			_, _ = p.Refresh(state)
		}
		env.Server.ResetLog()
		planned := p.Plan(memberType, row.arguments, state)
		if name == "a missing project" {
			wantDiags(t, name, planned.Diags, "ERROR: Unable to read project Rocket")
		} else {
			wantDiags(t, name, planned.Diags)
		}
		wantValues(t, name, planned.Values, row.want)
		if got := strings.Join(planned.Replaces, " "); got != row.replaces {
			t.Errorf("%s: replaces because of %q, want %q", name, got, row.replaces)
		}
		if got := env.Server.Count(enumeratePath) + env.Server.Count(readPath); got > row.reads {
			t.Errorf("%s: got %d reads of projects, want %d", name, got, row.reads)
		}
	}
}

// A role ends with the first apply after its end. It stays in the state, and is taken away again if
// another person gives it back.
func TestRoleMember_Expires(t *testing.T) {
	t.Parallel()
	env := serve(t, roleWorld())
	at(env, "2026-11-26T12:00:00Z")
	arguments := expires(memberOf(env, "Use", "kim"), tomorrow)
	state := stateOf(t, env, memberType, arguments)
	wantValues(t, "create", state.Values, map[string]string{"active": "true", "name": "null"})
	planned := process(t, env).Plan(memberType, with(arguments, acctest.Arguments{"timeouts": within("5m")}), state)
	at(env, afterTomorrow)
	left, diagnostics := process(t, env).Apply(planned)
	wantDiags(t, "ends before the apply", diagnostics, `ERROR: The role has expired: expires = "`+tomorrow+
		`" is not after the current time, `+afterTomorrow+` … [expires]`)
	wantValues(t, "ends before the apply", left.Values, map[string]string{"active": "true"})
	checkNoRequests(t, env)

	env.Server.UpdateSettings(func(s *simulator.Settings) { s.EnforceGroupRoles = true })
	for range 2 {
		var diagnostics []string
		state, diagnostics = process(t, env).Refresh(state)
		wantDiags(t, "read", diagnostics)
		wantValues(t, "read", state.Values, map[string]string{"active": "true"})
		planned := process(t, env).Plan(memberType, arguments, state)
		wantDiags(t, "plan", planned.Diags)
		wantValues(t, "plan", planned.Values, map[string]string{"active": "false", "name": "null"})
		state, diagnostics = process(t, env).Apply(planned)
		wantDiags(t, "apply", diagnostics)
		checkHolders(t, env, "Use")
		state, _ = process(t, env).Refresh(state)
		wantValues(t, "after the end", state.Values, map[string]string{"active": "false", "expires": tomorrow})
		wantEmptyPlan(t, "after the end", env, memberType, arguments, state)
		addHolder(env, "Use", "kim")()
	}
	removeHolder(env, "Use", "kim")()
	env.Server.UpdateSettings(func(s *simulator.Settings) { s.EnforceGroupRoles = false })
	planned = process(t, env).Plan(memberType, expires(arguments, "2026-12-24T00:00:00Z"), state)
	wantValues(t, "a later end", planned.Values, map[string]string{"active": "true"})
}

// A member that another person removes is planned again. A role that ended is not.
func TestRoleMember_RemovedElsewhere(t *testing.T) {
	t.Parallel()
	env := serve(t, roleWorld())
	at(env, "2026-11-26T12:00:00Z")
	state := stateOf(t, env, memberType, expires(memberOf(env, "Use", "kim"), tomorrow))
	removeHolder(env, "Use", "kim")()
	read, diagnostics := process(t, env).Refresh(state)
	wantDiags(t, "before the end", diagnostics)
	if read.Values != nil {
		t.Errorf("the state has %v", read.Values)
	}
	at(env, afterTomorrow)
	read, diagnostics = process(t, env).Refresh(state)
	wantDiags(t, "after the end", diagnostics)
	wantValues(t, "after the end", read.Values, map[string]string{"active": "false"})
}

// The name of a trustee in the state stays if it cannot be looked up.
func TestRoleMember_Name(t *testing.T) {
	t.Parallel()
	env := serve(t, roleWorld())
	arguments := with(memberOf(env, "Use", "kim"), acctest.Arguments{"resolve_identities": acctest.Bool(true)})
	state := stateOf(t, env, memberType, arguments)
	wantValues(t, "create", state.Values, map[string]string{"name": "kim"})
	env.Server.Inject(simulator.Fault{Path: "Identity/", Kind: simulator.InsufficientScope})
	read, diagnostics := process(t, env).Refresh(state)
	wantDiags(t, "read", diagnostics)
	wantValues(t, "read", read.Values, map[string]string{"name": "kim"})
	wantEmptyPlan(t, "plan", env, memberType, arguments, read)
	delete(arguments, "resolve_identities")
	planned := process(t, env).Plan(memberType, arguments, read)
	wantValues(t, "no longer resolved", planned.Values, map[string]string{"name": "null"})
	applied, _ := process(t, env).Apply(planned)
	wantValues(t, "no longer resolved", applied.Values, map[string]string{"name": "null"})
	planned = process(t, env).Plan(memberType, with(arguments, acctest.Arguments{
		"resolve_identities": acctest.Bool(true),
	}), applied)
	wantDiags(t, "lookup fails", planned.Diags)
	wantValues(t, "lookup fails", planned.Values, map[string]string{"name": "unknown"})
	applied, diagnostics = process(t, env).Apply(planned)
	wantDiags(t, "lookup fails", diagnostics)
	wantValues(t, "lookup fails", applied.Values, map[string]string{"name": "null"})
}

// A destroy takes the role from the trustee. The last owner cannot be removed.
func TestRoleMember_Destroy(t *testing.T) {
	t.Parallel()
	env := serve(t, roleWorld())
	state := stateOf(t, env, memberType, memberOf(env, "Use", "lea"))
	wantPrivate(t, "create", state.Private, "configured_address", "configured_trustees")
	p := process(t, env)
	left, diagnostics := p.Apply(p.PlanDestroy(state))
	wantDiags(t, "destroy", diagnostics)
	if left.Values != nil {
		t.Errorf("the state has %v", left.Values)
	}
	checkHolders(t, env, "Use", "kim")
	checkCount(t, env, updatePath, 1)

	owner := stateOf(t, env, memberType, memberOf(env, "Owner", "olga"))
	p = process(t, env)
	left, diagnostics = p.Apply(p.PlanDestroy(owner))
	wantDiags(
		t,
		"last owner",
		diagnostics,
		"ERROR: Unable to revoke the role Owner on project Payments: … without an owner",
	)
	wantValues(t, "last owner", left.Values, map[string]string{"active": "true"})
	checkHolders(t, env, "Owner", "olga")
	checkCount(t, env, updatePath, 0)
}
