package edit_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	deleting = "deleting project Payments"
	queued   = "project Payments is queued for deletion: waiting for the decision"
)

// deleteFlow makes deletions wait for an approver outside, who decides after a minute.
func deleteFlow(decision string) func(w *simulator.World) {
	return func(w *simulator.World) {
		w.Settings.DeleteFlow = simulator.FlowMode{Decision: decision, Delay: 60_000}
	}
}

// The messages of a deletion come once each, and the deletion is sent once.
func TestDelete_Progress(t *testing.T) {
	for name, c := range map[string]struct {
		world   func(w *simulator.World)
		code    failure.Code
		words   string
		status  lifecycle.Status
		took    time.Duration
		reports []string
	}{
		"at once": {nil, "", "", lifecycle.Enabled, 0, []string{"0s: " + deleting}},
		"late": {
			func(w *simulator.World) { w.Settings.DeleteLag = 2000 }, "", "",
			lifecycle.Enabled, 2400 * time.Millisecond,
			[]string{"0s: " + deleting},
		},
		"approved": {
			deleteFlow("approved"), "", "",
			lifecycle.Deleted, 67400 * time.Millisecond,
			[]string{"0s: " + deleting, "0s: " + queued},
		},
		"rejected": {
			deleteFlow("rejected"), failure.Rejected, "the deletion of project Payments was rejected: it is Disabled",
			lifecycle.Disabled, 67400 * time.Millisecond,
			[]string{"0s: " + deleting, "0s: " + queued},
		},
		"undecided": {
			deleteFlow("wait"), failure.TimedOut,
			"timed out after 5m0s waiting for the deletion of project Payments, which is queued for deletion (status " +
				"Deleted)",
			lifecycle.Deleted, 5 * time.Minute,
			[]string{"0s: " + deleting, "0s: " + queued},
		},
		"queued before": {
			func(w *simulator.World) { w.Projects[0].Status = "Deleted" }, failure.TimedOut, "sends nothing",
			lifecycle.Deleted, 5 * time.Minute,
			[]string{"0s: " + queued},
		},
		"accepted without effect": {
			func(w *simulator.World) { w.Settings.DeleteLag = 600_000 }, failure.TimedOut,
			"which is Enabled\nThe server accepted the deletion. The resource stays in the state. Destroy again",
			lifecycle.Enabled, 5 * time.Minute,
			[]string{"0s: " + deleting},
		},
	} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, c.world, func(f *fixture) {
				p, err := f.delete(5*time.Minute, true)
				if c.code != "" {
					f.fails(err, c.code, c.words)
				} else if err != nil {
					t.Error(err)
				}
				if err != nil && strings.Contains(err.Error(), "context deadline exceeded") {
					t.Errorf("got %v", err)
				}
				if p == nil || p.Status != c.status {
					t.Errorf("got %+v", p)
				}
				f.took(c.took)
				f.reported(c.reports...)
			})
		})
	}
}

// A deletion is sent again only if objects of the project were not ready.
func TestDelete_Answers(t *testing.T) {
	const last = 10400 * time.Millisecond // read after a lost answer
	for name, c := range map[string]struct {
		answer  func(nth int) error
		code    failure.Code
		words   []string
		deletes int
		took    time.Duration
	}{
		"not ready twice":          {first(signError(3005), signError(3005)), "", nil, 3, 10 * time.Second},
		"lost, carried out":        {always(carriedOut{errLost}), "", nil, 1, 0},
		"refused, but carried out": {always(carriedOut{signError(2)}), "", nil, 1, 0},
		"lost": {
			always(errLost), failure.OutcomeUnknown,
			[]string{"the answer to the deletion of project Payments was lost, and the project is Enabled: lost"},
			1, last,
		},
		"refused": {
			always(signError(2)), failure.Refused,
			[]string{
				"the server refused the deletion of project Payments, which is Enabled: ",
				"InsufficientPermission (2)",
			},
			1, 0,
		},
	} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, nil, func(f *fixture) {
				s := f.script()
				s.answer(deleteProject, c.answer)
				_, err := f.delete(time.Minute, true)
				if c.code != "" {
					f.fails(err, c.code, c.words...)
				} else if err != nil {
					t.Error(err)
				}
				f.took(c.took)
				if n := len(f.reports); n != c.deletes || s.count(deleteProject) != n {
					t.Errorf("%d deletions, reports %q", s.count(deleteProject), f.reports)
				}
			})
		})
	}
}

