package ticket

import (
	"time"

	fwattr "github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

// processed is the current_status of a ticket that the server has consumed.
const processed = "Processed"

// model is the resource as the configuration, the plan and the state hold it.
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

// identity is the GUID in its canonical spelling, because an identity must not
// change with somebody's way of writing it.
type identity struct {
	GUID types.String `tfsdk:"guid"`
}

// ref is the name under which a refresh is remembered.
func (m *model) ref() client.ProjectRef { return client.ByGUID(m.GUID.ValueString()) }

func (m *model) identity() identity {
	return identity{types.StringValue(dn.CanonicalGUID(m.GUID.ValueString()))}
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
	m.Schedule = types.ObjectValueMust(scheduleTypes, map[string]fwattr.Value{"start": instantValue(start), "stop": instantValue(stop)})
}

// hollowSchedule is what a module passes on that was given no times.
func hollowSchedule() types.Object {
	return types.ObjectValueMust(scheduleTypes, map[string]fwattr.Value{"start": attr.NewInstantNull(), "stop": attr.NewInstantNull()})
}

func (m *model) hasHollowSchedule() bool { return m.Schedule.Equal(hollowSchedule()) }

func instantValue(s string) fwattr.Value {
	if s == "" {
		return attr.NewInstantNull()
	}
	return attr.NewInstantValue(s)
}

// timeText is RFC 3339 in UTC, empty for the zero time.
func timeText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}
