package projectapproval

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/projects"
)

// Create gives the verdict. A failure leaves nothing in the state, and the next
// apply looks first whether the verdict has been given.
func (r *approvalResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	timeout, diags := plan.Timeouts.Create(ctx, defaultTimeout)
	resp.Diagnostics.Append(diags...)
	client := r.RequireClient(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	decided, err := newDriver(ctx, client).Decide(ctx, byDn(plan), plan.Guid.ValueString(), plan.planned(), plan.verdict())
	if err != nil {
		report(&resp.Diagnostics, "Could not decide the submission of the project", err)
		return
	}
	plan.fill(decided)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// Read only tells what has become of the project. A verdict stays given whatever
// that is, so the resource never leaves the state by itself.
func (r *approvalResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	client := r.Client()
	if resp.Diagnostics.HasError() || client == nil {
		return
	}
	p, err := projects.Read(ctx, client, state.ref())
	switch {
	case err == nil:
		state.CurrentStatus = types.StringValue(p.Status.String())
	case as[*projects.GoneError](err):
		state.CurrentStatus = types.StringNull()
	case as[*projects.DoubtError](err): // an approver need not see a project for good: what was seen last stays
	default:
		report(&resp.Diagnostics, "Could not read the project", err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}

// Update records arguments that changed after the verdict. Nothing is sent.
func (r *approvalResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// Delete forgets the verdict: it can't be taken back.
func (r *approvalResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {
}
