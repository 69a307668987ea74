package reconcile

import (
	"context"
	"slices"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
)

// Approval is an approver's decision on a submission. The zero value approves.
type Approval struct {
	Reject bool
	// Final is a rejection after which the submission cannot be corrected and sent again.
	Final bool
	// Comment goes with the decision. The server requires one, so an empty one gets a default.
	Comment string
}

// DefaultComment goes with an approval that has no comment: the server requires one (OAS).
const DefaultComment = "Approved by terraform-provider-codesign"

// String is "approved" or "rejected".
func (a Approval) String() string {
	if a.Reject {
		return "rejected"
	}
	return "approved"
}

func (a Approval) send(ctx context.Context, api API, ticket int64) error {
	switch {
	case a.Reject:
		return api.RejectFlowTicket(ctx, ticket, a.Comment, a.Final)
	case a.Comment == "":
		return api.ApproveFlowTicket(ctx, ticket, DefaultComment)
	default:
		return api.ApproveFlowTicket(ctx, ticket, a.Comment)
	}
}

// approver sends one approval or rejection to the flow ticket of a project.
type approver struct {
	tracker       *tracker
	approval      Approval
	self          bool                        // self_approve: the approval of the caller's own request
	plannedTicket int64                       // the ticket that the plan showed, 0 if it showed none
	beforeSend    func(context.Context) error // the last check before the first attempt; may be nil

	done      bool               // the approval is on the ticket
	refreshed bool               // the server has refreshed the caller's permissions
	attempts  int                // approvals sent
	ticket    *client.FlowTicket // the last one that was found
	gone      int64              // a ticket that no longer exists
	submitted bool               // this run made the submission
	earlier   ticketIDs          // tickets from before that submission
	searched  time.Time          // when the search for the ticket began
	uncertain time.Time          // since when the only ticket is one that seems too old
}

// submission describes the submission that the project was last read with.
func (a *approver) submission() submission {
	p := a.tracker.project
	return submission{
		dn: p.DN, planned: a.plannedTicket, own: a.submitted && a.earlier.complete, earlier: a.earlier.ids,
		since: p.ApprovalSubmissionDate, noZone: p.SubmissionNoZone,
	}
}

// isForeign is true for the submission of another run that no plan has shown.
func (a *approver) isForeign() bool { return a.self && !a.submitted && a.plannedTicket == 0 }

// sendOnce puts the approval on the ticket of the project, unless it is there. If the ticket is not
// visible yet, the next call looks for it again.
func (a *approver) sendOnce(ctx context.Context) error {
	if a.done || a.isForeign() {
		return nil
	}
	ticket, err := a.find(ctx)
	if ticket == nil {
		return err
	}
	if bound := a.boundTo(); bound != 0 && bound != ticket.ID {
		return a.otherTicket(ctx, bound, ticket)
	}
	if err := a.checkNotUpdate(ctx, ticket); err != nil {
		return err
	}
	if !a.approval.Reject && a.approvedByCaller(ctx, ticket) {
		a.ticket, a.done = ticket, true
		return nil
	}
	if a.attempts == 0 && a.beforeSend != nil {
		if err := a.beforeSend(ctx); err != nil {
			return err
		}
	}
	a.ticket = ticket
	a.tracker.report("flow ticket %d of project %s is being %s", ticket.ID, a.tracker.name(), a.approval)
	return a.send(ctx)
}

// find returns nil if there is no ticket to decide yet.
func (a *approver) find(ctx context.Context) (*client.FlowTicket, error) {
	if a.searched.IsZero() {
		a.searched = time.Now()
	}
	ticket, err := findTicket(ctx, a.tracker.reconciler.API, a.submission())
	if ticket == nil && err == nil && !a.refreshed {
		// A session that is older than a ticket may not see it before the server has read the caller's rights
		// again (DOC, of workflow tickets). If the server refuses, the wait goes on.
		a.refreshed = true
		_ = a.tracker.reconciler.API.RefreshPermissions(ctx)
	}
	if ticket == nil || err != nil || ticket.ID == a.gone || a.mayBelongToAnother(ticket) {
		return nil, err
	}
	return ticket, nil
}

// checkNotUpdate fails for a ticket that no plan showed and that the server created long after the
// submission: it may be an update, whose approvers are others. It does not fail if the server certainly
// has no flow for updates, if the caller may not read that, or for a ticket that appears at once after
// the submission of this run.
func (a *approver) checkNotUpdate(ctx context.Context, ticket *client.FlowTicket) error {
	of := a.submission()
	atOnce := a.submitted && time.Since(a.searched) <= raisedWithin
	if atOnce || ticket.ID == a.boundTo() || !of.isTooNew(*ticket) {
		return nil
	}
	needed, err := UpdatesNeedApproval(ctx, a.tracker.reconciler.API)
	switch {
	case client.IsTransient(err):
		return err
	case err != nil || !needed:
		return nil //nolint:nilerr // see above: the caller may not read the configuration
	default:
		return tooNewError(of, *ticket)
	}
}

// boundTo is the only ticket that the approval may go to: the one that the plan showed, or the one
// to which it was sent before. 0 is any.
func (a *approver) boundTo() int64 {
	switch {
	case a.plannedTicket != 0:
		return a.plannedTicket
	case a.attempts > 0:
		return a.ticket.ID
	default:
		return 0
	}
}

