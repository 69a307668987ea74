package project

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

// A list that the answer does not have is not an empty list.
func TestRoleModels_AbsentList(t *testing.T) {
	m := roleModel{roleFields: newRoleFields("", "Use"), Trustees: types.SetNull(types.StringType)}
	member := memberModel{
		roleFields: m.roleFields, Trustee: attr.NewTrusteeValue("local:jane"), Active: types.BoolValue(true),
	}
	for name, row := range map[string]struct {
		list   []string
		state  []string
		want   int
		active bool
	}{
		"absent":         {nil, []string{"local:jane"}, 1, true},
		"empty":          {[]string{}, []string{"local:jane"}, 0, false},
		"present":        {[]string{"LOCAL:JANE", "local:max"}, []string{"local:jane"}, 2, true},
		"absent, import": {nil, nil, 0, true},
	} {
		p := &client.Project{DN: `\VED\P`, GUID: "{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}"}
		p.KeyUsers = row.list
		m, member := m, member
		if row.state != nil {
			m.Trustees = setOf(row.state)
		}
		m.refresh(p)
		member.refresh(p)
		if got := m.trustees(); m.Trustees.IsNull() || len(got) != row.want || row.want > 0 && got[0] != "local:jane" {
			t.Errorf("%s: got %s", name, m.Trustees)
		}
		if member.Active.ValueBool() != row.active {
			t.Errorf("%s: active is %s", name, member.Active)
		}
	}
}
