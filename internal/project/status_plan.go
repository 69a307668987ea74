package project

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
)

// statusPlanner computes one plan of the resource.
type statusPlanner struct {
	namesPlan
	timing   poll.Timing
	plan     statusModel
	managed  bool           // the state has the resource
	imported bool           // and no apply has followed its import
	planned  plannedStatus  // what the apply needs
	replaced *plannedStatus // the first plan of a replaced resource, nil without one
}

// ModifyPlan reads the project before the plan shows a status: a project that cannot reach the
// desired status fails the plan and not the apply.
//
// The configuration of this request reflects ignore_changes. That of an apply does not, so the
// apply uses the plan and the private state that is written here.
func (r *statusResource) ModifyPlan(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	if req.Plan.Raw.IsNull() {
		r.planDestroy(ctx, req, resp)
		return
	}
	p := statusPlanner{timing: r.Timing(), managed: !req.State.Raw.IsNull()}
	resp.Diagnostics.Append(req.Plan.Get(ctx, &p.plan)...)
	p.namesPlan = newNamesPlan(ctx, &r.ResourceClient, req, resp, &p.plan.projectNames)
	p.get, p.errorPath = reconcile.GetCached, statusAttribute
	if resp.Diagnostics.HasError() {
		return
	}
	p.planned = plannedStatus{
		storedNames: storedNames{p.named.ref.DN, p.named.ref.GUID, p.named.ref.ID}, Status: p.plan.Status.ValueString(),
	}
	if p.managed {
		var state statusModel
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
		before, found := appliedKey.Get(ctx, req.Private, &resp.Diagnostics)
		p.imported = !found || before.Imported
		p.update(ctx, state, before.names())
	} else {
		replaced, replaces := plannedKey.Get(ctx, req.Private, &resp.Diagnostics)
		p.create(ctx, replaced, replaces)
	}
	plannedKey.Set(ctx, resp.Private, p.planned, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.Plan.Set(ctx, &p.plan)...)
}

// create plans a new resource, or the second half of a replacement. In that case the CLI has
// planned an update of the replaced resource before.
func (p *statusPlanner) create(ctx context.Context, replaced plannedStatus, replaces bool) {
	p.plan.TicketID = types.Int64Null() // the apply approves no ticket that the plan does not show
	if replaces && replaced.Compared {
		p.replaced = &replaced
	}
	project, unknown := p.namesPlan.create(ctx)
	if unknown {
		p.removeReplaced()
		p.checkReplacementByUnknown(replaced, replaces)
	}
	if project == nil {
		return
	}
	p.plan.InitialStatus, p.plan.CurrentStatus = types.StringValue(project.Status.String()), types.StringUnknown()
	p.planned.Project, p.planned.InitialStatus = reconcile.RefOf(project).Folded(), project.Status.String()
	before, _ := p.refreshLog.statusBefore.Load(p.planned.Project)
	if status, changed := before.(string); changed {
		p.plan.InitialStatus = types.StringValue(status)
	}
	p.planned.ServerDN, p.planned.ServerID = project.DN, project.ID
	if !p.plan.Status.IsUnknown() {
		p.planStatus(ctx, project, nil)
		p.warnConflict()
	}
}

func (p *statusPlanner) update(ctx context.Context, state statusModel, before projectNames) {
	p.plan.InitialStatus, p.plan.TicketID = state.InitialStatus, state.TicketID
	p.planned.StatusOnDestroy, p.planned.Project = state.StatusOnDestroy.ValueString(), state.serverRef().Folded()
	if p.isUndecided(state.projectNames) && !state.TicketID.IsNull() {
		p.plan.TicketID = types.Int64Unknown()
	}
	same, another := p.namesPlan.update(ctx, state.projectNames, before)
	if another != nil {
		p.warnReplacement(ctx, another)
	}
	if !same {
		return
	}
	p.updateStatus(ctx, state)
	// An import whose configuration matches the server changes nothing. Otherwise the same apply takes the
	// spelling of the configuration.
	if respelled := p.plan.withSpellingOf(state); p.imported && respelled.sameArguments(state) {
		p.plan = respelled
	}
	p.warnConflict()
}

// updateStatus reads the project if the plan changes its status.
func (p *statusPlanner) updateStatus(ctx context.Context, state statusModel) {
	current, known := lifecycle.ParseStatus(state.CurrentStatus.ValueString())
	if !p.plan.Status.IsUnknown() && known && lifecycle.Met(p.desired(), current) {
		p.keepStatus(state)
		return
	}
	if p.api == nil || !p.named.known || p.plan.Status.IsUnknown() {
		p.plan.CurrentStatus = types.StringUnknown()
		return
	}
	project, err := reconcile.GetCached(ctx, p.api, state.byGUID().ref)
	if err != nil {
		p.fail(nameOf(state.project()), state.missing(err))
		return
	}
	p.planStatus(ctx, project, &state)
}

// keepStatus plans the status of the state, because it meets the desired one. If no other argument
// changes, the plan is empty, even if another desired status was met before. If one does, a
// submitted project may have been approved by the time of the apply.
func (p *statusPlanner) keepStatus(state statusModel) {
	p.plan.CurrentStatus = state.CurrentStatus
	unchanged := p.plan
	unchanged.Status = state.Status
	if unchanged.sameArguments(state) || p.imported && unchanged.withSpellingOf(state).sameArguments(state) {
		p.plan = unchanged
		return
	}
	if state.CurrentStatus.ValueString() == lifecycle.Pending.String() {
		p.plan.CurrentStatus = types.StringUnknown()
	}
}

// planStatus plans the status that the apply leads to and fails if there is no route to it. State
// is nil for a create.
func (p *statusPlanner) planStatus(ctx context.Context, project *client.Project, state *statusModel) {
	if err := checkRoute(&p.resp.Diagnostics, path.Root("status"), project.Status, p.desired()); err != nil {
		if state != nil && state.destroySucceeds(project.Status) {
			p.warnBlocked(project, err)
			return
		}
		p.fail(nameOf(project), err)
		return
	}
	p.warnWait(ctx, project)
	p.planTicket(ctx, project)
	p.plan.CurrentStatus = types.StringValue(p.desired().String())
	if p.desired() == lifecycle.Pending {
		p.plan.CurrentStatus = types.StringUnknown()
	}
}

// checkRoute fails if the desired status cannot be reached, and warns of undocumented steps.
func checkRoute(diagnostics *diag.Diagnostics, at path.Path, current, desired lifecycle.Status) error {
	route, err := lifecycle.Route(current, desired)
	for _, step := range route {
		if err == nil && !step.Documented {
			addWarning(diagnostics, at, "Undocumented step", fmt.Sprintf(
				"The vendor does not document the step from %s to %s. The apply tries it once. The server may refuse "+
					"it.",
				step.From, step.To))
		}
	}
	return err
}

func (p *statusPlanner) desired() lifecycle.Status { return p.plan.desired() }

// fail reports an error about the named project.
func (p *statusPlanner) fail(name string, err error) {
	addPlanError(&p.resp.Diagnostics, p.named.path, name, p.desired(), withPlanRemedy(err))
}

// warnReplacement shows the warnings of the create that follows, which the CLI drops.
func (p *statusPlanner) warnReplacement(ctx context.Context, another *client.Project) {
	if !p.plan.Status.IsUnknown() {
		p.warnWait(ctx, another)
		p.planTicket(ctx, another)
	}
	p.planned.Project = reconcile.RefOf(another).Folded()
	p.warnConflict()
}
