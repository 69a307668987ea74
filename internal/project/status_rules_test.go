package project

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	fwattr "github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

// A plan is empty only if no argument changes.
func TestStatusModel_SameArguments(t *testing.T) {
	limit := map[string]fwattr.Type{"create": types.StringType}
	limits := func(create string) timeouts.Value {
		return timeouts.Value{Object: types.ObjectValueMust(limit, map[string]fwattr.Value{
			"create": types.StringValue(create),
		})}
	}
	base := statusModel{projectNames: projectNames{}, Status: types.StringValue("Enabled"), Timeouts: limits("5m")}
	base.DN = attr.NewDNValue(`\VED\P`)
	if !base.sameArguments(base) {
		t.Error("a model differs from itself")
	}
	for name, change := range map[string]func(*statusModel){
		"dn":                func(m *statusModel) { m.DN = attr.NewDNValue(`\ved\p`) },
		"guid":              func(m *statusModel) { m.GUID = attr.NewGUIDValue("0f1e") },
		"project_id":        func(m *statusModel) { m.ProjectID = types.Int64Value(1) },
		"status":            func(m *statusModel) { m.Status = types.StringValue("Pending") },
		"self_approve":      func(m *statusModel) { m.SelfApprove = types.BoolValue(false) },
		"approval_comment":  func(m *statusModel) { m.ApprovalComment = types.StringValue("") },
		"status_on_destroy": func(m *statusModel) { m.StatusOnDestroy = types.StringValue("Disabled") },
		"timeouts":          func(m *statusModel) { m.Timeouts = limits("6m") },
	} {
		other := base
		change(&other)
		if base.sameArguments(other) || other.sameArguments(base) {
			t.Errorf("%s: no difference", name)
		}
	}
	other := base
	other.CurrentStatus, other.InitialStatus = types.StringValue("x"), types.StringValue("y")
	if !base.sameArguments(other) {
		t.Error("a computed value is an argument")
	}
}

// A right that is not known yet is checked later.
func TestRightName(t *testing.T) {
	for name, row := range map[string]struct {
		value types.String
		want  int
	}{
		"right":   {types.StringValue("Use"), 0},
		"unknown": {types.StringUnknown(), 0},
		"null":    {types.StringNull(), 0},
		"other":   {types.StringValue("Sign"), 1},
		"empty":   {types.StringValue(""), 1},
	} {
		var resp validator.StringResponse
		rightName{}.ValidateString(t.Context(), validator.StringRequest{
			ConfigValue: row.value,
			Path:        path.Root("rights"),
		},
			&resp)
		if got := resp.Diagnostics.ErrorsCount(); got != row.want {
			t.Errorf("%s: %d errors", name, got)
		}
	}
}

// The warning of an empty result is at the argument that the query evaluates last, and names all.
func TestProjectQuery_WarnEmpty(t *testing.T) {
	for name, row := range map[string]struct {
		query projectQuery
		want  []string
		at    string
	}{
		"no argument": {projectQuery{}, []string{"sees no project. The server"}, ""},
		"filter": {
			projectQuery{Filter: types.StringValue("P")}, []string{`matches filter = "P". The`}, "[filter]",
		},
		"rights": {
			projectQuery{Filter: types.StringValue(""), Rights: []string{"Use", "Audit"}},
			[]string{"matches rights = Use, Audit. The"},
			"[rights]",
		},
		"all": {
			projectQuery{Filter: types.StringValue("P"), Rights: []string{"Use"}, Statuses: []string{
				"Draft",
				"Enabled",
			}},
			[]string{`filter = "P"; rights = Use; statuses = Draft, Enabled. The`},
			"[statuses]",
		},
	} {
		var diagnostics diag.Diagnostics
		row.query.warnEmpty(&diagnostics)
		t.Log(name)
		expect(t, diagnostics, append(row.want, "Warning: No project found", row.at))
		if text := lines(diagnostics)[0]; row.at == "" && strings.HasSuffix(text, "]") {
			t.Errorf("%s: got %s", name, text)
		}
	}
}

