package project_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// managedObject is a resource in the state, and its configuration.
type managedObject struct {
	typeName, id string
	arguments    acctest.Arguments
	named        string // the attribute of an error about the project
}

// managedObjects are those resources of Payments that can be imported.
func managedObjects(env *acctest.Env) []managedObject {
	return []managedObject{
		{projectType, paymentsGUID, named(paymentsDN), "dn"},
		{roleType, paymentsGUID + "/Use", roleOf(env, "Use", "kim"), "guid"},
		{memberType, paymentsGUID + "/Use/" + env.Server.Trustee("kim"), memberOf(env, "Use", "kim"), "guid"},
		{
			statusType,
			paymentsGUID,
			with(named(paymentsDN), acctest.Arguments{"status": acctest.String("Enabled")}),
			"guid",
		},
	}
}

// An import and a plan of the same configuration change nothing.
func TestResources_ImportThenPlan(t *testing.T) {
	t.Parallel()
	env := serve(t, settingsWorld())
	for _, object := range managedObjects(env) {
		state := importAndRead(t, env, object.typeName, object.id)
		again, diagnostics := process(t, env).Refresh(state.WithoutIdentity())
		wantDiags(t, object.typeName, diagnostics)
		for name, value := range state.Identity {
			if !again.Identity[name].Equal(value) {
				t.Errorf("%s: the identity is %v, want %v", object.typeName, again.Identity, state.Identity)
			}
		}
		same, diagnostics := process(t, env).ImportByIdentity(object.typeName, acctest.Arguments(state.Identity))
		wantDiags(t, object.typeName, diagnostics)
		same, _ = process(t, env).Refresh(same)
		for name, value := range state.Values {
			if !same.Values[name].Equal(value) && name != "guid" {
				t.Errorf("%s: imported by identity is %s = %s, want %s", object.typeName, name, same.Values.Text(name),
					acctest.Text(value))
			}
		}
		planned := process(t, env).Plan(object.typeName, object.arguments, state)
		wantDiags(t, object.typeName, planned.Diags)
		for name, value := range state.Values {
			defaults := name == "resolve_identities" || name == "timeouts" || name == "on_drift"
			if !planned.Values[name].Equal(value) && !defaults {
				t.Errorf("%s: %s changes from %s to %s", object.typeName, name, acctest.Text(value),
					planned.Values.Text(name))
			}
		}
	}
	checkCount(t, env, updatePath, 0)
}

// A project that no longer exists is removed from the state, and the plan that follows says so too. Every
// other failure keeps the state.
func TestResources_Read(t *testing.T) {
	t.Parallel()
	env := serve(t, settingsWorld())
	objects := managedObjects(env)
	states := map[string]*acctest.Object{}
	for _, object := range objects {
		states[object.typeName] = importAndRead(t, env, object.typeName, object.id)
	}
	env.Server.SetProjectStatus(paymentsDN, "Deleted")
	for _, object := range objects {
		read, diagnostics := process(t, env).Refresh(states[object.typeName])
		if object.typeName == projectType {
			wantDiags(t, "queued", diagnostics, "WARNING: Project Payments is queued for deletion: … [dn]")
		} else {
			wantDiags(t, "queued", diagnostics)
		}
		if read.Values == nil {
			t.Errorf("%s: the state is empty", object.typeName)
		}
	}
	restore := env.Server.Inject(simulator.Fault{Path: "Codesign/", Kind: simulator.Other500, Status: 400})
	for _, object := range objects {
		read, diagnostics := process(t, env).Refresh(states[object.typeName].WithoutIdentity())
		wantDiags(t, object.typeName, diagnostics, "ERROR: Unable to read project Payments")
		if read.Values == nil || read.Identity.Text("guid") != strings.Trim(paymentsGUID, "{}") {
			t.Errorf("%s: the state has %v, the identity is %v", object.typeName, read.Values, read.Identity)
		}
	}
	restore()
	env.Server.UpdateSettings(func(s *simulator.Settings) { s.EnumerateRefused = true })
	restore = hideProject(env)
	for _, object := range objects {
		read, diagnostics := process(t, env).Refresh(states[object.typeName])
		wantDiags(t, object.typeName, diagnostics, "ERROR: Unable to read project Payments: … ["+object.named+"]")
		if read.Values == nil {
			t.Errorf("%s: the state is empty", object.typeName)
		}
	}
	restore()
	env.Server.RemoveProject(paymentsDN)
	for _, object := range objects {
		p := process(t, env)
		read, diagnostics := p.Refresh(states[object.typeName])
		wantDiags(t, object.typeName, diagnostics, "WARNING: Project Payments was deleted: The server has no project "+
			paymentsDN+" (GUID "+paymentsGUID+"). The resource is removed from the state.")
		if read.Values != nil {
			t.Errorf("%s: the state has %v", object.typeName, read.Values)
		}
		planned := p.Plan(object.typeName, object.arguments, nil)
		if object.typeName == projectType {
			wantDiags(t, object.typeName, planned.Diags)
		} else {
			wantDiags(t, object.typeName, planned.Diags, "WARNING: The project no longer exists: The refresh found no "+
				"project "+paymentsDN+" … [dn]")
		}
	}
}

