package reconcile_test

import (
	"fmt"
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
	foreign = 17 // a ticket about something else than the submission, on the same DN
	late    = 20_000
)

// withForeignTicket is a draft about which there is a ticket already; the ticket
// of its submission shows twenty seconds late.
func withForeignTicket(age time.Duration) func(w *simulator.World) {
	return func(w *simulator.World) {
		w.Settings.TicketDelay = late
		w.FlowTickets = []simulator.FlowTicket{{
			ID: foreign, DN: payments, Approvers: []string{"adam"},
			Created: time.Now().Add(-age),
		}}
	}
}

// untouched fails if anybody decided the foreign ticket.
func untouched(b *fixture) {
	b.Helper()
	for _, ticket := range b.server.FlowTickets(payments) {
		if ticket.ID == foreign && len(ticket.Approvals) > 0 {
			b.Error("a ticket was approved that is not the submission's")
		}
	}
}

func TestReconcile_TicketFromBeforeSubmission(t *testing.T) {
	for _, age := range []time.Duration{time.Second, 48 * time.Hour} {
		inWorld(t, withForeignTicket(age), func(b *fixture) {
			b.reaches(lifecycle.Enabled, selfApproved)
			b.once(simulator.EventFlowApproved)
			untouched(b)
		})
	}
}

func TestReconcile_SubmissionOfKilledRunShowsLate(t *testing.T) {
	inVirtualTime(t, "Draft", simulator.Settings{StatusLag: 6000}, func(b *fixture) {
		b.server.SetProjectStatus(payments, "Pending") // by a run that was killed: reads show Draft
		_, err := b.drive(b.within(2*time.Minute), selfApproved)
		b.foreign(err)
		if n := b.server.Count(update); n != 0 {
			b.Errorf("%d submissions were sent", n)
		}
	})
}

// The submission of another client has the ticket 901; the foreign ticket 17 is older by the
// server's times, by any amount.
func TestReview_OlderTicketIsNotTheSubmissions(t *testing.T) {
	for _, age := range []time.Duration{time.Second, time.Minute, time.Hour, 14 * time.Hour, 48 * time.Hour} {
		inWorld(t, withForeignTicket(age), func(b *fixture) {
			time.Sleep(300 * time.Millisecond)
			b.server.SetProjectStatus(payments, "Pending")
			review := b.review()
			if review.Ticket != nil {
				b.Errorf("%s older: the plan shows ticket %d", age, review.Ticket.ID)
			}
			_, err := b.drive(b.within(2*time.Minute), selfApproved)
			if n := b.server.Count(approve); err == nil || n != 0 {
				b.Errorf("%s older: %v, %d approvals", age, err, n)
			}
			time.Sleep(late * time.Millisecond)
			if review = b.review(); review.Ticket == nil || review.Ticket.ID == foreign || review.Uncertain {
				b.Fatalf("%s older: %+v", age, review)
			}
			b.reaches(lifecycle.Enabled, reconcile.Request{
				Status: lifecycle.Enabled, SelfApprove: true,
				Ticket: review.Ticket.ID,
			})
			b.once(simulator.EventFlowApproved)
			untouched(b)
		})
	}
}

// Fractions of a second are not a difference: the ticket shows whole seconds.
func TestReview_TicketOfTheSameSecond(t *testing.T) {
	inVirtualTime(t, "Draft", simulator.Settings{}, func(b *fixture) {
		time.Sleep(900 * time.Millisecond)
		b.server.SetProjectStatus(payments, "Pending")
		if review := b.review(); review.Ticket == nil || review.Uncertain {
			b.Errorf("got %+v", review)
		}
	})
}

