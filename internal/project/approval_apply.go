package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
)

// Create gives the verdict. A failure leaves nothing in the state, and the next
// apply looks first whether the verdict has been given.
func (r *approvalResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan approvalModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	timeout, diagnostics := plan.Timeouts.Create(ctx, approvalDefaultTimeout)
	resp.Diagnostics.Append(diagnostics...)
	api := r.RequireClient(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	decided, err := newReconciler(ctx, api, r.Timing()).Decide(ctx, byDN(plan), plan.GUID.ValueString(), plan.planned(), plan.verdict())
	if err != nil {
		approvalReport(&resp.Diagnostics, "Could not decide the submission of the project", err)
		return
	}
	plan.fill(decided)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// Read only tells what has become of the project. A verdict stays given whatever
// that is, so the resource never leaves the state by itself.
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
	case failure.CodeOf(err) == failure.NotFound:
		state.CurrentStatus = types.StringNull()
	case failure.CodeOf(err) == failure.Indeterminate: // an approver need not see a project for good: what was seen last stays
	default:
		approvalReport(&resp.Diagnostics, "Could not read the project", err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}

// Update records arguments that changed after the verdict. Nothing is sent.
func (r *approvalResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan approvalModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// Delete forgets the verdict: it can't be taken back.
func (r *approvalResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {
}
