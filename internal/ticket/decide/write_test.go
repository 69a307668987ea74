package decide

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
)

// recorder keeps the request of a decision.
type recorder struct {
	*fake
	sent *client.TicketDecision
}

func (r *recorder) UpdateTicketStatus(ctx context.Context, d client.TicketDecision) error {
	*r.sent = d
	return r.fake.UpdateTicketStatus(ctx, d)
}

func TestDecide_Processed(t *testing.T) {
	f := &fake{ticket: ticket(pending()), vanishes: true}
	got, err := f.decider().Decide(t.Context(), first(approved()))
	if err != nil || !got.Processed || !got.Sent || got.Ticket.Created.IsZero() {
		t.Errorf("got %+v, %v", got, err)
	}
	f.wantCalls(t, "Details,Update,Details")
}

func TestDecide_ConsumedBeforeWrite(t *testing.T) {
	f := &fake{ticket: ticket(pending())}
	f.updates = []func(func()) error{func(func()) error { f.ticket = nil; return errNotFound }}
	_, err := f.decider().Decide(t.Context(), first(approved()))
	wantError(t, err, failure.Consumed, "another approver", "not carried out", "was Pending")
	f.wantCalls(t, "Details,Update,Details")
}

func TestDecide_ShownLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{ticket: ticket(pending()), lag: 3}
		start := time.Now()
		got, err := f.decider().Decide(t.Context(), first(rejected()))
		if err != nil || got.Ticket.Status != "Rejected" {
			t.Errorf("got %+v, %v", got, err)
		}
		f.wantCalls(t, "Details,Update,Details,Details,Details,Details")
		if waited := time.Since(start); waited != 2375*time.Millisecond { // 0.5 + 0.75 + 1.125
			t.Errorf("waited %s", waited)
		}
	})
}

func TestDecide_NotShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{ticket: ticket(pending()), lag: 1000}
		f.ticket.Approvers = []string{"local:{bob}"}
		start := time.Now()
		_, err := f.decider().Decide(t.Context(), first(rejected()))
		wantError(t, err, failure.NotShown, "accepted", "still Pending")
		if waited := time.Since(start); waited < time.Minute || waited > 75*time.Second {
			t.Errorf("waited %s", waited)
		}
		if n := f.sent(); n != 1 {
			t.Errorf("sent %d times", n)
		}
	})
}

func TestDecide_NotShownInterrupted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{ticket: ticket(pending()), lag: 1000}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(700*time.Millisecond, cancel)
		start := time.Now()
		_, err := f.decider().Decide(ctx, first(rejected()))
		wantError(t, err, failure.NotShown, "interrupted")
		if waited := time.Since(start); waited != 700*time.Millisecond || !errors.Is(err, context.Canceled) {
			t.Errorf("waited %s for %v", waited, err)
		}
	})
}

func TestDecide_ChangedConcurrently(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{ticket: ticket(pending())}
		f.updates = []func(func()) error{func(func()) error { f.decidedByAnother(rejected()); return nil }}
		got, err := f.decider().Decide(t.Context(), first(approved()))
		wantError(t, err, failure.ChangedConcurrently, "another person", "Approved", "Rejected", "had accepted")
		if f.sent() != 1 || !got.Sent || got.Shown != nil || got.Ticket.Status != "Rejected" {
			t.Errorf("%d sent, %+v", f.sent(), got)
		}
	})
}

func TestDecide_AcceptedButUnreadable(t *testing.T) {
	for name, cause := range map[string]error{"away": errAway, "no right to see it any more": errForbidden} {
		f := &fake{ticket: ticket(pending())}
		f.updates = []func(func()) error{func(commit func()) error {
			commit()
			f.looks = []func() error{func() error { return cause }}
			return nil
		}}
		got, err := f.decider().Decide(t.Context(), first(between(1)))
		if err != nil || !got.Sent || got.Ticket.Status != "Approved Between" ||
			!noted(got, "could not be read afterwards") {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
}

func TestDecide_ReadsBackAfterInterruption(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	f := &fake{ticket: ticket(pending())}
	f.updates = []func(func()) error{func(commit func()) error { commit(); cancel(); return nil }}
	got, err := f.decider().Decide(ctx, first(rejected()))
	if err != nil || got.Ticket.Status != "Rejected" || len(got.Notes) != 0 {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestReopen(t *testing.T) {
	for name, c := range map[string]struct {
		server *fake
		calls  string
		after  string
	}{
		"a decided ticket":      {&fake{ticket: ticket(between(1))}, "Details,Update,Details", "Pending"},
		"a pending ticket":      {&fake{ticket: ticket(pending())}, "Details", "Pending"},
		"a ticket that is gone": {&fake{}, "Details,Refresh,Details,Exists", ""},
		"a ticket that goes meanwhile": {&fake{
			ticket:  ticket(approved()),
			updates: []func(func()) error{func(func()) error { return errNotFound }},
		}, "Details,Update" + lateReads, "Approved"},
	} {
		synctest.Test(t, func(t *testing.T) {
			if err := c.server.decider().Reopen(t.Context(), guid); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			c.server.wantCalls(t, c.calls)
			if c.after != "" && c.server.ticket.Status != c.after {
				t.Errorf("%s: it is %s", name, c.server.ticket.Status)
			}
		})
	}
}

func TestReopen_Refused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{ticket: ticket(rejected()), noRight: errForbidden, refresh: errScope}
		wantError(t, f.decider().Reopen(t.Context(), guid), failure.Refused, "Pending")
	})
	f := &fake{looks: []func() error{func() error { return errAway }}}
	if err := f.decider().Reopen(t.Context(), guid); !errors.Is(err, errAway) {
		t.Errorf("got %v", err)
	}
}

func TestDecide_AwaitsOtherApprovers(t *testing.T) {
	for name, c := range map[string]struct {
		approvers []string
		wanted    schedule.Decision
		awaited   bool
	}{
		"several approvers":           {[]string{"local:{bob}", "local:{jane}"}, approved(), true},
		"several, in a change window": {[]string{"local:{bob}", "local:{jane}"}, between(1), true},
		"one approver":                {[]string{"local:{bob}"}, approved(), false},
		"a rejection needs no others": {[]string{"local:{bob}", "local:{jane}"}, rejected(), false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := &fake{ticket: ticket(pending()), lag: 1000}
				f.ticket.Approvers = c.approvers
				got, err := f.decider().Decide(t.Context(), first(c.wanted))
				if got.Awaited != c.awaited || (err == nil) != c.awaited || f.sent() != 1 {
					t.Errorf("got %+v, %v after %d sent", got, err, f.sent())
				}
			})
		})
	}
}

func TestDecide_InterruptedBeforeLock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{ticket: ticket(pending())}
		unlock, err := f.decider().lock(t.Context(), strings.ToUpper(guid))
		if err != nil {
			t.Fatal(err)
		}
		defer unlock()
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		_, err = f.decider().Decide(ctx, first(approved()))
		for what, err := range map[string]error{"a decision": err, "a reopening": f.decider().Reopen(ctx, guid)} {
			if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "before anything was sent") {
				t.Errorf("%s: %v", what, err)
			}
		}
		f.wantCalls(t, "")
	})
}
