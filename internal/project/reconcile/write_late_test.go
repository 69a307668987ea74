package reconcile_test

import (
	"strings"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// window is the driver's consistency window, with the reads at its end.
const (
	window    = 10 * time.Second
	windowEnd = 15 * time.Second
)

// took fails unless so much virtual time has passed.
func (b *fixture) took(began time.Time, least, most time.Duration) {
	b.Helper()
	if d := time.Since(began); d < least || d > most {
		b.Errorf("took %s, want %s to %s", d, least, most)
	}
}

// The gateway gives up at once, and the server carries the submission out later.
func TestReconcile_SubmissionCommittedLate(t *testing.T) {
	for _, delay := range []time.Duration{time.Second, 6 * time.Second, 7 * time.Second, 9500 * time.Millisecond} {
		inVirtualTime(t, "Draft", simulator.Settings{}, func(b *fixture) {
			b.inject(update, simulator.Status502, 1)
			once := false
			b.server.OnRequest(func(r simulator.Request) {
				if r.Path == update && !once {
					once = true
					time.AfterFunc(delay, func() { b.server.SetProjectStatus(payments, "Pending") })
				}
			})
			began := time.Now()
			b.reaches(lifecycle.Pending, reconcile.Request{Status: lifecycle.Pending})
			b.took(began, delay, delay+5*time.Second)
			b.once(simulator.EventSubmitted)
			if n := b.server.Count(update); n != 1 {
				b.Errorf("committed after %s: submitted %d times", delay, n)
			}
		})
	}
}

func TestReconcile_SubmissionShownLate(t *testing.T) {
	for _, lag := range []int{5500, 7000, 9500} {
		for _, omitted := range []bool{false, true} {
			inVirtualTime(t, "Draft", simulator.Settings{
				StatusLag: lag, SubmissionDateOmitted: omitted,
			}, func(b *fixture) {
				b.inject(update, simulator.ResetAfterCommit, 1)
				b.reaches(lifecycle.Pending, reconcile.Request{Status: lifecycle.Pending})
				if n := b.server.Count(update); n != 1 {
					b.Errorf("shown after %d ms: submitted %d times", lag, n)
				}
			})
		}
	}
}

// A submission that was not carried out is sent again, after the window.
func TestReconcile_LostSubmissionIsSentAgainAfterTheWindow(t *testing.T) {
	inVirtualTime(t, "Draft", simulator.Settings{}, func(b *fixture) {
		b.inject(update, simulator.ResetBeforeCommit, 1)
		began := time.Now()
		b.reaches(lifecycle.Pending, reconcile.Request{Status: lifecycle.Pending})
		b.took(began, window, windowEnd)
		if n := b.server.Count(update); n != 2 {
			b.Errorf("sent %d times", n)
		}
	})
}

// The window also holds for reads that are slow, and after the caller's timeout.
func TestReconcile_SlowReadsDoNotShortenTheWindow(t *testing.T) {
	inVirtualTime(t, "Draft", simulator.Settings{}, func(b *fixture) {
		b.inject(update, simulator.Status502, 1)
		b.server.Inject(simulator.Fault{Path: readOne, Kind: simulator.Latency, Delay: 2 * time.Second})
		once := false
		b.server.OnRequest(func(r simulator.Request) {
			if r.Path == update && !once {
				once = true
				time.AfterFunc(9*time.Second, func() { b.server.SetProjectStatus(payments, "Pending") })
			}
		})
		b.reaches(lifecycle.Pending, reconcile.Request{Status: lifecycle.Pending})
		if n := b.server.Count(update); n != 1 {
			b.Errorf("submitted %d times", n)
		}
	})
	inVirtualTime(t, "Draft", simulator.Settings{}, func(b *fixture) {
		b.inject(update, simulator.HangAfterCommit, 1)
		b.server.UpdateSettings(func(s *simulator.Settings) { s.StatusLag, s.SubmissionDateOmitted = 8000, true })
		got, err := b.drive(b.within(2*time.Second), reconcile.Request{Status: lifecycle.Pending})
		if got != "Pending" || b.server.Count(update) != 1 {
			b.Errorf("seen %s, %v", got, err)
		}
	})
}

// Another approver is faster, and the server shows the new status late.
func TestDecide_LostRaceShownLate(t *testing.T) {
	for name, body := range map[string]string{
		"failed to approve": `{"Result":4,"Message":"The ticket has already been approved."}`,
		"no permission":     `{"Result":1,"Message":"You are not an approver of this ticket."}`,
		"not found":         `{"Result":2,"Message":"The ticket could not be found."}`,
	} {
		for _, lag := range []int{0, 4000, 9000} {
			t.Run(name, func(t *testing.T) {
				inVirtualTime(t, "Pending", simulator.Settings{StatusLag: lag}, func(b *fixture) {
					b.loseRace(body)
					decided := b.decides(reconcile.Approval{}, lifecycle.Enabled)
					if decided.Project.Status != lifecycle.Enabled {
						b.Errorf("seen %s", decided.Project.Status)
					}
				})
				inVirtualTime(t, "Draft", simulator.Settings{StatusLag: lag}, func(b *fixture) {
					b.loseRace(body)
					b.reaches(lifecycle.Enabled, selfApproved)
				})
			})
		}
	}
}

// loseRace lets ada approve before the server handles the caller's approval.
func (b *fixture) loseRace(answer string) {
	b.server.Inject(simulator.Fault{Path: approve, Kind: simulator.Other500, Status: 200, Body: answer})
	b.server.OnRequest(func(r simulator.Request) {
		if r.Path == approve {
			_ = b.server.ApproveFlow(payments, "ada")
		}
	})
}

// A refusal that no other approver explains is reported, after the window and not before.
func TestDecide_RefusedVerdict(t *testing.T) {
	for name, body := range map[string]string{
		"failed to approve": `{"Result":4,"Message":"It failed."}`,
		"no permission":     `{"Result":1,"Message":"Not you."}`,
	} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, "Pending", simulator.Settings{}, func(b *fixture) {
				b.server.Inject(simulator.Fault{Path: approve, Kind: simulator.Other500, Status: 200, Body: body})
				began := time.Now()
				_, err := b.decide(b.within(5*time.Minute), reconcile.Approval{})
				refused := b.fails(err, failure.Refused, "flow ticket 901 of", "could not be approved")
				if strings.Contains(refused.Remedy, "self_approve") || b.server.Count(approve) != 1 {
					b.Errorf("%d approvals, advice %q", b.server.Count(approve), refused.Remedy)
				}
				b.took(began, window, windowEnd)
			})
		})
	}
	inVirtualTime(t, "Pending", simulator.Settings{}, func(b *fixture) {
		b.inject(approve, simulator.InsufficientScope, 0)
		began := time.Now()
		_, err := b.decide(b.within(5*time.Minute), reconcile.Approval{})
		if err == nil || !strings.Contains(err.Error(), "scope") {
			b.Errorf("got %v", err)
		}
		b.took(began, 0, time.Second)
	})
}

// The caller's own approval is on the ticket: another resource, or a request whose answer was lost.
func TestDecide_RefusedBecauseApprovedBefore(t *testing.T) {
	inVirtualTime(t, "Pending", simulator.Settings{RequiredApprovals: 2}, func(b *fixture) {
		b.server.Inject(simulator.Fault{
			Path: approve, Kind: simulator.Other500, Status: 200,
			Body: `{"Result":4,"Message":"Already approved."}`,
		})
		b.server.OnRequest(func(r simulator.Request) {
			if r.Path == approve {
				_ = b.server.ApproveFlow(payments, "adam")
			}
		})
		b.decides(reconcile.Approval{}, lifecycle.Pending)
		if n := b.server.Count(approve); n != 1 {
			b.Errorf("%d approvals were sent", n)
		}
	})
}
