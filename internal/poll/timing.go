package poll

import (
	"context"
	"time"
)

// Timing are the intervals and limits of the reads after a write.
type Timing struct {
	// PollInterval is the time between the first two reads. It grows up to MaxPollInterval.
	PollInterval, MaxPollInterval time.Duration
	// ConsistencyWindow is how long the server may show an object as it was before a write. A write of
	// unknown outcome counts as not applied only after this time.
	ConsistencyWindow time.Duration
	// CleanupTimeout limits the requests after the caller's context has ended, in addition to the
	// ConsistencyWindow.
	CleanupTimeout time.Duration
	// GatherWindow is how long a change waits for others of the same object.
	GatherWindow time.Duration
}

// DefaultTiming is for a real server.
var DefaultTiming = Timing{
	PollInterval:      500 * time.Millisecond,
	MaxPollInterval:   15 * time.Second,
	ConsistencyWindow: 10 * time.Second,
	CleanupTimeout:    5 * time.Second,
	GatherWindow:      100 * time.Millisecond,
}

// Interval returns the time between two reads of an operation.
func (t Timing) Interval() *Interval { return New(t.PollInterval, t.MaxPollInterval) }

// Cleanup returns a context that outlives the caller's by the CleanupTimeout and the extra time.
func (t Timing) Cleanup(ctx context.Context, extra time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), extra+t.CleanupTimeout)
}

// Verify calls read until it reports true or the window is over. The first call is at once, and the
// last one after the window. The context of read outlives the caller's.
func (t Timing) Verify(ctx context.Context, window time.Duration, read func(context.Context) bool) {
	detached, cancel := t.Cleanup(ctx, window)
	defer cancel()
	for start, interval := time.Now(), t.Interval(); ; {
		late := time.Since(start) >= window
		if read(detached) || late || !interval.Wait(detached) {
			return
		}
	}
}
