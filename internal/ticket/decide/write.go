package decide

import (
	"context"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
)

// write sends one decision. Before is the ticket as it was.
type write struct {
	decider *Decider
	request Request
	before  *client.WorkflowTicket
}

// run sends the decision and verifies it. If the answer is lost, it reads the ticket until the
// consistency window ends. If the ticket is unchanged then, it sends the decision once more.
func (w *write) run(ctx context.Context) (Outcome, error) {
	const attempts = 2
	for attempt := 1; ; attempt++ {
		w.decider.Report("deciding ticket %s: %s", w.request.GUID, w.request.Decision)
		err := w.send(ctx)
		switch {
		case err == nil:
			return w.verifyAccepted(ctx)
		case !client.IsUnclear(err) && !mayBeLostRace(err):
			return Outcome{Ticket: w.before}, refusedError(w.request, err)
		}
		ticket, result := w.readUntilChanged(ctx)
		if !client.IsUnclear(err) || result != poll.NotApplied || attempt == attempts || ctx.Err() != nil {
			return w.afterError(ticket, result, err, attempt > 1 || client.IsUnclear(err))
		}
		w.decider.Report("the answer was lost and ticket %s is still %s: sending the decision once more",
			w.request.GUID, ticket.Status)
	}
}

// send writes once, and once more if the session did not have the right yet.
func (w *write) send(ctx context.Context) error {
	err := w.decider.API.UpdateTicketStatus(ctx, w.request.TicketDecision)
	if client.ReasonOf(err) != client.Forbidden || w.decider.API.RefreshPermissions(ctx) != nil {
		return err
	}
	return w.decider.API.UpdateTicketStatus(ctx, w.request.TicketDecision)
}

// afterError turns a read after a refusal or a lost answer into an outcome. Lost is true if an answer
// was lost, so that what the ticket shows may be the decision of this run. Otherwise another approver
// was faster: then the server may refuse with any code.
func (w *write) afterError(
	ticket *client.WorkflowTicket, result poll.WriteResult, err error, lost bool,
) (Outcome, error) {
	switch {
	case result == poll.Applied && lost:
		return appliedTo(ticket), nil
	case result == poll.Applied:
		outcome := appliedTo(ticket)
		outcome.Sent = false
		outcome.Notes = []string{"The server refused the decision, but shows the same decision on the ticket. " +
			"Another approver made it at the same time."}
		return outcome, nil
	case result == poll.Superseded:
		return Outcome{Ticket: ticket}, changedConcurrentlyError(w.request, ticket, err)
	case result == poll.Consumed && lost:
		return w.consumedAfterLostAnswer(err)
	case result == poll.Consumed, client.IsNotFound(err):
		return Outcome{Ticket: w.before, Processed: true}, consumedError(w.request, w.before, err)
	case client.IsUnclear(err):
		return Outcome{Ticket: ticket}, outcomeUnknownError(w.request, ticket, result, err)
	default:
		return Outcome{Ticket: ticket}, refusedError(w.request, err)
	}
}

// mayBeLostRace is true for an answer about the ticket, and false for one about the token or the
// connection.
func mayBeLostRace(refusal error) bool {
	switch client.ReasonOf(refusal) {
	case client.NotFound, client.Forbidden, client.Refused:
		return true
	default:
		return false
	}
}

// consumedAfterLostAnswer is for a decision whose answer was lost and whose ticket no longer
// exists. The server consumes a ticket after an approval without a window, so that one counts as
// carried out. It keeps a ticket with a window or a rejection, so another decision must have
// consumed it.
func (w *write) consumedAfterLostAnswer(cause error) (Outcome, error) {
	outcome := Outcome{Ticket: w.before, Processed: true}
	wasApproved := schedule.IsApproval(w.before.Status) && !w.before.ScheduledStart.After(w.decider.Now())
	if w.request.Decision.Status != schedule.Approved || wasApproved {
		return outcome, consumedError(w.request, w.before, cause)
	}
	outcome.Sent = true
	outcome.Notes = []string{
		"The answer to the decision was lost, and the ticket no longer exists. The server consumes a ticket after an " +
			"approval, so the approval counts as carried out. It is unknown whether this approval or that of another " +
			"approver was the reason.",
	}
	return outcome, nil
}

// appliedTo is the outcome of a decision that was seen on the ticket.
func appliedTo(ticket *client.WorkflowTicket) Outcome {
	return Outcome{Ticket: ticket, Sent: true, Shown: new(ShownOn(ticket))}
}

// verifyAccepted reads a ticket whose decision the server has accepted, until the server shows the
// decision. It makes the first read even if the caller has cancelled, to record what was done.
func (w *write) verifyAccepted(ctx context.Context) (Outcome, error) {
	detached, cancel := w.decider.Cleanup(ctx, 0)
	ticket, result := w.read(detached, true)
	cancel()
	if result == poll.Unknown {
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
	case poll.Applied:
		return appliedTo(ticket), nil
	case poll.Consumed:
		return Outcome{Ticket: ticket, Processed: true, Sent: true}, nil
	case poll.Superseded:
		return Outcome{Ticket: ticket, Sent: true}, changedConcurrentlyError(w.request, ticket, nil)
	default:
		return w.notShown(ctx, ticket)
	}
}

// verifyTimeout is how long to wait until the server shows a decision that it accepted.
const verifyTimeout = time.Minute

// isLate reports whether the server may still show the decision. Another decision than the one
// before can only become the caller's within the consistency window.
func (w *write) isLate(result poll.WriteResult, interval *poll.Interval) bool {
	switch result {
	case poll.NotApplied, poll.Unknown:
		return interval.Total < verifyTimeout
	case poll.Superseded:
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

// readUntilChanged reads the ticket until it has the decision, or the consistency window ends, because
// the server may show a decision late. It reads even if the caller has cancelled, to record what was
// done. Another person's decision is final only after the window: the server may still show the caller's.
func (w *write) readUntilChanged(ctx context.Context) (ticket *client.WorkflowTicket, result poll.WriteResult) {
	w.decider.Verify(ctx, w.decider.ConsistencyWindow, func(ctx context.Context) bool {
		ticket, result = w.read(ctx, false)
		return result == poll.Applied || result == poll.Consumed
	})
	return ticket, result
}

// read reads the ticket once. After a write the caller certainly has the right to read it, so a
// ticket that is not found was consumed.
func (w *write) read(ctx context.Context, acknowledged bool) (*client.WorkflowTicket, poll.WriteResult) {
	after, err := w.decider.API.TicketDetails(ctx, w.request.GUID)
	switch {
	case err == nil:
		return after, w.resultOf(ctx, after, acknowledged)
	case client.IsNotFound(err):
		return w.before, poll.Consumed
	default:
		return w.before, poll.Unknown
	}
}

// expected is the ticket as it must be after the server has accepted the decision.
func (w *write) expected() *client.WorkflowTicket {
	ticket := *w.before
	ticket.Status = w.request.Decision.Status
	ticket.ScheduledStart, ticket.ScheduledStop = w.request.Decision.Start, w.request.Decision.Stop
	return &ticket
}
