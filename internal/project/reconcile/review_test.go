package reconcile_test

import (
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const refusedUpdate = `{"Result":4,"Success":false,"Error":"The project has changed."}`

// resubmitted is another person's work between a plan and its apply.
func resubmitted(b *fixture) {
	b.Helper()
	if err := b.server.RejectFlow(payments, "ada", "not yet"); err != nil {
		b.Fatal(err)
	}
	time.Sleep(time.Hour)
	b.server.SetProjectStatus(payments, "Pending")
}

// changedIn fails unless the error says that this differs from the plan, and nothing was sent.
func (b *fixture) changedIn(what string, err error) {
	b.Helper()
	b.fails(err, failure.ChangedSincePlan, "planned "+what)
	if n := b.server.Count(approve) + b.server.Count(reject); n != 0 {
		b.Errorf("%d decisions were sent", n)
	}
}

func TestDecide_OnlyPlannedSubmission(t *testing.T) {
	for name, c := range map[string]struct {
		settings simulator.Settings
		keep     func(reconcile.Submission) reconcile.Submission
		happens  func(b *fixture)
		what     string
	}{
		"another date": {happens: resubmitted, what: "submission date"},
		"another ticket": {
			settings: simulator.Settings{SubmissionDateOmitted: true}, happens: resubmitted,
			what: "flow ticket",
		},
		"a date that is not reported any more": {happens: func(b *fixture) {
			b.server.UpdateSettings(func(s *simulator.Settings) { s.SubmissionDateOmitted = true })
		}, what: "submission date"},
		"approved after another submission": {happens: func(b *fixture) {
			resubmitted(b)
			if err := b.server.ApproveFlow(payments, "ada"); err != nil {
				b.Error(err)
			}
		}, what: "submission date"},
		"another revision": {
			keep: func(s reconcile.Submission) reconcile.Submission { s.Revision++; return s },
			what: "revision",
		},
		"a revision that is not readable any more": {happens: func(b *fixture) {
			b.server.Inject(simulator.Fault{Path: "Config/IsValid", Kind: simulator.InsufficientScope})
		}, what: "revision"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, v := range []reconcile.Approval{{}, rejection} {
				inVirtualTime(t, "Pending", c.settings, func(b *fixture) {
					planned := b.review().Submission
					if planned.Ticket == 0 || planned.Revision == 0 ||
						planned.SubmittedAt.IsZero() != c.settings.SubmissionDateOmitted {
						b.Fatalf("the plan shows %+v", planned)
					}
					if c.keep != nil {
						planned = c.keep(planned)
					}
					if c.happens != nil {
						time.Sleep(time.Second)
						c.happens(b)
					}
					_, err := b.driver.Decide(b.within(5*time.Minute), client.ByDN(payments), "", planned, v)
					b.changedIn(c.what, err)
				})
			}
		})
	}
}

func TestDecide_PlannedSubmission(t *testing.T) {
	inVirtualTime(t, "Pending", simulator.Settings{StatusLag: 3000}, func(b *fixture) {
		planned := b.review().Submission
		decided, err := b.driver.Decide(b.within(time.Minute), client.ByDN(payments), "", planned, reconcile.Approval{})
		if err != nil || !decided.Sent || decided.Submission != planned {
			b.Errorf("planned %+v, decided %+v, %v", planned, decided.Submission, err)
		}
		b.once(simulator.EventFlowApproved)
	})
}

// A caller who may not read the revision decides without it.
func TestReview_RevisionIsOptional(t *testing.T) {
	inVirtualTime(t, "Pending", simulator.Settings{}, func(b *fixture) {
		b.server.Inject(simulator.Fault{Path: "Config/IsValid", Kind: simulator.InsufficientScope})
		planned := b.review().Submission
		decided, err := b.driver.Decide(b.within(time.Minute), client.ByDN(payments), "", planned, reconcile.Approval{})
		if planned.Revision != 0 || err != nil || !decided.Sent {
			b.Errorf("planned %+v, decided %+v, %v", planned, decided, err)
		}
	})
	inVirtualTime(t, "Pending", simulator.Settings{}, func(b *fixture) {
		b.inject("Config/IsValid", simulator.Status503, 0)
		if review, err := b.driver.Review(b.within(time.Minute), client.ByDN(payments),
			reconcile.Approval{}); err == nil {
			b.Errorf("a failure that can pass counts as not permitted: %+v", review)
		}
	})
}

