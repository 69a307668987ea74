package api

import "sync"

// once remembers the first good answer.
type once[V any] struct {
	mu    sync.Mutex
	done  bool
	value V
}

func (o *once[V]) get(learn func() (V, bool)) V {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.done {
		return o.value
	}
	o.value, o.done = learn()
	return o.value
}
