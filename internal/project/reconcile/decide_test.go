package reconcile_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	reject  = "Flow/Tickets/Reject"
	readOne = "Codesign/GetProject"
)

var rejection = reconcile.Approval{Reject: true, Comment: "not yet"}

func (b *fixture) decide(ctx context.Context, v reconcile.Approval) (reconcile.Decided, error) {
	b.Helper()
	return b.driver.Decide(ctx, client.ByDN(payments), "", reconcile.Submission{}, v)
}

// decides fails unless the approval succeeds without an error and the server ends at the status.
func (b *fixture) decides(v reconcile.Approval, status lifecycle.Status) reconcile.Decided {
	b.Helper()
	decided, err := b.decide(b.within(10*time.Minute), v)
	if err != nil || b.server.ProjectStatus("Payments") != status.String() {
		b.Errorf("the server says %s, want %s: %v", b.server.ProjectStatus("Payments"), status, err)
	}
	return decided
}

func TestDecide_LostAnswer(t *testing.T) {
	for name, c := range lost {
		for _, lag := range []int{0, 4000} {
			t.Run(name, func(t *testing.T) {
				inVirtualTime(t, "Pending", simulator.Settings{StatusLag: lag}, func(b *fixture) {
					b.inject(approve, c.kind, 1)
					if decided := b.decides(reconcile.Approval{}, lifecycle.Enabled); !decided.Sent {
						b.Error("the approval does not count as sent")
					}
					b.once(simulator.EventFlowApproved)
				})
				inVirtualTime(t, "Pending", simulator.Settings{StatusLag: lag}, func(b *fixture) {
					b.inject(reject, c.kind, 1)
					b.decides(rejection, lifecycle.Draft)
					b.once(simulator.EventFlowRejected)
				})
			})
		}
	}
}

func TestDecide_ApprovesOnce(t *testing.T) {
	inVirtualTime(t, "Pending", simulator.Settings{RequiredApprovals: 2}, func(b *fixture) {
		first := b.decides(reconcile.Approval{Comment: "fine"}, lifecycle.Pending)
		again := b.decides(reconcile.Approval{Comment: "fine"}, lifecycle.Pending)
		if !first.Sent || again.Sent || first.Ticket == nil || again.Ticket == nil || len(again.Ticket.Approvals) != 1 {
			b.Errorf("first %+v, then %+v", first, again)
		}
		b.once(simulator.EventFlowApproved)
	})
}

func TestDecide_WaitsForSubmissionAndTicket(t *testing.T) {
	for v, status := range map[reconcile.Approval]lifecycle.Status{{}: lifecycle.Enabled, rejection: lifecycle.Draft} {
		inVirtualTime(t, "Draft", simulator.Settings{TicketDelay: 30_000}, func(b *fixture) {
			time.AfterFunc(time.Minute, func() { b.server.SetProjectStatus(payments, "Pending") })
			if decided := b.decides(v, status); !decided.Sent {
				b.Error("nothing was sent")
			}
		})
	}
}

func TestDecide_EnabledProjectIsApproved(t *testing.T) {
	inVirtualTime(t, "Enabled", simulator.Settings{}, func(b *fixture) {
		if decided := b.decides(reconcile.Approval{}, lifecycle.Enabled); decided.Sent || decided.Ticket != nil {
			b.Errorf("got %+v", decided)
		}
	})
}

func TestDecide_RejectionIsNotRepeated(t *testing.T) {
	inVirtualTime(t, "Pending", simulator.Settings{}, func(b *fixture) {
		b.decides(rejection, lifecycle.Draft)
		began := time.Now()
		again := b.decides(rejection, lifecycle.Draft)
		if again.Sent || b.server.Count(reject) != 1 || time.Since(began) > time.Minute {
			b.Errorf("got %+v after %s and %d rejections", again, time.Since(began), b.server.Count(reject))
		}
	})
}

func TestDecide_SubmissionShownLateIsNotRejected(t *testing.T) {
	inVirtualTime(t, "Draft", simulator.Settings{StatusLag: 4000}, func(b *fixture) {
		b.server.SetProjectStatus(payments, "Pending") // reads say Draft, and when it was submitted
		if decided := b.decides(rejection, lifecycle.Draft); !decided.Sent {
			b.Error("the rejection was not sent")
		}
		b.once(simulator.EventFlowRejected)
	})
}

