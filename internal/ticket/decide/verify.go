package decide

import (
	"context"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
)

// verifyAccepted reads a ticket whose decision the server has accepted, until the server shows the
// decision. It makes the first read even if the caller has cancelled, to record what was done.
func (w *write) verifyAccepted(ctx context.Context) (Outcome, error) {
	detached, cancel := w.decider.Cleanup(ctx, 0)
	ticket, result := w.read(detached, true)
	cancel()
	if result == unknown {
		return Outcome{Ticket: w.expected(), Sent: true, Notes: []string{
			"The server accepted the decision, but the ticket could not be read afterwards. The next refresh shows " +
				"its status.",
		}}, nil
	}
	interval := w.decider.Interval()
	for w.isLate(result, interval) && interval.Wait(ctx) {
		w.decider.Report("the server accepted the decision, but ticket %s is still %s", w.request.GUID, ticket.Status)
		ticket, result = w.read(ctx, true)
	}
	switch result {
	case applied:
		return appliedTo(ticket), nil
	case consumed:
		return Outcome{Ticket: ticket, Processed: true, Sent: true}, nil
	case superseded:
		return Outcome{Ticket: ticket, Sent: true}, changedConcurrentlyError(w.request, ticket, nil)
	default:
		return w.notShown(ctx, ticket)
	}
}

// isLate reports whether the server may still show the decision. Another decision than the one
// before can only become the caller's within the consistency window.
func (w *write) isLate(result writeResult, interval *poll.Interval) bool {
	switch result {
	case notApplied, unknown:
		return interval.Total < w.decider.VerifyTimeout
	case superseded:
		return interval.Total < w.decider.ConsistencyWindow
	default:
		return false
	}
}

// notShown is for a decision that the server accepted and does not show. A ticket with several
// approvers waits for the others after an approval: sending it again would not help.
func (w *write) notShown(ctx context.Context, ticket *client.WorkflowTicket) (Outcome, error) {
	others := len(ticket.Approvers) > 1 && ticket.Status == schedule.Pending &&
		schedule.IsApproval(w.request.Decision.Status)
	if ctx.Err() != nil || !others {
		return Outcome{Ticket: ticket, Sent: true}, notShownError(w.request, ticket, ctx.Err())
	}
	return Outcome{Ticket: ticket, Sent: true, Awaited: true, Notes: []string{
		"The server accepted the decision, but the ticket is still Pending. It has several approvers (" +
			listSome(ticket.Approvers) +
			") and seems to wait for the others. The provider does not send this decision again.",
	}}, nil
}

// readUntilChanged reads the ticket until it has the decision, or the consistency window ends, even if
// the caller has cancelled, to record what was done. Another person's decision is final only after the
// window: the server may still show the caller's.
func (w *write) readUntilChanged(ctx context.Context) (ticket *client.WorkflowTicket, result writeResult) {
	w.decider.Verify(ctx, w.decider.ConsistencyWindow, func(ctx context.Context) bool {
		ticket, result = w.read(ctx, false)
		return result == applied || result == consumed
	})
	return ticket, result
}

// read reads the ticket once. After a write the caller certainly has the right to read it, so a
// ticket that is not found was consumed.
func (w *write) read(ctx context.Context, acknowledged bool) (*client.WorkflowTicket, writeResult) {
	after, err := w.decider.API.TicketDetails(ctx, w.request.GUID)
	switch {
	case err == nil:
		return after, w.resultOf(ctx, after, acknowledged)
	case client.IsNotFound(err):
		return w.before, consumed
	default:
		return w.before, unknown
	}
}

// expected is the ticket as it must be after the server has accepted the decision.
func (w *write) expected() *client.WorkflowTicket {
	ticket := *w.before
	ticket.Status = w.request.Decision.Status
	ticket.ScheduledStart, ticket.ScheduledStop = w.request.Decision.Start, w.request.Decision.Stop
	return &ticket
}
