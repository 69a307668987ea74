package ticketdecision

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/decisions"
	"github.com/codesign-tf/terraform-provider-codesign/internal/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tfkit"
)

// processed is the current_status of a ticket that the server has consumed.
const processed = "Processed"

// model is the resource as the configuration, the plan and the state hold it.
type model struct {
	Guid            tfkit.GuidValue `tfsdk:"guid"`
	Status          types.String    `tfsdk:"status"`
	Schedule        types.Object    `tfsdk:"schedule"`
	Explanation     types.String    `tfsdk:"explanation"`
	Reason          types.String    `tfsdk:"reason"`
	UserData        types.String    `tfsdk:"user_data"`
	ObjectDn        tfkit.DnValue   `tfsdk:"object_dn"`
	Approvers       types.Set       `tfsdk:"approvers"`
	ReopenOnDestroy types.Bool      `tfsdk:"reopen_on_destroy"`
	CurrentStatus   types.String    `tfsdk:"current_status"`
	Blocking        types.String    `tfsdk:"blocking"`
	IssuedDueTo     types.String    `tfsdk:"issued_due_to"`
	Created         types.String    `tfsdk:"created"`
	Updated         types.String    `tfsdk:"updated"`
	ApprovalReason  types.String    `tfsdk:"approval_reason"`
}

// identity is the GUID in its canonical spelling, because an identity must not
// change with somebody's way of writing it.
type identity struct {
	Guid types.String `tfsdk:"guid"`
}

func (m *model) identity() identity {
	return identity{types.StringValue(dn.CanonicalGuid(m.Guid.ValueString()))}
}

// scheduleTypes are the members of the schedule object.
var scheduleTypes = map[string]attr.Type{"start": tfkit.InstantType{}, "stop": tfkit.InstantType{}}

// end is the start or stop of the schedule; null where there is no schedule.
func (m *model) end(name string) tfkit.InstantValue {
	if value, ok := m.Schedule.Attributes()[name].(tfkit.InstantValue); ok {
		return value
	}
	return tfkit.NewInstantNull()
}

// known is false while the status or a part of the schedule is not.
func (m *model) known() bool {
	return !m.Status.IsUnknown() && !m.Schedule.IsUnknown() && !m.end("start").IsUnknown() && !m.end("stop").IsUnknown()
}

// decision is status and schedule; it has to be known.
func (m *model) decision() schedule.Decision {
	return schedule.Decision{Status: m.Status.ValueString(), Start: instant(m.end("start")), Stop: instant(m.end("stop"))}
}

// problems applies the rules to what is known already.
func (m *model) problems() []schedule.Problem {
	if m.Status.IsUnknown() || m.Schedule.IsUnknown() {
		return nil
	}
	var window *schedule.Window
	if !m.Schedule.IsNull() {
		window = &schedule.Window{Start: bound(m.end("start")), Stop: bound(m.end("stop"))}
	}
	return schedule.Check(m.Status.ValueString(), window)
}

func bound(v tfkit.InstantValue) schedule.Bound {
	return schedule.Bound{Given: !v.IsNull(), Time: instant(v)}
}

// instant is zero for what is null, unknown or, as its type then reports, no time.
func instant(v tfkit.InstantValue) time.Time {
	t, err := schedule.ParseInstant(v.ValueString())
	if err != nil {
		return time.Time{}
	}
	return t
}

// order is the decision with everything that is sent along.
func (m *model) order() decisions.Order {
	return decisions.Order{
		Guid:        dn.CanonicalGuid(m.Guid.ValueString()),
		Decision:    m.decision(),
		Explanation: m.Explanation.ValueString(),
		Reason:      m.Reason.ValueString(),
		UserData:    m.UserData.ValueString(),
		ObjectDn:    m.ObjectDn.ValueString(),
		Approvers:   m.approvers(),
	}
}

func (m *model) approvers() []string {
	var out []string
	for _, element := range m.Approvers.Elements() {
		if s, ok := element.(types.String); ok {
			out = append(out, s.ValueString())
		}
	}
	return out
}

// setDecision takes over a decision as a server tells it, times in UTC.
func (m *model) setDecision(d schedule.Decision) {
	m.Status = types.StringValue(d.Status)
	m.setSchedule(timeText(d.Start), timeText(d.Stop))
}

// setSchedule takes over the two ends as they are spelled; "" is none.
func (m *model) setSchedule(start, stop string) {
	if start == "" && stop == "" {
		m.Schedule = types.ObjectNull(scheduleTypes)
		return
	}
	m.Schedule = types.ObjectValueMust(scheduleTypes, map[string]attr.Value{"start": instantValue(start), "stop": instantValue(stop)})
}

func instantValue(s string) attr.Value {
	if s == "" {
		return tfkit.NewInstantNull()
	}
	return tfkit.NewInstantValue(s)
}

// timeText is RFC 3339 in UTC, empty for the zero time.
func timeText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}
