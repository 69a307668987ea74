package projects

import (
	"context"

	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
	"github.com/codesign-tf/terraform-provider-codesign/internal/growingpause"
	"github.com/codesign-tf/terraform-provider-codesign/internal/lifecycle"
)

// send writes the step's status. If nobody can tell what became of the write
// the project is looked at: done, not done (then once more), or moved elsewhere
// by somebody else.
func (r *run) send(ctx context.Context, step lifecycle.Transition) error {
	const attempts = 2
	for attempt := 1; ; attempt++ {
		r.sent = true
		err := r.API.UpdateProjectStatus(ctx, RefOf(r.seen), step.To)
		if err == nil {
			return nil
		}
		found, done := r.lookAfter(ctx, step, err)
		switch {
		case done:
			return nil
		case found == MovedElsewhere:
			return &MovedError{Step: step, Seen: r.seen.Status, Err: err}
		case !api.IsUnclear(err):
			return &RefusedError{Step: step, Err: err}
		case found != NotDone, attempt == attempts, ctx.Err() != nil:
			return &UnclearError{Step: step, Found: found, Seen: r.seen.Status, Err: err}
		}
		r.Report("the answer to the change was lost and the project is still %s: sending it once more", step.From)
	}
}

// Finding is what a look after a failed write found.
type Finding int

const (
	// NotLearned means that the project could not be read either.
	NotLearned Finding = iota
	// NotDone means that the project still has the status it had.
	NotDone
	// Done means that it has the status that was sent.
	Done
	// MovedElsewhere means that it has a third status, which somebody else gave it.
	MovedElsewhere
)

// lookAfter looks at the project after a failed write, on a context that
// outlives the caller's. A refusal may come from another run having been faster,
// so it is looked at as well.
func (r *run) lookAfter(ctx context.Context, step lifecycle.Transition, cause error) (Finding, bool) {
	detached, cancel := context.WithTimeout(context.WithoutCancel(ctx), r.Grace)
	defer cancel()
	pause := r.newPause()
	for {
		p, err := Look(detached, r.API, RefOf(r.seen))
		finding := NotLearned
		if err == nil {
			finding = find(step, r.seen, p)
			r.seen = keepSubmission(r.seen, p, finding)
		}
		if finding != NotDone || !r.mayShowLate(step, cause, pause) {
			return finding, finding == Done
		}
		if !pause.Wait(detached) {
			return finding, false
		}
	}
}

// mayShowLate is true while a submission could have been carried out without
// being seen yet. A second one would raise a second ticket, so it is worth some
// patience; sending Enabled or Disabled twice does no harm.
func (r *run) mayShowLate(step lifecycle.Transition, cause error, pause *growingpause.Pause) bool {
	return step.Action == lifecycle.Submit && api.IsUnclear(cause) && pause.Total < r.Settle
}

func find(step lifecycle.Transition, before, after *api.Project) Finding {
	submittedSince := step.Action == lifecycle.Submit &&
		!after.ApprovalSubmissionDate.Equal(before.ApprovalSubmissionDate)
	switch {
	case after.Status == step.To, lifecycle.Met(step.To, after.Status), submittedSince:
		return Done
	case after.Status == step.From:
		return NotDone
	default:
		return MovedElsewhere
	}
}

// keepSubmission keeps the date by which a later look can tell a submission.
func keepSubmission(before, after *api.Project, f Finding) *api.Project {
	if f == NotDone {
		after.ApprovalSubmissionDate = before.ApprovalSubmissionDate
	}
	return after
}
