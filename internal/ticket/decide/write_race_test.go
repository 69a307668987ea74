package decide

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
)

// consumedBy is a write whose answer is err while another approver's decision consumes the ticket.
func consumedBy(f *fake, err error) []func(func()) error {
	return []func(func()) error{func(func()) error { f.ticket = nil; return err }}
}

func after(hours int) schedule.Decision {
	return schedule.Decision{Status: schedule.ApprovedAfter, Start: noon.Add(time.Duration(hours) * time.Hour)}
}

func TestDecide_LostAnswerAndConsumedTicket(t *testing.T) {
	for name, c := range map[string]struct {
		order   Request
		before  schedule.Decision
		counted bool // as carried out
	}{
		"approved":                    {first(approved()), pending(), true},
		"approved after":              {first(after(1)), pending(), false},
		"approved after a past start": {first(after(-1)), pending(), false},
		"approved between":            {first(between(1)), pending(), false},
		"approved in an open window":  {first(between(-1)), pending(), false},
		"rejected":                    {first(rejected()), pending(), false},
		"rejected to approved":        {change(rejected(), approved()), rejected(), true},
		"scheduled to approved":       {change(between(1), approved()), between(1), true},
		"open window to approved":     {change(between(-1), approved()), between(-1), false},
		"approved to approved":        {change(approved(), approved()), approved(), false},
		"window to another":           {change(between(1), between(2)), between(1), false},
		"window to rejected":          {change(between(1), rejected()), between(1), false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := &fake{ticket: ticket(c.before)}
				f.updates = consumedBy(f, errReset)
				got, err := f.decider().Decide(t.Context(), c.order)
				if !got.Processed || got.Ticket.Status != c.before.Status || got.Sent != c.counted {
					t.Errorf("got %+v", got)
				}
				if c.counted {
					if err != nil || !noted(got, "is unknown") {
						t.Errorf("%+v, %v", got, err)
					}
					return
				}
				wantError(t, err, failure.Consumed, "was lost", c.order.Decision.String(), "was "+c.before.String(),
					"or another one consumed it", "connection reset")
			})
		})
	}
}

func TestDecide_SecondAttemptFindsTheTicketConsumed(t *testing.T) {
	for name, c := range map[string]struct {
		wanted  schedule.Decision
		counted bool
	}{"approved": {approved(), true}, "rejected": {rejected(), false}, "approved between": {between(1), false}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := &fake{ticket: ticket(pending())}
				f.updates = append([]func(func()) error{lost(false)}, consumedBy(f, errNotFound)...)
				got, err := f.decider().Decide(t.Context(), first(c.wanted))
				if !got.Processed || got.Sent != c.counted || (err == nil) != c.counted {
					t.Fatalf("got %+v, %v", got, err)
				}
				if !c.counted {
					wantError(t, err, failure.Consumed, guid)
				}
			})
		})
	}
}

func TestDecide_FirstAttemptThatTheServerAnsweredIsNotCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{ticket: ticket(pending())}
		f.updates = consumedBy(f, errNotFound)
		got, err := f.decider().Decide(t.Context(), first(approved()))
		wantError(t, err, failure.Consumed, "another approver", "was not carried out")
		if got.Sent || !got.Processed {
			t.Errorf("got %+v", got)
		}
	})
}

// A server may show the decision of a faster approver late.
func TestDecide_LostRaceOnALateServer(t *testing.T) {
	for name, refusal := range map[string]error{
		"privileges": errForbidden, "arguments": errArguments,
		"not found": errNotFound,
	} {
		t.Run(name, func(t *testing.T) {
			race := func(
				t *testing.T, theirs *client.WorkflowTicket, order Request,
			) (*fake, Outcome, time.Duration, error) {
				f := &fake{ticket: ticket(pending()), refresh: errScope}
				f.updates = []func(func()) error{func(func()) error {
					f.shownLate, f.lag, f.ticket = f.ticket, 5, theirs
					return refusal
				}}
				start := time.Now()
				got, err := f.decider().Decide(t.Context(), order)
				return f, got, time.Since(start), err
			}
			synctest.Test(t, func(t *testing.T) {
				_, got, waited, err := race(t, ticket(approved()), first(approved()))
				if err != nil || got.Sent || got.Processed || !noted(got, "Another approver") ||
					waited != 6593750*time.Microsecond {
					t.Errorf("the same decision: %+v, %v after %s", got, err, waited)
				}
				_, got, _, err = race(t, ticket(rejected()), first(approved()))
				wantError(t, err, failure.ChangedConcurrently, "another person", "refused", "Rejected")
				if got.Sent || got.Ticket.Status != schedule.Rejected {
					t.Errorf("another decision: %+v", got)
				}
				_, got, _, err = race(t, nil, first(approved()))
				wantError(t, err, failure.Consumed, "another approver")
				if got.Sent || !got.Processed {
					t.Errorf("consumed: %+v", got)
				}
			})
		})
	}
}

