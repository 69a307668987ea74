package decide

import (
	"context"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
)

// step is what a request requires, given the ticket as it is.
type step int

const (
	send  step = iota
	adopt      // the ticket has the requested decision
)

// nextStep compares a request with the ticket. The code of the error is Conflict for a decision
// that the request does not replace.
func (d *Decider) nextStep(ctx context.Context, request Request, found *client.WorkflowTicket) (step, error) {
	shown := ShownOn(found)
	switch {
	case request.Replaces != nil && request.Replaces.Decision.IsStill(shown, request.Replaces.Shown):
		return d.nextChange(ctx, request, found), nil
	case d.isDecidedAs(ctx, request, found):
		return adopt, nil
	case request.Replaces == nil && shown.Status == schedule.Pending:
		return send, nil
	default:
		return send, conflictError(request, found)
	}
}

// nextChange finds a change that an earlier run made and could not record, and that the comparison
// of the decisions does not show: the new explanation arrived together with everything else.
func (d *Decider) nextChange(ctx context.Context, request Request, found *client.WorkflowTicket) step {
	explained := request.Explanation != request.Replaces.Explanation && request.Explanation == found.ApprovalExplanation
	if explained && d.isDecidedAs(ctx, request, found) {
		return adopt
	}
	return send
}

// isDecidedAs reports whether the ticket has the requested decision. If the server shows too
// little, the explanation and the author of the decision count.
func (d *Decider) isDecidedAs(ctx context.Context, request Request, found *client.WorkflowTicket) bool {
	switch match := request.Decision.Compare(ShownOn(found)); match {
	case schedule.Same:
		return true
	case schedule.Vague:
		return explanationOf(request, nil, found) == byCaller
	case schedule.Unzoned:
		return d.authorOf(ctx, request, nil, found) == byCaller
	case schedule.Rounded:
		return d.authorOf(ctx, request, nil, found) != byAnother
	default:
		return false
	}
}

func adoptionNotes(wanted schedule.Decision, found *client.WorkflowTicket) []string {
	const taken = "The provider treats it as the configured decision. Nothing was sent."
	switch match := wanted.Compare(ShownOn(found)); {
	case match.IsUncertain():
		return []string{"The ticket is already decided, and the server shows the decision as " +
			ShownOn(found).String() + ". It rounds times or omits their zone. " + taken}
	case !schedule.IsScheduled(wanted.Status) || !found.ScheduledStart.IsZero():
		return nil
	default:
		return []string{"The ticket is already decided as " + found.Status +
			", and the server does not show the window of that decision. " + taken}
	}
}

// writeResult is what a read of the ticket after a write found.
type writeResult int

const (
	unknown    writeResult = iota // the ticket could not be read
	notApplied                    // the ticket is unchanged
	applied                       // the ticket has the decision that was sent, as far as the server shows
	superseded                    // the ticket has a third decision, from another person
	consumed                      // the ticket no longer exists
)

// resultOf compares the ticket after a write with the write. A decision that the server
// acknowledged is the caller's even if the server shows other times for it, unless its author or
// explanation contradicts. Without an acknowledgement, an unchanged ticket proves nothing.
func (w *write) resultOf(ctx context.Context, after *client.WorkflowTicket, acknowledged bool) writeResult {
	wanted, shown := w.request.Decision, ShownOn(after)
	match := wanted.Compare(shown)
	unchanged := shown.Equal(ShownOn(w.before))
	switch {
	case !acknowledged && unchanged && !isRewritten(w.before, after):
		return notApplied
	case match == schedule.Same || match == schedule.Vague, acknowledged && unchanged && match.IsCompatible():
		return applied
	case unchanged:
		return notApplied
	case shown.Status != wanted.Status && match == schedule.Different:
		return superseded
	}
	switch w.decider.authorOf(ctx, w.request, w.before, after) {
	case byCaller:
		return applied
	case byAnother:
		return superseded
	default:
		return resultOfUnknownAuthor(acknowledged || match.IsUncertain())
	}
}

// resultOfUnknownAuthor is for a ticket that shows another decision and not who made it.
func resultOfUnknownAuthor(mayBeCaller bool) writeResult {
	if mayBeCaller {
		return applied
	}
	return superseded
}

// isRewritten reports whether the ticket was written, even if with the same decision.
func isRewritten(before, after *client.WorkflowTicket) bool {
	return after.ApprovalExplanation != before.ApprovalExplanation || !after.Updated.Equal(before.Updated)
}
