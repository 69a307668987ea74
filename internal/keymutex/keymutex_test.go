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

// inUse returns the number of keys that are locked or waited for.
func inUse() int {
	mu.Lock()
	defer mu.Unlock()
	return len(entries)
}

func lock(t *testing.T, owner any, object string) (unlock func()) {
	t.Helper()
	unlock, err := Lock(t.Context(), owner, object)
	if err != nil {
		t.Fatal(err)
	}
	return unlock
}

func TestLock_SerializesOneKey(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var events []string
		var all sync.WaitGroup
		for _, name := range []string{"a", "b", "c"} {
			all.Go(func() {
				defer lock(t, t, "ticket")()
				events = append(events, name) // a race without the lock
				time.Sleep(time.Second)
				events = append(events, name)
			})
			synctest.Wait()
		}
		all.Wait()
		if want := []string{"a", "a", "b", "b", "c", "c"}; !slices.Equal(events, want) {
			t.Errorf("got order %q, want %q", events, want)
		}
		if n := inUse(); n != 0 {
			t.Errorf("%d keys are left", n)
		}
	})
}

func TestLock_OtherKeysDoNotWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		first, second, third := lock(t, "a", "1"), lock(t, "a", "2"), lock(t, "b", "1")
		if n := inUse(); n != 3 || time.Since(start) != 0 {
			t.Errorf("%d keys are locked after %s", n, time.Since(start))
		}
		for _, unlock := range []func(){second, first, third} {
			unlock()
		}
		if n := inUse(); n != 0 {
			t.Errorf("%d keys are left", n)
		}
	})
}

func TestLock_CancelledWaiterLeavesTheKeyToOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		unlock := lock(t, t, "ticket")
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if never, err := Lock(ctx, t, "ticket"); !errors.Is(err, context.DeadlineExceeded) || never != nil {
			t.Errorf("got %v", err)
		}
		if n := inUse(); n != 1 {
			t.Errorf("%d keys while one is locked", n)
		}
		unlock()
		lock(t, t, "ticket")() // immediately, or the test hangs
		if n := inUse(); n != 0 {
			t.Errorf("%d keys are left", n)
		}
	})
}

func TestLock_WaiterKeepsTheKey(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		unlock := lock(t, t, "ticket")
		var next func()
		go func() { next = lock(t, t, "ticket") }()
		synctest.Wait()
		unlock()
		synctest.Wait()
		if next == nil || inUse() != 1 {
			t.Fatalf("%d keys; the waiter has the lock: %t", inUse(), next != nil)
		}
		next()
		if n := inUse(); n != 0 {
			t.Errorf("%d keys are left", n)
		}
	})
}
