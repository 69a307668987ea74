package ticketdecision

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/decisions"
	"github.com/codesign-tf/terraform-provider-codesign/internal/schedule"
)

const tried = "Could not decide the workflow ticket"

// Create decides the ticket. A failure leaves nothing in the state: with
// something there the CLI would call the resource tainted and replace it, and
// the next apply looks at the ticket first anyway.
func (r *decisionResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	check(&plan.request, &resp.Diagnostics)
	client := r.RequireClient(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	outcome, err := newDriver(ctx, client).Decide(ctx, plan.order())
	if err != nil {
		report(&resp.Diagnostics, tried, err)
		return
	}
	plan.settle(outcome)
	warn(&resp.Diagnostics, outcome)
	remember(ctx, resp.Private, &plan, outcome.Awaited, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, plan.identity())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// Update changes the decision in place, if there is anything to send. After a
// failure the state keeps the old decision, with what the server says now.
func (r *decisionResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	own := recall(ctx, req.Private, &resp.Diagnostics)
	check(&plan.request, &resp.Diagnostics)
	refuseAnother(&plan, &state, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	awaited := own != nil && own.Awaited
	if len(state.changesTo(&plan, own)) == 0 {
		plan.keepComputed(&state)
	} else {
		outcome, changed := r.change(ctx, &plan, &state, own, resp)
		if !changed {
			return
		}
		awaited = outcome.Awaited
	}
	remember(ctx, resp.Private, &plan, awaited, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, plan.identity())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// refuseAnother is for clients that do not plan once more when they know the guid.
func refuseAnother(plan, state *model, diags *diag.Diagnostics) {
	if !plan.sameGuid(state) {
		diags.AddAttributeError(path.Root("guid"), "The guid is another ticket's",
			anotherTicket(plan, state)+" The plan did not know that. Nothing was sent. Plan again.")
	}
}

func (r *decisionResource) change(ctx context.Context, plan, state *model, own *ownDecision, resp *resource.UpdateResponse) (decisions.Outcome, bool) {
	client := r.RequireClient(&resp.Diagnostics)
	if client == nil {
		return decisions.Outcome{}, false
	}
	order := plan.order()
	order.Replaces = &decisions.Earlier{Decision: state.decision(), Explanation: state.Explanation.ValueString()}
	if told := (schedule.Decision{Status: state.CurrentStatus.ValueString()}); own.waits(told) {
		order.Replaces.Decision = told
	}
	outcome, err := newDriver(ctx, client).Decide(ctx, order)
	if err != nil {
		report(&resp.Diagnostics, tried, err)
		state.observeOutcome(outcome)
		resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
		return outcome, false
	}
	plan.settle(outcome)
	warn(&resp.Diagnostics, outcome)
	return outcome, true
}

// Delete forgets the decision, or takes it back where reopen_on_destroy says so.
func (r *decisionResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !state.ReopenOnDestroy.ValueBool() || state.isConsumed() {
		return
	}
	client := r.RequireClient(&resp.Diagnostics)
	if client == nil {
		return
	}
	if err := newDriver(ctx, client).Reopen(ctx, state.order().Guid); err != nil {
		reportAt(&resp.Diagnostics, path.Root("reopen_on_destroy"), "Could not set the workflow ticket back to Pending", err)
	}
}

func warn(diags *diag.Diagnostics, o decisions.Outcome) {
	for _, note := range o.Notes {
		diags.AddAttributeWarning(path.Root("status"), "The decision could not be seen for certain", note)
	}
}
