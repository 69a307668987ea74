// Package sidebyside does many things of one kind at once, as many as the API
// client's queue is worth.
package sidebyside

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// limit is how many requests one data source sends at a time. The client limits those of the whole
// process, by max_concurrent_requests.
const limit = 16

// Each calls do for 0 to n-1, side by side. The first error ends the context and
// is the result; what has not begun by then never does.
func Each(ctx context.Context, n int, do func(ctx context.Context, i int) error) error {
	workers, ctx := errgroup.WithContext(ctx)
	workers.SetLimit(limit)
	for i := range n {
		workers.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return do(ctx, i)
		})
	}
	return workers.Wait()
}
