package ticketdecision

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
	"github.com/codesign-tf/terraform-provider-codesign/internal/decisions"
	"github.com/codesign-tf/terraform-provider-codesign/internal/schedule"
)

// observe takes over what a ticket tells about itself; what it does not tell
// stays as it was seen last.
func (m *model) observe(t *api.WorkflowTicket, currentStatus string) {
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
func (m *model) observeOutcome(o decisions.Outcome) {
	switch {
	case o.Ticket != nil:
		m.observe(o.Ticket, statusOf(o))
	case o.Processed:
		m.CurrentStatus = types.StringValue(processed)
	}
}

// settle is observe after an apply, which has to keep what the plan promised.
func (m *model) settle(o decisions.Outcome) {
	planned := *m
	m.observe(o.Ticket, statusOf(o))
	for _, constant := range []struct{ now, planned *types.String }{
		{&m.Blocking, &planned.Blocking}, {&m.IssuedDueTo, &planned.IssuedDueTo}, {&m.Created, &planned.Created},
	} {
		if !constant.planned.IsUnknown() {
			*constant.now = *constant.planned
		}
	}
}

func statusOf(o decisions.Outcome) string {
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

// refresh is what a read makes of a ticket. A decision that is not ours any more
// enters the state as the server tells it, so that the plan shows the drift.
func (m *model) refresh(t *api.WorkflowTicket, own *ownDecision) {
	importing := m.Status.IsNull()
	m.observe(t, t.Status)
	if importing {
		m.Explanation = told(m.Explanation, t.ApprovalExplanation)
	}
	if own != nil {
		own.restore(m)
	}
	if seen := decisions.Told(t); own.waits(seen) {
		return
	} else if importing || !m.decision().Compare(seen).Compatible() {
		m.setDecision(schedule.Infer(seen))
	}
}

// consumed is what a read makes of a ticket that is gone: the rest stays as it
// was seen last.
func (m *model) consumed() { m.CurrentStatus = types.StringValue(processed) }

func (m *model) isConsumed() bool { return m.CurrentStatus.ValueString() == processed }
