package grants

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// parallel is how many reads are asked of the client at once. The client lets
// only max_concurrent_requests of them through; this keeps its queue filled.
const parallel = 256

// each calls do for 0 to n-1, side by side. The first error ends the context and
// is the result; what has not begun by then never does.
func each(ctx context.Context, n int, do func(ctx context.Context, i int) error) error {
	workers, ctx := errgroup.WithContext(ctx)
	workers.SetLimit(parallel)
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
