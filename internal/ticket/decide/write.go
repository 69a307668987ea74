package decide

import (
	"context"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
)

// run is one decision: the order, and the ticket as it was before.
type run struct {
	*Decider
	order  Request
	before *client.WorkflowTicket
}

// carryOut sends the decision and verifies it. If the answer is lost, the ticket
// is read until the consistency window ends. If the ticket is unchanged then, the
// decision is sent once more.
func (r *run) carryOut(ctx context.Context) (Outcome, error) {
	const attempts = 2
	for attempt := 1; ; attempt++ {
		r.Report("deciding ticket %s: %s", r.order.GUID, r.order.Decision)
		err := r.send(ctx)
		if err == nil {
			return r.settle(ctx)
		}
		if !client.IsUnclear(err) {
			return r.afterRefusal(ctx, err, attempt > 1)
		}
		ticket, result := r.verifyWrite(ctx)
		if result != NotApplied || attempt == attempts || ctx.Err() != nil {
			return r.unclear(ticket, result, err)
		}
		r.Report("the answer was lost and ticket %s is still %s: sending the decision once more", r.order.GUID, ticket.Status)
	}
}

// send writes once, and once more where the session did not have the right yet.
func (r *run) send(ctx context.Context) error {
	request := client.TicketDecision{
		GUID: r.order.GUID, Status: r.order.Decision.Status,
		ScheduledStart: r.order.Decision.Start, ScheduledStop: r.order.Decision.Stop,
		Explanation: r.order.Explanation, Reason: r.order.Reason, UserData: r.order.UserData,
		ObjectDN: r.order.ObjectDN, Approvers: r.order.Approvers,
	}
	err := r.API.UpdateTicketStatus(ctx, request)
	if client.ReasonOf(err) != client.Forbidden || r.API.RefreshPermissions(ctx) != nil {
		return err
	}
	return r.API.UpdateTicketStatus(ctx, request)
}

// afterRefusal finds out whether another approver was faster, in which case the
// server may refuse with any code. It reads the ticket until the consistency
// window ends, because the server may show their decision late.
func (r *run) afterRefusal(ctx context.Context, refusal error, sentBefore bool) (Outcome, error) {
	refused := &RefusedError{Order: r.order, Err: refusal}
	if !mayBeLostRace(refusal) {
		return Outcome{Ticket: r.before}, refused
	}
	ticket, result := r.readUntilChanged(ctx)
	switch {
	case result == Consumed && sentBefore:
		return r.goneAfterUnclear(refusal)
	case result == Consumed, result != Applied && result != Superseded && client.IsNotFound(refusal):
		return Outcome{Ticket: r.before, Processed: true}, &ConsumedError{GUID: r.order.GUID, Wanted: r.order.Decision, Before: r.before, Err: refusal}
	case result == Applied && sentBefore:
		return r.applied(ticket), nil
	case result == Applied:
		outcome := r.applied(ticket)
		outcome.Sent = false
		outcome.Notes = []string{"The server refused the decision, and shows the same decision on the ticket. Another approver made it at the same time."}
		return outcome, nil
	case result == Superseded:
		return Outcome{Ticket: ticket}, &OverruledError{GUID: r.order.GUID, Wanted: r.order.Decision, Found: ticket, Err: refusal}
	default:
		return Outcome{Ticket: ticket}, refused
	}
}

// mayBeLostRace is true for an answer about the ticket. What is about the token
// or the connection has another cause.
func mayBeLostRace(refusal error) bool {
	switch client.ReasonOf(refusal) {
	case client.NotFound, client.Forbidden, client.Refused:
		return true
	default:
		return false
	}
}

// verifyWrite reads the ticket after a write of unclear outcome, also if the
// caller has been cancelled: what was done must not be lost.
func (r *run) verifyWrite(ctx context.Context) (*client.WorkflowTicket, WriteResult) {
	detached, cancel := context.WithTimeout(context.WithoutCancel(ctx), r.ConsistencyWindow+r.CleanupTimeout)
	defer cancel()
	return r.readUntilChanged(detached)
}

// readUntilChanged reads the ticket until it differs from the one before, or the
// consistency window ends. Another person's decision is final only then, too: the
// server may still be about to show the caller's.
func (r *run) readUntilChanged(ctx context.Context) (*client.WorkflowTicket, WriteResult) {
	pause := r.newPause()
	for {
		ticket, result := r.readBack(ctx, false)
		if result == Applied || result == Consumed || pause.Total >= r.ConsistencyWindow || !pause.Wait(ctx) {
			return ticket, result
		}
	}
}

// readBack reads once. After a write there is no doubt about the right to read.
func (r *run) readBack(ctx context.Context, acknowledged bool) (*client.WorkflowTicket, WriteResult) {
	after, err := r.API.TicketDetails(ctx, r.order.GUID)
	switch {
	case err == nil:
		return after, r.resultOf(ctx, after, acknowledged)
	case client.IsNotFound(err):
		return r.before, Consumed
	default:
		return r.before, Unknown
	}
}

// applied is the outcome of a decision that was seen on the ticket.
func (r *run) applied(ticket *client.WorkflowTicket) Outcome {
	return Outcome{Ticket: ticket, Sent: true, Shown: new(ShownOn(ticket))}
}

// unclear turns what was read after an unclear write into an outcome.
func (r *run) unclear(ticket *client.WorkflowTicket, result WriteResult, cause error) (Outcome, error) {
	switch result {
	case Applied:
		return r.applied(ticket), nil
	case Consumed:
		return r.goneAfterUnclear(cause)
	case Superseded:
		return Outcome{Ticket: ticket}, &OverruledError{GUID: r.order.GUID, Wanted: r.order.Decision, Found: ticket, Err: cause}
	default:
		return Outcome{Ticket: ticket}, &UnclearError{
			GUID: r.order.GUID, Wanted: r.order.Decision, Seen: ticket.Status, NotDone: result == NotApplied, Err: cause,
		}
	}
}

// goneAfterUnclear is for a decision whose answer was lost and whose ticket is gone. The server
// consumes a ticket after an approval without a window, so that one counts as carried out. It
// keeps a ticket with a window or a rejection, so another decision must have consumed it.
func (r *run) goneAfterUnclear(cause error) (Outcome, error) {
	if r.order.Decision.Status != schedule.Approved || mayBeUsed(r.before, r.Now()) {
		return Outcome{Ticket: r.before, Processed: true},
			&ConsumedError{GUID: r.order.GUID, Wanted: r.order.Decision, Before: r.before, Err: cause}
	}
	return Outcome{Ticket: r.before, Processed: true, Sent: true, Notes: []string{
		"The answer to the decision was lost, and the ticket is gone. The server consumes a ticket after an approval, " +
			"so the approval counts as carried out. Whether this approval or another approver's was the reason is not known.",
	}}, nil
}

// mayBeUsed says whether the decision on a ticket lets the server consume it by now.
func mayBeUsed(ticket *client.WorkflowTicket, now time.Time) bool {
	return schedule.IsApproval(ticket.Status) && !ticket.ScheduledStart.After(now)
}
