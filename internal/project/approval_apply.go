package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
)

// Create sends the decision. A failure leaves nothing in the state, and the next apply first checks
// whether the decision was made.
func (r *approvalResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan approvalModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	api, ctx, cancel := r.BeginApply(ctx, plan.Timeouts.Create, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if api == nil {
		return
	}
	r.recordStatus(ctx, api, plan.ref())
	reconciler := newReconciler(ctx, api, r.Timing())
	decided, err := reconciler.Decide(ctx, plan.byDN(), plan.GUID.ValueString(), plan.submission(), plan.approval())
	if err != nil {
		addApprovalError(&resp.Diagnostics, plan.unableToDecide(), err)
		return
	}
	plan.fill(decided)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// recordStatus records the status that the project has before the decision. A
// codesign_project_status that depends on this resource is planned again after the decision, with
// the same initial_status.
func (r *approvalResource) recordStatus(ctx context.Context, api *client.Client, ref client.ProjectRef) {
	if p, err := reconcile.GetCached(ctx, api, ref); err == nil {
		r.RefreshLog().StatusBefore.LoadOrStore(reconcile.RefOf(p).Folded(), p.Status.String())
	}
}

// Read updates current_status. A decision is final, so the resource never leaves the state by
// itself.
func (r *approvalResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state approvalModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	api := r.Client()
	if resp.Diagnostics.HasError() || api == nil {
		return
	}
	p, err := reconcile.GetCached(ctx, api, state.ref())
	switch {
	case err == nil:
		state.CurrentStatus = types.StringValue(p.Status.String())
	case isNotFound(err):
		state.CurrentStatus = types.StringNull()
	case failure.CodeOf(err) == failure.Indeterminate: // hidden from the approver: keep the last known status
	default:
		addApprovalError(&resp.Diagnostics, "Unable to read project "+displayName(state.byDN()), err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}

// Update records arguments that changed after the decision. Nothing is sent.
func (r *approvalResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan approvalModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// Delete only removes the resource from the state: a decision cannot be revoked.
func (r *approvalResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {
}