// While the provider is unknown, nothing is read, and a plan leaves open what it does not know.
func TestResources_UnknownProvider(t *testing.T) {
	t.Parallel()
	env := serve(t, settingsWorld())
	unknown := func() *acctest.Protocol {
		return env.ProtocolWith(t, acctest.Arguments{
			"url": acctest.UnknownString(), "access_token": acctest.String(env.Server.Token("adam", allScopes)),
		})
	}
	objects := managedObjects(env)
	for _, object := range objects {
		state := importAndRead(t, env, object.typeName, object.id)
		known := process(t, env).Plan(object.typeName, with(object.arguments, acctest.Arguments{
			"timeouts": within("5m"),
		}), state)
		destroy := process(t, env).PlanDestroy(state)
		env.Server.ResetLog()
		read, diagnostics := unknown().Refresh(state)
		wantDiags(t, object.typeName+": read", diagnostics)
		if read.Values.Text("guid") != paymentsGUID {
			t.Errorf("%s: the state has %v", object.typeName, read.Values)
		}
		created := unknown().Plan(object.typeName, object.arguments, nil)
		wantDiags(t, object.typeName+": create", created.Diags)
		wantValues(
			t,
			object.typeName+": create",
			created.Values,
			map[string]string{"guid": "unknown", "dn": paymentsDN},
		)
		updated := unknown().Plan(object.typeName, with(object.arguments, acctest.Arguments{
			"timeouts": within("5m"),
		}), state)
		wantDiags(t, object.typeName+": update", updated.Diags)
		wantValues(
			t,
			object.typeName+": update",
			updated.Values,
			map[string]string{"guid": paymentsGUID, "dn": paymentsDN},
		)
		changed := unknown().Plan(object.typeName, with(object.arguments, named(rocketDN)), state)
		wantDiags(t, object.typeName+": another name", changed.Diags)
		if object.typeName != projectType {
			wantDiags(t, object.typeName+": destroy", unknown().PlanDestroy(state).Diags)
		}
		_, diagnostics = unknown().Import(object.typeName, object.id)
		wantDiags(t, object.typeName+": import", diagnostics, "ERROR: The provider is not known yet")
		for _, planned := range []*acctest.Planned{created, known} {
			left, diagnostics := unknown().Apply(planned)
			wantDiags(t, object.typeName+": apply", diagnostics, "ERROR: The provider is not known yet")
			if (left.Values != nil) != (planned == known) {
				t.Errorf("%s: the state has %v", object.typeName, left.Values)
			}
		}
		left, diagnostics := unknown().Apply(destroy)
		if object.typeName == roleType || object.typeName == memberType {
			wantDiags(t, object.typeName+": destroy", diagnostics, "ERROR: The provider is not known yet")
			if left.Values == nil {
				t.Errorf("%s: the state is empty", object.typeName)
			}
		}
		checkNoRequests(t, env)
	}
	state := managed(t, env, policy("Delete"))
	planned := unknown().PlanDestroy(state)
	wantDiags(t, "destroy", planned.Diags)
	left, diagnostics := unknown().Apply(planned)
	wantDiags(t, "destroy", diagnostics, "ERROR: The provider is not known yet")
	if left.Values == nil {
		t.Error("the state is empty")
	}
	checkNoRequests(t, env)
}

