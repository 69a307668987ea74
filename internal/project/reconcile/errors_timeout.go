package reconcile

import (
	"context"
	"fmt"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

func (c *statusChange) timeoutError(ctx context.Context, step lifecycle.Transition) error {
	err := c.tracker.timeoutError(ctx, "become "+step.To.String())
	if step.Action != lifecycle.Approve {
		if step.Documented {
			err.Remedy = fmt.Sprintf("Only %s can take this step. ", step.Who)
		}
		err.Remedy += "The server accepted the step, but did not show the new status in time. The step may need an " +
			"approval, or the server may be slow. Check the project in the product's user interface, increase " +
			"`timeouts` if the server is slow, then apply again."
		return err
	}
	c.explainApproval(ctx, err)
	if err.Code == failure.Interrupted {
		err.Remedy += "The next apply continues the wait, and does not submit the project again."
	} else {
		err.Remedy += "The next apply continues the wait, and does not submit the project again. If approvals take " +
			"longer, increase `timeouts`, or use the status Pending, which does not wait for the approval."
	}
	return err
}

// explainApproval says what is known of the approval that the operation waited for.
func (c *statusChange) explainApproval(ctx context.Context, err *failure.Error) {
	detached, cancel := c.tracker.reconciler.Cleanup(ctx, 0)
	defer cancel()
	a := c.approver
	unseen := c.request.SelfApprove && a.ticket == nil
	var left []int64
	if unseen {
		err.Attribute = failure.Approval
		left = pendingTickets(detached, c.tracker.reconciler.API, c.tracker.project.DN).ids
	}
	undecided := ""
	ticket := a.describeTicket(detached) // last: it reads names, one by one
	if ticket != nil {
		undecided = fmt.Sprintf("Still undecided: %s. ", ticket)
	}
	since := c.pendingSince()
	switch {
	case c.request.SelfApprove && a.isForeign():
		err.Remedy = "The submission is not from this run, and the plan did not show it, so self_approve did not " +
			"approve it. " + undecided +
			"A new plan of the resource codesign_project_status shows the flow ticket that its apply approves. "
	case unseen && len(left) > 0:
		err.Remedy = fmt.Sprintf("The flow tickets %v of the project seem to be older than its submission, so they "+
			"may belong to something else. The provider approved no ticket. ", left) + undecided +
			"If one of them belongs to the submission, approve it in the product's user interface. "
	case ticket != nil:
		err.Remedy = undecided
	case a.gone != 0:
		err.Remedy = fmt.Sprintf("Flow ticket %d no longer existed before its approval, and no other has appeared "+
			"since. ",
			a.gone)
	case unseen:
		err.Remedy = "The provider found no flow ticket to approve. The server lists a ticket only to its approvers, " +
			"which it chooses at the submission. The identity of the provider may not be one of them. " + since
	case since != "":
		err.Remedy = since + "The server lists the flow ticket only to its approvers. "
	default:
		err.Remedy = "Only the approvers of the flow ticket can take this step. "
	}
}

func (c *statusChange) pendingSince() string {
	since := c.tracker.project.ApprovalSubmissionDate
	if since.IsZero() {
		return ""
	}
	return fmt.Sprintf("The project has been waiting for its approval since %s. ", since.UTC().Format(time.RFC3339))
}

// target is what a decision waits for.
func (d *decision) target() string {
	if d.tracker.project.Status == lifecycle.Draft {
		return "be submitted for approval"
	}
	return "be " + d.approver.approval.String()
}

func (d *decision) timeoutError(ctx context.Context) error {
	const again = "The next apply reads the project again and does not decide twice. To wait longer, increase " +
		"`timeouts`."
	approval, ticket := d.approver.approval, d.approver.ticket
	err := d.tracker.timeoutError(ctx, d.target())
	switch {
	case d.tracker.project.Status == lifecycle.Draft && approval.Reject:
		err.Remedy = "Either the project has not been submitted yet. Or its submission was rejected before, for " +
			"example by a run that was killed before it could record the rejection: then remove this block. " + again
	case d.tracker.project.Status == lifecycle.Draft:
		err.Remedy = "Its owner must submit it first, for example with the status Pending of the resource " +
			"codesign_project_status. " + again
	case ticket != nil:
		err.Message += fmt.Sprintf("; it is unknown whether flow ticket %d was %s", ticket.ID, approval)
		err.Remedy = again
	default:
		err.Message += "; its flow ticket is not visible"
		err.Remedy = "The server lists a flow ticket only to its approvers, which it chooses at the submission. " +
			"The identity of the provider may not be one of them. " + again
	}
	return err
}
