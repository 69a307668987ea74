package reconcile_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

var enabled = reconcile.Request{Status: lifecycle.Enabled}

func TestReconcile_InterruptedWait(t *testing.T) {
	inVirtualTime(t, "Pending", simulator.Settings{}, func(b *fixture) {
		ctx, cancel := context.WithCancel(context.Background())
		time.AfterFunc(3*time.Minute+time.Second, cancel)
		began := time.Now()
		_, err := b.drive(ctx, enabled)
		if !errors.Is(err, context.Canceled) || time.Since(began) != 3*time.Minute+time.Second {
			b.Errorf("after %s: %v", time.Since(began), err)
		}
	})
}

func TestReconcile_PollIntervalGrows(t *testing.T) {
	inVirtualTime(t, "Pending", simulator.Settings{}, func(b *fixture) {
		_, err := b.drive(b.within(20*time.Minute), enabled)
		if !errors.Is(err, context.DeadlineExceeded) {
			b.Errorf("got %v", err)
		}
		var last, longest time.Duration
		reads := slices.DeleteFunc(b.server.Requests(), func(r simulator.Request) bool { return r.Path != readOne })
		for i := 3; i < len(reads); i++ {
			pause := reads[i].Time.Sub(reads[i-1].Time)
			if pause < last-time.Second {
				b.Errorf("look %d came %s after the one before, which came after %s", i, pause, last)
			}
			last, longest = pause, max(longest, pause)
		}
		if longest != 15*time.Second {
			b.Errorf("the longest pause is %s", longest)
		}
	})
}

func TestReconcile_WaitSurvivesOutage(t *testing.T) {
	inVirtualTime(t, "Pending", simulator.Settings{}, func(b *fixture) {
		time.AfterFunc(time.Minute, func() { b.inject("", simulator.Status503, 20) })
		time.AfterFunc(8*time.Minute, func() { _ = b.server.ApproveFlow(payments, "ada") })
		b.reaches(lifecycle.Enabled, enabled)
	})
}

func TestReconcile_TimeoutNamesLastError(t *testing.T) {
	inVirtualTime(t, "Pending", simulator.Settings{}, func(b *fixture) {
		time.AfterFunc(time.Minute, func() { b.inject("", simulator.Status503, 0) })
		_, err := b.drive(b.within(5*time.Minute), enabled)
		b.fails(err, failure.TimedOut, "after 5m waiting for project Payments to become Enabled (last status: "+
			"Pending); the last error was: ")
	})
}

func TestReconcile_MissingScopeEndsWait(t *testing.T) {
	inVirtualTime(t, "Pending", simulator.Settings{}, func(b *fixture) {
		time.AfterFunc(time.Minute, func() { b.inject("", simulator.InsufficientScope, 0) })
		began := time.Now()
		_, err := b.drive(b.within(time.Hour), enabled)
		if err == nil || time.Since(began) > 2*time.Minute {
			b.Errorf("after %s: %v", time.Since(began), err)
		}
	})
}

func TestReconcile_TicketAppearsLate(t *testing.T) {
	inVirtualTime(t, "Draft", simulator.Settings{TicketDelay: 90_000, StatusLag: 3000}, func(b *fixture) {
		b.reaches(lifecycle.Enabled, selfApproved)
		b.once(simulator.EventSubmitted, simulator.EventFlowApproved)
	})
}

func TestReconcile_TwoRuns(t *testing.T) {
	inVirtualTime(t, "Draft", simulator.Settings{TicketDelay: 5000}, func(b *fixture) {
		second := make(chan error)
		other := driverFor(b.T, b.server, "ada")
		time.AfterFunc(2*time.Second, func() {
			_, err := (&fixture{b.T, b.server, other}).drive(b.within(time.Minute), selfApproved)
			second <- err
		})
		b.reaches(lifecycle.Enabled, selfApproved)
		if err := <-second; err != nil {
			b.Errorf("the second run: %v", err)
		}
		b.once(simulator.EventSubmitted, simulator.EventFlowApproved)
	})
}

func TestReconcile_TwoResourcesSubmitOnce(t *testing.T) {
	inVirtualTime(t, "Draft", simulator.Settings{StatusLag: 1200}, func(b *fixture) {
		guid := b.server.Projects()[0].GUID
		order := reconcile.Request{Status: lifecycle.Enabled, SelfApprove: true, GUID: guid}
		var both sync.WaitGroup
		for range 2 {
			both.Go(func() { b.reaches(lifecycle.Enabled, order) })
		}
		both.Wait()
		b.once(simulator.EventSubmitted, simulator.EventFlowApproved)
	})
}

func TestReconcile_RefusedBecauseAnotherRunWasFaster(t *testing.T) {
	inVirtualTime(t, "Disabled", simulator.Settings{}, func(b *fixture) {
		moved := false
		b.server.OnRequest(func(r simulator.Request) {
			if r.Path == update && !moved {
				moved = true
				b.server.SetProjectStatus(payments, "Enabled") // now Enabled to Enabled is refused
			}
		})
		b.reaches(lifecycle.Enabled, enabled)
	})
}
