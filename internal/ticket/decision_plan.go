package ticket

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
	"github.com/codesign-tf/terraform-provider-codesign/internal/ticket/decide"
)

// ModifyPlan plans no change where nothing would be sent, and reads the ticket
// before a plan promises a first decision.
func (r *decisionResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		forgetCreated(ctx, resp.Private, &resp.Diagnostics)
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
	plan.keepSpelling(&state)
	switch {
	case plan.GUID.IsUnknown():
		plan.expectAnything()
	case !plan.sameGUID(&state):
		r.planReplacement(ctx, &plan, &state, resp)
		return
	default:
		planUpdate(&plan, &state, own, resp)
	}
	resp.Diagnostics.Append(resp.Plan.Set(ctx, &plan)...)
}

// planReplacement also speaks of the one case in which it comes too late. A GUID
// that is not known is planned as the same ticket's, since replacing that would
// decide it twice; should it turn out to be another one's, then the CLI stops
// the apply, in words of its own. It plans once more then, but reads nothing.
func (r *decisionResource) planReplacement(ctx context.Context, plan, state *model, resp *resource.ModifyPlanResponse) {
	resp.RequiresReplace = append(resp.RequiresReplace, path.Root("guid"))
	api := r.Client()
	if api == nil {
		return
	}
	if !r.RefreshLog().Refreshed.Has(state.ref()) {
		resp.Diagnostics.AddAttributeWarning(path.Root("guid"), "The guid is another ticket's", anotherTicket(plan, state)+
			" While planning without a refresh, that is all. During an apply the CLI stops here, with \"Provider produced inconsistent final plan\": "+
			"the guid was not known when the plan was made. Nothing was sent. Plan again: the new plan knows it and replaces the resource.")
	}
	if _, err := preflight(ctx, newDriver(ctx, api), &plan.request); err != nil {
		reportPlan(&resp.Diagnostics, err, false)
	}
}

func anotherTicket(plan, state *model) string {
	return fmt.Sprintf("The decision in the state is that of ticket %s, and guid turns out to be %s, so the resource has to be replaced.",
		state.GUID.ValueString(), plan.GUID.ValueString())
}

// planCreate makes the plan fail where the apply would, and plans what the ticket tells about
// itself. It waits quietly for what is not known yet.
func (r *decisionResource) planCreate(ctx context.Context, plan *model, resp *resource.ModifyPlanResponse) {
	planCreated(ctx, resp.Private, plan, &resp.Diagnostics)
	api := r.Client()
	if api == nil || plan.GUID.IsUnknown() {
		return
	}
	isManaged := r.RefreshLog().Refreshed.Has(plan.ref())
	ticket, err := preflight(ctx, newDriver(ctx, api), &plan.request)
	if err == nil && isManaged && !plan.known() && ticket.Status != schedule.Pending {
		err = unknownDecisionError(plan.GUID.ValueString(), ticket.Status)
	}
	if err != nil {
		reportPlan(&resp.Diagnostics, err, isManaged)
		return
	}
	plan.promise(ticket)
	resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
}

// reportPlan adds how to remove a resource whose plan fails.
func reportPlan(diagnostics *diag.Diagnostics, err error, isManaged bool) {
	if failure.CodeOf(err) == failure.Conflict && isManaged {
		err = diags.WithRemedy(err, "The state has a decision on this ticket. A replacement cannot change a decision: change it in place, without the replacement.")
	}
	report(diagnostics, unfit, diags.WithRemedy(withRemoval(err), diags.PlanRemedy))
}

const unfit = "The ticket can't be decided like this"

// preflight reads the ticket without deciding it.
func preflight(ctx context.Context, driver *decide.Decider, r *request) (*client.WorkflowTicket, error) {
	if r.known() {
		return driver.Check(ctx, r.order())
	}
	return driver.Get(ctx, r.order().GUID)
}

func planUpdate(plan, state *model, own *ownDecision, resp *resource.ModifyPlanResponse) {
	changes := state.changesTo(plan, own)
	plan.keepComputed(state)
	if state.overruled(plan, own) {
		resp.Diagnostics.AddAttributeWarning(path.Root("status"), "The ticket was consumed with another decision", fmt.Sprintf(
			"Another person changed workflow ticket %s; its last known decision is %s. The server has consumed it since, so nothing is sent and "+
				"the decision cannot be restored. An apply only writes the configuration into the state.", state.GUID.ValueString(), state.decision()))
	}
	if len(changes) == 0 {
		return
	}
	plan.expectDecision()
	if problems := plan.errors(); len(problems) > 0 {
		for _, p := range problems { // a combination that only the plan has, for example with ignore_changes
			resp.Diagnostics.AddAttributeError(pathOf(p.At), "Schedule does not fit the status", decisionText(p)+"\n\n"+diags.PlanRemedy)
		}
		return
	}
	switch decision := plan.decision(); {
	case state.isConsumed():
		refuseConsumed(changes, state, resp)
	case plan.known() && decision.Over(time.Now()):
		report(&resp.Diagnostics, "The decision can't be sent any more", diags.WithRemedy(decide.WindowClosed(decision), diags.PlanRemedy))
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

// expectAnything is for a ticket that is not known yet.
func (m *model) expectAnything() {
	for _, computed := range []*types.String{&m.CurrentStatus, &m.Updated, &m.ApprovalReason, &m.Blocking, &m.IssuedDueTo, &m.Created} {
		*computed = types.StringUnknown()
	}
}

func refuseConsumed(changes []change, state *model, resp *resource.ModifyPlanResponse) {
	for _, c := range changes {
		if c.certain {
			resp.Diagnostics.AddAttributeError(c.at, "The ticket has been consumed", fmt.Sprintf(
				"The server has consumed workflow ticket %s, so its decision cannot be changed; its last known decision is %s.\n\n"+
					"Revert the change, or remove the block.\n\n"+diags.PlanRemedy, state.GUID.ValueString(), state.decision()))
		}
	}
}
