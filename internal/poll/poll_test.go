package poll_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
)

func TestInterval_GrowsToLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		interval := poll.New(4*time.Second, 8*time.Second)
		for i, want := range []time.Duration{4 * time.Second, 6 * time.Second, 8 * time.Second, 8 * time.Second} {
			start := time.Now()
			if !interval.Wait(t.Context()) || time.Since(start) != want {
				t.Errorf("wait %d took %s, want %s", i, time.Since(start), want)
			}
		}
		if interval.Total != 26*time.Second {
			t.Errorf("total is %s", interval.Total)
		}
	})
}

func TestInterval_EndsWithContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		interval, start := poll.New(time.Minute, time.Minute), time.Now()
		if interval.Wait(ctx) || time.Since(start) != time.Second || interval.Total != 0 {
			t.Errorf("waited %s", time.Since(start))
		}
	})
}

func TestTiming_VerifyReadsOnceMoreAfterTheWindow(t *testing.T) {
	timing := poll.Timing{PollInterval: 4 * time.Second, MaxPollInterval: time.Minute, CleanupTimeout: 2 * time.Second}
	for name, c := range map[string]struct {
		window time.Duration
		found  int // the read that ends it, 0 for none
		reads  int
		took   time.Duration
	}{
		"no window":         {0, 0, 1, 0},
		"found at once":     {10 * time.Second, 1, 1, 0},
		"found in time":     {10 * time.Second, 2, 2, 4 * time.Second},
		"not found":         {10 * time.Second, 0, 3, 10 * time.Second},
		"ends with cleanup": {16 * time.Second, 0, 3, 18 * time.Second}, // the third wait is 9 s
	} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			cancel() // the reads outlive the caller
			start, reads := time.Now(), 0
			timing.Verify(ctx, c.window, func(ctx context.Context) bool {
				if reads++; ctx.Err() != nil {
					t.Error(ctx.Err())
				}
				return reads == c.found
			})
			if took := time.Since(start); reads != c.reads || took != c.took {
				t.Errorf("%s: %d reads in %s, want %d in %s", name, reads, took, c.reads, c.took)
			}
		})
	}
}
