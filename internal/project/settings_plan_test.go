package project

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

func TestSettingsPlan_NothingToSendReadsNothing(t *testing.T) {
	api := newDirectory()
	p, diagnostics := newPlan(api, settings.Settings{Owners: []string{anna}},
		exactly(settings.Owner, strings.ToUpper(anna)))
	p.check(t.Context())
	expect(t, *diagnostics)
	if len(api.calls) > 0 {
		t.Errorf("calls: %q", api.calls)
	}
}

func TestSettingsPlan_Trustees(t *testing.T) {
	yes := true
	groups := client.GlobalConfiguration{EnforceGroupRoles: &yes}
	before := settings.Settings{KeyUsers: []string{otto}}
	for name, row := range map[string]struct {
		configuration client.GlobalConfiguration
		change        settings.Change
		want          [][]string
	}{
		"gain and loss": {change: exactly(settings.Use, anna), want: [][]string{
			{
				"Warning: Applying this changes who has a role on project Payments", "Use: gained by Anna (" + anna +
					"); lost by " + otto,
			},
		}},
		"member": {
			change: settings.Change{Lists: map[settings.Field]settings.ListChange{
				settings.KeyUsers: {Add: []string{anna}},
			}},
		},
		"unknown": {change: exactly(settings.Use, ghost, otto), want: [][]string{
			{"Error: Unknown trustee", ghost, `[key_users[Value("` + ghost + `")]]`}, {"gained by " + ghost},
		}},
		"unknown, but not new": {change: exactly(settings.Use, otto)},
		"user under group rule": {groups, exactly(settings.Use, anna, team), [][]string{
			{
				"Error: A user cannot have a role", "Anna (" + anna + ")", "EnforceGroupRoles",
				`[key_users[Value("` + anna + `")]]`,
			},
			{"gained by Anna (" + anna + "), Team (" + team + "); lost by Otto (" + otto + ")"},
		}},
		"user that has the role": {groups, exactly(settings.Use, otto, team), [][]string{
			{"Warning: Users have the role Use on project Payments", "Otto", "[key_users]"}, {"gained by Team"},
		}},
	} {
		api := newDirectory()
		api.configuration = row.configuration
		p, diagnostics := newPlan(api, before, row.change)
		p.check(t.Context())
		t.Log(name)
		expect(t, *diagnostics, row.want...)
	}
}

func TestSettingsPlan_NamesOfLosersIfResolved(t *testing.T) {
	p, diagnostics := newPlan(newDirectory(), settings.Settings{KeyUsers: []string{otto}}, exactly(settings.Use, anna))
	p.resolve = true
	p.check(t.Context())
	expect(t, *diagnostics, []string{"lost by Otto (" + otto + ")"})
}

func TestSettingsPlan_LookupsNotPermitted(t *testing.T) {
	api := newDirectory()
	api.lookupErr = &client.Error{Reason: client.MissingScope, Scope: "configuration"}
	p, diagnostics := newPlan(api, settings.Settings{}, exactly(settings.Use, ghost))
	p.check(t.Context())
	p.check(t.Context())
	expect(t, *diagnostics,
		[]string{
			"Warning: Unable to check the trustees", "scope `configuration`",
		}, []string{"Use: gained by " + ghost}, // the framework drops the second of two equal warnings
	)
}

func TestSettingsPlan_SelfDealing(t *testing.T) {
	yes, no := true, false
	for name, row := range map[string]struct {
		rule   *bool
		before settings.Settings
		change settings.Change
		warns  string
	}{
		"key user becomes approver": {
			&yes, settings.Settings{KeyUsers: []string{otto}}, exactly(settings.ApproveUse, otto), "Use, ApproveUse",
		},
		"approver becomes key user": {
			&yes,
			settings.Settings{Owners: []string{otto}, Auditors: []string{otto}},
			exactly(settings.Use, otto),
			"Use, Owner, Audit",
		},
		"other roles only": {&yes, settings.Settings{Owners: []string{otto}}, exactly(settings.Audit, otto), ""},
		"rule off":         {&no, settings.Settings{KeyUsers: []string{otto}}, exactly(settings.ApproveUse, otto), ""},
		"older server":     {nil, settings.Settings{KeyUsers: []string{otto}}, exactly(settings.ApproveUse, otto), ""},
	} {
		api := newDirectory()
		api.configuration.PreventSelfDealing = row.rule
		p, diagnostics := newPlan(api, row.before, row.change)
		p.check(t.Context())
		text := strings.Join(lines(*diagnostics), "\n")
		if warned := strings.Contains(
			text, "Key Users of project Payments have another role",
		); warned != (row.warns != "") ||
			!strings.Contains(text, row.warns) || diagnostics.HasError() {
			t.Errorf("%s: got %s", name, text)
		}
	}
}

func TestSettingsPlan_FlowOnceInRun(t *testing.T) {
	flow := `\VED\Code Signing\Flows\Two eyes`
	api := newDirectory()
	api.configuration.ProjectUpdateFlowDN, api.configuration.ProjectDeleteFlowDN = &flow, &flow
	p, diagnostics := newPlan(api, settings.Settings{}, exactly(settings.Use, anna))
	for range 2 {
		p.check(t.Context())
		p.checkDeletion(t.Context())
		p.project = "Orders" // the framework drops the second of two equal warnings
	}
	expect(t, *diagnostics,
		[]string{"Warning: The flow Two eyes may ask for an approval of project updates", flow}, []string{"gained by"},
		[]string{
			"Warning: The flow Two eyes may ask for an approval of project deletions", flow,
		}, []string{"project Orders"},
	)
}

