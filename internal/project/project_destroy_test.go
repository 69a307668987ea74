package project_test

import (
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// policy are the arguments of a project that a destroy treats by a policy, without a protection.
func policy(of string) acctest.Arguments {
	return with(named(paymentsDN), acctest.Arguments{
		"deletion_protection": acctest.Bool(false), "deletion_policy": acctest.String(of), "timeouts": within("2s"),
	})
}

// managed is the project Payments in the state, with these arguments. No request is in the log.
func managed(t *testing.T, env *acctest.Env, arguments acctest.Arguments) *acctest.Object {
	t.Helper()
	object, _ := applyAll(t, env, projectType, arguments, importAndRead(t, env, projectType, paymentsGUID))
	env.Server.ResetLog()
	return object
}

// The plan of a destroy fails for what the destroy cannot do, and reads only what it needs for that.
func TestProject_PlanDestroy(t *testing.T) {
	t.Parallel()
	forced := with(policy("Delete"), acctest.Arguments{"force_destroy": acctest.Bool(true)})
	keys := `WARNING: Applying this deletes keys of project Payments: … ` + paymentsDN + `\Release, ` + paymentsDN +
		`\Test. … [force_destroy]`
	const flow = "WARNING: The flow Second look may ask for an approval of project deletions"
	for name, row := range map[string]struct {
		arguments acctest.Arguments
		scopes    string
		prepare   func(*acctest.Env)
		want      []string
		sends     bool
	}{
		"protected": {
			with(policy("Delete"), acctest.Arguments{"deletion_protection": acctest.Bool(true)}), allScopes, nil,
			[]string{"ERROR: The project is protected against deletion: … " + paymentsDN + " (GUID " + paymentsGUID +
				") … [deletion_protection]"},
			false,
		},
		"abandon": {policy("Abandon"), "codesign:manage", nil, nil, false},
		"disable": {policy("Disable"), "codesign:manage", nil, nil, false},
		"environments": {
			policy("Delete"), allScopes, nil,
			[]string{`ERROR: Unable to delete project Payments: … Release (Certificate) … [force_destroy]`},
			true,
		},
		"forced": {forced, allScopes, nil, []string{keys, flow}, true},
		"without environments": {policy("Delete"), allScopes, func(env *acctest.Env) {
			env.Server.RemoveProject(paymentsDN)
			env.Server.AddProject(simulator.Project{Name: "Payments", GUID: paymentsGUID, ID: 4711, Status: "Draft"})
		}, []string{flow}, true},
		"scope": {
			forced, "codesign:approve,manage;configuration", nil, []string{
				"ERROR: The token lacks the scope codesign:delete: … codesign:approve,manage" +
					" … [deletion_policy]", keys, flow,
			}, true,
		},
		"deleted elsewhere": {
			policy("Delete"), allScopes, func(env *acctest.Env) { env.Server.RemoveProject(paymentsDN) }, nil, true,
		},
		"queued": {
			policy("Delete"), allScopes, func(env *acctest.Env) { env.Server.SetProjectStatus(paymentsDN, "Deleted") },
			nil, true,
		},
	} {
		w := settingsWorld()
		w.Settings.GlobalConfiguration = map[string]any{
			"ProjectUpdateFlowDN": "", "ProjectDeleteFlowDN": `\VED\Code Signing\Flows\Second look`,
		}
		w.Projects[0].Environments = append(w.Projects[0].Environments, simulator.Environment{Name: "Test"})
		env := serve(t, w)
		state := managed(t, env, row.arguments)
		if row.prepare != nil {
			row.prepare(env)
		}
		planned := env.Protocol(t, env.Server.Token("adam", row.scopes)).PlanDestroy(state)
		wantDiags(t, name, planned.Diags, row.want...)
		if sent := len(env.Server.Requests()) > 0; sent != row.sends {
			t.Errorf("%s: sends requests: %t, want %t", name, sent, row.sends)
		}
		wantPrivate(t, name, planned.Private)
	}
}

// A destroy does what the policy of the state says, and what is done already is not an error.
func TestProject_Destroy(t *testing.T) {
	t.Parallel()
	noop := func(*acctest.Env) {}
	status := func(status string) func(*acctest.Env) {
		return func(env *acctest.Env) { env.Server.SetProjectStatus(paymentsDN, status) }
	}
	remove := func(env *acctest.Env) { env.Server.RemoveProject(paymentsDN) }
	refuse := func(path string) func(*acctest.Env) {
		return func(env *acctest.Env) {
			env.Server.UpdateSettings(func(s *simulator.Settings) {
				s.Failures = map[string]simulator.Failure{path: {Result: 2}}
			})
		}
	}
	const remains = " … The resource stays in the state"
	for name, row := range map[string]struct {
		policy string
		before func(*acctest.Env)
		want   string
		keeps  bool
		status string // afterwards, "" for a project that no longer exists
		sent   map[string]int
	}{
		"abandon": {
			"Abandon", noop, "", false, "Enabled", map[string]int{readPath: 0, deletePath: 0, writePath: 0},
		},
		"disable":           {"Disable", noop, "", false, "Disabled", map[string]int{writePath: 1, deletePath: 0}},
		"disable, disabled": {"Disable", status("Disabled"), "", false, "Disabled", map[string]int{writePath: 0}},
		"disable, missing":  {"Disable", remove, "", false, "", map[string]int{writePath: 0}},
		"disable, queued": {
			"Disable", status("Deleted"), "WARNING: Project Payments is not changed: Its status is Deleted, … " +
				"[deletion_policy]", false, "Deleted", map[string]int{writePath: 0},
		},
		"disable, disabled by its parent": {
			"Disable", status("DisabledByParent"), "WARNING: Project Payments is not changed: Its status is " +
				"DisabledByParent, … [deletion_policy]", false, "DisabledByParent", map[string]int{writePath: 0},
		},
		"disable, refused": {
			"Disable", refuse(writePath), "ERROR: Unable to disable project Payments: … InsufficientPermission" +
				remains,
			true, "Enabled",
			map[string]int{writePath: 1},
		},
		"delete":          {"Delete", noop, "", false, "", map[string]int{deletePath: 1, writePath: 0}},
		"delete, missing": {"Delete", remove, "", false, "", map[string]int{deletePath: 0}},
		"delete, refused": {
			"Delete", refuse(deletePath), "ERROR: Unable to delete project Payments: … InsufficientPermission" +
				remains,
			true, "Enabled",
			map[string]int{deletePath: 1},
		},
		"delete, environments": {
			"Delete, not forced", noop, "ERROR: Unable to delete project Payments: … Release" + remains +
				" … [force_destroy]", true, "Enabled", map[string]int{deletePath: 0},
		},
		"protected": {
			"Delete, protected", noop, "ERROR: The project is protected against deletion: … [deletion_protection]",
			true,
			"Enabled",
			map[string]int{readPath: 0, deletePath: 0},
		},
	} {
		env := serve(t, settingsWorld())
		of, special, _ := strings.Cut(row.policy, ", ")
		state := managed(t, env, with(policy(of), acctest.Arguments{
			"force_destroy": acctest.Bool(special == ""), "deletion_protection": acctest.Bool(special == "protected"),
		}))
		planned := process(t, env).PlanDestroy(state)
		row.before(env)
		env.Server.ResetLog()
		left, diagnostics := process(t, env).Apply(planned)
		var want []string
		if row.want != "" {
			want = []string{row.want}
		}
		wantDiags(t, name, diagnostics, want...)
		if (left.Values != nil) != row.keeps {
			t.Errorf("%s: stays in the state: %t, want %t", name, left.Values != nil, row.keeps)
		}
		if p, _ := env.Server.Project(paymentsDN); p.Status != row.status {
			t.Errorf("%s: the status is %q, want %q", name, p.Status, row.status)
		}
		if err := requests(env, row.sent)(nil); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The plan of the new object in a replacement knows what the destroy before it does.
func TestProject_PlanReplacement(t *testing.T) {
	t.Parallel()
	const exists = "ERROR: Unable to create project Payments: … exists already … [dn]"
	for name, row := range map[string]struct {
		state, arguments acctest.Arguments
		want             []string
	}{
		"deleted first": {
			with(policy("Delete"), acctest.Arguments{"force_destroy": acctest.Bool(true)}), policy("Delete"), nil,
		},
		"stays disabled": {policy("Disable"), policy("Delete"), []string{exists}},
		"stays":          {policy("Abandon"), policy("Delete"), []string{exists}},
		"protected": {
			named(paymentsDN), policy("Delete"), []string{
				"ERROR: The project is protected against deletion: The resource of the project " + paymentsDN +
					" (GUID " + paymentsGUID + ") … [deletion_protection]",
			},
		},
		"protected by the plan only": {
			with(policy("Delete"), acctest.Arguments{"force_destroy": acctest.Bool(true)}), named(paymentsDN), nil,
		},
	} {
		env := serve(t, settingsWorld())
		state := managed(t, env, row.state)
		p := process(t, env)
		arguments := with(row.arguments, acctest.Arguments{"key_users": acctest.StringSet(env.Server.Trustee("kim"))})
		first := p.Plan(projectType, arguments, state)
		wantDiags(t, name+": first plan", first.Diags)
		wantPrivate(t, name, first.Private, "planned_project")
		second := p.Replacement(first)
		wantDiags(t, name, second.Diags, row.want...)
		if len(row.want) == 0 {
			wantValues(t, name, second.Values, map[string]string{"guid": "unknown", "owners": "unknown"})
		}
	}
}

// Two resources of one run must not manage one project or one role. A replacement is planned twice and
// is one resource.
func TestProject_PlanClaims(t *testing.T) {
	t.Parallel()
	env := serve(t, settingsWorld())
	kim, lea := env.Server.Trustee("kim"), env.Server.Trustee("lea")
	state := managed(t, env, policy("Abandon"))
	keyUsers := with(policy("Abandon"), acctest.Arguments{"key_users": acctest.StringSet(kim)})
	const whole = "ERROR: Two resources manage project Payments: This codesign_project (dn = "
	const roleOf = "ERROR: Two resources manage the role Use of project Payments: … both manage the role"

	p := process(t, env)
	wantDiags(t, "first", p.Plan(projectType, policy("Abandon"), state).Diags)
	wantDiags(t, "second, without a role", p.Plan(projectType, policy("Abandon"), state).Diags, whole)

	p = process(t, env)
	wantDiags(t, "first", p.Plan(projectType, keyUsers, state).Diags)
	wantDiags(t, "second, with a role", p.Plan(projectType, keyUsers, state).Diags, roleOf+" … [key_users]")
	member := acctest.Arguments{
		"guid": acctest.String(paymentsGUID), "role": acctest.String("Use"), "trustee": acctest.String(lea),
	}
	wantDiags(t, "a member", p.Plan(memberType, member, nil).Diags, roleOf+" … [trustee]")
	member["role"] = acctest.String("Audit")
	wantDiags(t, "a member of another role", p.Plan(memberType, member, nil).Diags)

	p = process(t, env)
	first := p.Plan(projectType, keyUsers, state)
	second := p.Replacement(first)
	wantDiags(t, "a replacement", second.Diags, "ERROR: Unable to create project Payments: … exists already")
	_, third := p.Plan(projectType, keyUsers, state), p.Plan(roleType, acctest.Arguments{
		"dn": acctest.String(paymentsDN), "role": acctest.String("Use"), "trustees": acctest.StringSet(kim),
	}, nil)
	wantDiags(t, "a role beside it", third.Diags, roleOf+" … [trustees]")
}

// What a plan creates or renames is known to the resources that are planned after it.
func TestProject_PlannedNames(t *testing.T) {
	t.Parallel()
	env := serve(t, settingsWorld())
	state := managed(t, env, policy("Abandon"))
	role := func(dn string) acctest.Arguments {
		return with(named(dn), acctest.Arguments{
			"role": acctest.String("ApproveUse"), "trustees": acctest.StringSet(env.Server.Trustee("lea")),
		})
	}
	p := process(t, env)
	wantDiags(t, "without a plan", p.Plan(roleType, role(rocketDN), nil).Diags,
		"ERROR: Unable to read project Rocket: … [dn]")
	wantDiags(t, "create", p.Plan(projectType, named(rocketDN), nil).Diags)
	planned := p.Plan(roleType, role(rocketDN), nil)
	wantDiags(t, "role of a created project", planned.Diags)
	wantValues(t, "role of a created project", planned.Values, map[string]string{"guid": "unknown"})

	launcher := projectsDN + "Launcher"
	wantDiags(t, "without a plan", p.Plan(roleType, role(launcher), nil).Diags,
		"ERROR: Unable to read project Launcher: … [dn]")
	wantDiags(t, "rename", p.Plan(projectType, with(policy("Abandon"), named(launcher)), state).Diags,
		"WARNING: Applying this renames project Payments")
	planned = p.Plan(roleType, role(launcher), nil)
	wantDiags(t, "role of a renamed project", planned.Diags,
		"WARNING: Applying this changes who has a role on project Payments: ApproveUse: gained by lea")
	wantValues(t, "role of a renamed project", planned.Values, map[string]string{"guid": paymentsGUID, "dn": launcher})
}
