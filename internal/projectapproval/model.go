package projectapproval

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
	"github.com/codesign-tf/terraform-provider-codesign/internal/projects"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tfkit"
)

const (
	approved = "Approved"
	rejected = "Rejected"

	defaultTimeout = 20 * time.Minute
)

// model is the resource as the configuration, the plan and the state hold it.
type model struct {
	Dn                tfkit.DnValue   `tfsdk:"dn"`
	Decision          types.String    `tfsdk:"decision"`
	Comment           types.String    `tfsdk:"comment"`
	Final             types.Bool      `tfsdk:"final"`
	Guid              tfkit.GuidValue `tfsdk:"guid"`
	CurrentStatus     types.String    `tfsdk:"current_status"`
	TicketId          types.Int64     `tfsdk:"ticket_id"`
	RequiredApprovals types.Int64     `tfsdk:"required_approvals"`
	Approvers         types.List      `tfsdk:"approvers"`
	Timeouts          timeouts.Value  `tfsdk:"timeouts"`
}

func (m model) verdict() projects.Verdict {
	return projects.Verdict{Reject: m.Decision.ValueString() == rejected, Final: m.Final.ValueBool(), Comment: m.Comment.ValueString()}
}

// ref is the project that was decided on, whatever it is called now; before
// that, the one that is named.
func (m model) ref() api.ProjectRef {
	if m.Guid.ValueString() != "" {
		return api.ByGuid(m.Guid.ValueString())
	}
	return api.ByDn(m.Dn.ValueString())
}

// fill takes over what became of the verdict.
func (m *model) fill(d projects.Decided) {
	m.fillProject(d.Project)
	m.CurrentStatus = types.StringValue(d.Project.Status.String())
	m.TicketId, m.RequiredApprovals, m.Approvers = types.Int64Null(), types.Int64Null(), types.ListNull(types.StringType)
	if d.Ticket == nil {
		return
	}
	m.TicketId = types.Int64Value(d.Ticket.Id)
	m.RequiredApprovals = types.Int64Value(int64(d.Ticket.RequiredApprovals))
	m.Approvers = tfkit.SortedStrings(d.Ticket.Approvers)
}

// fillProject takes over what can't change while it is the same project.
func (m *model) fillProject(p *api.Project) {
	if m.Guid.IsNull() || m.Guid.IsUnknown() {
		m.Guid = tfkit.NewGuidValue(p.Guid)
	}
}

// keepComputed is for a change after the verdict, which sends nothing.
func (m *model) keepComputed(state model) {
	m.Guid, m.CurrentStatus = state.Guid, state.CurrentStatus
	m.TicketId, m.RequiredApprovals, m.Approvers = state.TicketId, state.RequiredApprovals, state.Approvers
}

// byDn is the project that is named.
func byDn(m model) api.ProjectRef { return api.ByDn(m.Dn.ValueString()) }
