package decide

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
)

// Lister is the part of the client that lists tickets.
type Lister interface {
	TicketEnumerate(ctx context.Context, objectDN, userData string) ([]string, error)
	TicketDetails(ctx context.Context, guid string) (*client.WorkflowTicket, error)
	RefreshPermissions(ctx context.Context) error
}

var _ Lister = (*client.Client)(nil)

// Query selects tickets. ObjectDN, UserData or both are set.
type Query struct {
	ObjectDN, UserData string
	Statuses           []string // of which a ticket has one; empty is any
}

// List reads the tickets that match, sorted by GUID. It first asks the server to refresh the
// caller's permissions, without which the server does not list tickets that are younger than the
// session (DOC). If the server refuses, the list is what it shows. A ticket that is consumed during
// the reads is left out. The error is a *client.Error.
func List(ctx context.Context, api Lister, q Query) ([]*client.WorkflowTicket, error) {
	_ = api.RefreshPermissions(ctx)
	guids, err := api.TicketEnumerate(ctx, q.ObjectDN, q.UserData)
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
		return t == nil || len(q.Statuses) > 0 && !slices.Contains(q.Statuses, t.Status)
	}), nil
}
