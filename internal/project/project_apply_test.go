package project_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func teamField(values ...string) tftypes.Value {
	return fields(map[string]tftypes.Value{"Team": acctest.StringList(values...)})
}

// A create sends what is configured, shows all of the project, and keeps what the next plans need.
func TestProject_CreateValues(t *testing.T) {
	t.Parallel()
	w := settingsWorld()
	w.Settings.CustomFieldSpelling = "upper"
	env := serve(t, w)
	adam, kim := env.Server.Trustee("adam"), env.Server.Trustee("kim")
	arguments := with(named(rocketDN), acctest.Arguments{
		"description": acctest.String("Rockets"), "key_users": acctest.StringSet(kim),
		"resolve_identities": acctest.Bool(true), "custom_fields": teamField("Blue"),
	})
	created, diagnostics := applyAll(t, env, projectType, arguments, nil)
	wantDiags(t, "create", diagnostics)
	want := map[string]string{
		"dn": rocketDN, "name": "Rocket", "description": "Rockets", "owners": listed(adam), "auditors": "[]",
		"key_users": listed(kim), "applications": "[]", "custom_fields": "{Team: [Blue]}",
		"names": "{" + strings.Join(sortedPairs(adam, "adam", kim, "kim"), ", ") + "}",
	}
	wantValues(t, "create", created.Values, want)
	for _, computed := range []string{"guid", "project_id", "created"} {
		if text := created.Values.Text(computed); text == "null" || text == "unknown" {
			t.Errorf("%s is %s", computed, text)
		}
	}
	guid := strings.Trim(created.Values.Text("guid"), "{}")
	if got := created.Identity.Text("guid"); got != guid {
		t.Errorf("the identity is %s, want %s", got, guid)
	}
	private := created.Private
	wantPrivate(t, "create", private, "custom_fields")
	if got := private["custom_fields"]; got != `{"Team":{"sent":["Blue"],"shown":["BLUE"]}}` {
		t.Errorf("the private state has %s", got)
	}
	read, diagnostics := process(t, env).Refresh(created)
	wantDiags(t, "read", diagnostics)
	wantEmptyPlan(t, "after the create", env, projectType, arguments, read)
	env.Server.EditProject(rocketDN, simulator.ProjectEdit{
		CustomFields: map[string][]string{"Team": {"RED"}}, KeyUsers: simulator.ListEdit{Add: []string{"lea"}},
	})
	read, diagnostics = process(t, env).Refresh(read)
	wantDiags(t, "drift", diagnostics)
	lea := env.Server.Trustee("lea")
	wantValues(t, "drift", read.Values, map[string]string{
		"custom_fields": "{Team: [RED]}",
		"names":         "{" + strings.Join(sortedPairs(adam, "adam", kim, "kim", lea, "lea"), ", ") + "}",
	})
	repaired, _ := applyAll(t, env, projectType, arguments, read)
	wantValues(t, "repair", repaired.Values, want)
}

// What an update does not send keeps its record: the server shows custom fields in its own spelling.
func TestProject_UpdateKeepsSentFields(t *testing.T) {
	t.Parallel()
	w := settingsWorld()
	w.Settings.CustomFieldSpelling = "upper"
	env := serve(t, w)
	arguments := with(named(paymentsDN), acctest.Arguments{"custom_fields": fields(map[string]tftypes.Value{
		"Team": acctest.StringList("Red"), "Cost Centre": acctest.StringList("4711"),
	})})
	state := importAndRead(t, env, projectType, paymentsGUID)
	state, _ = applyAll(t, env, projectType, arguments, state)
	const record = `"Team":{"sent":["Red"],"shown":["RED"]}`
	if got := state.Private["custom_fields"]; !strings.Contains(got, record) || !strings.Contains(got, "4711") {
		t.Errorf("the private state has %s", got)
	}
	arguments["description"] = acctest.String("New")
	arguments["custom_fields"] = fields(map[string]tftypes.Value{
		"Team": acctest.StringList("Red"), "Cost Centre": acctest.StringList("4712"),
	})
	state, _ = applyAll(t, env, projectType, arguments, state)
	if got := state.Private["custom_fields"]; !strings.Contains(got, record) || !strings.Contains(got, "4712") {
		t.Errorf("the private state has %s", got)
	}
	read, _ := process(t, env).Refresh(state)
	wantEmptyPlan(t, "after the updates", env, projectType, arguments, read)
	checkCount(t, env, updatePath, 2)
}

