// Package growingpause waits between looks at something that takes its time: a
// little longer each time, and never past the end of a context.
package poll

import (
	"context"
	"time"
)

// Interval is the wait before the next look.
type Interval struct {
	next, longest time.Duration
	// Total is what was waited so far.
	Total time.Duration
}

// New starts with a first wait. Each is half as long again as the one before, up
// to the longest.
func New(first, longest time.Duration) *Interval { return &Interval{next: first, longest: longest} }

// Wait is false if the context ended first.
func (p *Interval) Wait(ctx context.Context) bool {
	timer := time.NewTimer(p.next)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
	}
	p.Total += p.next
	p.next = min(p.next*3/2, p.longest)
	return true
}
