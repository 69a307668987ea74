package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
)

// Create sets the desired status. A failure leaves nothing in the state: otherwise the CLI would
// mark the resource as tainted and replace it. The next apply finds the project as this one left
// it.
func (r *statusResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan statusModel
	configured := configuredNames(ctx, req.Config, &resp.Diagnostics)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	api, ctx, cancel := r.BeginApply(ctx, plan.Timeouts.Create, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if api == nil {
		return
	}
	// The framework passes no private state of the plan to a create, and nothing is ignored in one.
	// The configuration only says which of the planned names is configured.
	at := plan.only(configured).address()
	r.RefreshLog().Applied.Add(plan.serverRef())
	r.recordStatus(plan.serverRef(), plan.InitialStatus)
	p, err := newReconciler(ctx, api, r.Timing()).Reconcile(ctx, at.ref, plan.request(plan.desired()))
	if err != nil {
		addStatusError(&resp.Diagnostics, at.path, unableToSet(nameOf(plan.project()), plan.desired()), err)
		return
	}
	plan.fill(p)
	storeApplied(ctx, resp.Private, at.ref.DN, &resp.Diagnostics)
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, p.GUID)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// Read removes a project from the state only if it certainly does not exist.
func (r *statusResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state statusModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	// Set it on every path: CLIs before 1.12 keep no identity.
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, state.GUID.ValueString())...)
	p := state.readForRefresh(ctx, &r.ResourceClient, state.byGUID().path, getCached, req, resp)
	if p == nil {
		return
	}
	state.refresh(p)
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, p.GUID)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}

// Update sets the desired status of the project of the state, even if it was renamed. After a
// failure the state keeps the previous desired status and records the current one.
func (r *statusResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state statusModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	planned, _ := plannedKey.Get(ctx, req.Private, &resp.Diagnostics)
	plannedKey.Clear(ctx, resp.Private, &resp.Diagnostics) // even if the update fails
	api, ctx, cancel := r.BeginApply(ctx, plan.Timeouts.Update, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if api == nil {
		return
	}
	r.RefreshLog().Applied.Add(state.serverRef())
	r.recordStatus(state.serverRef(), state.CurrentStatus)
	p, err := newReconciler(ctx, api, r.Timing()).Reconcile(ctx, state.byGUID().ref, plan.request(plan.desired()))
	if err == nil {
		err = plan.checkPlannedStatus(p)
	}
	if err != nil {
		if p != nil {
			state.CurrentStatus = types.StringValue(p.Status.String())
			resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
		}
		addStatusError(&resp.Diagnostics, planned.address().path,
			unableToSet(nameOf(state.project()), plan.desired()), state.missing(err))
		return
	}
	plan.fill(p)
	storeApplied(ctx, resp.Private, planned.DN, &resp.Diagnostics)
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, p.GUID)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// recordStatus records the status that a project had before the first write of this apply.
func (r *statusResource) recordStatus(project client.ProjectRef, status types.String) {
	r.RefreshLog().StatusBefore.LoadOrStore(project.Folded(), status.ValueString())
}

// checkPlannedStatus fails if the plan showed one of several statuses that meet the desired one,
// and the project has another of them now.
func (m statusModel) checkPlannedStatus(p *client.Project) error {
	planned, known := lifecycle.ParseStatus(m.CurrentStatus.ValueString())
	if !known || planned == p.Status {
		return nil
	}
	return reconcile.ChangedConcurrently(p, planned, m.desired(), nil)
}
