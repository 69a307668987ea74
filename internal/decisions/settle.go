package decisions

import (
	"context"

	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
	"github.com/codesign-tf/terraform-provider-codesign/internal/growingpause"
	"github.com/codesign-tf/terraform-provider-codesign/internal/schedule"
)

// settle looks at a ticket whose decision the server has accepted, until the
// decision shows. The first look is made even if the caller has been cancelled:
// what was done must not be lost.
func (r *run) settle(ctx context.Context) (Outcome, error) {
	ticket, found := r.lookDetached(ctx)
	if found == notLearned {
		return Outcome{Ticket: r.assumed(), Sent: true, Notes: []string{
			"The server accepted the decision, but the ticket could not be read afterwards. The next refresh tells what has become of it.",
		}}, nil
	}
	pause := r.newPause()
	for found == asBefore || found == notLearned {
		r.Report("the server accepted the decision, but ticket %s is still %s", r.order.Guid, ticket.Status)
		if pause.Total >= r.Patience || !pause.Wait(ctx) {
			return r.unseen(ctx, ticket)
		}
		ticket, found = r.lookWith(ctx, verdictAccepted)
	}
	if found == overruled {
		return Outcome{Ticket: ticket, Sent: true}, &OverruledError{Guid: r.order.Guid, Wanted: r.order.Decision, Found: ticket}
	}
	return Outcome{Ticket: ticket, Processed: found == consumed, Sent: true}, nil
}

// unseen is a decision that was accepted and does not show. An approval of a
// ticket with several approvers has done its part: sending it again would not
// help.
func (r *run) unseen(ctx context.Context, ticket *api.WorkflowTicket) (Outcome, error) {
	others := len(ticket.Approvers) > 1 && ticket.Status == schedule.Pending && schedule.IsApproval(r.order.Decision.Status)
	if ctx.Err() != nil || !others {
		return Outcome{Ticket: ticket, Sent: true}, &UnseenError{Guid: r.order.Guid, Wanted: r.order.Decision, Seen: ticket, Cause: ctx.Err()}
	}
	return Outcome{Ticket: ticket, Sent: true, Awaited: true, Notes: []string{
		"The server accepted the decision, and the ticket is still Pending. It has several approvers (" + some(ticket.Approvers) +
			") and seems to wait for the others. This decision is not sent again.",
	}}, nil
}

func (r *run) lookDetached(ctx context.Context) (*api.WorkflowTicket, verdict) {
	detached, cancel := context.WithTimeout(context.WithoutCancel(ctx), r.Grace)
	defer cancel()
	return r.lookWith(detached, verdictAccepted)
}

// assumed is the ticket as the server must have it after accepting the decision.
func (r *run) assumed() *api.WorkflowTicket {
	ticket := *r.before
	ticket.Status = r.order.Decision.Status
	ticket.ScheduledStart, ticket.ScheduledStop = r.order.Decision.Start, r.order.Decision.Stop
	return &ticket
}

func (d *Driver) newPause() *growingpause.Pause {
	return growingpause.New(d.FirstPause, d.LongestPause)
}
