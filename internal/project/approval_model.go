package project

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

const (
	approved = "Approved"
	rejected = "Rejected"

	approvalDefaultTimeout = 20 * time.Minute
)

// approvalModel is the resource as the configuration, the plan and the state hold it.
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

func (m approvalModel) verdict() reconcile.Approval {
	return reconcile.Approval{Reject: m.Decision.ValueString() == rejected, Final: m.Final.ValueBool(), Comment: m.Comment.ValueString()}
}

// ref is the project that was decided on, whatever it is called now; before
// that, the one that is named.
func (m approvalModel) ref() client.ProjectRef {
	if m.GUID.ValueString() != "" {
		return client.ByGUID(m.GUID.ValueString())
	}
	return client.ByDN(m.DN.ValueString())
}

// planned is the submission that the plan showed. A plan that found the decision made has a
// null ticket_id; one without a submission leaves it unknown.
func (m approvalModel) planned() reconcile.Submission {
	at, _ := time.Parse(time.RFC3339Nano, m.SubmittedAt.ValueString()) // null and unknown are the zero time
	return reconcile.Submission{
		Ticket: m.TicketID.ValueInt64(), SubmittedAt: at, Revision: m.Revision.ValueInt64(), Decided: m.TicketID.IsNull(),
	}
}

// fillReview plans what is known of the submission.
func (m *approvalModel) fillReview(r *reconcile.Review) {
	m.fillProject(r.Project)
	switch {
	case r.Submission.Decided:
		m.TicketID, m.RequiredApprovals, m.Approvers = types.Int64Null(), types.Int64Null(), types.ListNull(types.StringType)
		m.SubmittedAt, m.Revision = attr.TimeOrNull(r.Submission.SubmittedAt), types.Int64Null()
	case r.Pending():
		m.SubmittedAt, m.Revision = attr.TimeOrNull(r.Submission.SubmittedAt), attr.Int64OrNull(r.Submission.Revision)
		if r.Ticket != nil {
			m.fillTicket(r.Ticket)
		}
	}
}

// fill takes over what became of the verdict. What the plan showed stays.
func (m *approvalModel) fill(d reconcile.Decided) {
	m.fillProject(d.Project)
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
		m.TicketID, m.RequiredApprovals, m.Approvers = types.Int64Null(), types.Int64Null(), types.ListNull(types.StringType)
	default:
		m.fillTicket(d.Ticket)
	}
}

func (m *approvalModel) fillTicket(t *client.FlowTicket) {
	m.TicketID = types.Int64Value(t.ID)
	m.RequiredApprovals = types.Int64Value(int64(t.RequiredApprovals))
	m.Approvers = attr.SortedStrings(t.Approvers)
}

// fillProject takes over what can't change while it is the same project.
func (m *approvalModel) fillProject(p *client.Project) {
	if m.GUID.IsNull() || m.GUID.IsUnknown() {
		m.GUID = attr.NewGUIDValue(p.GUID)
	}
}

// keepComputed is for a change after the verdict, which sends nothing.
func (m *approvalModel) keepComputed(state approvalModel) {
	m.GUID, m.CurrentStatus = state.GUID, state.CurrentStatus
	m.TicketID, m.RequiredApprovals, m.Approvers = state.TicketID, state.RequiredApprovals, state.Approvers
	m.SubmittedAt, m.Revision = state.SubmittedAt, state.Revision
}

// byDN is the project that is named.
func byDN(m approvalModel) client.ProjectRef { return client.ByDN(m.DN.ValueString()) }
