package project

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	fwattr "github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

// roleObject is a plan or state of codesign_project_role or codesign_project_role_member, which
// change one role of one project.
type roleObject interface {
	common() *roleFields
	// attribute is the argument that holds the trustees.
	attribute() path.Path
	at(role settings.Role, trustee string) path.Path // a rolePath
	// trustees are the known ones that the object gives the role to.
	trustees() []string
	// change is what an apply of the plan sends, removal what takes the role from trustees.
	change() settings.Change
	removal(trustees []string) settings.Change
	identity() any
	// modifyPlan changes the planned values of p.
	modifyPlan(ctx context.Context, p *rolePlan, now time.Time)
	// checkPlan fails for values that cannot be applied.
	checkPlan(now time.Time, diagnostics *diag.Diagnostics)
	// refresh sets what the server reports.
	refresh(p *client.Project)
	// isRevoked reports whether the object no longer exists on a project that does.
	isRevoked(p *client.Project, now time.Time) bool
	// hasUnknownNames and resolveNames are about the names of the trustees.
	hasUnknownNames() bool
	resolveNames(ctx context.Context, api *client.Client, diagnostics *diag.Diagnostics)
}

// roleFields are the attributes that both resources have.
type roleFields struct {
	projectNames
	Role              types.String   `tfsdk:"role"`
	ResolveIdentities types.Bool     `tfsdk:"resolve_identities"`
	Timeouts          timeouts.Value `tfsdk:"timeouts"`
}

func newRoleFields(guid, role string) roleFields {
	return roleFields{
		projectNames: projectNames{GUID: attr.NewGUIDValue(guid)}, Role: types.StringValue(role),
		Timeouts: noTimeouts(),
	}
}

func (f *roleFields) common() *roleFields { return f }

func (f *roleFields) roleIdentity() roleIdentity {
	return roleIdentity{newStatusIdentity(f.GUID.ValueString()), f.Role}
}

func (f *roleFields) role() settings.Role { return settings.Role(f.Role.ValueString()) }

// roleModel is the resource codesign_project_role in a configuration, plan or state.
type roleModel struct {
	roleFields
	Trustees types.Set    `tfsdk:"trustees"`
	OnDrift  types.String `tfsdk:"on_drift"`
	Names    types.Map    `tfsdk:"names"`
}

// importedRole is a role of a project that was read.
func importedRole(p *client.Project, id ...string) roleObject {
	m := &roleModel{
		roleFields: newRoleFields(id[0], id[1]), Trustees: types.SetNull(types.StringType),
		OnDrift: types.StringValue(repairDrift), Names: types.MapNull(types.StringType),
	}
	m.refresh(p)
	return m
}

func (m *roleModel) attribute() path.Path { return path.Root("trustees") }

func (m *roleModel) at(_ settings.Role, trustee string) path.Path {
	return elementPath(m.attribute(), trustee)
}

func (m *roleModel) trustees() []string { return stringsOf(m.Trustees) }

// hasTrustees reports whether every element is known.
func (m *roleModel) hasTrustees() bool { return isWhollyKnown(m.Trustees) }

func (m *roleModel) change() settings.Change {
	return changeOf(m.role(), settings.ListChange{Exact: true, Items: m.trustees()})
}

// removal keeps the last owner: a project needs one.
func (m *roleModel) removal(trustees []string) settings.Change {
	return changeOf(m.role(), settings.ListChange{Remove: trustees, KeepLast: m.role() == settings.Owner})
}

func (m *roleModel) identity() any { return m.roleIdentity() }

// checkPlan refuses a project without an owner.
func (m *roleModel) checkPlan(_ time.Time, diagnostics *diag.Diagnostics) { m.checkOwners(diagnostics) }

// refresh keeps the spelling of trustees in the state, and the value of a list that the server did not
// send.
func (m *roleModel) refresh(p *client.Project) {
	m.refreshNames(p)
	if trustees := p.Trustees(m.role()); trustees != nil || m.Trustees.IsNull() {
		m.Trustees = setOf(respelled(trustees, m.trustees()))
	}
}

func (m *roleModel) isRevoked(*client.Project, time.Time) bool { return false }

func (m *roleModel) hasUnknownNames() bool { return m.Names.IsUnknown() }

func (m *roleModel) resolveNames(ctx context.Context, api *client.Client, diagnostics *diag.Diagnostics) {
	m.Names = namesOf(ctx, api, m.ResolveIdentities, m.trustees(), diagnostics)
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

func changeOf(role settings.Role, list settings.ListChange) settings.Change {
	return settings.Change{Lists: map[settings.Field]settings.ListChange{role.Field(): list}}
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
	return types.SetValueMust(types.StringType, valuesOf(distinct(list)))
}

func valuesOf(texts []string) []fwattr.Value {
	values := make([]fwattr.Value, 0, len(texts))
	for _, s := range texts {
		values = append(values, types.StringValue(s))
	}
	return values
}

// collection is a set or a list of texts.
type collection interface {
	IsUnknown() bool
	Elements() []fwattr.Value
}

func stringsOf(texts collection) []string {
	list := []string{}
	for _, element := range texts.Elements() {
		if s, ok := element.(types.String); ok && !s.IsUnknown() && !s.IsNull() {
			list = append(list, s.ValueString())
		}
	}
	return list
}

func isWhollyKnown(texts collection) bool {
	return !texts.IsUnknown() && !slices.ContainsFunc(texts.Elements(), fwattr.Value.IsUnknown)
}
