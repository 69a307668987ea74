package protocol

import (
	"context"
	"sync/atomic"
	"time"
)

// withCallContext makes a call with a context that is released afterwards. The framework's server
// keeps the context of every call until the process ends, with four loggers in each, which is 10 kB.
//
//nolint:contextcheck // callContext wraps ctx
func withCallContext[Q, R any](ctx context.Context, req Q, call func(context.Context, Q) (R, error)) (R, error) {
	c := &callContext{}
	c.current.Store(&ctx)
	defer c.current.Store(&released)
	return call(c, req)
}

var released = context.Background()

// callContext is another context while a call lasts, and an empty one afterwards.
type callContext struct {
	current atomic.Pointer[context.Context]
}

func (c *callContext) get() context.Context { return *c.current.Load() }

func (c *callContext) Deadline() (time.Time, bool) { return c.get().Deadline() }

// Done returns the channel of the other context, so that contexts derived from this one end with it.
func (c *callContext) Done() <-chan struct{} { return c.get().Done() }

func (c *callContext) Err() error { return c.get().Err() }

func (c *callContext) Value(key any) any { return c.get().Value(key) }
