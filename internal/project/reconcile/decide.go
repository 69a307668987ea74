package reconcile

import (
	"context"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

// Decided is what became of a verdict.
type Decided struct {
	Project    *client.Project    // as seen last
	Ticket     *client.FlowTicket // with the verdict on it; nil if the ticket was gone already
	Submission Submission         // that the verdict is about
	Sent       bool               // false if the verdict had been given before
}

// Decide sees to it that the caller's verdict is on the submission of a project, and on no other than
// the planned one. It waits for the submission and for its flow ticket, and not for the approvals
// of others. What has been decided like this already is left as it is. A guid is
// the project that was planned for. Errors are those of this package or *api.Error.
func (d *Reconciler) Decide(ctx context.Context, ref client.ProjectRef, guid string, planned Submission, v Approval) (Decided, error) {
	p, err := d.find(ctx, ref, guid)
	if err != nil {
		return Decided{Project: p}, err
	}
	r := &decision{planned: planned}
	r.Reconciler, r.seen, r.verdict, r.planTicket = d, p, v, planned.Ticket
	r.beforeSend = r.checkRevision
	err = r.run(ctx)
	if r.tried > 0 {
		r.refreshOnce(ctx)
	}
	r.found.SubmittedAt = p.ApprovalSubmissionDate
	if r.pending {
		r.found.SubmittedAt = r.submittedAt
	}
	if r.ticket != nil {
		r.found.Ticket = r.ticket.ID
	}
	return Decided{Project: r.seen, Ticket: r.ticket, Submission: r.found, Sent: r.tried > 0}, err
}

// decision is one verdict on its way.
type decision struct {
	decider
	planned     Submission
	found       Submission    // that the verdict is about
	pending     bool          // a submission was seen,
	submittedAt time.Time     // with this date
	waited      time.Duration // so far
}

func (r *decision) run(ctx context.Context) error {
	pause := r.newPause()
	for {
		done, err := r.step(ctx)
		if done || err != nil {
			return err
		}
		if !pause.Wait(ctx) {
			return r.timeoutError(ctx)
		}
		r.waited = pause.Total
		p, err := Get(ctx, r.API, RefOf(r.seen))
		if err := r.ignoreTransient(ctx, err); err != nil {
			return err
		}
		if p != nil {
			r.seen, r.lastErr = p, nil
		}
	}
}

// step does what can be done with the project as it is seen.
func (r *decision) step(ctx context.Context) (done bool, err error) {
	standing := r.standing()
	if r.tried == 0 {
		if current, err := r.checkPlanned(standing); !current || err != nil {
			return false, err
		}
	}
	if standing == lifecycle.ApprovalPending {
		r.pending, r.submittedAt = true, r.seen.ApprovalSubmissionDate
		err = r.ignoreTransient(ctx, r.decideOnce(ctx))
		standing = r.standing() // another approver may have decided meanwhile
	}
	switch {
	case r.done || err != nil:
		return r.done, err
	case standing == lifecycle.ApprovalDecided:
		return r.settled(), nil
	case standing == lifecycle.ApprovalNotSubmitted && r.waited == 0:
		r.Report("%s is %s: waiting for its submission", r.seen.DN, r.seen.Status)
	}
	return false, r.refusal(standing)
}

// checkPlanned compares the project with what the plan showed. Current is false for a read that lags.
func (r *decision) checkPlanned(standing lifecycle.ApprovalState) (current bool, err error) {
	if r.planned.Decided && (standing == lifecycle.ApprovalPending || standing == lifecycle.ApprovalNotSubmitted) {
		return false, r.changed("status", lifecycle.Enabled.String(), r.seen.Status.String())
	}
	return r.checkDate()
}

// standing knows more than one look at the project: a submission that was seen
// and has come back as a draft was rejected.
func (r *decision) standing() lifecycle.ApprovalState {
	if r.pending && r.seen.Status == lifecycle.Draft && !r.verdict.Reject {
		return lifecycle.ApprovalDecidedOtherwise
	}
	return lifecycle.ApprovalStateOf(r.verdict.Reject, r.seen.Status, r.pending || !r.seen.ApprovalSubmissionDate.IsZero())
}

// settled is false as long as a draft may be a submission that shows late.
func (r *decision) settled() bool {
	return !r.verdict.Reject || r.pending || r.waited >= r.ConsistencyWindow
}

func (r *decision) refusal(s lifecycle.ApprovalState) error {
	switch s {
	case lifecycle.ApprovalDecidedOtherwise:
		return &ContraryError{DN: r.seen.DN, Wanted: r.verdict, Seen: r.seen.Status}
	case lifecycle.ApprovalNotApplicable:
		return &ClosedError{DN: r.seen.DN, Seen: r.seen.Status}
	default:
		return nil
	}
}

func (r *decision) timeoutError(ctx context.Context) error {
	return &UndecidedError{
		DN: r.seen.DN, Verdict: r.verdict, Seen: r.seen.Status, Since: r.seen.ApprovalSubmissionDate,
		Ticket: r.ticket, LastErr: r.lastErr, Cause: ctx.Err(),
	}
}
