package ticket

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
	"github.com/codesign-tf/terraform-provider-codesign/internal/ticket/decide"
)

const tried = "Could not decide the workflow ticket"

// Create decides the ticket. A failure leaves nothing in the state: with
// something there the CLI would call the resource tainted and replace it, and
// the next apply reads the ticket first anyway.
func (r *decisionResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	check(&plan.request, &resp.Diagnostics)
	api := r.RequireClient(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	outcome, err := newDriver(ctx, api).Decide(ctx, plan.order())
	if err = acceptOverruled(outcome, err, &resp.Diagnostics); err != nil {
		report(&resp.Diagnostics, tried, withRemoval(err))
		return
	}
	r.RefreshLog().Created.Add(plan.ref())
	plan.settle(outcome)
	warn(&resp.Diagnostics, outcome)
	forgetCreated(ctx, resp.Private, &resp.Diagnostics)
	own := ownOf(&plan)
	own.Awaited, own.Shown = outcome.Awaited, outcome.Shown
	keep(ctx, resp.Private, own, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, plan.identity())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// acceptOverruled turns a decision that the server accepted, and another person changed at once,
// into a warning: it belongs to the resource, and the next plan shows the change as drift.
func acceptOverruled(outcome decide.Outcome, err error, diagnostics *diag.Diagnostics) error {
	if !outcome.Sent || failure.CodeOf(err) != failure.ChangedConcurrently {
		return err
	}
	diags.AddWarning(diagnostics, path.Root("status"), "Another person changed the decision", diags.WithRemedy(err, "The next apply restores the configured decision."))
	return nil
}

// Update changes the decision in place, if there is anything to send. After a
// failure the state keeps the old decision, with what the server shows now.
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
	decided := ownOf(&plan)
	if len(state.changesTo(&plan, own)) == 0 {
		plan.keepComputed(&state)
		if own != nil {
			decided.Awaited, decided.Shown = own.Awaited, own.Shown
		}
	} else {
		outcome, changed := r.change(ctx, &plan, &state, own, resp)
		if !changed {
			return
		}
		decided.Awaited, decided.Shown = outcome.Awaited, outcome.Shown
	}
	keep(ctx, resp.Private, decided, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, plan.identity())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// refuseAnother is for clients that do not plan once more when they know the guid.
func refuseAnother(plan, state *model, diagnostics *diag.Diagnostics) {
	if !plan.sameGUID(state) {
		diagnostics.AddAttributeError(path.Root("guid"), "The guid is another ticket's",
			anotherTicket(plan, state)+" The plan did not know that. Nothing was sent. Plan again.")
	}
}

func (r *decisionResource) change(ctx context.Context, plan, state *model, own *ownDecision, resp *resource.UpdateResponse) (decide.Outcome, bool) {
	api := r.RequireClient(&resp.Diagnostics)
	if api == nil {
		return decide.Outcome{}, false
	}
	order := plan.order()
	order.Replaces = state.earlier(own)
	outcome, err := newDriver(ctx, api).Decide(ctx, order)
	if err = acceptOverruled(outcome, err, &resp.Diagnostics); err != nil {
		report(&resp.Diagnostics, tried, withRemoval(err))
		state.observeOutcome(outcome)
		resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
		return outcome, false
	}
	plan.settle(outcome)
	warn(&resp.Diagnostics, outcome)
	return outcome, true
}

// earlier is what the plan knew of the ticket: the own decision, or drift.
func (m *model) earlier(own *ownDecision) *decide.Earlier {
	earlier := &decide.Earlier{Decision: m.decision(), Explanation: m.Explanation.ValueString()}
	switch status := m.CurrentStatus.ValueString(); {
	case own.waits(status):
		earlier.Decision = schedule.Decision{Status: status}
	case own != nil && own.decision().Equal(m.decision()):
		earlier.Shown = own.Shown
	}
	return earlier
}

// Delete forgets the decision, or reopens the ticket where reopen_on_destroy says so. In a
// replacement the new object decides the same ticket: then the decision stays, and is adopted.
func (r *decisionResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	next := successorOf(ctx, req.Private, &state, &resp.Diagnostics)
	if resp.Diagnostics.HasError() || !state.ReopenOnDestroy.ValueBool() || state.isConsumed() {
		return
	}
	if next == sameTicket || r.RefreshLog().Created.Has(state.ref()) {
		return
	}
	if next == unknownTicket && state.decision().Over(time.Now()) {
		reportAt(&resp.Diagnostics, path.Root("reopen_on_destroy"), notReopened,
			diags.WithRemedy(lostWindowError(state.GUID.ValueString(), state.decision()), wayOutOfReopen))
		return
	}
	api := r.RequireClient(&resp.Diagnostics)
	if api == nil {
		return
	}
	if err := newDriver(ctx, api).Reopen(ctx, state.order().GUID); err != nil {
		reportAt(&resp.Diagnostics, path.Root("reopen_on_destroy"), notReopened, diags.WithRemedy(err, wayOutOfReopen))
	}
}

const notReopened = "Could not set the workflow ticket back to Pending"

func warn(diagnostics *diag.Diagnostics, o decide.Outcome) {
	for _, note := range o.Notes {
		diagnostics.AddAttributeWarning(path.Root("status"), "The decision could not be seen for certain", note)
	}
}
