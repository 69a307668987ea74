package reconcile

import (
	"context"
	"fmt"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
)

// Decided is the result of Decide.
type Decided struct {
	Project    *client.Project    // as last read
	Ticket     *client.FlowTicket // with the approval on it; nil if the ticket no longer existed
	Submission Submission         // that the approval is about
	Sent       bool               // false if the decision was made before
}

// Decide puts the caller's approval on the submission of a project, and only on the planned one. It
// waits for the submission and for its flow ticket, and not for other approvers. It does not repeat
// a decision that was made before. GUID is the project that the plan is for. Errors are
// *failure.Error or *client.Error.
func (r *Reconciler) Decide(ctx context.Context, ref client.ProjectRef, guid string, planned Submission,
	approval Approval,
) (Decided, error) {
	start := time.Now()
	p, err := r.getPlanned(ctx, ref, guid)
	if err != nil {
		return Decided{Project: p}, err
	}
	d := newDecision(newTracker(r, p, start), planned, approval)
	err = d.run(ctx)
	if d.approver.attempts > 0 {
		d.tracker.refresh(ctx)
	}
	return d.result(p.ApprovalSubmissionDate), err
}

// decision is one call of Decide.
type decision struct {
	tracker     *tracker
	approver    *approver
	planned     Submission
	revision    int64         // of the project when the approval was sent
	pending     bool          // a submission was seen,
	submittedAt time.Time     // with this date
	waited      time.Duration // so far
}

func newDecision(t *tracker, planned Submission, approval Approval) *decision {
	d := &decision{tracker: t, planned: planned}
	d.approver = &approver{tracker: t, approval: approval, plannedTicket: planned.Ticket, beforeSend: d.checkRevision}
	return d
}

// result is about the submission that was seen, or the one that the project had at first.
func (d *decision) result(submittedAtFirst time.Time) Decided {
	submission := Submission{SubmittedAt: submittedAtFirst, Revision: d.revision}
	if d.pending {
		submission.SubmittedAt = d.submittedAt
	}
	ticket := d.approver.ticket
	if ticket != nil {
		submission.Ticket = ticket.ID
	}
	return Decided{Project: d.tracker.project, Ticket: ticket, Submission: submission, Sent: d.approver.attempts > 0}
}

func (d *decision) run(ctx context.Context) error {
	t, interval := d.tracker, d.tracker.reconciler.Interval()
	wait := waitLog{tracker: t, target: d.target}
	for {
		done, err := d.step(ctx)
		if done || err != nil {
			return err
		}
		wait.tick(ctx)
		if !interval.Wait(ctx) {
			return d.timeoutError(ctx)
		}
		d.waited = interval.Total
		p, err := t.get(ctx)
		if err := t.ignoreTransient(ctx, err); err != nil {
			return err
		}
		if p != nil {
			t.update(p)
		}
	}
}

// step does what the project allows now.
func (d *decision) step(ctx context.Context) (done bool, err error) {
	state := d.state()
	if d.approver.attempts == 0 {
		if current, err := d.checkPlanned(state); !current || err != nil {
			return false, err
		}
	}
	if state == lifecycle.ApprovalPending {
		d.pending, d.submittedAt = true, d.tracker.project.ApprovalSubmissionDate
		err = d.tracker.ignoreTransient(ctx, d.approver.sendOnce(ctx))
		state = d.state() // another approver may have decided in the meantime
	}
	switch {
	case d.approver.done || err != nil:
		return d.approver.done, err
	case state == lifecycle.ApprovalDecided:
		return d.settled(), nil
	default:
		return false, d.stateError(state)
	}
}

// checkPlanned compares the project with the plan. Current is false for a read that lags behind.
func (d *decision) checkPlanned(state lifecycle.ApprovalState) (current bool, err error) {
	if d.planned.Decided && (state == lifecycle.ApprovalPending || state == lifecycle.ApprovalNotSubmitted) {
		p := d.tracker.project
		return false, changedSincePlanError(p, "status", lifecycle.Enabled.String(), p.Status.String())
	}
	return d.checkDate()
}

// state uses more than the last read: a submission that was seen, and is a draft now, was rejected.
func (d *decision) state() lifecycle.ApprovalState {
	p, reject := d.tracker.project, d.approver.approval.Reject
	if d.pending && p.Status == lifecycle.Draft && !reject {
		return lifecycle.ApprovalDecidedOtherwise
	}
	return lifecycle.ApprovalStateOf(reject, p.Status, d.pending || !p.ApprovalSubmissionDate.IsZero())
}

// settled is false as long as a draft may be a submission that the server shows late.
func (d *decision) settled() bool {
	return !d.approver.approval.Reject || d.pending || d.waited >= d.tracker.reconciler.ConsistencyWindow
}

