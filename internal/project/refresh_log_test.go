package project

import (
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
)

func TestRoleClaims(t *testing.T) {
	const anna, otto = "local:{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}", "local:{1f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}"
	list := roleClaim{TypeName: "codesign_project", Name: "a"}
	role := roleClaim{TypeName: "codesign_project_role", Name: "b"}
	member := func(trustee string) roleClaim {
		return roleClaim{TypeName: "codesign_project_role_member", Name: "c", Trustee: trustee}
	}
	byDN, byGUID := client.ByDN(`\VED\P`), client.ByGUID("{0F1E}")
	for name, row := range map[string]struct {
		first, second roleClaim
		project       []client.ProjectRef // of the second; the first has both names
		role          settings.Role
		conflict      bool
	}{
		"list and role": {list, role, []client.ProjectRef{byDN}, settings.Use, true},
		"role and list": {role, list, []client.ProjectRef{client.ByDN(`\ved\p`)}, settings.Use, true},
		"two lists":     {list, list, []client.ProjectRef{byGUID}, settings.Use, true},
		"list and member": {
			list, member(anna), []client.ProjectRef{client.ByGUID("0f1e")}, settings.Use, true,
		},
		"member and role": {member(anna), role, []client.ProjectRef{byDN, byGUID}, settings.Use, true},
		"two members":     {member(anna), member(otto), []client.ProjectRef{byDN}, settings.Use, false},
		"one trustee twice": {
			member(anna), member("LOCAL:0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0"),
			[]client.ProjectRef{byDN},
			settings.Use, true,
		},
		"another role":                 {list, role, []client.ProjectRef{byDN}, settings.Owner, false},
		"another project":              {list, role, []client.ProjectRef{client.ByDN(`\VED\Q`)}, settings.Use, false},
		"a name that looks like a key": {list, role, []client.ProjectRef{client.ByID(7)}, settings.Use, false},
	} {
		var claims claims[roleClaim]
		both := []client.ProjectRef{byDN, byGUID}
		if _, conflict := claims.add(row.first, roleKeys(both, settings.Use)...); conflict {
			t.Errorf("%s: the first conflicts", name)
		}
		other, conflict := claims.add(row.second, roleKeys(row.project, row.role)...)
		if conflict != row.conflict || conflict && other != row.first {
			t.Errorf("%s: got %+v, %t", name, other, conflict)
		}
		claims.remove(row.second, roleKeys(row.project, row.role)...)
		claims.remove(row.first, roleKeys(both, settings.Use)...)
		if other, conflict := claims.add(row.second, roleKeys(both, settings.Use)...); conflict {
			t.Errorf("%s: after both were removed: %+v", name, other)
		}
	}
}

func TestRefreshLog_ReportsOnce(t *testing.T) {
	var log refreshLog
	if !log.isFirst("a") || log.isFirst("a") || !log.isFirst("b") {
		t.Error("a warning is first once")
	}
}

func TestDesiredStatuses(t *testing.T) {
	enabled := desiredStatus{name: "a", status: "Enabled"}
	disabled := desiredStatus{name: "b", status: "Disabled"}
	var all claims[desiredStatus]
	add := func(project string, desired desiredStatus, want *desiredStatus) {
		t.Helper()
		other, conflict := all.add(desired, project)
		if conflict != (want != nil) || want != nil && other != *want {
			t.Errorf("%s, %+v: got %+v, %t", project, desired, other, conflict)
		}
	}
	add("one", enabled, nil)
	add("one", desiredStatus{name: "c", status: "Enabled"}, nil)
	add("two", disabled, nil)
	add("one", disabled, &enabled)
	all.remove(enabled, "two") // not in the set
	add("two", enabled, &disabled)
	all.remove(disabled, "two")
	all.remove(enabled, "two")
	add("two", enabled, nil)
}
