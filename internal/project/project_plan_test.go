package project_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const ghostTrustee = "local:{99999999-9999-9999-9999-999999999999}"

func named(dn string) acctest.Arguments { return acctest.Arguments{"dn": acctest.String(dn)} }

func fields(values map[string]tftypes.Value) tftypes.Value {
	return tftypes.NewValue(tftypes.Map{ElementType: tftypes.List{ElementType: tftypes.String}}, values)
}

// A plan with an unknown argument leaves it and what follows from it open, and reports nothing about
// it. What is known is checked.
func TestProject_PlanCreateUnknown(t *testing.T) {
	t.Parallel()
	w := settingsWorld()
	w.Projects[0].Environments = nil
	w.Projects[0].Status = "Draft"
	env := serve(t, w)
	unknown := func(attribute string) tftypes.Value { return process(t, env).Unknown(projectType, attribute) }
	kim := acctest.String(env.Server.Trustee("kim"))
	stringList := tftypes.List{ElementType: tftypes.String}
	known := acctest.Arguments{"key_users": acctest.StringSet(ghostTrustee)}
	const unknownTrustee = `ERROR: Unknown trustee … [key_users.`
	for name, row := range map[string]struct {
		arguments acctest.Arguments
		want      map[string]string
		diags     []string
	}{
		"dn": {
			acctest.Arguments{"dn": unknown("dn"), "key_users": known["key_users"]},
			map[string]string{"dn": "unknown", "name": "unknown", "guid": "unknown"},
			nil,
		},
		"nothing": {nil, map[string]string{
			"name": "Rocket", "guid": "unknown", "project_id": "unknown", "created": "unknown", "names": "null",
			"description": "unknown", "owners": "unknown", "applications": "unknown", "custom_fields": "null",
			"deletion_protection": "true", "deletion_policy": "Delete", "force_destroy": "false",
			"resolve_identities": "false",
		}, nil},
		"description": {
			acctest.Arguments{"description": unknown("description")},
			map[string]string{"description": "unknown"},
			nil,
		},
		"owners": {
			acctest.Arguments{"owners": unknown("owners")}, map[string]string{"owners": "unknown"}, nil,
		},
		"owners beside key users": {
			with(known, acctest.Arguments{"owners": unknown("owners")}), nil, []string{unknownTrustee},
		},
		"one key user": {
			acctest.Arguments{"key_users": acctest.Set(kim, acctest.UnknownString())}, nil, nil,
		},
		"applications beside key users": {
			with(known, acctest.Arguments{"applications": unknown("applications")}), nil, []string{unknownTrustee},
		},
		"names": {
			acctest.Arguments{"key_users": unknown("key_users"), "resolve_identities": acctest.Bool(true)},
			map[string]string{"names": "unknown"},
			nil,
		},
		"resolve_identities": {
			acctest.Arguments{"key_users": acctest.Set(kim), "resolve_identities": unknown("resolve_identities")},
			map[string]string{"names": "unknown", "resolve_identities": "unknown"},
			nil,
		},
		"resolved names": {
			acctest.Arguments{"key_users": acctest.Set(kim), "resolve_identities": acctest.Bool(true)},
			map[string]string{"names": "unknown"},
			nil, // the server may add an owner
		},
		"custom fields": {acctest.Arguments{"custom_fields": unknown("custom_fields")}, nil, nil},
		"one field": {acctest.Arguments{"custom_fields": fields(map[string]tftypes.Value{
			"Team": tftypes.NewValue(stringList, tftypes.UnknownValue),
		})}, nil, nil},
		"one value of a field": {acctest.Arguments{"custom_fields": fields(map[string]tftypes.Value{
			"Team": tftypes.NewValue(stringList, []tftypes.Value{acctest.UnknownString()}),
		})}, nil, nil},
		"deletion": {
			acctest.Arguments{
				"deletion_protection": unknown("deletion_protection"), "deletion_policy": unknown("deletion_policy"),
				"force_destroy": unknown("force_destroy"),
			},
			map[string]string{
				"deletion_protection": "unknown", "deletion_policy": "unknown", "force_destroy": "unknown",
			},
			nil,
		},
	} {
		env.Server.ResetLog()
		arguments := with(named(rocketDN), row.arguments)
		wantDiags(t, name+": validate", process(t, env).Validate(projectType, arguments))
		planned := process(t, env).Plan(projectType, arguments, nil)
		wantDiags(t, name, planned.Diags, row.diags...)
		if len(row.diags) == 0 {
			wantValues(t, name, planned.Values, row.want)
		}
		if name == "dn" {
			checkNoRequests(t, env)
		} else if env.Server.Count("Config/IsValid") != 1 {
			t.Errorf("%s: the folder of the name was not checked", name)
		}
	}
}

