package reconcile

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
)

// Enumerator is the part of the client that lists projects.
type Enumerator interface {
	EnumerateProjects(ctx context.Context, f client.ProjectFilter, each func(*client.Project) error) error
}

// Query selects projects. The zero value selects all.
type Query struct {
	Filter   string   // of names, applied by the server
	Rights   int64    // that the caller must have, a sum of bits, applied by the server
	Statuses []string // names of lifecycle.Status, of which a project has one; empty is any
}

// errStop ends an enumeration early.
var errStop = errors.New("stop")

// Each calls each for every project that matches, as they arrive, until it returns false. The error
// is a *client.Error.
func Each(ctx context.Context, api Enumerator, q Query, each func(*client.Project) bool) error {
	filter := client.ProjectFilter{Filter: q.Filter, Rights: int(q.Rights)}
	err := api.EnumerateProjects(ctx, filter, func(p *client.Project) error {
		if q.matches(p) && !each(p) {
			return errStop
		}
		return nil
	})
	if errors.Is(err, errStop) {
		return nil
	}
	return err
}

// List returns all projects that match, sorted by DN.
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
