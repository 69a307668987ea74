package reconcile

import (
	"context"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

// send writes the step's status. If the outcome of the write is not known, the project is read: done,
// not done (then once more), or changed by another client. Own is false if the server refused the
// write and the project is at the step's goal all the same: another client was faster.
func (r *run) send(ctx context.Context, step lifecycle.Transition) (own bool, err error) {
	const attempts = 2
	for attempt := 1; ; attempt++ {
		r.sent = true
		err := r.API.UpdateProjectStatus(ctx, RefOf(r.seen), step.To)
		if err == nil {
			return true, nil
		}
		own = own || client.IsUnclear(err)
		found, done := r.verifyWrite(ctx, step, err)
		switch {
		case done:
			return own, nil
		case found == Superseded:
			return false, &MovedError{Step: step, Seen: r.seen.Status, Err: err}
		case !client.IsUnclear(err):
			return false, &RefusedError{Step: step, Err: err}
		case found != NotApplied, attempt == attempts, ctx.Err() != nil:
			return false, &UnclearError{Step: step, Found: found, Seen: r.seen.Status, Err: err}
		}
		r.Report("the answer to the change was lost and the project is still %s: sending it once more", step.From)
	}
}

// WriteResult is what a look after a failed write found.
type WriteResult int

const (
	// NotLearned means that the project could not be read either.
	Unknown WriteResult = iota
	// NotDone means that the project still has the status it had.
	NotApplied
	// Done means that it has the status that was sent.
	Applied
	// MovedElsewhere means that it has a third status, which another client gave it.
	Superseded
)

// verifyWrite reads the project after a failed write, on a context that outlives the caller's by as
// long as the server may show the old status. A refusal may come from another run having been faster,
// so the project is read in that case as well.
func (r *run) verifyWrite(ctx context.Context, step lifecycle.Transition, cause error) (WriteResult, bool) {
	window := r.window(step, cause)
	detached, cancel := r.cleanup(ctx, window)
	defer cancel()
	for began, pause := time.Now(), r.newPause(); ; {
		late := time.Since(began) >= window
		p, err := Get(detached, r.API, RefOf(r.seen))
		finding := Unknown
		if err == nil {
			finding = writeResult(step, r.seen, p)
			r.seen = keepSubmission(r.seen, p, finding)
		}
		if finding != NotApplied || late || !pause.Wait(detached) {
			return finding, finding == Applied
		}
	}
}

// window is how long the status after a failed write can show late. A second submission would raise a
// second ticket, so an unclear one is worth the wait; sending Enabled or Disabled twice does no harm.
// A step that the server refuses may have been taken by a faster client.
func (r *run) window(step lifecycle.Transition, cause error) time.Duration {
	unclear := client.IsUnclear(cause)
	if unclear && step.Action == lifecycle.Submit || !unclear && client.ReasonOf(cause) == client.Refused {
		return r.ConsistencyWindow
	}
	return 0
}

func writeResult(step lifecycle.Transition, before, after *client.Project) WriteResult {
	submittedSince := step.Action == lifecycle.Submit &&
		!after.ApprovalSubmissionDate.Equal(before.ApprovalSubmissionDate)
	switch {
	case after.Status == step.To, lifecycle.Met(step.To, after.Status), submittedSince:
		return Applied
	case after.Status == step.From:
		return NotApplied
	default:
		return Superseded
	}
}

// keepSubmission keeps the date by which a later look can tell a submission.
func keepSubmission(before, after *client.Project, f WriteResult) *client.Project {
	if f == NotApplied {
		after.ApprovalSubmissionDate = before.ApprovalSubmissionDate
	}
	return after
}
