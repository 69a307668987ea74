package decide

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
)

// lost is a write whose answer is lost, before or after it was carried out.
func lost(carriedOut bool) func(func()) error {
	return func(commit func()) error {
		if carriedOut {
			commit()
		}
		return errReset
	}
}

// What a look finds after a write whose answer was lost.
func TestDecide_LostAnswer(t *testing.T) {
	for name, c := range map[string]struct {
		order   Request
		ticket  schedule.Decision
		vanish  bool
		updates []func(func()) error
		sent    int
		want    string // status at the end, or the error's words
	}{
		"done": {
			order: first(between(1)), ticket: pending(),
			updates: []func(func()) error{lost(true)}, sent: 1, want: "Approved Between",
		},
		"not done, then once more": {
			order: first(rejected()), ticket: pending(),
			updates: []func(func()) error{lost(false)}, sent: 2, want: "Rejected",
		},
		"done at the second time": {
			order: first(rejected()), ticket: pending(),
			updates: []func(func()) error{lost(false), lost(true)}, sent: 2, want: "Rejected",
		},
		"gone after an approval": {
			order: first(approved()), ticket: pending(), vanish: true,
			updates: []func(func()) error{lost(true)}, sent: 1, want: "Processed",
		},
		"a change, done": {
			order: change(between(1), between(2)), ticket: between(1),
			updates: []func(func()) error{lost(true)}, sent: 1, want: "Approved Between",
		},
		"a change, not done": {
			order: change(between(1), rejected()), ticket: between(1),
			updates: []func(func()) error{lost(false)}, sent: 2, want: "Rejected",
		},
		"a new explanation, done": {
			order: change(between(1), between(1)), ticket: between(1),
			updates: []func(func()) error{lost(true)}, sent: 1, want: "Approved Between",
		},
		"a new explanation, not done": {
			order: change(between(1), between(1)), ticket: between(1),
			updates: []func(func()) error{lost(false)}, sent: 2, want: "Approved Between",
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := &fake{ticket: ticket(c.ticket), vanishes: c.vanish, updates: c.updates}
				got, err := f.decider().Decide(t.Context(), c.order)
				if err != nil || !got.Sent || got.Processed != (c.want == "Processed") {
					t.Fatalf("got %+v, %v", got, err)
				}
				if !got.Processed && got.Ticket.Status != c.want {
					t.Errorf("it is %s", got.Ticket.Status)
				}
				if got.Processed && !noted(got, "is unknown") {
					t.Errorf("notes %q", got.Notes)
				}
				if n := f.sent(); n != c.sent {
					t.Errorf("sent %d times, want %d", n, c.sent)
				}
			})
		})
	}
}

func TestDecide_LostAnswerTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{ticket: ticket(pending()), updates: []func(func()) error{lost(false), lost(false)}}
		_, err := f.decider().Decide(t.Context(), first(approved()))
		wantError(t, err, failure.OutcomeUnknown, "not carried out", "still Pending", "connection reset")
		f.wantCalls(t, "Details,Update"+lateReads+",Update"+lateReads)
	})
}

func TestDecide_LostAnswerAndChangedConcurrently(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{ticket: ticket(pending())}
		f.updates = []func(func()) error{func(func()) error { f.decidedByAnother(rejected()); return errReset }}
		_, err := f.decider().Decide(t.Context(), first(approved()))
		wantError(t, err, failure.ChangedConcurrently, "another person", "Rejected", "was lost")
	})
}

func TestDecide_LostAnswerAndUnreadableTicket(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{ticket: ticket(pending())}
		f.updates = []func(func()) error{func(func()) error {
			f.looks = slices.Repeat([]func() error{func() error { return errAway }}, 7)
			return errReset
		}}
		_, err := f.decider().Decide(t.Context(), first(approved()))
		wantError(t, err, failure.OutcomeUnknown, "the outcome is unknown")
		if f.sent() != 1 {
			t.Error("the decision was sent again")
		}
	})
}

func TestDecide_LostRejectionAndConsumedTicket(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{ticket: ticket(pending())}
		f.updates = []func(func()) error{func(func()) error { f.ticket = nil; return errReset }}
		_, err := f.decider().Decide(t.Context(), first(rejected()))
		wantError(t, err, failure.Consumed, "or another one consumed it")
	})
}

func TestDecide_Interrupted(t *testing.T) {
	for name, carriedOut := range map[string]bool{"after it was carried out": true, "before": false} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				f := &fake{ticket: ticket(pending())}
				f.updates = []func(func()) error{func(commit func()) error {
					cancel()
					if carriedOut {
						commit()
					}
					return errCancelled
				}}
				got, err := f.decider().Decide(ctx, first(rejected()))
				if carriedOut && (err != nil || got.Ticket.Status != "Rejected") {
					t.Errorf("got %+v, %v", got, err)
				}
				if !carriedOut {
					wantError(t, err, failure.OutcomeUnknown, "not carried out")
				}
				if f.sent() != 1 {
					t.Error("it was sent again after the interruption")
				}
			})
		})
	}
}

func TestDecide_ConsumedByFirstAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{ticket: ticket(pending()), vanishes: true}
		f.updates = []func(func()) error{lost(false), func(commit func()) error { commit(); return errNotFound }}
		got, err := f.decider().Decide(t.Context(), first(approved()))
		if err != nil || !got.Processed || len(got.Notes) != 1 {
			t.Errorf("got %+v, %v", got, err)
		}
	})
}

func TestDecide_NotSent(t *testing.T) {
	f := &fake{ticket: ticket(pending())}
	f.updates = []func(func()) error{func(func()) error { return errAway }}
	_, err := f.decider().Decide(t.Context(), first(approved()))
	wantError(t, err, failure.Refused, "not carried out", "connection refused")
	f.wantCalls(t, "Details,Update")
}

func TestReopen_LostAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{ticket: ticket(rejected()), updates: []func(func()) error{lost(true)}}
		if err := f.decider().Reopen(t.Context(), guid); err != nil || f.ticket.Status != schedule.Pending {
			t.Errorf("got %v", err)
		}
	})
}

func TestReopen_LostAnswerAndConsumedTicket(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{ticket: ticket(approved())}
		f.updates = []func(func()) error{func(func()) error { f.ticket = nil; return errReset }}
		if err := f.decider().Reopen(t.Context(), guid); err != nil {
			t.Errorf("got %v", err)
		}
	})
}

// The first attempt may have been carried out late, so that the server refuses the second.
func TestDecide_SecondAttemptRefused(t *testing.T) {
	for name, c := range map[string]struct {
		meanwhile func(f *fake, commit func())
		want      failure.Code
	}{
		"the first was carried out": {func(_ *fake, commit func()) { commit() }, ""},
		"another person was faster": {
			func(f *fake, _ func()) { f.decidedByAnother(rejected()) }, failure.ChangedConcurrently,
		},
		"neither of them was carried out": {func(*fake, func()) {}, failure.Refused},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := &fake{ticket: ticket(pending())}
				f.updates = []func(func()) error{lost(false), func(commit func()) error {
					c.meanwhile(f, commit)
					return errArguments
				}}
				got, err := f.decider().Decide(t.Context(), first(approved()))
				if failure.CodeOf(err) != c.want || got.Sent != (c.want == "") || len(got.Notes) > 0 {
					t.Errorf("got %+v, %v", got, err)
				}
			})
		})
	}
}
