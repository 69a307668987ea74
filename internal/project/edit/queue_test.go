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

// inBackground makes a change and returns its outcome later.
func (f *fixture) inBackground(ctx context.Context, change settings.Change) <-chan error {
	done := make(chan error, 1)
	go func() {
		_, err := f.editor.Edit(ctx, client.ProjectRef{}, f.guid, edit.Request{Change: change})
		done <- err
	}()
	return done
}

// The caller of a batch leaves, and another change arrives before the batch ends: it is made by the
// next batch.
func TestEdit_ArrivesWhenOthersHaveLeft(t *testing.T) {
	for name, path := range map[string]string{
		"first revision": isValid, "read": getProject, "update": updateProject,
	} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, nil, func(f *fixture) {
				s := f.script()
				ctx, cancel := context.WithCancel(f.Context())
				second := make(chan error, 1)
				s.answer(path, func(nth int) error {
					if nth != 1 {
						return nil
					}
					cancel()
					time.Sleep(time.Millisecond) // until the caller has left
					go func() { second <- <-f.inBackground(f.within(), f.add(settings.Use, "max")) }()
					time.Sleep(time.Millisecond)
					return &client.Error{Reason: client.Cancelled, Err: context.Canceled}
				})
				first := <-f.inBackground(ctx, f.add(settings.Use, "lea"))
				if path != updateProject {
					f.fails(first, failure.Interrupted, "Nothing was sent")
				}
				if err := <-second; err != nil {
					t.Error(err)
				}
				f.has(settings.Use, "kim", "max")
				f.sent(1)
			})
		})
	}
}

// A caller leaves while the server is not ready for its change. The change of the other caller is sent
// again, without it.
func TestEdit_LeavesBeforeAnotherAttempt(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		s := f.script()
		ctx, cancel := context.WithCancel(f.Context())
		s.answer(updateProject, func(nth int) error {
			if nth > 1 {
				return nil
			}
			cancel()
			time.Sleep(time.Millisecond)
			return signError(3005)
		})
		leaves, stays := f.inBackground(ctx, f.add(settings.Use, "lea")), f.inBackground(f.within(), text("New"))
		f.fails(<-leaves, failure.Interrupted, "interrupted before the update of project", "Nothing was sent")
		if took := time.Since(f.start); took > time.Second {
			t.Errorf("the caller that left waited %s", took)
		}
		if err := <-stays; err != nil {
			t.Error(err)
		}
		f.has(settings.Use, "kim")
		if s := f.settings(); s.Description != "New" {
			t.Errorf("got %q", s.Description)
		}
	})
}

// Changes that are sent again stand before those that arrived meanwhile, and are merged with them.
func TestEdit_SentAgainWithLaterChanges(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		s := f.script()
		s.answer(updateProject, first(signError(3005)))
		one := f.inBackground(f.within(), f.add(settings.Use, "lea"))
		time.Sleep(2 * time.Second)
		two := f.inBackground(f.within(), text("New"))
		for _, done := range []<-chan error{one, two} {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		f.reported(sending, "100ms: project Payments is not ready yet: trying again",
			"5.2s: updating project Payments (changes merged: 2)")
		f.sent(1)
	})
}

// A change waits while another one waits for its approval. It is sent then, and waits for its own.
func TestEdit_ApprovedOneAfterTheOther(t *testing.T) {
	inVirtualTime(t, updateFlowOf("approved"), func(f *fixture) {
		within := func() context.Context {
			ctx, cancel := context.WithTimeout(f.Context(), 5*time.Minute)
			f.Cleanup(cancel)
			return ctx
		}
		one := f.inBackground(within(), f.add(settings.Use, "lea"))
		time.Sleep(30 * time.Second)
		two := f.inBackground(within(), text("New"))
		for _, done := range []<-chan error{one, two} {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		f.took(135100 * time.Millisecond)
		f.reported(sending, "10.5s: "+approval, "1m7.6s: updating project Payments (changes merged: 1)",
			"1m18s: "+approval)
	})
}

// A batch ends with its callers, although that of the batch before is still there. The next change does
// not wait for it.
func TestEdit_EndsWithItsOwnCallers(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		forever := context.Background()
		f.during(updateProject, 1, func() {
			short, cancel := context.WithTimeout(f.Context(), 5*time.Second)
			f.Cleanup(cancel)
			f.server.Inject(simulator.Fault{Path: getProject, Kind: simulator.Hang, Count: 1, Skip: 1})
			done := f.inBackground(short, f.add(settings.Use, "max"))
			go func() { f.fails(<-done, failure.TimedOut, "before the update") }()
			time.Sleep(time.Millisecond)
		})
		if err := <-f.inBackground(forever, f.add(settings.Use, "lea")); err != nil {
			t.Error(err)
		}
		time.Sleep(6 * time.Second)
		if err := <-f.inBackground(forever, text("New")); err != nil {
			t.Error(err)
		}
		f.took(6200 * time.Millisecond)
	})
}

