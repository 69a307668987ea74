package decide

import (
	"context"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
)

// settle reads a ticket whose decision the server has accepted, until the
// decision shows. The first read is made even if the caller has been cancelled:
// what was done must not be lost.
func (r *run) settle(ctx context.Context) (Outcome, error) {
	ticket, result := r.readBackDetached(ctx)
	if result == Unknown {
		return Outcome{Ticket: r.assumed(), Sent: true, Notes: []string{
			"The server accepted the decision, but the ticket could not be read afterwards. The next refresh shows its status.",
		}}, nil
	}
	pause := r.newPause()
	for r.isLate(result, pause) && pause.Wait(ctx) {
		r.Report("the server accepted the decision, but ticket %s is still %s", r.order.GUID, ticket.Status)
		ticket, result = r.readBack(ctx, true)
	}
	switch result {
	case Applied:
		return r.applied(ticket), nil
	case Consumed:
		return Outcome{Ticket: ticket, Processed: true, Sent: true}, nil
	case Superseded:
		return Outcome{Ticket: ticket, Sent: true}, &OverruledError{GUID: r.order.GUID, Wanted: r.order.Decision, Found: ticket}
	default:
		return r.unseen(ctx, ticket)
	}
}

// isLate says whether the server may still be about to show the decision. Another decision than
// the one before can only be the caller's within the consistency window.
func (r *run) isLate(result WriteResult, pause *poll.Interval) bool {
	switch result {
	case NotApplied, Unknown:
		return pause.Total < r.VerifyTimeout
	case Superseded:
		return pause.Total < r.ConsistencyWindow
	default:
		return false
	}
}

// unseen is a decision that was accepted and does not show. An approval of a
// ticket with several approvers has done its part: sending it again would not
// help.
func (r *run) unseen(ctx context.Context, ticket *client.WorkflowTicket) (Outcome, error) {
	others := len(ticket.Approvers) > 1 && ticket.Status == schedule.Pending && schedule.IsApproval(r.order.Decision.Status)
	if ctx.Err() != nil || !others {
		return Outcome{Ticket: ticket, Sent: true}, &UnseenError{GUID: r.order.GUID, Wanted: r.order.Decision, Seen: ticket, Cause: ctx.Err()}
	}
	return Outcome{Ticket: ticket, Sent: true, Awaited: true, Notes: []string{
		"The server accepted the decision, and the ticket is still Pending. It has several approvers (" + some(ticket.Approvers) +
			") and seems to wait for the others. This decision is not sent again.",
	}}, nil
}

func (r *run) readBackDetached(ctx context.Context) (*client.WorkflowTicket, WriteResult) {
	detached, cancel := context.WithTimeout(context.WithoutCancel(ctx), r.CleanupTimeout)
	defer cancel()
	return r.readBack(detached, true)
}

// assumed is the ticket as the server must have it after accepting the decision.
func (r *run) assumed() *client.WorkflowTicket {
	ticket := *r.before
	ticket.Status = r.order.Decision.Status
	ticket.ScheduledStart, ticket.ScheduledStop = r.order.Decision.Start, r.order.Decision.Stop
	return &ticket
}

func (d *Decider) newPause() *poll.Interval {
	return poll.New(d.PollInterval, d.MaxPollInterval)
}
