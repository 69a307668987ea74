package edit_test

import (
	"errors"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// quiet checks that no request follows an operation that has ended.
func (f *fixture) quiet() {
	f.Helper()
	before := len(f.server.Requests())
	time.Sleep(time.Minute)
	if n := len(f.server.Requests()) - before; n > 0 {
		f.Errorf("%d requests after the end", n)
	}
}

// pending is a request whose update an earlier run sent, and which waits for its approval.
func (f *fixture) pending(change settings.Change) edit.Request {
	f.Helper()
	request := edit.Request{Change: change}
	result, err := f.request(request, time.Minute)
	f.fails(err, failure.TimedOut)
	request.Pending = result.Pending
	f.start, f.reports = time.Now(), nil
	return request
}

// A wait that continues has the same messages, and sends nothing.
func TestEdit_PendingProgress(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		s, approve, _ := f.held(true)
		request := f.pending(f.add(settings.Use, "lea"))
		s.answer(updateProject, nil)
		time.AfterFunc(30*time.Second, approve)
		if result, err := f.request(request, 5*time.Minute); err != nil || result.Sent || !result.Pending.IsZero() {
			t.Errorf("got %+v, %v", result, err)
		}
		f.took(37500 * time.Millisecond)
		f.reported("100ms: " + approval)
		if n := s.count(updateProject); n != 0 {
			t.Errorf("%d updates were sent", n)
		}
		f.quiet()
	})
}

// The flow for updates is gone, and the caller never saw a ticket: the update may still be carried out.
func TestEdit_PendingWithoutFlow(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		s, _, _ := f.held(false)
		request := f.pending(f.add(settings.Use, "lea"))
		s.flow = nil
		result, err := f.request(request, time.Minute)
		f.fails(err, failure.TimedOut, "the caller sees none")
		if result.Pending != request.Pending {
			t.Errorf("got %+v", result)
		}
		f.took(time.Minute)
	})
}

// The flow for updates is removed while a ticket waits, and the ticket is closed then.
func TestEdit_FlowRemovedMeanwhile(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		s, _, reject := f.held(true)
		time.AfterFunc(30*time.Second, func() { s.flow = nil; reject() })
		result, err := f.request(edit.Request{Change: f.add(settings.Use, "lea")}, time.Hour)
		f.fails(err, failure.Rejected, "flow ticket 4711 is closed")
		if !result.Sent || !result.Pending.IsZero() {
			t.Errorf("got %+v", result)
		}
		f.quiet()
	})
}

// The ticket that a create found is closed. The change is sent then, whatever other tickets are open.
func TestEdit_CreateAfterRejection(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		s := f.script()
		flow := updateFlow
		s.flow = &flow
		f.server.AddFlowTicket(simulator.FlowTicket{DN: payments, Approvers: []string{"adam"}, ID: 4711})
		time.AfterFunc(5*time.Second, func() {
			_ = f.server.RejectFlow("Payments", "adam", "no")
			f.server.AddFlowTicket(simulator.FlowTicket{DN: payments, Approvers: []string{"adam"}, ID: 4712})
		})
		request := edit.Request{Change: f.add(settings.Use, "lea"), Create: true}
		if result, err := f.request(request, time.Minute); err != nil || !result.Sent {
			t.Errorf("got %+v, %v", result, err)
		}
		f.sent(1)
		f.quiet()
	})
}

// The caller may not see the project any more, but this run sent nothing that took its role.
func TestEdit_PendingUnreadable(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		s, _, _ := f.held(true)
		request := f.pending(f.remove(settings.Use, "kim"))
		s.answer(getProject, after(1, errForbidden))
		result, err := f.request(request, time.Minute)
		f.fails(err, failure.Indeterminate)
		if result.LostAccess || result.Sent {
			t.Errorf("got %+v", result)
		}
		f.took(100 * time.Millisecond)
		f.quiet()
	})
}