// A project that exists may be one that this configuration creates, as far as it is known.
func TestProject_PlanContinuesDraft(t *testing.T) {
	t.Parallel()
	w := settingsWorld()
	w.Projects = append(w.Projects, simulator.Project{
		Name: "Rocket", GUID: "0f1e2d3c-4b5a-6978-8796-000000000001", ID: 4713, Status: "Draft",
		Owners: []string{"adam"}, KeyUsers: []string{"kim"},
	})
	env := serve(t, w)
	kim := acctest.String(env.Server.Trustee("kim"))
	complete := with(named(rocketDN), acctest.Arguments{
		"key_users": acctest.Set(kim), "owners": acctest.StringSet(env.Server.Trustee("adam")),
	})
	differs := with(complete, acctest.Arguments{"key_users": acctest.StringSet(env.Server.Trustee("lea"))})
	unknown := func(attribute string) acctest.Arguments {
		return with(differs, acctest.Arguments{attribute: process(t, env).Unknown(projectType, attribute)})
	}
	for name, row := range map[string]struct {
		arguments acctest.Arguments
		status    string
		exists    bool
	}{
		"as configured":         {complete, "Draft", false},
		"other key users":       {differs, "Draft", true},
		"another status":        {complete, "Disabled", true},
		"another status, later": {unknown("description"), "Disabled", true},
		"queued":                {unknown("description"), "Deleted", true},
		"unknown description":   {unknown("description"), "Draft", false},
		"unknown auditors":      {unknown("auditors"), "Draft", false},
		"unknown fields":        {unknown("custom_fields"), "Draft", false},
	} {
		env.Server.SetProjectStatus(rocketDN, row.status)
		planned := process(t, env).Plan(projectType, row.arguments, nil)
		switch {
		case row.status == "Deleted":
			wantDiags(t, name, planned.Diags, "ERROR: Unable to create project Rocket: … is queued for deletion … [dn]")
		case row.exists:
			wantDiags(t, name, planned.Diags, "ERROR: Unable to create project Rocket: … exists already … [dn]")
		default:
			wantDiags(t, name, planned.Diags)
		}
	}
}

// A name that exists fails the plan, unless the project can be continued.
func TestProject_PlanNameInUse(t *testing.T) {
	t.Parallel()
	w := settingsWorld()
	w.Projects = append(w.Projects, simulator.Project{Name: "Queued", Status: "Deleted", Owners: []string{"adam"}},
		simulator.Project{Name: "Hidden", Status: "Enabled"})
	env := serve(t, w)
	for name, row := range map[string]struct{ user, dn, want string }{
		"exists": {"adam", paymentsDN, `ERROR: Unable to create project Payments: … exists already`},
		"queued": {
			"adam", projectsDN + "Queued",
			`ERROR: Unable to create project Queued: … is queued for deletion … [dn]`,
		},
		"hidden": {
			"kim", projectsDN + "Hidden", `ERROR: Unable to create project Hidden: … The name ` + projectsDN +
				`Hidden is in use, or its use cannot be read: … Choose another name … [dn]`,
		},
		"no folder": {
			"adam", projectsDN + `Missing\Rocket`, `ERROR: Unable to create project Rocket: … The folder ` +
				projectsDN + `Missing does not exist … [dn]`,
		},
		"folder": {"adam", projectsDN + `Teams\Rocket`, ""},
	} {
		planned := env.Protocol(t, env.Server.Token(row.user, allScopes)).Plan(projectType, named(row.dn), nil)
		var want []string
		if row.want != "" {
			want = []string{row.want}
		}
		wantDiags(t, name, planned.Diags, want...)
	}
}