// Another client queued the project meanwhile, or the answer was lost: the deletion awaits the decision.
func TestDelete_QueuedAllTheSame(t *testing.T) {
	for name, answer := range map[string]error{"refused": signError(2), "lost": errLost} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, deleteFlow("approved"), func(f *fixture) {
				f.script().answer(deleteProject, always(carriedOut{answer}))
				if p, err := f.delete(2*time.Minute, true); err != nil || p.Status != lifecycle.Deleted {
					t.Errorf("got %+v, %v", p, err)
				}
				f.reported("0s: "+deleting, "0s: "+queued)
			})
		})
	}
}

// The caller leaves during the pause before the deletion would be sent again.
func TestDelete_NotReadyAndInterrupted(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		s := f.script()
		s.answer(deleteProject, always(signError(3005)))
		_, err := f.delete(2*time.Second, true)
		f.fails(err, failure.Refused, "(3005)")
		f.took(2 * time.Second)
		if n := s.count(deleteProject); n != 1 {
			t.Errorf("%d deletions were sent", n)
		}
	})
}

// A read that fails while the decision is awaited ends the deletion only if it will fail again.
func TestDelete_UnreadableWhileItWaits(t *testing.T) {
	for name, c := range map[string]struct {
		answer error
		ends   bool
	}{
		"busy": {errBusy, false}, "hidden": {errForbidden, false}, "not loaded": {errLoadFailed, false},
		"no scope": {errNoScope, true},
	} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, deleteFlow("approved"), func(f *fixture) {
				s := f.script()
				s.answer(getProject, func(nth int) error {
					if nth >= 3 && time.Since(f.start) < 30*time.Second {
						return c.answer
					}
					return nil
				})
				p, err := f.delete(2*time.Minute, true)
				if c.ends != errors.Is(err, c.answer) || !c.ends && err != nil || p.Status != lifecycle.Deleted {
					t.Errorf("got %+v, %v", p, err)
				}
				f.took(map[bool]time.Duration{true: 500 * time.Millisecond, false: 67400 * time.Millisecond}[c.ends])
			})
		})
	}
}

// The caller leaves during a read that fails.
func TestDelete_InterruptedDuringRead(t *testing.T) {
	inVirtualTime(t, deleteFlow("wait"), func(f *fixture) {
		ctx, cancel := context.WithCancel(f.Context())
		f.script().answer(getProject, func(nth int) error {
			if nth < 3 {
				return nil
			}
			cancel()
			return errNoScope
		})
		_, err := f.editor.Delete(ctx, f.guid, true)
		f.fails(err, failure.Interrupted, "queued for deletion (status Deleted)")
	})
}

// The first read fails, or the project does not exist: nothing is sent.
func TestDelete_NotSent(t *testing.T) {
	for name, answer := range map[string]error{"no scope": errNoScope, "missing": errNotFound} {
		inVirtualTime(t, nil, func(f *fixture) {
			s := f.script()
			s.answer(getProject, always(answer))
			s.answer(isValid, always(answer))
			p, err := f.delete(time.Minute, true)
			if missing := client.IsNotFound(answer); p != nil || missing != (err == nil) {
				t.Errorf("%s: got %+v, %v", name, p, err)
			}
			f.reported()
		})
	}
}

// A project without environments needs no consent.
func TestDelete_Empty(t *testing.T) {
	inVirtualTime(t, func(w *simulator.World) { w.Projects[0].Environments = nil }, func(f *fixture) {
		if _, err := f.delete(time.Minute, false); err != nil {
			t.Error(err)
		}
		f.reported("0s: " + deleting)
	})
}

// The error names the ticket that waits, unless it is not certain which one it is.
func TestDelete_Ticket(t *testing.T) {
	for name, c := range map[string]struct {
		prepare func(f *fixture, s *scripted)
		named   bool
	}{
		"one": {func(*fixture, *scripted) {}, true},
		"two": {func(f *fixture, _ *scripted) {
			f.server.AddFlowTicket(simulator.FlowTicket{DN: payments, Approvers: []string{"adam"}, ID: 4711})
		}, false},
		"read in part": {func(_ *fixture, s *scripted) { s.answer(flowTickets, always(carriedOut{errBusy})) }, false},
		"unreadable":   {func(_ *fixture, s *scripted) { s.answer(flowTickets, always(errBusy)) }, false},
	} {
		inVirtualTime(t, deleteFlow("wait"), func(f *fixture) {
			c.prepare(f, f.script())
			ctx, cancel := context.WithCancel(f.Context())
			go func() { time.Sleep(time.Second); cancel() }()
			_, err := f.editor.Delete(ctx, f.guid, true)
			f.fails(err, failure.Interrupted, "interrupted after 1s waiting", "An approver must decide the deletion")
			advice := err.(interface{ Advice() string }).Advice()
			if strings.Contains(advice, "Undecided: flow ticket") != c.named ||
				strings.Contains(err.Error(), "canceled") {
				t.Errorf("%s: got %v, advice %q", name, err, advice)
			}
		})
	}
}
