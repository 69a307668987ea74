package project

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

// projectPlanner computes one plan of codesign_project.
type projectPlanner struct {
	namesPlan
	config, plan, state resourceModel
	pending             edit.Pending
	replaced            plannedProject // the object that a replacement destroys, zero without one
}

// ModifyPlan reads the project if the plan changes it: what the apply cannot do fails the plan.
func (r *projectResource) ModifyPlan(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	if req.Plan.Raw.IsNull() {
		r.planDestroy(ctx, req, resp)
		return
	}
	var p projectPlanner
	p.namesPlan = newNamesPlan(ctx, &r.ResourceClient, req, resp, &p.plan.projectNames)
	resp.Diagnostics.Append(req.Config.Get(ctx, &p.config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &p.plan)...)
	replaced, _ := plannedProjectKey.Get(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	if !p.config.Owners.IsNull() {
		p.plan.checkOwners(&resp.Diagnostics)
	}
	if req.State.Raw.IsNull() {
		p.replaced = replaced
		p.refreshLog.releaseRoles(replaced.names().refs(), replaced.Claim, append(replaced.Roles, wholeProject)...)
		p.create(ctx)
	} else {
		resp.Diagnostics.Append(req.State.Get(ctx, &p.state)...)
		p.pending, _ = pendingKey.Get(ctx, req.Private, &resp.Diagnostics)
		p.update(ctx)
		plannedProjectKey.Set(ctx, resp.Private, p.planned(), &resp.Diagnostics)
	}
	resp.Diagnostics.Append(resp.Plan.Set(ctx, &p.plan)...)
}

// create plans a project that does not exist, or that an earlier run left unfinished.
func (p *projectPlanner) create(ctx context.Context) {
	p.plan.planName()
	p.plan.Names = p.planNames(ctx)
	if p.replaced.Protected {
		addProtectionError(&p.resp.Diagnostics, p.replaced.names().fullName())
		return
	}
	if p.api == nil || p.plan.DN.IsUnknown() {
		return
	}
	p.refreshLog.plan(p.plan.DN.ValueString(), "")
	p.claimRoles(client.ByDN(p.plan.DN.ValueString()))
	change, complete := p.change()
	p.checkName(ctx, change, complete)
	p.check(ctx, nil, change)
}

// update plans a project of the state.
func (p *projectPlanner) update(ctx context.Context) {
	p.plan.GUID, p.plan.ProjectID, p.plan.Created = p.state.GUID, p.state.ProjectID, p.state.Created
	renamed := !p.plan.DN.IsUnknown() && !dn.Equal(p.plan.DN.ValueString(), p.state.DN.ValueString())
	if renamed {
		p.refreshLog.plan(p.plan.DN.ValueString(), p.state.GUID.ValueString())
	}
	p.claimRoles(p.state.refs()...)
	p.keepSpelling()
	if !p.changes() {
		p.plan.setUnconfigured(p.config, p.state)
		p.plan.Name = p.state.Name
		p.plan.Names = p.state.Names
		if !p.plan.ResolveIdentities.Equal(p.state.ResolveIdentities) {
			p.plan.Names = p.planNames(ctx)
		}
		return
	}
	p.plan.planName()
	// Another resource may change these values in the same run.
	p.plan.setUnconfigured(p.config, newResourceModel(types.StringUnknown(), types.SetUnknown(types.StringType)))
	p.plan.Names = p.planNames(ctx)
	if p.api == nil {
		return
	}
	project, err := reconcile.GetSettingsCached(ctx, p.api, p.state.byGUID().ref)
	if err != nil {
		p.failRead(nameOf(p.state.project()), p.state.missing(err))
		return
	}
	if project.Status == lifecycle.Deleted {
		addQueuedError(&p.resp.Diagnostics, path.Root("dn"), project)
		return
	}
	if renamed && p.checkName(ctx, settings.Change{}, true) {
		addWarning(&p.resp.Diagnostics, path.Root("dn"), "Applying this renames project "+nameOf(project), fmt.Sprintf(
			"The project %s gets the name %s. Signing clients address environments by the name of their project, so "+
				"their configuration must change, too. GUIDs stay the same.", project.DN, p.plan.DN.ValueString()))
	}
	p.check(ctx, project, p.plan.changeFrom(p.state))
}

// planName plans the name, which follows from the DN.
func (m *resourceModel) planName() {
	m.Name = types.StringUnknown()
	if !m.DN.IsUnknown() {
		m.Name = types.StringValue(dn.Name(m.DN.ValueString()))
	}
}

// keepSpelling plans the value of the state where the configured one means the same.
func (p *projectPlanner) keepSpelling() {
	states := p.state.sets()
	for field, set := range p.plan.sets() {
		if !set.IsNull() && isWhollyKnown(*set) && settings.SameSet(stringsOf(*set), stringsOf(*states[field])) {
			*set = *states[field]
		}
	}
	if dn.Equal(p.plan.DN.ValueString(), p.state.DN.ValueString()) {
		p.plan.DN = p.state.DN
	}
}

// changes reports whether the plan changes the project on the server.
func (p *projectPlanner) changes() bool {
	if p.plan.DN.IsUnknown() || !dn.Equal(p.plan.DN.ValueString(), p.state.DN.ValueString()) {
		return true
	}
	if !p.config.Description.IsNull() && !p.plan.Description.Equal(p.state.Description) {
		return true
	}
	states, configured := p.state.sets(), p.config.sets()
	for field, set := range p.plan.sets() {
		if !configured[field].IsNull() && !set.Equal(*states[field]) {
			return true
		}
	}
	return !p.config.CustomFields.IsNull() && !p.plan.CustomFields.Equal(p.state.CustomFields)
}

// change is what the configuration of a new project asks for. Complete is false while a part of it is unknown.
func (p *projectPlanner) change() (change settings.Change, complete bool) {
	_, complete = p.plan.customFields()
	configured := p.plan
	configured.setUnconfigured(p.config, newResourceModel(types.StringNull(), types.SetNull(types.StringType)))
	for _, set := range configured.sets() {
		complete = complete && (set.IsNull() || isWhollyKnown(*set))
	}
	return configured.change(), complete && !configured.Description.IsUnknown()
}

func (p *projectPlanner) newSettingsPlan() *settingsPlan {
	name := dn.Name(p.plan.DN.ValueString())
	return newSettingsPlan(p.api, p.refreshLog, &p.resp.Diagnostics, name, projectRolePath)
}

// check reports who gains and who loses a role, and what is wrong with that. Project is nil for a new
// one.
func (p *projectPlanner) check(ctx context.Context, project *client.Project, change settings.Change) {
	if p.resp.Diagnostics.HasError() {
		return
	}
	checks := p.newSettingsPlan()
	checks.change, checks.resolve = change, p.plan.ResolveIdentities.ValueBool()
	if project == nil {
		checks.check(ctx)
		return
	}
	checks.checkProject(ctx, project, path.Root("dn"), path.Empty())
	if !p.pending.IsZero() && p.pending.Digest == change.Digest(checks.before) {
		addWarning(&p.resp.Diagnostics, path.Empty(), "The update of project "+nameOf(project)+" waits for an approval",
			"An earlier apply sent this update, and the project does not show it yet. The apply waits for it and "+
				"does not send "+
				"it again. If it was rejected, and the caller sees that its flow ticket is closed, the apply sends "+
				"it again.")
	}
}

// planNames looks up the names of the trustees. They are unknown while a trustee is.
func (p *projectPlanner) planNames(ctx context.Context) types.Map {
	all, known := p.plan.trustees()
	return planNames(ctx, p.api, p.plan.ResolveIdentities, all, known)
}

// claimRoles fails if another resource of this plan manages one of the roles, too.
func (p *projectPlanner) claimRoles(names ...client.ProjectRef) {
	checks := p.newSettingsPlan()
	checks.claimRoles(names, p.config.claim(), p.config.managedRoles()...)
	other, conflict := p.refreshLog.roles.add(p.config.claim(), roleKeys(names, wholeProject)...)
	if conflict && !p.resp.Diagnostics.HasError() {
		p.resp.Diagnostics.AddAttributeError(path.Root("dn"), "Two resources manage project "+checks.project,
			fmt.Sprintf(
				"This codesign_project (%s) and another codesign_project (%s) manage the same project. Nothing was "+
					"sent. Keep one of them; codesign_project_role and codesign_project_role_member can manage single "+
					"roles.",
				p.config.claim().Name, other.Name))
	}
}

// wholeProject is the claim of a codesign_project on its project, beside those on roles.
const wholeProject = settings.Role("")

// plannedProjectKey travels with a plan and is not kept in the state. In a replacement the CLI passes
// it to the plan of the new object.
const plannedProjectKey = config.PrivateKey[plannedProject]("planned_project")

// plannedProject is the plan of an object in the state, with the names of the state.
type plannedProject struct {
	storedNames
	Claim roleClaim       `json:"claim"`
	Roles []settings.Role `json:"roles,omitempty"` // of the claim
	// Protected and Policy are those of the object in the state, which a replacement destroys.
	Protected bool   `json:"protected,omitempty"`
	Policy    string `json:"policy,omitempty"`
}

func (p *projectPlanner) planned() plannedProject {
	return plannedProject{
		storedNames: p.state.stored(), Claim: p.config.claim(), Roles: p.config.managedRoles(),
		Protected: p.state.DeletionProtection.ValueBool(), Policy: p.state.DeletionPolicy.ValueString(),
	}
}

// deletes reports whether the destroy of the object deletes the project.
func (p plannedProject) deletes(project *client.Project) bool {
	return dn.EqualGUID(p.GUID, project.GUID) && p.Policy == deletePolicy
}
