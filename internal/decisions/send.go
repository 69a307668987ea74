package decisions

import (
	"context"

	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
	"github.com/codesign-tf/terraform-provider-codesign/internal/schedule"
)

// run is one decision on its way: the ticket as it was before, and as it was
// seen last.
type run struct {
	*Driver
	order  Order
	before *api.WorkflowTicket
}

// carryOut sends the decision and sees what became of it. If nobody can tell
// what became of the write, the ticket is looked at: decided, as before (then
// once more), or decided otherwise by somebody else.
func (r *run) carryOut(ctx context.Context) (Outcome, error) {
	const attempts = 2
	for attempt := 1; ; attempt++ {
		r.Report("deciding ticket %s: %s", r.order.Guid, r.order.Decision)
		err := r.send(ctx)
		if err == nil {
			return r.settle(ctx)
		}
		if attempt > 1 && api.IsNotFound(err) {
			return r.goneAfterUnclear(err)
		}
		if !api.IsUnclear(err) {
			return Outcome{Ticket: r.before, Processed: api.IsNotFound(err)}, r.refused(err)
		}
		ticket, found := r.lookAfter(ctx)
		if found != asBefore || attempt == attempts || ctx.Err() != nil {
			return r.unclear(ticket, found, err)
		}
		r.Report("the answer was lost and ticket %s is still %s: sending the decision once more", r.order.Guid, ticket.Status)
	}
}

// send writes once, and once more where the session did not have the right yet.
func (r *run) send(ctx context.Context) error {
	request := api.TicketDecision{
		GUID: r.order.Guid, Status: r.order.Decision.Status,
		ScheduledStart: r.order.Decision.Start, ScheduledStop: r.order.Decision.Stop,
		Explanation: r.order.Explanation, Reason: r.order.Reason, UserData: r.order.UserData,
		ObjectDn: r.order.ObjectDn, Approvers: r.order.Approvers,
	}
	err := r.API.UpdateTicketStatus(ctx, request)
	if api.ReasonOf(err) != api.Forbidden || r.API.RefreshPermissions(ctx) != nil {
		return err
	}
	return r.API.UpdateTicketStatus(ctx, request)
}

func (r *run) refused(err error) error {
	if api.IsNotFound(err) {
		return &ConsumedError{Guid: r.order.Guid, Wanted: r.order.Decision, Before: r.before, Err: err}
	}
	return &RefusedError{Order: r.order, Err: err}
}

// lookAfter looks at the ticket after a write of unclear outcome, and a second
// time where nothing has moved: the server may still be at it.
func (r *run) lookAfter(ctx context.Context) (*api.WorkflowTicket, verdict) {
	detached, cancel := context.WithTimeout(context.WithoutCancel(ctx), r.Grace)
	defer cancel()
	ticket, found := r.lookWith(detached, verdictUnclear)
	if found == asBefore && r.newPause().Wait(detached) {
		ticket, found = r.lookWith(detached, verdictUnclear)
	}
	return ticket, found
}

// lookWith asks once; after one's own write there is no doubt of the rights to see.
func (r *run) lookWith(ctx context.Context, judge func(schedule.Decision, *api.WorkflowTicket, *api.WorkflowTicket) verdict) (*api.WorkflowTicket, verdict) {
	after, err := r.API.TicketDetails(ctx, r.order.Guid)
	switch {
	case err == nil:
		return after, judge(r.order.Decision, r.before, after)
	case api.IsNotFound(err):
		return r.before, consumed
	default:
		return r.before, notLearned
	}
}

// unclear turns what a look found after an unclear write into an outcome.
func (r *run) unclear(ticket *api.WorkflowTicket, found verdict, cause error) (Outcome, error) {
	switch found {
	case decided:
		return Outcome{Ticket: ticket, Sent: true}, nil
	case consumed:
		return r.goneAfterUnclear(cause)
	case overruled:
		return Outcome{Ticket: ticket}, &OverruledError{Guid: r.order.Guid, Wanted: r.order.Decision, Found: ticket, Err: cause}
	default:
		return Outcome{Ticket: ticket}, &UnclearError{Guid: r.order.Guid, Wanted: r.order.Decision, Seen: ticket.Status, NotDone: found == asBefore, Err: cause}
	}
}

// goneAfterUnclear believes in an approval: approved tickets are consumed, and
// whoever approved this one wanted the same. A ticket can't be believed to have
// been rejected because it is gone.
func (r *run) goneAfterUnclear(cause error) (Outcome, error) {
	if !schedule.IsApproval(r.order.Decision.Status) {
		return Outcome{Ticket: r.before, Processed: true}, &ConsumedError{Guid: r.order.Guid, Wanted: r.order.Decision, Before: r.before, Err: cause}
	}
	return Outcome{Ticket: r.before, Processed: true, Sent: true, Notes: []string{
		"The answer to the decision was lost, and the ticket is gone since. An approved ticket is consumed, " +
			"so the approval counts as carried out; whether it was this one or somebody else's can't be told.",
	}}, nil
}
