// Package sidebyside does many things of one kind at once, as many as the API
// client's queue is worth.
package sidebyside

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// limit is how many reads are asked of the client at once. The client lets only
// max_concurrent_requests of them through; this keeps its queue filled.
const limit = 256

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
