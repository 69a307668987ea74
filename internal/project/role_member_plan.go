package project

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
)

// memberPlanner computes one plan of codesign_project_role_member.
type memberPlanner struct {
	namesPlan
	config, plan memberModel
	now          time.Time
}

// ModifyPlan plans whether the trustee has the role: until it expires.
func (r *memberResource) ModifyPlan(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	if req.Plan.Raw.IsNull() {
		plannedRoleKey.Clear(ctx, resp.Private, &resp.Diagnostics)
		return
	}
	p := memberPlanner{namesPlan: namesPlan{api: r.Client(), refreshLog: r.RefreshLog(), resp: resp}, now: r.Now()}
	resp.Diagnostics.Append(req.Config.Get(ctx, &p.config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &p.plan)...)
	replaced, _ := plannedRoleKey.Get(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	p.namesPlan.config, p.namesPlan.plan, p.named = p.config.projectNames, &p.plan.projectNames, p.config.address()
	p.plan.Active = types.BoolUnknown()
	if !p.plan.Expires.IsUnknown() {
		p.plan.Active = types.BoolValue(!p.plan.isExpired(p.now))
	}
	if req.State.Raw.IsNull() {
		p.releaseReplaced(replaced)
		p.planCreate(ctx)
	} else {
		var state memberModel
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
		applied, _ := loadApplied(ctx, req.Private, &resp.Diagnostics)
		p.planUpdate(ctx, state, applied.projectNames)
	}
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.Plan.Set(ctx, &p.plan)...)
	}
	trustees := []string{p.plan.Trustee.ValueString()}
	planned := p.newPlannedRole(p.plan.role(), trustees, p.plan.claim(p.named))
	plannedRoleKey.Set(ctx, resp.Private, planned, &resp.Diagnostics)
}

func (p *memberPlanner) planCreate(ctx context.Context) {
	if !p.plan.Active.IsUnknown() && !p.plan.Active.ValueBool() {
		p.resp.Diagnostics.AddAttributeError(path.Root("expires"), "The role has expired", expiredDetail(p.plan, p.now))
		return
	}
	p.plan.Name = p.planName(ctx)
	project := p.create(ctx)
	if project == nil || p.plan.Role.IsUnknown() || p.plan.Trustee.IsUnknown() {
		return
	}
	p.claimRole(p.plan.projectNames, p.plan.role(), p.plan.claim(p.named), memberPaths())
	if p.plan.Active.ValueBool() {
		p.checkChange(ctx, project, p.plan.change(), p.plan.ResolveIdentities.ValueBool(), memberPaths())
	}
}

func (p *memberPlanner) planUpdate(ctx context.Context, state memberModel, applied projectNames) {
	same := !p.plan.Trustee.IsUnknown() &&
		settings.SameTrustee(p.plan.Trustee.ValueString(), state.Trustee.ValueString())
	if !same || !p.plan.Role.Equal(state.Role) { // the plan of the new object follows
		return
	}
	if !p.update(ctx, state.projectNames, applied) {
		return
	}
	p.keepSpelling(state)
	p.plan.Name = state.Name
	if !p.plan.ResolveIdentities.Equal(state.ResolveIdentities) {
		p.plan.Name = p.planName(ctx)
	}
	p.claimRole(state.projectNames, p.plan.role(), p.plan.claim(p.named), memberPaths())
	if p.plan.Active.IsUnknown() || p.plan.Active.Equal(state.Active) || p.api == nil {
		return
	}
	project, err := reconcile.GetSettingsCached(ctx, p.api, state.byGUID().ref)
	if err != nil {
		p.fail(nameOf(state.project()), state.missing(err))
		return
	}
	p.checkChange(ctx, project, p.plan.change(), p.plan.ResolveIdentities.ValueBool(), memberPaths())
}

// keepSpelling keeps the state's spelling of equal values.
func (p *memberPlanner) keepSpelling(state memberModel) {
	p.plan.Trustee = state.Trustee
	before, errBefore := schedule.ParseInstant(state.Expires.ValueString())
	now, errNow := schedule.ParseInstant(p.plan.Expires.ValueString())
	if errBefore == nil && errNow == nil && schedule.SameInstant(before, now) {
		p.plan.Expires = state.Expires
	}
}

func (p *memberPlanner) planName(ctx context.Context) types.String {
	resolve := p.plan.ResolveIdentities
	switch {
	case !resolve.IsUnknown() && !resolve.ValueBool():
		return types.StringNull()
	case resolve.IsUnknown() || p.api == nil || p.plan.Trustee.IsUnknown():
		return types.StringUnknown()
	}
	name := nameOfTrustee(ctx, p.api, p.plan.Trustee.ValueString())
	if name.IsNull() {
		return types.StringUnknown()
	}
	return name
}

func expiredDetail(m memberModel, now time.Time) string {
	return fmt.Sprintf("expires = %q is not after the current time, %s, so the trustee would lose the role "+
		"immediately. Nothing was sent. Set a later time, or remove the resource.",
		m.Expires.ValueString(), now.UTC().Format(time.RFC3339))
}

func memberPaths() settingsPaths {
	return settingsPaths{
		role:    func(settings.Role) path.Path { return path.Root("role") },
		trustee: func(settings.Role, string) path.Path { return path.Root("trustee") },
	}
}
