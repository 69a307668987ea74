package decide

import (
	"context"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
)

// step is what an order asks for, given the ticket as it is.
type step int

const (
	send step = iota
	adopt
)

// nextStep compares an order with the ticket that was found. The error is a
// *ConflictError for a decision that the order does not know of.
func (d *Decider) nextStep(ctx context.Context, order Request, found *client.WorkflowTicket) (step, error) {
	shown := ShownOn(found)
	switch {
	case order.Replaces != nil && order.Replaces.Decision.IsStill(shown, order.Replaces.Shown):
		return d.nextChange(ctx, order, found), nil
	case d.isDecidedAs(ctx, order, found):
		return adopt, nil
	case order.Replaces == nil && shown.Status == schedule.Pending:
		return send, nil
	default:
		return send, &ConflictError{Order: order, Found: found}
	}
}

// nextChange finds out whether a change that the comparison of the decisions
// does not show was carried out before, by a run that could not record it: the
// new explanation arrived together with everything else.
func (d *Decider) nextChange(ctx context.Context, order Request, found *client.WorkflowTicket) step {
	explained := order.Explanation != order.Replaces.Explanation && order.Explanation == found.ApprovalExplanation
	if explained && d.isDecidedAs(ctx, order, found) {
		return adopt
	}
	return send
}

// isDecidedAs says whether the decision on a ticket is the wanted one. Where the server shows too
// little for that, the explanation and the author decide.
func (d *Decider) isDecidedAs(ctx context.Context, order Request, found *client.WorkflowTicket) bool {
	switch match := order.Decision.Compare(ShownOn(found)); match {
	case schedule.Same:
		return true
	case schedule.Vague:
		return explanationOf(order, nil, found) == byCaller
	case schedule.Unzoned:
		return d.authorOf(ctx, order, nil, found) == byCaller
	case schedule.Rounded:
		return d.authorOf(ctx, order, nil, found) != byAnother
	default:
		return false
	}
}

func adoptionNotes(wanted schedule.Decision, found *client.WorkflowTicket) []string {
	switch match := wanted.Compare(ShownOn(found)); {
	case match.IsUncertain():
		return []string{"The ticket is already decided, and the server shows the decision as " + ShownOn(found).String() + ". " +
			"It rounds times or leaves out their zone, so this decision was taken to be the configured one. Nothing was sent."}
	case !schedule.IsScheduled(wanted.Status) || !found.ScheduledStart.IsZero():
		return nil
	default:
		return []string{"The ticket is already decided as " + found.Status + ", and the server does not show the window of that decision. " +
			"This decision was taken to be the configured one. Nothing was sent."}
	}
}

// WriteResult is what a read of the ticket after a write says about the write.
type WriteResult int

const (
	// Unknown: the ticket could not be read.
	Unknown WriteResult = iota
	// NotApplied: nothing has changed.
	NotApplied
	// Applied: the ticket has the decision that was sent, as far as can be seen.
	Applied
	// Superseded: the ticket has a third decision, which another person made.
	Superseded
	// Consumed: the ticket is gone.
	Consumed
)

// resultOf compares the ticket after a write with the write. A decision that the server
// acknowledged is the caller's even if the server shows other times for it, unless its author or
// explanation contradicts. Without an acknowledgement, an unchanged ticket proves nothing.
func (r *run) resultOf(ctx context.Context, after *client.WorkflowTicket, acknowledged bool) WriteResult {
	wanted, shown := r.order.Decision, ShownOn(after)
	match := wanted.Compare(shown)
	unchanged := shown.Equal(ShownOn(r.before))
	switch {
	case !acknowledged && unchanged && !hasMoved(r.before, after):
		return NotApplied
	case match == schedule.Same || match == schedule.Vague, acknowledged && unchanged && match.IsCompatible():
		return Applied
	case unchanged:
		return NotApplied
	case shown.Status != wanted.Status && match == schedule.Different:
		return Superseded
	}
	switch r.authorOf(ctx, r.order, r.before, after) {
	case byCaller:
		return Applied
	case byAnother:
		return Superseded
	default:
		if acknowledged || match.IsUncertain() {
			return Applied
		}
		return Superseded
	}
}

// hasMoved is true for a ticket that was written, even if with the same decision.
func hasMoved(before, after *client.WorkflowTicket) bool {
	return after.ApprovalExplanation != before.ApprovalExplanation || !after.Updated.Equal(before.Updated)
}
