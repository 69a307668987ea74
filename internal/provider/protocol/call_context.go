package protocol

import (
	"context"
	"sync/atomic"
	"time"
)

// newCallContext makes a call with a context that is taken back afterwards: the framework's
// server keeps the context of every call for as long as it lives, with four
// loggers in each, which is 10 kB. Of a lent one it keeps a few words.
//
//nolint:contextcheck // it stands for the one that was given
func newCallContext[Q, R any](ctx context.Context, req Q, call func(context.Context, Q) (R, error)) (R, error) {
	l := &callContext{}
	l.of.Store(&ctx)
	defer l.of.Store(&over)
	return call(l, req)
}

// callContext is a context that stands for another one while a call lasts. What goes on
// after the call, cancelled or detached, has an empty one.
type callContext struct {
	of atomic.Pointer[context.Context]
}

var over = context.Background()

func (l *callContext) now() context.Context { return *l.of.Load() }

// Deadline is the other one's.
func (l *callContext) Deadline() (time.Time, bool) { return l.now().Deadline() }

// Done is the other one's. Contexts made from this one while the call lasts hang
// on the other one itself, and end with it.
func (l *callContext) Done() <-chan struct{} { return l.now().Done() }

// Err is the other one's.
func (l *callContext) Err() error { return l.now().Err() }

// Value is the other one's.
func (l *callContext) Value(key any) any { return l.now().Value(key) }