// A configuration that no longer has a custom field leaves it as it is. The apply reads the project for
// the values that the plan left open, and sends nothing.
func TestProject_UpdateThatSendsNothing(t *testing.T) {
	t.Parallel()
	env := serve(t, settingsWorld())
	imported := importAndRead(t, env, projectType, paymentsGUID)
	one := with(named(paymentsDN), acctest.Arguments{"custom_fields": teamField("Blue")})
	two := with(named(paymentsDN), acctest.Arguments{"custom_fields": fields(map[string]tftypes.Value{
		"Team": acctest.StringList("Blue"), "Cost Centre": acctest.StringList("4711"),
	})})
	state, _ := applyAll(t, env, projectType, two, imported)
	checkCount(t, env, updatePath, 0) // the project has these values
	planned := process(t, env).Plan(projectType, one, state)
	wantDiags(t, "plan", planned.Diags)
	wantValues(t, "plan", planned.Values, map[string]string{"owners": "unknown", "description": "unknown"})
	env.Server.EditProject(paymentsDN, simulator.ProjectEdit{Auditors: simulator.ListEdit{Add: []string{"lea"}}})
	applied, diagnostics := process(t, env).Apply(planned)
	wantDiags(t, "apply", diagnostics)
	wantValues(
		t,
		"apply",
		applied.Values,
		map[string]string{"description": "Terminals", "custom_fields": "{Team: [Blue]}"},
	)
	if got := applied.Values.Text("auditors"); !strings.Contains(got, env.Server.Trustee("lea")) {
		t.Errorf("auditors are %s", got)
	}
	checkCount(t, env, updatePath, 0)
	env.Server.RemoveProject(paymentsDN)
	kept, diagnostics := process(t, env).Apply(planned)
	wantDiags(t, "missing", diagnostics, "ERROR: Unable to read project Payments: … no longer exists … [dn]")
	wantValues(t, "missing", kept.Values, map[string]string{"owners": state.Values.Text("owners")})
}

// Arguments of the resource itself change without a request.
func TestProject_UpdateOwnArguments(t *testing.T) {
	t.Parallel()
	env := serve(t, settingsWorld())
	state := importAndRead(t, env, projectType, paymentsGUID)
	env.Server.ResetLog()
	state, diagnostics := applyAll(t, env, projectType, with(named(paymentsDN), acctest.Arguments{
		"deletion_protection": acctest.Bool(false), "force_destroy": acctest.Bool(true), "timeouts": within("5m"),
	}), state)
	wantDiags(t, "apply", diagnostics)
	wantValues(t, "apply", state.Values, map[string]string{"deletion_protection": "false", "force_destroy": "true"})
	checkNoRequests(t, env)
	if got := state.Identity.Text("guid"); got != strings.Trim(paymentsGUID, "{}") {
		t.Errorf("the identity is %s", got)
	}
}

// A new name and new settings are one plan. If the second request fails, the state has the new name and
// the old settings, and the next plan shows the rest.
func TestProject_RenameThenUpdate(t *testing.T) {
	t.Parallel()
	env := serve(t, settingsWorld())
	launcher := projectsDN + "Launcher"
	arguments := with(named(launcher), acctest.Arguments{"description": acctest.String("New")})
	state := importAndRead(t, env, projectType, paymentsGUID)
	planned := process(t, env).Plan(projectType, arguments, state)
	wantDiags(t, "plan", planned.Diags, "WARNING: Applying this renames project Payments: … gets the name "+
		launcher+" … [dn]")
	wantValues(t, "plan", planned.Values, map[string]string{"dn": launcher, "name": "Launcher", "guid": paymentsGUID})
	failUpdates(env, simulator.Failure{Result: 4, Count: 1})
	state, diagnostics := process(t, env).Apply(planned)
	wantDiags(t, "apply", diagnostics, "ERROR: Unable to update project Payments: … UpdateFailure (4) … [description]")
	wantValues(t, "apply", state.Values, map[string]string{
		"dn": launcher, "name": "Launcher", "description": "Terminals", "custom_fields": "null",
	})
	state, diagnostics = applyAll(t, env, projectType, arguments, state)
	wantDiags(t, "second apply", diagnostics)
	wantValues(t, "second apply", state.Values, map[string]string{"dn": launcher, "description": "New"})
	if err := requests(env, map[string]int{renamePath: 1, updatePath: 2})(nil); err != nil {
		t.Error(err)
	}
	state, diagnostics = applyAll(t, env, projectType, with(arguments, named(paymentsDN)), state)
	wantDiags(t, "renamed back", diagnostics, "WARNING: Applying this renames project Launcher")
	wantValues(t, "renamed back", state.Values, map[string]string{"dn": paymentsDN, "name": "Payments"})
	checkCount(t, env, updatePath, 2)
}

