package projects

import (
	"context"
	"slices"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
	"github.com/codesign-tf/terraform-provider-codesign/internal/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/lifecycle"
)

// Verdict is what an approver says to a submission. The zero value approves.
type Verdict struct {
	Reject bool
	// Final is a rejection after which the submission can't be mended and tried again.
	Final bool
	// Comment goes with it; the server wants one, so an empty one gets a default.
	Comment string
}

// DefaultComment goes with an approval for which there is no comment: the server
// requires one (OAS).
const DefaultComment = "Approved by terraform-provider-codesign"

// String is "approved" or "rejected".
func (v Verdict) String() string {
	if v.Reject {
		return "rejected"
	}
	return "approved"
}

func (v Verdict) send(ctx context.Context, client API, ticket int64) error {
	switch {
	case v.Reject:
		return client.RejectFlowTicket(ctx, ticket, v.Comment, v.Final)
	case v.Comment == "":
		return client.ApproveFlowTicket(ctx, ticket, DefaultComment)
	default:
		return client.ApproveFlowTicket(ctx, ticket, v.Comment)
	}
}

// decider puts one verdict of the caller on the flow ticket of a project.
type decider struct {
	watch
	verdict Verdict
	self    bool // it is the approval of one's own order

	done      bool            // the verdict is on the ticket
	refreshed bool            // the server was told to look up the caller's rights anew
	tried     int             // verdicts sent
	ticket    *api.FlowTicket // the last one that was found
	dead      int64           // a ticket that turned out to be gone
	earlier   []int64         // tickets from before a submission in this run,
	submitted bool            // of which there are no others
	doubted   time.Time       // since when the only ticket is one that seems to be too old
}

// submission is the one that the project was seen with last.
func (d *decider) submission() submission {
	return submission{dn: d.seen.Dn, own: d.submitted, not: d.earlier, since: d.seen.ApprovalSubmissionDate}
}

// decideOnce puts the verdict on the project's ticket, unless it is there. A
// ticket that can't be seen yet is looked for again by the next call.
func (d *decider) decideOnce(ctx context.Context) error {
	if d.done {
		return nil
	}
	ticket, err := findTicket(ctx, d.API, d.submission())
	if ticket == nil && err == nil {
		d.refreshOnce(ctx)
	}
	if ticket == nil || err != nil || ticket.Id == d.dead || d.mayBeAnothers(ticket) {
		return err
	}
	before := d.ticket
	d.ticket = ticket
	if d.given(ctx, before) {
		d.done = true
		return nil
	}
	d.Report("flow ticket %d of %s is being %s", ticket.Id, d.seen.Dn, d.verdict)
	return d.decide(ctx)
}

// mayBeAnothers gives the submission's own ticket some time to show where the one
// that is there seems to be older than the submission.
func (d *decider) mayBeAnothers(ticket *api.FlowTicket) bool {
	const late = 30 * time.Second // the vendor's Python client looks for that long
	if !d.submission().isAfter(*ticket, clocks) {
		return false
	}
	if d.doubted.IsZero() {
		d.doubted = time.Now()
		d.Report("flow ticket %d of %s seems to be older than the submission: looking for another one first", ticket.Id, d.seen.Dn)
	}
	return time.Since(d.doubted) < late
}

// refreshOnce makes the server look up the caller's rights anew: a session that
// is older than a ticket may not see it before (DOC, of workflow tickets). That
// it may not be asked for, is no reason to stop.
func (d *decider) refreshOnce(ctx context.Context) {
	if !d.refreshed {
		d.refreshed = true
		_ = d.API.RefreshPermissions(ctx)
	}
}

func (d *decider) decide(ctx context.Context) error {
	const attempts = 2
	d.tried++
	err := d.verdict.send(ctx, d.API, d.ticket.Id)
	switch {
	case err == nil:
		d.done = true
		return nil
	case d.decidedMeanwhile(ctx):
		return nil
	case api.IsNotFound(err):
		d.dead = d.ticket.Id
		return nil
	case api.IsUnclear(err) && mayPass(err) && d.tried < attempts:
		return err // the next look at the ticket tells whether the verdict is on it
	default:
		return &VerdictError{Ticket: d.ticket.Id, Dn: d.seen.Dn, Verdict: d.verdict, Self: d.self, Err: err}
	}
}

// decidedMeanwhile looks whether the project has left Pending, for instance
// because two runs decided the same ticket and the other was faster.
func (d *decider) decidedMeanwhile(ctx context.Context) bool {
	detached, cancel := context.WithTimeout(context.WithoutCancel(ctx), d.Grace)
	defer cancel()
	p, err := Look(detached, d.API, RefOf(d.seen))
	if err != nil {
		return false
	}
	d.seen = p
	return p.Status != lifecycle.Pending
}

// given tells whether the verdict has been given before. An approval shows on
// the ticket. A rejection ends it: if there is another ticket now than the one
// that was rejected with an answer that was lost, that is a new submission, to
// which the verdict does not apply.
func (d *decider) given(ctx context.Context, before *api.FlowTicket) bool {
	if d.verdict.Reject {
		return d.tried > 0 && before.Id != d.ticket.Id
	}
	return d.approvedBefore(ctx)
}

// approvedBefore tells whether one of the approvals on the ticket is the
// caller's. Who the caller is, is only asked when there is an approval.
func (d *decider) approvedBefore(ctx context.Context) bool {
	if len(d.ticket.Approvals) == 0 {
		return false
	}
	self := d.API.SelfNames(ctx)
	if len(self) == 0 { // then an approval sent before, whose answer was lost, counts as one of these
		return d.tried > 0
	}
	return slices.ContainsFunc(d.ticket.Approvals, func(a api.FlowApproval) bool {
		return slices.ContainsFunc(self, func(name string) bool { return dn.Equal(name, a.Universal) })
	})
}