// The message of a change that was not sent names what it waited for, only as long as it does.
func TestEdit_NotSentSaysWhy(t *testing.T) {
	inVirtualTime(t, updateFlowOf("approved"), func(f *fixture) {
		s := f.script()
		flow := updateFlow
		s.flow = &flow
		ctx, cancel := context.WithTimeout(f.Context(), 5*time.Minute)
		defer cancel()
		one := f.inBackground(ctx, f.add(settings.Use, "lea"))
		time.Sleep(30 * time.Second)
		two := f.inBackground(ctx, text("New"))
		f.server.Inject(simulator.Fault{Path: updateProject, Kind: simulator.Hang})
		if err := <-one; err != nil {
			t.Error(err)
		}
		time.Sleep(time.Second)
		short, stop := context.WithTimeout(f.Context(), time.Second)
		defer stop()
		err := <-f.inBackground(short, f.add(settings.Use, "max"))
		f.fails(err, failure.TimedOut, "timed out before the update of project "+f.guid+" was sent")
		if text := err.Error(); text[len(text)-len("was sent"):] != "was sent" {
			t.Errorf("got %q", text)
		}
		cancel()
		if err := <-two; err == nil {
			t.Error("success without an answer")
		}
	})
}

// Two callers of one update leave at different times. The one that stays sees it approved.
func TestEdit_OneOfTwoLeaves(t *testing.T) {
	inVirtualTime(t, updateFlowOf("approved"), func(f *fixture) {
		ctx, cancel := context.WithTimeout(f.Context(), 20*time.Second)
		defer cancel()
		leaves := f.inBackground(ctx, f.add(settings.Use, "lea"))
		stays := f.inBackground(context.Background(), text("New"))
		f.fails(<-leaves, failure.TimedOut, "Undecided: flow ticket")
		f.took(20 * time.Second)
		if err := <-stays; err != nil {
			t.Error(err)
		}
		f.has(settings.Use, "kim", "lea")
		f.sent(1)
	})
}

// One of two callers leaves while the project is read. The read goes on for the other one.
func TestEdit_OneOfTwoLeavesDuringRead(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		s := f.script()
		ctx, cancel := context.WithCancel(f.Context())
		s.answer(getProject, func(nth int) error {
			if nth == 1 {
				cancel()
				time.Sleep(time.Millisecond)
			}
			return nil
		})
		leaves := f.inBackground(ctx, f.add(settings.Use, "lea"))
		stays := f.inBackground(f.within(), text("New"))
		f.fails(<-leaves, failure.Interrupted, "Nothing was sent")
		if err := <-stays; err != nil || s.count(getProject) != 2 {
			t.Errorf("got %v after %d reads", err, s.count(getProject))
		}
		f.has(settings.Use, "kim")
	})
}

// Each project has a writer of its own. Spellings of a GUID share one.
func TestEdit_WritersOfProjects(t *testing.T) {
	second := func(w *simulator.World) {
		w.Projects = append(w.Projects, simulator.Project{Name: "Rocket", Owners: []string{"adam"}})
	}
	inVirtualTime(t, second, func(f *fixture) {
		rocketGUID := f.guidOf(rocket)
		f.server.Inject(simulator.Fault{Path: updateProject, Kind: simulator.Latency, Delay: 3 * time.Second})
		f.server.ResetLog()
		var waits []<-chan error
		bare := f.guid[1 : len(f.guid)-1]
		for i, guid := range []string{f.guid, bare, rocketGUID} {
			done := make(chan error, 1)
			change := f.add([]settings.Role{settings.Use, settings.Audit, settings.Use}[i], "lea")
			go func() {
				_, err := f.editor.Edit(f.Context(), client.ProjectRef{}, guid, edit.Request{Change: change})
				done <- err
			}()
			waits = append(waits, done)
		}
		for _, done := range waits {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		f.sent(2)
		if took := time.Since(f.start); took > 3500*time.Millisecond {
			t.Errorf("it took %s", took)
		}
	})
}

func (f *fixture) guidOf(dn string) string {
	f.Helper()
	p, err := f.editor.API.GetProject(f.Context(), client.ByDN(dn))
	if err != nil {
		f.Fatal(err)
	}
	return p.GUID
}

// An edit by the name of the project finds it first.
func TestEdit_ByName(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		request := edit.Request{Change: f.add(settings.Use, "lea")}
		if _, err := f.editor.Edit(f.within(), client.ByDN(payments), "", request); err != nil {
			t.Error(err)
		}
		f.has(settings.Use, "kim", "lea")
		f.server.RemoveProject("Payments")
		_, err := f.editor.Edit(f.within(), client.ByDN(payments), "", request)
		f.fails(err, failure.NotFound)
		f.took(100 * time.Millisecond)
	})
}

// A caller that has left before sends nothing.
func TestEdit_HasLeftBefore(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		ctx, cancel := context.WithCancel(f.Context())
		cancel()
		f.fails(<-f.inBackground(ctx, text("New")), failure.Interrupted, "Nothing was sent")
		f.took(0)
		time.Sleep(time.Second)
		if n := len(f.server.Requests()); n != 0 {
			t.Errorf("%d requests", n)
		}
	})
}

// A caller that leaves while changes are gathered sends nothing.
func TestEdit_LeavesWhileGathering(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		for range 10 {
			_, err := f.request(edit.Request{Change: text("New")}, 50*time.Millisecond)
			f.fails(err, failure.TimedOut, "Nothing was sent")
			time.Sleep(time.Second)
		}
		if n := len(f.server.Requests()); n != 0 {
			t.Errorf("%d requests", n)
		}
	})
}
