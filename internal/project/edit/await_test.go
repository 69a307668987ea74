package edit_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	sending  = "100ms: updating project Payments (changes merged: 1)"
	approval = "project Payments does not show the update yet: waiting for its approval"
)

// The messages of an edit come once each.
func TestEdit_Progress(t *testing.T) {
	for name, c := range map[string]struct {
		world   func(w *simulator.World)
		code    failure.Code
		took    time.Duration
		reports []string
	}{
		"at once": {nil, "", 100 * time.Millisecond, []string{sending}},
		"late": {
			func(w *simulator.World) { w.Settings.UpdateLag = 3000 }, "", 4200 * time.Millisecond, []string{sending},
		},
		"approved": {
			updateFlowOf("approved"), "", 67500 * time.Millisecond, []string{sending, "10.5s: " + approval},
		},
		"rejected": {
			updateFlowOf("rejected"), failure.Rejected, 82500 * time.Millisecond,
			[]string{sending, "10.5s: " + approval},
		},
		"undecided": {
			updateFlowOf("wait"), failure.TimedOut, 2 * time.Minute, []string{sending, "10.5s: " + approval},
		},
	} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, c.world, func(f *fixture) {
				_, err := f.request(edit.Request{Change: f.add(settings.Use, "lea")}, 2*time.Minute)
				if c.code != "" {
					f.fails(err, c.code)
				} else if err != nil {
					t.Error(err)
				}
				f.took(c.took)
				f.reported(c.reports...)
				f.sent(1)
			})
		})
	}
}

// updateFlowOf makes updates wait for an approver outside, who decides after a minute.
func updateFlowOf(decision string) func(w *simulator.World) {
	return func(w *simulator.World) {
		w.Settings.UpdateFlow = simulator.FlowMode{Decision: decision, Delay: 60_000}
	}
}

// A server that does not show the update and has no flow for it causes an error without a word about an
// approval.
func TestEdit_NotShownProgress(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		f.script().answer(updateProject, always(errIgnored))
		_, err := f.edit(text("New"))
		f.fails(err, failure.NotShown, "description has the old value")
		f.took(10500 * time.Millisecond)
		f.reported(sending)
		f.quiet()
	})
}

// The server shows the parts of an update one after the other. Within the consistency window this is not
// a failure.
func TestEdit_ShowsPartsLate(t *testing.T) {
	for name, c := range map[string]struct {
		whole time.Duration
		code  failure.Code
	}{
		"in time": {4 * time.Second, ""}, "too late": {time.Hour, failure.PartlyApplied},
	} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, nil, func(f *fixture) {
				s := f.script()
				s.read = func(p *client.Project) {
					if time.Since(f.start) < c.whole {
						p.KeyUsers = f.trustees([]string{"kim"})
					}
				}
				change := f.add(settings.Use, "lea")
				change.Description = text("New").Description
				result, err := f.edit(change)
				if c.code == "" {
					if err != nil {
						t.Error(err)
					}
					return
				}
				f.fails(err, c.code, "Not carried out: key_users with lea", "now: kim", "should be: kim")
				if result.Project == nil || result.Project.Description != "New" || !result.Sent {
					t.Errorf("got %+v", result)
				}
				f.took(10500 * time.Millisecond)
			})
		})
	}
}

// The update of an earlier run shows in parts: the window of this run is awaited for it, too.
func TestEdit_PendingShowsPartsLate(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		s, _, _ := f.held(true)
		request := edit.Request{Change: f.add(settings.Use, "lea")}
		request.Change.Description = text("New").Description
		result, err := f.request(request, time.Minute)
		f.fails(err, failure.TimedOut)
		request.Pending = result.Pending
		f.start = time.Now()
		s.read = func(p *client.Project) {
			switch since := time.Since(f.start); {
			case since > 6*time.Second:
				p.KeyUsers, p.Description = f.trustees([]string{"kim", "lea"}), "New"
			case since > 2*time.Second:
				p.Description = "New"
			}
		}
		if _, err := f.request(request, time.Minute); err != nil {
			t.Error(err)
		}
	})
}

// Another client changes something else while the update of an earlier run waits: that is not a failure.
func TestEdit_PendingWithOtherChanges(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		_, approve, _ := f.held(true)
		request := edit.Request{Change: f.add(settings.Use, "lea")}
		result, err := f.request(request, time.Minute)
		f.fails(err, failure.TimedOut)
		request.Pending = result.Pending
		go func() {
			time.Sleep(20 * time.Second)
			approve()
			description := "Other"
			f.server.EditProject(payments, simulator.ProjectEdit{Description: &description})
		}()
		if result, err := f.request(request, time.Minute); err != nil || result.Sent {
			t.Errorf("got %+v, %v", result, err)
		}
	})
}

