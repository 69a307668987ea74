package reconcile_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	otherTicket   = 990 // a ticket that is raised after the submission
	configuration = "Codesign/GetGlobalConfiguration"
)

// raiseAnother raises a second ticket. The caller is an approver of this one, and sees the ticket of the
// submission only if bothVisible is true.
func (b *fixture) raiseAnother(product int64, bothVisible bool) {
	b.server.AddFlowTicket(simulator.FlowTicket{
		ID: otherTicket, DN: payments, ProductCode: product, Approvers: []string{"adam"}, Created: time.Now(),
	})
	b.lists(func(_ int64, seen []client.FlowTicket) ([]client.FlowTicket, error) {
		return slices.DeleteFunc(seen, func(t client.FlowTicket) bool {
			return t.ID != otherTicket && !bothVisible
		}), nil
	})
}

func (b *fixture) undecided() {
	b.Helper()
	if n := b.server.Count(approve) + b.server.Count(reject); n != 0 {
		b.Errorf("%d decisions were sent", n)
	}
}

// withUpdateFlow is a server on which updates wait for an approval.
var withUpdateFlow = simulator.Settings{
	ProjectModes: simulator.ProjectModes{UpdateFlow: simulator.FlowMode{Decision: "wait"}},
}

// The ticket of an update is not decided as that of the submission without a review.
func TestDecide_TicketOfUpdate(t *testing.T) {
	for name, c := range map[string]struct {
		settings    simulator.Settings
		bothVisible bool
		words       []string
	}{
		"both visible": {
			settings: withUpdateFlow, bothVisible: true, words: []string{"several pending flow tickets"},
		},
		"both visible, no flow": {bothVisible: true, words: []string{"several pending flow tickets"}},
		"one visible":           {settings: withUpdateFlow, words: []string{"flow ticket 990", "2h after"}},
		"one visible, a flow that may need no approval": {
			words: []string{"flow ticket 990", "2h after"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			for _, approval := range []reconcile.Approval{{}, rejection} {
				inVirtualTime(t, "Pending", c.settings, func(b *fixture) {
					time.Sleep(2 * time.Hour)
					b.raiseAnother(simulator.ProjectUpdateFlow, c.bothVisible)
					_, err := b.decide(b.within(time.Minute), approval)
					failed := b.fails(err, failure.Ambiguous, c.words...)
					if advice := failed.Advice(); !strings.Contains(advice, "update of the project") {
						b.Errorf("advice is %q", advice)
					}
					b.undecided()
					review, err := b.driver.Review(b.within(time.Minute), client.ByDN(payments), approval)
					if c.bothVisible {
						b.fails(err, failure.Ambiguous, c.words...)
					} else if err != nil || review.Submission.Ticket != otherTicket || !review.MayBeUpdate {
						b.Errorf("the plan shows %+v, %v", review, err)
					}
				})
			}
		})
	}
}

// A person decides in the plan whether a late ticket is the submission's. The apply decides this one.
func TestDecide_ReviewedLateTicket(t *testing.T) {
	inVirtualTime(t, "Pending", withUpdateFlow, func(b *fixture) {
		time.Sleep(2 * time.Hour)
		b.raiseAnother(simulator.ProjectFlow, false)
		planned := b.review().Submission
		decided, err := b.driver.Decide(b.within(time.Minute), client.ByDN(payments), "", planned, reconcile.Approval{})
		if err != nil || decided.Ticket.ID != otherTicket || b.server.ProjectStatus("Payments") != "Enabled" {
			b.Errorf("got %+v, %v", decided, err)
		}
	})
}

// An approver may not be allowed to read whether the server has a flow for updates.
func TestDecide_LateTicketWithoutConfiguration(t *testing.T) {
	inVirtualTime(t, "Pending", withUpdateFlow, func(b *fixture) {
		b.inject(configuration, simulator.InsufficientScope, 0)
		time.Sleep(2 * time.Hour)
		b.raiseAnother(simulator.ProjectFlow, false)
		if !b.review().MayBeUpdate {
			b.Error("the plan does not warn")
		}
		b.decides(reconcile.Approval{}, lifecycle.Enabled)
	})
}

