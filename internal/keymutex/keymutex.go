// Package keymutex serializes operations on one object within this process.
package keymutex

import (
	"context"
	"sync"
)

type entry struct {
	token   chan struct{} // holds a value while the key is unlocked
	holders int           // that hold the key or wait for it
}

var (
	mu      sync.Mutex
	entries = map[any]*entry{}
)

// Lock locks a key. A key names an object and the client that knows it. The error is that of the
// context.
func Lock(ctx context.Context, key any) (unlock func(), err error) {
	e := acquire(key)
	select {
	case <-e.token:
		return func() { e.token <- struct{}{}; release(key, e) }, nil
	case <-ctx.Done():
		release(key, e)
		return nil, ctx.Err()
	}
}

func acquire(key any) *entry {
	mu.Lock()
	defer mu.Unlock()
	e := entries[key]
	if e == nil {
		e = &entry{token: make(chan struct{}, 1)}
		e.token <- struct{}{}
		entries[key] = e
	}
	e.holders++
	return e
}

func release(key any, e *entry) {
	mu.Lock()
	defer mu.Unlock()
	if e.holders--; e.holders == 0 {
		delete(entries, key)
	}
}
