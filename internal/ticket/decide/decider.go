// Package decisions decides workflow tickets: it looks at the ticket, sends the
// decision once, and looks at what became of it. It knows nothing of Terraform.
package decide

import (
	"context"
	"fmt"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/keymutex"
)

// API is what deciding a ticket asks of the server; *api.Client satisfies it.
type API interface {
	TicketDetails(ctx context.Context, guid string) (*client.WorkflowTicket, error)
	TicketExists(ctx context.Context, guid string) (bool, error)
	UpdateTicketStatus(ctx context.Context, d client.TicketDecision) error
	RefreshPermissions(ctx context.Context) error
	SelfNames(ctx context.Context) []string
}

var _ API = (*client.Client)(nil)

// Request is a decision that somebody wants on a ticket.
type Request struct {
	GUID     string
	Decision schedule.Decision
	// Explanation, Reason, UserData, ObjectDn and Approvers go with the decision
	// as they are; empty ones are left out.
	Explanation, Reason, UserData, ObjectDN string
	Approvers                               []string // prefixed universals
	// Replaces is the decision that this one changes in place; nil for the first
	// one, which refuses to overwrite anybody's.
	Replaces *Earlier
}

// Earlier is what was known of a ticket when a change of its decision was
// planned. If the server shows anything else, nothing is overwritten.
type Earlier struct {
	Decision    schedule.Decision // the status may also be Pending
	Explanation string
	// Shown is what the server showed for Decision; nil if that is not known.
	Shown *schedule.Shown
}

// Outcome is what an order came to. Beside an error it tells what was seen.
type Outcome struct {
	// Ticket is as it was seen last; after it was consumed, as before that. Nil
	// only beside an error.
	Ticket *client.WorkflowTicket
	// Processed: the server has consumed the ticket after the decision.
	Processed bool
	// Sent is false where the decision was there already.
	Sent bool
	// Awaited: the decision was accepted, and the ticket is still Pending because
	// it waits for its other approvers.
	Awaited bool
	// Shown is how the server shows the decision; nil if it was not seen on the ticket.
	Shown *schedule.Shown
	// Notes are sentences about what could not be seen for certain.
	Notes []string
}

// Decider decides tickets.
type Decider struct {
	API API
	// Now tells which windows are over.
	Now func() time.Time
	// FirstPause is the wait between the first two looks after a decision; each
	// is longer than the one before, up to LongestPause.
	PollInterval, MaxPollInterval time.Duration
	// ConsistencyWindow is how long the server may show a ticket as it was before a
	// write. Within it no other conclusion is drawn from an unchanged ticket.
	ConsistencyWindow time.Duration
	// VerifyTimeout is how long a decision that the server accepted may stay unseen.
	VerifyTimeout time.Duration
	// CleanupTimeout bounds the requests that are still sent after the caller's
	// context has ended, beside the ConsistencyWindow.
	CleanupTimeout time.Duration
	// Report is told what happens, in sentences for a person.
	Report func(format string, args ...any)
}

// New has the pauses that suit a real server.
func New(api API) *Decider {
	return &Decider{
		API:               api,
		Now:               time.Now,
		PollInterval:      500 * time.Millisecond,
		MaxPollInterval:   10 * time.Second,
		ConsistencyWindow: 10 * time.Second,
		VerifyTimeout:     time.Minute,
		CleanupTimeout:    10 * time.Second,
		Report:            func(string, ...any) {},
	}
}

// Check reads the ticket and fails where Decide would, without deciding it.
// Errors are those of this package or *api.Error.
func (d *Decider) Check(ctx context.Context, order Request) (*client.WorkflowTicket, error) {
	before, _, err := d.check(ctx, order)
	return before, err
}

// Decide sees to it that the decision is on the ticket. What is there already is
// not sent again. Errors are those of this package or *api.Error.
func (d *Decider) Decide(ctx context.Context, order Request) (Outcome, error) {
	unlock, err := d.lock(ctx, order.GUID)
	if err != nil {
		return Outcome{}, err
	}
	defer unlock()
	before, step, err := d.check(ctx, order)
	if err != nil {
		return Outcome{Ticket: before, Processed: isConsumed(err)}, err
	}
	if step == adopt {
		d.Report("ticket %s is decided already: %s", order.GUID, order.Decision)
		return Outcome{Ticket: before, Shown: new(ShownOn(before)), Notes: adoptionNotes(order.Decision, before)}, nil
	}
	r := &run{Decider: d, order: order, before: before}
	return r.carryOut(ctx)
}

// Reopen sets a ticket back to Pending. One that is gone stays gone.
func (d *Decider) Reopen(ctx context.Context, guid string) error {
	unlock, err := d.lock(ctx, guid)
	if err != nil {
		return err
	}
	defer unlock()
	before, err := d.Get(ctx, guid)
	if isGone(err) {
		return nil
	}
	if err != nil || before.Status == schedule.Pending {
		return err
	}
	order := Request{GUID: guid, Decision: schedule.Decision{Status: schedule.Pending}}
	r := &run{Decider: d, order: order, before: before}
	if _, err = r.carryOut(ctx); isConsumed(err) {
		return nil
	}
	return err
}

// lock waits for its turn on a ticket.
func (d *Decider) lock(ctx context.Context, guid string) (unlock func(), err error) {
	type key struct {
		client API
		guid   string
	}
	if unlock, err = keymutex.Lock(ctx, key{d.API, dn.CanonicalGUID(guid)}); err != nil {
		return nil, fmt.Errorf("stopped while something else was done to workflow ticket %s, before anything was sent: %w", guid, err)
	}
	return unlock, nil
}

func (d *Decider) check(ctx context.Context, order Request) (*client.WorkflowTicket, step, error) {
	before, err := d.Get(ctx, order.GUID)
	if err != nil {
		if isGone(err) && order.Replaces != nil {
			err = &ConsumedError{GUID: order.GUID, Wanted: order.Decision}
		}
		return nil, adopt, err
	}
	step, err := d.nextStep(ctx, order, before)
	if err == nil && step == send && order.Decision.Over(d.Now()) {
		err = &WindowOverError{Decision: order.Decision}
	}
	return before, step, err
}