// A plan showed the submission. An update after that does not change which ticket the apply decides.
func TestDecide_UpdateAfterPlan(t *testing.T) {
	inVirtualTime(t, "Pending", withUpdateFlow, func(b *fixture) {
		planned := b.review().Submission
		time.Sleep(2 * time.Hour)
		b.raiseAnother(simulator.ProjectUpdateFlow, true)
		decided, err := b.driver.Decide(b.within(time.Minute), client.ByDN(payments), "", planned, reconcile.Approval{})
		if err != nil || decided.Ticket.ID != planned.Ticket || b.server.ProjectStatus("Payments") != "Enabled" {
			b.Errorf("got %+v, %v", decided, err)
		}
	})
}

// self_approve does not approve an update that another person makes while this run waits.
func TestReconcile_SelfApproveTicketOfUpdate(t *testing.T) {
	settings := withUpdateFlow
	settings.TicketDelay = int(time.Hour / time.Millisecond) // the caller sees no ticket of the submission
	inVirtualTime(t, "Draft", settings, func(b *fixture) {
		time.AfterFunc(10*time.Minute, func() {
			b.server.AddFlowTicket(simulator.FlowTicket{
				ID: otherTicket, DN: payments, ProductCode: simulator.ProjectUpdateFlow,
				Approvers: []string{"adam"}, Created: time.Now(),
			})
		})
		_, err := b.drive(b.within(30*time.Minute), selfApproved)
		b.fails(err, failure.Ambiguous)
		b.undecided()
	})
}

// The ticket that appears at once after the submission of this run is approved, whatever its time is.
func TestReconcile_SelfApproveTicketWithLateTime(t *testing.T) {
	inVirtualTime(t, "Draft", withUpdateFlow, func(b *fixture) {
		b.server.UpdateSettings(func(s *simulator.Settings) { s.TicketClock = 48 * 3600 * 1000 })
		b.reaches(lifecycle.Enabled, selfApproved)
	})
}

// Two tickets appear together after the submission of this run.
func TestReconcile_SelfApproveTwoTickets(t *testing.T) {
	inVirtualTime(t, "Draft", withUpdateFlow, func(b *fixture) {
		b.lists(func(_ int64, seen []client.FlowTicket) ([]client.FlowTicket, error) {
			if len(seen) > 0 {
				seen = append(seen, about(otherTicket, payments))
			}
			return seen, nil
		})
		_, err := b.drive(b.within(time.Minute), selfApproved)
		b.fails(err, failure.Ambiguous, "several pending flow tickets")
		b.undecided()
	})
}

// On a server without flows for updates, a late ticket is one of the submission, such as that of a
// second stage.
func TestDecide_LateTicketWithoutUpdateFlow(t *testing.T) {
	old := simulator.Settings{ProjectModes: simulator.ProjectModes{OldGlobalConfiguration: true}}
	inVirtualTime(t, "Pending", old, func(b *fixture) {
		time.Sleep(2 * time.Hour)
		b.raiseAnother(simulator.ProjectFlow, false)
		if got := b.review().Submission.Ticket; got != otherTicket {
			b.Errorf("the plan shows ticket %d", got)
		}
		b.decides(reconcile.Approval{}, lifecycle.Enabled)
	})
}

// A failure that can pass is not an answer.
func TestDecide_ConfigurationUnavailable(t *testing.T) {
	inVirtualTime(t, "Pending", withUpdateFlow, func(b *fixture) {
		time.Sleep(2 * time.Hour)
		b.raiseAnother(simulator.ProjectUpdateFlow, false)
		b.inject(configuration, simulator.Status503, 0)
		if _, err := b.decide(b.within(time.Minute), reconcile.Approval{}); err == nil {
			b.Error("the ticket is decided")
		}
		b.undecided()
	})
}

// Times without a zone do not tell which ticket is newer than the submission.
func TestReview_TicketsWithoutZone(t *testing.T) {
	inVirtualTime(t, "Pending", withUpdateFlow, func(b *fixture) {
		submitted := time.Now()
		b.lists(func(int64, []client.FlowTicket) ([]client.FlowTicket, error) {
			submission, update := about(5, payments), about(6, payments)
			for ticket, created := range map[*client.FlowTicket]time.Time{
				&submission: submitted.Add(-5 * time.Hour), &update: submitted.Add(time.Hour),
			} {
				ticket.CreationTime, ticket.CreationNoZone = created, true
			}
			return []client.FlowTicket{submission, update}, nil
		})
		_, err := b.driver.Review(b.within(time.Minute), client.ByDN(payments), reconcile.Approval{})
		b.fails(err, failure.Ambiguous, "[5 6]")
	})
}