// An update plans the values that the configuration leaves out: those of the state if nothing changes on
// the server, and unknown ones otherwise.
func TestProject_PlanUpdate(t *testing.T) {
	t.Parallel()
	env := serve(t, settingsWorld())
	kim, lea := env.Server.Trustee("kim"), env.Server.Trustee("lea")
	olga, maxine := env.Server.Trustee("olga"), env.Server.Trustee("max")
	left := map[string]string{
		"description": "Terminals", "owners": listed(olga), "auditors": listed(maxine), "key_users": listed(kim),
		"key_use_approvers": "[]", "applications": listed(signtool), "name": "Payments", "names": "null",
	}
	open := map[string]string{
		"owners": "unknown", "auditors": "unknown", "key_use_approvers": "unknown", "applications": "unknown",
	}
	const gains = "WARNING: Applying this changes who has a role on project Payments: "
	for name, row := range map[string]struct {
		arguments acctest.Arguments
		want      map[string]string
		diags     []string
		reads     int
	}{
		"nothing": {nil, left, nil, 0},
		"the same": {acctest.Arguments{
			"description": acctest.String("Terminals"), "key_users": acctest.StringSet(respelled(kim)),
			"key_use_approvers": acctest.StringSet(), "applications": acctest.StringSet(strings.ToUpper(signtool)),
		}, left, nil, 0},
		"only arguments of the resource": {
			acctest.Arguments{"deletion_protection": acctest.Bool(false)},
			with2(left, map[string]string{"deletion_protection": "false"}), nil, 0,
		},
		"names": {
			acctest.Arguments{"resolve_identities": acctest.Bool(true)},
			with2(left, map[string]string{"names": "{" + strings.Join(sortedPairs(
				olga, "olga", maxine, "max", kim, "kim"), ", ") + "}"}), nil, 0,
		},
		"description": {
			acctest.Arguments{"description": acctest.String("")},
			with2(open, map[string]string{"description": "", "key_users": "unknown", "names": "null"}), nil, 1,
		},
		"unknown description": {
			acctest.Arguments{"description": acctest.UnknownString()},
			with2(open, map[string]string{"description": "unknown"}), nil, 1,
		},
		"key users": {
			acctest.Arguments{"key_users": acctest.StringSet(kim, lea)},
			with2(open, map[string]string{"description": "unknown"}),
			[]string{gains + "Use: gained by lea (" + lea + ")."},
			1,
		},
		"an unknown key user": {
			acctest.Arguments{"key_users": acctest.Set(acctest.String(kim), acctest.UnknownString())}, open, nil, 1,
		},
		"unknown trustee": {
			acctest.Arguments{"key_users": acctest.StringSet(kim, ghostTrustee)},
			open,
			[]string{"ERROR: Unknown trustee", gains},
			1,
		},
		"every application": {
			acctest.Arguments{"applications": acctest.StringSet()},
			map[string]string{"applications": "[]", "owners": "unknown"},
			[]string{`WARNING: Every application may sign with project Payments: The project permits only ` + signtool +
				` now … [applications]`},
			1,
		},
		"a custom field": {
			acctest.Arguments{"custom_fields": fields(map[string]tftypes.Value{
				"Team": acctest.StringList("Red"),
			})}, with2(open, map[string]string{"custom_fields": "{Team: [Red]}"}), nil, 1,
		},
		"no owner": {
			acctest.Arguments{"owners": acctest.StringSet()},
			nil,
			[]string{`ERROR: A project needs an owner: … [owners]`},
			1,
		},
	} {
		prior := importAndRead(t, env, projectType, paymentsGUID)
		env.Server.ResetLog()
		planned := process(t, env).Plan(projectType, with(named(paymentsDN), row.arguments), prior)
		wantDiags(t, name, planned.Diags, row.diags...)
		if !strings.Contains(strings.Join(planned.Diags, ""), "ERROR") {
			wantValues(t, name, planned.Values, row.want)
		}
		if got := env.Server.Count(enumeratePath) + env.Server.Count(readPath); got > row.reads {
			t.Errorf("%s: got %d reads of projects, want %d", name, got, row.reads)
		}
	}
}
