// Package oneatatime lets operations of one process on one object of a server
// follow each other: two resources for one project would otherwise both find a
// draft, and both submit it.
package keymutex

import (
	"context"
	"sync"
)

type turn struct {
	free    chan struct{} // holds one token while nobody works
	waiting int
}

var (
	mu    sync.Mutex
	turns = map[any]*turn{}
)

// Lock waits for its turn on the object that the key names, together with the
// client that knows it. The error is that of the context.
func Lock(ctx context.Context, key any) (unlock func(), err error) {
	t := enter(key)
	select {
	case <-t.free:
		return func() { t.free <- struct{}{}; leave(key, t) }, nil
	case <-ctx.Done():
		leave(key, t)
		return nil, ctx.Err()
	}
}

func enter(key any) *turn {
	mu.Lock()
	defer mu.Unlock()
	t := turns[key]
	if t == nil {
		t = &turn{free: make(chan struct{}, 1)}
		t.free <- struct{}{}
		turns[key] = t
	}
	t.waiting++
	return t
}

func leave(key any, t *turn) {
	mu.Lock()
	defer mu.Unlock()
	if t.waiting--; t.waiting == 0 {
		delete(turns, key)
	}
}
