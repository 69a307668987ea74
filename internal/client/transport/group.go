package transport

import (
	"context"
	"sync"

	"golang.org/x/sync/singleflight"
)

// Group makes concurrent requests for one key one request. A caller whose context ends fails alone; when the
// last caller leaves, the request is cancelled and forgotten, so that the next caller starts another one.
type Group[V any] struct {
	// WaitForCancelled makes the last caller who leaves wait until the cancelled request has ended.
	WaitForCancelled bool

	requests singleflight.Group
	mu       sync.Mutex
	shared   map[string]*sharedRequest
}

type sharedRequest struct {
	ctx     context.Context //nolint:containedctx // of the request, which outlives the caller who began it
	cancel  context.CancelFunc
	callers int
}

// Do returns the result of fetch, or the context's error if ctx ends first. The value is shared:
// copy it before changing it.
func (g *Group[V]) Do(ctx context.Context, key string, fetch func(context.Context) (V, error)) (V, error) {
	var none V
	if err := ctx.Err(); err != nil {
		return none, err
	}
	request, done := g.join(ctx, key, fetch)
	select {
	case result := <-done:
		g.leave(key, request)
		value, _ := result.Val.(V)
		return value, result.Err
	case <-ctx.Done():
		if g.leave(key, request) && g.WaitForCancelled {
			<-done
		}
		return none, ctx.Err()
	}
}

func (g *Group[V]) join(
	ctx context.Context, key string, fetch func(context.Context) (V, error),
) (*sharedRequest, <-chan singleflight.Result) {
	g.mu.Lock()
	defer g.mu.Unlock()
	request := g.shared[key]
	if request == nil {
		request = &sharedRequest{}
		request.ctx, request.cancel = context.WithCancel(context.WithoutCancel(ctx))
		if g.shared == nil {
			g.shared = map[string]*sharedRequest{}
		}
		g.shared[key] = request
	}
	request.callers++
	return request, g.requests.DoChan(key, func() (any, error) {
		defer g.forget(key, request)
		return fetch(request.ctx)
	})
}

// leave cancels the request of the last caller and reports whether this was the last.
func (g *Group[V]) leave(key string, request *sharedRequest) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if request.callers--; request.callers > 0 {
		return false
	}
	request.cancel()
	g.forgetLocked(key, request)
	return true
}

func (g *Group[V]) forget(key string, request *sharedRequest) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.forgetLocked(key, request)
}

func (g *Group[V]) forgetLocked(key string, request *sharedRequest) {
	if g.shared[key] == request {
		delete(g.shared, key)
		g.requests.Forget(key)
	}
}

// Cache is a Group that keeps every successful result for as long as the process lives.
type Cache[V any] struct {
	group Group[V]
	known sync.Map // string to V
}

// Get returns the result of fetch, or of an earlier one.
func (c *Cache[V]) Get(ctx context.Context, key string, fetch func(context.Context) (V, error)) (V, error) {
	if v, ok := c.known.Load(key); ok {
		return v.(V), nil
	}
	return c.group.Do(ctx, key, func(ctx context.Context) (V, error) {
		if v, ok := c.known.Load(key); ok { // an earlier request has just ended
			return v.(V), nil
		}
		v, err := fetch(ctx)
		if err == nil {
			c.known.Store(key, v)
		}
		return v, err
	})
}
