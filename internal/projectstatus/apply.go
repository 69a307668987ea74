package projectstatus

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
	"github.com/codesign-tf/terraform-provider-codesign/internal/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/projects"
)

// Create drives the project to its goal. A failure leaves nothing in the state:
// with something there the CLI would call the resource tainted and replace it,
// and the next apply finds the project where this one left it anyway.
func (r *statusResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var config, plan model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	timeout, diags := plan.Timeouts.Create(ctx, defaultTimeout)
	resp.Diagnostics.Append(diags...)
	client := r.RequireClient(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	at := config.address()
	p, err := newDriver(ctx, client).Drive(ctx, at.Ref, plan.order(plan.goal()))
	if err != nil {
		report(&resp.Diagnostics, "Could not set the project's status", at.Path, err)
		return
	}
	plan.fill(p)
	rememberAddress(ctx, resp.Private, config, &resp.Diagnostics)
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, p.Guid)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// Update drives the project of the state, whatever it is called now. After a
// failure the state keeps the old goal, with what the server says now.
func (r *statusResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var config, plan, state model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	timeout, diags := plan.Timeouts.Update(ctx, defaultTimeout)
	resp.Diagnostics.Append(diags...)
	client := r.RequireClient(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	p, err := newDriver(ctx, client).Drive(ctx, state.byGuid().Ref, plan.order(config.goal()))
	if err == nil {
		err = plan.brokenPromise(p, config.goal())
	}
	if err != nil {
		if p != nil {
			state.CurrentStatus = types.StringValue(p.Status.String())
			resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
		}
		report(&resp.Diagnostics, "Could not set the project's status", config.address().Path, state.ofState(err))
		return
	}
	plan.fill(p)
	rememberAddress(ctx, resp.Private, config, &resp.Diagnostics)
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, p.Guid)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// brokenPromise is for a goal that more than one status meets: the plan found one
// of them and promised it, and meanwhile somebody set the project back.
func (m model) brokenPromise(p *api.Project, goal lifecycle.Status) error {
	promised, known := lifecycle.ParseStatus(m.CurrentStatus.ValueString())
	if !known || promised == p.Status {
		return nil
	}
	return &projects.MovedError{Step: lifecycle.Transition{From: promised, To: goal}, Seen: p.Status}
}

// Delete leaves the project as it is, or drives it to status_on_destroy. A
// project that is gone, or about to be, needs nothing.
func (r *statusResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	timeout, diags := state.Timeouts.Delete(ctx, defaultDeleteTimeout)
	resp.Diagnostics.Append(diags...)
	goal, wanted := lifecycle.ParseGoal(state.StatusOnDestroy.ValueString())
	if resp.Diagnostics.HasError() || !wanted {
		return
	}
	client := r.RequireClient(&resp.Diagnostics)
	if client == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	p, err := newDriver(ctx, client).Drive(ctx, state.byGuid().Ref, state.order(goal))
	var gone *projects.GoneError
	switch {
	case err == nil, errors.As(err, &gone):
	case p != nil && p.Status == lifecycle.Deleted:
		resp.Diagnostics.AddAttributeWarning(path.Root("status_on_destroy"), "The project is queued for deletion",
			"Its status was left alone, and it leaves the state.")
	default:
		report(&resp.Diagnostics, "Could not set the project's status_on_destroy", path.Root("status_on_destroy"), err)
	}
}