// otherTicket handles a ticket that the approval must not go to. The right one may have been
// decided, which the server shows late. A rejection whose answer was lost ended its ticket, and
// does not apply to a new submission.
func (a *approver) otherTicket(ctx context.Context, bound int64, found *client.FlowTicket) error {
	switch {
	case a.approval.Reject && a.attempts > 0:
		a.done = true
		return nil
	case a.outcome(ctx, a.tracker.reconciler.ConsistencyWindow) == poll.Superseded:
		return nil
	default:
		return changedSincePlanError(a.tracker.project, "flow ticket", bound, found.ID)
	}
}

// mayBelongToAnother waits for another ticket if the only one seems older than the submission.
// self_approve never takes such a ticket, unless the plan showed it.
func (a *approver) mayBelongToAnother(ticket *client.FlowTicket) bool {
	const patience = 30 * time.Second // the vendor's Python client looks for a ticket that long
	of := a.submission()
	switch {
	case ticket.ID == a.plannedTicket:
		return false
	case a.self:
		return !of.own && !of.isCertainlyNotOlder(*ticket)
	case of.age(*ticket) != ageUncertain:
		return false
	}
	if a.uncertain.IsZero() {
		a.uncertain = time.Now()
		a.tracker.report("flow ticket %d of project %s seems older than the submission: looking for another one first",
			ticket.ID, a.tracker.name())
	}
	return time.Since(a.uncertain) < patience
}

func (a *approver) send(ctx context.Context) error {
	const attempts = 2
	a.attempts++
	err := a.approval.send(ctx, a.tracker.reconciler.API, a.ticket.ID)
	if err == nil {
		a.done = true
		return nil
	}
	switch outcome := a.outcome(ctx, a.window(err)); {
	case outcome == poll.Applied:
		a.done = true
		return nil
	case outcome == poll.Superseded:
		return nil
	case outcome == poll.Consumed, client.IsNotFound(err):
		a.gone = a.ticket.ID // decided by another approver, or by this request: the status shows it later
		return nil
	case client.IsUnclear(err) && client.IsTransient(err) && client.ReasonOf(err) != client.Cancelled &&
		a.attempts < attempts:
		return err // the next read of the ticket shows whether the approval is on it
	default:
		return approvalRefusedError(a.tracker.project, a.ticket.ID, a.approval, a.self, err)
	}
}

// window is how long to look for the effect of a faster approver, or of a request whose answer was
// lost. Other failures did not reach the ticket.
func (a *approver) window(cause error) time.Duration {
	reason := client.ReasonOf(cause)
	if client.IsUnclear(cause) || reason == client.Refused || reason == client.Forbidden {
		return a.tracker.reconciler.ConsistencyWindow
	}
	return 0
}

// outcome reads the project and the ticket until the window ends or something has changed. The ticket
// is consumed if it is no longer listed and the project is Pending, and superseded if the project has
// another status.
func (a *approver) outcome(ctx context.Context, window time.Duration) (found poll.WriteResult) {
	t := a.tracker
	t.reconciler.Verify(ctx, window, func(ctx context.Context) bool {
		if p, err := t.get(ctx); err == nil {
			t.update(p)
			if p.Status != lifecycle.Pending {
				found = poll.Superseded
				return true
			}
		}
		found = a.readTicket(ctx)
		return found == poll.Applied
	})
	return found
}

func (a *approver) readTicket(ctx context.Context) poll.WriteResult {
	of := a.submission()
	of.planned = a.boundTo()
	ticket, err := findTicket(ctx, a.tracker.reconciler.API, of)
	switch {
	case err != nil:
		return poll.NotApplied
	case ticket == nil, ticket.ID != of.planned:
		return poll.Consumed
	case !a.approval.Reject && a.approvedByCaller(ctx, ticket):
		return poll.Applied
	default:
		return poll.NotApplied
	}
}

// approvedByCaller reads the caller's names only if the ticket has an approval.
func (a *approver) approvedByCaller(ctx context.Context, ticket *client.FlowTicket) bool {
	if len(ticket.Approvals) == 0 {
		return false
	}
	self := a.tracker.reconciler.API.SelfNames(ctx)
	if len(self) == 0 { // then an approval sent before, whose answer was lost, counts as one of these
		return a.attempts > 0
	}
	return slices.ContainsFunc(ticket.Approvals, func(given string) bool {
		return slices.ContainsFunc(self, func(name string) bool { return settings.SameTrustee(name, given) })
	})
}

// describeTicket reads the ticket that the project waits for; "" where the caller may not see it.
func (a *approver) describeTicket(ctx context.Context) string {
	t, note := a.tracker, ""
	ticket, err := findTicket(ctx, t.reconciler.API, a.submission())
	if ticket == nil && err == nil {
		note = "; by the server's dates it is older than the submission"
		ticket, err = findTicket(ctx, t.reconciler.API, submission{dn: t.project.DN, earlier: a.earlier.ids})
	}
	if ticket == nil || err != nil {
		return ""
	}
	return DescribeTicket(ctx, t.nameOf, ticket) + note
}
