package decide

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
)

// Get reads a ticket. A session that is older than the ticket sees it, and may decide it, only
// after the server has refreshed the caller's permissions (DOC). So a ticket that is not visible is
// read once more after a refresh.
//
// The code of the error is NotFound only if the ticket certainly does not exist, Indeterminate if
// the answers leave that open, and Refused or Obsolete if the server refuses to show it. Other
// errors are *client.Error.
func (d *Decider) Get(ctx context.Context, guid string) (*client.WorkflowTicket, error) {
	ticket, err := d.API.TicketDetails(ctx, guid)
	if !client.IsNotFound(err) && client.ReasonOf(err) != client.Forbidden {
		return ticket, classifyReadError(guid, err)
	}
	d.Report("ticket %s is not visible yet: refreshing the permissions of the session", guid)
	refreshErr := d.API.RefreshPermissions(ctx)
	ticket, err = d.API.TicketDetails(ctx, guid)
	if !client.IsNotFound(err) {
		return ticket, classifyReadError(guid, err)
	}
	return nil, d.existenceError(ctx, guid, refreshErr, err)
}

// GetConsumed is Get for a ticket that was consumed before: it reads once.
func (d *Decider) GetConsumed(ctx context.Context, guid string) (*client.WorkflowTicket, error) {
	ticket, err := d.API.TicketDetails(ctx, guid)
	if client.IsNotFound(err) {
		return nil, notFoundError(guid, nil)
	}
	return ticket, classifyReadError(guid, err)
}

func classifyReadError(guid string, err error) error {
	if reason := client.ReasonOf(err); reason == client.Refused || reason == client.Forbidden {
		return unreadableError(guid, err)
	}
	return err
}

// existenceError distinguishes a ticket that does not exist from one that may. If the server refuses to
// refresh the permissions, its answer still counts. If it does not answer, nothing is certain.
func (d *Decider) existenceError(ctx context.Context, guid string, refreshErr, readErr error) error {
	if client.IsTransient(refreshErr) {
		return indeterminateError(guid, refreshErr)
	}
	exists, err := d.API.TicketExists(ctx, guid)
	switch {
	case exists:
		return hiddenError(guid, readErr)
	case err == nil, client.IsNotFound(err):
		return notFoundError(guid, refreshErr)
	default:
		return indeterminateError(guid, err)
	}
}

// ShownOn is the decision on a ticket as the server shows it.
func ShownOn(ticket *client.WorkflowTicket) schedule.Shown {
	return schedule.Shown{
		Decision: schedule.Decision{
			Status: ticket.Status, Start: ticket.ScheduledStart.UTC(), Stop: ticket.ScheduledStop.UTC(),
		},
		NoZone: ticket.ScheduleNoZone,
	}
}

// List reads the tickets with an object DN, with user data, or with both, sorted by GUID. A ticket has
// one of the statuses; empty is any. It first asks the server to refresh the
// caller's permissions, without which the server does not list tickets that are younger than the
// session (DOC). If the server refuses, the list is what it shows. A ticket that is consumed during
// the reads is left out. The error is a *client.Error.
func List(
	ctx context.Context, api API, objectDN, userData string, statuses []string,
) ([]*client.WorkflowTicket, error) {
	_ = api.RefreshPermissions(ctx)
	guids, err := api.TicketEnumerate(ctx, objectDN, userData)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(guids, func(a, b string) int { return cmp.Compare(strings.ToLower(a), strings.ToLower(b)) })
	guids = slices.Compact(guids)
	read := make([]*client.WorkflowTicket, len(guids))
	err = client.ForEach(ctx, guids, func(ctx context.Context, i int, guid string) (err error) {
		if read[i], err = api.TicketDetails(ctx, guid); client.IsNotFound(err) {
			return nil
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(read, func(t *client.WorkflowTicket) bool {
		return t == nil || len(statuses) > 0 && !slices.Contains(statuses, t.Status)
	}), nil
}
