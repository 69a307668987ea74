// Package keymutex serializes operations on one object within this process.
package keymutex

import (
	"context"
	"sync"
)

// key is an object, and the client or writer that changes it.
type key struct {
	owner  any
	object string
}

type entry struct {
	token   chan struct{} // holds a value while the key is unlocked
	holders int           // that hold the key or wait for it
}

var (
	mu      sync.Mutex
	entries = map[key]*entry{}
)

// Lock locks an object of an owner. The error is that of the context.
func Lock(ctx context.Context, owner any, object string) (unlock func(), err error) {
	key := key{owner, object}
	e := acquire(key)
	select {
	case <-e.token:
		return func() { e.token <- struct{}{}; release(key, e) }, nil
	case <-ctx.Done():
		release(key, e)
		return nil, ctx.Err()
	}
}

func acquire(key key) *entry {
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

func release(key key, e *entry) {
	mu.Lock()
	defer mu.Unlock()
	if e.holders--; e.holders == 0 {
		delete(entries, key)
	}
}
