package reconcile

import (
	"context"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
)

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
	View        *TicketView // the ticket for a message, nil without one
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
	review.View = viewOf(ctx, identityNames{api: r.API, known: map[string]string{}}, ticket)
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
