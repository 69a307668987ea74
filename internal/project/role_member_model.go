package project

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

// memberModel is the resource codesign_project_role_member in a configuration, plan or state.
type memberModel struct {
	roleFields
	Trustee attr.TrusteeValue `tfsdk:"trustee"`
	Expires attr.InstantValue `tfsdk:"expires"`
	Active  types.Bool        `tfsdk:"active"`
	Name    types.String      `tfsdk:"name"`
}

// importedMember is a trustee of a role. It is not active if the project that was read does not give
// the role to the trustee.
func importedMember(guid, role, trustee string, p *client.Project) *memberModel {
	m := &memberModel{roleFields: newRoleFields(guid, role), Trustee: attr.NewTrusteeValue(trustee)}
	m.refresh(p)
	return m
}

func (m *memberModel) importedValues() map[string]any {
	return map[string]any{
		"dn": m.DN, "guid": m.GUID, "project_id": m.ProjectID, "role": m.Role, "trustee": m.Trustee,
		"active": m.Active,
	}
}

func (m *memberModel) attribute() path.Path { return path.Root("trustee") }

func (m *memberModel) paths() settingsPaths {
	return settingsPaths{
		role:    func(settings.Role) path.Path { return path.Root("role") },
		trustee: func(settings.Role, string) path.Path { return m.attribute() },
	}
}

func (m *memberModel) trustees() []string { return []string{m.Trustee.ValueString()} }

// change gives the role if the model is active, and takes it away otherwise.
func (m *memberModel) change() settings.Change {
	if m.Active.ValueBool() {
		return changeOf(m.role(), settings.ListChange{Add: m.trustees()})
	}
	return m.removal(m.trustees())
}

func (m *memberModel) removal(trustees []string) settings.Change {
	return changeOf(m.role(), settings.ListChange{Remove: trustees})
}

func (m *memberModel) claim(named address) config.RoleClaim {
	return config.RoleClaim{
		Type: "codesign_project_role_member", Name: configuredAs(named), Trustee: m.Trustee.ValueString(),
	}
}

// checkPlan fails if the role ended between the plan and the apply. The CLI needs the planned value of
// active.
func (m *memberModel) checkPlan(now time.Time, diagnostics *diag.Diagnostics) {
	if m.isExpired(now) && !m.Active.Equal(types.BoolValue(false)) {
		m.addExpired(now, diagnostics)
	}
	if m.Active.IsUnknown() {
		m.Active = types.BoolValue(true)
	}
}

// isExpired reports whether the end of the role has passed. A role without an end never expires.
func (m *memberModel) isExpired(now time.Time) bool {
	end, err := schedule.ParseInstant(m.Expires.ValueString())
	return err == nil && !now.Before(end)
}

func (m *memberModel) addExpired(now time.Time, diagnostics *diag.Diagnostics) {
	diagnostics.AddAttributeError(path.Root("expires"), "The role has expired", fmt.Sprintf(
		"expires = %q is not after the current time, %s, so the trustee would lose the role immediately. Nothing was "+
			"sent. Set a later time, or remove the resource.", m.Expires.ValueString(), now.UTC().Format(time.RFC3339)))
}

func (m *memberModel) refresh(p *client.Project) {
	m.refreshNames(p)
	m.Active = types.BoolValue(m.hasRole(p))
}

// hasRole reports whether a project that was read gives the role to the trustee. A list that the
// server did not send is as the state has it.
func (m *memberModel) hasRole(p *client.Project) bool {
	trustees := edit.SettingsOf(p).Trustees(m.role())
	return trustees == nil && m.Active.ValueBool() || settings.Contains(trustees, m.Trustee.ValueString())
}

// isRevoked is false for a role that expired.
func (m *memberModel) isRevoked(p *client.Project, now time.Time) bool {
	return !m.hasRole(p) && m.Active.ValueBool() && !m.isExpired(now)
}

func (m *memberModel) hasUnknownNames() bool { return m.Name.IsUnknown() }

// resolveNames keeps a name that is known if the lookup fails.
func (m *memberModel) resolveNames(ctx context.Context, api *client.Client, _ *diag.Diagnostics) {
	name := types.StringNull()
	if m.ResolveIdentities.ValueBool() {
		name = nameOfTrustee(ctx, api, m.Trustee.ValueString())
	}
	if !name.IsNull() || m.Name.IsUnknown() {
		m.Name = name
	}
}
