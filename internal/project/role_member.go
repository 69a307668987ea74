package project

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

func memberSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Gives one trustee a role on a project, optionally until a date. " +
			"Other trustees of the role do not change.",
		Attributes: withRoleFields(map[string]schema.Attribute{
			"trustee": schema.StringAttribute{
				CustomType: attr.TrusteeType{}, Required: true,
				MarkdownDescription: trusteeDescription + " Another trustee replaces the resource.",
				Validators:          []validator.String{attr.ValidTrustee()},
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplaceIf(isAnotherTrustee,
					"another trustee replaces the resource", "another trustee replaces the resource")},
			},
			"expires": attr.Instant(attr.Optional, "When the trustee loses the role, in RFC 3339 with an offset. The "+
				"server has no end dates: the first apply after this time revokes the role, so apply on a schedule."),
			"active": attr.Bool(attr.Computed, "Whether the trustee has the role; `false` after the role expired and "+
				"was revoked."),
			"name": attr.String(attr.Computed, "Name of the trustee. Null unless `resolve_identities` is `true`."),
		}),
	}
}

func isAnotherTrustee(
	_ context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse,
) {
	resp.RequiresReplace = req.PlanValue.IsUnknown() ||
		!settings.SameTrustee(req.PlanValue.ValueString(), req.StateValue.ValueString())
}

// memberModel is the resource codesign_project_role_member in a configuration, plan or state.
type memberModel struct {
	roleFields
	Trustee attr.TrusteeValue `tfsdk:"trustee"`
	Expires attr.InstantValue `tfsdk:"expires"`
	Active  types.Bool        `tfsdk:"active"`
	Name    types.String      `tfsdk:"name"`
}

type memberIdentity struct {
	roleIdentity
	Trustee types.String `tfsdk:"trustee"`
}

func (m *memberModel) identity() any { return memberIdentity{m.roleIdentity(), m.Trustee.StringValue} }

// importedMember is a trustee of a role. It is not active if the project that was read does not give
// the role to the trustee.
func importedMember(p *client.Project, id ...string) roleObject {
	m := &memberModel{roleFields: newRoleFields(id[0], id[1]), Trustee: attr.NewTrusteeValue(id[2])}
	m.refresh(p)
	return m
}

func (m *memberModel) attribute() path.Path { return path.Root("trustee") }

func (m *memberModel) at(_ settings.Role, trustee string) path.Path {
	if trustee == "" {
		return path.Root("role")
	}
	return m.attribute()
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

// checkPlan fails if the role ended between the plan and the apply. The CLI needs the planned value of
// active.
func (m *memberModel) checkPlan(now time.Time, diagnostics *diag.Diagnostics) {
	if m.isExpired(now) && m.Active.ValueBool() {
		m.addExpired(now, diagnostics)
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
	trustees := p.Trustees(m.role())
	return trustees == nil && m.Active.ValueBool() || settings.Contains(trustees, m.Trustee.ValueString())
}

// isRevoked is false for a role that expired.
func (m *memberModel) isRevoked(p *client.Project, now time.Time) bool {
	return !m.hasRole(p) && m.Active.ValueBool() && !m.isExpired(now)
}

func (m *memberModel) hasUnknownNames() bool { return m.Name.IsUnknown() }

// resolveNames keeps a name that is known if the lookup fails.
func (m *memberModel) resolveNames(ctx context.Context, api *client.Client, _ *diag.Diagnostics) {
	names := namesOf(ctx, api, m.ResolveIdentities, m.trustees(), &diag.Diagnostics{})
	if name := nameIn(names, m.Trustee.ValueString()); !name.IsNull() || m.Name.IsUnknown() {
		m.Name = name
	}
}

// modifyPlan plans whether the trustee has the role: until it expires.
func (m *memberModel) modifyPlan(ctx context.Context, p *rolePlan, now time.Time) {
	plan, state := m, p.state.(*memberModel)
	plan.Active = types.BoolUnknown()
	if !plan.Expires.IsUnknown() {
		plan.Active = types.BoolValue(!plan.isExpired(now))
	}
	switch {
	case p.creates && plan.Active.Equal(types.BoolValue(false)):
		plan.addExpired(now, &p.resp.Diagnostics)
	case p.creates:
		plan.planName(ctx, p.api)
		project, _ := p.create(ctx)
		if project != nil && !plan.Role.IsUnknown() && !plan.Trustee.IsUnknown() {
			p.claimRole()
			if plan.Active.ValueBool() {
				p.checkChange(ctx, project)
			}
		}
	case plan.isSameMember(state) && p.update(ctx):
		plan.keepSpelling(state)
		plan.Name = state.Name
		if !plan.ResolveIdentities.Equal(state.ResolveIdentities) {
			plan.planName(ctx, p.api)
		}
		p.claimRole()
		if !plan.Active.IsUnknown() && !plan.Active.Equal(state.Active) {
			p.checkUpdate(ctx)
		}
	}
}

// isSameMember is false for another role or trustee, which replaces the resource.
func (m *memberModel) isSameMember(state *memberModel) bool {
	return !m.Trustee.IsUnknown() && m.Role.Equal(state.Role) &&
		settings.SameTrustee(m.Trustee.ValueString(), state.Trustee.ValueString())
}

// keepSpelling keeps the state's spelling of equal values.
func (m *memberModel) keepSpelling(state *memberModel) {
	m.Trustee = state.Trustee
	before, errBefore := schedule.ParseInstant(state.Expires.ValueString())
	now, errNow := schedule.ParseInstant(m.Expires.ValueString())
	if errBefore == nil && errNow == nil && schedule.SameInstant(before, now) {
		m.Expires = state.Expires
	}
}

// planName looks up the name. It is unknown if the lookup fails: it may succeed in the apply.
func (m *memberModel) planName(ctx context.Context, api *client.Client) {
	names := planNames(ctx, api, m.ResolveIdentities, m.trustees(), !m.Trustee.IsUnknown())
	m.Name = nameIn(names, m.Trustee.ValueString())
	if m.Name.IsNull() && m.ResolveIdentities.ValueBool() {
		m.Name = types.StringUnknown()
	}
}