func TestSettingsPlan_Applications(t *testing.T) {
	empty := settings.Change{Lists: map[settings.Field]settings.ListChange{settings.Applications: {Exact: true}}}
	for name, row := range map[string]struct {
		before settings.Settings
		change settings.Change
		warns  bool
	}{
		"becomes empty": {settings.Settings{Applications: []string{`\VED\A`}}, empty, true},
		"stays empty":   {settings.Settings{}, empty, false},
		"last is removed": {
			settings.Settings{Applications: []string{"a"}}, settings.Change{
				Lists: map[settings.Field]settings.ListChange{settings.Applications: {Remove: []string{"A"}}},
			}, true,
		},
		"one is left": {
			settings.Settings{Applications: []string{"a", "b"}}, settings.Change{
				Lists: map[settings.Field]settings.ListChange{settings.Applications: {Remove: []string{"A"}}},
			}, false,
		},
	} {
		p, diagnostics := newPlan(nil, row.before, row.change)
		p.check(t.Context())
		if text := strings.Join(lines(*diagnostics), ""); strings.Contains(text,
			"Every application may sign") != row.warns {
			t.Errorf("%s: got %s", name, text)
		}
	}
}

func TestSettingsPlan_LostOwnership(t *testing.T) {
	const summary = "The provider loses access to project Payments"
	for name, row := range map[string]struct {
		change  settings.Change
		owners  []string
		prepare func(*directory)
		creates bool
		want    string // "" for no warning
	}{
		"another owner": {
			change: exactly(settings.Owner, otto), owners: []string{anna}, want: "can't see or change",
		},
		"group of the caller": {change: exactly(settings.Owner, team), owners: []string{anna}},
		"the caller stays":    {change: exactly(settings.Owner, anna, otto), owners: []string{anna}},
		"never was an owner":  {change: exactly(settings.Owner, otto), owners: []string{ghost}},
		"owners left alone":   {change: exactly(settings.Audit, otto), owners: []string{anna}},
		"administrator": {change: exactly(settings.Owner, otto), owners: []string{anna}, prepare: func(d *directory) {
			d.right = 1 + 8
		}},
		"member removes itself": {
			change: settings.Change{
				Lists: map[settings.Field]settings.ListChange{settings.Owners: {Remove: []string{anna}}},
			}, owners: []string{anna, otto}, want: "can't see",
		},
		"keeps another role": {
			change: settings.Change{Lists: map[settings.Field]settings.ListChange{
				settings.Owners:   {Exact: true, Items: []string{otto}},
				settings.Auditors: {Exact: true, Items: []string{team}},
			}}, owners: []string{anna}, want: "It cannot change the project",
		},
		"create without the caller": {
			change: exactly(settings.Owner, otto), creates: true,
			prepare: func(d *directory) {
				d.noAdmin = true
			}, want: "can't see",
		},
		"create with the caller's group": {change: exactly(settings.Owner, team), creates: true},
		"create by an administrator":     {change: exactly(settings.Owner, otto), creates: true},
		"create by an application admin": {
			change: exactly(settings.Owner, otto), creates: true,
			prepare: func(d *directory) {
				d.trusteeRights = []signright.Grant{{Value: 32}}
			}, want: "can't see",
		},
		"create that leaves owners alone": {
			change: exactly(settings.Use, otto), creates: true,
			prepare: func(d *directory) {
				d.noAdmin = true
			},
		},
	} {
		api := newDirectory()
		if row.prepare != nil {
			row.prepare(api)
		}
		p, diagnostics := newPlan(api, settings.Settings{Owners: row.owners}, row.change)
		if row.creates {
			p.dn = ""
		}
		p.check(t.Context())
		text := strings.Join(lines(*diagnostics), "\n")
		if strings.Contains(text, summary) != (row.want != "") || !strings.Contains(text, row.want) {
			t.Errorf("%s: got %s", name, text)
		}
	}
}

func TestSettingsPlan_Claims(t *testing.T) {
	p, diagnostics := newPlan(nil, settings.Settings{}, settings.Change{})
	names := []client.ProjectRef{client.ByDN(`\VED\P`), client.ByGUID("{0f1e}")}
	list := roleClaim{TypeName: "codesign_project", Name: `dn = "P"`}
	role := roleClaim{TypeName: "codesign_project_role", Name: `guid = "0f1e"`}
	member := roleClaim{TypeName: "codesign_project_role_member", Name: `guid = "0f1e"`, Trustee: anna}
	p.claimRoles(names, list, settings.Owner, settings.Use)
	p.claimRoles(names[1:], role, settings.Use)
	p.refreshLog.releaseRoles(names, list, settings.Owner, settings.Use)
	p.refreshLog.releaseRoles(names[1:], role, settings.Use)
	p.claimRoles(names[:1], member, settings.Use)
	p.claimRoles(names, member, settings.Use)
	expect(t, *diagnostics,
		[]string{
			"Error: Two resources manage the role Use of project Payments", `codesign_project_role (guid = "0f1e")`,
			`codesign_project (dn = "P")`, "each apply undoes", "[key_users]",
		},
		[]string{"Two resources manage the role Use", "same trustee", `[key_users[Value("` + anna + `")]]`},
	)
}

func TestNamesOf(t *testing.T) {
	var diagnostics diag.Diagnostics
	api := newDirectory()
	if names := namesOf(t.Context(), api, types.BoolValue(false), []string{anna}, &diagnostics); !names.IsNull() {
		t.Errorf("got %s", names)
	}
	names := namesOf(t.Context(), api, types.BoolValue(true), []string{anna, ghost, team, anna}, &diagnostics)
	if got := names.String(); !strings.Contains(got, `"Anna"`) || !strings.Contains(got, `"Team"`) ||
		len(names.Elements()) != 2 {
		t.Errorf("got %s", got)
	}
	expect(t, diagnostics, []string{"Warning: Unable to resolve some trustees", ghost, "[resolve_identities]"})
}
