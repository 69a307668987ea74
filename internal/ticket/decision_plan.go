package ticket

import (
	"context"
	"fmt"
	"time"

	fwattr "github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
	"github.com/codesign-tf/terraform-provider-codesign/internal/ticket/decide"
)

// ModifyPlan plans no change if nothing would be sent. It reads the ticket for the plan of a create.
func (r *decisionResource) ModifyPlan(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	if req.Plan.Raw.IsNull() {
		createdKey.Clear(ctx, resp.Private, &resp.Diagnostics) // a failed replacement leaves it
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
	recorded := loadRecord(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	plan.keepSpelling(&state)
	switch {
	case plan.GUID.IsUnknown():
		plan.CurrentStatus = types.StringUnknown()
		for _, value := range plan.all() {
			*value = types.StringUnknown()
		}
	case !plan.hasGUIDOf(&state):
		r.planReplacement(ctx, &plan, &state, resp)
		return
	default:
		planUpdate(&plan, &state, recorded, resp)
	}
	resp.Diagnostics.Append(resp.Plan.Set(ctx, &plan)...)
}

// planCreate fails where the apply would fail, and plans the details of the ticket. It does nothing
// while the ticket is unknown.
func (r *decisionResource) planCreate(ctx context.Context, plan *model, resp *resource.ModifyPlanResponse) {
	createdKey.Set(ctx, resp.Private, plan.GUID.ValueString(), &resp.Diagnostics)
	api := r.Client()
	if api == nil || plan.GUID.IsUnknown() {
		return
	}
	isManaged := plan.isIn(&r.log().refreshed)
	ticket, err := checkTicket(ctx, newDecider(ctx, api, r.Timing()), &plan.request)
	if err == nil && isManaged && !plan.isKnown() && ticket.Status != schedule.Pending {
		err = unknownDecisionError(plan.GUID.ValueString(), ticket.Status)
	}
	if err != nil {
		plan.reportPlan(&resp.Diagnostics, err, isManaged)
		return
	}
	plan.show(ticket)
	plan.Updated = types.StringUnknown()
	resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
}

// planReplacement also covers a GUID that was unknown in the plan. Such a plan treats it as that of the
// same ticket, because a replacement would decide that ticket twice. If it is the GUID of another
// ticket, the CLI plans again without a refresh and stops the apply with a message of its own.
func (r *decisionResource) planReplacement(ctx context.Context, plan, state *model, resp *resource.ModifyPlanResponse) {
	resp.RequiresReplace = append(resp.RequiresReplace, path.Root("guid"))
	api := r.Client()
	if api == nil {
		return
	}
	if !state.isIn(&r.log().refreshed) {
		resp.Diagnostics.AddAttributeWarning(path.Root("guid"), otherTicketSummary, otherTicketText(plan, state)+
			" In a plan without a refresh, no action is needed. In an apply, the CLI stops with \"Provider produced "+
			"inconsistent final plan\", because the plan did not know the GUID. Nothing was sent. Plan again: the new "+
			"plan replaces the resource.")
	}
	if _, err := checkTicket(ctx, newDecider(ctx, api, r.Timing()), &plan.request); err != nil {
		plan.reportPlan(&resp.Diagnostics, err, false)
	}
}

const otherTicketSummary = "The guid is that of another ticket"

func otherTicketText(plan, state *model) string {
	return fmt.Sprintf("The state has a decision on ticket %s, and guid is %s, so the resource must be replaced.",
		state.GUID.ValueString(), plan.GUID.ValueString())
}

// checkTicket reads the ticket without deciding it.
func checkTicket(ctx context.Context, decider *decide.Decider, r *request) (*client.WorkflowTicket, error) {
	if r.isKnown() {
		ticket, _, err := decider.Check(ctx, r.decideRequest())
		return ticket, err
	}
	return decider.Get(ctx, r.canonicalGUID())
}

// reportPlan adds how to remove a resource whose plan fails.
func (m *model) reportPlan(diagnostics *diag.Diagnostics, err error, isManaged bool) {
	if failure.CodeOf(err) == failure.Conflict && isManaged {
		err = diags.WithRemedy(err, "The state has a decision on this ticket. A replacement cannot change a decision: "+
			"change it in place, without the replacement.")
	}
	report(diagnostics, m.planSummary(), diags.WithRemedy(withRemoval(err), diags.PlanRemedy))
}

func planUpdate(plan, state *model, recorded *record, resp *resource.ModifyPlanResponse) {
	changes := state.changesTo(plan, recorded)
	plan.CurrentStatus, plan.details = state.CurrentStatus, state.details
	if state.isOverruled(plan, recorded) {
		resp.Diagnostics.AddAttributeWarning(path.Root("status"), "The ticket was consumed with another decision",
			fmt.Sprintf("Another person changed workflow ticket %s; its last known decision is %s. The server has "+
				"consumed it since, so nothing is sent and the decision cannot be restored. An apply only writes the "+
				"configuration into the state.", state.GUID.ValueString(), state.decision()))
	}
	if len(changes) == 0 {
		return
	}
	plan.setDecisionUnknown()
	// Only the plan has this combination, as with ignore_changes.
	if !plan.requireValid(&resp.Diagnostics, "\n\n"+diags.PlanRemedy) {
		return
	}
	switch decision := plan.decision(); {
	case state.isConsumed():
		rejectChanges(changes, state, resp)
	case plan.isKnown() && decision.Over(time.Now()):
		plan.reportPlan(&resp.Diagnostics, decide.WindowClosed(decision), false)
	}
}

// setDecisionUnknown marks what a decision changes, and what the server has not shown yet.
func (m *model) setDecisionUnknown() {
	m.CurrentStatus, m.Updated, m.ApprovalReason = types.StringUnknown(), types.StringUnknown(), types.StringUnknown()
	for _, constant := range []*types.String{&m.Blocking, &m.IssuedDueTo, &m.Created} {
		if constant.IsNull() {
			*constant = types.StringUnknown()
		}
	}
}

// rejectChanges reports changes of a consumed ticket. An unknown value may still be the same.
func rejectChanges(changes []change, state *model, resp *resource.ModifyPlanResponse) {
	for _, c := range changes {
		if c.known {
			resp.Diagnostics.AddAttributeError(c.at, "The ticket has been consumed", fmt.Sprintf(
				"The server has consumed workflow ticket %s, so its decision cannot be changed; its last known "+
					"decision is %s.\n\nRevert the change, or remove the block.\n\n"+diags.PlanRemedy,
				state.GUID.ValueString(), state.decision()))
		}
	}
}

// keepSpelling plans the value of the state if the configuration only spells it differently: the same
// GUID, or the same time in another zone.
func (m *model) keepSpelling(state *model) {
	if m.hasGUIDOf(state) {
		m.GUID = state.GUID
	}
	if m.Schedule.IsNull() || m.Schedule.IsUnknown() || state.Schedule.IsNull() {
		return
	}
	times := map[string]fwattr.Value{}
	for name := range scheduleTypes {
		planned, before := m.instant(name), state.instant(name)
		times[name] = planned
		if t := timeOf(planned); !t.IsZero() && schedule.SameInstant(t, timeOf(before)) {
			times[name] = before
		}
	}
	m.Schedule = types.ObjectValueMust(scheduleTypes, times)
}

func (m *model) hasGUIDOf(o *model) bool {
	return !m.GUID.IsUnknown() && dn.EqualGUID(m.GUID.ValueString(), o.GUID.ValueString())
}

// change is an attribute whose new value would be sent.
type change struct {
	at    path.Path
	known bool
}

// changesTo lists what a plan would send. A removed value sends nothing, because a request leaves it
// out. After an import, values that the server does not show are assumed to be the imported ones.
func (m *model) changesTo(plan *model, recorded *record) []change {
	var out []change
	if c, changed := m.decisionChange(plan, recorded); changed {
		out = append(out, c)
	}
	for _, v := range []struct {
		name         string
		before, then fwattr.Value
	}{
		{"explanation", m.Explanation, plan.Explanation},
		{"reason", m.Reason, plan.Reason},
		{"user_data", m.UserData, plan.UserData},
		{"object_dn", m.ObjectDN, plan.ObjectDN},
		{"approvers", m.Approvers, plan.Approvers},
	} {
		if !isSame(v.then, v.before) && !isEmpty(v.then) && (!recorded.isImported() || !v.before.IsNull()) {
			out = append(out, change{path.Root(v.name), !v.then.IsUnknown()})
		}
	}
	return out
}

func (m *model) decisionChange(plan *model, recorded *record) (change, bool) {
	at := path.Root("schedule")
	if !plan.Status.Equal(m.Status) {
		at = path.Root("status")
	}
	if !plan.isKnown() {
		return change{at, false}, true
	}
	wanted, before := plan.decision(), m.decision()
	switch {
	case recorded.isImported():
		return change{at, true}, !m.isImportOf(plan, recorded)
	case m.isOverruled(plan, recorded):
		return change{}, false
	default:
		return change{at, true}, !wanted.Equal(before)
	}
}

// isImportOf is true if the imported decision is the configured one. If the server does not show enough
// to tell, the explanation decides.
func (m *model) isImportOf(plan *model, recorded *record) bool {
	if m.isOverruled(plan, recorded) {
		return true
	}
	shown := schedule.Shown{Decision: m.decision()}
	if recorded != nil && recorded.Shown != nil && schedule.Infer(recorded.Shown.Decision).Equal(shown.Decision) {
		shown = *recorded.Shown
	}
	switch match := plan.decision().Compare(shown); {
	case match == schedule.Same:
		return true
	case match == schedule.Vague, match.IsUncertain():
		return plan.Explanation.ValueString() != "" && plan.Explanation.Equal(m.Explanation)
	default:
		return false
	}
}

// isOverruled is true for a ticket that was consumed with another person's decision, while the
// configuration still has the recorded one, which cannot be restored.
func (m *model) isOverruled(plan *model, recorded *record) bool {
	if !m.isConsumed() || recorded == nil || !plan.isKnown() || m.decision().Equal(recorded.Decision) {
		return false
	}
	wanted := plan.decision()
	return wanted.Equal(recorded.Decision) ||
		recorded.Imported && wanted.Compare(schedule.Shown{Decision: recorded.Decision}) == schedule.Same
}

// isSame also compares DNs in different spellings.
func isSame(a, b fwattr.Value) bool {
	first, isDN := a.(attr.DNValue)
	second, isDNToo := b.(attr.DNValue)
	if isDN && isDNToo && first.ValueString() != "" && second.ValueString() != "" {
		return dn.Equal(first.ValueString(), second.ValueString())
	}
	return a.Equal(b)
}

// isEmpty is true for a value that a request leaves out.
func isEmpty(v fwattr.Value) bool {
	switch v := v.(type) {
	case types.Set:
		return !v.IsUnknown() && len(v.Elements()) == 0
	default:
		return v.IsNull() || v.Equal(types.StringValue(""))
	}
}