func TestDecide_LostRejectionSparesNextSubmission(t *testing.T) {
	inVirtualTime(t, "Pending", simulator.Settings{}, func(b *fixture) {
		b.inject(reject, simulator.ResetAfterCommit, 1)
		resubmitted := false
		b.server.OnRequest(func(r simulator.Request) {
			if r.Path == readOne && b.server.Count(reject) == 1 && !resubmitted {
				resubmitted = true
				b.server.SetProjectStatus(payments, "Pending")
			}
		})
		b.decides(rejection, lifecycle.Pending)
		if n := b.server.Count(reject); !resubmitted || n != 1 {
			b.Errorf("resubmitted: %t, %d rejections", resubmitted, n)
		}
	})
}

func TestDecide_DecidedOtherwise(t *testing.T) {
	conflict := func(b *fixture, v reconcile.Approval, seen lifecycle.Status) {
		_, err := b.decide(b.within(time.Minute), v)
		b.fails(err, failure.DecidedOtherwise, "is "+seen.String())
	}
	inVirtualTime(t, "Enabled", simulator.Settings{}, func(b *fixture) { conflict(b, rejection, lifecycle.Enabled) })
	inVirtualTime(t, "Pending", simulator.Settings{}, func(b *fixture) {
		b.inject(approve, simulator.Status503, 0) // no approval gets through, until another approver has rejected
		time.AfterFunc(500*time.Millisecond, func() { _ = b.server.RejectFlow(payments, "ada", "no") })
		conflict(b, reconcile.Approval{}, lifecycle.Draft)
	})
}

func TestDecide_NotApplicable(t *testing.T) {
	for _, status := range []string{"Disabled", "Deleted", "DisabledByParent", "9"} {
		inVirtualTime(t, status, simulator.Settings{}, func(b *fixture) {
			for _, v := range []reconcile.Approval{{}, rejection} {
				_, err := b.decide(b.within(time.Minute), v)
				_, planned := b.driver.Review(b.within(time.Minute), client.ByDN(payments), v)
				b.fails(err, failure.NotApplicable, "no submission")
				b.fails(planned, failure.NotApplicable, "no submission")
			}
			if n := b.server.Count(approve) + b.server.Count(reject); n != 0 {
				b.Errorf("%s: %d decisions were sent", status, n)
			}
		})
	}
}

func TestDecide_TimeoutWithoutVisibleTicket(t *testing.T) {
	inVirtualTime(t, "Pending", simulator.Settings{}, func(b *fixture) {
		b.driver = driverFor(b.T, b.server, "olga") // an owner, and no approver
		began := time.Now()
		_, err := b.decide(b.within(time.Minute), reconcile.Approval{})
		b.fails(err, failure.TimedOut, "timed out after 1m waiting for project Payments to be approved (last status: "+
			"Pending)", "not visible")
		b.took(began, time.Minute, time.Minute+time.Second)
	})
}

func TestDecide_Interrupted(t *testing.T) {
	inVirtualTime(t, "Draft", simulator.Settings{}, func(b *fixture) {
		ctx, cancel := context.WithCancel(context.Background())
		time.AfterFunc(20*time.Second, cancel)
		began := time.Now()
		_, err := b.decide(ctx, reconcile.Approval{})
		if !errors.Is(err, context.Canceled) || time.Since(began) != 20*time.Second {
			b.Errorf("after %s: %v", time.Since(began), err)
		}
	})
}

func TestDecide_ReplacedProject(t *testing.T) {
	inVirtualTime(t, "Pending", simulator.Settings{}, func(b *fixture) {
		_, err := b.driver.Decide(b.within(time.Minute), client.ByDN(payments), "aaaaaaaa-0000-0000-0000-000000000000",
			reconcile.Submission{}, reconcile.Approval{})
		b.fails(err, failure.Replaced, "aaaaaaaa-0000-0000-0000-000000000000")
		if n := b.server.Count(approve); n != 0 {
			b.Errorf("%d approvals were sent", n)
		}
	})
}
