package ticket

import (
	"time"

	fwattr "github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/ticket/decide"
)

// processed is the current_status of a ticket that the server has consumed.
const processed = "Processed"

// model is the resource in the configuration, the plan and the state.
type model struct {
	request

	ReopenOnDestroy types.Bool   `tfsdk:"reopen_on_destroy"`
	CurrentStatus   types.String `tfsdk:"current_status"`
	Blocking        types.String `tfsdk:"blocking"`
	IssuedDueTo     types.String `tfsdk:"issued_due_to"`
	Created         types.String `tfsdk:"created"`
	Updated         types.String `tfsdk:"updated"`
	ApprovalReason  types.String `tfsdk:"approval_reason"`
}

// identity is the GUID in its canonical spelling, so that it does not change with the configuration.
type identity struct {
	GUID types.String `tfsdk:"guid"`
}

func (m *model) identity() identity { return identity{types.StringValue(m.canonicalGUID())} }

// ref is the key of the refresh log.
func (m *model) ref() client.ProjectRef { return client.ByGUID(m.GUID.ValueString()) }

// setDecision takes over a decision from the server, with times in UTC.
func (m *model) setDecision(d schedule.Decision) {
	m.Status = types.StringValue(d.Status)
	m.setSchedule(timeText(d.Start), timeText(d.Stop))
}

// setSchedule takes over the times as they are spelled; "" is none.
func (m *model) setSchedule(start, stop string) {
	if start == "" && stop == "" {
		m.Schedule = types.ObjectNull(scheduleTypes)
		return
	}
	m.Schedule = newSchedule(start, stop)
}

func newSchedule(start, stop string) types.Object {
	value := func(s string) fwattr.Value {
		if s == "" {
			return attr.NewInstantNull()
		}
		return attr.NewInstantValue(s)
	}
	return types.ObjectValueMust(scheduleTypes, map[string]fwattr.Value{"start": value(start), "stop": value(stop)})
}

// hasEmptySchedule is true for a schedule without times, which a module may pass on.
func (m *model) hasEmptySchedule() bool { return m.Schedule.Equal(newSchedule("", "")) }

// timeText is RFC 3339 in UTC, empty for the zero time.
func timeText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// setTicket takes over what the server shows of a ticket. What it does not show keeps its value.
func (m *model) setTicket(t *client.WorkflowTicket, currentStatus string) {
	m.CurrentStatus = types.StringValue(currentStatus)
	m.Blocking = shownOr(t.Blocking, m.Blocking)
	m.IssuedDueTo = shownOr(t.IssuedDueTo, m.IssuedDueTo)
	m.Created = shownOr(timeText(t.Created), m.Created)
	m.Updated = shownOr(timeText(t.Updated), m.Updated)
	m.ApprovalReason = shownOr(t.ApprovalReason, m.ApprovalReason)
}

func shownOr(shown string, before types.String) types.String {
	switch {
	case shown != "":
		return types.StringValue(shown)
	case before.IsUnknown():
		return types.StringNull()
	default:
		return before
	}
}

// setOutcome takes over the outcome of an apply. Values that the plan showed stay.
func (m *model) setOutcome(o decide.Outcome) {
	planned := *m
	m.setTicket(o.Ticket, statusOf(o))
	for _, constant := range []struct{ now, planned *types.String }{
		{&m.Blocking, &planned.Blocking},
		{&m.IssuedDueTo, &planned.IssuedDueTo},
		{&m.Created, &planned.Created},
		{&m.ApprovalReason, &planned.ApprovalReason},
	} {
		if !constant.planned.IsUnknown() {
			*constant.now = *constant.planned
		}
	}
}

// setFailedOutcome takes over an outcome beside an error, in which the ticket may be missing.
func (m *model) setFailedOutcome(o decide.Outcome) {
	switch {
	case o.Ticket != nil:
		m.setTicket(o.Ticket, statusOf(o))
	case o.Processed:
		m.CurrentStatus = types.StringValue(processed)
	}
}

func statusOf(o decide.Outcome) string {
	if o.Processed {
		return processed
	}
	return o.Ticket.Status
}

// keepComputed takes over the computed attributes of the state, for an apply that sends nothing.
func (m *model) keepComputed(state *model) {
	m.CurrentStatus = state.CurrentStatus
	m.Updated = state.Updated
	m.ApprovalReason = state.ApprovalReason
	m.Blocking, m.IssuedDueTo, m.Created = state.Blocking, state.IssuedDueTo, state.Created
}

// refresh takes over a ticket that was read. A decision that is not the recorded one enters the state
// as the server shows it, so that the plan shows the drift. It reports whether the record changed.
func (m *model) refresh(t *client.WorkflowTicket, recorded *record) (changed bool) {
	m.setTicket(t, t.Status)
	shown := decide.ShownOn(t)
	if recorded == nil {
		if !m.decision().IsStill(shown, nil) {
			m.setDecision(schedule.Infer(shown.Decision))
		}
		return false
	}
	recorded.restore(m)
	isUnchanged := recorded.isShown(shown, t.ApprovalExplanation, m.Explanation.ValueString())
	if !isUnchanged && !recorded.awaitsOthers(t.Status) {
		m.setDecision(schedule.Infer(shown.Decision))
	}
	return recorded.update(shown, isUnchanged)
}

// importFrom is the first read after an import. It returns the record of the imported decision, or nil
// for a pending ticket.
func (m *model) importFrom(t *client.WorkflowTicket) *record {
	m.setTicket(t, t.Status)
	m.Explanation = shownOr(t.ApprovalExplanation, m.Explanation)
	shown := decide.ShownOn(t)
	m.setDecision(schedule.Infer(shown.Decision))
	if t.Status == schedule.Pending {
		return nil
	}
	imported := newRecord(m)
	imported.Imported, imported.Shown = true, &shown
	return &imported
}

// setConsumed marks a ticket that no longer exists. The other attributes keep their values.
func (m *model) setConsumed() { m.CurrentStatus = types.StringValue(processed) }

func (m *model) isConsumed() bool { return m.CurrentStatus.ValueString() == processed }
