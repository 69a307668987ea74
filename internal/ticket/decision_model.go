package ticket

import (
	"context"
	"time"

	fwattr "github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/ticket/decide"
)

// request is the arguments that the resource and the action share.
type request struct {
	GUID        attr.GUIDValue `tfsdk:"guid"`
	Status      types.String   `tfsdk:"status"`
	Schedule    types.Object   `tfsdk:"schedule"`
	Explanation types.String   `tfsdk:"explanation"`
	Reason      types.String   `tfsdk:"reason"`
	UserData    types.String   `tfsdk:"user_data"`
	ObjectDN    attr.DNValue   `tfsdk:"object_dn"`
	Approvers   types.Set      `tfsdk:"approvers"`
}

// scheduleTypes are the members of the schedule object.
var scheduleTypes = map[string]fwattr.Type{"start": attr.InstantType{}, "stop": attr.InstantType{}}

// canonicalGUID does not change with the spelling of the configuration.
func (r *request) canonicalGUID() string { return dn.CanonicalGUID(r.GUID.ValueString()) }

// instant is a member of the schedule; null if there is no schedule.
func (r *request) instant(name string) attr.InstantValue {
	if value, ok := r.Schedule.Attributes()[name].(attr.InstantValue); ok {
		return value
	}
	return attr.InstantValue{}
}

// isKnown is false while the status or a part of the schedule is unknown.
func (r *request) isKnown() bool {
	return !r.Status.IsUnknown() && !r.Schedule.IsUnknown() && !r.instant("start").IsUnknown() &&
		!r.instant("stop").IsUnknown()
}

// decision is the status and the schedule, which must be known.
func (r *request) decision() schedule.Decision {
	return schedule.Decision{
		Status: r.Status.ValueString(), Start: timeOf(r.instant("start")), Stop: timeOf(r.instant("stop")),
	}
}

// problems applies the rules of schedules to the known values.
func (r *request) problems() []schedule.Problem {
	if r.Status.IsUnknown() || r.Schedule.IsUnknown() {
		return nil
	}
	var window *schedule.Window
	if !r.Schedule.IsNull() {
		window = &schedule.Window{Start: boundOf(r.instant("start")), Stop: boundOf(r.instant("stop"))}
	}
	return schedule.Check(r.Status.ValueString(), window)
}

// boundOf is nil for a time that is not given, and zero for one that is not known yet.
func boundOf(v attr.InstantValue) *time.Time {
	if v.IsNull() {
		return nil
	}
	return new(timeOf(v))
}

// timeOf is zero for a null, unknown or invalid value. The validator reports an invalid one.
func timeOf(v attr.InstantValue) time.Time {
	t, _ := schedule.ParseInstant(v.ValueString())
	return t
}

// decideRequest is the decision with all arguments that are sent.
func (r *request) decideRequest() decide.Request {
	var approvers []string
	for _, element := range r.Approvers.Elements() {
		if s, ok := element.(types.String); ok {
			approvers = append(approvers, s.ValueString())
		}
	}
	return decide.Request{TicketDecision: client.TicketDecision{
		GUID:        r.canonicalGUID(),
		Decision:    r.decision(),
		Explanation: r.Explanation.ValueString(),
		Reason:      r.Reason.ValueString(),
		UserData:    r.UserData.ValueString(),
		ObjectDN:    r.ObjectDN.ValueString(),
		Approvers:   approvers,
	}}
}

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
			return attr.InstantValue{}
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

// recordKey is the entry of the private state with the record. There is none after the import of a
// pending ticket.
const recordKey = config.PrivateKey[record]("decision")

// record is the decision that the resource made, adopted or imported, in the zone of the configuration.
// Reads compare the server with it, because the state also contains drift.
type record struct {
	Decision schedule.Decision `json:"decision"`
	// EmptySchedule: the schedule has no times.
	EmptySchedule bool `json:"hollow,omitempty"`
	// AwaitsOthers: the server accepted the decision, and the ticket stayed Pending for its other
	// approvers. Until it is decided, Pending is not drift.
	AwaitsOthers bool `json:"awaited,omitempty"`
	// Imported: nothing was applied since the import.
	Imported bool `json:"imported,omitempty"`
	// Shown is how the server shows the decision, perhaps with rounded times or without a zone. Nil until
	// it was seen on the ticket.
	Shown *schedule.Shown `json:"shown,omitempty"`
}

// loadRecord returns nil if there is no record.
func loadRecord(ctx context.Context, private config.PrivateReader, diagnostics *diag.Diagnostics) *record {
	if recorded, found := recordKey.Get(ctx, private, diagnostics); found {
		return &recorded
	}
	return nil
}

// newRecord is the record of a model without unknown values.
func newRecord(m *model) record {
	return record{Decision: m.decision(), EmptySchedule: m.Schedule.Equal(emptySchedule)}
}

// after adds the outcome of an apply.
func (r record) after(o decide.Outcome) record {
	r.AwaitsOthers, r.Shown = o.Awaited, o.Shown
	return r
}

// awaitsOthers is true while the ticket has the status that it had when the server accepted the
// decision.
func (r *record) awaitsOthers(status string) bool {
	return r != nil && r.AwaitsOthers && status == schedule.Pending
}

// isImported is true if nothing was applied since the import.
func (r *record) isImported() bool { return r == nil || r.Imported }

// isShown is true if the server still shows the recorded decision. Until it was seen, the explanation
// identifies it.
func (r *record) isShown(shown schedule.Shown, explanation, configuredExplanation string) bool {
	explained := r.Shown == nil && shown.Status == r.Decision.Status && explanation != "" &&
		explanation == configuredExplanation
	return explained || r.Decision.IsStill(shown, r.Shown)
}

// update takes over what a read shows.
func (r *record) update(shown schedule.Shown, isShown bool) {
	r.AwaitsOthers = r.awaitsOthers(shown.Status)
	if r.Shown == nil && isShown && !r.AwaitsOthers {
		r.Shown = &shown
	}
}

// restore sets the recorded decision in place of another one.
func (r *record) restore(m *model) {
	switch {
	case m.decision().Equal(r.Decision):
	case r.EmptySchedule:
		m.Status, m.Schedule = types.StringValue(r.Decision.Status), emptySchedule
	default:
		m.setDecision(r.Decision)
	}
}