func TestDecide_RefusalIsFinalAfterTheConsistencyWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{ticket: ticket(pending())}
		f.updates = []func(func()) error{func(func()) error { return errArguments }}
		start := time.Now()
		got, err := f.decider().Decide(t.Context(), first(approved()))
		wantError(t, err, failure.Refused, "was not carried out")
		if waited := time.Since(start); waited < 10*time.Second || waited > 12*time.Second || got.Sent ||
			got.Processed || f.sent() != 1 {
			t.Errorf("waited %s for %+v", waited, got)
		}
		f.updates = []func(func()) error{func(func()) error { return errScope }}
		start = time.Now()
		_, err = f.decider().Decide(t.Context(), first(approved()))
		wantError(t, err, failure.Refused, "security")
		if waited := time.Since(start); waited != 0 {
			t.Errorf("waited %s for an answer about the token", waited)
		}
	})
}

func TestDecide_AcknowledgedBeforeALateServerShowsIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{ticket: ticket(pending())}
		f.updates = []func(func()) error{func(commit func()) error {
			commit()
			f.shownLate, f.lag = ticket(rejected()), 3 // the decision before ours, which the server shows late
			return nil
		}}
		start := time.Now()
		got, err := f.decider().Decide(t.Context(), first(between(1)))
		if waited := time.Since(start); err != nil || !got.Sent || waited != 2375*time.Millisecond {
			t.Errorf("got %+v, %v after %s", got, err, waited)
		}
	})
}

func TestDecide_LateCommitIsNotSentAgain(t *testing.T) {
	for name, c := range map[string]struct {
		delay time.Duration
		stop  bool
	}{"7 s": {7 * time.Second, false}, "9.9 s": {
		9900 * time.Millisecond,
		false,
	}, "interrupted": {9900 * time.Millisecond, true}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				f := &fake{ticket: ticket(pending())}
				f.updates = []func(func()) error{func(commit func()) error {
					time.AfterFunc(c.delay, commit)
					if c.stop {
						cancel()
					}
					return errReset
				}}
				got, err := f.decider().Decide(ctx, first(rejected()))
				if err != nil || !got.Sent || got.Ticket.Status != schedule.Rejected || f.sent() != 1 {
					t.Errorf("got %+v, %v after %d writes", got, err, f.sent())
				}
			})
		})
	}
}

// Only a ticket that certainly is gone has been consumed.
func TestDecide_ChangeWhoseTicketCannotBeRead(t *testing.T) {
	for name, c := range map[string]struct {
		server *fake
		want   error
	}{
		"no answer": {
			&fake{ticket: ticket(between(1)), looks: []func() error{func() error { return errAway }}},
			errAway,
		},
		"no right": {
			&fake{ticket: ticket(between(1)), hidden: errForbidden, refresh: errScope}, errForbidden,
		},
		"hidden, but it exists": {
			&fake{ticket: ticket(between(1)), hidden: errNotFound, refresh: errScope}, errNotFound,
		},
		"no answer to Exists": {&fake{exists: []any{errAway}}, errAway},
	} {
		got, err := c.server.decider().Decide(t.Context(), change(between(1), between(2)))
		if !errors.Is(err, c.want) || got.Processed || isConsumed(err) || c.server.sent() != 0 {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestReopen_LeavesAPendingTicketAlone(t *testing.T) {
	f := &fake{ticket: ticket(pending())}
	if err := f.decider().Reopen(t.Context(), guid); err != nil || f.sent() != 0 {
		t.Errorf("%d writes, %v", f.sent(), err)
	}
}

func TestReopen_TicketThatCannotBeRead(t *testing.T) {
	for name, f := range map[string]*fake{
		"no answer":             {looks: []func() error{func() error { return errAway }}},
		"hidden, but it exists": {ticket: ticket(rejected()), hidden: errNotFound, refresh: errScope},
	} {
		if err := f.decider().Reopen(t.Context(), guid); err == nil || f.sent() != 0 {
			t.Errorf("%s: %d writes, %v", name, f.sent(), err)
		}
	}
}