// What fails between a plan and its apply leaves the state as the project is.
func TestProject_UpdateFails(t *testing.T) {
	t.Parallel()
	launcher := projectsDN + "Launcher"
	for name, row := range map[string]struct {
		arguments acctest.Arguments
		meanwhile func(*acctest.Env)
		want      string
		state     map[string]string
	}{
		"rename, deleted": {
			named(launcher), func(env *acctest.Env) { env.Server.RemoveProject(paymentsDN) },
			"ERROR: Unable to rename project Payments: … no longer exists … [dn]",
			map[string]string{"dn": paymentsDN, "name": "Payments"},
		},
		"rename, taken": {
			named(launcher), func(env *acctest.Env) { env.Server.AddProject(simulator.Project{Name: "Launcher"}) },
			"ERROR: Unable to rename project Payments: … [dn]",
			map[string]string{"dn": paymentsDN, "name": "Payments"},
		},
		"update, deleted": {
			with(named(paymentsDN), acctest.Arguments{"description": acctest.String("New")}),
			func(env *acctest.Env) { env.Server.RemoveProject(paymentsDN) },
			"ERROR: Unable to update project Payments: … no longer exists … [dn]",
			map[string]string{"description": "Terminals", "deletion_protection": "true"},
		},
		"update, refused": {
			with(named(paymentsDN), acctest.Arguments{"description": acctest.String("New")}),
			func(env *acctest.Env) {
				failUpdates(env, simulator.Failure{Result: 2})
				env.Server.EditProject(paymentsDN, simulator.ProjectEdit{
					KeyUsers: simulator.ListEdit{Remove: []string{"kim"}},
				})
			},
			"ERROR: Unable to update project Payments: … InsufficientPermission (2)",
			map[string]string{"description": "Terminals", "key_users": "[]"},
		},
		"update, of two settings": {
			with(named(paymentsDN), acctest.Arguments{
				"description": acctest.String("New"), "key_users": acctest.StringSet(),
			}),
			func(env *acctest.Env) { failUpdates(env, simulator.Failure{Result: 4}) },
			"ERROR: Unable to update project Payments: … UpdateFailure (4)",
			map[string]string{"description": "Terminals"},
		},
	} {
		env := serve(t, settingsWorld())
		planned := process(t, env).Plan(projectType, row.arguments, importAndRead(t, env, projectType, paymentsGUID))
		row.meanwhile(env)
		state, diagnostics := process(t, env).Apply(planned)
		wantDiags(t, name, diagnostics, row.want)
		wantValues(t, name, state.Values, row.state)
		wantPrivate(t, name, state.Private)
		if name == "update, of two settings" && strings.HasSuffix(diagnostics[0], "]") {
			t.Errorf("%s: got %s, want no attribute", name, diagnostics[0])
		}
	}
}

// An update that waits for an approval is remembered, and is not sent again.
func TestProject_UpdatePending(t *testing.T) {
	t.Parallel()
	w := settingsWorld()
	w.Settings.UpdateFlow = simulator.FlowMode{Decision: "wait"}
	env := serve(t, w)
	arguments := with(named(paymentsDN), acctest.Arguments{
		"description": acctest.String("New"), "timeouts": within("1s"),
	})
	state := importAndRead(t, env, projectType, paymentsGUID)
	state, diagnostics := process(t, env).Apply(process(t, env).Plan(projectType, arguments, state))
	wantDiags(t, "apply", diagnostics, "ERROR: Unable to update project Payments: … Timed out")
	wantValues(t, "apply", state.Values, map[string]string{"description": "Terminals"})
	wantPrivate(t, "apply", state.Private, "pending_change")
	const waits = "WARNING: The update of project Payments waits for an approval: … does not send it again"
	wantDiags(t, "the same", process(t, env).Plan(projectType, arguments, state).Diags, waits)
	other := with(arguments, acctest.Arguments{"description": acctest.String("Another")})
	wantDiags(t, "another value", process(t, env).Plan(projectType, other, state).Diags)
	// the name changes, and the update still waits
	renamed := with(arguments, named(projectsDN+"Launcher"))
	wantDiags(
		t,
		"renamed",
		process(t, env).Plan(projectType, renamed, state).Diags,
		"WARNING: Applying this renames",
		waits,
	)
	state, diagnostics = process(t, env).Apply(process(t, env).Plan(projectType, arguments, state))
	wantDiags(t, "second apply", diagnostics, "ERROR: Unable to update project Payments: … Timed out")
	wantPrivate(t, "second apply", state.Private, "pending_change")
	checkCount(t, env, updatePath, 1)
	if err := env.Server.ApproveFlow(paymentsDN, "ada"); err != nil {
		t.Fatal(err)
	}
	state, _ = applyAll(t, env, projectType, arguments, state)
	wantValues(t, "approved", state.Values, map[string]string{"description": "New"})
	wantPrivate(t, "approved", state.Private, "custom_fields")
	checkCount(t, env, updatePath, 1)
}

// A project that waits for the approval of its submission may have been reviewed before a change.
func TestProject_PlanOfPendingProject(t *testing.T) {
	t.Parallel()
	w := settingsWorld()
	w.Projects[0].Status = "Pending"
	env := serve(t, w)
	state := importAndRead(t, env, projectType, paymentsGUID)
	wantDiags(t, "change", process(t, env).Plan(projectType, with(named(paymentsDN), acctest.Arguments{
		"description": acctest.String("New"),
	}), state).Diags, "WARNING: Project Payments waits for its approval: The project is Pending.")
	env.Server.EditProject(paymentsDN, simulator.ProjectEdit{Description: new("New")})
	wantDiags(t, "already made", process(t, env).Plan(projectType, with(named(paymentsDN), acctest.Arguments{
		"description": acctest.String("New"),
	}), state).Diags)
}