func TestDecide_PlannedAsDecided(t *testing.T) {
	for _, status := range []string{"Draft", "Pending"} {
		inVirtualTime(t, "Pending", simulator.Settings{}, func(b *fixture) {
			if err := b.server.ApproveFlow(payments, "ada"); err != nil {
				b.Fatal(err)
			}
			planned := b.review().Submission
			if !planned.Decided || planned.Ticket != 0 {
				b.Fatalf("the plan shows %+v", planned)
			}
			b.server.SetProjectStatus(payments, "Draft")
			b.server.SetProjectStatus(payments, status)
			_, err := b.driver.Decide(b.within(time.Minute), client.ByDN(payments), "", planned, reconcile.Approval{})
			b.changedIn("status", err)
		})
	}
}

// A plan without a submission is about the one that the apply finds first. Once the decision was
// sent, it is not sent to another.
func TestDecide_LostAnswerIsNotSentToTheNextSubmission(t *testing.T) {
	inVirtualTime(t, "Pending", simulator.Settings{}, func(b *fixture) {
		b.inject(approve, simulator.ResetBeforeCommit, 1)
		once := false
		b.server.OnRequest(func(r simulator.Request) {
			if r.Path == approve && !once {
				once = true
				time.AfterFunc(20*time.Millisecond, func() {
					_ = b.server.RejectFlow(payments, "ada", "no")
					b.server.SetProjectStatus(payments, "Pending")
				})
			}
		})
		time.Sleep(time.Second)
		_, err := b.decide(b.within(5*time.Minute), reconcile.Approval{})
		b.fails(err, failure.ChangedSincePlan, "planned flow ticket")
		if n := b.server.Count(approve); n != 1 {
			b.Errorf("%d approvals were sent", n)
		}
	})
}

// self_approve approves the ticket that the plan showed, and no other.
func TestReconcile_SelfApprovePlannedTicket(t *testing.T) {
	planned := func(b *fixture) reconcile.Request {
		return reconcile.Request{Status: lifecycle.Enabled, SelfApprove: true, Ticket: b.review().Submission.Ticket}
	}
	inVirtualTime(t, "Pending", simulator.Settings{}, func(b *fixture) {
		b.reaches(lifecycle.Enabled, planned(b))
		b.once(simulator.EventFlowApproved)
	})
	inVirtualTime(t, "Pending", simulator.Settings{}, func(b *fixture) {
		order := planned(b)
		resubmitted(b)
		began := time.Now()
		_, err := b.drive(b.within(5*time.Minute), order)
		b.changedIn("flow ticket", err)
		if took := time.Since(began); took < 10*time.Second || took > 20*time.Second {
			b.Errorf("the error came after %s, want the consistency window", took)
		}
	})
	inVirtualTime(t, "Pending", simulator.Settings{}, func(b *fixture) {
		_, err := b.drive(b.within(5*time.Minute), selfApproved)
		b.foreign(err)
	})
}

// Another client is faster with the submission: the server refuses this run's, which shows late.
func TestReconcile_SubmissionOfFasterClientIsNotApproved(t *testing.T) {
	for _, lag := range []int{0, 6000} {
		inVirtualTime(t, "Draft", simulator.Settings{StatusLag: lag}, func(b *fixture) {
			b.server.Inject(simulator.Fault{Path: update, Kind: simulator.Other500, Status: 200, Body: refusedUpdate})
			b.server.OnRequest(func(r simulator.Request) {
				if r.Path == update {
					b.server.SetProjectStatus(payments, "Pending")
				}
			})
			_, err := b.drive(b.within(2*time.Minute), selfApproved)
			b.foreign(err)
		})
	}
}
