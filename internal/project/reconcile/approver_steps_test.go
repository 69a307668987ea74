package reconcile

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
)

func (s *scripted) RejectFlowTicket(context.Context, int64, string, bool) error {
	return s.write(s.approvals)
}

// anonymous is a server that does not tell the caller's names.
type anonymous struct{ *scripted }

func (anonymous) SelfNames(context.Context) []string { return nil }

func (s *scripted) tracker() *tracker {
	p := s.project
	return newTracker(s.reconciler(), &p, time.Now())
}

func (s *scripted) approver() *approver { return &approver{tracker: s.tracker()} }

func approvedBy(names ...string) []string { return names }

const me, anotherPerson = "LOCAL:{ME}", "local:{another}"

func TestOutcome(t *testing.T) {
	const window = 4 * time.Second
	for name, c := range map[string]struct {
		change func(*scripted, *approver)
		want   poll.WriteResult
		took   time.Duration // at least; the read that ends the window is not before
	}{
		"still pending":  {func(*scripted, *approver) {}, poll.NotApplied, window},
		"lists fail":     {func(s *scripted, _ *approver) { s.listErr = errLost }, poll.NotApplied, window},
		"no ticket":      {func(s *scripted, _ *approver) { s.tickets = nil }, poll.Consumed, window},
		"another ticket": {func(s *scripted, _ *approver) { s.tickets[0].ID = 6 }, poll.Consumed, window},
		"approved by another": {func(s *scripted, _ *approver) {
			s.tickets[0].Approvals = approvedBy(anotherPerson)
		}, poll.NotApplied, window},
		"approved": {func(s *scripted, _ *approver) {
			s.tickets[0].Approvals = approvedBy(anotherPerson, me)
		}, poll.Applied, 0},
		"approved, a rejection": {func(s *scripted, a *approver) {
			s.tickets[0].Approvals, a.approval.Reject = approvedBy(me), true
		}, poll.NotApplied, window},
		"another status": {func(s *scripted, _ *approver) { s.project.Status = lifecycle.Enabled }, poll.Superseded, 0},
		"project unreadable": {func(s *scripted, _ *approver) {
			s.project.Status, s.getErr = lifecycle.Enabled, errLost
		}, poll.NotApplied, window},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := pendingProject()
				a := s.approver()
				ticket := s.tickets[0]
				a.ticket, a.attempts = &ticket, 1
				c.change(s, a)
				start := time.Now()
				if got := a.outcome(t.Context(), window); got != c.want {
					t.Errorf("got %d, want %d", got, c.want)
				}
				if took := time.Since(start); took < c.took || took > 2*c.took {
					t.Errorf("after %s, want %s", took, c.took)
				}
				if c.want == poll.Superseded && a.tracker.project.Status != lifecycle.Enabled {
					t.Errorf("the project is %s for the caller", a.tracker.project.Status)
				}
			})
		})
	}
}

// Without a window there is one read, and no wait.
func TestOutcome_WithoutWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := pendingProject()
		a := s.approver()
		a.plannedTicket = 5
		start := time.Now()
		if got := a.outcome(t.Context(), 0); got != poll.NotApplied || time.Since(start) != 0 {
			t.Errorf("got %d after %s", got, time.Since(start))
		}
	})
	synctest.Test(t, func(t *testing.T) { // a caller that was interrupted gets an outcome too
		s := pendingProject()
		a := s.approver()
		a.plannedTicket = 5
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		start := time.Now()
		if got := a.outcome(ctx, time.Hour); got != poll.NotApplied || time.Since(start) < time.Hour {
			t.Errorf("got %d after %s", got, time.Since(start))
		}
	})
}

func TestApprovedByCaller(t *testing.T) {
	for name, c := range map[string]struct {
		approvals []string
		anonymous bool
		attempts  int
		want      bool
	}{
		"none":                              {nil, false, 1, false},
		"none, names unknown":               {nil, true, 1, false},
		"own":                               {approvedBy(anotherPerson, me), false, 0, true},
		"own, another spelling":             {approvedBy("local:0F1E2D3C4B5A69788796a5b4c3d2e1f0"), false, 0, true},
		"of another":                        {approvedBy(anotherPerson), false, 1, false},
		"names unknown, nothing was sent":   {approvedBy(anotherPerson), true, 0, false},
		"names unknown, something was sent": {approvedBy(anotherPerson), true, 1, true},
	} {
		s := pendingProject()
		a := s.approver()
		if a.attempts = c.attempts; c.anonymous {
			a.tracker.reconciler.API = anonymous{s}
		}
		if got := a.approvedByCaller(t.Context(), &client.FlowTicket{Approvals: c.approvals}); got != c.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
}

func TestSendOnce(t *testing.T) {
	changed := &failure.Error{Code: failure.ChangedSincePlan}
	for name, c := range map[string]struct {
		change            func(*scripted, *approver)
		writes, refreshes int
		done              bool
		code              failure.Code
	}{
		"sent":        {func(*scripted, *approver) {}, 1, 0, true, ""},
		"done":        {func(_ *scripted, a *approver) { a.done = true }, 0, 0, true, ""},
		"foreign":     {func(_ *scripted, a *approver) { a.self = true }, 0, 0, false, ""},
		"of this run": {func(_ *scripted, a *approver) { a.self, a.submitted = true, true }, 1, 0, true, ""},
		"of the plan": {func(_ *scripted, a *approver) { a.self, a.plannedTicket = true, 5 }, 1, 0, true, ""},
		"not of the plan": {func(_ *scripted, a *approver) {
			a.plannedTicket = 6
		}, 0, 0, false, failure.ChangedSincePlan},
		"no ticket":       {func(s *scripted, _ *approver) { s.tickets = nil }, 0, 1, false, ""},
		"gone":            {func(_ *scripted, a *approver) { a.gone = 5 }, 0, 0, false, ""},
		"approved before": {func(s *scripted, _ *approver) { s.tickets[0].Approvals = approvedBy(me) }, 0, 0, true, ""},
		"check fails": {func(_ *scripted, a *approver) {
			a.beforeSend = func(context.Context) error { return changed }
		}, 0, 0, false, failure.ChangedSincePlan},
		"approved, reject": {func(s *scripted, a *approver) {
			s.tickets[0].Approvals, a.approval.Reject = approvedBy(me), true
		}, 1, 0, true, ""},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := pendingProject()
			a := s.approver()
			c.change(s, a)
			err := a.sendOnce(t.Context())
			if failure.CodeOf(err) != c.code || s.writes != c.writes || s.refreshes != c.refreshes || a.done != c.done {
				t.Errorf("%s: %d writes, %d refreshes, done %t: %v", name, s.writes, s.refreshes, a.done, err)
			}
			if sent := c.writes > 0 || name == "approved before"; (a.ticket != nil) != sent {
				t.Errorf("%s: ticket %+v", name, a.ticket)
			}
		})
	}
}

