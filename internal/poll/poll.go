// Package poll paces the reads of an object that is about to change.
package poll

import (
	"context"
	"time"
)

// Interval is the time between two reads. It grows by half each time, up to a limit.
type Interval struct {
	next, limit time.Duration
	// Total is the time waited so far.
	Total time.Duration
}

// New returns an interval that starts with first.
func New(first, limit time.Duration) *Interval { return &Interval{next: first, limit: limit} }

// Sleep reports false if the context ended first.
func Sleep(ctx context.Context, pause time.Duration) bool {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// Wait reports false if the context ended first.
func (i *Interval) Wait(ctx context.Context) bool {
	if !Sleep(ctx, i.next) {
		return false
	}
	i.Total += i.next
	i.next = min(i.next*3/2, i.limit)
	return true
}

// WriteResult is what a read of the object after a write of unknown outcome found.
type WriteResult int

// The results.
const (
	Unknown    WriteResult = iota // the object could not be read either
	NotApplied                    // it is as before
	Applied                       // it has what was sent
	Superseded                    // it has something else, from another client
	Consumed                      // it no longer exists, as a ticket after its decision
)
