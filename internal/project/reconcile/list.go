package reconcile

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
)

// Enumerator is what listing projects asks of the server; *api.Client satisfies it.
type Enumerator interface {
	EnumerateProjects(ctx context.Context, f client.ProjectFilter, each func(*client.Project) error) error
}

// Query narrows a list of projects; the zero value narrows nothing.
type Query struct {
	Filter   string   // of names, judged by the server
	Rights   int64    // rights that the caller must have, a sum of bits, judged by the server
	Statuses []string // names as lifecycle.Status prints them, of which a project has one; none is any
}

// errEnough ends an enumeration early.
var errEnough = errors.New("enough")

// Each hands over the projects that match, as they arrive, until `each` is
// false. The error is an *api.Error.
func Each(ctx context.Context, api Enumerator, q Query, each func(*client.Project) bool) error {
	filter := client.ProjectFilter{Filter: q.Filter, Rights: int(q.Rights)}
	err := api.EnumerateProjects(ctx, filter, func(p *client.Project) error {
		if q.matches(p) && !each(p) {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

// List is Each with all of them at once, sorted by DN.
func List(ctx context.Context, api Enumerator, q Query) ([]*client.Project, error) {
	var found []*client.Project
	err := Each(ctx, api, q, func(p *client.Project) bool {
		found = append(found, p)
		return true
	})
	slices.SortFunc(found, func(a, b *client.Project) int { return strings.Compare(a.DN, b.DN) })
	return found, err
}

func (q Query) matches(p *client.Project) bool {
	return len(q.Statuses) == 0 || slices.Contains(q.Statuses, p.Status.String())
}