// The project is queued for deletion while its update waits.
func TestEdit_QueuedForDeletionMeanwhile(t *testing.T) {
	inVirtualTime(t, updateFlowOf("wait"), func(f *fixture) {
		go func() { time.Sleep(30 * time.Second); f.server.SetProjectStatus(payments, "Deleted") }()
		result, err := f.request(edit.Request{Change: f.add(settings.Use, "lea")}, 5*time.Minute)
		f.fails(err, failure.NotApplicable, "queued for deletion (status Deleted)", "the update that was sent")
		if text := err.(interface{ Advice() string }).Advice(); strings.Contains(text, "Nothing was sent") {
			t.Error(text)
		}
		if !result.Sent || !result.Pending.IsZero() {
			t.Errorf("got %+v", result)
		}
		if took := time.Since(f.start); took > time.Minute {
			t.Errorf("it took %s", took)
		}
	})
}

// A read that fails after the write ends the edit only if it will fail again, or shows that the caller
// lost its access.
func TestEdit_UnreadableAfterUpdate(t *testing.T) {
	drops := func(f *fixture) settings.Change { return f.remove(settings.Use, "kim") }
	keeps := func(f *fixture) settings.Change { return f.add(settings.Use, "lea") }
	for name, c := range map[string]struct {
		answer     error
		change     func(f *fixture) settings.Change
		code       failure.Code
		lostAccess bool
		waits      bool
	}{
		"busy":                         {errBusy, keeps, "", false, true},
		"not loaded":                   {errLoadFailed, keeps, "", false, true},
		"not loaded, a trustee lost":   {errLoadFailed, drops, "", false, true},
		"hidden":                       {errForbidden, keeps, failure.Indeterminate, false, false},
		"hidden, a trustee lost":       {errForbidden, drops, "", true, false},
		"missing":                      {errNotFound, keeps, failure.NotFound, false, false},
		"missing, a trustee lost":      {errNotFound, drops, "", true, false},
		"missing, an application lost": {errNotFound, withoutApplications, failure.NotFound, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, everything, func(f *fixture) {
				s := f.script()
				s.answer(getProject, func(nth int) error {
					if nth > 1 && time.Since(f.start) < 5*time.Second {
						return c.answer
					}
					return nil
				})
				change := c.change(f)
				result, err := f.edit(change)
				if c.code != "" {
					f.fails(err, c.code)
				} else if err != nil {
					t.Error(err)
				}
				if result.LostAccess != c.lostAccess || !result.Sent || !result.Pending.IsZero() {
					t.Errorf("got %+v", result)
				}
				if c.lostAccess && !change.MetBy(result.Project.Settings) {
					t.Errorf("got %+v", result.Project)
				}
				f.took(map[bool]time.Duration{true: 6700 * time.Millisecond, false: 100 * time.Millisecond}[c.waits])
				f.quiet()
			})
		})
	}
}

func withoutApplications(*fixture) settings.Change {
	return settings.Change{Lists: map[settings.Field]settings.ListChange{settings.Applications: {Exact: true}}}
}

// The scope of the token ends while an approval is awaited. A caller that has left already gets the
// result that the next run continues from.
func TestEdit_NoScopeWhileItWaits(t *testing.T) {
	for name, interrupt := range map[string]bool{"waiting": false, "interrupted": true} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, updateFlowOf("wait"), func(f *fixture) {
				f.script().answer(getProject, func(int) error {
					if time.Since(f.start) > 30*time.Second {
						return errNoScope
					}
					return nil
				})
				ctx, cancel := context.WithCancel(f.Context())
				defer cancel()
				if interrupt {
					time.AfterFunc(30*time.Second+time.Millisecond, cancel)
				}
				request := edit.Request{Change: f.add(settings.Use, "lea")}
				result, err := f.editor.Edit(ctx, client.ProjectRef{}, f.guid, request)
				if interrupt {
					f.fails(err, failure.Interrupted, "interrupted after 30s waiting for project Payments")
				} else if !errors.Is(err, errNoScope) {
					t.Errorf("got %v", err)
				}
				if result.Pending.IsZero() == interrupt || !result.Sent {
					t.Errorf("got %+v", result)
				}
			})
		})
	}
}

// The project is read once more when the time is over: an update that shows by then is a success.
func TestEdit_ShownAtTheEnd(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		_, approve, _ := f.held(true)
		time.AfterFunc(59*time.Second, approve)
		if result, err := f.request(edit.Request{Change: f.add(settings.Use, "lea")}, time.Minute); err != nil ||
			!result.Pending.IsZero() {
			t.Errorf("got %+v, %v", result, err)
		}
		f.took(time.Minute)
	})
}
