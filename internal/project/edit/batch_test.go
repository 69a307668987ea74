package edit_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// A project that does not exist is reported at once, unless it was created just before.
func TestEdit_MissingAtOnce(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		f.server.RemoveProject("Payments")
		_, err := f.edit(text("New"))
		f.fails(err, failure.NotFound)
		f.took(100 * time.Millisecond)
	})
}

// The server still creates objects of the project: the edit waits up to two minutes.
func TestEdit_NotReady(t *testing.T) {
	for name, c := range map[string]struct {
		lasts time.Duration
		took  time.Duration
	}{
		"a minute": {time.Minute, 67500 * time.Millisecond}, "an hour": {time.Hour, 127500 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, nil, func(f *fixture) {
				f.server.UpdateSettings(func(now *simulator.Settings) {
					now.Failures = map[string]simulator.Failure{
						getProject: {Result: 3005, For: int(c.lasts.Milliseconds())},
					}
				})
				_, err := f.request(edit.Request{Change: f.add(settings.Use, "lea")}, 10*time.Minute)
				if ends := c.lasts > 2*time.Minute; (client.ReasonOf(err) == client.NotReady) != ends ||
					!ends && err != nil {
					t.Errorf("got %v", err)
				}
				f.took(c.took)
			})
		})
	}
}

// A caller whose answers have no revision is asked once. Another failure to read one does not
// change that.
func TestEdit_UnreadableRevision(t *testing.T) {
	for name, c := range map[string]struct {
		answer error
		asked  int // by two edits
	}{
		"no revision": {errIgnored, 1}, "forbidden": {errForbidden, 1}, "busy": {errBusy, 2},
		"missing": {errNotFound, 2},
	} {
		inVirtualTime(t, nil, func(f *fixture) {
			s := f.script()
			s.answer(isValid, always(c.answer))
			for _, user := range []string{"lea", "max"} {
				if _, err := f.edit(f.add(settings.Use, user)); err != nil {
					t.Error(err)
				}
			}
			if n := s.count(isValid); n != c.asked {
				t.Errorf("%s: %d revisions were asked for, want %d", name, n, c.asked)
			}
		})
	}
}

// The second revision cannot be read: the update is sent.
func TestEdit_SecondRevisionUnreadable(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		s := f.script()
		s.answer(isValid, after(1, errBusy))
		if _, err := f.edit(text("New")); err != nil || s.count(isValid) != 2 {
			t.Errorf("got %v after %d revisions", err, s.count(isValid))
		}
		f.reported(sending)
	})
}

// The caller leaves while the objects of the project are not ready.
func TestEdit_LeavesBeforeReady(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		f.script().answer(getProject, always(errNotReady))
		_, err := f.request(edit.Request{Change: text("New")}, 30*time.Second)
		f.fails(err, failure.TimedOut, "Nothing was sent")
		f.took(30 * time.Second)
		f.quiet()
	})
}

// The caller leaves while a revision is read: that says nothing about revisions.
func TestEdit_LeavesDuringRevision(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		s := f.script()
		ctx, cancel := context.WithCancel(f.Context())
		s.answer(isValid, func(nth int) error {
			if nth > 1 {
				return nil
			}
			cancel()
			time.Sleep(time.Millisecond)
			return errNoScope
		})
		f.fails(<-f.inBackground(ctx, text("New")), failure.Interrupted)
		time.Sleep(time.Second)
		if _, err := f.edit(text("New")); err != nil || s.count(isValid) != 3 {
			t.Errorf("got %v after %d revisions", err, s.count(isValid))
		}
	})
}

// A change that the project shows already costs one revision and one read.
func TestEdit_MetIsCheap(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		s := f.script()
		flow := updateFlow
		s.flow = &flow
		request := edit.Request{Change: text("Terminals"), Create: true}
		if _, err := f.request(request, time.Minute); err != nil {
			t.Error(err)
		}
		if n := len(f.server.Requests()); n != 2 {
			t.Errorf("%d requests, want 2", n)
		}
		f.took(100 * time.Millisecond)
		f.reported()
	})
}

// One change that is met does not hide another one that is not: the revision is compared.
func TestEdit_MetAndNeeded(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		for _, err := range f.together(text("Terminals"), f.add(settings.Use, "lea")) {
			if err != nil {
				t.Error(err)
			}
		}
		if n := f.server.Count(isValid); n != 2 {
			t.Errorf("%d revisions were asked for", n)
		}
		f.sent(1)
	})
}

