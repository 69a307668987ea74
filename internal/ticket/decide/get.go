package decide

import (
	"context"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
)

// Get asks for a ticket. A session that is older than the ticket sees it, and
// may act on it, only after the server has refreshed the caller's permissions
// (DOC), so a ticket that is not seen is looked for once more after that.
//
// The error is a *GoneError only if the ticket certainly does not exist, a
// *DoubtError if the answers leave that open, an *UnreadableError if the server
// refuses to show it, otherwise an *api.Error.
func (d *Decider) Get(ctx context.Context, guid string) (*client.WorkflowTicket, error) {
	ticket, err := d.API.TicketDetails(ctx, guid)
	if !mayBeHidden(err) {
		return ticket, unreadable(guid, err)
	}
	d.Report("ticket %s can't be seen yet: refreshing the permissions of the session", guid)
	refreshed := d.API.RefreshPermissions(ctx)
	ticket, err = d.API.TicketDetails(ctx, guid)
	if !client.IsNotFound(err) {
		return ticket, unreadable(guid, err)
	}
	return nil, d.existence(ctx, guid, refreshed, err)
}

// GetConsumed is Look for a ticket that was gone before: it asks once.
func (d *Decider) GetConsumed(ctx context.Context, guid string) (*client.WorkflowTicket, error) {
	ticket, err := d.API.TicketDetails(ctx, guid)
	if client.IsNotFound(err) {
		return nil, &GoneError{GUID: guid}
	}
	return ticket, unreadable(guid, err)
}

func unreadable(guid string, err error) error {
	if reason := client.ReasonOf(err); reason == client.Refused || reason == client.Forbidden {
		return &UnreadableError{GUID: guid, Err: err}
	}
	return err
}

func mayBeHidden(err error) bool {
	return client.IsNotFound(err) || client.ReasonOf(err) == client.Forbidden
}

// existence sorts a ticket that is not found into gone and doubtful. A refusal
// to refresh leaves the server's word as it is; no answer at all does not.
func (d *Decider) existence(ctx context.Context, guid string, refreshed, notFound error) error {
	if isTransient(refreshed) {
		return &DoubtError{GUID: guid, Err: refreshed}
	}
	exists, err := d.API.TicketExists(ctx, guid)
	switch {
	case exists:
		return &DoubtError{GUID: guid, Exists: true, Err: notFound}
	case err == nil, client.IsNotFound(err):
		return &GoneError{GUID: guid, Unrefreshed: refreshed}
	default:
		return &DoubtError{GUID: guid, Err: err}
	}
}

// isTransient is true for a server that is away, hidden by a maintenance page, or
// for which there was no time.
func isTransient(err error) bool {
	reason := client.ReasonOf(err)
	return reason == client.Unavailable || reason == client.BadAnswer || reason == client.Cancelled
}

// ShownOn is the decision on a ticket as the server shows it.
func ShownOn(ticket *client.WorkflowTicket) schedule.Shown {
	return schedule.Shown{
		Decision: schedule.Decision{Status: ticket.Status, Start: ticket.ScheduledStart, Stop: ticket.ScheduledStop},
		NoZone:   ticket.ScheduleNoZone,
	}
}
