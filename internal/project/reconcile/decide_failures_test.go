package reconcile_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// noTickets is a caller who sees no flow ticket.
type noTickets struct{ reconcile.API }

func (noTickets) FlowTickets(context.Context, int64) ([]client.FlowTicket, error) { return nil, nil }

func TestDecide_Result(t *testing.T) {
	inVirtualTime(t, "Draft", simulator.Settings{}, func(b *fixture) {
		time.AfterFunc(time.Minute, func() { b.server.SetProjectStatus(payments, "Pending") })
		start := time.Now()
		decided := b.decides(reconcile.Approval{}, lifecycle.Enabled)
		s := decided.Submission
		if s.SubmittedAt.Before(start.Add(time.Minute)) || s.Ticket != 901 || s.Revision == 0 ||
			decided.Project.Status != lifecycle.Enabled {
			b.Errorf("got %+v", decided)
		}
	})
	inVirtualTime(t, "Enabled", simulator.Settings{}, func(b *fixture) {
		if decided := b.decides(reconcile.Approval{}, lifecycle.Enabled); decided.Submission.Ticket != 0 ||
			decided.Sent {
			b.Errorf("got %+v", decided)
		}
	})
}

func TestDecide_ReadsFailWhileWaiting(t *testing.T) {
	inVirtualTime(t, "Draft", simulator.Settings{}, func(b *fixture) {
		time.AfterFunc(20*time.Second, func() { b.inject(readOne, simulator.Status503, 12) })
		time.AfterFunc(time.Minute, func() { b.server.SetProjectStatus(payments, "Pending") })
		b.decides(reconcile.Approval{}, lifecycle.Enabled)
	})
	inVirtualTime(t, "Draft", simulator.Settings{}, func(b *fixture) {
		time.AfterFunc(20*time.Second, func() { b.inject(readOne, simulator.InsufficientScope, 0) })
		start := time.Now()
		if _, err := b.decide(b.within(time.Hour), reconcile.Approval{}); client.ReasonOf(err) != client.MissingScope {
			b.Errorf("got %v", err)
		}
		b.took(start, 20*time.Second, 40*time.Second)
	})
}

func TestDecide_RevisionFails(t *testing.T) {
	inVirtualTime(t, "Pending", simulator.Settings{}, func(b *fixture) {
		planned := b.review().Submission
		b.inject("Config/IsValid", simulator.Status503, 0)
		_, err := b.driver.Decide(b.within(time.Minute), client.ByDN(payments), "", planned, reconcile.Approval{})
		b.fails(err, failure.TimedOut, "the last error was: ")
		if n := b.server.Count(approve); n != 0 {
			b.Errorf("%d approvals were sent", n)
		}
	})
	inVirtualTime(t, "Pending", simulator.Settings{}, func(b *fixture) {
		planned := b.review().Submission
		planned.Revision += 7
		_, err := b.driver.Decide(b.within(time.Minute), client.ByDN(payments), "", planned, reconcile.Approval{})
		if b.fails(err, failure.ChangedSincePlan, "planned revision "); strings.Contains(err.Error(), "none") {
			b.Errorf("got %v", err)
		}
	})
}
