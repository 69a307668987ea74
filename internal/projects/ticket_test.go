package projects_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/projects"
	"github.com/codesign-tf/terraform-provider-codesign/internal/simulator"
)

const (
	foreign = 17 // a ticket about something else than the submission, on the same DN
	late    = 30_000
)

// withForeignTicket is a draft about which there is a ticket already; the ticket
// of its submission shows half a minute late.
func withForeignTicket(age time.Duration) func(w *simulator.World) {
	return func(w *simulator.World) {
		w.Settings.TicketDelay = late
		w.FlowTickets = []simulator.FlowTicket{{Id: foreign, Dn: payments, Approvers: []string{"adam"}, Created: time.Now().Add(-age)}}
	}
}

// untouched fails if anybody decided the foreign ticket.
func untouched(b *bench) {
	b.Helper()
	for _, ticket := range b.server.FlowTickets(payments) {
		if ticket.Id == foreign && len(ticket.Approvals) > 0 {
			b.Error("a ticket was approved that is not the submission's")
		}
	}
}

func TestATicketFromBeforeTheSubmissionIsNotApproved(t *testing.T) {
	for _, age := range []time.Duration{time.Second, 48 * time.Hour} {
		inWorld(t, withForeignTicket(age), func(b *bench) {
			b.reaches(lifecycle.Enabled, selfApproved)
			b.once(simulator.EventFlowApproved)
			untouched(b)
		})
	}
}

func TestASubmissionThatShowsLateIsNotMadeAgain(t *testing.T) {
	inVirtualTime(t, "Draft", simulator.Settings{StatusLag: 6000}, func(b *bench) {
		b.server.SetProjectStatus(payments, "Pending") // by a run that was killed then: reads say Draft
		b.reaches(lifecycle.Enabled, selfApproved)
		if n := b.server.Count(update); n != 0 {
			b.Errorf("%d further submissions were sent", n)
		}
		b.once(simulator.EventFlowApproved)
	})
}

func TestATicketOlderThanTheSubmissionOfAnotherRunIsNotApproved(t *testing.T) {
	inWorld(t, withForeignTicket(time.Hour), func(b *bench) {
		b.server.SetProjectStatus(payments, "Pending")
		b.reaches(lifecycle.Enabled, selfApproved)
		b.once(simulator.EventFlowApproved)
		untouched(b)
	})
}

func TestWhenTimeIsUpTicketsThatWereLeftAloneAreNamed(t *testing.T) {
	inWorld(t, withForeignTicket(time.Hour), func(b *bench) {
		_, err := b.drive(b.within(late/2*time.Millisecond), selfApproved)
		var waited *projects.WaitError
		if !errors.As(err, &waited) || !waited.Unseen || len(waited.Older) == 0 || waited.Older[0] != foreign || waited.Ticket != nil {
			b.Fatalf("got %+v", err)
		}
		if advice := waited.Advice(); !strings.Contains(advice, "[17]") || !strings.Contains(advice, "left alone") {
			b.Error(advice)
		}
		untouched(b)
	})
}

func TestOfManyApproversOnlyTheFirstAreLookedUpAndNamed(t *testing.T) {
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
	inWorld(t, crowd, func(b *bench) {
		_, err := b.drive(b.within(time.Minute), enabled)
		var waited *projects.WaitError
		if !errors.As(err, &waited) || waited.Ticket == nil {
			b.Fatalf("got %v", err)
		}
		text := waited.Advice()
		if n := b.server.Count("Identity/Validate"); n != 10 || !strings.Contains(text, "and 292 more") || len(text) > 3000 {
			b.Errorf("%d were looked up, for %d bytes: %s", n, len(text), text)
		}
	})
}
