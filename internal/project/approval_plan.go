package project

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
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
	submissionModel
	DN       attr.DNValue   `tfsdk:"dn"`
	Decision types.String   `tfsdk:"decision"`
	Comment  types.String   `tfsdk:"comment"`
	Final    types.Bool     `tfsdk:"final"`
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

// submissionModel are the computed attributes.
type submissionModel struct {
	GUID              attr.GUIDValue `tfsdk:"guid"`
	CurrentStatus     types.String   `tfsdk:"current_status"`
	TicketID          types.Int64    `tfsdk:"ticket_id"`
	SubmittedAt       types.String   `tfsdk:"submitted_at"`
	Revision          types.Int64    `tfsdk:"revision"`
	RequiredApprovals types.Int64    `tfsdk:"required_approvals"`
	Approvers         types.List     `tfsdk:"approvers"`
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
	if r.Submission.Decided || r.Pending() {
		m.fillSubmission(r.Submission)
	}
	if r.Submission.Decided || r.Ticket != nil {
		m.fillTicket(r.Ticket)
	}
}

// fill sets what the plan did not show.
func (m *approvalModel) fill(d reconcile.Decided) {
	m.fillGUID(d.Project)
	m.CurrentStatus = types.StringValue(d.Project.Status.String())
	m.fillSubmission(d.Submission)
	if m.TicketID.IsUnknown() {
		m.fillTicket(d.Ticket)
	}
}

func (m *submissionModel) fillGUID(p *client.Project) {
	if m.GUID.IsNull() || m.GUID.IsUnknown() {
		m.GUID = attr.NewGUIDValue(p.GUID)
	}
}

func (m *submissionModel) fillSubmission(s reconcile.Submission) {
	if m.SubmittedAt.IsUnknown() {
		m.SubmittedAt = attr.TimeOrNull(s.SubmittedAt)
	}
	if m.Revision.IsUnknown() {
		m.Revision = attr.Int64OrNull(s.Revision)
	}
}

// fillTicket accepts nil: the project was decided before its ticket was visible.
func (m *submissionModel) fillTicket(t *client.FlowTicket) {
	m.TicketID, m.RequiredApprovals = types.Int64Null(), types.Int64Null()
	m.Approvers = types.ListNull(types.StringType)
	if t != nil {
		m.TicketID, m.RequiredApprovals = types.Int64Value(t.ID), types.Int64Value(int64(t.RequiredApprovals))
		m.Approvers = attr.SortedStrings(t.Approvers)
	}
}

// ModifyPlan reads the submission before the plan of a create, and fails if it cannot be decided.
// After the decision, only another decision or project changes anything.
func (r *approvalResource) ModifyPlan(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	if req.Plan.Raw.IsNull() {
		return
	}
	var plan, state approvalModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if req.State.Raw.IsNull() {
		r.planDecision(ctx, &plan, resp)
	} else {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
		if !r.isSameProject(ctx, plan, state, resp) {
			resp.RequiresReplace = append(resp.RequiresReplace, path.Root("dn"))
			r.warnReplacement(ctx, plan, resp)
			return
		}
		if !plan.Decision.Equal(state.Decision) {
			r.warnReplacement(ctx, plan, resp)
		}
		plan.submissionModel = state.submissionModel // a change after the decision sends nothing
	}
	resp.Diagnostics.Append(resp.Plan.Set(ctx, &plan)...)
}

// planDecision plans the submission that the apply decides, and warns if it finds none.
func (r *approvalResource) planDecision(
	ctx context.Context, plan *approvalModel, resp *resource.ModifyPlanResponse,
) {
	if resp.Diagnostics.HasError() {
		return
	}
	api := r.Client()
	if api == nil || plan.DN.IsUnknown() || plan.Decision.IsUnknown() {
		warnUnreviewed(&resp.Diagnostics, plan, "The project, the decision or the provider depends on a value that is "+
			"known only during the apply.")
		return
	}
	review, err := newReconciler(ctx, api, r.Timing()).Review(ctx, plan.byDN(), plan.approval())
	if err != nil {
		addApprovalError(&resp.Diagnostics, plan.unableToDecide(), err)
		return
	}
	plan.fillReview(review)
	warnReview(&resp.Diagnostics, plan, review)
}

// warnReplacement shows the warnings of the new resource, which the CLI drops.
func (r *approvalResource) warnReplacement(
	ctx context.Context, plan approvalModel, resp *resource.ModifyPlanResponse,
) {
	plan.GUID = attr.NewGUIDUnknown()
	r.planDecision(ctx, &plan, resp)
}

// isSameProject is false for the name of another project. The new name of the same project is a
// change in place.
func (r *approvalResource) isSameProject(
	ctx context.Context, plan, state approvalModel, resp *resource.ModifyPlanResponse,
) bool {
	switch {
	case plan.DN.IsUnknown():
		return false
	case dn.Equal(plan.DN.ValueString(), state.DN.ValueString()):
		return true
	case r.Client() == nil:
		return false
	}
	p, err := reconcile.GetCached(ctx, r.Client(), plan.byDN())
	if err != nil {
		addApprovalError(&resp.Diagnostics, "Unable to read project "+displayName(plan.byDN()), err)
		return true
	}
	return dn.EqualGUID(p.GUID, state.GUID.ValueString())
}

// warnReview shows what the planned values do not show.
func warnReview(diagnostics *diag.Diagnostics, plan *approvalModel, r *reconcile.Review) {
	switch {
	case r.Submission.Decided:
		warnUnreviewed(diagnostics, plan, "The project is already Enabled, so it was approved and the apply sends "+
			"nothing.")
	case !r.Pending():
		warnUnreviewed(diagnostics, plan, fmt.Sprintf(
			"The project is %s. The apply waits for the submission and decides it without a review. "+
				"To review the submission first, make a new plan when the project is Pending.", r.Project.Status))
	case r.Ticket == nil:
		warnUnreviewed(diagnostics, plan, "The project is Pending, but the caller sees no flow ticket of it. The "+
			"server lists a ticket only to its approvers and may list it late. The apply waits for the ticket.")
	default:
		detail := fmt.Sprintf("Submitted %s: %s.", submittedAt(r.Submission.SubmittedAt), r.View)
		if r.Uncertain {
			detail += " The server writes times without a zone, and the ticket may be older than the submission. " +
				"Make sure that it belongs to the submission."
		}
		if r.MayBeUpdate {
			detail += " " + updateNote
		}
		addWarning(diagnostics, path.Root("dn"), fmt.Sprintf("Review flow ticket %d of project "+
			"%s", r.Ticket.ID, displayName(plan.byDN())),
			detail+" The apply decides this submission and no other. "+submissionChangeNote)
	}
}

func warnUnreviewed(diagnostics *diag.Diagnostics, plan *approvalModel, reason string) {
	summary := "No submission to review"
	if !plan.DN.IsUnknown() {
		summary += " for project " + displayName(plan.byDN())
	}
	addWarning(diagnostics, path.Root("dn"), summary, reason)
}

// unableToDecide is the summary of a decision that fails.
func (m approvalModel) unableToDecide() string {
	if m.Decision.ValueString() == rejected {
		return "Unable to reject project " + displayName(m.byDN())
	}
	return "Unable to approve project " + displayName(m.byDN())
}

func submittedAt(t time.Time) string {
	if t.IsZero() {
		return "at a time that the server does not report"
	}
	return "at " + t.UTC().Format(time.RFC3339)
}
