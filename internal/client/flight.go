package client

import (
	"context"
	"sync"
)

// requestGroup lets identical reads under way be one request. It differs from x/sync/singleflight in whom it obeys: a caller that gives
// up fails alone, and only when the last one has is the request stopped, and forgotten, so that the next caller starts afresh.
type requestGroup[V any] struct {
	mu    sync.Mutex
	under map[string]*sharedRequest[V]
}

type sharedRequest[V any] struct {
	done    chan struct{}
	cancel  context.CancelFunc
	waiting int
	value   V
	err     error
}

// do answers with fetch's result; where ctx ends first, with ctx's error. The value is shared: copy before changing it.
func (g *requestGroup[V]) do(ctx context.Context, key string, fetch func(context.Context) (V, error)) (V, error) {
	var none V
	if ctx.Err() != nil {
		return none, ctx.Err()
	}
	f := g.join(ctx, key, fetch)
	defer g.leave(key, f)
	select {
	case <-f.done:
		return f.value, f.err
	case <-ctx.Done():
		return none, ctx.Err()
	}
}

func (g *requestGroup[V]) join(ctx context.Context, key string, fetch func(context.Context) (V, error)) *sharedRequest[V] {
	g.mu.Lock()
	defer g.mu.Unlock()
	if f, there := g.under[key]; there {
		f.waiting++
		return f
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx)) //nolint:gosec // called by leave, by the last who waits
	f := &sharedRequest[V]{done: make(chan struct{}), cancel: cancel, waiting: 1}
	if g.under == nil {
		g.under = map[string]*sharedRequest[V]{}
	}
	g.under[key] = f
	go func() {
		f.value, f.err = fetch(ctx)
		g.forget(key, f)
		close(f.done)
	}()
	return f
}

func (g *requestGroup[V]) forget(key string, f *sharedRequest[V]) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.under[key] == f {
		delete(g.under, key)
	}
}

func (g *requestGroup[V]) leave(key string, f *sharedRequest[V]) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if f.waiting--; f.waiting > 0 {
		return
	}
	f.cancel()
	if g.under[key] == f {
		delete(g.under, key)
	}
}

// cache is flights that remember every success for as long as the process lives.
type cache[V any] struct {
	requestGroup[V]
	known sync.Map // string to V
}

func (m *cache[V]) get(ctx context.Context, key string, fetch func(context.Context) (V, error)) (V, error) {
	if v, there := m.known.Load(key); there {
		return v.(V), nil
	}
	return m.do(ctx, key, func(ctx context.Context) (V, error) {
		v, err := fetch(ctx)
		if err == nil {
			m.known.Store(key, v)
		}
		return v, err
	})
}
