package reconcile

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

// Approval is what an approver says to a submission. The zero value approves.
type Approval struct {
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
func (v Approval) String() string {
	if v.Reject {
		return "rejected"
	}
	return "approved"
}

func (v Approval) send(ctx context.Context, api API, ticket int64) error {
	switch {
	case v.Reject:
		return api.RejectFlowTicket(ctx, ticket, v.Comment, v.Final)
	case v.Comment == "":
		return api.ApproveFlowTicket(ctx, ticket, DefaultComment)
	default:
		return api.ApproveFlowTicket(ctx, ticket, v.Comment)
	}
}

// decider puts one verdict of the caller on the flow ticket of a project.
type decider struct {
	observation
	verdict    Approval
	self       bool                        // it is the approval of one's own order
	planTicket int64                       // the ticket that the plan showed, 0 if it showed none
	beforeSend func(context.Context) error // the last check before the first verdict; nil is none

	done      bool               // the verdict is on the ticket
	refreshed bool               // the server was asked to read the caller's rights again
	tried     int                // verdicts sent
	ticket    *client.FlowTicket // the last one that was found
	dead      int64              // a ticket that turned out to be gone
	submitted bool               // this run made the submission
	earlier   []int64            // tickets from before it,
	complete  bool               // of which there are no others
	doubted   time.Time          // since when the only ticket is one that seems to be too old
}

// submission is the one that the project was seen with last.
func (d *decider) submission() submission {
	return submission{
		dn: d.seen.DN, planned: d.planTicket, own: d.submitted && d.complete, earlier: d.earlier,
		since: d.seen.ApprovalSubmissionDate, noZone: d.seen.SubmissionNoZone,
	}
}

// mayDecide is false for the submission of another run, which no plan has shown.
func (d *decider) mayDecide() bool { return !d.self || d.submitted || d.planTicket != 0 }

// decideOnce puts the verdict on the project's ticket, unless it is there. A
// ticket that can't be seen yet is looked for again by the next call.
func (d *decider) decideOnce(ctx context.Context) error {
	if d.done || !d.mayDecide() {
		return nil
	}
	ticket, err := findTicket(ctx, d.API, d.submission())
	if ticket == nil && err == nil {
		d.refreshOnce(ctx)
	}
	if ticket == nil || err != nil || ticket.ID == d.dead || d.mayBeAnothers(ticket) {
		return err
	}
	before := d.ticket
	if known := d.boundTo(); known != 0 && known != ticket.ID {
		return d.otherTicket(ctx, known, ticket)
	}
	d.ticket = ticket
	if !d.verdict.Reject && d.approved(ctx, ticket) {
		d.done = true
		return nil
	}
	if err := d.checkBeforeSend(ctx); err != nil {
		d.ticket = before
		return err
	}
	d.Report("flow ticket %d of %s is being %s", ticket.ID, d.seen.DN, d.verdict)
	return d.decide(ctx)
}

func (d *decider) checkBeforeSend(ctx context.Context) error {
	if d.tried > 0 || d.beforeSend == nil {
		return nil
	}
	return d.beforeSend(ctx)
}

// boundTo is the ticket that the verdict is about: the one that the plan showed, or the one to which
// the verdict was sent before.
func (d *decider) boundTo() int64 {
	switch {
	case d.planTicket != 0:
		return d.planTicket
	case d.tried > 0:
		return d.ticket.ID
	default:
		return 0
	}
}

// otherTicket is for a ticket that is not the one that the verdict is about. That one may have been
// decided, which shows late. A rejection whose answer was lost ended its ticket, and does not apply to
// a new submission.
func (d *decider) otherTicket(ctx context.Context, known int64, found *client.FlowTicket) error {
	switch {
	case d.verdict.Reject && d.tried > 0:
		d.done = true
		return nil
	case d.outcome(ctx, d.ConsistencyWindow) == leftPending:
		return nil
	default:
		return d.changed("flow ticket", fmt.Sprint(known), fmt.Sprint(found.ID))
	}
}

// mayBeAnothers gives the submission's own ticket some time to show if the one
// that is there seems to be older than the submission. self_approve never takes such a ticket, unless
// the plan showed it.
func (d *decider) mayBeAnothers(ticket *client.FlowTicket) bool {
	const late = 30 * time.Second // the vendor's Python client looks for that long
	of := d.submission()
	switch {
	case ticket.ID == d.planTicket:
		return false
	case d.self:
		return !of.isSubmissionOfRun(*ticket)
	case of.age(*ticket) != ageUncertain:
		return false
	}
	if d.doubted.IsZero() {
		d.doubted = time.Now()
		d.Report("flow ticket %d of %s seems to be older than the submission: looking for another one first", ticket.ID, d.seen.DN)
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
	err := d.verdict.send(ctx, d.API, d.ticket.ID)
	if err == nil {
		d.done = true
		return nil
	}
	switch outcome := d.outcome(ctx, d.raceWindow(err)); {
	case outcome == verdictGiven:
		d.done = true
		return nil
	case outcome == leftPending:
		return nil
	case outcome == ticketGone, client.IsNotFound(err):
		d.dead = d.ticket.ID // decided by another approver, or by this request: the status shows it later
		return nil
	case client.IsUnclear(err) && isTransient(err) && d.tried < attempts:
		return err // the next look at the ticket tells whether the verdict is on it
	default:
		return &VerdictError{Ticket: d.ticket.ID, DN: d.seen.DN, Verdict: d.verdict, Self: d.self, Err: err}
	}
}

// raceWindow is how long to look for the effect of a faster approver, or of a request whose answer was
// lost, which the server may show late. Other failures did not reach the ticket.
func (d *decider) raceWindow(cause error) time.Duration {
	reason := client.ReasonOf(cause)
	if client.IsUnclear(cause) || reason == client.Refused || reason == client.Forbidden {
		return d.ConsistencyWindow
	}
	return 0
}

// verdictOutcome is what a look after a failed verdict found.
type verdictOutcome int

const (
	stillPending verdictOutcome = iota
	ticketGone                  // the project is Pending, and the ticket is not listed any more
	verdictGiven                // the caller's approval is on the ticket
	leftPending                 // the project has another status
)

// outcome reads the project and the ticket until the window ends or something has changed.
func (d *decider) outcome(ctx context.Context, window time.Duration) verdictOutcome {
	detached, cancel := d.cleanup(ctx, window)
	defer cancel()
	for began, pause := time.Now(), d.newPause(); ; {
		late := time.Since(began) >= window
		if p, err := Get(detached, d.API, RefOf(d.seen)); err == nil {
			d.seen = p
			if p.Status != lifecycle.Pending {
				return leftPending
			}
		}
		found := d.lookAtTicket(detached)
		if found == verdictGiven || late || !pause.Wait(detached) {
			return found
		}
	}
}

func (d *decider) lookAtTicket(ctx context.Context) verdictOutcome {
	of := d.submission()
	of.planned = d.boundTo()
	ticket, err := findTicket(ctx, d.API, of)
	switch {
	case err != nil:
		return stillPending
	case ticket == nil, ticket.ID != of.planned:
		return ticketGone
	case !d.verdict.Reject && d.approved(ctx, ticket):
		return verdictGiven
	default:
		return stillPending
	}
}

// approved reports whether one of the approvals on the ticket is the caller's. The caller's names are
// read only if there is an approval.
func (d *decider) approved(ctx context.Context, ticket *client.FlowTicket) bool {
	if len(ticket.Approvals) == 0 {
		return false
	}
	self := d.API.SelfNames(ctx)
	if len(self) == 0 { // then an approval sent before, whose answer was lost, counts as one of these
		return d.tried > 0
	}
	return slices.ContainsFunc(ticket.Approvals, func(a client.FlowApproval) bool {
		return slices.ContainsFunc(self, func(name string) bool { return dn.Equal(name, a.Universal) })
	})
}
