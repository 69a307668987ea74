package reconcile

import (
	"context"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
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
	return d.result(), err
}

// decision is one call of Decide.
type decision struct {
	tracker  *tracker
	approver *approver
	planned  Submission
	found    Submission // the one that was seen, or the one that the project had at first
	pending  bool       // it was seen
}

func newDecision(t *tracker, planned Submission, approval Approval) *decision {
	d := &decision{tracker: t, planned: planned, found: Submission{SubmittedAt: t.project.ApprovalSubmissionDate}}
	d.approver = &approver{tracker: t, approval: approval, plannedTicket: planned.Ticket, beforeSend: d.checkRevision}
	return d
}

func (d *decision) result() Decided {
	ticket := d.approver.ticket
	if ticket != nil {
		d.found.Ticket = ticket.ID
	}
	return Decided{Project: d.tracker.project, Ticket: ticket, Submission: d.found, Sent: d.approver.attempts > 0}
}

func (d *decision) run(ctx context.Context) error {
	t := d.tracker
	w := wait{tracker: t, target: d.target, timeoutError: d.timeoutError}
	return w.until(ctx, func(ctx context.Context, waited time.Duration) (bool, error) {
		if waited > 0 {
			p, err := t.get(ctx)
			if err := t.ignoreTransient(ctx, err); err != nil {
				return false, err
			}
			if p != nil {
				t.update(p)
			}
		}
		return d.step(ctx)
	})
}

// step does what the project allows now.
func (d *decision) step(ctx context.Context) (done bool, err error) {
	if d.approver.attempts == 0 {
		if current, err := d.checkPlanned(); !current || err != nil {
			return false, err
		}
	}
	state, err := d.state()
	if state == awaitsDecision {
		d.pending, d.found.SubmittedAt = true, d.tracker.project.ApprovalSubmissionDate
		err = d.tracker.ignoreTransient(ctx, d.approver.sendOnce(ctx))
		if d.approver.done || err != nil {
			return d.approver.done, err
		}
		state, err = d.state() // another approver may have decided in the meantime
	}
	return state == hasDecision && d.settled(), err
}

// checkPlanned stops a decision on another submission than the planned one. Current is false for an
// earlier date: the read lags behind.
func (d *decision) checkPlanned() (current bool, err error) {
	p := d.tracker.project
	planned, found := d.planned.SubmittedAt, p.ApprovalSubmissionDate
	switch {
	case d.planned.Decided && (p.Status == lifecycle.Pending || p.Status == lifecycle.Draft):
		return false, changedSincePlanError(p, "status", lifecycle.Enabled, p.Status)
	case planned.IsZero(), planned.Equal(found):
		return true, nil
	case !found.IsZero() && found.Before(planned):
		return false, nil
	default:
		return false, changedSincePlanError(p, "submission date", dateText(planned), dateText(found))
	}
}

// decisionState relates a project to the decision on its submission.
type decisionState int

const (
	notSubmitted decisionState = iota // or not again
	awaitsDecision
	hasDecision // the status is the one that the decision leads to
)

// state fails if the decision is impossible. It uses more than the last read: a submission that was
// seen, and is a draft now, was rejected.
func (d *decision) state() (decisionState, error) {
	p, approval := d.tracker.project, d.approver.approval
	switch p.Status {
	case lifecycle.Pending:
		return awaitsDecision, nil
	case lifecycle.Draft:
		switch {
		case approval.Reject && (d.pending || !p.ApprovalSubmissionDate.IsZero()):
			return hasDecision, nil
		case d.pending && !approval.Reject:
			return notSubmitted, decidedOtherwiseError(p, approval)
		}
		return notSubmitted, nil
	case lifecycle.Enabled:
		if approval.Reject {
			return notSubmitted, decidedOtherwiseError(p, approval)
		}
		return hasDecision, nil
	default:
		return notSubmitted, notApplicableError(p)
	}
}

// settled is false as long as a draft may be a submission that the server shows late.
func (d *decision) settled() bool {
	t := d.tracker
	return !d.approver.approval.Reject || d.pending || time.Since(t.start) >= t.reconciler.ConsistencyWindow
}

// checkRevision stops a decision on content that changed after the plan.
func (d *decision) checkRevision(ctx context.Context) error {
	p := d.tracker.project
	revision, err := d.tracker.reconciler.revision(ctx, p)
	if err != nil {
		return err
	}
	d.found.Revision = revision
	if planned := d.planned.Revision; planned != 0 && planned != revision {
		if revision == 0 {
			return changedSincePlanError(p, "revision", planned, "none (the caller may not read it any more)")
		}
		return changedSincePlanError(p, "revision", planned, revision)
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
	state, err := d.state()
	if err != nil {
		return nil, err
	}
	review := &Review{Project: p}
	switch {
	case state == awaitsDecision:
		review.Submission.Revision, err = r.revision(ctx, p)
		if err == nil {
			err = r.review(ctx, review)
		}
	case state == hasDecision && !approval.Reject:
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
	if client.IsTransient(err) || err != nil && ctx.Err() != nil {
		return 0, err
	}
	return revision, nil
}
