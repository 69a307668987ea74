package reconcile

import (
	"context"
	"fmt"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

// Submission identifies the submission that a plan showed. Zero fields were not known; the zero value
// is a plan that showed none.
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
	View       *TicketView        // the ticket for a message, nil without one
}

// Pending reports whether a submission is waiting for decisions.
func (r *Review) Pending() bool { return r.Project.Status == lifecycle.Pending }

// Review reads what a decision on a project's submission would be about. Errors are those of Decide.
func (d *Reconciler) Review(ctx context.Context, ref client.ProjectRef, v Approval) (*Review, error) {
	p, err := Get(ctx, d.API, ref)
	if err != nil {
		return nil, err
	}
	r := &decision{}
	r.Reconciler, r.seen, r.verdict = d, p, v
	standing := r.standing()
	if err := r.refusal(standing); err != nil {
		return nil, err
	}
	review := &Review{Project: p}
	switch {
	case standing == lifecycle.ApprovalPending:
		review.Submission.Revision, err = d.revision(ctx, p)
		if err == nil {
			err = d.review(ctx, review)
		}
	case standing == lifecycle.ApprovalDecided && !v.Reject:
		review.Submission = Submission{SubmittedAt: p.ApprovalSubmissionDate, Decided: true}
	}
	return review, err
}

// ReviewPending finds the pending flow ticket of a project that was read before.
func (d *Reconciler) ReviewPending(ctx context.Context, p *client.Project) (*Review, error) {
	review := &Review{Project: p}
	return review, d.review(ctx, review)
}

// review finds the ticket. A session that is older than a ticket may not see it until the server has
// refreshed the caller's permissions.
func (d *Reconciler) review(ctx context.Context, review *Review) error {
	p := review.Project
	review.Submission.SubmittedAt = p.ApprovalSubmissionDate
	of := submission{dn: p.DN, since: p.ApprovalSubmissionDate, noZone: p.SubmissionNoZone}
	ticket, err := findTicket(ctx, d.API, of)
	if ticket == nil && err == nil {
		_ = d.API.RefreshPermissions(ctx)
		ticket, err = findTicket(ctx, d.API, of)
	}
	if ticket == nil || err != nil {
		return err
	}
	review.Ticket, review.Submission.Ticket = ticket, ticket.ID
	review.Uncertain = of.age(*ticket) == ageUncertain
	review.View = viewOf(ctx, d.API, ticket)
	return nil
}

// revision is 0 if the caller may not read it. Only a failure that can pass is an error.
func (d *Reconciler) revision(ctx context.Context, p *client.Project) (int64, error) {
	object, err := d.API.IsValid(ctx, RefOf(p))
	if isTransient(err) || err != nil && ctx.Err() != nil {
		return 0, err
	}
	return object.Revision, nil
}

// SubmissionChangedError reports that the submission is not the one that the plan showed.
type SubmissionChangedError struct {
	DN             string
	What           string // "flow ticket", "submission date", "revision" or "status"
	Planned, Found string
}

func (e *SubmissionChangedError) Error() string {
	return fmt.Sprintf("the submission of %s is not the one that the plan showed: planned %s %s, found %s", e.DN, e.What, e.Planned, e.Found)
}

// Advice is the next step.
func (e *SubmissionChangedError) Advice() string {
	return "The submission was not decided. Review the project again, then make a new plan and apply it."
}

// checkDate stops a decision on a later submission. An earlier date is a read that lags behind.
func (r *decision) checkDate() (current bool, err error) {
	planned, seen := r.planned.SubmittedAt, r.seen.ApprovalSubmissionDate
	switch {
	case planned.IsZero(), planned.Equal(seen):
		return true, nil
	case !seen.IsZero() && seen.Before(planned):
		return false, nil
	default:
		return false, r.changed("submission date", written(planned), written(seen))
	}
}

// checkRevision stops a decision on content that changed after the plan.
func (r *decision) checkRevision(ctx context.Context) error {
	revision, err := r.revision(ctx, r.seen)
	if err != nil {
		return err
	}
	r.found.Revision = revision
	if planned := r.planned.Revision; planned != 0 && planned != revision {
		found := "none (the caller may not read it any more)"
		if revision != 0 {
			found = fmt.Sprint(revision)
		}
		return r.changed("revision", fmt.Sprint(planned), found)
	}
	return nil
}

func (d *decider) changed(what, planned, found string) error {
	return &SubmissionChangedError{DN: d.seen.DN, What: what, Planned: planned, Found: found}
}

func written(t time.Time) string {
	if t.IsZero() {
		return "none"
	}
	return t.UTC().Format(time.RFC3339Nano)
}
