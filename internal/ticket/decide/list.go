package decide

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
)

// Lister is what listing tickets asks of the server; *api.Client satisfies it.
type Lister interface {
	TicketEnumerate(ctx context.Context, objectDN, userData string) ([]string, error)
	TicketDetails(ctx context.Context, guid string) (*client.WorkflowTicket, error)
	RefreshPermissions(ctx context.Context) error
}

var _ Lister = (*client.Client)(nil)

// maxConcurrentReads limits the requests of one data source.
const maxConcurrentReads = 16

// Query says which tickets to list; one of the two is set at least.
type Query struct {
	ObjectDN, UserData string
	Statuses           []string // of which a ticket has one; none is any
}

// List reads the tickets of an object, or with the user data, sorted by GUID. The
// server shows those that are younger than the session only after it has
// refreshed the caller's permissions (DOC), so it is asked to do that first;
// where it refuses, the list is what it shows. A ticket that is consumed while
// the others are read is left out. The error is an *api.Error.
func List(ctx context.Context, api Lister, q Query) ([]*client.WorkflowTicket, error) {
	_ = api.RefreshPermissions(ctx)
	guids, err := api.TicketEnumerate(ctx, q.ObjectDN, q.UserData)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(guids, func(a, b string) int { return cmp.Compare(strings.ToLower(a), strings.ToLower(b)) })
	guids = slices.Compact(guids)
	read := make([]*client.WorkflowTicket, len(guids))
	workers, ctx := errgroup.WithContext(ctx)
	workers.SetLimit(maxConcurrentReads)
	for i, guid := range guids {
		workers.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			ticket, err := api.TicketDetails(ctx, guid)
			if err == nil || client.IsNotFound(err) {
				read[i] = ticket
				return nil
			}
			return err
		})
	}
	if err := workers.Wait(); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(read, func(t *client.WorkflowTicket) bool { return t == nil || !q.matches(t) }), nil
}

func (q Query) matches(t *client.WorkflowTicket) bool {
	return len(q.Statuses) == 0 || slices.Contains(q.Statuses, t.Status)
}
