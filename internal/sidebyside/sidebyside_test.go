package sidebyside_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/sidebyside"
)

func TestEverythingIsDoneOnceAndMuchOfItAtTheSameTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var done [1000]atomic.Int32
		began := time.Now()
		err := sidebyside.Each(t.Context(), len(done), func(_ context.Context, i int) error {
			time.Sleep(time.Second)
			done[i].Add(1)
			return nil
		})
		if took := time.Since(began); err != nil || took != 63*time.Second { // 16 at a time
			t.Errorf("after %s: %v", took, err)
		}
		for i := range done {
			if n := done[i].Load(); n != 1 {
				t.Errorf("%d was done %d times", i, n)
			}
		}
	})
}

func TestTheFirstErrorEndsWhatRunsAndWhatHasNotBegun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		enough := errors.New("enough")
		var begun atomic.Int32
		err := sidebyside.Each(t.Context(), 1000, func(ctx context.Context, i int) error {
			begun.Add(1)
			if i == 7 {
				return enough
			}
			<-ctx.Done()
			return ctx.Err()
		})
		if n := begun.Load(); !errors.Is(err, enough) || n > 16 {
			t.Errorf("%d have begun, %v", n, err)
		}
	})
}

func TestNothingBeginsOnceTheCallerHasGivenUp(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := sidebyside.Each(ctx, 10, func(context.Context, int) error {
		t.Error("something was begun")
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
