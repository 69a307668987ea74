package client

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// maxConcurrentReads limits the requests of one data source. MaxConcurrentRequests limits those of
// the whole process.
const maxConcurrentReads = 16

// ForEach reads each object of a list, at most 16 at a time. The first error ends the other reads.
func ForEach[E any](
	ctx context.Context, objects []E, read func(ctx context.Context, i int, object E) error,
) error {
	workers, ctx := errgroup.WithContext(ctx)
	workers.SetLimit(maxConcurrentReads)
	for i, object := range objects {
		workers.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return read(ctx, i, object)
		})
	}
	return workers.Wait()
}
