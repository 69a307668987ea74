package reconcile

import (
	"context"
	"errors"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
)

func (d *Reconciler) newPause() *poll.Interval {
	return poll.New(d.PollInterval, d.MaxPollInterval)
}

// await looks until the step's goal is seen. Between the looks it does what
// `meanwhile` says; nil is nothing.
func (r *run) await(ctx context.Context, step lifecycle.Transition, meanwhile func(context.Context) error) error {
	pause := r.newPause()
	for {
		if meanwhile != nil {
			if err := r.ignoreTransient(ctx, meanwhile(ctx)); err != nil {
				return err
			}
		}
		reached, err := r.reached(ctx, step)
		if reached || err != nil {
			return err
		}
		if !pause.Wait(ctx) {
			return r.timeoutError(ctx, step)
		}
	}
}

// reached looks once. A status that is neither where the step starts nor where
// it leads was given by somebody else.
func (r *run) reached(ctx context.Context, step lifecycle.Transition) (bool, error) {
	p, err := GetCached(ctx, r.API, RefOf(r.seen))
	if err != nil {
		return false, r.ignoreTransient(ctx, err)
	}
	if p.Status != r.seen.Status {
		r.Report("%s is %s now", p.DN, p.Status)
	}
	r.seen, r.lastErr = p, nil
	switch {
	case p.Status == step.To, lifecycle.Met(step.To, p.Status):
		return true, nil
	case p.Status == step.From:
		return false, nil
	case step.Action == lifecycle.Approve && p.Status == lifecycle.Draft:
		return false, &RejectedError{DN: p.DN}
	default:
		return false, &MovedError{Step: step, Seen: p.Status}
	}
}

// observation is a project that is looked at again and again.
type observation struct {
	*Reconciler
	seen    *client.Project // as it was last
	lastErr error           // of the last look that failed
}

// ignoreTransient swallows errors that may pass while one waits, and remembers them for
// the message when time is up.
func (w *observation) ignoreTransient(ctx context.Context, err error) error {
	var doubt *DoubtError
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil, isTransient(err), errors.As(err, &doubt) && doubt.MayPass():
		if ctx.Err() == nil {
			w.lastErr = err
		}
		return nil
	default:
		return err
	}
}

// timeoutError tells why the wait ended, with what is known of the approval.
func (r *run) timeoutError(ctx context.Context, step lifecycle.Transition) error {
	err := &WaitError{Step: step, Seen: r.seen.Status, LastErr: r.lastErr, Cause: ctx.Err(), Approved: r.done}
	if step.Action == lifecycle.Approve {
		r.explain(ctx, err)
	}
	return err
}

// explain tells what is known of the approval that was waited for.
func (r *run) explain(ctx context.Context, err *WaitError) {
	detached, cancel := r.cleanup(ctx, 0)
	defer cancel()
	err.Since = r.seen.ApprovalSubmissionDate
	err.Vanished = r.dead
	err.Foreign = r.order.SelfApprove && !r.mayDecide()
	if r.order.SelfApprove && r.ticket == nil {
		err.Unseen = true
		err.Older, _ = pendingTickets(detached, r.API, r.seen.DN)
	}
	err.Ticket = r.describeTicket(detached) // last: it looks up names, one by one
}

// cleanup outlives the caller's context by the CleanupTimeout and what has to be waited for.
func (d *Reconciler) cleanup(ctx context.Context, wait time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), wait+d.CleanupTimeout)
}

// refreshOnce makes what is reported beside an error true.
func (w *observation) refreshOnce(ctx context.Context) {
	detached, cancel := w.cleanup(ctx, 0)
	defer cancel()
	if p, err := Get(detached, w.API, RefOf(w.seen)); err == nil {
		w.seen = p
	}
}

// isTransient is true for a server that is away, or hidden by a maintenance page.
func isTransient(err error) bool {
	reason := client.ReasonOf(err)
	return reason == client.Unavailable || reason == client.BadAnswer || reason == client.EmptyAnswer
}
