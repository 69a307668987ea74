package keymutex

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// left are the keys that somebody holds or waits for.
func left() int {
	mu.Lock()
	defer mu.Unlock()
	return len(turns)
}

func lock(t *testing.T, key any) (unlock func()) {
	t.Helper()
	unlock, err := Lock(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	return unlock
}

func TestOperationsOnOneObjectFollowEachOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var events []string
		var all sync.WaitGroup
		for _, name := range []string{"a", "b", "c"} {
			all.Go(func() {
				defer lock(t, "ticket")()
				events = append(events, name) // a race, were they not one at a time
				time.Sleep(time.Second)
				events = append(events, name)
			})
			synctest.Wait()
		}
		all.Wait()
		if want := []string{"a", "a", "b", "b", "c", "c"}; !slices.Equal(events, want) {
			t.Errorf("they came as %q", events)
		}
		if n := left(); n != 0 {
			t.Errorf("%d keys are left", n)
		}
	})
}

func TestOperationsOnOtherObjectsDoNotWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		type key struct{ client, guid string }
		start := time.Now()
		first, second, third := lock(t, key{"a", "1"}), lock(t, key{"a", "2"}), lock(t, key{"b", "1"})
		if n := left(); n != 3 || time.Since(start) != 0 {
			t.Errorf("%d are held after %s", n, time.Since(start))
		}
		for _, unlock := range []func(){second, first, third} {
			unlock()
		}
		if n := left(); n != 0 {
			t.Errorf("%d keys are left", n)
		}
	})
}

func TestWhoeverIsCancelledWhileWaitingHoldsUpNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		unlock := lock(t, "ticket")
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if never, err := Lock(ctx, "ticket"); !errors.Is(err, context.DeadlineExceeded) || never != nil {
			t.Errorf("got %v", err)
		}
		if n := left(); n != 1 {
			t.Errorf("%d keys while one is held", n)
		}
		unlock()
		lock(t, "ticket")() // at once, or the test hangs
		if n := left(); n != 0 {
			t.Errorf("%d keys are left", n)
		}
	})
}

func TestAKeyThatIsWaitedForOutlivesItsHolder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		unlock := lock(t, "ticket")
		var next func()
		go func() { next = lock(t, "ticket") }()
		synctest.Wait()
		unlock()
		synctest.Wait()
		if next == nil || left() != 1 {
			t.Fatalf("%d keys; the one who waited has its turn: %t", left(), next != nil)
		}
		next()
		if n := left(); n != 0 {
			t.Errorf("%d keys are left", n)
		}
	})
}
