package project

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	fwattr "github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

// defaultRoleTimeout includes the time that approvers need.
const defaultRoleTimeout = 20 * time.Minute

// roleModel is the resource codesign_project_role in a configuration, plan or state.
type roleModel struct {
	projectNames
	Role              types.String   `tfsdk:"role"`
	Trustees          types.Set      `tfsdk:"trustees"`
	OnDrift           types.String   `tfsdk:"on_drift"`
	ResolveIdentities types.Bool     `tfsdk:"resolve_identities"`
	Names             types.Map      `tfsdk:"names"`
	Timeouts          timeouts.Value `tfsdk:"timeouts"`
}

func newRoleModel(role string) roleModel {
	return roleModel{projectNames: noNames(), Role: types.StringValue(role), Trustees: types.SetNull(types.StringType)}
}

func (m roleModel) role() settings.Role { return settings.Role(m.Role.ValueString()) }

// trustees are the known elements.
func (m roleModel) trustees() []string { return stringsOf(m.Trustees) }

// hasTrustees reports whether every element is known.
func (m roleModel) hasTrustees() bool { return isWhollyKnown(m.Trustees) }

func (m roleModel) change() settings.Change {
	return changeOf(m.role(), settings.ListChange{Exact: true, Items: m.trustees()})
}

// refresh sets what the server reports. Trustees keep their spelling in the state, and a list that the
// server did not send keeps its value.
func (m *roleModel) refresh(p *client.Project) {
	m.refreshNames(p)
	if trustees := edit.SettingsOf(p).Trustees(m.role()); trustees != nil || m.Trustees.IsNull() {
		m.Trustees = setOf(respelled(trustees, m.trustees()))
	}
}

// respelled returns the trustees in the spelling of others, and the set of others if it is the same.
func respelled(trustees, others []string) []string {
	if settings.SameSet(trustees, others) {
		return others
	}
	list := make([]string, 0, len(trustees))
	for _, trustee := range trustees {
		if i := settings.Index(others, trustee); i >= 0 {
			trustee = others[i]
		}
		list = append(list, trustee)
	}
	return list
}

// claim is what the resource manages, for the comparison with other resources of the plan.
func (m roleModel) claim(named address) config.RoleClaim {
	return config.RoleClaim{Type: "codesign_project_role", Name: configuredAs(named)}
}

func changeOf(role settings.Role, list settings.ListChange) settings.Change {
	return settings.Change{Roles: map[settings.Role]settings.ListChange{role: list}}
}

// configuredAs is the name as the configuration writes it: `dn = "…"`.
func configuredAs(named address) string {
	if named.ref.ID != 0 {
		return fmt.Sprintf("%s = %d", named.path, named.ref.ID)
	}
	return fmt.Sprintf("%s = %q", named.path, named.ref)
}

// setOf drops repetitions in the same spelling, which a set cannot have.
func setOf(list []string) types.Set {
	seen := map[string]bool{}
	values := []fwattr.Value{}
	for _, s := range list {
		if !seen[s] {
			values = append(values, types.StringValue(s))
		}
		seen[s] = true
	}
	return types.SetValueMust(types.StringType, values)
}

func stringsOf(set types.Set) []string {
	list := []string{}
	for _, element := range set.Elements() {
		if s, ok := element.(types.String); ok && !s.IsUnknown() && !s.IsNull() {
			list = append(list, s.ValueString())
		}
	}
	return list
}

func isWhollyKnown(set types.Set) bool {
	for _, element := range set.Elements() {
		if element.IsUnknown() {
			return false
		}
	}
	return !set.IsUnknown()
}

// planNames looks up names for a plan. They are unknown if a lookup fails: it may succeed in the
// apply.
func planNames(
	ctx context.Context, api *client.Client, resolve types.Bool, trustees types.Set,
) types.Map {
	switch {
	case !resolve.IsUnknown() && !resolve.ValueBool():
		return types.MapNull(types.StringType)
	case resolve.IsUnknown() || api == nil || !isWhollyKnown(trustees):
		return types.MapUnknown(types.StringType)
	}
	var warnings diag.Diagnostics
	names := namesOf(ctx, api, resolve, stringsOf(trustees), &warnings)
	if len(warnings) > 0 {
		return types.MapUnknown(types.StringType)
	}
	return names
}

// trusteesPath is the attribute of a trustee in a set.
func trusteesPath(trustee string) path.Path {
	return path.Root("trustees").AtSetValue(types.StringValue(trustee))
}
