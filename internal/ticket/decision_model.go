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
	details

	ReopenOnDestroy types.Bool   `tfsdk:"reopen_on_destroy"`
	CurrentStatus   types.String `tfsdk:"current_status"`
}

// details are the computed attributes of a ticket in the resource and in the data sources.
type details struct {
	Blocking       types.String `tfsdk:"blocking"`
	IssuedDueTo    types.String `tfsdk:"issued_due_to"`
	Created        types.String `tfsdk:"created"`
	Updated        types.String `tfsdk:"updated"`
	ApprovalReason types.String `tfsdk:"approval_reason"`
}

func (d *details) all() []*types.String {
	return []*types.String{&d.Blocking, &d.IssuedDueTo, &d.Created, &d.Updated, &d.ApprovalReason}
}

// show takes over what the server shows of a ticket. What it does not show keeps its value.
func (d *details) show(t *client.WorkflowTicket) {
	shown := []types.String{
		attr.StringOrNull(t.Blocking), attr.StringOrNull(t.IssuedDueTo), attr.TimeOrNull(t.Created),
		attr.TimeOrNull(t.Updated), attr.StringOrNull(t.ApprovalReason),
	}
	for i, value := range d.all() {
		if !shown[i].IsNull() {
			*value = shown[i]
		}
	}
}

// ref is the key of the refresh log.
func (m *model) ref() client.ProjectRef { return client.ByGUID(m.GUID.ValueString()) }

// setDecision takes over a decision, with times in their zones.
func (m *model) setDecision(d schedule.Decision) {
	m.Status, m.Schedule = types.StringValue(d.Status), types.ObjectNull(scheduleTypes)
	if !d.Start.IsZero() || !d.Stop.IsZero() {
		m.Schedule = newSchedule(d.Start, d.Stop)
	}
}

func newSchedule(start, stop time.Time) types.Object {
	value := func(t time.Time) fwattr.Value {
		if t.IsZero() {
			return attr.NewInstantNull()
		}
		return attr.NewInstantValue(t.Format(time.RFC3339Nano))
	}
	return types.ObjectValueMust(scheduleTypes, map[string]fwattr.Value{"start": value(start), "stop": value(stop)})
}

// emptySchedule has no times. A module may pass it on.
var emptySchedule = newSchedule(time.Time{}, time.Time{})

// setTicket takes over what the server shows of a ticket. What it does not show keeps its value.
func (m *model) setTicket(t *client.WorkflowTicket, currentStatus string) {
	m.CurrentStatus = types.StringValue(currentStatus)
	m.show(t)
}

// setOutcome takes over the outcome of an apply. Values that the plan showed stay.
func (m *model) setOutcome(o decide.Outcome) {
	planned := m.details
	m.setTicket(o.Ticket, statusOf(o))
	for i, value := range m.all() {
		switch before := *planned.all()[i]; {
		case !before.IsUnknown():
			*value = before
		case value.IsUnknown():
			*value = types.StringNull()
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

// refresh takes over a ticket that was read. A decision that is not the recorded one enters the state
// as the server shows it, so that the plan shows the drift.
func (m *model) refresh(t *client.WorkflowTicket, recorded *record) {
	m.setTicket(t, t.Status)
	shown := decide.ShownOn(t)
	if recorded == nil {
		if !m.decision().IsStill(shown, nil) {
			m.setDecision(schedule.Infer(shown.Decision))
		}
		return
	}
	recorded.restore(m)
	isUnchanged := recorded.isShown(shown, t.ApprovalExplanation, m.Explanation.ValueString())
	if !isUnchanged && !recorded.awaitsOthers(t.Status) {
		m.setDecision(schedule.Infer(shown.Decision))
	}
	recorded.update(shown, isUnchanged)
}

// importFrom is the first read after an import. It returns the record of the imported decision, or nil
// for a pending ticket.
func (m *model) importFrom(t *client.WorkflowTicket) *record {
	m.setTicket(t, t.Status)
	m.Explanation = attr.StringOrNull(t.ApprovalExplanation)
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
