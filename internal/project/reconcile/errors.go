package reconcile

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
)

func notFoundError(ref client.ProjectRef) error {
	return failure.Errorf(failure.NotFound, "the server has no project %s", ref).Advise(
		"Check the spelling of the name. If the same configuration creates the project, refer to that resource, or " +
			"add depends_on.")
}

func indeterminateError(ref client.ProjectRef, err error) error {
	return failure.Errorf(failure.Indeterminate,
		"project %s could not be read, and it is not certain that it does not exist: %w", ref, err).Advise(
		"The project may be hidden from the identity of the provider, or the name may belong to another type of " +
			"object. The resource stays in the state.")
}

// replacedError is about two projects, by their GUIDs.
func replacedError(ref client.ProjectRef, planned, found string) error {
	return failure.Errorf(failure.Replaced,
		"%s is another project now: the plan is for GUID %s, the server has GUID %s", ref, planned, found).Advise(
		"Nothing was sent. Another project has this name now. Make a new plan and review it.")
}

// refusedError is for a step that the server refused, or that was not sent.
func refusedError(step lifecycle.Transition, err error) error {
	remedy := fmt.Sprintf("Only %s can take this step.", step.Who)
	if !step.Documented {
		remedy += " The vendor does not document it, so the server may not support it. Look for another step in the " +
			"product's user interface."
	}
	return failure.Errorf(failure.Refused, "the step from %s to %s was not carried out: %w", step.From, step.To,
		err).Advise(remedy)
}

// outcomeUnknownError is for a step whose answer was lost.
func outcomeUnknownError(p *client.Project, step lifecycle.Transition, result poll.WriteResult, err error) error {
	found := "the outcome is unknown, because the project could not be read afterwards"
	if result == poll.NotApplied {
		found = fmt.Sprintf("the project is still %s", p.Status)
	}
	return failure.Errorf(failure.OutcomeUnknown, "the answer to the step from %s to %s was lost; %s: %w", step.From,
		step.To, found, err).Advise(
		"Apply again. The next apply reads the project first and continues from its status.")
}

// ChangedConcurrently is the error for a project that another client changed during a step. Err is
// that of the step, nil if it succeeded.
func ChangedConcurrently(p *client.Project, from, to lifecycle.Status, err error) error {
	failed := failure.Errorf(failure.ChangedConcurrently,
		"another client changed the project: status is %s, expected %s after %s", p.Status, to, from).Advise(
		"Nothing more was sent. Find out who changed it, then make a new plan.")
	failed.Cause = err
	return failed
}

func rejectedError(p *client.Project) error {
	return failure.Errorf(failure.Rejected,
		"an approver rejected the submission of %s: the project is Draft again", p.DN).Advise(
		"The approver's comment, in the product's user interface or in an email, gives the reason. After a " +
			"correction, the next apply submits the project again.")
}

// approvalRefusedError is for an approval or a rejection that the server did not accept. Self is an
// approval for self_approve.
func approvalRefusedError(p *client.Project, ticket int64, approval Approval, self bool, err error) error {
	remedy := "Only the approvers of the ticket can decide it, and the identity of the provider must be one of them."
	switch {
	case client.IsUnclear(err):
		remedy = "The answer of the server was lost. The next apply reads the ticket first, and does not decide twice."
	case self:
		remedy += " With self_approve = false the apply waits for the other approvers."
	}
	failed := failure.Errorf(failure.Refused, "flow ticket %d of %s could not be %s: %w", ticket, p.DN, approval, err)
	failed.Attribute = failure.Approval
	return failed.Advise(remedy)
}

// ambiguousError is for several tickets, with the spellings of the DN on them.
func ambiguousError(dn string, tickets []int64, spellings []string) error {
	spelled := ""
	if len(spellings) > 1 {
		spelled = ": they spell the DN as " + strings.Join(spellings, " and ")
	}
	return failure.Errorf(failure.Ambiguous, "%s has several pending flow tickets %v, and it is not certain which of "+
		"them belongs to its submission%s", dn, tickets, spelled).Advise(
		"One of them may be the deletion or an update of the project, so the provider decided no ticket. Decide them " +
			"in the product's user interface, then apply again.")
}

// tooNewError is for the only ticket, which was created long after the submission.
func tooNewError(of submission, ticket client.FlowTicket) error {
	return failure.Errorf(failure.Ambiguous, "it is not certain that flow ticket %d belongs to the submission of %s: "+
		"the server created it %s after the submission", ticket.ID, of.dn,
		failure.Duration(ticket.CreationTime.Sub(of.since))).Advise(
		"It may be an update of the project, so the provider decided no ticket. The caller may not be an approver of " +
			"the submission: the server lists a ticket only to its approvers. Review the project, then make a new " +
			"plan, which shows the ticket.")
}

// changedSincePlanError names what differs: "flow ticket", "submission date", "revision" or
// "status".
func changedSincePlanError(p *client.Project, what string, planned, found any) error {
	return failure.Errorf(failure.ChangedSincePlan,
		"the submission of %s is not the one that the plan showed: planned %s %v, found %v", p.DN, what, planned,
		found).Advise(
		"The provider did not decide the submission. Review the project again, then make a new plan and apply it.")
}

func decidedOtherwiseError(p *client.Project, approval Approval) error {
	remedy := "Another approver rejected it. After its owner has corrected and submitted it again, the next apply " +
		"decides the new submission."
	if approval.Reject {
		remedy = "An approval cannot be revoked. To stop the use of the project, set the status Disabled with " +
			"the resource codesign_project_status."
	}
	return failure.Errorf(failure.DecidedOtherwise,
		"the submission of %s cannot be %s: it was %s before, and the project is %s",
		p.DN, approval, Approval{Reject: !approval.Reject}, p.Status).Advise(remedy)
}

func notApplicableError(p *client.Project) error {
	remedy := "Only a draft can be submitted for approval. A project that was approved before can be enabled and " +
		"disabled without another approval."
	if reason := lifecycle.Blocked(p.Status); reason != "" {
		remedy = "Nothing was sent, because its flow ticket may belong to something other than a submission: " +
			reason
	}
	return failure.Errorf(failure.NotApplicable, "%s is %s: it has no submission to decide", p.DN,
		p.Status).Advise(remedy)
}

// timeoutError is for a step whose effect did not show in time.
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
	if ticket != "" {
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
	case ticket != "":
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