// A project that always changes is read five times.
func TestEdit_ReadAgainProgress(t *testing.T) {
	for times, reports := range map[int]int{1: 1, 4: 4, 100: 5} {
		inVirtualTime(t, nil, func(f *fixture) {
			other, seen := f.editorOf("adam"), 0
			f.server.OnRequest(func(r simulator.Request) {
				if r.Path != isValid {
					return
				}
				if seen++; seen%2 == 0 && seen <= 2*times {
					_ = other.API.UpdateProject(context.Background(), &client.ProjectUpdate{DN: payments, GUID: f.guid})
				}
			})
			_, err := f.edit(text("New"))
			if (failure.CodeOf(err) == failure.ChangedConcurrently) != (times == 100) {
				t.Errorf("got %v", err)
			}
			read := 0
			for _, report := range f.reports {
				if report == "100ms: project Payments changed while it was read: reading it again" {
					read++
				}
			}
			if read != reports {
				t.Errorf("%d of the reports %q, want %d", read, f.reports, reports)
			}
		})
	}
}

// A change that contradicts several others reports one of them.
func TestEdit_SeveralConflicts(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		errs := f.together(f.exactly(settings.Use, "kim"), f.add(settings.Use, "lea"), f.add(settings.Use, "max"))
		for _, err := range errs {
			f.fails(err, failure.Conflict, "two resources change key_users")
			if strings.Count(err.Error(), "two resources") != 1 {
				t.Errorf("got %v", err)
			}
		}
		f.sent(0)
	})
}

// The owner of a project is replaced by two resources of one apply.
func TestEdit_OwnerReplacedTogether(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		for _, err := range f.together(f.remove(settings.Owner, "olga"), f.add(settings.Owner, "lea")) {
			if err != nil {
				t.Error(err)
			}
		}
		f.has(settings.Owner, "lea")
		f.sent(1)
	})
}

// The change of the last owner fails alone, and with a change of something else.
func TestEdit_OnlyOwner(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		result, err := f.edit(f.remove(settings.Owner, "olga"))
		f.fails(err, failure.NotApplicable, "leave project Payments without an owner")
		if result.Project == nil || result.Sent {
			t.Errorf("got %+v", result)
		}
		f.sent(0)
		errs := f.together(f.remove(settings.Owner, "olga"), text("New"))
		f.fails(errs[0], failure.NotApplicable)
		if errs[1] != nil {
			t.Error(errs[1])
		}
		f.has(settings.Owner, "olga")
		f.sent(1)
	})
}

// What a resource of the run asks for is protected from a release, and from nothing else.
func TestEdit_RemovesWhatAnotherAskedFor(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		for _, change := range []settings.Change{f.add(settings.Use, "lea"), f.remove(settings.Use, "lea", "kim")} {
			if _, err := f.edit(change); err != nil {
				t.Error(err)
			}
		}
		f.has(settings.Use)
	})
}

// A release removes what no resource asks for, and says what it keeps, also if it waits for an approval.
func TestEdit_ReleaseInPart(t *testing.T) {
	for name, c := range map[string]struct {
		world func(w *simulator.World)
		code  failure.Code
	}{
		"carried out": {nil, ""}, "waits": {updateFlowOf("wait"), failure.TimedOut},
		"nothing left": {nil, ""},
	} {
		inVirtualTime(t, c.world, func(f *fixture) {
			f.server.EditProject(payments, simulator.ProjectEdit{KeyUsers: simulator.ListEdit{Add: []string{"lea"}}})
			if _, err := f.edit(f.add(settings.Use, "lea")); err != nil { // it has the role
				t.Error(err)
			}
			names := []string{"kim", "lea"}
			if name == "nothing left" {
				names = names[1:]
			}
			release := edit.Request{Change: f.remove(settings.Use, names...), Release: true}
			result, err := f.request(release, time.Minute)
			if failure.CodeOf(err) != c.code {
				t.Errorf("%s: got %v", name, err)
			}
			if !settings.SameSet(result.Kept, f.trustees([]string{"lea"})) {
				t.Errorf("%s: got %+v", name, result.Kept)
			}
			if kept := release.Change.Role(settings.Use).Remove; len(kept) != len(names) {
				t.Errorf("%s: the change of the caller is now %v", name, kept)
			}
			if c.code == "" && len(names) == 2 {
				f.has(settings.Use, "lea")
			}
		})
	}
}
