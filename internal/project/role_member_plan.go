package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
)

// ModifyPlan plans whether the trustee has the role: until it expires.
func (r *memberResource) ModifyPlan(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	var plan, state memberModel
	p := newRolePlan(ctx, &r.ResourceClient, &plan, &state, req, resp)
	if p == nil {
		return
	}
	plan.Active = types.BoolUnknown()
	if !plan.Expires.IsUnknown() {
		plan.Active = types.BoolValue(!plan.isExpired(r.Now()))
	}
	switch {
	case p.creates && plan.Active.Equal(types.BoolValue(false)):
		plan.addExpired(r.Now(), &resp.Diagnostics)
	case p.creates:
		plan.planName(ctx, p.api)
		project, _ := p.create(ctx)
		if project != nil && !plan.Role.IsUnknown() && !plan.Trustee.IsUnknown() {
			p.claimRole()
			if plan.Active.ValueBool() {
				p.checkChange(ctx, project)
			}
		}
	case plan.isSameMember(&state) && p.update(ctx):
		plan.keepSpelling(&state)
		plan.Name = state.Name
		if !plan.ResolveIdentities.Equal(state.ResolveIdentities) {
			plan.planName(ctx, p.api)
		}
		p.claimRole()
		if !plan.Active.IsUnknown() && !plan.Active.Equal(state.Active) {
			p.checkUpdate(ctx)
		}
	}
	p.finish(ctx)
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
	m.Name = types.StringUnknown()
	switch {
	case m.ResolveIdentities.IsUnknown():
	case !m.ResolveIdentities.ValueBool():
		m.Name = types.StringNull()
	case api != nil && !m.Trustee.IsUnknown():
		if name := nameOfTrustee(ctx, api, m.Trustee.ValueString()); !name.IsNull() {
			m.Name = name
		}
	}
}
