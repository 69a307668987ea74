package reconcile

import (
	"context"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

// write sends the status that the step leads to. If the outcome is not known, it reads the project:
// applied, not applied (then it sends once more), or changed by another client. Own is false if the
// server refused the write and the project has the status anyway: another client was faster.
func (c *statusChange) write(ctx context.Context, step lifecycle.Transition) (own bool, err error) {
	const attempts = 2
	for attempt := 1; ; attempt++ {
		c.sent = true
		err := c.tracker.reconciler.API.UpdateProjectStatus(ctx, RefOf(c.tracker.project), step.To)
		if err == nil {
			return true, nil
		}
		own = own || client.IsUnclear(err)
		result := c.verifyWrite(ctx, step, err)
		p := c.tracker.project
		switch {
		case result == applied:
			return own, nil
		case result == superseded:
			return false, ChangedConcurrently(p, step.From, step.To, err)
		case !client.IsUnclear(err):
			return false, refusedError(step, err)
		case result != notApplied, attempt == attempts, ctx.Err() != nil:
			return false, outcomeUnknownError(p, step, result, err)
		}
		c.tracker.report("the answer to the change was lost and project %s is still %s: sending it once more",
			c.tracker.name(), step.From)
	}
}

// writeResult is what a read after a failed write found.
type writeResult int

const (
	unknown    writeResult = iota // the project could not be read either
	notApplied                    // the project has the same status as before
	applied                       // the project has the status that was sent
	superseded                    // the project has a third status, from another client
)

// verifyWrite reads the project after a failed write, as long as the server may show the old
// status. Its context outlives the caller's. It also reads after a refusal, because another client
// may have taken the step.
func (c *statusChange) verifyWrite(
	ctx context.Context, step lifecycle.Transition, cause error,
) (result writeResult) {
	t := c.tracker
	t.reconciler.Verify(ctx, t.reconciler.window(step, cause), func(ctx context.Context) bool {
		result = unknown
		if p, err := t.get(ctx); err == nil {
			result = resultOf(step, t.project, p)
			if result == notApplied { // keep the date that identifies a later submission
				p.ApprovalSubmissionDate = t.project.ApprovalSubmissionDate
			}
			t.update(p)
		}
		return result != notApplied
	})
	return result
}

// window is how long the status after a failed write may show late. A second submission would
// create a second ticket, so a lost answer to a submission is worth the wait. Sending Enabled or
// Disabled twice does no harm. A step that the server refuses may have been taken by a faster
// client.
func (r *Reconciler) window(step lifecycle.Transition, cause error) time.Duration {
	unclear := client.IsUnclear(cause)
	if unclear && step.Action == lifecycle.Submit || !unclear && client.ReasonOf(cause) == client.Refused {
		return r.ConsistencyWindow
	}
	return 0
}

func resultOf(step lifecycle.Transition, before, after *client.Project) writeResult {
	submittedSince := step.Action == lifecycle.Submit &&
		!after.ApprovalSubmissionDate.Equal(before.ApprovalSubmissionDate)
	switch {
	case lifecycle.Met(step.To, after.Status), submittedSince:
		return applied
	case after.Status == step.From:
		return notApplied
	default:
		return superseded
	}
}