func (d *decision) stateError(state lifecycle.ApprovalState) error {
	switch state {
	case lifecycle.ApprovalDecidedOtherwise:
		return decidedOtherwiseError(d.tracker.project, d.approver.approval)
	case lifecycle.ApprovalNotApplicable:
		return notApplicableError(d.tracker.project)
	default:
		return nil
	}
}

// checkDate stops a decision on a later submission. An earlier date is a read that lags behind.
func (d *decision) checkDate() (current bool, err error) {
	planned, found := d.planned.SubmittedAt, d.tracker.project.ApprovalSubmissionDate
	switch {
	case planned.IsZero(), planned.Equal(found):
		return true, nil
	case !found.IsZero() && found.Before(planned):
		return false, nil
	default:
		return false, changedSincePlanError(d.tracker.project, "submission date", dateText(planned), dateText(found))
	}
}

// checkRevision stops a decision on content that changed after the plan.
func (d *decision) checkRevision(ctx context.Context) error {
	p := d.tracker.project
	revision, err := d.tracker.reconciler.revision(ctx, p)
	if err != nil {
		return err
	}
	d.revision = revision
	if planned := d.planned.Revision; planned != 0 && planned != revision {
		found := "none (the caller may not read it any more)"
		if revision != 0 {
			found = fmt.Sprint(revision)
		}
		return changedSincePlanError(p, "revision", fmt.Sprint(planned), found)
	}
	return nil
}

func dateText(t time.Time) string {
	if t.IsZero() {
		return "none"
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// Submission identifies the submission that a plan showed. Fields that were not known are zero.
type Submission struct {
	Ticket      int64
	SubmittedAt time.Time
	Revision    int64 // of the project, as Config/IsValid reports it
	Decided     bool  // the plan found the decision made: nothing is left to send
}

// Review is what a plan shows of a submission.
type Review struct {
	Project    *client.Project
	Submission Submission
	Ticket     *client.FlowTicket // nil if the caller does not see it
	Uncertain  bool               // the ticket looks older than the submission, but a time has no zone
	// MayBeUpdate is true for a ticket that the server created long after the submission. It may belong
	// to an update of the project, unless the server certainly has no flow for updates.
	MayBeUpdate bool
	View        string // the ticket for a message
}

// Pending reports whether a submission is waiting for decisions.
func (r *Review) Pending() bool { return r.Project.Status == lifecycle.Pending }

// Review reads the submission that Decide would decide. Errors are those of Decide.
func (r *Reconciler) Review(ctx context.Context, ref client.ProjectRef, approval Approval) (*Review, error) {
	p, err := Get(ctx, r.API, ref)
	if err != nil {
		return nil, err
	}
	d := newDecision(newTracker(r, p, time.Now()), Submission{}, approval)
	state := d.state()
	if err := d.stateError(state); err != nil {
		return nil, err
	}
	review := &Review{Project: p}
	switch {
	case state == lifecycle.ApprovalPending:
		review.Submission.Revision, err = r.revision(ctx, p)
		if err == nil {
			err = r.review(ctx, review)
		}
	case state == lifecycle.ApprovalDecided && !approval.Reject:
		review.Submission = Submission{SubmittedAt: p.ApprovalSubmissionDate, Decided: true}
	}
	return review, err
}

// ReviewPending finds the pending flow ticket of a project that was read before.
func (r *Reconciler) ReviewPending(ctx context.Context, p *client.Project) (*Review, error) {
	review := &Review{Project: p}
	return review, r.review(ctx, review)
}

// review finds the ticket. A session that is older than a ticket may not see it until the server
// has refreshed the caller's permissions.
func (r *Reconciler) review(ctx context.Context, review *Review) error {
	p := review.Project
	review.Submission.SubmittedAt = p.ApprovalSubmissionDate
	of := submission{dn: p.DN, since: p.ApprovalSubmissionDate, noZone: p.SubmissionNoZone}
	ticket, err := findTicket(ctx, r.API, of)
	if ticket == nil && err == nil {
		_ = r.API.RefreshPermissions(ctx)
		ticket, err = findTicket(ctx, r.API, of)
	}
	if ticket == nil || err != nil {
		return err
	}
	review.Ticket, review.Submission.Ticket = ticket, ticket.ID
	review.Uncertain = of.age(*ticket) == ageUncertain
	if of.isTooNew(*ticket) {
		review.MayBeUpdate, _ = UpdatesNeedApproval(ctx, r.API)
	}
	review.View = DescribeTicket(ctx, DescribeIdentities(r.API), ticket)
	return nil
}

// revision is 0 if the caller may not read it. Only a transient failure is an error.
func (r *Reconciler) revision(ctx context.Context, p *client.Project) (int64, error) {
	revision, err := r.API.IsValid(ctx, RefOf(p))
	if poll.IsTransient(err) || err != nil && ctx.Err() != nil {
		return 0, err
	}
	return revision, nil
}
