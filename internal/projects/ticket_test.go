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
	late    = 20_000
)

// withForeignTicket is a draft about which there is a ticket already; the ticket
// of its submission shows twenty seconds late.
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
	for _, age := range []time.Duration{time.Hour, 48 * time.Hour} {
		inWorld(t, withForeignTicket(age), func(b *bench) {
			b.server.SetProjectStatus(payments, "Pending")
			b.reaches(lifecycle.Enabled, selfApproved)
			b.once(simulator.EventFlowApproved)
			untouched(b)
		})
	}
}

// Times of one server can't be compared where one is without a zone.
func TestAServersLocalTimesKeepNoSubmissionFromItsApproval(t *testing.T) {
	local := func(w *simulator.World) { withForeignTicket(5 * time.Hour)(w); w.Settings.TicketDelay = 3_600_000 }
	inWorld(t, local, func(b *bench) {
		b.server.SetProjectStatus(payments, "Pending")
		decided, err := b.decide(b.within(time.Minute), projects.Verdict{})
		if err != nil || !decided.Sent || decided.Ticket.Id != foreign {
			b.Errorf("%+v, %v", decided, err)
		}
	})
}

func TestOfTheOwnSubmissionTheTimesDoNotMatter(t *testing.T) {
	inVirtualTime(t, "Draft", simulator.Settings{}, func(b *bench) {
		b.server.UpdateSettings(func(s *simulator.Settings) { s.TicketClock = -48 * 3600 * 1000 })
		b.reaches(lifecycle.Enabled, selfApproved)
	})
}

func TestWhenTimeIsUpTicketsThatWereLeftAloneAreNamed(t *testing.T) {
	inWorld(t, withForeignTicket(time.Hour), func(b *bench) {
		_, err := b.drive(b.within(late*3/4*time.Millisecond), selfApproved)
		var waited *projects.WaitError
		if !errors.As(err, &waited) || !waited.Unseen || len(waited.Older) != 1 || waited.Older[0] != foreign || waited.Ticket != nil {
			b.Fatalf("got %+v", err)
		}
		if advice := waited.Advice(); !strings.Contains(advice, "[17]") || !strings.Contains(advice, "before its submission") {
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

func TestOnesOwnApprovalIsKnownInEverySpelling(t *testing.T) {
	for _, spelling := range []string{"", "upper", "bare", "name"} {
		inVirtualTime(t, "Pending", simulator.Settings{RequiredApprovals: 2, FlowApprovalSpelling: spelling}, func(b *bench) {
			b.decides(projects.Verdict{}, lifecycle.Pending)
			if again := b.decides(projects.Verdict{}, lifecycle.Pending); again.Sent {
				b.Errorf("%q: approved a second time", spelling)
			}
			b.once(simulator.EventFlowApproved)
		})
	}
}
