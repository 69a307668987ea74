package edit_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const onceMore = "the answer to the update was lost and project Payments does not show it: sending it once more"

// An update is sent again only if its answer was lost and no approval can be the reason that it does not
// show.
func TestEdit_Answers(t *testing.T) {
	for name, c := range map[string]struct {
		answer  func(nth int) error
		code    failure.Code
		words   string
		unsure  bool
		reads   int
		took    time.Duration
		reports []string
	}{
		"carried out": {nil, "", "", false, 2, 100 * time.Millisecond, []string{sending}},
		"lost, carried out": {
			always(carriedOut{errLost}), "", "", false, 3, 100 * time.Millisecond, []string{sending},
		},
		"lost, not carried out": {
			first(errLost), "", "", false, 9, 10500 * time.Millisecond,
			[]string{sending, "10.5s: " + onceMore, "10.5s: updating project Payments (changes merged: 1)"},
		},
		"lost twice": {
			always(errLost), failure.OutcomeUnknown, "the answer to the update of project Payments was lost", true,
			15, 20900 * time.Millisecond,
			[]string{sending, "10.5s: " + onceMore, "10.5s: updating project Payments (changes merged: 1)"},
		},
		"refused": {
			always(signError(2)), failure.Refused, "its settings are unchanged", false, 2, 100 * time.Millisecond,
			[]string{sending},
		},
		"partial, nothing there": {
			always(signError(10)), failure.Refused, "its settings are unchanged", false, 8, 10500 * time.Millisecond,
			[]string{sending},
		},
		"missing": {
			always(errNotFound), failure.Refused, "its settings are unchanged", false, 2, 100 * time.Millisecond,
			[]string{sending},
		},
		"not sent": {
			always(errNoScope), failure.Refused, "its settings are unchanged", false, 2, 100 * time.Millisecond,
			[]string{sending},
		},
	} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, nil, func(f *fixture) {
				s := f.script()
				s.answer(updateProject, c.answer)
				result, err := f.edit(f.add(settings.Use, "lea"))
				if c.code != "" {
					f.fails(err, c.code, c.words)
				} else if err != nil {
					t.Error(err)
				}
				if result.Pending.Unsure != c.unsure || result.Pending.IsZero() == c.unsure || !result.Sent {
					t.Errorf("got %+v", result)
				}
				f.took(c.took)
				f.reported(c.reports...)
				time.Sleep(time.Second)
				if n := s.count(getProject); n != c.reads {
					t.Errorf("%d reads, want %d", n, c.reads)
				}
			})
		})
	}
}

// The answer of the server to the first attempt comes late, after a partial failure or a lost answer.
func TestEdit_ShowsLateAfterFailure(t *testing.T) {
	for name, answer := range map[string]error{"partial": signError(10), "lost": errLost} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, func(w *simulator.World) { w.Settings.UpdateLag = 3000 }, func(f *fixture) {
				s := f.script()
				s.answer(updateProject, always(carriedOut{answer}))
				s.answer(getProject, first(nil, errBusy))
				result, err := f.edit(f.add(settings.Use, "lea"))
				if err != nil || (result.Doubt != nil) != (name == "partial") {
					t.Errorf("got %+v, %v", result, err)
				}
				f.took(4200 * time.Millisecond)
				f.sent(1)
			})
		})
	}
}

// The server carried out a part of an update, and its answer was lost.
func TestEdit_LostAndPartlyApplied(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		s := f.script()
		s.answer(updateProject, always(carriedOut{errLost}))
		s.update = func(u *client.ProjectUpdate) error { u.KeyUsers.Items = f.trustees([]string{"kim"}); return nil }
		change := f.add(settings.Use, "lea")
		change.Description = text("New").Description
		result, err := f.edit(change)
		f.fails(err, failure.PartlyApplied, "only a part of the update of project Payments: lost", "key_users with lea")
		if !errors.Is(err, errLost) || !result.Pending.IsZero() || result.Project.Description != "New" {
			t.Errorf("got %+v, %v", result, err)
		}
		time.Sleep(time.Second)
		if n := s.count(getProject); n != 8 {
			t.Errorf("%d reads, want 8", n)
		}
		f.sent(1)
	})
}

// The answer was lost, and a flow ticket is there: the update waits for its approval.
func TestEdit_LostAndHeld(t *testing.T) {
	inVirtualTime(t, updateFlowOf("approved"), func(f *fixture) {
		s := f.script()
		flow := updateFlow
		s.flow = &flow
		s.answer(updateProject, always(carriedOut{errLost}))
		result, err := f.request(edit.Request{Change: f.add(settings.Use, "lea")}, 2*time.Minute)
		if err != nil || !result.Sent || !result.Pending.IsZero() {
			t.Errorf("got %+v, %v", result, err)
		}
		f.sent(1)
		f.has(settings.Use, "kim", "lea")
		f.reported(sending, "20.9s: "+approval)
	})
}

