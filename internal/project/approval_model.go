package project

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

// Values of decision.
const (
	approved = "Approved"
	rejected = "Rejected"
)

// approvalModel is the resource codesign_project_approval in a configuration, plan or state.
type approvalModel struct {
	DN                attr.DNValue   `tfsdk:"dn"`
	Decision          types.String   `tfsdk:"decision"`
	Comment           types.String   `tfsdk:"comment"`
	Final             types.Bool     `tfsdk:"final"`
	GUID              attr.GUIDValue `tfsdk:"guid"`
	CurrentStatus     types.String   `tfsdk:"current_status"`
	TicketID          types.Int64    `tfsdk:"ticket_id"`
	SubmittedAt       types.String   `tfsdk:"submitted_at"`
	Revision          types.Int64    `tfsdk:"revision"`
	RequiredApprovals types.Int64    `tfsdk:"required_approvals"`
	Approvers         types.List     `tfsdk:"approvers"`
	Timeouts          timeouts.Value `tfsdk:"timeouts"`
}

func (m approvalModel) approval() reconcile.Approval {
	return reconcile.Approval{
		Reject: m.Decision.ValueString() == rejected, Final: m.Final.ValueBool(), Comment: m.Comment.ValueString(),
	}
}

// byDN is the project that is configured.
func (m approvalModel) byDN() client.ProjectRef { return client.ByDN(m.DN.ValueString()) }

// ref is the project of the plan or state, even if it was renamed.
func (m approvalModel) ref() client.ProjectRef {
	if m.GUID.ValueString() != "" {
		return client.ByGUID(m.GUID.ValueString())
	}
	return m.byDN()
}

// submission is the submission that the plan showed. The ticket_id of a plan is null if the plan
// found the decision made, and unknown if it found no submission.
func (m approvalModel) submission() reconcile.Submission {
	at, _ := time.Parse(time.RFC3339Nano, m.SubmittedAt.ValueString()) // zero if null or unknown
	return reconcile.Submission{
		Ticket: m.TicketID.ValueInt64(), SubmittedAt: at, Revision: m.Revision.ValueInt64(),
		Decided: m.TicketID.IsNull(),
	}
}

// fillReview plans what the review found.
func (m *approvalModel) fillReview(r *reconcile.Review) {
	m.fillGUID(r.Project)
	switch {
	case r.Submission.Decided:
		m.clearTicket()
		m.SubmittedAt, m.Revision = attr.TimeOrNull(r.Submission.SubmittedAt), types.Int64Null()
	case r.Pending():
		m.SubmittedAt, m.Revision = attr.TimeOrNull(r.Submission.SubmittedAt), attr.Int64OrNull(r.Submission.Revision)
		if r.Ticket != nil {
			m.fillTicket(r.Ticket)
		}
	}
}

// fill sets what the plan did not show.
func (m *approvalModel) fill(d reconcile.Decided) {
	m.fillGUID(d.Project)
	m.CurrentStatus = types.StringValue(d.Project.Status.String())
	if m.SubmittedAt.IsUnknown() {
		m.SubmittedAt = attr.TimeOrNull(d.Submission.SubmittedAt)
	}
	if m.Revision.IsUnknown() {
		m.Revision = attr.Int64OrNull(d.Submission.Revision)
	}
	switch {
	case !m.TicketID.IsUnknown():
	case d.Ticket == nil:
		m.clearTicket()
	default:
		m.fillTicket(d.Ticket)
	}
}

func (m *approvalModel) fillTicket(t *client.FlowTicket) {
	m.TicketID = types.Int64Value(t.ID)
	m.RequiredApprovals = types.Int64Value(int64(t.RequiredApprovals))
	m.Approvers = attr.SortedStrings(t.Approvers)
}

func (m *approvalModel) clearTicket() {
	m.TicketID, m.RequiredApprovals = types.Int64Null(), types.Int64Null()
	m.Approvers = types.ListNull(types.StringType)
}

func (m *approvalModel) fillGUID(p *client.Project) {
	if m.GUID.IsNull() || m.GUID.IsUnknown() {
		m.GUID = attr.NewGUIDValue(p.GUID)
	}
}

// keepComputed plans the computed values of the state: a change after the decision sends nothing.
func (m *approvalModel) keepComputed(state approvalModel) {
	m.GUID, m.CurrentStatus = state.GUID, state.CurrentStatus
	m.TicketID, m.RequiredApprovals, m.Approvers = state.TicketID, state.RequiredApprovals, state.Approvers
	m.SubmittedAt, m.Revision = state.SubmittedAt, state.Revision
}
