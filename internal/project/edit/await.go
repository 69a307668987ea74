package edit

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
)

// await reads the project until it shows the changes, or their callers leave.
func (b *batch) await(groups []*group) {
	start, interval := time.Now(), b.editor.Interval()
	for len(groups) > 0 {
		b.poll(groups, time.Since(start))
		for _, g := range groups {
			b.leave(g, start)
		}
		groups = slices.DeleteFunc(groups, func(g *group) bool { return len(g.entries) == 0 })
		if len(groups) > 0 {
			b.pause(groups, interval)
		}
	}
}

// pause waits for the next read, or until one of the callers leaves.
func (b *batch) pause(groups []*group, interval *poll.Interval) {
	ctx, cancel := context.WithCancel(b.ctx)
	defer cancel()
	var stops []func() bool
	for _, g := range groups {
		for _, n := range g.entries {
			stops = append(stops, context.AfterFunc(n.ctx, cancel))
		}
	}
	interval.Wait(ctx)
	for _, stop := range stops {
		stop()
	}
}

// poll reads the project once and delivers what it shows.
func (b *batch) poll(groups []*group, waited time.Duration) {
	ctx, cancel := b.editor.Cleanup(b.ctx, 0)
	defer cancel()
	if slices.ContainsFunc(groups, (*group).isAwaited) {
		ctx = b.ctx
	}
	p, err := reconcile.Get(ctx, b.editor.API, client.ByGUID(b.queue.guid))
	if err != nil {
		b.pollFailed(groups, err)
		return
	}
	b.project = p
	for _, g := range groups {
		switch shown := progressOf(g.change, b.before, p.Settings); {
		case shown == showsAll:
			b.deliver(g, b.unexpectedError(ctx, g))
		case waited < b.editor.ConsistencyWindow && (g.sent || shown == showsPart):
		case shown == showsPart:
			b.deliver(g, b.partlyAppliedError(ctx, g.change, nil))
		case p.Status == lifecycle.Deleted:
			b.deliver(g, deletedMeanwhileError(p))
		default:
			b.notShown(ctx, g)
		}
	}
}

// notShown decides what to do with an update that the server accepted and does not show: it waits
// for an approval, it was rejected, or it had no effect.
func (b *batch) notShown(ctx context.Context, g *group) {
	seen := g.ticket
	switch open := b.findTicket(ctx, g); {
	case open:
		g.gone = time.Time{}
	case seen == 0 && g.sent && !b.editor.mayNeedApproval(ctx):
		g.pending = true
		b.deliver(g, notShownError(b.project, g.change, b.before))
	case seen == 0:
	case g.gone.IsZero():
		g.gone = time.Now()
	case time.Since(g.gone) < b.editor.ConsistencyWindow:
	case g.sent:
		b.deliver(g, rejectedError(b.project, seen))
	default: // of an earlier run: the plan shows the change again
		for _, n := range g.entries {
			n.request.Pending, n.request.Create = Pending{}, false
		}
		b.queue.putBack(g.entries)
		g.entries = nil
	}
	if len(g.entries) > 0 && b.queue.busyWith() == "" {
		name := reconcile.NameOf(b.project)
		b.queue.setBusy(fmt.Sprintf("another change of project %s waits for an approval", name))
		b.editor.Report("project %s does not show the update yet: waiting for its approval", name)
	}
}

// findTicket looks for the flow ticket of the update, and reports whether it is open or the list
// cannot be read. The first one that it finds is the update's from then on.
func (b *batch) findTicket(ctx context.Context, g *group) bool {
	tickets, err := b.tickets(ctx)
	if err != nil {
		return g.ticket != 0
	}
	if g.ticket == 0 {
		g.ticket = newestOf(tickets)
	}
	return slices.ContainsFunc(tickets, func(t client.FlowTicket) bool { return t.ID == g.ticket })
}

// tickets returns the open tickets of the project that can belong to an update.
func (b *batch) tickets(ctx context.Context) ([]client.FlowTicket, error) {
	_ = b.editor.API.RefreshPermissions(ctx)
	return reconcile.UpdateTickets(ctx, b.editor.API, b.project)
}

// newestOf is the ticket with the highest ID, 0 without one.
func newestOf(tickets []client.FlowTicket) (id int64) {
	for _, t := range tickets {
		id = max(id, t.ID)
	}
	return id
}

// pollFailed handles a read that failed after the write.
func (b *batch) pollFailed(groups []*group, err error) {
	code, reason := failure.CodeOf(err), client.ReasonOf(err)
	for _, g := range groups {
		want := g.change.Apply(b.before)
		gone := code == failure.NotFound || reason == client.Forbidden
		switch {
		case code == failure.NotFound && b.isNew(g.entries):
		case gone && g.sent && dropsTrustees(b.before, want):
			changed := *b.project
			changed.Settings = want
			b.project, g.lostAccess = &changed, true
			b.deliver(g, nil)
		case !g.isAwaited(), client.IsTransient(err), reason == client.LoadFailed:
		default:
			b.deliver(g, err)
		}
	}
}

// leave gives the callers whose time is over a result that the next run continues from.
func (b *batch) leave(g *group, start time.Time) {
	if !slices.ContainsFunc(g.entries, (*entry).hasLeft) {
		return
	}
	ctx, cancel := b.editor.Cleanup(b.ctx, 0)
	defer cancel()
	view := b.describeTicket(ctx, g)
	left := *g
	left.pending = true
	g.entries = slices.DeleteFunc(g.entries, func(n *entry) bool {
		if !n.hasLeft() {
			return false
		}
		n.finish(b.result(n, &left), awaitingApprovalError(n, b.project, view, time.Since(start)))
		return true
	})
}

// describeTicket returns "" if the caller never saw the ticket.
func (b *batch) describeTicket(ctx context.Context, g *group) string {
	tickets, err := b.tickets(ctx)
	if g.ticket == 0 {
		g.ticket = newestOf(tickets)
	}
	i := slices.IndexFunc(tickets, func(t client.FlowTicket) bool { return t.ID == g.ticket })
	switch {
	case i >= 0:
		describe := reconcile.DescribeIdentities(b.editor.API)
		return "Undecided: " + reconcile.DescribeTicket(ctx, describe, &tickets[i]) + "."
	case g.ticket == 0:
		return ""
	case err != nil:
		return fmt.Sprintf("It was sent with flow ticket %d, which could not be read again.", g.ticket)
	default:
		return fmt.Sprintf("Flow ticket %d is no longer listed, so it was probably decided.", g.ticket)
	}
}
