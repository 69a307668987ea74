package serve

import "context"

// Lend is for tests.
func Lend[Q, R any](ctx context.Context, req Q, call func(context.Context, Q) (R, error)) (R, error) {
	return lend(ctx, req, call)
}
