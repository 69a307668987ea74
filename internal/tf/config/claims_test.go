package config_test

import (
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

func TestRoleClaims(t *testing.T) {
	const anna, otto = "local:{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}", "local:{1f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}"
	list := config.RoleClaim{Type: "codesign_project", Name: "a"}
	role := config.RoleClaim{Type: "codesign_project_role", Name: "b"}
	member := func(trustee string) config.RoleClaim {
		return config.RoleClaim{Type: "codesign_project_role_member", Name: "c", Trustee: trustee}
	}
	byDN, byGUID := client.ByDN(`\VED\P`), client.ByGUID("{0F1E}")
	for name, row := range map[string]struct {
		first, second config.RoleClaim
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
		var claims config.RoleClaims
		both := []client.ProjectRef{byDN, byGUID}
		if _, conflict := claims.Add(both, settings.Use, row.first); conflict {
			t.Errorf("%s: the first conflicts", name)
		}
		other, conflict := claims.Add(row.project, row.role, row.second)
		if conflict != row.conflict || conflict && other != row.first {
			t.Errorf("%s: got %+v, %t", name, other, conflict)
		}
		claims.Remove(row.project, row.role, row.second)
		claims.Remove(both, settings.Use, row.first)
		if other, conflict := claims.Add(both, settings.Use, row.second); conflict {
			t.Errorf("%s: after both were removed: %+v", name, other)
		}
	}
}

func TestFlags(t *testing.T) {
	var flags config.Flags
	if !flags.First("a") || flags.First("a") || !flags.First("b") {
		t.Error("a flag is first once")
	}
}

func TestDesiredStatuses(t *testing.T) {
	enabled := config.DesiredStatus{Name: "a", Status: "Enabled"}
	disabled := config.DesiredStatus{Name: "b", Status: "Disabled"}
	var all config.DesiredStatuses
	add := func(project string, desired config.DesiredStatus, want *config.DesiredStatus) {
		t.Helper()
		other, conflict := all.Add(project, desired)
		if conflict != (want != nil) || want != nil && other != *want {
			t.Errorf("%s, %+v: got %+v, %t", project, desired, other, conflict)
		}
	}
	add("one", enabled, nil)
	add("one", config.DesiredStatus{Name: "c", Status: "Enabled"}, nil)
	add("two", disabled, nil)
	add("one", disabled, &enabled)
	all.Remove("two", enabled) // not in the set
	add("two", enabled, &disabled)
	all.Remove("two", disabled)
	all.Remove("two", enabled)
	add("two", enabled, nil)
}
