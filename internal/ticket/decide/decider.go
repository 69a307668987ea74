// Package decide decides workflow tickets: once, verified, and without overwriting the decision of
// another person.
package decide

import (
	"context"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/keymutex"
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
)

// API is the part of the client that reads and decides tickets.
type API interface {
	TicketDetails(ctx context.Context, guid string) (*client.WorkflowTicket, error)
	TicketExists(ctx context.Context, guid string) (bool, error)
	TicketEnumerate(ctx context.Context, objectDN, userData string) ([]string, error)
	UpdateTicketStatus(ctx context.Context, d client.TicketDecision) error
	RefreshPermissions(ctx context.Context) error
	SelfNames(ctx context.Context) []string
}

var _ API = (*client.Client)(nil)

// Request is a decision on a ticket.
type Request struct {
	client.TicketDecision
	// Replaces is the decision that this one changes; nil for the first one, which overwrites nothing.
	Replaces *Earlier
}

// Earlier is what was known of a ticket when a change of its decision was planned. If the server
// shows anything else, nothing is overwritten.
type Earlier struct {
	Decision    schedule.Decision // the status may also be Pending
	Explanation string
	// Shown is what the server showed for Decision; nil if that is not known.
	Shown *schedule.Shown
}

// Outcome is the result of Decide. With an error it holds what was read.
type Outcome struct {
	// Ticket is as last read; for a consumed ticket as before. It is nil only with an error.
	Ticket *client.WorkflowTicket
	// Processed: the server has consumed the ticket after the decision.
	Processed bool
	// Sent is false if the ticket already had the decision.
	Sent bool
	// Awaited: the server accepted the decision, and the ticket is still Pending because it waits for
	// its other approvers.
	Awaited bool
	// Shown is how the server shows the decision; nil if it was not seen on the ticket.
	Shown *schedule.Shown
	// Notes are sentences about what is not certain.
	Notes []string
}

// Decider decides tickets.
type Decider struct {
	poll.Timing
	API API
	// Now is the clock for windows.
	Now func() time.Time
	// Report logs progress, in sentences for a person.
	Report func(format string, args ...any)
}

// New returns a Decider with the intervals for a real server.
func New(api API) *Decider {
	return &Decider{Timing: poll.DefaultTiming, API: api, Now: time.Now, Report: func(string, ...any) {}}
}

// Decide puts the decision on the ticket, unless the ticket already has it. Errors are
// *failure.Error or *client.Error.
func (d *Decider) Decide(ctx context.Context, request Request) (Outcome, error) {
	unlock, err := d.lock(ctx, request.GUID)
	if err != nil {
		return Outcome{}, err
	}
	defer unlock()
	before, adopt, err := d.Check(ctx, request)
	if err != nil {
		return Outcome{Ticket: before, Processed: isConsumed(err)}, err
	}
	if adopt {
		d.Report("ticket %s already has the decision %s", request.GUID, request.Decision)
		return Outcome{Ticket: before, Shown: new(ShownOn(before)), Notes: adoptionNotes(request.Decision, before)}, nil
	}
	w := &write{decider: d, request: request, before: before}
	return w.run(ctx)
}

// Reopen sets a ticket back to Pending. A ticket that does not exist needs nothing.
func (d *Decider) Reopen(ctx context.Context, guid string) error {
	unlock, err := d.lock(ctx, guid)
	if err != nil {
		return err
	}
	defer unlock()
	before, err := d.Get(ctx, guid)
	if isNotFound(err) {
		return nil
	}
	if err != nil || before.Status == schedule.Pending {
		return err
	}
	pending := client.TicketDecision{GUID: guid, Decision: schedule.Decision{Status: schedule.Pending}}
	w := &write{decider: d, request: Request{TicketDecision: pending}, before: before}
	if _, err = w.run(ctx); isConsumed(err) {
		return nil
	}
	return err
}

func (d *Decider) lock(ctx context.Context, guid string) (unlock func(), err error) {
	if unlock, err = keymutex.Lock(ctx, d.API, dn.CanonicalGUID(guid)); err != nil {
		return nil, waitingError(guid, err)
	}
	return unlock, nil
}

// Check reads the ticket and fails where Decide would, without deciding it. Adopt is true if the ticket
// has the requested decision, so that nothing is sent. Errors are *failure.Error or *client.Error.
func (d *Decider) Check(
	ctx context.Context, request Request,
) (before *client.WorkflowTicket, adopt bool, err error) {
	before, err = d.Get(ctx, request.GUID)
	if err != nil {
		if isNotFound(err) && request.Replaces != nil {
			err = consumedBeforeError(request)
		}
		return nil, false, err
	}
	adopt, err = d.adopts(ctx, request, before)
	if err == nil && !adopt && request.Decision.Over(d.Now()) {
		err = WindowClosed(request.Decision)
	}
	return before, adopt, err
}