// The warning is at a role that the change manages, Key Users first.
func TestSettingsPlan_SelfDealingAttribute(t *testing.T) {
	yes := true
	both := exactly(settings.Use, otto)
	both.Lists[settings.Owners] = settings.ListChange{Exact: true, Items: []string{otto}}
	for name, row := range map[string]struct {
		change settings.Change
		at     string
	}{
		"key users":         {exactly(settings.Use, otto), "[key_users]"},
		"key use approvers": {exactly(settings.ApproveUse, otto), "[key_use_approvers]"},
		"owners":            {exactly(settings.Owner, otto), "[owners]"},
		"auditors":          {exactly(settings.Audit, otto), "[auditors]"},
		"several":           {both, "[key_users]"},
	} {
		api := newDirectory()
		api.configuration.PreventSelfDealing = &yes
		before := settings.Settings{KeyUsers: []string{otto}, Owners: []string{anna, otto}, Auditors: []string{otto}}
		if name == "key users" || name == "several" {
			before.KeyUsers = nil
		}
		if name == "owners" || name == "auditors" {
			before.Owners, before.Auditors = []string{anna}, nil
		}
		p, diagnostics := newPlan(api, before, row.change)
		p.check(t.Context())
		found := false
		for _, text := range lines(*diagnostics) {
			if strings.Contains(text, "have another role") {
				found = strings.HasSuffix(text, row.at)
			}
		}
		if !found {
			t.Errorf("%s: got %q", name, lines(*diagnostics))
		}
	}
}

// A user that keeps a role under EnforceGroupRoles is reported for roles that the change manages.
func TestSettingsPlan_UsersOfManagedRoles(t *testing.T) {
	yes := true
	api := newDirectory()
	api.configuration.EnforceGroupRoles = &yes
	before := settings.Settings{KeyUsers: []string{otto, anna}, Auditors: []string{otto}}
	p, diagnostics := newPlan(api, before, exactly(settings.Use, otto, team))
	p.check(t.Context())
	expect(t, *diagnostics, []string{"Users have the role Use", "before: Otto (" + otto + "). Replace"},
		[]string{"gained by Team", "lost by Anna"})
}

// What a failed list of trustees leaves: the state of an expired role stays inactive.
func TestMemberModel_AbsentList(t *testing.T) {
	m := memberModel{roleFields: newRoleFields("", "Use"), Trustee: attr.NewTrusteeValue(anna)}
	p := &client.Project{DN: `\VED\P`}
	for active, want := range map[types.Bool]bool{
		types.BoolValue(true): true, types.BoolValue(false): false, types.BoolNull(): false,
	} {
		m.Active = active
		if got := m.hasRole(p); got != want {
			t.Errorf("%s: got %t", active, got)
		}
	}
}

// A destroy names the trustees that keep a role, and why.
func TestWarnKept(t *testing.T) {
	owners := &client.Project{DN: `\VED\P`, Settings: settings.Settings{Owners: []string{anna, otto}}}
	remove := settings.Change{Lists: map[settings.Field]settings.ListChange{
		settings.Owners: {Remove: []string{anna, otto}},
	}}
	claimed := []string{otto}
	for name, row := range map[string]struct {
		result edit.Result
		want   [][]string
	}{
		"lost access": {edit.Result{LostAccess: true, Project: owners, Kept: claimed}, nil},
		"not read":    {edit.Result{}, nil},
		"last owners": {edit.Result{Project: owners}, [][]string{{"The last owner of project P", anna + ", " + otto}}},
		"claimed": {
			edit.Result{Kept: claimed}, [][]string{{"keep the role Owner on project P", "the role: " + otto}},
		},
		"both": {
			edit.Result{Project: owners, Kept: claimed},
			[][]string{{"the role: " + otto}, {"The last owner of project P", "so " + anna + " keeps"}},
		},
		"removed": {edit.Result{Project: &client.Project{Settings: settings.Settings{Owners: []string{team}}}}, nil},
	} {
		var diagnostics diag.Diagnostics
		warnKept(&diagnostics, "P", settings.Owner, remove, row.result)
		t.Log(name)
		expect(t, diagnostics, row.want...)
	}
}
