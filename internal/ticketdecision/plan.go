package ticketdecision

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/decisions"
)

// ModifyPlan plans no change where nothing would be sent, and looks at the
// server before a plan promises a first decision.
func (r *decisionResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return
	}
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if req.State.Raw.IsNull() {
		r.planCreate(ctx, &plan, resp)
		return
	}
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	own := recall(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	if !plan.sameGuid(&state) {
		resp.RequiresReplace = append(resp.RequiresReplace, path.Root("guid"))
		return
	}
	plan.keepSpelling(&state)
	planUpdate(&plan, &state, own, resp)
	resp.Diagnostics.Append(resp.Plan.Set(ctx, &plan)...)
}

// planCreate makes the plan fail where the apply would. It waits quietly for
// what is not known yet.
func (r *decisionResource) planCreate(ctx context.Context, plan *model, resp *resource.ModifyPlanResponse) {
	client := r.Client()
	if client == nil || plan.Guid.IsUnknown() {
		return
	}
	preflight(ctx, newDriver(ctx, client), &plan.request, &resp.Diagnostics)
}

// preflight looks at the ticket without deciding it.
func preflight(ctx context.Context, driver *decisions.Driver, r *request, diags *diag.Diagnostics) {
	if r.known() {
		report(diags, "The ticket can't be decided like this", driver.Check(ctx, r.order()))
		return
	}
	_, err := driver.Look(ctx, r.order().Guid)
	report(diags, "The ticket can't be decided", err)
}

func planUpdate(plan, state *model, own *ownDecision, resp *resource.ModifyPlanResponse) {
	changes := state.changesTo(plan, own)
	plan.keepComputed(state)
	if state.overruled(plan, own) {
		resp.Diagnostics.AddAttributeWarning(path.Root("status"), "The ticket was consumed with another decision", fmt.Sprintf(
			"Somebody else decided workflow ticket %s: %s. The server has consumed it since, so nothing is sent and "+
				"nothing can be put right; an apply only writes the configuration into the state.", state.Guid.ValueString(), state.decision()))
	}
	if len(changes) == 0 {
		return
	}
	plan.expectDecision()
	switch decision := plan.decision(); {
	case state.isConsumed():
		refuseConsumed(changes, state, resp)
	case plan.known() && decision.Over(time.Now()):
		report(&resp.Diagnostics, "The decision can't be sent any more", &decisions.WindowOverError{Decision: decision})
	}
}

// expectDecision leaves open what a decision changes. The object, the workflow
// and the time of birth stay, where they were told at all.
func (m *model) expectDecision() {
	m.CurrentStatus, m.Updated, m.ApprovalReason = types.StringUnknown(), types.StringUnknown(), types.StringUnknown()
	for _, constant := range []*types.String{&m.Blocking, &m.IssuedDueTo, &m.Created} {
		if constant.IsNull() {
			*constant = types.StringUnknown()
		}
	}
}

func refuseConsumed(changes []change, state *model, resp *resource.ModifyPlanResponse) {
	for _, c := range changes {
		if c.certain {
			resp.Diagnostics.AddAttributeError(c.at, "The ticket has been consumed", fmt.Sprintf(
				"The server has consumed workflow ticket %s after its decision (%s), which can't be changed any more.\n\n"+
					"Take the change back, or remove the block: its work is done.", state.Guid.ValueString(), state.decision()))
		}
	}
}