func TestSendOnce_RefreshesOnce(t *testing.T) {
	s := pendingProject()
	s.tickets = nil
	a := s.approver()
	for range 3 {
		if err := a.sendOnce(t.Context()); err != nil {
			t.Error(err)
		}
	}
	if s.refreshes != 1 {
		t.Errorf("%d refreshes", s.refreshes)
	}
}

// The check comes before the first attempt only.
func TestSendOnce_ChecksOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := pendingProject()
		s.approvals = []error{errLost}
		a := s.approver()
		checks := 0
		a.beforeSend = func(context.Context) error { checks++; return nil }
		first, second := a.sendOnce(t.Context()), a.sendOnce(t.Context())
		if !errors.Is(first, errLost) || failure.CodeOf(second) != failure.Refused || checks != 1 || s.writes != 2 {
			t.Errorf("%d checks, %d writes: %v, %v", checks, s.writes, first, second)
		}
	})
}

// A second attempt is for lost answers of a server that may answer later.
func TestSend_Failures(t *testing.T) {
	for name, c := range map[string]struct {
		err      *client.Error
		attempts int // before
		again    bool
		took     bool // the effect may show late
	}{
		"lost":        {errLost, 0, true, true},
		"lost twice":  {errLost, 1, false, true},
		"cancelled":   {errStopped, 0, false, true},
		"refused":     {errRefused, 0, false, true},
		"not allowed": {&client.Error{Reason: client.Forbidden, Delivery: client.Answered}, 0, false, true},
		"scope": {
			&client.Error{Reason: client.MissingScope, Delivery: client.Answered}, 0, false, false,
		},
		"unclear, not passing": {&client.Error{Reason: client.MissingScope, Delivery: client.Unclear}, 0, false, true},
		"busy, not sent":       {&client.Error{Reason: client.Unavailable, Delivery: client.NotSent}, 0, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := pendingProject()
				s.approvals = []error{c.err}
				a := s.approver()
				a.ticket, a.attempts = &s.tickets[0], c.attempts
				start := time.Now()
				err := a.send(t.Context())
				if again := err == error(c.err); again != c.again || !again && failure.CodeOf(err) != failure.Refused {
					t.Errorf("got %v", err)
				}
				if took := time.Since(start) > 0; took != c.took {
					t.Errorf("after %s", time.Since(start))
				}
			})
		})
	}
}

func TestSend_Outcomes(t *testing.T) {
	for name, c := range map[string]struct {
		onWrite func(*scripted)
		done    bool
		gone    int64
	}{
		"given": {func(s *scripted) { s.tickets[0].Approvals = approvedBy(me) }, true, 0},
		"ended": {func(s *scripted) { s.project.Status = lifecycle.Enabled }, false, 0},
		"gone":  {func(s *scripted) { s.tickets = nil }, false, 5},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := pendingProject()
				s.approvals = []error{errRefused}
				s.onWrite = func() { c.onWrite(s) }
				a := s.approver()
				ticket := s.tickets[0]
				a.ticket = &ticket
				if err := a.send(t.Context()); err != nil || a.done != c.done || a.gone != c.gone {
					t.Errorf("done %t, gone %d: %v", a.done, a.gone, err)
				}
			})
		})
	}
}

func TestOtherTicket(t *testing.T) {
	for name, c := range map[string]struct {
		reject   bool
		attempts int
		status   lifecycle.Status
		done     bool
		code     failure.Code
	}{
		"another submission":             {false, 1, lifecycle.Pending, false, failure.ChangedSincePlan},
		"decided":                        {false, 1, lifecycle.Enabled, false, ""},
		"rejection sent before":          {true, 1, lifecycle.Pending, true, ""},
		"rejection, nothing sent before": {true, 0, lifecycle.Pending, false, failure.ChangedSincePlan},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := pendingProject()
				a := s.approver()
				a.plannedTicket, a.attempts, a.approval.Reject = 4, c.attempts, c.reject
				s.project.Status = c.status
				err := a.otherTicket(t.Context(), 4, &s.tickets[0])
				if failure.CodeOf(err) != c.code || a.done != c.done {
					t.Errorf("done %t: %v", a.done, err)
				}
			})
		})
	}
}
