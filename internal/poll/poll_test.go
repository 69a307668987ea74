package poll_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
)

func TestPausesGrowUpToTheLongest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pause := poll.New(4*time.Second, 8*time.Second)
		for i, want := range []time.Duration{4 * time.Second, 6 * time.Second, 8 * time.Second, 8 * time.Second} {
			began := time.Now()
			if !pause.Wait(t.Context()) || time.Since(began) != want {
				t.Errorf("pause %d took %s, want %s", i, time.Since(began), want)
			}
		}
		if pause.Total != 26*time.Second {
			t.Errorf("the total is %s", pause.Total)
		}
	})
}

func TestAPauseEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		pause, began := poll.New(time.Minute, time.Minute), time.Now()
		if pause.Wait(ctx) || time.Since(began) != time.Second || pause.Total != 0 {
			t.Errorf("waited %s", time.Since(began))
		}
	})
}