// The caller leaves during the update. It is not sent again, whatever the answer.
func TestEdit_InterruptedDuringUpdate(t *testing.T) {
	for name, c := range map[string]struct {
		answer error
		code   failure.Code
		unsure bool
	}{
		"lost":              {errLost, failure.OutcomeUnknown, true},
		"lost, carried out": {carriedOut{errLost}, "", false},
		"not ready":         {signError(3005), failure.Refused, false},
		"refused":           {signError(2), failure.Refused, false},
	} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, nil, func(f *fixture) {
				s := f.script()
				ctx, cancel := context.WithCancel(f.Context())
				s.answer(updateProject, func(int) error {
					cancel()
					time.Sleep(time.Millisecond)
					return c.answer
				})
				request := edit.Request{Change: f.add(settings.Use, "lea")}
				result, err := f.editor.Edit(ctx, client.ProjectRef{}, f.guid, request)
				if c.code != "" {
					f.fails(err, c.code)
				} else if err != nil {
					t.Error(err)
				}
				if result.Pending.Unsure != c.unsure || !result.Sent {
					t.Errorf("got %+v", result)
				}
				if n := s.count(updateProject); n != 1 {
					t.Errorf("%d updates were sent", n)
				}
			})
		})
	}
}

// A change that an earlier run may have sent waits for the newest open ticket. Other changes of the
// project wait for it, too.
func TestEdit_UnsureWithOthers(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		s := f.script()
		flow := updateFlow
		s.flow = &flow
		for _, id := range []int64{4712, 4711} {
			f.server.AddFlowTicket(simulator.FlowTicket{DN: payments, Approvers: []string{"adam"}, ID: id})
		}
		other := f.inBackground(f.within(), text("New"))
		// The change that waits for the ticket is still there when the other one ends.
		later := time.Minute + time.Second
		result, err := f.request(edit.Request{Change: f.add(settings.Use, "lea"), Create: true}, later)
		f.fails(err, failure.TimedOut, "flow ticket 4712", "looks for this ticket first")
		if result.Sent || result.Pending.Ticket != 4712 {
			t.Errorf("got %+v", result)
		}
		f.fails(<-other, failure.TimedOut, "before the update",
			"another change of project Payments waits for an approval")
		f.sent(0)
	})
}

// Without a flow for updates, no ticket can belong to an earlier run.
func TestEdit_UnsureWithoutFlow(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		s := f.script()
		f.server.AddFlowTicket(simulator.FlowTicket{DN: payments, Approvers: []string{"adam"}, ID: 4711})
		s.answer(flowTickets, nil)
		result, err := f.request(edit.Request{Change: f.add(settings.Use, "lea"), Create: true}, time.Minute)
		if err != nil || !result.Sent || s.count(flowTickets) != 0 {
			t.Errorf("got %+v, %v after %d lists of tickets", result, err, s.count(flowTickets))
		}
	})
}

// The tickets cannot be listed while an update waits. A ticket that was seen is still awaited, and the
// message says that it could not be read.
func TestEdit_TicketsUnreadable(t *testing.T) {
	for name, c := range map[string]struct {
		seen  bool
		words string
	}{
		"seen before": {true, "It was sent with flow ticket 4711, which could not be read again. The next apply waits"},
		"never seen":  {false, "the caller sees none"},
	} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, nil, func(f *fixture) {
				s, _, _ := f.held(true)
				s.answer(flowTickets, func(int) error {
					if !c.seen || time.Since(f.start) > 30*time.Second {
						return errBusy
					}
					return nil
				})
				result, err := f.request(edit.Request{Change: f.add(settings.Use, "lea")}, 2*time.Minute)
				f.fails(err, failure.TimedOut, c.words)
				if (result.Pending.Ticket == 4711) != c.seen || !result.Sent {
					t.Errorf("got %+v", result)
				}
				f.took(2 * time.Minute)
			})
		})
	}
}

// A ticket that the list leaves out for a moment is not taken for a rejected one.
func TestEdit_TicketLeftOutOnce(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		s, _, _ := f.held(true)
		s.tickets = func(list []client.FlowTicket) []client.FlowTicket {
			if gone := time.Since(f.start) % time.Minute; gone > 30*time.Second && gone < 40*time.Second {
				return nil
			}
			return list
		}
		_, err := f.request(edit.Request{Change: f.add(settings.Use, "lea")}, 10*time.Minute)
		f.fails(err, failure.TimedOut, "Undecided: flow ticket 4711")
	})
}
