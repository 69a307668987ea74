package project_test

import (
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// Two members of one trustee are an error, also if both are in the state.
func TestRoleMember_PlanConflict(t *testing.T) {
	t.Parallel()
	env := serve(t, roleWorld())
	state := stateOf(t, env, memberType, memberOf(env, "Use", "kim"))
	byGUID := with(memberOf(env, "Use", "kim"), acctest.Arguments{"guid": acctest.String(paymentsGUID)})
	delete(byGUID, "dn")
	p := process(t, env)
	wantDiags(t, "first", p.Plan(memberType, memberOf(env, "Use", "kim"), state).Diags)
	wantDiags(t, "second", p.Plan(memberType, byGUID, nil).Diags,
		"ERROR: Two resources manage the role Use of project Payments: … give the role to the same trustee … [trustee]")
}

// An owner that destroys its own membership loses its access, and nothing else is reported.
func TestRoleMember_DestroyOfOwnRole(t *testing.T) {
	t.Parallel()
	w := roleWorld()
	w.Projects[0].Owners = []string{"olga", "lea"}
	env := serve(t, w)
	olga := func() *acctest.Protocol { return env.Protocol(t, env.Server.Token("olga", allScopes)) }
	state := stateOf(t, env, memberType, memberOf(env, "Owner", "olga"))
	left, diagnostics := olga().Apply(olga().PlanDestroy(state))
	wantDiags(t, "destroy", diagnostics)
	if left.Values != nil {
		t.Errorf("the state has %v", left.Values)
	}
	checkHolders(t, env, "Owner", "lea")
}

// Names stay open while the provider is unknown. So does a status that changes.
func TestResources_UnknownProviderNames(t *testing.T) {
	t.Parallel()
	env := serve(t, roleWorld())
	unknown := func() *acctest.Protocol {
		return env.ProtocolWith(t, acctest.Arguments{
			"url": acctest.UnknownString(), "access_token": acctest.String(env.Server.Token("adam", allScopes)),
		})
	}
	resolve := acctest.Arguments{"resolve_identities": acctest.Bool(true)}
	role := unknown().Plan(roleType, with(roleOf(env, "Use", "kim"), resolve), nil)
	wantDiags(t, "role", role.Diags)
	wantValues(t, "role", role.Values, map[string]string{"names": "unknown"})
	member := unknown().Plan(memberType, with(memberOf(env, "Use", "kim"), resolve), nil)
	wantDiags(t, "member", member.Diags)
	wantValues(t, "member", member.Values, map[string]string{"name": "unknown", "active": "true"})
	state := importAndRead(t, env, statusType, paymentsGUID)
	status := unknown().Plan(statusType, statusOf("Disabled"), state)
	wantDiags(t, "status", status.Diags)
	wantValues(t, "status", status.Values, map[string]string{"current_status": "unknown", "guid": paymentsGUID})
}

// A list with an invalid right sends nothing.
func TestProjectLists_InvalidRight(t *testing.T) {
	t.Parallel()
	env := serve(t, roleWorld())
	for _, typeName := range []string{projectType, statusType, roleType, memberType} {
		found := process(t, env).List(typeName, acctest.Arguments{"rights": acctest.StringList("Sign")}, 10, true)
		if len(found) != 1 {
			t.Fatalf("%s: found %v", typeName, found)
		}
		wantDiags(t, typeName, found[0].Diags, "ERROR: Invalid right: … [rights]")
	}
	checkNoRequests(t, env)
}

// A project is imported by each of its names.
func TestResources_ImportByName(t *testing.T) {
	t.Parallel()
	env := serve(t, settingsWorld())
	for _, typeName := range []string{projectType, statusType} {
		for _, id := range []string{paymentsDN, "4711", bareGUID[:8] + "-4b5a-6978-8796-a5b4c3d2e1f0"} {
			state := importAndRead(t, env, typeName, id)
			wantValues(t, typeName+" "+id, state.Values, map[string]string{"dn": paymentsDN, "project_id": "4711"})
		}
	}
}

// A replacement whose destroy fails leaves its plan in the private state. A destroy afterwards takes the
// role from all trustees.
func TestRole_DestroyAfterFailedReplacement(t *testing.T) {
	t.Parallel()
	env := serve(t, roleWorld())
	state := stateOf(t, env, roleType, roleOf(env, "Use", "kim", "lea"))
	p := process(t, env)
	first := p.Plan(roleType, roleOf(env, "Use", "kim"), state)
	failUpdates(env, simulator.Failure{Result: 2, Count: 1})
	left, diagnostics := process(t, env).ApplyDestroy(first, p.Replacement(first))
	wantDiags(t, "replacement", diagnostics, "ERROR: Unable to revoke the role Use on project Payments")
	wantPrivate(t, "replacement", left.Private, "configured_address", "configured_trustees", "planned_role")
	p = process(t, env)
	destroy := p.PlanDestroy(left)
	wantPrivate(t, "destroy", destroy.Private, "configured_address", "configured_trustees")
	_, diagnostics = p.Apply(destroy)
	wantDiags(t, "destroy", diagnostics)
	checkHolders(t, env, "Use")
}
