package project

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/rights/grants"
)

// ModifyPlan reads the project if the plan changes the role, and says who gains and loses it.
func (r *roleResource) ModifyPlan(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	var plan, state roleModel
	p := newRolePlan(ctx, &r.ResourceClient, &plan, &state, req, resp)
	if p == nil {
		return
	}
	plan.checkOwners(&resp.Diagnostics)
	switch {
	case p.creates:
		plan.Names = planNames(ctx, p.api, plan.ResolveIdentities, plan.Trustees)
		if project, _ := p.create(ctx); project != nil && !plan.Role.IsUnknown() {
			p.claimRole()
			if plan.hasTrustees() {
				p.checkChange(ctx, project)
			}
		}
	case plan.Role.Equal(state.Role) && p.update(ctx):
		p.claimRole()
		p.planTrustees(ctx, &plan, &state)
	}
	p.finish(ctx)
}

func (p *rolePlan) planTrustees(ctx context.Context, plan, state *roleModel) {
	if plan.hasTrustees() && settings.SameSet(plan.trustees(), state.trustees()) {
		plan.Trustees = state.Trustees
		if plan.ResolveIdentities.Equal(state.ResolveIdentities) {
			plan.Names = state.Names
			p.recordAccepted(plan)
			return
		}
	}
	plan.Names = planNames(ctx, p.api, plan.ResolveIdentities, plan.Trustees)
	if !plan.hasTrustees() || plan.Trustees.Equal(state.Trustees) {
		return
	}
	if plan.OnDrift.ValueString() == failOnDrift {
		p.failOnDrift(ctx, plan, state)
	}
	p.checkUpdate(ctx)
}

// recordAccepted plans an update that sends nothing if the configuration accepts what was changed outside
// of Terraform. Without it, no apply would record these trustees, and a later change of the configuration
// would look like drift.
func (p *rolePlan) recordAccepted(plan *roleModel) {
	if plan.OnDrift.ValueString() == failOnDrift && !settings.SameSet(p.applied, plan.trustees()) {
		plan.Names = types.MapUnknown(types.StringType)
	}
}

// failOnDrift fails if the role differs from the last apply, except where the configuration now asks
// for the difference.
func (p *rolePlan) failOnDrift(ctx context.Context, plan, state *roleModel) {
	added, removed := settings.Changes(p.applied, state.trustees())
	added = slices.DeleteFunc(added, func(t string) bool { return settings.Contains(plan.trustees(), t) })
	removed = slices.DeleteFunc(removed, func(t string) bool { return !settings.Contains(plan.trustees(), t) })
	var lines []string
	for _, list := range []struct {
		what     string
		trustees []string
	}{{"Added", added}, {"Removed", removed}} {
		if len(list.trustees) > 0 {
			lines = append(lines, fmt.Sprintf("%s: %s.", list.what, p.describe(ctx, list.trustees)))
		}
	}
	if len(lines) == 0 {
		return
	}
	p.resp.Diagnostics.AddAttributeError(path.Root("trustees"), fmt.Sprintf(
		"The role %s of project %s was changed outside of Terraform", plan.role(), nameOf(state.project())),
		strings.Join(lines, "\n")+"\n\nThe plan fails because of on_drift = \"Fail\", and nothing was sent. Find out "+
			"who changed the role. To accept the change, write it in trustees. To undo it, set on_drift = \"Repair\" "+
			"and apply. A destroy also makes this plan. To destroy the resource, run `terraform destroy "+
			"-refresh=false`.")
}

// describe lists trustees, by name if resolve_identities is true.
func (p *rolePlan) describe(ctx context.Context, trustees []string) string {
	var names map[string]client.Identity
	if p.api != nil && p.plan.common().ResolveIdentities.ValueBool() {
		names, _ = grants.Resolve(ctx, p.api, trustees)
	}
	return describeTrustees(trustees, names)
}
