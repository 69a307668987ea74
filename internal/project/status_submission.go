package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

// showSubmission plans the pending flow ticket that self_approve approves. The apply approves this one
// or the submission that it makes itself, and no other.
func (p *planning) showSubmission(ctx context.Context, project *client.Project) {
	p.plan.TicketID = types.Int64Null()
	if !p.plan.SelfApprove.ValueBool() || p.goal() != lifecycle.Enabled || project.Status != lifecycle.Pending {
		return
	}
	at, name := path.Root("self_approve"), redact.Visible(dn.Name(project.DN))
	review, err := newReconciler(ctx, p.client, config.Timing{}).ReviewPending(ctx, project)
	switch {
	case err != nil:
		p.fail(err)
	case review.Ticket == nil:
		p.resp.Diagnostics.AddAttributeWarning(at, sprintf("No flow ticket of project %s to approve", name),
			"The project is Pending, but the caller sees no flow ticket of its submission: the server lists a ticket only to its approvers, and may list it late. "+
				"The apply waits for the approvers and approves nothing itself. To approve the submission, make a new plan once the ticket is visible.")
	case review.Uncertain:
		p.resp.Diagnostics.AddAttributeWarning(at, sprintf("Flow ticket %d of project %s is not approved", review.Ticket.ID, name), sprintf(
			"The server writes times without a zone, and %s may be older than the submission. The apply waits for the approvers and approves nothing itself. "+
				"A resource codesign_project_approval can decide the ticket after a review.", redact.Visible(review.View.String())))
	default:
		p.plan.TicketID = types.Int64Value(review.Ticket.ID)
		p.resp.Diagnostics.AddAttributeWarning(at, sprintf("Applying this approves flow ticket %d of project %s", review.Ticket.ID, name), sprintf(
			"The project is Pending, and its submission may be another person's: %s. The apply approves this ticket and no other. If the submission changes before "+
				"the apply, the CLI stops with \"Provider produced inconsistent final plan\": then nothing was sent. Review the project again and make a new plan.",
			redact.Visible(review.View.String())))
	}
}

// warnOfPending is for the action, whose plan can't hand a ticket to the invocation.
func warnOfPending(m actionModel, project *client.Project) (summary, detail string, warns bool) {
	if !m.SelfApprove.ValueBool() || m.goal() != lifecycle.Enabled || project.Status != lifecycle.Pending {
		return "", "", false
	}
	return sprintf("The submission of project %s is not approved", redact.Visible(dn.Name(project.DN))),
		"The project is Pending already. An action approves only the submission that it makes itself, so it waits for the approvers. " +
			"A resource codesign_project_approval can decide the pending submission after a review.", true
}
