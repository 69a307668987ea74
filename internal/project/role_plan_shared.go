package project

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

// rolePlan computes one plan of a resource that manages a role.
type rolePlan struct {
	namesPlan
	plan, state roleObject
	creates     bool
	lastNames   projectNames // as configured at the last apply
	applied     []string     // the trustees of the last apply
	claimed     bool         // compared with the other resources of this plan
}

// newRolePlan decodes plan and state. It returns nil for a destroy and after an error.
func newRolePlan(
	ctx context.Context, r *config.ResourceClient, plan, state roleObject,
	req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) *rolePlan {
	if req.Plan.Raw.IsNull() {
		plannedRoleKey.Clear(ctx, resp.Private, &resp.Diagnostics)
		return nil
	}
	resp.Diagnostics.Append(req.Plan.Get(ctx, plan)...)
	replaced, _ := plannedRoleKey.Get(ctx, req.Private, &resp.Diagnostics)
	p := &rolePlan{
		namesPlan: newNamesPlan(ctx, r, req, resp, &plan.common().projectNames),
		plan:      plan, state: state, creates: req.State.Raw.IsNull(),
	}
	if p.creates {
		p.releaseReplaced(replaced)
	} else {
		resp.Diagnostics.Append(req.State.Get(ctx, state)...)
		p.lastNames, _ = loadApplied(ctx, req.Private, &resp.Diagnostics)
		p.applied = loadTrustees(ctx, req.Private, state, &resp.Diagnostics)
	}
	if resp.Diagnostics.HasError() {
		return nil
	}
	return p
}

// update plans the names of a resource in the state, in the spelling of the state. It reports whether
// they are of the same project.
func (p *rolePlan) update(ctx context.Context) bool {
	state := p.state.common().projectNames
	same, _ := p.namesPlan.update(ctx, state, p.lastNames)
	if same {
		*p.names = p.names.spelledAs(state)
	}
	return same
}

// finish stores the plan, also for the plan of a new object and for Delete in a replacement.
func (p *rolePlan) finish(ctx context.Context) {
	if !p.resp.Diagnostics.HasError() {
		p.resp.Diagnostics.Append(p.resp.Plan.Set(ctx, p.plan)...)
	}
	plannedRoleKey.Set(ctx, p.resp.Private, p.planned(), &p.resp.Diagnostics)
}

// claimRole fails if another resource of this plan manages the role, too.
func (p *rolePlan) claimRole() {
	names := p.state.common()
	if p.creates {
		names = p.plan.common()
	}
	checks := newSettingsPlan(p.api, p.refreshLog, &p.resp.Diagnostics, nameOf(names.project()), p.plan.paths())
	checks.claimRoles(names.refs(), p.plan.claim(p.named), p.plan.common().role())
	p.claimed = true
}

// releaseReplaced reverts the claim of the first plan of a replaced resource.
func (p *rolePlan) releaseReplaced(replaced plannedRole) {
	if !replaced.Claimed {
		return
	}
	claim := config.RoleClaim{Type: "codesign_project_role", Name: replaced.Name}
	if replaced.Member {
		claim.Type, claim.Trustee = "codesign_project_role_member", replaced.Trustees[0]
	}
	p.refreshLog.Roles.Remove(replaced.names().refs(), settings.Role(replaced.Role), claim)
}

// checkUpdate reads the project of the state for checkChange.
func (p *rolePlan) checkUpdate(ctx context.Context) {
	if p.api == nil || p.resp.Diagnostics.HasError() {
		return
	}
	state := p.state.common()
	project, err := p.get(ctx, p.api, state.byGUID().ref)
	if err != nil {
		p.failRead(nameOf(state.project()), state.missing(err))
		return
	}
	p.checkChange(ctx, project)
}

// checkChange checks who gains and who loses the role on a project that was read.
func (p *rolePlan) checkChange(ctx context.Context, project *client.Project) {
	change, before := p.plan.change(), edit.SettingsOf(project)
	if change.MetBy(before) {
		return
	}
	switch project.Status {
	case lifecycle.Deleted:
		p.resp.Diagnostics.AddAttributeError(p.named.path, "Unable to change project "+nameOf(project), fmt.Sprintf(
			"The project %s is queued for deletion, and the server refuses changes until the deletion is decided. "+
				"Nothing was sent. Remove the resource, or plan again after a rejected deletion.", project.DN))
		return
	case lifecycle.Pending:
		addWarning(&p.resp.Diagnostics, path.Root("role"), "Project "+nameOf(project)+" waits for its approval",
			"The project is Pending. An approver may have reviewed its roles already, and does not see this change.")
	default:
	}
	checks := newSettingsPlan(p.api, p.refreshLog, &p.resp.Diagnostics, nameOf(project), p.plan.paths())
	checks.dn, checks.before, checks.change = project.DN, before, change
	checks.resolve = p.plan.common().ResolveIdentities.ValueBool()
	checks.check(ctx)
}
