package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
)

// Create drives the project to the desired status. A failure leaves nothing in the state: with
// something there the CLI would call the resource tainted and replace it, and the next apply finds
// the project where this one left it anyway.
func (r *statusResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var config, plan statusModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	// Nothing is ignored in a create, and the framework hands it no private state of the plan. The
	// configuration says by which of the planned names the project is configured, and nothing else.
	planned := plannedFrom(plan.only(config))
	timeout, diagnostics := plan.Timeouts.Create(ctx, statusDefaultTimeout)
	resp.Diagnostics.Append(diagnostics...)
	api := r.RequireClient(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	at := planned.address()
	r.RefreshLog().Applied.Add(plan.serverRef())
	r.noteStatus(plan.serverRef(), plan.InitialStatus)
	p, err := newReconciler(ctx, api, r.Timing()).Reconcile(ctx, at.Ref, plan.order(plan.goal()))
	if err != nil {
		statusReport(&resp.Diagnostics, "Could not set the project's status", at.Path, err)
		return
	}
	plan.fill(p)
	rememberApplied(ctx, resp.Private, planned, &resp.Diagnostics)
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, p.GUID)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// Update drives the project of the state, whatever it is called now. After a failure the state keeps
// the old desired status, with what the server says now.
func (r *statusResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state statusModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	planned, _ := recallPlanned(ctx, req.Private, &resp.Diagnostics)
	clearPrivate(ctx, resp.Private, &resp.Diagnostics, plannedKey) // also if this fails
	timeout, diagnostics := plan.Timeouts.Update(ctx, statusDefaultTimeout)
	resp.Diagnostics.Append(diagnostics...)
	api := r.RequireClient(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	r.RefreshLog().Applied.Add(state.serverRef())
	r.noteStatus(state.serverRef(), state.CurrentStatus)
	p, err := newReconciler(ctx, api, r.Timing()).Reconcile(ctx, state.byGUID().Ref, plan.order(plan.goal()))
	if err == nil {
		err = plan.brokenPromise(p, plan.goal())
	}
	if err != nil {
		if p != nil {
			state.CurrentStatus = types.StringValue(p.Status.String())
			resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
		}
		statusReport(&resp.Diagnostics, "Could not set the project's status", planned.address().Path, state.ofState(err))
		return
	}
	plan.fill(p)
	rememberApplied(ctx, resp.Private, planned, &resp.Diagnostics)
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, p.GUID)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// noteStatus keeps the status that a project had at plan, before the first write of this apply.
func (r *statusResource) noteStatus(project client.ProjectRef, status types.String) {
	r.RefreshLog().StatusBefore.LoadOrStore(project.Folded(), status.ValueString())
}

// brokenPromise is for a goal that more than one status meets: the plan found one
// of them and promised it, and meanwhile somebody set the project back.
func (m statusModel) brokenPromise(p *client.Project, goal lifecycle.Status) error {
	promised, known := lifecycle.ParseStatus(m.CurrentStatus.ValueString())
	if !known || promised == p.Status {
		return nil
	}
	return reconcile.ChangedConcurrently(p, promised, goal, nil)
}
