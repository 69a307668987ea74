package edit_test

import (
	"context"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const updateFlow = `\VED\Code Signing\Flows\Update`

// held makes the server hold updates until an approval, and show a ticket to the caller or not.
func (f *fixture) held(visible bool) (s *scripted, approve, reject func()) {
	s = f.script()
	flow := updateFlow
	s.flow, s.hold = &flow, true
	s.update = func(*client.ProjectUpdate) error {
		if visible && s.held == nil {
			f.server.AddFlowTicket(simulator.FlowTicket{DN: payments, Approvers: []string{"adam"}, ID: 4711})
		}
		return nil
	}
	closeTicket := func() {
		if visible {
			_ = f.server.RejectFlow("Payments", "adam", "no")
		}
	}
	return s, func() { _ = s.API.UpdateProject(context.Background(), s.held); closeTicket() }, closeTicket
}

func (f *fixture) request(r edit.Request, timeout time.Duration) (edit.Result, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	return f.editor.Edit(ctx, client.ProjectRef{}, f.guid, r)
}

// The apply times out with the ticket named. The next one waits and sends nothing.
func TestEdit_AwaitsApproval(t *testing.T) {
	for name, visible := range map[string]bool{"visible ticket": true, "invisible ticket": false} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, nil, func(f *fixture) {
				s, approve, _ := f.held(visible)
				updates := 0
				hold := s.update
				s.update = func(u *client.ProjectUpdate) error { updates++; return hold(u) }
				request := edit.Request{Change: f.add(settings.Use, "lea")}
				words := []string{"timed out after 5m0s", "does not send the change again"}
				if visible {
					words = append(words, "flow ticket 4711", "approvers: adam")
				} else {
					words = append(words, "the caller sees none", "terraform state rm")
				}
				result, err := f.request(request, 5*time.Minute)
				f.fails(err, failure.TimedOut, words...)
				if result.Pending.IsZero() || (result.Pending.Ticket == 4711) != visible || !result.Sent {
					t.Fatalf("got %+v", result)
				}
				request.Pending = result.Pending
				result, err = f.request(request, time.Minute)
				f.fails(err, failure.TimedOut)
				go func() { time.Sleep(30 * time.Second); approve() }()
				request.Pending = result.Pending
				if result, err = f.request(request, 5*time.Minute); err != nil || !result.Pending.IsZero() ||
					updates != 1 {
					t.Errorf("got %+v, %v after %d updates", result, err, updates)
				}
				f.has(settings.Use, "kim", "lea")
			})
		})
	}
}

func TestEdit_Rejected(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		_, _, reject := f.held(true)
		go func() { time.Sleep(time.Minute); reject() }()
		result, err := f.request(edit.Request{Change: f.add(settings.Use, "lea")}, time.Hour)
		f.fails(err, failure.Rejected, "flow ticket 4711", "sends the update again")
		if !result.Pending.IsZero() {
			t.Errorf("got %+v", result)
		}
	})
}

// The ticket was rejected between two runs: the change is sent again, as the plan shows.
func TestEdit_RejectedBetweenRuns(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		s, _, reject := f.held(true)
		request := edit.Request{Change: f.add(settings.Use, "lea")}
		result, err := f.request(request, time.Minute)
		f.fails(err, failure.TimedOut)
		reject()
		request.Pending = result.Pending
		_, err = f.request(request, 5*time.Second) // too short to be sure that the ticket is gone
		f.fails(err, failure.TimedOut, "Flow ticket 4711 is no longer listed")
		s.hold = false
		if _, err := f.request(request, 15*time.Second); err != nil {
			t.Error(err)
		}
		f.has(settings.Use, "kim", "lea")
	})
}

