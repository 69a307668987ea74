package project

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
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
	projectNames
	Role              types.String      `tfsdk:"role"`
	Trustee           attr.TrusteeValue `tfsdk:"trustee"`
	Expires           attr.InstantValue `tfsdk:"expires"`
	Active            types.Bool        `tfsdk:"active"`
	ResolveIdentities types.Bool        `tfsdk:"resolve_identities"`
	Name              types.String      `tfsdk:"name"`
	Timeouts          timeouts.Value    `tfsdk:"timeouts"`
}

func (m memberModel) role() settings.Role { return settings.Role(m.Role.ValueString()) }

// change gives the role if the model is active, and takes it away otherwise.
func (m memberModel) change() settings.Change {
	if m.Active.ValueBool() {
		return changeOf(m.role(), settings.ListChange{Add: []string{m.Trustee.ValueString()}})
	}
	return m.removal()
}

func (m memberModel) removal() settings.Change {
	return changeOf(m.role(), settings.ListChange{Remove: []string{m.Trustee.ValueString()}})
}

// isExpired reports whether the end of the role has passed. A role without an end never expires.
func (m memberModel) isExpired(now time.Time) bool {
	end, err := schedule.ParseInstant(m.Expires.ValueString())
	return err == nil && !now.Before(end)
}

// hasRole reports whether a project that was read gives the role to the trustee. A list that the
// server did not send is as the state has it.
func (m memberModel) hasRole(p *client.Project) bool {
	trustees := edit.SettingsOf(p).Trustees(m.role())
	return trustees == nil && m.Active.ValueBool() || settings.Contains(trustees, m.Trustee.ValueString())
}

// refresh sets what the server reports.
func (m *memberModel) refresh(p *client.Project) {
	m.refreshNames(p)
	m.Active = types.BoolValue(m.hasRole(p))
}

func (m memberModel) claim(named address) config.RoleClaim {
	return config.RoleClaim{
		Type: "codesign_project_role_member", Name: configuredAs(named), Trustee: m.Trustee.ValueString(),
	}
}