// A time without a zone may be a local one: the ticket is uncertain, in whichever of the two times
// the zone is missing.
func TestReview_TimeWithoutZoneIsUncertain(t *testing.T) {
	for hours, uncertain := range map[int]bool{-5: true, -14: true, 5: false} {
		inVirtualTime(t, "Draft", simulator.Settings{TicketClock: hours * 3_600_000}, func(b *fixture) {
			time.Sleep(48 * time.Hour)
			b.server.SetProjectStatus(payments, "Pending")
			review := b.review()
			if review.Ticket == nil || review.Uncertain != uncertain {
				b.Fatalf("%d hours: %+v", hours, review)
			}
			if _, err := b.drive(b.within(time.Minute), selfApproved); err == nil || b.server.Count(approve) != 0 {
				b.Errorf("%d hours: self_approve took a ticket that no plan showed: %v", hours, err)
			}
			began := time.Now()
			decided, err := b.decide(b.within(time.Minute), reconcile.Approval{})
			if waited := time.Since(began); err != nil || !decided.Sent || waited >= 30*time.Second != uncertain {
				b.Errorf("%d hours: after %s: %+v, %v", hours, waited, decided, err)
			}
		})
	}
	inVirtualTime(t, "Draft", simulator.Settings{TicketClock: -16 * 3_600_000}, func(b *fixture) {
		b.server.SetProjectStatus(payments, "Pending")
		if review := b.review(); review.Ticket != nil {
			b.Errorf("no zone explains 16 hours: %+v", review)
		}
	})
}

func (b *fixture) review() *reconcile.Review {
	b.Helper()
	review, err := b.driver.Review(b.within(time.Minute), client.ByDN(payments), reconcile.Approval{})
	if err != nil {
		b.Fatal(err)
	}
	return review
}

func TestReconcile_OwnSubmissionIgnoresTimes(t *testing.T) {
	inVirtualTime(t, "Draft", simulator.Settings{}, func(b *fixture) {
		b.server.UpdateSettings(func(s *simulator.Settings) { s.TicketClock = -48 * 3600 * 1000 })
		b.reaches(lifecycle.Enabled, selfApproved)
	})
}

func TestReconcile_TimeoutNamesEarlierTickets(t *testing.T) {
	inWorld(t, withForeignTicket(time.Hour), func(b *fixture) {
		_, err := b.drive(b.within(late*3/4*time.Millisecond), selfApproved)
		failed := b.fails(err, failure.TimedOut)
		if advice := failed.Advice(); !strings.Contains(advice, "[17]") ||
			!strings.Contains(advice, "older than its submission") || failed.Attribute != failure.Approval {
			b.Errorf("attribute %s, advice %q", failed.Attribute, advice)
		}
		untouched(b)
	})
}

func TestReconcile_TimeoutNamesFirstApprovers(t *testing.T) {
	const many = 301
	crowd := func(w *simulator.World) {
		w.Projects[0].Status = "Pending"
		for i := range many {
			name := fmt.Sprintf("user%d", i)
			w.Users = append(w.Users, simulator.User{Name: name, FullName: strings.Repeat("long ", 50) + name})
			w.Projects[0].Approvers = append(w.Projects[0].Approvers, name)
		}
		w.Projects[0].Approvers = append(w.Projects[0].Approvers, "adam")
	}
	inWorld(t, crowd, func(b *fixture) {
		_, err := b.drive(b.within(time.Minute), enabled)
		text := b.fails(err, failure.TimedOut).Advice()
		if n := b.server.Count("Identity/Validate"); n != 10 || !strings.Contains(text, "and 292 more") ||
			len(text) > 3000 {
			b.Errorf("%d were looked up, for %d bytes: %s", n, len(text), text)
		}
	})
}

func TestDecide_SpellingsOfTheCaller(t *testing.T) {
	for _, spelling := range []string{"", "upper", "bare", "name"} {
		inVirtualTime(t, "Pending", simulator.Settings{RequiredApprovals: 2, FlowApprovalSpelling: spelling},
			func(b *fixture) {
				b.decides(reconcile.Approval{}, lifecycle.Pending)
				if again := b.decides(reconcile.Approval{}, lifecycle.Pending); again.Sent {
					b.Errorf("%q: approved a second time", spelling)
				}
				b.once(simulator.EventFlowApproved)
			})
	}
}