// Another configuration, or values that changed meanwhile, are sent.
func TestEdit_PendingOfAnotherChange(t *testing.T) {
	for name, change := range map[string]func(f *fixture, r *edit.Request){
		"configuration": func(f *fixture, r *edit.Request) { r.Change = f.add(settings.Use, "max") },
		"values": func(f *fixture, _ *edit.Request) {
			_ = f.editorOf("adam").API.UpdateProject(context.Background(), &client.ProjectUpdate{
				DN: payments, GUID: f.guid, KeyUsers: client.ListUpdate[string]{Present: true},
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, nil, func(f *fixture) {
				s, _, _ := f.held(false)
				request := edit.Request{Change: f.add(settings.Use, "lea")}
				result, err := f.request(request, time.Minute)
				f.fails(err, failure.TimedOut)
				s.hold, request.Pending = false, result.Pending
				change(f, &request)
				if result, err := f.request(request, time.Minute); err != nil || !result.Sent {
					t.Errorf("got %+v, %v", result, err)
				}
			})
		})
	}
}

// A create has no record of an earlier run: it waits for the open ticket of the project.
func TestEdit_CreateFindsTicket(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		s, approve, _ := f.held(true)
		request := edit.Request{Change: f.add(settings.Use, "lea"), Create: true}
		_, err := f.request(request, time.Minute)
		f.fails(err, failure.TimedOut, "looks for this ticket first")
		sent := s.held
		go func() { time.Sleep(20 * time.Second); approve() }()
		if result, err := f.request(request, time.Minute); err != nil || result.Sent || s.held != sent {
			t.Errorf("got %+v, %v", result, err)
		}
	})
}

// The project is submitted while an update of the draft waits: the newer ticket is the submission's.
func TestEdit_SubmittedWhileUpdateWaits(t *testing.T) {
	draft := func(w *simulator.World) { w.Projects[0].Status = "Draft" }
	inVirtualTime(t, draft, func(f *fixture) {
		f.held(true)
		request := edit.Request{Change: f.add(settings.Use, "lea")}
		result, err := f.request(request, time.Minute)
		f.fails(err, failure.TimedOut, "flow ticket 4711")
		f.server.SetProjectStatus(payments, "Pending")
		for name, pending := range map[string]edit.Pending{
			"known ticket": result.Pending, "unknown ticket": {Digest: result.Pending.Digest},
		} {
			request.Pending = pending
			again, err := f.request(request, time.Minute)
			f.fails(err, failure.TimedOut, "flow ticket 4711")
			if again.Sent || again.Pending.Ticket != 4711 {
				t.Errorf("%s: got %+v", name, again)
			}
		}
	})
}

// While an update waits for its approval, other changes of the project wait, too.
func TestEdit_OthersWaitForApproval(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		s, _, _ := f.held(true)
		updates := 0
		hold := s.update
		s.update = func(u *client.ProjectUpdate) error { updates++; return hold(u) }
		first := make(chan error, 1)
		go func() {
			_, err := f.request(edit.Request{Change: f.add(settings.Use, "lea")}, 10*time.Minute)
			first <- err
		}()
		time.Sleep(time.Minute)
		_, err := f.request(edit.Request{Change: text("New")}, time.Minute)
		f.fails(err, failure.TimedOut, "before the update", "waits for an approval", "Nothing was sent")
		f.fails(<-first, failure.TimedOut)
		if updates != 1 {
			t.Errorf("%d updates", updates)
		}
	})
}

// A cancelled apply reports at once what waits.
func TestEdit_Interrupted(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		f.held(true)
		ctx, cancel := context.WithCancel(context.Background())
		go func() { time.Sleep(time.Minute); cancel() }()
		start := time.Now()
		result, err := f.editor.Edit(ctx, client.ProjectRef{}, f.guid, edit.Request{Change: f.add(settings.Use, "lea")})
		f.fails(err, failure.Interrupted, "flow ticket 4711")
		if time.Since(start) > 61*time.Second || result.Pending.Ticket != 4711 {
			t.Errorf("got %+v after %s", result, time.Since(start))
		}
	})
}