// The answer of an earlier run was lost. Its change waits for the ticket that is open now; another change
// is sent.
func TestEdit_UnsureOfEarlierRun(t *testing.T) {
	for name, other := range map[string]bool{"same change": false, "another change": true} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, nil, func(f *fixture) {
				s := f.script()
				flow := updateFlow
				s.flow = &flow
				s.answer(updateProject, first(errLost))
				request := edit.Request{Change: f.add(settings.Use, "lea")}
				result, err := f.request(request, time.Minute)
				f.fails(err, failure.OutcomeUnknown)
				f.server.AddFlowTicket(simulator.FlowTicket{DN: payments, Approvers: []string{"adam"}, ID: 4711})
				if request.Pending = result.Pending; other {
					request.Change = text("New")
				}
				result, err = f.request(request, time.Minute)
				if other {
					if err != nil || !result.Sent {
						t.Errorf("got %+v, %v", result, err)
					}
					return
				}
				f.fails(err, failure.TimedOut, "flow ticket 4711")
				if result.Sent || result.Pending.Unsure || result.Pending.Ticket != 4711 {
					t.Errorf("got %+v", result)
				}
			})
		})
	}
}

// The ticket of the earlier run is awaited, not a newer one.
func TestEdit_PendingWithNewerTicket(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		f.held(true)
		request := f.pending(f.add(settings.Use, "lea"))
		f.server.AddFlowTicket(simulator.FlowTicket{DN: payments, Approvers: []string{"adam"}, ID: 4712})
		result, err := f.request(request, time.Minute)
		f.fails(err, failure.TimedOut, "flow ticket 4711")
		if result.Pending.Ticket != 4711 {
			t.Errorf("got %+v", result)
		}
	})
}

// A new project shows late after its update was accepted. Another failure of the read is final.
func TestCreate_ShowsLateAfterUpdate(t *testing.T) {
	for name, c := range map[string]struct {
		answer error
		shows  time.Duration
		code   failure.Code
	}{
		"in time":  {errNotFound, 3 * time.Second, ""},
		"never":    {errNotFound, time.Hour, failure.NotFound},
		"no scope": {errNoScope, time.Hour, ""},
	} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, nil, func(f *fixture) {
				s := f.script()
				hidden := func(int) error {
					if time.Since(f.start) < c.shows {
						return c.answer
					}
					return nil
				}
				s.answer(getProject, hidden)
				s.answer(isValid, hidden)
				created, err := f.create(f.full())
				switch {
				case c.answer == errNoScope:
					if !errors.Is(err, errNoScope) {
						t.Errorf("got %v", err)
					}
					f.took(100 * time.Millisecond)
				case c.code != "":
					f.fails(err, c.code)
				case err != nil:
					t.Error(err)
				}
				if !created.Sent || created.LostAccess || created.Project == nil {
					t.Errorf("got %+v", created)
				}
				f.sent(1)
				f.quiet()
			})
		})
	}
}

// A ticket that nothing has shown yet is looked for when the caller leaves.
func TestEdit_LeavesEarly(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		f.held(true)
		result, err := f.request(edit.Request{Change: f.add(settings.Use, "lea")}, 5*time.Second)
		f.fails(err, failure.TimedOut, "Undecided: flow ticket 4711")
		if result.Pending.Ticket != 4711 {
			t.Errorf("got %+v", result)
		}
		f.reported(sending)
		f.quiet()
	})
}

// A slow read after the update is not cut off while its caller waits.
func TestEdit_SlowRead(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		f.server.Inject(simulator.Fault{Path: getProject, Kind: simulator.Latency, Delay: 8 * time.Second})
		if _, err := f.edit(f.add(settings.Use, "lea")); err != nil {
			t.Error(err)
		}
		f.took(16100 * time.Millisecond)
	})
}

// A caller that takes the role from itself cannot see the project afterwards.
func TestEdit_LostAccessOfAll(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		f.editor = f.editorOf("olga")
		for _, err := range f.together(f.exactly(settings.Owner, "lea"), text("New")) {
			if err != nil {
				t.Error(err)
			}
		}
		f.sent(1)
		f.quiet()
		_, err := f.editor.Edit(f.within(), client.ByDN(payments), "", edit.Request{Change: text("Newer")})
		f.fails(err, failure.Indeterminate)
	})
}