// An import ID that names nothing is an error without a request. One of a project that does not exist is
// an error that names it.
func TestResources_ImportFails(t *testing.T) {
	t.Parallel()
	env := serve(t, settingsWorld())
	kim, lea := env.Server.Trustee("kim"), env.Server.Trustee("lea")
	const zeros, missing = "00000000-0000-0000-0000-000000000000", "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f1"
	guid := strings.Trim(paymentsGUID, "{}")
	for _, row := range []struct {
		typeName, id, want string
		sends              bool
	}{
		{projectType, " ", "ERROR: Invalid import ID: … the ID is empty", false},
		{
			projectType, "Payments",
			"ERROR: Invalid import ID: The import ID of a project is its DN, its GUID or its number", false,
		},
		{projectType, zeros, "ERROR: Invalid import ID: … the GUID is all zeros", false},
		{projectType, "0", "ERROR: Invalid import ID", false},
		{projectType, "1.5", "ERROR: Invalid import ID", false},
		{projectType, `VED\Code`, "ERROR: Invalid import ID", false},
		{projectType, missing, "ERROR: Unable to import project " + missing + ": … Check the name", true},
		{projectType, "4799", "ERROR: Unable to import project", true},
		{roleType, guid, `ERROR: Invalid import ID: The import ID of a role … "` + guid + `" has 1 of 2 parts`, false},
		{
			roleType, guid + "/Sign",
			`ERROR: Invalid import ID: … "Sign" is not a role of a project: the roles are Owner`, false,
		},
		{roleType, zeros + "/Sign", "ERROR: Invalid import ID: … all zeros; … is not a role", false},
		{roleType, missing + "/Use", "ERROR: Unable to import project " + missing, true},
		{memberType, guid + "/Use", `ERROR: Invalid import ID: The import ID of a member … has 2 of 3 parts`, false},
		{memberType, guid + "/Use/kim", "ERROR: Invalid import ID", false},
		{
			memberType, guid + "/Use/" + lea, "ERROR: Unable to import the role Use of project Payments: Trustee " +
				lea +
				" does not have the role Use of project " + paymentsDN + " … The role belongs to: " + kim, true,
		},
		{memberType, guid + "/ApproveUse/" + lea, "ERROR: Unable to import the role … The role has no trustees.", true},
	} {
		env.Server.ResetLog()
		object, diagnostics := process(t, env).Import(row.typeName, row.id)
		wantDiags(t, row.typeName+" "+row.id, diagnostics, row.want)
		if object != nil {
			t.Errorf("%s %s: the state has %v", row.typeName, row.id, object.Values)
		}
		if sends := len(env.Server.Requests()) > 0; sends != row.sends {
			t.Errorf("%s %s: sends requests: %t", row.typeName, row.id, sends)
		}
	}
	for typeName, identity := range map[string]acctest.Arguments{
		projectType: {"guid": acctest.String(zeros)},
		roleType:    {"guid": acctest.String(guid), "role": acctest.String("Sign")},
		memberType: {
			"guid": acctest.String(guid), "role": acctest.String("Use"), "trustee": tftypes.NewValue(tftypes.String,
				nil),
		},
	} {
		_, diagnostics := process(t, env).ImportByIdentity(typeName, identity)
		wantDiags(t, typeName, diagnostics, "ERROR: Invalid import ID")
	}
}
