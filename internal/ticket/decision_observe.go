package ticket

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/ticket/decide"
)

// observe takes over what a ticket tells about itself; what it does not tell
// stays as it was seen last.
func (m *model) observe(t *client.WorkflowTicket, currentStatus string) {
	m.CurrentStatus = types.StringValue(currentStatus)
	m.Blocking = told(m.Blocking, t.Blocking)
	m.IssuedDueTo = told(m.IssuedDueTo, t.IssuedDueTo)
	m.Created = told(m.Created, timeText(t.Created))
	m.Updated = told(m.Updated, timeText(t.Updated))
	m.ApprovalReason = told(m.ApprovalReason, t.ApprovalReason)
}

func told(before types.String, now string) types.String {
	switch {
	case now != "":
		return types.StringValue(now)
	case before.IsUnknown():
		return types.StringNull()
	default:
		return before
	}
}

// observeOutcome is observe beside an error, which may have seen nothing.
func (m *model) observeOutcome(o decide.Outcome) {
	switch {
	case o.Ticket != nil:
		m.observe(o.Ticket, statusOf(o))
	case o.Processed:
		m.CurrentStatus = types.StringValue(processed)
	}
}

// promise plans what a ticket tells about itself and a decision does not change.
func (m *model) promise(t *client.WorkflowTicket) {
	for planned, shown := range map[*types.String]string{
		&m.Blocking: t.Blocking, &m.IssuedDueTo: t.IssuedDueTo, &m.Created: timeText(t.Created), &m.ApprovalReason: t.ApprovalReason,
	} {
		if shown != "" {
			*planned = types.StringValue(shown)
		}
	}
}

// settle is observe after an apply, which has to keep what the plan promised.
func (m *model) settle(o decide.Outcome) {
	planned := *m
	m.observe(o.Ticket, statusOf(o))
	for _, constant := range []struct{ now, planned *types.String }{
		{&m.Blocking, &planned.Blocking}, {&m.IssuedDueTo, &planned.IssuedDueTo}, {&m.Created, &planned.Created},
		{&m.ApprovalReason, &planned.ApprovalReason},
	} {
		if !constant.planned.IsUnknown() {
			*constant.now = *constant.planned
		}
	}
}

func statusOf(o decide.Outcome) string {
	if o.Processed {
		return processed
	}
	return o.Ticket.Status
}

// keepComputed is for an apply that sends nothing.
func (m *model) keepComputed(state *model) {
	m.CurrentStatus = state.CurrentStatus
	m.Updated = state.Updated
	m.ApprovalReason = state.ApprovalReason
	m.Blocking, m.IssuedDueTo, m.Created = state.Blocking, state.IssuedDueTo, state.Created
}

// refresh is what a read makes of a ticket. A decision that is not ours any more enters the state
// as the server shows it, so that the plan shows the drift. It says whether the private state has
// to be written.
func (m *model) refresh(t *client.WorkflowTicket, own *ownDecision) (changed bool) {
	m.observe(t, t.Status)
	shown := decide.ShownOn(t)
	if own == nil {
		if !m.decision().IsStill(shown, nil) {
			m.setDecision(schedule.Infer(shown.Decision))
		}
		return false
	}
	own.restore(m)
	isStill := own.isStill(shown, t.ApprovalExplanation, m.Explanation.ValueString())
	if !isStill && !own.waits(t.Status) {
		m.setDecision(schedule.Infer(shown.Decision))
	}
	return own.update(shown, isStill)
}

// importFrom is the first read after an import. It returns the decision that is taken over; nil
// for a ticket without one.
func (m *model) importFrom(t *client.WorkflowTicket) *ownDecision {
	m.observe(t, t.Status)
	m.Explanation = told(m.Explanation, t.ApprovalExplanation)
	shown := decide.ShownOn(t)
	m.setDecision(schedule.Infer(shown.Decision))
	if t.Status == schedule.Pending {
		return nil
	}
	own := ownOf(m)
	own.Imported, own.Shown = true, &shown
	return &own
}

// consumed is what a read makes of a ticket that is gone: the rest stays as it
// was seen last.
func (m *model) consumed() { m.CurrentStatus = types.StringValue(processed) }

func (m *model) isConsumed() bool { return m.CurrentStatus.ValueString() == processed }
