package reconcile

import (
	"context"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

// statusChange is one call of Reconcile.
type statusChange struct {
	tracker  *tracker
	approver *approver // for self_approve
	request  Request
	sent     bool // a status was written
}

// run takes at most as many steps as the longest route has: with a wrong table of transitions it
// fails instead of writing without end.
func (c *statusChange) run(ctx context.Context) error {
	for steps := 0; !lifecycle.Met(c.request.Status, c.tracker.project.Status); steps++ {
		step, err := lifecycle.Next(c.tracker.project.Status, c.request.Status)
		if err == nil && steps == lifecycle.MaxSteps {
			err = lifecycle.TooManySteps(c.tracker.project.Status, c.request.Status)
		}
		if err != nil {
			return err
		}
		if err := c.take(ctx, step); err != nil {
			return err
		}
	}
	return nil
}

// take returns when the project has the status that the step leads to. Any other status is a change
// by another client, and an error.
func (c *statusChange) take(ctx context.Context, step lifecycle.Transition) error {
	if step.Action == lifecycle.Approve {
		return c.awaitApproval(ctx, step)
	}
	if step.Action == lifecycle.Submit && c.request.SelfApprove && c.submittedBefore(ctx, step) {
		return nil
	}
	c.tracker.report("setting project %s from %s to %s", c.tracker.name(), step.From, step.To)
	own, err := c.write(ctx, step)
	if err != nil {
		return err
	}
	c.approver.submitted = own && step.Action == lifecycle.Submit
	return c.await(ctx, step, nil)
}

// awaitApproval waits for the approvers. With self_approve, the caller is one of them.
func (c *statusChange) awaitApproval(ctx context.Context, step lifecycle.Transition) error {
	if !c.request.SelfApprove {
		return c.await(ctx, step, nil)
	}
	return c.await(ctx, step, c.approver.sendOnce)
}

// submittedBefore records the tickets from before a submission, which self_approve never approves.
// One of them may belong to a submission that the server shows late, for example of a run that was
// killed. So if there are tickets, it waits for another status, up to the consistency window.
func (c *statusChange) submittedBefore(ctx context.Context, step lifecycle.Transition) bool {
	t := c.tracker
	earlier := pendingTickets(ctx, t.reconciler.API, t.project.DN)
	c.approver.earlier = earlier
	if len(earlier.ids) == 0 {
		return false
	}
	t.report("project %s has flow tickets %v: checking whether it was submitted before", t.name(), earlier.ids)
	window := t.reconciler.ConsistencyWindow
	for start, interval := time.Now(), t.reconciler.Interval(); time.Since(start) < window && interval.Wait(ctx); {
		if p, err := t.get(ctx); err == nil && p.Status != step.From {
			t.update(p)
			c.approver.earlier = ticketIDs{}
			return true
		}
	}
	return false
}

// await reads the project until it has the status that the step leads to. Before each read it calls
// between, which may be nil.
func (c *statusChange) await(ctx context.Context, step lifecycle.Transition,
	between func(context.Context) error,
) error {
	wait := waitLog{tracker: c.tracker, target: func() string { return "become " + step.To.String() }}
	interval := c.tracker.reconciler.Interval()
	if step.Action == lifecycle.Approve {
		wait.describe = c.approver.describeTicket
	}
	for {
		if between != nil {
			if err := c.tracker.ignoreTransient(ctx, between(ctx)); err != nil {
				return err
			}
		}
		reached, err := c.reached(ctx, step)
		if reached || err != nil {
			return err
		}
		wait.tick(ctx)
		if !interval.Wait(ctx) {
			return c.timeoutError(ctx, step)
		}
	}
}

// reached reads the project once. A status that is neither the start nor the end of the step is a
// change by another client.
func (c *statusChange) reached(ctx context.Context, step lifecycle.Transition) (bool, error) {
	p, err := GetCached(ctx, c.tracker.reconciler.API, RefOf(c.tracker.project))
	if err != nil {
		return false, c.tracker.ignoreTransient(ctx, err)
	}
	c.tracker.update(p)
	switch {
	case lifecycle.Met(step.To, p.Status):
		return true, nil
	case p.Status == step.From:
		return false, nil
	case step.Action == lifecycle.Approve && p.Status == lifecycle.Draft:
		return false, rejectedError(p)
	default:
		return false, ChangedConcurrently(p, step.From, step.To, nil)
	}
}
