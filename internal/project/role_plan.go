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
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
)

// rolePlanner computes one plan of codesign_project_role.
type rolePlanner struct {
	namesPlan
	config, plan roleModel
}

// ModifyPlan reads the project if the plan changes the role, and says who gains and loses it.
func (r *roleResource) ModifyPlan(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	if req.Plan.Raw.IsNull() {
		plannedRoleKey.Clear(ctx, resp.Private, &resp.Diagnostics)
		return
	}
	p := rolePlanner{namesPlan: namesPlan{api: r.Client(), refreshLog: r.RefreshLog(), resp: resp}}
	resp.Diagnostics.Append(req.Config.Get(ctx, &p.config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &p.plan)...)
	replaced, _ := plannedRoleKey.Get(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	p.namesPlan.config, p.namesPlan.plan, p.named = p.config.projectNames, &p.plan.projectNames, p.config.address()
	p.plan.checkOwners(&resp.Diagnostics)
	if req.State.Raw.IsNull() {
		p.releaseReplaced(replaced)
		p.planCreate(ctx)
	} else {
		var state roleModel
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
		applied, _ := loadApplied(ctx, req.Private, &resp.Diagnostics)
		configured, found := trusteesKey.Get(ctx, req.Private, &resp.Diagnostics)
		if !found {
			configured = state.trustees()
		}
		p.planUpdate(ctx, state, applied.projectNames, configured)
	}
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.Plan.Set(ctx, &p.plan)...)
	}
	planned := p.newPlannedRole(p.plan.role(), p.plan.trustees(), p.plan.claim(p.named))
	plannedRoleKey.Set(ctx, resp.Private, planned, &resp.Diagnostics)
}

func (p *rolePlanner) planCreate(ctx context.Context) {
	p.plan.Names = planNames(ctx, p.api, p.plan.ResolveIdentities, p.plan.Trustees)
	project := p.create(ctx)
	if project == nil || p.plan.Role.IsUnknown() {
		return
	}
	p.claimRole(p.plan.projectNames, p.plan.role(), p.plan.claim(p.named), trusteesPaths())
	if p.plan.hasTrustees() {
		p.checkChange(ctx, project, p.plan.change(), p.plan.ResolveIdentities.ValueBool(), trusteesPaths())
	}
}

func (p *rolePlanner) planUpdate(ctx context.Context, state roleModel, applied projectNames, configured []string) {
	if !p.plan.Role.Equal(state.Role) { // the plan of the new object follows
		return
	}
	if !p.update(ctx, state.projectNames, applied) {
		return
	}
	p.claimRole(state.projectNames, p.plan.role(), p.plan.claim(p.named), trusteesPaths())
	if p.plan.hasTrustees() && settings.SameSet(p.plan.trustees(), state.trustees()) {
		p.plan.Trustees = state.Trustees
		if p.plan.ResolveIdentities.Equal(state.ResolveIdentities) {
			p.plan.Names = state.Names
			p.recordAccepted(configured)
			return
		}
	}
	p.plan.Names = planNames(ctx, p.api, p.plan.ResolveIdentities, p.plan.Trustees)
	if !p.plan.hasTrustees() || p.plan.Trustees.Equal(state.Trustees) {
		return
	}
	if p.plan.OnDrift.ValueString() == failOnDrift {
		p.failOnDrift(ctx, state, configured)
	}
	if p.api == nil || p.resp.Diagnostics.HasError() {
		return
	}
	project, err := reconcile.GetSettingsCached(ctx, p.api, state.byGUID().ref)
	if err != nil {
		p.fail(nameOf(state.project()), state.missing(err))
		return
	}
	p.checkChange(ctx, project, p.plan.change(), p.plan.ResolveIdentities.ValueBool(), trusteesPaths())
}

// recordAccepted plans an update that sends nothing if the configuration accepts what was changed outside
// of Terraform. Without it, no apply would record these trustees, and a later change of the configuration
// would look like drift.
func (p *rolePlanner) recordAccepted(configured []string) {
	if p.plan.OnDrift.ValueString() == failOnDrift && !settings.SameSet(configured, p.plan.trustees()) {
		p.plan.Names = types.MapUnknown(types.StringType)
	}
}

// failOnDrift fails if the role differs from the last apply, except where the configuration now asks
// for the difference.
func (p *rolePlanner) failOnDrift(ctx context.Context, state roleModel, configured []string) {
	added, removed := settings.Changes(configured, state.trustees())
	added = slices.DeleteFunc(added, func(t string) bool { return settings.Contains(p.plan.trustees(), t) })
	removed = slices.DeleteFunc(removed, func(t string) bool { return !settings.Contains(p.plan.trustees(), t) })
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
		"The role %s of project %s was changed outside of Terraform", p.plan.role(), nameOf(state.project())),
		strings.Join(lines, "\n")+"\n\nThe plan fails because of on_drift = \"Fail\", and nothing was sent. Find out "+
			"who changed the role. To accept the change, write it in trustees. To undo it, set on_drift = \"Repair\" "+
			"and apply. A destroy also makes this plan. To destroy the resource, run `terraform destroy "+
			"-refresh=false`.")
}

func (p *rolePlanner) describe(ctx context.Context, trustees []string) string {
	if p.api == nil || !p.plan.ResolveIdentities.ValueBool() {
		return describeTrustees(trustees, nil)
	}
	names := map[string]client.Identity{}
	for _, trustee := range trustees {
		if identity, err := p.api.ValidateUniversal(ctx, trustee); err == nil {
			names[trustee] = *identity
		}
	}
	return describeTrustees(trustees, names)
}

func trusteesPaths() settingsPaths {
	return settingsPaths{
		role:    func(settings.Role) path.Path { return path.Root("trustees") },
		trustee: func(_ settings.Role, trustee string) path.Path { return trusteesPath(trustee) },
	}
}
