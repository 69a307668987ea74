package reconcile

import (
	"context"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

// awaitApproval waits for the approvers of the flow ticket, and is one of them
// where the order says so.
func (r *run) awaitApproval(ctx context.Context, step lifecycle.Transition) error {
	if !r.order.SelfApprove {
		r.Report("%s is waiting for its approvers", r.seen.DN)
		return r.await(ctx, step, nil)
	}
	return r.await(ctx, step, r.decideOnce)
}

// submittedBefore notes the tickets from before a submission; none of them is approved. One of them
// may be that of a submission which only shows late, for instance of a run that was killed: if there
// are any, the project gets some time to show another status. Such a submission is not one of this run.
func (r *run) submittedBefore(ctx context.Context, step lifecycle.Transition) bool {
	r.earlier, r.complete = pendingTickets(ctx, r.API, r.seen.DN)
	if len(r.earlier) == 0 {
		return false
	}
	r.Report("%s has flow tickets %v already: checking whether it was submitted before", r.seen.DN, r.earlier)
	for began, pause := time.Now(), r.newPause(); time.Since(began) < r.ConsistencyWindow && pause.Wait(ctx); {
		if p, err := Get(ctx, r.API, RefOf(r.seen)); err == nil && p.Status != step.From {
			r.seen, r.earlier, r.complete = p, nil, false
			return true
		}
	}
	return false
}
